"""The frame of every chart: headline, what is counted, notes and source, measured with Matplotlib's renderer."""

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Literal

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, fontManager, get_font
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from npqstats.charts.style import Look, Size
from npqstats.vocabulary.names import plain

LEADING = 1.25
"""Height of a line of text, of its size."""
_ROOM = 1.1
"""How much wider than measured a text may be: a reader's machine without our font takes Arial or Helvetica."""
_MARGIN = 12.0
_ELLIPSIS = "\u2026"
Kind = Literal["font.size", "axes.titlesize", "legend.fontsize"]


@dataclass(frozen=True, kw_only=True)
class Words:
    """What is written round a plot."""

    headline: str
    counted: str
    """What is counted, where and when."""
    notes: tuple[str, ...]
    source: tuple[str, ...]
    """The line of source, longest first; the first that fits is printed."""
    alt: str


class ChartFigure(Figure):
    """A Matplotlib figure that draws, saves and shows itself in its own style, without pyplot."""

    def __init__(self, *, size: Size, look: Look, words: Words) -> None:
        """Begin an empty figure of a size, of one point for each pixel of the drawing."""
        wide, high = size.drawn
        super().__init__(figsize=(wide / 72, high / 72), dpi=72 * size.zoom, facecolor=look.ground)
        FigureCanvasAgg(self)
        self.look, self.size, self.words = look, size, words
        self._shown: Bbox | None = None

    def draw(self, renderer: Any) -> None:
        """Draw in the style of the chart."""
        with self.look.entered():
            super().draw(renderer)

    def savefig(self, fname: Any, **options: Any) -> None:
        """Save as Matplotlib does, in the style of the chart and without dates, so that the same bytes come again."""
        suffix = str(options.get("format") or str(fname).rpartition(".")[2]).lower()
        title, alt = plain(self.words.headline), plain(self.words.alt)
        without_dates: dict[str, dict[str, str | None]] = {
            "svg": {"Date": None, "Creator": None, "Format": None, "Type": None},
            "png": {"Software": None, "Title": title, "Description": alt},
            "pdf": {"Creator": None, "Producer": None, "CreationDate": None, "Title": title, "Subject": alt},
        }
        with self.look.entered():
            super().savefig(fname, **({"metadata": without_dates.get(suffix)} | options))

    def cut_below(self, spare: float) -> None:
        """Leave out the lower edge of what is saved, in pixels of the drawing."""
        self.size = replace(self.size, height=round(self.size.height - spare * self.size.zoom))
        (wide, high), shown = self.get_size_inches(), self.size.drawn[1] / 72
        self._shown = Bbox.from_extents(0, high - shown, wide, high)

    def saved(self, kind: str) -> bytes:
        """Return the picture as `svg`, `png` (twice as many pixels as the size says) or `pdf`."""
        buffer = io.BytesIO()
        # An SVG and a PDF are in points; 72 to the inch makes these the pixels of the drawing.
        dpi = 72 * (2 * self.size.zoom if kind == "png" else 1)
        self.savefig(buffer, format=kind, dpi=dpi, bbox_inches=self._shown)
        return self._described(buffer.getvalue()) if kind == "svg" else buffer.getvalue()

    def _described(self, svg: bytes) -> bytes:
        """Write an SVG's size in pixels, its title and its description into its first element."""
        from html import escape

        wide, high = self.size.drawn
        title, alt = escape(plain(self.words.headline)), escape(plain(self.words.alt))
        opening = (
            f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" role="img" '
            f'width="{self.size.width}" height="{self.size.height}" viewBox="0 0 {wide:g} {high:g}" version="1.1">\n'
            f" <title>{title}</title>\n <desc>{alt}</desc>"
        )
        body = svg.decode().partition("<svg ")[2]
        found = re.sub(r"^[^>]*>", lambda _: opening, body, count=1)
        return f'<?xml version="1.0" encoding="utf-8"?>\n{found}'.encode()

    def _repr_svg_(self) -> str:
        return self.saved("svg").decode()

    def _repr_png_(self) -> bytes:
        return self.saved("png")


