"""A stub of the service, a client that asks it, and projects to fetch into."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import stamina

from npqstats.fetch.client import VARIABLE, Client, service
from npqstats.fetch.fetch import fetch
from npqstats.fetch.install import ReleaseResult
from npqstats.fetch.outdated import Compared, published
from npqstats.project import Project
from tests.stub_service import Stub

NAMES = ("npq_completions.csv", "npq_participants.csv", "npq_school_coverage.csv", "npq_workforce.csv")
"""The files of a release about NPQs."""
PARTICIPANTS = "79418e7a-43e1-495d-afaa-f1253a2fb601"
"""The id of the data set of participants."""


class Fetching:
    """A project folder to fetch into, with everything that was said."""

    def __init__(self, root: Path) -> None:
        self.project = Project(root / "data" / "raw", root / "data" / "processed")
        self.root = root
        self.said: list[str] = []

    def __call__(self, *releases: str, **options: object) -> list[ReleaseResult]:
        return fetch(*releases, project=self.project, say=self.said.append, **options)  # type: ignore[arg-type]

    def files(self) -> dict[str, bytes]:
        """What is under data/raw/, hidden files and folders too."""
        raw = self.project.raw
        return {
            path.relative_to(raw).as_posix(): path.read_bytes() for path in sorted(raw.rglob("*")) if path.is_file()
        }

    def tables(self) -> list[str]:
        return [name for name in self.files() if name.endswith(".csv")]


def newer(project: Project) -> list[Compared]:
    """What the service has newer, as `fetch --check` finds it."""
    return [one for one in published(every=False, strict=True, project=project) if one.is_newer]


@pytest.fixture
def fetching(stub: Stub, tmp_path: Path) -> Fetching:
    return Fetching(tmp_path / "project")


@pytest.fixture
def stub(monkeypatch: pytest.MonkeyPatch) -> Iterator[Stub]:
    """The service of MADE-UP releases, in the scenario `usual`; asking again takes no time."""
    with Stub() as running, stamina.set_testing(True, attempts=3):
        monkeypatch.setenv(VARIABLE, running.url)
        yield running


@pytest.fixture
def client(stub: Stub) -> Iterator[Client]:
    with Client(service(), timeout=30) as asking:
        yield asking
