from __future__ import annotations

import re
import shutil
import subprocess
import sys
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from npqstats.cli import app, progress
from npqstats.project import Project
from tests.analysis_fixtures import Run, root
from tests.reports import NAME, content

pytestmark = pytest.mark.slow

HEAVY = {"polars", "matplotlib", "pyarrow", "rich.progress", "jinja2", "xlsxwriter", "filelock", "concurrent.futures"}


def error(answer: Result) -> tuple[int, str, str]:
    """Return the status of a command that failed, and the two lines that it printed."""
    assert answer.stdout == ""
    situation, hint = answer.stderr.splitlines()
    return answer.exit_code, situation, hint


def test_the_help_says_what_is_written_and_gives_an_example(cli: Run) -> None:
    answer = cli("report", "--help")
    assert (answer.exit_code, answer.stderr) == (0, "")
    text = " ".join(answer.stdout.replace("│", " ").split())
    assert "Example: npqstats report 2024-25" in text
    assert all(option in text for option in ("--area", "--each", "--check", "--out", "[RELEASE]"))


def test_a_report_says_on_one_line_what_it_wrote(cli: Run, published_folder: Path, tmp_path: Path) -> None:
    answer = cli("report", NAME, "--out", tmp_path / "report")
    assert (answer.exit_code, answer.stderr) == (0, "")
    pages = r"index\.html, provenance\.html, report\.md and workbook\.xlsx"
    assert re.fullmatch(
        rf"Wrote {re.escape(str(tmp_path))}/report: {pages}, with \d+ tables and \d+ charts\.\n", answer.stdout
    )
    assert content(tmp_path / "report") == content(published_folder)


@pytest.mark.parametrize("words", [[], [NAME], ["2024/25"], ["--check"], [NAME, "--check"]])
def test_a_report_that_is_up_to_date_is_one_line_and_status_0(
    cli: Run, published_folder: Path, words: list[str]
) -> None:
    answer = cli("report", *words)
    assert (answer.exit_code, answer.stderr) == (0, "")
    assert answer.stdout == f"{published_folder} is up to date.\n"


def test_a_check_says_what_is_out_of_date_with_status_1(cli: Run, published_folder: Path, tmp_path: Path) -> None:
    place = tmp_path / "report"
    shutil.copytree(published_folder, place)
    (place / "report.md").unlink()
    (place / "index.html").write_bytes(b"other")
    answer = cli("report", "--check", "--out", place)
    assert (answer.exit_code, answer.stderr) == (1, "")
    assert answer.stdout.splitlines() == [
        f"{place / 'index.html'} was edited after it was written.",
        f"{place / 'report.md'} is missing.",
    ]
    assert not (place / "report.md").exists()


def test_a_check_of_a_report_that_is_not_there_is_status_1(cli: Run, tmp_path: Path) -> None:
    answer = cli("report", "--check", "--out", tmp_path / "report")
    assert (answer.exit_code, answer.stdout) == (1, f"There is no report in {tmp_path / 'report'}.\n")
    assert list(tmp_path.iterdir()) == []


def test_a_check_of_every_region_names_each_that_is_lacking(full: Project, tmp_path: Path) -> None:
    words = ["--project", str(root(full)), "report", "--each", "region", "--check", "--out", str(tmp_path)]
    answer = CliRunner().invoke(app, words)
    assert answer.exit_code == 1
    assert len(answer.stdout.splitlines()) == 9
    assert f"There is no report in {tmp_path / '2024-25-london'}.\n" in answer.stdout


@pytest.mark.parametrize(
    ("words", "situation", "hint"),
    [
        (["1999-00"], "There is no release '1999-00' here.", "Releases here: 2024-25, "),
        (["../x"], "'../x' is not the name of a release.", "Write it as 2024-25."),
        (["--area", "Lodnon"], "There is no area 'Lodnon'.", "Did you mean London?"),
        (["--area", ""], "--area is empty.", "Name one, or leave out --area"),
        (["--out", ""], "--out is empty.", "Name a folder, or leave out --out"),
        (["--each", "school"], "There is no level 'school'.", ""),
        (["--each", "region", "--area", "London"], "--each writes a report for every area.", "Leave out "),
        (["--each", "region"], "No rows of regions are loaded for 2024/25.", "'npqstats fetch 2024-25'"),
        (["--area", "London"], "The release 2024/25, as far as it is loaded, has no totals of London", "Leave out"),
    ],
)
def test_what_cannot_be_reported_is_status_2_and_two_lines(
    cli: Run, tmp_path: Path, words: list[str], situation: str, hint: str
) -> None:
    status, first, second = error(cli("report", *words, *([] if "--out" in words else ["--out", tmp_path / "out"])))
    assert status == 2
    assert first.startswith(f"npqstats: {situation}")
    assert second.startswith(f"  {hint}")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_of_other_files_is_status_2(cli: Run, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    assert error(cli("report", "--out", tmp_path)) == (
        2,
        f"npqstats: {tmp_path} holds files that no report wrote: mine.txt.",
        "  Name another folder, or move these files away.",
    )
    assert (tmp_path / "mine.txt").read_text() == "mine"


@pytest.mark.parametrize("words", [[], ["--check"]])
def test_a_report_with_nothing_to_do_imports_nothing_heavy(
    published_folder: Path, published: Project, words: list[str]
) -> None:
    """In a process of its own; were there anything to do, Polars would be among the modules."""
    ran = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "npqstats", "--project", str(root(published)), "report", *words],
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout == f"{published_folder} is up to date.\n"
    found = set(re.findall(r"\| +([\w.]+)$", ran.stderr, re.MULTILINE))
    assert "npqstats.report.make" in found
    assert not HEAVY & found


@pytest.mark.parametrize(("is_terminal", "shown"), [(True, ["Writing charts", "Writing charts"]), (False, [])])
def test_progress_is_shown_on_a_terminal_alone(
    monkeypatch: pytest.MonkeyPatch, is_terminal: bool, shown: list[str]
) -> None:
    seen: list[str] = []

    class Bars(AbstractContextManager["Bars"]):
        def __exit__(self, *_: object) -> None:
            return None

        def add_task(self, words: str, total: int) -> str:
            assert total == 2
            return words

        def update(self, task: str, **_: int) -> None:
            seen.append(task)

    monkeypatch.setattr(progress, "_bars", lambda **_: Bars())
    monkeypatch.setattr(sys.stderr, "isatty", lambda: is_terminal)
    with progress.steps("Writing") as step:
        step("charts", 1, 2)
        step("charts", 2, 2)
    assert seen == shown
