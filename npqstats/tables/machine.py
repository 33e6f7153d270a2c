"""Answers for programs: CSV and Parquet, values unrounded; `json` has the third format."""

import io

import polars as pl

from npqstats import __version__
from npqstats.catalogue.catalogue import catalogue
from npqstats.tables.table import Document

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
