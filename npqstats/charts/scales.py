"""Scales of values: where they begin, and regular ticks with labels of one precision."""

from collections.abc import Sequence

from matplotlib.axis import Axis
from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator

from npqstats.vocabulary.numbers import number


def base(values: Sequence[float], unit: str) -> float:
    """Return where a scale begins: at zero or the lowest value below it, or where rates that are all alike do.

    >>> base([4.0, 8.0], "%"), base([80.0, 90.0], "%"), base([-5.0, 9.0], "courses")
    (0.0, 78.4, -5.0)
    """
    low, high = min(values), max(values)
    is_alike = unit == "%" and low > 0.6 * high
    return max(0.0, low - 0.15 * (high - low) - 0.1) if is_alike else min(0.0, low)


def scaled(axis: Axis, low: float, high: float, unit: str, most: int) -> tuple[float, float]:
    """Put regular ticks on an axis, at most about so many, and a light grid; no step is finer than labels can say.

    Returns:
        The first tick at or below `low`, and the first at or above `high`.
    """
    steps = [1, 2, 5, 10] if unit == "%" else [1, 2, 2.5, 5, 10]
    most = min(most, 5, round((high - low) / 0.1) if unit == "%" else 5)
    ticks = MaxNLocator(max(1, most), steps=steps, integer=unit != "%").tick_values(low, high)
    is_whole = (ticks[1] - ticks[0]) % 1 == 0
    axis.set_major_locator(FixedLocator(ticks))
    label = (
        (lambda value, _: f"{number(value)}%") if unit == "%" and is_whole else (lambda value, _: number(value, unit))
    )
    axis.set_major_formatter(FuncFormatter(label))
    axis.grid(visible=True)
    return float(ticks[0]), float(ticks[-1])
