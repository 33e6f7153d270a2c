"""The published cells of every release, looked up by what they say, and the figures that follow from them in one step.

`find` and `factcheck` ask thousands of small questions of many thousand cells. The cells stay in the columns of an
index: a dictionary says in which of its rows a series has its years, and only a row that is asked for becomes a `Fact`.
The rules of truth hold: for each series and year the newest release answers, and a data file comes before a reported
figure.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import islice
from typing import Any, NamedTuple

from npqstats.analysis.series import Series
from npqstats.catalogue.catalogue import NO_RELEASE, Release, newest_first, release
from npqstats.project import Project
from npqstats.store import index
from npqstats.store.index import Index
from npqstats.vocabulary.breakdowns import OVERALL
from npqstats.vocabulary.courses import COURSES
from npqstats.vocabulary.funding import SERIES_BEGAN
from npqstats.vocabulary.measures import MEASURES
from npqstats.vocabulary.numbers import rounded


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


_FIRST = 1_000_000
"""What the first year of a range counts in the key of its cells."""


@dataclass(frozen=True, slots=True)
class Value:
    """A number with the cells that it comes from."""

    value: float
    facts: tuple[Fact, ...]
    how: str = ""
    """How it follows from the cells, such as `funded / all`; empty for a published cell."""
    also: tuple[float, ...] = ()
    """The same figure worked out as DfE does it, or as another file of the release prints it."""
    parts: tuple[float, ...] = ()
    """The part and the whole, for a share; the whole and the part, for what is left of it."""

    @property
    def is_reported(self) -> bool:
        """Whether it rests on a figure that only somebody else printed."""
        return any(fact.is_reported for fact in self.facts)

    @property
    def release(self) -> str:
        """The newest release among its cells."""
        return max((fact.release for fact in self.facts), key=age_of, default=NO_RELEASE)


SUMMABLE = tuple(code for code, measure in MEASURES.items() if "years" in measure.adds_up_over)
"""Measures whose courses and years may be added: each counts other courses."""


@lru_cache
def age_of(name: str) -> tuple[object, ...]:
    """Order releases from old to new; a figure of no release is older than any."""
    return release(name).order


class Facts:
    """The cells of a project."""

    def __init__(self, cells: Index) -> None:
        """Take cells in the order in which they answer; those with a symbol instead of a number come last."""
        values: list[float | None] = cells.column("value")
        self._cells = cells
        self._numbers = [value for value in values if value is not None]
        evidence = cells.column("evidence")[: len(self._numbers)]
        self._official = len(evidence) - evidence.count("reported")
        self._names: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
        self._indices: dict[tuple[str, str], dict[tuple[str, ...], dict[int, list[int]]]] = {}
        self._facts: dict[int, Fact] = {}
        self._values: dict[tuple[Series, int], Value | None] = {}
        self._levels: dict[Series, dict[int, float | None]] = {}
        self.answers: dict[object, Value | None] = {}
        """Figures that were worked out, by what asked for them."""

    def _columns(self, *fields: str) -> Iterator[tuple[Any, ...]]:
        """Go through some fields of all cells that hold a number."""
        return islice(zip(*map(self._cells.column, fields), strict=True), len(self._numbers))

    def _years(self, series: Series) -> dict[int, list[int]]:
        """The rows of a series by year, best first; a range of years has its own key."""
        kind = (series.level, series.breakdown)
        if kind not in self._indices:
            self._indices[kind] = self._indexed(self._kinds_of_rows.get(kind, ()))
        return self._indices[kind].get(series, {})

    @cached_property
    def _kinds_of_rows(self) -> dict[tuple[str, str], list[int]]:
        """The rows of each level and breakdown: most are of groups and authorities, which most texts do not name."""
        kinds = defaultdict[tuple[str, str], list[int]](list)
        for row, kind in enumerate(self._columns("level", "breakdown")):
            kinds[kind].append(row)
        return kinds

    def _indexed(self, rows: Sequence[int]) -> dict[tuple[str, ...], dict[int, list[int]]]:
        def of_rows(name: str) -> list[Any]:
            return list(map(self._cells.column(name).__getitem__, rows))

        found: dict[tuple[str, ...], dict[int, list[int]]] = {}
        series = zip(*map(of_rows, Series._fields), strict=True)
        for row, about, first, last in zip(rows, series, of_rows("first_period"), of_rows("period"), strict=True):
            found.setdefault(about, {}).setdefault(last + (first or 0) * _FIRST, []).append(row)
        return found

    def _fact(self, row: int) -> Fact:
        if row not in self._facts:
            self._facts[row] = Fact._make(self._cells.row(row))
        return self._facts[row]

    @cached_property
    def _ordered(self) -> tuple[list[float], list[int]]:
        """The numbers of all cells from small to large, and the row of each."""
        order = sorted(range(len(self._numbers)), key=self._numbers.__getitem__)
        return [self._numbers[row] for row in order], order

    def between(self, low: float, high: float) -> list[Fact]:
        """List the cells from one number to another, best first."""
        numbers, rows = self._ordered
        return [self._fact(row) for row in sorted(rows[bisect_left(numbers, low) : bisect_right(numbers, high)])]

    def printed(self, number: float) -> list[Fact]:
        """List the cells that are a number, to two decimals, best first."""
        return self.between(number - 0.005, number + 0.005)

    @cached_property
    def target(self) -> Fact | None:
        """The target for the number of starts that somebody printed, if there is one."""
        return next(iter(self._where("measure", lambda measure: measure == "starts-target")), None)

    @cached_property
    def old(self) -> tuple[Fact, ...]:
        """The cells of the courses before the reform, best first."""
        return tuple(self._where("suite", lambda suite: suite != "reformed"))

    def _where(self, field: str, is_meant: Callable[[str], bool]) -> list[Fact]:
        return [self._fact(row) for row, (value,) in enumerate(self._columns(field)) if is_meant(value)]

    @cached_property
    def cells(self) -> tuple[Fact, ...]:
        """Every cell, best first."""
        return tuple(map(self._fact, range(len(self._numbers))))

    @cached_property
    def series(self) -> tuple[Series, ...]:
        """Every series, best first."""
        return tuple(Series._make(names) for names in self.names(*Series._fields))

    @cached_property
    def newest_release(self) -> str:
        """The newest release with rows of a data file; else with any row."""
        made = self.names("release", "evidence")
        official = [name for name, evidence in made if evidence == "official"]
        return max(official or (name for name, _ in made), key=age_of, default=NO_RELEASE)

    @property
    def is_official(self) -> bool:
        """Whether any cell is the publisher's."""
        return self._official > 0

    @cached_property
    def by_release(self) -> dict[str, "Facts"]:
        """The cells of each release by itself, newest first; those of no release last."""
        names = newest_first(name for (name,) in self.names("release"))
        if len(names) == 1:
            return {names[0]: self}
        rows = defaultdict[str, list[int]](list)
        for row, name in enumerate(self._cells.column("release")):
            rows[name].append(row)
        return {name: Facts(self._cells.take(rows[name])) for name in names}

    @cached_property
    def periods(self) -> tuple[int, ...]:
        """Single years with a cell of the reformed suite, oldest first."""
        years = {*self._columns("suite", "first_period", "period")}
        return tuple(sorted(period for suite, first, period in years if suite == "reformed" and first is None))

    @property
    def newest(self) -> int:
        """The newest year."""
        return self.periods[-1] if self.periods else SERIES_BEGAN

    @cached_property
    def unfinished(self) -> frozenset[int]:
        """Years whose courses were still running when the newest release was made."""
        known = release(self.newest_release)
        return frozenset(period for period in self.periods if known.is_unfinished(period))

    def was_unfinished(self, period: int, value: Value) -> bool:
        """Whether courses begun in a year were still running when the release that has a figure was made."""
        return self.made_in(value).is_unfinished(period)

    def made_in(self, value: Value | None) -> Release:
        """Return the release that a figure is of; the newest one where it is of several, or there is no figure."""
        return release(self.newest_release if value is None or value.release == NO_RELEASE else value.release)

    def names(self, *fields: str) -> list[tuple[str, ...]]:
        """List the different values of some fields of `Fact`, the best cell's first."""
        if fields not in self._names:
            self._names[fields] = list(dict.fromkeys(self._columns(*fields)))
        return self._names[fields]

    def all_of(self, series: Series, period: int, first: int | None = None) -> list[Fact]:
        """List the cells of a series and year, or of the years from `first` on, best first."""
        return [self._fact(row) for row in self._years(series).get(period + (first or 0) * _FIRST, ())]

    def best(self, series: Series, period: int) -> Fact | None:
        """Return the cell that answers for a series and year."""
        rows = self._years(series).get(period)
        return self._fact(rows[0]) if rows else None

    @cached_property
    def _withheld(self) -> set[tuple[object, ...]]:
        columns = map(self._cells.column, (*Series._fields, "period"))
        return {*zip(*(column[len(self._numbers) :] for column in columns), strict=True)}

    @cached_property
    def _kinds(self) -> set[tuple[str, str, str, int]]:
        rows = {*self._columns("evidence", "first_period", "measure", "breakdown", "level", "period")}
        return {tuple(kind) for evidence, first, *kind in rows if evidence == "official" and first is None}

    def has_rows_beside(self, series: Series, period: int) -> bool:
        """Whether an official data file has rows of other groups or areas of this kind: then none is missing."""
        return (series.measure, series.breakdown, series.level, period) in self._kinds

    def value(self, series: Series, period: int) -> Value | None:
        """Return the figure of a series in a year: published, or derived from cells in one step; None if neither."""
        key = (series, period)
        if key not in self._values:
            self._values[key] = self._value(series, period)
        return self._values[key]

    def levels(self, series: Series) -> dict[int, float | None]:
        """Return the number of `value` in each of `periods`; what the publisher printed, without making a `Value`."""
        if series not in self._levels:
            self._levels[series] = level = dict.fromkeys(self.periods)
            rows = self._years(series)
            for year in level:
                best = rows.get(year)
                if best and best[0] < self._official:
                    level[year] = self._numbers[best[0]]
                elif found := self.value(series, year):
                    level[year] = found.value
        return self._levels[series]

    def _value(self, series: Series, period: int) -> Value | None:
        fact = self.best(series, period)
        if fact is None and (*series, period) in self._withheld:  # A symbol is not a number, however it might be got.
            return None
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
        if MEASURES[series.measure].is_rate and (exact := self._from_counts(series, period)):
            also.append(exact.value)
        return Value(fact.value, (fact,), also=tuple(dict.fromkeys(also)))

    @staticmethod
    def _is_equal_standing(cell: Fact, best: Fact) -> bool:
        return cell.release == best.release and cell.evidence == best.evidence == "official"

    def _derived(self, series: Series, period: int) -> Value | None:
        measure = MEASURES.get(series.measure)
        if measure is None:
            return None
        if period == SERIES_BEGAN:
            other = self.best(series._replace(basis=_other_basis(series.basis)), period)
            if other:
                return Value(other.value, (other,))
        if measure.is_rate:
            return self._from_counts(series, period)
        if measure.is_population:
            return self._population(series, period)
        if series.measure in SUMMABLE and series.basis == "in-year":
            return self._by_funding(series, period)
        return None

    def _from_counts(self, series: Series, period: int) -> Value | None:
        """Work out a rate from the counts that it is of."""
        measure = MEASURES[series.measure]
        over = self.best(series._replace(measure=measure.numerator), period)
        under = self._denominator(series, measure.denominator, period)
        if over is None or under is None or not under.value:
            return None
        return Value(100 * over.value / under.value, (over, under), f"{measure.numerator} / {under.measure}")

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
        total = self.value(series, period)
        first = {code: COURSES[code].first_year for code in courses if code in COURSES}
        begun = [code for code in courses if not ((year := first.get(code)) and year.code > period)]
        if total is None or (begun and (series.measure not in SUMMABLE or series.breakdown != OVERALL)):
            return None
        left, facts = total.value, list(total.facts)
        for code in begun:
            part = self.value(series._replace(breakdown="course", group=code.lower()), period)
            if part is None:
                return None
            left -= part.value
            facts += part.facts
        return Value(left, tuple(facts), "total - course" if len(facts) > len(total.facts) else total.how)


def _other_basis(basis: str) -> str:
    return "cumulative" if basis == "in-year" else "in-year"


def published(value: float, raw: str) -> float:
    """Round a derived rate as the publisher prints rates: to one decimal, or to as many as `raw` has."""
    return float(rounded(value, max(1, len(raw.partition(".")[2]))))


def facts(project: Project) -> Facts:
    """Read the cells of a project whose observations are up to date."""
    return Facts(index.read(project))
