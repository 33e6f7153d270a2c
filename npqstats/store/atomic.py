"""Locks, and files and folders that are replaced whole or not at all. Imports nothing heavy."""

import os
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from npqstats.errors import DataError

KEPT = "What was there before is kept. Free space or change the permissions, then run it again."
"""The hint of every error about the disk."""
_AT_FDCWD = -100
_EXCHANGE = 2
"""Both `RENAME_EXCHANGE` of Linux and `RENAME_SWAP` of macOS."""
_OLD = "-old"
"""Suffix of the previous folder where a swap takes two renames."""


@contextmanager
def file_lock(path: Path, *, on_wait: Callable[[], None] | None = None, busy: str = "") -> Iterator[None]:
    """Hold a lock between processes for the length of the block.

    Args:
        path: The lock file; its folder is made.
        on_wait: Called once if another process holds the lock, before waiting for it; None not to wait.
        busy: The message if another process holds the lock and `on_wait` is None.

    Raises:
        DataError: Another process holds it and `on_wait` is None.
    """
    from filelock import FileLock, Timeout

    path.parent.mkdir(parents=True, exist_ok=True)
    held = FileLock(path)
    try:
        held.acquire(timeout=0)
    except Timeout as error:
        if on_wait is None:
            raise DataError(busy, "Wait until it is done, then run this again.") from error
        on_wait()
        held.acquire()
    try:
        yield
    finally:
        held.release()


def disk_error(error: OSError, path: Path | None = None) -> DataError:
    """Turn an error of the operating system into one of ours that names the path and keeps the reason.

    Args:
        error: What was raised.
        path: The path to name; None for the one in `error`.
    """
    named = path if path is not None else error.filename
    return DataError(f"{named} cannot be read or written: {error.strerror or error}.", KEPT)


@contextmanager
def disk_errors(path: Path) -> Iterator[None]:
    """Turn operating system errors of the block into a `DataError`; `path` is named where the error names none."""
    try:
        yield
    except OSError as error:
        raise disk_error(error, None if error.filename else path) from error


def fsync(path: Path) -> None:
    """Flush a file, or the names in a folder, to the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def link_or_copy(old: Path, new: Path) -> None:
    """Hard-link a file or, where the file system has no hard links, copy it."""
    try:
        new.hardlink_to(old)
    except OSError:
        shutil.copyfile(old, new)
        fsync(new)


def write_files(files: Mapping[Path, bytes], *, is_durable: bool = False) -> None:
    """Write files: each to a temporary file beside it, all renamed once every one is written.

    Args:
        files: Content by path; the folders must exist.
        is_durable: Whether content and names are flushed to the disk before returning.

    Raises:
        DataError: One cannot be written; what was there before is kept.
    """
    temporary: dict[Path, Path] = {}
    at = next(iter(files), Path())
    try:
        for at, content in files.items():
            if at.is_dir():
                raise IsADirectoryError(21, "Is a directory", str(at))
            temporary[at] = _written_beside(at, content, is_durable=is_durable)
        for at in files:
            temporary[at].replace(at)
            del temporary[at]
        for folder in {path.parent for path in files} if is_durable else ():
            fsync(folder)
    except OSError as error:
        raise disk_error(error, at) from error
    finally:
        for left in temporary.values():
            with suppress(OSError):
                left.unlink(missing_ok=True)


def _written_beside(path: Path, content: bytes, *, is_durable: bool) -> Path:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            if is_durable:
                file.flush()
                os.fsync(file.fileno())
        Path(name).chmod(0o644)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink(missing_ok=True)
        raise
    return Path(name)


@contextmanager
def new_folder(target: Path) -> Iterator[Path]:
    """Make an empty folder beside `target` that replaces it at the end of the block, in one step where possible.

    If the block raises, or the process is killed, `target` is as before; what a killed process left is removed
    by the next one.

    Raises:
        OSError: A folder cannot be made or renamed; see `disk_errors`.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    sweep(target)
    new = Path(tempfile.mkdtemp(dir=target.parent, prefix=_prefix(target)))
    try:
        new.chmod(0o755)
        yield new
        swap_folder(new, target)
    finally:
        shutil.rmtree(new, ignore_errors=True)


def sweep(target: Path) -> None:
    """Remove what killed processes left beside a folder; a previous folder that nothing replaced is put back."""
    ours = re.compile(rf"{re.escape(_prefix(target))}\w{{8}}({_OLD})?")
    for left in [path for path in target.parent.iterdir() if ours.fullmatch(path.name)]:
        if left.name.endswith(_OLD) and not target.exists():
            left.rename(target)
        else:
            shutil.rmtree(left, ignore_errors=True)


def _prefix(target: Path) -> str:
    return f".{target.name}.new-"


def swap_folder(new: Path, target: Path) -> None:
    """Rename `new` to `target`; the previous folder, if any, then bears the name `new`.

    Raises:
        OSError: It cannot be renamed; `target` is as before.
    """
    if not target.exists():
        new.rename(target)
    elif not _exchanged(new, target):
        old = new.with_name(f"{new.name}{_OLD}")
        target.rename(old)
        try:
            new.rename(target)
        except BaseException:
            old.rename(target)
            raise
        old.rename(new)


def _exchanged(one: Path, other: Path) -> bool:
    """Exchange two folders in one step; False where the system cannot."""
    import ctypes

    library = ctypes.CDLL(None, use_errno=True)
    names = os.fsencode(one), os.fsencode(other)
    if sys.platform == "darwin":
        return bool(library.renamex_np(*names, _EXCHANGE) == 0)
    if not hasattr(library, "renameat2"):
        return False
    return bool(library.renameat2(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _EXCHANGE) == 0)


def point(link: Path, folder: Path) -> None:
    """Point a symbolic link at a folder below the link's own; one that a copy turned into a folder is replaced."""
    if link.is_dir() and not link.is_symlink():
        link.rename(Path(tempfile.mkdtemp(dir=folder.parent)) / link.name)
    fresh = link.with_name(f".{link.name}-new")
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(folder.relative_to(link.parent), target_is_directory=True)
    os.replace(fresh, link)  # noqa: PTH105 (says more plainly that this is the atomic step)
