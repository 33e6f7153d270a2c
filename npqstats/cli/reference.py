"""The pages of the guide that the program prints of itself: docs/commands.md and docs/data.md.

python -m npqstats.cli.reference writes them; with --check it changes nothing and ends with status 1 when a page is
out of date.
"""

import argparse
import inspect
import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import typer
import typer.main
from typer.core import TyperCommand, TyperGroup

from npqstats.analysis.columns import COMPARISON_MEANING, SHOWN, TREND_MEANING, Described, Meaning, described
from npqstats.catalogue import observations
from npqstats.errors import NpqStatsError
from npqstats.tables.data_page import data
from npqstats.tables.output import FORMATS
from npqstats.tables.page import PRINTED, page, table
from npqstats.vocabulary.periods import AcademicYear

DOCS = Path(__file__).parents[2] / "docs"
SCHEMAS = Path(__file__).parents[1] / "tables" / "schemas"
WIDTH = 80


JSON = {
    "title": "what the table shows",
    "finding": "what was found, in sentences",
    "command": "the command that asks for it again",
    "releases": "the releases that its rows are from: `name`, `label`, `status`, `published`, `data_as_of`",
    "status": "the status of the statistics of these releases",
    "source": "publication, publisher and address",
    "licence": "the licence of the figures",
    "notes": "every note of the rows, once each",
    "symbols": "the symbols that occur, with their meaning",
    "made_by": "this program and its version",
    "rows": "the rows, with the columns below; values unrounded, null where there is none",
}
"""What the keys of the JSON document hold."""


_JSON_TYPES = {"text": "string", "whole number": "integer", "number": "number"}


def pages() -> dict[str, str]:
    """Return the text of every page that the program prints, by the name of its file."""
    return {"commands.md": page(_commands()), "data.md": page(data())}


def schemas() -> dict[str, str]:
    """Return the JSON Schema of each kind of answer that has columns of its own, by the name of its file."""
    kinds = {"comparison": list(described("comparison")), "trend": list(described("trend")), "cells": SHOWN}
    texts = {f"{kind}.json": _schema(kind, names) for kind, names in kinds.items()}
    return texts | {"list.json": _schema("list", [])}


def _schema(kind: str, names: list[str]) -> str:
    columns = described(kind)
    strings: dict[str, object] = {"type": "array", "items": {"type": "string"}}
    release = {name: {"type": ["string", "null"]} for name in ("name", "label", "status", "published", "data_as_of")}
    types: dict[str, dict[str, object]] = {
        "finding": strings,
        "notes": strings,
        "releases": {"type": "array", "items": _object(release)},
        "symbols": {"type": "object", "additionalProperties": {"type": "string"}},
        "rows": {"type": "array", "items": _object({name: _column(columns[name]) for name in names})},
    }
    keys = {key: types.get(key, {"type": "string"}) | {"description": holds} for key, holds in JSON.items()}
    about = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": f"npqstats: {kind}"}
    return json.dumps(about | _object(keys), indent=2, ensure_ascii=False) + "\n"


def _object(properties: Mapping[str, object]) -> dict[str, object]:
    """Describe an object with just these keys; one with any keys where none are named."""
    if not properties:
        return {"type": "object"}
    closed = {"required": list(properties), "additionalProperties": False}
    return {"type": "object", "properties": properties, **closed}


def _column(column: Described) -> dict[str, object]:
    about = {"description": column.meaning} | ({"unit": column.unit} if column.unit else {})
    if column.type_name == "list of text":
        return {"type": "array", "items": {"type": "string"}, **about}
    return {"type": [_JSON_TYPES[column.type_name], "null"], **about}


def stale(folder: Path) -> list[str]:
    """List the pages that are missing from a folder or differ from what the program prints."""
    return [
        name
        for name, text in pages().items()
        if not (folder / name).is_file() or (folder / name).read_text("utf-8") != text
    ]


def commands() -> dict[str, TyperCommand | TyperGroup]:
    """Return the program and its commands, by their names."""
    from npqstats.cli import app

    group = typer.main.get_command(app)
    assert isinstance(group, TyperGroup)
    known: dict[str, TyperCommand | TyperGroup] = {"npqstats": group}
    for name, command in group.commands.items():
        assert isinstance(command, TyperCommand)
        known[f"npqstats {name}"] = command
    return known


def _first_line(thing: object) -> str:
    return (inspect.getdoc(thing) or "").partition("\n")[0]


def _commands() -> Iterator[str]:
    yield from ("# Commands", "", PRINTED, "")
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
    yield from table(("status", "meaning"), statuses)
    yield "On stderr, one line says what is wrong, with file, line and column where there is one; a second one says"
    yield "what to do. A bug keeps its traceback and ends with status 1: please report it."
    yield from ("", "## Formats")
    yield from table(
        ("--format", "suffix", "what it writes"),
        ((f"`{name}`", f"`{one.suffix}`", one.about) for name, one in FORMATS.items()),
    )
    yield from ("## JSON", "", "`--format json` writes one object:")
    yield from table(("key", "holds"), ((f"`{key}`", meaning) for key, meaning in JSON.items()))
    yield from ("## Columns of a comparison", "", "As `compare` writes them to CSV, JSON and Parquet:")
    yield from _columns(COMPARISON_MEANING)
    yield from ("## Columns of a trend", "", "As `trend` writes them; changes are on the year before:")
    yield from _columns(TREND_MEANING)
    yield from ("## Columns of cells", "", "As `show` and `--cells` write them, one row per published cell:")
    yield from table(("column", "holds"), ((f"`{name}`", observations.MEANING[name]) for name in SHOWN))


def _helps() -> Iterator[tuple[str, str]]:
    """Return each command's help as plain text of a fixed width."""
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
    return table(("column", "holds"), rows)


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
    for name, text in schemas().items():
        (SCHEMAS / name).write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
