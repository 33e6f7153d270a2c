"""Which project files are brought into: never the rows that come with the program."""

import os
from pathlib import Path

from npqstats import project
from npqstats.catalogue import lock
from npqstats.catalogue.lock import Lock
from npqstats.project import Project


def target(folder: Project | str | Path | None = None) -> Project:
    """Find the project to bring files into: as every command does, else the current folder.

    The folder data/raw/ need not be there yet.
    """
    if isinstance(folder, Project):
        return folder
    named = folder or os.environ.get("NPQSTATS_PROJECT")
    if named:
        return _in(Path(named))
    found = project.find()
    return _in(Path.cwd()) if found.is_bundled else found


def locked(project: Project) -> Lock:
    """Give the lock of a project; where there is none, one without lines."""
    return lock.load(project.raw) or Lock()


def _in(root: Path) -> Project:
    return Project(root / "data" / "raw", root / "data" / "processed")


def excerpts() -> frozenset[str]:
    """Give the hashes of the rows that come with the program: the first few of each data set, and no edition of it."""
    return frozenset(line.sha256 for line in lock.read(project.bundled().raw).values())
