"""What is on a sheet of a workbook: its name, the lines above its table, the columns with their cells, and their size.

Text that Excel takes for nothing but text, figures as numbers, and widths and heights for programs that fit none.
"""

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from npqstats.tables.table import Column, Entry, Kind, Notes, Row, Table
from npqstats.vocabulary.names import plain

_LONGEST_NAME = 31
_LONGEST_TEXT = 16_000
"""Characters of a cell: Excel takes 32,767 units, of which a rare character needs two."""
_WIDEST_WORDS, _WIDEST = 560, 600
"""The most pixels for a column of words, and for any other."""
_SCALE, _SCALE_BOLD = 1.2, 1.28
"""How much wider 12-point Arial is than the 11-point Calibri that XlsxWriter measures."""
_MARGIN = 16
"""Pixels that a column has beside its text: an indent needs them, too."""
_LINE = 1.3
"""The height of a line, in that of its letters."""
_HIGHEST = 409
"""Points that Excel allows a row."""
NONE = "none"
"""Written where there is nothing: no cell is blank."""
SOURCES = "Source cells"
"""The header of the column that is not printed."""
_FIGURE = re.compile("^[+\u2212-]?[0-9]")
_NUMBER_FORMATS = {"%": '#,##0.0"%"', "pp": '#,##0.0" pts"'}


def sheet_names(titles: Iterable[str], taken: Iterable[str] = ()) -> list[str]:
    """Name sheets for the titles of their tables: at most 31 characters that Excel allows, and no two alike.

    >>> sheet_names(["Starts (courses), England: 2023/24 to 2024/25", "Starts (courses), England: by region", "[]"])
    ['Starts (courses), England', 'Starts (courses), England by', 'table']
    """
    words = (" ".join(re.sub(r"[\[\]:*?\\']", " ", text_of(title).replace("/", "-")).split()) for title in titles)
    wanted = (name or "table" for name in words)
    return _distinct(wanted, " {}", _LONGEST_NAME, ["History", *taken])  # Excel keeps the name History for itself.


def _distinct(wanted: Iterable[str], number: str, longest: int, taken: Iterable[str] = ()) -> list[str]:
    """Number names that are like one before, whatever their case, and keep them short enough."""
    used = {name.lower() for name in taken}
    names = []
    for name in wanted:
        ends = itertools.chain([""], map(number.format, itertools.count(2)))
        tried = (f"{_cut(name, longest - len(end))}{end}" for end in ends)
        names.append(next(one for one in tried if one.lower() not in used))
        used.add(names[-1].lower())
    return names


