"""The published cells behind a question, each with its file, line and column."""

from collections.abc import Iterable

import polars as pl

from npqstats.analysis import releases
from npqstats.analysis.cells import Cell
from npqstats.analysis.columns import SHOWN
from npqstats.analysis.nearest import nothing
from npqstats.analysis.question import COURSE, FUNDING, Question
from npqstats.project import Project
from npqstats.store import parquet
from npqstats.vocabulary.areas import ENGLAND
from npqstats.vocabulary.breakdowns import OVERALL


def behind(project: Project, cells: Iterable[Cell]) -> pl.DataFrame:
    """Read the observations of some cells, in their order, with the columns `SHOWN`."""
    wanted = pl.DataFrame({"origin": [cell.origin for cell in cells]}, schema={"origin": pl.String})
    origin = pl.format("{}:{}:{}", pl.col("source").cast(pl.String), "line", pl.col("column").cast(pl.String))
    lines = sorted({int(name.rsplit(":", 2)[1]) for name in wanted.get_column("origin")})
    rows = parquet.read(
        project,
        lambda observations: (
            observations.filter(pl.col("line").is_in(lines)).with_columns(origin=origin).select("origin", *SHOWN)
        ),
    )
    return wanted.join(rows, on="origin", how="left", maintain_order="left").select(*SHOWN)


def show(project: Project, asked: Question) -> pl.DataFrame:
    """Read every observation that a question touches, of every release unless one is named.

    Args:
        project: Where the observations are, up to date.
        asked: A part that is None matches everything; no years match all, ranges of years included.

    Returns:
        A row per published cell, with the columns `SHOWN`, newest year first, then newest release.

    Raises:
        UsageError: Nothing matches.
    """
    known = releases.loaded(project)
    edition = releases.named(asked.release, known) if asked.release else None
    exact = {
        "measure": asked.measure.code if asked.measure else None,
        "funding": asked.funding,
        "basis": asked.basis,
        "release": edition.name if edition else None,
        "geographic_level": asked.level,
        "breakdown": COURSE if asked.course else None,
        "group": asked.course.slug if asked.course else None,
    }
    wanted = [area.id for area in asked.areas]
    is_everywhere = not wanted or (asked.level and ENGLAND[0] in wanted)
    kept = [
        *(pl.col(name) == value for name, value in exact.items() if value is not None),
        *([pl.col("time_period").is_in([year.code for year in asked.years])] if asked.years else []),
        *([pl.col("funding") != "all"] if asked.by == FUNDING else []),
        *([pl.col("breakdown").cast(pl.String).is_in([asked.breakdown, OVERALL])] if asked.breakdown else []),
        *([] if is_everywhere else [pl.col("region" if asked.level else "area").cast(pl.String).is_in(wanted)]),
    ]
    rows = parquet.read(project, lambda observations: observations.filter(*kept).select(*SHOWN))
    has_groups = asked.breakdown is None or (rows.get_column("breakdown_label") != rows.get_column("group_label")).any()
    if rows.is_empty() or not has_groups:
        raise nothing(project, asked, asked.years)
    order = [-pl.col("time_period"), parquet.rank("release", known), "source", "line"]
    return rows.sort(order, maintain_order=True)
