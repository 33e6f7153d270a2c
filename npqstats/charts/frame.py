"""The frame of every chart: headline, what is counted, notes and source, measured with Matplotlib's renderer."""

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, fontManager, get_font
from matplotlib.lines import Line2D
from matplotlib.transforms import Affine2D, Bbox, BboxBase

from npqstats.charts.style import Look, Size
from npqstats.vocabulary.names import plain

if TYPE_CHECKING:
    from npqstats.charts.chart import Chart

LEADING = 1.25
"""Height of a line of text, of its size."""
_ROOM = 1.1
"""How much wider than measured a text may be: a reader's machine without our font takes Arial or Helvetica."""
_MARGIN = 12.0
Kind = Literal["font.size", "axes.titlesize", "legend.fontsize"]
Spot = Literal["above", "below", "right", "left", "top right", "top left"]
_SPOTS: dict[Spot, dict[str, Any]] = {
    "above": {"xytext": (0, 7), "ha": "center", "va": "bottom"},
    "below": {"xytext": (0, -7), "ha": "center", "va": "top"},
    "right": {"xytext": (7, 0), "ha": "left", "va": "center"},
    "left": {"xytext": (-7, 0), "ha": "right", "va": "center"},
    "top right": {"xytext": (4, 5), "ha": "left", "va": "bottom"},
    "top left": {"xytext": (-4, 5), "ha": "right", "va": "bottom"},
}
"""Where a label is beside its point: points to the right and up, and which of its edges is there."""


