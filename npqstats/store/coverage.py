"""Which published files are loaded whole, and which only as an excerpt."""

from dataclasses import dataclass
from functools import cache

from npqstats.catalogue import lock
from npqstats.catalogue.catalogue import catalogue
from npqstats.catalogue.lock import Lock
from npqstats.project import Project, shipped
from npqstats.store import manifest


@dataclass(frozen=True)
class Loaded:
    """A file of a release."""

    release: str
    dataset: str
    measures: frozenset[str]
    rows: int
    expected: int | None
    """How many rows it was published with; None where nobody has said."""
    is_excerpt: bool = False
    """Whether it is one of the excerpts that come with the program."""

    @property
    def is_whole(self) -> bool | None:
        """Whether every published row is here; None where nobody has said how many there are."""
        if self.is_excerpt:
            return False
        return None if self.expected is None else self.rows >= self.expected


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

    def is_sample(self, release: str) -> bool:
        """Whether a file of a release is an excerpt."""
        return any(file.release == release and file.is_whole is False for file in self.files)


def coverage(project: Project) -> Coverage:
    """Compare the rows of each file that was built with those that it was published with."""
    tables, held = manifest.read(project.observations).all_tables(), lock.load(project.raw)
    return Coverage(
        tuple(
            Loaded(
                table.release,
                table.dataset,
                frozenset(table.measures),
                table.rows,
                rows_published(held, table.release, table.dataset),
                table.sha256 in excerpts(),
            )
            for table in tables
            if table.dataset and not table.passed_over and table.release != "reported"
        )
    )


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
