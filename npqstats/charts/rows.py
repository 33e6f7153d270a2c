"""Rows under each other: a name at the left, marks on one shared scale, words at the right."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes

from npqstats.charts.frame import Page
from npqstats.charts.scales import scaled
from npqstats.vocabulary.numbers import number

_TALLEST, _TALLEST_BARE = 70.0, 44.0
"""Pixels; higher rows would fall apart. A page, which has the room that a bare chart leaves, needs less."""
_THIN, _MOST_THIN = 5.0, 0.4
"""Pixels of a row without a name, and the share of the height that is kept for such rows."""
THICK = 0.66
"""Height of a bar, of its row's."""


@dataclass(frozen=True, kw_only=True)
class Label:
    """The words of a row."""

    name: str
    short: str = ""
    """The name where there is little room; empty: the same."""
    words: str = ""
    """What is at the right."""
    more: str = ""
    """What is in a second column there, in bold."""
    is_bold: bool = False
    is_lit: bool = False
    """Whether it is highlighted."""


def mark(colour: Any, face: Any, size: float = 8.0) -> dict[str, Any]:
    """Return how a dot is drawn; a `face` of the ground's colour makes it hollow."""
    drawn = {"marker": "o", "markersize": size, "markeredgewidth": min(1.6, size / 4), "clip_on": False}
    return drawn | {"color": colour, "markeredgecolor": colour, "markerfacecolor": face}


def fits(page: Page, labels: Sequence[Label]) -> bool:
    """Whether there is room for all names of rows without a scale."""
    return page.line * sum(map(len, _names(page, labels, page.top - page.bottom - 4))) <= page.top - page.bottom - 4


def laid_out(
    page: Page,
    labels: Sequence[Label],
    values: Sequence[float],
    unit: str,
    *,
    head: float = 0.0,
    from_zero: bool = False,
    has_scale: bool = True,
) -> tuple[Axes, list[float], list[float]]:
    """Make axes with the names at the left and the words at the right of them.

    Where there is no room to name every row, those at both ends are named, and the others are thin.

    Args:
        page: With the room for the plot.
        labels: From top to bottom.
        values: All that the scale must hold.
        unit: Of the values.
        head: Pixels above the rows, left free.
        from_zero: Whether bars are drawn, which begin at zero.
        has_scale: Whether the scale is labelled.

    Returns:
        The axes, whose y runs downwards in pixels; the middle of each row; its height.
    """
    # Beside its headline a plot is low, and its figures are at the right in any case.
    has_scale = has_scale and not page.is_beside
    foot = page.line + 4 if has_scale else 4.0
    high = page.top - page.bottom - head - foot
    names = _names(page, labels, high)
    named = list(range(len(labels)))
    if page.line * sum(map(len, names)) > high:
        page.foot(f"Only some of the {len(labels)} are named.")
        high = page.top - page.bottom - head - foot
        named = _named([page.line * len(name) for name in names], labels, high)
    need = [page.line * len(name) if index in named else 0.0 for index, name in enumerate(names)]
    # Rows are of one height where the room allows it; else those with longer names are higher.
    even = min(_TALLEST_BARE if page.is_bare else _TALLEST, high / len(labels))
    if len(named) < len(labels):
        thin = (high - sum(need)) / (len(labels) - len(named))
        heights = [one or thin for one in need]
    elif even >= max(need):
        heights = [even] * len(labels)
    else:
        heights = [one + (high - sum(need)) / len(labels) for one in need]
    middles = [sum(heights[:index]) + one / 2 for index, one in enumerate(heights)]
    shown = [labels[index] for index in named]
    left = max(page.widest(names[index], bold=_is_bold(labels[index])) for index in named) + 10
    more = page.widest([one.more for one in shown], bold=True)
    more += 10 if more else 0.0
    right = more + page.widest([one.words for one in shown], bold=not more)
    page.spare = max(0.0, high - sum(heights))
    axes = page.axes(left=left, right=right + 12 if right else 4, top=head, bottom=foot + page.spare)
    axes.set_ylim(sum(heights), 0)
    axes.set_yticks([middles[index] for index in named], ["\n".join(names[index]) for index in named])
    axes.spines["bottom"].set_visible(has_scale)
    axes.tick_params(axis="y", pad=8, labelcolor=page.look.text)
    for tick, one in zip(axes.get_yticklabels(), shown, strict=True):
        tick.set(fontweight="bold" if _is_bold(one) else "normal", linespacing=1.0)
    low, top = min(values, default=0.0), max(values, default=1.0)
    if from_zero or not (unit == "%" and low > 0.3 * top):
        low = min(0.0, low)
    span = (top - low) or 1.0
    axes.set_xlim(low - span * (0.06 if low > 0 else 0.02 if low < 0 else 0.0), top + span * 0.04)
    if has_scale:
        scaled(axes.xaxis, low, top, unit, int(page.width_of(axes) / (page.measured(number(top, unit)) + 22)))
    else:
        axes.set_xticks([])
    for index, one in zip(named, shown, strict=True):
        y = page.at(axes, 0, middles[index])[1]
        page.text(page.right - more, y, one.words, bold=not more or one.is_lit, ha="right")
        page.text(page.right, y, one.more, bold=True, ha="right")
    return axes, middles, heights


def _is_bold(label: Label) -> bool:
    return label.is_bold or label.is_lit


def _names(page: Page, labels: Sequence[Label], high: float) -> list[list[str]]:
    """Break names into lines, each as long as its longest word needs, for none is cut; short names where they must."""
    wide, names = page.right - page.left, list[list[str]]()
    for is_short in (False, True):
        names = []
        for one in labels:
            name, room = (one.short if is_short else "") or one.name, wide * (0.45 if is_short else 0.4)
            room = min(1.4 * room, max(room, page.widest(name.split(), bold=_is_bold(one))))
            names.append(page.balanced(name, room, kind="font.size", bold=_is_bold(one)))
        if page.line * sum(map(len, names)) <= high:
            break
    return names


def _named(heights: Sequence[float], labels: Sequence[Label], room: float) -> list[int]:
    """Choose the rows that are named: what is bold or highlighted, then from both ends inwards."""
    last, whole = len(labels) - 1, room
    ends = [index for step in range(len(labels)) for index in (step, last - step)]
    order = dict.fromkeys([*(index for index, one in enumerate(labels) if _is_bold(one)), *ends])
    found: list[int] = []
    for index in order:
        room -= heights[index]
        if room < min(_MOST_THIN * whole, _THIN * (last - len(found))):
            break
        found.append(index)
    return sorted(found)
