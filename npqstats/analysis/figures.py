"""A figure for one line and one year: a published cell, or derived from several, and where it comes from."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product

from npqstats.analysis.cells import Cell, Key
from npqstats.catalogue.catalogue import Release
from npqstats.catalogue.observations import publisher
from npqstats.vocabulary.courses import Course
from npqstats.vocabulary.measures import MEASURES, Measure
from npqstats.vocabulary.names import listed
from npqstats.vocabulary.numbers import number
from npqstats.vocabulary.periods import AcademicYear


@dataclass(frozen=True, kw_only=True)
class Line:
    """One row of a table: what is followed through the years."""

    label: str
    key: Key
    without: tuple[Course, ...] = ()
    """Courses subtracted from the total."""

    @property
    def measure(self) -> Measure:
        """What is counted."""
        return MEASURES[self.key.measure]


@dataclass(frozen=True, kw_only=True)
class Figure:
    """What is known of a line in a year."""

    value: float | None = None
    """As published, or derived; null where a symbol stands or nothing is known."""
    exact: float | None = None
    """A rate recomputed from its counts, in %; null for counts and where the counts are not at hand."""
    symbol: str | None = None
    evidence: str | None = None
    origins: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def is_known(self) -> bool:
        """Whether there is a number or at least a symbol."""
        return self.value is not None or self.symbol is not None


class Figures:
    """The cells of one release, looked up by line and year."""

    def __init__(self, cells: Iterable[Cell], release: Release) -> None:
        """Keep the cells of `release`."""
        self.release = release
        self._cells = {(cell.key, cell.period): cell for cell in cells if cell.release == release.name}

    def of(self, line: Line, year: AcademicYear) -> Figure:
        """Give the figure of a line in a year, published or derived."""
        if line.without:
            return self._rate_without(line, year) if line.measure.is_rate else self._without(line, line.key, year)
        cell = self._cells.get((line.key, year.code))
        if cell is None:
            return Figure()
        exact, origins = self._recomputed(cell, line.measure) if line.measure.is_rate else (None, ())
        return Figure(
            value=cell.value,
            exact=exact,
            symbol=cell.symbol,
            evidence=cell.evidence,
            origins=(cell.origin, *origins),
            notes=tuple(_remarks(cell)),
        )

    def _recomputed(self, rate: Cell, measure: Measure) -> tuple[float | None, tuple[str, ...]]:
        over, under = (self._part(rate, code) for code in (measure.numerator, measure.denominator))
        if over is None or under is None or over.value is None or not under.value:
            return None, ()
        exact = 100 * over.value / under.value
        agrees = rate.value is not None and abs(exact - rate.value) <= _slack(rate.raw)
        return (exact, (over.origin, under.origin)) if agrees else (None, ())

    def _part(self, rate: Cell, measure: str) -> Cell | None:
        """Find the count that a rate is made of; a population may stand under all funding and in-year instead."""
        keys = [rate.key._replace(measure=measure)]
        if MEASURES[measure].is_population:
            others = product((rate.key.funding, "all"), (rate.key.basis, "in-year"))
            keys += [keys[0]._replace(funding=funding, basis=basis) for funding, basis in others]
        found = (self._cells.get((key, rate.period)) for key in keys)
        return next((cell for cell in found if cell is not None), None)

    def _without(self, line: Line, key: Key, year: AcademicYear) -> Figure:
        total = self._cells.get((key, year.code))
        taken = [course for course in line.without if course.first_year is None or course.first_year <= year]
        if total is None or total.value is None:
            return Figure()
        if not taken:
            return Figure(
                value=total.value,
                evidence=total.evidence,
                origins=(total.origin,),
                notes=tuple(_remarks(total)),
            )
        parts = {
            course: self._cells.get((key._replace(breakdown="course", group=course.code.lower()), year.code))
            for course in taken
        }
        lacking = [course.code for course, cell in parts.items() if cell is None or cell.value is None]
        if lacking:
            what = MEASURES[key.measure].label.lower()
            return Figure(notes=(f"{what} for {listed(lacking)} are not in the rows at hand.",))
        cells = [cell for cell in parts.values() if cell is not None]
        less = " less ".join(number(cell.value) for cell in (total, *cells))
        codes = listed([course.code for course in taken])
        return Figure(
            value=total.value - sum(cell.value or 0 for cell in cells),
            evidence="derived",
            origins=tuple(cell.origin for cell in (total, *cells)),
            notes=(
                f"derived, {less} ({codes}).",
                *(note for cell in (total, *cells) for note in _remarks(cell)),
            ),
        )

    def _rate_without(self, line: Line, year: AcademicYear) -> Figure:
        over, under = (
            self._without(line, line.key._replace(measure=code), year)
            for code in (line.measure.numerator, line.measure.denominator)
        )
        if over.value is None or not under.value:
            return Figure(notes=over.notes + under.notes)
        rate = 100 * over.value / under.value
        return Figure(
            value=rate,
            exact=rate,
            evidence="derived",
            origins=over.origins + under.origins,
            notes=(*over.notes, *under.notes),
        )


def _remarks(cell: Cell) -> list[str]:
    """Say what a reader must know of a cell: who reported it, and who prints it otherwise."""
    remarks = []
    if cell.citation:
        verb = "printed in a text by" if cell.evidence == "official-text" else "reported by"
        remarks.append(f"{verb} {publisher(cell.citation)}.")
    if cell.note:
        remarks.append(f"{cell.note}.")
    if cell.others:
        here = f"{cell.raw} ({cell.source}, line {cell.line})"
        remarks.append(f"published figures disagree: {here}, against {listed(cell.others)}.")
    return remarks


def _slack(printed: str) -> float:
    """Say how far a rate may be from its counts: half its last printed decimal, of which there is at least one."""
    decimals = max(1, len(printed.partition(".")[2]))
    return 0.5 * 10.0**-decimals + 1e-9
