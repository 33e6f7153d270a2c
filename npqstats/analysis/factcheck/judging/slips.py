"""Figures that differ in one or two parts from what a sentence means: another year, funding, measure, area or unit."""

from collections.abc import Callable, Iterable, Iterator
from itertools import combinations, pairwise

from npqstats.analysis.factcheck.judging.derived import Ask, answer, fits
from npqstats.analysis.factcheck.reading.said import Said
from npqstats.analysis.factcheck.scanning.quantity import Quantity
from npqstats.analysis.facts import SUMMABLE, Facts, Value
from npqstats.vocabulary.areas import ENGLAND
from npqstats.vocabulary.breakdowns import OVERALL
from npqstats.vocabulary.courses import COURSES
from npqstats.vocabulary.measures import MEASURES

Slip = tuple[Ask, Value, tuple[str, ...]]
"""What a number is instead, its figure, and the parts in which it differs."""
_Candidate = tuple[Ask, tuple[str, ...], float | None]
"""What a number may be instead, the parts in which it differs, and its number where it is a level."""


_MANDATORY = tuple(course.code for course in COURSES.values() if course.mandatory_from)
_WITHOUT_ONE = ("value", "change", "pct")
"""Figures that are often printed without the courses that teachers must take."""
_TELLING = 3
"""Digits by which a number tells a change over several years from others."""
_ALIKE = 0.1
"""By what share another file of a release may print a figure otherwise, and by far more than any does."""


class Slips:
    """Looks for what a number is, where it is not what the sentence means."""

    def __init__(self, facts: Facts) -> None:
        """Take the cells."""
        self.facts = facts
        self._once: dict[Ask, list[_Candidate]] = {}
        self._twice: dict[Ask, list[_Candidate]] = {}

    def once(self, starting: list[Ask], q: Quantity, said: Said) -> Slip | None:
        """Find a figure that differs from what is meant in one part; a number of one or two digits tells too little."""
        telling = ("unit", "funding", "basis", "measure")
        for ask in starting:
            if ask not in self._once:
                self._once[ask] = self._known({other: (part,) for other, part in variations(ask, self.facts)})
            for other, parts, level in self._once[ask]:
                part = parts[0]
                is_telling = (
                    q.digits >= 3
                    or (part == "year" and said.end == "from")
                    or (
                        part in telling
                        and not (part == "measure" and q.kind == "count" and q.hedge not in ("", "exact"))
                        and (
                            q.digits == 2 or (part == "unit" and q.decimals > 0) or (part == "basis" and q.is_fraction)
                        )
                    )
                    or (part == "group" and other.without != ask.without and q.digits == 2)
                    or (part == "year" and q.digits == 2 and (q.decimals > 0 or "year" in said.carried))
                )
                if part == "year" and q.digits < _TELLING and len({*other.years}) > 1 and not _is_next(other):
                    continue  # Of many pairs of years one will come to `23%`.
                if is_telling and (value := self._fitting(other, level, q, said)):
                    return other, value, parts
        return None

    def twice(self, starting: list[Ask], q: Quantity, said: Said) -> Slip | None:
        """Find a figure that differs from what is meant in two parts, of which the likelier is changed first."""
        for ask in starting:
            if ask not in self._twice:
                found: dict[Ask, tuple[str, ...]] = {}
                for other, part in variations(ask, self.facts):
                    for further, second in variations(other, self.facts, _AFTER[part]):
                        found.setdefault(further, (part, second))
                self._twice[ask] = self._known(found)
            for other, parts, level in self._twice[ask]:
                is_telling = q.digits >= 4 or {*parts} != {"year", "measure"}
                if is_telling and (value := self._fitting(other, level, q, said)):
                    return other, value, parts
        return None

    def _known(self, found: dict[Ask, tuple[str, ...]]) -> list[_Candidate]:
        """List figures, but for the levels that the cells do not have."""
        known: list[_Candidate] = []
        for ask, parts in found.items():
            is_level = ask.kind == "value" and not ask.without
            level = self.facts.levels(ask.series).get(ask.years[-1]) if is_level else None
            if not is_level or level is not None or MEASURES[ask.series.measure].is_rate:
                known.append((ask, parts, level))
        return known

    def _fitting(self, ask: Ask, level: float | None, q: Quantity, said: Said) -> Value | None:
        """Return the value of a figure where it is the number; a level that is far from it is not even looked at."""
        if level is not None and not q.low * (1 - _ALIKE) <= level <= q.high * (1 + _ALIKE):
            return None
        value = answer(self.facts, ask)
        if value is not None and ask.kind == "sum" and len(value.facts) == 1:
            return None  # What somebody printed for all of the years is no sum.
        return value if value is not None and fits(q, ask, value, said) else None


def _is_next(ask: Ask) -> bool:
    """Whether a change goes from one year to the next."""
    return ask.years[-1] - ask.years[0] == 101


def variations(ask: Ask, facts: Facts, parts: Iterable[str] | None = None) -> Iterator[tuple[Ask, str]]:
    """List the figures that differ from one in a single part, each with the part's name: the likeliest slips first.

    Args:
        ask: The figure.
        facts: The cells, for the years that there are.
        parts: The parts that may differ; None for all.
    """
    for part in _VARIATIONS if parts is None else parts:
        for other in _VARIATIONS[part](ask, facts):
            yield other, part


