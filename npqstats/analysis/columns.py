"""The columns of answers: what each holds, of which type and in which unit, and how it is read from a row."""

from collections.abc import Callable, Iterable
from typing import NamedTuple, get_args, get_type_hints

import polars as pl

from npqstats.analysis.answers import Change, Figure, Line, Status
from npqstats.analysis.figures import weakest
from npqstats.catalogue import observations
from npqstats.vocabulary.periods import AcademicYear

DataType = pl.DataType | type[pl.DataType]
_TEXT, _NUMBER, _LIST = pl.String, pl.Float64, pl.List(pl.String)
_TYPES: dict[object, DataType] = {str: _TEXT, int: pl.Int64, list[str]: _LIST}


class WordedRow(NamedTuple):
    """A line of a comparison, or a line of a trend in one year, with all words that are said of it."""

    label: str
    line: Line
    years: tuple[AcademicYear, ...]
    """The two of a comparison, or the one of a trend."""
    figures: tuple[Figure, ...]
    """One for each year."""
    change: Change
    status: Status
    change_text: str
    notes: list[str]
    release: str


class Described(NamedTuple):
    """What a column holds."""

    dtype: DataType
    meaning: str
    """It says what null stands for, where there is any."""
    of: Callable[[WordedRow], object] | None = None
    """How it is read from a row; None where rows have it by its name."""
    unit: str = ""
    """`%`, `percentage points`, `of the measure` or `as in column unit`; empty for words and codes."""

    @property
    def type_name(self) -> str:
        """The type in a word."""
        if self.dtype == _LIST:
            return "list of text"
        if isinstance(self.dtype, (pl.Enum, pl.Categorical)) or self.dtype == pl.String:
            return "text"
        return "whole number" if self.dtype.is_integer() else "number"

    @property
    def has_nulls(self) -> bool:
        """Whether it may be null."""
        return "null" in self.meaning


def columns_of(row: type[tuple[object, ...]]) -> dict[str, Described]:
    """Describe the columns of a named tuple whose fields are annotated with their meanings.

    A field ends in an underscore where the name of its column is a keyword of Python.
    """
    found = {}
    for name, annotated in get_type_hints(row, include_extras=True).items():
        hint, meaning = get_args(annotated)
        kind = next(kind for kind in (hint, *get_args(hint)) if kind in _TYPES)
        found[name.rstrip("_")] = Described(_TYPES[kind], meaning)
    return found


_LINE = {
    "line": Described(_TEXT, "name of the row", lambda r: r.label),
    "measure": Described(_TEXT, "code of what is counted", lambda r: r.line.measure.code),
    "unit": Described(_TEXT, "courses, people, schools or %", lambda r: r.line.measure.unit),
    "funding": Described(_TEXT, "all, funded or non-funded", lambda r: r.line.series.funding),
    "basis": Described(_TEXT, "in-year or cumulative", lambda r: r.line.series.basis),
    "breakdown": Described(_TEXT, "slug of the breakdown; overall for totals", lambda r: r.line.series.breakdown),
    "group": Described(_TEXT, "the group as published", lambda r: r.line.group_label or "Overall"),
    "geographic_level": Described(_TEXT, "National, Regional, Local authority, ...", lambda r: r.line.area.level),
    "location_code": Described(_TEXT, "code of the area", lambda r: r.line.area.code),
    "location_name": Described(_TEXT, "name of the area", lambda r: r.line.area.name),
}
_CHANGE = {
    "change": Described(
        _NUMBER,
        "change of a count, in its unit, unrounded; null for rates and where none is stated",
        lambda r: r.change.change,
        "as in column unit",
    ),
    "change_pct": Described(
        _NUMBER, "the same in % of the earlier figure; null for a base under 30", lambda r: r.change.change_pct, "%"
    ),
    "change_pp": Described(
        _NUMBER,
        "change of a rate, in percentage points, unrounded; null for counts and where none is stated",
        lambda r: r.change.change_pp,
        "percentage points",
    ),
    "change_text": Described(_TEXT, "the change rounded and in words", lambda r: r.change_text),
    "release": Described(_TEXT, "the release that answered", lambda r: r.release),
    "evidence": Described(
        _TEXT,
        "official, official-text, reported or derived; of two figures the weaker; null where there is none",
        lambda r: weakest(*r.figures),
    ),
    "notes": Described(_LIST, "what a reader must know of the row", lambda r: r.notes),
}


