"""The raw files, by hash, beside the current build. Imports no Polars, so that finding nothing to do is quick."""

from dataclasses import dataclass
from pathlib import Path

from npqstats.ingest.raw import raw_paths, unread
from npqstats.project import Project
from npqstats.store import manifest
from npqstats.store.manifest import File, Manifest


@dataclass(frozen=True)
class Snapshot:
    """What lies in data/raw/, and what the current build has of it."""

    hashes: dict[str, str]
    """SHA-256 of every file that may hold tables, by its name under data/raw/."""
    unread: dict[str, str]
    """The files that are not read, with the reason."""
    built: Manifest
    """The current build; an empty one where there is none, or other code made it."""
    unchanged: frozenset[str]
    """The raw files whose observations can be kept."""

    @property
    def is_current(self) -> bool:
        """Whether there is nothing to build."""
        is_same = set(self.built.files) == set(self.hashes) == self.unchanged
        return is_same and self.built.unread == sorted(self.unread)


def raw_hashes(raw: Path) -> dict[str, str]:
    """Hash every file of data/raw/ that may hold tables, by its name there.

    Raises:
        OSError: A file cannot be read.
    """
    return {path.relative_to(raw).as_posix(): manifest.sha256(path) for path in raw_paths(raw)}


def snapshot(project: Project) -> Snapshot:
    """Compare the current build with the raw files, by hash.

    Raises:
        OSError: A file cannot be read.
    """
    hashes = raw_hashes(project.raw)
    built = manifest.read(project.observations)
    if built.recipe != manifest.recipe():
        built = Manifest()
    unchanged = (
        name
        for name, file in built.files.items()
        if file.sha256 == hashes.get(name) and _has_its_parts(project.observations, file)
    )
    return Snapshot(hashes, unread(project.raw), built, frozenset(unchanged))


def _has_its_parts(build: Path, file: File) -> bool:
    """Whether the Parquet files of a raw file are as they were written; what is damaged is made again."""
    try:
        return all(
            manifest.sha256(build / part) == sha256 for table in file.tables for part, sha256 in table.parts.items()
        )
    except OSError:
        return False
