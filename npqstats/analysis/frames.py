"""Answers as Polars frames, for programs: figures unrounded, every column with its meaning."""

from collections.abc import Callable
from typing import Any

import polars as pl

from npqstats.analysis.answers import Comparison, Figure, Line, Trend
from npqstats.analysis.figures import weakest
from npqstats.vocabulary.measures import MEASURES

Meaning = tuple[pl.DataType | type[pl.DataType], str]

_LINE: dict[str, Meaning] = {
    "line": (pl.String, "name of the row"),
    "measure": (pl.String, "code of what is counted"),
    "unit": (pl.String, "courses, people, schools or %"),
    "funding": (pl.String, "all, funded or non-funded"),
    "basis": (pl.String, "in-year or cumulative"),
    "breakdown": (pl.String, "slug of the breakdown; overall for totals"),
    "group": (pl.String, "the group as published"),
    "geographic_level": (pl.String, "National, Regional, Local authority, ..."),
    "location_code": (pl.String, "code of the area"),
    "location_name": (pl.String, "name of the area"),
}
_CHANGE: dict[str, Meaning] = {
    "change": (pl.Float64, "change of a count, in its unit, unrounded; null for rates and where none is stated"),
    "change_pct": (pl.Float64, "the same in % of the earlier figure; null for a base under 30"),
    "change_pp": (pl.Float64, "change of a rate, in percentage points, unrounded"),
    "change_text": (pl.String, "the change rounded and in words"),
}
_FIGURE = "as published or derived; null where there is none"
_EXACT = "recomputed from its counts, in %; null for counts and where the counts are not loaded"
_ORIGINS = "list of file:line:column under data/raw/"
_GAP = "withheld, did-not-exist, not-published or not-loaded; null where there is a number"
_REST: dict[str, Meaning] = {
    "release": (pl.String, "the release that answered"),
    "evidence": (pl.String, "official, official-text, reported or derived; of two figures the weaker"),
    "notes": (pl.List(pl.String), "what a reader must know of the row"),
}


def _year(which: str, year: str) -> dict[str, Meaning]:
    return {
        which: (pl.Float64, f"figure of {year}, {_FIGURE}"),
        f"{which}_exact": (pl.Float64, f"rate of {year}, {_EXACT}"),
        f"{which}_symbol": (pl.String, f"symbol printed instead of the figure of {year}"),
        f"{which}_gap": (pl.String, f"why {year} has no figure: {_GAP}"),
    }


COMPARISON: dict[str, Meaning] = {
    **_LINE,
    "before_period": (pl.Int32, "the earlier academic year, in six digits"),
    "after_period": (pl.Int32, "the later academic year, in six digits"),
    **_year("before", "the earlier year"),
    **_year("after", "the later year"),
    "status": (pl.String, "compared, so far (unfinished cohorts), new or ended (courses), incomplete or missing"),
    **_CHANGE,
    **_REST,
    "before_origins": (pl.List(pl.String), f"cells behind the earlier year's figure: {_ORIGINS}"),
    "after_origins": (pl.List(pl.String), f"cells behind the later year's figure: {_ORIGINS}"),
}
TREND: dict[str, Meaning] = {
    **_LINE,
    "period": (pl.Int32, "academic year in six digits"),
    "value": (pl.Float64, f"the figure, {_FIGURE}"),
    "exact": (pl.Float64, f"the rate {_EXACT}"),
    "symbol": (pl.String, "symbol printed instead of the figure"),
    "gap": (pl.String, f"why there is no figure: {_GAP}"),
    "status": (pl.String, "published, new (the course began), so far (unfinished cohorts) or missing"),
    **_CHANGE,
    **_REST,
    "origins": (pl.List(pl.String), f"cells behind the figure: {_ORIGINS}"),
}
SHORT = {
    "comparison": [
        *("line", "before", "after", "change", "change_pct", "change_pp", "status", "unit", "measure"),
        *("location_name", "release", "evidence"),
    ],
    "trend": [
        *("line", "period", "value", "change", "change_pct", "change_pp", "status", "unit", "measure"),
        *("location_name", "release", "evidence"),
    ],
}
"""The columns of `.frame`; `detail=True` has all."""

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
    """Lay out a comparison, a row per line, with the columns `COMPARISON`.

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
    return pl.DataFrame(rows, schema={name: dtype for name, (dtype, _) in COMPARISON.items()}, orient="row")


def of_trend(answer: Trend, labels: list[str], words: Words) -> pl.DataFrame:
    """Lay out a trend, a row per line and year, with the columns `TREND`.

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
    return pl.DataFrame(rows, schema={name: dtype for name, (dtype, _) in TREND.items()}, orient="row")
