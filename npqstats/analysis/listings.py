"""What there is to ask about: data sets, releases, measures, courses, places, groups, events and disagreements."""

from collections.abc import Callable, Mapping
from pathlib import Path

import polars as pl

from npqstats.analysis import ask, glossary
from npqstats.catalogue import lock
from npqstats.catalogue.catalogue import NO_RELEASE, REPORTED, SURVEY, Layout, Release, catalogue
from npqstats.ingest import read, recognise, unpack
from npqstats.ingest.find import raw_files
from npqstats.listeners import Say, silent
from npqstats.project import Project
from npqstats.store import manifest, parts
from npqstats.store.build import ready
from npqstats.store.state import link
from npqstats.vocabulary.areas import AREAS
from npqstats.vocabulary.names import unknown
from npqstats.vocabulary.periods import label


def listing(what: str, *, project: Project | Path | str | None = None, say: Say = silent) -> pl.DataFrame:
    """List one kind of thing.

    Args:
        what: One of `LISTINGS`.
        project: Where the data are; none: found as `npqstats.project.locate` does.
        say: Told what a reader should know of the whole table.

    Returns:
        A table whose columns explain themselves; text, but for counts.

    Raises:
        UsageError: There is no such list.
    """
    if what not in LISTINGS:
        raise unknown("list", what, LISTINGS)
    return LISTINGS[what](ready(project, say=say))


def _tables(project: Project) -> list[manifest.Table]:
    built = manifest.read(link(project))
    return built.all_tables() if built else []


def _datasets(project: Project) -> pl.DataFrame:
    here = {(table.title, table.release): table for table in _tables(project) if not table.passed_over}
    known = [(layout, layout.release or REPORTED) for layout in catalogue().layouts if layout.dataset]
    later = [
        (next(layout for layout, _ in known if layout.title == title), release)
        for title, release in sorted(here)
        if not any((layout.title, known_release) == (title, release) for layout, known_release in known)
    ]
    rows = [_dataset(layout, release, here) for layout, release in (*known, *later)]
    survey = next(row for row in rows if row["dataset"] == SURVEY)
    return pl.DataFrame(
        [row | {"rows_here": _survey(project).height} if row is survey else row for row in rows],
        infer_schema_length=None,
    )


def _dataset(layout: Layout, release: str, here: Mapping[tuple[str, str], manifest.Table]) -> dict[str, object]:
    """Describe a data set; one that came later in the same columns has no title, id and row count of its own yet."""
    is_its_own = release in (layout.release, REPORTED)
    table = here.get((layout.title, release))
    return {
        "dataset": layout.dataset,
        "release": release,
        "title": layout.title if is_its_own else f"in the columns of {layout.title}",
        "rows_here": table.rows if table else 0,
        "rows_published": layout.rows if is_its_own else None,
        "years": f"{layout.first_year} to {layout.last_year}" if layout.first_year and is_its_own else None,
        "levels": list(layout.levels),
        "about": layout.description,
        "id": layout.id or None if is_its_own else None,
        "page": layout.page or None if is_its_own else None,
        "columns": list(layout.columns),
    }


def _releases(project: Project) -> pl.DataFrame:
    counted = parts.read(project, lambda table: table.group_by("release").agg(here=pl.len()))
    here = {name: count for name, count in counted.iter_rows() if name != NO_RELEASE}
    known = [lock.release(name, project.raw) for name in {*catalogue().releases, *here}]
    return pl.DataFrame(
        [
            {
                "release": one.name,
                "published": str(one.published or ""),
                "data_as_of": str(one.data_as_of or ""),
                "status": one.status,
                "observations_here": here.get(one.name, 0),
                "note": _remark(one),
                "page": one.page,
            }
            for one in sorted(known, key=lambda one: one.order)
        ]
    )


def _remark(edition: Release) -> str:
    published = f"Published {edition.published_note}. " if edition.published_note else ""
    return published + edition.note


def _areas(project: Project) -> pl.DataFrame:
    rows = [
        (area.level, area.code, area.name, AREAS[area.region].name if area.region in AREAS else None, area.notes)
        for area in ask.areas(project)
    ]
    words: dict[str, pl.DataType] = dict.fromkeys(("level", "code", "name", "region"), pl.String())
    return pl.DataFrame(rows, schema=words | {"notes": pl.List(pl.String)}, orient="row")


def _groups(project: Project) -> pl.DataFrame:
    names = ["breakdown", "breakdown_label", "group_label", "course"]
    counted = parts.read(
        project,
        lambda table: table.group_by(*names, "measure", pl.col("source").cast(pl.String)).agg(
            first=pl.col("time_period").min(),
            last=pl.col("time_period").max(),
            cells=pl.len(),
            line=pl.col("line").min(),
        ),
    )
    rows = (
        counted.sort("source", "line")
        .group_by(names, maintain_order=True)
        .agg(
            measures=pl.col("measure").unique().sort().cast(pl.String),
            first=pl.col("first").min(),
            last=pl.col("last").max(),
            cells=pl.col("cells").sum(),
        )
    )
    years = [f"{label(first)} to {label(last)}" for first, last in rows.select("first", "last").iter_rows()]
    return rows.select(
        pl.col("breakdown", "breakdown_label", "group_label", "course").cast(pl.String),
        "measures",
        pl.Series("years", years, pl.String),
        "cells",
    ).rename({"breakdown_label": "as_published", "group_label": "group"})


def _survey(project: Project) -> pl.DataFrame:
    tables = [table for table in _tables(project) if table.dataset == SURVEY]
    return pl.concat(
        [_survey_file(project, table.source) for table in tables]
        or [pl.DataFrame(schema=dict.fromkeys(_survey_columns(), pl.String))]
    )


def _survey_columns() -> tuple[str, ...]:
    return next(layout.columns for layout in catalogue().layouts if layout.dataset == SURVEY)


def _survey_file(project: Project, source: str) -> pl.DataFrame:
    path = project.raw / source.partition("!")[0]
    file = next(file for file in raw_files(project.raw, path) if file.source == source)
    content = unpack.content(file)
    return read.frame(content, source, recognise.header(content, source)).select(_survey_columns())


def _disagreements(project: Project) -> pl.DataFrame:
    built = manifest.read(link(project))
    rows = built.all_disagreements() if built else []
    schema = {
        "source": pl.String,
        "line": pl.Int64,
        "column": pl.String,
        "rule": pl.String,
        "what": pl.String,
    }
    return pl.DataFrame([{name: getattr(row, name) for name in schema} for row in rows], schema=schema)


LISTINGS: dict[str, Callable[[Project], pl.DataFrame]] = {
    "datasets": _datasets,
    "releases": _releases,
    "measures": lambda _: glossary.measures(),
    "courses": lambda _: glossary.courses(),
    "areas": _areas,
    "groups": _groups,
    "symbols": lambda _: glossary.symbols(),
    "events": lambda _: glossary.events(),
    "survey": _survey,
    "disagreements": _disagreements,
    "columns": lambda _: glossary.columns(),
}
"""What can be listed."""
