"""Whether a difference is more than chance makes."""

from math import sqrt

from npqstats.vocabulary.measures import SMALLEST_BASE

_ERRORS = 2
"""Standard errors beyond which a difference is more than chance, and called unusual."""


def is_unusual(pct: float, whole: float, expected_pct: float) -> bool:
    """Whether a rate is more than two standard errors of a proportion from an expected one.

    Args:
        pct: The rate, in %.
        whole: What it is a rate of; under 30, nothing is unusual.
        expected_pct: The rate to be expected, in %.

    >>> is_unusual(6.0, 1000, 4.5), is_unusual(5.5, 1000, 4.5)
    (True, False)
    """
    share = expected_pct / 100
    return whole >= SMALLEST_BASE and abs(pct - expected_pct) / 100 > _ERRORS * sqrt(share * (1 - share) / whole)


def is_unusual_change(before: float, after: float, ratio: float) -> bool:
    """Whether a count is more than two standard errors from its earlier value times a ratio.

    Both counts are taken to vary as Poisson counts do: the variance of `after - ratio * before` is then
    `ratio * before * (1 + ratio)`.

    >>> is_unusual_change(100, 95, 0.7), is_unusual_change(100, 75, 0.7)
    (True, False)
    """
    return abs(after - ratio * before) > _ERRORS * sqrt(ratio * before * (1 + ratio))
