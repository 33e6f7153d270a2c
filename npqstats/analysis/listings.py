"""What there is to ask about: data sets, releases, measures, courses, places, groups, events and disagreements."""

from collections.abc import Callable, Mapping
from pathlib import Path

import polars as pl

from npqstats.analysis import places
from npqstats.ingest import read, recognise, unpack
from npqstats.ingest.find import raw_files
from npqstats.listeners import Say, silent
from npqstats.observations import MEANING
from npqstats.pipeline import ready
from npqstats.project import Project
from npqstats.sources.catalogue import Layout, Release, catalogue, release
from npqstats.sources.names import NO_RELEASE, REPORTED, SURVEY
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
    here = {(table.title, table.release): table for table in _tables(project) if not table.passed_over}
    known = [(layout, layout.release or REPORTED) for layout in catalogue().layouts if layout.dataset]
    later = [
        (next(layout for layout, _ in known if layout.title == title), release)
        for title, release in sorted(here)
        if not any((layout.title, known_release) == (title, release) for layout, known_release in known)
    ]
    return pl.DataFrame(
        [_dataset(layout, release, here) for layout, release in (*known, *later)], infer_schema_length=None
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
    known = sorted({*catalogue().releases, *here}, key=lambda name: release(name).order)
    return pl.DataFrame(
        [
            {
                "release": name,
                "published": str(release(name).published or ""),
                "data_as_of": str(release(name).data_as_of or ""),
                "status": release(name).status,
                "observations_here": here.get(name, 0),
                "note": _remark(release(name)),
                "page": release(name).page,
            }
            for name in known
        ]
    )


def _remark(edition: Release) -> str:
    published = f"Published {edition.published_note}. " if edition.published_note else ""
    return published + edition.note


def _measures(_: Project) -> pl.DataFrame:
    return pl.DataFrame(
        [
            {
                "measure": measure.code,
                "unit": measure.unit,
                "adds_up": "yes" if measure.adds_up else "no",
                "unfinished_years": 2 if measure.ripens else 0,
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


def _columns(_: Project) -> pl.DataFrame:
    return pl.DataFrame({"column": list(MEANING), "holds": list(MEANING.values())})


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
    "columns": _columns,
}
"""What can be listed."""
