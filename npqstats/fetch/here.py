"""Which data sets are at hand under data/raw/, and in which edition of a release."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from npqstats.catalogue.catalogue import release as edition
from npqstats.catalogue.lock import Line, Lock
from npqstats.catalogue.names import REPORTED
from npqstats.errors import DataError
from npqstats.ingest import recognise, unpack
from npqstats.ingest.find import RawFile, raw_files
from npqstats.ingest.paths import raw_paths
from npqstats.store import manifest

_BLOCK = 1 << 20


@dataclass(frozen=True)
class Here:
    """A data set that is at hand."""

    file: RawFile
    dataset: str
    name: str
    """Of its file under data/raw/, which may be a zip with others in it."""
    line: Line | None
    """Of its file in the lock."""

    @property
    def release(self) -> str:
        """The edition of its folder."""
        return self.file.release

    @property
    def is_alone(self) -> bool:
        """Whether its file is a plain CSV, and so may be put another in the place of."""
        return not self.file.member and self.name.lower().endswith(".csv")

    @cached_property
    def sha256(self) -> str:
        """The hash of its bytes, unpacked."""
        return unpack.digest(self.file)

    @cached_property
    def rows(self) -> int:
        """How many rows it has under its header."""
        return rows_of(self.file)


def is_as_locked(raw: Path, line: Line) -> bool:
    """Whether the file of a line is there, and to the byte what the line says."""
    path = raw / line.name
    return path.is_file() and path.stat().st_size == line.bytes and manifest.sha256(path) == line.sha256


def rows_of(file: RawFile) -> int:
    """Count the lines of a table that are not blank, but for the header."""
    count = 0
    with unpack.opened(file) as stream:
        while block := stream.read_lines(_BLOCK):
            count += sum(1 for line in block.split(b"\n") if line.strip())
    return max(count - 1, 0)


def at_hand(raw: Path, lock: Lock) -> list[Here]:
    """List the published data sets under data/raw/; what cannot be recognised is left to the build to tell of."""
    found = []
    for path in raw_paths(raw):
        name = path.relative_to(raw).as_posix()
        line = lock.lines.get(name)
        try:
            files = [file for file in raw_files(raw, path) if file.release != REPORTED]
            found += [Here(file, dataset, name, line) for file in files if (dataset := _dataset(file, line))]
        except (DataError, OSError):
            continue
    return found


def _dataset(file: RawFile, line: Line | None) -> str:
    if line is not None and line.dataset and "," not in line.dataset and not file.member:
        return line.dataset
    with unpack.opened(file) as stream:
        return recognise.layout_of(recognise.header(stream, file.source), file.source).dataset


def editions(release: str, here: list[Here], lock: Lock) -> list[str]:
    """List the editions of a release that are at hand or in the lock, the newest first."""
    names = {one.release for one in here} | {line.release for line in lock.lines.values()}
    mine = [name for name in names if name.partition(".")[0] == release]
    return sorted(mine, key=lambda name: edition(name).order, reverse=True)


def newest_edition(release: str, here: list[Here], lock: Lock) -> str:
    """Give the newest edition of a release that is at hand or in the lock; the release itself where there is none."""
    return next(iter(editions(release, here, lock)), release)


def next_edition(raw: Path, release: str, lock: Lock) -> str:
    """Give the first name for a correction of a release that nothing bears yet."""
    taken = {line.release for line in lock.lines.values()} | {path.name for path in raw.iterdir()}
    number = 1
    while f"{release}.{number}" in taken:
        number += 1
    return f"{release}.{number}"
