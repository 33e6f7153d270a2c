"""Printed totals of a file beside the sums of their parts: groups of a breakdown, regions, authorities of a region."""

from dataclasses import dataclass
from typing import Any

import polars as pl

from npqstats.catalogue import observations as table
from npqstats.ingest.faults import LINE, Disagreement, kept
from npqstats.vocabulary.courses import is_course_subtotal
from npqstats.vocabulary.measures import MEASURES

_COUNTS = [measure for measure in MEASURES.values() if not measure.is_rate]
_POPULATIONS = [measure.code for measure in _COUNTS if measure.is_population]
_EXACT = [measure.code for measure in _COUNTS if measure.is_population or measure.adds_up]
_MOSTLY = 0.8
"""Share of the parts that must be there for too small a sum to count."""
_OVERALL = pl.col("breakdown") == table.OVERALL
_SAME_GROUP = ("time_period", "funding", "basis", "breakdown", "group")


@dataclass(frozen=True, kw_only=True)
class Sum:
    """What is summed, and what it should come to."""

    parts: pl.Expr
    totals: pl.Expr
    same: tuple[str, ...]
    """Columns that are the same in a total and in each of its parts."""
    measures: list[str]
    complete: int
    """How many parts are taken to be all of them."""
    slack: float
    """Share by which the parts may miss the total: some participants have no region."""


GROUPS = Sum(
    parts=~_OVERALL & (pl.col("group") != table.OVERALL),
    totals=_OVERALL,
    same=("time_period", "area", "funding", "basis"),
    measures=[measure.code for measure in _COUNTS if not measure.is_population],
    complete=6,
    slack=0.0,
)
REGIONS = Sum(
    parts=pl.col("geographic_level") == "Regional",
    totals=pl.col("geographic_level") == "National",
    same=_SAME_GROUP,
    measures=[measure.code for measure in _COUNTS],
    complete=9,
    slack=0.001,
)
AUTHORITIES = Sum(
    parts=(pl.col("geographic_level") == "Local authority") & pl.col("region").is_not_null(),
    totals=pl.col("geographic_level") == "Regional",
    same=(*_SAME_GROUP, "region"),
    measures=REGIONS.measures,
    complete=1000,
    slack=REGIONS.slack,
)


def summed(observations: pl.DataFrame, kind: Sum, before: pl.DataFrame | None = None) -> pl.DataFrame:
    """Sum the parts of a block of a file.

    Args:
        observations: Columns of `observations.SCHEMA`.
        kind: What is summed.
        before: The sums of the blocks before, which are added.

    Returns:
        A row for each total, breakdown and measure: the sum of the numbers, how many parts are numbers, how many parts
        there are, and the first line.
    """
    labels = observations.get_column("group_label").unique() if kind is GROUPS else ()
    is_subtotal = pl.col("group_label").is_in(list(filter(is_course_subtotal, labels)))
    parts = observations.lazy().filter(kind.parts, ~is_subtotal, pl.col("measure").is_in(kind.measures))
    by = [*dict.fromkeys((*kind.same, "breakdown", "measure"))]
    of_block = parts.group_by(by).agg(
        pl.col("value").sum().alias("sum"),
        pl.col("value").count().alias("known"),
        pl.len().alias("parts"),
        pl.col(LINE).min().alias("first"),
    )
    if before is None:
        return of_block.collect()
    both = pl.concat([before.lazy(), of_block])
    return both.group_by(by).agg(pl.sum("sum", "known", "parts"), pl.min("first")).collect()


def disagreements(sums: pl.DataFrame, observations: pl.DataFrame, kind: Sum) -> list[Disagreement]:
    """Compare sums of parts with the printed totals.

    Too much is always listed; too little only where no part is withheld, and where other sums of the same kind in the
    file show that its parts are all there.

    Args:
        sums: What `summed` returns for the whole file.
        observations: Columns of `observations.SCHEMA`, with the totals.
        kind: What is summed.
    """
    sums = sums.filter(pl.col("parts") > 1)
    if sums.is_empty():
        return []
    total, alike = pl.col("value"), ["breakdown", "measure"]
    slack = pl.max_horizontal(total * kind.slack, 3.0) if kind.slack else pl.lit(0.0)
    totals = observations.lazy().filter(kind.totals, total.is_not_null())
    totals = totals.select(*kind.same, "measure", "value", "raw", "source", LINE, "column")
    both = totals.join(sums.lazy(), on=[*kind.same, "measure"]).sort(LINE, "column", "first")
    both = both.with_columns(
        off=pl.col("sum") - total,
        is_known=pl.col("known") == pl.col("parts"),
        below=pl.when(pl.col("measure").is_in(_POPULATIONS)).then(total * 0.01 + 5).otherwise(slack),
    )
    # People may be counted in several groups.
    above = pl.when(pl.col("measure").is_in(_EXACT)).then("below").otherwise(total * 0.05 + 5)
    both = both.with_columns(is_above=pl.col("off") > above, is_below=pl.col("off") < -pl.col("below"))
    is_even = pl.col("is_known") & ~pl.col("is_above") & ~pl.col("is_below")
    both = both.with_columns(has_even=is_even.any().over(alike), most=pl.col("parts").max().over(alike))
    is_whole = (pl.col("has_even") | (pl.col("parts") >= kind.complete)) & (pl.col("parts") >= _MOSTLY * pl.col("most"))
    off = both.filter(pl.col("is_above") | (pl.col("is_below") & pl.col("is_known") & is_whole))
    return kept(_disagreement(row) for row in off.collect().iter_rows(named=True))


def _disagreement(row: dict[str, Any]) -> Disagreement:
    shown = f"{round(row['sum'], 1)}".removesuffix(".0")
    what = f"{row['raw']} is printed, its {row['parts']} parts from line {row['first']} on are {shown}"
    return Disagreement("parts-add-up", row["source"], row[LINE], row["column"], row["raw"], what)
