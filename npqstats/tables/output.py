"""Where an answer goes: to the screen or into a file, in the format asked for."""

import io
import sys
from pathlib import Path

import polars as pl

from npqstats.errors import UsageError
from npqstats.tables import files, machine, markdown
from npqstats.tables.sheet import Sheet
from npqstats.vocabulary.names import unknown

FORMATS = ("table", "csv", "json", "markdown", "parquet")
_BY_SUFFIX = {".csv": "csv", ".json": "json", ".md": "markdown", ".parquet": "parquet"}


def chosen(name: str | None, out: str | None) -> str:
    """Settle the format: as named, else as the suffix of the file says, else a table.

    Raises:
        UsageError: There is no such format, or the file cannot be written there.
    """
    if name and name not in FORMATS:
        raise unknown("format", name, FORMATS)
    file = Path(out) if out is not None else None
    if file and (file.is_dir() or not file.parent.is_dir()):
        what = "is a folder" if file.is_dir() else "is in a folder that does not exist"
        raise UsageError(f"{out} {what}.", "Name a file in a folder that is there.")
    found = name or (_BY_SUFFIX.get(file.suffix.lower(), "table") if file else "table")
    if found == "parquet" and out is None and sys.stdout.isatty():
        raise UsageError("Parquet is not for the screen.", "Add --out FILE.parquet, or pipe it on.")
    return found


def emit(table: pl.DataFrame, sheet: Sheet, name: str, out: str | None) -> None:
    """Write a table in a format to stdout, or to a file that appears whole or not at all.

    Raises:
        DataError: The file cannot be written; what stood there before still stands.
    """
    if name == "table" and out is None:
        from npqstats.tables.terminal import show, terminal

        show(sheet, terminal())
        return
    content = _bytes(table, sheet, name)
    _put(content, out)


def write(text: str, out: str | None) -> None:
    """Write text to stdout, or to a file that appears whole or not at all.

    Raises:
        UsageError: The file cannot be there.
        DataError: The file cannot be written; what stood there before still stands.
    """
    chosen("table", out)
    _put(text.encode(), out)


def _put(content: bytes, out: str | None) -> None:
    if out is None:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    else:
        files.put({Path(out): content})


def _bytes(table: pl.DataFrame, sheet: Sheet, name: str) -> bytes:
    buffer = io.BytesIO()
    if name == "csv":
        machine.csv(table, buffer)
    elif name == "parquet":
        machine.parquet(table, sheet.title, buffer)
    elif name == "json":
        buffer.write(machine.document(table, sheet.title).encode())
    elif name == "markdown":
        buffer.write(markdown.markdown(sheet).encode())
    else:
        buffer.write(_plain(sheet).encode())
    return buffer.getvalue()


def _plain(sheet: Sheet) -> str:
    from rich.console import Console

    from npqstats.tables.terminal import show

    text = io.StringIO()
    show(sheet, Console(file=text, width=100, markup=False, highlight=False, no_color=True))
    return text.getvalue()
