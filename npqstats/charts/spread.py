"""Labels moved apart, so that none touches the next."""

from collections.abc import Sequence


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
    tall = [height * squeeze for height in heights]
    # Labels that would overlap become one block, which stays at the mean of where they wanted to be.
    blocks: list[list[int]] = []
    for index in order:
        blocks.append([index])
        while len(blocks) > 1 and _start(blocks[-1], middles, tall, low, high) < (
            _start(blocks[-2], middles, tall, low, high) + sum(tall[one] for one in blocks[-2]) - 1e-9
        ):
            last = blocks.pop()
            blocks[-1] += last
    found = [0.0] * len(middles)
    for block in blocks:
        edge = _start(block, middles, tall, low, high)
        for index in block:
            found[index] = edge + tall[index] / 2
            edge += tall[index]
    return found


def _start(block: Sequence[int], middles: Sequence[float], tall: Sequence[float], low: float, high: float) -> float:
    """Return the lower edge of a block of labels."""
    edge, wanted = 0.0, 0.0
    for index in block:
        wanted += middles[index] - (edge + tall[index] / 2)
        edge += tall[index]
    return min(max(wanted / len(block), low), high - edge)
