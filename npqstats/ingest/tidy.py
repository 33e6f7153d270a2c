"""A frame of text made typed, by the layout's column map, and turned into observations."""

import polars as pl

from npqstats.catalogue import observations as table
from npqstats.catalogue.catalogue import Column, Layout
from npqstats.ingest import cells, keys
from npqstats.ingest.faults import LINE, fault
from npqstats.vocabulary.areas import LEVEL_BY_NAME
from npqstats.vocabulary.funding import BASIS_BY_NAME, FUNDING_BY_NAME

_OPTIONAL = ("funding", "cum_disc", "breakdown", "group_name", "region_code")


def typed(rows: pl.DataFrame, layout: Layout, source: str) -> pl.DataFrame:
    """Type the cells of a wide file.

    Args:
        rows: Text, as `read.frames` gives it.
        layout: What its columns mean.
        source: Its name under data/raw/, for messages.

    Returns:
        The key columns of `observations` in their types, `breakdown`, `group`, `course` and `line`;
        for every value column its text as published, its number (`value_of`) and its symbol.

    Raises:
        DataError: A cell is no number and no symbol, or a period, level, funding or basis is not known.
    """
    rows = rows.with_columns(pl.lit(None, pl.String).alias(name) for name in _OPTIONAL if name not in rows.columns)
    is_other = rows.get_column("time_identifier") != "Academic year"
    if is_other.any():
        raise fault(rows, "time_identifier", is_other, source, _other_period)
    kept = [LINE, *layout.measures]
    keyed = rows.select(
        *kept,
        keys.period(rows, "time_period", source),
        first_period=pl.lit(None, pl.Int32),
        geographic_level=keys.recoded(rows, "geographic_level", LEVEL_BY_NAME, table.LEVEL, source),
        suite=pl.lit("reformed", table.SUITE),
        funding=keys.recoded(rows, "funding", FUNDING_BY_NAME, table.FUNDING_TYPE, source, absent="all"),
        basis=keys.recoded(rows, "cum_disc", BASIS_BY_NAME, table.BASIS_TYPE, source, absent="in-year"),
        breakdown_label=pl.col("breakdown").fill_null("Overall").cast(table.TEXT),
        group_label=pl.col("group_name").fill_null("Overall").cast(table.TEXT),
        region_code=pl.col("region_code").replace("", None).cast(table.TEXT),
    )
    places = keys.places(rows, keyed, source)
    groups = keys.groups(rows, keyed, source)
    values = cells.values(rows, layout, source)
    return pl.concat([keyed, places, groups, values], how="horizontal")


def _other_period(cell: str) -> tuple[str, str]:
    return f"{cell!r} is not 'Academic year'.", "Figures by other periods cannot be compared with these."


def observations(rows: pl.DataFrame, layout: Layout, source: str) -> pl.DataFrame:
    """Turn typed rows into observations, one per published cell: all rows of one measure, then of the next.

    Returns:
        The columns of `observations.SCHEMA`.
    """
    shared = rows.select(
        *(name for name in table.SCHEMA if name in rows.columns and name not in ("value", "symbol")),
        evidence=pl.lit("official", table.EVIDENCE_TYPE),
        source=pl.lit(source).cast(table.TEXT),
        citation=pl.lit(None).cast(table.TEXT),
        note=pl.lit(None).cast(table.TEXT),
    )
    return pl.concat(
        [
            shared.with_columns(
                *_fixed(meaning),
                measure=pl.lit(meaning.measure, table.MEASURE),
                value=rows.get_column(cells.value_of(name)),
                symbol=rows.get_column(cells.symbol_of(name)),
                raw=rows.get_column(name),
                column=pl.lit(name, table.COLUMN),
            ).select(*table.SCHEMA)
            for name, meaning in layout.measures.items()
        ],
        rechunk=False,
    )


def _fixed(meaning: Column) -> list[pl.Expr]:
    fixed = []
    if meaning.funding:
        fixed.append(pl.lit(meaning.funding, table.FUNDING_TYPE).alias("funding"))
    if meaning.basis:
        fixed.append(pl.lit(meaning.basis, table.BASIS_TYPE).alias("basis"))
    return fixed
