"""What there is to ask about: data sets, releases, measures, courses, places, groups, events and disagreements."""

from collections.abc import Callable
from pathlib import Path

import polars as pl

from npqstats.analysis import places
from npqstats.ingest import read, recognise, unpack
from npqstats.ingest.find import raw_files
from npqstats.pipeline import Say, ready, silent
from npqstats.project import Project
from npqstats.sources.catalogue import catalogue, release
from npqstats.sources.names import NO_RELEASE, SURVEY
from npqstats.store import manifest, parts
from npqstats.store.state import link
from npqstats.vocabulary.courses import prospectus
from npqstats.vocabulary.events import events as timeline
from npqstats.vocabulary.measures import MEASURES
from npqstats.vocabulary.names import unknown
from npqstats.vocabulary.periods import label
from npqstats.vocabulary.symbols import SYMBOLS


def listing(what: str, *, project: Project | Path | str | None = None, say: Say = silent) -> pl.DataFrame:
    """List one kind of thing.

    Args:
        what: One of `LISTINGS`.
        project: Where the data are; none: found as `npqstats.project.find` does.
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
    here = {(table.title, table.dataset): table.rows for table in _tables(project)}
    return pl.DataFrame(
        [
            {
                "dataset": layout.dataset,
                "title": layout.title,
                "rows_here": here.get((layout.title, layout.dataset), 0),
                "rows_published": layout.rows,
                "years": f"{layout.first_year} to {layout.last_year}" if layout.first_year else None,
                "levels": list(layout.levels),
                "about": layout.description,
                "id": layout.id or None,
                "page": layout.page or None,
                "columns": list(layout.columns),
            }
            for layout in catalogue().layouts
            if layout.dataset
        ],
        infer_schema_length=None,
    )


def _releases(project: Project) -> pl.DataFrame:
    counted = parts.read(project, lambda table: table.group_by("release").agg(here=pl.len()))
    here = {name: count for name, count in counted.iter_rows() if name != NO_RELEASE}
    known = sorted({*catalogue().releases, *here}, key=lambda name: release(name).order)
    return pl.DataFrame(
        [
            {
                "release": name,
                "published": str(release(name).published or release(name).published_note or ""),
                "data_as_of": str(release(name).data_as_of or ""),
                "status": release(name).status,
                "observations_here": here.get(name, 0),
                "note": release(name).note,
                "page": release(name).page,
            }
            for name in known
        ]
    )


def _measures(_: Project) -> pl.DataFrame:
    return pl.DataFrame(
        [
            {
                "measure": measure.code,
                "unit": measure.unit,
                "adds_up": "yes" if measure.adds_up else "no",
                "unfinished_for_two_years": "yes" if measure.ripens else "no",
                "counts": measure.counts,
            }
            for measure in MEASURES.values()
        ]
    )


def _courses(_: Project) -> pl.DataFrame:
    known = prospectus()
    shortest, longest = known.duration_months
    return pl.DataFrame(
        [
            {
                "code": course.code,
                "name": course.name,
                "group": course.group,
                "for": course.purpose,
                "since": course.began,
                "months": f"{shortest} to {longest}" if course.group != "offer" else None,
                "mandatory_from": course.mandatory_from.isoformat() if course.mandatory_from else None,
                "funded": [
                    f"{funding.year.label}: {funding.who}"
                    for funding in known.funding
                    if course.code in funding.courses
                ],
                "identifier": course.identifier,
                "sources": list(course.sources),
            }
            for course in (*known.courses.values(), *known.offers.values())
        ],
        schema_overrides={"mandatory_from": pl.String},
        infer_schema_length=None,
    )


def _areas(project: Project) -> pl.DataFrame:
    return pl.DataFrame(places.places(project), schema=["level", "code", "name"], orient="row")


def _groups(project: Project) -> pl.DataFrame:
    rows = parts.read(
        project,
        lambda table: (
            table.group_by("breakdown", "breakdown_label", "group_label", "course")
            .agg(
                measures=pl.col("measure").unique().sort().cast(pl.String),
                first=pl.col("time_period").min(),
                last=pl.col("time_period").max(),
                cells=pl.len(),
                order=pl.struct("source", "line").min(),
            )
            .sort("order")
            .drop("order")
        ),
    )
    years = [f"{label(first)} to {label(last)}" for first, last in rows.select("first", "last").iter_rows()]
    return rows.select(
        pl.col("breakdown", "breakdown_label", "group_label", "course").cast(pl.String),
        "measures",
        pl.Series("years", years, pl.String),
        "cells",
    ).rename({"breakdown_label": "as_published", "group_label": "group"})


def _events(_: Project) -> pl.DataFrame:
    return pl.DataFrame(
        [
            {
                "date": event.date,
                "year": event.year.label,
                "kind": event.kind,
                "event": event.text,
                "source": event.source,
            }
            for event in timeline()
        ]
    )


def _symbols(_: Project) -> pl.DataFrame:
    return pl.DataFrame({"symbol": list(SYMBOLS), "meaning": list(SYMBOLS.values())})


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
    with unpack.opened(file) as stream:
        columns = recognise.header(stream, source)
        return pl.concat(read.frames(stream, source, columns)).select(_survey_columns())


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
    return pl.DataFrame([{name: row[name] for name in schema} for row in rows], schema=schema)


LISTINGS: dict[str, Callable[[Project], pl.DataFrame]] = {
    "datasets": _datasets,
    "releases": _releases,
    "measures": _measures,
    "courses": _courses,
    "areas": _areas,
    "groups": _groups,
    "symbols": _symbols,
    "events": _events,
    "survey": _survey,
    "disagreements": _disagreements,
}
"""What can be listed."""
