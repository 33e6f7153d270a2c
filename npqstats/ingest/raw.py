"""The files of data/raw/: which may hold tables, for which release, and their bytes, plain, .gz or in a zip.

Imports nothing heavy, so that finding nothing to do is quick.
"""

import gzip
import hashlib
import io
import os
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from npqstats.catalogue.catalogue import REPORTED, release_in
from npqstats.errors import DataError

UNREADABLE = (OSError, zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError)
"""What a file that is damaged, encrypted or gone raises while it is read."""
LARGEST_MEMBER = 1 << 30
"""Bytes that a file inside a zip or .gz may have when unpacked; a full release has under 1 MB."""
LARGEST_RATIO = 250
"""How many times larger than its packed size a file may become; CSVs reach about 50."""
SMALL_ENOUGH = 32 << 20
"""Below this many bytes the ratio does not matter."""
_SILENT = (".md", ".lock", ".license", "license", "release-notes.txt")
_WHY = {
    (".xlsx", ".xls", ".xlsm", ".ods"): "a spreadsheet; save the sheet as a CSV file (CSV UTF-8)",
    (".meta.csv", ".meta.csv.gz"): "the metadata of a file",
    ("data-guidance.txt",): "the release's data guidance",
}


@dataclass(frozen=True, order=True)
class RawFile:
    """One table to be read: a file of data/raw/, or a member of a zip there."""

    path: Path
    source: str
    """Its name under data/raw/, with `!member` for a member of a zip."""
    release: str
    """The release of its folder; `reported` for figures that others printed."""
    member: str = ""
    size: int = 0
    """Bytes, unpacked where that is known."""

    @property
    def is_packed(self) -> bool:
        """Whether its bytes are not those of its file."""
        return bool(self.member) or self.path.suffix.lower() == ".gz"

    def blocks(self, most: int = 1 << 20) -> Iterator[bytes]:
        """Read it, unpacked: about `most` bytes at a time, and on to the end of the line.

        Raises:
            DataError: It cannot be read, or unpacks to an absurd size.
        """
        with ExitStack() as stack:
            try:
                inner: BinaryIO = stack.enter_context(self.path.open("rb"))
                packed, count = self.path.stat().st_size, 0
                if self.member:
                    archive = stack.enter_context(zipfile.ZipFile(inner))
                    inner = io.BufferedReader(stack.enter_context(archive.open(self.member)), most)  # type: ignore[type-var]
                elif self.is_packed:
                    inner = io.BufferedReader(stack.enter_context(gzip.GzipFile(fileobj=inner)), most)
                while block := inner.read(most):
                    block += b"" if block.endswith(b"\n") else inner.readline(most)
                    count += len(block)
                    if self.is_packed:
                        check_size(f"data/raw/{self.source}", count, packed)
                    yield block
            except (*UNREADABLE, KeyError) as error:
                raise unreadable(self.source, error) from error

    def content(self) -> bytes:
        """Read it whole, unpacked."""
        return b"".join(self.blocks())

    def sha256(self) -> str:
        """Hash its bytes, unpacked."""
        found = hashlib.sha256()
        for block in self.blocks():
            found.update(block)
        return found.hexdigest()


def raw_paths(raw: Path) -> list[Path]:
    """List the files of data/raw/ that may hold tables, sorted by name.

    Hidden files, metadata, texts and the release's supporting files are left out.

    Raises:
        OSError: A folder cannot be read.
    """
    return [path for path in _files(raw) if is_table(path.relative_to(raw))]


def unread(raw: Path) -> dict[str, str]:
    """List the files of data/raw/ that are not read, with the reason, by their names under it.

    Raises:
        OSError: A folder cannot be read.
    """
    names = [path.relative_to(raw) for path in _files(raw)]
    others = [path for path in names if not is_table(path) and not path.name.lower().endswith(_SILENT)]
    return {
        path.as_posix(): next((why for ends, why in _WHY.items() if path.name.lower().endswith(ends)), "not a CSV file")
        for path in others
    }


def _files(raw: Path) -> list[Path]:
    """List the files below a folder, but for hidden ones and the release's supporting files."""

    def fail(error: OSError) -> None:
        raise error

    found = []
    for folder, folders, names in os.walk(raw, onerror=fail) if raw.is_dir() else ():
        folders[:] = [name for name in folders if not name.startswith(".") and name != "supporting-files"]
        found += [Path(folder, name) for name in names if not name.startswith(".")]
    return sorted(path for path in found if path.is_file())


def is_table(path: Path) -> bool:
    """Whether a file, by its path below data/raw/ or in a zip, may hold a table."""
    name = path.name.lower()
    return (
        name.endswith((".csv", ".csv.gz", ".zip"))
        and not name.endswith((".meta.csv", ".meta.csv.gz"))
        and not any(part.startswith(".") or part == "supporting-files" for part in path.parts)
    )


def raw_files(raw: Path, path: Path) -> list[RawFile]:
    """List the tables in one file of data/raw/: the file itself, or the members of a zip.

    Raises:
        DataError: The folder names no release, or the zip is broken, hostile or without data.
    """
    inside = path.relative_to(raw)
    top = inside.parts[0] if len(inside.parts) > 1 else inside.stem
    release = REPORTED if top == REPORTED else release_in(top)
    if release is None:
        raise DataError(
            f"data/raw/{inside.as_posix()}: the folder {top!r} names no release.",
            "Put the files of a release in a folder named for it, such as data/raw/2024-25/.",
        )
    if path.suffix.lower() != ".zip":
        return [RawFile(path, inside.as_posix(), release, size=path.stat().st_size)]
    return [
        RawFile(path, f"{inside.as_posix()}!{member.filename}", release, member.filename, member.file_size)
        for member in members(path, f"data/raw/{inside.as_posix()}")
    ]


def members(path: Path, shown: str) -> list[zipfile.ZipInfo]:
    """List the tables in a zip.

    Args:
        path: The zip.
        shown: What it is called in messages.

    Raises:
        DataError: The zip is broken, hostile or without data.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            inside = sorted(archive.infolist(), key=lambda member: member.filename)
    except (zipfile.BadZipFile, ValueError) as error:
        raise DataError(f"{shown} is not a readable zip: {error}.", "Download it again.") from error
    for member in inside:
        if member.filename.startswith(("/", "\\")) or ".." in Path(member.filename.replace("\\", "/")).parts:
            raise DataError(
                f"{shown}: the member {member.filename!r} points outside the zip.",
                "Do not trust this file; download the release again.",
            )
    tables = [one for one in inside if is_table(Path(one.filename)) and one.filename.lower().endswith(".csv")]
    if not tables:
        raise DataError(f"{shown} holds no CSV data.", "Download 'all files' of the release again.")
    for member in tables:
        check_size(f"{shown}!{member.filename}", member.file_size, member.compress_size)
    return tables


def check_size(shown: str, unpacked: int, packed: int) -> None:
    """Refuse a packed file that would unpack to an absurd size.

    Raises:
        DataError: It is over the limits at the top of this module.
    """
    if unpacked > LARGEST_MEMBER or (unpacked > SMALL_ENOUGH and unpacked > LARGEST_RATIO * max(packed, 1)):
        raise DataError(
            f"{shown} unpacks from {packed:,} to {unpacked:,} bytes or more, which no release does.",
            "Do not trust this file; download the release again.",
        )


def unreadable(source: str, error: BaseException) -> DataError:
    """Say that a file under data/raw/ could not be read, and why."""
    why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return DataError(
        f"data/raw/{source} cannot be read: {why or type(error).__name__}.",
        "Check that the file is still there, whole and readable; download it again if not.",
    )
