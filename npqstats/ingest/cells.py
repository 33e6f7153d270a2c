"""The cells of value columns: a number or a symbol, never both, never neither, never guessed."""

import re

import polars as pl

from npqstats.catalogue import observations as table
from npqstats.catalogue.catalogue import Layout, ValueColumn
from npqstats.ingest.disagreement import Disagreement
from npqstats.ingest.faults import LINE, fault
from npqstats.vocabulary.measures import MEASURES
from npqstats.vocabulary.names import clean, listed
from npqstats.vocabulary.symbols import SYMBOLS

_WHOLE = "^(?:0|[1-9][0-9]*)$"
_DECIMAL = r"^(?:0|[1-9][0-9]*)(?:\.[0-9]+)?$"
_MOST = 10_000_000
"""No count of this publication has more: England has half a million teachers."""
_FULL = 100
_AGAIN = "Download the file again, and do not save it from a spreadsheet."


def values(rows: pl.DataFrame, layout: Layout, source: str) -> tuple[dict[str, pl.DataFrame], list[Disagreement]]:
    """Read every value column.

    Args:
        rows: Text, with `line`.
        layout: Says which columns hold values, and of which measure.
        source: Name of the file under data/raw/, for messages.

    Returns:
        By column, a frame of `value` and `symbol`, one of them null on every row; and cells that are written oddly
        and yet have one meaning, such as with spaces round them.

    Raises:
        DataError: A cell has no certain meaning.
    """
    found: dict[str, pl.DataFrame] = {}
    remarks: list[Disagreement] = []
    for name, meaning in layout.measures.items():
        found[name], odd = _values(rows, name, meaning, source)
        remarks += odd
    return found, remarks


def _values(
    rows: pl.DataFrame, name: str, meaning: ValueColumn, source: str
) -> tuple[pl.DataFrame, list[Disagreement]]:
    measure = MEASURES[meaning.measure]
    is_whole = measure.is_whole and not measure.is_rate
    text = rows.get_column(name).rename("text")
    read, remarks = _read(text.to_frame(), is_whole), []
    if (is_odd := read.get_column("value").is_null() & read.get_column("symbol").is_null()).any():
        plain = {cell: _plain(cell, meaning, is_whole) for cell in text.filter(is_odd).unique()}
        read = _read(text.replace(plain).to_frame(), is_whole)
        is_bad = read.get_column("value").is_null() & read.get_column("symbol").is_null()
        if is_bad.any():
            raise fault(rows, name, is_bad, source, lambda cell: _bad_cell(cell, is_whole=is_whole))
        remarks = [
            Disagreement(
                rule="plain-cell",
                source=source,
                line=line,
                column=name,
                cell=cell,
                what=f"{cell!r} is read as {plain[cell]}",
            )
            for line, cell in rows.filter(is_odd).select(LINE, name).iter_rows()
            if cell != ""
        ]
    value = read.get_column("value")
    if measure.is_rate and (is_over := (value > _FULL).fill_null(value=False)).any():
        raise fault(rows, name, is_over, source, lambda cell: (f"{cell} is not from 0 to 100.", _AGAIN))
    if (is_over := (value > _MOST).fill_null(value=False)).any():
        raise fault(rows, name, is_over, source, lambda cell: (f"{cell} is more than there can be.", _AGAIN))
    return read, remarks


def _read(cells: pl.DataFrame, is_whole: bool) -> pl.DataFrame:
    text = pl.col("text")
    number = pl.when(text.str.contains(_WHOLE if is_whole else _DECIMAL)).then(text).cast(pl.Float64)
    return cells.select(number.alias("value"), text.cast(table.SYMBOL, strict=False).alias("symbol"))


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
        return f"{cell!r} is a number that a spreadsheet has rounded.", f"Its digits are lost. {_AGAIN}"
    if re.fullmatch(r"-\s?\d+(?:\.\d+)?", bare):
        return f"{cell} is negative.", _AGAIN
    if is_whole and re.fullmatch(r"\d+\.\d+", bare):
        return f"{cell} is not a whole number.", _AGAIN
    if any(letter.isdigit() for letter in bare):
        return f"{cell!r} is not a plain number.", f"Numbers have digits and at most a decimal point. {_AGAIN}"
    return f"{cell!r} is neither a number nor a symbol.", f"The symbols are {symbols}."
