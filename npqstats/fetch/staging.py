"""A hidden folder beside the targets, in which files wait until all of them are known to be whole."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from npqstats.errors import DataError
from npqstats.project import Project

_PREFIX = ".fetch-"


@contextmanager
def staging(project: Project) -> Iterator[Path]:
    """Give an empty folder under data/raw/ that builds pass over; it is gone at the end of the block.

    What killed runs left behind is swept up first. One run brings files at a time.

    Raises:
        DataError: Another run is at it, or the disk is full or may not be written; what stood before still stands.
    """
    from filelock import FileLock, Timeout

    try:
        project.raw.mkdir(parents=True, exist_ok=True)
        project.processed.mkdir(parents=True, exist_ok=True)
        lock = FileLock(project.processed / ".fetch-lock")
        lock.acquire(timeout=0)
    except Timeout as error:
        raise DataError("Another fetch is at work here.", "Wait until it is done, then run this again.") from error
    except OSError as error:
        raise _disk_error(project, error) from error
    folder: Path | None = None
    try:
        for left in project.raw.glob(f"{_PREFIX}*"):
            shutil.rmtree(left, ignore_errors=True)
        folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=project.raw))
        yield folder
    except OSError as error:
        raise _disk_error(project, error) from error
    finally:
        if folder is not None:
            shutil.rmtree(folder, ignore_errors=True)
        lock.release()


def _disk_error(project: Project, error: OSError) -> DataError:
    return DataError(
        f"{error.filename or project.raw} cannot be read or written: {error.strerror or error}.",
        "What stood before still stands. Make room or give leave to write, then run it again.",
    )


def settle(path: Path) -> None:
    """Have the disk keep a file, or the names in a folder, before anything rests on it."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
