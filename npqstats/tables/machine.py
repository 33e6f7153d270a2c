"""Tables for programs: CSV, JSON and Parquet, values unrounded."""

import json
from collections.abc import Mapping
from typing import Any, BinaryIO

import polars as pl

from npqstats import __version__
from npqstats.catalogue.catalogue import catalogue, release
from npqstats.vocabulary.symbols import SYMBOLS
from npqstats.wording import wording

_FORMULA = r"^ *[=+\-@\t\r\n]"
_SYMBOL_COLUMNS = ("symbol", "before_symbol", "after_symbol")


def with_text(table: pl.DataFrame) -> pl.DataFrame:
    """Add `change_text`, the change rounded and in words, to a table that has changes."""
    if "change_pp" not in table.columns:
        return table
    words = [wording.change(row) for row in table.iter_rows(named=True)]
    place = table.get_column_index("change_pp") + 1
    return table.clone().insert_column(place, pl.Series("change_text", words, pl.String))


def csv(table: pl.DataFrame, out: BinaryIO) -> None:
    """Write CSV: lists joined by ` | `, and no cell that a spreadsheet would run as a formula."""
    flat = with_text(table).with_columns(
        pl.col(name).cast(pl.List(pl.String)).list.join(" | ")
        for name, dtype in table.schema.items()
        if isinstance(dtype, pl.List)
    )
    texts, numbers = pl.col(pl.String, pl.Categorical, pl.Enum), pl.col(pl.Float32, pl.Float64)
    flat.with_columns(texts.cast(pl.String).pipe(_harmless), _as_printed(numbers)).write_csv(out)


def _as_printed(number: pl.Expr) -> pl.Expr:
    """Write whole numbers without `.0`, as the publisher does."""
    whole = number.cast(pl.Int64, strict=False)
    return pl.when(whole == number).then(whole.cast(pl.String)).otherwise(number.cast(pl.String)).name.keep()


def _harmless(cell: pl.Expr) -> pl.Expr:
    """Put an apostrophe before text that a spreadsheet would run; numbers stand in columns of their own."""
    return pl.when(cell.str.contains(_FORMULA)).then(pl.lit("'") + cell).otherwise(cell).name.keep()


def document(table: pl.DataFrame, title: str) -> str:
    """Write JSON: one object, with the rows and all that belongs beside them.

    Returns:
        An object with `title`, `releases`, `status`, `source`, `licence`, `notes`, `symbols`, `made_by` and `rows`.
    """
    publication = catalogue().publication
    floats = pl.col(pl.Float32, pl.Float64)
    finite = with_text(table).with_columns(pl.when(floats.is_finite()).then(floats))
    rows = [{name: _whole(value) for name, value in row.items()} for row in finite.iter_rows(named=True)]
    names = dict.fromkeys(row["release"] for row in rows if row.get("release"))
    used = {row[name] for row in rows for name in _SYMBOL_COLUMNS if row.get(name)}
    content: Mapping[str, object] = {
        "title": title,
        "releases": [_release(name) for name in names],
        "status": publication.status,
        "source": f"{publication.title}, {publication.publisher}, {publication.page}",
        "licence": publication.licence,
        "notes": list(dict.fromkeys(note for row in rows for note in row.get("notes") or [])),
        "symbols": {symbol: meaning for symbol, meaning in SYMBOLS.items() if symbol in used},
        "made_by": f"npqstats {__version__}",
        "rows": rows,
    }
    return json.dumps(content, indent=2, ensure_ascii=False, default=str) + "\n"


def _whole(value: Any) -> Any:
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _release(name: str) -> dict[str, str | None]:
    known = release(name)
    return {
        "name": name,
        "label": known.label,
        "published": known.published.isoformat() if known.published else None,
        "data_as_of": known.data_as_of.isoformat() if known.data_as_of else None,
    }


def parquet(table: pl.DataFrame, title: str, out: BinaryIO) -> None:
    """Write Parquet, with title, source and licence in its metadata."""
    publication = catalogue().publication
    with_text(table).write_parquet(
        out,
        metadata={
            "title": title,
            "source": f"{publication.title}, {publication.publisher}",
            "licence": publication.licence,
            "made_by": f"npqstats {__version__}",
        },
    )
