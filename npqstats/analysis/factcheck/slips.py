"""Figures that differ in one or two parts from what a sentence means: another year, funding, measure, area or unit."""

from collections.abc import Iterable, Iterator
from itertools import chain

from npqstats.analysis.factcheck.derived import Ask, answer, fits
from npqstats.analysis.factcheck.quantities import Quantity
from npqstats.analysis.factcheck.said import Said
from npqstats.analysis.facts import SUMMABLE, Facts, Value
from npqstats.catalogue.observations import OVERALL
from npqstats.vocabulary.areas import ENGLAND
from npqstats.vocabulary.measures import MEASURES

Slip = tuple[Ask, Value, tuple[str, ...]]
"""What a number is instead, its figure, and the parts in which it differs."""


class Slips:
    """Looks for what a number is, where it is not what the sentence means."""

    def __init__(self, facts: Facts) -> None:
        """Take the cells."""
        self.facts = facts
        self._once: dict[Ask, list[Slip]] = {}
        self._twice: dict[Ask, list[Slip]] = {}

    def once(self, starting: list[Ask], q: Quantity, said: Said) -> Slip | None:
        """Find a figure that differs from what is meant in one part; a number of one or two digits tells too little."""
        telling = ("unit", "funding", "basis", "measure")
        for slip in chain.from_iterable(map(self._in_one, starting)):
            other, value, (part,) = slip
            is_telling = q.digits >= 3 or (part in telling and (q.digits == 2 or (part == "unit" and q.decimals > 0)))
            if is_telling and fits(q, other, value, said):
                return slip
        return None

    def twice(self, starting: list[Ask], q: Quantity, said: Said) -> Slip | None:
        """Find a figure that differs from what is meant in two parts."""
        for slip in chain.from_iterable(map(self._in_two, starting)):
            other, value, parts = slip
            if fits(q, other, value, said) and (q.digits >= 4 or {*parts} != {"year", "measure"}):
                return slip
        return None

    def _in_one(self, ask: Ask) -> list[Slip]:
        """List the figures that differ from one in a single part; of most numbers of a text they are the same."""
        if ask not in self._once:
            found = [(other, answer(self.facts, other), (part,)) for other, part in variations(ask, self.facts)]
            self._once[ask] = [(other, value, parts) for other, value, parts in found if value is not None]
        return self._once[ask]

    def _in_two(self, ask: Ask) -> list[Slip]:
        """List the figures that differ from one in two parts, each once: in whichever order they are changed."""
        if ask not in self._twice:
            found: dict[Ask, tuple[str, str]] = {}
            for other, part in variations(ask, self.facts):
                for further, second in variations(other, self.facts):
                    if second != part:
                        found.setdefault(further, (part, second))
            answers = [(other, answer(self.facts, other), parts) for other, parts in found.items()]
            self._twice[ask] = [(other, value, parts) for other, value, parts in answers if value is not None]
        return self._twice[ask]


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


def differences(own: Ask | None, other: Ask) -> tuple[str, ...]:
    """Name the parts in which a figure differs from what is meant."""
    if own is None:
        return ("measure",)
    mine, theirs = own.series, other.series
    parts = [name for name in ("measure", "funding", "basis") if getattr(mine, name) != getattr(theirs, name)]
    parts += ["area"] if mine.location != theirs.location else []
    parts += ["group"] if (mine.breakdown, mine.group) != (theirs.breakdown, theirs.group) else []
    parts += ["year"] if own.years[-1] != other.years[-1] else []
    return tuple(parts)
