from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from npqstats.analysis.places import Place
from npqstats.catalogue.catalogue import release
from npqstats.project import Project
from npqstats.report.contents import Report, Sentence, text
from npqstats.report.sentences import cautions, headlines, key_figures
from npqstats.report.setting import Setting
from npqstats.vocabulary.symbols import SYMBOLS
from tests.reports import Row, compared, followed, texts

ENGLAND = Setting(project=Project(Path("raw"), Path("processed")), release=release("2024-25"))
BOROUGH = Setting(
    project=ENGLAND.project,
    release=ENGLAND.release,
    place=Place("Local authority", "E06900001", "Made-up Borough 001"),
)
NUMERAL = re.compile(r"\d")
NOT_FIGURES = re.compile("|".join([r"\b\d{4}/\d{2}\b", "[Ss]ince 2021", r"autumn \d{4}", *SYMBOLS.values()]))

COUNT = st.none() | st.sampled_from(["c", "low", "u"]) | st.integers(0, 60_000).map(float)
RATE = st.none() | st.sampled_from(["u", "low"]) | st.floats(0, 100).map(lambda value: round(value, 1))


def starts(before: float | str | None, after: float | str | None) -> list[str]:
    return texts(headlines(ENGLAND, compared({"before": before, "after": after}), None))


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (43840.0, 29818.0, "NPQ starts fell by 14,022 (32.0%), from 43,840 in 2023/24 to 29,818 in 2024/25."),
        (31677.0, 38906.0, "NPQ starts rose by 7,229 (22.8%), from 31,677 in 2023/24 to 38,906 in 2024/25."),
        (29.0, 12.0, "NPQ starts fell by 17, from 29 in 2023/24 to 12 in 2024/25."),
        (0.0, 12.0, "NPQ starts rose by 12, from 0 in 2023/24 to 12 in 2024/25."),
        (250.0, 250.0, "NPQ starts stayed at 250 in 2024/25, as many as in 2023/24."),
        (
            None,
            5801.0,
            "NPQ starts in 2024/25 came to 5,801; no change is stated, for 2023/24 is not in the rows at hand.",
        ),
        (
            "u",
            12.0,
            (
                "NPQ starts in 2024/25 came to 12; no change is stated, for 2023/24 has [u] (of low reliability: "
                "fewer than 30 people)."
            ),
        ),
        (12.0, "c", "NPQ starts in 2024/25 are published as [c] (confidential: withheld by the publisher)."),
        ("c", "c", "NPQ starts in 2024/25 are published as [c] (confidential: withheld by the publisher)."),
        (12.0, None, "NPQ starts in 2024/25 are not in the rows at hand."),
        (None, None, "NPQ starts in 2024/25 are not in the rows at hand."),
    ],
)
def test_starts_are_told_whatever_became_of_them(
    before: float | str | None, after: float | str | None, said: str
) -> None:
    assert starts(before, after) == [said]


def test_a_place_is_named_where_its_figures_are_told() -> None:
    table = compared(
        {},
        {"measure": "participants", "funding": "funded"},
        {"measure": "participants", "funding": "non-funded", "after": 110.0},
    )
    first, second = texts(headlines(BOROUGH, table, None))
    assert first == ("NPQ starts in Made-up Borough 001 fell by 10 (10.0%), from 100 in 2023/24 to 90 in 2024/25.")
    assert second.startswith("Funded participants in Made-up Borough 001 fell by 10 (10.0%), to 90; non-funded ones")
    *_, completed = texts(headlines(BOROUGH, table, followed(80.0, 81.0, 40.0, "low")))
    assert completed.startswith("Of the courses started in Made-up Borough 001 in 2022/23, the newest year")


def test_the_published_rows_make_the_known_headlines(published_report: Report) -> None:
    elsewhere = " (reported elsewhere, not in an official data file)"
    assert texts(published_report.headlines) == [
        "NPQ starts fell by 14,022 (32.0%), from 43,840 in 2023/24 to 29,818 in 2024/25.",
        (
            "Leaving out NPQSENCO (special educational needs co-ordinator), which began in autumn 2024, they fell by "
            "24,559 (56.0%), to 19,281 (computed from a figure reported elsewhere, not in an official data file)."
        ),
        (
            "Funded participants fell by 17,797 (43.1%), to 23,477; non-funded ones, paid for by the school or by "
            f"themselves, rose by 3,797 (167.6%), to 6,063{elsewhere}."
        ),
        (
            "Of the courses started in 2022/23, the newest year whose courses have had time to finish, 81.7% have been "
            "completed, down 2.8 percentage points from 2021/22."
        ),
        "Since 2021, someone has started an NPQ in 88.4% of schools, up 5.1 percentage points from 2023/24.",
    ]


def test_the_published_rows_make_the_known_key_figures(published_report: Report) -> None:
    told = {key.label: (key.figure.text, text(key.change)) for key in published_report.key_figures}
    computed = "; computed from a figure reported elsewhere, not in an official data file"
    assert told == {
        "Starts, 2024/25": ("29,818", "fell by 14,022 (32.0%) from 2023/24"),
        "Starts, leaving out NPQSENCO, 2024/25": ("19,281", f"fell by 24,559 (56.0%) from 2023/24{computed}"),
        "Participants, 2024/25": ("29,526", "fell by 14,009 (32.2%) from 2023/24"),
        "Share of the teaching workforce, 2024/25": ("4.5%", "down 2.6 percentage points from 2023/24"),
        "Share of schools reached, since 2021, 2024/25": ("88.4%", "up 5.1 percentage points from 2023/24"),
        "Completion rate, courses started in 2022/23": ("81.7%", "down 2.8 percentage points from 2021/22"),
    }


