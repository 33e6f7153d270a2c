"""Tables of words as sheets: lists, and answers to queries."""

import polars as pl

from npqstats.tables.sheet import Notes, Sheet
from npqstats.vocabulary.courses import prospectus
from npqstats.vocabulary.funding import FUNDING_RULES
from npqstats.vocabulary.names import listed
from npqstats.vocabulary.numbers import MISSING

_TITLES = {
    "datasets": "Data sets that are known, and how many of their rows are here",
    "releases": "Releases of the publication, oldest first",
    "measures": "Measures",
    "courses": "National Professional Qualifications, and the offers that go with them",
    "areas": "Areas that have figures here",
    "groups": "Breakdowns and groups that have figures here",
    "symbols": "Symbols that stand for missing figures",
    "events": "Policy timeline",
    "survey": "Survey answers (a panel of teachers; not to be mixed with official counts)",
    "disagreements": "Published figures that disagree with each other",
    "columns": "Columns of the table observations",
    "query": "Answer to the query",
}
_SHOWN = {
    "datasets": ("dataset", "release", "title", "rows_here", "rows_published"),
    "releases": ("release", "published", "data_as_of", "status", "observations_here"),
    "courses": ("code", "name", "group", "since", "months", "for"),
    "events": ("date", "year", "kind", "event"),
    "groups": ("breakdown", "group", "course", "years", "cells", "measures"),
    "survey": ("asked", "population", "answer", "value", "unit"),
    "disagreements": ("source", "line", "column", "what"),
}
"""Columns that fit a page; all others are in the formats for programs."""


def sheet(table: pl.DataFrame, what: str) -> Sheet:
    """Lay out a list, or the answer to a query: headers from its column names, dashes for what is not known."""
    shown = table.select(_SHOWN.get(what, table.columns))
    notes = Notes()
    rows = [[_text(value) for value in row] for row in shown.iter_rows()]
    if what == "releases":
        for row, note in zip(rows, table.get_column("note"), strict=True):
            row[0] = f"{row[0]} {notes.marks([note] if note else [])}".strip()
    return Sheet(
        title=_TITLES[what],
        headers=[name if what == "query" else name.replace("_", " ").capitalize() for name in shown.columns],
        rows=rows,
        numeric=frozenset(place for place, dtype in enumerate(shown.dtypes) if dtype.is_numeric()),
        unbroken=frozenset({0}) if what in _SHOWN else frozenset(),
        notes=notes.texts,
        foot=_foot(table, what),
        below=_funded() if what == "courses" else None,
    )


def _text(value: object) -> str:
    if value is None or value == "":
        return MISSING
    if isinstance(value, list):
        return ", ".join(str(part) for part in value)
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _foot(table: pl.DataFrame, what: str) -> list[str]:
    if what == "survey":
        sources = table.select("publisher", "title", "published", "url").unique(maintain_order=True).rows()
        return [f"Source: {', '.join(source)}" for source in sources]
    hidden = [name for name in table.columns if name not in _SHOWN.get(what, table.columns)]
    more = [f"With --format csv or json also: {listed(hidden).replace('_', ' ')}."] if hidden else []
    return [*(_duration() if what == "courses" else []), *more]


def _duration() -> list[str]:
    known = prospectus()
    mandatory = [course for course in known.courses.values() if course.mandatory_from]
    told = [f"{course.code} is mandatory from {course.mandatory_from:%-d %B %Y}" for course in mandatory]
    return [
        f"{listed(told)}; all other courses are voluntary.",
        known.duration_note,
        f"Source: {known.duration_source}",
    ]


def _funded() -> Sheet:
    """Say who has been funded for which course in which year, with sources."""
    notes = Notes()
    return Sheet(
        title="Who has been funded by DfE, by academic year",
        headers=["Year", "Courses", "Who"],
        rows=[
            [
                year.label,
                ", ".join(rule.courses),
                f"{rule.who} {notes.marks([f'Source: {rule.source}'])}",
            ]
            for rule in FUNDING_RULES
            for year in rule.years
        ],
        unbroken=frozenset({0}),
        notes=notes.texts,
    )
