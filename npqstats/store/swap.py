"""How a new build takes the place of the old one: all at once, or not at all."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from npqstats.project import Project
from npqstats.store.state import link

_BUILDS = ".builds"


@contextmanager
def exclusive(project: Project, on_wait: Callable[[], None]) -> Iterator[None]:
    """Let one process build at a time; `on_wait` is called when another one is at it."""
    from filelock import FileLock, Timeout

    project.processed.mkdir(parents=True, exist_ok=True)
    lock = FileLock(project.processed / ".lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        on_wait()
        lock.acquire()
    try:
        yield
    finally:
        lock.release()


@contextmanager
def new_build(project: Project) -> Iterator[Path]:
    """Give an empty folder to build in; at the end of the block it becomes the build that stands.

    If the block raises, or the process is killed, the build that stood before still stands. What killed
    builds left behind is swept up by the next one. Call it within `exclusive`.
    """
    builds = project.processed / _BUILDS
    builds.mkdir(exist_ok=True)
    standing = link(project)
    _sweep(builds, keep=standing.resolve())
    folder = Path(tempfile.mkdtemp(dir=builds))
    folder.chmod(0o755)
    try:
        yield folder
        _point(standing, folder)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    _sweep(builds, keep=folder)


def _point(standing: Path, folder: Path) -> None:
    if standing.is_dir() and not standing.is_symlink():
        # A copy of the project made this a folder; it is swept up with the other old builds.
        standing.rename(Path(tempfile.mkdtemp(dir=folder.parent)) / standing.name)
    fresh = standing.with_name(".observations-new")
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(folder.relative_to(standing.parent), target_is_directory=True)
    os.replace(fresh, standing)  # noqa: PTH105 (says more plainly that this is the atomic step)


def _sweep(builds: Path, keep: Path) -> None:
    for folder in builds.iterdir():
        if folder.resolve() != keep.resolve():
            shutil.rmtree(folder, ignore_errors=True)


def reuse(part: str, old: Path, new: Path) -> None:
    """Take a Parquet file over from the old build, without copying it where the disk allows."""
    target = new / part
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        target.hardlink_to(old / part)
    except OSError:
        shutil.copyfile(old / part, target)
