"""Figures that others printed (data/raw/reported/figures.csv) as observations."""

from contextlib import suppress
from datetime import datetime

import polars as pl

from npqstats.catalogue import observations as table
from npqstats.catalogue.catalogue import NO_RELEASE, Layout, ValueColumn, catalogue, release_in
from npqstats.ingest.faults import LINE, refuse
from npqstats.ingest.keys import Labels, period
from npqstats.ingest.values import values
from npqstats.vocabulary.names import nearest
from npqstats.vocabulary.periods import day_label

_EVIDENCE = {
    "official text": "official-text",
    "official, relayed": "reported",
    "written answer": "reported",
    "press": "reported",
}
_ALSO = {"npq_participants": "participants", "npq_starts_target": "starts-target"}
_VALUES = {"value": ValueColumn(measure="teachers")}
"""A measure whose figures may be fractional, as those of the rates among the reported figures are."""


def observations(rows: pl.DataFrame, layout: Layout, source: str) -> pl.DataFrame:
    """Turn reported figures into observations.

    Args:
        rows: Text, one figure a row, as `read.blocks` yields it.
        layout: The layout of the file.
        source: Its name under data/raw/.

    Returns:
        The columns of `observations.SCHEMA`, and `release`: the edition that the figure quotes.

    Raises:
        DataError: A cell does not fit, as for any file; or its measure or kind of source is not known.
    """
    measures = {name: column.measure for wide in catalogue().layouts for name, column in wide.measures.items()} | _ALSO
    _check(rows, measures, source)
    located = rows.with_columns(
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
    cells, _ = values(rows, shape, source)
    is_range = pl.col("first_period") != pl.col("last_period")
    typed = rows.select(
        LINE,
        release=pl.col("release").replace("", NO_RELEASE),
        suite=pl.col("suite").cast(table.SUITE),
        first_period=pl.when(is_range).then(pl.col("first_period").cast(pl.Int32)),
        measure=pl.col("measure").replace_strict(measures, return_dtype=table.MEASURE),
        evidence=pl.col("source_kind").replace_strict(_EVIDENCE, return_dtype=table.EVIDENCE_TYPE),
        citation=pl.format(table.CITATION, "publisher", _dates(rows), "named_as", "title", "url").cast(table.TEXT),
        note=_note().cast(table.TEXT),
        raw=pl.col("value"),
        source=pl.lit(source).cast(table.TEXT),
        column=pl.lit("value", table.COLUMN),
    )
    key = Labels(source, None).keys(located).drop("suite", "first_period")
    value = cells.rename(lambda name: name.removesuffix(" value"))
    return pl.concat([key, typed, value], how="horizontal").select(*table.SCHEMA, "release")


def _dates(rows: pl.DataFrame) -> pl.Series:
    """Write 2025-07 as July 2025 and 2023-07-19 as 19 July 2023; leave what is no date as it is."""
    published = rows.get_column("published")
    return published.replace({text: _date(text) for text in published.unique()})


def _date(text: str) -> str:
    with suppress(ValueError):
        return day_label(datetime.strptime(text, "%Y-%m-%d"))  # noqa: DTZ007 (a date has no time zone)
    with suppress(ValueError):
        return f"{datetime.strptime(text, '%Y-%m'):%B %Y}"  # noqa: DTZ007
    return text


def _note() -> pl.Expr:
    """Join what the collector remarked: the date of the data, where it is not the release's, and any caveat."""
    note = pl.concat_str(
        pl.when(pl.col("as_of") != "").then(pl.format("as of {}", "as_of")),
        pl.col("note").replace("", None),
        separator="; ",
        ignore_nulls=True,
    )
    return note.replace("", None)


def _check(rows: pl.DataFrame, measures: dict[str, str], source: str) -> None:
    """Refuse what cannot be known: a measure, a kind of source, a suite, a release, an order of years, an area."""
    for column, known in (("measure", measures), ("source_kind", _EVIDENCE), ("suite", table.SUITES)):

        def unknown(cell: str, known: dict[str, str] = known) -> tuple[str, str]:
            return f"{cell!r} is not known.", f"Nearest: {', '.join(nearest(cell, known) or known)}."

        refuse(rows, column, ~rows.get_column(column).is_in(list(known)), source, unknown)
    releases = rows.get_column("release")
    is_bad = ~releases.is_in([name for name in releases.unique() if not name or release_in(name) == name])
    hint = "Write it as 2024-25, 2022-23.1 or 2021-22-adhoc; leave it blank where the figure quotes none."
    refuse(rows, "release", is_bad, source, lambda cell: (f"{cell!r} names no release.", hint))
    is_late = period(rows, "first_period", source) > period(rows, "last_period", source)
    first = "A range of years is written with its first year first."
    refuse(rows, "first_period", is_late, source, lambda cell: (f"{cell!r} is later than the last period.", first))
    blank = ("the name is blank.", "The area of the row cannot be known without it.")
    refuse(rows, "location_name", rows.get_column("location_name") == "", source, lambda _: blank)
