"""Labels moved apart, so that none touches the next."""

from collections.abc import Sequence
from itertools import accumulate, pairwise
from statistics import fmean


def spread(middles: Sequence[float], heights: Sequence[float], low: float, high: float) -> list[float]:
    """Move labels apart until none overlaps another and all are between `low` and `high`.

    Args:
        middles: Where the middle of each label would be, in pixels.
        heights: How high each label is, in pixels.
        low: The lowest edge.
        high: The highest edge; where they do not all fit, they overlap evenly.

    Returns:
        The middles, in the order given, as near as can be to where they were.

    >>> spread([10, 12, 50], [8, 8, 8], 0, 100)
    [7.0, 15.0, 50.0]
    """
    order = sorted(range(len(middles)), key=lambda index: (middles[index], index))
    squeeze = min(1.0, (high - low) / (sum(heights) or 1.0))
    edges = list(accumulate((squeeze * heights[index] for index in order), initial=0.0))
    # Pushed together from `low`, each label would have its middle here, and has to move up so far; none less than one
    # below it. The nearest such moves are the least-squares isotonic regression of those wanted.
    pushed = [(one + other) / 2 for one, other in pairwise(edges)]
    wanted = [middles[index] - at for index, at in zip(order, pushed, strict=True)]
    count, found = len(order), [0.0] * len(order)
    for place, index in enumerate(order):
        move = max(min(fmean(wanted[i : j + 1]) for j in range(place, count)) for i in range(place + 1))
        found[index] = min(max(move, low), high - edges[-1]) + pushed[place]
    return found
