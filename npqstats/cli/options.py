"""Options that several commands share, each declared once, with what the shell can complete."""

import inspect
from typing import TYPE_CHECKING, Annotated, Any, TypeVar, get_type_hints

import typer

from npqstats.cli.errors import say

if TYPE_CHECKING:
    from collections.abc import Callable

    from npqstats.project import Project

Answer = TypeVar("Answer")
Command = TypeVar("Command", bound=Any)

_WHAT = "What is asked"
_OUTPUT = "Output"


def years(incomplete: str) -> list[str]:
    """Complete an academic year, of those that have figures."""
    from npqstats.analysis.releases import loaded
    from npqstats.vocabulary.periods import AcademicYear

    known = _asked_quietly(loaded) or {}
    labels = {AcademicYear.of_code(period).slug for periods in known.values() for period in periods}
    return sorted(label for label in labels if label.startswith(incomplete))


def _asked_quietly(question: "Callable[[Project], Answer]") -> "Answer | None":
    """Ask something of the project for the shell's completion, which must never print an error."""
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


def areas(incomplete: str) -> list[str]:
    """Complete an area by its name."""
    from npqstats.vocabulary.areas import AREAS

    return [area.name for area in AREAS.values() if area.name.lower().startswith(incomplete.lower())]


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
    list[str] | None,
    typer.Option(
        "--area",
        metavar="AREA",
        autocompletion=areas,
        rich_help_panel=_WHAT,
        help="A region or local authority, by name or code; may be named several times.",
    ),
]
Highlight = Annotated[
    str | None,
    typer.Option(
        "--highlight",
        metavar="AREA",
        autocompletion=areas,
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
        help="State changes of completion figures for unfinished years, too.",
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
        autocompletion=lambda: ["table", "csv", "json", "markdown", "html", "parquet", "xlsx"],
        rich_help_panel=_OUTPUT,
        help="table, csv, json, markdown, html, parquet or xlsx; default: what the suffix of --out says, else table.",
    ),
]
Out = Annotated[
    str | None,
    typer.Option(
        "--out", "-o", metavar="FILE", rich_help_panel=_OUTPUT, help="File to write instead of the screen; - is stdout."
    ),
]


LikeForLike = Annotated[
    bool,
    typer.Option(
        "--like-for-like",
        rich_help_panel=_WHAT,
        help="Leave out of both years the courses that one of them did not have.",
    ),
]
Sort = Annotated[
    str | None,
    typer.Option(
        "--sort",
        metavar="ORDER",
        autocompletion=lambda: ["change", "percent", "before", "after", "name"],
        rich_help_panel=_OUTPUT,
        help="change, percent, before, after or name; sizes go from the largest down; default: as published.",
    ),
]
Top = Annotated[
    str | None, typer.Option("--top", rich_help_panel=_OUTPUT, metavar="N", help="Only the N biggest changes.")
]
Notes = Annotated[bool, typer.Option("--notes", rich_help_panel=_OUTPUT, help="Print every note below the table.")]
OPTIONS: dict[str, tuple[Any, Any]] = {
    "measure": (Measure, None),
    "by": (By, None),
    "funding": (Funding, None),
    "course": (Course, None),
    "exclude_course": (ExcludeCourse, None),
    "area": (Area, None),
    "basis": (Basis, None),
    "release": (Release, None),
    "like_for_like": (LikeForLike, False),
    "include_unripe": (IncludeUnripe, False),
    "sort": (Sort, None),
    "top": (Top, None),
}
"""The options of a question, by the names of its parts, each with its default."""


def asks(parts: type) -> "Callable[[Command], Command]":
    """Let a command take the parts of a question as options, handed on as keyword arguments.

    Args:
        parts: `CellParts`, `Parts` or `ComparisonParts`: one option for each of its keys.
    """

    def with_options(command: "Command") -> "Command":
        signature = inspect.signature(command, eval_str=True)
        own = [one for one in signature.parameters.values() if one.kind is not inspect.Parameter.VAR_KEYWORD]
        first = [one for one in own if one.default is inspect.Parameter.empty or one.name in _POSITIONAL]
        shared = [
            inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)
            for name, (annotation, default) in OPTIONS.items()
            if name in get_type_hints(parts)
        ]
        last = [one.replace(kind=inspect.Parameter.KEYWORD_ONLY) for one in own if one not in first]
        command.__signature__ = inspect.Signature([*first, *shared, *last])
        return command

    return with_options


_POSITIONAL = ("years", "kind", "release_name")


def given(parts: dict[str, Any]) -> dict[str, Any]:
    """Keep the parts that were asked for."""
    return {name: value for name, value in parts.items() if value is not None and value is not False and value != []}


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
