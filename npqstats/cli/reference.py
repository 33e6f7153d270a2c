"""The pages of the guide that the program prints of itself: docs/commands.md and docs/data.md.

python -m npqstats.cli.reference writes them; with --check it changes nothing and ends with status 1 when a page is
out of date.
"""

import argparse
import inspect
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

import polars as pl
import typer
import typer.main
from typer.core import TyperCommand, TyperGroup

from npqstats import observations
from npqstats.analysis.columns import COMPARISON_MEANING, SHOWN, TREND_MEANING, Meaning
from npqstats.errors import NpqStatsError
from npqstats.present import machine, markdown, terminal
from npqstats.present.output import FORMATS
from npqstats.sources.catalogue import Column, Layout, catalogue
from npqstats.vocabulary.areas import LEVELS
from npqstats.vocabulary.funding import BASIS, FUNDING
from npqstats.vocabulary.measures import MEASURES
from npqstats.vocabulary.periods import AcademicYear
from npqstats.vocabulary.symbols import SYMBOLS

DOCS = Path(__file__).parents[2] / "docs"
WIDTH = 80

_PRINTED = "<!-- Printed by the program: change the code, then run `make docs`. -->"

_FORMATS: dict[str, Callable[..., object]] = {
    "table": terminal.show,
    "csv": machine.csv,
    "json": machine.document,
    "markdown": markdown.markdown,
    "parquet": machine.parquet,
}

JSON = {
    "title": "what the table shows",
    "releases": "the releases that its rows are from: `name`, `label`, `published`, `data_as_of`",
    "status": "the standing of the statistics",
    "source": "publication, publisher and address",
    "licence": "the licence of the figures",
    "notes": "every note of the rows, once each",
    "symbols": "the symbols that occur, with their meaning",
    "made_by": "this program and its version",
    "rows": "the rows, with the columns below; values unrounded, null where there is none",
}
"""What the keys of the JSON document hold."""

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


def pages() -> dict[str, str]:
    """Give the text of every page that the program prints, by the name of its file."""
    return {"commands.md": _page(_commands()), "data.md": _page(_data())}


def stale(folder: Path) -> list[str]:
    """List the pages that are missing from a folder or differ from what the program prints."""
    return [
        name
        for name, text in pages().items()
        if not (folder / name).is_file() or (folder / name).read_text("utf-8") != text
    ]


def commands() -> dict[str, TyperCommand | TyperGroup]:
    """Give the program and its commands by the names that they are called by."""
    from npqstats.cli import app

    group = typer.main.get_command(app)
    assert isinstance(group, TyperGroup)
    known: dict[str, TyperCommand | TyperGroup] = {"npqstats": group}
    for name, command in group.commands.items():
        assert isinstance(command, TyperCommand)
        known[f"npqstats {name}"] = command
    return known


def _page(lines: Iterable[str]) -> str:
    """Join lines, with never more than one blank line between two."""
    kept: list[str] = []
    for line in lines:
        if line.strip() or (kept and kept[-1]):
            kept.append(line.rstrip())
    return "\n".join(kept).rstrip() + "\n"


def _table(headers: Iterable[str], rows: Iterable[Iterable[object]]) -> list[str]:
    names = list(headers)
    cells = [[str(cell).replace("|", "\\|") for cell in row] for row in rows]
    return ["", *(f"| {' | '.join(row)} |" for row in (names, ["---"] * len(names), *cells)), ""]


def _first_line(thing: object) -> str:
    return (inspect.getdoc(thing) or "").partition("\n")[0]


def _commands() -> Iterator[str]:
    yield from ("# Commands", "", _PRINTED, "")
    yield "What each command takes, as `--help` tells it, and what its answers look like."
    for name, text in _helps():
        yield from ("", f"## {name}", "", "```text", text, "```")
    yield from (
        "",
        "## Years",
        "",
        _first_line(AcademicYear.parse).replace("Read", "Write a year as", 1) + " It is printed as 2023/24.",
    )
    yield from ("", "## What goes where", "")
    yield "The answer goes to stdout, and everything said about it to stderr, so that a pipe is always clean."
    yield "With `--out` the answer goes to a file, which appears whole or not at all."
    yield from ("", "## Exit status")
    statuses = [(0, "Done.")]
    statuses += sorted((error.exit_status, _first_line(error)) for error in NpqStatsError.__subclasses__())
    yield from _table(("status", "meaning"), statuses)
    yield "On stderr, one line says what is wrong, with file, line and column where there is one; a second one says"
    yield "what to do. A bug keeps its traceback and ends with status 1: please report it."
    yield from ("", "## Formats")
    yield from _table(("--format", "what it does"), ((f"`{name}`", _first_line(_FORMATS[name])) for name in FORMATS))
    yield from ("## JSON", "", "`--format json` writes one object:")
    yield from _table(("key", "holds"), ((f"`{key}`", meaning) for key, meaning in JSON.items()))
    yield from ("## Columns of a comparison", "", "As `compare` writes them to CSV, JSON and Parquet:")
    yield from _columns(COMPARISON_MEANING)
    yield from ("## Columns of a trend", "", "As `trend` writes them; changes are on the year before:")
    yield from _columns(TREND_MEANING)
    yield from ("## Columns of cells", "", "As `show` and `--cells` write them, one row per published cell:")
    yield from _table(("column", "holds"), ((f"`{name}`", observations.MEANING[name]) for name in SHOWN))


