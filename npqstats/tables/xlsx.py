"""Tables as an Excel workbook by the rules for accessible spreadsheets: one writer for `--format xlsx` and reports.

Contents, notes, then one marked-up table a sheet, under its title. Figures are numbers, unrounded, shown as they are
printed; a symbol is text. No cell is a formula or a link, whatever its text begins with. The same tables give the same
bytes.
"""

import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from npqstats.catalogue.catalogue import release
from npqstats.tables.fit import height, widths
from npqstats.tables.table import Column, Document, Entry, Kind, Notes, Row, Table
from npqstats.vocabulary.names import plain

_LONGEST_NAME = 31
_LONGEST_TEXT = 16_000
"""Characters of a cell: Excel takes 32,767 units, of which a rare character needs two."""
_COVER_WIDTH = 640
_NO_DATE = date(1980, 1, 1)
NONE = "none"
"""Written where there is nothing: no cell is blank."""
_CONTENTS, _NOTES, _COVER = "Contents", "Notes", "Cover"
_RISKY = ("=", "+", "-", "@")
_FIGURE = re.compile("^[+\u2212-]?[0-9]")
_FONT = {"font_name": "Arial", "font_size": 12}
_NUMBER_FORMATS = {"%": '#,##0.0"%"', "pp": '#,##0.0" pts"'}


def of_document(document: Document) -> bytes:
    """Write one answer as a workbook."""
    published = [release(name).published for name in document.releases]
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
    used = {"history", *(name.lower() for name in taken)}  # Excel keeps the name History for itself
    names = []
    for title in titles:
        words = " ".join(re.sub(r"[\[\]:*?\\']", " ", text_of(title).replace("/", "-")).split())
        wanted = _cut(words, _LONGEST_NAME) or "table"
        name, turn = wanted, 1
        while name.lower() in used:
            turn += 1
            name = f"{_cut(wanted, _LONGEST_NAME - len(str(turn)) - 1)} {turn}"
        used.add(name.lower())
        names.append(name)
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
        headers, body, kinds = _laid_out(table, notes)
        top = self._lines_above(page, table)
        rooms = widths(
            [header.split() if kind is Kind.NUMBER else [header] for header, kind in zip(headers, kinds, strict=True)],
            [[cells[place].shown for cells in body] for place in range(len(headers))],
            [kind is not Kind.LABEL for kind in kinds],
            [text_of(table.title)],
        )
        for place, room in enumerate(rooms):
            page.set_column_pixels(place, place, room)
        page.set_row(top, height(list(zip(headers, rooms, strict=True)), is_bold=True))
        indents = [row.indent for row in table.rows] or [0]
        for number, (cells, indent) in enumerate(zip(body, indents, strict=True), start=top + 1):
            for place, cell in enumerate(cells):
                self._write(
                    page, (number, place), cell, kinds[place], 0 if place else indent, is_link=links and place == 0
                )
            page.set_row(number, height([(cells[p].shown, rooms[p]) for p in range(len(rooms)) if _wraps(kinds[p])]))
        self._mark_up(page, top, headers, kinds, len(body))
        _set_page(page, is_wide=sum(rooms) > _COVER_WIDTH)

    def _lines_above(self, page: Any, table: Table) -> int:
        """Write the lines above a table, and return the row of its header."""
        row = 0
        for row, line in enumerate(map(text_of, _above(table))):
            points = 12 if row else 16
            page.write_string(row, 0, line, self.format(font_size=points, bold=not row, quote_prefix=True))
            page.set_row(row, height([], points))
        return row + 1

    def _mark_up(self, page: Any, top: int, headers: Sequence[str], kinds: Sequence[Kind], rows: int) -> None:
        """Mark a table up as one, with its header on every printed page."""
        looks = [
            {"align": "right"} if kind is Kind.NUMBER else {"align": "left", "indent": int(place > 0 and _wraps(kind))}
            for place, kind in enumerate(kinds)
        ]
        columns = [
            {
                "header": header,
                "header_format": self.format(bold=True, text_wrap=True, valign="bottom", bottom=2, **look),
            }
            for header, look in zip(headers, looks, strict=True)
        ]
        name = f"table_{len(self.book.worksheets())}"
        options = {"name": name, "autofilter": False, "style": None, "columns": columns}
        page.add_table(top, 0, top + rows, len(headers) - 1, options)
        page.print_area(0, 0, top + rows, len(headers) - 1)
        page.repeat_rows(top)

    def _write(self, page: Any, where: tuple[int, int], cell: _Cell, kind: Kind, indent: int, *, is_link: bool) -> None:
        """Write a cell: a number as a number, anything else as text, whatever it begins with."""
        side = "right" if kind is Kind.NUMBER else "left"
        if not isinstance(cell.content, str):
            page.write_number(*where, cell.content, self.format(num_format=cell.form, align=side, valign="top"))
        elif is_link:
            form = self.format(font_color="#0563C1", underline=1, valign="top")
            page.write_url(*where, f"internal:'{cell.content}'!A1", form, cell.content)
        else:
            form = self.format(
                align=side,
                valign="top",
                text_wrap=_wraps(kind),
                indent=indent,
                quote_prefix=cell.content.startswith(_RISKY),
            )
            page.write_string(*where, cell.content, form)


