"""Rows under each other: a name at the left, a bar or dots on one shared scale, words at the right."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes

from npqstats.charts.frame import BOLD, PLAIN, Face, Page
from npqstats.charts.scales import base, scaled
from npqstats.vocabulary.numbers import number

_TALLEST_BARE = 44.0
"""Pixels of a row on a page, which has the room that a bare chart leaves: higher rows would fall apart."""
_THIN, _MOST_THIN = 5.0, 0.4
"""Pixels of a row without a name, and the share of the height that is kept for such rows."""
_THICK, _THICKEST = 0.66, 64.0
"""Height of a bar, of its row's and in pixels."""
_LEAST_WIDE = 0.3
"""The share of the width that is kept for the scale, as far as can be."""


@dataclass(frozen=True, kw_only=True)
class Row:
    """A row of a chart."""

    name: str
    short: str = ""
    """The name where there is little room; empty: the same."""
    words: str = ""
    """What is at the right; one line or more."""
    more: str = ""
    """What is in a second column there, in bold."""
    is_bold: bool = False
    is_lit: bool = False
    """Whether it is highlighted."""
    colour: Any = None
    bar: tuple[float, float] | None = None
    """Where a bar begins and ends."""
    track: float = 0.0
    """How far the bar could reach; 0: that is not shown."""
    stem: tuple[float, float] | None = None
    """Where a line between dots begins and ends."""
    dots: tuple[tuple[float, bool], ...] = ()
    """Values, and whether each is filled."""
    is_open: bool = False
    """Whether its bar is hollow."""

    @property
    def face(self) -> Face:
        """How its name is set."""
        return BOLD if self.is_bold or self.is_lit else PLAIN

    @property
    def values(self) -> list[float]:
        """All that the scale must hold."""
        ends = [*(self.bar or ()), *(self.stem or ()), *(value for value, _ in self.dots)]
        return [*ends, self.track] if self.track else ends


def dot(page: Page, colour: Any, size: float = 8.0, *, is_filled: bool) -> dict[str, Any]:
    """Return how a dot is drawn; a pale one has an outline that can be seen."""
    edge = page.look.outline if colour == page.look.behind else colour
    face = {"markerfacecolor": colour if is_filled else page.look.ground, "markeredgecolor": edge}
    return face | {"linestyle": "none", "marker": "o", "markersize": size, "markeredgewidth": min(1.6, size / 4)}


def fits(page: Page, rows: Sequence[Row]) -> bool:
    """Whether there is room for all names of rows without a scale."""
    return page.line * sum(map(len, _names(page, rows, is_short=True))) <= page.top - page.bottom - 4


