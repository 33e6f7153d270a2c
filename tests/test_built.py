from npqstats.store.build import build
from npqstats.tables.built import sentences
from tests.conftest import OFFICIAL, Folder


def test_a_build_says_what_was_read_what_stands_and_what_disagrees(folder: Folder) -> None:
    folder.copy(*OFFICIAL, "reported/figures.csv")
    holds = (
        f"{folder.project.processed} holds 194 observations of release 2022-23, release 2024-25 and reported figures."
    )
    disagrees = (
        "6 disagreements in the files, such as 2024-25/npq_workforce.csv, line 6, column npq_participants: "
        "27889 here, 27893 in 2024-25/npq_participants.csv, line 6. See 'npqstats list disagreements'."
    )
    assert sentences(build(folder.project)) == [f"Read 6 of 6 files: {holds}", disagrees]
    assert sentences(build(folder.project)) == [f"Nothing changed: {holds}", disagrees]
