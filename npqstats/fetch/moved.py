"""What a correction moved: cells added, removed and changed, and the largest changes."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from npqstats.catalogue.observations import KEY
from npqstats.fetch.checked import observations
from npqstats.ingest.find import RawFile

_MOST_SHOWN = 5


@dataclass(frozen=True, kw_only=True)
class Moved:
    """How the cells of a data set differ between two editions. They are counted, never summed."""

    dataset: str
    cells: int
    """Of the earlier edition."""
    added: int
    removed: int
    changed: int
    largest: list[dict[str, Any]]
    """Of the changed cells: key, measure, `raw` and `raw_after`; those that moved most come first."""


def moved(dataset: str, before: RawFile, after: RawFile, scratch: Path) -> Moved:
    """Compare a data set of two editions, cell by cell; `scratch` is a folder that is not there yet."""
    old, new = (observations(file, scratch).select(*_CELL, "value", "symbol", "raw") for file in (before, after))
    both = old.join(new, on=_CELL, how="inner", nulls_equal=True, suffix="_after")
    is_same = pl.col("value").eq_missing(pl.col("value_after")) & pl.col("symbol").eq_missing(pl.col("symbol_after"))
    changed = both.filter(~is_same)
    size = (pl.col("value_after") - pl.col("value")).abs()
    largest = changed.sort(size, descending=True, nulls_last=True, maintain_order=True).head(_MOST_SHOWN)
    return Moved(
        dataset=dataset,
        cells=old.height,
        added=new.height - both.height,
        removed=old.height - both.height,
        changed=changed.height,
        largest=largest.to_dicts(),
    )


_CELL = [*KEY, "measure"]
