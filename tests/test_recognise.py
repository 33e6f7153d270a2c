from __future__ import annotations

import pytest

from npqstats.catalogue.catalogue import catalogue
from npqstats.errors import DataError
from npqstats.ingest.recognise import layout_of
from tests.conftest import DATA, OFFICIAL, PUBLISHED, WORKFORCE, Folder, told

COMPARE = "Compare the first line with the file's page; 'npqstats list datasets --format json' shows what is known."
NEARLY = ":1: the columns nearly fit 'NPQ workforce 2024-25';"
CHANGED = "If DfE changed the file, add its layout to npqstats/catalogue/catalogue.toml; if not, download it again."


@pytest.mark.parametrize("layout", catalogue().layouts, ids=lambda layout: layout.title)
def test_a_file_is_recognised_by_its_columns_in_any_order(layout: object) -> None:
    (wanted,) = (known for known in catalogue().layouts if known is layout)
    assert layout_of(sorted(wanted.columns, reverse=True), "x.csv") is wanted


@pytest.mark.parametrize("name", OFFICIAL)
def test_every_published_file_is_recognised_whatever_it_is_called(folder: Folder, name: str) -> None:
    read = folder.read_bytes((PUBLISHED / name).read_bytes(), f"{name.partition('/')[0]}/renamed.csv")
    assert read.rows == 5


@pytest.mark.parametrize("name", ["any_order.csv", "upper_case.csv", "quoted.csv", "no_final_newline.csv"])
def test_neither_order_nor_capitals_nor_quotes_matter(folder: Folder, name: str) -> None:
    columns = ("time_period", "funding", "measure", "value", "raw", "line")
    plain = folder.read_bytes(WORKFORCE).cells(*columns)
    assert folder.read_bytes((DATA / name).read_bytes()).cells(*columns) == plain


@pytest.mark.parametrize(
    "content", [b"\xef\xbb\xbf" + WORKFORCE, WORKFORCE.replace(b"\n", b"\r\n")], ids=["byte-order-mark", "crlf"]
)
def test_neither_a_byte_order_mark_nor_crlf_matters(folder: Folder, content: bytes) -> None:
    assert folder.read_bytes(content).observations.equals(folder.read_bytes(WORKFORCE).observations)


@pytest.mark.parametrize(
    ("name", "message", "hint"),
    [
        ("empty", " is empty.", "Download it again, or move it out of data/raw."),
        ("blank_column", ":1:8: the name of column 8 is blank.", COMPARE),
        ("repeated_column", ":1:8: the column 'npq_participants' is there twice.", COMPARE),
        (
            "missing_column",
            f"{NEARLY} mapped but absent: percentage.",
            CHANGED,
        ),
        (
            "unknown_column",
            f"{NEARLY} present but unmapped: region_size.",
            CHANGED,
        ),
        (
            "renamed_column",
            f"{NEARLY} mapped but absent: total_teachers; present but unmapped: all_teachers.",
            CHANGED,
        ),
        (
            "other_table",
            ":1: these columns belong to no data set that is known: name, age.",
            "Move the file out of data/raw, or add its layout to the catalogue.",
        ),
        (
            "utf_16",
            ":1:1: not UTF-8 text.",
            "Save the file with the encoding UTF-8 (spreadsheets call it 'CSV UTF-8').",
        ),
        ("old_mac", ":1: there is no header line that ends in LF or CRLF.", "Save the file as a plain CSV file."),
    ],
)
def test_a_header_that_does_not_fit_is_told_with_its_place(folder: Folder, name: str, message: str, hint: str) -> None:
    with pytest.raises(DataError) as error:
        folder.read_bytes((DATA / f"{name}.csv").read_bytes(), f"2024-25/{name}.csv")
    assert told(error) == (f"data/raw/2024-25/{name}.csv{message}", hint)


def test_a_first_line_without_end_is_no_header(folder: Folder) -> None:
    with pytest.raises(DataError, match=r"x\.csv:1: there is no header line"):
        folder.read_bytes(b"x" * (1 << 17), "2024-25/x.csv")
