"""Lines through the years: how the rows of a trend become them, and how they are drawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from npqstats.errors import UsageError
from npqstats.present import wording
from npqstats.present.charts import grid, notes
from npqstats.present.charts.canvas import LEADING, SMALL, Canvas, spread
from npqstats.present.charts.drawing import Box
from npqstats.present.charts.grid import Grid
from npqstats.present.charts.spans import Spans
from npqstats.vocabulary.courses import recognised
from npqstats.vocabulary.periods import AcademicYear

Row = dict[str, Any]

_MARKERS = ("o", "s", "^", "v")
_NAMED = 8
"""Lines with a label; those beyond, the smallest, stand behind the others without."""
_COLOURED = 4
_NAMES_HEIGHT = 0.9
"""How much of the plot's height the names may take."""
DRAWN = (
    *("line", "measure", "unit", "funding", "basis", "breakdown", "group", "geographic_level"),
    *("location_code", "location_name", "period", "value", "symbol", "status"),
    *("release", "evidence", "origins", "notes"),
)
"""What the data of a chart of years say of each figure."""
_UNFINISHED = "unfinished"


@dataclass(frozen=True, kw_only=True)
class Point:
    """A figure of one year."""

    year: AcademicYear
    value: float | None
    symbol: str | None
    is_unfinished: bool
    """Whether the figure still grows."""
    is_official: bool
    """Whether it stands in a published data file."""


@dataclass(frozen=True, kw_only=True)
class Series:
    """What one line is of."""

    name: str
    short: str
    """The name where there is no room for it."""
    unit: str
    points: tuple[Point, ...]

    @property
    def known(self) -> list[Point]:
        """The points that have a value."""
        return [point for point in self.points if point.value is not None]

    @property
    def last(self) -> Point | None:
        """The newest point that has a value."""
        return self.known[-1] if self.known else None


def series(table: pl.DataFrame) -> list[Series]:
    """Shape the rows of a trend into lines, one for each `line`; lines without any figure are left out.

    Raises:
        UsageError: None of them has a figure.
    """
    found: dict[str, list[Row]] = {}
    for row in table.iter_rows(named=True):
        found.setdefault(row["line"], []).append(row)
    shaped = [
        Series(
            name=name,
            short=recognised(rows[0]["group"]) or name,
            unit=rows[0]["unit"],
            points=tuple(_point(row) for row in since_it_began(rows)),
        )
        for name, rows in found.items()
    ]
    known = [one for one in shaped if any(point.value is not None or point.symbol for point in one.points)]
    if not known:
        why = dict.fromkeys(note for row in table.get_column("notes") for note in row)
        raise UsageError(" ".join(["There is no figure to draw.", *why]), "See 'npqstats show' for the rows at hand.")
    return known


def since_it_began(rows: Sequence[Row]) -> list[Row]:
    """Leave out the empty years before a new course, so that it is not drawn as growth from zero."""
    began = next((row["period"] for row in rows if row["status"] == "new"), None)
    return [row for row in rows if began is None or row["period"] >= began or row["value"]]


def _point(row: Row) -> Point:
    return Point(
        year=AcademicYear.of_code(row["period"]),
        value=row["value"],
        symbol=row["symbol"],
        is_unfinished=row["status"] == "so far",
        is_official=notes.is_official(row),
    )


def drawn(table: pl.DataFrame) -> pl.DataFrame:
    """Give the rows of a trend that a chart of lines draws."""
    return table.filter(pl.col("value").is_not_null() | pl.col("symbol").is_not_null()).select(DRAWN)


def listed_values(lines: Sequence[Series], most: int = 16) -> str:
    """Write the values of lines for a text alternative; when they are many, of each line the first and the last."""
    is_short = sum(len(line.points) for line in lines) <= most
    told = []
    for line in lines[:_NAMED]:
        known = [point for point in line.points if point.value is not None or point.symbol]
        chosen = known if is_short or len(known) < 3 else [known[0], known[-1]]
        values = ", ".join(f"{point.year.label} {_value(point, line.unit)}" for point in chosen)
        told.append(f"{line.name}: {values}" if len(lines) > 1 else values)
    more = f"; and {len(lines) - _NAMED} more" if len(lines) > _NAMED else ""
    return "; ".join(told) + more


def _value(point: Point, unit: str) -> str:
    written = wording.cell(point.value, point.symbol, unit)
    return f"{written} so far" if point.is_unfinished else written


