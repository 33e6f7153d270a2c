"""Reports to look at, each made once: to draw one takes seconds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from npqstats.analysis.columns import COMPARISON, TREND
from npqstats.project import Project
from npqstats.report.assemble import assemble
from npqstats.report.contents import Exhibit, Report, Sentence, text
from npqstats.report.make import Written, report

Row = Mapping[str, Any]
NAME = "2024-25"


@dataclass
class Told:
    """A report that was written, and what was told of it meanwhile."""

    written: Written
    said: list[str] = field(default_factory=list)
    steps: list[tuple[str, int, int]] = field(default_factory=list)

    @property
    def folder(self) -> Path:
        return self.written.folder

    def text(self, name: str) -> str:
        """Read a file of the report."""
        return (self.folder / name).read_text("utf-8")


@pytest.fixture(scope="session")
def published_report(published: Project) -> Report:
    """What the report of the published rows says."""
    return assemble(published, NAME)


@pytest.fixture(scope="session")
def full_report(full: Project) -> Report:
    """What the report of a MADE-UP release of full size says."""
    return assemble(full, NAME)


@pytest.fixture(scope="session")
def published_written(published: Project) -> Told:
    """The report of the published rows, where it stands; look at it and leave it alone."""
    return _written(published)


@pytest.fixture(scope="session")
def full_written(full: Project) -> Told:
    """The report of a MADE-UP release of full size, where it stands; look at it and leave it alone."""
    return _written(full)


def _written(project: Project) -> Told:
    said: list[str] = []
    steps: list[tuple[str, int, int]] = []
    written = report(
        project=project, say=said.append, progress=lambda what, done, total: steps.append((what, done, total))
    )
    return Told(written, said, steps)


def exhibit(report: Report, slug: str) -> Exhibit:
    """Give the one table of a report that is called so."""
    (found,) = [exhibit for exhibit in report.exhibits if exhibit.slug == slug]
    return found


def texts(sentences: list[Sentence]) -> list[str]:
    """Give sentences without their origins."""
    return [text(sentence) for sentence in sentences]


def content(folder: Path) -> dict[str, bytes]:
    """Give every file below a folder, by its path in it."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def compared(*rows: Row) -> pl.DataFrame:
    """Give a comparison of MADE-UP rows of 2023/24 and 2024/25; each says only what matters."""
    return pl.DataFrame([_compared(**row) for row in rows], schema=COMPARISON, orient="row")


def _compared(
    measure: str = "starts", before: float | str | None = 100, after: float | str | None = 90, **row: object
) -> Row:
    first, second = (value if not isinstance(value, str) else None for value in (before, after))
    unit = "%" if measure.endswith(("share", "rate")) else "courses"
    is_compared = first is not None and second is not None
    is_known = before is not None or after is not None
    place = f"2024-25/made_up.csv:{{}}:{measure}-{row.get('funding', 'all')}-{row.get('line', measure)}"
    moved = second - first if first is not None and second is not None else None
    return {
        "line": measure,
        "measure": measure,
        "unit": unit,
        "funding": "all",
        "basis": "in-year",
        "breakdown": "overall",
        "group": "Overall",
        "geographic_level": "National",
        "location_code": "E92000001",
        "location_name": "England",
        "before_period": 202324,
        "after_period": 202425,
        "before": first,
        "before_exact": None,
        "before_symbol": before if isinstance(before, str) else None,
        "after": second,
        "after_exact": None,
        "after_symbol": after if isinstance(after, str) else None,
        "status": "compared" if is_compared else "incomplete" if is_known else "missing",
        "change": moved if unit != "%" else None,
        "change_pct": 100 * moved / first if moved is not None and first and first >= 30 and unit != "%" else None,
        "change_pp": moved if unit == "%" else None,
        "release": NAME,
        "evidence": "official",
        "before_origins": [place.format(4)] if before is not None else [],
        "after_origins": [place.format(5)] if after is not None else [],
        "notes": [],
        **row,
    }


def followed(*values: float | str | None) -> pl.DataFrame:
    """Give MADE-UP completion rates of the years up to 2024/25, of which the last two are unfinished."""
    periods = [202425 - 101 * back for back in reversed(range(len(values)))]
    rows = [
        _followed(period, before, value)
        for period, before, value in zip(periods, (None, *values), values, strict=False)
    ]
    return pl.DataFrame(rows, schema=TREND, orient="row")


def _followed(period: int, before: float | str | None, value: float | str | None) -> Row:
    finished = period < 202324
    is_changed = isinstance(before, float) and isinstance(value, float) and finished
    return {
        "line": "Completion rate",
        "measure": "completion-rate",
        "unit": "%",
        "funding": "all",
        "basis": "in-year",
        "breakdown": "overall",
        "group": "Overall",
        "geographic_level": "National",
        "location_code": "E92000001",
        "location_name": "England",
        "period": period,
        "value": value if isinstance(value, float) else None,
        "exact": None,
        "symbol": value if isinstance(value, str) else None,
        "status": "missing" if value is None else "published" if finished else "so far",
        "change": None,
        "change_pct": None,
        "change_pp": value - before if is_changed and isinstance(value, float) and isinstance(before, float) else None,
        "release": NAME,
        "evidence": "official",
        "origins": [f"2024-25/made_up.csv:{period}:rate"] if value is not None else [],
        "notes": [],
    }
