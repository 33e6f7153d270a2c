"""Answers as Polars frames, for programs: figures unrounded, every column with its meaning."""

from collections.abc import Callable
from typing import Any

import polars as pl

from npqstats.analysis.answers import Comparison, Figure, Line, Trend
from npqstats.analysis.columns import COMPARISON_MEANING, TREND_MEANING
from npqstats.analysis.figures import weakest
from npqstats.vocabulary.measures import MEASURES

Words = Callable[[Any, Any], Any]


def _line(line: Line, label: str) -> dict[str, object]:
    series = line.series
    return {
        "line": label,
        "measure": series.measure,
        "unit": MEASURES[series.measure].unit,
        "funding": series.funding,
        "basis": series.basis,
        "breakdown": series.breakdown,
        "group": line.group_label or "Overall",
        "geographic_level": line.area.level,
        "location_code": line.area.code,
        "location_name": line.area.name,
    }


def _figure(prefix: str, figure: Figure) -> dict[str, object]:
    return {
        prefix or "value": figure.value,
        f"{prefix}_exact".lstrip("_"): figure.exact,
        f"{prefix}_symbol".lstrip("_"): figure.symbol,
        f"{prefix}_gap".lstrip("_"): figure.gap,
        f"{prefix}_origins".lstrip("_"): figure.origins,
    }


def of_comparison(answer: Comparison, labels: list[str], texts: list[str], notes: list[list[str]]) -> pl.DataFrame:
    """Lay out a comparison, a row per line, with the columns `COMPARISON_MEANING`.

    Args:
        answer: The comparison.
        labels: The name of each row.
        texts: The change of each row in words.
        notes: The notes of each row.
    """
    rows = [
        {
            **_line(row.line, label),
            "before_period": answer.before.code,
            "after_period": answer.after.code,
            **_figure("before", row.before),
            **_figure("after", row.after),
            "status": row.status,
            "change": row.change.change,
            "change_pct": row.change.change_pct,
            "change_pp": row.change.change_pp,
            "change_text": text,
            "release": answer.release.name,
            "evidence": weakest(row.before, row.after),
            "notes": said,
        }
        for row, label, text, said in zip(answer.rows, labels, texts, notes, strict=True)
    ]
    return pl.DataFrame(rows, schema={name: dtype for name, (dtype, _) in COMPARISON_MEANING.items()}, orient="row")


def of_trend(answer: Trend, labels: list[str], words: Words) -> pl.DataFrame:
    """Lay out a trend, a row per line and year, with the columns `TREND_MEANING`.

    Args:
        answer: The trend.
        labels: The name of each line.
        words: Returns the change in words and the notes of a line in a year.
    """
    rows = []
    for row, label in zip(answer.rows, labels, strict=True):
        for point in row.points:
            text, notes = words(row, point)
            rows.append(
                {
                    **_line(row.line, label),
                    "period": point.year.code,
                    **_figure("", point.figure),
                    "status": point.status,
                    "change": point.change.change,
                    "change_pct": point.change.change_pct,
                    "change_pp": point.change.change_pp,
                    "change_text": text,
                    "release": answer.release.name,
                    "evidence": point.figure.evidence,
                    "notes": notes,
                }
            )
    return pl.DataFrame(rows, schema={name: dtype for name, (dtype, _) in TREND_MEANING.items()}, orient="row")
