from __future__ import annotations

import pytest

from npqstats.analysis.question import question, years
from npqstats.errors import UsageError
from npqstats.vocabulary.periods import AcademicYear


def test_every_spelling_of_a_year_is_the_same_year() -> None:
    spellings = ("2023-24", "2023/24", "202324", "2023-2024")
    assert {years(spelling, "2024-25")[0] for spelling in spellings} == {AcademicYear(2023)}


def test_years_the_wrong_way_round_are_turned() -> None:
    assert years("2024-25", "2023-24") == (AcademicYear(2023), AcademicYear(2024), True)
    assert years("2023-24", "2024-25") == (AcademicYear(2023), AcademicYear(2024), False)


def test_a_year_is_not_compared_with_itself_and_another_one_is_offered() -> None:
    with pytest.raises(UsageError) as caught:
        years("2023-24", "2023/24")
    assert caught.value.message == "2023/24 cannot be compared with itself."
    assert "2022-23 2023-24" in caught.value.hint


@pytest.mark.parametrize("text", ["2023", "2023-25", "23-24", "last year"])
def test_what_is_no_academic_year_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="is not an academic year"):
        years(text, "2024-25")


@pytest.mark.parametrize(
    ("part", "wrong", "offered"),
    [
        ("measure", "strats", "starts"),
        ("course_name", "NPQSENKO", "NPQSENCO"),
        ("funding", "fundd", "funded"),
        ("basis", "cumulativ", "cumulative"),
    ],
)
def test_an_unknown_name_is_refused_and_the_nearest_offered(part: str, wrong: str, offered: str) -> None:
    asked = {part: wrong}
    with pytest.raises(UsageError) as caught:
        question(**asked)
    assert repr(wrong) in caught.value.message
    assert offered in caught.value.hint


@pytest.mark.parametrize(
    "asked",
    [
        {"by": "funding", "funding": "funded"},
        {"by": "course", "course_name": "NPQH"},
        {"course_name": "NPQH", "exclude_courses": ["headship"]},
        {"by": "region", "exclude_courses": ["NPQH"], "course_name": "NPQSL"},
        {"by": "school-phase", "course_name": "NPQH"},
    ],
)
def test_parts_that_contradict_each_other_are_refused(asked: dict[str, object]) -> None:
    with pytest.raises(UsageError) as caught:
        question(**asked)  # type: ignore[arg-type]
    assert caught.value.hint


@pytest.mark.parametrize("measure", ["participants", "workforce-share", "schools", "schools-share"])
def test_a_course_is_not_subtracted_from_what_does_not_add_up(measure: str) -> None:
    with pytest.raises(UsageError, match="cannot be had without a course"):
        question(measure=measure, exclude_courses=["NPQSENCO"])


def test_a_course_goes_by_any_of_its_names_and_counts_once() -> None:
    asked = question(exclude_courses=["SENCO", "NPQSENCO", "npq-senco", "NPQH"])
    assert [course.code for course in asked.without] == ["NPQSENCO", "NPQH"]


@pytest.mark.parametrize(("by", "level"), [("region", "Regional"), ("local-authority", "Local authority")])
def test_by_a_kind_of_place_asks_for_its_level(by: str, level: str) -> None:
    asked = question(by=by)
    assert (asked.level, asked.by) == (level, None)


def test_a_question_for_no_measure_and_no_breakdown_is_the_headline() -> None:
    assert question().is_headline
    assert question(funding="school-paid").is_headline
    assert not question(measure="starts").is_headline
    assert not question(by="course").is_headline
