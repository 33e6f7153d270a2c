"""The figures of a chart of years as a table: a row for each that is drawn, with its origins."""

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from npqstats.analysis.columns import TREND
from npqstats.tables.moves import Row

_COLUMNS = (
    *("line", "measure", "unit", "funding", "basis", "breakdown", "group", "geographic_level"),
    *("location_code", "location_name", "period", "value", "symbol", "status"),
    *("release", "evidence", "origins", "notes"),
)


def drawn(table: pl.DataFrame) -> pl.DataFrame:
    """Keep the rows of a trend that have a figure or a symbol, and what is to be known of each."""
    return table.filter(pl.col("value").is_not_null() | pl.col("symbol").is_not_null()).select(_COLUMNS)


def joined(rows: Sequence[Row], more: Sequence[Row], columns: Mapping[str, Any]) -> pl.DataFrame:
    """Give rows of a trend, each with what the chart says besides.

    Args:
        rows: Those that are drawn.
        more: For each of them, values by the names of `columns`.
        columns: Polars types by name.
    """
    return pl.DataFrame(
        [{name: row[name] for name in _COLUMNS} | beside for row, beside in zip(rows, more, strict=True)],
        schema={name: TREND[name] for name in _COLUMNS} | dict(columns),
        orient="row",
    )
