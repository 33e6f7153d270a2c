"""Figures that others printed (data/raw/reported/figures.csv) as observations."""

from contextlib import suppress
from datetime import datetime

import polars as pl

from npqstats import observations as table
from npqstats.ingest.tidy import fault, typed
from npqstats.sources.catalogue import Column, Layout, catalogue
from npqstats.sources.names import NO_RELEASE
from npqstats.vocabulary.names import nearest

_EVIDENCE = {
    "official text": "official-text",
    "official, relayed": "reported",
    "written answer": "reported",
    "press": "reported",
}
_ALSO = {"npq_participants": "participants", "npq_starts_target": "starts-target"}
_VALUES = {"value": Column(measure="starts")}


def observations(rows: pl.DataFrame, layout: Layout, source: str) -> pl.DataFrame:
    """Turn reported figures into observations.

    Args:
        rows: Text, one figure a row, as `read.frames` gives it.
        layout: The layout of the file.
        source: Its name under data/raw/.

    Returns:
        The columns of `observations.SCHEMA`, and `release`: the edition that the figure quotes.

    Raises:
        DataError: A cell does not fit, as for any file; or its measure or kind of source is not known.
    """
    measures = {name: column.measure for wide in catalogue().layouts for name, column in wide.measures.items()} | _ALSO
    _check_known(rows, "measure", measures, source)
    _check_known(rows, "source_kind", _EVIDENCE, source)
    placed = rows.with_columns(
        pl.col("last_period").alias("time_period"),
        *(
            pl.when(pl.col("geographic_level") == level)
            .then(pl.col(f"location_{part}"))
            .otherwise(pl.lit(""))
            .alias(name)
            for level, part, name in (
                ("National", "code", "country_code"),
                ("National", "name", "country_name"),
                ("Regional", "code", "region_code"),
                ("Regional", "name", "region_name"),
            )
        ),
    )
    shape = Layout(dataset=layout.dataset, title=layout.title, columns=layout.columns, measures=_VALUES)
    cells = typed(placed, shape, source)
    is_range = pl.col("first_period") != pl.col("last_period")
    return cells.with_columns(
        rows.select(
            release=pl.col("release").replace("", NO_RELEASE),
            suite=pl.col("suite").cast(table.SUITE),
            first_period=pl.when(is_range).then(pl.col("first_period").cast(pl.Int32)),
            measure=pl.col("measure").replace_strict(measures, return_dtype=table.MEASURE),
            evidence=pl.col("source_kind").replace_strict(_EVIDENCE, return_dtype=table.EVIDENCE_TYPE),
            citation=pl.format(table.CITATION, "publisher", _dates(rows), "title", "url").cast(table.TEXT),
            note=_note().cast(table.TEXT),
        ),
        value=pl.col("value:value"),
        symbol=pl.col("symbol:value"),
        raw=pl.col("value"),
        source=pl.lit(source).cast(table.TEXT),
        column=pl.lit("value", table.COLUMN),
    ).select(*table.SCHEMA, "release")


def _dates(rows: pl.DataFrame) -> pl.Series:
    """Write 2025-07 as July 2025 and 2023-07-19 as 19 July 2023; leave what is no date as it is."""
    published = rows.get_column("published")
    return published.replace({text: _date(text) for text in published.unique()})


def _date(text: str) -> str:
    for written, wanted in (("%Y-%m-%d", "%-d %B %Y"), ("%Y-%m", "%B %Y")):
        with suppress(ValueError):
            return datetime.strptime(text, written).strftime(wanted)  # noqa: DTZ007 (a date has no time zone)
    return text


def _note() -> pl.Expr:
    """Join what the collector remarked: how the publisher named the figure, its date, and any caveat."""
    return pl.concat_str(
        pl.format("called '{}'", "named_as"),
        pl.when(pl.col("as_of") != "").then(pl.format("as of {}", "as_of")),
        pl.col("note").replace("", None),
        separator="; ",
        ignore_nulls=True,
    )


def _check_known(rows: pl.DataFrame, column: str, known: dict[str, str], source: str) -> None:
    is_bad = ~rows.get_column(column).is_in(list(known))
    if is_bad.any():
        raise fault(
            rows,
            column,
            is_bad,
            source,
            lambda cell: (f"{cell!r} is not known.", f"Nearest: {', '.join(nearest(cell, known) or known)}."),
        )
