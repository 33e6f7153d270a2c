"""One file of data/raw/ into a build: its tables recognised, and read or passed over."""

from collections.abc import Iterator
from pathlib import Path

import polars as pl

from npqstats.catalogue.catalogue import Layout
from npqstats.catalogue.names import REPORTED, SURVEY
from npqstats.errors import DataError
from npqstats.ingest import recognise, unpack
from npqstats.ingest.batches import batches
from npqstats.ingest.find import RawFile, raw_files
from npqstats.ingest.unpack import Stream
from npqstats.listeners import Progress
from npqstats.store import manifest
from npqstats.store.manifest import File, Table
from npqstats.store.parts import Writer

_MOST_NOTED = 1000
"""Disagreements within one file that are noted; the rest would say the same."""


def taken_in(raw: Path, path: Path, others: list[Table], build: Path, progress: Progress) -> File:
    """Read a file of data/raw/ into a build.

    Args:
        raw: The folder data/raw/.
        path: The file.
        others: The tables that the build has already.
        build: The folder of the build.
        progress: Told how far the reading is.

    Returns:
        What became of each of its tables.

    Raises:
        DataError: A table does not fit, or another file holds the same data set otherwise.
    """
    is_packed = path.suffix.lower() != ".csv"
    # Hashed before it is read: should it change meanwhile, the next build sees that.
    sha256 = manifest.sha256(path) if is_packed else ""
    tables: list[Table] = []
    for file in raw_files(raw, path):
        tables.append(_table(file, [*others, *tables], build, progress))
    return File(sha256=sha256 or tables[0].sha256 or manifest.sha256(path), bytes=path.stat().st_size, tables=tables)


def _table(file: RawFile, others: list[Table], build: Path, progress: Progress) -> Table:
    with unpack.opened(file) as stream:
        columns = recognise.header(stream, file.source)
        layout = recognise.layout_of(columns, file.source)
        if layout.kind == "wide" and file.release == REPORTED:
            raise DataError(
                f"data/raw/{file.source} is a published data file, {layout.title!r}, among the reported figures.",
                "Put it in the folder of the release that printed it, such as data/raw/2024-25/.",
            )
        table = Table(source=file.source, release=file.release, dataset=layout.dataset, title=layout.title)
        table.passed_over = _why_passed_over(file, layout, others)
        if not table.passed_over:
            _ingest(file, stream, columns, layout, table, build, progress)
    return table


def _why_passed_over(file: RawFile, layout: Layout, others: list[Table]) -> str:
    if layout.kind == "passed-over":
        return f"{layout.title!r} is about the {layout.why}"
    if layout.dataset == SURVEY:
        return "survey answers are kept apart from counts"
    for other in others:
        is_same = (other.release, other.dataset) == (file.release, layout.dataset) and not other.passed_over
        if is_same and layout.kind == "wide":
            if unpack.digest(file) == other.sha256:
                return f"it is the same as {other.source}"
            raise DataError(
                f"data/raw/{file.source} and data/raw/{other.source} both hold {layout.dataset} of {file.release}.",
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


def _ingest(
    file: RawFile,
    stream: Stream,
    columns: list[str],
    layout: Layout,
    table: Table,
    build: Path,
    progress: Progress,
) -> None:
    """Write the observations of a table into the build, and note in `table` what came of it."""
    measures: set[str] = set()
    with Writer(build) as writer:
        for batch in batches(stream, file.source, columns, layout, build / ".keys"):
            progress(file.source, stream.count, file.size)
            for release, observations in _by_release(batch.observations, file.release):
                writer.add(observations, release=release, dataset=layout.dataset, source=file.source)
            measures.update(batch.observations.get_column("measure").unique())
            table.rows += batch.rows
            table.observations += batch.observations.height
            table.disagreements += batch.disagreements.to_dicts()[: _MOST_NOTED - len(table.disagreements)]
    table.parts = writer.parts
    table.measures = sorted(measures)
    table.sha256 = stream.sha256


def _by_release(observations: pl.DataFrame, release: str) -> Iterator[tuple[str, pl.DataFrame]]:
    """Split reported figures by the release that each quotes; a published file is of one release."""
    if "release" not in observations.columns:
        yield release, observations
        return
    for (quoted,), figures in sorted(observations.group_by("release"), key=lambda item: str(item[0][0])):
        yield str(quoted), figures.drop("release")
