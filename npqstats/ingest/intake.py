"""The way of one raw file to observations: recognised, read, its rows and cells typed, and checked against itself."""

from dataclasses import dataclass, field

import polars as pl

from npqstats.catalogue import observations as table
from npqstats.catalogue.catalogue import REPORTED, Layout, ValueColumn, release
from npqstats.errors import DataError
from npqstats.ingest import checks, read, recognise
from npqstats.ingest import keys as row_keys
from npqstats.ingest.cells import values
from npqstats.ingest.disagreement import Disagreement
from npqstats.ingest.faults import LINE
from npqstats.ingest.find import RawFile
from npqstats.ingest.missing import CELL

_MOST_NAMED = 10


@dataclass(frozen=True, kw_only=True)
class Taken:
    """What a raw file came to."""

    layout: Layout
    rows: int = 0
    observations: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=table.SCHEMA))
    """The columns of `observations.SCHEMA`; for reported figures also `release`."""
    disagreements: list[Disagreement] = field(default_factory=list)
    unknown_courses: list[tuple[str, int]] = field(default_factory=list)
    """Labels that look like a course and are not known, each with its first line."""


def layout_of(content: bytes, source: str) -> Layout:
    """Recognise a file by its first line.

    Raises:
        DataError: It has no sound header, or nearly fits a data set.
    """
    return recognise.layout_of(recognise.header(content, source), source)


def taken(content: bytes, file: RawFile, layout: Layout) -> Taken:
    """Read a raw file of a known layout.

    Raises:
        DataError: A cell's value or a row's identity cannot be known, with line and column.
    """
    rows = read.frame(content, file.source, recognise.header(content, file.source))
    if layout.kind == "figures":
        from npqstats.ingest import reported

        return Taken(layout=layout, rows=rows.height, observations=reported.observations(rows, layout, file.source))
    if layout.kind != "wide":
        return Taken(layout=layout, rows=rows.height)
    last = release(file.release).year if file.release != REPORTED else None
    keys = row_keys.keys(rows, file.source, last)
    cells, remarks = values(rows, layout, file.source)
    found = [*keys.remarks, *remarks]
    is_first, repeats = _repeats(rows, keys.frame, layout, file.source)
    observations = assemble(rows, keys.frame, cells, layout, file.source)
    if repeats:
        observations = observations.filter(pl.col(LINE).is_in(rows.filter(is_first).get_column(LINE).implode()))
    if not content.endswith((b"\n", b"\r")):
        last_line = int(rows.get_column(LINE)[-1])
        column = rows.columns[-2]
        what = "the file does not end with a line end: its last cell may be cut short"
        cell = str(rows.get_column(column)[-1])
        found.append(
            Disagreement(rule="whole-file", source=file.source, line=last_line, column=column, cell=cell, what=what)
        )
    found += repeats
    found += checks.within(observations, layout, file.source, file.release)
    return Taken(
        layout=layout,
        rows=rows.height,
        observations=observations,
        disagreements=found,
        unknown_courses=keys.unknown_courses,
    )


def assemble(
    rows: pl.DataFrame, keys: pl.DataFrame, cells: dict[str, pl.DataFrame], layout: Layout, source: str
) -> pl.DataFrame:
    """Turn typed rows into observations, one per published cell: all rows of one measure, then of the next.

    Returns:
        The columns of `observations.SCHEMA`.
    """
    shared = keys.with_columns(
        rows.get_column(LINE),
        evidence=pl.lit("official", table.EVIDENCE_TYPE),
        source=pl.lit(source).cast(table.TEXT),
        citation=pl.lit(None).cast(table.TEXT),
        note=pl.lit(None).cast(table.TEXT),
    )
    return pl.concat(
        [
            shared.with_columns(
                *_fixed(meaning),
                measure=pl.lit(meaning.measure, table.MEASURE),
                value=cells[name].get_column("value"),
                symbol=cells[name].get_column("symbol"),
                raw=rows.get_column(name),
                column=pl.lit(name, table.COLUMN),
            ).select(*table.SCHEMA)
            for name, meaning in layout.measures.items()
        ],
        rechunk=False,
    )


def _fixed(meaning: ValueColumn) -> list[pl.Expr]:
    fixed = []
    if meaning.funding:
        fixed.append(pl.lit(meaning.funding, table.FUNDING_TYPE).alias("funding"))
    if meaning.basis:
        fixed.append(pl.lit(meaning.basis, table.BASIS_TYPE).alias("basis"))
    return fixed


def _repeats(
    rows: pl.DataFrame, keys: pl.DataFrame, layout: Layout, source: str
) -> tuple[pl.Series, list[Disagreement]]:
    """Find rows that are there twice.

    Returns:
        Which rows are the first of their kind; and rows that repeat another under another spelling, with its values.

    Raises:
        DataError: A row is there twice word for word, or with other values.
    """
    is_first = keys.select(pl.struct(CELL).is_first_distinct()).to_series()
    if is_first.all():
        return is_first, []
    key = [f"key {name}" for name in CELL]
    both = pl.concat([keys.select(pl.col(CELL).cast(pl.String).name.prefix("key ")), rows], how="horizontal")
    again, firsts = both.filter(~is_first), both.filter(is_first)
    printed = [name for name in rows.columns if name != LINE]
    pairs = again.join(firsts, on=key, suffix=" first", nulls_equal=True, how="left", maintain_order="left")
    found = []
    refused: list[tuple[int, int]] = []
    for row in pairs.iter_rows(named=True):
        line, first = row[LINE], row[f"{LINE} first"]
        same = [row[name] == row[f"{name} first"] for name in layout.measures]
        if not all(same) or all(row[name] == row.get(f"{name} first", row[name]) for name in printed):
            refused.append((line, first))
        what = f"the same row as line {first} under another spelling, with the same values: counted once"
        found.append(
            Disagreement(
                rule="row-once",
                source=source,
                line=line,
                column="group_name",
                cell=row.get("group_name") or "",
                what=what,
            )
        )
    if refused:
        line, first = refused[0]
        more = [str(line) for line, _ in refused[1:_MOST_NAMED]]
        raise DataError(
            f"data/raw/{source}:{line}: the same period, area, funding and group as line {first}.",
            "Each may be in a file once; ask which line is right."
            + (f" More lines repeat others: {', '.join(more)}." if more else ""),
        )
    return is_first, found
