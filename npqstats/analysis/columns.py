"""The columns of the tables that answers come in: their types and what they hold."""

import polars as pl

Meaning = tuple[pl.DataType | type[pl.DataType], str]

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
