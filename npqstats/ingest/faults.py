"""The error for a cell that does not fit: file, line, column, what is printed there, and what to do."""

from collections.abc import Callable

import polars as pl

from npqstats.errors import DataError

LINE = "line"
"""The column of every frame with the number of each row's line, the header being line 1."""


def fault(
    rows: pl.DataFrame, column: str, is_bad: pl.Series, source: str, what: Callable[[str], tuple[str, str]]
) -> DataError:
    """Make the error for the bad cells of a column: the first one, and how many more there are.

    Args:
        rows: With `column` and `line`.
        column: The published column.
        is_bad: True of the bad cells.
        source: Name of the file under data/raw/.
        what: Message and hint for the cell as printed.
    """
    bad = rows.filter(is_bad)
    line, cell = bad.get_column(LINE)[0], bad.get_column(column)[0]
    message, hint = what("" if cell is None else str(cell))
    more = f" {bad.height - 1:,} more below it." if bad.height > 1 else ""
    return DataError(f"data/raw/{source}:{line}, column {column}: {message}", f"{hint}{more}")
