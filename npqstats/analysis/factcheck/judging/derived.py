"""A figure that a sentence may mean, and how it follows from the cells in one step."""

from collections.abc import Callable
from typing import NamedTuple

from npqstats.analysis.factcheck.reading.said import Said
from npqstats.analysis.factcheck.scanning.quantity import Quantity
from npqstats.analysis.facts import SUMMABLE, Facts, Value, published
from npqstats.analysis.series import Series
from npqstats.vocabulary.measures import MEASURES, SMALLEST_BASE


class Ask(NamedTuple):
    """A figure that a sentence may mean."""

    kind: str
    """value, sum, mean, change, pct, points, factor, share, left (what a rate leaves of 100 or a part of its whole)."""
    series: Series
    years: tuple[int, ...]
    whole: Series | None = None
    """For a share: what it is a share of; for what is left: of what; for a gap between two parts: the other part."""
    without: tuple[str, ...] = ()
    is_sure: bool = True
    """Whether the sentence can only mean this."""

    @property
    def unit(self) -> str:
        """In what the figure is: the unit of the measure, %, pp, or times."""
        if self.kind in ("pct", "share"):
            return "%"
        if self.kind == "factor":
            return "times"
        return "pp" if self.kind == "points" else MEASURES[self.series.measure].unit


class Beside(NamedTuple):
    """One of the figures among which another is ranked."""

    ask: Ask
    value: Value
    is_own: bool = False
    """Whether it is the one that is ranked."""


def answer(facts: Facts, ask: Ask) -> Value | None:
    """Work out a figure from the cells, once; None where they do not have it."""
    if ask not in facts.answers:
        facts.answers[ask] = _FORMULAS.get(ask.kind, _moved)(facts, ask)
    return facts.answers[ask]


def _value(facts: Facts, ask: Ask) -> Value | None:
    return _level(facts, ask, ask.years[-1])


def _share(facts: Facts, ask: Ask) -> Value | None:
    part, whole = _total(facts, ask), _whole(facts, ask) if ask.whole else None
    if part is None or whole is None or not whole.value or not _same_edition(part, whole):
        return None
    parts = part.value, whole.value
    return Value(100 * part.value / whole.value, part.facts + whole.facts, "part / whole", parts=parts)


def _whole(facts: Facts, ask: Ask) -> Value | None:
    """What a figure is a share of, or taken from; the target is of all its years."""
    series = ask.whole or ask.series._replace(measure=_WHOLES[ask.series.measure])
    if series.measure == "starts-target" and facts.target:
        return Value(facts.target.value, (facts.target,))
    return _total(facts, ask._replace(series=series))


def _moved(facts: Facts, ask: Ask) -> Value | None:
    if ask.whole and len(ask.years) > 1:  # the change of a share
        before, after = (_share(facts, ask._replace(years=(year,))) for year in (ask.years[0], ask.years[-1]))
    else:
        start = ask._replace(series=ask.whole) if ask.whole else ask
        before, after = _level(facts, start, ask.years[0]), _level(facts, ask, ask.years[-1])
    if before is None or after is None or (len(ask.years) < 2 and not ask.whole) or not _same_edition(before, after):
        return None
    return change(ask, before, after)


def _same_edition(one: Value, other: Value) -> bool:
    """Whether two figures may be set against each other: both of the same release, but for reported ones."""
    names = {fact.release for fact in (*one.facts, *other.facts) if not fact.is_reported}
    return len(names) <= 1


def _level(facts: Facts, ask: Ask, year: int) -> Value | None:
    if ask.without:
        return facts.without(ask.series, year, ask.without)
    if "+" in ask.series.group or "+" in ask.series.location:
        return _added(facts, ask.series, year)
    found, measure = facts.value(ask.series, year), MEASURES[ask.series.measure]
    if found is None and measure.is_rate:
        parts = (
            facts.value(ask.series._replace(measure=code), year) for code in (measure.numerator, measure.denominator)
        )
        over, under = parts
        if over and under and under.value and _same_edition(over, under):
            return Value(
                100 * over.value / under.value, over.facts + under.facts, f"{measure.numerator} / {measure.denominator}"
            )
    return found


def _added(facts: Facts, series: Series, year: int) -> Value | None:
    """Add up what some courses or areas have: people would be counted once for each course."""
    each = [series._replace(group=course) for course in series.group.split("+")]
    each = [one._replace(location=area) for one in each for area in one.location.split("+")]
    known = [value for one in each if (value := facts.value(one, year)) is not None]
    is_of_areas = "+" not in series.group and series.measure in ("participants", "workforce-participants")
    if len(known) < len(each) or not (series.measure in SUMMABLE or is_of_areas):
        return None
    how = "area + area" if "+" in series.location else "course + course"
    return Value(sum(value.value for value in known), tuple(fact for value in known for fact in value.facts), how)


