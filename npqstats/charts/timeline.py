"""Lines through the years, drawn: each with its name and newest figure at its end, the rules of funding above."""

from collections.abc import Sequence

from npqstats.charts import grid
from npqstats.charts.canvas import LEADING, SMALL, Canvas
from npqstats.charts.drawing import Box
from npqstats.charts.grid import Grid
from npqstats.charts.series import NAMED, Point, Series, years_of
from npqstats.charts.spans import Spans
from npqstats.charts.spread import spread
from npqstats.vocabulary.periods import AcademicYear
from npqstats.wording import wording

_MARKERS = ("o", "s", "^", "v")
_COLOURED = 4
_NAMES_HEIGHT = 0.9
"""How much of the plot's height the names may take."""
_UNFINISHED = "unfinished"


def paint(canvas: Canvas, lines: Sequence[Series]) -> None:
    """Draw lines through the years, each with its name at its end, from a zero baseline.

    Args:
        canvas: With the room for the plot.
        lines: At least one; beyond the first eight by size they stand behind, without a name.
    """
    _Timeline(canvas, lines).paint()


class _Timeline:
    """The places of one chart of lines."""

    def __init__(self, canvas: Canvas, lines: Sequence[Series]) -> None:
        self.canvas, self.unit = canvas, lines[0].unit
        ranked = sorted(lines, key=lambda line: -(line.last.value or 0) if line.last else 0)
        high, line = _NAMES_HEIGHT * canvas.plot.height, canvas.px(SMALL) * LEADING
        shown = ranked[: min(NAMED, max(_COLOURED, int(high / line)))]
        self.most = 2 if 2 * line * len(shown) <= high else 1
        self.named = shown if len(lines) > _COLOURED else list(lines)
        self.behind = [line for line in lines if line not in shown]
        self.years = years_of(lines)
        values = [point.value or 0.0 for line in lines for point in line.known]
        self.ticks = grid.ticks_for(canvas, values, self.unit)
        written = [words for point in lines[0].known for words in self._written(point)] if len(lines) == 1 else []
        self.widest = canvas.widest(written, bold=True)
        self.box = self._box()
        self.grid = Grid(
            canvas=canvas, box=self.box, ticks=self.ticks, unit=self.unit, low=self.ticks[0], high=self.ticks[-1]
        )

    def _box(self) -> Box:
        canvas = self.canvas
        left = grid.left_room(canvas, self.ticks, self.unit)
        # The figures at the first and the last point of a single line stand out to both sides.
        over = max(0.0, self.widest - canvas.plot.width / len(self.years)) / 2
        left, right = left + over, max(canvas.px(18), over)
        if len(self.named) > 1:
            room = canvas.plot.width * 0.36
            self.labels = [self._label(line, room) for line in self.named]
            right = canvas.widest((text for lines in self.labels for text in lines), size=SMALL) + canvas.px(16)
        bottom = canvas.px(20 + (14 if self._unfinished() else 0))
        box = canvas.plot.inset(left=left, right=right, bottom=bottom)
        self.spans = Spans(canvas, self.years, box.width)
        above = self.spans.height
        return box.inset(top=above + canvas.px(24 if len(self.named) == 1 and not above else 12))

    def _label(self, line: Series, room: float) -> list[str]:
        value = self._last_value(line)
        lines = self.canvas.lines(f"{line.name} {value}".strip(), room, size=SMALL)
        if len(lines) <= self.most:
            return lines
        return self.canvas.lines(f"{line.short} {value}".strip(), room, size=SMALL, most=self.most)

    def _last_value(self, line: Series) -> str:
        """Write the newest figure of a line: of which year, where others go on, and whether it still grows."""
        if line.last is None:
            return ""
        so_far = " so far" if line.last.is_unfinished else ""
        year = "" if line.last.year == self.years[-1] else f" in {line.last.year.label}"
        return f"{wording.cell(line.last.value, None, self.unit)}{so_far}{year}"

    def x(self, year: AcademicYear) -> float:
        slot = self.box.width / len(self.years)
        return self.box.left + (self.years.index(year) + 0.5) * slot

    def y(self, value: float) -> float:
        return self.grid.y(value)

    def paint(self) -> None:
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
        unfinished = self._unfinished()
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
        return [*(year.label for year in self.years), *([_UNFINISHED] if self._unfinished() else [])]

    def _unfinished(self) -> set[AcademicYear]:
        return {point.year for line in self.named for point in line.points if point.is_unfinished}

    def _stroke(self, line: Series, colour: str, weight: float, marker: str) -> None:
        canvas = self.canvas
        points = {point.year: point for point in line.known}
        for before, after in zip(self.years, self.years[1:], strict=False):
            if before in points and after in points and after.before == before:
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
