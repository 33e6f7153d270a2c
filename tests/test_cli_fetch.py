from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from npqstats.catalogue import lock
from npqstats.cli.progress import downloads
from npqstats.fetch import discover
from tests.analysis_fixtures import Run
from tests.conftest import PUBLISHED, WORKFORCE
from tests.fetching import NAMES
from tests.stub_service import Stub

pytestmark = pytest.mark.slow


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cli: Run, stub: Stub) -> Path:
    """A folder without any project, in which the commands run."""
    monkeypatch.delenv("NPQSTATS_PROJECT")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_fetch_in_an_empty_folder_makes_a_project_and_builds_it(cli: Run, here: Path) -> None:
    answer = cli("fetch")
    assert answer.exit_code == 0
    assert answer.stderr == f"npqstats: There is no data/raw here yet: fetching into {here}/data/raw.\n"
    assert answer.stdout.splitlines() == [
        "  data/raw/2024-25/npq_participants.csv is new: 2,652 rows.",
        "  data/raw/2024-25/npq_completions.csv is new: 660 rows.",
        "  data/raw/2024-25/npq_workforce.csv is new: 12 rows.",
        "  data/raw/2024-25/npq_school_coverage.csv is new: 72 rows.",
        "Commit data/raw/ with its raw.lock.",
    ]
    compared = cli("compare", "2023-24", "2024-25")
    assert "DfE, 2024/25: official statistics in development, 10 July 2025." in compared.stdout
    assert "Built" not in compared.stderr


def test_the_rows_of_the_package_are_never_written_into(cli: Run, here: Path) -> None:
    before = {path: path.read_bytes() for path in PUBLISHED.rglob("*") if path.is_file()}
    cli("fetch")
    assert {path: path.read_bytes() for path in PUBLISHED.rglob("*") if path.is_file()} == before


def test_a_project_that_is_named_is_made(cli: Run, here: Path) -> None:
    assert cli("--project", here / "mine", "fetch").exit_code == 0
    assert sorted(path.name for path in (here / "mine" / "data" / "raw" / "2024-25").glob("*.csv")) == list(NAMES)
    assert not (here / "data").exists()


def test_a_second_fetch_says_that_nothing_is_newer(cli: Run, here: Path) -> None:
    cli("fetch")
    answer = cli("fetch")
    assert (answer.exit_code, answer.stderr) == (0, "")
    assert answer.stdout.splitlines()[-1] == "Nothing is newer than what is here."


def test_a_fetch_of_no_more_than_release_notes_says_what_to_commit(cli: Run, here: Path, stub: Stub) -> None:
    stub.break_next("/updates", "not-json")
    cli("fetch")
    assert cli("fetch").stdout.endswith("the lock has new release notes or dates. Commit data/raw/raw.lock.\n")
    assert cli("fetch").stdout.endswith("Nothing is newer than what is here.\n")


def test_renamed_columns_are_two_lines_and_status_3(cli: Run, here: Path, stub: Stub) -> None:
    stub.set("renamed")
    answer = cli("fetch")
    assert (answer.exit_code, answer.stdout) == (3, "")
    _, other, situation, hint = answer.stderr.splitlines()
    assert "'NPQ completions 2025-26' does not fit." in other
    assert "mapped but absent: npq_starts, npq_unique_participants" in situation
    assert "npqstats/catalogue/catalogue.toml" in hint


def test_what_results_is_told_even_if_another_release_did_not(cli: Run, here: Path, stub: Stub) -> None:
    stub.set("renamed")
    answer = cli("fetch", "2024-25", "2025-26")
    assert answer.exit_code == 3
    assert "data/raw/2024-25/npq_workforce.csv is new: 12 rows." in answer.stdout


def test_check_is_quiet_and_its_status_says_all(cli: Run, here: Path, stub: Stub) -> None:
    cli("fetch")
    answer = cli("fetch", "--check")
    assert (answer.exit_code, answer.stdout, answer.stderr) == (0, "", "")
    stub.set("new-release")
    answer = cli("fetch", "--check")
    assert (answer.exit_code, answer.stderr) == (1, "")
    assert answer.stdout.splitlines()[0].startswith(
        "2025-26: not here: NPQ participants 2025-26, NPQ completions 2025-26"
    )
    stub.set("down")
    answer = cli("fetch", "--check")
    assert (answer.exit_code, answer.stdout) == (4, "")
    assert "status 500" in answer.stderr


