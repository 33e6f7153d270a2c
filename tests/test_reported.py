from __future__ import annotations

import csv
import io

import pytest

from npqstats.catalogue.catalogue import catalogue
from npqstats.errors import DataError
from tests.conftest import PUBLISHED, Folder, Read, told

COLUMNS = next(layout.columns for layout in catalogue().layouts if layout.kind == "figures")
FIGURE = {
    "release": "2024-25",
    "first_period": "202425",
    "last_period": "202425",
    "time_identifier": "Academic year",
    "geographic_level": "National",
    "location_code": "E92000001",
    "location_name": "England",
    "suite": "reformed",
    "funding": "Overall",
    "breakdown": "Overall",
    "group_name": "Overall",
    "measure": "npq_starts",
    "unit": "number",
    "value": "1000",
    "named_as": "places",
    "source_kind": "press",
    "publisher": "The Gazette",
    "title": "A thousand, begun",
    "published": "2025-07",
    "url": "https://example.org",
}
"""A made-up figure."""


def figures(*rows: dict[str, str]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows([FIGURE | row for row in rows])
    return text.getvalue()


def read(folder: Folder, **cells: str) -> Read:
    return folder.read_bytes(figures(cells), "reported/figures.csv")


def test_every_reported_figure_is_read_and_cites_who_printed_it(folder: Folder) -> None:
    folder.copy("reported/figures.csv")
    found = folder.read("reported/figures.csv")
    assert found.rows == found.observations.height == 64
    assert found.observations.get_column("citation").null_count() == 0
    assert set(found.cells("evidence")) == {("official-text",), ("reported",)}
    assert found.disagreements == []


def test_no_two_lines_of_the_reported_figures_are_the_same() -> None:
    lines = (PUBLISHED / "reported" / "figures.csv").read_text(encoding="utf-8").splitlines()
    assert len(set(lines)) == len(lines)


def test_a_figure_keeps_its_release_its_words_and_its_place_in_the_file(folder: Folder) -> None:
    found = read(folder, release="", as_of="2025-06-13", note="rounded")
    assert found.cells("release", "evidence", "source", "line", "column", "raw", "value", "note") == [
        (
            *("none", "reported", "reported/figures.csv", 2, "value", "1000", 1000.0),
            "as of 2025-06-13; rounded",
        )
    ]


@pytest.mark.parametrize(
    ("published", "expected"),
    [("2025-07", "July 2025"), ("2023-07-09", "9 July 2023"), ("2023/24", "2023/24"), ("summer", "summer")],
)
def test_a_date_is_written_out_where_it_is_one(folder: Folder, published: str, expected: str) -> None:
    assert read(folder, published=published).cells("citation") == [
        (f"The Gazette ({expected}), called 'places', A thousand, begun, https://example.org",),
    ]


@pytest.mark.parametrize(
    ("first", "expected"), [("202425", (202425, None)), ("202122", (202425, 202122))], ids=["one-year", "range"]
)
def test_a_range_of_years_keeps_its_first_one(folder: Folder, first: str, expected: tuple[int, int | None]) -> None:
    assert read(folder, first_period=first).cells("time_period", "first_period") == [expected]


@pytest.mark.parametrize(
    ("kind", "evidence"),
    [("official text", "official-text"), ("official, relayed", "reported"), ("written answer", "reported")],
)
def test_the_kind_of_source_says_how_good_the_evidence_is(folder: Folder, kind: str, evidence: str) -> None:
    assert read(folder, source_kind=kind).cells("evidence") == [(evidence,)]


def test_a_symbol_is_no_number_here_either(folder: Folder) -> None:
    assert read(folder, value="c").cells("value", "symbol", "raw") == [(None, "c", "c")]


@pytest.mark.parametrize(
    ("column", "cell", "message", "hint"),
    [
        ("measure", "npq_passes", "'npq_passes' is not known.", "Nearest: npq_passed"),
        ("source_kind", "rumour", "'rumour' is not known.", "Nearest: official text"),
        ("suite", "2021", "'2021' is not known.", "Nearest: 2017"),
        ("funding", "levy", "'levy' is not known.", "Known: all, funded or non-funded."),
        ("geographic_level", "Parish", "'Parish' is not known.", "Known: National, Regional"),
        ("location_name", "", "the name is blank.", "The area of the row cannot be known without it."),
        ("release", "2024/25", "'2024/25' names no release.", "Write it as 2024-25, 2022-23.1 or 2021-22-adhoc"),
        ("release", "../../x", "'../../x' names no release.", "Write it as 2024-25"),
        ("last_period", "2024-25", "'2024-25' is not an academic year.", "The file format has two consecutive years"),
        ("first_period", "202426", "'202426' is not an academic year.", "The file format has two consecutive years"),
        ("first_period", "202526", "'202526' is later than the last period.", "A range of years is written"),
        ("time_identifier", "Calendar year", "'Calendar year' is not 'Academic year'.", "Figures by other periods"),
        ("value", "over 1000", "'over 1000' is not a plain number.", "Numbers have digits"),
        ("value", "", "the cell is blank.", "A missing figure is marked by a symbol"),
    ],
)
def test_a_figure_that_does_not_fit_is_told_with_line_and_column(
    folder: Folder, column: str, cell: str, message: str, hint: str
) -> None:
    with pytest.raises(DataError) as error:
        folder.read_bytes(figures({}, {column: cell}), "reported/figures.csv")
    situation, remedy = told(error)
    assert situation == f"data/raw/reported/figures.csv:3, column {column}: {message}"
    assert remedy.startswith(hint)
