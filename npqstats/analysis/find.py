"""Which published cells are a number as it is printed, what gives it in one step, and which slips would explain it."""

import heapq
import math
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations, pairwise

from npqstats.analysis.factcheck.judging.derived import Ask, answer
from npqstats.analysis.factcheck.scanning.quantities import quantities
from npqstats.analysis.factcheck.scanning.quantity import Quantity
from npqstats.analysis.facts import SUMMABLE, Fact, Facts, Value
from npqstats.analysis.series import Series
from npqstats.errors import UsageError
from npqstats.vocabulary.areas import ENGLAND
from npqstats.vocabulary.breakdowns import OVERALL
from npqstats.vocabulary.courses import COURSES
from npqstats.vocabulary.measures import MEASURES, SMALLEST_BASE

_NEAR = 5
_SHARED = ("starts", "participants", "completions", "passes")
"""Counts whose parts are shares of a published total."""
_PRINTED = 0.1
"""What the difference of two printed percentages may be off by: each is rounded to one decimal."""


@dataclass(frozen=True, kw_only=True)
class Hit:
    """A figure that is the number, or nearly."""

    ask: Ask
    value: Value
    kind: str
    """cell, derived, nearest or slip."""
    slip: str = ""
    """What would turn the number into this figure: two digits changed places, ..."""
    distance: float = 0
    """How far off it is, where it is one of the nearest."""


@dataclass(frozen=True, kw_only=True)
class Narrow:
    """What a search is narrowed to; empty: anything."""

    years: tuple[int, ...] = ()
    measure: str | None = None
    location: str | None = None
    release: str | None = None

    def names(self, cell: Fact) -> bool:
        """Whether a cell is within it."""
        return (
            self.measure in (None, cell.measure)
            and self.location in (None, cell.location)
            and self.release in (None, cell.release)
            and (not self.years or not {*self.years}.isdisjoint(cell.years))
        )

    def has(self, series: Series) -> bool:
        """Whether a series is within it; only the courses of today are derived from."""
        return (
            self.measure in (None, series.measure)
            and self.location in (None, series.location)
            and series.suite == "reformed"
        )

    def covers(self, *years: int) -> bool:
        """Whether a figure from one year to another is: one year is named and one of them, or several and all."""
        return not self.years or (self.years[0] in years if len(self.years) == 1 else {*years} <= {*self.years})


_FACTORS = {"double": "doubled", "triple": "tripled", "treble": "trebled", "quadruple": "quadrupled"}


def parsed(text: str) -> Quantity:
    """Read a number as people write it: 41,274, 32%, 56 per cent, 2.8 points, 144k, a third, one in five, 1.5x, 0.32.

    Raises:
        UsageError: It is none.
    """
    plain = unicodedata.normalize("NFKC", text[:200]).strip()
    plain = re.sub(r"(?<=\d) (?=\d{3}(?!\d))", ",", plain)
    plain = re.sub(r"(?<=\d)(?:\s?[x\u00d7]|[\s-]?fold)$", " times", plain)
    plain = re.sub(r"^(\d+)[/\u2044](\d+)$", r"\1 in \2", _FACTORS.get(plain, plain))
    if share := re.fullmatch(r"([-\u2212]?)(0?\.\d+)", plain):
        plain = f"{share[1]}{Decimal(share[2]).scaleb(2):f}%"  # as a spreadsheet has it
    plain = f"{int(plain):,}" if re.fullmatch(r"\d{4,15}", plain) else plain  # 2024 is a number here, not a year
    found = [one for one in quantities(plain) if one.kind not in ("all", "none")]
    if not found and plain.replace("-", "").replace(" ", "").isalpha():
        found = [replace(one, kind="count", quote=plain) for one in quantities(f"{plain} per cent") if one.is_word]
    if len(found) != 1 or len(text) > 200:
        raise UsageError(
            f"{text[:60]!r} is not {'a' if not found else 'one'} number.",
            "Write it as 41,274, 32%, '2.8 points', 144k, 'a third' or 'one in five'.",
        )
    return found[0]


def found(q: Quantity, facts: Facts, narrow: Narrow) -> list[Hit]:
    """Find what a number may be, likeliest first: cells and one-step derivations, else slips and the nearest."""
    is_bare = q.kind == "count" and q.decimals > 0 and q.value <= 100  # As a spreadsheet has a rate: 88.4.
    ways = [replace(q, kind=kind) for kind in ("count", "percent", "points")] if is_bare else [q]

    def each(reader: Callable[[Quantity, Facts, Narrow], Iterable[Hit]]) -> list[Hit]:
        return sorted((hit for way in ways for hit in reader(way, facts, narrow)), key=lambda hit: _rank(hit, facts))

    return _merged([*each(_cells), *each(_derived)] or [*each(_slips), *each(_nearest)])


