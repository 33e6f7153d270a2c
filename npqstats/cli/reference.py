"""What the program prints of itself: docs/commands.md, docs/data.md and the JSON Schemas of answers with columns.

python -m npqstats.cli.reference writes them.
"""

import inspect
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import typer
import typer.main
from typer.core import TyperCommand, TyperGroup

from npqstats.analysis import columns
from npqstats.analysis.columns import Described
from npqstats.errors import NpqStatsError
from npqstats.tables.data_page import data
from npqstats.tables.json import KEYS, schemas
from npqstats.tables.markdown import PRINTED, page, printed
from npqstats.tables.output import FORMATS
from npqstats.vocabulary.periods import AcademicYear

DOCS = Path(__file__).parents[2] / "docs"
SCHEMAS = Path(__file__).parents[1] / "tables" / "schemas"
WIDTH = 80


def pages() -> dict[str, str]:
    """Return the text of every page that the program prints, by the name of its file."""
    return {"commands.md": page(_commands()), "data.md": page(data())}


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
    yield "What each command takes, as `--help` says it, and what its answers look like."
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
    yield from printed(("status", "meaning"), statuses)
    yield "On stderr, one line says what is wrong, with file, line and column where there is one; a second one says"
    yield "what to do. A bug keeps its traceback and ends with status 70: please report it."
    yield from ("", "## Formats")
    yield from printed(
        ("--format", "suffix", "what it writes"),
        ((f"`{name}`", f"`{one.suffix}`", one.about) for name, one in FORMATS.items()),
    )
    yield from ("## JSON", "", "`--format json` writes one object:")
    yield from printed(("key", "holds"), ((f"`{key}`", meaning) for key, meaning in KEYS.items()))
    yield "`find`, `factcheck` and `cite --style csl-json` write objects of their own. `npqstats/tables/schemas/` has a"
    yield "JSON Schema for each kind of answer, with what each key holds, its unit, and where it may be null."
    yield ""
    yield from ("## Columns of a comparison", "", "As `compare` writes them to CSV, JSON and Parquet:")
    yield from _columns(columns.COMPARISON)
    yield from ("## Columns of a trend", "", "As `trend` writes them; changes are on the year before:")
    yield from _columns(columns.TREND)
    yield from ("## Columns of cells", "", "As `show` and `--cells` write them, one row per published cell:")
    yield from _columns(columns.SHOWN)


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


def _columns(holds: Mapping[str, Described]) -> list[str]:
    return printed(("column", "holds"), ((f"`{name}`", column.meaning) for name, column in holds.items()))


def main() -> None:
    """Write the pages and the schemas that differ from what the program prints."""
    if not DOCS.is_dir():
        sys.exit("There is no folder docs here: run it in a clone.")
    for name in stale(DOCS):
        (DOCS / name).write_text(pages()[name], "utf-8")
        typer.echo(f"Wrote docs/{name}.")
    for name, text in schemas().items():
        (SCHEMAS / name).write_text(text, "utf-8")


if __name__ == "__main__":
    main()
