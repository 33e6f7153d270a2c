"""The one table: its columns and their types. One row is one published cell."""

import polars as pl

from npqstats.catalogue.catalogue import catalogue
from npqstats.vocabulary.areas import LEVELS
from npqstats.vocabulary.funding import BASIS, FUNDING
from npqstats.vocabulary.measures import MEASURES
from npqstats.vocabulary.symbols import SYMBOLS

EVIDENCE: dict[str, str] = {
    "official": "a cell of a published data file",
    "official-text": "printed in the publisher's own text",
    "reported": "printed by the press, in Parliament or by others",
    "derived": "computed here from published cells; never stored",
}
SUITES: dict[str, str] = {"reformed": "the courses since autumn 2021", "2017": "the courses of 2017 to 2021"}

LEVEL = pl.Enum(list(LEVELS))
SUITE = pl.Enum(list(SUITES))
FUNDING_TYPE = pl.Enum(list(FUNDING))
BASIS_TYPE = pl.Enum(list(BASIS))
MEASURE = pl.Enum(list(MEASURES))
SYMBOL = pl.Enum(list(SYMBOLS))
EVIDENCE_TYPE = pl.Enum(list(EVIDENCE))
COLUMN = pl.Enum(["value", *dict.fromkeys(name for layout in catalogue().layouts for name in layout.measures)])
TEXT = pl.Categorical()
"""Text with few different values in many rows."""
COURSE = TEXT
"""Not an enumeration: a file may have courses that nobody knows yet."""

PARTITION: dict[str, type[pl.String]] = {"release": pl.String, "dataset": pl.String}
"""Columns that are not in the Parquet files but in the names of their folders."""

_COLUMNS: dict[str, tuple[pl.DataType | type[pl.DataType], str]] = {
    "time_period": (pl.Int32, "academic year in six digits, as published; the last one of a range"),
    "first_period": (pl.Int32, "first academic year of a range of years; null for a single year"),
    "geographic_level": (LEVEL, "National, Regional, Local authority, ..."),
    "location_code": (TEXT, "ONS code of the area, or the publisher's 3-digit code where that is blank; as published"),
    "location_name": (TEXT, "name of the area, as published"),
    "region_code": (TEXT, "ONS code of the region in which the area lies, as published; null where the cell is blank"),
    "area": (
        TEXT,
        "one id per area through its names and codes: the 3-digit code of an authority, the ONS code of a region",
    ),
    "region": (
        TEXT,
        "ONS code of the region in which the area lies, from the list of areas where the file leaves it blank",
    ),
    "suite": (SUITE, "reformed (since autumn 2021) or 2017"),
    "funding": (FUNDING_TYPE, "all, funded (DfE scholarship) or non-funded (school- or self-paid)"),
    "basis": (BASIS_TYPE, "in-year, or cumulative since autumn 2021"),
    "breakdown": (TEXT, "slug of the publisher's breakdown; overall for totals, course for any breakdown by course"),
    "group": (TEXT, "slug of the publisher's group; for a known course, its short code in lower case"),
    "breakdown_label": (TEXT, "the breakdown as published"),
    "group_label": (TEXT, "the group as published"),
    "course": (
        COURSE,
        "short code where the group is a course, the slug of its label where nobody knows it; null elsewhere",
    ),
    "measure": (MEASURE, "what is counted"),
    "value": (pl.Float64, "the number, as published; null where there is a symbol"),
    "symbol": (SYMBOL, "what is printed instead of a number; null where there is a number"),
    "raw": (pl.String, "the cell as printed"),
    "evidence": (EVIDENCE_TYPE, "official, official-text or reported"),
    "source": (TEXT, "file under data/raw/ (file.zip!member inside a zip)"),
    "line": (pl.Int32, "line in that file, the header being line 1"),
    "column": (COLUMN, "column of that file"),
    "citation": (TEXT, "who reported the figure, when, under what name and where; null for official cells"),
    "note": (TEXT, "what the collector of a reported figure remarked; null for official cells"),
}
SCHEMA: dict[str, pl.DataType | type[pl.DataType]] = {name: kind for name, (kind, _) in _COLUMNS.items()}
MEANING: dict[str, str] = {
    "release": "edition of the publication that printed the cell; 'none' where a reported figure names no edition",
    "dataset": "data set of the catalogue",
    **{name: meaning for name, (_, meaning) in _COLUMNS.items()},
}
"""What the columns hold, those of the folders first."""

KEY = [
    *("time_period", "first_period", "geographic_level", "region_code", "location_code", "location_name"),
    *("suite", "funding", "basis", "breakdown_label", "group_label"),
]
"""What tells one row of a published file from another; with `measure`, one cell from another."""


IDENTITY = ["time_period", "geographic_level", "area", "funding", "basis", "breakdown", "group"]
"""The same by our own codes: what tells one row of a file from another, however its labels are spelt."""

CITATION = "{} ({}), called '{}', {}, {}"
"""How the column `citation` is written: publisher, date, what they called the figure, title, address."""


def publisher(citation: str) -> str:
    """Return publisher, date and what they called the figure out of a citation.

    >>> publisher("Schools Week (July 2025), called 'starts', NPQs take-up collapses, https://schoolsweek.co.uk")
    "Schools Week (July 2025), called 'starts'"
    """
    return citation.partition("', ")[0] + "'"
