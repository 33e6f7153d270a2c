"""Projects to ask questions of, each built once, and the small things that many tests say about an answer."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner, Result

import npqstats
from npqstats.catalogue.catalogue import catalogue
from npqstats.cli import app
from npqstats.project import Project
from tests.frozen import PUBLISHED
from tests.made_up import HEADERS, write_release, write_two_years

Row = dict[str, object]
Run = Callable[..., Result]


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The published rows, frozen, in a project of their own; built."""
    root = tmp_path_factory.mktemp("published")
    shutil.copytree(PUBLISHED, root / "data" / "raw")
    return npqstats.ready(root)


@pytest.fixture(scope="session")
def full(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A MADE-UP release of full size, built."""
    root = tmp_path_factory.mktemp("full")
    write_release(root / "data" / "raw" / "2024-25")
    return npqstats.ready(root)


@pytest.fixture(scope="session")
def next_year(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Two MADE-UP releases of full size under real labels: 2024-25, and what 2025-26 may bring; built."""
    root = tmp_path_factory.mktemp("next-year")
    write_two_years(root / "data" / "raw")
    return npqstats.ready(root)


@pytest.fixture
def cli(run: Callable[[Project], Run], published: Project) -> Run:
    """The command line on the published rows, on a terminal of 80 columns."""
    return run(published)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Callable[[Project], Run]:
    """The command line on a project: `run(full)("compare", "2023-24", "2024-25").stdout`, `.stderr`, `.exit_code`."""
    for name in ("NO_COLOR", "FORCE_COLOR", "NPQSTATS_PROJECT", "TERMINAL_WIDTH"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "80")

    def on(project: Project) -> Run:
        monkeypatch.setenv("NPQSTATS_PROJECT", str(root(project)))
        return lambda *words: CliRunner().invoke(app, [str(word) for word in words])

    return on


def root(project: Project) -> Path:
    return project.raw.parents[1]


def small(
    folder: Path, releases: Mapping[str, Iterable[Mapping[str, object]]], *reported: Mapping[str, object]
) -> Path:
    """Write a project of MADE-UP participants rows, and of reported figures; each row says only what matters."""
    for release, rows in releases.items():
        columns = HEADERS["npq-participants"].split(",")
        _write(folder / "data" / "raw" / release / "npq_participants.csv", columns, map(_participants, rows))
    if reported:
        layout = next(layout for layout in catalogue().layouts if layout.dataset == "reported")
        _write(folder / "data" / "raw" / "reported" / "figures.csv", layout.columns, map(_reported, reported))
    return folder


def _participants(row: Mapping[str, object]) -> Row:
    starts = row.get("npq_starts", 100)
    counts = dict.fromkeys(("npq_unique_participants", "npq_unique_participants_swc_eligible"), starts)
    share = {"percent_workforce_npq_participation": "x", "teaching_workforce_headcount_swc": "x"}
    return {**_NATIONAL, "npq_starts": starts, **counts, **share, **row}


def _reported(row: Mapping[str, object]) -> Row:
    period = row.get("last_period", 202425)
    return {**_REPORTED, "first_period": period, "last_period": period, **row}


_NATIONAL = {
    "time_period": 202425,
    "time_identifier": "Academic year",
    "geographic_level": "National",
    "country_code": "E92000001",
    "country_name": "England",
    "funding": "Overall",
    "breakdown": "Overall",
    "group_name": "Overall",
}
_REPORTED = {
    "release": "2024-25",
    "time_identifier": "Academic year",
    "geographic_level": "National",
    "location_code": "E92000001",
    "location_name": "England",
    "suite": "reformed",
    "funding": "Overall",
    "breakdown": "Overall",
    "group_name": "Overall",
    "measure": "npq_starts",
    "unit": "number",
    "named_as": "starts",
    "source_kind": "press",
    "publisher": "The Made-up Gazette",
    "title": "A made-up article",
    "published": "2025-07",
    "url": "https://example.org",
}


def _write(path: Path, columns: Iterable[str], rows: Iterable[Mapping[str, object]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = io.StringIO()
    writer = csv.DictWriter(text, list(columns), restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(text.getvalue(), "utf-8")


def rows_of(project: Project, file: str) -> list[dict[str, str]]:
    """Read a raw file without npqstats."""
    with (project.raw / file).open(encoding="utf-8", newline="") as text:
        return list(csv.DictReader(text))


def line(table: pl.DataFrame, name: str) -> Row:
    """Give the one line of a table that is called so."""
    return table.row(by_predicate=pl.col("line") == name, named=True)


def notes(table: pl.DataFrame, name: str) -> str:
    """Give the notes of a line as one text."""
    said = line(table, name)["notes"]
    assert isinstance(said, list)
    return " ".join(said)
