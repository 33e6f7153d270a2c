"""`npqstats sql`: a query over current figures or all published cells."""

from typing import Annotated

import typer

from npqstats.cli import options
from npqstats.cli.errors import say

NAME = "sql"


def command(
    context: typer.Context,
    query: Annotated[str, typer.Argument(help="One SELECT or WITH, over the tables current and observations.")],
    format: options.Format = None,
    out: options.Out = None,
) -> None:
    """Run an SQL query over `current`, one row per fact, or `observations`, one row per published cell.

    `npqstats list columns` has their columns. A query reads these two tables alone.

    Example: npqstats sql "SELECT time_period, value FROM current WHERE measure = 'starts' AND funding = 'all'"
    """
    from npqstats.analysis.sql import sql
    from npqstats.tables.listing import of_query
    from npqstats.tables.output import chosen, emit

    name = chosen(format, out)
    emit(of_query(sql(query, project=options.ready(context), say=say), query), name, out, notes=True)