def _helps() -> Iterator[tuple[str, str]]:
    """Give each command's help as plain text of a fixed width."""
    known = commands()
    root = known["npqstats"]
    above = root.context_class(root, info_name="npqstats", terminal_width=WIDTH, **root.context_settings)
    for name, command in known.items():
        command.rich_markup_mode = None
        context = above
        if command is not root:
            context = command.context_class(command, info_name=name.split()[-1], parent=above)
        yield name, "\n".join(line.rstrip() for line in command.get_help(context).splitlines()).strip()


def _columns(meanings: Mapping[str, Meaning]) -> list[str]:
    holds = {name: meaning for name, (_, meaning) in meanings.items()}
    rows = [(f"`{name}`", meaning) for name, meaning in holds.items()]
    rows.insert(list(holds).index("change_pp") + 1, ("`change_text`", "the change rounded and in words"))
    return _table(("column", "holds"), rows)


def _data() -> Iterator[str]:
    known = catalogue()
    yield from ("# Data", "", _PRINTED, "")
    yield f"What is known of [{known.publication.title}]({known.publication.page}), the publication of the"
    yield f"{known.publication.publisher}, and what becomes of it here. {known.publication.attribution}"
    yield f"Standing: {known.publication.status}."
    yield from ("", "## Data sets", "", "A file is recognised by its columns, in whatever order they stand.")
    for layout in known.layouts:
        if layout.dataset:
            yield from _layout(layout)
    yield from ("", "### Passed over", "", "Files that a download of a whole release brings along:", "")
    yield from (f"- {layout.title} ({layout.why})" for layout in known.layouts if not layout.dataset)
    yield from ("", "## Releases")
    yield from _table(
        ("release", "published", "data as of", "standing", "note"),
        (
            (f"`{r.name}`", r.published or r.published_note, r.data_as_of or "", r.status, r.note)
            for r in known.releases.values()
        ),
    )
    yield from ("## Observations", "", "The one table. One row is one published cell.")
    kinds = {**observations.PARTITION, **observations.SCHEMA}
    yield from _table(
        ("column", "type", "holds"),
        ((f"`{name}`", _type(kinds[name]), meaning) for name, meaning in observations.MEANING.items()),
    )
    yield from ("## Measures",)
    yield from _table(
        ("measure", "unit", "adds up", "unfinished for two years", "counts"),
        ((f"`{m.code}`", m.unit, _yes(is_so=m.adds_up), _yes(is_so=m.ripens), m.counts) for m in MEASURES.values()),
    )
    yield "A measure that does not add up is never added or subtracted. One that is unfinished for two years grows"
    yield "until its courses have ended."
    for title, words in (
        ("Symbols", SYMBOLS),
        ("Funding", FUNDING),
        ("Basis", BASIS),
        ("Evidence", observations.EVIDENCE),
        ("Suites", observations.SUITES),
    ):
        yield from ("", f"## {title}")
        yield from _table(("word", "meaning"), ((f"`{word}`", meaning) for word, meaning in words.items()))
    yield from ("## Levels",)
    yield from _table(
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
        "years": f"{layout.first_year} to {layout.last_year}",
        "levels": ", ".join(layout.levels),
        "page": f"<{layout.page}>" if layout.page else "",
    }
    yield from (f"- {name}: {fact}" for name, fact in facts.items() if fact)
    yield from _table(
        ("column", "holds"),
        (
            (f"`{name}`", _measured(layout.measures[name]) if name in layout.measures else _FILE_COLUMNS.get(name, ""))
            for name in layout.columns
        ),
    )
    yield from (f"- {footnote}" for footnote in layout.footnotes)


def _measured(column: Column) -> str:
    fixed = [word for word in (column.funding, column.basis) if word]
    blank = [f"a blank stands for `{column.blank}`"] if column.blank else []
    measure = MEASURES[column.measure]
    return "; ".join([", ".join([f"`{measure.code}` ({measure.unit})", *fixed]), *blank])


def _type(kind: object) -> str:
    if isinstance(kind, pl.Enum):
        return "enum"
    return "categorical text" if isinstance(kind, pl.Categorical) else "text" if kind == pl.String else str(kind)


def _yes(*, is_so: bool) -> str:
    return "yes" if is_so else "no"


def main() -> int:
    """Write the pages, or with --check say which are out of date; give the exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m npqstats.cli.reference", description="Print two pages of the guide."
    )
    parser.add_argument("--check", action="store_true", help="write nothing; end with status 1 when out of date")
    asked = parser.parse_args()
    if not DOCS.is_dir():
        parser.error("there is no folder docs here: run it in a clone.")
    old = stale(DOCS)
    if asked.check:
        for name in old:
            typer.echo(f"docs/{name} is out of date: run 'make docs'.", err=True)
        return int(bool(old))
    texts = pages()
    for name in old:
        (DOCS / name).write_text(texts[name], "utf-8")
        typer.echo(f"Wrote docs/{name}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
