"""One picture being drawn: its measures, its colours, and the strokes that every kind of chart is made of.

All places are in pixels of a web page from the lower left corner; sizes of letters and lines grow with the picture.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import ceil, floor, log10
from typing import Literal

from npqstats.present.charts import text
from npqstats.present.charts.drawing import Align, Band, Box, Drawing, Mark, Stroke, Words
from npqstats.present.charts.look import Look
from npqstats.present.charts.sizes import Size
from npqstats.vocabulary.numbers import number

SMALL, PLAIN, LARGE = 10.5, 12.0, 18.0
"""Letters of notes, of the plot and of the headline, in pixels at the press size."""
LEADING = 1.28
"""From one line of text to the next, in letters."""

_TINY = 1e-9

Vertical = Literal["baseline", "center", "top", "bottom"]


@dataclass(frozen=True)
class Canvas:
    """A drawing with room for a plot."""

    drawing: Drawing
    look: Look
    plot: Box
    """What header and foot leave for the plot."""

    @property
    def size(self) -> Size:
        """The size of the whole picture."""
        return self.drawing.size

    @property
    def scale(self) -> float:
        """How large letters and lines are beside those of the press size."""
        return self.size.scale

    def px(self, length: float) -> float:
        """Give a length that is `length` pixels at the press size."""
        return length * self.scale

    def within(self, plot: Box) -> "Canvas":
        """Give the same picture with another room for the plot."""
        return replace(self, plot=plot)

    def words(
        self,
        place: tuple[float, float],
        words: str | Sequence[str],
        *,
        size: float = PLAIN,
        colour: str | None = None,
        bold: bool = False,
        align: Align = "left",
        vertical: Vertical = "baseline",
    ) -> None:
        """Write text, or lines of it; `vertical` says what of the whole stands at `place`.

        Args:
            place: In pixels.
            words: One line, or lines that `lines` broke.
            size: Of the letters, at the press size.
            colour: None: the look's text.
            bold: Whether it is set in bold.
            align: What of each line stands at `place`.
            vertical: `top`, `center` or `bottom` of all lines, or the `baseline` of the first.
        """
        lines = [text.drawable(words)] if isinstance(words, str) else list(words)
        step = self.px(size) * LEADING
        x, y = place
        # Capitals reach to 0.73 of the size above the baseline, tails to 0.21 below it.
        rise = {
            "baseline": 0.0,
            "top": -0.76 * self.px(size),
            "bottom": (len(lines) - 1) * step + 0.22 * self.px(size),
            "center": (len(lines) - 1) * step / 2 - 0.36 * self.px(size),
        }[vertical]
        for line in lines:
            self.drawing.parts.append(
                Words(
                    place=(x, y + rise),
                    text=line,
                    size=self.px(size),
                    colour=colour or self.look.text,
                    is_bold=bold,
                    align=align,
                )
            )
            rise -= step

    def lines(
        self, words: str, room: float, *, size: float = PLAIN, bold: bool = False, most: int | None = None
    ) -> list[str]:
        """Break text into lines no wider than `room` pixels."""
        return text.wrapped(words, self.px(size), room, bold=bold, lines=most)

    def width(self, words: str, *, size: float = PLAIN, bold: bool = False) -> float:
        """Measure a line of text, in pixels."""
        return text.width(text.drawable(words), self.px(size), bold=bold)

    def widest(self, words: Iterable[str], *, size: float = PLAIN, bold: bool = False) -> float:
        """Measure the widest of several lines, in pixels."""
        return max((self.width(word, size=size, bold=bold) for word in words), default=0.0)

    def band(self, box: Box, colour: str, *, outline: str | None = None, hatch: str | None = None) -> None:
        """Fill a rectangle."""
        self.drawing.parts.append(
            Band(
                box=box,
                colour=colour,
                outline=outline or colour,
                weight=self.px(1) if outline else 0,
                hatch=hatch,
                order=0.4,
            )
        )

    def stroke(
        self,
        start: tuple[float, float],
        end: tuple[float, float],
        *,
        colour: str | None = None,
        weight: float = 1.0,
        dashes: tuple[float, float] | None = None,
        order: float = 0.6,
    ) -> None:
        """Draw a straight line."""
        self.drawing.parts.append(
            Stroke(
                start=start,
                end=end,
                colour=colour or self.look.grid,
                weight=self.px(weight),
                dashes=dashes,
                order=order,
            )
        )

    def mark(
        self,
        place: tuple[float, float],
        shape: str,
        *,
        colour: str,
        size: float,
        is_hollow: bool = False,
        weight: float = 1.6,
        order: float = 2.0,
    ) -> None:
        """Set a point.

        Args:
            place: Its middle.
            shape: As Matplotlib names markers: `o`, `s`, `^`, `v`, `D`, `<` or `>`.
            colour: Of its outline and, unless it is hollow, of all of it.
            size: Its width, at the press size.
            is_hollow: Whether the ground is seen through it.
            weight: Of its outline, at the press size.
            order: Points of higher order lie over those of lower.
        """
        self.drawing.parts.append(
            Mark(
                place=place,
                shape=shape,
                size=self.px(size),
                colour=colour,
                fill=self.look.ground if is_hollow else colour,
                weight=self.px(weight),
                order=order,
            )
        )


def ticks(
    low: float,
    high: float,
    most: int = 5,
    *,
    is_whole: bool = False,
    steps: Sequence[float] = (1, 2, 2.5, 5, 10),
) -> list[float]:
    """Choose round values from at or below `low` to at or above `high`.

    Args:
        low: Lowest value of the plot.
        high: Highest value of the plot.
        most: At most so many steps.
        is_whole: Whether only whole numbers are wanted, as for counts.
        steps: Steps that are round, from 1 to 10.

    >>> ticks(0, 43840), ticks(0, 3, is_whole=True)
    ([0.0, 10000.0, 20000.0, 30000.0, 40000.0, 50000.0], [0.0, 1.0, 2.0, 3.0])
    """
    high = high if high > low else low + 1
    power = floor(log10((high - low) / most))
    for size in (step * 10.0**exponent for exponent in range(power, power + 3) for step in steps):
        first, last = floor(low / size + _TINY), ceil(high / size - _TINY)
        if last - first <= most and not (is_whole and size % 1):
            break
    return [round(size * place, 10) for place in range(first, last + 1)]


def tick_label(value: float, unit: str, step: float) -> str:
    """Write a value of an axis; percentages without decimals where the steps are whole."""
    if unit != "%":
        return number(value)
    return f"{number(value)}%" if step >= 1 and step == round(step) else number(value, "%")


def spread(places: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Move labels apart until none is nearer than `gap` to another, none below `low` or above `high`.

    Args:
        places: Where each label would stand, in pixels.
        gap: In pixels; less where the room does not hold them all.
        low: Lowest place.
        high: Highest place.

    Returns:
        The places in the order given, near to where they were.

    >>> spread([10, 12, 50], 8, 0, 100)
    [7.0, 15.0, 50.0]
    """
    if not places:
        return []
    gap = min(gap, (high - low) / max(1, len(places) - 1))
    order = sorted(range(len(places)), key=lambda index: (places[index], index))
    # Labels that would touch become one block, which stands at their mean.
    blocks: list[list[int]] = []
    for index in order:
        blocks.append([index])
        while len(blocks) > 1 and _end(blocks[-2], places, gap, low, high) > _start(blocks[-1], places, gap, low, high):
            last = blocks.pop()
            blocks[-1] += last
    found = [0.0] * len(places)
    for block in blocks:
        first = _start(block, places, gap, low, high) + gap / 2
        for step, index in enumerate(block):
            found[index] = first + step * gap
    return found


def _start(block: list[int], places: Sequence[float], gap: float, low: float, high: float) -> float:
    half = (len(block) - 1) * gap / 2
    middle = sum(places[index] for index in block) / len(block)
    return min(max(middle - half, low), high - 2 * half) - gap / 2


def _end(block: list[int], places: Sequence[float], gap: float, low: float, high: float) -> float:
    return _start(block, places, gap, low, high) + len(block) * gap - 1e-9
