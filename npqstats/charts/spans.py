"""The rules of funding of the time, written above the years of a plot."""

from collections.abc import Sequence

from npqstats.charts.canvas import LEADING, SMALL, Canvas
from npqstats.charts.drawing import Box
from npqstats.vocabulary.events import funding_spans
from npqstats.vocabulary.periods import AcademicYear

_MOST = 0.25
"""How much of the plot's height they may take; where they need more, they are told in the text alternative alone."""


class Spans:
    """The rules that held in the years of one plot, which follow each other in slots of the same width."""

    def __init__(self, canvas: Canvas, years: Sequence[AcademicYear], width: float) -> None:
        """Measure them for a plot of `width` pixels."""
        self.canvas, self.years, self.slot = canvas, years, width / len(years)
        spans = [(canvas.lines(mark, self._room(held), size=SMALL), held) for mark, held in funding_spans(years)]
        tallest = max((len(lines) for lines, _ in spans), default=0)
        height = canvas.px(SMALL) * LEADING * tallest + canvas.px(12)
        self.spans = spans if height <= _MOST * canvas.plot.height else []
        self.height = height if self.spans else 0.0
        """What they take of the top of the plot."""

    def _room(self, held: Sequence[AcademicYear]) -> float:
        return self.slot * len(held) - self.canvas.px(12)

    def paint(self, box: Box) -> None:
        """Write them between the top of `box` and the top of the room for the plot; a dashed line where one ends."""
        canvas, top = self.canvas, self.canvas.plot.top
        for lines, held in self.spans:
            left = box.left + self.years.index(held[0]) * self.slot
            right = box.left + (self.years.index(held[-1]) + 1) * self.slot
            room = Box(left + canvas.px(2), top - self.height + canvas.px(4), right - canvas.px(2), top)
            canvas.band(room, canvas.look.shade)
            middle = (room.left + room.right) / 2, (room.bottom + room.top) / 2
            canvas.words(middle, lines, size=SMALL, align="center", vertical="center", colour=canvas.look.quiet)
            if held[0] != self.years[0]:
                canvas.stroke((left, box.bottom), (left, top), colour=canvas.look.outline, dashes=(2, 3))


def told(years: Sequence[AcademicYear]) -> str:
    """Say in a sentence which rule held in which years; nothing where none is known.

    >>> told(AcademicYear(2023).to(AcademicYear(2024)))
    'Above the years: Free for all state schools (2023/24); Most courses free for half of schools (2024/25).'
    """
    spans = [f"{mark} ({span(held)})" for mark, held in funding_spans(years)]
    return f"Above the years: {'; '.join(spans)}." if spans else ""


def span(years: Sequence[AcademicYear]) -> str:
    """Name the first and the last of some years."""
    return years[0].label if years[0] == years[-1] else f"{years[0].label} to {years[-1].label}"
