"""Two years with and without the courses that began in between: columns from zero, the new courses' part set apart."""

from collections.abc import Sequence
from itertools import pairwise

from npqstats.charts import grid
from npqstats.charts.canvas import LEADING, PLAIN, SMALL, Canvas
from npqstats.charts.changes import moved_by
from npqstats.charts.drawing import Box
from npqstats.charts.grid import Grid
from npqstats.charts.scale import ticks
from npqstats.charts.spread import spread
from npqstats.charts.steps import Step
from npqstats.vocabulary.numbers import number

_LABELS = 0.36
"""How much of the width the labels beside the later column take at most."""
_TALL = 170.0
"""A plot of fewer pixels has no room for the full names of courses."""


def paint(canvas: Canvas, laid: Sequence[Step]) -> None:
    """Draw two columns, the later one stacked: all other courses, then the new ones, hatched.

    Args:
        canvas: With the room for the plot.
        laid: The earlier total, the later one without the new courses, each new course, the later total.
    """
    _Columns(canvas, laid).paint()


class _Columns:
    """The places of one chart of two columns."""

    def __init__(self, canvas: Canvas, laid: Sequence[Step]) -> None:
        self.canvas = canvas
        self.first, *self.stack, self.last = laid
        high, unit = max(self.first.value, self.last.value) or 1.0, self.first.rows[0]["unit"]
        self.labels = [
            [line for text in self._texts(step) for line in canvas.lines(text, canvas.plot.width * _LABELS, size=SMALL)]
            for step in self.stack
        ]
        most = max(1, min(5, int(canvas.plot.height / canvas.px(44))))
        shown = [tick for tick in ticks(0.0, high, most) if tick <= high]
        left = grid.left_room(canvas, shown, unit)
        right = canvas.widest((line for lines in self.labels for line in lines), size=SMALL) + canvas.px(16)
        slot = (canvas.plot.width - left - right) / 2
        self.change = canvas.lines(moved_by(self.last.rows[0]), slot, bold=True)
        above = canvas.px(PLAIN) * LEADING * (1 + len(self.change)) + canvas.px(4)
        self.box = canvas.plot.inset(left=left, right=right, top=above, bottom=canvas.px(20))
        self.grid = Grid(canvas=canvas, box=self.box, ticks=shown, unit=unit, low=0.0, high=high)

    def _texts(self, step: Step) -> list[str]:
        row = step.rows[0]
        is_tall = self.canvas.plot.height > self.canvas.px(_TALL)
        if step.mark == "new":
            return [f"{step.name if is_tall else step.short}: {number(step.value)}{step.sign}"]
        return [f"All other courses: {number(step.value)}{step.sign}", moved_by(row)]

    def _column(self, place: int, low: float, high: float) -> Box:
        slot = self.box.width / 2
        left = self.box.left + slot * (place + 0.19)
        return Box(left, self.grid.y(low), left + slot * 0.62, self.grid.y(high))

    def paint(self) -> None:
        canvas, look = self.canvas, self.canvas.look
        self.grid.paint()
        canvas.band(self._column(0, 0.0, self.first.value), look.series[0])
        level, middles = 0.0, []
        for step in self.stack:
            bar = self._column(1, level, level + step.value)
            is_new = step.mark == "new"
            canvas.band(
                bar, look.ground if is_new else look.series[0], outline=look.series[0], hatch="////" if is_new else None
            )
            middles.append((bar.bottom + bar.top) / 2)
            level += step.value
        self._paint_labels(middles)
        self._paint_total(0, self.first, [])
        self._paint_total(1, self.last, self.change)

    def _paint_labels(self, middles: Sequence[float]) -> None:
        canvas, box = self.canvas, self.box
        tall = [len(lines) * canvas.px(SMALL) * LEADING for lines in self.labels]
        gap = max((below + above) / 2 for below, above in pairwise(tall)) + canvas.px(4)
        edge = self._column(1, 0.0, 0.0).right
        places = spread(middles, gap, box.bottom + tall[0] / 2, canvas.plot.top - tall[-1] / 2)
        for lines, middle, place in zip(self.labels, middles, places, strict=True):
            canvas.stroke(
                (edge, middle), (box.right + canvas.px(3), place), colour=canvas.look.outline, weight=0.7, order=0.7
            )
            canvas.words((box.right + canvas.px(6), place), lines, size=SMALL, vertical="center")

    def _paint_total(self, place: int, step: Step, more: Sequence[str]) -> None:
        canvas = self.canvas
        column = self._column(place, 0.0, step.value)
        middle = (column.left + column.right) / 2
        lines = [number(step.value) + step.sign, *more]
        wide, tall = canvas.widest(lines, bold=True) / 2, len(lines) * canvas.px(PLAIN) * LEADING
        # The grid must not run through the figures.
        canvas.band(Box(middle - wide, column.top, middle + wide, column.top + tall), canvas.look.ground)
        canvas.words((middle, column.top + canvas.px(4)), lines, bold=True, align="center", vertical="bottom")
        canvas.words(
            (middle, self.box.bottom - canvas.px(6)),
            step.name,
            size=SMALL,
            align="center",
            vertical="top",
            colour=canvas.look.quiet,
        )
