"""What a sentence says of a number, as a question to the cells, and the answer."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from npqstats.analysis.factcheck.quantities import Quantity
from npqstats.analysis.factcheck.said import Said
from npqstats.analysis.facts import SUMMABLE, Facts, Series, Value, published
from npqstats.catalogue.observations import OVERALL
from npqstats.vocabulary.areas import ENGLAND
from npqstats.vocabulary.funding import SERIES_BEGAN
from npqstats.vocabulary.measures import MEASURES

SMALLEST_BASE = 30


class Ask(NamedTuple):
    """A figure that a sentence may mean."""

    kind: str
    """value, sum, change, pct, points, factor, share, left (what a rate leaves of 100 or a part of its whole)."""
    series: Series
    years: tuple[int, ...]
    whole: Series | None = None
    """For a share: what it is a share of."""
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


def answer(facts: Facts, ask: Ask) -> Value | None:
    """Work out a figure from the cells; None where they do not have it."""
    if ask.kind in ("value", "left"):
        found = _level(facts, ask, ask.years[-1])
        if ask.kind == "value" or found is None:
            return found
        return _left(facts, ask, found)
    if ask.kind == "sum":
        return _sum(facts, ask)
    if ask.kind == "pooled":
        return _pooled(facts, ask)
    if ask.kind == "share":
        part, whole = _level(facts, ask, ask.years[-1]), None
        if ask.whole is not None:
            whole = facts.value(ask.whole, ask.years[-1])
        if part is None or whole is None or not whole.value or not _same_edition(part, whole):
            return None
        return Value(100 * part.value / whole.value, part.facts + whole.facts, "part / whole")
    before, after = (_level(facts, ask, year) for year in (ask.years[0], ask.years[-1]))
    if before is None or after is None or len(ask.years) < 2:
        return None
    if not _same_edition(before, after):
        return None
    return _change(ask, before, after)


def _same_edition(one: Value, other: Value) -> bool:
    """Whether two figures may be set against each other: both of the same release, but for reported ones."""
    names = {fact.release for fact in (*one.facts, *other.facts) if not fact.is_reported}
    return len(names) <= 1


def _level(facts: Facts, ask: Ask, year: int) -> Value | None:
    if ask.without:
        return facts.without(ask.series, year, ask.without)
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


_WHOLES = {
    "completions": "starts",
    "passes": "completions",
    "schools": "schools-total",
    "workforce-participants": "teachers",
}
"""Of what those that did not are counted."""


def _left(facts: Facts, ask: Ask, found: Value) -> Value | None:
    measure = MEASURES[ask.series.measure]
    if measure.is_rate:
        return Value(100 - found.value, found.facts, "100 - rate", tuple(100 - other for other in found.also))
    if ask.series.measure not in _WHOLES:
        return None
    whole = facts.value(ask.series._replace(measure=_WHOLES[ask.series.measure]), ask.years[-1])
    return Value(whole.value - found.value, whole.facts + found.facts, "whole - part") if whole else None


def _sum(facts: Facts, ask: Ask) -> Value | None:
    if ask.series.measure not in SUMMABLE:
        return None
    values = [_level(facts, ask, year) for year in ask.years]
    known = [value for value in values if value is not None]
    if len(known) < len(values) or not known:
        return None
    return Value(
        sum(value.value for value in known), tuple(fact for value in known for fact in value.facts), "sum of years"
    )


def _pooled(facts: Facts, ask: Ask) -> Value | None:
    """Work out a rate of several years together from their counts."""
    measure = MEASURES[ask.series.measure]
    over, under = (
        _sum(facts, ask._replace(series=ask.series._replace(measure=code)))
        for code in (measure.numerator, measure.denominator)
    )
    if over is None or under is None or not under.value:
        return None
    return Value(100 * over.value / under.value, over.facts + under.facts, "sum / sum")


def _change(ask: Ask, before: Value, after: Value) -> Value | None:
    cells = before.facts + after.facts
    difference = after.value - before.value
    if ask.kind in ("change", "points"):
        also: tuple[float, ...] = ()
        if MEASURES[ask.series.measure].is_rate:
            # DfE subtracts the printed percentages; from the counts the change may round otherwise. Neither is wrong.
            exact = [value.also[-1] if value.also else value.value for value in (before, after)]
            also = (exact[1] - exact[0], published(after.value, "0.0") - published(before.value, "0.0"))
        return Value(round(difference, 6), cells, "difference", also)
    if before.value < SMALLEST_BASE and not MEASURES[ask.series.measure].is_rate:
        return None
    if not before.value:
        return None
    if ask.kind == "factor":
        return Value(after.value / before.value, cells, "ratio")
    return Value(100 * difference / before.value, cells, "change in per cent")


def asks(said: Said, q: Quantity, facts: Facts, is_whole: bool) -> list[Ask]:
    """List the figures that a sentence may mean by a number: those that it names, not those it might have meant.

    Args:
        said: What the sentence says.
        q: The number.
        facts: The cells, for the years and areas that there are.
        is_whole: Whether another number is said to be a part of this one.

    Returns:
        Several where the words have several meanings; none where no cell could say it.
    """
    if said.event in ("register", "offer") or any(part.startswith("?") for part in (said.area, said.group)):
        return []
    if said.is_old or not said.years:
        return []
    said = _of_workforce(said, q, facts, is_whole)
    base = _series(said)
    if said.role == "target" or (
        said.event == "target" and q.kind == "count" and said.role == "level" and not said.counted
    ):
        return []
    if said.role in ("change", "factor"):
        return [_of_finished(ask, said, facts) for ask in _changes(said, q, base)]
    if q.kind in ("percent", "all", "none"):
        found = list(_shares(said, base, facts))
    else:
        found = list(_levels(said, base, facts, is_whole))
    found = [_of_finished(ask, said, facts) for ask in found]
    return [ask._replace(kind="left") for ask in found if _has_rest(ask)] if said.is_rest else found


def _of_finished(ask: Ask, said: Said, facts: Facts) -> Ask:
    """Read a rate of completion of no named year as that of the newest cohorts that are finished."""
    measure = MEASURES[ask.series.measure]
    finished = [period for period in facts.periods if period not in facts.unfinished]
    if not (measure.has_unfinished and measure.is_rate) or said.are_years_named or not finished or ask.kind == "pooled":
        return ask
    back = (facts.newest - finished[-1]) // 101 if ask.years[-1] in facts.unfinished else 0
    if back <= 0:
        return ask
    years = tuple(year - 101 * back for year in ask.years)
    return ask._replace(years=years, is_sure=False) if years[0] in facts.periods else ask


def _has_rest(ask: Ask) -> bool:
    """Whether those that did not can be counted: what is left of a whole, or of 100 per cent."""
    measure = MEASURES[ask.series.measure]
    return ask.kind == "value" and (measure.is_rate or ask.series.measure in _WHOLES)


def _of_workforce(said: Said, q: Quantity, facts: Facts, is_whole: bool) -> Said:
    """Read people as teachers in the census where the whole is the workforce: `of 511,958 teachers, 23,222 started`."""
    whole = q if is_whole else said.part_of
    if whole is None or said.counted != "people" or said.measure or whole.digits < 3:
        return said
    teachers = facts.value(Series("teachers"), said.years[-1])
    if teachers is None or not whole.fits(teachers.value):
        return said
    return replace(said, counted="workforce", event="" if is_whole else "start")


def _series(said: Said) -> Series:
    series = Series("starts", said.funding)
    if said.area and said.area != ENGLAND[0]:
        level, _, code = said.area.partition("=")
        if not code:
            level, code = "Regional", said.area
        series = series._replace(level=level, location=code)
    if said.course:
        series = series._replace(breakdown="course", group=said.course.lower())
    elif said.group:
        breakdown, _, group = said.group.partition("=")
        series = series._replace(breakdown=breakdown, group=group)
    return series


def _counts(said: Said) -> Iterator[tuple[str, bool]]:
    """List the count measures that the words may mean, each with whether it is the only one."""
    event, counted = said.event, said.counted
    if said.measure in MEASURES and not MEASURES[said.measure].is_rate:
        yield said.measure, True
    elif counted == "schools":
        yield "schools", True
    elif event in ("complete", "pass"):
        if counted != "people":
            yield {"complete": "completions", "pass": "passes"}[event], True
    elif counted == "workforce":
        is_part = event == "start" or said.basis == "cumulative"
        yield ("workforce-participants" if is_part else "teachers"), True
    elif counted == "people":
        yield "participants", True
    elif counted == "courses":
        yield "starts", True
    elif counted == "places":
        yield "participants", False
        yield "starts", False
    else:
        yield "starts", False
        yield "participants", False


def _levels(said: Said, base: Series, facts: Facts, is_whole: bool) -> Iterator[Ask]:
    is_cumulative = _is_cumulative(said)
    for code, is_sure in _counts(said) if said.event != "dropout" else ():
        measure = "teachers" if is_whole and code == "workforce-participants" else code
        series = base._replace(measure=measure)
        if measure == "schools":
            if is_whole or said.measure == "schools-total":
                series = series._replace(measure="schools-total", funding="all")
            yield Ask(kind="value", series=series._replace(basis=_basis(said)), years=said.years[-1:], is_sure=is_sure)
        elif measure in ("teachers", "schools-total"):
            yield Ask(kind="value", series=series._replace(funding="all"), years=said.years[-1:], is_sure=is_sure)
        elif measure in ("participants", "workforce-participants"):
            if is_cumulative or (said.is_sum and len(said.years) > 1):
                if is_cumulative or said.years == facts.periods:
                    series = series._replace(measure="workforce-participants", basis="cumulative")
                    yield Ask(kind="value", series=series, years=said.years[-1:], is_sure=is_sure)
                continue
            yield Ask(kind="value", series=series, years=said.years[-1:], is_sure=is_sure)
        else:
            is_all = (is_cumulative and not said.is_rest) or (
                measure in ("completions", "passes") and not said.are_years_named
            )
            years = (
                said.years
                if said.is_sum
                else tuple(p for p in facts.periods if p <= said.years[-1])
                if is_all
                else said.years
            )
            kind = "sum" if len(years) > 1 else "value"
            yield Ask(kind=kind, series=series, years=years, without=said.without, is_sure=is_sure)
    if said.event == "dropout" and said.counted != "schools":
        yield Ask(kind="left", series=base._replace(measure="completions"), years=said.years[-1:], is_sure=False)


def _basis(said: Said) -> str:
    return said.basis or ("cumulative" if _is_cumulative(said) else "in-year")


def _is_cumulative(said: Said) -> bool:
    """Whether all years are counted: `since 2021`, or `have started` and `have never` without a year."""
    if said.is_sum and len(said.years) > 1 and said.years[0] == SERIES_BEGAN:
        return True
    return said.basis == "cumulative" or (
        not said.basis and (said.is_perfect or said.is_rest) and not said.are_years_named
    )


def _shares(said: Said, base: Series, facts: Facts) -> Iterator[Ask]:
    year = said.years[-1:]
    event, whole, counted = said.event, said.whole, said.counted

    def rate(code: str, is_sure: bool = True) -> Ask:
        if code in ("completion-rate", "pass-rate") and _is_cumulative(said) and said.basis:
            since = tuple(period for period in facts.periods if period <= said.years[-1])
            return Ask(kind="pooled", series=base._replace(measure=code), years=since, is_sure=is_sure)
        basis = _basis(said) if code in ("schools-share", "workforce-share") else "in-year"
        kind = "left" if event == "dropout" and code == "completion-rate" else "value"
        return Ask(kind=kind, series=base._replace(measure=code, basis=basis), years=year, is_sure=is_sure)

    if said.measure in MEASURES and MEASURES[said.measure].is_rate:
        yield rate(said.measure)
    elif whole == "target" or (event == "complete" and whole in ("people", "workforce")):
        return
    elif whole == "completions":
        if event in ("pass", "complete", ""):
            yield rate("pass-rate")
    elif (event == "complete" and whole != "schools") or (event == "dropout" and whole != "schools"):
        yield rate("completion-rate")
    elif event == "pass" and whole != "schools":
        if whole or said.part_of is not None:
            started = base._replace(measure="starts")
            yield Ask(kind="share", series=base._replace(measure="passes"), whole=started, years=year)
        else:
            yield rate("pass-rate", is_sure=False)
            started = base._replace(measure="starts")
            yield Ask(kind="share", series=base._replace(measure="passes"), whole=started, years=year, is_sure=False)
    elif whole == "schools" or (not whole and counted == "schools"):
        if event not in ("complete", "pass", "dropout"):
            yield rate("schools-share")
    elif (
        whole == "workforce"
        or (not whole and counted == "workforce")
        or (whole == "people" and not said.part_of and not (said.is_funding_named and event != "start"))
    ):
        yield rate("workforce-share")
    else:
        yield from _parts_of(said, base, year)


def _parts_of(said: Said, base: Series, year: tuple[int, ...]) -> Iterator[Ask]:
    """Shares of a total: those funded, those of one course, group or area."""
    counted = {"participants": "people"}.get(said.whole, said.whole) or said.counted
    code = "participants" if counted == "people" else "starts"
    part = base._replace(measure=code)
    if said.course or said.group or said.area:
        whole = part
        if said.course or said.group:
            whole = whole._replace(breakdown=OVERALL, group=OVERALL)
        elif said.area and said.area != ENGLAND[0]:
            whole = whole._replace(level="National", location=ENGLAND[0])
        if whole != part:
            yield Ask(kind="share", series=part, whole=whole, years=year)
            return
    if said.is_funding_named and said.funding != "all":
        sure = counted in ("people", "courses")
        yield Ask(kind="share", series=part, whole=part._replace(funding="all"), years=year, is_sure=sure)
        if not sure:
            other = part._replace(measure="participants")
            yield Ask(kind="share", series=other, whole=other._replace(funding="all"), years=year, is_sure=False)


def _changes(said: Said, q: Quantity, base: Series) -> Iterator[Ask]:
    if len(said.years) < 2:
        return
    years = (said.years[0], said.years[-1])
    codes: list[tuple[str, bool]] = []
    if said.measure in MEASURES:
        codes = [(said.measure, True)]
    elif said.whole in ("workforce", "schools") or (said.counted == "workforce" and q.kind != "count"):
        codes = [("workforce-share" if said.whole != "schools" else "schools-share", True)]
    elif q.kind == "points":
        if said.counted == "schools":
            codes = [("schools-share", True)]
        elif said.event == "complete":
            codes = [("completion-rate", True)]
        elif said.event == "pass":
            codes = [("pass-rate", True)]
        elif said.counted in ("people", "workforce"):
            codes = [("workforce-share", True)]
    else:
        codes = list(_counts(said))
    for code, is_sure in codes:
        basis = _basis(said)
        series = base._replace(
            measure=code, basis=basis if code in ("schools-share", "workforce-share", "schools") else "in-year"
        )
        kinds = {"points": "points", "percent": "pct", "factor": "factor"}
        kind = kinds.get(q.kind, "change")
        if said.role == "factor":
            kind = "factor"
        yield Ask(kind=kind, series=series, years=years, without=said.without, is_sure=is_sure)


def variations(ask: Ask, facts: Facts) -> Iterable[tuple[Ask, str]]:
    """List the figures that differ from one in a single part, each with the part's name: the likeliest slips first."""
    series = ask.series
    yield from _of_unit(ask)
    for funding in ("all", "funded", "non-funded"):
        if funding != series.funding:
            whole = (
                ask.whole._replace(funding=funding) if ask.whole and ask.whole.funding == series.funding else ask.whole
            )
            yield ask._replace(series=series._replace(funding=funding), whole=whole), "funding"
    other_basis = "cumulative" if series.basis == "in-year" else "in-year"
    if series.measure in ("schools", "schools-share", "workforce-share", "workforce-participants"):
        yield ask._replace(series=series._replace(basis=other_basis)), "basis"
    yield from _of_measure(ask)
    for period in facts.periods:
        if len(ask.years) == 1 and period != ask.years[0]:
            yield ask._replace(years=(period,)), "year"
    if len(ask.years) == 2 and ask.kind != "sum":
        for first, last in zip(facts.periods, facts.periods[1:], strict=False):
            if (first, last) != ask.years:
                yield ask._replace(years=(first, last)), "year"
    if ask.kind == "value" and series.measure in SUMMABLE and len(facts.periods) > 1:
        for end in range(2, len(facts.periods) + 1):
            yield ask._replace(kind="sum", years=facts.periods[:end]), "year"
    if series.location != ENGLAND[0]:
        yield ask._replace(series=series._replace(level="National", location=ENGLAND[0])), "area"
    if series.breakdown != OVERALL:
        yield ask._replace(series=series._replace(breakdown=OVERALL, group=OVERALL)), "group"


