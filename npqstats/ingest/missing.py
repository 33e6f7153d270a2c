"""Rows that a file should have: DfE's files have every series for every year and every kind of funding."""

from collections.abc import Iterator
from typing import Any

import polars as pl

from npqstats.catalogue import observations as table
from npqstats.catalogue.catalogue import Layout, release
from npqstats.ingest.faults import LINE, MOST_KEPT, Disagreement, kept
from npqstats.vocabulary import areas
from npqstats.vocabulary.funding import SERIES_BEGAN
from npqstats.vocabulary.periods import label

_ENOUGH = 20
"""Rows or series from which a file is judged as a whole."""
_MOSTLY = 0.8
"""Share of the series that must be complete for a gap in the others to count."""


def missing(observations: pl.DataFrame, layout: Layout, edition: str) -> list[Disagreement]:
    """List the rows that a file does not have and should.

    Args:
        observations: Columns of `observations.SCHEMA`: the cells of the file.
        layout: The layout of the file.
        edition: Its release.
    """
    rows = observations.filter(pl.col("column") == next(iter(layout.measures)))
    last = release(edition).year.code
    values = rows.select(pl.col(table.IDENTITY).unique().implode()).row(0, named=True)
    has: dict[str, list[Any]] = {name: sorted(found) for name, found in values.items()}
    found = [*_years(rows, has["time_period"], last), *_areas(rows)]
    if rows.height >= _ENOUGH:
        found += ((2, column, what) for column, what in _absent(rows, has, layout, last))
        for column in ("time_period", "funding"):
            found += ((line, column, what) for line, what in _holes(rows, column, has[column]))
    source = rows.item(0, "source")
    return kept(Disagreement("no-row-missing", source, line, column, "", what) for line, column, what in found)


def _years(rows: pl.DataFrame, years: list[int], last: int) -> Iterator[tuple[int, str, str]]:
    """Find years after the first one that a file does not have."""
    for year in range(years[0], max(last, years[-1]) + 1, 101):
        if year not in years:
            yield max(rows.get_column(LINE)), "time_period", f"no row of {label(year)}"


def _areas(rows: pl.DataFrame) -> Iterator[tuple[int, str, str]]:
    """Find regions or authorities that a file does not have, where it has most."""
    for level, listed in (("Regional", {*areas.REGIONS}), ("Local authority", {one.id for one in areas.authorities()})):
        here = rows.filter(pl.col("geographic_level") == level)
        lacking = listed - {*here.get_column("area")}
        if len(listed) // 2 < len(listed) - len(lacking) < len(listed) and len(lacking) <= _ENOUGH:
            names = ", ".join(sorted(areas.AREAS[one].name for one in lacking))
            yield min(here.get_column(LINE)), "geographic_level", f"no row of {names}"


def _absent(rows: pl.DataFrame, has: dict[str, list[Any]], layout: Layout, last: int) -> Iterator[tuple[str, str]]:
    """Find whole years, levels, kinds of funding and breakdowns that a file of many rows does not have at all."""
    if has["time_period"][0] != SERIES_BEGAN <= last:
        yield "time_period", f"no row of {label(SERIES_BEGAN)}, when the series began"
    for level in sorted(set(layout.levels).difference(has["geographic_level"])):
        yield "geographic_level", f"no {level} row"
    if "funding" in layout.columns:
        for funding in sorted({"all", "funded", "non-funded"}.difference(has["funding"])):
            yield "funding", f"no row of {funding} funding"
        if len(has["breakdown"]) > 2 and "course" not in has["breakdown"]:
            yield "breakdown", "no row by course"
    of_total = ["time_period", "funding", "basis"]
    nation = rows.filter(pl.col("geographic_level") == "National")
    totals = nation.filter(pl.col("breakdown") == table.OVERALL)
    lacking = nation.select(of_total).unique().join(totals, on=of_total, how="anti")
    for year, funding, _ in sorted(lacking.iter_rows()):
        yield "breakdown", f"no total for England of {label(year)}, {funding} funding"


def _holes(rows: pl.DataFrame, column: str, values: list[Any]) -> Iterator[tuple[int, str]]:
    """Find values of a column that one series lacks and nearly all others have."""
    others = [name for name in table.IDENTITY if name != column]
    if rows.select(others).n_unique() * len(values) == rows.height:
        return  # Every series has every value: no row is there twice.
    series = rows.group_by(others, maintain_order=True).agg(
        pl.col(column).unique(), pl.col(LINE).min(), pl.first("location_name", "group_label")
    )
    if column == "funding":  # Each series once, whatever the year.
        series = series.unique(others[1:], keep="first", maintain_order=True)
    holes = series.filter(pl.col(column).list.len() < len(values))
    if series.height < _ENOUGH or series.height - holes.height < series.height * _MOSTLY:
        return
    for row in holes.head(MOST_KEPT).iter_rows(named=True):
        absent = ", ".join(str(value) for value in values if value not in row[column])
        about = row["location_name" if row["breakdown"] == table.OVERALL else "group_label"]
        yield row[LINE], f"{about} has no row of {absent}, and nearly all others have"
