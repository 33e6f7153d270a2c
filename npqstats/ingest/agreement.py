"""Figures that two files print, and print differently: of one release, of two, or official beside reported."""

from itertools import combinations

import polars as pl

from npqstats.catalogue import observations as table
from npqstats.catalogue.catalogue import NO_RELEASE, release
from npqstats.ingest.disagreement import Disagreement
from npqstats.ingest.faults import LINE
from npqstats.ingest.missing import MOST_KEPT
from npqstats.vocabulary.funding import SERIES_BEGAN
from npqstats.vocabulary.measures import MEASURES

_CELL = ["time_period", "geographic_level", "area", "funding", "basis", "breakdown", "group", "measure", "suite"]
_LARGE_REVISION = 0.2
"""Share by which a total for England moves between two releases only if one of them is wrong."""
_NAMES = [*_CELL, "release", "dataset", "source", "column", "evidence"]


def between(observations: pl.LazyFrame, order: list[str]) -> list[Disagreement]:
    """Compare the files of a build with each other.

    Args:
        observations: All of a build, with `release` and `dataset`.
        order: The data sets as the catalogue lists them: of two that differ, the later one is listed.
    """
    cells = (
        observations.filter(pl.col("value").is_not_null())
        .select(*_NAMES, "value", "raw", LINE, "citation")
        .with_columns(pl.col([*_NAMES[1:], "citation"]).cast(pl.String))
        .collect()
    )
    official = cells.filter(pl.col("evidence") == "official")
    found = _files(official, order)
    found += _workforce(official)
    found += _releases(official)
    return found + _reported(cells, official)


def _files(official: pl.DataFrame, order: list[str]) -> list[Disagreement]:
    """Two data sets of one release; in the first year of the series a cumulative figure is the in-year one."""
    basis = pl.when(pl.col("time_period") == SERIES_BEGAN).then(pl.lit("in-year")).otherwise(pl.col("basis"))
    cells = official.with_columns(basis=basis)
    found = []
    for (edition,), of_release in sorted(cells.group_by("release"), key=lambda item: str(item[0])):
        here = sorted(of_release.get_column("dataset").unique(), key=order.index)
        for one, other in combinations(here, 2):
            mine, theirs = (of_release.filter(pl.col("dataset") == name) for name in (one, other))
            both = theirs.join(mine, on=_CELL, suffix=" first")
            found += _differing(both, "two-files-agree", pl.col("value") != pl.col("value first"), "")
            found += _groups_of(edition, mine, theirs)
    return found


def _groups_of(edition: object, mine: pl.DataFrame, theirs: pl.DataFrame) -> list[Disagreement]:
    """Find groups and regions that only one of two data sets has, of a breakdown that both have."""
    names = ["breakdown", "group"]
    found = []
    pairs = [frame.filter(pl.col("measure") == "starts") for frame in (mine, theirs)]
    if any(frame.get_column("group").n_unique() < 2 for frame in pairs):
        return []
    for one, other in (pairs, pairs[::-1]):
        level = pl.col("geographic_level").is_in(["National", "Regional"])
        shared = pl.col("breakdown").is_in(other.get_column("breakdown").unique().implode())
        lacking = (
            one.filter(level, shared)
            .unique([*names, "area"], keep="first")
            .join(other, on=[*names, "area"], how="anti")
        )
        for row in lacking.sort(LINE).head(MOST_KEPT).iter_rows(named=True):
            what = (
                f"{row['group']} by {row['breakdown']} is here, and not in {other.get_column('source')[0]} of {edition}"
            )
            found.append(_disagreement("two-files-agree", row, what))
    return found


def _workforce(official: pl.DataFrame) -> list[Disagreement]:
    """Teachers who started since 2021 are at least those who started in the year, which another data set counts."""
    on = [name for name in _CELL if name != "basis"]
    mine = official.filter(pl.col("measure") == "workforce-participants")
    ever, year = (mine.filter(pl.col("basis") == name) for name in ("cumulative", "in-year"))
    both = ever.join(year, on=[*on, "release"], suffix=" first").filter(pl.col("time_period") != SERIES_BEGAN)
    return _differing(both, "part-within-total", pl.col("value") < pl.col("value first"), " in the year")


def _releases(official: pl.DataFrame) -> list[Disagreement]:
    """Totals for England that moved between releases by more than a revision does, and rows that a release lost."""
    total = (pl.col("geographic_level") == "National") & (pl.col("breakdown") == table.OVERALL)
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


def _lost(before: pl.DataFrame, after: pl.DataFrame, old: str) -> list[Disagreement]:
    """Find breakdowns and regions of the older release that the newer one's file of the same data set does not have."""
    found = []
    for (dataset,), mine in before.group_by("dataset", maintain_order=True):
        theirs = after.filter(pl.col("dataset") == dataset)
        if theirs.is_empty():
            continue
        for column, only in (("breakdown", pl.lit(value=True)), ("area", pl.col("geographic_level") == "Regional")):
            had, has = (set(frame.filter(only).get_column(column).unique()) for frame in (mine, theirs))
            if len(has) > 1 or column == "breakdown":
                for lost in sorted(had - has) if len(has) > 1 else ():
                    row = theirs.sort(LINE).row(0, named=True)
                    found.append(_disagreement("releases-agree", row, f"no row of {lost}, which {old} has"))
    return found


def _reported(cells: pl.DataFrame, official: pl.DataFrame) -> list[Disagreement]:
    """Reported figures beside the official cell of the same thing: of the release they quote, else of the newest."""
    if official.is_empty():
        return []
    order = {
        name: place for place, name in enumerate(sorted(official["release"].unique(), key=lambda n: release(n).order))
    }
    mine = official.filter(pl.col("suite") == "reformed").with_columns(
        pl.col("release").replace_strict(order, return_dtype=pl.Int32).alias("order")
    )
    theirs = cells.filter(pl.col("evidence") != "official")
    both = theirs.join(mine, on=_CELL, suffix=" first")
    is_same = pl.col("release") == pl.col("release first")
    both = both.with_columns(is_same=is_same).sort("is_same", "order").unique(["source", LINE], keep="last")
    found = []
    for row in both.filter(pl.col("value") != pl.col("value first")).sort("source", LINE).iter_rows(named=True):
        why = "" if row["is_same"] else _why(str(row["release"]), str(row["release first"]))
        who = (row["citation"] or "").partition(", called")[0]
        what = f"{row['raw']} by {who}, {_there(row)} of {row['release first']}{why}"
        found.append(_disagreement("reported-as-official", row, what))
    return found[:MOST_KEPT]


def _why(quoted: str, official: str) -> str:
    if quoted == NO_RELEASE:
        return "; it names no release"
    is_older = release(quoted).order < release(official).order
    return f"; it is of {'an older' if is_older else 'another'} release, {quoted}"


def _there(row: dict[str, object]) -> str:
    return f"{row['raw first']} in {row['source first']}, line {row[f'{LINE} first']}"


def _differing(both: pl.DataFrame, rule: str, is_off: pl.Expr, more: str) -> list[Disagreement]:
    return [
        _disagreement(rule, row, f"{row['raw']} here, {_there(row)}{more}")
        for row in both.filter(is_off).sort("source", LINE).head(MOST_KEPT).iter_rows(named=True)
    ]


def _disagreement(rule: str, row: dict[str, object], what: str) -> Disagreement:
    return Disagreement(
        rule=rule,
        source=str(row["source"]),
        line=int(str(row[LINE])),
        column=str(row["column"]),
        cell=str(row["raw"]),
        what=what,
    )
