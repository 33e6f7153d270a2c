from __future__ import annotations

import gzip
import hashlib
import struct
from pathlib import Path

import pytest

from npqstats.errors import DataError
from npqstats.ingest import files
from tests.conftest import WORKFORCE, Folder, told
from tests.test_find import packed

CHECK = "Check that the file is still there, whole and readable; download it again if not."


def whole(folder: Folder, path: Path) -> bytes:
    """Read the only table of a file to its end."""
    (file,) = files.raw_files(folder.project.raw, path)
    content = files.content(file)
    assert hashlib.sha256(content).hexdigest() == files.digest(file)
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
    (file,) = files.raw_files(folder.project.raw, path)
    assert list(files.blocks(file, 5)) == [b"one\ntwo\n", b"three"]


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
    monkeypatch.setattr(files, "LARGEST_MEMBER", 10)
    assert whole(folder, folder.put("2024-25/x.csv", WORKFORCE)) == WORKFORCE


def test_a_file_that_vanished_is_named(folder: Folder) -> None:
    path = folder.put("2024-25/x.csv", WORKFORCE)
    (file,) = files.raw_files(folder.project.raw, path)
    path.unlink()
    with pytest.raises(DataError) as error:
        files.content(file)
    assert told(error) == ("data/raw/2024-25/x.csv cannot be read: No such file or directory.", CHECK)


def test_a_file_that_may_not_be_read_is_named(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    (file,) = files.raw_files(folder.project.raw, folder.put("2024-25/x.csv", WORKFORCE))

    def refuse(path: Path, mode: str) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(DataError) as error:
        files.content(file)
    assert told(error) == ("data/raw/2024-25/x.csv cannot be read: Permission denied.", CHECK)


def test_a_member_that_vanished_from_its_zip_is_named(folder: Folder) -> None:
    path = folder.put("2024-25/x.zip", packed({"x.csv": WORKFORCE}))
    (file,) = files.raw_files(folder.project.raw, path)
    path.write_bytes(packed({"y.csv": WORKFORCE}))
    with pytest.raises(DataError, match=r"cannot be read: .*x\.csv"):
        files.content(file)