def draw(page: Page, rows: Sequence[Row], unit: str, *, head: float = 0.0, has_scale: bool = True) -> Axes:
    """Draw rows on axes of their own; where there is no room to name all, those at both ends are, and others are thin.

    Args:
        page: With the room for the plot.
        rows: From top to bottom.
        unit: Of the values.
        head: Pixels above the rows, left free.
        has_scale: Whether the scale is labelled.

    Returns:
        The axes, whose y runs downwards in pixels, with a major tick at the middle of each row that is named.
    """
    # Beside its headline a plot is low, and its figures are at the right in any case.
    has_scale = has_scale and not page.is_beside
    foot = page.line + 4 if has_scale else 4.0
    high = page.top - page.bottom - head - foot
    # Where there is little room, names are short; where that is not enough, there is one column of words.
    for is_short, has_both in ((False, True), (True, True), (True, False)):
        names = _names(page, rows, is_short=is_short)
        is_low = page.line * sum(map(len, names)) > high
        named = _named(page, names, rows, high - page.line) if is_low else list(range(len(rows)))
        shown = [rows[index] for index in named]
        left = max(page.widest(names[index], rows[index].face) for index in named) + 10
        columns = [[one.words for one in shown], [one.more for one in shown]]
        columns = columns if has_both else [[one.more or one.words for one in shown]]
        wide = [page.widest("\n".join(column).split("\n"), BOLD) + 10 if any(column) else 0.0 for column in columns]
        if page.right - page.left - left - sum(wide) >= _LEAST_WIDE * page.width and (is_short or not is_low):
            break
    if is_low:
        page.foot(f"Only some of the {len(rows)} are named.")
        high = page.top - page.bottom - head - foot
    heights = _heights([page.line * len(name) if n in named else 0.0 for n, name in enumerate(names)], high, page)
    middles = [sum(heights[:index]) + one / 2 for index, one in enumerate(heights)]
    page.spare = max(0.0, high - sum(heights))
    axes = page.axes(left=left, right=sum(wide) + 4, top=head, bottom=foot + page.spare)
    axes.set_ylim(sum(heights), 0)
    axes.set_yticks([middles[index] for index in named], [""] * len(named))
    # A line a tick: the lines of one label would be set by where they begin, and end raggedly in a reader's own font.
    written = [
        (middles[index] + (below - (len(names[index]) - 1) / 2) * 0.9 * page.line, line, rows[index].face.weight)
        for index in named
        for below, line in enumerate(names[index])
    ]
    axes.yaxis.remove_overlapping_locs = False
    axes.set_yticks([y for y, _, _ in written], [line for _, line, _ in written], minor=True)
    axes.spines["bottom"].set_visible(has_scale)
    colour = page.look.legible(page.look.text)
    axes.tick_params(axis="y", which="minor", length=0, pad=8, labelsize=page.look.points(), labelcolor=colour)
    for tick, (_, _, weight) in zip(axes.get_yticklabels(minor=True), written, strict=True):
        tick.set(fontweight=weight, va="center")
    values = [value for row in rows for value in row.values] or [0.0]
    low, top = base(values, unit), max(values)
    axes.set_xlim(low - (0.02 * (top - low) if low < 0 else 0), top + 0.04 * ((top - low) or 1.0))
    axes.set_xticks([])
    if has_scale:
        scaled(axes.xaxis, low, top, unit, int(axes.bbox.width / (page.measured(number(top, unit)) + 22)))
    for position, column in enumerate(columns):
        x, is_last = page.right - sum(wide[position + 1 :]), position == len(columns) - 1
        for index, one, words in zip(named, shown, column, strict=True):
            lines, face = words.split("\n"), BOLD if is_last or one.is_lit else PLAIN
            y = axes.transData.transform((0, middles[index]))[1] + (len(lines) - 1) / 2 * page.line
            for below, line in enumerate(lines):
                page.text(x, y - below * page.line, line, face, ha="right")
    for row, y, tall in zip(rows, middles, heights, strict=True):
        _mark(page, axes, row, y, tall)
    return axes


def _mark(page: Page, axes: Axes, row: Row, y: float, high: float) -> None:
    """Draw what a row shows on the scale."""
    thick = min(_THICK * high, max(high - 0.5, 0.6), _THICKEST)
    if row.track:
        axes.barh([y], [row.track], height=thick, color=page.look.grid, alpha=0.6, zorder=1)
    if row.bar:
        begin, end = row.bar
        outline = {"edgecolor": row.colour, "linewidth": min(1.4, high / 8)}
        face = page.look.ground if row.is_open else row.colour
        axes.barh([y], [end - begin], left=[begin], height=thick, color=face, zorder=2, **outline)
    if row.stem:
        axes.plot(row.stem, [y, y], color=row.colour, linewidth=min(1.8, high / 3), zorder=2)
    for value, is_filled in row.dots:
        size = min(8.0, max(high, 4.0))
        order = 3 + is_filled + (row.colour != page.look.behind)
        axes.plot([value], [y], zorder=order, clip_on=False, **dot(page, row.colour, size, is_filled=is_filled))


def _heights(need: Sequence[float], high: float, page: Page) -> list[float]:
    """Share the height: rows are of one height where the room allows it; else those with longer names are higher."""
    even, spare, thin = high / len(need), high - sum(need), need.count(0.0)
    if thin:
        return [one or spare / thin for one in need]
    even = min(even, _TALLEST_BARE if page.is_bare else high / 2)
    return [even] * len(need) if even >= max(need) else [one + spare / len(need) for one in need]


def _names(page: Page, rows: Sequence[Row], *, is_short: bool) -> list[list[str]]:
    """Break names into lines, each as long as its longest word needs, for none is cut."""
    wide, names = (page.right - page.left) * (0.45 if is_short else 0.4), []
    for one in rows:
        name = (one.short if is_short else "") or one.name
        room = min(1.4 * wide, max(wide, page.widest(name.split(), one.face)))
        names.append(page.wrapped(name, room, one.face))
    return names


def _named(page: Page, names: Sequence[Sequence[str]], rows: Sequence[Row], high: float) -> list[int]:
    """Choose the rows that are named: what is bold or highlighted, then from both ends inwards."""
    last, room = len(rows) - 1, high
    ends = [index for step in range(len(rows)) for index in (step, last - step)]
    order = dict.fromkeys([*(index for index, one in enumerate(rows) if one.face is BOLD), *ends])
    found: list[int] = []
    for index in order:
        room -= page.line * len(names[index])
        if room < min(_MOST_THIN * high, _THIN * (last - len(found))):
            break
        found.append(index)
    return sorted(found)
