"""The lock: what every file under data/raw/ is, where it came from, and what DfE says of its release.

Imports no Polars.
"""

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, date, datetime
from pathlib import Path, PurePosixPath
from typing import Any

from npqstats.catalogue import catalogue
from npqstats.catalogue.catalogue import Release
from npqstats.errors import DataError
from npqstats.vocabulary.names import plain

NAME = "raw.lock"
_EMPTY = "-"
_TIME = "%Y-%m-%dT%H:%M:%SZ"
_HEADER = """\
# What every file beside this one is, its SHA-256, and where it came from: one line per file, fields separated by tabs,
# "-" for an empty field. A file that differs from its line stops the build. Lines that begin with "release" hold what
# DfE's service says of a release; lines that begin with "passed-over" name data sets that are not about NPQs.
# Written by 'npqstats fetch' and 'npqstats build --accept'. Commit it with the files.
"""
_HASH = re.compile(r"[0-9a-f]{64}")
_LONGEST_SHOWN = 100
_UNSAFE = re.compile(r"[%#\x00-\x1f\x7f]")
"""Characters of a file name that would break its line; percent-encoded, as %09."""
_FORMER = frozenset({"last_modified", "etag", "updated", "note"})
"""Fields of locks that were written by version 0.1.0; read and dropped."""


@dataclass(frozen=True, kw_only=True)
class LockedFile:
    """What the lock says of a file."""

    name: str
    """Its path under data/raw/."""
    release: str
    dataset: str
    """Data set of the catalogue; several are joined by commas."""
    id: str = ""
    """The service's id of the data set."""
    sha256: str
    bytes: int
    rows: int | None = None
    """Rows below the header; None: not counted."""
    rows_expected: int | None = None
    """Rows that the service or the catalogue counts in the published file; None: not known."""
    fetched_at: datetime | None = None
    """When it was fetched, in UTC; None for a file that came with the program or was copied by hand."""
    url: str = ""
    """Where it was fetched from."""

    @property
    def is_cut_short(self) -> bool:
        """Whether it has fewer rows than the published file."""
        return self.rows is not None and self.rows_expected is not None and self.rows < self.rows_expected


@dataclass(frozen=True, kw_only=True)
class LockedRelease:
    """What the service says of a release, or of a corrected edition; empty: not known."""

    name: str
    published: str = ""
    """When it was first published: a date or time in ISO 8601."""
    status: str = ""
    """Such as "Official statistics in development"."""
    updated: str = ""
    """When it was last changed: a date or time in ISO 8601."""
    note: str = ""
    """The newest release note, after its date."""


@dataclass(frozen=True, kw_only=True)
class PassedOver:
    """A data set of a release that is not about NPQs, so that it is not downloaded again."""

    release: str
    id: str
    title: str
    why: str


@dataclass(frozen=True)
class Lock:
    """All that the lock holds."""

    files: dict[str, LockedFile] = field(default_factory=dict)
    """By the name of the file."""
    passed_over: dict[str, PassedOver] = field(default_factory=dict)
    """By the id of the data set."""
    releases: dict[str, LockedRelease] = field(default_factory=dict)
    """By the name of the release or edition."""

    def of(self, release: str) -> list[LockedFile]:
        """The files of a release."""
        return [file for file in self.files.values() if file.release == release]

    def editions(self, release: str, others: Iterable[str] = ()) -> list[str]:
        """Name the editions of a release that have a line, and those among others, the newest first."""
        names = {*(line.release for line in self.files.values()), *others}
        mine = [name for name in names if name.partition(".")[0] == release]
        return sorted(mine, key=lambda name: catalogue.release(name).order, reverse=True)

    def newest(self, release: str) -> str:
        """Name the newest edition of a release; the release itself where it has no line."""
        return next(iter(self.editions(release)), release)

    def updated(
        self,
        files: Iterable[LockedFile],
        passed_over: Iterable[PassedOver] = (),
        releases: Iterable[LockedRelease] = (),
    ) -> "Lock":
        """Return a lock in which these replace the entries of the same name."""
        return Lock(
            self.files | {file.name: file for file in files},
            self.passed_over | {one.id: one for one in passed_over},
            self.releases | {one.name: one for one in releases},
        )


def release(name: str, raw: Path) -> Release:
    """Return what the catalogue and the lock of data/raw/ know of a release; the catalogue comes first.

    Raises:
        DataError: A line of the lock cannot be read.
    """
    known = catalogue.release(name)
    locked = held(raw).releases.get(name)
    if locked is None:
        return known
    is_dated = known.published is not None or name in catalogue.catalogue().releases
    is_corrected = known.kind == "correction"
    day = _day(locked.updated if is_corrected else locked.published)
    return replace(
        known,
        published=known.published if is_dated else day,
        published_note="" if day and not is_dated else known.published_note,
        status=known.status if name in catalogue.catalogue().releases else locked.status or known.status,
    )


def _day(text: str) -> date | None:
    with suppress(ValueError):
        return date.fromisoformat(text[:10])
    return None


