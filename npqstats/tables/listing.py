"""Lists, and answers to queries, as documents."""

import shlex
from collections.abc import Collection, Iterable
from dataclasses import replace

import polars as pl

from npqstats.analysis.columns import columns_of
from npqstats.analysis.listings import LISTINGS, ListedRelease, Listing
from npqstats.analysis.sql import stored
from npqstats.analysis.survey import SurveyAnswer
from npqstats.tables.table import Column, Document, Entry, Kind, Notes, Row, Table
from npqstats.vocabulary.courses import COURSES, DURATION_NOTE, DURATION_SOURCE
from npqstats.vocabulary.funding import FUNDING_RULES
from npqstats.vocabulary.names import listed
from npqstats.vocabulary.numbers import MISSING
from npqstats.vocabulary.periods import day_label

_SHOWN = {
    "datasets": ("dataset", "release", "title", "rows_here", "rows_published"),
    "releases": ("release", "published", "data_as_of", "status", "observations_here"),
    "courses": ("code", "name", "group", "since", "months", "for"),
    "events": ("date", "year", "kind", "event"),
    "areas": ("level", "code", "name", "region"),
    "groups": ("breakdown", "group", "course", "years", "cells", "measures"),
    "survey": ("asked", "population", "answer", "value", "unit"),
    "disagreements": ("source", "line", "column", "what"),
    "columns": ("column", "type", "holds", "values"),
}
"""Columns that fit a page; all others are in the formats for programs."""
_CODES = {"dataset", "release", "code", "date", "year", "years", "source", "symbol", "measure"}
"""Columns of a list whose entries are never broken."""
_COUNTS = {"rows_here", "rows_published", "observations_here", "cells"}
"""Columns of a list whose numbers are written with commas, as any count is."""
_HEADERS = {"rows_here": "Rows loaded", "observations_here": "Observations loaded"}
_MOST_VALUES = 12
"""Values of a column up to which a page names them."""


def of_list(found: Listing) -> Document:
    """Lay out a list."""
    what, frame = found.what, found.frame
    shown = frame.select(_SHOWN.get(what, frame.columns))
    marks = Notes()
    noted = [marks.numbers([row.note] if isinstance(row, ListedRelease) and row.note else []) for row in found]
    counts = {position for position, name in enumerate(shown.columns) if name in _COUNTS}
    table = Table(
        title=LISTINGS[what].title,
        columns=tuple(
            _column(series, _HEADERS.get(series.name, series.name.replace("_", " ").capitalize()), _CODES)
            for series in shown
        ),
        rows=tuple(_row(values, notes, counts) for values, notes in zip(shown.iter_rows(), noted, strict=True)),
        notes=tuple(marks.texts),
        source=tuple(_foot(found, [name for name in frame.columns if name not in shown.columns])),
        below=_funded() if what == "courses" else None,
    )
    columns = columns_of(LISTINGS[what].row)
    command = shlex.join(["npqstats", "list", what])
    return Document(kind="list", table=table, make_frame=lambda: frame, columns=columns, command=command)


def of_query(frame: pl.DataFrame, query: str) -> Document:
    """Lay out the answer to a query, under the names of its columns."""
    whole = {series.name for series in frame if _is_short(series)}
    table = Table(
        title="Answer to the query",
        columns=tuple(_column(series, series.name, whole) for series in frame),
        rows=tuple(_row(values) for values in frame.iter_rows()),
    )
    columns = {name: column for name, column in stored(query).items() if name in frame.columns}
    command = shlex.join(["npqstats", "sql", query])
    return Document(kind="query", table=table, make_frame=lambda: frame, columns=columns, command=command)


def _column(series: pl.Series, header: str, codes: set[str]) -> Column:
    kind = Kind.CODE if series.name in codes else Kind.LABEL
    return Column(header=header, kind=Kind.NUMBER if series.dtype.is_numeric() else kind)


def _is_short(series: pl.Series) -> bool:
    """Tell whether every entry is a word, so that it need not be broken."""
    if series.dtype not in (pl.String, pl.Categorical, pl.Enum):
        return False
    words = series.cast(pl.String).drop_nulls()
    return bool((words.str.len_chars() <= 9).all()) and not words.str.contains(r"\s").any()


def _row(values: Iterable[object], notes: tuple[int, ...] = (), counts: Collection[int] = ()) -> Row:
    """Write a row; its first entry carries the numbers of its notes, and those at `counts` have commas."""
    entries = (_entry(value, is_count=position in counts) for position, value in enumerate(values))
    return Row(entries=(replace(next(entries), notes=notes), *entries))


def _entry(value: object, *, is_count: bool = False) -> Entry:
    """Write a value as it is, unrounded; a dash for one that is not known."""
    number = None
    match value:
        case None | "" | []:
            text = MISSING
        case bool():
            text = "yes" if value else "no"
        case list():
            more = len(value) - _MOST_VALUES
            text = ", ".join([*map(str, value[:_MOST_VALUES]), *([f"... ({more} more)"] if more > 0 else [])])
        case int() | float():
            text, number = f"{int(value) if value == value // 1 else value:{',' * is_count}}", float(value)
        case _:
            text = str(value)
    return Entry(text=text, value=number)


def _foot(found: Listing, hidden: list[str]) -> list[str]:
    if found.what == "survey":
        sources = [(row.publisher, row.title, row.published, row.url) for row in found if isinstance(row, SurveyAnswer)]
        return [f"Source: {', '.join(source)}" for source in dict.fromkeys(sources)]
    more = [f"With --format csv or json also: {listed(hidden).replace('_', ' ')}."] if hidden else []
    return [*(_duration() if found.what == "courses" else []), *more]


def _duration() -> list[str]:
    courses = ((course.code, course.mandatory_from) for course in COURSES.values())
    said = [f"{code} is mandatory from {day_label(day)}" for code, day in courses if day]
    return [
        f"{listed(said)}; all other courses are voluntary.",
        DURATION_NOTE,
        f"Source: {DURATION_SOURCE}",
    ]


def _funded() -> Table:
    """Say who has been funded for which course in which year, with sources."""
    marks = Notes()
    return Table(
        title="Who has been funded by DfE, by academic year",
        columns=(Column(header="Year", kind=Kind.CODE), Column(header="Courses"), Column(header="Who")),
        rows=tuple(
            _row((year.label, ", ".join(rule.courses), rule.who), marks.numbers([f"Source: {rule.source}"]))
            for rule in FUNDING_RULES
            for year in rule.years
        ),
        notes=tuple(marks.texts),
    )
