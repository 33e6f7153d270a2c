"""Options that several commands share, each declared once, with what the shell can complete."""

import inspect
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any, TypeVar, get_args, get_type_hints

import typer

from npqstats.cli.errors import say

if TYPE_CHECKING:
    from npqstats.project import Project

Command = TypeVar("Command", bound=Any)

ASKED, OUTPUT = "What is asked", "Output"
"""Panels of the help."""


def option(
    *flags: str,
    about: str,
    metavar: str | None = None,
    panel: str | None = ASKED,
    complete: Callable[..., Any] | list[str] | None = None,
) -> Any:
    """Declare an option.

    Args:
        flags: Its names, the long one first.
        about: What it does.
        metavar: What stands for its value in the help; None: the last word of its name.
        panel: The panel of the help.
        complete: What the shell completes: the values, or a function of what is typed so far.
    """
    values = (lambda: complete) if isinstance(complete, list) else complete
    name = metavar or flags[0].rpartition("-")[2].upper()
    return typer.Option(*flags, help=about, metavar=name, rich_help_panel=panel, autocompletion=values)


def flag(name: str, about: str, panel: str | None = ASKED) -> Any:
    """Declare an option without a value."""
    return typer.Option(name, help=about, rich_help_panel=panel)


def years(incomplete: str) -> list[str]:
    """Complete an academic year, of those that have figures; never with an error."""
    from npqstats.analysis.releases import loaded
    from npqstats.errors import NpqStatsError
    from npqstats.store.build import ready
    from npqstats.vocabulary.periods import AcademicYear

    try:
        known = loaded(ready())
    except NpqStatsError:
        return []
    labels = {AcademicYear.of_code(period).slug for periods in known.values() for period in periods}
    return sorted(label for label in labels if label.startswith(incomplete))


def _measures(incomplete: str) -> list[tuple[str, str]]:
    from npqstats.vocabulary.measures import MEASURES

    return [(code, measure.counts) for code, measure in MEASURES.items() if code.startswith(incomplete.lower())]


def _courses(incomplete: str) -> list[tuple[str, str]]:
    from npqstats.vocabulary.courses import COURSES

    courses = COURSES.values()
    return [(course.code, course.name) for course in courses if course.code.startswith(incomplete.upper())]


def areas(incomplete: str) -> list[str]:
    """Complete an area by its name."""
    from npqstats.vocabulary.areas import AREAS

    return [area.name for area in AREAS.values() if area.name.lower().startswith(incomplete.lower())]


_FORMATS = ["table", "csv", "json", "markdown", "html", "parquet", "xlsx"]
Year = Annotated[str, typer.Argument(autocompletion=years, help="Academic year: 2023-24, 2023/24 or 202324.")]
Measure = Annotated[
    str | None, option("--measure", "-m", complete=_measures, about="What is counted; see 'list measures'.")
]
Area = Annotated[
    list[str] | None,
    option("--area", complete=areas, about="A region or local authority, by name or code; may be named several times."),
]
Cells = Annotated[
    bool, flag("--cells", "Show the published cells behind the figures, with file, line and column.", OUTPUT)
]
Notes = Annotated[bool, flag("--notes", "Print every note below the table.", OUTPUT)]
Format = Annotated[
    str | None,
    option(
        *("--format", "-f"),
        panel=OUTPUT,
        complete=_FORMATS,
        about="table, csv, json, markdown, html, parquet or xlsx; default: what the suffix of --out says, else table.",
    ),
]
Out = Annotated[
    str | None,
    option("--out", "-o", metavar="FILE", panel=OUTPUT, about="File to write instead of the screen; - is stdout."),
]


def _text(*flags: str, kind: Any = str | None, **more: Any) -> Any:
    """Annotate a parameter as an option with a value, or with several."""
    return Annotated[kind, option(*flags, **more)]


OPTIONS: dict[str, Any] = {
    "measure": Measure,
    "by": _text(
        *("--by", "-b"),
        metavar="BREAKDOWN",
        complete=["funding", "course", "region", "local-authority"],
        about="funding, course, region, local-authority, or a breakdown from 'list groups'.",
    ),
    "funding": _text(
        "--funding",
        complete=["all", "funded", "non-funded"],
        about="all, funded (DfE scholarship) or non-funded (school- or self-paid).",
    ),
    "course": _text("--course", complete=_courses, about="One course, by any of its names."),
    "exclude_course": _text(
        "--exclude-course",
        kind=list[str] | None,
        complete=_courses,
        about="Subtract a course from totals; may be given several times.",
    ),
    "area": Area,
    "basis": _text(
        "--basis",
        complete=["in-year", "cumulative"],
        about="in-year or cumulative (since autumn 2021); default: each that there is.",
    ),
    "release": _text("--release", about="Release to use, such as 2022-23; default: the newest that answers."),
    "like_for_like": Annotated[
        bool, flag("--like-for-like", "Leave out of both years the courses that one of them did not have.")
    ],
    "include_unripe": Annotated[
        bool, flag("--include-unripe", "State changes of completion figures for unfinished years, too.")
    ],
    "sort": _text(
        "--sort",
        metavar="ORDER",
        panel=OUTPUT,
        complete=["change", "percent", "before", "after", "name"],
        about="change, percent, before, after or name; sizes go from the largest down; default: as published.",
    ),
    "top": _text("--top", metavar="N", panel=OUTPUT, about="Only the N biggest changes."),
}
"""The options of a question, by the names of its parts."""


def asks(parts: type) -> Callable[[Command], Command]:
    """Let a command take the parts of a question as options, passed on as keyword arguments.

    Args:
        parts: `CellParts`, `Parts` or `ComparisonParts`: one option for each of its keys.
    """

    def with_options(command: Command) -> Command:
        kind = inspect.Parameter
        signature = inspect.signature(command, eval_str=True)
        own = [one for one in signature.parameters.values() if one.kind is not kind.VAR_KEYWORD]
        first = [one for one in own if one.default is kind.empty or one.name == "years"]
        shared = [
            kind(
                name,
                kind.KEYWORD_ONLY,
                default=False if get_args(annotation)[0] is bool else None,
                annotation=annotation,
            )
            for name, annotation in OPTIONS.items()
            if name in get_type_hints(parts)
        ]
        last = [one.replace(kind=kind.KEYWORD_ONLY) for one in own if one not in first]
        command.__signature__ = inspect.Signature([*first, *shared, *last])
        return command

    return with_options


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
