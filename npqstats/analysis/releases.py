"""Which release answers a question: newest wins, and one table never mixes two."""

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import polars as pl

from npqstats.analysis.cells import Cell
from npqstats.catalogue.catalogue import NO_RELEASE, REPORTED, Release, newest_first, release
from npqstats.errors import UsageError
from npqstats.project import Project
from npqstats.store import manifest, parquet
from npqstats.vocabulary.periods import AcademicYear


def loaded(project: Project) -> dict[str, set[int]]:
    """List the releases that have rows, newest first, and the single years that each has rows for."""
    return {name: set(years) for name, years in _of_build(project, project.observations.resolve()).items()}


@lru_cache(maxsize=8)
def _of_build(project: Project, build: Path) -> dict[str, set[int]]:  # noqa: ARG001 (a build never changes)
    rows = parquet.read(
        project,
        lambda table: (
            table.filter(pl.col("first_period").is_null(), pl.col("suite").cast(pl.String) == "reformed")
            .select("release", "time_period")
            .unique()
        ),
    )
    years: dict[str, set[int]] = {}
    for name, period in rows.filter(pl.col("release") != NO_RELEASE).iter_rows():
        years.setdefault(name, set()).add(period)
    return {name: years[name] for name in newest_first(years)}


def newest(project: Project) -> Release:
    """Return the newest release that is loaded, by the manifest of the build."""
    tables = manifest.read(project.observations).all_tables()
    names = {table.release for table in tables if not table.passed_over}
    return release(newest_first(names - {REPORTED, NO_RELEASE})[0])


def named(name: str, known: Iterable[str]) -> Release:
    """Find a release that a user names, among those that are loaded.

    Raises:
        UsageError: There is none; those that are loaded are named.
    """
    wanted = name.replace("/", "-")
    if wanted not in set(known):
        raise UsageError(f"There is no release {name!r} here.", f"Releases here: {', '.join(known)}.")
    return release(wanted)


def check_years(years: Iterable[AcademicYear], known: dict[str, set[int]], asked: Release | None) -> None:
    """Refuse years of which there is no row at all.

    Raises:
        UsageError: A year has none; the years that have some are named.
    """
    have = {period for name, periods in known.items() if asked is None or name == asked.name for period in periods}
    for year in years:
        if year.code not in have:
            labels = [AcademicYear.of_code(period).slug for period in sorted(have)]
            where = f" in the release {asked.label}" if asked else ""
            raise UsageError(f"There are no figures for {year.label}{where}.", f"Years here: {', '.join(labels)}.")


def best(cells: Iterable[Cell], years: Iterable[AcademicYear]) -> Release | None:
    """Choose the release that answers: most of the years, then most official years, then the newest.

    Args:
        cells: Those that a table could show.
        years: The years that it compares.
    """
    wanted = {year.code for year in years}
    covered: dict[str, set[int]] = {}
    official: dict[str, set[int]] = {}
    for cell in cells:
        if cell.period in wanted and cell.release != NO_RELEASE:
            covered.setdefault(cell.release, set()).add(cell.period)
            if cell.evidence == "official":
                official.setdefault(cell.release, set()).add(cell.period)
    editions = [release(name) for name in covered]
    return max(
        editions,
        key=lambda edition: (len(covered[edition.name]), len(official.get(edition.name, ())), edition.order),
        default=None,
    )
