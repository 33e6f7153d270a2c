"""The frame of every chart: headline, what is counted, notes and source, measured as Matplotlib sets them."""

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache
from math import ceil
from textwrap import wrap
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, fontManager, get_font
from matplotlib.lines import Line2D
from matplotlib.text import Text
from matplotlib.textpath import text_to_path
from matplotlib.transforms import Affine2D, Bbox

from npqstats.charts.style import Look, Size
from npqstats.vocabulary.names import plain

if TYPE_CHECKING:
    from npqstats.charts.chart import Chart

_ROOM = 1.1
"""How much wider than measured a text may be: a reader's machine without our font takes Arial or Helvetica."""
_MARGIN, _MARK = 12.0, 2.5
"""Pixels at the edge of a picture, and of a mark beside its point."""
_BESIDE = (0.3, 0.42, 1.0)
"""Shares of the width for a headline beside its plot, the best first; where none but all will do, it is above."""
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


class Face(NamedTuple):
    """How a text is set: Matplotlib's parameter for its size, its weight, and the height of a line, of its size."""

    size: str
    weight: str = "normal"
    leading: float = 1.25


HEADLINE, SMALL = Face("axes.titlesize", "bold", 1.18), Face("legend.fontsize")
PLAIN, BOLD = Face("font.size"), Face("font.size", "bold")


