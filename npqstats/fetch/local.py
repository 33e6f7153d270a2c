"""What is in data/raw/ already: its lock, its data sets and their editions."""

import hashlib
from dataclasses import dataclass
from functools import cached_property
from itertools import count
from pathlib import Path

from npqstats.catalogue.catalogue import REPORTED
from npqstats.catalogue.catalogue import release as known_release
from npqstats.catalogue.lock import Lock, LockedFile
from npqstats.errors import DataError
from npqstats.ingest import intake, unpack
from npqstats.ingest.find import RawFile, raw_files
from npqstats.ingest.paths import raw_paths
from npqstats.store import manifest


@dataclass(frozen=True)
class LocalDataSet:
    """A published data set in data/raw/."""

    file: RawFile
    dataset: str
    name: str
    """Of its file under data/raw/, which may be a zip of several."""
    locked: LockedFile | None

    @property
    def release(self) -> str:
        """The edition of its folder."""
        return self.file.release

    @property
    def is_plain(self) -> bool:
        """Whether its file is a plain CSV, and so may be replaced by another."""
        return not self.file.member and self.name.lower().endswith(".csv")

    @cached_property
    def content(self) -> bytes:
        """Its bytes, unpacked, as they were when first asked for."""
        return unpack.content(self.file)

    @cached_property
    def sha256(self) -> str:
        """The hash of its bytes, unpacked."""
        return hashlib.sha256(self.content).hexdigest()

    @cached_property
    def rows(self) -> int:
        """How many rows are below its header."""
        return rows_of(self.content)


def data_sets(raw: Path, lock: Lock) -> list[LocalDataSet]:
    """List the published data sets in data/raw/; what cannot be recognised is left for the build to report."""
    found = []
    for path in raw_paths(raw):
        name = path.relative_to(raw).as_posix()
        line = lock.files.get(name)
        try:
            files = [file for file in raw_files(raw, path) if file.release != REPORTED]
            found += [LocalDataSet(file, dataset, name, line) for file in files if (dataset := _dataset(file, line))]
        except (DataError, OSError):
            continue
    return found


def _dataset(file: RawFile, line: LockedFile | None) -> str:
    if line is not None and line.dataset and "," not in line.dataset and not file.member:
        return line.dataset
    return intake.layout_of(unpack.content(file), file.source).dataset


def rows_of(content: bytes) -> int:
    """Count the lines of a table that are not blank, without its header."""
    return max(sum(1 for line in content.split(b"\n") if line.strip()) - 1, 0)


def is_as_locked(raw: Path, line: LockedFile) -> bool:
    """Whether the file of a line exists and has its size and hash."""
    path = raw / line.name
    return path.is_file() and path.stat().st_size == line.bytes and manifest.sha256(path) == line.sha256


def editions(release: str, local: list[LocalDataSet], lock: Lock) -> list[str]:
    """List the editions of a release that are in data/raw/ or in the lock, the newest first."""
    names = {one.release for one in local} | {line.release for line in lock.files.values()}
    mine = [name for name in names if name.partition(".")[0] == release]
    return sorted(mine, key=lambda name: known_release(name).order, reverse=True)


def newest_edition(release: str, lock: Lock) -> str:
    """Return the newest edition of a release that is in the lock; the release itself where there is none."""
    return next(iter(editions(release, [], lock)), release)


def next_edition(raw: Path, release: str, lock: Lock) -> str:
    """Return the first free name for a correction of a release."""
    used = {line.release for line in lock.files.values()} | {path.name for path in raw.iterdir()}
    return next(name for number in count(1) if (name := f"{release}.{number}") not in used)
