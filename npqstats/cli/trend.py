"""`npqstats trend`: a measure through the years."""

from typing import Annotated, Any

import typer

from npqstats.analysis.parts import Parts
from npqstats.cli import options
from npqstats.cli.errors import say

NAME = "trend"


def _year(flag: str, which: str) -> Any:
    return typer.Option(
        flag, metavar="YEAR", autocompletion=options.years, rich_help_panel="What is asked", help=f"{which} year."
    )


@options.asks(Parts)
def command(
    context: typer.Context,
    first: Annotated[str | None, _year("--from", "First")] = None,
    last: Annotated[str | None, _year("--to", "Last")] = None,
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
    from npqstats.analysis.trend import trend
    from npqstats.tables import documents
    from npqstats.tables.output import chosen, emit
    from npqstats.vocabulary.periods import AcademicYear

    name = chosen(format, out, notes=notes)
    years = [AcademicYear.parse(year) if year is not None else None for year in (first, last)]
    project = options.ready(context)
    answer = trend(project, ask(project, (), options.given(parts)), first=years[0], last=years[1])
    if answer.was_turned:
        say("The years came the wrong way round and were turned.")
    emit(documents.of_origins(project, answer) if cells else documents.of_trend(answer), name, out, notes=notes)
