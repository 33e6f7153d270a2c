"""Panels of bars over the same years, one above the other, all to one scale."""

from collections.abc import Sequence
from dataclasses import dataclass

from npqstats.charts import grid
from npqstats.charts.canvas import LEADING, PLAIN, SMALL, Canvas
from npqstats.charts.drawing import Box
from npqstats.charts.grid import Grid
from npqstats.charts.scale import ticks
from npqstats.charts.spans import Spans
from npqstats.vocabulary.periods import AcademicYear

_SHORTEST = 0.2
"""How much of the height all bars together need at least; where less is left, only the figures stand on the bars."""
_GAP = 8
"""Above every panel, in pixels at the press size."""
_HALVINGS = 40
_REPORTED = "\u25c6"
"""A diamond behind a figure that is not from an official data file."""
SO_FAR = "so far"
"""Stands at every figure that still grows."""
_NOTHING = 1e-9
"""What a panel without any bar goes up to, so that of its grid the line at zero is drawn."""


@dataclass(frozen=True, kw_only=True)
class Bar:
    """A figure of one year, and what is written at it."""

    value: float | None = None
    figure: str = ""
    """The value as it is written, or its symbol; nothing where neither is known."""
    words: tuple[str, ...] = ()
    """What it is of, or that it is not known; each phrase begins a line."""
    is_unfinished: bool = False
    """Whether the figure still grows."""
    is_official: bool = True
    """Whether it is from an official data file."""

    @property
    def is_known(self) -> bool:
        """Whether there is a figure or a symbol."""
        return bool(self.figure)

    @property
    def written(self) -> str:
        """The figure as it stands on the picture."""
        return self.figure if self.is_official else f"{self.figure} {_REPORTED}"

    @property
    def brief(self) -> tuple[str, ...]:
        """What of the words must stand even where it is tight."""
        return self.words if not self.is_known else (SO_FAR,) if self.is_unfinished else ()

    @property
    def told(self) -> str:
        """All that is written, for a text alternative."""
        figure = self.figure if self.is_official else f"{self.figure} reported"
        words = ", ".join(self.words)
        return f"{figure} ({words})" if figure and words else figure or words


NOT_AT_HAND = Bar(words=("not at hand",))


@dataclass(frozen=True, kw_only=True)
class Panel:
    """The bars of one part, one for each year."""

    name: str
    meaning: str
    bars: tuple[Bar, ...]

    @property
    def head(self) -> str:
        """What is written above the bars."""
        return f"{self.name}: {self.meaning}"

    @property
    def top(self) -> float:
        """The largest value."""
        return max((bar.value or 0.0 for bar in self.bars), default=0.0)


def absent(panel: Panel, years: Sequence[AcademicYear]) -> list[AcademicYear]:
    """List the years of which a panel has neither a figure nor a symbol."""
    return [year for year, bar in zip(years, panel.bars, strict=True) if not bar.is_known]


def listed_values(panels: Sequence[Panel], years: Sequence[AcademicYear]) -> str:
    """Write all that is written at the bars, for a text alternative."""
    return "; ".join(
        f"{panel.name} ({panel.meaning}): "
        + ", ".join(f"{year.label} {bar.told}" for year, bar in zip(years, panel.bars, strict=True))
        for panel in panels
    )


def paint(canvas: Canvas, years: Sequence[AcademicYear], panels: Sequence[Panel], unit: str, below: list[str]) -> None:
    """Draw panels one above the other, the rules of funding over them and the years under them.

    Args:
        canvas: With the room for the plot.
        years: Those of the bars of every panel.
        panels: At least one.
        unit: Of all values.
        below: What is written under each year, or nothing.
    """
    _Panels(canvas, years, panels, unit, below).paint()


