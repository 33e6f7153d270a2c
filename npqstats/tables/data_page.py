"""The page of the guide on the data, printed from the catalogue and the vocabulary."""

from collections.abc import Iterator

import polars as pl

from npqstats.catalogue import observations
from npqstats.catalogue.catalogue import Layout, ValueColumn, catalogue
from npqstats.tables.markdown import PRINTED, printed
from npqstats.vocabulary.areas import LEVELS
from npqstats.vocabulary.funding import BASIS, FUNDING
from npqstats.vocabulary.measures import MEASURES
from npqstats.vocabulary.periods import span
from npqstats.vocabulary.symbols import SYMBOLS

_FILE_COLUMNS = {
    "time_period": "academic year in six digits",
    "time_identifier": "always `Academic year`",
    "geographic_level": "what kind of place the row is about",
    "funding": "kind of funding; `Overall` for all",
    "breakdown": "what the groups are groups of; `Overall` for totals",
    "group_name": "the group; `Overall` for totals",
    "cum_disc": "the basis: `Discrete` is in-year, `Cumulative` since autumn 2021",
    "release": "the release that the figure quotes; blank for none",
    "first_period": "first academic year that the figure covers",
    "last_period": "last academic year that the figure covers",
    "as_of": "date of the data, where it was printed",
    "location_code": "ONS code of the place",
    "location_name": "name of the place",
    "suite": "reformed or 2017",
    "course": "short code of the course, for a figure about one",
    "measure": "what is counted, by the column name of the official file",
    "unit": "unit of the value",
    "value": "the figure, as printed",
    "named_as": "what its publisher called it",
    "source_kind": "official text; official, relayed; written answer; press",
    "publisher": "who printed it",
    "title": "title of the page or article",
    "published": "date of publication, as far as it is known",
    "url": "its address",
    "note": "what the collector remarked",
    "asked": "when the question was asked",
    "population": "who was asked",
    "answer": "the answer given",
    "country_code": "ONS code of the country",
    "country_name": "name of the country",
    "region_code": "ONS code of the region; blank on national rows",
    "region_name": "name of the region; blank on national rows",
    "la_name": "name of the local authority; blank on other rows",
    "old_la_code": "three-digit code of the local authority",
    "new_la_code": "ONS code of the local authority",
}
"""What the columns that are no measures hold, in DfE's files and in those collected here."""


def data() -> Iterator[str]:
    """Return the lines of the page."""
    known = catalogue()
    yield from ("# Data", "", PRINTED, "")
    yield f"What is known of [{known.publication.title}]({known.publication.page}), the publication of the"
    yield f"{known.publication.publisher}, and what becomes of it here. {known.publication.attribution}"
    yield f"Standing: {known.publication.status}."
    yield from ("", "## Data sets", "", "A file is recognised by its columns, in whatever order they are.")
    for layout in known.layouts:
        if layout.dataset:
            yield from _layout(layout)
    yield from ("", "### Passed over", "", "Files that a download of a whole release brings along:", "")
    yield from (f"- {layout.title} ({layout.why})" for layout in known.layouts if not layout.dataset)
    yield from ("", "## Releases")
    yield from printed(
        ("release", "published", "data as of", "status", "note"),
        (
            (f"`{r.name}`", r.published or r.published_note, r.data_as_of or "", r.status, r.note)
            for r in known.releases.values()
        ),
    )
    yield from ("## Observations", "", "The one table. One row is one published cell.")
    kinds = {**observations.PARTITION, **observations.SCHEMA}
    yield from printed(
        ("column", "type", "holds"),
        ((f"`{name}`", _type(kinds[name]), meaning) for name, meaning in observations.MEANING.items()),
    )
    yield from ("## Measures",)
    yield from printed(
        ("measure", "unit", "adds up", "unfinished for two years", "counts"),
        (
            (f"`{m.code}`", m.unit, _yes(is_so=m.adds_up), _yes(is_so=m.has_unfinished), m.counts)
            for m in MEASURES.values()
        ),
    )
    yield "A measure that does not add up is never added or subtracted. One that is unfinished for two years grows"
    yield "until its courses have ended."
    for title, words in (
        ("Symbols", SYMBOLS),
        ("Funding", {code: term.meaning for code, term in FUNDING.items()}),
        ("Basis", {code: term.meaning for code, term in BASIS.items()}),
        ("Evidence", observations.EVIDENCE),
        ("Suites", observations.SUITES),
    ):
        yield from ("", f"## {title}")
        yield from printed(("word", "meaning"), ((f"`{word}`", meaning) for word, meaning in words.items()))
    yield from ("## Levels",)
    yield from printed(
        ("level", "columns with its code", "column with its name"),
        (
            (level.name, ", ".join(f"`{name}`" for name in level.code_columns), f"`{level.name_column}`")
            for level in LEVELS.values()
        ),
    )


def _layout(layout: Layout) -> Iterator[str]:
    yield from ("", f"### {layout.title}", "", f"`{layout.dataset}`: {layout.description}", "")
    facts = {
        "release": f"`{layout.release}`" if layout.release else "",
        "rows": f"{layout.rows:,}" if layout.rows else "not known",
        "years": span(layout.first_year, layout.last_year),
        "levels": ", ".join(layout.levels),
        "page": f"<{layout.page}>" if layout.page else "",
    }
    yield from (f"- {name}: {fact}" for name, fact in facts.items() if fact)
    yield from printed(
        ("column", "holds"),
        (
            (f"`{name}`", _measured(layout.measures[name]) if name in layout.measures else _FILE_COLUMNS.get(name, ""))
            for name in layout.columns
        ),
    )
    yield from (f"- {footnote}" for footnote in layout.footnotes)


def _measured(column: ValueColumn) -> str:
    fixed = [word for word in (column.funding, column.basis) if word]
    blank = [f"a blank means `{column.blank}`"] if column.blank else []
    measure = MEASURES[column.measure]
    return "; ".join([", ".join([f"`{measure.code}` ({measure.unit})", *fixed]), *blank])


def _type(kind: object) -> str:
    if isinstance(kind, pl.Enum):
        return "enum"
    return "categorical text" if isinstance(kind, pl.Categorical) else "text" if kind == pl.String else str(kind)


def _yes(*, is_so: bool) -> str:
    return "yes" if is_so else "no"