def _of_unit(ask: Ask, _: Facts) -> Iterator[Ask]:
    if ask.kind == "pct" and MEASURES[ask.series.measure].is_rate:
        yield ask._replace(kind="points")
    if ask.kind == "points":
        yield ask._replace(kind="pct")
        for count in ("starts", "participants") if ask.series.measure == "workforce-share" else ():
            yield ask._replace(kind="pct", series=ask.series._replace(measure=count, basis="in-year"))


def _of_funding(ask: Ask, _: Facts) -> Iterator[Ask]:
    series, whole = ask.series, ask.whole
    for funding in ("all", "funded", "non-funded"):
        if funding != series.funding:
            is_of_same = whole is not None and whole.funding == series.funding
            of = whole._replace(funding=funding) if whole is not None and is_of_same else whole
            yield ask._replace(series=series._replace(funding=funding), whole=of)


def _of_basis(ask: Ask, _: Facts) -> Iterator[Ask]:
    other = "cumulative" if ask.series.basis == "in-year" else "in-year"
    if ask.series.measure in _OF_BOTH:
        yield ask._replace(series=ask.series._replace(basis=other))


def _of_measure(ask: Ask, _: Facts) -> Iterator[Ask]:
    series, whole = ask.series, ask.whole
    if ask.kind == "share" and series.measure == "passes" and whole is not None:
        for code in ("pass-rate", "completion-rate"):
            yield Ask(kind="value", series=series._replace(measure=code), years=ask.years)
        return
    if ask.kind == "value" and series.measure in ("pass-rate", "completion-rate"):
        begun = series._replace(measure="starts")
        yield Ask(kind="share", series=series._replace(measure="passes"), whole=begun, years=ask.years)
    if ask.kind == "value" and series.measure == "workforce-share" and series.basis == "in-year":
        # Of those who take part some are not in the census, of whose teachers they are no share.
        everyone, teachers = (series._replace(measure=code) for code in ("participants", "teachers"))
        yield Ask(kind="share", series=everyone, whole=teachers, years=ask.years)
    for code in _NEAR.get(series.measure, ()):
        of = whole._replace(measure=code) if whole and whole.measure == series.measure else whole
        basis = series.basis if code in _OF_BOTH else "in-year"
        yield ask._replace(series=series._replace(measure=code, basis=basis), whole=of)


def _of_years(ask: Ask, facts: Facts) -> Iterator[Ask]:
    periods = facts.periods
    same: list[tuple[int, ...]] = [(period,) for period in periods] if len(ask.years) == 1 else []
    if len(ask.years) == 2 and ask.kind != "sum":
        same += [*pairwise(periods), *combinations(periods, 2)]
    yield from (ask._replace(years=years) for years in same if years != ask.years)
    if ask.kind == "value" and ask.series.measure in SUMMABLE:
        yield from (ask._replace(kind="sum", years=periods[:end]) for end in range(2, len(periods) + 1))


def _of_area(ask: Ask, _: Facts) -> Iterator[Ask]:
    if ask.series.location != ENGLAND[0]:
        yield ask._replace(series=ask.series._replace(level="National", location=ENGLAND[0]))


def _of_group(ask: Ask, _: Facts) -> Iterator[Ask]:
    if ask.series.breakdown != OVERALL:
        yield ask._replace(series=ask.series._replace(breakdown=OVERALL, group=OVERALL))
    elif ask.series.measure == "starts" and ask.kind in _WITHOUT_ONE:
        yield ask._replace(without=() if ask.without else _MANDATORY)


_VARIATIONS: dict[str, Callable[[Ask, Facts], Iterator[Ask]]] = {
    "unit": _of_unit,
    "funding": _of_funding,
    "basis": _of_basis,
    "measure": _of_measure,
    "year": _of_years,
    "area": _of_area,
    "group": _of_group,
}
"""How a figure may differ from another in each part, the likeliest part first."""
_AFTER = {part: [*_VARIATIONS][n + 1 :] for n, part in enumerate(_VARIATIONS)}
_AFTER["measure"] = ["basis", *_AFTER["measure"]]  # Some measures alone have two.
"""Which parts may differ besides one."""
_OF_BOTH = ("schools", "schools-share", "workforce-share", "workforce-participants")
"""Measures that are published in the year and since 2021."""
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


def differences(own: Ask | None, other: Ask) -> tuple[str, ...]:
    """Name the parts in which a figure differs from what is meant."""
    if own is None:
        return ("measure",)
    mine, theirs = own.series, other.series
    parts = [name for name in ("measure", "funding", "basis") if getattr(mine, name) != getattr(theirs, name)]
    parts += ["area"] if mine.location != theirs.location else []
    groups = [(ask.series.breakdown, ask.series.group, ask.without) for ask in (own, other)]
    parts += ["group"] if groups[0] != groups[1] else []
    parts += ["year"] if own.years[-1] != other.years[-1] else []
    return tuple(parts)
