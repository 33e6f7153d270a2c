from __future__ import annotations

import pytest

from npqstats.errors import UsageError
from npqstats.vocabulary.courses import code_by_name, course, new_between, prospectus, recognised
from npqstats.vocabulary.names import folded
from npqstats.vocabulary.periods import AcademicYear
from tests.conftest import told

CODES = ["NPQSL", "NPQH", "NPQEL", "NPQLT", "NPQLBC", "NPQLTD", "NPQLL", "NPQEYL", "NPQLPM", "NPQSENCO"]


def test_there_are_ten_courses_and_two_offers_that_are_none() -> None:
    assert set(prospectus().courses) == set(CODES)
    assert set(prospectus().offers) == {"EHCO", "ASO"}
    assert {offer.group for offer in prospectus().offers.values()} == {"offer"}


@pytest.mark.parametrize(
    ("label", "code"),
    [
        ("NPQ for Senior Leadership", "NPQSL"),
        ("NPQ for Senior Leadership (NPQSL)", "NPQSL"),
        ("npq-senior-leadership", "NPQSL"),
        ("NPQ for Leading Teaching", "NPQLT"),
        ("NPQ Leading Teaching (NPQLT)", "NPQLT"),
        ("npq-leading-teaching-development", "NPQLTD"),
        ("NPQ for Leading Teacher Development", "NPQLTD"),
        ("NPQ Leading Behaviour and Culture (NPQLBC)", "NPQLBC"),
        ("NPQ Early Years Leadership", "NPQEYL"),
        ("NPQ for Leading Primary Mathematics (NPQLPM)", "NPQLPM"),
        ("NPQ for Executive Leadership", "NPQEL"),
        ("NPQ for Headship", "NPQH"),
        ("NPQ for Leading Literacy", "NPQLL"),
        ("NPQ for Senco (NPQSENCO)", "NPQSENCO"),
        ("NPQS", "NPQSENCO"),
        ("SENCO", "NPQSENCO"),
        ("84b7ffd9-c726-4915-bcac-05901d9629b8", "NPQSENCO"),
        ("d8662dbd-f50a-4bbf-a9dd-359e1d32e050", "NPQSENCO"),
        ("Early headship coaching offer", "EHCO"),
    ],
)
def test_a_course_is_recognised_by_every_name_that_was_seen_in_print(label: str, code: str) -> None:
    assert recognised(label) == code


@pytest.mark.parametrize("label", ["Overall", "Primary", "Leadership", "Teaching", "NPQ", "", "2017 suite"])
def test_a_label_that_names_no_course_is_recognised_as_none(label: str) -> None:
    assert recognised(label) is None


def test_no_name_means_two_courses() -> None:
    known = prospectus()
    for found in (*known.courses.values(), *known.offers.values()):
        for name in filter(None, (found.code, found.name, found.title, found.identifier, *found.aliases)):
            assert code_by_name()[folded(name)] == found.code


def test_an_unknown_course_names_the_nearest_ones() -> None:
    with pytest.raises(UsageError) as error:
        course("Leading literature")
    message, hint = told(error)
    assert message == "There is no course 'Leading literature'."
    assert "Leading literacy" in hint


def test_a_course_is_found_by_any_name_and_so_is_an_offer() -> None:
    assert course("leading literacy").code == "NPQLL"
    assert course("EHCO").group == "offer"


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (2023, 2024, ["NPQSENCO"]),
        (2024, 2023, ["NPQSENCO"]),
        (2021, 2022, ["NPQEYL", "NPQLL"]),
        (2021, 2024, ["NPQEYL", "NPQSENCO", "NPQLL", "NPQLPM"]),
        (2024, 2025, []),
        (2023, 2023, []),
    ],
)
def test_courses_that_only_one_of_two_years_had_are_named(before: int, after: int, expected: list[str]) -> None:
    assert [found.code for found in new_between(AcademicYear(before), AcademicYear(after))] == expected


def test_every_course_says_when_it_began_where_that_is_known_from_and_its_kind() -> None:
    for found in prospectus().courses.values():
        assert found.group in ("leadership", "specialist")
        assert found.first_year is not None
        assert found.began
        assert found.sources


def test_a_course_takes_12_to_22_months() -> None:
    assert prospectus().duration_months == (12, 22)
