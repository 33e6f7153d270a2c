from __future__ import annotations

from collections.abc import Callable
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from npqstats.errors import UsageError
from npqstats.vocabulary.courses import (
    COURSES,
    DURATION_MONTHS,
    OFFERS,
    Course,
    course,
    in_breakdown,
    is_course_breakdown,
    is_course_subtotal,
    looks_like_course,
    recognise,
)
from npqstats.vocabulary.periods import AcademicYear
from tests.conftest import told

CODES = ["NPQSL", "NPQH", "NPQEL", "NPQLT", "NPQLBC", "NPQLTD", "NPQLL", "NPQEYL", "NPQLPM", "NPQSENCO"]


def code_of(label: str) -> str | None:
    """The code of the course that a label names."""
    found = recognise(label)
    return found.code if found else None


def test_there_are_ten_courses_and_two_offers_that_are_none() -> None:
    assert set(COURSES) == set(CODES)
    assert set(OFFERS) == {"EHCO", "ASO"}
    assert {offer.group for offer in OFFERS.values()} == {"offer"}


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
    assert code_of(label) == code


@pytest.mark.parametrize("label", ["Overall", "Primary", "Leadership", "Teaching", "NPQ", "", "2017 suite"])
def test_a_label_that_names_no_course_is_recognised_as_none(label: str) -> None:
    assert recognise(label) is None


def test_no_name_means_two_courses() -> None:
    for found in (*COURSES.values(), *OFFERS.values()):
        for name in (found.code, found.name, found.long_name or found.name, found.identifier, *found.names):
            assert recognise(name) is found, name
        for name in found.npq_names:
            assert recognise(f"NPQ {name}") is found, name


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
        (2021, 2022, ["NPQEYL", "NPQLL"]),
        (2021, 2024, ["NPQEYL", "NPQSENCO", "NPQLL", "NPQLPM"]),
        (2024, 2025, []),
        (2023, 2023, []),
    ],
)
def test_courses_that_only_the_later_of_two_years_had_are_known(before: int, after: int, expected: list[str]) -> None:
    first, last = AcademicYear(before), AcademicYear(after)
    assert [code for code, known in COURSES.items() if known.ran_in(last) and not known.ran_in(first)] == expected


def test_every_course_says_when_it_began_where_that_is_known_from_and_its_kind() -> None:
    for found in COURSES.values():
        assert found.group in ("leadership", "specialist")
        assert found.first_year is not None
        assert found.began
        assert found.sources


def test_a_course_takes_12_to_22_months() -> None:
    assert DURATION_MONTHS == (12, 22)


SPELLINGS = {
    "NPQSENCO": [
        *("SENDCo", "NPQ SENCo", "NPQ in SEN(D)CO", "SEN/D Co-ordinator NPQ", "npq-senco", "NPQSENDCo", "NPQ - SENCO"),
        *("NPQ for Special Educational Needs Co-ordinators (SENCO)", "SENCO (mandatory from September 2024)"),
        "National Professional Qualification for Special Educational Needs Coordinators",
        "NPQ for Special Educational Needs and Disabilities Co-ordination",
        "NPQ Special Educational Needs (and Disabilities) Co-ordinator",
        *("NPQ SENCO (new)", "NPQ SENCO - from 2024", "NPQ SENCO – new in 2024/25", "SENCO NPQ from 2024"),
        *("NPQ SENCO\u00b9", "NPQ SENCO [1]", "NPQ SENCO (1)", "NPQ SENCO*", "NPQ SENCO [note 2]", "NPQ SENCO2"),
        *("NPQ\u00a0for\u200b SENCOs", "NPQ for Special Educational Needs Co\u2011ordinators", "npq  SENCO's"),
    ],
    "NPQSL": [
        *("Senior Leadership NPQ", "NPQ Senior leaders", "Leadership, senior", "NPQ SL", "NPQ (SL)", "NPQ-SL"),
        *("Senior leadership1", "SENIOR LEADERSHIP (NPQSL)", "NPQSL: Senior leadership", "N.P.Q. Senior Leadership"),
        *("NPQs for Senior Leadership", "Senior Leadership (reformed)", "NPQSL - Senior leadership"),
    ],
    "NPQH": ["NPQ for Headteachers", "NPQ-H", "NPQ Head teacher", "Headship\u2020", "Headship: NPQ"],
    "NPQEL": ["NPQ for Executive Leaders", "NPQ Executive", "Leadership (executive)"],
    "NPQLT": ["Leading Teaching", "NPQ for Teaching", "Teaching, leading (NPQ)"],
    "NPQLTD": ["Teacher development NPQ", "Leading Teacher Development (LTD) NPQ", "NPQ Leading Teachers' Development"],
    "NPQLBC": ["NPQ Behaviour & Culture", "Leading Behavior and Culture", "NPQ in leading culture/behaviour"],
    "NPQLL": ["Literacy leadership NPQ", "NPQ Literacy", "Leading literacy*"],
    "NPQEYL": [
        "NPQ EY Leadership",
        "NPQ Early Years",
        "Early-years leadership",
        "NPQ Leading Early Years",
        "NPQ (EYL)",
    ],
    "NPQLPM": ["Leading Primary Maths", "NPQ Primary mathematics", "NPQ Leading Mathematics in Primary Schools"],
    "EHCO": ["Early headship coaching offer (EHCO)", "Early Headship Coaching"],
    "NPQML": ["NPQ for Middle Leadership", "NPQML"],
    "NPQH-2017": ["NPQH (2017 suite)", "2017 suite: Headship", "NPQ Headship (legacy)"],
}


@pytest.mark.parametrize(("code", "label"), [(code, label) for code, labels in SPELLINGS.items() for label in labels])
def test_a_course_is_recognised_however_people_spell_it(code: str, label: str) -> None:
    assert code_of(label) == code


