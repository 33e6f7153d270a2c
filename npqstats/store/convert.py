"""One file of data/raw/ into a build: its tables recognised, and stored or passed over."""

import re
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import polars as pl

from npqstats.catalogue.catalogue import REPORTED, SURVEY, Layout, release_in
from npqstats.catalogue.lock import Lock
from npqstats.errors import DataError
from npqstats.ingest import read
from npqstats.ingest.faults import Disagreement
from npqstats.ingest.ingest import ingest
from npqstats.ingest.raw import RawFile, raw_files
from npqstats.listeners import Progress
from npqstats.store import manifest, parquet
from npqstats.store.coverage import excerpts, rows_published
from npqstats.store.manifest import File, Table

_YEARS = re.compile(r"(?<!\d)(20\d{2})[-_](\d{2})(?!\d)")
_MOST_NOTED = 1000
"""Disagreements within one file that are kept; the rest would say the same."""


def convert(raw: Path, path: Path, others: list[Table], build: Path, held: Lock | None, progress: Progress) -> File:
    """Read a file of data/raw/ into a build.

    Args:
        raw: The folder data/raw/.
        path: The file.
        others: The tables that the build has already.
        build: The folder of the build.
        held: The lock, which may say how many rows were published.
        progress: Called with the source, the bytes read and the size.

    Returns:
        What became of each of its tables.

    Raises:
        DataError: A table does not fit, or another file holds the same data set otherwise.
    """
    sha256 = manifest.sha256(path) if path.suffix.lower() != ".csv" else ""
    tables: list[Table] = []
    for file in raw_files(raw, path):
        tables.append(_table(file, [*others, *tables], build, held, progress))
    return File(sha256=sha256 or tables[0].sha256, bytes=path.stat().st_size, tables=tables)


def _table(file: RawFile, others: list[Table], build: Path, held: Lock | None, progress: Progress) -> Table:
    layout = read.layout(file)
    if layout.kind == "wide":
        _check_folder(file, layout)
    table = Table(
        source=file.source,
        release=file.release,
        dataset=layout.dataset,
        title=layout.title,
        # Hashed before it is read: should it change meanwhile, the next build sees that.
        sha256=file.sha256(),
    )
    table.passed_over = _why_passed_over(table, layout, others)
    if not table.passed_over:
        _store(file, layout, table, build, progress)
        if layout.kind == "wide":
            table.disagreements += _cut_short(table, rows_published(held, file.release, layout.dataset))
    return table


def _check_folder(file: RawFile, layout: Layout) -> None:
    """Refuse a published file in the folder of the reported figures, or of another release than its name says."""
    if file.release == REPORTED:
        raise DataError(
            f"data/raw/{file.source} is a published data file, {layout.title!r}, among the reported figures.",
            "Put it in the folder of the release that printed it, such as data/raw/2024-25/.",
        )
    name = Path(file.source.rpartition("!")[2]).name
    named = [f"{start}-{end}" for start, end in _YEARS.findall(name) if release_in(f"{start}-{end}")]
    if named and not any(file.release.startswith(one) for one in named):
        raise DataError(
            f"data/raw/{file.source} is named for {named[-1]}, and lies in the folder of {file.release}.",
            "Put it in the folder of the release that printed it, or rename it.",
        )


def _why_passed_over(table: Table, layout: Layout, others: list[Table]) -> str:
    if layout.kind == "passed-over":
        return f"{layout.title!r} is about the {layout.why}" if layout.id else layout.why
    if layout.dataset == SURVEY:
        return "survey answers are kept apart from counts"
    for other in others if layout.kind == "wide" else ():
        if (other.release, other.dataset) == (table.release, layout.dataset) and not other.passed_over:
            if table.sha256 == other.sha256:
                return f"it is the same as {other.source}"
            raise DataError(
                f"data/raw/{table.source} and data/raw/{other.source} both hold {layout.dataset} of {table.release}.",
                "Keep the one that counts and move the other out of data/raw.",
            )
    return ""


def rests_on_others(file: File, others: list[Table]) -> bool:
    """Whether an unchanged file must be read again: what becomes of it hangs on the files before it.

    It was passed over as the same as one of them, or one of them holds the same data set now.
    """
    taken = {(table.release, table.dataset) for table in others if not table.passed_over}
    return any(
        table.passed_over or (table.release, table.dataset) in taken
        for table in file.tables
        if table.dataset not in ("", SURVEY, REPORTED)
    )


def _store(file: RawFile, layout: Layout, table: Table, build: Path, progress: Progress) -> None:
    """Write the observations of a table into the build, and note in `table` what came of it."""
    measures: set[str] = set()
    blocks = count()

    def keep(observations: pl.DataFrame) -> None:
        block = next(blocks)
        for release, rows in _by_release(observations, file.release):
            name = parquet.write(rows, build, release=release, dataset=layout.dataset, source=file.source, block=block)
            table.parts[name] = manifest.sha256(build / name)
        table.observations += observations.height
        measures.update(observations.get_column("measure").unique())

    found = ingest(file, layout, keep, progress)
    table.rows = found.rows
    table.measures = sorted(measures)
    table.disagreements = found.disagreements[:_MOST_NOTED]
    table.unknown_courses = [list(one) for one in found.unknown_courses]


def _by_release(observations: pl.DataFrame, release: str) -> Iterator[tuple[str, pl.DataFrame]]:
    """Split reported figures by the release that each quotes; a published file is of one release."""
    if "release" not in observations.columns:
        yield release, observations
        return
    for (quoted,), figures in sorted(observations.group_by("release"), key=lambda item: str(item[0][0])):
        yield str(quoted), figures.drop("release")


def _cut_short(table: Table, expected: int | None) -> list[Disagreement]:
    """Tell a file that has not the rows that were published; the first rows that come with the program are known."""
    if expected is None or table.rows == expected or table.sha256 in excerpts():
        return []
    how = "cut short" if table.rows < expected else "rows that were not published"
    return [
        Disagreement(
            rule="whole-file",
            source=table.source,
            line=table.rows + 1,
            column="time_period",
            cell="",
            what=f"{table.rows:,} rows, and {expected:,} were published: {how}",
        )
    ]
