"""`npqstats compare`: two years side by side."""

from typing import Any

import typer

from npqstats.analysis.parts import ComparisonParts
from npqstats.cli import options
from npqstats.cli.errors import say

NAME = "compare"


@options.asks(ComparisonParts)
def command(
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
    from npqstats.analysis.compare import compare
    from npqstats.tables import documents
    from npqstats.tables.output import chosen, emit
    from npqstats.wording.notes import of_answer

    name = chosen(format, out, notes=notes)
    project = options.ready(context)
    answer = compare(project, ask(project, (before, after), options.given(parts)))
    for sentence in of_answer(answer):
        say(sentence)
    emit(documents.of_origins(project, answer) if cells else documents.of_comparison(answer), name, out, notes=notes)
