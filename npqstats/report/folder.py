"""A folder that is written whole: the new one takes the place of the old one in a single step, or not at all."""

import ctypes
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from npqstats.errors import DataError, UsageError

_AT_FDCWD = -100
_EXCHANGE = 2
"""Both `RENAME_EXCHANGE` of Linux and `RENAME_SWAP` of macOS."""
_OLD = "-old"
"""Ends the name of a folder that stood, while the new one takes its place in two steps."""


def check(folder: Path, ours: set[str]) -> None:
    """Refuse to write where something else than a report of ours stands.

    Args:
        folder: Where the report is to go.
        ours: The files of the report that stands there, as its manifest names them.

    Raises:
        UsageError: It is a file, holds what no report of ours wrote, or is the folder that the program runs in.
    """
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is a file.", "Name a folder for the report.")
    if not folder.is_dir():
        return
    if folder.samefile("."):
        raise UsageError(
            f"{folder} is the folder that you are in, and a report is written as a new folder.",
            "Name a folder within it, or run the command from another one.",
        )
    known = ours | {parent.as_posix() for name in ours for parent in Path(name).parents}
    here = {path.relative_to(folder).as_posix() for path in folder.rglob("*")}
    if others := sorted(here - known):
        named = ", ".join(others[:3]) + (", ..." if len(others) > 3 else "")
        raise UsageError(
            f"{folder} holds what no report wrote: {named}.", "Name another folder, or move these files away."
        )


def write(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Write files into a folder that then takes the place of the one that stands.

    Args:
        folder: Where the report is to stand.
        contents: By path within it.

    Raises:
        DataError: It cannot be written; what stood before still stands.
    """
    named, folder = folder, folder.resolve()
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        sweep(folder)
        fresh = Path(tempfile.mkdtemp(dir=folder.parent, prefix=_prefix(folder)))
        try:
            fresh.chmod(0o755)
            for name, content in contents.items():
                path = fresh / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
            _take_the_place(fresh, folder)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
    except OSError as error:
        raise DataError(
            f"{_meant(error.filename, folder, named)} cannot be written: {error.strerror or error}.",
            "What stood before still stands. Make room or give leave to write, then run it again.",
        ) from error


def sweep(folder: Path) -> None:
    """Remove what writers that were killed left beside a folder; an old one that nothing replaced stands again."""
    ours = re.compile(rf"{re.escape(_prefix(folder))}\w{{8}}({_OLD})?")
    for left in [path for path in folder.parent.iterdir() if ours.fullmatch(path.name)]:
        if left.name.endswith(_OLD) and not folder.exists():
            left.rename(folder)
        else:
            shutil.rmtree(left, ignore_errors=True)


def _prefix(folder: Path) -> str:
    return f".{folder.name}.new-"


def _meant(place: str | None, folder: Path, named: Path) -> Path:
    """Name the file that one in the new folder was to become, as the user wrote the folder."""
    path = Path(place or folder)
    if not path.is_relative_to(folder.parent) or path == folder.parent:
        return path
    first, *rest = path.relative_to(folder.parent).parts
    return named.joinpath(*rest) if first == folder.name or first.startswith(_prefix(folder)) else path


def _take_the_place(fresh: Path, folder: Path) -> None:
    """Let `fresh` stand as `folder`; what stood there, if anything, is then called `fresh`."""
    if not folder.exists():
        fresh.rename(folder)
    elif not _exchanged(fresh, folder):
        old = fresh.with_name(f"{fresh.name}{_OLD}")
        folder.rename(old)
        try:
            fresh.rename(folder)
        except BaseException:
            old.rename(folder)
            raise
        old.rename(fresh)


def _exchanged(one: Path, other: Path) -> bool:
    """Let two folders change places in one step; False where the system has no such step."""
    library = ctypes.CDLL(None, use_errno=True)
    names = os.fsencode(one), os.fsencode(other)
    if sys.platform == "darwin":
        return bool(library.renamex_np(*names, _EXCHANGE) == 0)
    if not hasattr(library, "renameat2"):
        return False
    return bool(library.renameat2(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _EXCHANGE) == 0)