def test_list_shows_there_and_here(cli: Run, here: Path) -> None:
    cli("fetch")
    answer = cli("fetch", "--list")
    assert answer.exit_code == 0
    assert any(
        line.split() == ["2024-25", "NPQ", "workforce", "2024-25", "12", "12", "here"]
        for line in answer.stdout.splitlines()
    )
    assert any(
        line.endswith("not here") and line.startswith("2023-24") for line in map(str.rstrip, answer.stdout.splitlines())
    )


def test_a_dry_run_writes_nothing(cli: Run, here: Path, stub: Stub) -> None:
    answer = cli("fetch", "--dry-run")
    assert answer.exit_code == 0
    assert "2024-25: NPQ participants 2024-25 would be fetched\n" in answer.stdout
    assert "2024-25: ECF retention 2024-25 would be passed over\n" in answer.stdout
    assert list(here.iterdir()) == []
    assert not any("/csv" in path for path in stub.paths)


@pytest.mark.parametrize("ask", ["--list", "--dry-run"])
def test_asking_of_the_latest_release_tells_of_no_other(cli: Run, here: Path, ask: str) -> None:
    cli("fetch", "2023-24")
    answer = cli("fetch", ask, "--latest")
    assert answer.exit_code == 0
    assert "2024-25" in answer.stdout
    assert "2023-24" not in answer.stdout


def test_files_of_a_browser_land_with_their_release(cli: Run, here: Path, stub: Stub) -> None:
    (here / "made_up.csv").write_bytes(WORKFORCE)
    answer = cli("fetch", "--from", here / "made_up.csv", "--as", "2024-25")
    assert answer.exit_code == 0
    assert answer.stdout.splitlines()[:2] == [
        "  data/raw/2024-25/npq_workforce.csv is new: 3 rows.",
        "    It is cut short: the published file has 12 rows. Download it again.",
    ]
    assert stub.requests == []


def test_frozen_brings_what_is_missing_and_says_that_all_is_here(cli: Run, here: Path) -> None:
    cli("fetch")
    (here / "data" / "raw" / "2024-25" / "npq_workforce.csv").unlink()
    answer = cli("fetch", "--frozen")
    assert answer.stdout.splitlines() == [
        "  data/raw/2024-25/npq_workforce.csv is here again, as in the lock: 12 rows.",
        "Every file of data/raw/raw.lock is here, to the byte.",
    ]
    assert cli("fetch", "--frozen", "--offline").exit_code == 0


def test_a_hash_that_differs_is_status_4(cli: Run, here: Path, stub: Stub) -> None:
    cli("fetch")
    (here / "data" / "raw" / "2024-25" / "npq_participants.csv").unlink()
    stub.set("amended")
    answer = cli("fetch", "--frozen")
    assert (answer.exit_code, answer.stdout) == (4, "")
    assert "other bytes" in answer.stderr


@pytest.mark.parametrize(
    "words",
    [
        ("--list", "--check"),
        ("--check", "--from", "x.csv"),
        ("--all", "2024-25"),
        ("--latest", "--all"),
        ("--check", "2024-25"),
        ("--check", "--latest"),
        ("--list", "--latest", "--all"),
        ("--list", "soon"),
        ("--as", "2024-25"),
        ("--frozen", "--check"),
        ("--frozen", "2024-25"),
        ("--frozen", "--all"),
        ("--offline",),
        ("--offline", "--check"),
        ("--offline", "--list"),
        ("--from", "x.csv", "--timeout", "3"),
        ("--frozen", "--offline", "--timeout", "3"),
        ("--format", "json"),
        ("--check", "--format", "xml"),
        ("--check", "--format", ""),
        ("--from", ""),
        ("--from", "x.csv", "--as", ""),
        ("--timeout", ""),
        ("",),
        ("2024-26",),
        ("--timeout", "soon"),
    ],
)
def test_what_cannot_be_asked_is_two_lines_and_status_2(cli: Run, here: Path, words: tuple[str, ...]) -> None:
    answer = cli("fetch", *words)
    assert (answer.exit_code, answer.stdout) == (2, "")
    assert len(answer.stderr.splitlines()) == 2
    assert list(here.iterdir()) == []


