"""Places in order of size, a dot each: in rows with their names, or many side by side with the first and last named."""

from collections.abc import Sequence

from npqstats.charts.canvas import LEADING, SMALL, Canvas
from npqstats.charts.drawing import Box
from npqstats.charts.ranking import Area, Ranking
from npqstats.charts.scale import bounds, tick_label

_ROW = 1.22
"""From one row to the next at least, in letters."""
_TALLEST_ROW = 40
_AXIS = 18
_NAMES = 0.46
"""How much of the width names may take."""
_DOT = 8


def height(canvas: Canvas, ranking: Ranking) -> float:
    """Give the height that rows with names take at least, with their axis, in pixels."""
    return least(canvas, ranking) + _axis_height(canvas, ranking) + _nation_height(canvas, ranking)


def least(canvas: Canvas, ranking: Ranking) -> float:
    """Give the height of the rows alone, in pixels."""
    return len(ranking.areas) * canvas.px(SMALL) * _ROW


def _axis_height(canvas: Canvas, ranking: Ranking) -> float:
    return canvas.px(_AXIS) if ranking.known else 0.0


def _nation_height(canvas: Canvas, ranking: Ranking) -> float:
    return canvas.px(SMALL) * LEADING if ranking.nation else 0.0


def paint(canvas: Canvas, ranking: Ranking) -> None:
    """Draw a row for each place: name, dot and figure; England's figure is a dashed line down the rows.

    Where there is room for the rows alone, the axis and England are left out.
    """
    canvas = canvas.within(_as_tall_as_needed(canvas, ranking))
    ticks = bounds(ranking.values, ranking.unit)
    is_full = height(canvas, ranking) <= canvas.plot.height
    room = canvas.plot.width * _NAMES
    names = canvas.widest((area.short for area in ranking.areas), size=SMALL, bold=True)
    words = canvas.widest((area.said for area in ranking.areas), size=SMALL, bold=True)
    plot = canvas.plot.inset(
        left=min(names, room) + canvas.px(14),
        right=words + canvas.px(12),
        bottom=_axis_height(canvas, ranking) if is_full else 0,
        top=_nation_height(canvas, ranking) if is_full else 0,
    )
    row = plot.height / max(1, len(ranking.areas))

    def x(value: float) -> float:
        return plot.left + (value - ticks[0]) / (ticks[-1] - ticks[0]) * plot.width

    for place, area in enumerate(ranking.areas):
        y = plot.top - (place + 0.5) * row
        _row(canvas, plot, y, area, room, most=max(1, int(row / (canvas.px(SMALL) * LEADING))))
        if area.value is not None:
            mark(canvas, (x(area.value), y), area, _DOT)
    if ranking.known and is_full:
        _axis(canvas, plot, [(x(tick), tick_label(tick, ranking.unit, ticks)) for tick in ticks])
    if ranking.nation and ranking.nation.value is not None and is_full:
        _reference(canvas, plot, x(ranking.nation.value), ranking.nation)


def _as_tall_as_needed(canvas: Canvas, ranking: Ranking) -> Box:
    box = canvas.plot
    tallest = (len(ranking.areas) + 1) * canvas.px(_TALLEST_ROW) + canvas.px(_AXIS)
    return box.inset(bottom=max(0.0, box.height - tallest))


def _row(canvas: Canvas, plot: Box, y: float, area: Area, room: float, most: int) -> None:
    look, box = canvas.look, canvas.plot
    canvas.stroke((plot.left, y), (plot.right, y), colour=look.grid, weight=0.8, order=0.5)
    names = canvas.lines(area.short, room, size=SMALL, bold=area.is_highlighted, most=most)
    canvas.words((box.left, y), names, size=SMALL, bold=area.is_highlighted, vertical="center")
    canvas.words((box.right, y), area.said, size=SMALL, bold=area.is_highlighted, align="right", vertical="center")


def mark(canvas: Canvas, place: tuple[float, float], area: Area, size: float) -> None:
    """Draw the dot of a place: a diamond where it is not official, hollow where it still grows."""
    look = canvas.look
    colour = look.series[1] if area.is_highlighted else look.series[0]
    canvas.mark(
        place,
        ("s" if area.is_highlighted else "o") if area.is_official else "D",
        colour=colour,
        size=size * (1.25 if area.is_highlighted else 1),
        is_hollow=area.is_unfinished,
        weight=size * 0.2,
        order=3 if area.is_highlighted else 2,
    )


def _axis(canvas: Canvas, plot: Box, ticks: Sequence[tuple[float, str]]) -> None:
    """Write the ends of the scale, and what of its other values fits between."""
    y, gap = plot.bottom - canvas.px(3), canvas.px(8)
    canvas.stroke((plot.left, plot.bottom), (plot.right, plot.bottom), colour=canvas.look.outline, order=0.5)
    taken: list[tuple[float, float]] = []
    for x, words in [ticks[0], ticks[-1], *ticks[1:-1]]:
        half = canvas.width(words, size=SMALL) / 2
        if all(x + half + gap <= left or right + gap <= x - half for left, right in taken):
            taken.append((x - half, x + half))
            canvas.stroke((x, plot.bottom), (x, plot.bottom - canvas.px(3)), colour=canvas.look.outline, order=0.5)
            canvas.words((x, y), words, size=SMALL, align="center", vertical="top", colour=canvas.look.quiet)


def _reference(canvas: Canvas, plot: Box, x: float, nation: Area) -> None:
    words = f"{nation.name} {nation.words}"
    half = canvas.width(words, size=SMALL) / 2
    middle = min(max(x, canvas.plot.left + half), canvas.plot.right - half)
    canvas.stroke((x, plot.bottom), (x, plot.top), colour=canvas.look.quiet, weight=1.2, dashes=(4, 3), order=0.6)
    place = middle, plot.top + canvas.px(2)
    canvas.words(place, words, size=SMALL, align="center", vertical="bottom", colour=canvas.look.quiet)