def _merged(hits: Iterable[Hit]) -> list[Hit]:
    """Return a figure that several cells print once, with all its cells."""
    seen: dict[tuple[object, ...], Hit] = {}
    for hit in hits:
        key = (hit.ask, round(hit.value.value, 4), hit.value.release)
        first = seen.setdefault(key, hit)
        if first.kind != "derived":
            cells = dict.fromkeys(first.value.facts + hit.value.facts)
            seen[key] = replace(first, value=replace(first.value, facts=tuple(cells)))
    return list(seen.values())


_KINDS = ("value", "pct", "change", "points", "sum", "share", "factor")
_SLIPS = ("", "two digits changed places", "one digit differs", "a decimal point moved", "another rounding")


def _rank(hit: Hit, facts: Facts) -> tuple[object, ...]:
    """What is newest first, official before reported, England and totals before parts; the nearest by distance."""
    series = hit.ask.series
    return (
        _SLIPS.index(hit.slip),
        hit.distance,
        hit.value.release != facts.newest_release,
        hit.value.is_reported,
        series.location != ENGLAND[0],
        series.breakdown != OVERALL,
        bool(hit.ask.without),
        _KINDS.index(hit.ask.kind),
        series.funding != "all",
        -hit.ask.years[-1],
        list(MEASURES).index(series.measure),
        series.group,
    )


def _published(fact: Fact, kind: str, slip: str = "", distance: float = 0) -> Hit:
    what = "value" if fact.first_period is None or kind != "cell" else "sum"
    ask = Ask(kind=what, series=fact.series, years=fact.years)
    return Hit(ask=ask, value=Value(fact.value, (fact,)), kind=kind, slip=slip, distance=distance)


def _is_of_unit(q: Quantity, measure: str) -> bool:
    """Whether what is counted has the unit of a number; no cell is a change or a multiple."""
    return q.kind == ("percent" if MEASURES[measure].is_rate else "count")


def _near(q: Quantity, facts: Facts, narrow: Narrow, low: float, high: float) -> Iterator[Fact]:
    """List the cells between two numbers that a number may be, best first."""
    return (cell for cell in facts.between(low, high) if _is_of_unit(q, cell.measure) and narrow.names(cell))


def _cells(q: Quantity, facts: Facts, narrow: Narrow) -> Iterator[Hit]:
    near = _near(q, facts, narrow, q.low - 1, q.high + 1)
    return (_published(fact, "cell") for fact in near if q.fits(fact.value))


def _derived(q: Quantity, facts: Facts, narrow: Narrow) -> Iterator[Hit]:
    """Derive from what answers today, then from each older release by itself."""
    older = [alone for alone in facts.by_release.values() if alone.is_official][1:]
    named = facts.by_release.get(narrow.release or "")
    for release in [named] if named else [facts, *older]:
        for ask in _steps(q, release, narrow):
            value = answer(release, ask)
            if value is None or not value.how or (q.direction * value.value < 0 and ask.kind in _SIGNED):
                continue
            if ask.without and not any(fact.breakdown == "course" for fact in value.facts):
                continue  # The course had not begun: it is the total.
            numbers = [abs(number) if ask.kind in _SIGNED else number for number in (value.value, *value.also)]
            fitting = next(filter(q.fits, numbers), None)
            if fitting is not None:  # As printed, or as DfE or the counts give it: whichever is the number.
                yield Hit(ask=ask, kind="derived", value=replace(value, value=math.copysign(fitting, value.value)))


_SIGNED = ("change", "pct", "points")
_MOVED: dict[str, tuple[str, Callable[[float, float], float]]] = {
    "count": ("change", lambda before, after: after - before),
    "percent": ("pct", lambda before, after: 100 * (after - before) / before),
    "points": ("points", lambda before, after: after - before),
    "factor": ("factor", lambda before, after: after / before),
}
"""By the kind of a number: the change between two years that it may be, and how that is worked out."""


def _steps(q: Quantity, facts: Facts, narrow: Narrow) -> Iterator[Ask]:
    """List the derivations in one step that come near a number; `answer` says whether they are the number."""
    periods = facts.periods
    plain = {*pairwise(periods), (periods[0], periods[-1])} if len(periods) > 1 else set()
    pairs = [pair for pair in combinations(periods, 2) if (narrow.years or pair in plain) and narrow.covers(*pair)]
    years = [year for year in periods if narrow.covers(year)]
    kind, moved = _MOVED[q.kind]
    room = _PRINTED + 1e-6 if q.kind == "points" else 1e-6

    def is_near(number: float) -> bool:
        return q.low - room <= abs(number) <= q.high + room

    for series in filter(narrow.has, facts.series):
        if MEASURES[series.measure].is_rate != (q.kind == "points"):
            continue
        level = facts.levels(series)
        for first, last in pairs:
            before, after = level[first], level[last]
            if before and after is not None and is_near(moved(before, after)):
                yield Ask(kind=kind, series=series, years=(first, last))
        if q.kind == "count" and series.measure in SUMMABLE:
            for first, last in combinations(range(len(periods)), 2):
                added = periods[first : last + 1]
                numbers = [level[year] or 0 for year in added]
                if narrow.covers(added[0], added[-1]) and all(numbers) and is_near(sum(numbers)):
                    yield Ask(kind="sum", series=series, years=added)
        if q.kind == "percent":
            for whole in _wholes(series):
                totals = facts.levels(whole)
                for year in years:
                    part, total = level[year], totals[year]
                    if part is not None and (total or 0) >= SMALLEST_BASE and is_near(100 * part / (total or 1)):
                        yield Ask(kind="share", series=series, whole=whole, years=(year,))
        if series.measure in SUMMABLE and series.breakdown == OVERALL:
            yield from _less(q, facts, series, pairs, years)


