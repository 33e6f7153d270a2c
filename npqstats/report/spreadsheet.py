"""Tables as an Excel workbook by the rules of official statistics: gptables writes it, and text stays text."""

import io
import re
import warnings
from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any

from npqstats.report.grid import Cell, Column, Grid
from npqstats.tables.fit import height, widths

if TYPE_CHECKING:
    from gptables import GPTable, GPWorkbook, Theme

_COVER_WIDTH = 640
_LONGEST_NAME = 31
_LONGEST_TEXT = 16_000
"""Characters of a cell: Excel takes 32,767 units, of which a rare character needs two."""
_NO_DATE = date(1980, 1, 1)


@dataclass(frozen=True, kw_only=True)
class Front:
    """What the cover says."""

    title: str
    status: str
    """Release, dates and standing, in a sentence."""
    parts: dict[str, list[str]]
    """Sentences under their headings."""
    link: tuple[str, str]
    """Name and address of what the workbook rests on."""
    about: list[str]
    command: str
    """Makes the workbook again."""


def spreadsheet(front: Front, sheets: Mapping[str, Grid], made: date | None) -> bytes:
    """Write a workbook; the same content gives the same bytes.

    Args:
        front: For the first worksheet, which is called Cover, and for the properties of the file.
        sheets: The other worksheets by their names, in order.
        made: The date to put down as that of its making: never today's.
    """
    with warnings.catch_warnings():
        # gptables leaves the file of its theme open, and speaks to pandas in a way that pandas means to give up.
        warnings.filterwarnings("ignore", "unclosed file .*gptheme", ResourceWarning)
        warnings.filterwarnings("ignore", category=DeprecationWarning, module="gptables")
        return _written(front, sheets, made or _NO_DATE)


def names(slugs: Iterable[str], taken: Iterable[str]) -> list[str]:
    """Name worksheets for slugs: at most 31 letters, digits and hyphens, and no two alike.

    >>> names(["by-course", "By course", "a/b?", "[]"], taken=["Cover"])
    ['by-course', 'By-course-2', 'a-b', 'table']
    """
    used = {"history", *(name.lower() for name in taken)}  # Excel keeps the name History for itself
    given = []
    for slug in slugs:
        wanted = re.sub("[^A-Za-z0-9]+", "-", slug).strip("-")[:_LONGEST_NAME] or "table"
        name, turn = wanted, 1
        while name.lower() in used:
            turn += 1
            name = f"{wanted[: _LONGEST_NAME - len(str(turn)) - 1]}-{turn}"
        used.add(name.lower())
        given.append(name)
    return given


def plain(words: str) -> str:
    """Make text such that gptables and Excel can take it for nothing but text.

    Control characters go; `$$` and `](`, which gptables reads as marks of notes and links, are parted; a text without
    any letter or digit, which it refuses, says that it is as printed; and what is longer than a cell takes is cut.

    >>> plain("a$$b$$ [see](https://example.org)"), plain("***")
    ('a$ $b$ $ [see] (https://example.org)', '*** (as printed)')
    """
    seen = " ".join("".join(letter if letter.isprintable() else " " for letter in words).split())
    parted = re.sub(r"\$(?=\$)", "$ ", seen).replace("](", "] (")
    cut = parted if len(parted) <= _LONGEST_TEXT else f"{parted[:_LONGEST_TEXT]}... (cut)"
    return cut if re.search("[A-Za-z0-9]", cut) else f"{cut} (as printed)".lstrip()


def _written(front: Front, sheets: Mapping[str, Grid], made: date) -> bytes:
    from gptables import GPWorkbook

    buffer = io.BytesIO()
    book = GPWorkbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_theme(_theme())
    _describe(book, front, made)
    _write_cover(book.add_worksheet("Cover"), front)
    for name, sheet in sheets.items():
        _write(book.add_worksheet(name), _table(name, sheet), sheet)
    book.close()
    return buffer.getvalue()


def _theme() -> "Theme":
    """Give gptables' own theme, with lines above tables that stay text when edited, and cells set to their top."""
    from gptables import gptheme

    theme = deepcopy(gptheme)
    for line in ("cover_title", "cover_text", "title", "subtitle", "source", "scope"):
        getattr(theme, f"{line}_format").update(quote_prefix=True)
    for cell in ("cover_text", "data", "index_2"):
        getattr(theme, f"{cell}_format").update(valign="top")
    return theme


def _describe(book: "GPWorkbook", front: Front, made: date) -> None:
    book.set_properties(
        {
            "title": plain(front.title),
            "subject": plain(front.status),
            "author": "npqstats",
            "keywords": "National Professional Qualifications, England, official statistics",
            "comments": plain(f"To make this workbook again: {front.command}"),
            "created": datetime.combine(made, time(), UTC),
        }
    )
    book.set_custom_property("Language", "en-GB")


