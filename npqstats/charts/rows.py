"""Rows under each other: a name at the left, marks on one shared scale, words at the right."""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from npqstats.charts.frame import Page
from npqstats.charts.trend import tick_label

_TALLEST, _TALLEST_BARE = 70.0, 44.0
"""Pixels; higher rows would fall apart. A page, which has the room that a bare chart leaves, needs less."""


@dataclass(frozen=True, kw_only=True)
class Label:
    """The words of a row."""

    name: str
    short: str
    """The name where there is little room."""
    words: str = ""
    """What is at the right."""
    more: str = ""
    """What is in a second column there, in bold."""
    is_bold: bool = False
    is_lit: bool = False
    """Whether it is highlighted."""


def most(page: Page, count: int, *, head: float = 0.0, has_scale: bool = True) -> int:
    """Say how many of some rows the room for the plot holds, under them the line of `cut` where it is not all."""
    room = page.top - page.bottom - head - _foot(page, has_scale=has_scale)
    holds = int(room / (page.line + 2))
    return holds if holds >= count else max(1, int((room - page.line) / (page.line + 2)))


def _foot(page: Page, *, has_scale: bool) -> float:
    return page.line + 4 if has_scale else 4.0


def laid_out(
    page: Page,
    labels: Sequence[Label],
    values: Sequence[float],
    unit: str,
    *,
    head: float = 0.0,
    from_zero: bool = False,
    has_scale: bool = True,
) -> Axes:
    """Make axes with the names at the left and the words at the right of them.

    Args:
        page: With the room for the plot.
        labels: From top to bottom, no more than `most` says.
        values: All that the scale must hold.
        unit: Of the values.
        head: Pixels above the rows, left free.
        from_zero: Whether bars are drawn, which begin at zero.
        has_scale: Whether the scale is labelled.

    Returns:
        The axes, whose y runs from 0 for the first row downwards.
    """
    wide = page.right - page.left
    names = [page.wrapped(one.name, wide * 0.36, bold=one.is_bold or one.is_lit, most=2) for one in labels]
    foot = _foot(page, has_scale=has_scale)
    tall = min(_TALLEST_BARE if page.is_bare else _TALLEST, (page.top - page.bottom - head - foot) / len(labels))
    for place, (one, lines) in enumerate(zip(labels, names, strict=True)):
        if page.is_narrow or (len(lines) > 1 and tall < 2 * page.line + 2):
            names[place] = page.wrapped(one.short, wide * 0.4, bold=one.is_bold or one.is_lit, most=1)
    left = (
        max(page.widest(lines, bold=one.is_bold or one.is_lit) for one, lines in zip(labels, names, strict=True)) + 10
    )
    more = page.widest([one.more for one in labels], bold=True)
    more += 10 if more else 0.0
    right = more + page.widest([one.words for one in labels], bold=not more)
    spare = page.top - page.bottom - head - foot - tall * len(labels)
    page.spare = max(0.0, spare)
    axes = page.axes(left=left, right=right + 12 if right else 4, top=head, bottom=foot + max(0.0, spare))
    axes.set_ylim(len(labels) - 0.5, -0.5)
    axes.set_yticks(range(len(labels)), ["\n".join(lines) for lines in names])
    axes.spines["bottom"].set_visible(has_scale)
    axes.tick_params(axis="y", pad=8)
    for tick, one in zip(axes.get_yticklabels(), labels, strict=True):
        tick.set_fontweight("bold" if one.is_bold or one.is_lit else "normal")
        tick.set_color(page.look.text)
        tick.set_linespacing(1.0)
    room = float(axes.get_position().width) * page.width
    low, high = min(values, default=0.0), max(values, default=1.0)
    if from_zero or not (unit == "%" and low > 0.3 * high):
        low = min(0.0, low)
    span = (high - low) or 1.0
    pad = 0.0 if low == 0 else span * 0.06
    axes.set_xlim(low - (pad if low >= 0 else span * 0.02), high + span * 0.04)
    if has_scale:
        bins = max(2, min(6, int(room / (page.measured(tick_label(high, unit)) + 26))))
        axes.xaxis.set_major_locator(MaxNLocator(nbins=bins, steps=[1, 2, 2.5, 5, 10], integer=unit != "%"))
        axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: tick_label(value, unit)))
        axes.xaxis.grid(visible=True)
    else:
        axes.set_xticks([])
    bounds = axes.get_position()
    for place, one in enumerate(labels):
        y = (bounds.y1 - (place + 0.5) / len(labels) * bounds.height) * page.height
        page.text(page.right - more, y, one.words, bold=not more or one.is_lit, ha="right")
        page.text(page.right, y, one.more, bold=True, ha="right")
    return axes


def cut(page: Page, count: int, room: int, by: str) -> None:
    """Write under the rows how many of them are drawn, where that is not all."""
    if room < count:
        words = f"The first {room} of {count} by {by}; all are in the data."
        page.text(page.left, page.bottom, words, kind="legend.fontsize", colour=page.look.quiet, va="bottom")
        page.bottom += page.line
