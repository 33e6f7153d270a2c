"""How a change between two years is written: by how much, when, and without which courses."""

from collections.abc import Iterable

from npqstats.charts.headline import fitting
from npqstats.tables.moves import Row
from npqstats.vocabulary.courses import course
from npqstats.vocabulary.measures import MEASURES
from npqstats.vocabulary.names import listed
from npqstats.vocabulary.numbers import signed
from npqstats.vocabulary.periods import AcademicYear


def moved_by(row: Row) -> str:
    """Write the change of a count, in numbers and, where that is stated, in %.

    >>> moved_by({"change": -14022.0, "change_pct": -31.98})
    '−14,022 (−32.0%)'
    """
    share = f" ({signed(row['change_pct'], '%')})" if row["change_pct"] is not None else ""
    return f"{signed(row['change'])}{share}"


def when(row: Row) -> str:
    """Say when a row moved: in the later of two years that follow each other, else from one to the other.

    >>> when({"measure": "starts", "before_period": 202324, "after_period": 202425})
    'in 2024/25'
    """
    before, after = (AcademicYear.of_code(row[f"{which}_period"]) for which in ("before", "after"))
    is_next, is_of_starters = after.before == before, MEASURES[row["measure"]].ripens
    if is_of_starters:
        return f"among {after.label} starters" if is_next else f"between {before.label} and {after.label} starters"
    return f"in {after.label}" if is_next else f"from {before.label} to {after.label}"


def without(title: str, courses: Iterable[str]) -> str:
    """Say in a headline which courses were left out, and drop what it says of figures where that makes it too long."""
    codes = [course(name).code for name in courses]
    if not codes:
        return title
    return fitting(
        f"{title}, leaving out {listed(codes)}",
        f"{title}, leaving out {len(codes)} courses",
        f"NPQs leaving out {listed(codes)}",
        f"NPQs leaving out {len(codes)} courses",
    )