class _Panels:
    """The places of one picture."""

    def __init__(
        self, canvas: Canvas, years: Sequence[AcademicYear], panels: Sequence[Panel], unit: str, below: list[str]
    ) -> None:
        self.canvas, self.years, self.panels, self.unit = canvas, years, panels, unit
        self.ticks = grid.ticks_for(canvas, [panel.top for panel in panels], unit)
        box = canvas.plot.inset(left=grid.left_room(canvas, self.ticks, unit))
        figures = canvas.widest((bar.written for panel in panels for bar in panel.bars if bar.is_known), bold=True)
        labels = canvas.widest((year.label for year in years), size=SMALL)
        self.room = max(figures, labels) + canvas.px(4)
        self.slot = box.width / len(years)
        if self.room > self.slot and len(years) > 1:
            # The first and the last label stand out to both sides of their years.
            self.slot = (box.width - self.room) / (len(years) - 1)
            over = (self.room - self.slot) / 2
            box = box.inset(left=over, right=over)
        self.every = grid.every(self.room, self.slot)
        self.room = max(self.room, self.slot)
        self.spans = Spans(canvas, years, box.width)
        for is_tight in (False, True):
            self._write(below, is_tight=is_tight)
            bottom = max(len(lines) for lines in self.below) * self._line(SMALL) + canvas.px(6)
            self.box = box.inset(bottom=bottom, top=self.spans.height)
            self.step = self._step()
            tops = [panel.top for panel in panels]
            if self.step * (sum(tops) or self.box.height) >= _SHORTEST * self.box.height:
                break
        most = max(1, min(5, int(max(tops) * self.step / canvas.px(24))))
        self.ticks = ticks(0.0, max(tops) or 1.0, most, is_whole=unit != "%")
        taken = sum(self._height(number, self.step) for number in range(len(panels)))
        self.gap = (self.box.height - taken) / len(panels)

    def _line(self, size: float) -> float:
        return self.canvas.px(size) * LEADING

    def _wrapped(self, *phrases: str) -> list[str]:
        room = self.room - self.canvas.px(4)
        return [line for words in phrases if words for line in self.canvas.lines(words, room, size=SMALL)]

    def _write(self, below: list[str], *, is_tight: bool) -> None:
        """Settle what is written and how large: where it is tight, the figures alone, in small letters."""
        canvas = self.canvas
        self.letters = SMALL if is_tight else PLAIN
        self.heads = [
            canvas.lines(
                panel.head,
                canvas.plot.width,
                size=self.letters,
                bold=True,
                most=1 if is_tight else None,
            )
            for panel in self.panels
        ]
        self.below = [
            [year.label, *([] if is_tight else self._wrapped(words))]
            for year, words in zip(self.years, below, strict=True)
        ]
        self.words = [
            [
                self._wrapped(*(bar.brief if is_tight else bar.words)) if self._is_labelled(place) else []
                for place, bar in enumerate(panel.bars)
            ]
            for panel in self.panels
        ]

    def _height(self, number: int, step: float) -> float:
        """Give the height of a panel at `step` pixels for each unit: labels do not reach into the head above them."""
        canvas, panel, head = self.canvas, self.panels[number], self.heads[number]
        over = len(head) * self._line(self.letters)
        reach = canvas.plot.left + canvas.widest(head, size=self.letters, bold=True) + canvas.px(6)
        highest = over
        for place, (bar, words) in enumerate(zip(panel.bars, self.words[number], strict=True)):
            label = len(words) * self._line(SMALL) + (self._line(self.letters) if bar.is_known else 0) + canvas.px(4)
            is_under = self._middle(place) - self.room / 2 < reach
            highest = max(highest, step * (bar.value or 0) + label + (over if is_under else 0))
        return highest

    def _step(self) -> float:
        """Find how many pixels a unit can have when all panels stand above each other."""
        room = self.box.height - self.canvas.px(_GAP) * len(self.panels)
        low, high = 0.0, room / (max(panel.top for panel in self.panels) or 1.0)
        for _ in range(_HALVINGS):
            middle = (low + high) / 2
            fits = sum(self._height(number, middle) for number in range(len(self.panels))) <= room
            low, high = (middle, high) if fits else (low, middle)
        return low

    def paint(self) -> None:
        high = self.box.top
        self.spans.paint(self.box)
        for number, panel in enumerate(self.panels):
            high -= self.gap
            low = high - self._height(number, self.step)
            self._paint_panel(number, Box(self.box.left, low, self.box.right, low + self.step * panel.top), high)
            high = low
        for place, lines in enumerate(self.below):
            if self._is_labelled(place):
                at = self._middle(place), high - self.canvas.px(6)
                self.canvas.words(at, lines, size=SMALL, align="center", vertical="top", colour=self.canvas.look.quiet)

    def _paint_panel(self, number: int, box: Box, top: float) -> None:
        canvas, panel = self.canvas, self.panels[number]
        canvas.words((canvas.plot.left, top), self.heads[number], size=self.letters, bold=True, vertical="top")
        scale = Grid(canvas=canvas, box=box, ticks=self.ticks, unit=self.unit, low=0.0, high=panel.top or _NOTHING)
        scale.paint()
        for place, bar in enumerate(panel.bars):
            if bar.value is not None:
                self._paint_bar(self._middle(place), bar, canvas.look.series[number], scale)
            if self._is_labelled(place):
                self._paint_words((self._middle(place), scale.y(bar.value or 0)), bar, self.words[number][place])

    def _paint_bar(self, x: float, bar: Bar, colour: str, scale: Grid) -> None:
        canvas = self.canvas
        half = min(self.slot * 0.31, canvas.px(60))
        room = Box(x - half, scale.y(0), x + half, scale.y(bar.value or 0))
        if bar.is_unfinished:
            canvas.band(room, canvas.look.ground, outline=colour, hatch="////")
        else:
            canvas.band(room, colour)

    def _paint_words(self, place: tuple[float, float], bar: Bar, words: list[str]) -> None:
        canvas, (x, y) = self.canvas, place
        y += canvas.px(3)
        colour = None if bar.is_known else canvas.look.quiet
        canvas.words((x, y), words, size=SMALL, align="center", vertical="bottom", colour=colour)
        if bar.is_known:
            y += len(words) * self._line(SMALL)
            canvas.words((x, y), bar.written, size=self.letters, bold=True, align="center", vertical="bottom")

    def _middle(self, place: int) -> float:
        return self.box.left + (place + 0.5) * self.slot

    def _is_labelled(self, place: int) -> bool:
        """Whether there is room for the words of a year: all, or every so-many-th from the newest back."""
        return (len(self.years) - 1 - place) % self.every == 0