_WHOLES = {
    "completions": "starts",
    "passes": "completions",
    "schools": "schools-total",
    "workforce-participants": "teachers",
}
"""Of what those that did not are counted."""


def has_rest(ask: Ask) -> bool:
    """Whether those that did not can be counted: what is left of a whole, or of 100 per cent."""
    if ask.kind == "left":
        return True
    measure = MEASURES[ask.series.measure]
    is_sum = ask.kind == "sum" and ask.series.measure in SUMMABLE
    return (ask.kind == "value" and measure.is_rate) or (
        (ask.kind == "value" or is_sum) and ask.series.measure in _WHOLES
    )


def _left(facts: Facts, ask: Ask) -> Value | None:
    found = _total(facts, ask)
    if found is None or MEASURES[ask.series.measure].is_rate:
        return found and Value(100 - found.value, found.facts, "100 - rate", tuple(100 - one for one in found.also))
    if ask.series.measure not in _WHOLES and ask.whole is None:
        return None
    whole = _whole(facts, ask)
    if whole is None:
        return None
    parts = whole.value, found.value
    return Value(whole.value - found.value, whole.facts + found.facts, "whole - part", parts=parts)


def _total(facts: Facts, ask: Ask) -> Value | None:
    """A level, or the sum of those of several years."""
    return _sum(facts, ask) if len(ask.years) > 1 else _level(facts, ask, ask.years[-1])


def _sum(facts: Facts, ask: Ask) -> Value | None:
    """Add up several years; where one is not known, take what somebody printed for all of them."""
    if ask.series.measure not in SUMMABLE:
        return None
    values = [_level(facts, ask, year) for year in ask.years]
    known = [value for value in values if value is not None]
    if len(known) < len(values) or not known:
        printed = facts.all_of(ask.series, ask.years[-1], ask.years[0])
        return Value(printed[0].value, (printed[0],)) if printed else None
    return Value(
        sum(value.value for value in known), tuple(fact for value in known for fact in value.facts), "sum of years"
    )


def _mean(facts: Facts, ask: Ask) -> Value | None:
    """Work out what a count comes to in a year, over several."""
    total = _sum(facts, ask)
    return total and Value(total.value / len(ask.years), total.facts, "mean of years")


def _pooled(facts: Facts, ask: Ask) -> Value | None:
    """Work out a rate of several years together from their counts."""
    measure = MEASURES[ask.series.measure]
    over, under = (
        _sum(facts, ask._replace(series=ask.series._replace(measure=code)))
        for code in (measure.numerator, measure.denominator)
    )
    if over is None or under is None or not under.value:
        return None
    parts = over.value, under.value
    return Value(100 * over.value / under.value, over.facts + under.facts, "sum / sum", parts=parts)


def change(ask: Ask, before: Value, after: Value) -> Value | None:
    """Work out how far it is from one figure to another."""
    cells = before.facts + after.facts
    is_rate = MEASURES[ask.series.measure].is_rate
    # DfE compares the printed percentages; from the counts a change may round otherwise. Neither is wrong.
    exact = [value.also[-1] if is_rate and value.also else value.value for value in (before, after)]
    if ask.kind in ("change", "points"):
        printed = published(after.value, "0.0") - published(before.value, "0.0")
        also = (exact[1] - exact[0], printed) if is_rate else ()
        return Value(round(after.value - before.value, 6), cells, "difference", also)
    if not before.value or (before.value < SMALLEST_BASE and not is_rate):
        return None
    if ask.kind == "factor":
        return Value(after.value / before.value, cells, "ratio")
    moved = [100 * (last - first) / first for first, last in (exact, (before.value, after.value))]
    return Value(moved[0], cells, "change in per cent", tuple(moved[1:]) if is_rate else ())


_FORMULAS: dict[str, Callable[[Facts, Ask], Value | None]] = {
    "value": _value,
    "left": _left,
    "sum": _sum,
    "mean": _mean,
    "pooled": _pooled,
    "share": _share,
}
"""How the figures follow that are no cells; all others are changes from one year to another."""


def fits(q: Quantity, ask: Ask, value: Value, said: Said) -> bool:
    """Whether a figure is the number that is printed, in the direction that is said."""
    numbers = (value.value, *value.also)
    if said.end in ("low", "high") and q.value in (q.low, q.high):
        room = 10 ** (len(str(int(q.value))) - q.digits - q.decimals) / 2  # An end of a range, not what is between.
        return any(abs(number - q.value) <= room for number in numbers)
    if ask.kind == "factor":
        return any(q.fits(number if q.kind == "factor" else 100 * number) for number in numbers)
    if ask.kind in ("change", "pct", "points"):
        if said.direction and any(number and (number > 0) != (said.direction > 0) for number in numbers[:1]):
            return False
        return any(q.fits(abs(number)) for number in numbers)
    return any(q.fits(number) for number in numbers)
