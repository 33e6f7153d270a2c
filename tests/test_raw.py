"""The files of data/raw/: which may hold tables, what is in a zip, and their bytes, plain or packed."""

from __future__ import annotations

import gzip
import hashlib
import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from npqstats.errors import DataError
from npqstats.ingest import raw
from npqstats.ingest.raw import check_size, raw_files, raw_paths
from tests.conftest import WORKFORCE, Folder, told

CHECK = "Check that the file is still there, whole and readable; download it again if not."


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
    assert [file.source for file in raw_files(folder.project.raw, path)] == ["2024-25/all.zip!data/x.csv"]


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
    assert [file.release for file in raw_files(folder.project.raw, path)] == [release]


def test_a_zip_beside_the_folders_is_named_for_its_release(folder: Folder) -> None:
    name = "teacher-and-leader-development-ecf-and-npqs_2024-25.zip"
    path = folder.put(name, packed({"data/x.csv": WORKFORCE}))
    (file,) = raw_files(folder.project.raw, path)
    assert (file.release, file.source) == ("2024-25", f"{name}!data/x.csv")


@pytest.mark.parametrize(("name", "top"), [("latest/x.csv", "latest"), ("2024/x.csv", "2024"), ("x.csv", "x")])
def test_a_folder_that_names_no_release_is_refused(folder: Folder, name: str, top: str) -> None:
    path = folder.put(name, WORKFORCE)
    with pytest.raises(DataError) as error:
        raw_files(folder.project.raw, path)
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
        raw_files(folder.project.raw, path)
    assert told(error) == (message, hint)


def test_a_zip_that_would_unpack_to_an_absurd_size_is_refused_before_it_is_unpacked(folder: Folder) -> None:
    path = folder.put("2024-25/all.zip", packed({"data/x.csv": bytes(ABSURD)}))
    with pytest.raises(DataError, match=r"^data/raw/2024-25/all\.zip!data/x\.csv unpacks from 65,\d{3} to 67,108,864 "):
        raw_files(folder.project.raw, path)


@pytest.mark.parametrize(("unpacked", "size"), [(40 << 20, 1 << 10), ((1 << 30) + 1, 1 << 30), (40 << 20, 0)])
def test_an_absurd_size_is_refused_with_both_sizes(unpacked: int, size: int) -> None:
    with pytest.raises(DataError) as error:
        check_size("x.gz", unpacked, size)
    assert told(error) == (
        f"x.gz unpacks from {size:,} to {unpacked:,} bytes or more, which no release does.",
        "Do not trust this file; download the release again.",
    )


@pytest.mark.parametrize(("unpacked", "size"), [(1 << 20, 1), (40 << 20, 1 << 20), (1 << 30, 1 << 27)])
def test_a_size_that_a_release_may_have_is_let_through(unpacked: int, size: int) -> None:
    check_size("x.gz", unpacked, size)
    with pytest.raises(DataError):
        check_size("x.gz", unpacked + (1 << 30), size)


def whole(folder: Folder, path: Path) -> bytes:
    """Read the only table of a file to its end."""
    (file,) = raw_files(folder.project.raw, path)
    content = file.content()
    assert hashlib.sha256(content).hexdigest() == file.sha256()
    return content


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.csv", WORKFORCE),
        ("x.csv.gz", gzip.compress(WORKFORCE)),
        ("x.CSV.GZ", gzip.compress(WORKFORCE)),
        ("all.zip", packed({"data/x.csv": WORKFORCE, "data-guidance/data-guidance.txt": b"Guidance"})),
    ],
)
def test_plain_and_packed_files_give_the_same_bytes(folder: Folder, name: str, content: bytes) -> None:
    assert whole(folder, folder.put(f"2024-25/{name}", content)) == WORKFORCE


def test_blocks_end_where_lines_end(folder: Folder) -> None:
    path = folder.put("2024-25/x.csv", "one\ntwo\nthree")
    (file,) = raw_files(folder.project.raw, path)
    assert list(file.blocks(5)) == [b"one\ntwo\n", b"three"]


def encrypted() -> bytes:
    """A zip whose member claims to be encrypted."""
    content = bytearray(packed({"x.csv": WORKFORCE}))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(signature) + offset] |= 1
    return bytes(content)


def damaged() -> bytes:
    """A zip whose member is not what it was."""
    content = bytearray(packed({"x.csv": WORKFORCE}))
    at = content.index(b"PK\x01\x02") + 16
    content[at : at + 4] = struct.pack("<I", 1)
    return bytes(content)


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("x.csv.gz", gzip.compress(WORKFORCE)[:-20], "Compressed file ended before the end-of-stream marker"),
        ("x.csv.gz", WORKFORCE, "Not a gzipped file (b'ti')"),
        ("x.csv.gz", gzip.compress(WORKFORCE, mtime=0)[:12] + b"\xff" * 20, "Error -3 while decompressing data"),
        ("x.zip", encrypted(), "File 'x.csv' is encrypted, password required for extraction"),
        ("x.zip", damaged(), "Bad CRC-32 for file 'x.csv'"),
    ],
    ids=["cut-short", "no-gzip", "damaged-gzip", "encrypted", "damaged-zip"],
)  # fmt: skip
def test_a_packed_file_that_cannot_be_unpacked_says_why(folder: Folder, name: str, content: bytes, why: str) -> None:
    path = folder.put(f"2024-25/{name}", content)
    with pytest.raises(DataError) as error:
        whole(folder, path)
    message, hint = told(error)
    source = f"2024-25/{name}" + ("!x.csv" if name.endswith(".zip") else "")
    assert message.startswith(f"data/raw/{source} cannot be read: {why}")
    assert hint == CHECK


def test_a_gz_that_unpacks_to_an_absurd_size_is_given_up(folder: Folder) -> None:
    path = folder.put("2024-25/x.csv.gz", gzip.compress(bytes(64 << 20)))
    with pytest.raises(DataError, match=r"^data/raw/2024-25/x\.csv\.gz unpacks from .* bytes or more"):
        whole(folder, path)


def test_a_plain_file_may_be_as_large_as_it_likes(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(raw, "LARGEST_MEMBER", 10)
    assert whole(folder, folder.put("2024-25/x.csv", WORKFORCE)) == WORKFORCE


def test_a_file_that_vanished_is_named(folder: Folder) -> None:
    path = folder.put("2024-25/x.csv", WORKFORCE)
    (file,) = raw_files(folder.project.raw, path)
    path.unlink()
    with pytest.raises(DataError) as error:
        file.content()
    assert told(error) == ("data/raw/2024-25/x.csv cannot be read: No such file or directory.", CHECK)


def test_a_file_that_may_not_be_read_is_named(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    (file,) = raw_files(folder.project.raw, folder.put("2024-25/x.csv", WORKFORCE))

    def refuse(path: Path, mode: str) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(DataError) as error:
        file.content()
    assert told(error) == ("data/raw/2024-25/x.csv cannot be read: Permission denied.", CHECK)


def test_a_member_that_vanished_from_its_zip_is_named(folder: Folder) -> None:
    path = folder.put("2024-25/x.zip", packed({"x.csv": WORKFORCE}))
    (file,) = raw_files(folder.project.raw, path)
    path.write_bytes(packed({"y.csv": WORKFORCE}))
    with pytest.raises(DataError, match=r"cannot be read: .*x\.csv"):
        file.content()
