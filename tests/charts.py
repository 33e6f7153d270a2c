"""What holds of the picture of any chart, measured on the figure itself and not on its pixels."""

from __future__ import annotations

from itertools import combinations
from typing import cast

from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from npqstats.charts import frame, render
from npqstats.charts.chart import Chart
from npqstats.charts.look import Look
from npqstats.charts.sizes import Size

_DENSITY = 144
"""Dots per inch of the PNG; at half of that, letters snap to pixels and stand wider than they are drawn."""
_SLACK = 1.0
"""Pixels that the boxes of two texts may share; a box is as high as a line with capitals and tails."""


def figure(chart: Chart, size: Size, look: Look) -> Figure:
    """Draw a chart at a size, in a theme."""
    return render.figure(frame.drawing(chart, size, look))


def texts(figure: Figure) -> list[str]:
    """Every line of text on a figure, in the order in which it was written."""
    return [text.get_text() for text in _written(figure)]


def check_fits(figure: Figure) -> None:
    """Fail unless every text stands within the figure, and none touches another."""
    boxes = [(text.get_text(), box) for text, box in zip(_written(figure), _boxes(figure), strict=True)]
    wide, high = figure.bbox.size
    outside = [
        f"{text!r} at {_place(box)}"
        for text, box in boxes
        if box.x0 < -_SLACK or box.y0 < -_SLACK or box.x1 > wide + _SLACK or box.y1 > high + _SLACK
    ]
    assert not outside, f"Outside a figure of {wide:.0f}x{high:.0f}: {'; '.join(outside)}"
    touching = [
        f"{text!r} at {_place(box)} and {other!r} at {_place(beside)}"
        for (text, box), (other, beside) in combinations(boxes, 2)
        if _is_touching(box, beside)
    ]
    assert not touching, f"On a figure of {wide:.0f}x{high:.0f} these touch: {'; '.join(touching)}"


def _written(figure: Figure) -> list[Text]:
    found = cast("list[Text]", figure.findobj(Text))
    return [text for text in found if text.get_text().strip()]


def _boxes(figure: Figure) -> list[Bbox]:
    """Measure every text as in the PNG, in pixels of a web page."""
    with render.settings():
        renderer = RendererAgg(1, 1, _DENSITY)  # type: ignore[no-untyped-call]
        drawn = [text.get_window_extent(renderer, dpi=_DENSITY) for text in _written(figure)]
    return [Bbox(box.get_points() * figure.dpi / _DENSITY) for box in drawn]


def _is_touching(box: Bbox, other: Bbox) -> bool:
    across = min(box.x1, other.x1) - max(box.x0, other.x0)
    upward = min(box.y1, other.y1) - max(box.y0, other.y0)
    return bool(across > _SLACK and upward > _SLACK)


def _place(box: Bbox) -> str:
    return f"{box.x0:.0f} to {box.x1:.0f} across, {box.y0:.0f} to {box.y1:.0f} up"
