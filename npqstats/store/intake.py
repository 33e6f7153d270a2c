"""One file of data/raw/ into a build: its tables recognised, and stored or passed over."""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

import polars as pl

from npqstats.catalogue.catalogue import REPORTED, SURVEY, Layout, release_in
from npqstats.catalogue.lock import Lock
from npqstats.errors import DataError
from npqstats.ingest import intake, unpack
from npqstats.ingest.disagreement import Disagreement
from npqstats.ingest.find import RawFile, raw_files
from npqstats.listeners import Progress
from npqstats.store import manifest, parts
from npqstats.store.coverage import excerpts, rows_published
from npqstats.store.manifest import File, Table

_YEARS = re.compile(r"(?<!\d)(20\d{2})[-_](\d{2})(?!\d)")
_MOST_NOTED = 1000
"""Disagreements within one file that are kept; the rest would say the same."""


def taken_in(raw: Path, path: Path, others: list[Table], build: Path, held: Lock | None, progress: Progress) -> File:
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
    is_packed = path.suffix.lower() != ".csv"
    # Hashed before it is read: should it change meanwhile, the next build sees that.
    sha256 = manifest.sha256(path) if is_packed else ""
    tables: list[Table] = []
    for file in raw_files(raw, path):
        tables.append(_table(file, [*others, *tables], build, held, progress))
    return File(sha256=sha256 or tables[0].sha256, bytes=path.stat().st_size, tables=tables)


def _table(file: RawFile, others: list[Table], build: Path, held: Lock | None, progress: Progress) -> Table:
    content = unpack.content(file)
    progress(file.source, len(content), file.size)
    layout = intake.layout_of(content, file.source)
    if layout.kind == "wide":
        _check_folder(file, layout)
    table = Table(
        source=file.source,
        release=file.release,
        dataset=layout.dataset,
        title=layout.title,
        sha256=hashlib.sha256(content).hexdigest(),
    )
    table.passed_over = _why_passed_over(table, layout, others)
    if not table.passed_over:
        _store(file, content, layout, table, build)
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


def _store(file: RawFile, content: bytes, layout: Layout, table: Table, build: Path) -> None:
    """Write the observations of a table into the build, and note in `table` what came of it."""
    taken = intake.taken(content, file, layout)
    names = []
    for release, observations in _by_release(taken.observations, file.release):
        names.append(parts.write(observations, build, release=release, dataset=layout.dataset, source=file.source))
    table.rows = taken.rows
    table.observations = taken.observations.height
    table.measures = sorted(taken.observations.get_column("measure").unique())
    table.parts = {name: manifest.sha256(build / name) for name in names}
    table.disagreements = taken.disagreements[:_MOST_NOTED]
    table.unknown_courses = [list(one) for one in taken.unknown_courses]


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