def held(raw: Path) -> Lock:
    """Read the lock of data/raw/; an empty one where there is none.

    Raises:
        DataError: A line of it cannot be read.
    """
    return load(raw) or Lock()


def load(raw: Path) -> Lock | None:
    """Read the lock of data/raw/; None where there is none.

    Raises:
        DataError: A line of it cannot be read.
    """
    try:
        lines = (raw / NAME).read_text("utf-8-sig").split("\n")
    except FileNotFoundError:
        return None
    except UnicodeDecodeError as error:
        raise DataError(f"data/raw/{NAME} is not UTF-8 text.", _RESTORE) from error
    lock = Lock()
    columns = _names(LockedFile)
    for number, line in enumerate(lines, start=1):
        cells = ["" if cell == _EMPTY else cell for cell in line.removesuffix("\r").split("\t")]
        try:
            if line.startswith("# name\t"):
                columns = ["name", *cells[1:]]
            elif line.strip() and not line.startswith("#"):
                _add(lock, cells, columns)
        except ValueError as error:
            shown = line if len(line) <= _LONGEST_SHOWN else f"{line[:_LONGEST_SHOWN]}..."
            raise DataError(f"data/raw/{NAME}:{number}: {error}: {shown!r}.", _RESTORE) from error
    return lock


_RESTORE = "Restore the lock from version control, or remove it and make a new one with 'npqstats build --accept'."


def _names(kind: type[LockedFile] | type[LockedRelease] | type[PassedOver]) -> list[str]:
    return [one.name for one in fields(kind)]


def _add(lock: Lock, cells: list[str], columns: list[str]) -> None:
    if cells[0] == "passed-over":
        passed = PassedOver(**_record(_names(PassedOver), cells[1:]))
        lock.passed_over[passed.id] = passed
    elif cells[0] == "release":
        known = LockedRelease(**_record(_names(LockedRelease), cells[1:]))
        lock.releases[known.name] = known
    else:
        file = _file(_record(columns, cells))
        if file.name in lock.files:
            raise ValueError("the file is listed twice")
        lock.files[file.name] = file


def _record(names: list[str], cells: list[str]) -> dict[str, str]:
    if len(cells) != len(names):
        raise ValueError(f"{len(cells)} fields instead of {len(names)}")
    return dict(zip(names, cells, strict=True))


def _file(cells: Mapping[str, str]) -> LockedFile:
    if unknown := cells.keys() - {*_names(LockedFile), *_FORMER}:
        raise ValueError(f"the field {min(unknown)!r} is not known to this version of npqstats")
    name = re.sub("%([0-9A-F]{2})", lambda match: chr(int(match[1], 16)), cells["name"])
    path = PurePosixPath(name)
    is_outside = path.is_absolute() or ".." in path.parts or "\0" in name or path.as_posix() != name
    if is_outside or path.name.startswith("."):
        raise ValueError(f"{name!r} is not the path of a file under data/raw/")
    if not _HASH.fullmatch(cells.get("sha256", "")):
        raise ValueError(f"{cells.get('sha256', '')!r} is not a SHA-256")
    typed: dict[str, Any] = {key: cell for key, cell in cells.items() if key not in _FORMER}
    typed |= {"name": name, "bytes": _number(cells["bytes"])}
    typed |= {key: _number(cells[key]) if cells[key] else None for key in ("rows", "rows_expected") if key in cells}
    typed["fetched_at"] = _moment(cells["fetched_at"]) if cells.get("fetched_at") else None
    return LockedFile(**typed)


def _number(cell: str) -> int:
    if not (cell.isascii() and cell.isdigit()):
        raise ValueError(f"{cell!r} is not a whole number")
    return int(cell)


def _moment(cell: str) -> datetime:
    try:
        return datetime.strptime(cell, _TIME).replace(tzinfo=UTC)
    except ValueError as error:
        raise ValueError(f"{cell!r} is not a time such as 2026-07-09T08:30:00Z") from error


def text(lock: Lock) -> str:
    """Return the lock as the text of its file: the same lock gives the same text."""
    passed = sorted(lock.passed_over.values(), key=lambda one: (one.release, one.title, one.id))
    rows = [
        *("\t".join(["release", *_cells(lock.releases[name])]) for name in sorted(lock.releases)),
        *("\t".join(_cells(lock.files[name])) for name in sorted(lock.files)),
        *("\t".join(["passed-over", *_cells(one)]) for one in passed),
    ]
    head = [["release", *_names(LockedRelease)], _names(LockedFile), ["passed-over", *_names(PassedOver)]]
    return "\n".join([_HEADER.rstrip("\n"), *("# " + "\t".join(names) for names in head), *rows]) + "\n"


def _cells(record: LockedFile | LockedRelease | PassedOver) -> list[str]:
    return [_cell(one.name, getattr(record, one.name)) for one in fields(record)]


def _cell(column: str, value: object) -> str:
    if value is None:
        return _EMPTY
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime(_TIME)
    if column == "name":
        return _UNSAFE.sub(lambda match: f"%{ord(match[0]):02X}", str(value))
    return " ".join(plain(str(value)).split()) or _EMPTY
