"""Any number of MADE-UP rows in the participants layout: no figure in them is a statistic.

Imported by `tests.made_up`, beside the full-size release.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl

from bench.nation import AREAS, FUNDINGS, REGIONS

_SLICE = 500_000


def write_participants(path: Path, rows: int, *, seed: int = 1) -> None:
    """Write any number of made-up rows in the participants layout, every key once, in little memory.

    Args:
        path: The file to write.
        rows: How many. Years, fundings and local authorities turn first, then groups.
        seed: The same seed gives the same bytes.
    """
    with path.open("wb") as file:
        for start in range(0, max(rows, 1), _SLICE):
            _slice(start, min(_SLICE, rows - start), seed).write_csv(file, include_header=start == 0)


def _slice(start: int, size: int, seed: int) -> pl.DataFrame:
    """Make up some rows; the fundings of one year, area and group agree with each other."""
    row = pl.col("row")
    cell = row // 12 * 4 + row % 4  # year, area and group
    place, funding = row // 12 % len(AREAS), row // 4 % 3

    def noise(of: pl.Expr, salt: int, below: int) -> pl.Expr:
        """Give whole numbers that look random, and are the same wherever and whenever they are made."""
        mixed = (of * 1_103_515_245 + seed * 7_919 + salt * 104_729) % 2_147_483_647
        return mixed * mixed % 2_147_483_647 % below

    def of(paid: pl.Expr, own: pl.Expr, both: pl.Expr | int = 0) -> pl.Expr:
        """Take the count of the row's funding: overall, who did `both` is one person."""
        return pl.when(funding == 0).then(paid + own - both).when(funding == 1).then(paid).otherwise(own)

    def named(names: list[str], number: pl.Expr) -> pl.Expr:
        return pl.lit(pl.Series(names)).gather(number)

    paid, own = 20 + noise(cell, 1, 4_000), noise(cell, 2, 900)
    paid_people, own_people = paid - paid // 100, own - own // 100
    paid_matched, own_matched = paid_people - paid_people // 9, own_people - own_people // 6
    table = pl.select(pl.int_range(start, start + size, dtype=pl.Int64).alias("row")).select(
        "row",
        starts=of(paid, own),
        people=of(paid_people, own_people, own_people // 50),
        matched=of(paid_matched, own_matched, own_matched // 50),
        heads=5_000 + noise(cell, 3, 55_000),
        is_hidden=noise(row, 4, 300) == 0,
    )
    matched, heads = pl.col("matched"), pl.col("heads")
    tenths = (2_000 * matched + heads) // (2 * heads)  # halves up
    printed = pl.when(tenths % 10 == 0).then(pl.format("{}", tenths // 10)).otherwise(
        pl.format("{}.{}", tenths // 10, tenths % 10)
    )  # fmt: skip
    share = pl.when((tenths == 0) & (matched > 0)).then(pl.lit("low")).otherwise(printed)

    def shown(cells: pl.Expr) -> pl.Expr:
        return pl.when("is_hidden").then(pl.lit("c")).otherwise(cells.cast(pl.String))

    return table.select(
        time_period=202122 + row % 4 * 101,
        time_identifier=pl.lit("Academic year"),
        geographic_level=pl.lit("Local authority"),
        country_code=pl.lit("E92000001"),
        country_name=pl.lit("England"),
        region_code=named([f"E1200000{area[3] + 1}" for area in AREAS], place),
        region_name=named([REGIONS[area[3]] for area in AREAS], place),
        la_name=named([area[0] for area in AREAS], place),
        old_la_code=named([area[1] for area in AREAS], place),
        new_la_code=named([area[2] for area in AREAS], place),
        funding=named(FUNDINGS, funding),
        breakdown=pl.lit("Made-up breakdown"),
        group_name=pl.format("Made-up group {}", (row // (12 * len(AREAS))).cast(pl.String).str.zfill(6)),
        npq_starts=shown(pl.col("starts")),
        npq_unique_participants=shown(pl.col("people")),
        npq_unique_participants_swc_eligible=shown(matched),
        percent_workforce_npq_participation=shown(share),
        teaching_workforce_headcount_swc=heads,
    )