def _cut(words: str, most: int) -> str:
    """Cut words at a space where one is near the end."""
    if len(words) <= most:
        return words
    cut = words[: most + 1].rpartition(" ")[0] if " " in words[most // 2 : most + 1] else words[:most]
    return cut.rstrip(" ,(-")


def text_of(words: str) -> str:
    """Make text that Excel takes for nothing but text: on one line, no control characters, cut at 16,000."""
    seen = " ".join("".join(letter if letter.isprintable() else " " for letter in words).split())
    return seen if len(seen) <= _LONGEST_TEXT else f"{seen[:_LONGEST_TEXT]}... (cut)"


@dataclass(frozen=True)
class SheetCell:
    """What is written into a cell."""

    content: str | float
    form: str = ""
    """Number format."""

    @property
    def shown(self) -> str:
        """About what is seen of it, to measure."""
        return self.content if isinstance(self.content, str) else f"{self.content:+,.1f} pts"


@dataclass(frozen=True)
class SheetColumn:
    """A column of a sheet."""

    header: str
    kind: Kind
    cells: Sequence[SheetCell]

    @property
    def wraps(self) -> bool:
        """Whether its texts may go over several lines."""
        return self.kind is Kind.LABEL

    @property
    def side(self) -> str:
        """The side that it is set to."""
        return "right" if self.kind is Kind.NUMBER else "left"

    @property
    def width(self) -> int:
        """The pixels that it needs for its texts, within reason."""
        parts = self.header.split() if self.kind is Kind.NUMBER else [self.header]
        texts = (measured(cell.shown) for cell in self.cells)
        needed = max(*(measured(part, is_bold=True) for part in parts), *texts) + _MARGIN
        return min(needed, _WIDEST_WORDS if self.wraps else _WIDEST)


def above(table: Table) -> Iterator[str]:
    """List the lines above a table, one a row."""
    yield table.title
    yield from table.finding
    has_notes = any(entry.notes for row in table.rows for entry in row.entries)
    words = " Numbers in the column Notes lead to the worksheet Notes." if has_notes else ""
    has_origins = any(entry.origins for row in table.rows for entry in row.entries)
    sources = f" The last column, {SOURCES}, is not printed." if has_origins else ""
    yield f"This worksheet contains one table.{words}{sources}"
    yield from table.key
    yield from table.source


def columns(table: Table, notes: Notes) -> list[SheetColumn]:
    """List the columns of a sheet: those of the table, then marks, notes and source cells where there are any."""
    found: list[tuple[str, Kind, Sequence[SheetCell]]] = []
    for position, column in enumerate(table.columns):
        entries = [row.entries[position] for row in table.rows]
        # A column is of changes where any rise is printed with a plus, or a fall with a minus.
        is_signed = any(entry.text.startswith(("+", "\u2212")) for entry in entries)
        cells = [_cell(entry, is_signed=is_signed) for entry in entries]
        found.append((column.heading, column.kind, cells or [SheetCell(NONE)]))
    for header, kind, words in (
        ("Marks", Kind.LABEL, [_marks(row, table.columns) for row in table.rows]),
        ("Notes", Kind.LABEL, [_numbers(row, table, notes) for row in table.rows]),
        (SOURCES, Kind.CODE, [_origins(row) for row in table.rows]),
    ):
        if any(words):
            found.append((header, kind, [SheetCell(text_of(word) or NONE) for word in words]))
    names = _distinct((text_of(plain(header)) or "What" for header, _, _ in found), " ({})", _LONGEST_TEXT)
    return [SheetColumn(name, kind, cells) for name, (_, kind, cells) in zip(names, found, strict=True)]


def _cell(entry: Entry, *, is_signed: bool) -> SheetCell:
    """Write a figure as a number, unrounded, in the format that it is printed in; anything else as text."""
    if entry.value is None or not _FIGURE.match(entry.text):
        return SheetCell(text_of(entry.text) or NONE)
    form = _NUMBER_FORMATS.get(entry.unit, "#,##0" if "." not in entry.text else "General")
    if not entry.unit and "," not in entry.text:
        form = "General"
    if is_signed and form != "General":
        form = f"+{form};-{form};{form}"
    return SheetCell(entry.value, form)


def _marks(row: Row, columns: Sequence[Column]) -> str:
    marked = [(column.header, entry.flags) for column, entry in zip(columns, row.entries, strict=True) if entry.flags]
    return "; ".join(f"{header}: {' '.join(flags)}" if header else " ".join(flags) for header, flags in marked)


def _numbers(row: Row, table: Table, notes: Notes) -> str:
    """Write the numbers of a row's notes in the order of the whole workbook's."""
    texts = [table.notes[number - 1] for entry in row.entries for number in entry.notes]
    return " ".join(f"[note {number}]" for number in notes.numbers(texts))


def _origins(row: Row) -> str:
    return " | ".join(dict.fromkeys(origin for entry in row.entries for origin in entry.origins))


def height(texts: Sequence[tuple[str, int]], points: int = 12, *, is_bold: bool = False) -> float:
    """Return the height in points of a row, from its texts with the widths of their columns and their size."""
    lines = max((_lines(text, room - _MARGIN // 2, is_bold=is_bold) for text, room in texts), default=1)
    return min(_HIGHEST, _LINE * points * lines)


def _lines(text: str, room: int, *, is_bold: bool) -> int:
    """Count the lines that a text takes in a column."""
    if measured(text, is_bold=is_bold) <= room:
        return 1
    lines, used, space = 1, 0, measured(" ")
    for word in text.split():
        size = measured(word, is_bold=is_bold)
        if used and used + size > room:
            lines, used = lines + 1, 0
        lines, used = lines + size // (room + 1), used + size % (room + 1) + space
    return lines


def measured(text: str, *, is_bold: bool = False) -> int:
    """Measure a text in pixels: not every program that opens a workbook fits columns and rows to it."""
    from xlsxwriter.utility import xl_pixel_width

    pixels: int = xl_pixel_width(text)
    return round((_SCALE_BOLD if is_bold else _SCALE) * pixels)
