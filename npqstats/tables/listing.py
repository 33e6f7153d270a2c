"""Lists, and answers to queries, as documents."""

import shlex
from collections.abc import Iterable

import polars as pl

from npqstats.tables.table import Column, Document, Entry, Kind, Notes, Row, Table
from npqstats.vocabulary.courses import prospectus
from npqstats.vocabulary.funding import FUNDING_RULES
from npqstats.vocabulary.names import listed
from npqstats.vocabulary.numbers import MISSING

_TITLES = {
    "datasets": "Data sets that are known, and how many of their rows are loaded",
    "releases": "Releases of the publication, oldest first",
    "measures": "Measures",
    "courses": "National Professional Qualifications, and the offers that go with them",
    "areas": "Areas that have figures",
    "groups": "Breakdowns and groups that have figures",
    "symbols": "Symbols printed instead of figures",
    "events": "Policy timeline",
    "survey": "Survey answers (a panel of teachers; not to be mixed with official counts)",
    "disagreements": "Published figures that disagree with each other",
    "columns": "Columns of the tables current and observations",
}
_SHOWN = {
    "datasets": ("dataset", "release", "title", "rows_here", "rows_published"),
    "releases": ("release", "published", "data_as_of", "status", "observations_here"),
    "courses": ("code", "name", "group", "since", "months", "for"),
    "events": ("date", "year", "kind", "event"),
    "groups": ("breakdown", "group", "course", "years", "cells", "measures"),
    "survey": ("asked", "population", "answer", "value", "unit"),
    "disagreements": ("source", "line", "column", "what"),
    "columns": ("column", "type", "holds", "values"),
}
"""Columns that fit a page; all others are in the formats for programs."""
_CODES = {"dataset", "release", "code", "date", "year", "source", "symbol", "measure"}
"""Columns of a list whose entries are never broken."""
_HEADERS = {"rows_here": "Rows loaded", "observations_here": "Observations loaded"}
_MOST_VALUES = 12
"""Values of a column up to which a page names them."""


def of_list(frame: pl.DataFrame, what: str) -> Document:
    """Lay out a list.

    Args:
        frame: As `analysis.listings.listing` returns it.
        what: Which list it is.
    """
    shown = frame.select(_SHOWN.get(what, frame.columns))
    marks = Notes()
    noted = frame.get_column("note") if what == "releases" else pl.Series([None] * frame.height)
    table = Table(
        title=_TITLES[what],
        columns=tuple(_column(series, _header(series.name), is_code=series.name in _CODES) for series in shown),
        rows=tuple(
            _row(values, marks.numbers([note] if note else []))
            for values, note in zip(shown.iter_rows(), noted, strict=True)
        ),
        notes=tuple(marks.texts),
        source=tuple(_foot(frame, what)),
        below=_funded() if what == "courses" else None,
    )
    return Document(kind="list", table=table, frame=frame, command=shlex.join(["npqstats", "list", what]))


def of_query(frame: pl.DataFrame, query: str) -> Document:
    """Lay out the answer to a query, under the names of its columns."""
    table = Table(
        title="Answer to the query",
        columns=tuple(_column(series, series.name, is_code=_is_short(series)) for series in frame),
        rows=tuple(_row(values) for values in frame.iter_rows()),
    )
    return Document(kind="query", table=table, frame=frame, command=shlex.join(["npqstats", "sql", query]))


def _column(series: pl.Series, header: str, *, is_code: bool) -> Column:
    kind = Kind.NUMBER if series.dtype.is_numeric() else Kind.CODE if is_code else Kind.LABEL
    return Column(header=header, kind=kind)


def _is_short(series: pl.Series) -> bool:
    """Tell whether every entry is a word, so that it can stay whole."""
    if series.dtype not in (pl.String, pl.Categorical, pl.Enum):
        return False
    words = series.cast(pl.String).drop_nulls()
    return bool((words.str.len_chars() <= 9).all()) and not words.str.contains(r"\s").any()


def _header(name: str) -> str:
    return _HEADERS.get(name, name.replace("_", " ").capitalize())


def _row(values: Iterable[object], notes: tuple[int, ...] = ()) -> Row:
    """Write a row; its first entry carries the numbers of its notes."""
    entries = [_entry(value) for value in values]
    first = Entry(text=entries[0].text, value=entries[0].value, notes=notes)
    return Row(entries=(first, *entries[1:]))


def _entry(value: object) -> Entry:
    """Write a value as it is, unrounded; a dash for one that is not known."""
    if value is None or value == "":
        return Entry(text=MISSING)
    if isinstance(value, bool):
        return Entry(text="yes" if value else "no")
    if isinstance(value, list):
        more = len(value) - _MOST_VALUES
        parts = [str(part) for part in value[: _MOST_VALUES if more > 0 else None]]
        return Entry(text=", ".join([*parts, f"... ({more} more)"] if more > 0 else parts) or MISSING)
    if isinstance(value, (int, float)):
        text = str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
        return Entry(text=text, value=float(value))
    return Entry(text=str(value))


def _foot(frame: pl.DataFrame, what: str) -> list[str]:
    if what == "survey":
        sources = frame.select("publisher", "title", "published", "url").unique(maintain_order=True).rows()
        return [f"Source: {', '.join(source)}" for source in sources]
    hidden = [name for name in frame.columns if name not in _SHOWN.get(what, frame.columns)]
    more = [f"With --format csv or json also: {listed(hidden).replace('_', ' ')}."] if hidden else []
    return [*(_duration() if what == "courses" else []), *more]


def _duration() -> list[str]:
    known = prospectus()
    mandatory = [course for course in known.courses.values() if course.mandatory_from]
    said = [f"{course.code} is mandatory from {course.mandatory_from:%-d %B %Y}" for course in mandatory]
    return [
        f"{listed(said)}; all other courses are voluntary.",
        known.duration_note,
        f"Source: {known.duration_source}",
    ]


def _funded() -> Table:
    """Say who has been funded for which course in which year, with sources."""
    marks = Notes()
    return Table(
        title="Who has been funded by DfE, by academic year",
        columns=(Column(header="Year", kind=Kind.CODE), Column(header="Courses"), Column(header="Who")),
        rows=tuple(
            Row(
                entries=(
                    Entry(text=year.label, notes=marks.numbers([f"Source: {rule.source}"])),
                    Entry(text=", ".join(rule.courses)),
                    Entry(text=rule.who),
                )
            )
            for rule in FUNDING_RULES
            for year in rule.years
        ),
        notes=tuple(marks.texts),
    )
