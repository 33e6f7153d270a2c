"""Printed totals of a file beside the sums of their parts: groups of a breakdown, regions, authorities of a region."""

from typing import Any

import polars as pl

from npqstats.catalogue import observations as table
from npqstats.ingest.faults import LINE, Disagreement, kept
from npqstats.vocabulary.areas import ENGLAND
from npqstats.vocabulary.breakdowns import OVERALL
from npqstats.vocabulary.courses import is_course_subtotal
from npqstats.vocabulary.measures import MEASURES

_COUNTS = [measure for measure in MEASURES.values() if not measure.is_rate]
_POPULATIONS = [measure.code for measure in _COUNTS if measure.is_population]
_EXACT = [measure.code for measure in _COUNTS if measure.is_population or measure.adds_up]
_MOSTLY = 0.8
"""Share of the parts that must be there for too small a sum to count."""
_TOTAL = ["time_period", "funding", "basis", "area", "breakdown", "group", "measure"]
"""What says which total a part is of."""
_USED = [*_TOTAL, "geographic_level", "region", "group_label", "value", LINE]
_ALIKE = ["kind", "parted_by", "measure"]
"""Of what the sums of a file are alike: all have their parts, or none."""


def of_groups(observations: pl.DataFrame, before: pl.DataFrame | None = None) -> pl.DataFrame:
    """Sum the groups of each breakdown in a block of a file.

    Args:
        observations: Columns of `observations.SCHEMA`.
        before: The sums of the blocks before, which are added.

    Returns:
        A row for each total and breakdown: the columns of the total, the sum of the numbers, how many parts are
        numbers, how many parts there are, and the first line.
    """
    labels = observations.get_column("group_label").unique()
    parts = observations.select(_USED).filter(
        pl.col("breakdown") != OVERALL,
        pl.col("group") != OVERALL,
        ~pl.col("group_label").is_in(list(filter(is_course_subtotal, labels))),
        pl.col("measure").is_in([measure.code for measure in _COUNTS if not measure.is_population]),
    )
    overall = pl.lit(OVERALL, table.TEXT)
    sums = _summed(parts, "groups", complete=6, slack=0.0, breakdown=overall, group=overall)
    if before is None:
        return sums
    by = pl.concat([before, sums]).group_by(*_TOTAL, "parted_by")
    return by.agg(pl.first("kind", "complete", "slack"), pl.sum("sum", "known", "parts"), pl.min("first"))


def of_areas(observations: pl.DataFrame) -> list[pl.DataFrame]:
    """Sum the regions, and the authorities of each region, as `of_groups` sums groups.

    Some participants have no region.
    """
    counts = observations.select(_USED).filter(pl.col("measure").is_in([measure.code for measure in _COUNTS]))
    regions = counts.filter(pl.col("geographic_level") == "Regional")
    authorities = counts.filter(pl.col("geographic_level") == "Local authority", pl.col("region").is_not_null())
    return [
        _summed(parts, kind, complete=complete, slack=0.001, area=area)
        for parts, kind, complete, area in (
            (regions, "regions", 9, pl.lit(ENGLAND[0], table.TEXT)),
            (authorities, "authorities", 1000, pl.col("region")),
        )
        if not parts.is_empty()
    ]


def _summed(parts: pl.DataFrame, kind: str, *, complete: int, slack: float, **total: pl.Expr) -> pl.DataFrame:
    """Sum parts.

    Args:
        parts: Observations.
        kind: What they are.
        complete: How many parts are taken to be all of them.
        slack: Share by which the parts may miss the total.
        total: Columns of their total that are not as in the parts.
    """
    known = {name: pl.col(name) for name in _TOTAL} | total
    by = parts.select("value", LINE, **known, parted_by="breakdown").group_by(*_TOTAL, "parted_by")
    return by.agg(
        pl.lit(kind).alias("kind"),
        pl.lit(complete).alias("complete"),
        pl.lit(slack).alias("slack"),
        pl.col("value").sum().alias("sum"),
        pl.col("value").count().alias("known"),
        pl.len().alias("parts"),
        pl.col(LINE).min().alias("first"),
    )


def disagreements(sums: list[pl.DataFrame], observations: pl.DataFrame) -> list[Disagreement]:
    """Compare sums of parts with the printed totals.

    Too much is always listed; too little only where no part is withheld, and where other sums of the same kind in the
    file show that its parts are all there.

    Args:
        sums: Of the whole file.
        observations: Columns of `observations.SCHEMA`, with the totals.
    """
    several = pl.concat(sums).filter(pl.col("parts") > 1)
    if several.is_empty():
        return []
    total = pl.col("value")
    totals = observations.lazy().filter(total.is_not_null()).select(*_TOTAL, "value", "raw", "source", LINE, "column")
    both = totals.join(several.lazy(), on=_TOTAL).sort(LINE, "column", "first")
    slack = pl.when(pl.col("slack") > 0).then(pl.max_horizontal(total * pl.col("slack"), 3.0)).otherwise(0.0)
    both = both.with_columns(
        off=pl.col("sum") - total,
        is_known=pl.col("known") == pl.col("parts"),
        below=pl.when(pl.col("measure").is_in(_POPULATIONS)).then(total * 0.01 + 5).otherwise(slack),
    )
    # People may be counted in several groups.
    above = pl.when(pl.col("measure").is_in(_EXACT)).then("below").otherwise(total * 0.05 + 5)
    both = both.with_columns(is_above=pl.col("off") > above, is_below=pl.col("off") < -pl.col("below"))
    is_even = pl.col("is_known") & ~pl.col("is_above") & ~pl.col("is_below")
    both = both.with_columns(has_even=is_even.any().over(_ALIKE), most=pl.col("parts").max().over(_ALIKE))
    is_complete = pl.col("has_even") | (pl.col("parts") >= pl.col("complete"))
    is_whole = is_complete & (pl.col("parts") >= _MOSTLY * pl.col("most"))
    off = both.filter(pl.col("is_above") | (pl.col("is_below") & pl.col("is_known") & is_whole))
    return kept(_disagreement(row) for row in off.collect(engine="in-memory").iter_rows(named=True))


def _disagreement(row: dict[str, Any]) -> Disagreement:
    shown = f"{round(row['sum'], 1)}".removesuffix(".0")
    what = f"{row['raw']} is printed, its {row['parts']} parts from line {row['first']} on are {shown}"
    return Disagreement("parts-add-up", row["source"], row[LINE], row["column"], row["raw"], what)
