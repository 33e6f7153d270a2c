"""What is asked: read once, checked, varied, printed as a command."""

from __future__ import annotations

import shlex
from dataclasses import replace

import pytest

from npqstats.analysis.question import Question, parse
from npqstats.errors import UsageError
from npqstats.vocabulary.periods import AcademicYear

YEARS = ("2023-24", "2024-25")


def test_a_question_prints_the_command_that_asks_it_again() -> None:
    asked = parse(YEARS, {"measure": "starts", "exclude_course": ["SENCO", "NPQ for Headship"], "area": "england"})
    again = "npqstats compare 2023-24 2024-25 --measure starts --exclude-course NPQSENCO --exclude-course NPQH"
    assert asked.command() == f"{again} --area England"
    assert replace(asked, without=(), areas=(), by="region").command() == (
        "npqstats compare 2023-24 2024-25 --measure starts --by region"
    )


def test_a_command_quotes_what_the_shell_would_read() -> None:
    asked = parse(YEARS, {"area": "Yorkshire and the Humber"})
    assert shlex.split(asked.command())[-2:] == ["--area", "Yorkshire and the Humber"]


def test_a_trend_names_its_first_and_last_year() -> None:
    asked = Question(years=(AcademicYear(2022), AcademicYear(2024)))
    assert asked.command("trend") == "npqstats trend --from 2022-23 --to 2024-25"


@pytest.mark.parametrize("name", ["measure", "by", "funding", "course", "exclude_course", "area", "basis", "release"])
def test_an_empty_value_is_refused_and_not_taken_for_none(name: str) -> None:
    with pytest.raises(UsageError, match=f"--{name.replace('_', '-')} is empty"):
        parse(YEARS, {name: " "})


def test_a_part_that_there_is_not_is_refused() -> None:
    with pytest.raises(TypeError, match="mesure"):
        parse(YEARS, {"mesure": "starts"})


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        ({"by": "funding", "funding": "funded"}, "every kind of funding"),
        ({"by": "course", "course": "NPQH"}, "every course"),
        ({"course": "NPQH", "exclude_course": "NPQH"}, "asked for and left out"),
        ({"course": "NPQH", "by": "region"}, "by course and region at once"),
        ({"course": "NPQH", "area": "London"}, "by course and area at once"),
        ({"by": "course", "area": "London"}, "by course and area at once"),
        ({"course": "NPQH", "like_for_like": True}, "not compared like for like"),
        ({"sort": "change"}, "different units"),
        ({"top": 3}, "different units"),
        ({"measure": "starts", "by": "region", "sort": "colour"}, "no sort order"),
        ({"measure": "starts", "by": "region", "top": "0"}, "not a number of rows"),
        ({"measure": "participants", "exclude_course": "NPQH"}, "do not add up over courses"),
        ({"measure": "teachers", "exclude_course": "NPQH"}, "do not add up over courses"),
        ({"exclude_course": "NPQH", "by": "region"}, "national totals only"),
        ({"area": "London", "by": "region"}, "no rows by region below it"),
        ({"area": ["London", "North East"], "by": "phase"}, "make no table"),
    ],
)
def test_parts_that_contradict_each_other_are_refused(parts: dict[str, object], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        parse(YEARS, parts)


def test_courses_and_areas_that_only_the_data_have_are_found_there() -> None:
    asked = parse(
        YEARS, {"exclude_course": "NPQ Leading Inclusive Practice"}, courses=["NPQ Leading Inclusive Practice"]
    )
    assert [course.name for course in asked.without] == ["NPQ Leading Inclusive Practice"]


def test_a_year_is_read_in_every_spelling() -> None:
    assert {parse((text, "2024-25")).years[0] for text in ("2023-24", "2023/24", "202324", "2023-2024")} == {
        AcademicYear(2023)
    }
