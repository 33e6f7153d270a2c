"""Every headline, over kinds, measures, breakdowns, areas, courses left out and funding, held to rules of its own.

The rules read the sentence and the chart's table of data, and share no code with what writes either.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from itertools import product
from typing import Any

import polars as pl
import pytest

from npqstats.charts.chart import Chart, chart
from npqstats.errors import UsageError
from npqstats.project import Project
from npqstats.vocabulary.measures import MEASURES

_NUMBER = re.compile(r"(?<![\w/.,])(\d[\d,]*(?:\.\d+)?)(%?)(?![\w/]|,\d|\.\d)")
_YEAR = re.compile(r"\d{4}/\d{2}")
_SET = re.compile(
    r"(?:(fell|rose) (?:in|for) )?(?:(\d+) of |all |the )?(?<![\d,.])(\d+) (regions|courses|local authorities)"
)
_RANK = re.compile(r"(\d+)(?:st|nd|rd|th) of (\d+) ")
_LIMITED = ("area", "exclude_course", "course", "basis")
BREAKDOWNS = (None, "funding", "course", "region", "local-authority", "phase", "age", "sex")
FUNDINGS = (None, "funded", "non-funded")


def asked(areas: tuple[str | None, ...]) -> Iterator[tuple[str, dict[str, Any]]]:
    """List what is asked: each kind with what it can be asked, and some that it refuses."""
    for measure, by, funding, area in product(MEASURES, BREAKDOWNS, FUNDINGS, areas):
        if (by == "funding" and funding) or (area and by in ("region", "local-authority", "course")):
            continue
        parts: dict[str, Any] = {"measure": measure, "by": by, "funding": funding, "area": area}
        yield "trend", parts
        yield "change", parts
    for measure, by, left_out in product(
        ("starts", "completions", "completion-rate"),
        (None, "course", "funding"),
        ("NPQSENCO", "NPQSL", ["NPQSL", "NPQH"]),
    ):
        for kind in ("trend", "change", "impact", "completion"):
            yield kind, {"measure": measure, "by": by, "exclude_course": left_out}
    for measure, course in product(("starts", "participants", "completion-rate"), ("NPQSENCO", "NPQH")):
        for kind in ("trend", "change", "split"):
            yield kind, {"measure": measure, "course": course}
    for measure, basis in product(("workforce-share", "schools", "schools-share"), ("in-year", "cumulative")):
        for kind in ("trend", "change", "split"):
            yield kind, {"measure": measure, "basis": basis}
    for measure, by, funding in product(("starts", "completions", "passes"), BREAKDOWNS, FUNDINGS):
        yield "impact", {"measure": measure, "by": by, "funding": funding}
    for by, funding, area in product(BREAKDOWNS, FUNDINGS, areas):
        yield "completion", {"by": by, "funding": funding, "area": area}
    for code, area in product((None, *MEASURES), areas):
        yield "split", {"measure": code, "area": area}
    for code, by, funding in product((None, *MEASURES), ("region", "local-authority"), FUNDINGS):
        yield "areas", {"measure": code, "by": by, "funding": funding}


def made(project: Project, areas: tuple[str | None, ...], *, every: int) -> Iterator[tuple[str, dict[str, Any], Chart]]:
    """Make every chart that is not refused, or one in so many."""
    for kind, parts in list(asked(areas))[::every]:
        given = {name: value for name, value in parts.items() if value}
        if kind == "completion":
            given.pop("measure", None)
        try:
            yield kind, given, chart(kind, project=project, **given)
        except UsageError:
            continue


def broken(kind: str, parts: dict[str, Any], made_: Chart) -> list[str]:
    """List the rules that a headline breaks."""
    said, data = made_.headline, made_.data
    bare = _YEAR.sub("", said)
    limits = [f"{name} is not named" for name in _not_named(parts, said)]
    too_long = len(said.split()) > 15 and not (set(parts) & {*_LIMITED, "funding"} or "leaving out" in said)
    return [
        *limits,
        *(["too long"] if too_long else []),
        *(["does not begin with a letter"] if not said[:1].isalpha() else []),
        *(["speaks of groups"] if re.search(r"\bgroups?\b", said.partition("(")[0]) else []),
        *_numbers(bare, data),
        *_directions(bare, data),
    ]


def _not_named(parts: dict[str, Any], said: str) -> Iterator[str]:
    measure = MEASURES.get(parts.get("measure", "starts"))
    for area in [parts["area"]] if parts.get("area") else []:
        if area.casefold() not in said.casefold():
            yield area
    for code in (
        [parts["exclude_course"]] if isinstance(parts.get("exclude_course"), str) else parts.get("exclude_course", [])
    ):
        if f"leaving out {code}" not in said and not re.search(rf"leaving out [^.;]*{code}", said):
            yield code
    if parts.get("course") and parts["course"] not in said:
        yield parts["course"]
    if parts.get("funding") and not (measure and measure.is_population):
        if not re.search(rf"\b{parts['funding']}\b", said, re.IGNORECASE):
            yield parts["funding"]
        elif parts["funding"] == "funded" and not re.search(r"(?<!-)\bfunded\b", said, re.IGNORECASE):
            yield "funded"
    if parts.get("basis") == "cumulative" and "since 2021" not in said and not (measure and measure.is_population):
        yield "since 2021"


def _values(data: pl.DataFrame) -> list[float]:
    return [
        float(value)
        for name in data.columns
        if data[name].dtype.is_numeric() and name != "Rank"
        for value in data[name]
        if value is not None
    ]


def _numbers(said: str, data: pl.DataFrame) -> Iterator[str]:
    """Check that every number is one of the data's, at the decimals that are printed, or how many rows there are."""
    values = _values(data)
    counted = _SET.sub("", _RANK.sub("", said.replace("since 2021", "")))
    counted = re.sub(r"\([^)]*\)", "", counted)
    counted = re.sub(r"\b\d+ (?:is|are) new|, (?:rose|fell) (?:in|for) \d+", "", counted)
    for digits, _ in _NUMBER.findall(counted):
        number = Decimal(digits.replace(",", ""))
        if not any(_rounded(abs(value), number) == number for value in values):
            yield f"{digits} is not in the data"


