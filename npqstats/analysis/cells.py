"""Published cells, chosen by the rules of truth: one for each period, place, funding and group of a release."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

import polars as pl

from npqstats.catalogue import observations as table
from npqstats.catalogue.catalogue import dataset_order


class Key(NamedTuple):
    """What a cell is about, its release and period apart."""

    measure: str
    funding: str
    basis: str
    breakdown: str
    group: str
    level: str
    location_code: str | None


@dataclass(frozen=True, slots=True)
class Cell:
    """A published cell."""

    key: Key
    period: int
    release: str
    dataset: str
    value: float | None
    symbol: str | None
    raw: str
    evidence: str
    source: str
    line: int
    column: str
    group_label: str
    location_name: str
    citation: str | None
    note: str | None
    others: tuple[str, ...] = ()
    """What other official files of the release print for it, where that differs."""

    @property
    def origin(self) -> str:
        """Where it stands: file under data/raw/, line, column."""
        return f"{self.source}:{self.line}:{self.column}"


_COLUMNS = [
    *("measure", "funding", "basis", "breakdown", "group", "geographic_level", "location_code"),
    *("time_period", "release", "dataset", "value", "symbol", "raw", "evidence", "source", "line", "column"),
    *("group_label", "location_name", "citation", "note"),
]


def wanted(
    observations: pl.LazyFrame,
    *,
    measures: Iterable[str] = (),
    periods: Iterable[int] = (),
    levels: Iterable[str] = (),
    breakdowns: Iterable[str] = (),
    release: str | None = None,
) -> pl.LazyFrame:
    """Narrow observations to single years of the reformed suite and to what is named; an empty part means any."""
    chosen = [
        pl.col("suite") == pl.lit("reformed", table.SUITE),
        pl.col("first_period").is_null(),
    ]
    if listed := list(measures):
        chosen.append(pl.col("measure").is_in(pl.Series(listed, dtype=table.MEASURE).implode()))
    if listed_periods := list(periods):
        chosen.append(pl.col("time_period").is_in(listed_periods))
    if listed := list(levels):
        chosen.append(pl.col("geographic_level").is_in(pl.Series(listed, dtype=table.LEVEL).implode()))
    if listed := list(breakdowns):
        chosen.append(pl.col("breakdown").cast(pl.String).is_in(listed))
    if release:
        chosen.append(pl.col("release") == release)
    return observations.filter(chosen).select(_COLUMNS)


def chosen(rows: pl.DataFrame) -> list[Cell]:
    """Choose one cell per key, period and release: official before reported, data sets in catalogue order.

    Args:
        rows: The columns that `wanted` selects.
    """
    order = {name: place for place, name in enumerate(dataset_order())}
    evidence = {name: place for place, name in enumerate(table.EVIDENCE)}
    cells: dict[tuple[Key, int, str], Cell] = {}
    ranked = sorted(
        _cells(rows),
        key=lambda cell: (evidence[cell.evidence], order.get(cell.dataset, 99), cell.source, cell.line),
    )
    for cell in ranked:
        place = (cell.key, cell.period, cell.release)
        first = cells.setdefault(place, cell)
        if first is not cell and cell.evidence == "official" and cell.value != first.value:
            other = f"{cell.raw} ({cell.source}, line {cell.line})"
            cells[place] = replace(first, others=(*first.others, other))
    return list(cells.values())


def _cells(rows: pl.DataFrame) -> Iterator[Cell]:
    for row in rows.iter_rows():
        yield Cell(Key(*row[:7]), *row[7:])
