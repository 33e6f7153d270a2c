from __future__ import annotations

from pathlib import Path

from npqstats.tables.written import sentences

FILES = [
    *("index.html", "report.md", "workbook.xlsx", "manifest.json", "tables/a.csv", "tables/b.csv"),
    *(f"charts/{name}{suffix}" for name in "abc" for suffix in (".svg", ".png", ".alt.txt", ".csv")),
]
PLACE = Path("reports/2024-25")


def test_a_report_that_was_written_is_named_with_what_it_holds() -> None:
    assert sentences(PLACE, ["There is no report in reports/2024-25."], did_write=True, files=FILES) == [
        "Wrote reports/2024-25/index.html, report.md and workbook.xlsx, with 2 tables and 3 charts."
    ]


def test_one_table_and_one_chart_are_not_tables_and_charts() -> None:
    (said,) = sentences(PLACE, [], did_write=True, files=["tables/a.csv", "charts/a.svg"])
    assert said.endswith(", with 1 table and 1 chart.")


def test_a_report_that_stands_is_up_to_date_or_says_what_is_not() -> None:
    assert sentences(PLACE, [], did_write=False, files=FILES) == ["reports/2024-25 is up to date."]
    why = ["data/raw/2024-25/x.csv has changed.", "The code of npqstats has changed."]
    assert sentences(PLACE, why, did_write=False, files=FILES) == why


def test_names_of_files_reach_no_terminal_with_control_characters() -> None:
    (said,) = sentences(PLACE, ["data/raw/\x1b[31m\n.csv is new."], did_write=False, files=[])
    assert said == "data/raw/ [31m .csv is new."
