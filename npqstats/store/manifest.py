"""What a build was made from: every raw file with its hash, and what became of it. Imports no Polars."""

import hashlib
import json
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from npqstats import __version__
from npqstats.ingest.faults import Disagreement

NAME = "_manifest.json"
"""Readers of Parquet datasets pass over names that begin with an underscore."""

_PACKAGE = Path(__file__).parent.parent
_ROOMS = ("vocabulary", "catalogue", "ingest", "store")


@dataclass(kw_only=True)
class RawTable:
    """A table found in a raw file, and what became of it."""

    source: str
    release: str
    dataset: str = ""
    title: str = ""
    sha256: str = ""
    """Of its bytes, unpacked."""
    rows: int = 0
    observations: int = 0
    measures: list[str] = field(default_factory=list)
    parts: dict[str, str] = field(default_factory=dict)
    """The sha256 of its Parquet files, by name within the build."""
    passed_over: str = ""
    """Why it has no observations, if it has none."""
    disagreements: list[Disagreement] = field(default_factory=list)
    unknown_courses: list[list[Any]] = field(default_factory=list)
    """Labels that look like a course and are not known, each with its first line."""


@dataclass(kw_only=True)
class File:
    """A file of data/raw/."""

    sha256: str
    bytes: int
    tables: list[RawTable]


@dataclass(kw_only=True)
class Manifest:
    """What a build was made from, and by what."""

    version: str = __version__
    recipe: str = ""
    files: dict[str, File] = field(default_factory=dict)
    unread: list[str] = field(default_factory=list)
    """Files under data/raw/ that cannot hold a table that is read, such as a spreadsheet."""
    disagreements: list[Disagreement] = field(default_factory=list)
    """Between files; those within one file are kept with its table."""

    def all_tables(self) -> list[RawTable]:
        """Every table of every file."""
        return [table for file in self.files.values() for table in file.tables]

    def all_disagreements(self) -> list[Disagreement]:
        """Every disagreement between published figures, within a file and between files."""
        return [*self.disagreements, *(row for table in self.all_tables() for row in table.disagreements)]

    def write(self, folder: Path) -> None:
        """Write it into the folder of a build; the same build gives the same bytes."""
        text = json.dumps(asdict(self), indent=1, ensure_ascii=False, sort_keys=True)
        (folder / NAME).write_text(text + "\n", "utf-8")


def read(folder: Path) -> Manifest:
    """Read the manifest of a build; an empty one where there is no build, or none that this version can read."""
    try:
        content = json.loads((folder / NAME).read_text("utf-8"))
        files = {
            name: File(**file | {"tables": [_table(table) for table in file["tables"]]})
            for name, file in content.pop("files").items()
        }
        return Manifest(**content | {"files": files, "disagreements": _disagreements(content["disagreements"])})
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return Manifest()


def _table(content: dict[str, Any]) -> RawTable:
    return RawTable(**content | {"disagreements": _disagreements(content["disagreements"])})


def _disagreements(content: list[dict[str, Any]]) -> list[Disagreement]:
    return [Disagreement(**one) for one in content]


@cache
def recipe() -> str:
    """Hash the code and tables that decide what a build holds: when they change, all is rebuilt."""
    digest = hashlib.sha256(__version__.encode())
    inside = (path for room in _ROOMS for path in (_PACKAGE / room).iterdir())
    for path in sorted(inside):
        if path.suffix in (".py", ".toml"):
            digest.update(path.read_bytes())
    return digest.hexdigest()


def sha256(path: Path) -> str:
    """Hash a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
