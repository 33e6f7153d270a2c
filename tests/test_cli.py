from __future__ import annotations

import re
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

import npqstats
from npqstats.project import Project
from tests.analysis_fixtures import Run, root

COMMANDS = ("compare", "trend", "show", "list", "build", "fetch", "cite", "sql")


def test_the_help_of_the_program_names_every_command_and_how_to_begin(cli: Run) -> None:
    answer = cli("--help")
    assert answer.exit_code == 0
    assert all(f" {command} " in answer.stdout for command in COMMANDS)
    assert answer.stdout.rstrip().endswith("npqstats compare 2023-24 2024-25")


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_every_command_says_what_it_does_and_gives_an_example(cli: Run, command: str) -> None:
    answer = cli(command, "--help")
    assert (answer.exit_code, answer.stderr) == (0, "")
    text = " ".join(answer.stdout.replace("│", " ").split())
    assert f"Example: npqstats {command}" in text
    assert cli(command, "-h").stdout == answer.stdout


def test_the_version_is_that_of_the_package(cli: Run) -> None:
    answer = cli("--version")
    assert (answer.exit_code, answer.stdout) == (0, f"npqstats {npqstats.__version__}\n")
    assert version("npqstats") == npqstats.__version__


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        (["compar", "2023-24", "2024-25"], "compar"),
        (["--projct", "."], "--projct"),
        (["compare", "2023-24", "2024-25", "--mesure", "starts"], "--mesure"),
        (["compare", "2023-24"], "after"),
        (["compare", "2023-24", "2024-25", "2025-26"], "2025-26"),
        (["trend", "--measure"], "--measure"),
    ],
)
def test_what_the_program_does_not_know_is_one_line_a_hint_and_status_2(cli: Run, words: list[str], wrong: str) -> None:
    answer = cli(*words)
    assert (answer.exit_code, answer.stdout) == (2, "")
    situation, hint = answer.stderr.splitlines()
    assert situation.startswith("npqstats: ")
    assert wrong in situation
    assert hint.startswith("  ")


def test_a_folder_without_data_is_status_2(cli: Run, tmp_path: Path) -> None:
    answer = cli("--project", tmp_path, "trend")
    assert (answer.exit_code, answer.stdout) == (2, "")
    assert answer.stderr.splitlines() == [
        f"npqstats: {tmp_path} has no folder data/raw.",
        "  Name the folder that holds data/raw/.",
    ]


def test_a_file_that_does_not_fit_is_status_3_with_file_line_and_column(cli: Run, tmp_path: Path) -> None:
    file = tmp_path / "data" / "raw" / "2024-25" / "npq_workforce.csv"
    file.parent.mkdir(parents=True)
    header = "time_period,time_identifier,geographic_level,country_name,country_code,funding"
    file.write_text(f"{header},npq_participants,total_teachers,percentage\n", "utf-8")
    with file.open("a", encoding="utf-8") as text:
        text.write("202122,Academic year,National,England,E92000001,Overall,1.234,2,x\n")
    answer = cli("--project", tmp_path, "trend")
    assert (answer.exit_code, answer.stdout) == (3, "")
    situation, _ = answer.stderr.splitlines()
    assert "data/raw/2024-25/npq_workforce.csv:2, column npq_participants" in situation


def test_a_bug_keeps_its_traceback(cli: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("a bug")

    monkeypatch.setattr("npqstats.analysis.trend.trend", broken)
    answer = cli("trend")
    assert answer.exit_code == 70
    assert "ZeroDivisionError: a bug" in answer.stderr
    assert answer.stderr.splitlines()[-2] == "npqstats: This is a bug in npqstats."


def imported_by(*words: str, project: Path, tmp_path: Path) -> set[str]:
    """Run the program in a process of its own and list the modules that it imports."""
    ran = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "npqstats", "--project", str(project), *words],
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
    )
    assert ran.stdout
    return set(re.findall(r"\| +([\w.]+)$", ran.stderr, re.MULTILINE))


def test_help_imports_nothing_heavy(published: Project, tmp_path: Path) -> None:
    found = imported_by("--help", project=root(published), tmp_path=tmp_path)
    heavy = {"polars", "matplotlib", "pyarrow", "npqstats.catalogue.catalogue", "npqstats.vocabulary.courses"}
    assert "npqstats.cli" in found
    assert not heavy & found


def test_a_build_with_nothing_to_do_imports_nothing_heavy(published: Project, tmp_path: Path) -> None:
    found = imported_by("build", project=root(published), tmp_path=tmp_path)
    assert "npqstats.store.build" in found
    assert not {"polars", "matplotlib", "pyarrow", "rich.progress", "npqstats.catalogue.observations"} & found


def test_a_compare_imports_neither_matplotlib_nor_the_ingest(published: Project, tmp_path: Path) -> None:
    found = imported_by("compare", "2023-24", "2024-25", project=root(published), tmp_path=tmp_path)
    assert "polars" in found
    assert not {"matplotlib", "npqstats.ingest.tidy"} & found
