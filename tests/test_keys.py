from __future__ import annotations

import math

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from npqstats.catalogue.catalogue import catalogue
from npqstats.errors import DataError
from npqstats.ingest import values as reading
from npqstats.ingest.faults import LINE
from npqstats.vocabulary.areas import LEVELS
from npqstats.vocabulary.names import clean, listed
from npqstats.vocabulary.symbols import SYMBOLS
from tests.conftest import DATA, OFFICIAL, Folder, told, workforce
from tests.made_up import HEADERS

AGAIN = "Download the file again, and do not save it from a spreadsheet."
PLAIN = f"Numbers have digits and at most a decimal point. {AGAIN}"
WHICH = "Which row this is cannot be known. Download the file again, or ask the publisher."
SYMBOLS_ARE = "The symbols are low, k, u, c, x or z."
LAYOUT = next(layout for layout in catalogue().layouts if layout.dataset == "npq-workforce")
ROW = "202122,Academic year,National,England,E92000001"


def read(folder: Folder, name: str, release: str = "2024-25") -> list[tuple[object, ...]]:
    found = folder.read_bytes((DATA / f"{name}.csv").read_bytes(), f"{release}/{name}.csv")
    return found.cells("line", "column", "value", "symbol", "raw")


def test_every_symbol_is_kept_with_its_text_and_line_and_is_no_number(folder: Folder) -> None:
    cells = {(line, column): rest for line, column, *rest in read(folder, "symbols")}
    assert cells == {
        (2, "npq_participants"): [None, "c", "c"],
        (2, "total_teachers"): [None, "z", "z"],
        (2, "percentage"): [None, "low", "low"],
        (3, "npq_participants"): [None, "k", "k"],
        (3, "total_teachers"): [None, "x", "x"],
        (3, "percentage"): [None, "u", "u"],
        (4, "npq_participants"): [4500, None, "4500"],
        (4, "total_teachers"): [100000, None, "100000"],
        (4, "percentage"): [4.5, None, "4.5"],
    }


@pytest.mark.parametrize("symbol", SYMBOLS)
def test_spaces_round_a_cell_are_kept_in_print_and_not_in_meaning(folder: Folder, symbol: str) -> None:
    cells = folder.read_bytes(workforce(f"{ROW},Overall, 5 ,100000, {symbol}")).cells("value", "symbol", "raw")
    assert cells == [(5, None, " 5 "), (100000, None, "100000"), (None, symbol, f" {symbol}")]


@pytest.mark.parametrize(
    ("name", "place", "message", "hint"),
    [
        (
            "thousands",
            ":3, column npq_participants",
            "'11,000' is not a plain number.",
            PLAIN,
        ),
        (
            "percent_sign",
            ":3, column percentage",
            "'11%' is not a plain number.",
            f"{PLAIN} 1 more below it.",
        ),
        (
            "blank_cell",
            ":3, column npq_participants",
            "the cell is blank.",
            "A missing figure is marked by a symbol: low, k, u, c, x or z.",
        ),
        (
            "not_available",
            ":3, column npq_participants",
            "'n/a' is neither a number nor a symbol.",
            SYMBOLS_ARE,
        ),
        ("tilde", ":3, column npq_participants", "'~' is neither a number nor a symbol.", SYMBOLS_ARE),
        ("not_a_number", ":3, column npq_participants", "'NaN' is neither a number nor a symbol.", SYMBOLS_ARE),
        ("infinite", ":3, column npq_participants", "'inf' is neither a number nor a symbol.", SYMBOLS_ARE),
        (
            "wrong_period",
            ":3, column time_period",
            "'202225' is not an academic year.",
            "The file format has two consecutive years as six digits, such as 202324.",
        ),
        (
            "dashed_period",
            ":3, column time_period",
            "'2022-23' is not an academic year.",
            "The file format has two consecutive years as six digits, such as 202324.",
        ),
        (
            "calendar_year",
            ":3, column time_identifier",
            "'Calendar year' is not 'Academic year'.",
            "Figures by other periods cannot be compared with these.",
        ),
        (
            "unknown_level",
            ":3, column geographic_level",
            "'Parish' is not known.",
            f"Known: {listed(LEVELS, 'or')}.",
        ),
        (
            "unplaced_level",
            ":3, column geographic_level",
            "'Regional' has no area.",
            "This file has no column region_code or region_name.",
        ),
        (
            "blank_place",
            ":3, column country_name",
            "the name is blank on a National row.",
            WHICH,
        ),
        ("unknown_funding", ":4, column funding", "'Levy' is not known.", "Known: all, funded or non-funded."),
        (
            "blank_count",
            ":2, column npq_unique_funded_participants_swc_eligible",
            "the cell is blank.",
            "A missing figure is marked by a symbol: low, k, u, c, x or z.",
        ),
    ],
)
def test_a_cell_that_does_not_fit_is_told_with_line_and_column(
    folder: Folder, name: str, place: str, message: str, hint: str
) -> None:
    with pytest.raises(DataError) as error:
        read(folder, name)
    assert told(error) == (f"data/raw/2024-25/{name}.csv{place}: {message}", hint)


@pytest.mark.parametrize("cell", ["007", "+5", "5.", "'5", "\u0665", "5,0", "£5", "1 000\u00a0", "1 0000"])
def test_no_number_is_guessed_at(folder: Folder, cell: str) -> None:
    with pytest.raises(DataError, match=r"made_up\.csv:2, column npq_participants: "):
        folder.read_bytes(workforce(f'{ROW},Overall,"{cell}",100000,5'))