def _rounded(value: float, like: Decimal) -> Decimal:
    return Decimal(repr(value)).quantize(Decimal(1).scaleb(like.as_tuple().exponent), ROUND_HALF_UP)  # type: ignore[arg-type]


def _directions(said: str, data: pl.DataFrame) -> Iterator[str]:
    """Check rises and falls against the changes and the pairs of figures in the data."""
    changes = [
        float(v)
        for name in data.columns
        if "hange" in name
        for v in data[name]
        if v is not None and data[name].dtype.is_numeric()
    ]
    for word, digits in re.findall(r"(fell|rose|down|up) (?:by )?([\d,]+(?:\.\d+)?)%?(?= |,|;|$)", said):
        number = Decimal(digits.replace(",", ""))
        way = -1 if word in ("fell", "down") else 1
        if changes and not any(value * way > 0 and _rounded(abs(value), number) == number for value in changes):
            yield f"{word} by {digits} is no change of the data"
    for word, after, before in re.findall(r"(fell|rose) to ([\d.]+)%.*?, from ([\d.]+)%", said):
        if (Decimal(after) < Decimal(before)) != (word == "fell") or after == before:
            yield f"{word} from {before} to {after}"
    match = re.search(r"(fell|rose) (?:in|for) (?:all (\d+)|(\d+) of (\d+)) (\w+)", said)
    if match:
        whole = int(match[2] or match[4])
        parts = data.height - 1
        steps = data.columns[0] == "Academic year"
        if not steps and parts != whole:
            yield f"{whole} {match[5]}, but the data have {parts}"


@pytest.mark.parametrize(
    ("name", "areas"),
    [
        ("published", (None, "London", "East Midlands")),
        ("full", (None, "Yorkshire and the Humber", "Made-up Borough 013")),
        ("next_year", (None, "South West", "Bournemouth, Christchurch and Poole")),
    ],
)
@pytest.mark.slow
def test_every_headline_is_true_of_its_data(
    name: str, areas: tuple[str | None, ...], request: pytest.FixtureRequest
) -> None:
    project = request.getfixturevalue(name)
    found = [(kind, parts, one) for kind, parts, one in made(project, areas, every=1 if name == "published" else 3)]
    assert len(found) > 100
    wrong = [
        f"{kind} {parts}: {one.headline!r}: {'; '.join(why)}"
        for kind, parts, one in found
        if (why := broken(kind, parts, one))
    ]
    assert not wrong, "\n".join([f"{len(wrong)} of {len(found)}:", *wrong[:60]])
    too_long = [one.alt for _, _, one in found if len(one.alt) >= 400]
    assert not too_long
    if name == "published":
        sure = [
            one.headline
            for _, _, one in found
            if re.search(r"\ball \d|\d of \d|largest|most|\d(?:st|nd|rd|th)\b", one.headline)
        ]
        assert not sure, "An excerpt proves no superlative and no count."


@pytest.mark.parametrize(
    ("kind", "parts", "headline"),
    [
        ("trend", {}, "NPQ starts fell by 32% in 2024/25, to 29,818"),
        ("trend", {"exclude_course": "NPQSENCO"}, "NPQ starts leaving out NPQSENCO fell by 56% in 2024/25, to 19,281"),
        ("impact", {}, "NPQ starts fell by 32% in 2024/25, or 56% leaving out NPQSENCO"),
        ("split", {}, "Non-funded share of NPQ participants rose to 20.5% in 2024/25, from 5.2%"),
        ("completion", {}, "NPQ completion rate: 81.7% for 2022/23 starters, 84.6% for 2021/22 starters"),
        (
            "trend",
            {"measure": "workforce-share"},
            "Share of teachers starting an NPQ fell to 4.5% in 2024/25, from 7.1%",
        ),
        (
            "change",
            {"measure": "completion-rate"},
            "NPQ completion rate: 81.7% for 2022/23 starters, 84.6% for 2021/22 starters",
        ),
        ("areas", {}, "Share of teachers starting a funded NPQ: 4.6% to 6.2% in 2021/22, 3 regions shown"),
    ],
)
def test_the_headline_of_published_rows(kind: str, parts: dict[str, Any], headline: str, published: Project) -> None:
    assert chart(kind, project=published, **parts).headline == headline


def test_a_checker_that_finds_nothing_is_none(published: Project) -> None:
    one = chart("trend", project=published)
    lies = [
        "NPQ starts rose by 32% in 2024/25, to 29,818",
        "NPQ starts fell by 33% in 2024/25, to 29,818",
        "NPQ starts fell by 32% in 2024/25, to 29,819",
    ]
    from dataclasses import replace

    assert all(broken("trend", {}, replace(one, headline=lie)) for lie in lies)
    assert broken("trend", {"area": "Leeds"}, one)
    assert broken("trend", {"exclude_course": "NPQSENCO"}, one)
