"""Which files under data/raw/ are to be read, and for which release."""

import zipfile
from dataclasses import dataclass
from pathlib import Path

from npqstats.catalogue.catalogue import REPORTED, release_in
from npqstats.errors import DataError
from npqstats.ingest.paths import is_table

LARGEST_MEMBER = 1 << 30
"""Bytes that a file inside a zip or .gz may have when unpacked; a full release has under 1 MB."""
LARGEST_RATIO = 250
"""How many times larger than its packed size a file may become; CSVs reach about 50."""
SMALL_ENOUGH = 32 << 20
"""Below this many bytes the ratio does not matter."""


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


def raw_files(raw: Path, path: Path) -> list[RawFile]:
    """List the tables in one file of data/raw/: the file itself, or the members of a zip.

    Raises:
        DataError: The folder names no release, or the zip is broken, hostile or without data.
    """
    inside = path.relative_to(raw)
    release = _release(inside)
    if path.suffix.lower() != ".zip":
        return [RawFile(path, inside.as_posix(), release, size=path.stat().st_size)]
    return [
        RawFile(path, f"{inside.as_posix()}!{member.filename}", release, member.filename, member.file_size)
        for member in members(path, f"data/raw/{inside.as_posix()}")
    ]


def _release(inside: Path) -> str:
    top = inside.parts[0] if len(inside.parts) > 1 else inside.stem
    if top == REPORTED:
        return REPORTED
    release = release_in(top)
    if release is None:
        raise DataError(
            f"data/raw/{inside.as_posix()}: the folder {top!r} names no release.",
            "Put the files of a release in a folder named for it, such as data/raw/2024-25/.",
        )
    return release


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
    tables = [
        member for member in inside if is_table(Path(member.filename)) and member.filename.lower().endswith(".csv")
    ]
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
