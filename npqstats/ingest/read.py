"""A raw file as one frame of text, every row with its line number."""

import csv

import polars as pl

from npqstats.errors import DataError
from npqstats.ingest.faults import LINE
from npqstats.ingest.recognise import not_utf8


def frame(content: bytes, source: str, columns: list[str]) -> pl.DataFrame:
    """Read the rows of a file.

    Args:
        content: The whole file.
        source: Its name under data/raw/, for messages.
        columns: The names in its header, in its order.

    Returns:
        Text: `columns`, an empty cell being an empty text, and `line` (Int32), the header being line 1. Blank lines
        are left out.

    Raises:
        DataError: A line is ragged, not UTF-8 or broken by quotes, or there is no row at all.
    """
    body = content[content.find(b"\n") + 1 :] if b"\n" in content else b""
    if b"\0" in content:
        line = content.count(b"\n", 0, content.index(b"\0")) + 1
        raise DataError(f"data/raw/{source}:{line}: the file holds NUL bytes.", "It is damaged: download it again.")
    if not body.strip():
        raise DataError(
            f"data/raw/{source} has a header and no rows.", "Download it again, or move it out of data/raw."
        )
    text = b",".join(name.encode() for name in columns) + b"\n" + body
    try:
        rows = pl.read_csv(text, schema=dict.fromkeys(columns, pl.String), empty_string_is_null=False)
    except pl.exceptions.PolarsError as error:
        _find_fault(body, source, columns)
        why = str(error).partition("\n")[0]
        raise DataError(
            f"data/raw/{source} is no CSV that can be read: {why}.", "Save the file as a plain CSV file."
        ) from error
    lines = body.count(b"\n") + (not body.endswith(b"\n"))
    if rows.height != lines or b'"' in body or (rows.get_column(columns[-1]) == "").any():
        _find_fault(body, source, columns)
    rows = rows.with_columns(pl.int_range(2, rows.height + 2, dtype=pl.Int32).alias(LINE))
    if rows.height != lines:
        rows = rows.with_columns(pl.Series(LINE, _lines_with_text(body), pl.Int32))
    if (rows.get_column(columns[0]) == "").any():
        rows = rows.filter(pl.any_horizontal(pl.col(columns) != ""))
    if rows.is_empty():
        raise DataError(
            f"data/raw/{source} has a header and no rows.", "Download it again, or move it out of data/raw."
        )
    return rows


def _lines_with_text(body: bytes) -> list[int]:
    return [number for number, line in enumerate(body.split(b"\n"), start=2) if line.strip(b"\r")]


def _find_fault(body: bytes, source: str, columns: list[str]) -> None:
    """Go through the lines one by one and raise the first fault; return if there is none after all."""
    wanted = len(columns)
    for number, line in enumerate(body.split(b"\n"), start=2):
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
