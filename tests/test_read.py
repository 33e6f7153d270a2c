from __future__ import annotations

import pytest

from npqstats.errors import DataError
from tests.conftest import DATA, WORKFORCE, Folder, told
from tests.made_up import HEADERS

NEIGHBOURS = "Compare the line with its neighbours: a comma is missing or too many, or the file was cut short."
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


def test_quoted_cells_may_hold_commas_and_quotes(folder: Folder) -> None:
    row = '202122,Academic year,National,E92000001,England,,,,,,Overall,Phase,"Primary, or ""first""",9,9,9,z,z'
    found = folder.read_bytes(f"{HEADERS['npq-participants']}\n{row}\n")
    assert set(found.cells("group_label")) == {('Primary, or "first"',)}


def test_a_quoted_file_with_an_empty_last_cell_is_not_taken_for_ragged(folder: Folder) -> None:
    lines = (DATA / "blank_percentage.csv").read_text().splitlines()
    quoted = "\n".join(",".join(f'"{cell}"' for cell in line.split(",")) for line in lines)
    assert folder.read_bytes(quoted, "2022-23/x.csv").rows == 2


def test_letters_beyond_ascii_are_kept(folder: Folder) -> None:
    row = "202122,Academic year,National,E92000001,England,,,,,,Overall,École,Côte d’Azur,9,9,9,z,z"
    found = folder.read_bytes(f"{HEADERS['npq-participants']}\n{row}\n")
    assert set(found.cells("breakdown_label", "group_label")) == {("École", "Côte d’Azur")}


def test_nul_bytes_are_told_with_their_line(folder: Folder) -> None:
    with pytest.raises(DataError) as error:
        folder.read_bytes(WORKFORCE.replace(b"100000,5", b"100\x00000,5", 1))
    assert told(error)[0] == "data/raw/2024-25/made_up.csv:2: the file holds NUL bytes."