@pytest.mark.parametrize("cell", ["", "n/a", "-", "~", "..", "*", "LOW", "Low", "nan", "-inf", "1 000", "0x10", "5 %%"])
def test_no_cell_is_guessed_at(folder: Folder, cell: str) -> None:
    with pytest.raises(DataError, match=r"made_up\.csv:2, column npq_participants: "):
        folder.read_bytes(workforce(f"{ROW},Overall,{cell},100000,5"))


@given(
    st.one_of(
        st.floats().map(str),
        st.integers().map(str),
        st.sampled_from([*SYMBOLS, "1e5", "+5", " 5", "5%", "1,000"]),
        st.text(max_size=6),
    )
)
def test_a_cell_is_a_number_or_a_symbol_or_refused(cell: str) -> None:
    number, symbol, refusal = typed(cell)
    assert [number is None, symbol is None, not refusal].count(False) == 1
    assert number is None or (math.isfinite(number) and number == float(clean(cell)))
    assert symbol is None or symbol == clean(cell)
    assert not refusal or refusal.startswith("data/raw/x.csv:2, column npq_participants: ")


def typed(cell: str) -> tuple[float | None, str | None, str]:
    """A cell as a number, as a symbol, or the message that refuses it."""
    row = dict(zip(LAYOUT.columns, f"{ROW},Overall,,100000,5".split(","), strict=True))
    rows = pl.DataFrame(row | {"npq_participants": cell, LINE: 2})
    try:
        found, _ = reading.values(rows, LAYOUT, "x.csv")
    except DataError as error:
        return None, None, error.message
    return *found.select("value npq_participants", "symbol npq_participants").row(0), ""


def test_blank_percentages_of_2022_23_stand_for_not_available(folder: Folder) -> None:
    cells = [row[1:] for row in read(folder, "blank_percentage", "2022-23") if row[0] == 3]
    assert [row for row in cells if row[2]] == [
        ("percent_workforce_npq_participation", None, "x", ""),
        ("teaching_workforce_headcount_swc21", None, "x", ""),
    ]


def test_labels_never_seen_before_pass_through_with_a_slug(folder: Folder) -> None:
    found = folder.read_bytes((DATA / "new_labels.csv").read_bytes())
    columns = ("breakdown", "group", "course", "breakdown_label", "group_label")
    assert list(dict.fromkeys(found.cells(*columns))) == [
        ("shoe-size", "very-large", None, "Shoe size", "Very large"),
        ("course", "npqh", "NPQH", "NPQ course type", "NPQ for Headship"),
        ("course", "npq-for-juggling", "npq-for-juggling", "NPQ course type", "NPQ for Juggling"),
    ]


@pytest.mark.parametrize("name", OFFICIAL)
def test_every_published_cell_becomes_one_observation(folder: Folder, name: str) -> None:
    folder.copy(name)
    found = folder.read(name)
    header, *rows = (folder.project.raw / name).read_text().splitlines()
    columns = header.split(",")
    printed = {
        (line, column, cell)
        for line, row in enumerate(rows, start=2)
        for column, cell in zip(columns, row.split(","), strict=True)
        if column in set(found.observations["column"])
    }
    assert set(found.cells("line", "column", "raw")) == printed
    assert found.observations.height == len(printed)


@pytest.mark.parametrize(
    ("level", "place", "expected"),
    [
        ("National", "E92000001,England,,,,,", ("National", "E92000001", "England", None)),
        ("Regional", "E92000001,England,E12000007,London,,,", ("Regional", "E12000007", "London", "E12000007")),
        (
            "Local authority",
            "E92000001,England,E12000007,London,Camden,202,E09000007",
            ("Local authority", "E09000007", "Camden", "E12000007"),
        ),
        (
            "local authority",
            "E92000001,England,E12000007,London,Camden,202,",
            ("Local authority", "202", "Camden", "E12000007"),
        ),
    ],
)
def test_a_row_is_placed_by_the_columns_of_its_level(
    folder: Folder, level: str, place: str, expected: tuple[str, ...]
) -> None:
    row = f"202122,Academic year,{level},{place},Overall,Overall,Overall,100,90,80,8,1000"
    found = folder.read_bytes(f"{HEADERS['npq-participants']}\n{row}\n")
    columns = ("geographic_level", "location_code", "location_name", "region_code")
    assert set(found.cells(*columns)) == {expected}


def test_funding_and_basis_come_from_the_row_or_from_the_column(folder: Folder) -> None:
    folder.copy()
    seen = {name: set(folder.read(name).cells("measure", "funding", "basis")) for name in OFFICIAL}
    assert ("starts", "non-funded", "in-year") in seen["2022-23/npq_participants.csv"]
    assert ("workforce-share", "funded", "in-year") in seen["2022-23/npq_participants.csv"]
    assert ("completions", "funded", "in-year") in seen["2024-25/npq_completions.csv"]
    assert ("workforce-participants", "all", "cumulative") in seen["2024-25/npq_workforce.csv"]
    assert ("teachers", "all", "in-year") in seen["2024-25/npq_workforce.csv"]
    assert ("schools", "non-funded", "cumulative") in seen["2024-25/npq_school_coverage.csv"]
    assert ("schools-share", "funded", "in-year") in seen["2024-25/npq_school_coverage.csv"]
