"""Every published cell of every release in memory, and the figures that follow from them in one step.

`find` and `factcheck` ask thousands of small questions of a few thousand cells, so these are read once. The rules of
truth hold: for each series and year the newest release answers, and a data file comes before a reported figure.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import NamedTuple

import polars as pl

from npqstats.catalogue.catalogue import NO_RELEASE, dataset_order, release
from npqstats.catalogue.observations import EVIDENCE, OVERALL
from npqstats.project import Project
from npqstats.store import parts
from npqstats.vocabulary.areas import ENGLAND
from npqstats.vocabulary.funding import SERIES_BEGAN
from npqstats.vocabulary.measures import MEASURES
from npqstats.vocabulary.numbers import rounded


class Series(NamedTuple):
    """What a figure is about, its years and release apart."""

    measure: str
    funding: str = "all"
    basis: str = "in-year"
    breakdown: str = OVERALL
    group: str = OVERALL
    level: str = "National"
    location: str = ENGLAND[0]
    suite: str = "reformed"


class Fact(NamedTuple):
    """A published cell that holds a number."""

    measure: str
    funding: str
    basis: str
    breakdown: str
    group: str
    level: str
    location: str
    suite: str
    first_period: int | None
    """First year of a range of years; None for a single year."""
    period: int
    release: str
    dataset: str
    value: float
    """In the unit of the measure."""
    raw: str
    evidence: str
    source: str
    line: int
    column: str
    group_label: str
    location_name: str
    citation: str | None
    note: str | None

    @property
    def series(self) -> Series:
        """What the cell is about."""
        return Series(*self[:8])

    @property
    def origin(self) -> str:
        """File under data/raw/, line and column."""
        return f"{self.source}:{self.line}:{self.column}"

    @property
    def is_reported(self) -> bool:
        """Whether somebody other than the publisher printed it."""
        return self.evidence == "reported"

    @property
    def years(self) -> tuple[int, ...]:
        """The first and the last year that it covers; one where they are the same."""
        return (self.period,) if self.first_period is None else (self.first_period, self.period)


@dataclass(frozen=True, slots=True)
class Value:
    """A number with the cells that it comes from."""

    value: float
    facts: tuple[Fact, ...]
    how: str = ""
    """How it follows from the cells, such as `funded / all`; empty for a published cell."""
    also: tuple[float, ...] = ()
    """The same figure worked out as DfE does it, or as another file of the release prints it."""

    @property
    def is_reported(self) -> bool:
        """Whether it rests on a figure that only somebody else printed."""
        return any(fact.is_reported for fact in self.facts)

    @property
    def release(self) -> str:
        """The newest release among its cells."""
        return max((fact.release for fact in self.facts), key=age_of, default=NO_RELEASE)


_COLUMNS = [
    *("measure", "funding", "basis", "breakdown", "group", "geographic_level", "area", "suite"),
    *("first_period", "time_period", "release", "dataset", "value", "raw", "evidence", "source", "line", "column"),
    *("group_label", "location_name", "citation", "note"),
]
_ADD_UP = frozenset(code for code, measure in MEASURES.items() if measure.adds_up and not measure.is_population)
SUMMABLE = ("starts", "completions", "passes")
"""Measures whose years may be added: each year counts other courses."""


@lru_cache
def age_of(name: str) -> tuple[object, ...]:
    """Order releases from old to new; a figure of no release is older than any."""
    return () if name == NO_RELEASE else tuple(release(name).order)


@dataclass(frozen=True, eq=False)
class Facts:
    """The cells of a project, looked up by series and year, and by value."""

    cells: tuple[Fact, ...]
    symbols: frozenset[tuple[Series, int]] = frozenset()
    """Series and years where a symbol is published in place of a number."""
    _by_series: dict[Series, dict[int, list[Fact]]] = field(default_factory=dict, repr=False)
    _values: dict[tuple[Series, int], Value | None] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        """Index the cells, best first: official before reported, then newest release, then the order of data sets."""
        datasets = {name: place for place, name in enumerate(dataset_order())}
        evidence = {name: place for place, name in enumerate(EVIDENCE)}
        ages = {name: place for place, name in enumerate(sorted({cell.release for cell in self.cells}, key=age_of))}
        ranked = sorted(
            self.cells,
            key=lambda cell: (
                cell.is_reported,
                -ages[cell.release],
                evidence[cell.evidence],
                datasets.get(cell.dataset, 99),
                cell.line,
            ),
        )
        for cell in ranked:
            years = self._by_series.setdefault(cell.series, {})
            years.setdefault(_span(cell.first_period, cell.period), []).append(cell)

    @cached_property
    def newest_release(self) -> str:
        """The newest release with rows of a data file; else with any row."""
        official = {cell.release for cell in self.cells if cell.evidence == "official"}
        return max(official or {cell.release for cell in self.cells}, key=age_of, default=NO_RELEASE)

    @cached_property
    def by_release(self) -> list["Facts"]:
        """The cells of each release by itself, newest first; those of no release last."""
        names = sorted({cell.release for cell in self.cells}, key=age_of, reverse=True)
        if len(names) == 1:
            return [self]
        return [Facts(tuple(cell for cell in self.cells if cell.release == name)) for name in names]

    @cached_property
    def periods(self) -> tuple[int, ...]:
        """Single years with a cell of the reformed suite, oldest first."""
        return tuple(sorted({cell.period for cell in self.cells if cell.suite == "reformed" and not cell.first_period}))

    @property
    def newest(self) -> int:
        """The newest year."""
        return self.periods[-1] if self.periods else SERIES_BEGAN

    @cached_property
    def unfinished(self) -> frozenset[int]:
        """Years whose courses were still running when the newest release was made."""
        known = release(self.newest_release)
        return frozenset(period for period in self.periods if known.is_unripe(period))

    @cached_property
    def by_value(self) -> dict[float, list[Fact]]:
        """Cells by their value, rounded to two decimals."""
        found: dict[float, list[Fact]] = {}
        for cell in self.cells:
            found.setdefault(round(cell.value, 2), []).append(cell)
        return found

    @cached_property
    def ordered(self) -> list[tuple[float, Fact]]:
        """Cells with their values, smallest first."""
        return sorted(((cell.value, cell) for cell in self.cells), key=lambda pair: pair[0])

    def all_of(self, series: Series, period: int, first: int | None = None) -> list[Fact]:
        """List the cells of a series and year, best first."""
        return self._by_series.get(series, {}).get(_span(first, period), [])

    def best(self, series: Series, period: int) -> Fact | None:
        """Return the cell that answers for a series and year."""
        found = self.all_of(series, period)
        return found[0] if found else None

    def has_rows_beside(self, series: Series, period: int) -> bool:
        """Whether an official data file has rows of other groups or areas of this kind: then none is missing."""
        return any(
            cells[0].evidence == "official"
            for other, years in self._by_series.items()
            if other.breakdown == series.breakdown and other.level == series.level and other.measure == series.measure
            for cells in (years.get(period),)
            if cells
        )

    def value(self, series: Series, period: int) -> Value | None:
        """Return the figure of a series in a year: published, or derived from cells in one step; None if neither."""
        key = (series, period)
        if key not in self._values:
            self._values[key] = self._value(series, period)
        return self._values[key]

    def _value(self, series: Series, period: int) -> Value | None:
        fact = self.best(series, period)
        is_settled = fact is not None and not fact.is_reported and not MEASURES[series.measure].is_rate
        derived = None if is_settled else self._derived(series, period)
        if fact is None or (fact.is_reported and derived is not None and not derived.is_reported):
            return derived
        if fact.is_reported and series.breakdown != OVERALL and self.has_rows_beside(series, period):
            return derived
        also = [cell.value for cell in self.all_of(series, period) if self._is_equal_standing(cell, fact)]
        if period == SERIES_BEGAN:
            other = self.best(series._replace(basis=_other_basis(series.basis)), period)
            also += [other.value] if other and other.release == fact.release else []
        measure = MEASURES[series.measure]
        if measure.is_rate and derived is not None:
            also.append(derived.value)
        return Value(fact.value, (fact,), also=tuple(dict.fromkeys(also)))

    @staticmethod
    def _is_equal_standing(cell: Fact, best: Fact) -> bool:
        return cell.release == best.release and cell.evidence == best.evidence == "official"

    def _derived(self, series: Series, period: int) -> Value | None:  # noqa: PLR0911 (one rule for each kind of measure)
        measure = MEASURES.get(series.measure)
        if measure is None:
            return None
        if period == SERIES_BEGAN:
            other = self.best(series._replace(basis=_other_basis(series.basis)), period)
            if other:
                return Value(other.value, (other,))
        if measure.is_rate:
            over = self.best(series._replace(measure=measure.numerator), period)
            under = self._denominator(series, measure.denominator, period)
            if over and under and under.value:
                return Value(100 * over.value / under.value, (over, under), f"{measure.numerator} / {under.measure}")
            return None
        if measure.is_population:
            return self._population(series, period)
        if series.measure in _ADD_UP and series.basis == "in-year":
            return self._by_funding(series, period)
        return None

    def _denominator(self, series: Series, measure: str, period: int) -> Fact | None:
        key = series._replace(measure=measure)
        fact = self.best(key, period)
        if fact is None and MEASURES[measure].is_population:
            found = self._population(key, period)
            fact = found.facts[0] if found else None
        return fact

    def _population(self, series: Series, period: int) -> Value | None:
        """A population is the same whoever is funded and since whenever."""
        for funding in (series.funding, "all"):
            for basis in ("in-year", "cumulative"):
                fact = self.best(series._replace(funding=funding, basis=basis), period)
                if fact:
                    return Value(fact.value, (fact,))
        return None

    def _by_funding(self, series: Series, period: int) -> Value | None:
        whole, funded, other = (
            self.best(series._replace(funding=name), period) for name in ("all", "funded", "non-funded")
        )
        if series.funding == "all" and funded and other:
            return self._same_release(funded.value + other.value, (funded, other), "funded + non-funded")
        if series.funding == "funded" and whole and other:
            return self._same_release(whole.value - other.value, (whole, other), "all - non-funded")
        if series.funding == "non-funded" and whole and funded:
            return self._same_release(whole.value - funded.value, (whole, funded), "all - funded")
        return None

    @staticmethod
    def _same_release(value: float, facts: tuple[Fact, ...], how: str) -> Value | None:
        return Value(value, facts, how) if len({fact.release for fact in facts}) == 1 else None

    def without(self, series: Series, period: int, courses: Iterable[str]) -> Value | None:
        """Return a total less courses; None where a course is not there, unless it had not begun."""
        from npqstats.vocabulary.courses import prospectus

        total = self.value(series, period)
        if total is None or series.measure not in _ADD_UP or series.breakdown != OVERALL:
            return None
        left, facts = total.value, list(total.facts)
        for code in courses:
            began = prospectus().courses[code].first_year if code in prospectus().courses else None
            if began is not None and began.code > period:
                continue
            part = self.value(series._replace(breakdown="course", group=code.lower()), period)
            if part is None:
                return None
            left -= part.value
            facts += part.facts
        return Value(left, tuple(facts), "total - course" if len(facts) > len(total.facts) else total.how)

    def series_of(self, measure: str | None = None) -> Iterator[Series]:
        """List every series, of one measure where it is named."""
        return (series for series in self._by_series if measure in (None, series.measure))


def _other_basis(basis: str) -> str:
    return "cumulative" if basis == "in-year" else "in-year"


def _span(first: int | None, period: int) -> int:
    return period if first is None else first * 1_000_000 + period


def published(value: float, raw: str) -> float:
    """Round a derived rate as the publisher prints rates: to one decimal, or to as many as `raw` has."""
    return float(rounded(value, max(1, len(raw.partition(".")[2]))))


def facts(project: Project, release_name: str | None = None) -> Facts:
    """Read every cell of a project.

    Args:
        project: With its observations up to date, as `store.build.ready` returns it.
        release_name: Only this release.
    """
    numbers, symbols = parts.read(project, lambda table: _selected(table, release_name)), set()
    cells = []
    for row in numbers.iter_rows():
        if row[12] is None:
            symbols.add((Series(*row[:8]), row[9]))
        else:
            cells.append(Fact._make(row))
    return Facts(tuple(cells), frozenset(symbols))


def _selected(table: pl.LazyFrame, release_name: str | None) -> pl.LazyFrame:
    kept = table if release_name is None else table.filter(pl.col("release") == release_name)
    return kept.select(_COLUMNS).with_columns(pl.col(pl.Categorical, pl.Enum).cast(pl.String))
