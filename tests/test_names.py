from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from npqstats.vocabulary.names import clean, folded, is_total, listed, nearest, slug, unknown


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("Overall", "overall"),
        ("Working hours: Part-time", "working-hours-part-time"),
        ("  Headteachers & deputies ", "headteachers-deputies"),
        ("school_phase", "school-phase"),
        ("16 to 19", "16-to-19"),
        ("Asian / Asian British", "asian-asian-british"),
        ("---", ""),
        ("", ""),
    ],
)
def test_a_label_becomes_lower_case_words_joined_by_hyphens(label: str, expected: str) -> None:
    assert slug(label) == expected


@given(st.text())
def test_the_slug_of_a_slug_is_itself(label: str) -> None:
    assert slug(slug(label)) == slug(label)


@pytest.mark.parametrize("name", ["non-funded", "Non-Funded", "NON FUNDED", "non_funded", "nonfunded", " non–funded "])
def test_names_meet_whatever_their_case_spaces_and_punctuation(name: str) -> None:
    assert folded(name) == "nonfunded"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("start", ["starts"]),
        ("STARTS", ["starts"]),
        ("pass rate", ["pass-rate"]),
        ("complet", ["completions", "completion-rate"]),
        ("zzz", []),
    ],
)
def test_the_nearest_known_names_come_first(name: str, expected: list[str]) -> None:
    known = ["starts", "pass-rate", "completions", "completion-rate"]
    assert nearest(name, known)[: len(expected) or 1] == expected


def test_an_unknown_name_offers_the_nearest_ones() -> None:
    error = unknown("measure", "strats", ["starts", "teachers"])
    assert (error.message, error.hint) == ("There is no measure 'strats'.", "Did you mean starts?")


def test_a_name_that_is_hardly_like_another_is_not_offered_it() -> None:
    assert unknown("format", "yaml", ["csv", "html"]).hint == "Known: csv, html."
    assert unknown("breakdown", "phase", ["age", "course"]).hint == "Known: age, course."


def test_an_unknown_name_like_no_other_lists_them_all_while_they_are_few() -> None:
    assert unknown("funding", "zzz", ["all", "funded"]).hint == "Known: all, funded."
    assert unknown("place", "zzz", []).hint == "No place is known here."
    assert unknown("area", "zzz", [f"A{i}" for i in range(16)]).hint == (
        "There are 16 to choose from; see 'npqstats list areas'."
    )


@pytest.mark.parametrize(
    ("words", "expected"), [([], ""), (["a"], "a"), (["a", "b"], "a or b"), (["a", "b", "c"], "a, b or c")]
)
def test_words_are_joined_as_in_a_sentence(words: list[str], expected: str) -> None:
    assert listed(words, "or") == expected


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("Full\u00a0time", "Full time"),
        ("\ufeffFull\u200b  time\t", "Full time"),
        ("co\u00adordinator\u2060", "coordinator"),
        ("Free schools\ufe0f", "Free schools"),
        ("cafe\u0301", "caf\u00e9"),
        ("\u200b\u2800", ""),
        ("Primary - Academies, 30+", "Primary - Academies, 30+"),
    ],
)
def test_what_cannot_be_seen_is_dropped_and_the_rest_kept(label: str, expected: str) -> None:
    assert clean(label) == expected


@pytest.mark.parametrize("label", ["Overall", " TOTAL ", "All", "All NPQs", "Total courses", "NPQ total", "All\u200b"])
def test_a_total_is_known_by_any_of_its_names(label: str) -> None:
    assert is_total(label)


@pytest.mark.parametrize("label", ["All-through", "Any other ethnic group", "Total funding", "", "Overall score"])
def test_a_label_that_only_begins_like_a_total_is_none(label: str) -> None:
    assert not is_total(label)
