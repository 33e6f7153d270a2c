from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from npqstats.catalogue.catalogue import catalogue
from npqstats.errors import DataError
from npqstats.store.build import build
from tests.conftest import OFFICIAL, PUBLISHED, WORKFORCE, Folder, told
from tests.test_find import packed
from tests.test_pipeline import rows, whole

OTHER = WORKFORCE.replace(b"11000,100000,11", b"12000,100000,12")
ECF = [layout for layout in catalogue().layouts if layout.kind == "passed-over"]


@pytest.mark.parametrize("layout", ECF, ids=lambda layout: layout.title)
def test_files_about_early_careers_are_passed_over_with_a_notice(folder: Folder, layout: object) -> None:
    (known,) = (known for known in ECF if known is layout)
    folder.copy("2024-25/npq_workforce.csv")
    folder.put("2024-25/ecf.csv", ",".join(known.columns) + "\n" + "1," * (len(known.columns) - 1) + "1\n")
    said: list[str] = []
    assert build(folder.project, say=said.append).observations == 15
    notice = f"'{known.title}' is about the early career framework, not NPQs."
    assert said == [f"Passed over data/raw/2024-25/ecf.csv: {notice}"]
    assert not build(folder.project).did_build


def test_survey_answers_are_never_mixed_with_counts(folder: Folder) -> None:
    folder.copy("reported/survey.csv", "reported/figures.csv")
    said: list[str] = []
    made = build(folder.project, say=said.append)
    assert made.observations == 64
    assert said == []


@pytest.mark.parametrize(
    ("name", "packed_file"),
    [("a.zip", packed({"data/x.csv": WORKFORCE})), ("x.csv.gz", gzip.compress(WORKFORCE)), ("y.csv", WORKFORCE)],
)
def test_the_same_file_twice_is_passed_over_whichever_came_first(folder: Folder, name: str, packed_file: bytes) -> None:
    for first, second in (((name, packed_file), ("x.csv", WORKFORCE)), (("x.csv", WORKFORCE), (name, packed_file))):
        for file, data in (first, second):
            folder.put(f"2024-25/{file}", data)
            build(folder.project)
        assert rows(folder) == 9
        assert whole(folder)
        (folder.project.raw / "2024-25" / second[0]).unlink()
        build(folder.project)
        assert rows(folder) == 9
        (folder.project.raw / "2024-25" / first[0]).unlink()


def test_the_notice_of_a_repeated_file_names_the_one_that_counts(folder: Folder) -> None:
    folder.put("2024-25/all.zip", packed({"data/x.csv": WORKFORCE}))
    folder.put("2024-25/x.csv", WORKFORCE)
    said: list[str] = []
    build(folder.project, say=said.append)
    assert said == ["Passed over data/raw/2024-25/x.csv: it is the same as 2024-25/all.zip!data/x.csv."]


def test_another_file_of_the_same_data_set_is_refused(folder: Folder) -> None:
    folder.put("2024-25/b.csv", WORKFORCE)
    build(folder.project)
    folder.put("2024-25/a.csv", OTHER)
    with pytest.raises(DataError) as error:
        build(folder.project)
    assert told(error) == (
        "data/raw/2024-25/b.csv and data/raw/2024-25/a.csv both hold npq-workforce of 2024-25.",
        "Keep the one that counts and move the other out of data/raw.",
    )


def test_of_two_equal_files_one_that_changes_is_refused(folder: Folder) -> None:
    folder.put("2024-25/a.csv", WORKFORCE)
    folder.put("2024-25/b.csv", WORKFORCE)
    build(folder.project)
    folder.put("2024-25/a.csv", OTHER)
    with pytest.raises(DataError, match="both hold npq-workforce of 2024-25"):
        build(folder.project)


def test_the_same_data_set_of_two_releases_is_kept_twice(folder: Folder) -> None:
    folder.put("2024-25/x.csv", WORKFORCE)
    folder.put("2025-26/x.csv", WORKFORCE)
    assert build(folder.project).observations == 18


def test_a_published_file_among_the_reported_figures_is_refused(folder: Folder) -> None:
    folder.put("reported/x.csv", WORKFORCE)
    with pytest.raises(DataError) as error:
        build(folder.project)
    assert told(error) == (
        "data/raw/reported/x.csv is a published data file, 'NPQ workforce 2024-25', among the reported figures.",
        "Put it in the folder of the release that printed it, such as data/raw/2024-25/.",
    )


def test_a_whole_release_in_the_services_zip_is_read(folder: Folder) -> None:
    files = {f"data/{Path(name).name}": (PUBLISHED / name).read_bytes() for name in OFFICIAL if "2024-25" in name}
    others = {"data-guidance/data-guidance.txt": b"Guidance", "supporting-files/y.csv": b"a,b\n1,2\n"}
    folder.put("ecf-and-npqs_2024-25.zip", packed(files | others))
    made = build(folder.project)
    assert made.observations == 100
    assert [table.source.partition("!")[2] for table in made.manifest.all_tables()] == sorted(files)
