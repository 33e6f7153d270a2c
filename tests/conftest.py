"""What tests share. Where every test starts, `tests.frozen` says: in an empty folder, with the frozen rows bundled.

Projects to ask, each built once a process; look at them and leave them alone:

- `published`: the frozen published rows, of 2022-23 and 2024-25.
- `full`: a MADE-UP release 2024-25 of full size (3,396 rows), with invented authorities.
- `next_year`: MADE-UP releases 2024-25 and 2025-26 of full size, with England's authorities and labels as in the sister
  files: a new course and one that ended (rows of `0`, `c` or `z` in years without it), recoded and renamed authorities,
  renamed breakdowns, earlier years revised, five years (see `tests.nations`).

`cli` runs a command on `published`, `run(project)` on any: the answer has `stdout`, `stderr` and `exit_code`.
`folder` is a project to fill, `fetching` one to fetch into from `stub`, the service of MADE-UP releases.
"""

from __future__ import annotations

import gc
from dataclasses import dataclass
from pathlib import Path

import polars as pl
import pytest
from hypothesis import settings

from npqstats.ingest import recognise
from npqstats.ingest.faults import Disagreement
from npqstats.ingest.ingest import ingest
from npqstats.ingest.raw import raw_files
from npqstats.project import Project
from tests.analysis_fixtures import cli, full, next_year, published, run
from tests.browser import browser, visitor
from tests.fetching import client, fetching, stub
from tests.frozen import DATA, PUBLISHED
from tests.reports import full_folder, full_report, published_folder, published_report, region_folder

__all__ = [
    "DATA",
    "PUBLISHED",
    "browser",
    "cli",
    "client",
    "fetching",
    "full",
    "full_folder",
    "full_report",
    "next_year",
    "published",
    "published_folder",
    "published_report",
    "region_folder",
    "run",
    "stub",
    "visitor",
]

WORKFORCE = (DATA / "workforce.csv").read_bytes()
"""A file without any trouble, of made-up figures."""


settings.register_profile("npqstats", deadline=None)  # no test fails by a clock
settings.load_profile("npqstats")

_SLOW_FIXTURES = {"browser", "full_folder", "region_folder", "published_folder", "fetching", "stub"}


_LONGEST = ("test_workflows.py", "test_headlines.py", "test_charts_browser.py", "test_next_year.py")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark as slow what asks a browser or the stub service, or makes reports; begin with what takes longest.

    With several processes, a long test that begins last keeps one of them busy while the others have nothing to do.
    """
    for item in items:
        if not _SLOW_FIXTURES.isdisjoint(getattr(item, "fixturenames", ())):
            item.add_marker("slow")
    items.sort(key=lambda item: item.path.name not in _LONGEST)


def pytest_collection_finish() -> None:
    """Have the garbage collector pass over what is loaded by now: all of it stays, and it is most of what there is."""
    gc.collect()
    gc.freeze()


def pytest_unconfigure() -> None:
    """Let go of it at the end, or DuckDB reports it as leaked."""
    gc.unfreeze()


@dataclass(frozen=True)
class Read:
    """What reading one file of data/raw/ came to."""

    rows: int
    observations: pl.DataFrame
    disagreements: list[Disagreement]

    def cells(self, *columns: str) -> list[tuple[object, ...]]:
        """The observations as plain rows of these columns."""
        return self.observations.select(columns).rows()


class Folder:
    """A project folder that a test fills, and reads or builds."""

    def __init__(self, root: Path) -> None:
        """Begin an empty project in `root`."""
        self.root = root
        self.project = Project(root / "data" / "raw", root / "data" / "processed")
        self.project.raw.mkdir(parents=True)

    def put(self, name: str, content: bytes | str) -> Path:
        """Write a file under data/raw/."""
        path = self.project.raw / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def copy(self, *names: str) -> None:
        """Copy files of published rows, by their names under data/raw/; all official ones if none is named."""
        for name in names or OFFICIAL:
            self.put(name, (PUBLISHED / name).read_bytes())

    def read(self, name: str) -> Read:
        """Read a file under data/raw/ (the only table in it) without storing anything."""
        (file,) = raw_files(self.project.raw, self.project.raw / name)
        blocks: list[pl.DataFrame] = []
        found = ingest(file, recognise.layout(file), blocks.append)
        return Read(found.rows, pl.concat(blocks), found.disagreements)

    def read_bytes(self, content: bytes | str, name: str = "2024-25/made_up.csv") -> Read:
        """Write a file under data/raw/ and read it."""
        self.put(name, content)
        return self.read(name)


OFFICIAL = (
    "2022-23/npq_participants.csv",
    "2024-25/npq_completions.csv",
    "2024-25/npq_participants.csv",
    "2024-25/npq_school_coverage.csv",
    "2024-25/npq_workforce.csv",
)
"""The published files at hand, but for the reported figures."""


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path / "project")


def workforce(*rows: str) -> str:
    """A workforce file of these rows under the published header."""
    header = WORKFORCE.decode().splitlines()[0]
    return "\n".join([header, *rows]) + "\n"


def told(error: pytest.ExceptionInfo[BaseException]) -> tuple[str, str]:
    """What an error tells the user: the situation and the remedy."""
    return error.value.message, error.value.hint  # type: ignore[attr-defined]
