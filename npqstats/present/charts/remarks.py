"""What charts of changes say in words besides: when, without which courses, and notes with the lines they are about."""

from collections.abc import Iterable, Sequence
from typing import Any

from npqstats.present.charts.headline import fitting, plural
from npqstats.vocabulary.courses import course, recognised
from npqstats.vocabulary.measures import MEASURES
from npqstats.vocabulary.names import listed
from npqstats.vocabulary.numbers import signed
from npqstats.vocabulary.periods import AcademicYear

Row = dict[str, Any]
"""A row of a comparison."""

_NAMED = 2
"""So many lines are named; of more, a note says how many."""


def remarks(rows: Sequence[Row], *, but: str = "\n") -> list[str]:
    """Give the notes of some rows, once each; one that is not about all of them says about which it is.

    Args:
        rows: Those that the chart draws.
        but: How notes begin that this chart has no use for.
    """
    about: dict[str, list[Row]] = {}
    for row in rows:
        for note in row["notes"]:
            if not note.startswith(but):
                about.setdefault(note, []).append(row)
    return [f"{_whose(note, found, rows)}{note}" for note, found in about.items()]


def _whose(note: str, found: Sequence[Row], rows: Sequence[Row]) -> str:
    """Name the lines of a note, unless it is about all or names its course itself."""
    if len(found) == len(rows) or all((recognised(row["group"]) or row["line"]) in note for row in found):
        return ""
    named = listed([row["line"] for row in found])
    whose = named if len(found) <= _NAMED else f"{len(found)} of the {len(rows)} {plural(rows)}"
    return f"{whose}, " if note[:1].isdigit() else f"{whose}: "


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