def _write_cover(worksheet: Any, front: Front) -> None:
    from gptables import Cover

    parts = {heading: [plain(words) for words in said] for heading, said in front.parts.items() if said}
    link, address = front.link
    about = [*map(plain, front.about), plain(f"To make this workbook again: {front.command}")]
    cover = Cover(
        title=plain(front.title),
        intro=[
            plain(front.status),
            *(line for heading, said in parts.items() for line in ([{"bold": True}, heading], *said)),
        ],
        about=[f"[{link}]({address})", *about],
    )
    worksheet.write_cover(cover)
    worksheet.set_column_pixels(0, 0, _COVER_WIDTH)
    lines = [plain(front.status), *(line for heading, said in parts.items() for line in (heading, *said))]
    sizes = [
        (cover.title, 16),
        ("", 14),
        *((line, 12) for line in lines),
        ("", 14),
        *((line, 12) for line in (link, *about)),
    ]
    for place, (line, points) in enumerate(sizes):
        worksheet.set_row(place, height([(line, _COVER_WIDTH)], points))
    _set_page(worksheet)


def _write(worksheet: Any, table: "GPTable", sheet: Grid) -> None:
    worksheet.write_gptable(table, auto_width=False)
    header, _, last, _ = table.data_range
    columns = sheet.columns
    headers = [column.header.split() if column.formats else [column.header] for column in columns]
    texts = [[_shown(cell) for cell in column.cells] for column in columns]
    above = [table.title, *table.subtitles, table.instructions, *table.legend, table.source or "", table.scope or ""]
    rooms = widths(headers, texts, [column.is_unbroken for column in columns], above)
    for place, pixels in enumerate(rooms):
        worksheet.set_column_pixels(place, place, pixels)
    for place in range(header):
        worksheet.set_row(place, height([], 16 if place == 0 else 14 if place <= len(table.subtitles) else 12))
    names_and_rooms = [(column.header, room) for column, room in zip(columns, rooms, strict=True)]
    worksheet.set_row(header, height(names_and_rooms, is_bold=True))
    broken = [
        (cells, room) for column, cells, room in zip(columns, texts, rooms, strict=True) if not column.is_unbroken
    ]
    for row in range(last - header):
        worksheet.set_row(header + 1 + row, height([(cells[row], room) for cells, room in broken]))
    worksheet.set_landscape()
    worksheet.print_area(0, 0, last, len(rooms) - 1)
    worksheet.repeat_rows(header)
    _set_page(worksheet)


def _set_page(worksheet: Any) -> None:
    """Make a worksheet as wide as a page of A4, and number its pages."""
    worksheet.set_paper(9)
    worksheet.fit_to_pages(1, 0)
    worksheet.set_footer("&C&A, page &P of &N")


def _table(name: str, sheet: Grid) -> "GPTable":
    import pandas as pd
    from gptables import GPTable

    shorthand = sheet.shorthand
    instructions = [
        "This worksheet contains one table.",
        *(["Words in square brackets stand where there is no number."] if shorthand else []),
        *(["Some rows refer to notes on the Notes worksheet."] if sheet.notes else []),
    ]
    return GPTable(
        table=pd.DataFrame(
            {plain(column.header): [_written_as(cell, column) for cell in column.cells] for column in sheet.columns},
            dtype=object,
        ),
        table_name=re.sub(r"\W", "_", f"table_{name}"),
        title=plain(sheet.title),
        subtitles=[plain(words) for words in sheet.subtitles],
        instructions=" ".join(instructions),
        legend=[f"{word}: {meaning}" for word, meaning in shorthand.items()],
        source=plain(sheet.source) if sheet.source else None,
        scope=plain(sheet.scope) if sheet.scope else None,
        index_columns={2: 0},
        additional_formatting=[one for place, column in enumerate(sheet.columns) for one in _formats(place, column)],
    )


def _written_as(cell: Cell, column: Column) -> Cell | dict[str, str]:
    if column.is_link:
        return {str(cell): f"internal:'{cell}'!A1"}
    return plain(cell) if isinstance(cell, str) else cell


def _shown(cell: Cell) -> str:
    return plain(cell) if isinstance(cell, str) else f"{cell:+,}"


def _formats(place: int, column: Column) -> list[dict[str, Any]]:
    """Set numbers to the right, each shown in its format, and keep text that looks like a formula text when edited."""
    side = {"align": "right"} if column.formats else {"align": "left", "indent": min(place, 1)}
    whole = side | ({"text_wrap": False} if column.is_unbroken else {})
    cells = [
        ((row, place), {"quote_prefix": True} if isinstance(cell, str) else {"num_format": shown})
        for row, (cell, shown) in enumerate(zip(column.cells, column.formats or column.cells, strict=True), 1)
        if not isinstance(cell, str) or plain(cell).startswith(("=", "+", "-", "@"))
    ]
    return [
        {"column": {"columns": [place], "format": whole, "include_names": True}},
        *({"cell": {"cells": where, "format": shown}} for where, shown in cells),
    ]
