from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from npqstats.vocabulary.breakdowns import BREAKDOWNS, canonical, group_slug, is_role_breakdown, label_of
from npqstats.vocabulary.names import clean

RENAMED = {
    "phase": ["Phase", "School phase", "school-phase", "SCHOOL PHASE", "Phase of education", "School phase [1]"],
    "school-type": ["School type", "School type group", "school_type", "Type of school"],
    "phase-and-type": ["School phase*type", "School phase * type", "school-phase-type", "Phase and type"],
    "age": ["Age group", "Age Category", "age", "Age band"],
    "sex": ["Gender", "Sex", "sex"],
    "ethnicity": ["Ethnicity", "Ethnic group"],
    "working-pattern": ["Working pattern", "Working hours", "Hours", "hours", "Working\u00a0pattern"],
    "role": ["Role", "Grade", "Post", "Job role"],
    "course": ["Course", "NPQ course", "Course type"],
    "overall": ["Overall", "Total"],
}


@pytest.mark.parametrize(("slug", "label"), [(slug, label) for slug, labels in RENAMED.items() for label in labels])
def test_a_breakdown_has_one_slug_through_its_renamings(slug: str, label: str) -> None:
    assert canonical(label) == slug


def test_no_name_means_two_breakdowns() -> None:
    for slug, names in BREAKDOWNS.items():
        assert {canonical(name) for name in (slug, *names)} == {slug}


def test_two_names_printed_in_one_file_are_two_breakdowns() -> None:
    printed = ("Overall", "Role", "Grade", "Age group")
    assert [canonical(label, printed) for label in printed] == ["overall", "role", "grade", "age"]
    slugs = ("overall", "role", "grade", "age")
    assert [canonical(label, slugs) for label in ("grade", "Role", "Age Category")] == ["grade", "role", "age"]


def test_what_one_file_has_under_one_name_is_found_under_any_other() -> None:
    assert [canonical(name, ("overall", "phase", "sex")) for name in ("School phase", "Gender")] == ["phase", "sex"]


def test_a_breakdown_that_nobody_knows_keeps_the_words_of_its_label() -> None:
    assert canonical("Region of  birth*") == "region-of-birth"
    assert (label_of("region-of-birth"), label_of("phase")) == ("Region of birth", "School phase")


@pytest.mark.parametrize("label", ["Role", "Grade", "Job title", "Staff role", "Post held"])
def test_a_breakdown_by_what_people_do_is_by_role(label: str) -> None:
    assert is_role_breakdown(label)


@pytest.mark.parametrize("label", ["Course", "NPQ type", "School phase", "Posture"])
def test_other_breakdowns_are_not_by_role(label: str) -> None:
    assert not is_role_breakdown(label)


def test_groups_that_differ_in_punctuation_alone_stay_apart() -> None:
    labels = ["<30", ">30", "30+", "30", "30-", "=30", "30%", "£30", "30/", "(30)", "30.", "3.0", "3,0", "≥30", "30?"]
    assert len({group_slug(label) for label in labels}) == len(labels)


def test_groups_that_look_the_same_are_one() -> None:
    labels = [
        "Full time",
        "full  time",
        " FULL TIME ",
        "Full\u00a0time",
        "Fu\u200bll time",
        "Full\ttime\ufeff",
        "full\u00adtime ",
    ]
    assert {group_slug(label) for label in labels[:-1]} == {"full-time"}
    assert group_slug("Primary - Academies") == group_slug("Primary \u2013 academies") == "primary-_-academies"


SHOWN = st.text(st.characters(codec="ascii", categories=["L", "N", "P", "S", "Zs"]), max_size=12)


@given(SHOWN, SHOWN)
def test_a_slug_tells_all_labels_apart_but_for_case_and_white_space(one: str, other: str) -> None:
    def folded(label: str) -> str:
        return " ".join(re.sub("[_ ]+", " ", label.casefold()).split())

    assert (group_slug(one) == group_slug(other)) == (folded(one) == folded(other))


@given(st.text())
def test_case_white_space_and_the_invisible_never_tell_groups_apart(label: str) -> None:
    assert group_slug(f"\u200b {label}\u00a0") == group_slug(label) == group_slug(clean(label))
    assert group_slug(label.casefold()) == group_slug(label)


@given(st.text())
def test_what_is_clean_stays_as_it_is(label: str) -> None:
    assert clean(clean(label)) == clean(label)
