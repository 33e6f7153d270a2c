"""Files longer than any that was published, of MADE-UP figures: read block by block, and refused as a whole."""

from __future__ import annotations

import pytest

from npqstats.errors import DataError
from npqstats.ingest import read
from npqstats.store.build import build
from tests.conftest import Folder, told
from tests.made_up import HEADERS
from tests.test_damage import LEEDS, NAME, ROWS, TOLD, Table, again, at, sound, written
from tests.test_pipeline import rows, whole

__all__ = ["sound"]
BLOCKS = 7


@pytest.fixture
def small_blocks(sound: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read, "BLOCK", len(written(sound)) // BLOCKS)


def test_a_file_in_blocks_is_read_as_one_that_is_read_at_once(
    folder: Folder, sound: Table, request: pytest.FixtureRequest
) -> None:
    at_once = folder.read_bytes(written(sound), NAME)
    request.getfixturevalue("small_blocks")
    in_blocks = folder.read(NAME)
    assert in_blocks.rows == at_once.rows == len(sound) - 1
    assert in_blocks.observations.sort("line", "column").equals(at_once.observations.sort("line", "column"))
    assert in_blocks.disagreements == at_once.disagreements == []


@pytest.mark.usefixtures("small_blocks")
def test_each_block_has_a_parquet_file_and_all_are_one_table(folder: Folder, sound: Table) -> None:
    folder.put(NAME, written(sound))
    (table,) = build(folder.project).manifest.all_tables()
    assert len(table.parts) == BLOCKS
    assert table.observations == rows(folder) == 5 * (len(sound) - 1)
    assert whole(folder)


@pytest.mark.usefixtures("small_blocks")
def test_a_row_that_another_block_has_is_refused_with_both_lines(folder: Folder, sound: Table) -> None:
    table = [list(row) for row in sound]
    again(starts="7")(table)
    with pytest.raises(DataError) as error:
        folder.read_bytes(written(table), NAME)
    first = sound.index(at(sound, **LEEDS)) + 1
    assert told(error) == (
        f"data/raw/{NAME}:{len(table)}: the same period, area, funding and group as line {first}.",
        "Each may be in a file once; ask which line is right.",
    )


@pytest.mark.usefixtures("small_blocks")
@pytest.mark.parametrize("name", ROWS)
def test_a_damaged_row_is_refused_in_whatever_block_it_is(folder: Folder, sound: Table, name: str) -> None:
    table = [list(row) for row in sound]
    ROWS[name](table)
    with pytest.raises(DataError, match=rf"^data/raw/{NAME}:\d+[:,]"):
        folder.read_bytes(written(table), NAME)


@pytest.mark.usefixtures("small_blocks")
@pytest.mark.parametrize(
    ("damaged", "what"),
    [
        (b"Le\0ds", ": the file holds NUL bytes."),
        ("L\u00e9eds".encode("latin-1"), ": not UTF-8 text."),
        (b'"Leeds', ": a quoted cell does not end on its line."),
        (b"Lee,ds", ": 19 cells where the header has 18."),
    ],
)
def test_bytes_that_are_no_csv_are_refused_with_their_line_in_the_file(
    folder: Folder, sound: Table, damaged: bytes, what: str
) -> None:
    first = next(line for line, row in enumerate(sound, start=1) if "Leeds" in row)
    with pytest.raises(DataError, match=rf"^data/raw/{NAME}:{first}(:\d+)?{what}$"):
        folder.read_bytes(written(sound).replace(b"Leeds", damaged), NAME)


@pytest.mark.usefixtures("small_blocks")
@pytest.mark.parametrize(
    "name",
    [
        "funded and non-funded miss all in Leeds",
        "participants above starts",
        "a region too large",
        "teachers of an authority a tenth",
        "a share that contradicts its counts",
        "no total for England in one year",
        "no 2022/23",
        "a course one too many",
        "a role too few",
        "one course gone",
        "no group of 30 to 39 in one year",
    ],
)
def test_what_contradicts_itself_is_told_from_rows_totals_and_sums_of_all_blocks(
    folder: Folder, sound: Table, name: str
) -> None:
    table = [list(row) for row in sound]
    TOLD[name](table)
    assert folder.read_bytes(written(table), NAME).disagreements


def of_genders(*labels: str) -> str:
    """A file without a total: a row each for these groups, of which a few are a block."""
    nation = "202425,Academic year,National,E92000001,England,,,,,,Overall,Gender"
    return "\n".join([HEADERS["npq-participants"], *(f"{nation},{label},9,9,8,1.0,800" for label in labels), ""])


@pytest.fixture
def few_rows_a_block(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read, "BLOCK", len(HEADERS["npq-participants"]) + 1)


@pytest.mark.usefixtures("few_rows_a_block")
def test_a_label_that_two_blocks_spell_in_two_ways_is_told(folder: Folder) -> None:
    text = of_genders("Male", "Female", *"abcde", "MALE").replace("202425", "202324", 1)
    found = folder.read_bytes(text).disagreements
    (spelt,) = [one for one in found if one.rule == "one-spelling"]
    assert (spelt.line, spelt.column, spelt.cell) == (9, "group_name", "MALE")
    assert spelt.what == "'MALE' here, 'Male' in line 2: one group under two spellings"


@pytest.mark.usefixtures("few_rows_a_block")
def test_a_file_in_blocks_without_a_total_is_read(folder: Folder) -> None:
    folder.put(NAME, of_genders(*"abcdefgh"))
    (table,) = build(folder.project).manifest.all_tables()
    assert (table.rows, len(table.parts) > 1) == (8, True)
    assert [one.rule for one in table.disagreements] == ["whole-file"]


@pytest.mark.usefixtures("small_blocks")
def test_a_file_that_ends_within_a_line_is_told_of_its_last_line_alone(folder: Folder, sound: Table) -> None:
    (found,) = folder.read_bytes(written(sound)[:-1], NAME).disagreements
    assert (found.rule, found.line) == ("whole-file", len(sound))
