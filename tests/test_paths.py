from __future__ import annotations

from pathlib import Path

import pytest

from npqstats.ingest.files import raw_paths
from tests.conftest import WORKFORCE, Folder


def test_tables_are_found_in_the_order_of_their_names_plain_or_packed(folder: Folder) -> None:
    folder.put("2024-25/b.csv.gz", b"")
    folder.put("2024-25/a.CSV", b"")
    folder.put("2022-23/data/c.csv", b"")
    folder.put("2024-25/all.zip", b"")
    raw = folder.project.raw
    assert [path.relative_to(raw).as_posix() for path in raw_paths(raw)] == [
        *("2022-23/data/c.csv", "2024-25/a.CSV", "2024-25/all.zip", "2024-25/b.csv.gz"),
    ]


@pytest.mark.parametrize(
    "name",
    [
        "2024-25/x.meta.csv",
        "2024-25/x.meta.csv.gz",
        "2024-25/notes.txt",
        "README.md",
        "2024-25/.hidden.csv",
        ".cache/x.csv",
        "2024-25/supporting-files/y.csv",
        "2024-25/x.xlsx",
        "2024-25/x.csv.part",
    ],
)
def test_what_is_no_table_is_left_out(folder: Folder, name: str) -> None:
    folder.put(name, WORKFORCE)
    assert raw_paths(folder.project.raw) == []


def test_a_folder_that_does_not_exist_holds_nothing(tmp_path: Path) -> None:
    assert raw_paths(tmp_path / "nowhere") == []


def test_a_folder_named_like_a_table_is_none(folder: Folder) -> None:
    (folder.project.raw / "2024-25" / "x.csv").mkdir(parents=True)
    assert raw_paths(folder.project.raw) == []