class Page:
    """A figure with its frame written, and the room that is left for the plot, in pixels from the lower left."""

    def __init__(self, words: Words, size: Size, look: Look, *, is_bare: bool = False) -> None:
        """Write the frame, as much of it as there is room for; `is_bare` leaves it out."""
        self.figure = ChartFigure(size=size, look=look, words=words)
        self.look, self.is_narrow, self.is_bare = look, size.is_narrow, is_bare
        self.width, self.height = size.drawn
        self.spare = 0.0
        """Height that the plot leaves empty below it."""
        margin = 2.0 if is_bare else _MARGIN * (0.85 if self.is_narrow else 1)
        self.left, self.right = margin, self.width - margin
        self.bottom, self.top = margin, self.height - margin
        if not is_bare:
            self._write_foot(words)
            self._write_head(words)

    @property
    def label(self) -> float:
        """Size of numbers and labels, in pixels."""
        return self.look.points()

    @property
    def line(self) -> float:
        """Height of a line of labels, in pixels."""
        return self.label * LEADING

    def _write_head(self, words: Words) -> None:
        y = self.top
        head: tuple[tuple[str, Kind, Any, bool, int], ...] = (
            (words.headline, "axes.titlesize", self.look.text, True, 5),
            (words.counted, "font.size", self.look.quiet, False, 2),
        )
        for text, kind, colour, bold, most in head:
            size = self.look.points(kind)
            for line in self.balanced(text, self.right - self.left, kind=kind, bold=bold, most=most):
                self.text(self.left, y, line, kind=kind, bold=bold, colour=colour, va="top")
                y -= size * (1.18 if bold else LEADING)
            y -= 3
        self.top = y - (6 if self.is_narrow else 10)

    def _write_foot(self, words: Words) -> None:
        kind: Kind = "legend.fontsize"
        high, room = self.look.points(kind) * LEADING, self.right - self.left
        source = next(
            (line for line in words.source if self.measured(line, kind=kind) <= room),
            self.wrapped(words.source[-1], room, kind=kind, most=1)[0],
        )
        self.text(self.left, self.bottom, source, kind=kind, colour=self.look.quiet, va="bottom")
        rule = self.bottom + high + 2
        self.figure.add_artist(
            _line([self.left / self.width, self.right / self.width], [rule / self.height] * 2, self.look.grid)
        )
        y = rule + 3
        # A low picture keeps its room for the plot: notes then are in the text alternative and on the page only.
        most = 0 if self.height < 250 else 2 if self.height < 400 else 4
        lines: list[str] = []
        for note in words.notes:
            more = self.wrapped(note, room, kind=kind)
            if len(lines) + len(more) <= most:
                lines += more
        for line in reversed(lines):
            self.text(self.left, y, line, kind=kind, colour=self.look.quiet, va="bottom")
            y += high
        self.bottom = y + 4

    def text(
        self,
        x: float,
        y: float,
        words: str,
        *,
        kind: Kind = "font.size",
        bold: bool = False,
        colour: Any = None,
        ha: str = "left",
        va: str = "center",
    ) -> Text:
        """Write a line anywhere on the figure."""
        return self.figure.text(
            x / self.width,
            y / self.height,
            self.drawable(words),
            fontsize=self.look.points(kind),
            fontweight="bold" if bold else "normal",
            color=self.look.text if colour is None else colour,
            ha=ha,
            va=va,
        )

    def axes(self, *, left: float = 0, right: float = 0, top: float = 0, bottom: float = 0) -> Axes:
        """Make axes in the room for the plot, less so many pixels at each side."""
        low, high = self.bottom + bottom, max(self.top - top, self.bottom + bottom + 20)
        begin, end = self.left + left, max(self.right - right, self.left + left + 20)
        bounds = (begin / self.width, low / self.height, (end - begin) / self.width, (high - low) / self.height)
        axes = self.figure.add_axes(bounds)
        axes.tick_params(labelsize=self.label)
        return axes

    def measured(self, text: str, *, kind: Kind = "font.size", bold: bool = False) -> float:
        """Measure a line, in pixels, with room for a wider font than ours."""
        return _ROOM * _measured(self.drawable(text), self._font(kind, bold=bold))

    def widest(self, texts: Iterable[str], *, kind: Kind = "font.size", bold: bool = False) -> float:
        """Measure the widest of some lines."""
        return max((self.measured(text, kind=kind, bold=bold) for text in texts), default=0.0)

    def wrapped(
        self, text: str, room: float, *, kind: Kind = "font.size", bold: bool = False, most: int | None = None
    ) -> list[str]:
        """Break text into lines no wider than `room`; a word that is wider is broken, too.

        Args:
            text: Words, as they came from data.
            room: In pixels.
            kind: Size of the text.
            bold: Whether it is set in bold.
            most: At most so many lines; the last one then ends with an ellipsis.
        """
        lines, line = [], ""
        for word in self.drawable(text).split(" "):
            longer = f"{line} {word}".lstrip()
            if self.measured(longer, kind=kind, bold=bold) <= room:
                line = longer
                continue
            lines += [line] if line else []
            while self.measured(word, kind=kind, bold=bold) > room and len(word) > 1:
                fits = next(
                    (n for n in range(len(word) - 1, 1, -1) if self.measured(word[:n], kind=kind, bold=bold) <= room), 1
                )
                lines.append(word[:fits])
                word = word[fits:]  # noqa: PLW2901
            line = word
        lines += [line] if line else []
        if most is None or len(lines) <= most:
            return lines or [""]
        last = lines[most - 1]
        while last and self.measured(last + _ELLIPSIS, kind=kind, bold=bold) > room:
            last = last[:-1]
        return [*lines[: most - 1], last.rstrip(" ,;") + _ELLIPSIS]

    def balanced(self, text: str, room: float, *, kind: Kind, bold: bool, most: int) -> list[str]:
        """Break text into lines of about the same length, as few as can be: no single word on the last one."""
        lines = self.wrapped(text, room, kind=kind, bold=bold, most=most)
        for share in (0.55, 0.65, 0.75, 0.85):
            if len(lines) > 1:
                even = self.wrapped(text, room * share, kind=kind, bold=bold)
                if len(even) == len(lines):
                    return even
        return lines

    def drawable(self, text: str) -> str:
        """Make text from data fit to be drawn: one line, no control characters, a question mark for what lacks."""
        font = get_font(_path(self._font("font.size", bold=True)))
        return "".join(letter if font.get_char_index(ord(letter)) else "?" for letter in " ".join(plain(text).split()))

    def _font(self, kind: Kind, *, bold: bool) -> FontProperties:
        families = self.look.rc["font.family"]
        named = [one for family in families for one in self.look.rc.get(f"font.{family}", [family])]
        return FontProperties(
            family=_known(tuple(named)), weight="bold" if bold else "normal", size=self.look.points(kind)
        )


def _line(x: Sequence[float], y: Sequence[float], colour: Any) -> Any:
    from matplotlib.lines import Line2D

    return Line2D(x, y, color=colour, linewidth=0.8)


@cache
def _known(families: tuple[str, ...]) -> str:
    """Choose the first family that is there, as Matplotlib does when it draws."""
    names = {entry.name for entry in fontManager.ttflist}
    return next((family for family in families if family in names), "DejaVu Sans")


def _path(font: FontProperties) -> str:
    return str(fontManager.findfont(font))


@cache
def _renderer() -> RendererAgg:
    return RendererAgg(1, 1, 144)  # type: ignore[no-untyped-call]


@cache
def _measured(text: str, font: FontProperties) -> float:
    # At twice the density letters snap less to pixels.
    wide, _, _ = _renderer().get_text_width_height_descent(text, font, ismath=False)  # type: ignore[no-untyped-call]
    return float(wide) / 2
