"""How a figure moved between two years."""

from dataclasses import dataclass
from decimal import Decimal

from npqstats.analysis.figures import Figure
from npqstats.vocabulary.measures import Measure
from npqstats.vocabulary.numbers import rounded, signed

SMALLEST_BASE = 30
"""Below this no percentage is given: DfE marks groups of fewer than 30 people as of low reliability."""


@dataclass(frozen=True, kw_only=True)
class Change:
    """A change, or the reason why none is stated."""

    change: float | None = None
    """In the unit of a count; null for rates."""
    change_pct: float | None = None
    """In % of the earlier figure; null for rates, and for a base of zero or under 30."""
    change_pp: float | None = None
    """In percentage points; null for counts."""
    notes: tuple[str, ...] = ()


def change(before: Figure, after: Figure, measure: Measure) -> Change:
    """Say how a measure moved between two years.

    Args:
        before: The figure of the earlier year, in the unit of `measure`.
        after: The same line in the later year.
        measure: Decides whether the change is in number and per cent (counts) or in percentage points (rates).

    Returns:
        The change, computed from unrounded values. A symbol or a gap on either side gives none. A rate's change is
        computed from its counts where both years have them, else from the printed percentages of both years.
    """
    if before.value is None or after.value is None:
        return Change()
    if measure.is_rate:
        printed = float(Decimal(repr(after.value)) - Decimal(repr(before.value)))
        if before.exact is None or after.exact is None:
            why = "The change rests on rounded percentages: the counts of both years are not at hand."
            return Change(change_pp=printed, notes=(why,))
        exact = after.exact - before.exact
        differs = rounded(exact, 1) != rounded(printed, 1)
        told = f"The change is computed from the counts; the rounded percentages would give {signed(printed, 'pp')}."
        return Change(change_pp=exact, notes=(told,) if differs else ())
    difference = after.value - before.value
    if before.value < SMALLEST_BASE:
        why = f"No percentage: the earlier figure is under {SMALLEST_BASE}."
        return Change(change=difference, notes=(why,))
    return Change(change=difference, change_pct=100 * difference / before.value)
