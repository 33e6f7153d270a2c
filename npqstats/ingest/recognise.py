"""Which data set a raw file is, by the columns of its first line."""

import csv
import re

from npqstats.catalogue.catalogue import Layout, catalogue
from npqstats.errors import DataError
from npqstats.ingest.raw import RawFile

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
        raise DataError(f"data/raw/{source} is empty.", MOVE)
    if len(line) >= LONGEST_HEADER or b"\r" in line.rstrip(b"\r"):
        raise DataError(
            f"data/raw/{source}:1: there is no header line that ends in LF or CRLF.",
            "Save the file as a plain CSV file.",
        )
    try:
        text = line.decode("utf-8-sig").rstrip("\r")
    except UnicodeDecodeError as error:
        raise not_utf8(source, 1, error.start + 1) from error
    if "\0" in text:
        raise not_utf8(source, 1, text.index("\0") + 1)
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


MOVE = "Download it again, or move it out of data/raw."
_COMPARE = "Compare the first line with the file's page; 'npqstats list datasets --format json' shows what is known."


def not_utf8(source: str, line: int, column: int) -> DataError:
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
    for own, title, why in (
        (_METADATA, "metadata", "metadata of a file"),
        (_SERVICE, "", "none of its columns is about NPQs"),
    ):
        if here >= own:
            return Layout(dataset="", kind="passed-over", title=title, columns=tuple(columns), why=why)
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