def _figure(position: int, prefix: str, of: str) -> dict[str, Described]:
    """Describe the columns of a figure: `value`, `exact`, `symbol` and `gap`, or `before`, `before_exact`, ..."""
    value = f"figure{of}, as published or derived; null where there is none"
    exact = f"rate{of}, recomputed from its counts, in %; null for counts and where these are not loaded"
    symbol = f"symbol printed instead of the figure{of}; null where there is none"
    gap = f"why there is no figure{of}: withheld, did-not-exist, not-published or not-loaded; null for a figure"
    return {
        prefix.rstrip("_") or "value": Described(
            _NUMBER, value, lambda r: r.figures[position].value, "as in column unit"
        ),
        f"{prefix}exact": Described(_NUMBER, exact, lambda r: r.figures[position].exact, "%"),
        f"{prefix}symbol": Described(_TEXT, symbol, lambda r: r.figures[position].symbol),
        f"{prefix}gap": Described(_TEXT, gap, lambda r: r.figures[position].gap),
    }


def _origins(position: int, of: str) -> Described:
    cells = f"cells behind the figure{of}: file:line:column under data/raw/"
    return Described(_LIST, cells, lambda r: r.figures[position].origins)


_EARLIER, _LATER = " of the earlier year", " of the later year"
COMPARISON = {
    **_LINE,
    "before_period": Described(pl.Int32, "the earlier academic year, in six digits", lambda r: r.years[0].code),
    "after_period": Described(pl.Int32, "the later academic year, in six digits", lambda r: r.years[1].code),
    **_figure(0, "before_", _EARLIER),
    **_figure(1, "after_", _LATER),
    "status": Described(
        _TEXT,
        "compared, so far (unfinished cohorts), new or ended (courses), incomplete or missing",
        lambda r: r.status,
    ),
    **_CHANGE,
    "before_origins": _origins(0, _EARLIER),
    "after_origins": _origins(1, _LATER),
}
"""The columns of a comparison, a row per line."""
TREND = {
    **_LINE,
    "period": Described(pl.Int32, "academic year in six digits", lambda r: r.years[0].code),
    **_figure(0, "", ""),
    "status": Described(
        _TEXT, "published, new (the course began), so far (unfinished cohorts) or missing", lambda r: r.status
    ),
    **_CHANGE,
    "origins": _origins(0, ""),
}
"""The columns of a trend, a row per line and year."""
_SHORT_END = ("change", "change_pct", "change_pp", "status", "unit", "measure", "location_name", "release", "evidence")
SHORT = {
    "comparison": ["line", "before", "after", *_SHORT_END],
    "trend": ["line", "period", "value", *_SHORT_END],
}
"""The columns of `.frame`; `detail=True` has all."""


def frame(rows: Iterable[WordedRow], columns: dict[str, Described]) -> pl.DataFrame:
    """Lay out rows with these columns, figures unrounded."""
    read = [[column.of(row) for column in columns.values() if column.of] for row in rows]
    return pl.DataFrame(read, {name: column.dtype for name, column in columns.items()}, orient="row")


class Observation(NamedTuple):
    """A published cell as `show` returns it; `catalogue.observations.MEANING` has what its fields hold."""

    raw: str
    value: float | None
    symbol: str | None
    measure: str
    time_period: int
    first_period: int | None
    suite: str
    funding: str
    basis: str
    breakdown_label: str
    group_label: str
    course: str | None
    geographic_level: str
    location_code: str | None
    location_name: str
    release: str
    dataset: str
    evidence: str
    source: str
    line: int
    column: str
    citation: str | None
    note: str | None


OBSERVATIONS = {
    name: Described({**observations.PARTITION, **observations.SCHEMA}[name], meaning)
    for name, meaning in observations.MEANING.items()
} | {"value": Described(_NUMBER, observations.MEANING["value"], unit="of the measure")}
"""The columns of the tables that queries see."""
SHOWN = {name: OBSERVATIONS[name] for name in Observation._fields}
"""The columns of published cells."""
