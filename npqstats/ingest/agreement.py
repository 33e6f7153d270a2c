"""Cells that two files of a release print, and print differently."""

from itertools import combinations

import polars as pl

from npqstats.catalogue import observations as table
from npqstats.ingest.rules import MOST_KEPT, together
from npqstats.vocabulary.funding import SERIES_BEGAN


def disagreements(observations: pl.LazyFrame, release: str, measure: str, datasets: list[str]) -> pl.DataFrame:
    """Find cells of a measure that two data sets of a release print differently.

    In the first year of the series a cumulative figure is the in-year figure, so these are compared too.

    Returns:
        Failures of the rule `two-files-agree`, one per cell of the later data set.
    """
    key = [
        "time_period",
        "geographic_level",
        "location_code",
        "funding",
        "basis",
        "breakdown",
        "group",
        "suite",
    ]
    in_year = pl.lit("in-year", table.BASIS_TYPE)
    here = observations.filter(
        pl.col("release") == release,
        pl.col("measure") == pl.lit(measure, table.MEASURE),
        pl.col("evidence") == pl.lit("official", table.EVIDENCE_TYPE),
        pl.col("value").is_not_null(),
    ).with_columns(basis=pl.when(pl.col("time_period") == SERIES_BEGAN).then(in_year).otherwise(pl.col("basis")))
    found = []
    for one, other in combinations(datasets, 2):
        mine, theirs = (here.filter(pl.col("dataset") == name) for name in (one, other))
        found.append(
            theirs.join(mine, on=key, suffix="_first", nulls_equal=True)
            .filter(pl.col("value") != pl.col("value_first"))
            .sort("source", "line")
            .head(MOST_KEPT)
            .select(
                rule=pl.lit("two-files-agree"),
                source=pl.col("source").cast(pl.String),
                line="line",
                column=pl.col("column").cast(pl.String),
                cell="raw",
                what=pl.format("{} here, {} in {}, line {}", "raw", "raw_first", "source_first", "line_first"),
            )
            .collect()
        )
    return together(found)
