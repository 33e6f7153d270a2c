"""A question as users write it, read with what the data know beside what the vocabulary knows."""

from collections.abc import Iterable, Mapping
from typing import Any

import polars as pl

from npqstats.analysis.question import COURSE, Question, parse
from npqstats.errors import UsageError
from npqstats.project import Project
from npqstats.store import parquet
from npqstats.vocabulary.areas import Area, of_observation


def ask(project: Project, years: Iterable[str], parts: Mapping[str, Any]) -> Question:
    """Read a question; the data are looked at only for a course or area that the vocabulary does not know.

    Raises:
        UsageError: As `question.parse`.
    """
    years = tuple(years)
    try:
        return parse(years, parts)
    except UsageError:
        if not any(parts.get(name) for name in ("course", "exclude_course", "area")):
            raise
        return parse(years, parts, courses=course_labels(project), areas=areas(project))


def course_labels(project: Project) -> list[str]:
    """List the labels of courses in the data."""
    rows = parquet.read(
        project,
        lambda observations: (
            observations.filter(pl.col("breakdown").cast(pl.String) == COURSE)
            .select(pl.col("group_label").cast(pl.String))
            .unique()
        ),
    )
    return sorted(rows.get_column("group_label"))


def areas(project: Project, **chosen: Any) -> list[Area]:
    """List every area that has a figure, by level and name; `chosen` says what is in which column of it."""
    columns = pl.col("geographic_level", "area", "location_code", "location_name", "region")
    rows = parquet.read(
        project,
        lambda observations: (
            observations.filter(pl.col("location_code").is_not_null(), **chosen)
            .select(columns.cast(pl.String))
            .unique(maintain_order=True)
        ),
    )
    found = {area.id: area for row in rows.iter_rows() for area in [of_observation(*row)]}
    return sorted(found.values(), key=lambda area: (area.level != "National", area.level != "Regional", area.name))
