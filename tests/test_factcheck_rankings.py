"""Claims in words about every year and measure of the published rows, held against the rows themselves."""

from __future__ import annotations

import itertools

import pytest

from npqstats.analysis.factcheck.check import findings
from npqstats.analysis.facts import Facts, facts
from npqstats.analysis.series import Series
from npqstats.project import Project
from npqstats.vocabulary.areas import REGIONS
from npqstats.vocabulary.breakdowns import OVERALL
from npqstats.vocabulary.periods import label
from npqstats.wording.verdicts import verdict

NOUNS = {
    "starts": "NPQ starts",
    "participants": "NPQ participants",
    "workforce-share": "the share of teachers starting an NPQ",
}


@pytest.fixture(scope="session")
def cells(published: Project) -> Facts:
    return facts(published)


def given(text: str, cells: Facts) -> list[str]:
    """The verdicts of the claims in words of a text."""
    return [finding.verdict for finding in findings(text, cells) if finding.phrase is not None]


def row(measure: str, cells: Facts) -> dict[int, float]:
    values = {period: cells.value(Series(measure), period) for period in cells.periods}
    return {period: value.value for period, value in values.items() if value is not None}


@pytest.mark.parametrize("measure", NOUNS)
def test_a_year_is_more_or_less_than_another_as_the_rows_have_it(measure: str, cells: Facts) -> None:
    values = row(measure, cells)
    for year, other in itertools.permutations(values, 2):
        for word, sign in (("higher", 1), ("lower", -1)):
            text = f"In {label(year)} {NOUNS[measure]} was {word} than in {label(other)}."
            so = (values[year] - values[other]) * sign > 0
            assert given(text, cells) == ["right" if so else "wrong"], text


@pytest.mark.parametrize("measure", NOUNS)
def test_a_year_has_the_rank_among_all_that_the_rows_give_it(measure: str, cells: Facts) -> None:
    values = row(measure, cells)
    for extreme, backwards in (("highest", True), ("lowest", False)):
        ranked = sorted(values, key=lambda year: values[year], reverse=backwards)
        for year, (place, nth) in itertools.product(values, enumerate(("", "second ", "third "))):
            text = f"In {label(year)} {NOUNS[measure]} was the {nth}{extreme} of all years."
            assert given(text, cells) == ["right" if ranked[place] == year else "wrong"], text


@pytest.mark.parametrize("measure", NOUNS)
def test_a_move_is_the_first_or_goes_on_as_the_rows_have_it(measure: str, cells: Facts) -> None:
    values = row(measure, cells)
    years = list(values)
    for (n, year), (verb, sign) in itertools.product(enumerate(years[1:], 1), (("rose", 1), ("fell", -1))):
        moved = [(values[years[k]] - values[years[k - 1]]) * sign > 0 for k in range(1, n + 1)]
        first = f"In {label(year)} {NOUNS[measure]} {verb} for the first time since the reforms."
        assert given(first, cells) == ["right" if moved[-1] and not any(moved[:-1]) else "wrong"], first
        if n < 2:
            continue
        again = f"In {label(year)} {NOUNS[measure]} {verb} for two years running."
        assert given(again, cells) == ["right" if all(moved[-2:]) else "wrong"], again


def test_the_number_beside_a_false_claim_keeps_its_verdict(cells: Facts) -> None:
    claim, number = findings("NPQ starts hit a record 29,818 in 2024/25.", cells)
    assert (claim.verdict, number.verdict) == ("wrong", "right")
    told = verdict(claim, cells)
    assert (told.quote, told.start, told.end) == ("hit a record", 11, 23)
    assert "2023/24 has 43,840" in told.because
    assert told.command == "npqstats trend --from 2021-22 --to 2024-25 --measure starts --cells"
    assert len(told.origins) == len(cells.periods)


def test_a_rank_says_which_of_its_set_are_known(cells: Facts) -> None:
    (finding,) = findings("London had the most funded NPQ starts of any region in 2021/22.", cells)
    assert finding.verdict == "unknown"
    assert "all regions" in verdict(finding, cells).because
    assert "East Midlands: 2,594" in verdict(finding, cells).because


def test_a_rank_among_all_regions_is_right_for_the_first_alone(full: Project) -> None:
    whole = facts(full)
    year = whole.newest
    values = {code: whole.levels(Series("starts", level="Regional", location=code))[year] or 0 for code in REGIONS}
    assert all(values.values())
    first = max(REGIONS, key=lambda code: values[code])
    for code, name in REGIONS.items():
        text = f"In {label(year)} {name} had the most NPQ starts of any region."
        assert given(text, whole) == ["right" if code == first else "wrong"], text


def test_a_rank_among_courses_is_right_for_the_first_alone(full: Project) -> None:
    whole = facts(full)
    year = whole.newest
    groups = [group for breakdown, group in whole.names("breakdown", "group") if breakdown == "course"]
    known = {group: whole.value(Series("starts", breakdown="course", group=group), year) for group in groups}
    values = {group: value.value for group, value in known.items() if value is not None}
    first = max(values, key=lambda group: values[group])
    for group in values:
        text = f"{group.upper()} was the most popular NPQ in {label(year)}."
        assert given(text, whole) == ["right" if group == first else "wrong"], text


@pytest.mark.parametrize(
    "text",
    [
        "NPQs are of the highest quality, and the biggest challenge was time.",
        "For the first time I taught a whole class while on my NPQ.",
        "The most popular biscuit in the NPQ room was the custard cream.",
        "We keep a record of every NPQ that our staff take.",
        "Rainfall was the lowest since records began, and shops hit their target for the second year running.",
    ],
)
def test_what_is_no_claim_about_figures_gets_no_verdict(text: str, cells: Facts) -> None:
    assert findings(text, cells) == []


def test_overall_is_the_default(cells: Facts) -> None:
    (finding,) = findings("NPQ starts were lower than in 2023/24.", cells)
    assert finding.ask is not None
    assert finding.ask.series.breakdown == OVERALL
