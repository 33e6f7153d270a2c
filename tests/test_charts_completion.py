from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from npqstats.charts.chart import Chart
from npqstats.charts.kinds import chart
from npqstats.charts.look import LOOKS
from npqstats.charts.sizes import SIZES, Size
from npqstats.errors import UsageError
from npqstats.project import Project
from tests.charts import figure, texts


@pytest.fixture(scope="module")
def cohorts(published: Project) -> Chart:
    return chart("completion", project=published)


@pytest.fixture(scope="module")
def courses(full: Project) -> Chart:
    return chart("completion", by="course", project=full)


def shown(made: Chart, size: Size = SIZES["press"]) -> list[str]:
    return texts(figure(made, size, LOOKS["light"]))


def test_the_title_says_how_the_newest_finished_cohort_did(cohorts: Chart) -> None:
    assert cohorts.title == "NPQ completion rate fell by 2.8 percentage points, to 81.7%, for 2022/23 starters"


def test_the_subtitle_says_that_years_are_those_of_the_start(cohorts: Chart) -> None:
    assert cohorts.subtitle == "Completion and pass rates (%), England, by year of start, 2021/22 to 2024/25"


def test_rates_stand_with_their_counts(cohorts: Chart) -> None:
    written = shown(cohorts)
    for words in ("84.6%", "26,783 of 31,677", "81.7%", "31,791 of 38,906", "96.7%", "30,751 of 31,791"):
        assert words in written


def test_the_pass_rate_is_said_to_be_of_completions(cohorts: Chart) -> None:
    written = shown(cohorts)
    assert "Completion rate: completed, of courses started" in written
    assert "Pass rate: passed, of courses completed" in written


def test_unfinished_cohorts_are_said_to_be_so_far(cohorts: Chart) -> None:
    assert shown(cohorts).count("so far") == 4
    told = "Hatched: so far. Courses take up to 22 months; those begun in 2023/24 and 2024/25 are unfinished."
    assert told in cohorts.notes


def test_they_are_so_far_even_where_it_is_tight(cohorts: Chart) -> None:
    assert "so far" in shown(cohorts, Size(320, 320))


def test_a_rate_that_rounds_to_nothing_is_its_symbol_and_never_zero(cohorts: Chart) -> None:
    assert "[low]" in shown(cohorts)
    assert "0.0%" not in shown(cohorts)
    low = cohorts.data.filter(measure="completion-rate", period=202425)
    assert low.select("value", "symbol", "part", "whole").rows() == [(None, "low", 4.0, 29818.0)]
    assert "[low] rounds to 0 but is not 0" in cohorts.notes


def test_the_data_have_a_row_for_each_rate_with_the_origins_of_its_counts(cohorts: Chart) -> None:
    assert cohorts.data.group_by("measure", maintain_order=True).len().rows() == [
        ("completion-rate", 4),
        ("pass-rate", 4),
    ]
    first = cohorts.data.row(0, named=True)
    assert (first["value"], first["part"], first["whole"]) == (84.6, 26783, 31677)
    assert len(first["count_origins"]) == 2
    assert all(cohorts.data["origins"].list.len())


def test_the_text_alternative_has_every_rate(cohorts: Chart) -> None:
    assert cohorts.alt.startswith("Bar charts of Completion and pass rates (%)")
    assert "2021/22 84.6% (26,783 of 31,677)" in cohorts.alt
    assert "2024/25 [low] (4 of 29,818, so far)" in cohorts.alt


def test_what_is_not_at_hand_is_named_and_a_reported_rate_is_marked(published: Project) -> None:
    made = chart("completion", funding="funded", project=published)
    assert made.title == "Funded NPQ completion rate fell by 2.9 percentage points, to 81.4%, for 2022/23 starters"
    assert "81.4% ◆" in shown(made)
    lacking = "completion rate of 2023/24 and 2024/25; pass rate of 2022/23, 2023/24 and 2024/25"
    assert f"Not in the rows at hand: {lacking}." in made.notes


def test_by_course_the_newest_finished_cohort_is_ranked(courses: Chart) -> None:
    assert set(courses.data["period"]) == {202223}
    values = courses.data["value"].to_list()[1:]
    assert values == sorted(values, reverse=True)
    assert courses.title.startswith("NPQ completion rates ranged from ")
    assert courses.title.endswith(" for 2022/23 starters")


def test_each_group_stands_with_its_counts_and_all_as_what_to_compare_with(courses: Chart) -> None:
    written = shown(courses, Size(1200, 1200))
    for row in courses.data.iter_rows(named=True):
        counts = f"({row['part']:,.0f} of {row['whole']:,.0f})"
        assert any(words.endswith(counts) for words in written)
    assert any(words.startswith("All 8") for words in written)


def test_courses_that_nobody_started_are_named_and_not_drawn(courses: Chart) -> None:
    assert "Nobody started in 2022/23: NPQSENCO and NPQLPM." in courses.notes
    assert 0 not in courses.data["whole"].to_list()


def test_the_year_asked_for_is_shown_though_unfinished(full: Project) -> None:
    made = chart("completion", ["2023-24"], by="region", project=full)
    assert set(made.data["period"]) == {202324}
    assert made.title.endswith(" so far for 2023/24 starters")
    assert any(note.startswith("Hollow: so far.") for note in made.notes)


def test_a_rate_of_low_reliability_is_its_symbol_with_its_counts(full: Project) -> None:
    hidden = chart("completion", ["2022-23"], by="school-type", funding="non-funded", project=full)
    row = hidden.data.row(by_predicate=pl.col("symbol") == "u", named=True)
    assert f"[u] ({row['part']:,.0f} of {row['whole']:,.0f})" in shown(hidden, Size(1200, 1200))
    assert "[u] of low reliability: fewer than 30 people" in hidden.notes
    assert row["value"] is None
    assert hidden.title.startswith("Known non-funded NPQ completion rates ranged from ")
    assert "[c]" in shown(hidden)


def test_rows_that_do_not_fit_are_counted(courses: Chart) -> None:
    assert any("; all are in the chart's data." in words for words in shown(courses, Size(320, 320)))


@pytest.mark.parametrize(
    ("question", "part"),
    [
        ({"by": "course"}, "completion-rate"),
        ({"area": "London"}, "completion-rate"),
        ({"course": "NPQH", "release": "2022-23"}, ""),
    ],
)
def test_nothing_to_draw_is_an_error_that_says_what_is_missing(
    published: Project, question: dict[str, Any], part: str
) -> None:
    with pytest.raises(UsageError) as caught:
        chart("completion", project=published, **question)
    assert part in caught.value.message
    assert caught.value.hint


def test_courses_that_cannot_be_left_out_for_want_of_rows_are_named(published: Project) -> None:
    with pytest.raises(UsageError, match="for NPQSL are not in the rows at hand"):
        chart("completion", exclude_courses=("NPQSL",), project=published)
