"""The lock: what every file under data/raw/ is, its hash, and where it came from. Imports no Polars."""

import os
import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from npqstats.errors import DataError
from npqstats.vocabulary.names import plain

NAME = "raw.lock"
_PASSED_OVER = "passed-over"
_NOTHING = "-"
_WHEN = "%Y-%m-%dT%H:%M:%SZ"
_HEADER = """\
# What every file beside this one is, its SHA-256, and where it came from: one line a file, fields set apart by tabs,
# "-" where there is nothing to say. A file that differs from its line stops the build.
# Written by 'npqstats fetch' and 'npqstats build --accept'. Commit it with the files.
"""
_HASH = re.compile(r"[0-9a-f]{64}")
_LONGEST_SHOWN = 100
_ODD = re.compile(r"[%#\x00-\x1f\x7f]")
"""Letters of the name of a file that would break its line; written as in an address, such as %09."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """What is known of a file."""

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
    """Rows under the header; None where they were not counted."""
    fetched_at: datetime | None = None
    """When it was fetched or taken in, in UTC; None for a file that came with the program or by hand."""
    url: str = ""
    """Where it was fetched from."""
    last_modified: str = ""
    """What the service called the file's time of change, as sent."""
    etag: str = ""
    """What the service called this state of the file, as sent."""
    updated: str = ""
    """When the service says that the release was last changed, as sent."""
    note: str = ""
    """The newest release note when it was fetched."""


@dataclass(frozen=True, kw_only=True)
class PassedOver:
    """A data set of a release that was looked at and left: it is not about NPQs."""

    release: str
    id: str
    title: str
    why: str


@dataclass(frozen=True)
class Lock:
    """All that the lock holds."""

    lines: dict[str, Line] = field(default_factory=dict)
    """By the name of the file."""
    passed_over: dict[str, PassedOver] = field(default_factory=dict)
    """By the id of the data set."""

    def of(self, release: str) -> list[Line]:
        """The lines of the files of a release."""
        return [line for line in self.lines.values() if line.release == release]

    def renewed(self, lines: Iterable[Line], passed_over: Iterable[PassedOver] = ()) -> "Lock":
        """Give a lock with these lines put in or in place of those that bear the same names."""
        return Lock(
            self.lines | {line.name: line for line in lines},
            self.passed_over | {one.id: one for one in passed_over},
        )


def read(raw: Path) -> dict[str, Line]:
    """Read the lines of the lock of data/raw/, by the names of the files; none where there is no lock.

    Raises:
        DataError: A line is not one of a lock.
    """
    return (load(raw) or Lock()).lines


def load(raw: Path) -> Lock | None:
    """Read the lock of data/raw/; None where there is none.

    Raises:
        DataError: A line is not one of a lock.
    """
    try:
        text = (raw / NAME).read_text("utf-8-sig")
    except FileNotFoundError:
        return None
    except UnicodeDecodeError as error:
        raise DataError(f"data/raw/{NAME} is not UTF-8 text.", _RESTORE) from error
    lock = Lock()
    for number, row in enumerate(text.split("\n"), start=1):
        if row.strip() and not row.startswith("#"):
            _take(lock, row.removesuffix("\r"), number)
    return lock


_RESTORE = "Restore the lock from version control, or remove it and make it anew with 'npqstats build --accept'."


def _take(lock: Lock, row: str, number: int) -> None:
    try:
        _put(lock, ["" if cell == _NOTHING else cell for cell in row.split("\t")])
    except ValueError as error:
        shown = row if len(row) <= _LONGEST_SHOWN else f"{row[:_LONGEST_SHOWN]}..."
        raise DataError(f"data/raw/{NAME}:{number}: {error}: {shown!r}.", _RESTORE) from error


def _put(lock: Lock, cells: list[str]) -> None:
    if cells[0] == _PASSED_OVER:
        passed = PassedOver(**_named(PassedOver, cells[1:]))
        lock.passed_over[passed.id] = passed
        return
    line = _line(_named(Line, cells))
    if line.name in lock.lines:
        raise ValueError("the file stands there twice")
    lock.lines[line.name] = line


def _named(kind: type[Line] | type[PassedOver], cells: list[str]) -> dict[str, str]:
    names = [one.name for one in fields(kind)]
    if len(cells) != len(names):
        raise ValueError(f"{len(cells)} fields where {len(names)} are wanted")
    return dict(zip(names, cells, strict=True))


def _line(cells: dict[str, str]) -> Line:
    name = re.sub("%([0-9A-F]{2})", lambda match: chr(int(match[1], 16)), cells["name"])
    path = PurePosixPath(name)
    is_odd = path.is_absolute() or ".." in path.parts or "\0" in name or path.as_posix() != name
    if is_odd or path.name.startswith("."):
        raise ValueError(f"{name!r} is no path of a file under data/raw/")
    if not _HASH.fullmatch(cells["sha256"]):
        raise ValueError(f"{cells['sha256']!r} is no SHA-256")
    texts = {field: cell for field, cell in cells.items() if field not in ("name", "bytes", "rows", "fetched_at")}
    return Line(
        name=name,
        bytes=_number(cells["bytes"]),
        rows=_number(cells["rows"]) if cells["rows"] else None,
        fetched_at=_moment(cells["fetched_at"]) if cells["fetched_at"] else None,
        **texts,
    )


def _number(cell: str) -> int:
    if not (cell.isascii() and cell.isdigit()):
        raise ValueError(f"{cell!r} is no whole number")
    return int(cell)


def _moment(cell: str) -> datetime:
    try:
        moment = datetime.fromisoformat(cell)
    except ValueError:
        moment = None
    if moment is None or moment.strftime(_WHEN) != cell:
        raise ValueError(f"{cell!r} is no time such as 2026-07-09T08:30:00Z")
    return moment


def write(raw: Path, lock: Lock) -> None:
    """Write the lock of data/raw/: the whole of it takes the place of the old one, or nothing does.

    Raises:
        OSError: It cannot be written; the old one stands.
    """
    fresh = raw / f".{NAME}.new"
    try:
        with fresh.open("w", encoding="utf-8", newline="\n") as file:
            file.write(text(lock))
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(raw / NAME)
    except BaseException:
        with suppress(OSError):
            fresh.unlink()
        raise


def text(lock: Lock) -> str:
    """Give the lock as the text of its file: the same lock gives the same text."""
    rows = [_row(lock.lines[name]) for name in sorted(lock.lines)]
    passed = sorted(lock.passed_over.values(), key=lambda one: (one.release, one.title, one.id))
    rows += [f"{_PASSED_OVER}\t{_row(one)}" for one in passed]
    head = "\t".join(one.name for one in fields(Line))
    return "\n".join([f"{_HEADER}# {head}", *rows]) + "\n"


def _row(record: Line | PassedOver) -> str:
    return "\t".join(
        _name(record) if one.name == "name" else _cell(getattr(record, one.name)) for one in fields(record)
    )


def _name(record: Line | PassedOver) -> str:
    assert isinstance(record, Line)
    return _ODD.sub(lambda match: f"%{ord(match[0]):02X}", record.name)


def _cell(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime(_WHEN)
    return _NOTHING if value is None else " ".join(plain(str(value)).split()) or _NOTHING
