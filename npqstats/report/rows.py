"""A sheet as the rows of an HTML table: marks told from words, row headers that stand on their own."""

import re
from dataclasses import dataclass

from npqstats.tables.sheet import Sheet

_MARKS = re.compile(r"\s*((?:\[\d+\])+)$")
_INDENT = "  "
_NAMING = 2
"""At most so many columns name a row."""


@dataclass(frozen=True, kw_only=True)
class Cell:
    """A cell, taken apart."""

    text: str
    marks: tuple[int, ...] = ()
    """Which notes it points to, from 1."""
    origins: tuple[str, ...] = ()
    owner: str = ""
    """What an indented row, or one that leaves its name out, belongs to: for who hears or sorts the row alone."""
    is_indented: bool = False
    is_header: bool = False
    is_number: bool = False


def rows(sheet: Sheet) -> list[list[Cell]]:
    """Take the cells of a sheet apart, row by row."""
    naming = _naming(sheet)
    owners = [""] * naming
    found = []
    for row, origins in zip(sheet.rows, sheet.origins or [[]] * len(sheet.rows), strict=True):
        cells = []
        for place, written in enumerate(row):
            text, marks = _taken_apart(written)
            is_header, is_indented = place < naming, place == 0 and written.startswith(_INDENT)
            is_part = is_header and (is_indented or not text)
            cells.append(
                Cell(
                    text=text,
                    marks=marks,
                    origins=origins[place] if origins else (),
                    owner=owners[place] if is_part else "",
                    is_indented=is_indented,
                    is_header=is_header,
                    is_number=place in sheet.numeric,
                )
            )
            if is_header and not is_part:
                owners[place] = text
        found.append(cells)
    return found


def _naming(sheet: Sheet) -> int:
    """Count the columns that name a row: those before the first number, two at most."""
    return max(1, min(*(sheet.numeric or {1}), _NAMING, len(sheet.headers)))


def _taken_apart(written: str) -> tuple[str, tuple[int, ...]]:
    """Tell words from the marks at their end.

    >>> _taken_apart("  leaving out NPQSENCO [1][12]")
    ('leaving out NPQSENCO', (1, 12))
    """
    found = _MARKS.search(written)
    if found is None:
        return written.strip(), ()
    return written[: found.start()].strip(), tuple(int(mark) for mark in re.findall(r"\d+", found[1]))