def _wraps(kind: Kind) -> bool:
    return kind is Kind.LABEL


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
    yield f"This worksheet contains one table.{words}"
    yield from table.key
    yield from table.source


def _laid_out(table: Table, notes: Notes) -> tuple[list[str], list[list[_Cell]], list[Kind]]:
    """Return headers, cells and kinds of columns: those of the table, then marks, notes and source cells where any."""
    kinds = [column.kind for column in table.columns]
    signs = [_is_signed(table, place) for place in range(len(kinds))]
    body = [
        [_cell(entry, is_signed=sign) for entry, sign in zip(row.entries, signs, strict=True)] for row in table.rows
    ] or [[_Cell(NONE)] * len(kinds)]
    headers = [f"{column.header} ({column.unit})" if column.unit else column.header for column in table.columns]
    for header, words in (
        ("Marks", [_marks(row, table.columns) for row in table.rows]),
        ("Notes", [_numbers(row, table, notes) for row in table.rows]),
        ("Source cells", [_origins(row) for row in table.rows]),
    ):
        if any(words):
            headers.append(header)
            kinds.append(Kind.LABEL)
            for cells, word in zip(body, words, strict=True):
                cells.append(_Cell(text_of(word) or NONE))
    return _distinct(headers), body, kinds


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


def _is_signed(table: Table, place: int) -> bool:
    """Tell whether a column is of changes: whether any of its rises is printed with a plus, or a fall with a minus."""
    return any(row.entries[place].text.startswith(("+", "\u2212")) for row in table.rows)


def _marks(row: Row, columns: Sequence[Column]) -> str:
    marked = [(column.header, entry.flags) for column, entry in zip(columns, row.entries, strict=True) if entry.flags]
    return "; ".join(f"{header}: {' '.join(flags)}" if header else " ".join(flags) for header, flags in marked)


def _numbers(row: Row, table: Table, notes: Notes) -> str:
    """Write the numbers of a row's notes in the order of the whole workbook's."""
    texts = [table.notes[number - 1] for entry in row.entries for number in entry.notes]
    return " ".join(f"[note {number}]" for number in notes.numbers(texts))


def _origins(row: Row) -> str:
    return " | ".join(dict.fromkeys(origin for entry in row.entries for origin in entry.origins))


def _distinct(headers: Sequence[str]) -> list[str]:
    """Make headers that Excel takes for a table: none blank, no two alike."""
    used: set[str] = set()
    found = []
    for header in headers:
        wanted = text_of(plain(header)) or "What"
        name, turn = wanted, 1
        while name.lower() in used:
            turn += 1
            name = f"{wanted} ({turn})"
        used.add(name.lower())
        found.append(name)
    return found
