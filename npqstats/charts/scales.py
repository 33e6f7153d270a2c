"""Axes of values and of years: regular ticks with labels of one precision."""

from collections.abc import Sequence
from math import ceil, floor

from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.ticker import FuncFormatter, MaxNLocator, MultipleLocator

from npqstats.charts.frame import Page
from npqstats.vocabulary.numbers import number
from npqstats.vocabulary.periods import AcademicYear


def scaled(axis: Axis, low: float, high: float, unit: str, most: int) -> tuple[float, float]:
    """Put regular ticks on an axis, at most about so many, and a light grid; no step is finer than labels can say.

    Returns:
        The first tick at or below `low`, and the first at or above `high`.
    """
    steps = [1, 2, 5, 10] if unit == "%" else [1, 2, 2.5, 5, 10]
    found = MaxNLocator(max(1, min(most, 5)), steps=steps, integer=unit != "%").tick_values(low, high)
    step = max(float(found[1] - found[0]), 0.1 if unit == "%" else 1.0)
    axis.set_major_locator(MultipleLocator(step))
    axis.set_major_formatter(FuncFormatter(lambda value, _: tick_label(value, step, unit)))
    axis.grid(visible=True)
    return step * floor(low / step + 1e-6), step * ceil(high / step - 1e-6)


def tick_label(value: float, step: float, unit: str) -> str:
    """Write the label of a tick; percentages have a decimal where the step has one."""
    return number(value, "%" if step % 1 else "") + ("%" if unit == "%" and not step % 1 else "")


def values_axis(axes: Axes, values: Sequence[float], unit: str, page: Page) -> None:
    """Scale the axis of values from zero, or round rates that are all alike."""
    low, high = min(values, default=0.0), max(values, default=1.0) or 1.0
    is_close = unit == "%" and low > 0.6 * high
    bottom = max(0.0, low - (high - low) * 0.4 - 0.5) if is_close else 0.0
    axes.set_ylim(scaled(axes.yaxis, bottom, high, unit, int(page.room(axes).height / (2.2 * page.line))))
    axes.tick_params(axis="y", pad=4)


def years_axis(axes: Axes, years: Sequence[AcademicYear], page: Page) -> None:
    """Label the years under the plot, as many as there is room for, the newest always."""
    slot = page.room(axes).width / max(1, len(years))
    every = max(1, -int(-(page.widest([year.label for year in years]) + 6) // slot))
    kept = list(range(len(years)))[::-1][::every][::-1]
    axes.set_xticks(kept, [years[index].label for index in kept])
