"""The rows that every test and doctest answers from: tests/data/published, never the repository's data/raw.

A plugin (see `addopts`), because the fixtures of a conftest.py do not reach the doctests of the package.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

DATA = Path(__file__).parent / "data"
"""Small files, one trouble each; see the README there."""
PUBLISHED = DATA / "published"
"""A frozen copy of the published rows."""


_LIVE = str(Path(__file__).parents[1] / "data" / "raw")
_opened: list[str] = []


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    if event in ("open", "os.listdir", "os.scandir") and str(arguments[0]).startswith(_LIVE):
        _opened.append(str(arguments[0]))


def pytest_configure() -> None:
    """Have the program take the frozen rows for those that come with it, in this process and in every child."""
    os.environ["NPQSTATS_BUNDLED"] = str(PUBLISHED)
    sys.addaudithook(_watch)


@pytest.fixture(autouse=True)
def _frozen(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that looks at data/raw, where a new release may land any day, unless it is marked `live`."""
    _opened.clear()
    yield
    assert request.node.get_closest_marker("live") or not _opened, f"this test stands on {_opened[0]}"


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Start every test in an empty folder, with no project in the environment and a cache of its own."""
    base = tmp_path_factory.getbasetemp()
    (base / "elsewhere").mkdir(exist_ok=True)
    monkeypatch.chdir(base / "elsewhere")
    monkeypatch.delenv("NPQSTATS_PROJECT", raising=False)
    monkeypatch.delenv("NPQSTATS_SERVICE", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(base / "cache"))
