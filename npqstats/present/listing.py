"""Tables of words as sheets: lists, and answers to queries."""

import polars as pl

from npqstats.present.sheet import Sheet
from npqstats.vocabulary.courses import prospectus
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
    "query": "Answer to the query",
}
_FOR_PROGRAMS = {
    "datasets": ("columns", "about", "levels", "id", "page"),
    "releases": ("page",),
    "courses": ("funded", "identifier", "sources", "mandatory_from"),
    "events": ("source",),
    "survey": ("url", "publisher", "title", "published", "note"),
}
"""Columns too long for a page; they are in the other formats."""


def sheet(table: pl.DataFrame, what: str) -> Sheet:
    """Lay out a list, or the answer to a query: headers from its column names, dashes for what is not known."""
    shown = table.drop(_FOR_PROGRAMS.get(what, ()), strict=False)
    return Sheet(
        title=_TITLES[what],
        headers=[name.replace("_", " ").capitalize() if what != "query" else name for name in shown.columns],
        rows=[[_text(value) for value in row] for row in shown.iter_rows()],
        numeric=frozenset(place for place, dtype in enumerate(shown.dtypes) if dtype.is_numeric()),
        foot=_foot(table, what),
    )


def _text(value: object) -> str:
    if value is None or value == "":
        return MISSING
    if isinstance(value, list):
        return ", ".join(str(part) for part in value)
    return str(value)


def _foot(table: pl.DataFrame, what: str) -> list[str]:
    if what == "courses":
        return _about_courses()
    if what == "survey":
        sources = table.select("publisher", "title", "published", "url").unique(maintain_order=True).rows()
        return [f"Source: {', '.join(source)}" for source in sources]
    hidden = [name for name in _FOR_PROGRAMS.get(what, ()) if name in table.columns]
    return [f"With --format csv or json also: {listed(hidden)}."] if hidden else []


def _about_courses() -> list[str]:
    known = prospectus()
    names = set(known.courses)
    lines = ["", "Who has been funded by DfE, by academic year:"]
    for funding in known.funding:
        which = "all courses" if names <= set(funding.courses) else ", ".join(funding.courses)
        lines.append(f"{funding.year.label}  {which}: {funding.who} (source: {funding.source})")
    mandatory = [course for course in known.courses.values() if course.mandatory_from]
    lines += [
        "",
        *(f"{course.code} is mandatory from {course.mandatory_from:%-d %B %Y}." for course in mandatory),
    ]
    return [
        *lines,
        "All other courses are voluntary.",
        f"{known.duration_note} Source: {known.duration_source}",
        "With --format csv or json also: who was funded by course, DfE identifiers, sources.",
    ]
