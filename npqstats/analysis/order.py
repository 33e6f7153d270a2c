"""In which order the lines of a comparison stand, and how many of them."""

import polars as pl

from npqstats.errors import UsageError
from npqstats.vocabulary.names import unknown

_SIZES = {
    "change": pl.coalesce(pl.col("change").abs(), pl.col("change_pp").abs()),
    "percent": pl.coalesce(pl.col("change_pct").abs(), pl.col("change_pp").abs()),
    "before": pl.col("before"),
    "after": pl.col("after"),
}
SORTS = ("published", *_SIZES, "name")
"""As the publisher orders them; by size, largest first; or by name."""


def check_order(sort: str, top: int | None) -> None:
    """Refuse an order that there is not.

    Raises:
        UsageError: `sort` is none of `SORTS`, or `top` is less than one.
    """
    if sort not in SORTS:
        raise unknown("sort order", sort, SORTS)
    if top is not None and top < 1:
        raise UsageError("--top takes a whole number from 1.", "Leave it out for all lines.")


def ordered(table: pl.DataFrame, sort: str, top: int | None) -> pl.DataFrame:
    """Sort the lines of a comparison, totals staying on top, and keep the first ones.

    Args:
        table: The columns `columns.COMPARISON`.
        sort: One of `SORTS`.
        top: How many lines to keep, the totals apart; None: all. The biggest changes where `sort` is `published`.
    """
    if sort == "published" and top is None:
        return table
    is_overall, is_national = pl.col("breakdown") == "overall", pl.col("geographic_level") == "National"
    is_total = (is_overall & ~is_overall.all()) | (is_national & ~is_national.all())
    total, parts = table.filter(is_total), table.filter(~is_total)
    if sort == "name":
        parts = parts.sort("line", maintain_order=True)
    else:
        size = _SIZES.get(sort, _SIZES["change"])
        parts = parts.sort(size, descending=True, nulls_last=True, maintain_order=True)
    return pl.concat([total, parts.head(min(top, parts.height)) if top else parts])
