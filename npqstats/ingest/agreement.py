"""Figures that two files print, and print differently: of one release, of two, or official beside reported."""

from collections.abc import Iterator
from itertools import combinations
from typing import Any

import polars as pl

from npqstats.catalogue import observations as table
from npqstats.catalogue.catalogue import NO_RELEASE, dataset_order, release
from npqstats.ingest.faults import LINE, MOST_KEPT, Disagreement
from npqstats.vocabulary.breakdowns import OVERALL
from npqstats.vocabulary.funding import SERIES_BEGAN
from npqstats.vocabulary.measures import MEASURES

_CELL = [*table.IDENTITY, "measure", "suite"]
_GROUP = ["breakdown", "group", "area"]
_LARGE_REVISION = 0.2
"""Share by which a total for England moves between two releases only if one of them is wrong."""


def between(observations: pl.LazyFrame) -> list[Disagreement]:
    """Compare the files of a build, as observations with `release` and `dataset`, with each other."""
    names = (*_CELL, "release", "dataset", "source", "column", "evidence", "value", "raw", LINE, "citation")
    cells = observations.filter(pl.col("value").is_not_null()).select(names).collect()
    official = cells.filter(pl.col("evidence") == "official")
    theirs = cells.filter(pl.col("evidence") != "official")
    return [*_files(official), *_workforce(official), *_releases(official), *_reported(theirs, official)]


def _files(official: pl.DataFrame) -> list[Disagreement]:
    """Two data sets of one release, of which the later in the catalogue is listed.

    In the first year of the series a cumulative figure is the in-year one.
    """
    order = dataset_order()
    began = pl.col("time_period") == SERIES_BEGAN
    cells = official.with_columns(
        basis=pl.when(began).then(pl.lit("in-year", table.BASIS_TYPE)).otherwise("basis"),
        order=pl.col("dataset").replace_strict(order, range(len(order)), return_dtype=pl.Int32),
    )
    on = [*_CELL, "release"]
    twice = cells.filter(cells.select(on).hash_rows().is_duplicated())
    both = twice.join(twice, on=on, suffix=" first").filter(pl.col("order") > pl.col("order first"))
    found = _differing(both, "two-files-agree", pl.col("value") != pl.col("value first"), "")
    starts = cells.filter(pl.col("measure") == "starts").sort("release", "order", LINE)
    groups = starts.unique(["release", "order", *_GROUP], keep="first", maintain_order=True)
    for of_release in groups.partition_by("release", maintain_order=True):
        files = of_release.partition_by("order", maintain_order=True)
        for one, other in combinations([file for file in files if file.get_column("group").n_unique() > 1], 2):
            found += [*_groups_of(one, other), *_groups_of(other, one)]
    return found


def _groups_of(one: pl.DataFrame, other: pl.DataFrame) -> Iterator[Disagreement]:
    """Find groups and regions that only the first of two data sets has, of a breakdown that both have."""
    is_shared = pl.col("breakdown").is_in(other.get_column("breakdown").unique().implode())
    lacking = one.filter(pl.col("geographic_level").is_in(["National", "Regional"]), is_shared)
    where = f"{other.item(0, 'source')} of {other.item(0, 'release')}"
    for row in lacking.join(other, on=_GROUP, how="anti").sort(LINE).head(MOST_KEPT).iter_rows(named=True):
        what = f"{row['group']} by {row['breakdown']} is here, and not in {where}"
        yield _disagreement("two-files-agree", row, what)


def _workforce(official: pl.DataFrame) -> list[Disagreement]:
    """Teachers who started since 2021 are at least those who started in the year, which another data set counts."""
    on = [name for name in _CELL if name != "basis"]
    mine = official.filter(pl.col("measure") == "workforce-participants")
    ever, year = (mine.filter(pl.col("basis") == name) for name in ("cumulative", "in-year"))
    both = ever.join(year, on=[*on, "release"], suffix=" first").filter(pl.col("time_period") != SERIES_BEGAN)
    return _differing(both, "part-within-total", pl.col("value") < pl.col("value first"), " in the year")


