"""The parts of a question as users write them, in Python and as options. Imports nothing, so that help is quick."""

from collections.abc import Iterable
from typing import TypedDict

SORTS = ("published", "change", "percent", "before", "after", "name")
"""As the publisher orders the rows; by size, largest first; or by name."""
LEVELS = {"region": "Regional", "local-authority": "Local authority"}
"""Breakdowns by area, and the geographic level of their rows."""


class CellParts(TypedDict, total=False):
    """The parts of any question as users write them; the commands' options have the same names."""

    measure: str | None
    """What is counted; None: the headline measures of `compare`, else starts."""
    by: str | None
    """`funding`, `course`, `region`, `local-authority` or another breakdown; None: totals."""
    funding: str | None
    """`all`, `funded` or `non-funded`; None: all."""
    course: str | None
    """One course, by any of its names."""
    area: str | Iterable[str]
    """Regions or local authorities, by any name or code; none: England."""
    basis: str | None
    """`in-year` or `cumulative`; None: each that is published."""
    release: str | None
    """The release to use; None: the newest that answers."""


class Parts(CellParts, total=False):
    """The parts of a question about changes."""

    exclude_course: str | Iterable[str]
    """Courses to subtract from totals."""
    include_unripe: bool
    """State changes for cohorts that were unfinished, too."""


class ChartParts(Parts, total=False):
    """The parts of a question that a chart answers; each kind takes some of them."""

    like_for_like: bool
    """Leave out of both years the courses that one of them did not have."""


class ComparisonParts(ChartParts, total=False):
    """The parts of a question about two years."""

    sort: str
    """One of `SORTS`."""
    top: int | str | None
    """Only so many rows, totals apart."""