def _of_unit(ask: Ask) -> Iterator[tuple[Ask, str]]:
    if ask.kind == "pct" and MEASURES[ask.series.measure].is_rate:
        yield ask._replace(kind="points"), "unit"
    if ask.kind == "points":
        yield ask._replace(kind="pct"), "unit"
        rates = {"starts": "workforce-share", "participants": "workforce-share"}
        for count in ("starts", "participants"):
            if ask.series.measure in rates.values():
                yield ask._replace(kind="pct", series=ask.series._replace(measure=count, basis="in-year")), "unit"


_NEAR = {
    "starts": ("participants", "completions", "passes", "workforce-participants"),
    "participants": ("starts", "workforce-participants", "completions", "passes"),
    "workforce-participants": ("participants", "starts", "teachers"),
    "completions": ("passes", "starts"),
    "passes": ("completions", "starts"),
    "completion-rate": ("pass-rate",),
    "pass-rate": ("completion-rate",),
    "workforce-share": ("schools-share",),
    "schools-share": ("workforce-share",),
    "schools": ("schools-total",),
    "schools-total": ("schools",),
    "teachers": ("workforce-participants",),
}


def _of_measure(ask: Ask) -> Iterator[tuple[Ask, str]]:
    if ask.kind == "share" and ask.series.measure == "passes" and ask.whole is not None:
        yield Ask(kind="value", series=ask.series._replace(measure="pass-rate"), years=ask.years), "measure"
        yield Ask(kind="value", series=ask.series._replace(measure="completion-rate"), years=ask.years), "measure"
        return
    for code in _NEAR.get(ask.series.measure, ()):
        whole = ask.whole._replace(measure=code) if ask.whole and ask.whole.measure == ask.series.measure else ask.whole
        basis = (
            ask.series.basis
            if code in ("workforce-participants", "schools-share", "workforce-share", "schools")
            else "in-year"
        )
        yield ask._replace(series=ask.series._replace(measure=code, basis=basis), whole=whole), "measure"
