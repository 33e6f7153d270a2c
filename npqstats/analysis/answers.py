"""What an answer is: typed rows of figures and changes, each with the published cells that it rests on."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import ClassVar, Generic, TypeVar

from npqstats.analysis.cells import Cell
from npqstats.analysis.question import Question
from npqstats.analysis.series import Series
from npqstats.catalogue.catalogue import Release
from npqstats.vocabulary.areas import Area
from npqstats.vocabulary.breakdowns import OVERALL
from npqstats.vocabulary.courses import Course
from npqstats.vocabulary.measures import MEASURES, Measure
from npqstats.vocabulary.periods import AcademicYear


class Gap(StrEnum):
    """Why there is no number (DESIGN.md, rule 11)."""

    WITHHELD = "withheld"
    """A symbol is printed instead."""
    DID_NOT_EXIST = "did-not-exist"
    """The course, area or year was not there yet, or any more."""
    NOT_PUBLISHED = "not-published"
    """The file is whole and has no such row, or nothing of this kind is ever published."""
    NOT_LOADED = "not-loaded"
    """Only an excerpt of the file, or no file, is loaded; `npqstats fetch` brings it."""


@dataclass(frozen=True, kw_only=True)
class Figure:
    """The value of a line in a year with its origin: a published cell, or derived from several."""

    value: float | None = None
    """As published, or derived; in the unit of the measure. None where `gap` says why."""
    exact: float | None = None
    """A rate recomputed from its counts, in %, even where the printed rate contradicts them; None for counts and
    where the counts are not loaded."""
    symbol: str | None = None
    """The symbol printed instead of a number."""
    gap: Gap | None = None
    evidence: str | None = None
    """The weakest of its cells (`official`, `official-text`, `reported`), or `derived`; None for a gap."""
    cells: tuple[Cell, ...] = ()
    """The cell itself first, then the counts of a rate; for a derived figure, the total and what is subtracted."""
    lacking: tuple[Course, ...] = ()
    """Courses to be left out that have no number of their own, so that the figure cannot be derived."""
    less: tuple[Course, ...] = ()
    """Courses that were subtracted."""
    is_contradicted: bool = False
    """Whether the printed rate is not that of its counts (DESIGN.md, rule 12)."""
    others: tuple[Cell, ...] = ()
    """Official cells of the same release that print another number for it."""
    revised_from: Cell | None = None
    """What the release before printed, where that differs."""

    @property
    def is_known(self) -> bool:
        """Whether there is a number or a symbol."""
        return self.value is not None or self.symbol is not None

    @property
    def best(self) -> float | None:
        """The value that changes are computed from: a rate from its counts where they are loaded."""
        return self.value if self.exact is None else self.exact

    @property
    def origins(self) -> list[str]:
        """`file:line:column` of each cell."""
        return [cell.origin for cell in self.cells]


@dataclass(frozen=True, kw_only=True)
class Change:
    """How a line moved between two years, unrounded; all None where no change is stated."""

    change: float | None = None
    """Of a count, in its unit; None for rates."""
    change_pct: float | None = None
    """The same in % of the earlier figure; None for rates, and for a base of zero or under 30."""
    change_pp: float | None = None
    """Of a rate, in percentage points; None for counts."""
    is_from_rounded: bool = False
    """Whether it rests on rounded percentages, for want of the counts."""
    printed_pp: float | None = None
    """Difference of the printed percentages, where it rounds otherwise than `change_pp`."""

    @property
    def size(self) -> float | None:
        """The change in the unit of the measure, or in points."""
        return self.change if self.change_pp is None else self.change_pp

    @property
    def direction(self) -> int:
        """1, 0 or -1; 0 where none is stated."""
        size = self.size or 0
        return (size > 0) - (size < 0)


class Status(StrEnum):
    """What became of a comparison."""

    COMPARED = "compared"
    SO_FAR = "so far"
    """A cohort was unfinished, so no change is stated."""
    NEW = "new"
    """The course began after the earlier year."""
    ENDED = "ended"
    """The course ended before the later year."""
    INCOMPLETE = "incomplete"
    """One of the two figures is a gap."""
    MISSING = "missing"
    """Both are."""
    PUBLISHED = "published"
    """A single figure (of a trend) that is finished."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """What a row is about."""

    series: Series
    area: Area
    group_label: str = ""
    """The group as published; empty for a total."""
    course: Course | None = None
    without: tuple[Course, ...] = ()
    """Courses left out of it."""

    @property
    def measure(self) -> Measure:
        """What is counted."""
        return MEASURES[self.series.measure]

    @property
    def is_total(self) -> bool:
        """Whether it is of all groups of its breakdown."""
        return self.series.breakdown == OVERALL


@dataclass(frozen=True, kw_only=True)
class ComparisonRow:
    """One line in two years."""

    line: Line
    before: Figure
    after: Figure
    change: Change
    status: Status
    unfinished: tuple[AcademicYear, ...] = ()
    """Years of the two whose cohort was unfinished when the release was made."""

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Its two figures, the earlier one first."""
        return self.before, self.after


