"""The columns of answers as frames: their types, units and what they hold."""

from typing import NamedTuple

import polars as pl

from npqstats.catalogue import observations

Meaning = tuple[pl.DataType | type[pl.DataType], str]


class Described(NamedTuple):
    """What a column holds."""

    dtype: pl.DataType | type[pl.DataType]
    meaning: str
    unit: str = ""
    """`%`, `percentage points` or `as in column unit`; empty for words and codes."""

    @property
    def type_name(self) -> str:
        """The type in a word."""
        if isinstance(self.dtype, pl.List):
            return "list of text"
        if isinstance(self.dtype, (pl.Enum, pl.Categorical)) or self.dtype == pl.String:
            return "text"
        return "whole number" if self.dtype.is_integer() else "number"


_UNITS = {
    "change": "as in column unit",
    "change_pct": "%",
    "change_pp": "percentage points",
    "exact": "%",
    "before_exact": "%",
    "after_exact": "%",
    "before": "as in column unit",
    "after": "as in column unit",
}
_MEASURED = "of the measure"

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


COMPARISON_MEANING: dict[str, Meaning] = {
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
TREND_MEANING: dict[str, Meaning] = {
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
SHOWN = [
    *("raw", "value", "symbol", "measure", "time_period", "first_period", "suite", "funding", "basis"),
    *("breakdown_label", "group_label", "course", "geographic_level", "location_code", "location_name"),
    *("release", "dataset", "evidence", "source", "line", "column", "citation", "note"),
]
"""The columns of published cells; `observations.MEANING` has what they hold."""


def described(kind: str) -> dict[str, Described]:
    """Describe the columns of a kind of answer; those of observations where it has none of its own.

    Args:
        kind: comparison, trend, cells, or anything else.
    """
    meanings = {"comparison": COMPARISON_MEANING, "trend": TREND_MEANING}.get(kind)
    if meanings is None:
        types = {**observations.PARTITION, **observations.SCHEMA}
        units = {"value": _MEASURED}
        return {
            name: Described(types[name], meaning, units.get(name, "")) for name, meaning in observations.MEANING.items()
        }
    units = {**_UNITS, "value": "as in column unit"}
    return {name: Described(dtype, meaning, units.get(name, "")) for name, (dtype, meaning) in meanings.items()}
