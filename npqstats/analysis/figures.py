"""The figure of a line in a year: published, recomputed or derived; or the reason why there is none."""

from dataclasses import replace
from itertools import product

from npqstats.analysis.answers import Change, Figure, Gap, Line
from npqstats.analysis.cells import Cell, Cells
from npqstats.analysis.question import COURSE
from npqstats.analysis.series import Series
from npqstats.catalogue.catalogue import Release, release
from npqstats.catalogue.observations import EVIDENCE
from npqstats.store.coverage import Coverage
from npqstats.vocabulary.areas import ENGLAND
from npqstats.vocabulary.breakdowns import OVERALL
from npqstats.vocabulary.courses import Course
from npqstats.vocabulary.measures import MEASURES, SMALLEST_BASE, Measure
from npqstats.vocabulary.numbers import rounded
from npqstats.vocabulary.periods import AcademicYear

_RANKS = list(EVIDENCE)


class Figures:
    """Looks up and derives the figures of one release."""

    def __init__(self, cells: Cells, edition: Release, coverage: Coverage) -> None:
        """Read from the cells of `edition`; `coverage` says which files of it are whole."""
        self.release = edition
        self._cells = cells
        self._coverage = coverage
        starts = [
            cell
            for cell in cells
            if cell.release == edition.name
            and cell.evidence == "official"
            and cell.value
            and cell.series[:3] == ("starts", "all", "in-year")
            and cell.series.location == ENGLAND[0]
        ]
        self._by_course: dict[int, float] = {}
        for cell in starts:
            if cell.series.breakdown == COURSE:
                self._by_course[cell.period] = self._by_course.get(cell.period, 0) + (cell.value or 0)
        totals = {cell.period: cell.value for cell in starts if cell.series.breakdown == OVERALL}
        self._is_every_course = {year for year, added in self._by_course.items() if totals.get(year) == added}
        """Years whose courses add up to the total: a course without a row did not run."""

    def of(self, line: Line, year: AcademicYear) -> Figure:
        """Return the figure of a line in a year."""
        if line.without:
            return self._rate_without(line, year) if line.measure.is_rate else self._without(line, line.series, year)
        cell = self._cells.get(self.release.name, line.series, year.code)
        if self.did_not_exist(line, cell, year):
            return Figure(gap=Gap.DID_NOT_EXIST, cells=(cell,) if cell else ())
        if cell is None:
            return Figure(gap=self._gap(line.series))
        exact, counts = self._recomputed(cell, line.measure)
        return Figure(
            value=cell.value,
            exact=exact,
            symbol=cell.symbol,
            gap=Gap.WITHHELD if cell.value is None else None,
            evidence=cell.evidence,
            cells=(cell, *counts),
            is_contradicted=exact is not None and not _agree(cell, exact),
            others=self._cells.others(cell),
            revised_from=self._revised(cell),
        )

    def did_not_exist(self, line: Line, cell: Cell | None, year: AcademicYear) -> bool:
        """Whether the course or area of a line was not there in a year.

        DfE's files are balanced: a row of 0 or of a symbol in a year before a course began is no figure of it.
        """
        if cell is not None and cell.value:
            return False
        if line.area.began and year.start < line.area.began - 1:
            return True
        if line.area.ended and year.start >= line.area.ended:
            return True
        return line.course is not None and not self.ran(line.course, year)

    def ran(self, course: Course, year: AcademicYear) -> bool:
        """Whether a course had starts in a year, by its rows, else by the vocabulary."""
        cell = self._cells.get(self.release.name, self._starts_of(course), year.code)
        if cell is not None and (cell.value or not course.is_known):
            return bool(cell.value)
        if cell is not None:
            return cell.symbol not in (None, "z") and course.ran_in(year)
        if year.code in self._is_every_course:
            return False
        if year.code in self._by_course:
            return course.is_known and course.ran_in(year) and not self._is_whole
        return course.ran_in(year)

    def changed_between(
        self, before: AcademicYear, after: AcademicYear, courses: list[Course]
    ) -> tuple[tuple[Course, ...], tuple[Course, ...]]:
        """Name the courses, of some, that only the later and only the earlier year had."""
        ran = {course: (self.ran(course, before), self.ran(course, after)) for course in courses}
        return (
            tuple(course for course, years in ran.items() if years == (False, True)),
            tuple(course for course, years in ran.items() if years == (True, False)),
        )

    @property
    def _is_whole(self) -> bool:
        return self._coverage.is_whole(self.release.name, "starts") is True

    def _starts_of(self, course: Course) -> Series:
        return Series("starts", breakdown=COURSE, group=course.slug)

    def _gap(self, series: Series) -> Gap:
        if series.breakdown == COURSE and series.location != ENGLAND[0]:
            return Gap.NOT_PUBLISHED
        return (
            Gap.NOT_LOADED if self._coverage.is_whole(self.release.name, series.measure) is False else Gap.NOT_PUBLISHED
        )

    def _recomputed(self, rate: Cell, measure: Measure) -> tuple[float | None, tuple[Cell, ...]]:
        if not measure.is_rate:
            return None, ()
        over, under = (self._part(rate, code) for code in (measure.numerator, measure.denominator))
        if over is None or under is None or over.value is None or not under.value or rate.value is None:
            return None, ()
        return 100 * over.value / under.value, (over, under)

    def _part(self, rate: Cell, measure: str) -> Cell | None:
        """Find the count that a rate is made of, in its own file first.

        A population is counted once, for all funding and in-year.
        """
        series = [rate.series._replace(measure=measure)]
        if MEASURES[measure].is_population:
            others = product((rate.series.funding, "all"), (rate.series.basis, "in-year"))
            series += [series[0]._replace(funding=funding, basis=basis) for funding, basis in others]
        found = (self._cells.get(rate.release, one, rate.period) for one in series)
        return next((cell for cell in found if cell is not None), None)

    def _revised(self, cell: Cell) -> Cell | None:
        older = self._cells.before(cell)
        if older is None or older.value is None or cell.value is None or cell.evidence == "reported":
            return None
        if MEASURES[cell.series.measure].has_unfinished and release(older.release).is_unfinished(cell.period):
            return None  # It has grown, as an unfinished cohort does.
        decimals = min(_decimals(older.raw), _decimals(cell.raw))
        return older if rounded(older.value, decimals) != rounded(cell.value, decimals) else None

    def _without(self, line: Line, series: Series, year: AcademicYear) -> Figure:
        total = self._cells.get(self.release.name, series, year.code)
        if total is None or total.value is None:
            return Figure(gap=Gap.WITHHELD if total else self._gap(series), cells=(total,) if total else ())
        taken = [course for course in line.without if self.ran(course, year)]
        parts = {
            course: self._cells.get(self.release.name, series._replace(breakdown=COURSE, group=course.slug), year.code)
            for course in taken
        }
        lacking = tuple(course for course, cell in parts.items() if cell is None or cell.value is None)
        cells = tuple(cell for cell in parts.values() if cell is not None)
        if lacking:
            is_withheld = all(parts[course] is not None for course in lacking)
            return Figure(
                gap=Gap.WITHHELD if is_withheld else self._gap(series), cells=(total, *cells), lacking=lacking
            )
        return Figure(
            value=total.value - sum(cell.value or 0 for cell in cells),
            evidence="derived" if cells else total.evidence,
            cells=(total, *cells),
            less=tuple(taken),
        )

    def _rate_without(self, line: Line, year: AcademicYear) -> Figure:
        over, under = (
            self._without(line, line.series._replace(measure=code), year)
            for code in (line.measure.numerator, line.measure.denominator)
        )
        if over.value is None or not under.value:
            return over if over.value is None else replace(under, value=None, gap=under.gap or Gap.NOT_PUBLISHED)
        rate = 100 * over.value / under.value
        return Figure(value=rate, exact=rate, evidence="derived", cells=over.cells + under.cells, less=over.less)


