"""A raw file as frames of text, every row with its line number."""

import csv
from collections.abc import Iterator

import polars as pl

from npqstats.errors import DataError
from npqstats.ingest.faults import LINE
from npqstats.ingest.raw import RawFile
from npqstats.ingest.recognise import MOVE, header, not_utf8
from npqstats.listeners import Progress, silent

BLOCK = 8 << 20
"""Bytes read at a time, some 70,000 rows; the largest published file has 2,652."""


def blocks(file: RawFile, progress: Progress = silent) -> Iterator[tuple[pl.DataFrame, bool]]:
    """Read the rows of a file in blocks of whole lines; every published file is one block.

    Args:
        file: The file.
        progress: Called with its source, the bytes read and its size.

    Yields:
        Text: the columns of its header, an empty cell being an empty text, and `line` (Int32), the header being line 1;
        blank lines are left out. And whether the block ends without a line end.

    Raises:
        DataError: A line is ragged, not UTF-8 or broken by quotes, or there is no row at all.
    """
    source, columns, line, done, is_empty = file.source, list[str](), 2, 0, True
    for block in file.blocks(BLOCK):
        done += len(block)
        progress(source, done, file.size)
        body = block if columns else block.partition(b"\n")[2]
        columns = columns or header(block, source)
        if b"\0" in body:
            at = line + body.count(b"\n", 0, body.index(b"\0"))
            raise DataError(f"data/raw/{source}:{at}: the file holds NUL bytes.", "It is damaged: download it again.")
        rows = _frame(body, source, columns, line) if body.strip() else None
        if rows is not None and not rows.is_empty():
            is_empty = False
            yield rows, not body.endswith((b"\n", b"\r"))
        line += body.count(b"\n")
    if not columns:
        header(b"", source)
    if is_empty:
        raise DataError(f"data/raw/{source} has a header and no rows.", MOVE)


def _frame(body: bytes, source: str, columns: list[str], first: int) -> pl.DataFrame:
    """Type lines as text; `first` is the number of the first one."""
    try:
        rows = pl.read_csv(
            b",".join(name.encode() for name in columns) + b"\n" + body,
            schema=dict.fromkeys(columns, pl.String),
            empty_string_is_null=False,
        )
    except pl.exceptions.PolarsError as error:
        _find_fault(body, source, len(columns), first)
        why = str(error).partition("\n")[0]
        raise DataError(
            f"data/raw/{source} is no CSV that can be read: {why}.", "Save the file as a plain CSV file."
        ) from error
    lines = body.count(b"\n") + (not body.endswith(b"\n"))
    if rows.height != lines or b'"' in body or (rows.get_column(columns[-1]) == "").any():
        _find_fault(body, source, len(columns), first)
    numbers = pl.int_range(first, first + rows.height, dtype=pl.Int32, eager=True)
    if rows.height != lines:
        with_text = (number for number, line in enumerate(body.split(b"\n"), start=first) if line.strip(b"\r"))
        numbers = pl.Series(list(with_text), dtype=pl.Int32)
    rows = rows.insert_column(len(columns), numbers.alias(LINE))
    if (rows.get_column(columns[0]) == "").any():
        rows = rows.filter(pl.any_horizontal(pl.col(columns) != ""))
    return rows


def _find_fault(body: bytes, source: str, wanted: int, first: int) -> None:
    """Go through the lines one by one and raise the first fault; return if there is none after all."""
    for number, line in enumerate(body.split(b"\n"), start=first):
        where = f"data/raw/{source}:{number}"
        try:
            text = line.removesuffix(b"\r").decode()
        except UnicodeDecodeError as error:
            raise not_utf8(source, number, error.start + 1) from error
        try:
            cells = next(csv.reader([text], strict=True), [])
        except csv.Error as error:
            raise DataError(
                f"{where}: a quoted cell does not end on its line.", "Remove the quote or the line break."
            ) from error
        if cells and len(cells) != wanted:
            found = f"{len(cells)} cell{'s' * (len(cells) > 1)}"
            raise DataError(
                f"{where}:{min(len(cells), wanted) + 1}: {found} where the header has {wanted}.",
                "Compare the line with its neighbours: a comma is missing or too many, or the file was cut short.",
            )
