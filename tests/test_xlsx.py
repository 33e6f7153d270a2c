from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import openpyxl
import polars as pl
import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from npqstats.catalogue.catalogue import release
from npqstats.tables import xlsx
from npqstats.tables.sheet import sheet_names
from npqstats.tables.table import Column, Document, Entry, Kind, Row, Table
from tests.test_terminal import HEADLINE, NASTY

BELOW = Table(title="Below: 2024/25", columns=(Column(header="Who"),), rows=(Row(entries=(Entry(text="all"),)),))
WHOLE = replace(HEADLINE, below=BELOW)
COVER = {"": ["Release 2024/25."], "Headlines": ["NPQ starts fell."]}
RISKY = ["=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", '=HYPERLINK("http://x")', "https://example.org"]


def opened(content: bytes) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


@pytest.fixture(scope="module")
def book() -> Workbook:
    return opened(xlsx.workbook([WHOLE], "A title", COVER, made=date(2025, 7, 10), command="npqstats compare"))


def sheet(book: Workbook, name: str) -> Worksheet:
    found = book[name]
    assert isinstance(found, Worksheet)
    return found


def marked_up(page: Worksheet) -> list[list[object]]:
    (table,) = page.tables.values()
    return [[cell.value for cell in row] for row in page[table.ref]]


def test_sheets_are_cover_contents_notes_and_a_table_each_by_its_title(book: Workbook) -> None:
    assert book.sheetnames == [
        "Cover",
        "Contents",
        "Notes",
        "Qualifications, England 2023-24",
        "Below 2024-25",
    ]
    assert all(len(name) <= 31 for name in book.sheetnames)


def test_every_sheet_but_the_cover_begins_with_a_title_and_has_one_marked_up_table(book: Workbook) -> None:
    for name in book.sheetnames[1:]:
        page = sheet(book, name)
        assert len(page.tables) == 1
        assert page["A1"].value
        assert page["A1"].font.b
        said = [str(cell.value) for cell in page["A"]]
        assert any("This worksheet contains one table." in words for words in said)


def test_no_cell_of_a_table_is_blank_and_none_is_merged(book: Workbook) -> None:
    for name in book.sheetnames[1:]:
        page = sheet(book, name)
        assert not page.merged_cells.ranges
        assert None not in [value for row in marked_up(page) for value in row]


def test_figures_are_numbers_unrounded_in_the_format_they_are_printed_in() -> None:
    entries = (
        Entry(text="Starts"),
        Entry(text="43,840", value=43840.0, unit="courses"),
        Entry(text="7.1%", value=7.123, unit="%"),
        Entry(text="−2.6 pts", value=-2.61, unit="pp"),
        Entry(text="[low]"),
    )
    columns = (Column(header=""), *(Column(header=f"c{n}", kind=Kind.NUMBER) for n in range(4)))
    page = sheet(opened(xlsx.workbook([Table(title="T", columns=columns, rows=(Row(entries=entries),))], "T")), "T")
    (table,) = page.tables.values()
    cells = list(page[table.ref])[1]
    assert [cell.value for cell in cells] == ["Starts", 43840, 7.123, -2.61, "[low]"]
    assert [cell.data_type for cell in cells] == ["s", "n", "n", "n", "s"]
    assert [cell.number_format for cell in cells][1:4] == [
        "#,##0",
        '#,##0.0"%"',
        '+#,##0.0" pts";-#,##0.0" pts";#,##0.0" pts"',
    ]


def test_flags_notes_and_origins_have_columns_of_their_own(book: Workbook) -> None:
    header, first, second, _ = marked_up(sheet(book, "Qualifications, England 2023-24"))
    assert header[-2:] == ["Marks", "Notes"]
    assert first[-2:] == ["none", "none"]
    assert second[-2:] == ["2024/25: d r", "[note 1]"]
    assert marked_up(sheet(book, "Notes"))[1] == [
        "note 1",
        "Derived: 29,818 less 10,537.",
        "Qualifications, England 2023-24",
    ]


