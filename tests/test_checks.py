from __future__ import annotations

import pytest

from npqstats.errors import DataError
from npqstats.store.build import build
from tests.conftest import DATA, OFFICIAL, WORKFORCE, Folder, told
from tests.made_up import HEADERS

AGAIN = "Download the file again, and do not save it from a spreadsheet."


def read(folder: Folder, name: str) -> list[tuple[str, int, str, str]]:
    found = folder.read_bytes((DATA / f"{name}.csv").read_bytes(), f"2024-25/{name}.csv").disagreements
    return [(one.rule, one.line, one.column, one.what) for one in found if one.rule != "no-row-missing"]


@pytest.mark.parametrize(
    ("name", "message", "hint"),
    [
        ("negative", ":3, column npq_participants: -11000 is negative.", AGAIN),
        ("fractional", ":3, column npq_participants: 10999.5 is not a whole number.", AGAIN),
        ("rate_over_100", ":3, column percentage: 111 is not from 0 to 100.", f"{AGAIN} 1 more below it."),
        (
            "repeated_row",
            ":5: the same period, area, funding and group as line 3.",
            "Each may be in a file once; ask which line is right.",
        ),
    ],
)
def test_a_cell_or_row_that_cannot_be_known_is_refused(folder: Folder, name: str, message: str, hint: str) -> None:
    with pytest.raises(DataError) as error:
        read(folder, name)
    assert told(error) == (f"data/raw/2024-25/{name}.csv{message}", hint)


def test_every_line_that_repeats_another_is_told(folder: Folder) -> None:
    rows = WORKFORCE.splitlines(keepends=True)
    with pytest.raises(DataError) as error:
        folder.read_bytes(b"".join([*rows, rows[1], rows[3]]))
    assert told(error)[0] == "data/raw/2024-25/made_up.csv:5: the same period, area, funding and group as line 2."
    assert told(error)[1].endswith("More lines repeat others: 6.")


@pytest.mark.parametrize("name", ["fractional_teachers", "workforce", "symbols"])
def test_weighted_headcounts_may_be_fractional_and_symbols_break_no_rule(folder: Folder, name: str) -> None:
    assert [one for one in read(folder, name) if one[0] != "has-numbers"] == []


def test_a_rate_that_is_not_as_its_counts_is_kept_and_told(folder: Folder) -> None:
    assert read(folder, "rate_not_as_counts") == [
        ("rate-as-counts", 3, "percentage", "11.1% is printed, 11000 / 100000 is 11.0%")
    ]


def test_a_part_above_its_total_is_kept_and_told(folder: Folder) -> None:
    assert read(folder, "part_over_total")[:2] == [
        ("part-within-total", 2, "npq_completed", "110 is more than 100 in the column npq_starts"),
        ("rate-as-counts", 2, "percentage_completion_rate", "100% is printed, 110 / 100 is 110.0%"),
    ]


@pytest.mark.parametrize(
    ("part", "whole", "share", "agrees"),
    [
        ("1", "8", "12.5", True),
        ("1", "2000", "0.1", True),
        ("1", "2000", "0", True),
        ("1", "3", "33.4", False),
        ("1", "3", "33.3", True),
        ("0", "0", "1", True),
        ("1", "x", "50", True),
        ("1", "3", "low", True),
    ],
)
def test_a_rate_agrees_with_its_counts_to_the_printed_digit(
    folder: Folder, part: str, whole: str, share: str, agrees: bool
) -> None:
    row = f"202425,Academic year,National,E92000001,England,,,,,,Overall,Overall,Overall,9,9,{part},{share},{whole}"
    found = folder.read_bytes(f"{HEADERS['npq-participants']}\n{row}\n").disagreements
    assert ("rate-as-counts" not in {one.rule for one in found}) is agrees


@pytest.mark.parametrize("name", OFFICIAL)
def test_the_published_rows_agree_with_themselves(folder: Folder, name: str) -> None:
    folder.copy(name)
    assert folder.read(name).disagreements == []


def test_the_one_cell_that_two_published_files_print_differently_is_found(folder: Folder) -> None:
    folder.copy()
    (found,) = build(folder.project).manifest.all_disagreements()
    assert (found.rule, found.source, found.line) == ("two-files-agree", "2024-25/npq_workforce.csv", 6)
    assert (found.column, found.cell) == ("npq_participants", "27889")
    assert found.what == "27889 here, 27893 in 2024-25/npq_participants.csv, line 6"


def test_reported_figures_are_held_against_official_ones(folder: Folder) -> None:
    folder.copy(*OFFICIAL, "reported/figures.csv")
    found = build(folder.project).manifest.all_disagreements()
    told_of = {one.line: one.what for one in found if one.rule == "reported-as-official"}
    assert told_of[51] == (
        "29153 by Department for Education (May 2022), 29892 in 2024-25/npq_participants.csv, line 6 of 2024-25; "
        "it is of an older release, 2021-22-adhoc"
    )


def test_a_revision_between_two_releases_is_no_disagreement(folder: Folder) -> None:
    folder.put("2023-24/x.csv", WORKFORCE)
    folder.put("2022-23/x.csv", WORKFORCE.replace(b"5000,100000,5\n", b"5100,100000,5.1\n"))
    rules = {one.rule for one in build(folder.project).manifest.all_disagreements()}
    assert rules <= {"no-row-missing"}


def test_a_cumulative_figure_is_compared_in_the_first_year_only(folder: Folder) -> None:
    folder.copy("2024-25/npq_participants.csv", "2024-25/npq_workforce.csv")
    path = folder.project.raw / "2024-25" / "npq_workforce.csv"
    path.write_text(path.read_text().replace("27889", "27893"))
    assert [one.rule for one in build(folder.project).manifest.all_disagreements()] == ["whole-file"]
