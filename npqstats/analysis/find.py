"""Which published cells are a number as it is printed, what gives it in one step, and which slips would explain it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from npqstats.analysis.factcheck.asks import Ask, answer
from npqstats.analysis.factcheck.quantities import Quantity, quantities
from npqstats.analysis.facts import SUMMABLE, Fact, Facts, Series, Value
from npqstats.catalogue.observations import OVERALL
from npqstats.errors import UsageError
from npqstats.vocabulary.areas import ENGLAND
from npqstats.vocabulary.measures import MEASURES

MOST = 10
_SHARED = ("starts", "participants", "completions", "passes")
"""Counts whose parts are shares of a published total."""


@dataclass(frozen=True, kw_only=True)
class Hit:
    """A figure that is the number, or nearly."""

    ask: Ask
    value: Value
    kind: str
    """cell, derived, nearest or slip."""
    slip: str = ""
    """What would turn the number into this figure: two digits changed places, ..."""


@dataclass(frozen=True, kw_only=True)
class Hits:
    """What a number may be."""

    quantity: Quantity
    hits: tuple[Hit, ...]
    """Likeliest first, ten at most."""
    total: int
    """How many there are in all."""


@dataclass(frozen=True, kw_only=True)
class Narrow:
    """What a search is narrowed to; None: anything."""

    year: int | None = None
    measure: str | None = None
    location: str | None = None

    def has(self, series: Series, years: Iterable[int]) -> bool:
        """Whether a figure is within it."""
        return (
            self.measure in (None, series.measure)
            and self.location in (None, series.location)
            and (self.year is None or self.year in years)
        )


def parsed(text: str) -> Quantity:
    """Read a number as people write it: 41,274, 32%, 56 per cent, 2.8 points, 144k, a third, one in five.

    Raises:
        UsageError: It is none.
    """
    found = [one for one in quantities(text) if one.kind not in ("all", "none")]
    if len(found) != 1:
        raise UsageError(
            f"{text[:60]!r} is not {'a' if not found else 'one'} number.",
            "Write it as 41,274, 32%, '2.8 points', 144k, 'a third' or 'one in five'.",
        )
    return found[0]


def found(q: Quantity, facts: Facts, narrow: Narrow) -> Hits:
    """Find what a number may be: cells, then one-step derivations; where there are none, the nearest and slips."""
    cells = sorted(_cells(q, facts, narrow), key=lambda hit: _rank(hit, facts))
    derived = sorted(_derived(q, facts, narrow), key=lambda hit: _rank(hit, facts))
    hits = _merged([*cells, *derived] or [*_slips(q, facts, narrow), *_nearest(q, facts, narrow)])
    return Hits(quantity=q, hits=tuple(hits[:MOST]), total=len(hits))


def _merged(hits: list[Hit]) -> list[Hit]:
    """Return a figure that several files print once, with all its cells."""
    seen: dict[tuple[object, ...], Hit] = {}
    for hit in hits:
        key = (hit.ask, round(hit.value.value, 4), hit.value.release)
        first = seen.setdefault(key, hit)
        if first is not hit and first.kind in ("cell", "slip"):
            more = tuple(fact for fact in hit.value.facts if fact not in first.value.facts)
            seen[key] = replace(first, value=replace(first.value, facts=first.value.facts + more))
    return list(seen.values())


def _rank(hit: Hit, facts: Facts) -> tuple[object, ...]:
    """England and totals before parts, whatever is newest first, official before reported."""
    series, fact = hit.ask.series, hit.value.facts[0]
    kinds = ("value", "pct", "change", "points", "sum", "share", "factor", "left")
    return (
        fact.release != facts.newest_release,
        hit.value.is_reported,
        series.location != ENGLAND[0],
        series.breakdown != OVERALL,
        bool(hit.ask.without),
        kinds.index(hit.ask.kind),
        series.funding != "all",
        -hit.ask.years[-1],
        list(MEASURES).index(series.measure),
        series.group,
    )


def _is_of_unit(q: Quantity, fact: Fact) -> bool:
    return (q.kind == "percent") == MEASURES[fact.measure].is_rate and q.kind in ("count", "percent")


def _cells(q: Quantity, facts: Facts, narrow: Narrow) -> Iterator[Hit]:
    for fact in facts.cells:
        is_it = q.low <= fact.value <= q.high and _is_of_unit(q, fact) and q.fits(fact.value)
        if is_it and narrow.has(fact.series, fact.years):
            kind = "value" if fact.first_period is None else "sum"
            yield Hit(
                ask=Ask(kind=kind, series=fact.series, years=fact.years),
                value=Value(fact.value, (fact,)),
                kind="cell",
            )


def _derived(q: Quantity, facts: Facts, narrow: Narrow) -> Iterator[Hit]:
    for ask in _steps(q, facts, narrow):
        value = answer(facts, ask)
        if value is None or not value.how:
            continue
        numbers = (value.value, *value.also)
        if ask.kind in ("change", "pct", "points"):
            if q.direction and value.value * q.direction < 0:
                continue
            numbers = tuple(map(abs, numbers))
        if any(map(q.fits, numbers)):
            if not q.fits(numbers[0]):  # As DfE works it out, or as the counts give it: the one that is the number.
                number = next(filter(q.fits, numbers))
                value = replace(value, value=number if value.value >= 0 else -number, also=(value.value,))
            yield Hit(ask=ask, value=value, kind="derived")


def _steps(q: Quantity, facts: Facts, narrow: Narrow) -> Iterator[Ask]:
    """List the derivations in one step that could give a number of this kind."""
    kinds = {"count": ("change",), "percent": ("pct",), "points": ("points",), "factor": ("factor",)}[q.kind]
    years = [year for year in facts.periods if narrow.year in (None, year)]
    pairs = [pair for pair in pairwise(facts.periods) if narrow.year in (None, *pair)]
    ends = [(facts.periods[0], facts.periods[-1])] if len(facts.periods) > 2 else []
    for series in facts.series_of(narrow.measure):
        if series.suite != "reformed" or narrow.location not in (None, series.location):
            continue
        measure = MEASURES[series.measure]
        if measure.is_rate == (q.kind == "points") or (measure.is_rate and q.kind == "percent"):
            for pair in (*pairs, *ends):
                yield from (Ask(kind=kind, series=series, years=pair) for kind in kinds)
        if q.kind == "count" and series.measure in SUMMABLE:
            for length in range(2, len(facts.periods) + 1):
                yield Ask(kind="sum", series=series, years=facts.periods[:length])
            yield from _less_a_course(series, years)
        if q.kind == "percent" and series.measure in _SHARED:
            yield from _shares(series, years)
        if q.kind == "percent" and series.measure in SUMMABLE:
            yield from (
                replace(ask, kind="pct", years=pair) for ask in _less_a_course(series, years[:1]) for pair in pairs
            )


def _less_a_course(series: Series, years: list[int]) -> Iterator[Ask]:
    if series.breakdown == OVERALL and series.location == ENGLAND[0]:
        from npqstats.vocabulary.courses import prospectus

        for code in prospectus().courses:
            yield from (Ask(kind="value", series=series, years=(year,), without=(code,)) for year in years)


def _shares(series: Series, years: list[int]) -> Iterator[Ask]:
    wholes = []
    if series.funding != "all":
        wholes.append(series._replace(funding="all"))
    if series.breakdown != OVERALL:
        wholes.append(series._replace(breakdown=OVERALL, group=OVERALL))
    if series.location != ENGLAND[0]:
        wholes.append(series._replace(level="National", location=ENGLAND[0]))
    for whole in wholes:
        yield from (Ask(kind="share", series=series, whole=whole, years=(year,)) for year in years)


def _slips(q: Quantity, facts: Facts, narrow: Narrow) -> list[Hit]:
    """Figures that a slip of the pen would turn into the number."""
    if q.digits < 3:
        return []
    slips: dict[float, str] = {}
    for slipped, what in _slipped(q):
        slips.setdefault(slipped, what)
    hits = []
    for value, what in slips.items():
        for fact in facts.by_value.get(round(value, 2), []):
            if _is_of_unit(q, fact) and narrow.has(fact.series, fact.years):
                ask = Ask(kind="value", series=fact.series, years=fact.years)
                hits.append(Hit(ask=ask, value=Value(fact.value, (fact,)), kind="slip", slip=what))
    order = ("two digits changed places", "one digit differs", "a decimal point moved", "another rounding")
    return sorted(hits, key=lambda hit: (order.index(hit.slip), *_rank(hit, facts)))


def _slipped(q: Quantity) -> Iterator[tuple[float, str]]:
    printed = f"{q.value:.{q.decimals}f}"
    places = [n for n, letter in enumerate(printed) if letter.isdigit()]
    for one, other in pairwise(places):
        letters = list(printed)
        letters[one], letters[other] = letters[other], letters[one]
        if letters[0] != "0":
            yield float("".join(letters)), "two digits changed places"
    for place in places:
        for digit in "0123456789":
            if digit != printed[place]:
                yield float(printed[:place] + digit + printed[place + 1 :]), "one digit differs"
    for factor in (10, 100, 1000, 0.1, 0.01, 0.001):
        yield round(q.value * factor, 4), "a decimal point moved"


def _nearest(q: Quantity, facts: Facts, narrow: Narrow) -> list[Hit]:
    if q.kind not in ("count", "percent"):
        return []
    near = sorted(
        (fact for fact in facts.cells if _is_of_unit(q, fact) and narrow.has(fact.series, fact.years)),
        key=lambda fact: (abs(fact.value - q.value), fact.level != "National", fact.breakdown != OVERALL),
    )[:5]
    return [
        Hit(
            ask=Ask(kind="value", series=fact.series, years=fact.years),
            value=Value(fact.value, (fact,)),
            kind="nearest",
        )
        for fact in near
    ]