@dataclass(frozen=True, kw_only=True)
class TrendPoint:
    """A line in one year."""

    year: AcademicYear
    figure: Figure
    change: Change = field(default_factory=Change)
    """On the year before; all None for the first year and after a gap."""
    status: Status = Status.PUBLISHED


@dataclass(frozen=True, kw_only=True)
class TrendRow:
    """A line through the years."""

    line: Line
    points: tuple[TrendPoint, ...]
    """One for each year of the trend, gaps included."""

    @property
    def figures(self) -> tuple[Figure, ...]:
        """One for each year."""
        return tuple(point.figure for point in self.points)

    @property
    def unfinished(self) -> tuple[AcademicYear, ...]:
        """Years whose cohort was unfinished when the release was made."""
        return tuple(point.year for point in self.points if point.status is Status.SO_FAR)


Row = TypeVar("Row", ComparisonRow, TrendRow)


@dataclass(frozen=True, kw_only=True)
class Answer(Generic[Row]):
    """What every answer says of itself; iterate over its rows."""

    verb: ClassVar[str]
    """The command that asks for it."""
    question: Question
    """With the measure that answers, where none was named."""
    release: Release
    """The one release that all figures are from."""
    newest: Release
    """The newest release that is loaded."""
    is_sample: bool
    """Whether only an excerpt of a file that the answer rests on is loaded."""
    is_complete: bool
    """Whether every group of the breakdown, or every area of the level, is among the rows: only then may a sentence
    say "the most", "all", "only" or "n of m" (DESIGN.md, rule 10)."""
    years: tuple[AcademicYear, ...]
    """The two of a comparison, the earlier one first; all of a trend."""
    rows: tuple[Row, ...]
    was_turned: bool = False
    """Whether the years were asked for the wrong way round."""

    def __iter__(self) -> Iterator[Row]:
        """Go through the rows."""
        return iter(self.rows)

    @property
    def cells(self) -> list[Cell]:
        """The published cells behind its figures, once each, row by row."""
        found = (cell for row in self.rows for figure in row.figures for cell in figure.cells)
        return list({cell.origin: cell for cell in found}.values())


@dataclass(frozen=True, kw_only=True)
class Comparison(Answer[ComparisonRow]):
    """Two years side by side."""

    verb: ClassVar[str] = "compare"
    new: tuple[Course, ...] = ()
    """Courses of the later year that the earlier one did not have."""
    ended: tuple[Course, ...] = ()
    """Courses of the earlier year that the later one did not have."""
    count: int = 0
    """How many rows there were before `top` cut them, totals apart."""

    @property
    def before(self) -> AcademicYear:
        """The earlier year."""
        return self.years[0]

    @property
    def after(self) -> AcademicYear:
        """The later year."""
        return self.years[-1]


@dataclass(frozen=True, kw_only=True)
class Trend(Answer[TrendRow]):
    """A measure through the years, a row for each line."""

    verb: ClassVar[str] = "trend"
