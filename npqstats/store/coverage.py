"""Which published files are loaded whole, and which only as an excerpt."""

from dataclasses import dataclass

from npqstats.catalogue.catalogue import catalogue
from npqstats.project import Project
from npqstats.store import manifest
from npqstats.store.state import link


@dataclass(frozen=True)
class Loaded:
    """A file of a release: its rows here, and those that the publisher's file has."""

    release: str
    dataset: str
    measures: frozenset[str]
    rows: int
    expected: int | None


@dataclass(frozen=True)
class Coverage:
    """The files of a build."""

    files: tuple[Loaded, ...]

    def is_whole(self, release: str, measure: str) -> bool | None:
        """Whether a release's files with a measure are whole: no where none is loaded, None where nobody has said."""
        found = [file for file in self.files if file.release == release and measure in file.measures]
        if not found:
            return False
        if any(file.expected is not None and file.rows < file.expected for file in found):
            return False
        return True if all(file.expected is not None for file in found) else None

    def is_sample(self, release: str) -> bool:
        """Whether a file of a release is an excerpt."""
        return any(f.release == release and f.expected is not None and f.rows < f.expected for f in self.files)


def coverage(project: Project) -> Coverage:
    """Compare the rows of each file that was built with those that the catalogue knows the publisher's to have."""
    expected = {(layout.release, layout.dataset): layout.rows for layout in catalogue().layouts if layout.rows}
    built = manifest.read(link(project))
    tables = built.all_tables() if built else []
    return Coverage(
        tuple(
            Loaded(
                table.release,
                table.dataset,
                frozenset(table.measures),
                table.rows,
                expected.get((table.release, table.dataset)),
            )
            for table in tables
            if table.dataset and not table.passed_over and table.release != "reported"
        )
    )
