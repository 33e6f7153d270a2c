"""A drawing made into a picture: the only module that imports Matplotlib."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from matplotlib import rc_context, rcParamsDefault
from matplotlib.artist import Artist
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.text import Text
from matplotlib.transforms import Affine2D

from npqstats.charts.drawing import Band, Drawing, Mark, Stroke, Words
from npqstats.charts.text import FAMILIES

_DENSITY = 2
"""Pixels of a PNG, each way, for one of a web page."""
_ABOVE_ALL = 9
_STYLE = {
    "font.family": "sans-serif",
    "font.sans-serif": FAMILIES,
    "svg.fonttype": "none",
    "svg.hashsalt": "npqstats",
    "hatch.linewidth": 0.8,
}
_READ_WHILE_DRAWING = ("font.", "text.", "svg.", "hatch.", "path.", "lines.", "patch.", "figure.", "savefig.", "agg.")
"""Beginnings of the settings of Matplotlib that what we draw depends on."""


@contextmanager
def settings() -> Iterator[None]:
    """Draw by our settings, whatever the user's own Matplotlib settings say."""
    ours: dict[Any, Any] = {
        name: value for name, value in rcParamsDefault.items() if name.startswith(_READ_WHILE_DRAWING)
    }
    with rc_context(ours | _STYLE):
        yield


def figure(drawing: Drawing) -> Figure:
    """Make a Matplotlib figure of a drawing, with one point for each pixel."""
    wide, high = drawing.size
    with settings():
        made = Figure(figsize=(wide / 72, high / 72), dpi=72, facecolor=drawing.ground)
        pixels = Affine2D().scale(1 / wide, 1 / high) + made.transFigure
        for part in drawing.parts:
            artist = _artist(part)
            artist.set_transform(pixels)
            made.add_artist(artist)
    return made


def _artist(part: Band | Stroke | Mark | Words) -> Artist:
    if isinstance(part, Band):
        return Rectangle(
            (part.box.left, part.box.bottom),
            part.box.width,
            part.box.height,
            facecolor=part.colour,
            edgecolor=part.outline,
            linewidth=part.weight,
            hatch=part.hatch,
            zorder=part.order,
        )
    if isinstance(part, Stroke):
        return Line2D(
            [part.start[0], part.end[0]],
            [part.start[1], part.end[1]],
            color=part.colour,
            linewidth=part.weight,
            linestyle=(0, part.dashes) if part.dashes else "-",
            zorder=part.order,
        )
    if isinstance(part, Mark):
        return Line2D(
            [part.place[0]],
            [part.place[1]],
            marker=part.shape,
            markersize=part.size,
            markeredgewidth=part.weight,
            markeredgecolor=part.colour,
            markerfacecolor=part.fill,
            linestyle="none",
            zorder=part.order,
        )
    return Text(
        *part.place,
        part.text,
        fontsize=part.size,
        color=part.colour,
        fontweight="bold" if part.is_bold else "normal",
        ha=part.align,
        va="baseline",
        parse_math=False,
        zorder=_ABOVE_ALL,
    )


def pictures(drawing: Drawing, title: str, description: str) -> tuple[str, bytes]:
    """Make an SVG and a PNG of a drawing; the same bytes each time on the same machine.

    Args:
        drawing: What to draw.
        title: Noted in the PNG.
        description: Noted in the PNG.
    """
    made = figure(drawing)
    svg, png = io.StringIO(), io.BytesIO()
    with settings():
        made.savefig(svg, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
        noted = {"Software": None, "Title": title, "Description": description}
        made.savefig(png, format="png", dpi=72 * _DENSITY, metadata=noted)
    return svg.getvalue(), png.getvalue()
