from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest

from npqstats.errors import DataError
from npqstats.ingest import files
from tests.conftest import WORKFORCE, Folder, told


def packed(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def test_of_the_services_zip_only_the_data_are_read(folder: Folder) -> None:
    members = {
        "data/x.csv": WORKFORCE,
        "data/x.meta.csv": b"col_name\n",
        "data-guidance/data-guidance.txt": b"Guidance",
        "supporting-files/y.csv": b"a,b\n1,2\n",
        "data/inner.zip": b"",
        "data/again.csv.gz": b"",
    }
    path = folder.put("2024-25/all.zip", packed(members))
    assert [file.source for file in files.raw_files(folder.project.raw, path)] == ["2024-25/all.zip!data/x.csv"]


@pytest.mark.parametrize(
    ("name", "release"),
    [
        ("2024-25/x.csv", "2024-25"),
        ("2024-25/deep/down/x.csv", "2024-25"),
        ("2022-23.1/x.csv", "2022-23.1"),
        ("2021-22-adhoc/x.csv", "2021-22-adhoc"),
        ("npqs_2024-25/x.csv", "2024-25"),
        ("2031-32/x.csv", "2031-32"),
        ("reported/x.csv", "reported"),
    ],
)
def test_the_folder_names_the_release(folder: Folder, name: str, release: str) -> None:
    path = folder.put(name, WORKFORCE)
    assert [file.release for file in files.raw_files(folder.project.raw, path)] == [release]


def test_a_zip_beside_the_folders_is_named_for_its_release(folder: Folder) -> None:
    name = "teacher-and-leader-development-ecf-and-npqs_2024-25.zip"
    path = folder.put(name, packed({"data/x.csv": WORKFORCE}))
    (file,) = files.raw_files(folder.project.raw, path)
    assert (file.release, file.source) == ("2024-25", f"{name}!data/x.csv")


@pytest.mark.parametrize(("name", "top"), [("latest/x.csv", "latest"), ("2024/x.csv", "2024"), ("x.csv", "x")])
def test_a_folder_that_names_no_release_is_refused(folder: Folder, name: str, top: str) -> None:
    path = folder.put(name, WORKFORCE)
    with pytest.raises(DataError) as error:
        files.raw_files(folder.project.raw, path)
    assert told(error) == (
        f"data/raw/{name}: the folder {top!r} names no release.",
        "Put the files of a release in a folder named for it, such as data/raw/2024-25/.",
    )


def broken() -> bytes:
    return packed({"data/x.csv": WORKFORCE})[:-30]


ABSURD = 64 << 20


@pytest.mark.parametrize(
    ("make", "message", "hint"),
    [
        (
            lambda: packed({"notes.txt": b"nothing here"}),
            "data/raw/2024-25/all.zip holds no CSV data.",
            "Download 'all files' of the release again.",
        ),
        (
            lambda: packed({"../../x.csv": WORKFORCE}),
            "data/raw/2024-25/all.zip: the member '../../x.csv' points outside the zip.",
            "Do not trust this file; download the release again.",
        ),
        (
            lambda: packed({"/etc/x.csv": WORKFORCE}),
            "data/raw/2024-25/all.zip: the member '/etc/x.csv' points outside the zip.",
            "Do not trust this file; download the release again.",
        ),
        (
            lambda: packed({"..\\x.csv": WORKFORCE}),
            "data/raw/2024-25/all.zip: the member '..\\\\x.csv' points outside the zip.",
            "Do not trust this file; download the release again.",
        ),
        (broken, "data/raw/2024-25/all.zip is not a readable zip: File is not a zip file.", "Download it again."),
        (lambda: b"", "data/raw/2024-25/all.zip is not a readable zip: File is not a zip file.", "Download it again."),
    ],
    ids=["no-data", "upward", "absolute", "backslash", "cut-short", "empty"],
)
def test_a_zip_that_cannot_be_used_says_why(folder: Folder, make: Callable[[], bytes], message: str, hint: str) -> None:
    path = folder.put("2024-25/all.zip", make())
    with pytest.raises(DataError) as error:
        files.raw_files(folder.project.raw, path)
    assert told(error) == (message, hint)


def test_a_zip_that_would_unpack_to_an_absurd_size_is_refused_before_it_is_unpacked(folder: Folder) -> None:
    path = folder.put("2024-25/all.zip", packed({"data/x.csv": bytes(ABSURD)}))
    with pytest.raises(DataError, match=r"^data/raw/2024-25/all\.zip!data/x\.csv unpacks from 65,\d{3} to 67,108,864 "):
        files.raw_files(folder.project.raw, path)


@pytest.mark.parametrize(("unpacked", "size"), [(40 << 20, 1 << 10), ((1 << 30) + 1, 1 << 30), (40 << 20, 0)])
def test_an_absurd_size_is_refused_with_both_sizes(unpacked: int, size: int) -> None:
    with pytest.raises(DataError) as error:
        files.check_size("x.gz", unpacked, size)
    assert told(error) == (
        f"x.gz unpacks from {size:,} to {unpacked:,} bytes or more, which no release does.",
        "Do not trust this file; download the release again.",
    )


@pytest.mark.parametrize(("unpacked", "size"), [(1 << 20, 1), (40 << 20, 1 << 20), (1 << 30, 1 << 27)])
def test_a_size_that_a_release_may_have_is_let_through(unpacked: int, size: int) -> None:
    files.check_size("x.gz", unpacked, size)
    with pytest.raises(DataError):
        files.check_size("x.gz", unpacked + (1 << 30), size)
