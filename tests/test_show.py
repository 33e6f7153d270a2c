from __future__ import annotations

import pytest

from npqstats import behind, show
from npqstats.analysis.columns import SHOWN
from npqstats.errors import UsageError
from npqstats.project import Project
from tests.analysis_fixtures import rows_of


def test_nothing_asked_shows_every_published_cell(published: Project) -> None:
    table = show(project=published)
    files = {"2022-23/npq_participants.csv": 6, "2024-25/npq_completions.csv": 5}
    for file, measures in files.items():
        assert table.filter(source=file).height == measures * len(rows_of(published, file))
    assert table.columns == SHOWN


def test_every_cell_is_as_printed_at_its_line_and_column(published: Project) -> None:
    for file in ("2024-25/npq_school_coverage.csv", "reported/figures.csv"):
        rows = rows_of(published, file)
        for raw, line, column in show(project=published).filter(source=file).select("raw", "line", "column").rows():
            assert rows[line - 2][column] == raw


@pytest.mark.parametrize(
    ("asked", "column", "values"),
    [
        ({"measure": "passes"}, "measure", {"passes"}),
        ({"funding": "non-funded"}, "funding", {"non-funded"}),
        ({"course": "leading literacy"}, "course", {"NPQLL"}),
        ({"area": "London"}, "location_name", {"London"}),
        ({"basis": "since 2021"}, "basis", {"cumulative"}),
        ({"release": "2022/23"}, "release", {"2022-23"}),
        ({"by": "region"}, "geographic_level", {"Regional"}),
    ],
)
def test_each_part_of_the_question_narrows_the_answer(
    published: Project, asked: dict[str, str], column: str, values: set[str]
) -> None:
    table = show(project=published, **asked)  # type: ignore[arg-type]
    assert set(table[column].cast(str)) == values


def test_years_narrow_the_answer_and_ranges_of_years_come_with_no_year_asked(published: Project) -> None:
    assert set(show(["2021-22", "2024-25"], project=published)["time_period"]) == {202122, 202425}
    assert {"51518", "33399"} <= set(show(project=published)["raw"])


def test_the_newest_year_and_release_come_first(published: Project) -> None:
    table = show(measure="starts", funding="funded", project=published)
    assert table["time_period"].is_sorted(descending=True)
    assert table.filter(time_period=202122)["release"][0] == "2024-25"


def test_a_reported_cell_carries_its_citation(published: Project) -> None:
    (citation,) = show(course="NPQSENCO", project=published)["citation"]
    assert citation.startswith("Schools Week (July 2025), called 'starts', NPQs take-up collapses")
    assert "https://schoolsweek.co.uk/" in citation


def test_behind_keeps_the_order_and_gives_each_place_once(published: Project) -> None:
    places = ["2024-25/npq_workforce.csv:3:percentage", "2024-25/npq_participants.csv:5:npq_starts"]
    cells = behind([*places, places[0]], project=published)
    assert cells["raw"].to_list() == ["11.4", "29818"]


def test_nothing_that_matches_is_an_error(published: Project) -> None:
    with pytest.raises(UsageError, match="no such figures"):
        show(["2024-25"], measure="starts", area="London", project=published)
