"""The columns of the tables that answers come in: their types and what they hold."""

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
    "line": (pl.String, "name of the line"),
    "measure": (pl.String, "code of what is counted"),
    "unit": (pl.String, "courses, people, schools or %"),
    "funding": (pl.String, "all, funded or non-funded"),
    "basis": (pl.String, "in-year or cumulative"),
    "breakdown": (pl.String, "slug of the breakdown; overall for totals"),
    "group": (pl.String, "the group as published"),
    "geographic_level": (pl.String, "National, Regional, Local authority, ..."),
    "location_code": (pl.String, "code of the place"),
    "location_name": (pl.String, "name of the place, as published"),
}
_CHANGE: dict[str, Meaning] = {
    "change": (pl.Float64, "change of a count, in its unit, unrounded; null for rates and where none is stated"),
    "change_pct": (pl.Float64, "the same in % of the earlier figure; null for a base under 30"),
    "change_pp": (pl.Float64, "change of a rate, in percentage points, unrounded"),
}
_RELEASE: dict[str, Meaning] = {"release": (pl.String, "the release that answered")}
_NOTES: dict[str, Meaning] = {"notes": (pl.List(pl.String), "what a reader must know of the row")}
_FIGURE = "as published or derived; null where a symbol stands or no figure is at hand"
_EXACT = "recomputed from its counts, in %; null for counts and where the counts are not at hand"
_ORIGINS = "a list of file:line:column under data/raw/"


def _year(which: str) -> dict[str, Meaning]:
    year = {"before": "the earlier year", "after": "the later year"}[which]
    return {
        which: (pl.Float64, f"figure of {year}, {_FIGURE}"),
        f"{which}_exact": (pl.Float64, f"rate of {year}, {_EXACT}"),
        f"{which}_symbol": (pl.String, f"symbol that stands in place of the figure of {year}"),
    }


COMPARISON_MEANING: dict[str, Meaning] = {
    **_LINE,
    "before_period": (pl.Int32, "the earlier academic year, in six digits"),
    "after_period": (pl.Int32, "the later academic year, in six digits"),
    **_year("before"),
    **_year("after"),
    "status": (pl.String, "compared, so far (unfinished cohorts), new (the course began later), incomplete or missing"),
    **_CHANGE,
    **_RELEASE,
    "evidence": (pl.String, "the weaker of the two figures': official, official-text, reported or derived"),
    "before_origins": (pl.List(pl.String), f"where the earlier year's figure stands: {_ORIGINS}"),
    "after_origins": (pl.List(pl.String), f"where the later year's figure stands: {_ORIGINS}"),
    **_NOTES,
}
TREND_MEANING: dict[str, Meaning] = {
    **_LINE,
    "period": (pl.Int32, "academic year in six digits"),
    "value": (pl.Float64, f"the figure, {_FIGURE}"),
    "exact": (pl.Float64, f"the rate {_EXACT}"),
    "symbol": (pl.String, "symbol that stands in place of the figure"),
    "status": (pl.String, "published, new (the course began), so far (unfinished cohorts) or missing"),
    **_CHANGE,
    **_RELEASE,
    "evidence": (pl.String, "official, official-text, reported or derived"),
    "origins": (pl.List(pl.String), f"where the figure stands: {_ORIGINS}"),
    **_NOTES,
}

DESCRIBED = {name: dtype for name, (dtype, _) in _LINE.items()}
"""What says what a line is about."""
COMPARISON = {name: dtype for name, (dtype, _) in COMPARISON_MEANING.items()}
"""What `compare` gives, a row per line."""
TREND = {name: dtype for name, (dtype, _) in TREND_MEANING.items()}
"""What `trend` gives, a row per line and year; changes are on the year before."""
SHOWN = [
    *("raw", "value", "symbol", "measure", "time_period", "first_period", "suite", "funding", "basis"),
    *("breakdown_label", "group_label", "course", "geographic_level", "location_code", "location_name"),
    *("release", "dataset", "evidence", "source", "line", "column", "citation", "note"),
]
"""What `show` gives, a row per published cell; `observations.MEANING` says what they hold."""


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
    found = {name: Described(dtype, meaning, units.get(name, "")) for name, (dtype, meaning) in meanings.items()}
    return found | {"change_text": Described(pl.String, "the change rounded and in words")}
