"""The way of one raw file to observations: read in blocks, its rows and cells typed, and checked against itself."""

from collections.abc import Callable
from dataclasses import dataclass, field

import polars as pl

from npqstats.catalogue import observations as table
from npqstats.catalogue.catalogue import Layout, ValueColumn, release
from npqstats.errors import DataError
from npqstats.ingest import checks, read, sums
from npqstats.ingest.faults import LINE, Disagreement
from npqstats.ingest.keys import Labels
from npqstats.ingest.missing import missing
from npqstats.ingest.raw import RawFile
from npqstats.ingest.values import values
from npqstats.listeners import Progress, silent
from npqstats.vocabulary.breakdowns import OVERALL

_MOST_NAMED = 10


@dataclass(kw_only=True)
class Ingested:
    """What a raw file came to."""

    rows: int = 0
    disagreements: list[Disagreement] = field(default_factory=list)
    unknown_courses: list[tuple[str, int]] = field(default_factory=list)
    """Labels that look like a course and are not known, each with its first line."""


def ingest(
    file: RawFile, layout: Layout, keep: Callable[[pl.DataFrame], object], progress: Progress = silent
) -> Ingested:
    """Read a raw file of a known layout: a published data file, or figures that others reported.

    The rows of a file of one block, as all published ones are, are compared with each other; of a longer file, which no
    release has, the totals, also with the sums of their groups.

    Args:
        file: The file.
        layout: Its layout, as `recognise.layout` finds it.
        keep: Called with the observations of each block of rows: the columns of `observations.SCHEMA`; for reported
            figures also `release`. They are kept for good only if this function returns.
        progress: Called with the source, the bytes read and its size.

    Raises:
        DataError: A cell's value or a row's identity cannot be known, with line and column.
    """
    if layout.kind == "figures":
        return _reported(file, layout, keep, progress)
    labels, seen = Labels(file.source, release(file.release).year), _Seen(file.source)
    found = Ingested(unknown_courses=labels.unknown_courses)
    groups: pl.DataFrame | None = None
    totals: list[pl.DataFrame] = []
    for rows, is_cut in read.blocks(file, progress):
        found.rows += rows.height
        keys = labels.keys(rows)
        cells, remarks = values(rows, layout, file.source)
        is_kept, repeats = seen.repeats(rows, keys, layout)
        typed = pl.concat([keys, rows.select(LINE, *layout.measures), cells], how="horizontal").filter(is_kept)
        observations = _observations(typed, layout, file.source)
        keep(observations)
        groups = sums.of_groups(observations, groups)
        totals.append(observations.filter(pl.col("breakdown") == OVERALL))
        lists = checks.Rows(observations, layout)
        found.disagreements += [*labels.remarks, *remarks, *_cut_short(rows, file.source, is_cut), *repeats]
        found.disagreements += checks.of_rows(lists)
        labels.remarks.clear()
    seen.refuse()
    if len(totals) > 1:
        observations = pl.concat(totals)
    if groups is None or observations.is_empty():
        return found  # Of several blocks, in which nothing is a total.
    if len(totals) > 1:
        lists = checks.Rows(observations, layout)
    found.disagreements += checks.between_rows(lists)
    found.disagreements += sums.disagreements([groups, *sums.of_areas(observations)], observations)
    found.disagreements += missing(lists, layout, file.release)
    return found


def _reported(file: RawFile, layout: Layout, keep: Callable[[pl.DataFrame], object], progress: Progress) -> Ingested:
    from npqstats.ingest import reported

    found = Ingested()
    for rows, _ in read.blocks(file, progress):
        keep(reported.observations(rows, layout, file.source))
        found.rows += rows.height
    return found


def _cut_short(rows: pl.DataFrame, source: str, is_cut: bool) -> list[Disagreement]:
    if not is_cut:
        return []
    line, column = rows.get_column(LINE)[-1], rows.columns[-2]
    cell = rows.get_column(column)[-1]
    what = "the file does not end with a line end: its last cell may be cut short"
    return [Disagreement("whole-file", source, line, column, cell, what)]


def _observations(typed: pl.DataFrame, layout: Layout, source: str) -> pl.DataFrame:
    """Turn typed rows into observations, one per published cell: all rows of one measure, then of the next.

    Returns:
        The columns of `observations.SCHEMA`.
    """
    fixed = {
        "evidence": pl.lit("official", table.EVIDENCE_TYPE),
        "source": pl.lit(source).cast(table.TEXT),
        "citation": pl.lit(None).cast(table.TEXT),
        "note": pl.lit(None).cast(table.TEXT),
    }

    def cell(name: str, meaning: ValueColumn) -> dict[str, pl.Expr]:
        of_column = {"funding": (meaning.funding, table.FUNDING_TYPE), "basis": (meaning.basis, table.BASIS_TYPE)}
        return {
            "measure": pl.lit(meaning.measure, table.MEASURE),
            "value": pl.col(f"value {name}"),
            "symbol": pl.col(f"symbol {name}"),
            "raw": pl.col(name),
            "column": pl.lit(name, table.COLUMN),
        } | {known: pl.lit(code, dtype) for known, (code, dtype) in of_column.items() if code}

    return pl.concat(
        typed.select(**{known: pl.col(known) for known in table.SCHEMA} | fixed | cell(name, meaning))
        for name, meaning in layout.measures.items()
    )


class _Seen:
    """Rows that are there twice in one file, within a block or in two."""

    def __init__(self, source: str) -> None:
        self.source = source
        self._hashes: list[pl.DataFrame] = []
        """Of each block: 64 bits of every row's key, and its line."""

    def repeats(self, rows: pl.DataFrame, keys: pl.DataFrame, layout: Layout) -> tuple[pl.Series, list[Disagreement]]:
        """Find rows of a block that repeat another under another spelling, with the same values.

        Returns:
            Which rows are to be kept; and the others.
        """
        seen = pl.DataFrame({"key": keys.select(table.IDENTITY).hash_rows(), LINE: rows.get_column(LINE)})
        pairs = seen.with_row_index("at").filter(seen.get_column("key").is_duplicated())
        pairs = pairs.with_columns(first=pl.col("at").first().over("key")).filter(pl.col("at") != pl.col("first"))
        found = []
        for at, first in pairs.select("at", "first").iter_rows():
            row, other = rows.row(at, named=True), rows.row(first, named=True)
            differing = {name for name in row if row[name] != other[name]} - {LINE}
            if differing and differing.isdisjoint(layout.measures):
                what = f"the same row as line {other[LINE]} under another spelling, with the same values: counted once"
                cell = row.get("group_name", "")
                found.append(Disagreement("row-once", self.source, row[LINE], "group_name", cell, what))
        is_kept = ~rows.get_column(LINE).is_in([one.line for one in found])
        self._hashes.append(seen.filter(is_kept))
        return is_kept, found

    def refuse(self) -> None:
        """Refuse a row that is there twice word for word, or with other values.

        Raises:
            DataError: One is.
        """
        seen = pl.concat(self._hashes)
        self._hashes.clear()
        if seen.get_column("key").n_unique() == seen.height:
            return
        again = seen.filter(~pl.col("key").is_first_distinct())
        pairs = again.join(seen.unique("key", keep="first"), on="key").sort(LINE)
        (line, first), *others = pairs.head(_MOST_NAMED).select(LINE, f"{LINE}_right").rows()
        more = f" More lines repeat others: {', '.join(str(line) for line, _ in others)}." if others else ""
        raise DataError(
            f"data/raw/{self.source}:{line}: the same period, area, funding and group as line {first}.",
            f"Each may be in a file once; ask which line is right.{more}",
        )
