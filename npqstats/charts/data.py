"""The table of data of a chart: the figures drawn, with headers to be read."""

from collections.abc import Sequence
from typing import Any

import polars as pl

from npqstats.analysis.answers import Change, Comparison, ComparisonRow, Trend, TrendRow
from npqstats.vocabulary.numbers import rounded
from npqstats.wording.captions import name


def unique(names: Sequence[str]) -> list[str]:
    """Tell lines of one name apart by a number."""
    counts = [names[: index + 1].count(one) for index, one in enumerate(names)]
    return [one if count == 1 else f"{one} ({count})" for one, count in zip(names, counts, strict=True)]


def table(rows: Sequence[dict[str, Any]]) -> pl.DataFrame:
    """Make the table of data: text and numbers, rounded to what a reader can use, blank where there is no figure."""
    columns = dict.fromkeys(name for row in rows for name in row)
    found = (pl.Series(column, [_tidy(row.get(column)) for row in rows], strict=False) for column in columns)
    return pl.DataFrame([series for series in found if series.null_count() < len(rows)])


def _tidy(value: Any) -> Any:
    if not isinstance(value, float):
        return value
    return int(value) if value == int(value) and abs(value) < 1e15 else float(rounded(value, 4))


def compared(answer: Comparison, rows: Sequence[ComparisonRow], names: Sequence[str] = ()) -> pl.DataFrame:
    """Make the table of data of a comparison: a row a line, with both figures and the change."""
    head = {"course": "Course", "region": "Region", "local-authority": "Local authority"}.get(answer.question.by or "")
    return table(
        [
            {head or "Figure": named}
            | {year.label: figure.value for year, figure in zip(answer.years, row.figures, strict=True)}
            | _moves(row.change)
            for named, row in zip(names or _heads(answer, rows), rows, strict=True)
        ]
    )


def followed(answer: Trend, rows: Sequence[TrendRow]) -> pl.DataFrame:
    """Make the table of data of a trend: a row a year, a column a line, and after these their changes."""
    named = list(zip(_heads(answer, rows), rows, strict=True))
    found = []
    for position, year in enumerate(answer.years):
        found.append({"Academic year": year.label} | {head: row.figures[position].value for head, row in named})
        for head, row in named:
            found[-1] |= _moves(row.points[position].change, "" if len(rows) == 1 else head)
    return table(found)


def _heads(answer: Comparison | Trend, rows: Sequence[ComparisonRow | TrendRow]) -> list[str]:
    """Name lines in a table of data; one alone is called by its measure."""
    if len(rows) == 1:
        return [rows[0].line.measure.label]
    return unique([name(row.line, answer.question) for row in rows])


def _moves(change: Change, prefix: str = "") -> dict[str, Any]:
    """Write a change as columns of the table of data."""
    label = f"{prefix}: change" if prefix else "Change"
    if change.change_pp is not None:
        return {f"{label} (percentage points)": change.change_pp}
    return {label: change.change, f"{label} (%)": change.change_pct}
