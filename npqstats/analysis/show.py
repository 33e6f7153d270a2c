"""The published cells behind a question, each with its file, line and column."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import polars as pl

from npqstats.analysis import editions
from npqstats.analysis.columns import SHOWN
from npqstats.analysis.nearest import nothing
from npqstats.analysis.places import place
from npqstats.analysis.question import question
from npqstats.catalogue import observations as table
from npqstats.catalogue.observations import OVERALL
from npqstats.listeners import Say, silent
from npqstats.project import Project
from npqstats.store import parts
from npqstats.store.build import ready
from npqstats.vocabulary.periods import AcademicYear


def behind(origins: Iterable[str], *, project: Project | Path | str | None = None) -> pl.DataFrame:
    """Give the observations at the given places, once each, in their order.

    Args:
        origins: `file:line:column`, as the tables of `compare` and `trend` carry them.
        project: Where the data are; none: found as `npqstats.project.locate` does.

    Returns:
        The columns `SHOWN`.
    """
    wanted = pl.DataFrame({"origin": list(dict.fromkeys(origins))}, schema={"origin": pl.String})
    origin = pl.format("{}:{}:{}", pl.col("source").cast(pl.String), "line", pl.col("column").cast(pl.String))
    lines = {int(name.rsplit(":", 2)[1]) for name in wanted.get_column("origin")}
    rows = parts.read(
        ready(project),
        lambda cells: (
            cells.filter(pl.col("line").is_in(sorted(lines)))
            .with_columns(origin.alias("origin"))
            .select("origin", *SHOWN)
        ),
    )
    return wanted.join(rows, on="origin", how="left", maintain_order="left").select(SHOWN)


def origins(table: pl.DataFrame) -> list[str]:
    """List where the figures of a comparison or a trend stand: `file:line:column`, line by line."""
    columns = [name for name in ("origins", "before_origins", "after_origins") if name in table.columns]
    return [origin for row in table.select(columns).rows() for places in row for origin in places]


def show(
    years: Sequence[str] = (),
    *,
    measure: str | None = None,
    by: str | None = None,
    funding: str | None = None,
    course: str | None = None,
    area: str | None = None,
    basis: str | None = None,
    release: str | None = None,
    project: Project | Path | str | None = None,
    say: Say = silent,
) -> pl.DataFrame:
    """Give every observation that a question touches, of every release unless one is named.

    Args:
        years: Academic years; none: all, ranges of years included.
        measure: What is counted; none: everything.
        by: `funding`, `course`, `region`, `local-authority` or another breakdown; none: everything.
        funding: `all`, `funded` or `non-funded`; none: everything.
        course: One course; none: everything.
        area: One place; none: everything.
        basis: `in-year` or `cumulative`; none: everything.
        release: One edition; none: everything.
        project: Where the data are; none: found as `npqstats.project.locate` does.
        say: Told what a reader should know of the whole table.

    Returns:
        A row per published cell, with the columns `SHOWN`, newest year first, then newest release.

    Raises:
        UsageError: A part of the question is not known, or nothing matches.
    """
    periods = [AcademicYear.parse(year) for year in years]
    asked = question(
        measure=measure, by=by, funding=funding, course_name=course, area=area, basis=basis, release=release
    )
    project = ready(project, say=say)
    known = editions.at_hand(project)
    edition = editions.named(release, known) if release else None
    where = place(project, area) if area else None
    kept = [
        pl.col("time_period").is_in([year.code for year in periods]) if periods else None,
        pl.col("measure") == pl.lit(asked.measure.code, table.MEASURE) if asked.measure else None,
        pl.col("funding") == pl.lit(asked.funding, table.FUNDING_TYPE) if asked.funding else None,
        pl.col("basis") == pl.lit(asked.basis, table.BASIS_TYPE) if asked.basis else None,
        pl.col("course") == pl.lit(asked.course.code, table.COURSE) if asked.course else None,
        pl.col("location_code").cast(pl.String) == where.code if where else None,
        pl.col("release") == edition.name if edition else None,
        pl.col("breakdown").cast(pl.String).is_in([asked.by, OVERALL]) if asked.by not in (None, "funding") else None,
        pl.col("geographic_level") == pl.lit(asked.level, table.LEVEL) if by and asked.by is None else None,
    ]
    order = {name: place for place, name in enumerate(known)}
    rows = parts.read(project, lambda cells: cells.filter(*(c for c in kept if c is not None)).select(SHOWN))
    if rows.is_empty():
        raise nothing(project, asked, periods, where)
    newest = pl.col("release").replace_strict(order, default=len(order), return_dtype=pl.Int32)
    return rows.sort(
        "time_period", newest, "source", "line", descending=[True, False, False, False], maintain_order=True
    )
