from __future__ import annotations

import shutil
from pathlib import Path

from npqstats.cli.build import sentences
from npqstats.project import Project
from npqstats.store.build import build
from tests.analysis_fixtures import Run
from tests.conftest import OFFICIAL, Folder


def test_a_build_says_what_it_read_and_what_disagrees(cli: Run, published: Project, tmp_path: Path) -> None:
    shutil.copytree(published.raw, tmp_path / "data" / "raw")
    answer = cli("--project", tmp_path, "build")
    assert (answer.exit_code, answer.stderr) == (0, "")
    first, second = answer.stdout.splitlines()
    assert first.startswith("Read 7 of 7 files: ")
    assert "194 observations of release 2022-23, release 2024-25 and reported figures" in first
    assert "27889 here, 27893 in" in second


def test_a_second_build_has_nothing_to_do(cli: Run) -> None:
    answer = cli("build")
    assert answer.exit_code == 0
    assert answer.stdout.startswith("Nothing changed: ")


def test_a_folder_without_files_is_two_lines_and_status_3(cli: Run, tmp_path: Path) -> None:
    (tmp_path / "data" / "raw").mkdir(parents=True)
    answer = cli("--project", tmp_path, "build")
    assert (answer.exit_code, answer.stdout) == (3, "")
    situation, hint = answer.stderr.splitlines()
    assert "no published file" in situation
    assert "data/raw/2024-25/" in hint


def test_the_sentences_of_a_build_count_what_was_read_and_what_disagrees(folder: Folder) -> None:
    folder.copy(*OFFICIAL, "reported/figures.csv")
    holds = (
        f"{folder.project.processed} holds 194 observations of release 2022-23, release 2024-25 and reported figures."
    )
    disagrees = (
        "6 disagreements in the files, such as 2024-25/npq_workforce.csv, line 6, column npq_participants: "
        "27889 here, 27893 in 2024-25/npq_participants.csv, line 6. See 'npqstats list disagreements'."
    )
    assert [*sentences(build(folder.project))] == [f"Read 6 of 6 files: {holds}", disagrees]
    assert [*sentences(build(folder.project))] == [f"Nothing changed: {holds}", disagrees]
