"""What stands behind a plot: horizontal lines, the values that they stand for, and which labels have room below."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from npqstats.charts.canvas import LEADING, SMALL, Canvas
from npqstats.charts.drawing import Box
from npqstats.charts.scale import tick_label, ticks


@dataclass(frozen=True, kw_only=True)
class Grid:
    """The scale of values of one plot."""

    canvas: Canvas
    box: Box
    ticks: Sequence[float]
    unit: str
    low: float
    """The value at the bottom of the box."""
    high: float
    """The value at its top."""

    def y(self, value: float) -> float:
        """Give the height at which a value stands."""
        return self.box.bottom + (value - self.low) / (self.high - self.low) * self.box.height

    def paint(self) -> None:
        """Draw a line for each tick that has room within the box, that at zero heavier, with its value before it."""
        canvas = self.canvas
        lowest = self.box.bottom - 1
        for tick in self.ticks:
            y, is_base = self.y(tick), tick == 0
            if not (self.low <= tick <= self.high and y >= lowest):
                continue
            lowest = y + canvas.px(SMALL) * LEADING
            colour = canvas.look.outline if is_base else canvas.look.grid
            ends = (self.box.left, y), (self.box.right, y)
            canvas.stroke(*ends, colour=colour, weight=1.2 if is_base else 0.8, order=0.3)
            canvas.words(
                (self.box.left - canvas.px(6), y),
                tick_label(tick, self.unit, self.ticks),
                size=SMALL,
                align="right",
                vertical="center",
                colour=canvas.look.quiet,
            )


def ticks_for(canvas: Canvas, values: Sequence[float], unit: str) -> list[float]:
    """Choose ticks from zero that hold all values, as many as the height of the plot has room for."""
    most = max(1, min(5, int(canvas.plot.height / canvas.px(40)) - 1))
    return ticks(min(0.0, *values, 0.0), max([0.0, *values]) or 1.0, most, is_whole=unit != "%")


def left_room(canvas: Canvas, ticks: Sequence[float], unit: str) -> float:
    """Measure what the values of the ticks take to the left of a plot."""
    return canvas.widest((tick_label(tick, unit, ticks) for tick in ticks), size=SMALL) + canvas.px(8)


def every(widest: float, slot: float) -> int:
    """Say that every so-many-th label is to be written, so that none touches the next.

    >>> every(40, 50), every(40, 30)
    (1, 2)
    """
    return max(1, ceil(widest / slot))
