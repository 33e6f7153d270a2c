from __future__ import annotations

import pytest

from npqstats.errors import UsageError
from npqstats.vocabulary.measures import MEASURES, Measure, measure
from tests.conftest import told

RATES = {"workforce-share", "completion-rate", "pass-rate", "schools-share"}


@pytest.mark.parametrize("name", ["completion-rate", "Completion rate", "COMPLETION RATE", "completion_rate"])
def test_a_measure_is_found_by_code_or_label_however_it_is_cased(name: str) -> None:
    assert measure(name).code == "completion-rate"


@pytest.mark.parametrize("code", MEASURES)
def test_every_measure_is_found_by_its_code_and_by_its_label(code: str) -> None:
    assert measure(code) is measure(MEASURES[code].label) is MEASURES[code]


def test_an_unknown_measure_names_the_nearest_ones() -> None:
    with pytest.raises(UsageError) as error:
        measure("completions-rate")
    message, hint = told(error)
    assert message == "There is no measure 'completions-rate'."
    assert hint.startswith("Did you mean completion-rate")


def test_rates_are_percentages_of_two_counts_and_never_add_up() -> None:
    rates = {code for code, known in MEASURES.items() if known.is_rate}
    assert rates == RATES
    for rate in (MEASURES[code] for code in rates):
        assert rate.unit == "%"
        assert not rate.adds_up
        assert {MEASURES[rate.numerator].unit, MEASURES[rate.denominator].unit}.isdisjoint({"%"})


def test_only_counts_of_starts_outcomes_teachers_and_schools_add_up() -> None:
    adding = {code for code, known in MEASURES.items() if known.adds_up}
    assert adding == {"starts", "teachers", "completions", "passes", "schools-total"}


def test_outcomes_have_unfinished_cohorts_and_nothing_else_has() -> None:
    unfinished = {code for code, known in MEASURES.items() if known.has_unfinished}
    assert unfinished == {"completions", "passes", "completion-rate", "pass-rate"}


def test_only_the_census_headcount_may_be_fractional() -> None:
    assert [code for code, known in MEASURES.items() if not known.is_whole] == ["teachers"]


@pytest.mark.parametrize("code", MEASURES)
def test_a_measure_rests_on_measures_that_exist(code: str) -> None:
    known = MEASURES[code]
    assert {known.numerator, known.denominator, known.part_of} - {""} <= MEASURES.keys()
    assert known.part_of != code
    assert known.counts.endswith(".")


def test_what_adds_up_adds_up_over_known_things_and_years_only_where_courses_are_counted() -> None:
    for known in MEASURES.values():
        assert set(known.adds_up_over) <= {"course", "area", "funding", "years"}
        assert "years" not in known.adds_up_over or known.unit == "courses"


def test_courses_and_rates_of_courses_can_be_had_without_a_course_and_nothing_else() -> None:
    by_course = {code for code, known in MEASURES.items() if known.is_by_course}
    assert by_course == {"starts", "completions", "passes", "completion-rate", "pass-rate"}


def test_a_new_count_of_courses_is_by_course_without_being_listed_anywhere() -> None:
    deferred = Measure(
        code="deferrals",
        label="Deferrals",
        short="deferrals",
        subject="NPQ deferrals",
        unit="courses",
        counts="Courses put off.",
        adds_up_over=("course", "area"),
    )
    assert deferred.is_by_course
    assert not deferred.is_rate
