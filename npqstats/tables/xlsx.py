"""Tables as an Excel workbook by the rules for accessible spreadsheets: one writer for `--format xlsx` and reports.

Contents, notes, then one marked-up table a sheet, under its title. Figures are numbers, unrounded, shown as they are
printed; a symbol is text. No cell is a formula or a link, whatever its text begins with. The same tables give the same
bytes.
"""

import io
import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from npqstats.tables.table import Column, Document, Entry, Kind, Notes, Row, Table
from npqstats.vocabulary.names import plain

_LONGEST_NAME = 31
_LONGEST_TEXT = 16_000
"""Characters of a cell: Excel takes 32,767 units, of which a rare character needs two."""
_COVER_WIDTH = 640
_WIDEST_WORDS, _WIDEST, _WIDEST_TABLE = 560, 600, 1300
"""The most pixels for a column of words, for any other, and for a table that is widened for the lines above it."""
_SCALE, _SCALE_BOLD = 1.2, 1.28
"""How much wider 12-point Arial is than the 11-point Calibri that XlsxWriter measures."""
_MARGIN = 16
"""Pixels that a column has beside its text: an indent needs them, too."""
_LINE = 1.3
"""The height of a line, in that of its letters."""
_HIGHEST = 409
"""Points that Excel allows a row."""
_NO_DATE = date(1980, 1, 1)
NONE = "none"
"""Written where there is nothing: no cell is blank."""
_SOURCES = "Source cells"
_CONTENTS, _NOTES, _COVER = "Contents", "Notes", "Cover"
_RISKY = ("=", "+", "-", "@")
_FIGURE = re.compile("^[+\u2212-]?[0-9]")
_FONT = {"font_name": "Arial", "font_size": 12}
_NUMBER_FORMATS = {"%": '#,##0.0"%"', "pp": '#,##0.0" pts"'}


def of_document(document: Document) -> bytes:
    """Write one answer as a workbook."""
    published = [one.published for one in document.releases]
    return workbook(
        [document.table],
        document.table.title,
        made=max((day for day in published if day), default=None),
        command=document.command,
    )


def workbook(
    tables: Sequence[Table],
    title: str,
    cover: Mapping[str, Sequence[str]] | None = None,
    *,
    made: date | None = None,
    command: str = "",
) -> bytes:
    """Write tables as a workbook.

    Args:
        tables: One a sheet, with those below them on sheets of their own.
        title: Of the whole workbook.
        cover: Sentences under their headings for a cover; an empty heading has none. None: there is no cover.
        made: The date to record as that of its making; None: 1 January 1980, never today's.
        command: Makes it again.
    """
    from xlsxwriter import Workbook

    every = [part for table in tables for part in _with_below(table)]
    names = sheet_names((table.title for table in every), taken=(_COVER, _CONTENTS, _NOTES))
    notes = Notes()
    for table in every:
        notes.numbers(table.notes)
    sheets = dict(zip(names, every, strict=True))
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = Workbook(buffer, options)
    book.set_properties(
        {
            "title": text_of(title),
            "author": "npqstats",
            "keywords": "National Professional Qualifications, England, official statistics",
            "comments": text_of(f"To make this workbook again: {command}") if command else "",
            "created": datetime.combine(made or _NO_DATE, time(), UTC),
        }
    )
    book.set_custom_property("Language", "en-GB")
    writer = _Writer(book)
    if cover is not None:
        writer.cover(title, cover)
    listed = {**({_NOTES: _notes(notes, sheets)} if notes.texts else {}), **sheets}
    writer.sheet(_CONTENTS, _contents(title, listed), notes, links=True)
    for name, table in listed.items():
        writer.sheet(name, table, notes)
    book.close()
    return buffer.getvalue()


def _with_below(table: Table) -> Iterator[Table]:
    yield table
    if table.below:
        yield from _with_below(table.below)


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


def _contents(title: str, sheets: Mapping[str, Table]) -> Table:
    return Table(
        title="Contents",
        finding=(title,),
        columns=(Column(header="Worksheet"), Column(header="What it holds")),
        rows=tuple(Row(entries=(Entry(text=name), Entry(text=table.title))) for name, table in sheets.items()),
    )


def _notes(notes: Notes, sheets: Mapping[str, Table]) -> Table:
    users = [[name for name, table in sheets.items() if text in table.notes] for text in notes.texts]
    return Table(
        title="Notes to the tables",
        columns=(Column(header="Note number", kind=Kind.CODE), Column(header="Note"), Column(header="Worksheets")),
        rows=tuple(
            Row(entries=(Entry(text=f"note {number}"), Entry(text=text), Entry(text=", ".join(used))))
            for number, (text, used) in enumerate(zip(notes.texts, users, strict=True), start=1)
        ),
    )


@dataclass(frozen=True)
class _Cell:
    """What is written into a cell."""

    content: str | float
    form: str = ""
    """Number format."""

    @property
    def shown(self) -> str:
        """About what is seen of it, to measure."""
        return self.content if isinstance(self.content, str) else f"{self.content:+,.1f} pts"