def test_a_figure_that_rests_on_two_cells_names_both(published_report: Report) -> None:
    (starts, *_) = published_report.headlines
    assert [piece.origins for piece in starts if piece.origins] == [
        ("2024-25/npq_participants.csv:4:npq_starts", "2024-25/npq_participants.csv:5:npq_starts"),
        ("2024-25/npq_participants.csv:4:npq_starts",),
        ("2024-25/npq_participants.csv:5:npq_starts",),
    ]


def unfounded(sentences: Iterable[Sentence]) -> list[str]:
    """Words that hold a figure, but do not say where it stands."""
    return [
        piece.text
        for sentence in sentences
        for piece in sentence
        if not piece.origins and NUMERAL.search(NOT_FIGURES.sub("", piece.text))
    ]


@settings(deadline=None)
@given(st.data())
def test_the_words_agree_with_the_figures_whatever_they_are(data: st.DataObject) -> None:
    pairs = {name: (data.draw(COUNT), data.draw(COUNT)) for name in ("total", "without", "funded", "own")}
    share = data.draw(RATE), data.draw(RATE)
    rows: list[Row] = [
        {"before": pairs["total"][0], "after": pairs["total"][1]},
        {"line": "starts, leaving out NPQSENCO", "before": pairs["without"][0], "after": pairs["without"][1]},
        {"measure": "participants", "funding": "funded", "before": pairs["funded"][0], "after": pairs["funded"][1]},
        {"measure": "participants", "funding": "non-funded", "before": pairs["own"][0], "after": pairs["own"][1]},
        {"measure": "schools-share", "basis": "cumulative", "before": share[0], "after": share[1]},
    ]
    rates = followed(*(data.draw(RATE) for _ in range(4)))
    said = headlines(ENGLAND, compared(*rows), rates)
    assert len(said) <= 6
    assert unfounded(said) == []
    for words in texts(said):
        assert words[0].isupper()
        assert words.endswith(".")
        assert not re.search(r"None|nan|–|  |\.\.|, ,", words)
    total, *_ = texts(said)
    assert ("rose" in total, "fell" in total, "stayed" in total) == signs(*pairs["total"])
    (without,) = [words for words in texts(said) if words.startswith("Leaving out")] or [""]
    assert ("rose" in without, "fell" in without, "stayed" in without) == signs(*pairs["without"])
    (funding,) = [words for words in texts(said) if words.startswith("Funded")] or [""]
    if any(signs(*pairs["funded"])) and any(signs(*pairs["own"])):
        funded, own = funding.split("; ")
        assert ("rose" in funded, "fell" in funded, "stayed" in funded) == signs(*pairs["funded"])
        assert ("rose" in own, "fell" in own, "stayed" in own) == signs(*pairs["own"])
    else:
        assert funding == ""


def signs(before: float | str | None, after: float | str | None) -> tuple[bool, bool, bool]:
    if not isinstance(before, float) or not isinstance(after, float):
        return False, False, False
    return after > before, after < before, after == before


@settings(deadline=None)
@given(first=RATE, second=RATE)
def test_only_finished_cohorts_are_told_and_only_changes_between_them(
    first: float | str | None, second: float | str | None
) -> None:
    said = texts(headlines(ENGLAND, compared({}), followed(first, second, 40.0, "low")))[1:]
    has_change = isinstance(first, float) and isinstance(second, float)
    if isinstance(second, float):
        assert [words.split(", ")[0] for words in said] == ["Of the courses started in 2022/23"]
    elif isinstance(first, float):
        assert [words.split(", ")[0] for words in said] == ["Of the courses started in 2021/22"]
    else:
        assert said == []
    assert any("from 2021/22" in words for words in said) is has_change
    if has_change and abs(float(second or 0) - float(first or 0)) >= 0.1:
        assert (" up " in said[0]) is (float(second or 0) > float(first or 0))


@settings(deadline=None)
@given(st.data())
def test_a_key_figure_says_its_change_or_why_there_is_none(data: st.DataObject) -> None:
    before, after = data.draw(COUNT), data.draw(COUNT)
    keys = key_figures(ENGLAND, compared({"before": before, "after": after}), None)
    assert [bool(key.figure.origins) for key in keys] == [True] * (after is not None)
    assert unfounded([key.change for key in keys]) == []
    for key in keys:
        assert ("no change is stated" in text(key.change)) is not any(signs(before, after))


def test_a_figure_that_others_reported_says_so_in_its_sentence() -> None:
    (said,) = texts(headlines(ENGLAND, compared({"evidence": "reported"}), None))
    assert said.endswith(" (reported elsewhere, not in an official data file).")


def test_what_is_not_comparable_is_said_only_where_it_is_shown() -> None:
    told = texts(cautions(ENGLAND, compared({})))
    assert told[0] == (
        "NPQSENCO (special educational needs co-ordinator) began in autumn 2024, so totals of 2024/25 include what "
        "those of 2023/24 could not; the rows at hand do not allow leaving it out."
    )
    assert not [words for words in told if "22 months" in words or "people" in words or "elsewhere" in words]
    more = texts(
        cautions(
            ENGLAND,
            compared(
                {},
                {"line": "starts, leaving out NPQSENCO", "notes": ["2024/25: reported by The Made-up Gazette."]},
                {"measure": "participants"},
                {"measure": "completion-rate", "before": 40.0, "after": "low"},
            ),
        )
    )
    assert more[0].endswith("; starts are given with and without.")
    for part in ("22 months", "One person may start two", "reported elsewhere", "revises", "before rounding"):
        assert len([words for words in more if part in words]) == 1
