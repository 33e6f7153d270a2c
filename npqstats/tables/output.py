"""Where an answer goes: to the screen or into a file, in the format asked for."""

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from npqstats.errors import UsageError
from npqstats.store.atomic import write_files
from npqstats.tables.table import Document
from npqstats.vocabulary.names import listed, unknown

STDOUT = "-"
"""The name of a file that means stdout."""
_WIDTH = 100
"""Columns of a table in a text file."""


class Format(NamedTuple):
    """A way to write an answer."""

    suffix: str
    about: str
    """For the guide, in a sentence."""
    is_binary: bool = False


FORMATS = {
    "table": Format(".txt", "A table for people, to the width of the terminal."),
    "markdown": Format(".md", "A table for pages and job summaries."),
    "csv": Format(".csv", "Every column, unrounded; lists joined by ` | `; no cell runs as a formula."),
    "json": Format(".json", "One object, with the rows and all that belongs beside them."),
    "html": Format(".html", "A page with an accessible table, without scripts."),
    "parquet": Format(
        ".parquet",
        "Every column, unrounded, with its description and unit in the metadata of its field.",
        is_binary=True,
    ),
    "xlsx": Format(".xlsx", "A workbook: contents, notes and one table a sheet.", is_binary=True),
}
"""Every format by its name; `--out` is matched by its suffix."""


def written(document: Document, format: str, *, notes: bool = True) -> bytes:
    """Write an answer in one of `FORMATS`, whose module is imported only now; `notes` are left out of text alone."""
    if format == "table":
        from npqstats.tables.terminal import text

        return text(document.table, _WIDTH, notes=notes).encode()
    from npqstats.tables import html, json, machine, markdown, xlsx

    writers: Mapping[str, Callable[[], str | bytes]] = {
        "markdown": lambda: markdown.markdown(document.table),
        "csv": lambda: machine.csv(document.frame),
        "json": lambda: json.as_json(document),
        "html": lambda: html.page(document.table),
        "parquet": lambda: machine.parquet(document),
        "xlsx": lambda: xlsx.of_document(document),
        **document.own,
    }
    content = writers[format]()
    return content.encode() if isinstance(content, str) else content


def chosen(name: str | None, out: str | None, *, notes: bool = False) -> str:
    """Settle the format: as named, else as the suffix of the file says, else a table.

    Args:
        name: One of `FORMATS`, or None.
        out: A file, `-` for stdout, or None for stdout.
        notes: Whether notes are asked for, which only the table of the terminal has to be asked for.

    Raises:
        UsageError: There is no such format, the suffix is not known, or the file cannot be written there.
    """
    if name is not None and name not in FORMATS:
        raise unknown("format", name, FORMATS)
    if out is not None and not out.strip():
        raise UsageError("--out is empty.", "Name a file, or leave out --out (is a variable not set?).")
    file = None if out is None or out == STDOUT else Path(out)
    if file is not None:
        _check(file)
    by_suffix = {format.suffix: key for key, format in FORMATS.items()}
    found = name or ("table" if file is None else by_suffix.get(file.suffix.lower()))
    if found is None:
        raise UsageError(
            f"{out} has no suffix that names a format.",
            f"Known: {', '.join(by_suffix)}; or add --format {listed(FORMATS, 'or')}.",
        )
    if notes and found != "table":
        raise UsageError(f"The format {found} always has the notes.", "Leave out --notes.")
    if FORMATS[found].is_binary and file is None and sys.stdout.isatty():
        raise UsageError(
            f"The format {found} is not for the screen.", f"Add --out FILE{FORMATS[found].suffix}, or pipe it on."
        )
    return found


def _check(file: Path) -> None:
    """Refuse a file that cannot be there, before any work is done."""
    if file.is_dir():
        raise UsageError(f"{file} is a folder.", "Name a file in it.")
    if not file.parent.is_dir():
        raise UsageError(f"{file} is in a folder that does not exist.", "Name a file in a folder that exists.")


def emit(document: Document, format: str, out: str | None, *, notes: bool = False) -> None:
    """Write an answer in a format to stdout, or to a file that appears whole or not at all.

    Args:
        document: The answer.
        format: As `chosen` settled it.
        out: A file; None or `-` for stdout.
        notes: Whether the terminal prints the notes in full; all other formats always have them.

    Raises:
        DataError: The file cannot be written; what was there before is kept.
    """
    if format == "table" and out in (None, STDOUT):
        from npqstats.tables.terminal import show, terminal

        show(document.table, terminal(), notes=notes)
    else:
        _put(written(document, format, notes=notes), out)


def write(text: str, out: str | None) -> None:
    """Write text to stdout, or to a file that appears whole or not at all.

    Raises:
        UsageError: The file cannot be there.
        DataError: The file cannot be written; what was there before is kept.
    """
    chosen("table", out)
    _put(text.encode(), out)


def _put(content: bytes, out: str | None) -> None:
    if out is None or out == STDOUT:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    else:
        write_files({Path(out): content})