@dataclass(frozen=True)
class _SheetColumn:
    """A column of a sheet."""

    header: str
    kind: Kind
    cells: Sequence[_Cell]

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
        texts = (_measured(cell.shown) for cell in self.cells)
        needed = max(*(_measured(part, is_bold=True) for part in parts), *texts) + _MARGIN
        return min(needed, _WIDEST_WORDS if self.wraps else _WIDEST)


class _Writer:
    """Writes sheets into a workbook, all in one style."""

    def __init__(self, book: Any) -> None:
        """Begin with no formats."""
        self.book = book
        self.formats: dict[tuple[tuple[str, object], ...], Any] = {}

    def format(self, **parts: object) -> Any:
        """Return a cell format, made once."""
        key = tuple(sorted(parts.items()))
        if key not in self.formats:
            self.formats[key] = self.book.add_format(_FONT | parts)
        return self.formats[key]

    def cover(self, title: str, parts: Mapping[str, Sequence[str]]) -> None:
        """Write the cover: a title, then sentences under their headings."""
        page = self.book.add_worksheet(_COVER)
        page.set_column_pixels(0, 0, _COVER_WIDTH)
        lines = [(title, 16, True)]
        for heading, sentences in parts.items():
            lines += [(heading, 14, True)] if heading else []
            lines += [(sentence, 12, False) for sentence in sentences]
        for row, (line, points, is_bold) in enumerate(lines):
            words = text_of(line)
            form = self.format(font_size=points, bold=is_bold, text_wrap=True, valign="top", quote_prefix=True)
            page.write_string(row, 0, words, form)
            page.set_row(row, _height([(words, _COVER_WIDTH)], points, is_bold=is_bold))
        _set_page(page, is_wide=False)

    def sheet(self, name: str, table: Table, notes: Notes, *, links: bool = False) -> None:
        """Write one table with what belongs above it.

        Args:
            name: Of the sheet.
            table: What it holds.
            notes: Numbers the notes of the whole workbook.
            links: Whether each entry of the first column names a sheet, and leads to it.
        """
        page = self.book.add_worksheet(name)
        columns = _columns(table, notes)
        top = self._lines_above(page, table)
        rooms = [column.width for column in columns]
        # The lines above run on over the columns, and are cut where the table ends when printed.
        rooms[-1] = max(rooms[-1], min(_WIDEST_TABLE, _measured(text_of(table.title), is_bold=True)) - sum(rooms[:-1]))
        for position, room in enumerate(rooms):
            page.set_column_pixels(position, position, room)
        page.set_row(top, _height([(one.header, room) for one, room in zip(columns, rooms, strict=True)], is_bold=True))
        indents = [row.indent for row in table.rows] or [0]
        rows = zip(*(column.cells for column in columns), strict=True)
        for number, (cells, indent) in enumerate(zip(rows, indents, strict=True), start=top + 1):
            for position, (column, cell) in enumerate(zip(columns, cells, strict=True)):
                inset = indent if position == 0 else int(column.kind is not Kind.NUMBER)
                self._write(page, (number, position), column, cell, inset, is_link=links and position == 0)
            set_in = zip(columns, cells, rooms, strict=True)
            page.set_row(number, _height([(cell.shown, room) for column, cell, room in set_in if column.wraps]))
        printed = len(columns) - (columns[-1].header == _SOURCES)
        self._mark_up(page, top, columns, printed)
        _set_page(page, is_wide=sum(rooms[:printed]) > _COVER_WIDTH)

    def _lines_above(self, page: Any, table: Table) -> int:
        """Write the lines above a table, and return the row of its header."""
        row = 0
        for row, line in enumerate(map(text_of, _above(table))):
            points = 12 if row else 16
            page.write_string(row, 0, line, self.format(font_size=points, bold=not row, quote_prefix=True))
            page.set_row(row, _height([], points))
        return row + 1

    def _mark_up(self, page: Any, top: int, columns: Sequence[_SheetColumn], printed: int) -> None:
        """Mark a table up as one, with its header on every printed page."""
        heads = []
        for position, column in enumerate(columns):
            inset = {} if column.kind is Kind.NUMBER else {"indent": int(position > 0)}
            look = {"bold": True, "text_wrap": True, "valign": "bottom", "bottom": 2, "align": column.side, **inset}
            form = self.format(**look, quote_prefix=column.header.startswith(_RISKY))
            heads.append({"header": column.header, "header_format": form})
        last = top + len(columns[0].cells)
        name = f"table_{len(self.book.worksheets())}"
        options = {"name": name, "autofilter": False, "style": None, "columns": heads}
        page.add_table(top, 0, last, len(columns) - 1, options)
        page.print_area(0, 0, last, printed - 1)
        page.repeat_rows(top)

    def _write(
        self, page: Any, where: tuple[int, int], column: _SheetColumn, cell: _Cell, indent: int, *, is_link: bool
    ) -> None:
        """Write a cell: a number as a number, anything else as text, whatever it begins with."""
        if not isinstance(cell.content, str):
            form = self.format(num_format=cell.form, align=column.side, valign="top")
            page.write_number(*where, cell.content, form)
            return
        risk = {"valign": "top", "quote_prefix": cell.content.startswith(_RISKY)}
        if is_link:
            form = self.format(font_color="#0563C1", underline=1, **risk)
            page.write_url(*where, f"internal:'{cell.content}'!A1", form, cell.content)
        else:
            form = self.format(align=column.side, text_wrap=column.wraps, indent=indent, **risk)
            page.write_string(*where, cell.content, form)