@pytest.mark.parametrize(
    "label",
    [
        *("NPQ Leading Inclusive Practice", "Leadership NPQs", "Specialist", "NPQs", "All NPQs", "Headteacher"),
        *("Senior leader", "Leading practitioner", "NPQSL and NPQH", "Headship (NPQSL)", "Non-NPQSL", "Other NPQs"),
        *("All except NPQSENCO", "NPQH - Primary", "NPQLT (2017 suite)", "NPQ Leading Secondary Mathematics"),
        *("National Award for SEN Coordination (NASENCO)", "NPQ Leading SEND", "Deputy head", "Executive headteacher"),
        *("NPQ Executive headship", "Early years", "NPQ for new headteachers", "NPQ Leading Science", "Heads of year"),
    ],
)
def test_what_is_another_thing_or_two_things_is_no_known_course(label: str) -> None:
    assert recognise(label) is None


@given(
    st.sampled_from(list(COURSES)),
    st.sampled_from(
        ["{}", "NPQ {}", "NPQ for {}", "NPQ in {}", "{} NPQ", "National Professional Qualification for {}"]
    ),
    st.sampled_from(["", "*", " [1]", " (2)", "\u00b9", " (new)", " - from 2024", "\u00a0", "\u200b", " (reformed)"]),
    st.sampled_from([str, str.upper, str.lower, str.title]),
    st.randoms(),
)
def test_words_may_come_in_any_order_case_and_with_any_remark(
    code: str, frame: str, remark: str, cased: Callable[[str], str], random: Random
) -> None:
    words = COURSES[code].names[0].replace("early years", "early-years").split()
    random.shuffle(words)
    assert code_of(cased(frame.format(" ".join(words))) + remark) == code


@pytest.mark.parametrize(
    "label", ["Leadership", "Specialist", "Leadership NPQs", "All specialist courses", "leadership*"]
)
def test_a_family_of_courses_is_a_subtotal_and_no_course(label: str) -> None:
    assert is_course_subtotal(label)
    assert in_breakdown(label) is None
    assert not looks_like_course(label)


@pytest.mark.parametrize("label", ["Overall", "Total", "All NPQs", "Unknown", "Other", "Not applicable"])
def test_totals_and_the_unknown_are_no_courses(label: str) -> None:
    assert in_breakdown(label) is None


def test_a_label_that_nobody_knows_becomes_a_course_of_its_own() -> None:
    found = in_breakdown(" NPQ Leading  Inclusive Practice ")
    assert found == Course.unknown("NPQ Leading Inclusive Practice")
    assert (found.title, found.slug) == ("NPQ Leading Inclusive Practice", "npq-leading-inclusive-practice")
    assert found.ran_in(AcademicYear(1990))
    assert looks_like_course(found.name)


def test_a_known_course_has_its_code_as_slug_and_in_its_title() -> None:
    assert (COURSES["NPQSL"].slug, COURSES["NPQSL"].title) == ("npqsl", "Senior leadership (NPQSL)")
    legacy = recognise("NPQH (2017 suite)")
    assert legacy is not None
    assert (legacy.suite, legacy.slug, legacy.title) == ("2017", "npqh-2017", "Headship (NPQH, 2017 suite)")


ALL = [known.long_name for known in COURSES.values()]


@pytest.mark.parametrize(
    ("name", "groups", "expected"),
    [
        ("Course type", ALL, True),
        ("Programme", ALL, True),
        ("Characteristic", ALL, True),
        ("NPQ course", ["NPQ Leading Inclusive Practice"], True),
        ("NPQ type", ["Total", "NPQ for Headship"], True),
        ("Qualification", ["NPQSL", "NPQH"], True),
        ("Course", [*ALL, "Leadership", "Specialist"], True),
        ("Role", ["Headship", "Senior leadership", "Classroom teacher"], False),
        ("Grade", ["Headship", "Senior leadership"], False),
        ("Leadership level", ["Headship", "Senior leadership", "Middle leadership"], False),
        ("Post held", ALL, False),
        ("Course group", ["Leadership", "Specialist"], False),
        ("NPQ type", ["Leadership NPQs", "Specialist NPQs"], False),
        ("NPQ type", ["Funded", "Non-funded"], False),
        ("Qualification", ["Degree", "None"], False),
        ("School phase", ["Primary", "Secondary", "Early years leadership"], False),
        ("Overall", ["Overall"], False),
    ],
)
def test_the_course_breakdown_is_known_by_its_name_and_all_its_groups(
    name: str, groups: list[str], expected: bool
) -> None:
    assert is_course_breakdown(name, groups) is expected


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("maths", "NPQLPM"),
        ("behaviour", "NPQLBC"),
        ("early years", "NPQEYL"),
        ("ltd", "NPQLTD"),
        ("sendco", "NPQSENCO"),
    ],
)
def test_a_user_may_name_a_course_by_a_part_that_no_other_has(name: str, code: str) -> None:
    assert course(name).code == code


def test_a_user_may_name_a_course_by_a_label_in_the_data() -> None:
    labels = ["NPQ Leading Inclusive Practice", "NPQ for Headship", "Overall"]
    for name in ("NPQ leading inclusive  practice", "inclusive practice"):
        assert course(name, labels) == Course.unknown(labels[0])


def test_a_part_of_several_names_asks_which() -> None:
    with pytest.raises(UsageError) as error:
        course("teaching")
    assert told(error) == ("'teaching' names several courses.", "Name one: NPQLT or NPQLTD.")


def test_a_course_runs_from_its_first_year_on() -> None:
    assert not COURSES["NPQSENCO"].ran_in(AcademicYear(2023))
    assert COURSES["NPQSENCO"].ran_in(AcademicYear(2030))
