"""A map of England's regions as tiles of one size, in their rough places, shaded by their figures."""

from collections.abc import Sequence
from itertools import pairwise

from npqstats.charts.canvas import LEADING, PLAIN, SMALL, Canvas
from npqstats.charts.drawing import Box
from npqstats.charts.look import Look, contrast
from npqstats.charts.ranking import Area, Ranking, short
from npqstats.charts.scale import bounds, step_of, tick_label
from npqstats.vocabulary.areas import REGIONS

PLACES = {
    # code: column from the west, row from the north
    "E12000001": (1, 0),
    "E12000002": (0, 1),
    "E12000003": (1, 1),
    "E12000005": (0, 2),
    "E12000004": (1, 2),
    "E12000006": (2, 2),
    "E12000009": (0, 3),
    "E12000008": (1, 3),
    "E12000007": (2, 3),
}
_COLUMNS, _ROWS = 3, 4
_GAP = 4
_PADDING = 4
_TALLEST = 1.0
"""Height of a tile at most, in widths."""
_STEPS = 4


def height(canvas: Canvas, width: float) -> float:
    """Give the least height of a map of that width, in pixels."""
    lines = max(len(_name(canvas, short(*region), width / _COLUMNS)) for region in REGIONS.items())
    return _ROWS * (canvas.px(lines * SMALL + PLAIN) * LEADING + canvas.px(2 * _PADDING + _GAP))


def paint(canvas: Canvas, ranking: Ranking) -> None:
    """Draw a tile for each of the nine regions, with name and figure; those without a row are empty and say so."""
    box = canvas.plot
    wide = box.width / _COLUMNS
    tall = min(box.height / _ROWS, wide * _TALLEST)
    values = [area.value for area in ranking.known if area.value is not None and area.code in PLACES]
    ticks = bounds(values, ranking.unit, _STEPS, is_axis=False)
    found = {area.code: area for area in ranking.areas}
    for code, (column, row) in PLACES.items():
        left, top = box.left + column * wide, box.top - row * tall
        tile = Box(left, top - tall, left + wide, top).inset(right=canvas.px(_GAP), bottom=canvas.px(_GAP))
        _tile(canvas, tile, short(code, REGIONS[code]), found.get(code), ticks)
    if len(ticks) > 2:
        _key(canvas, Box(box.left + 2 * wide, box.top - 2 * tall, box.right, box.top), ticks, ranking.unit)


def _tile(canvas: Canvas, tile: Box, name: str, area: Area | None, ticks: Sequence[float]) -> None:
    look = canvas.look
    fill, ink = look.ground, look.quiet
    if area and area.value is not None:
        fill = _steps(look, len(ticks) - 1)[step_of(area.value, ticks)]
        ink = _ink(fill, look)
    is_marked = area is not None and area.is_highlighted
    canvas.band(tile, fill)
    _outline(
        canvas,
        tile,
        colour=look.series[1] if is_marked else look.outline,
        weight=3 if is_marked else 1,
        dashes=(3, 2) if area and area.is_unfinished else None,
    )
    if is_marked:
        inner = canvas.px(2.5)
        _outline(canvas, tile.inset(left=inner, bottom=inner, right=inner, top=inner), colour=look.ground, weight=1.5)
    names = _name(canvas, name, tile.width + canvas.px(_GAP))
    size = SMALL if area is None else PLAIN
    whole = canvas.px(len(names) * SMALL + size) * LEADING
    middle, top = (tile.left + tile.right) / 2, (tile.bottom + tile.top) / 2 + whole / 2
    canvas.words((middle, top), names, size=SMALL, colour=ink, bold=is_marked, align="center", vertical="top")
    place = middle, top - canvas.px(len(names) * SMALL) * LEADING
    words = "no rows" if area is None else _figure(canvas, area, tile.width)
    canvas.words(place, words, size=size, colour=ink, bold=area is not None, align="center", vertical="top")


def _figure(canvas: Canvas, area: Area, room: float) -> str:
    mark = "" if area.is_official else "\u25c6 "
    fits = canvas.width(mark + area.said, bold=True) <= room - canvas.px(_PADDING)
    return mark + (area.said if fits else area.words)


def _name(canvas: Canvas, name: str, room: float) -> list[str]:
    return canvas.lines(name, room - canvas.px(_GAP + 2 * _PADDING), size=SMALL, bold=True)


def _steps(look: Look, count: int) -> list[str]:
    """Choose as many steps as there are, as far apart as may be."""
    last = len(look.steps) - 1
    return [look.steps[1 if count == 1 else round(step * last / (count - 1))] for step in range(count)]


def _outline(
    canvas: Canvas, tile: Box, *, colour: str, weight: float, dashes: tuple[float, float] | None = None
) -> None:
    left, bottom, right, top = tile
    for start, end in pairwise([(left, bottom), (right, bottom), (right, top), (left, top), (left, bottom)]):
        canvas.stroke(start, end, colour=colour, weight=weight, dashes=dashes, order=0.7)


def _ink(fill: str, look: Look) -> str:
    """Choose the colour of text that stands out more from a tile."""
    return max((look.text, look.ground), key=lambda ink: contrast(ink, fill))


def _key(canvas: Canvas, room: Box, ticks: Sequence[float], unit: str) -> None:
    """Say which shade stands for which figures, in the sea off the east coast; nothing where it does not fit."""
    step, wide = canvas.px(SMALL) * LEADING * 1.2, canvas.px(SMALL * 1.6)
    words = [tick_label(tick, unit, ticks) for tick in ticks]
    labels = canvas.widest(words, size=SMALL) + canvas.px(5)
    if wide + labels > room.width or step * len(words) > room.height - canvas.px(_GAP):
        return
    left, top = room.right - canvas.px(_GAP) - wide, room.top - step / 2
    for place, colour in enumerate(reversed(_steps(canvas.look, len(ticks) - 1))):
        swatch = Box(left, top - (place + 1) * step, left + wide, top - place * step)
        canvas.band(swatch, colour, outline=canvas.look.outline)
    for place, label in enumerate(reversed(words)):
        at = left - canvas.px(5), top - place * step
        canvas.words(at, label, size=SMALL, align="right", vertical="center", colour=canvas.look.quiet)