def _releases(official: pl.DataFrame) -> list[Disagreement]:
    """Totals for England that moved between releases by more than a revision does, and rows that a release lost."""
    total = (pl.col("geographic_level") == "National") & (pl.col("breakdown") == OVERALL)
    counts = [code for code, measure in MEASURES.items() if not measure.is_rate and not measure.has_unfinished]
    found = []
    editions = sorted(official.get_column("release").unique(), key=lambda name: release(name).order)
    for old, new in combinations(editions, 2):
        before, after = (official.filter(pl.col("release") == name) for name in (old, new))
        both = after.filter(total, pl.col("measure").is_in(counts)).join(before, on=_CELL, suffix=" first")
        moved = (pl.col("value") / pl.col("value first") - 1).abs() > _LARGE_REVISION
        found += _differing(both, "releases-agree", moved, f" in {old}")
        found += _lost(before, after, old)
    return found


def _lost(before: pl.DataFrame, after: pl.DataFrame, old: str) -> Iterator[Disagreement]:
    """Find breakdowns and regions of the older release that the newer one's file of the same data set does not have."""
    for (dataset,), mine in before.group_by("dataset", maintain_order=True):
        theirs = after.filter(pl.col("dataset") == dataset).sort(LINE)
        for column, only in (("breakdown", pl.lit(value=True)), ("area", pl.col("geographic_level") == "Regional")):
            had, has = (set(frame.filter(only).get_column(column).unique()) for frame in (mine, theirs))
            for lost in sorted(had - has) if len(has) > 1 else ():
                row = theirs.row(0, named=True)
                yield _disagreement("releases-agree", row, f"no row of {lost}, which {old} has")


def _reported(theirs: pl.DataFrame, official: pl.DataFrame) -> list[Disagreement]:
    """Reported figures beside the official cell of the same thing: of the release they quote, else of the newest."""
    if official.is_empty() or theirs.is_empty():
        return []
    editions = sorted(official.get_column("release").unique(), key=lambda name: release(name).order)
    order = pl.col("release").replace_strict(editions, range(len(editions)), return_dtype=pl.Int32)
    mine = official.filter(pl.col("suite") == "reformed").with_columns(order=order)
    both = theirs.join(mine, on=_CELL, suffix=" first").with_columns(
        is_same=pl.col("release") == pl.col("release first")
    )
    newest = both.sort("is_same", "order").unique(["source", LINE], keep="last")
    found = []
    for row in newest.filter(pl.col("value") != pl.col("value first")).sort("source", LINE).iter_rows(named=True):
        why = "" if row["is_same"] else _why(row["release"], row["release first"])
        who = (row["citation"] or "").partition(", called")[0]
        what = f"{row['raw']} by {who}, {_there(row)} of {row['release first']}{why}"
        found.append(_disagreement("reported-as-official", row, what))
    return found[:MOST_KEPT]


def _why(quoted: str, official: str) -> str:
    if quoted == NO_RELEASE:
        return "; it names no release"
    is_older = release(quoted).order < release(official).order
    return f"; it is of {'an older' if is_older else 'another'} release, {quoted}"


def _there(row: dict[str, Any]) -> str:
    return f"{row['raw first']} in {row['source first']}, line {row[f'{LINE} first']}"


def _differing(both: pl.DataFrame, rule: str, is_off: pl.Expr, more: str) -> list[Disagreement]:
    off = both.filter(is_off).sort("source", LINE, "column", "source first", f"{LINE} first").head(MOST_KEPT)
    return [_disagreement(rule, row, f"{row['raw']} here, {_there(row)}{more}") for row in off.iter_rows(named=True)]


def _disagreement(rule: str, row: dict[str, Any], what: str) -> Disagreement:
    return Disagreement(rule, row["source"], row[LINE], row["column"], row["raw"], what)
