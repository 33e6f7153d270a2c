"""`npqstats sql`: a query over the observations."""

from typing import Annotated

import typer

from npqstats.cli import options
from npqstats.cli.errors import say

NAME = "sql"


def command(
    context: typer.Context,
    query: Annotated[str, typer.Argument(help="A query over the table observations.")],
    format: options.Format = None,
    out: options.Out = None,
) -> None:
    """Run an SQL query over the observations, one row per published cell.

    Example: npqstats sql "SELECT time_period, value FROM observations WHERE measure = 'starts' AND funding = 'all'"
    """
    from npqstats.analysis.query import sql
    from npqstats.tables.listing import sheet
    from npqstats.tables.output import chosen, emit

    name = chosen(format, out)
    table = sql(query, project=options.ready(context), say=say)
    emit(table, sheet(table, "query"), name, out)
