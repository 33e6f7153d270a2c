"""What a correction changed: cells added, removed and changed, and the largest changes."""

from dataclasses import dataclass

import polars as pl

from npqstats.catalogue.observations import KEY
from npqstats.ingest.ingest import ingest
from npqstats.ingest.raw import RawFile
from npqstats.ingest.recognise import layout

_MOST_SHOWN = 5
_CELL = [*KEY, "measure"]
_SHOWN = (
    *("measure", pl.col("time_period").alias("period"), pl.col("location_name").alias("area")),
    *(pl.col("breakdown_label").alias("breakdown"), pl.col("group_label").alias("group"), "funding", "basis"),
    *(pl.col("raw").alias("before"), pl.col("raw_after").alias("after")),
)
"""Columns of a comparison, as `ChangedCell` names them."""


@dataclass(frozen=True, kw_only=True)
class ChangedCell:
    """A cell that differs between two editions; `before` and `after` as printed."""

    measure: str
    period: int
    area: str
    breakdown: str
    group: str
    funding: str
    basis: str
    before: str
    after: str


@dataclass(frozen=True, kw_only=True)
class Revision:
    """How a data set differs between two editions. Its cells are counted, never summed."""

    dataset: str
    cells: int
    """Of the earlier edition."""
    added: int
    removed: int
    changed: int
    largest: tuple[ChangedCell, ...]
    """The changed cells, the largest changes first."""


def revision(dataset: str, before: RawFile, after: RawFile) -> Revision:
    """Compare a data set of two editions, cell by cell."""
    old, new = (_observations(file).select(*_CELL, "value", "symbol", "raw") for file in (before, after))
    both = old.join(new, on=_CELL, how="inner", nulls_equal=True, suffix="_after")
    is_same = pl.col("value").eq_missing(pl.col("value_after")) & pl.col("symbol").eq_missing(pl.col("symbol_after"))
    changed = both.filter(~is_same)
    size = (pl.col("value_after") - pl.col("value")).abs()
    largest = changed.sort(size, descending=True, nulls_last=True, maintain_order=True).head(_MOST_SHOWN)
    return Revision(
        dataset=dataset,
        cells=old.height,
        added=new.height - both.height,
        removed=old.height - both.height,
        changed=changed.height,
        largest=tuple(ChangedCell(**row) for row in largest.select(_SHOWN).iter_rows(named=True)),
    )


def _observations(file: RawFile) -> pl.DataFrame:
    frames: list[pl.DataFrame] = []
    ingest(file, layout(file), frames.append)
    return pl.concat(frames)
