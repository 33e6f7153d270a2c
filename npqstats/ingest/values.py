"""The cells of value columns: a number or a symbol, never both, never neither, never guessed."""

import re

import polars as pl

from npqstats.catalogue import observations as table
from npqstats.catalogue.catalogue import Layout, ValueColumn
from npqstats.ingest.faults import AGAIN, LINE, Disagreement, refuse
from npqstats.vocabulary.measures import MEASURES
from npqstats.vocabulary.names import clean, listed
from npqstats.vocabulary.symbols import SYMBOLS

_WHOLE = "^(?:0|[1-9][0-9]*)$"
_DECIMAL = r"^(?:0|[1-9][0-9]*)(?:\.[0-9]+)?$"
_MOST = 10_000_000
"""No count of this publication has more: England has half a million teachers."""
_FULL = 100


def values(rows: pl.DataFrame, layout: Layout, source: str) -> tuple[pl.DataFrame, list[Disagreement]]:
    """Read every value column.

    Args:
        rows: Text, with `line`.
        layout: Says which columns hold values, and of which measure.
        source: Name of the file under data/raw/, for messages.

    Returns:
        For a value column, such as `npq_starts`, two columns, `value npq_starts` and `symbol npq_starts`, one of them
        null on every row; and cells that are written oddly and yet have one meaning, such as with spaces round them.

    Raises:
        DataError: A cell has no certain meaning.
    """
    read = rows.select(one for name, meaning in layout.measures.items() for one in _read(name, _is_whole(meaning)))
    remarks: list[Disagreement] = []
    for name, meaning in layout.measures.items():
        value, symbol = read.get_column(f"value {name}"), read.get_column(f"symbol {name}")
        if value.null_count() + symbol.null_count() > rows.height:
            mended, odd = _mended(rows, name, meaning, value.is_null() & symbol.is_null(), source)
            read, value, remarks = read.with_columns(mended), mended.get_column(f"value {name}"), remarks + odd
        most = _FULL if MEASURES[meaning.measure].is_rate else _MOST
        what = "is not from 0 to 100." if most == _FULL else "is more than there can be."
        refuse(rows, name, value > most, source, lambda cell, what=what: (f"{cell} {what}", AGAIN))  # type: ignore[misc]
    return read, remarks


def _is_whole(meaning: ValueColumn) -> bool:
    measure = MEASURES[meaning.measure]
    return measure.is_whole and not measure.is_rate


def _read(name: str, is_whole: bool) -> tuple[pl.Expr, pl.Expr]:
    text = pl.col(name)
    number = pl.when(text.str.contains(_WHOLE if is_whole else _DECIMAL)).then(text).cast(pl.Float64)
    return number.alias(f"value {name}"), text.cast(table.SYMBOL, strict=False).alias(f"symbol {name}")


def _mended(
    rows: pl.DataFrame, name: str, meaning: ValueColumn, is_odd: pl.Series, source: str
) -> tuple[pl.DataFrame, list[Disagreement]]:
    """Read a column with odd cells once more, without what cannot change the meaning of a cell."""
    is_whole = _is_whole(meaning)
    odd = rows.filter(is_odd).select(LINE, name)
    plain = {cell: _plain(cell, meaning, is_whole) for cell in odd.get_column(name).unique()}
    read = rows.select(pl.col(name).replace(plain)).select(_read(name, is_whole))
    is_bad = read.to_series(0).is_null() & read.to_series(1).is_null()
    refuse(rows, name, is_bad, source, lambda cell: _bad_cell(cell, is_whole=is_whole))
    return read, [
        Disagreement("plain-cell", source, line, name, cell, f"{cell!r} is read as {plain[cell]}")
        for line, cell in odd.iter_rows()
        if cell != ""
    ]


def _plain(cell: str, meaning: ValueColumn, is_whole: bool) -> str:
    """Take away what cannot change a cell's meaning: white space round it, a fraction of nothing."""
    bare = clean(cell)
    if not bare and not cell.strip("\ufeff") and meaning.blank:
        return meaning.blank
    return re.sub(r"^([0-9]+)\.0+$", r"\1", bare) if is_whole else bare


def _bad_cell(cell: str, *, is_whole: bool) -> tuple[str, str]:
    symbols = listed(SYMBOLS, "or")
    bare = clean(cell)
    if not bare:
        return "the cell is blank.", f"A missing figure is marked by a symbol: {symbols}."
    if re.fullmatch(r"[+-]?\d+(?:[.,]\d+)?[eE][+-]?\d+", bare):
        return f"{cell!r} is a number that a spreadsheet has rounded.", f"Its digits are lost. {AGAIN}"
    if re.fullmatch(r"-\s?\d+(?:\.\d+)?", bare):
        return f"{cell} is negative.", AGAIN
    if is_whole and re.fullmatch(r"\d+\.\d+", bare):
        return f"{cell} is not a whole number.", AGAIN
    if any(letter.isdigit() for letter in bare):
        return f"{cell!r} is not a plain number.", f"Numbers have digits and at most a decimal point. {AGAIN}"
    return f"{cell!r} is neither a number nor a symbol.", f"The symbols are {symbols}."
