"""Projects to fetch into, from a stub of the service."""

from __future__ import annotations

from pathlib import Path

import pytest

from npqstats.fetch.fetch import fetch
from npqstats.fetch.landed import Landed
from npqstats.project import Project
from tests.stub_service import Stub

NAMES = ("npq_completions.csv", "npq_participants.csv", "npq_school_coverage.csv", "npq_workforce.csv")
"""The files of a release about NPQs."""


class Fetching:
    """A project folder that a test fetches into, with all that was said on the way."""

    def __init__(self, root: Path) -> None:
        self.project = Project(root / "data" / "raw", root / "data" / "processed")
        self.root = root
        self.said: list[str] = []

    def __call__(self, *releases: str, **options: object) -> list[Landed]:
        return fetch(*releases, project=self.project, say=self.said.append, **options)  # type: ignore[arg-type]

    def files(self) -> dict[str, bytes]:
        """What is under data/raw/, hidden files and folders too."""
        raw = self.project.raw
        return {
            path.relative_to(raw).as_posix(): path.read_bytes() for path in sorted(raw.rglob("*")) if path.is_file()
        }

    def tables(self) -> list[str]:
        return [name for name in self.files() if name.endswith(".csv")]


@pytest.fixture
def fetching(stub: Stub, tmp_path: Path) -> Fetching:
    return Fetching(tmp_path / "project")
