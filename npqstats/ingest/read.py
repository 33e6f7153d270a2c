"""A raw file as frames of text, block by block, every row with its line number."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from npqstats.errors import DataError
from npqstats.ingest.faults import LINE
from npqstats.ingest.recognise import not_utf8
from npqstats.ingest.unpack import Stream

BLOCK = 16 << 20
"""Bytes read at a time: what memory is needed does not depend on the length of the file."""


@dataclass(frozen=True)
class _Block:
    """Some whole lines of a file."""

    text: bytes
    source: str
    columns: list[str]
    first_line: int


def frames(stream: Stream, source: str, columns: list[str]) -> Iterator[pl.DataFrame]:
    """Read what follows the header.

    Args:
        stream: The opened file, its header read.
        source: Its name under data/raw/, for messages.
        columns: The names in the header, in its order.

    Yields:
        Frames of text: `columns`, an empty cell being an empty text, and `line` (Int32), the header being line 1.

    Raises:
        DataError: A line is ragged, not UTF-8 or broken by quotes, or there is no row at all.
    """
    line, rows = 2, 0
    while text := stream.read_lines(BLOCK):
        block = _Block(text, source, columns, line)
        frame = _parsed(block)
        line += frame.height
        if (frame.get_column(columns[0]) == "").any():
            frame = frame.filter(pl.any_horizontal(pl.col(columns) != ""))
        rows += frame.height
        if frame.height:
            yield frame
    if rows == 0:
        raise DataError(
            f"data/raw/{source} has a header and no rows.", "Download it again, or move it out of data/raw."
        )


def _parsed(block: _Block) -> pl.DataFrame:
    try:
        frame = _table(block.text, block.columns)
    except pl.exceptions.PolarsError:
        _find_fault(block)
        frame = _after_blank_line(block)
    if _has_broken_line(frame, block) or _has_short_row(frame, block):
        _find_fault(block)
    return frame.with_columns(
        pl.int_range(block.first_line, block.first_line + frame.height, dtype=pl.Int32).alias(LINE)
    )


def _table(text: bytes, columns: list[str], *, has_header: bool = False) -> pl.DataFrame:
    schema = dict.fromkeys(columns, pl.String)
    return pl.read_csv(text, has_header=has_header, schema=schema, empty_string_is_null=False)


def _after_blank_line(block: _Block) -> pl.DataFrame:
    """Parse lines of which the first is blank: Polars would take them for lines of a single column."""
    header = ",".join(block.columns).encode() + b"\n"
    try:
        return _table(header + block.text, block.columns, has_header=True)
    except pl.exceptions.PolarsError as error:
        why = str(error).partition("\n")[0]
        raise DataError(
            f"data/raw/{block.source} is no CSV that can be read: {why}.", "Save the file as a plain CSV file."
        ) from error


def _has_broken_line(frame: pl.DataFrame, block: _Block) -> bool:
    """Whether a quoted cell runs over the end of its line, which would put all line numbers out."""
    if b'"' not in block.text:
        return False
    return frame.height != block.text.count(b"\n") + (not block.text.endswith(b"\n"))


def _has_short_row(frame: pl.DataFrame, block: _Block) -> bool:
    """Whether a row may lack its last cells: these read as empty, as a cell that is there and empty does."""
    is_empty = frame.get_column(block.columns[-1]) == ""
    if not is_empty.any():
        return False
    lines = pl.read_csv(
        block.text, has_header=False, schema={"text": pl.String}, separator="\x1f", quote_char=None
    ).get_column("text")
    if lines.len() != frame.height:
        return True
    commas = lines.str.count_matches(",", literal=True)
    is_short = (commas < len(block.columns) - 1) | lines.str.contains('"', literal=True)
    return bool((is_empty & is_short.fill_null(value=False)).any())


def _find_fault(block: _Block) -> None:
    """Go through the lines one by one and raise the first fault; return if there is none after all."""
    wanted = len(block.columns)
    for number, line in enumerate(block.text.split(b"\n"), start=block.first_line):
        where = f"data/raw/{block.source}:{number}"
        try:
            text = line.removesuffix(b"\r").decode()
        except UnicodeDecodeError as error:
            raise not_utf8(block.source, number, error.start + 1) from error
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
                "Compare the line with its neighbours: a comma is missing or too many.",
            )
