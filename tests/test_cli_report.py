from __future__ import annotations

import errno
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from npqstats.cli import progress
from npqstats.project import Project
from tests.analysis_fixtures import Run, root
from tests.reports import NAME, Told, content

HEAVY = {
    "polars",
    "matplotlib",
    "pyarrow",
    "rich.progress",
    "jinja2",
    "gptables",
    "filelock",
    "npqstats.catalogue.observations",
}


def error(answer: Result) -> tuple[int, str, str]:
    """The status of a command that failed, and the two lines that it told."""
    assert answer.stdout == ""
    situation, hint = answer.stderr.splitlines()
    return answer.exit_code, situation, hint


def test_the_help_says_what_is_written_and_gives_an_example(cli: Run) -> None:
    answer = cli("report", "--help")
    assert (answer.exit_code, answer.stderr) == (0, "")
    text = " ".join(answer.stdout.replace("│", " ").split())
    assert "Example: npqstats report 2024-25" in text
    assert all(option in text for option in ("--area", "--check", "--out", "[RELEASE]"))


def test_a_report_says_on_one_line_what_it_wrote_and_is_the_same_each_time(
    cli: Run, published_written: Told, tmp_path: Path
) -> None:
    answer = cli("report", NAME, "--out", tmp_path / "report")
    assert (answer.exit_code, answer.stderr) == (0, "")
    assert re.fullmatch(
        rf"Wrote {re.escape(str(tmp_path))}/report/index\.html, report\.md and workbook\.xlsx, "
        r"with \d+ tables and \d+ charts\.\n",
        answer.stdout,
    )
    assert content(tmp_path / "report") == content(published_written.folder)


@pytest.mark.parametrize("words", [[], [NAME], ["2024/25"], ["--check"], [NAME, "--check"]])
def test_a_report_that_is_up_to_date_is_one_line_and_status_0(
    cli: Run, published_written: Told, words: list[str]
) -> None:
    answer = cli("report", *words)
    assert (answer.exit_code, answer.stderr) == (0, "")
    assert answer.stdout == f"{published_written.folder} is up to date.\n"


def test_a_check_says_what_is_out_of_date_with_status_1(cli: Run, published_written: Told, tmp_path: Path) -> None:
    place = tmp_path / "report"
    shutil.copytree(published_written.folder, place)
    (place / "report.md").unlink()
    (place / "index.html").write_bytes(b"other")
    answer = cli("report", "--check", "--out", place)
    assert (answer.exit_code, answer.stderr) == (1, "")
    assert answer.stdout.splitlines() == [
        f"{place / 'index.html'} was changed by another hand.",
        f"{place / 'report.md'} is missing.",
    ]
    assert not (place / "report.md").exists()


def test_a_check_of_a_report_that_is_not_there_is_status_1(cli: Run, tmp_path: Path) -> None:
    answer = cli("report", "--check", "--out", tmp_path / "report")
    assert (answer.exit_code, answer.stdout) == (1, f"There is no report in {tmp_path / 'report'}.\n")
    assert list(tmp_path.iterdir()) == []


def test_a_release_that_is_not_here_is_status_2_and_names_those_that_are(cli: Run) -> None:
    assert error(cli("report", "1999-00")) == (
        2,
        "npqstats: There is no release '1999-00' here.",
        "  Releases here: 2024-25, 2023-24, 2022-23.1, 2022-23, 2022-23-adhoc, 2021-22-adhoc.",
    )


@pytest.mark.parametrize("name", ["../x", "/etc", "2024-25/../../x", "2024-25\x1b[31m"])
def test_a_hostile_name_is_status_2(cli: Run, name: str) -> None:
    status, situation, hint = error(cli("report", name))
    assert (status, hint) == (2, "  Write it as 2024-25.")
    assert situation == f"npqstats: {name!r} is not the name of a release."


def test_an_area_that_is_not_known_is_status_2(cli: Run) -> None:
    status, situation, hint = error(cli("report", "--area", "Lodnon"))
    assert (status, situation, hint) == (2, "npqstats: There is no area 'Lodnon'.", "  Did you mean London?")


def test_a_folder_of_other_files_or_a_file_is_status_2(cli: Run, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    assert error(cli("report", "--out", tmp_path)) == (
        2,
        f"npqstats: {tmp_path} holds what no report wrote: mine.txt.",
        "  Name another folder, or move these files away.",
    )
    status, situation, _ = error(cli("report", "--out", tmp_path / "mine.txt"))
    assert (status, situation) == (2, f"npqstats: {tmp_path / 'mine.txt'} is a file.")
    assert (tmp_path / "mine.txt").read_text() == "mine"


def test_a_folder_that_cannot_be_written_is_status_3(cli: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("npqstats.report.assemble.assemble", lambda *_: None)
    monkeypatch.setattr("npqstats.report.outputs.outputs", lambda *_: {"index.html": b"page"})
    monkeypatch.setattr(Path, "write_bytes", full)
    assert error(cli("report", "--out", tmp_path / "report")) == (
        3,
        f"npqstats: {tmp_path / 'report'} cannot be written: No space left on device.",
        "  What stood before still stands. Make room or give leave to write, then run it again.",
    )
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("words", [[], ["--check"]])
def test_a_report_with_nothing_to_do_imports_nothing_heavy(
    published_written: Told, published: Project, tmp_path: Path, words: list[str]
) -> None:
    """In a process of its own; were there anything to do, Polars would be among the modules."""
    ran = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "npqstats", "--project", str(root(published)), "report", *words],
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
    )
    assert ran.stdout == f"{published_written.folder} is up to date.\n"
    found = set(re.findall(r"\| +([\w.]+)$", ran.stderr, re.MULTILINE))
    assert "npqstats.report.make" in found
    assert not HEAVY & found


@pytest.mark.parametrize(("is_terminal", "shown"), [(True, ["Drawing charts", "Drawing charts"]), (False, [])])
def test_progress_is_shown_on_a_terminal_alone(
    monkeypatch: pytest.MonkeyPatch, is_terminal: bool, shown: list[str]
) -> None:
    told: list[str] = []

    def bar(_: object, words: str, size: int) -> Callable[[int], None]:
        assert size == 2
        return lambda _: told.append(words)

    monkeypatch.setattr(progress, "_bar", bar)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: is_terminal)
    with progress.steps("Drawing") as step:
        step("charts", 1, 2)
        step("charts", 2, 2)
    assert told == shown


def test_a_report_of_the_rows_that_come_with_the_program_says_so(
    cli: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NPQSTATS_PROJECT")
    monkeypatch.chdir(tmp_path)
    answer = cli("report", "--check", NAME)
    assert answer.stderr == "npqstats: No data/raw here: using the published rows that come with the program.\n"
    assert answer.stdout == f"There is no report in {Path('reports') / NAME}.\n"
