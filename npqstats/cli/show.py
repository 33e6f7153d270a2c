"""`npqstats show`: published cells, each with its file, line and column."""

from typing import Annotated, Any

import typer

from npqstats.analysis.parts import CellParts
from npqstats.cli import options

NAME = "show"


@options.asks(CellParts)
def command(
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
    from npqstats.analysis.show import show
    from npqstats.tables import documents
    from npqstats.tables.output import chosen, emit

    name = chosen(format, out, notes=notes)
    project = options.ready(context)
    asked = ask(project, years or (), options.given(parts))
    emit(documents.of_cells(show(project, asked), asked), name, out, notes=notes)
