"""Rows that a file should have: DfE's files have every series for every year and every kind of funding."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from npqstats.catalogue.catalogue import Layout, release
from npqstats.ingest.checks import Key, Rows
from npqstats.ingest.faults import MOST_KEPT, Disagreement, kept
from npqstats.vocabulary import areas
from npqstats.vocabulary.breakdowns import OVERALL
from npqstats.vocabulary.funding import SERIES_BEGAN
from npqstats.vocabulary.periods import label

_ENOUGH = 20
"""Rows or series from which a file is judged as a whole."""
_MOSTLY = 0.8
"""Share of the series that must be complete for a gap in the others to count."""
Has = dict[str, list[Any]]
"""The values that a file has, by the columns of `Key`."""
Found = Iterator[tuple[int, str, str]]
"""The line and the column where what is missing is told, and what it is."""


def missing(rows: Rows, layout: Layout, edition: str) -> list[Disagreement]:
    """List the rows that a file does not have and should.

    Args:
        rows: The rows of the file.
        layout: Its layout.
        edition: Its release.
    """
    last = release(edition).year.code
    keys = rows.keys[: rows.height]
    has: Has = {name: sorted(set(values)) for name, values in zip(Key._fields, zip(*keys, strict=True), strict=True)}
    found = [*_years(rows, has["time_period"], last), *_areas(rows, keys)]
    if rows.height >= _ENOUGH:
        found += _absent(keys, has, layout, last)
        for column in ("time_period", "funding"):
            found += _holes(rows, keys, column, has[column])
    return kept(Disagreement("no-row-missing", rows.source, line, column, "", what) for line, column, what in found)


def _years(rows: Rows, years: list[int], last: int) -> Found:
    """Find years after the first one that a file does not have."""
    for year in range(years[0], max(last, years[-1]) + 1, 101):
        if year not in years:
            yield max(rows.lines), "time_period", f"no row of {label(year)}"


def _areas(rows: Rows, keys: list[Key]) -> Found:
    """Find regions or authorities that a file does not have, where it has most."""
    for level, listed in (("Regional", {*areas.REGIONS}), ("Local authority", {one.id for one in areas.authorities()})):
        here = [row for row, key in enumerate(keys) if key.geographic_level == level]
        lacking = listed - {keys[row].area for row in here}
        if len(listed) // 2 < len(listed) - len(lacking) < len(listed) and len(lacking) <= _ENOUGH:
            names = ", ".join(sorted(areas.AREAS[one].name for one in lacking))
            yield rows.lines[here[0]], "geographic_level", f"no row of {names}"


def _absent(keys: list[Key], has: Has, layout: Layout, last: int) -> Found:
    """Find whole years, levels, kinds of funding and breakdowns that a file of many rows does not have at all."""
    if has["time_period"][0] != SERIES_BEGAN <= last:
        yield 2, "time_period", f"no row of {label(SERIES_BEGAN)}, when the series began"
    for level in sorted(set(layout.levels).difference(has["geographic_level"])):
        yield 2, "geographic_level", f"no {level} row"
    if "funding" in layout.columns:
        for funding in sorted({"all", "funded", "non-funded"}.difference(has["funding"])):
            yield 2, "funding", f"no row of {funding} funding"
        if len(has["breakdown"]) > 2 and "course" not in has["breakdown"]:
            yield 2, "breakdown", "no row by course"
    nation = [key for key in keys if key.geographic_level == "National"]
    totals = {(key.time_period, key.funding, key.basis) for key in nation if key.breakdown == OVERALL}
    for year, funding, _ in sorted({(key.time_period, key.funding, key.basis) for key in nation} - totals):
        yield 2, "breakdown", f"no total for England of {label(year)}, {funding} funding"


def _holes(rows: Rows, keys: list[Key], column: str, values: list[Any]) -> Found:
    """Find values of a column that one series lacks and nearly all others have."""
    at = Key._fields.index(column)
    series: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for row, key in enumerate(keys):
        series[key[:at] + key[at + 1 :]].append(row)
    if column == "funding":  # Each series once, whatever the year.
        series = {other[1:]: found for other, found in reversed(series.items())}
    holes = [found for found in series.values() if len(found) < len(values)]
    if len(series) < _ENOUGH or len(series) - len(holes) < len(series) * _MOSTLY:
        return
    for found in sorted(holes)[:MOST_KEPT]:
        absent = ", ".join(str(value) for value in values if value not in {keys[row][at] for row in found})
        yield rows.lines[found[0]], column, f"{rows.about(found[0])} has no row of {absent}, and nearly all others have"