class ChartFigure(Figure):
    """A Matplotlib figure that draws, saves and shows itself in its own style, without pyplot."""

    def __init__(self, chart: "Chart", size: Size, look: Look) -> None:
        """Begin an empty figure of a size, of one point for each pixel of the drawing."""
        wide, high = size.drawn
        super().__init__(figsize=(wide / 72, high / 72), dpi=72, facecolor=look.ground)
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
            ours = {"metadata": without_dates.get(suffix), "dpi": 72 * self.size.zoom, "bbox_inches": self._shown}
            super().savefig(fname, **(ours | options))

    def cut_below(self, spare: float) -> None:
        """Leave out the lower edge of what is saved, in pixels of the drawing."""
        self.size = replace(self.size, height=round(self.size.height - spare * self.size.zoom))
        (wide, high), shown = self.get_size_inches(), self.size.drawn[1] / 72
        self._shown = Bbox.from_extents(0, high - shown, wide, high)

    def saved(self, kind: str) -> bytes:
        """Return the picture as `svg`, `png` (twice as many pixels as the size says) or `pdf`."""
        buffer = io.BytesIO()
        # An SVG and a PDF are in points; 72 to the inch makes these the pixels of the drawing.
        self.savefig(buffer, format=kind, dpi=72 * (2 * self.size.zoom if kind == "png" else 1))
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
        self.look, self.is_bare = look, is_bare
        self.is_beside = size.is_low and chart.is_ranked and not is_bare
        """Whether headline and notes are beside the plot, for that is low."""
        self.width, self.height = size.drawn
        self.line = self.leading(PLAIN)
        """Height of a line of labels, in pixels."""
        self.spare = 0.0
        """Height that the plot leaves empty below it."""
        self._pixels = Affine2D().scale(1 / self.width, 1 / self.height) + self.figure.transFigure
        self._feet: list[Text] = []
        self._taken: list[Bbox] = []
        """Where there is text, which the next label is kept clear of."""
        margin = 2.0 if is_bare else _MARGIN * min(1.0, size.scale)
        self.left, self.right = margin, self.width - margin
        self.bottom, self.top = margin, self.height - margin
        if not is_bare:
            self._write_foot(chart.caption.source, () if self.is_beside else chart.caption.notes[:2])
            self._write_head(chart)

    def _write_head(self, chart: "Chart") -> None:
        """Write the headline and what is counted above the plot, or with the notes beside one that is low."""
        wide, most = self.right - self.left, self.top - self.bottom
        for share in _BESIDE if self.is_beside else _BESIDE[-1:]:
            notes = [(note, SMALL) for note in chart.caption.notes[:2] if share < 1]
            said = [(chart.headline, HEADLINE), (chart.caption.counted, PLAIN), *notes]
            blocks = [(self.wrapped(text, share * wide, face), face) for text, face in said]
            room = most - self._high(*blocks[:2])
            if room >= 0:
                break
        if room < 0:
            # A title of one's own can be longer than the picture.
            title, keep = blocks[0][0], max(1, int(0.6 * most / self.leading(HEADLINE)))
            title[keep:] = ["\u2026"] if len(title) > keep else []
        y = self.top
        for number, (lines, face) in enumerate(blocks):
            if number < 2 or self._high(*blocks[: number + 1]) <= most:
                y = self.block(self.left, y, lines, face, self.look.text if number == 0 else self.look.quiet) - 3
        if share < 1:
            self.left += wide * share + 14
        else:
            self.top = y - 10 * self.figure.size.scale

    def _high(self, *blocks: tuple[Sequence[str], Face]) -> float:
        return sum(len(lines) * self.leading(face) + 3 for lines, face in blocks)

    def _write_foot(self, source: Sequence[str], notes: Sequence[str]) -> None:
        room = self.right - self.left
        fitting = [[line] for line in source if self.measured(line, SMALL) <= room]
        self._write_up(fitting[0] if fitting else self.wrapped(source[-1], room, SMALL))
        self.bottom += 2
        self.rule((self.left, self.bottom), (self.right, self.bottom), self.look.grid)
        self.bottom += 3
        # Notes that a low picture has no room for are in the text alternative and on the page only.
        most, shown = 1 if self.height < 250 else 2 if self.height < 400 else 4, []
        for note in notes:
            most -= len(self.wrapped(note, room, SMALL))
            shown += [note] if most >= 0 else []
        self.foot(*shown)
        self.bottom += 4

    def foot(self, *notes: str) -> None:
        """Write notes at the lower edge of the room for the plot, which they take."""
        self._write_up([line for note in notes for line in self.wrapped(note, self.right - self.left, SMALL)])

    def _write_up(self, lines: Sequence[str]) -> None:
        self.bottom += len(lines) * self.leading(SMALL)
        before = len(self.figure.texts)
        self.block(self.left, self.bottom, lines, SMALL, self.look.quiet)
        self._feet += self.figure.texts[before:]

    def cut(self) -> None:
        """Do without the height that the plot leaves empty: what is written at the lower edge moves up."""
        for text in self._feet:
            text.set_y(text.get_position()[1] + self.spare)
        self.figure.cut_below(self.spare)

    def block(self, x: float, y: float, lines: Iterable[str], face: Face = PLAIN, colour: Any = None) -> float:
        """Write lines under each other, from a height downwards; return where they end."""
        for line in lines:
            self.text(x, y, line, face, colour, va="top")
            y -= self.leading(face)
        return y

    def text(self, x: float, y: float, words: str, face: Face = PLAIN, colour: Any = None, **align: str) -> None:
        """Write a line anywhere on the figure, to the right of a point unless `ha` and `va` say otherwise."""
        font = {"ha": "left", "va": "center", **align, **self._font(face, colour)}
        written = self.figure.text(x, y, self.drawable(words), transform=self._pixels, **font)
        self._taken.append(Bbox(written.get_window_extent().get_points()))

    def _font(self, face: Face, colour: Any) -> dict[str, Any]:
        colour = self.look.legible(self.look.text if colour is None else colour)
        return {"fontsize": self.look.points(face.size), "fontweight": face.weight, "color": colour}

    def rule(self, one: tuple[float, float], two: tuple[float, float], colour: Any) -> None:
        """Draw a thin line between two positions on the figure."""
        xs, ys = zip(one, two, strict=True)
        self.figure.add_artist(Line2D(xs, ys, color=colour, linewidth=0.8, transform=self._pixels))

    def axes(self, *, left: float = 0, right: float = 0, top: float = 0, bottom: float = 0) -> Axes:
        """Make axes in the room for the plot, less so many pixels at each side."""
        low, high = self.bottom + bottom, max(self.top - top, self.bottom + bottom + 20)
        begin, end = self.left + left, max(self.right - right, self.left + left + 20)
        bounds = (begin / self.width, low / self.height, (end - begin) / self.width, (high - low) / self.height)
        axes = self.figure.add_axes(bounds)
        axes.tick_params(labelsize=self.look.points(), labelcolor=self.look.legible(self.look.quiet))
        return axes

    def write(
        self, axes: Axes, words: str, xy: tuple[float, float], spots: Sequence[Spot], face: Face = PLAIN, **more: Any
    ) -> bool:
        """Write a label beside a point of the data, where it touches no line and no text that is there already.

        Args:
            axes: With their scale set and their lines drawn.
            words: One line or more.
            xy: The point.
            spots: Sides of the point, the best first.
            face: How it is set.
            more: Its `colour`, other than that of text, and Matplotlib's `xycoords`, other than those of the data.

        Returns:
            Whether there was room for it.
        """
        words = "\n".join(map(self.drawable, words.split("\n")))
        font = self._font(face, more.pop("colour", None)) | {"annotation_clip": False, "zorder": 6} | more
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
        # Below the axes are the years, if they are labelled.
        low = axes.bbox.y0 + 1 if len(axes.get_xticks()) else self.bottom
        edges = Bbox.from_extents(axes.bbox.x0 - 3, low, self.right, self.top + self.line)
        lines = [line.get_transform().transform_path(line.get_path()) for line in axes.lines]
        return (
            all(edges.contains(x, y) for x, y in box.corners())
            and not box.count_overlaps(self._taken)
            and not any(line.intersects_bbox(box, filled=False) for line in lines)
            and not any(box.padded(_MARK).count_contains(line.vertices) for line in lines)
        )

    def leading(self, face: Face) -> float:
        """Return the height of a line, in pixels."""
        return face.leading * self.look.points(face.size)

    def measured(self, text: str, face: Face = PLAIN) -> float:
        """Measure a line, in pixels, with room for a wider font than ours."""
        return _ROOM * _measured(
            self.drawable(text), _file(self.look.families, face.weight), self.look.points(face.size)
        )

    def widest(self, texts: Iterable[str], face: Face = PLAIN) -> float:
        """Measure the widest of some lines."""
        return max((self.measured(text, face) for text in texts), default=0.0)

    def wrapped(self, text: str, room: float, face: Face = PLAIN) -> list[str]:
        """Break text into lines of about one length, as few as can be, each no wider than `room` pixels.

        A word that is wider is broken, too; no single word is left on the last line.
        """
        words = list[str]()
        for word in self.drawable(text).split():
            parts = ceil(self.measured(word, face) / (0.9 * room)) if self.measured(word, face) > room else 1
            words += wrap(word, ceil(len(word) / parts))
        lines, least = self._filled(words, room, face), self.widest(words, face)
        narrower = (self._filled(words, max(room * share, least), face) for share in (0.55, 0.65, 0.75, 0.85, 0.92))
        return next((even for even in narrower if len(even) == len(lines)), lines)

    def _filled(self, words: Sequence[str], room: float, face: Face) -> list[str]:
        lines = [""]
        for word in words:
            longer = f"{lines[-1]} {word}".lstrip()
            if self.measured(longer, face) <= room:
                lines[-1] = longer
            else:
                lines.append(word)
        return lines

    def drawable(self, text: str) -> str:
        """Make text from data fit to be drawn: one line, no control characters, a question mark for what lacks."""
        return _drawable(text, _file(self.look.families, "bold"))


@cache
def _file(families: tuple[str, ...], weight: str) -> str:
    """Find the file of the first font family that is there, as Matplotlib does when it draws."""
    return str(fontManager.findfont(FontProperties(family=families, weight=weight)))


@cache
def _drawable(text: str, path: str) -> str:
    font = get_font(path)
    return "".join(letter if font.get_char_index(ord(letter)) else "?" for letter in " ".join(plain(text).split()))


@cache
def _measured(text: str, path: str, size: float) -> float:
    font = FontProperties(fname=path, size=size)
    return float(text_to_path.get_text_width_height_descent(text, font, ismath=False)[0])