def _height(texts: Sequence[tuple[str, int]], points: int = 12, *, is_bold: bool = False) -> float:
    """Return the height in points of a row, from its texts with the widths of their columns and their size."""
    lines = max((_lines(text, room - _MARGIN // 2, is_bold=is_bold) for text, room in texts), default=1)
    return min(_HIGHEST, _LINE * points * lines)


def _lines(text: str, room: int, *, is_bold: bool) -> int:
    """Count the lines that a text takes in a column."""
    if _measured(text, is_bold=is_bold) <= room:
        return 1
    lines, used, space = 1, 0, _measured(" ")
    for word in text.split():
        size = _measured(word, is_bold=is_bold)
        if used and used + size > room:
            lines, used = lines + 1, 0
        lines, used = lines + size // (room + 1), used + size % (room + 1) + space
    return lines


def _measured(text: str, *, is_bold: bool = False) -> int:
    """Measure a text in pixels: not every program that opens a workbook fits columns and rows to it."""
    from xlsxwriter.utility import xl_pixel_width

    pixels: int = xl_pixel_width(text)
    return round((_SCALE_BOLD if is_bold else _SCALE) * pixels)


def _set_page(page: Any, *, is_wide: bool) -> None:
    """Make a sheet as wide as a page of A4, and number its pages."""
    page.set_paper(9)
    if is_wide:
        page.set_landscape()
    page.set_margins(left=0.4, right=0.4)
    page.fit_to_pages(1, 0)
    page.set_footer("&C&A, page &P of &N")


def _above(table: Table) -> Iterator[str]:
    """List the lines above a table, one a row."""
    yield table.title
    yield from table.finding
    has_notes = any(entry.notes for row in table.rows for entry in row.entries)
    words = " Numbers in the column Notes lead to the worksheet Notes." if has_notes else ""
    has_origins = any(entry.origins for row in table.rows for entry in row.entries)
    sources = f" The last column, {_SOURCES}, is not printed." if has_origins else ""
    yield f"This worksheet contains one table.{words}{sources}"
    yield from table.key
    yield from table.source


def _columns(table: Table, notes: Notes) -> list[_SheetColumn]:
    """List the columns of a sheet: those of the table, then marks, notes and source cells where there are any."""
    found: list[tuple[str, Kind, Sequence[_Cell]]] = []
    for position, column in enumerate(table.columns):
        entries = [row.entries[position] for row in table.rows]
        # A column is of changes where any rise is printed with a plus, or a fall with a minus.
        is_signed = any(entry.text.startswith(("+", "\u2212")) for entry in entries)
        header = f"{column.header} ({column.unit})" if column.unit else column.header
        found.append((header, column.kind, [_cell(entry, is_signed=is_signed) for entry in entries] or [_Cell(NONE)]))
    for header, kind, words in (
        ("Marks", Kind.LABEL, [_marks(row, table.columns) for row in table.rows]),
        ("Notes", Kind.LABEL, [_numbers(row, table, notes) for row in table.rows]),
        (_SOURCES, Kind.CODE, [_origins(row) for row in table.rows]),
    ):
        if any(words):
            found.append((header, kind, [_Cell(text_of(word) or NONE) for word in words]))
    names = _distinct((text_of(plain(header)) or "What" for header, _, _ in found), " ({})", _LONGEST_TEXT)
    return [_SheetColumn(name, kind, cells) for name, (_, kind, cells) in zip(names, found, strict=True)]


def _cell(entry: Entry, *, is_signed: bool) -> _Cell:
    """Write a figure as a number, unrounded, in the format that it is printed in; anything else as text."""
    if entry.value is None or not _FIGURE.match(entry.text):
        return _Cell(text_of(entry.text) or NONE)
    form = _NUMBER_FORMATS.get(entry.unit, "#,##0" if "." not in entry.text else "General")
    if not entry.unit and "," not in entry.text:
        form = "General"
    if is_signed and form != "General":
        form = f"+{form};-{form};{form}"
    return _Cell(entry.value, form)


def _marks(row: Row, columns: Sequence[Column]) -> str:
    marked = [(column.header, entry.flags) for column, entry in zip(columns, row.entries, strict=True) if entry.flags]
    return "; ".join(f"{header}: {' '.join(flags)}" if header else " ".join(flags) for header, flags in marked)


def _numbers(row: Row, table: Table, notes: Notes) -> str:
    """Write the numbers of a row's notes in the order of the whole workbook's."""
    texts = [table.notes[number - 1] for entry in row.entries for number in entry.notes]
    return " ".join(f"[note {number}]" for number in notes.numbers(texts))


def _origins(row: Row) -> str:
    return " | ".join(dict.fromkeys(origin for entry in row.entries for origin in entry.origins))
