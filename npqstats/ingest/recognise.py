"""Which data set a file is, told by its columns alone."""

import csv

from npqstats.catalogue.catalogue import Layout, catalogue
from npqstats.errors import DataError
from npqstats.ingest.unpack import Stream

LONGEST_HEADER = 1 << 16
"""Bytes; a published header has about 400."""


def header(stream: Stream, source: str) -> list[str]:
    """Read the first line of a file as column names in lower case.

    Raises:
        DataError: The file is empty or not UTF-8, or its header has a blank or repeated name.
    """
    line = stream.read_line(LONGEST_HEADER)
    if not line.strip():
        raise DataError(f"data/raw/{source} is empty.", "Download it again, or move it out of data/raw.")
    if len(line) == LONGEST_HEADER or b"\r" in line.rstrip(b"\r\n"):
        raise DataError(
            f"data/raw/{source}:1: there is no header line that ends in LF or CRLF.",
            "Save the file as a plain CSV file.",
        )
    try:
        text = line.decode("utf-8-sig").rstrip("\r\n")
    except UnicodeDecodeError as error:
        raise not_utf8(source, 1, error.start + 1) from error
    names = [name.strip().lower() for name in next(csv.reader([text]), [])]
    for place, name in enumerate(names, start=1):
        if not name:
            raise DataError(f"data/raw/{source}:1:{place}: the name of column {place} is blank.", _COMPARE)
        if name in names[: place - 1]:
            raise DataError(f"data/raw/{source}:1:{place}: the column {name!r} stands there twice.", _COMPARE)
    return names


_COMPARE = "Compare the first line with the file's page; 'npqstats list datasets --format json' shows what is known."


def not_utf8(source: str, line: int, column: int) -> DataError:
    """Say where a file stops being UTF-8, and what to do."""
    return DataError(
        f"data/raw/{source}:{line}:{column}: not UTF-8 text.",
        "Save the file with the encoding UTF-8 (spreadsheets call it 'CSV UTF-8').",
    )


def layout_of(columns: list[str], source: str) -> Layout:
    """Find the layout with just these columns, in whatever order.

    Raises:
        DataError: No layout has them; the message compares them with the nearest one.
    """
    layouts = catalogue().layouts
    for layout in layouts:
        if set(columns) == set(layout.columns):
            return layout
    nearest = max(layouts, key=lambda layout: _likeness(columns, layout))
    if _likeness(columns, nearest) < 0.3:
        raise DataError(
            f"data/raw/{source}:1: these columns belong to no data set that is known: {', '.join(columns)}.",
            "Move the file out of data/raw, or add its layout to the catalogue.",
        )
    absent = [name for name in nearest.columns if name not in columns]
    unmapped = [name for name in columns if name not in nearest.columns]
    differences = [
        f"{what}: {', '.join(names)}"
        for what, names in (("mapped but absent", absent), ("present but unmapped", unmapped))
        if names
    ]
    raise DataError(
        f"data/raw/{source}:1: the columns nearly fit {nearest.title!r}; {'; '.join(differences)}.",
        "If DfE changed the file, add its layout to npqstats/catalogue/catalogue.toml; if not, download it again.",
    )


def _likeness(columns: list[str], layout: Layout) -> float:
    mine, theirs = set(columns), set(layout.columns)
    return len(mine & theirs) / len(mine | theirs)