def weakest(*figures: Figure) -> str | None:
    """Name the weaker evidence of some figures; None where none is known."""
    known = [figure.evidence for figure in figures if figure.evidence]
    return max(known, key=_RANKS.index, default=None)


def change(before: Figure, after: Figure, measure: Measure) -> Change:
    """Say how a measure moved between two years.

    Args:
        before: The figure of the earlier year, in the unit of `measure`.
        after: The same line in the later year.
        measure: Decides whether the change is in number and per cent (counts) or in percentage points (rates).

    Returns:
        The change, from unrounded values; all None where either figure is a gap. A rate's change is computed from its
        counts where both years have them, else from the printed percentages.
    """
    if before.value is None or after.value is None:
        return Change()
    if measure.is_rate:
        printed = after.value - before.value
        if before.exact is None or after.exact is None:
            return Change(change_pp=printed, is_from_rounded=True)
        exact = after.exact - before.exact
        return Change(change_pp=exact, printed_pp=printed if rounded(exact, 1) != rounded(printed, 1) else None)
    difference = after.value - before.value
    is_small = before.value < SMALLEST_BASE
    return Change(change=difference, change_pct=None if is_small else 100 * difference / before.value)


def _agree(cell: Cell, exact: float) -> bool:
    """Whether a printed rate is that of its counts, to half its last printed decimal."""
    return cell.value is not None and abs(exact - cell.value) <= 0.5 * 10.0 ** -max(1, _decimals(cell.raw)) + 1e-9


def _decimals(printed: str) -> int:
    return len(printed.partition(".")[2])
