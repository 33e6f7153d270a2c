"""Rows that a file should have and does not: DfE's files have every series for every year and kind of funding."""

from collections.abc import Iterator

import polars as pl

from npqstats.catalogue import observations as table
from npqstats.catalogue.catalogue import Layout, release
from npqstats.ingest.disagreement import Disagreement
from npqstats.ingest.faults import LINE
from npqstats.vocabulary import areas
from npqstats.vocabulary.funding import SERIES_BEGAN
from npqstats.vocabulary.periods import label

CELL = ["time_period", "geographic_level", "area", "funding", "basis", "breakdown", "group"]
"""What tells one row of a file from another."""
MOST_KEPT = 100
"""Disagreements kept per file and rule; the rest would say the same."""
_ENOUGH = 20
"""Rows, or series, from which a file is taken to be more than a few examples."""
_MOSTLY = 0.8
"""Share of the series that must be complete for a gap in the others to count."""


def missing(cells: pl.DataFrame, layout: Layout, source: str, edition: str) -> Iterator[Disagreement]:
    """Rows that the file should have: DfE's files have every series for every year and every kind of funding."""
    first = cells.filter(pl.col("column") == cells.get_column("column")[0])
    rows = first.select(*CELL, "region", "group_label", "location_name", LINE)

    def gap(line: int, column: str, what: str) -> Disagreement:
        return Disagreement(rule="no-row-missing", source=source, line=line, column=column, cell="", what=what)

    years = sorted(rows.get_column("time_period").unique())
    last = release(edition).year.code
    expected = list(range(years[0], max(last, years[-1]) + 1, 101))
    for year in (year for year in expected if year not in years):
        what = f"no row of {label(year)}"
        yield gap(int(rows[LINE].max() or 2), "time_period", what)  # type: ignore[arg-type]
    if rows.height >= _ENOUGH:
        yield from (gap(2, column, what) for column, what in _absent(rows, layout, last))
    for column in ("time_period", "funding"):
        yield from (gap(line, column, what) for line, what in _holes(rows, column))
    for level, listed in (("Regional", {*areas.REGIONS}), ("Local authority", {one.id for one in areas.authorities()})):
        here = rows.filter(pl.col("geographic_level") == level)
        known = set(here.get_column("area").unique()) & listed
        if len(listed) // 2 < len(known) < len(listed):
            missing = sorted(areas.AREAS[one].name for one in listed - known)
            if len(missing) <= _ENOUGH:
                yield gap(int(here[LINE].min() or 2), "geographic_level", f"no row of {', '.join(missing)}")  # type: ignore[arg-type]


def _absent(rows: pl.DataFrame, layout: Layout, last: int) -> Iterator[tuple[str, str]]:
    """Find whole years, levels, kinds of funding and breakdowns that a file of many rows does not have at all."""
    years = rows.get_column("time_period")
    if years.min() != SERIES_BEGAN <= last:
        yield "time_period", f"no row of {label(SERIES_BEGAN)}, when the series began"
    has = {column: set(rows.get_column(column).unique()) for column in ("geographic_level", "funding", "breakdown")}
    for level in sorted(set(layout.levels) - has["geographic_level"]):
        yield "geographic_level", f"no {level} row"
    if "funding" in layout.columns:
        for funding in sorted({"all", "funded", "non-funded"} - has["funding"]):
            yield "funding", f"no row of {funding} funding"
    if "funding" in layout.columns and len(has["breakdown"]) > 2 and "course" not in has["breakdown"]:
        yield "breakdown", "no row by course"
    nation = rows.filter(pl.col("geographic_level") == "National")
    on = ["time_period", "funding", "basis"]
    total = nation.filter(pl.col("breakdown") == table.OVERALL)
    for year, funding, _ in nation.select(on).unique().join(total, on=on, how="anti").sort(on).iter_rows():
        yield "breakdown", f"no total for England of {label(year)}, {funding} funding"


def _holes(rows: pl.DataFrame, column: str) -> Iterator[tuple[int, str]]:
    """Find values of a column that one series lacks and nearly all others have."""
    series = [name for name in CELL if name != column]
    values = rows.get_column(column).unique().sort()
    found = rows.group_by(series, maintain_order=True).agg(
        pl.col(column), pl.col(LINE).min(), pl.col("location_name").first(), pl.col("group_label").first()
    )
    is_whole = found.get_column(column).list.n_unique() == values.len()
    if column == "funding":
        on = [name for name in series if name != "time_period"]
        found = found.unique(on, keep="first", maintain_order=True)
        is_whole = found.get_column(column).list.n_unique() == values.len()
    if found.height < _ENOUGH or is_whole.all() or (is_whole.mean() or 0) < _MOSTLY:  # type: ignore[operator]
        return
    for row in found.filter(~is_whole).head(MOST_KEPT).iter_rows(named=True):
        absent = [str(value) for value in values if value not in row[column]]
        about = row["location_name"] if row["breakdown"] == table.OVERALL else row["group_label"]
        yield row[LINE], f"{about} has no row of {', '.join(absent)}, and nearly all others have"