class ChartFigure(Figure):
    """A Matplotlib figure that draws, saves and shows itself in its own style, without pyplot."""

    def __init__(self, chart: "Chart", size: Size, look: Look) -> None:
        """Begin an empty figure of a size, of one point for each pixel of the drawing."""
        wide, high = size.drawn
        super().__init__(figsize=(wide / 72, high / 72), dpi=72 * size.zoom, facecolor=look.ground)
        FigureCanvasAgg(self)
        self.chart, self.look, self.size = chart, look, size
        self._shown: Bbox | None = None

    def draw(self, renderer: Any) -> None:
        """Draw in the style of the chart."""
        with self.look.entered():
            super().draw(renderer)

    def savefig(self, fname: Any, **options: Any) -> None:
        """Save as Matplotlib does, in the style of the chart and without dates, so that the same bytes come again."""
        suffix = str(options.get("format") or str(fname).rpartition(".")[2]).lower()
        title, alt = plain(self.chart.headline), plain(self.chart.alt)
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
        title, alt = escape(plain(self.chart.headline)), escape(plain(self.chart.alt))
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

    def __init__(self, chart: "Chart", size: Size, look: Look, *, is_bare: bool = False) -> None:
        """Write the words of a chart, as far as there is room; `is_bare` leaves them out."""
        self.figure = ChartFigure(chart, size, look)
        self.look, self.is_narrow, self.is_bare = look, size.is_narrow, is_bare
        self.is_beside = size.is_low and chart.is_ranked and not is_bare
        """Whether headline and notes are beside the plot, for that is low."""
        self.width, self.height = size.drawn
        self.label = look.points()
        """Size of numbers and labels, in pixels."""
        self.line = self.label * LEADING
        """Height of a line of labels, in pixels."""
        self.spare = 0.0
        """Height that the plot leaves empty below it."""
        self._taken: list[Bbox] = []
        """Where there is text, which the next label is kept clear of."""
        margin = 2.0 if is_bare else _MARGIN * (0.85 if self.is_narrow else 1)
        self.left, self.right = margin, self.width - margin
        self.bottom, self.top = margin, self.height - margin
        if not is_bare:
            self._write_foot(chart.source, () if self.is_beside else chart.notes[:2])
            self._write_head(chart)

    def _write_head(self, chart: "Chart") -> None:
        """Write the headline and what is counted above the plot, or with the notes beside one that is low."""
        wide, most = self.right - self.left, self.top - self.bottom
        tries = [(share, chart.notes[:n]) for n in (2, 1, 0) for share in (0.3, 0.34, 0.42)] if self.is_beside else []
        for share, notes in [*tries, (1.0, ())]:
            kinds: list[tuple[str, Kind, bool]] = [(chart.headline, "axes.titlesize", True)]
            kinds += [(chart.counted, "font.size", False), *((note, "legend.fontsize", False) for note in notes)]
            blocks = [
                (self.balanced(text, wide * share, kind=kind, bold=bold), kind, bold) for text, kind, bold in kinds
            ]
            leads = [self.look.points(kind) * (1.18 if bold else LEADING) for _, kind, bold in blocks]
            high = sum(len(block) * lead + 3 for (block, _, _), lead in zip(blocks, leads, strict=True))
            if high <= most:
                break
        if high > most:
            # A title of one's own can be longer than the picture.
            keep = max(1, int(0.6 * most / leads[0]))
            blocks[0][0][keep:] = ["\u2026"] if len(blocks[0][0]) > keep else []
        y = self.top
        for (block, kind, bold), lead in zip(blocks, leads, strict=True):
            for line in block:
                colour = self.look.text if bold else self.look.quiet
                self.text(self.left, y, line, kind=kind, bold=bold, colour=colour, va="top")
                y -= lead
            y -= 3
        if share < 1:
            self.left += wide * share + 14
        else:
            self.top = y - (6 if self.is_narrow else 10)

    def _write_foot(self, source: Sequence[str], notes: Sequence[str]) -> None:
        kind: Kind = "legend.fontsize"
        high, room = self.look.points(kind) * LEADING, self.right - self.left
        fitting = [line for line in source if self.measured(line, kind=kind) <= room]
        lines = fitting[:1] or self.wrapped(source[-1], room, kind=kind)
        for index, line in enumerate(reversed(lines)):
            self.text(self.left, self.bottom + index * high, line, kind=kind, colour=self.look.quiet, va="bottom")
        self.bottom += len(lines) * high + 2
        self.rule((self.left, self.bottom), (self.right, self.bottom), self.look.grid)
        self.bottom += 3
        # Notes that a low picture has no room for are in the text alternative and on the page only.
        most, shown = 1 if self.height < 250 else 2 if self.height < 400 else 4, []
        for note in notes:
            most -= len(self.balanced(note, room, kind=kind, bold=False))
            shown += [note] if most >= 0 else []
        self.foot(*shown)
        self.bottom += 4

    def foot(self, *notes: str) -> None:
        """Write notes at the lower edge of the room for the plot, which they take."""
        kind: Kind = "legend.fontsize"
        lines = [line for note in notes for line in self.balanced(note, self.right - self.left, kind=kind, bold=False)]
        for line in reversed(lines):
            self.text(self.left, self.bottom, line, kind=kind, colour=self.look.quiet, va="bottom")
            self.bottom += self.look.points(kind) * LEADING

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
    ) -> None:
        """Write a line anywhere on the figure."""
        written = self.figure.text(
            x / self.width,
            y / self.height,
            self.drawable(words),
            fontsize=self.look.points(kind),
            fontweight="bold" if bold else "normal",
            color=self.look.text if colour is None else colour,
            ha=ha,
            va=va,
        )
        self._taken.append(Bbox(written.get_window_extent().get_points()))

    def rule(self, one: tuple[float, float], two: tuple[float, float], colour: Any) -> None:
        """Draw a thin line between two places of the figure."""
        xs, ys = ([each[axis] / size for each in (one, two)] for axis, size in enumerate((self.width, self.height)))
        self.figure.add_artist(Line2D(xs, ys, color=colour, linewidth=0.8))

    def axes(self, *, left: float = 0, right: float = 0, top: float = 0, bottom: float = 0) -> Axes:
        """Make axes in the room for the plot, less so many pixels at each side."""
        low, high = self.bottom + bottom, max(self.top - top, self.bottom + bottom + 20)
        begin, end = self.left + left, max(self.right - right, self.left + left + 20)
        bounds = (begin / self.width, low / self.height, (end - begin) / self.width, (high - low) / self.height)
        axes = self.figure.add_axes(bounds)
        axes.tick_params(labelsize=self.label)
        return axes

    def at(self, axes: Axes, x: float, y: float) -> tuple[float, float]:
        """Return where a point of the data is, in pixels."""
        across, up = axes.transData.transform((x, y)) / self.figure.size.zoom
        return float(across), float(up)

    def room(self, axes: Axes) -> BboxBase:
        """Return where axes are, in pixels."""
        return axes.get_position().transformed(Affine2D().scale(self.width, self.height))

    def write(self, axes: Axes, words: str, xy: tuple[float, float], spots: Sequence[Spot], **font: Any) -> bool:
        """Write a label beside a point of the data, where it touches no line and no text that is there already.

        Args:
            axes: With their scale set and their lines drawn.
            words: One line or more.
            xy: The point.
            spots: Sides of the point, the best first.
            font: Matplotlib's `fontsize`, `fontweight` and `color`, other than those of figures.

        Returns:
            Whether there was room for it.
        """
        words = "\n".join(map(self.drawable, words.split("\n")))
        font = {"fontsize": self.label, "color": self.look.text, "annotation_clip": False, "zorder": 6} | font
        for spot in spots:
            label = axes.annotate(words, xy, textcoords="offset points", **_SPOTS[spot], **font)
            box = Bbox(label.get_window_extent().expanded(2 * _ROOM - 1, 1).get_points())
            if self._is_free(axes, box):
                self._taken.append(box)
                return True
            label.remove()
        return False

    def _is_free(self, axes: Axes, box: Bbox) -> bool:
        """Whether a label would be within the plot and touch nothing."""
        room, zoom = self.room(axes), self.figure.size.zoom
        # Below the axes are the years, if they are labelled.
        low = room.y0 + 1 if len(axes.get_xticks()) else self.bottom
        edges = Bbox.from_extents(room.x0 - 3, low, self.right, self.top + self.line)
        lines = [line.get_transform().transform_path(line.get_path()) for line in axes.lines]
        return (
            all(edges.contains(x / zoom, y / zoom) for x, y in box.corners())
            and not box.count_overlaps(self._taken)
            and not any(line.intersects_bbox(box, filled=False) for line in lines)
        )

    def measured(self, text: str, *, kind: Kind = "font.size", bold: bool = False) -> float:
        """Measure a line, in pixels, with room for a wider font than ours."""
        return _ROOM * _measured(self.drawable(text), self._font(kind, bold=bold))

    def widest(self, texts: Iterable[str], *, kind: Kind = "font.size", bold: bool = False) -> float:
        """Measure the widest of some lines."""
        return max((self.measured(text, kind=kind, bold=bold) for text in texts), default=0.0)

    def wrapped(self, text: str, room: float, *, kind: Kind = "font.size", bold: bool = False) -> list[str]:
        """Break text into lines no wider than `room` pixels; a word that is wider is broken, too."""
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
        return [*lines, line] if line else lines or [""]

    def balanced(self, text: str, room: float, *, kind: Kind, bold: bool) -> list[str]:
        """Break text into lines of about the same length, as few as can be: no single word on the last one."""
        lines, least = self.wrapped(text, room, kind=kind, bold=bold), self.widest(text.split(), kind=kind, bold=bold)
        for share in (0.55, 0.65, 0.75, 0.85, 0.92):
            even = self.wrapped(text, min(room, max(room * share, least)), kind=kind, bold=bold)
            if len(even) == len(lines):
                return even
        return lines

    def drawable(self, text: str) -> str:
        """Make text from data fit to be drawn: one line, no control characters, a question mark for what lacks."""
        return _drawable(text, _path(self._font("font.size", bold=True)))

    def _font(self, kind: Kind, *, bold: bool) -> FontProperties:
        families = self.look.rc["font.family"]
        named = [one for family in families for one in self.look.rc.get(f"font.{family}", [family])]
        return _font(_known(tuple(named)), "bold" if bold else "normal", self.look.points(kind))


@cache
def _known(families: tuple[str, ...]) -> str:
    """Choose the first family that is there, as Matplotlib does when it draws."""
    names = {entry.name for entry in fontManager.ttflist}
    return next((family for family in families if family in names), "DejaVu Sans")


@cache
def _font(family: str, weight: str, size: float) -> FontProperties:
    return FontProperties(family=family, weight=weight, size=size)


@cache
def _path(font: FontProperties) -> str:
    return str(fontManager.findfont(font))


@cache
def _drawable(text: str, path: str) -> str:
    font = get_font(path)
    return "".join(letter if font.get_char_index(ord(letter)) else "?" for letter in " ".join(plain(text).split()))


@cache
def _renderer() -> RendererAgg:
    return RendererAgg(1, 1, 144)  # type: ignore[no-untyped-call]


@cache
def _measured(text: str, font: FontProperties) -> float:
    # At twice the density letters snap less to pixels.
    wide, _, _ = _renderer().get_text_width_height_descent(text, font, ismath=False)  # type: ignore[no-untyped-call]
    return float(wide) / 2
