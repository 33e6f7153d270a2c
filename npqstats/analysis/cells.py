"""Published cells read from the observations, and the one that counts where several say the same."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import polars as pl

from npqstats.analysis.series import Series
from npqstats.catalogue import observations as table
from npqstats.catalogue.catalogue import NO_RELEASE, dataset_order, newest_first
from npqstats.project import Project
from npqstats.store import parquet
from npqstats.vocabulary.areas import Area, of_observation
from npqstats.vocabulary.breakdowns import OVERALL

_COLUMNS = {"level": "geographic_level", "location": "area", "period": "time_period"}


def columns(names: Iterable[str]) -> list[pl.Expr]:
    """Select columns of the observations by the names that they have in a `Series` or a `Cell`."""
    return [pl.col(_COLUMNS.get(name, name)).alias(name) for name in names]


@dataclass(frozen=True, slots=True)
class Cell:
    """A published cell."""

    series: Series
    period: int
    """Academic year in six digits."""
    release: str
    dataset: str
    value: float | None
    symbol: str | None
    raw: str
    """As printed."""
    evidence: str
    source: str
    line: int
    column: str
    group_label: str
    citation: str | None
    """Who reported the figure, when, and what they called it; None for an official cell."""
    note: str | None

    @property
    def origin(self) -> str:
        """`file:line:column` under data/raw/."""
        return f"{self.source}:{self.line}:{self.column}"


_AREA = ("location_code", "location_name", "region")
_OF_CELL = (*Series._fields, *Cell.__slots__[1:])


def read(
    project: Project,
    *,
    measures: Iterable[str] = (),
    periods: Iterable[int] = (),
    breakdowns: Iterable[str] = (),
    levels: Iterable[str] = (),
) -> tuple["Cells", dict[str, Area]]:
    """Read the cells of single years of the reformed courses; an empty part means any.

    Returns:
        One cell per series, year and release: official before the publisher's text before reported, data sets in the
        order of the catalogue; other official cells that differ follow it. And the areas by their id.
    """
    words = (tuple(sorted({*part})) for part in (measures, breakdowns, levels))
    cells, areas = _read(project, project.observations.resolve(), tuple(sorted({*periods})), *words)
    return cells, {**areas}


@lru_cache(maxsize=16)
def _read(
    project: Project,
    build: Path,  # noqa: ARG001 (a build never changes)
    periods: tuple[int, ...],
    measures: tuple[str, ...],
    breakdowns: tuple[str, ...],
    levels: tuple[str, ...],
) -> tuple["Cells", dict[str, Area]]:
    chosen = [pl.col("suite").cast(pl.String) == "reformed", pl.col("first_period").is_null()]
    if measures:
        chosen.append(pl.col("measure").is_in(pl.Series(measures, dtype=table.MEASURE).implode()))
    if periods:
        chosen.append(pl.col("time_period").is_in(periods))
    if breakdowns:
        chosen.append(pl.col("breakdown").cast(pl.String).is_in(breakdowns))
    if levels:
        chosen.append(pl.col("geographic_level").is_in(pl.Series(levels, dtype=table.LEVEL).implode()))
    rows = parquet.read(project, lambda observations: observations.filter(chosen).select(*columns(_OF_CELL), *_AREA))
    areas: dict[str, Area] = {}
    cells = []
    for row in rows.iter_rows():
        series = Series._make(row[:8])
        cells.append(Cell(series, *row[8:-3]))
        if series.location not in areas:
            areas[series.location] = of_observation(series.level, series.location, *row[-3:])
    return Cells(_ranked(cells)), areas


def _ranked(cells: list[Cell]) -> list[Cell]:
    order = {name: rank for rank, name in enumerate(dataset_order())}
    evidence = {name: rank for rank, name in enumerate(table.EVIDENCE)}
    published = {_kind(cell) for cell in cells if cell.evidence == "official"}
    return sorted(
        (cell for cell in cells if cell.evidence == "official" or _kind(cell) not in published),
        key=lambda cell: (evidence[cell.evidence], order.get(cell.dataset, len(order)), cell.source, cell.line),
    )


def _kind(cell: Cell) -> tuple[object, ...]:
    """What a reported figure must not be set among: official rows of the same release, year, measure and breakdown."""
    series = cell.series
    group = "" if series.breakdown != OVERALL else series.funding
    return (cell.release, cell.period, series.measure, series.basis, series.breakdown, series.location, group)


class Cells:
    """Cells by series, year and release."""

    def __init__(self, cells: Iterable[Cell]) -> None:
        """Keep the first cell of each series, year and release, and those official ones that differ from it."""
        self._first: dict[tuple[str, Series, int], Cell] = {}
        self._others: dict[tuple[str, Series, int], list[Cell]] = {}
        for cell in cells:
            key = (cell.release, cell.series, cell.period)
            first = self._first.setdefault(key, cell)
            if first is not cell and cell.evidence == "official" and cell.value != first.value:
                self._others.setdefault(key, []).append(cell)
        names = {cell.release for cell in self._first.values()} - {NO_RELEASE}
        self.releases = newest_first(names)

    def __iter__(self) -> Iterator[Cell]:
        """Go through the cells that count."""
        return iter(self._first.values())

    def get(self, name: str, series: Series, period: int) -> Cell | None:
        """Find the cell of a release."""
        return self._first.get((name, series, period))

    def others(self, cell: Cell) -> tuple[Cell, ...]:
        """Official cells of the same release that print another number."""
        return tuple(self._others.get((cell.release, cell.series, cell.period), ()))

    def before(self, cell: Cell) -> Cell | None:
        """What the newest older release printed for the same, if it is loaded."""
        older = self.releases[self.releases.index(cell.release) + 1 :] if cell.release in self.releases else []
        found = (self.get(name, cell.series, cell.period) for name in older)
        return next((one for one in found if one is not None), None)
