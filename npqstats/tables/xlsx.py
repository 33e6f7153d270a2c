"""Tables as an Excel workbook by the rules for accessible spreadsheets: one writer for `--format xlsx` and reports.

Contents, notes, then one marked-up table a sheet, under its title. Figures are numbers, unrounded, shown as they are
printed; a symbol is text. No cell is a formula or a link, whatever its text begins with. The same tables give the same
bytes.
"""

import io
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import Any

from npqstats.tables import sheet
from npqstats.tables.sheet import SOURCES, SheetCell, SheetColumn, height, measured, sheet_names, text_of
from npqstats.tables.table import Column, Document, Entry, Kind, Notes, Row, Table

_COVER_WIDTH = 640
_WIDEST_TABLE = 1300
"""The most pixels for a table that is widened for the lines above it."""
_NO_DATE = date(1980, 1, 1)
_CONTENTS, _NOTES, _COVER = "Contents", "Notes", "Cover"
_RISKY = ("=", "+", "-", "@")
_FONT = {"font_name": "Arial", "font_size": 12}


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
            page.set_row(row, height([(words, _COVER_WIDTH)], points, is_bold=is_bold))
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
        columns = sheet.columns(table, notes)
        top = self._lines_above(page, table)
        rooms = [column.width for column in columns]
        # The lines above run on over the columns, and are cut where the table ends when printed.
        rooms[-1] = max(rooms[-1], min(_WIDEST_TABLE, measured(text_of(table.title), is_bold=True)) - sum(rooms[:-1]))
        for position, room in enumerate(rooms):
            page.set_column_pixels(position, position, room)
        page.set_row(top, height([(one.header, room) for one, room in zip(columns, rooms, strict=True)], is_bold=True))
        indents = [row.indent for row in table.rows] or [0]
        rows = zip(*(column.cells for column in columns), strict=True)
        for number, (cells, indent) in enumerate(zip(rows, indents, strict=True), start=top + 1):
            for position, (column, cell) in enumerate(zip(columns, cells, strict=True)):
                inset = indent if position == 0 else int(column.kind is not Kind.NUMBER)
                self._write(page, (number, position), column, cell, inset, is_link=links and position == 0)
            set_in = zip(columns, cells, rooms, strict=True)
            page.set_row(number, height([(cell.shown, room) for column, cell, room in set_in if column.wraps]))
        printed = len(columns) - (columns[-1].header == SOURCES)
        self._mark_up(page, top, columns, printed)
        _set_page(page, is_wide=sum(rooms[:printed]) > _COVER_WIDTH)

    def _lines_above(self, page: Any, table: Table) -> int:
        """Write the lines above a table, and return the row of its header."""
        row = 0
        for row, line in enumerate(map(text_of, sheet.above(table))):
            points = 12 if row else 16
            page.write_string(row, 0, line, self.format(font_size=points, bold=not row, quote_prefix=True))
            page.set_row(row, height([], points))
        return row + 1

    def _mark_up(self, page: Any, top: int, columns: Sequence[SheetColumn], printed: int) -> None:
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
        self, page: Any, where: tuple[int, int], column: SheetColumn, cell: SheetCell, indent: int, *, is_link: bool
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


def _set_page(page: Any, *, is_wide: bool) -> None:
    """Make a sheet as wide as a page of A4, and number its pages."""
    page.set_paper(9)
    if is_wide:
        page.set_landscape()
    page.set_margins(left=0.4, right=0.4)
    page.fit_to_pages(1, 0)
    page.set_footer("&C&A, page &P of &N")
