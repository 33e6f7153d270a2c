"""The cells of value columns: a number or a symbol, never both, never neither."""

import polars as pl

from npqstats.catalogue import observations as table
from npqstats.catalogue.catalogue import Column, Layout
from npqstats.ingest.faults import fault
from npqstats.vocabulary.names import listed
from npqstats.vocabulary.symbols import SYMBOLS

_VALUE, _SYMBOL = "value:", "symbol:"


def value_of(column: str) -> str:
    """Name of the typed column with the numbers of a published column (null where a symbol stands)."""
    return _VALUE + column


def symbol_of(column: str) -> str:
    """Name of the typed column with the symbols of a published column (null where a number stands)."""
    return _SYMBOL + column


def values(rows: pl.DataFrame, layout: Layout, source: str) -> pl.DataFrame:
    """Give each value column its numbers and its symbols; every cell has just one of the two."""
    values = rows.select(pl.col(name).cast(pl.Float64, strict=False).alias(_VALUE + name) for name in layout.measures)
    symbols = [
        pl.lit(None, table.SYMBOL) if has_all else rows.get_column(name).cast(table.SYMBOL, strict=False)
        for name, has_all in zip(layout.measures, _complete(values), strict=True)
    ]
    values = values.with_columns(s.alias(_SYMBOL + n) for s, n in zip(symbols, layout.measures, strict=True))
    is_odd = values.select(_is_odd(name).any().alias(name) for name in layout.measures).row(0, named=True)
    for name in (name for name, odd in is_odd.items() if odd):
        values = values.with_columns(_second_look(rows, name, layout.measures[name], source))
    return values


def _complete(values: pl.DataFrame) -> list[bool]:
    return [column.null_count() == 0 for column in values]


def _is_odd(name: str) -> pl.Expr:
    number, symbol = pl.col(_VALUE + name), pl.col(_SYMBOL + name)
    return pl.when(number.is_null()).then(symbol.is_null()).otherwise(~number.is_finite())


def _second_look(rows: pl.DataFrame, name: str, meaning: Column, source: str) -> list[pl.Series]:
    """Read a column that has cells with spaces round them or blanks with a meaning; refuse all others."""
    text = rows.get_column(name).str.strip_chars()
    if meaning.blank:
        text = text.replace("", meaning.blank)
    number = text.cast(pl.Float64, strict=False).alias(_VALUE + name)
    symbol = text.cast(table.SYMBOL, strict=False).alias(_SYMBOL + name)
    is_bad = (number.is_null() & symbol.is_null()) | ~number.is_finite().fill_null(value=True)
    if is_bad.any():
        raise fault(rows, name, is_bad, source, _bad_cell)
    return [number, symbol]


def _bad_cell(cell: str) -> tuple[str, str]:
    symbols = listed(SYMBOLS, "or")
    if not cell.strip():
        return "the cell is blank.", f"A missing figure is marked by a symbol: {symbols}."
    bare = cell.strip().replace(",", "").rstrip("%")
    if bare.replace(".", "", 1).isdigit():
        return f"{cell!r} is not a plain number.", f"The file format wants {bare}, without commas and signs."
    return f"{cell!r} is neither a number nor a symbol.", f"The symbols are {symbols}."
