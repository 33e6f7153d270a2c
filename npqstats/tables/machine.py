"""Answers for programs: CSV, JSON and Parquet, values unrounded."""

import io
import json
from collections.abc import Mapping
from typing import Any

import polars as pl

from npqstats import __version__
from npqstats.catalogue.catalogue import Release, catalogue
from npqstats.tables.table import Document, Table
from npqstats.vocabulary.symbols import SYMBOLS
from npqstats.wording import attribution

_FORMULA = r"^ *[=+\-@\t\r\n]"
_BOM = "\ufeff"


def csv(frame: pl.DataFrame) -> bytes:
    """Write CSV in UTF-8: lists joined by ` | `, and no cell that a spreadsheet would run as a formula.

    It begins with a byte order mark, without which spreadsheet programs read UTF-8 as something else.
    """
    flat = frame.with_columns(
        pl.col(name).cast(pl.List(pl.String)).list.join(" | ")
        for name, dtype in frame.schema.items()
        if isinstance(dtype, pl.List)
    )
    texts, numbers = pl.col(pl.String, pl.Categorical, pl.Enum), pl.col(pl.Float32, pl.Float64)
    written = flat.with_columns(texts.cast(pl.String).pipe(_harmless), _as_printed(numbers))
    headers = pl.Series("header", written.columns, pl.String).to_frame().select(pl.col("header").pipe(_harmless))
    names = dict(zip(written.columns, headers["header"], strict=True))
    return (_BOM + written.rename(names).write_csv()).encode()


def _as_printed(number: pl.Expr) -> pl.Expr:
    """Write whole numbers without `.0`, as the publisher does."""
    whole = number.cast(pl.Int64, strict=False)
    return pl.when(whole == number).then(whole.cast(pl.String)).otherwise(number.cast(pl.String)).name.keep()


def _harmless(cell: pl.Expr) -> pl.Expr:
    """Put an apostrophe before text that a spreadsheet would run; numbers have columns of their own."""
    return pl.when(cell.str.contains(_FORMULA)).then(pl.lit("'") + cell).otherwise(cell).name.keep()


def as_json(document: Document) -> str:
    """Write JSON: one object, with the rows and all that belongs beside them.

    Returns:
        An object with the keys that `schemas/<kind>.json` describes: `title`, `finding`, `command`, `releases`,
        `status`, `source`, `licence`, `notes`, `symbols`, `made_by` and `rows`.
    """
    publication = catalogue().publication
    frame = document.frame
    floats = pl.col(pl.Float32, pl.Float64)
    finite = frame.with_columns(pl.when(floats.is_finite()).then(floats))
    rows = [{name: _whole(value) for name, value in row.items()} for row in finite.iter_rows(named=True)]
    used = {row[name] for name in frame.columns if name.endswith("symbol") for row in rows if row[name]}
    statuses = dict.fromkeys(attribution.status_of(one) for one in document.releases)
    content: Mapping[str, object] = {
        "title": document.table.title,
        "finding": list(document.table.finding),
        "command": document.command,
        "releases": [_release(one) for one in document.releases],
        "status": "; ".join(statuses) or publication.status,
        "source": f"{publication.title}, {publication.publisher}, {publication.page}",
        "licence": publication.licence,
        "notes": list(_notes(document.table, rows)),
        "symbols": {symbol: meaning for symbol, meaning in SYMBOLS.items() if symbol in used},
        "made_by": f"npqstats {__version__}",
        "rows": rows,
    }
    return json.dumps(content, indent=2, ensure_ascii=False, default=str) + "\n"


def _notes(table: Table, rows: list[dict[str, Any]]) -> dict[str, None]:
    """Collect the notes of the table and of the rows, once each."""
    noted = (note for row in rows if isinstance(row.get("notes"), list) for note in row["notes"])
    return dict.fromkeys([*table.notes, *noted])


def _whole(value: Any) -> Any:
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _release(known: Release) -> dict[str, str | None]:
    return {
        "name": known.name,
        "label": known.label,
        "status": attribution.status_of(known),
        "published": known.published.isoformat() if known.published else None,
        "data_as_of": known.data_as_of.isoformat() if known.data_as_of else None,
    }


def parquet(document: Document) -> bytes:
    """Write Parquet: title, source and licence in its metadata, each column's description and unit in its field's."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    publication = catalogue().publication
    arrow = document.frame.to_arrow(compat_level=pl.CompatLevel.oldest())
    fields = [
        field.with_metadata({"description": meaning.meaning, "unit": meaning.unit})
        if (meaning := document.columns.get(field.name))
        else field
        for field in arrow.schema
    ]
    about = {
        "title": document.table.title,
        "command": document.command,
        "source": f"{publication.title}, {publication.publisher}",
        "licence": publication.licence,
        "made_by": f"npqstats {__version__}",
    }
    out = io.BytesIO()
    pq.write_table(arrow.cast(pa.schema(fields, metadata=about)), out, compression="zstd")
    return out.getvalue()
