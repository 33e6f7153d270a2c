"""Scales: the round values along one, how they are written, and where it begins."""

from bisect import bisect_right
from collections.abc import Sequence
from math import ceil, floor, log10

from npqstats.vocabulary.numbers import number

_TINY = 1e-9
_FROM_ZERO = 0.5
"""A scale of marks begins at zero unless the smallest value is more than this share of the largest."""
_FINEST = 0.1


def ticks(
    low: float,
    high: float,
    most: int = 5,
    *,
    is_whole: bool = False,
    steps: Sequence[float] = (1, 2, 2.5, 5, 10),
) -> list[float]:
    """Choose round values from at or below `low` to at or above `high`.

    Args:
        low: Lowest value of the plot.
        high: Highest value of the plot.
        most: At most so many steps.
        is_whole: Whether only whole numbers are wanted, as for counts.
        steps: Steps that are round, from 1 to 10.

    >>> ticks(0, 43840), ticks(0, 3, is_whole=True)
    ([0.0, 10000.0, 20000.0, 30000.0, 40000.0, 50000.0], [0.0, 1.0, 2.0, 3.0])
    """
    high = high if high > low else low + 1
    power = floor(log10((high - low) / most))
    for size in (step * 10.0**exponent for exponent in range(power, power + 3) for step in steps):
        first, last = floor(low / size + _TINY), ceil(high / size - _TINY)
        if last - first <= most and not (is_whole and size % 1):
            break
    return [round(size * place, 10) for place in range(first, last + 1)]


def tick_label(value: float, unit: str, ticks: Sequence[float]) -> str:
    """Write a value of a scale; percentages without decimals where all of its ticks are whole."""
    if unit != "%":
        return number(value)
    return f"{number(value)}%" if all(tick == round(tick) for tick in ticks) else number(value, "%")


def reach(values: Sequence[float], unit: str, *, is_axis: bool = True) -> tuple[float, float]:
    """Give the least and the greatest value of a scale of marks.

    Marks, unlike bars, may leave zero out: rates that are all high would hardly differ beside it.

    Args:
        values: May be empty.
        unit: `%` or that of a count.
        is_axis: Whether it is one along which counts stand: that begins at zero.
    """
    low, high = min(values, default=0.0), max(values, default=1.0)
    is_from_zero = low <= high * _FROM_ZERO or (is_axis and unit != "%")
    return (min(low, 0.0) if is_from_zero else low), high


def told(low: float) -> list[str]:
    """Say so where a scale does not begin at zero."""
    return ["The scale does not begin at zero."] if low > 0 else []


def bounds(values: Sequence[float], unit: str, most: int = 5, *, is_axis: bool = True) -> list[float]:
    """Choose round values round all of `values`, no finer than figures are printed.

    Args:
        values: May be empty.
        unit: As `reach` takes it.
        most: How many steps there may be.
        is_axis: As `reach` takes it.

    >>> bounds([4.9, 5.2], "%", 4), bounds([12, 870], "courses", 4), bounds([3], "courses", 4)
    ([4.9, 5.0, 5.1, 5.2], [0.0, 500.0, 1000.0], [0.0, 1.0, 2.0, 3.0])
    """
    low, high = reach(values, unit, is_axis=is_axis)
    top = max(high, low + most * (_FINEST if unit == "%" else 1))
    for count in range(most + 2, most - 1, -1):
        found = ticks(low, top, count, is_whole=unit != "%", steps=(1, 2, 5, 10))
        needed = next((place for place, bound in enumerate(found, 1) if bound >= high), len(found))
        found = found[: max(2, needed)]
        if len(found) <= most + 1:
            break
    return found


def step_of(value: float, bounds: Sequence[float]) -> int:
    """Give the number of the step, from 0, in which a value lies; a bound belongs to the step above it."""
    return min(max(bisect_right(bounds, value) - 1, 0), len(bounds) - 2)