def _wholes(series: Series) -> Iterator[Series]:
    """List the published totals that a count may be a share of."""
    if series.measure not in _SHARED:
        return
    if series.funding != "all":
        yield series._replace(funding="all")
    if series.breakdown != OVERALL:
        yield series._replace(breakdown=OVERALL, group=OVERALL)
    if series.location != ENGLAND[0]:
        yield series._replace(level="National", location=ENGLAND[0])
    if series.measure == "passes":
        yield series._replace(measure="starts")


def _less(
    q: Quantity, facts: Facts, total: Series, pairs: Iterable[tuple[int, int]], years: Iterable[int]
) -> Iterator[Ask]:
    """List a total less a course and its changes, and the part of the total that has no cell: all but the funded."""
    for funding in ("funded", "non-funded") if q.kind == "count" and total.funding == "all" else ():
        part = total._replace(funding=funding)
        yield from (Ask(kind="value", series=part, years=(year,)) for year in years if not facts.best(part, year))
    if total.location != ENGLAND[0] or q.kind not in ("count", "percent"):
        return
    groups = facts.names("breakdown", "group")
    kind, _ = _MOVED[q.kind]
    for code in COURSES:
        if ("course", code.lower()) in groups:
            yield from (Ask(kind=kind, series=total, years=pair, without=(code,)) for pair in pairs)
            if q.kind == "count":
                yield from (Ask(kind="value", series=total, years=(year,), without=(code,)) for year in years)


def _slips(q: Quantity, facts: Facts, narrow: Narrow) -> Iterator[Hit]:
    """Find the cells that a slip of the pen would turn into the number."""
    slips: dict[float, str] = {}
    for number, slip in _slipped(q) if q.digits > 2 else ():
        slips.setdefault(round(number, 2), slip)
    for number, slip in slips.items():
        yield from (_published(fact, "slip", slip) for fact in _near(q, facts, narrow, number - 0.005, number + 0.005))
    step = q.high - q.low
    if q.decimals or step > 1 or q.kind == "percent":  # Cut off, or rounded up.
        for fact in _near(q, facts, narrow, q.value - step, q.value + step):
            if round(fact.value, 2) not in slips:
                yield _published(fact, "slip", "another rounding")


def _slipped(q: Quantity) -> Iterator[tuple[float, str]]:
    printed = f"{q.value:.{q.decimals}f}"
    places = [n for n, letter in enumerate(printed) if letter.isdigit()]
    for one, other in pairwise(places):
        letters = list(printed)
        letters[one], letters[other] = letters[other], letters[one]
        if letters[0] != "0":
            yield float("".join(letters)), "two digits changed places"
    for position in places:
        for digit in "0123456789".replace(printed[position], ""):
            yield float(printed[:position] + digit + printed[position + 1 :]), "one digit differs"
    for factor in (10, 100, 1000, 0.1, 0.01, 0.001):
        yield q.value * factor, "a decimal point moved"


def _nearest(q: Quantity, facts: Facts, narrow: Narrow) -> list[Hit]:
    """List the cells that are nearest to a number; where it is a change in points or a multiple, those of England."""
    if q.kind in ("points", "factor"):
        wide, england = replace(q, low=0, high=3 * q.high), replace(narrow, location=narrow.location or ENGLAND[0])
        hits = [replace(hit, distance=abs(abs(hit.value.value) - q.value)) for hit in _derived(wide, facts, england)]
        return [replace(hit, kind="nearest") for hit in sorted(hits, key=lambda hit: _rank(hit, facts))[:_NEAR]]
    cells = (cell for cell in facts.cells if _is_of_unit(q, cell.measure) and narrow.names(cell))

    def off(cell: Fact) -> tuple[float, bool, bool]:
        return abs(cell.value - q.value), cell.level != "National", cell.breakdown != OVERALL

    return [_published(cell, "nearest", distance=off(cell)[0]) for cell in heapq.nsmallest(_NEAR, cells, key=off)]