def test_text_of_the_service_does_not_reach_the_terminal_as_commands(cli: Run, here: Path) -> None:
    cli("fetch")
    path = here / "data" / "raw" / lock.NAME
    path.write_text(path.read_text("utf-8").replace("2025-07-10: First published", "2025-07-09: \x1b[31mred"), "utf-8")
    assert "\x1b" not in cli("fetch", "--check").stdout


class _Terminal:
    """A stderr that says it is a terminal, and keeps what is written to it."""

    encoding = "utf-8"

    def __init__(self) -> None:
        self.text = ""

    def isatty(self) -> bool:
        return True

    def write(self, text: str) -> int:
        self.text += text
        return len(text)

    def flush(self) -> None:
        """Keep nothing back."""


def test_a_terminal_is_shown_bytes_and_rate(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = _Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    with downloads() as report:
        report("made up [bold]", 500_000, 1_000_000)
        report("made up [bold]", 1_000_000, 1_000_000)
    assert "Fetching made up [bold]" in terminal.text
    assert "1.0/1.0 MB" in terminal.text
    assert "/s" in terminal.text


def test_where_there_is_no_terminal_nothing_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    with downloads() as report:
        report("made up", 1, 2)
    assert capsys.readouterr() == ("", "")


def test_check_says_what_is_newer_as_json_with_the_same_status(cli: Run, here: Path, stub: Stub) -> None:
    cli("fetch")
    answer = cli("fetch", "--check", "--format", "json")
    assert (answer.exit_code, json.loads(answer.stdout)) == (0, {"newer": False, "data_sets": []})
    stub.set("new-release")
    answer = cli("fetch", "--check", "--format", "json")
    found = json.loads(answer.stdout)
    assert (answer.exit_code, found["newer"]) == (1, True)
    assert found["data_sets"][0] == {
        "release": "2025-26",
        "id": found["data_sets"][0]["id"],
        "title": "NPQ participants 2025-26",
        "state": "new",
        "reason": "",
        "rows_published": 3315,
        "rows_here": None,
        "name": "",
        "published": "2026-07-09T08:30:00Z",
        "newer": True,
    }
    listed = json.loads(cli("fetch", "--list", "--format", "json").stdout)
    assert {one["state"] for one in listed["data_sets"]} == {"new", "current", "passed-over"}


def test_a_bug_is_status_70_and_never_says_newer(cli: Run, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ImportError("a made-up library is broken")

    monkeypatch.setattr(discover, "releases", broken)
    answer = cli("fetch", "--check", "--format", "json")
    assert (answer.exit_code, answer.stdout) == (70, "")
    assert "a made-up library is broken" in answer.stderr


@pytest.mark.parametrize("library", ["typer", "httpx"])
def test_a_library_that_cannot_be_imported_is_status_70(here: Path, stub: Stub, library: str) -> None:
    (here / "broken").mkdir()
    (here / "broken" / f"{library}.py").write_text("raise ImportError('made-up')\n", "utf-8")
    ran = subprocess.run(
        [sys.executable, "-m", "npqstats", "fetch", "--check", "--format", "json"],
        cwd=here,
        env=os.environ | {"PYTHONPATH": str(here / "broken")},
        capture_output=True,
        check=False,
    )
    assert (ran.returncode, ran.stdout) == (70, b"")


def test_what_a_build_finds_out_about_the_files_is_said_at_fetch(cli: Run, here: Path, stub: Stub) -> None:
    folder = here / "data" / "raw" / "2023-24"
    folder.mkdir(parents=True)
    (folder / "mine.csv").write_bytes(WORKFORCE)
    cli("fetch")
    (folder / "yours.csv").write_bytes(WORKFORCE)
    answer = cli("fetch")
    assert answer.exit_code == 0
    assert "Passed over data/raw/2023-24/yours.csv: it is the same as" in answer.stderr
