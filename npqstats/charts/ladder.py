"""Rows under each other: a name, marks on one shared scale, words at the right."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from npqstats.charts.canvas import LEADING, PLAIN, SMALL, Canvas
from npqstats.charts.drawing import Align, Box
from npqstats.charts.scale import tick_label, ticks

_LEFT: Align = "left"
_RIGHT: Align = "right"
_TALLEST = 110.0
_AXIS = 20.0
_WORDS, _CHANGE = 0.3, 108.0
"""How much of the width the words take at most where the marks stand beside them, and the pixels of a usual change."""
_NARROW = 430.0
"""A plot of fewer pixels at the press size has no room for marks between names and words."""
_MARKS = 17.0
"""The height of the marks where they stand under the names."""


@dataclass(frozen=True, kw_only=True)
class Rung:
    """The texts of one row."""

    name: str
    short: str
    """The name where there is no room for it."""
    words: str
    """What stands at the right."""
    is_bold: bool = False


class Beside(NamedTuple):
    """A text beside a mark: of which value, how wide in pixels, and on which side."""

    value: float
    width: float
    is_left: bool


class _Form(NamedTuple):
    """One of the ways to write the texts, from generous to tight."""

    size: float
    is_short: bool
    share: float
    """How much of the width the names take at most where the marks stand beside them."""
    most: int | None
    """Lines of a name."""
    gap: float
    """Between the texts of two rows, in pixels at the press size."""


_FORMS = (
    _Form(PLAIN, False, 0.34, None, 6),
    _Form(SMALL, False, 0.34, None, 6),
    _Form(SMALL, False, 0.43, None, 5),
    _Form(SMALL, True, 0.34, 2, 5),
    _Form(SMALL, True, 0.34, 1, 2),
)


def most(canvas: Canvas, *, head: float = 0, is_stacked: bool = False) -> int:
    """Say how many rows the room holds when each has a single line of text; at least one."""
    room = canvas.plot.height - head - canvas.px(_AXIS)
    row = canvas.px(SMALL) * LEADING + canvas.px(_FORMS[-1].gap) + (canvas.px(_MARKS) if is_stacked else 0)
    return max(1, int(room / row))


def is_narrow(canvas: Canvas) -> bool:
    """Whether the marks must stand under the names, for want of room beside them."""
    return canvas.plot.width < canvas.px(_NARROW)


def fitted(canvas: Canvas, count: int, *, head: float, is_stacked: bool) -> tuple[Canvas, int]:
    """Say how many of so many rows the room holds; where that is not all, write so below what it leaves for them."""
    room = most(canvas, head=head, is_stacked=is_stacked)
    if room >= count:
        return canvas, count
    canvas = canvas.within(canvas.plot.inset(bottom=canvas.px(SMALL) * 1.5))
    room = most(canvas, head=head, is_stacked=is_stacked)
    place = canvas.plot.left, canvas.plot.bottom - canvas.px(2)
    words = f"The first {room} of {count}; all are in the chart's data."
    canvas.words(place, words, size=SMALL, vertical="top", colour=canvas.look.quiet)
    return canvas, room


class Ladder:
    """The places of such rows on a picture."""

    def __init__(
        self,
        canvas: Canvas,
        rungs: Sequence[Rung],
        reach: tuple[float, float],
        unit: str,
        *,
        head: float = 0,
        beside: Sequence[Beside] = (),
        is_stacked: bool = False,
    ) -> None:
        """Settle where everything stands.

        Args:
            canvas: With the room for the plot.
            rungs: From top to bottom, no more than `most` says.
            reach: The least and the greatest value of the scale.
            unit: Of the values.
            head: Pixels above the rows, left free.
            beside: The texts that the scale must leave room for.
            is_stacked: Whether the marks stand under the names instead of beside them.
        """
        self.canvas, self.rungs, self.unit, self.is_stacked = canvas, rungs, unit, is_stacked
        room = canvas.plot.inset(top=head, bottom=canvas.px(_AXIS))
        for form in _FORMS:
            self._write(form)
            if sum(self._heights()) <= room.height:
                break
        self.rows = self._rows(room)
        left, right = room.left, room.right
        if not is_stacked:
            left += self._widest(self.names) + canvas.px(10)
            right -= self._widest(self.words) + canvas.px(10)
        steps = ticks(*reach, most=max(2, min(6, int((right - left) / canvas.px(72)))))
        self.ticks = [tick for tick in steps if tick <= reach[1]]
        self.low, self.high = steps[0], max(reach[1], self.ticks[-1])
        self.high += self.high == self.low
        self.box = self._clear(Box(left, self.rows[-1].bottom, right, room.top), beside)

    def _write(self, form: _Form) -> None:
        canvas, wide = self.canvas, self.canvas.plot.width
        self.form = form
        self.words, self.names = [], []
        widest = max(wide * _WORDS, canvas.px(_CHANGE))
        for rung in self.rungs:
            name, room = rung.short if form.is_short else rung.name, wide * form.share
            words = [rung.words]
            if self.is_stacked:
                room = wide - canvas.width(rung.words, size=form.size, bold=rung.is_bold) - canvas.px(8)
            else:
                words = canvas.lines(rung.words, widest, size=form.size, bold=rung.is_bold) or [""]
            self.words.append(words)
            self.names.append(canvas.lines(name, room, size=form.size, bold=rung.is_bold, most=form.most))

    def _heights(self) -> list[float]:
        canvas = self.canvas
        marks = canvas.px(_MARKS) if self.is_stacked else 0.0
        step = canvas.px(self.form.size) * LEADING
        return [
            max(len(name), len(words)) * step + marks + canvas.px(self.form.gap)
            for name, words in zip(self.names, self.words, strict=True)
        ]

    def _rows(self, room: Box) -> list[Box]:
        """Share out the height that is left over, up to what still holds a row together."""
        heights = self._heights()
        spare = max(0.0, room.height - sum(heights)) / len(heights)
        rows, y = [], room.top
        for height in heights:
            tall = min(height + spare, max(height, self.canvas.px(_TALLEST)))
            rows.append(Box(room.left, y - tall, room.right, y))
            y -= tall
        return rows

    def _widest(self, texts: Sequence[Sequence[str]]) -> float:
        return max(
            self.canvas.widest(lines, size=self.form.size, bold=rung.is_bold)
            for rung, lines in zip(self.rungs, texts, strict=True)
        )

    def _clear(self, box: Box, beside: Sequence[Beside]) -> Box:
        """Draw in the scale until every text beside a mark stands within the room.

        A text of width w at the left of a value that stands at the share s of a scale from `left` to `right` fits where
        left + s * (right - left) is at least w; each side depends on the other, so both grow until they agree.
        """
        left = right = 0.0
        for _ in range(4):
            for text in beside:
                share = (text.value - self.low) / (self.high - self.low)
                if text.is_left:
                    left = max(left, (text.width - share * (box.width - right)) / max(1 - share, 0.05))
                else:
                    right = max(right, (text.width - (1 - share) * (box.width - left)) / max(share, 0.05))
        return box.inset(left=left, right=right)

    def x(self, value: float) -> float:
        """Give the place of a value across."""
        return self.box.left + (value - self.low) / (self.high - self.low) * self.box.width

    def y(self, index: int) -> float:
        """Give the middle of the marks of a row."""
        row = self.rows[index]
        below = len(self.names[index]) * self.canvas.px(self.form.size) * LEADING / 2 if self.is_stacked else 0.0
        return (row.bottom + row.top) / 2 - below

    def paint(self) -> None:
        """Write the texts and draw the scale."""
        canvas, size = self.canvas, self.form.size
        for index, (rung, row) in enumerate(zip(self.rungs, self.rows, strict=True)):
            middle = (row.bottom + row.top) / 2 + (canvas.px(_MARKS) / 2 if self.is_stacked else 0)
            for lines, x, align in ((self.names, row.left, _LEFT), (self.words, row.right, _RIGHT)):
                canvas.words((x, middle), lines[index], size=size, bold=rung.is_bold, align=align, vertical="center")
        self._paint_scale()

    def _paint_scale(self) -> None:
        """Draw the scale; a label that would touch the one before it is left out."""
        canvas, box = self.canvas, self.box
        canvas.stroke((box.left, box.bottom), (box.right, box.bottom), colour=canvas.look.outline, weight=0.8)
        taken = 0.0
        for tick in self.ticks:
            x = self.x(tick)
            canvas.stroke((x, box.bottom), (x, box.bottom - canvas.px(4)), colour=canvas.look.outline, weight=0.8)
            label = tick_label(tick, self.unit, self.ticks)
            start = x - canvas.width(label, size=SMALL) / 2
            if start < taken:
                continue
            words = label if taken or self.unit == "%" else f"{label} {self.unit}"
            place = start, box.bottom - canvas.px(6)
            canvas.words(place, words, size=SMALL, vertical="top", colour=canvas.look.quiet)
            taken = start + canvas.width(words, size=SMALL) + canvas.px(6)
