from __future__ import annotations

import csv
import io
from collections.abc import Callable

from npqstats.analysis.ask import areas
from npqstats.project import Project
from tests.analysis_fixtures import Run


def test_cells_come_with_file_line_and_column(cli: Run) -> None:
    answer = cli("show", "2024-25", "--measure", "starts")
    assert (answer.exit_code, answer.stderr) == (0, "")
    assert "10537" in answer.stdout
    assert "Schools Week (July 2025)" in cli("show", "2024-25", "--measure", "starts", "--notes").stdout


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


def test_the_authorities_of_a_region_are_shown_without_those_of_others(
    run: Callable[[Project], Run], full: Project
) -> None:
    text = run(full)("show", "--area", "London", "--by", "local-authority", "--measure", "starts", "-f", "csv").stdout
    names = {row["location_name"] for row in csv.DictReader(io.StringIO(text.lstrip("\ufeff")))}
    within = [area.name for area in areas(full) if area.level == "Local authority" and area.region == "E12000007"]
    assert names == {*within}
    assert len(names) > 1


def test_a_year_without_any_figure_is_not_said_to_lack_those_of_one_measure(cli: Run) -> None:
    answer = cli("show", "1999-00")
    assert answer.stderr.startswith("npqstats: There are no such figures in 1999/00.\n  There are some for 2021/22")


def test_a_breakdown_that_is_published_is_not_said_not_to_exist(cli: Run) -> None:
    answer = cli("compare", "2023-24", "2024-25", "--by", "phase")
    assert (answer.exit_code, answer.stdout) == (2, "")
    assert "There are no such figures" in answer.stderr
    assert "npqstats fetch" in answer.stderr
    assert "There is no breakdown 'nonsense'." in cli("compare", "2023-24", "2024-25", "--by", "nonsense").stderr


def test_a_course_without_cells_in_a_year_is_offered_with_its_own_years(cli: Run) -> None:
    assert "There are some for 2022/23" in cli("show", "2021-22", "--course", "NPQEYL").stderr
