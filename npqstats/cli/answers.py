"""The commands that ask one thing and show the answer: compare, trend, show, find, list, sql and cite."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from npqstats.analysis.parts import CellParts, ComparisonParts, Parts
from npqstats.cli import options
from npqstats.cli.errors import say

if TYPE_CHECKING:
    from npqstats.analysis.answers import Comparison, Trend
    from npqstats.project import Project

LISTS = (
    *("datasets", "releases", "measures", "courses", "areas", "groups"),
    *("columns", "symbols", "events", "survey", "disagreements"),
)


@options.asks(ComparisonParts)
def compare(
    context: typer.Context,
    before: options.Year,
    after: options.Year,
    cells: options.Cells = False,
    notes: options.Notes = False,
    format: options.Format = None,
    out: options.Out = None,
    **parts: Any,
) -> None:
    """Compare two years: the headline table, or any slice of it.

    Example: npqstats compare 2023-24 2024-25 --by funding
    """
    from npqstats.analysis.ask import ask
    from npqstats.analysis.compare import compare as answer
    from npqstats.tables.output import chosen

    name = chosen(format, out, notes=notes)
    project = options.ready(context)
    found = answer(project, ask(project, (before, after), options.given(parts)))
    _emit(found, project, cells=cells, notes=notes, name=name, out=out)


@options.asks(Parts)
def trend(
    context: typer.Context,
    first: Annotated[
        str | None, options.option("--from", metavar="YEAR", complete=options.years, about="First year.")
    ] = None,
    last: Annotated[
        str | None, options.option("--to", metavar="YEAR", complete=options.years, about="Last year.")
    ] = None,
    cells: options.Cells = False,
    notes: options.Notes = False,
    format: options.Format = None,
    out: options.Out = None,
    **parts: Any,
) -> None:
    """Follow a measure through the years.

    Example: npqstats trend --measure completion-rate
    """
    from npqstats.analysis.ask import ask
    from npqstats.analysis.trend import trend as answer
    from npqstats.tables.output import chosen
    from npqstats.vocabulary.periods import AcademicYear

    name = chosen(format, out, notes=notes)
    years = [AcademicYear.parse(year) if year is not None else None for year in (first, last)]
    project = options.ready(context)
    found = answer(project, ask(project, (), options.given(parts)), first=years[0], last=years[1])
    _emit(found, project, cells=cells, notes=notes, name=name, out=out)


def _emit(
    found: "Comparison | Trend", project: "Project", *, cells: bool, notes: bool, name: str, out: str | None
) -> None:
    """Show an answer, or the cells behind it, and say beside it what holds of all of it."""
    from npqstats.tables import documents
    from npqstats.tables.output import emit
    from npqstats.wording.notes import of_answer

    for sentence in of_answer(found):
        say(sentence)
    emit(documents.of_cells_behind(project, found) if cells else documents.of_answer(found), name, out, notes=notes)


@options.asks(CellParts)
def show(
    context: typer.Context,
    years: Annotated[
        list[str] | None,
        typer.Argument(metavar="YEAR", autocompletion=options.years, help="Academic years; default: all."),
    ] = None,
    notes: options.Notes = False,
    format: options.Format = None,
    out: options.Out = None,
    **parts: Any,
) -> None:
    """Show published cells with their file, line and column.

    Example: npqstats show 2024-25 --measure starts
    """
    from npqstats.analysis.ask import ask
    from npqstats.analysis.show import show as answer
    from npqstats.tables import documents
    from npqstats.tables.output import chosen, emit

    name = chosen(format, out, notes=notes)
    project = options.ready(context)
    asked = ask(project, years or (), options.given(parts))
    emit(documents.of_cells(answer(project, asked), asked), name, out, notes=notes)


def find(
    context: typer.Context,
    number: Annotated[
        str, typer.Argument(metavar="NUMBER", help="41,274, 32%, '2.8 points', 144k, 'a third', 'one in five'.")
    ],
    year: Annotated[
        list[str] | None,
        options.option(
            "--year", complete=options.years, about="Only this academic year; two for a change from one to the other."
        ),
    ] = None,
    measure: options.Measure = None,
    area: Annotated[
        str | None,
        options.option(
            "--area", complete=options.areas, about="Only figures of this region or local authority, or England."
        ),
    ] = None,
    release: Annotated[str | None, options.option("--release", about="One release only; default: every one.")] = None,
    format: options.Format = None,
    out: options.Out = None,
) -> None:
    """Find which published cells, and which one-step derivations, are a number.

    Example: npqstats find 41,274
    """
    from npqstats.tables.found import document
    from npqstats.tables.output import chosen, emit
    from npqstats.wording.find import find as answer

    name = chosen(format, out)
    found = answer(options.ready(context), number, year=year, measure=measure, area=area, release=release)
    emit(document(found), name, out)


def listing(
    context: typer.Context,
    what: Annotated[str, typer.Argument(autocompletion=lambda: list(LISTS), help=f"One of {', '.join(LISTS)}.")],
    format: options.Format = None,
    out: options.Out = None,
) -> None:
    """List what there is to ask about.

    Example: npqstats list courses
    """
    from npqstats.analysis.listings import known
    from npqstats.analysis.listings import listing as answer
    from npqstats.tables.listing import of_list
    from npqstats.tables.output import chosen, emit

    name = chosen(format, out)
    known(what)
    emit(of_list(answer(options.ready(context), what)), name, out, notes=True)


def sql(
    context: typer.Context,
    query: Annotated[str, typer.Argument(help="One SELECT or WITH, over the tables current and observations.")],
    format: options.Format = None,
    out: options.Out = None,
) -> None:
    """Run an SQL query over `current`, one row per fact, or `observations`, one row per published cell.

    `npqstats list columns` has their columns. A query reads these two tables alone.

    Example: npqstats sql "SELECT time_period, value FROM current WHERE measure = 'starts' AND funding = 'all'"
    """
    from npqstats.analysis.sql import sql as answer
    from npqstats.tables.listing import of_query
    from npqstats.tables.output import chosen, emit

    name = chosen(format, out)
    emit(of_query(answer(query, project=options.ready(context), say=say), query), name, out, notes=True)


def cite(
    context: typer.Context,
    release: Annotated[
        str | None,
        typer.Argument(metavar="RELEASE", help="Release, such as 2024-25; default: the newest that is loaded."),
    ] = None,
    style: Annotated[
        str,
        options.option(
            "--style", panel=None, complete=["text", "bibtex", "csl-json"], about="text, bibtex or csl-json."
        ),
    ] = "text",
    out: Annotated[
        str | None,
        options.option("--out", "-o", metavar="FILE", panel=None, about="File to write instead of the screen."),
    ] = None,
) -> None:
    """Say how to cite a release and the files that are loaded.

    Example: npqstats cite 2024-25
    """
    from npqstats.analysis.citation import cite as answer
    from npqstats.tables.output import write

    write(answer(release, style=style, project=options.ready(context), say=say), out)
