"""One picture being drawn: its measures, its colours, and the strokes that every kind of chart is made of.

All places are in pixels of a web page from the lower left corner; sizes of letters and lines grow with the picture.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from npqstats.charts import text
from npqstats.charts.drawing import Align, Band, Box, Drawing, Mark, Stroke, Words
from npqstats.charts.look import Look
from npqstats.charts.sizes import Size

SMALL, PLAIN, LARGE = 10.5, 12.0, 18.0
"""Letters of notes, of the plot and of the headline, in pixels at the press size."""
LEADING = 1.28
"""From one line of text to the next, in letters."""

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
