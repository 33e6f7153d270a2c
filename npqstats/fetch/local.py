"""The published data sets that are in data/raw/."""

import hashlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from npqstats.catalogue.catalogue import REPORTED
from npqstats.catalogue.lock import Lock, LockedFile
from npqstats.errors import DataError
from npqstats.ingest.raw import RawFile, raw_files, raw_paths
from npqstats.ingest.recognise import layout


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
        return self.file.content()

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
            tables = [file for file in raw_files(raw, path) if file.release != REPORTED]
            found += [LocalDataSet(file, dataset, name, line) for file in tables if (dataset := _dataset(file, line))]
        except (DataError, OSError):
            continue
    return found


def _dataset(file: RawFile, line: LockedFile | None) -> str:
    if line is not None and line.dataset and "," not in line.dataset and not file.member:
        return line.dataset
    return layout(file).dataset


def rows_of(content: bytes) -> int:
    """Count the lines of a table that are not blank, without its header."""
    return max(sum(1 for line in content.split(b"\n") if line.strip()) - 1, 0)
