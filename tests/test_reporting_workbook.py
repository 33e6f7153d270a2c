"""The workbook, opened by another program than the one that wrote it."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from typing import Any

import openpyxl
import polars as pl
import pytest
from openpyxl.cell.cell import Cell
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from npqstats import compare, listing, trend
from npqstats.catalogue.catalogue import release
from npqstats.project import Project
from npqstats.report.contents import Exhibit, Piece, Report, Section, Sentence, Source
from npqstats.report.workbook import workbook
from npqstats.tables.comparison import comparison
from npqstats.tables.trend import trend as followed

HOSTILE = [
    '=HYPERLINK("https://example.org","go")',
    "+1+1",
    "-1",
    "@SUM(A1)",
    "\x07 =1+1",
    "$$note$$ and $$$",
    "[one](https://example.org) [two](https://example.org)",
    "bell\x07, escape\x1b[31m, tab\t and\nline",
    "\u202eturned round",
    "***",
    "教育",
    "",
    "_x0041_ <b>&amp;</b>",
    "long " * 10_000,
]


def exhibit(slug: str, table: pl.DataFrame) -> Exhibit:
    lay_out = comparison if "before_period" in table.columns else followed
    return Exhibit(slug=slug, table=table, sheet=lay_out(table), command=f"npqstats show {slug}")


def sample(project: Project, *exhibits: Exhibit) -> Report:
    """A report of these tables, with a word or two wherever it has words."""
    return Report(
        project=project,
        release=release("2024-25"),
        place="England",
        title="National Professional Qualifications: England, 2024/25",
        status="Release 2024/25, published 10 July 2025.",
        headlines=[(Piece("NPQ starts fell to "), Piece("29,818"), Piece("."))],
        key_figures=[],
        sections=[Section(slug="all", title="All", items=[*exhibits], missing=["Something else: no rows."])],
        cautions=[(Piece("One person may start two courses."),)],
        disagreements=listing("disagreements", project=project),
        sources=[
            Source(
                name="2024-25/npq_participants.csv",
                title="NPQ participants 2024-25",
                release="2024/25",
                published="10 July 2025",
                retrieved="",
                sha256="0" * 64,
                rows=5,
                address="https://example.org/data",
            ),
            Source(
                name="reported/figures.csv",
                title="Reported figures",
                release="2024/25",
                published="",
                retrieved="",
                sha256="1" * 64,
                rows=62,
            ),
        ],
        command="npqstats report 2024-25",
    )


def few(project: Project) -> Report:
    return sample(
        project,
        exhibit("change", compare("2023-24", "2024-25", project=project)),
        exhibit("starts-by-course", compare("2023-24", "2024-25", measure="starts", by="course", project=project)),
        exhibit("starts-by-year", trend(measure="starts", project=project)),
        exhibit("workforce-by-year", trend(measure="workforce-share", project=project)),
        exhibit("completion-rate", trend(measure="completion-rate", project=project)),
        exhibit("unripe", trend(measure="pass-rate", include_unripe=True, project=project)),
    )


def many(project: Project) -> Report:
    return sample(
        project,
        exhibit("change", compare("2023-24", "2024-25", project=project)),
        exhibit("regions", compare("2023-24", "2024-25", measure="workforce-share", by="region", project=project)),
        exhibit("authorities", compare("2023-24", "2024-25", by="local-authority", project=project)),
        exhibit("funding", compare("2023-24", "2024-25", measure="starts", by="funding", project=project)),
        exhibit("completion", trend(measure="completion-rate", by="course", project=project)),
    )


@pytest.fixture(scope="module")
def report(published: Project) -> Report:
    return few(published)


@pytest.fixture(scope="module")
def book(report: Report) -> Workbook:
    return opened(report)


@pytest.fixture(scope="module", params=["published", "full"])
def pair(request: pytest.FixtureRequest) -> tuple[Report, Workbook]:
    project: Project = request.getfixturevalue(request.param)
    made = {"published": few, "full": many}[request.param](project)
    return made, opened(made)


def opened(made: Report) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(workbook(made)))


def sheet(book: Workbook, name: str) -> Worksheet:
    found = book[name]
    assert isinstance(found, Worksheet)
    return found


def cells(worksheet: Worksheet) -> list[list[Cell]]:
    """The cells of the one table of a worksheet, its header first."""
    (table,) = worksheet.tables.values()
    return [[cell for cell in row if isinstance(cell, Cell)] for row in worksheet[table.ref]]


def rows(worksheet: Worksheet) -> list[dict[str, Any]]:
    header, *body = [[cell.value for cell in row] for row in cells(worksheet)]
    return [dict(zip(map(str, header), row, strict=True)) for row in body]


def rounded(value: float, decimals: int) -> float:
    return float(Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP))


def figure(value: float | None, symbol: str | None, unit: str) -> object:
    if value is None:
        return f"[{symbol}]" if symbol else "[not at hand]"
    near = rounded(value, 1 if unit == "%" else 0)
    return near if near or not value else "[low]"


def moved(row: dict[str, Any]) -> list[object]:
    """The changes of a row as they should stand; None where a word should."""
    change = rounded(row["change_pp"], 1) if row["change_pp"] is not None else None
    change = rounded(row["change"], 0) if row["change"] is not None else change
    return [change, None if row["change_pct"] is None else rounded(row["change_pct"], 1)]


def test_every_number_equals_the_data(pair: tuple[Report, Workbook]) -> None:
    made, book = pair
    for one in made.exhibits:
        shown = cells(sheet(book, one.slug))
        headers = [str(cell.value) for cell in shown[0]]
        places = [
            place for place, header in enumerate(headers) if re.search(r"\d{4}/\d\d|Change|\((%|courses)\)", header)
        ]
        found = [[row[place].value for place in places] for row in shown[1:]]
        data = one.table.to_dicts()
        names = ("before", "after") if "before" in data[0] else ("value",)
        expected = [
            [
                *(
                    figure(row[name], row["symbol" if name == "value" else f"{name}_symbol"], row["unit"])
                    for name in names
                ),
                *moved(row),
            ][: len(places)]
            for row in data
        ]
        words = [
            [cell if wanted is None and isinstance(cell, str) else wanted for cell, wanted in zip(*both, strict=True)]
            for both in zip(found, expected, strict=True)
        ]
        assert found == words


def test_lines_years_and_source_cells_equal_the_data(pair: tuple[Report, Workbook]) -> None:
    made, book = pair
    for one in made.exhibits:
        shown, data = rows(sheet(book, one.slug)), one.table.to_dicts()
        if "before" in data[0]:
            origins = [[*dict.fromkeys([*row["before_origins"], *row["after_origins"]])] for row in data]
            assert [next(iter(row.values())) for row in shown] == [row["line"] for row in data]
        else:
            origins = [row["origins"] for row in data]
            years = [f"{str(row['period'])[:4]}/{str(row['period'])[4:]}" for row in data]
            assert [row["Academic year"] for row in shown] == years
        assert [row["Source cells"] for row in shown] == [" | ".join(places) or "none" for places in origins]
        assert list(shown[0])[-1] == "Source cells"


def test_every_note_of_a_row_is_on_the_notes_sheet(pair: tuple[Report, Workbook]) -> None:
    made, book = pair
    notes = {row["Note number"]: row for row in rows(sheet(book, "Notes"))}
    assert list(notes) == [f"note {place}" for place in range(1, len(notes) + 1)]
    used = set()
    for one in made.exhibits:
        for shown, row in zip(rows(sheet(book, one.slug)), one.table.to_dicts(), strict=True):
            marks = re.findall(r"\[(note \d+)\]", shown.get("Notes", "none"))
            assert {notes[mark]["Note"] for mark in marks} == set(row["notes"])
            assert all(one.slug in notes[mark]["Worksheets that refer to it"].split(", ") for mark in marks)
            used.update(marks)
    assert used == set(notes)


def test_every_word_in_place_of_a_number_is_explained_above_it_and_among_the_terms(
    pair: tuple[Report, Workbook],
) -> None:
    made, book = pair
    terms = {row["Symbol or term"]: row["Meaning"] for row in rows(sheet(book, "Symbols and terms"))}
    for one in made.exhibits:
        worksheet = sheet(book, one.slug)
        above = [str(cell.value) for cell in worksheet["A"]]
        words = {
            str(cell.value)
            for row in cells(worksheet)[1:]
            for cell in row
            if str(cell.value).startswith("[") and "note " not in str(cell.value)
        }
        assert {word: f"{word}: {terms[word]}" in above for word in words} == dict.fromkeys(words, True)


def test_every_worksheet_is_one_table_under_its_title_without_gaps(pair: tuple[Report, Workbook]) -> None:
    made, book = pair
    titles = [sheet(book, one.slug)["A1"].value for one in made.exhibits]
    assert titles == [one.sheet.title for one in made.exhibits]
    names = [table.displayName for worksheet in book.worksheets for table in worksheet.tables.values()]
    assert len(set(names)) == len(names) == len(book.sheetnames) - 1
    for worksheet in book.worksheets:
        assert worksheet["A1"].value
        assert not worksheet.merged_cells.ranges
        assert {cell.data_type for row in worksheet.iter_rows() for cell in row} <= {"s", "n"}
    for worksheet in book.worksheets[1:]:
        assert "This worksheet contains one table." in " ".join(str(cell.value) for cell in worksheet["A"])
        assert [cell.coordinate for row in cells(worksheet) for cell in row if cell.value in (None, "")] == []


def test_the_contents_lead_to_every_other_worksheet(book: Workbook) -> None:
    links = [row[0].hyperlink for row in cells(sheet(book, "Contents"))[1:]]
    assert [link.location for link in links if link] == [f"'{name}'!A1" for name in book.sheetnames[2:]]
    listed = {row["Worksheet"]: row["What it holds"] for row in rows(sheet(book, "Contents"))}
    assert listed == {name: book[name]["A1"].value for name in book.sheetnames[2:]}


def test_sheets_stand_in_order(book: Workbook, report: Report) -> None:
    assert book.sheetnames == [
        *("Cover", "Contents", "Notes", "Symbols and terms"),
        *(one.slug for one in report.exhibits),
        *("Disagreements", "Sources"),
    ]


def test_units_stand_in_headers_or_where_they_differ_in_a_column(book: Workbook) -> None:
    headers = [
        [cell.value for cell in cells(sheet(book, name))[0]] for name in ("starts-by-course", "workforce-by-year")
    ]
    assert headers == [
        [
            *("Course", "2023/24 (courses)", "2024/25 (courses)", "Change (courses)", "Change (%)"),
            *("Notes", "Evidence", "Source cells"),
        ],
        [
            *("Line", "Academic year", "Share of the teaching workforce (%)"),
            *("Change on the year before (percentage points)", "Notes", "Evidence", "Source cells"),
        ],
    ]
    shown = rows(sheet(book, "change"))
    assert {row["Measure"]: row["Unit"] for row in shown}["Share of the teaching workforce"] == "per cent"
    assert shown[0]["Unit"] == "courses"


def test_places_are_told_by_their_codes(full: Project) -> None:
    table = compare("2023-24", "2024-25", measure="starts", by="region", project=full)
    shown = rows(sheet(opened(sample(full, exhibit("regions", table))), "regions"))
    assert [row["Area code"] for row in shown] == table.get_column("location_code").to_list()
    assert next(iter(shown[0])) == "Region"


def test_a_breakdown_called_like_another_column_does_not_take_its_header(published: Project) -> None:
    table = compare("2023-24", "2024-25", measure="starts", by="course", project=published)
    odd = table.with_columns(breakdown=pl.lit("source-cells"))
    shown = rows(sheet(opened(sample(published, exhibit("odd", odd))), "odd"))
    assert [row["Line"] for row in shown] == table.get_column("line").to_list()


def test_numbers_are_shown_with_thousands_signs_and_their_own_decimals(book: Workbook) -> None:
    shown = cells(sheet(book, "change"))
    starts = next(row for row in shown if row[0].value == "Starts")
    share = next(row for row in shown if row[0].value == "Share of the teaching workforce")
    assert [cell.number_format for cell in starts[2:6]] == [
        *("#,##0", "#,##0"),
        *("+#,##0;-#,##0;0", "+#,##0.0;-#,##0.0;0.0"),
    ]
    assert [cell.number_format for cell in share[2:5]] == ["#,##0.0", "#,##0.0", "+#,##0.0;-#,##0.0;0.0"]
    assert {cell.alignment.horizontal for cell in (*starts[2:6], *share[2:6], *shown[0][2:6])} == {"right"}


def test_a_symbol_stays_in_brackets_and_is_never_zero(book: Workbook) -> None:
    shown = {row["Academic year"]: row for row in rows(sheet(book, "completion-rate"))}
    assert shown["2024/25"]["Completion rate (%)"] == "[low]"
    assert shown["2024/25"]["Change on the year before (percentage points)"] == "[so far]"
    assert shown["2021/22"]["Change on the year before (percentage points)"] == "[z]"


def test_a_rate_that_rounds_to_nothing_but_is_not_zero_is_low(published: Project) -> None:
    table = trend(measure="completion-rate", project=published)
    tiny = table.with_columns(value=pl.Series([0.04, 0.0, None, 0.05]), symbol=pl.lit(None, pl.String))
    shown = rows(sheet(opened(sample(published, exhibit("tiny", tiny))), "tiny"))
    assert [row["Completion rate (%)"] for row in shown] == ["[low]", 0, "[not at hand]", 0.1]


def test_a_small_base_has_a_change_but_no_percentage(published: Project) -> None:
    table = compare("2023-24", "2024-25", measure="starts", project=published).with_columns(
        before=pl.lit(12.0), after=pl.lit(15.0), change=pl.lit(3.0), change_pct=pl.lit(None, pl.Float64)
    )
    (row,) = rows(sheet(opened(sample(published, exhibit("small", table))), "small"))
    assert (row["Change (courses)"], row["Change (%)"]) == (3, "[not stated]")


def test_the_cover_says_what_it_is_whose_it_is_and_how_to_make_it_again(book: Workbook) -> None:
    said = [str(cell.value) for cell in book["Cover"]["A"]]
    assert said[0] == "National Professional Qualifications: England, 2024/25"
    assert {
        "Release 2024/25, published 10 July 2025.",
        "NPQ starts fell to 29,818.",
        "One person may start two courses.",
        "All. Something else: no rows.",
        "To make this workbook again: npqstats report 2024-25",
    } <= set(said)
    assert "Open Government Licence v3.0" in " ".join(said)
    assert "not made or endorsed by the Department for Education" in " ".join(said)


def test_disagreements_and_sources_are_those_of_the_report(book: Workbook, report: Report) -> None:
    shown = rows(sheet(book, "Disagreements"))
    assert [tuple(row.values()) for row in shown] == report.disagreements.rows()
    official, reported = rows(sheet(book, "Sources"))
    assert (official["SHA-256"], official["Rows"], official["Published"]) == ("0" * 64, 5, "10 July 2025")
    assert official["Licence"] == "Open Government Licence v3.0"
    assert "publisher named in the row" in reported["Licence"]
    assert (reported["Published"], reported["Retrieved"], reported["Address"]) == ("not known", "not known", "none")


def test_what_a_report_does_not_have_gets_no_worksheet(published: Project) -> None:
    made = sample(published, exhibit("starts", trend(measure="starts", project=published)))
    book = opened(replace(made, disagreements=made.disagreements.clear(), sources=[]))
    assert book.sheetnames == ["Cover", "Contents", "Symbols and terms", "starts"]
    assert "Notes" not in [cell.value for cell in cells(sheet(book, "starts"))[0]]


def test_the_same_report_gives_the_same_bytes_and_never_the_clock(report: Report) -> None:
    first, second = workbook(report), workbook(report)
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as parts:
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    properties = openpyxl.load_workbook(io.BytesIO(first)).properties
    assert properties.created == properties.modified == datetime(2025, 7, 10)  # noqa: DTZ001 (openpyxl gives no zone)
    assert (properties.title, properties.creator) == (report.title, "npqstats")


def test_a_release_without_a_date_does_not_get_todays(report: Report) -> None:
    undated = replace(report, release=replace(report.release, published=None))
    assert opened(undated).properties.created == datetime(1980, 1, 1)  # noqa: DTZ001 (openpyxl gives no zone)


@pytest.fixture(scope="module")
def attacked(published: Project) -> Workbook:
    """A workbook of MADE-UP lines, notes, titles and sources that mean harm."""
    table = compare("2023-24", "2024-25", measure="starts", by="course", project=published)
    lines = [table.row(0, named=True) | {"line": line, "notes": [f"{line}!"]} for line in HOSTILE]
    one = exhibit("starts", pl.DataFrame(lines, schema=table.schema))
    two = replace(one, slug="../=a[b]:*?'" * 4, sheet=replace(one.sheet, title=HOSTILE[0], subtitle=HOSTILE[6]))
    made = sample(published, one, two, replace(two, slug="A B"), replace(two, slug="a/b"), replace(two, slug="History"))
    sources = [replace(made.sources[0], name=line, title=line, address=line) for line in HOSTILE]
    hurt: list[Sentence] = [(Piece(line),) for line in HOSTILE]
    return opened(replace(made, title=HOSTILE[5], headlines=hurt, sources=sources, command=HOSTILE[0]))


def test_text_that_looks_like_a_formula_stays_text_even_when_edited(attacked: Workbook) -> None:
    found = [row[0] for row in cells(sheet(attacked, "starts"))[1:6]]
    assert [cell.value for cell in found] == [*HOSTILE[:4], "=1+1"]
    assert {(cell.data_type, cell.quotePrefix) for cell in found} == {("s", True)}
    every = [cell for worksheet in attacked.worksheets for row in worksheet.iter_rows() for cell in row]
    assert "f" not in {cell.data_type for cell in every}
    risky = [cell for cell in every if str(cell.value).startswith(("=", "@"))]
    assert len(risky) > len(HOSTILE)
    assert {cell.quotePrefix for cell in risky} == {True}


def test_text_is_never_read_as_a_link_a_note_or_a_control(attacked: Workbook) -> None:
    found = [str(row[0].value) for row in cells(sheet(attacked, "starts"))[6:]]
    assert found[:7] == [
        "$ $note$ $ and $ $ $",
        "[one] (https://example.org) [two] (https://example.org)",
        "bell , escape [31m, tab and line",
        "turned round",
        "*** (as printed)",
        "教育 (as printed)",
        "(as printed)",
    ]
    outside = [
        cell.hyperlink.target
        for worksheet in attacked.worksheets
        for row in worksheet.iter_rows()
        for cell in row
        if isinstance(cell, Cell) and cell.hyperlink and cell.hyperlink.target
    ]
    assert len(outside) == 1
    assert outside[0].startswith("https://explore-education-statistics.service.gov.uk/")


def test_very_long_text_is_cut_and_says_so(attacked: Workbook) -> None:
    last = str(cells(sheet(attacked, "starts"))[-1][0].value)
    assert last.endswith("... (cut)")
    assert len(last) < 32_767
    heights = [size.height for size in sheet(attacked, "starts").row_dimensions.values()]
    assert 400 < max(heights) <= 409


def test_names_of_worksheets_are_legal_and_no_two_alike(attacked: Workbook) -> None:
    names = attacked.sheetnames[4:9]
    assert names == ["starts", "a-b-a-b-a-b-a-b", "A-B", "a-b-2", "History-2"]
    assert all(len(name) <= 31 for name in names)


def test_rows_are_high_enough_for_their_text_and_columns_within_reason(book: Workbook) -> None:
    notes = sheet(book, "Notes")
    heights = {str(row[1].value): notes.row_dimensions[row[1].row].height for row in cells(notes)[1:]}
    by_length = sorted(heights, key=len)
    assert heights[by_length[-1]] > heights[by_length[0]]
    assert all(
        heights[longer] >= heights[shorter] for shorter, longer in pairwise(by_length) if len(longer) > 2 * len(shorter)
    )
    widths = [size.width for worksheet in book.worksheets for size in worksheet.column_dimensions.values()]
    assert min(widths) > 5
    assert max(widths) < 190
