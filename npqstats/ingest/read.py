"""A raw file recognised by its columns, and read as frames of text, every row with its line number."""

import csv
import re
from collections.abc import Iterator

import polars as pl

from npqstats.catalogue.catalogue import Layout, catalogue
from npqstats.errors import DataError
from npqstats.ingest.faults import LINE
from npqstats.ingest.raw import RawFile
from npqstats.listeners import Progress, silent

BLOCK = 8 << 20
"""Bytes read at a time, some 70,000 rows; the largest published file has 2,652."""
LONGEST_HEADER = 1 << 16
"""Bytes; a published header has about 400."""
_SERVICE = {"time_period", "time_identifier", "geographic_level"}
"""Columns that every file of the service has."""
_SHARED = {
    *_SERVICE,
    *("country_code", "country_name", "region_code", "region_name", "la_name", "old_la_code", "new_la_code"),
    *("breakdown", "group_name", "programme"),
}
"""Columns that say nothing of which data set a file is."""
_METADATA = {"col_name", "col_type", "label"}
_MOST = 0.5
"""Share of a data set's own columns from which a file is taken to be that data set, changed."""


def layout(file: RawFile) -> Layout:
    """Recognise a file by its first line.

    Raises:
        DataError: It has no sound header, nearly fits a data set, or is not the service's.
    """
    return layout_of(header(next(file.blocks(LONGEST_HEADER), b""), file.source), file.source)


def header(beginning: bytes, source: str) -> list[str]:
    """Read the first line of a file as column names in lower case.

    Args:
        beginning: The file, or as much as holds its first line.
        source: Its name under data/raw/, for messages.

    Raises:
        DataError: The file is empty, not UTF-8 or not set apart by commas, or its header has a blank or repeated
            name or is a row of data.
    """
    line = beginning[: LONGEST_HEADER + 1].partition(b"\n")[0]
    if not beginning.strip():
        raise DataError(f"data/raw/{source} is empty.", _MOVE)
    if len(line) >= LONGEST_HEADER or b"\r" in line.rstrip(b"\r"):
        raise DataError(
            f"data/raw/{source}:1: there is no header line that ends in LF or CRLF.",
            "Save the file as a plain CSV file.",
        )
    try:
        text = line.decode("utf-8-sig").rstrip("\r")
    except UnicodeDecodeError as error:
        raise _not_utf8(source, 1, error.start + 1) from error
    if "\0" in text:
        raise _not_utf8(source, 1, text.index("\0") + 1)
    for mark, name in ((";", "semicolons"), ("\t", "tabs"), ("|", "bars")):
        if text.count(mark) > text.count(","):
            raise DataError(
                f"data/raw/{source}:1: the cells are set apart by {name}, not by commas.",
                "Save the file as a plain CSV file with commas, or download it again.",
            )
    names = [name.strip().lower() for name in next(csv.reader([text]), [])]
    if any(name == "academic year" or re.fullmatch(r"\d{6}", name) for name in names):
        raise DataError(f"data/raw/{source}:1: the first line is a row, not the header.", _COMPARE)
    for number, name in enumerate(names, start=1):
        if not name:
            raise DataError(f"data/raw/{source}:1:{number}: the name of column {number} is blank.", _COMPARE)
        if name in names[: number - 1]:
            raise DataError(f"data/raw/{source}:1:{number}: the column {name!r} is there twice.", _COMPARE)
    return names


_MOVE = "Download it again, or move it out of data/raw."
_COMPARE = "Compare the first line with the file's page; 'npqstats list datasets --format json' shows what is known."


def _not_utf8(source: str, line: int, column: int) -> DataError:
    """Say where a file stops being UTF-8, and what to do."""
    return DataError(
        f"data/raw/{source}:{line}:{column}: not UTF-8 text.",
        "Save the file with the encoding UTF-8 (spreadsheets call it 'CSV UTF-8').",
    )


def layout_of(columns: list[str], source: str) -> Layout:
    """Find the layout of a file, whatever the order of its columns.

    Returns:
        A layout of the catalogue; of kind `passed-over` for any other file of the service.

    Raises:
        DataError: Most of a data set's own columns are there and the rest do not fit, a column speaks of NPQs, or the
            file is not the service's.
    """
    here = set(columns)
    for layout in catalogue().layouts:
        if here == set(layout.columns):
            return layout
    nearest = max(
        (one for one in catalogue().layouts if one.kind != "passed-over"), key=lambda one: _likeness(here, one)
    )
    if _likeness(here, nearest) >= _MOST or any("npq" in name for name in columns):
        raise _near(columns, nearest, source)
    if here >= _METADATA:
        return Layout(
            dataset="", kind="passed-over", title="metadata", columns=tuple(columns), why="metadata of a file"
        )
    if here >= _SERVICE:
        return Layout(
            dataset="", kind="passed-over", title="", columns=tuple(columns), why="none of its columns is about NPQs"
        )
    raise DataError(
        f"data/raw/{source}:1: these columns belong to no data set that is known: {', '.join(columns)}.",
        "Move the file out of data/raw, or add its layout to the catalogue.",
    )


def _likeness(columns: set[str], layout: Layout) -> float:
    own = set(layout.columns) - _SHARED
    return len(own & columns) / len(own)


def _near(columns: list[str], nearest: Layout, source: str) -> DataError:
    absent = [name for name in nearest.columns if name not in columns]
    unmapped = [name for name in columns if name not in nearest.columns]
    differences = [
        f"{what}: {', '.join(names)}"
        for what, names in (("mapped but absent", absent), ("present but unmapped", unmapped))
        if names
    ]
    return DataError(
        f"data/raw/{source}:1: the columns nearly fit {nearest.title!r}; {'; '.join(differences)}.",
        "If DfE changed the file, add its layout to npqstats/catalogue/catalogue.toml; if not, download it again.",
    )


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
        raise DataError(f"data/raw/{source} has a header and no rows.", _MOVE)


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
            raise _not_utf8(source, number, error.start + 1) from error
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