def key(lines: Sequence[Series], rows: Sequence[Row]) -> list[str]:
    """Explain the marks that stand for unfinished years, for figures that are not official, and for symbols."""
    told = notes.marks(rows, unfinished="Dashed, hollow")
    return [*told, f"The largest of {len(lines)} are named."] if len(lines) > _NAMED else told


def paint(canvas: Canvas, lines: Sequence[Series], *, has_marks: bool = True) -> None:
    """Draw lines through the years, each with its name at its end, from a zero baseline.

    Args:
        canvas: With the room for the plot.
        lines: At least one; beyond the first eight by size they stand behind, without a name.
        has_marks: Whether the rules of funding are written above the years.
    """
    _Timeline(canvas, lines, has_marks=has_marks).paint()


class _Timeline:
    """The places of one chart of lines."""

    def __init__(self, canvas: Canvas, lines: Sequence[Series], *, has_marks: bool) -> None:
        self.canvas, self.unit, self.has_marks = canvas, lines[0].unit, has_marks
        ranked = sorted(lines, key=lambda line: -(line.last.value or 0) if line.last else 0)
        high, line = _NAMES_HEIGHT * canvas.plot.height, canvas.px(SMALL) * LEADING
        shown = ranked[: min(_NAMED, max(_COLOURED, int(high / line)))]
        self.most = 2 if 2 * line * len(shown) <= high else 1
        self.named = shown if len(lines) > _COLOURED else list(lines)
        self.behind = [line for line in lines if line not in shown]
        self.years = years_of(lines)
        values = [point.value or 0.0 for line in lines for point in line.known]
        self.ticks = grid.ticks_for(canvas, values, self.unit)
        written = [words for point in lines[0].known for words in self._written(point)] if len(lines) == 1 else []
        self.widest = canvas.widest(written, bold=True)
        self.box = self._box(has_marks=has_marks)
        self.grid = Grid(
            canvas=canvas, box=self.box, ticks=self.ticks, unit=self.unit, low=self.ticks[0], high=self.ticks[-1]
        )

    def _box(self, *, has_marks: bool) -> Box:
        canvas = self.canvas
        left = grid.left_room(canvas, self.ticks, self.unit)
        # The figures at the first and the last point of a single line stand out to both sides.
        over = max(0.0, self.widest - canvas.plot.width / len(self.years)) / 2
        left, right = left + over, max(canvas.px(18), over)
        if len(self.named) > 1:
            room = canvas.plot.width * 0.36
            self.labels = [self._label(line, room) for line in self.named]
            right = canvas.widest((text for lines in self.labels for text in lines), size=SMALL) + canvas.px(16)
        unfinished = any(point.is_unfinished for line in self.named for point in line.points)
        bottom = canvas.px(20 + (14 if unfinished else 0))
        box = canvas.plot.inset(left=left, right=right, bottom=bottom)
        self.spans = Spans(canvas, self.years, box.width)
        above = self.spans.height if has_marks else 0.0
        return box.inset(top=above + canvas.px(24 if len(self.named) == 1 and not above else 12))

    def _label(self, line: Series, room: float) -> list[str]:
        value = wording.cell(line.last.value, None, self.unit) if line.last else ""
        lines = self.canvas.lines(f"{line.name} {value}".strip(), room, size=SMALL)
        if len(lines) <= self.most:
            return lines
        return self.canvas.lines(f"{line.short} {value}".strip(), room, size=SMALL, most=self.most)

    def x(self, year: AcademicYear) -> float:
        slot = self.box.width / len(self.years)
        return self.box.left + (self.years.index(year) + 0.5) * slot

    def y(self, value: float) -> float:
        return self.grid.y(value)

    def paint(self) -> None:
        if self.has_marks:
            self.spans.paint(self.box)
        self.grid.paint()
        self._paint_years()
        for line in self.behind:
            self._stroke(line, self.canvas.look.context, 1.0, "")
        for place, line in reversed(list(enumerate(self.named))):
            self._stroke(line, self._colour(place), 2.4 if place < _COLOURED else 1.4, _MARKERS[place % 4])
        if len(self.named) > 1:
            self._paint_names()
        else:
            self._paint_values(self.named[0])

    def _colour(self, place: int) -> str:
        look = self.canvas.look
        return look.series[place] if place < _COLOURED else look.outline

    def _paint_years(self) -> None:
        canvas, box = self.canvas, self.box
        unfinished = {point.year for line in self.named for point in line.points if point.is_unfinished}
        for year in self._labelled_years():
            lines = [year.label, *([_UNFINISHED] if year in unfinished else [])]
            place = self.x(year), box.bottom - canvas.px(6)
            canvas.words(place, lines, size=SMALL, align="center", vertical="top", colour=canvas.look.quiet)

    def _labelled_years(self) -> list[AcademicYear]:
        """Leave out labels of years, evenly from the newest, where all would touch."""
        slot = self.box.width / len(self.years)
        labels = max(self.canvas.widest(self._year_labels(), size=SMALL), self.widest)
        every = grid.every(labels + self.canvas.px(6), slot)
        return self.years[::-1][::every][::-1]

    def _year_labels(self) -> list[str]:
        has_unfinished = any(point.is_unfinished for line in self.named for point in line.points)
        return [*(year.label for year in self.years), *([_UNFINISHED] if has_unfinished else [])]

    def _stroke(self, line: Series, colour: str, weight: float, marker: str) -> None:
        canvas = self.canvas
        points = {point.year: point for point in line.known}
        for before, after in zip(self.years, self.years[1:], strict=False):
            if before in points and after in points and after == AcademicYear(before.start + 1):
                start, end = points[before], points[after]
                is_unfinished = start.is_unfinished or end.is_unfinished
                canvas.stroke(
                    (self.x(before), self.y(start.value or 0)),
                    (self.x(after), self.y(end.value or 0)),
                    colour=colour,
                    weight=weight,
                    dashes=(2, 1.6) if is_unfinished else None,
                    order=1,
                )
        if marker:
            self._mark(list(points.values()), colour, marker)

    def _mark(self, points: list[Point], colour: str, marker: str) -> None:
        for point in points:
            place = self.x(point.year), self.y(point.value or 0)
            shape = marker if point.is_official else "D"
            self.canvas.mark(place, shape, colour=colour, size=7, is_hollow=point.is_unfinished)

    def _paint_names(self) -> None:
        canvas = self.canvas
        places = [self.y(line.last.value or 0) if line.last else self.box.bottom for line in self.named]
        tall = max(len(lines) for lines in self.labels) * canvas.px(SMALL) * LEADING + canvas.px(2)
        low, high = self.box.bottom + tall / 2, canvas.plot.top - tall / 2
        x = self.box.right
        for line, lines, at, place in zip(
            self.named, self.labels, spread(places, tall, low, high), places, strict=True
        ):
            canvas.words((x + canvas.px(6), at), lines, size=SMALL, vertical="center")
            if line.last:
                end = self.x(line.last.year) + canvas.px(6)
                canvas.stroke((end, place), (x + canvas.px(3), at), colour=canvas.look.outline, weight=0.7, order=0.7)

    def _paint_values(self, line: Series) -> None:
        canvas = self.canvas
        labelled = self._labelled_years()
        for point in line.points:
            if point.year not in labelled:
                continue
            if point.value is not None:
                words = self._written(point)
                is_below = self._falls_to(line, point)
                place = self.x(point.year), self.y(point.value) + canvas.px(-8 if is_below else 8)
                canvas.words(
                    place,
                    words,
                    bold=not point.is_unfinished,
                    align="center",
                    vertical="top" if is_below else "bottom",
                )
            elif point.symbol:
                place = self.x(point.year), self.y(0) + canvas.px(4)
                canvas.words(place, f"[{point.symbol}]", size=SMALL, align="center", vertical="bottom")

    def _written(self, point: Point) -> list[str]:
        return [wording.cell(point.value, None, self.unit), *(["so far"] if point.is_unfinished else [])]

    def _falls_to(self, line: Series, point: Point) -> bool:
        """Whether the line comes down to a point, so that there is room below it and none above."""
        near = {other.year: other.value or 0.0 for other in line.known}
        before = near.get(point.year.before)
        room = self.y(point.value or 0) - self.box.bottom > self.canvas.px(24)
        return room and before is not None and self.y(before) - self.y(point.value or 0) > self.canvas.px(10)


def years_of(lines: Sequence[Series]) -> list[AcademicYear]:
    """Give the years that lines go through."""
    return sorted({point.year for line in lines for point in line.points})
