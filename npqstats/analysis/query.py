"""A query in SQL over the observations."""

from pathlib import Path

import polars as pl

from npqstats.errors import UsageError
from npqstats.listeners import Say, silent
from npqstats.project import Project
from npqstats.store import parts
from npqstats.store.build import ready


def sql(query: str, *, project: Project | Path | str | None = None, say: Say = silent) -> pl.DataFrame:
    """Run a query over the table `observations`.

    Args:
        query: In the SQL that Polars speaks.
        project: Where the data are; none: found as `npqstats.project.find` does.
        say: Told what was built.

    Returns:
        What the query gives. Reading does not change the data: a query cannot write.

    Raises:
        UsageError: The query cannot be run; the reason is Polars' own.
    """
    found = ready(project, say=say)

    def run(observations: pl.LazyFrame) -> pl.LazyFrame:
        return pl.SQLContext(observations=observations).execute(query)

    try:
        return parts.read(found, run)
    except pl.exceptions.PolarsError as error:
        reason = str(error).strip().splitlines() or ["no reason given"]
        raise UsageError(
            f"The query cannot be run: {reason[0]}.", "The table is called observations; see 'npqstats list columns'."
        ) from error
