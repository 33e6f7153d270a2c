"""What must hold of published figures.

A rule is a name and an expression that is true of good rows; failures are a table.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import polars as pl

from npqstats.catalogue.catalogue import Layout
from npqstats.errors import DataError
from npqstats.ingest.cells import value_of
from npqstats.ingest.faults import LINE
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
    """Find the column of the same layout with `measure` for the same funding and basis; a population, for any."""
    mine = layout.measures[name]
    columns = {(other.measure, other.funding, other.basis): column for column, other in layout.measures.items()}
    others = product((mine.funding, "all"), (mine.basis, None)) if MEASURES[measure].is_population else ()
    keys = [(mine.funding, mine.basis), *others]
    return next((columns[measure, *key] for key in keys if (measure, *key) in columns), None)


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
    return together(tables[True]), together(tables[False])


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


def together(tables: list[pl.DataFrame]) -> pl.DataFrame:
    """Put tables of failures together; none gives an empty one."""
    return pl.concat([pl.DataFrame(schema=FAILURES), *tables])


def broken(failed: pl.DataFrame) -> DataError:
    """Make the error for a table of failures of the broken kind."""
    first = failed.row(0, named=True)
    more = f" Cells that break a rule: {failed.height:,}." if failed.height > 1 else ""
    return DataError(
        f"data/raw/{first['source']}:{first['line']}, column {first['column']}: {first['what']}.",
        f"The file does not fit its own columns; download it again or ask the publisher.{more}",
    )
