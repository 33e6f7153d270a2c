from __future__ import annotations

import pytest

from npqstats.errors import DataError
from npqstats.ingest import read
from tests.conftest import DATA, WORKFORCE, Folder, told

NEIGHBOURS = "Compare the line with its neighbours: a comma is missing or too many."
UNQUOTE = "Remove the quote or the line break."
ENCODE = "Save the file with the encoding UTF-8 (spreadsheets call it 'CSV UTF-8')."
AGAIN = "Download it again, or move it out of data/raw."


@pytest.mark.parametrize(
    ("name", "message", "hint"),
    [
        ("header_only", " has a header and no rows.", AGAIN),
        ("header_and_blank_lines", " has a header and no rows.", AGAIN),
        ("short_row", ":3:9: 8 cells where the header has 9.", NEIGHBOURS),
        ("long_row", ":3:10: 10 cells where the header has 9.", NEIGHBOURS),
        ("blank_percentage_short", ":3:18: 17 cells where the header has 18.", NEIGHBOURS),
        ("broken_line", ":3: a quoted cell does not end on its line.", UNQUOTE),
        ("open_quote", ":3: a quoted cell does not end on its line.", UNQUOTE),
        ("latin_1", ":2:32: not UTF-8 text.", ENCODE),
    ],
)
def test_lines_that_are_no_csv_are_told_with_their_place(folder: Folder, name: str, message: str, hint: str) -> None:
    with pytest.raises(DataError) as error:
        folder.read_bytes((DATA / f"{name}.csv").read_bytes(), f"2024-25/{name}.csv")
    assert told(error) == (f"data/raw/2024-25/{name}.csv{message}", hint)


@pytest.mark.parametrize("eol", [b"\n", b"\r\n"])
def test_blank_lines_are_no_rows_but_are_counted_as_lines(folder: Folder, eol: bytes) -> None:
    content = (DATA / "blank_lines.csv").read_bytes().replace(b"\n", eol)
    read_back = folder.read_bytes(content)
    assert read_back.rows == 3
    assert {line for (line,) in read_back.cells("line")} == {3, 6, 7}


@pytest.mark.parametrize("block", [70, 100, 1 << 20])
@pytest.mark.parametrize("name", ["workforce.csv", "blank_lines.csv", "quoted.csv"])
def test_reading_in_small_blocks_changes_nothing(
    folder: Folder, name: str, block: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    content, columns = (DATA / name).read_bytes(), ("line", "measure", "value", "raw")
    at_once = folder.read_bytes(content).cells(*columns)
    monkeypatch.setattr(read, "BLOCK", block)
    assert sorted(folder.read_bytes(content).cells(*columns), key=str) == sorted(at_once, key=str)


@pytest.mark.parametrize("name", ["short_row", "long_row", "broken_line", "open_quote", "latin_1"])
def test_a_fault_in_a_late_block_is_told_with_the_line_of_the_file(
    folder: Folder, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = (DATA / f"{name}.csv").read_bytes()
    with pytest.raises(DataError) as at_once:
        folder.read_bytes(content)
    monkeypatch.setattr(read, "BLOCK", 70)
    with pytest.raises(DataError) as in_blocks:
        folder.read_bytes(content)
    assert told(in_blocks) == told(at_once)


def test_quoted_cells_may_hold_commas_and_quotes(folder: Folder) -> None:
    content = WORKFORCE.replace(b",England,", b',"England, ""so called""",')
    assert set(folder.read_bytes(content).cells("location_name")) == {('England, "so called"',)}


def test_a_quoted_file_with_an_empty_last_cell_is_not_taken_for_ragged(folder: Folder) -> None:
    lines = (DATA / "blank_percentage.csv").read_text().splitlines()
    quoted = "\n".join(",".join(f'"{cell}"' for cell in line.split(",")) for line in lines)
    assert folder.read_bytes(quoted, "2022-23/x.csv").rows == 2


def test_letters_beyond_ascii_are_kept(folder: Folder) -> None:
    read_back = folder.read_bytes(WORKFORCE.replace(b"England", "Côte d’Azur".encode()))
    assert set(read_back.cells("location_name")) == {("Côte d’Azur",)}
