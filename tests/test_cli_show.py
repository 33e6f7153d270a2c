from __future__ import annotations

import csv
import io

from tests.analysis_fixtures import Run


def test_cells_come_with_file_line_and_column(cli: Run) -> None:
    answer = cli("show", "2024-25", "--measure", "starts")
    assert (answer.exit_code, answer.stderr) == (0, "")
    assert "10537" in answer.stdout
    assert "Schools Week (July 2025)" in answer.stdout


def test_no_question_shows_every_cell(cli: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(cli("show", "-f", "csv").stdout.lstrip("\ufeff"))))
    assert len(rows) == 194
    assert {row["release"] for row in rows} >= {"2022-23", "2024-25", "none"}


def test_several_years_may_be_named(cli: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(cli("show", "2021-22", "2024-25", "-f", "csv").stdout.lstrip("\ufeff"))))
    assert {row["time_period"] for row in rows} == {"202122", "202425"}


def test_nothing_found_is_two_lines_and_status_2(cli: Run) -> None:
    answer = cli("show", "2024-25", "--measure", "starts", "--area", "London")
    assert (answer.exit_code, answer.stdout) == (2, "")
    assert len(answer.stderr.splitlines()) == 2


def test_what_is_no_year_is_refused(cli: Run) -> None:
    answer = cli("show", "lately")
    assert answer.exit_code == 2
    assert "'lately' is not an academic year." in answer.stderr
