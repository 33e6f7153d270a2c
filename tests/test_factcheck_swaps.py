"""True stories, with one of their figures changed for another published one, or a level set beside another's move."""

from __future__ import annotations

import itertools
import json
import re

import pytest

from npqstats.analysis.factcheck.check import findings
from npqstats.analysis.facts import Facts, facts
from npqstats.analysis.series import Series
from npqstats.project import Project
from tests.frozen import DATA

STORIES = [json.loads(line)["text"] for line in (DATA / "claims" / "stories.jsonl").read_text("utf-8").splitlines()]
NUMBER = re.compile(r"(?<!below )(?<!than )\b(?:\d{1,3},\d{3}(?<!00)|\d+(?:\.\d+)?%)")
FIGURES = sorted({number[0] for story in STORIES for number in NUMBER.finditer(story)})
"""Each of them is true of something."""
EACH = 3
"""How many other figures each number is changed for."""


@pytest.fixture(scope="module")
def cells(published: Project) -> Facts:
    return facts(published)


def are_all_true(text: str, cells: Facts) -> bool:
    """Whether each number of a text is judged to be so."""
    return {finding.verdict for finding in findings(text, cells)} <= {"right", "reported"}


def swapped(text: str, n: int) -> list[str]:
    """List a text with each of its numbers changed for a few others of its kind."""
    out = []
    for number in NUMBER.finditer(text):
        pool = [figure for figure in FIGURES if ("," in figure) == ("," in number[0])]
        start = (n * EACH + number.start()) % len(pool)
        others = [other for other in (pool * 2)[start : start + EACH] if whole(other) != whole(number[0])]
        out += [text[: number.start()] + other + text[number.end() :] for other in others]
    return out


def whole(number: str) -> int:
    """The number without its decimals: 32% is what 32.2% rounds to."""
    return round(float(number.replace(",", "").rstrip("%")))


def test_a_story_with_a_figure_changed_is_not_all_right(cells: Facts) -> None:
    changed = [text for n, story in enumerate(STORIES) for text in swapped(story, n)]
    assert len(changed) > 500
    assert [text for text in changed if are_all_true(text, cells)] == []


BESIDE = (
    "{noun} were {level}, {down} {move} on the year before.",
    "{noun} were {level}, {move} {fewer} than a year earlier.",
    "{noun} were {level} - {down} {move} year on year.",
    "{noun} were {level}. That was {move} {fewer} than the year before.",
    "{noun} were {level} (a {fall} of {move} on the year before).",
    "With a {fall} of {move} on the year before, {noun} were {level}.",
    "A {fall} of {move} took {noun} to {level}.",
)
"""A level and a move with no year: they are of one, or one of them is not so."""


@pytest.mark.parametrize(("measure", "noun"), [("starts", "NPQ starts"), ("participants", "the NPQ participants")])
def test_a_level_and_the_move_of_another_year_are_not_both_right(measure: str, noun: str, cells: Facts) -> None:
    found = {year: cells.value(Series(measure), year) for year in cells.periods}
    values = {year: value.value for year, value in found.items() if value is not None}
    assert len(values) > 3
    wrong = []
    for (first, second), year in itertools.product(itertools.pairwise(values), values):
        change = values[second] - values[first]
        moves = (f"{abs(change):,.0f}", f"{abs(100 * change / values[first]):.1f}%")
        words = ("up", "more", "rise") if change > 0 else ("down", "fewer", "fall")
        for move, frame in itertools.product(moves if year != second else (), BESIDE):
            named = dict(zip(("down", "fewer", "fall"), words, strict=True))
            text = frame.format(noun=noun, level=f"{values[year]:,.0f}", move=move, **named)
            wrong += [text] if are_all_true(text[0].upper() + text[1:], cells) else []
    assert wrong == []
