from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import polars as pl
import pytest

from tests.analysis_fixtures import Run

YEARS = ("compare", "2023-24", "2024-25")


def test_the_headline_is_on_stdout_and_what_is_said_about_it_on_stderr(cli: Run) -> None:
    answer = cli(*YEARS)
    assert answer.exit_code == 0
    assert "43,840" in answer.stdout
    assert "−14,022" in answer.stdout
    assert "npqstats:" not in answer.stdout
    assert all(line.startswith("npqstats: ") for line in answer.stderr.splitlines())


def test_every_line_fits_80_columns(cli: Run) -> None:
    assert max(map(len, cli(*YEARS).stdout.splitlines())) <= 80


def test_the_headline_fits_one_screen(cli: Run) -> None:
    answer = cli(*YEARS)
    assert len((answer.stderr + answer.stdout).splitlines()) <= 22


def test_notes_are_printed_where_asked_for_and_refused_where_they_always_are(cli: Run) -> None:
    assert "29,818 less 10,537" not in cli(*YEARS).stdout
    assert "29,818 less 10,537" in cli(*YEARS, "--notes").stdout
    assert cli(*YEARS, "--notes", "--format", "csv").exit_code == 2


def test_a_wide_terminal_has_bars_by_number(cli: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "█" not in cli(*YEARS).stdout
    monkeypatch.setenv("COLUMNS", "120")
    wide = cli(*YEARS)
    bars = {line.strip().split("  ")[0]: line.count("█") for line in wide.stdout.splitlines()}
    assert bars["funded"] > bars["non-funded (school- or self-paid)"] > 0
    assert bars["leaving out NPQSENCO"] > bars["funded"]
    assert max(map(len, wide.stdout.splitlines())) <= 120


@pytest.mark.parametrize("variable", ["NO_COLOR", ""])
def test_no_colours_where_none_are_wanted(cli: Run, monkeypatch: pytest.MonkeyPatch, variable: str) -> None:
    if variable:
        monkeypatch.setenv("FORCE_COLOR", "1")
        monkeypatch.setenv(variable, "1")
    answer = cli(*YEARS)
    assert not [code for code in ("\x1b[36m", "\x1b[33m") if code in answer.stdout]


def test_every_spelling_of_the_years_gives_the_same(cli: Run) -> None:
    answers = {cli("compare", *years).stdout for years in (("2023/24", "202425"), ("2023-2024", "2024-25"))}
    assert answers == {cli(*YEARS).stdout}


def test_csv_and_json_are_all_there_is_on_stdout(cli: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(cli(*YEARS, "--format", "csv").stdout.lstrip("\ufeff"))))
    found = json.loads(cli(*YEARS, "--format", "json").stdout)
    assert [row["line"] for row in rows] == [row["line"] for row in found["rows"]]
    assert float(rows[0]["change"]) == found["rows"][0]["change"] == -14022


def test_parquet_can_be_piped(cli: Run) -> None:
    answer = cli(*YEARS, "--format", "parquet")
    assert pl.read_parquet(io.BytesIO(answer.stdout_bytes))["change"][0] == -14022


def test_out_writes_the_file_and_nothing_to_stdout(cli: Run, tmp_path: Path) -> None:
    answer = cli(*YEARS, "--out", tmp_path / "answer.md")
    assert (answer.exit_code, answer.stdout) == (0, "")
    assert (tmp_path / "answer.md").read_text("utf-8") == cli(*YEARS, "-f", "markdown").stdout


def test_cells_are_the_published_cells_behind_the_table(cli: Run) -> None:
    answer = cli(*YEARS, "--cells", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(answer.stdout.lstrip("\ufeff"))))
    assert (rows[0]["raw"], rows[0]["source"], rows[0]["line"], rows[0]["column"]) == (
        *("43840", "2024-25/npq_participants.csv"),
        *("4", "npq_starts"),
    )


@pytest.mark.parametrize(
    ("words", "situation", "hint"),
    [
        (["--measure", "strats"], "no measure 'strats'", "starts"),
        (["--course", "NPQX"], "no course 'NPQX'", "NPQ"),
        (["--area", "Lodnon"], "no area 'Lodnon'", "London"),
        (["--basis", "cumulativ"], "no basis 'cumulativ'", "cumulative"),
        (["--funding", "fundd"], "no funding 'fundd'", "funded"),
        (["--sort", "precent"], "no sort order 'precent'", "percent"),
        (["--release", "2019-20"], "no release '2019-20'", "2024-25"),
        (["--format", "xls"], "no format 'xls'", "xlsx"),
        (["--by", "pahse"], "no breakdown 'pahse'", "age"),
        (["--by", "phase"], "no such figures", "npqstats fetch"),
        (["--top", "many"], "'many'", "1"),
        (["--out", "no/such/folder/x.csv"], "folder that does not exist", "folder"),
        (["--by", "funding", "--funding", "funded"], "--by funding", "--funding"),
    ],
)
def test_each_mistake_is_two_lines_and_status_2(cli: Run, words: list[str], situation: str, hint: str) -> None:
    answer = cli(*YEARS, *words)
    assert (answer.exit_code, answer.stdout) == (2, "")
    first, second = answer.stderr.splitlines()
    assert situation in first
    assert first.startswith("npqstats: ")
    assert hint in second


def test_an_unknown_year_names_the_known_ones(cli: Run) -> None:
    answer = cli("compare", "2018-19", "2024-25")
    assert answer.exit_code == 2
    assert answer.stderr.splitlines() == [
        "npqstats: There are no figures for 2018/19.",
        "  Years here: 2021-22, 2022-23, 2023-24, 2024-25.",
    ]


def test_a_broken_file_is_status_3(cli: Run, tmp_path: Path) -> None:
    (tmp_path / "data" / "raw" / "2024-25").mkdir(parents=True)
    (tmp_path / "data" / "raw" / "2024-25" / "odd.csv").write_text("a,b\n1,2\n")
    answer = cli("--project", tmp_path, *YEARS)
    assert (answer.exit_code, answer.stdout) == (3, "")
    assert "2024-25/odd.csv" in answer.stderr.splitlines()[0]
