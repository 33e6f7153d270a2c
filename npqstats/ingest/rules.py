"""What must hold of published figures.

A rule is a name and an expression that is true of good rows; failures are a table.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import polars as pl

from npqstats import observations as table
from npqstats.errors import DataError
from npqstats.ingest.read import LINE
from npqstats.ingest.tidy import value_of
from npqstats.sources.catalogue import Column, Layout
from npqstats.vocabulary.funding import SERIES_BEGAN
from npqstats.vocabulary.measures import MEASURES

FAILURES: dict[str, type[pl.DataType]] = {
    "rule": pl.String,
    "source": pl.String,
    "line": pl.Int32,
    "column": pl.String,
    "cell": pl.String,
    "what": pl.String,
}
"""A table of failures: which rule, where, the cell as printed, and what it should have been."""

MOST_KEPT = 1000
"""Failures kept per file and rule; the rest would say the same."""


@dataclass(frozen=True)
class Rule:
    """Something that must hold of every row of a file."""

    name: str
    column: str
    holds: pl.Expr
    what: pl.Expr
    """Says what the row shows instead; text."""
    is_broken: bool
    """Whether a failure means a broken file (the build stops) or published figures that disagree (kept, reported)."""


def rules_for(layout: Layout) -> list[Rule]:
    """Make the rules for the value columns of a layout: sound numbers, parts below totals, rates as their counts."""
    return [rule for name in layout.measures for rule in _rules_for_column(name, layout)]


def _rules_for_column(name: str, layout: Layout) -> Iterator[Rule]:
    measure = MEASURES[layout.measures[name].measure]
    value, cell = pl.col(value_of(name)), pl.col(name)
    if measure.is_rate:
        yield Rule("rate-in-range", name, value.is_between(0, 100), pl.format("{} is not from 0 to 100", cell), True)
        over, under = (_sibling(name, code, layout) for code in (measure.numerator, measure.denominator))
        if over and under:
            exact = 100 * pl.col(value_of(over)) / pl.col(value_of(under))
            slack = 0.5 * 10.0**-layout.rate_decimals + 1e-9
            yield Rule(
                "rate-as-counts",
                name,
                (pl.col(value_of(under)) == 0) | ((exact - value).abs() <= slack),
                pl.format("{}% is printed, {} / {} gives {}%", cell, pl.col(over), pl.col(under), exact.round(3)),
                False,
            )
        return
    yield Rule("not-negative", name, value >= 0, pl.format("{} is negative", cell), True)
    if measure.is_whole:
        yield Rule("whole-count", name, value == value.floor(), pl.format("{} is not a whole number", cell), True)
    total = _sibling(name, measure.part_of, layout) if measure.part_of else None
    if total:
        what = pl.format("{} is more than {} in the column " + total, cell, pl.col(total))
        yield Rule("part-within-total", name, value <= pl.col(value_of(total)), what, False)


def _sibling(name: str, measure: str, layout: Layout) -> str | None:
    """Find the column of the same layout that holds `measure` for the same funding and basis, or for all funding."""
    mine = layout.measures[name]

    def fits(other: Column, funding: str | None) -> bool:
        return (other.measure, other.funding, other.basis) == (measure, funding, mine.basis)

    for funding in (mine.funding, "all"):
        for column, other in layout.measures.items():
            if fits(other, funding):
                return column
    return None


def failures(rows: pl.DataFrame, rules: list[Rule], source: str) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Judge typed rows by the rules. A rule says nothing of rows where one of its numbers is missing.

    Returns:
        Failures of the broken kind and of the disagreeing kind, both with the columns of `FAILURES`.
    """
    passed = rows.select(rule.holds.fill_null(value=True).all().alias(str(i)) for i, rule in enumerate(rules)).row(0)
    tables: dict[bool, list[pl.DataFrame]] = {True: [], False: []}
    for rule, has_passed in zip(rules, passed, strict=True):
        if not has_passed:
            tables[rule.is_broken].append(_failing(rows, rule, source))
    return _together(tables[True]), _together(tables[False])


def _failing(rows: pl.DataFrame, rule: Rule, source: str) -> pl.DataFrame:
    return (
        rows.filter(~rule.holds.fill_null(value=True))
        .head(MOST_KEPT)
        .select(
            rule=pl.lit(rule.name),
            source=pl.lit(source),
            line=LINE,
            column=pl.lit(rule.column),
            cell=rule.column,
            what=rule.what,
        )
    )


def _together(tables: list[pl.DataFrame]) -> pl.DataFrame:
    return pl.concat([pl.DataFrame(schema=FAILURES), *tables])


class KeysSeen:
    """Remembers the key of every row of a file on disk, so that memory does not grow with the file."""

    _PER_BUCKET = 4_000_000

    def __init__(self, folder: Path) -> None:
        """Keep the keys in `folder`, which is made and must be removed by the caller."""
        self._folder = folder
        self._rows = 0
        self._parts = 0
        folder.mkdir(parents=True)

    def add(self, rows: pl.DataFrame) -> None:
        """Take note of the keys of typed rows."""
        keys = rows.select(_hash(), LINE)
        keys.write_ipc(self._folder / f"{self._parts}.arrow", compression="uncompressed")
        self._parts += 1
        self._rows += rows.height

    def repeated_lines(self) -> list[tuple[int, int]]:
        """List pairs of lines (the earlier first) with the same key, the first ten of them."""
        seen = pl.scan_ipc(self._folder / "*.arrow")
        buckets = self._rows // self._PER_BUCKET + 1
        pairs: list[tuple[int, int]] = []
        for bucket in range(buckets):
            here = seen.filter(pl.col("key") % buckets == bucket).collect() if buckets > 1 else seen.collect()
            if here.get_column("key").n_unique() < here.height:
                twins = here.filter(pl.col("key").is_duplicated()).sort("key", LINE)
                first = twins.group_by("key", maintain_order=True).agg(pl.col(LINE).head(2)).get_column(LINE)
                pairs += [(pair[0], pair[1]) for pair in first]
        return sorted(pairs, key=lambda pair: pair[1])[:10]


def _hash() -> pl.Expr:
    """Give 64 bits of a row's key; in 20 million rows, two different keys meet once in 100,000 files."""
    hashes = [pl.col(name).hash(seed=place) * (2 * place + 3) for place, name in enumerate(table.KEY)]
    return pl.sum_horizontal(hashes).alias("key")


def repeated(pairs: list[tuple[int, int]], source: str) -> DataError:
    """Make the error for rows that a file prints twice."""
    earlier, later = pairs[0]
    more = f" {len(pairs) - 1} more lines repeat others." if len(pairs) > 1 else ""
    return DataError(
        f"data/raw/{source}:{later}: the same period, place, funding and group as line {earlier}.",
        f"Each may stand in a file once; ask which line is right.{more}",
    )


def broken(failed: pl.DataFrame) -> DataError:
    """Make the error for a table of failures of the broken kind."""
    first = failed.row(0, named=True)
    more = f" {failed.height - 1:,} more cells break a rule." if failed.height > 1 else ""
    return DataError(
        f"data/raw/{first['source']}:{first['line']}, column {first['column']}: {first['what']}.",
        f"The file does not fit its own columns; download it again or ask the publisher.{more}",
    )


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
                what=pl.format("{} is printed, {}:{} prints {}", "raw", "source_first", "line_first", "raw_first"),
            )
            .collect()
        )
    return _together(found)
