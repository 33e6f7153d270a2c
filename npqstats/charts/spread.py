"""Labels moved apart, so that none touches the next."""

from collections.abc import Sequence


def spread(places: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Move labels apart until none is nearer than `gap` to another, none below `low` or above `high`.

    Args:
        places: Where each label would stand, in pixels.
        gap: In pixels; less where the room does not hold them all.
        low: Lowest place.
        high: Highest place.

    Returns:
        The places in the order given, near to where they were.

    >>> spread([10, 12, 50], 8, 0, 100)
    [7.0, 15.0, 50.0]
    """
    if not places:
        return []
    gap = min(gap, (high - low) / max(1, len(places) - 1))
    order = sorted(range(len(places)), key=lambda index: (places[index], index))
    # Labels that would touch become one block, which stands at their mean.
    blocks: list[list[int]] = []
    for index in order:
        blocks.append([index])
        while len(blocks) > 1 and _end(blocks[-2], places, gap, low, high) > _start(blocks[-1], places, gap, low, high):
            last = blocks.pop()
            blocks[-1] += last
    found = [0.0] * len(places)
    for block in blocks:
        first = _start(block, places, gap, low, high) + gap / 2
        for step, index in enumerate(block):
            found[index] = first + step * gap
    return found


def _start(block: list[int], places: Sequence[float], gap: float, low: float, high: float) -> float:
    half = (len(block) - 1) * gap / 2
    middle = sum(places[index] for index in block) / len(block)
    return min(max(middle - half, low), high - 2 * half) - gap / 2


def _end(block: list[int], places: Sequence[float], gap: float, low: float, high: float) -> float:
    return _start(block, places, gap, low, high) + len(block) * gap - 1e-9
