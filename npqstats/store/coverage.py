"""Which published files are loaded whole, and which only as an excerpt."""

from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from npqstats.catalogue import lock
from npqstats.catalogue.catalogue import REPORTED, catalogue
from npqstats.catalogue.lock import Lock
from npqstats.project import Project, shipped
from npqstats.store import manifest
from npqstats.store.manifest import RawTable


class Loaded(NamedTuple):
    """A file of a release."""

    release: str
    measures: frozenset[str]
    is_whole: bool | None
    """Whether every published row is here; None where nobody has said how many there are."""


@dataclass(frozen=True)
class Coverage:
    """The files of a build."""

    files: tuple[Loaded, ...]

    def is_whole(self, release: str, measure: str) -> bool | None:
        """Whether a release's files with a measure are whole: no where none is loaded, None where nobody has said."""
        found = [file.is_whole for file in self.files if file.release == release and measure in file.measures]
        if not found or False in found:
            return False
        return None if None in found else True

    def is_sample(self, release: str = "") -> bool:
        """Whether a file of a release, or of any, is an excerpt."""
        return any(file.is_whole is False for file in self.files if release in ("", file.release))


def coverage(project: Project) -> Coverage:
    """Compare the rows of each file that was built with those that it was published with."""
    tables, held = manifest.read(project.observations).all_tables(), lock.load(project.raw)
    return Coverage(
        tuple(
            Loaded(table.release, frozenset(table.measures), _is_whole(table, held))
            for table in tables
            if table.dataset and not table.passed_over and table.release != REPORTED
        )
    )


def _is_whole(table: RawTable, held: Lock | None) -> bool | None:
    if table.sha256 in excerpts():
        return False
    expected = rows_published(held, table.release, table.dataset)
    return None if expected is None else table.rows >= expected


def rows_published(held: Lock | None, release: str, dataset: str) -> int | None:
    """How many rows a data set of a release was published with: by the lock, else by the catalogue; None if unknown."""
    lines = held.of(release) if held is not None else []
    counted = (line.rows_expected for line in lines if line.dataset == dataset)
    known = (one.rows for one in catalogue().layouts if (one.release, one.dataset) == (release, dataset))
    return next((rows for rows in (*counted, *known) if rows is not None), None)


@cache
def excerpts() -> frozenset[str]:
    """Hashes of the rows that come with the program: the first few of each data set."""
    return frozenset(line.sha256 for line in lock.held(shipped()).files.values())
