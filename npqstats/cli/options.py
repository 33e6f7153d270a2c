"""Options that several commands share, each declared once, with what the shell can complete."""

from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from npqstats.cli.errors import say

if TYPE_CHECKING:
    from collections.abc import Callable

    import polars as pl

    from npqstats.project import Project
    from npqstats.tables.sheet import Sheet
    from npqstats.tables.table import Document

Answer = TypeVar("Answer")

_WHAT = "What is asked"
_OUTPUT = "Output"


def years(incomplete: str) -> list[str]:
    """Complete an academic year, of those that have figures."""
    from npqstats.analysis.editions import at_hand
    from npqstats.vocabulary.periods import AcademicYear

    known = _asked_quietly(at_hand) or {}
    labels = {AcademicYear.of_code(period).slug for periods in known.values() for period in periods}
    return sorted(label for label in labels if label.startswith(incomplete))


def _asked_quietly(question: "Callable[[Project], Answer]") -> "Answer | None":
    """Ask something of the project at hand for the shell's completion, which must never print an error."""
    from npqstats.errors import NpqStatsError
    from npqstats.store.build import ready

    try:
        return question(ready())
    except NpqStatsError:
        return None


def _measures(incomplete: str) -> list[tuple[str, str]]:
    from npqstats.vocabulary.measures import MEASURES

    return [(code, measure.counts) for code, measure in MEASURES.items() if code.startswith(incomplete.lower())]


def _courses(incomplete: str) -> list[tuple[str, str]]:
    from npqstats.vocabulary.courses import prospectus

    courses = prospectus().courses.values()
    return [(course.code, course.name) for course in courses if course.code.startswith(incomplete.upper())]


def _areas(incomplete: str) -> list[str]:
    from npqstats.analysis.places import places

    return [place.name for place in _asked_quietly(places) or () if place.name.lower().startswith(incomplete.lower())]


Year = Annotated[str, typer.Argument(autocompletion=years, help="Academic year: 2023-24, 2023/24 or 202324.")]
Measure = Annotated[
    str | None,
    typer.Option(
        "--measure",
        "-m",
        metavar="MEASURE",
        autocompletion=_measures,
        rich_help_panel=_WHAT,
        help="What is counted; see 'list measures'.",
    ),
]
By = Annotated[
    str | None,
    typer.Option(
        "--by",
        "-b",
        metavar="BREAKDOWN",
        autocompletion=lambda: ["funding", "course", "region", "local-authority"],
        rich_help_panel=_WHAT,
        help="funding, course, region, local-authority, or a breakdown from 'list groups'.",
    ),
]
Funding = Annotated[
    str | None,
    typer.Option(
        "--funding",
        metavar="FUNDING",
        autocompletion=lambda: ["all", "funded", "non-funded"],
        rich_help_panel=_WHAT,
        help="all, funded (DfE scholarship) or non-funded (school- or self-paid).",
    ),
]
Course = Annotated[
    str | None,
    typer.Option(
        "--course",
        metavar="COURSE",
        autocompletion=_courses,
        rich_help_panel=_WHAT,
        help="One course, by any of its names.",
    ),
]
ExcludeCourse = Annotated[
    list[str] | None,
    typer.Option(
        "--exclude-course",
        metavar="COURSE",
        autocompletion=_courses,
        rich_help_panel=_WHAT,
        help="Subtract a course from totals; may be given several times.",
    ),
]
Area = Annotated[
    str | None,
    typer.Option(
        "--area",
        metavar="AREA",
        autocompletion=_areas,
        rich_help_panel=_WHAT,
        help="A region or local authority, by name or code.",
    ),
]
Highlight = Annotated[
    str | None,
    typer.Option(
        "--highlight",
        metavar="AREA",
        autocompletion=_areas,
        rich_help_panel=_WHAT,
        help="A place to be marked among the others, by name or code.",
    ),
]
Basis = Annotated[
    str | None,
    typer.Option(
        "--basis",
        metavar="BASIS",
        autocompletion=lambda: ["in-year", "cumulative"],
        rich_help_panel=_WHAT,
        help="in-year or cumulative (since autumn 2021); default: each that there is.",
    ),
]
Release = Annotated[
    str | None,
    typer.Option(
        "--release",
        metavar="RELEASE",
        rich_help_panel=_WHAT,
        help="Edition to use, such as 2022-23; default: the newest that answers.",
    ),
]
IncludeUnripe = Annotated[
    bool,
    typer.Option(
        "--include-unripe",
        rich_help_panel=_WHAT,
        help="Give changes of completion figures for unfinished years, too.",
    ),
]
Cells = Annotated[
    bool,
    typer.Option(
        "--cells",
        rich_help_panel=_OUTPUT,
        help="Show the published cells behind the figures, with file, line and column.",
    ),
]
Format = Annotated[
    str | None,
    typer.Option(
        "--format",
        "-f",
        metavar="FORMAT",
        autocompletion=lambda: ["table", "markdown", "csv", "json", "html", "parquet", "xlsx"],
        rich_help_panel=_OUTPUT,
        help="table, markdown, csv, json, html, parquet or xlsx; default: by the suffix of --out, else table.",
    ),
]
Out = Annotated[
    str | None,
    typer.Option("--out", "-o", metavar="FILE", rich_help_panel=_OUTPUT, help="File to write; - is stdout."),
]


def found(context: typer.Context) -> "Project":
    """Find the project that the command line means; where it is none of the user's, say so."""
    from npqstats.project import locate

    project = locate(context.obj)
    if project.is_bundled:
        say("No data/raw here: using the published rows that come with the program.")
    return project


def ready(context: typer.Context) -> "Project":
    """Find the project that the command line means, and bring its observations up to date."""
    from npqstats.cli.progress import progress
    from npqstats.store.build import ready as bring_up_to_date

    project = found(context)
    with progress() as report:
        return bring_up_to_date(project, say=say, progress=report)


def answer(
    table: "pl.DataFrame", lay_out: "Callable[[pl.DataFrame], Sheet]", cells_of: "Project | None", kind: str
) -> "Document":
    """Return a table as a document or, where a project is given, the published cells behind the table."""
    from npqstats.tables.sheet import document

    if cells_of is None:
        return document(table, lay_out(table), kind)
    from npqstats.analysis.show import behind, origins
    from npqstats.tables.cells import cells

    published = behind(origins(table), project=cells_of)
    return document(published, cells(published, "Published cells behind the table"), "cells")