def test_contents_lead_to_every_sheet(book: Workbook) -> None:
    page = sheet(book, "Contents")
    links = [cell.hyperlink.location for (cell, _) in page.iter_rows(max_col=2) if cell.hyperlink]
    assert links == [f"'{name}'!A1" for name in book.sheetnames[2:]]


@pytest.mark.parametrize("text", [*RISKY, *NASTY])
def test_text_is_never_a_formula_or_a_link_even_when_edited(text: str) -> None:
    table = Table(
        title=text,
        finding=(text,),
        columns=(Column(header=text), Column(header=text, kind=Kind.NUMBER)),
        rows=(Row(entries=(Entry(text=text, origins=(text,)), Entry(text=text, notes=(1,)))),),
        notes=(text,),
        key=(text,),
        source=(text,),
    )
    book = opened(xlsx.workbook([table, table], text, {text: [text]}, command=text))
    cells = [cell for page in book.worksheets for row in page.iter_rows() for cell in row if cell.value is not None]
    assert "f" not in {cell.data_type for cell in cells}
    assert {cell.quotePrefix for cell in cells if str(cell.value).startswith(("=", "+", "-", "@"))} <= {True}
    assert not [cell for cell in cells if cell.hyperlink and cell.hyperlink.target]


def test_names_of_sheets_are_legal_and_no_two_alike() -> None:
    titles = ["History", "a/b:c*[d]?'e'\\", "A-B C D E", "x" * 40, "x" * 41, "", "Notes"]
    names = sheet_names(titles, taken=["Notes"])
    assert len({name.lower() for name in names}) == len(names)
    assert all(0 < len(name) <= 31 and not set(name) & set("[]:*?/\\'") for name in names)
    assert names[0] == "History 2"
    assert names[-1] == "Notes 2"


def test_the_same_tables_give_the_same_bytes_and_never_the_clock() -> None:
    first, second = (xlsx.workbook([WHOLE], "T", COVER) for _ in range(2))
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as parts:
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert opened(first).properties.created == datetime(1980, 1, 1)  # noqa: DTZ001 (openpyxl gives no zone)


def test_it_is_dated_by_the_release_and_says_how_to_make_it_again() -> None:
    document = Document(
        kind="comparison",
        table=WHOLE,
        make_frame=pl.DataFrame,
        releases=(release("2024-25"),),
        command="npqstats compare A B",
    )
    properties = opened(xlsx.of_document(document)).properties
    assert properties.created == datetime(2025, 7, 10)  # noqa: DTZ001 (openpyxl gives no zone)
    assert properties.description == "To make this workbook again: npqstats compare A B"


def test_sheets_print_on_a4_as_wide_as_the_page_with_the_header_on_each(book: Workbook) -> None:
    for page in book.worksheets:
        assert page.page_setup.paperSize == 9
        properties = page.sheet_properties.pageSetUpPr
        assert properties is not None
        assert properties.fitToPage
        assert (page.page_setup.fitToWidth or 1, page.page_setup.fitToHeight) == (1, 0)
    for name in book.sheetnames[1:]:
        assert book[name].print_title_rows


def test_a_table_without_rows_is_still_a_table() -> None:
    page = sheet(opened(xlsx.workbook([Table(title="Empty", columns=(Column(header="a"),), rows=())], "T")), "Empty")
    assert marked_up(page) == [["a"], ["none"]]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_it_and_prints_a_page_a_sheet(tmp_path: Path) -> None:
    file = tmp_path / "book.xlsx"
    file.write_bytes(xlsx.workbook([WHOLE], "A title", COVER))
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "pdf"]
    subprocess.run([*command, "--outdir", str(tmp_path), str(file)], check=True, capture_output=True)
    assert (tmp_path / "book.pdf").read_bytes().count(b"/Type/Page/") == 5
