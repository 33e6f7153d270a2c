"""The raw files into a build: their tables recognised, and stored or passed over; or kept from the build before."""

import re
from itertools import count
from pathlib import Path

import polars as pl

from npqstats.catalogue.catalogue import REPORTED, SURVEY, Layout, release_in
from npqstats.catalogue.lock import Lock
from npqstats.errors import DataError
from npqstats.ingest import recognise
from npqstats.ingest.agreement import between
from npqstats.ingest.faults import Disagreement
from npqstats.ingest.ingest import ingest
from npqstats.ingest.raw import RawFile, raw_files
from npqstats.listeners import Progress
from npqstats.project import Project
from npqstats.store import manifest, parquet
from npqstats.store.atomic import link_or_copy
from npqstats.store.coverage import excerpts, rows_published
from npqstats.store.manifest import File, Manifest, RawTable
from npqstats.store.snapshot import Snapshot

_YEARS = re.compile(r"(?<!\d)(20\d{2})[-_](\d{2})(?!\d)")
_MOST_NOTED = 1000
"""Disagreements within one file that are kept; the rest would say the same."""


def convert(
    project: Project, now: Snapshot, folder: Path, held: Lock | None, progress: Progress
) -> tuple[Manifest, list[str]]:
    """Make a build: take over the Parquet files of what is unchanged, read the rest, compare the files with each other.

    Args:
        project: The project.
        now: Its raw files, and its current build.
        folder: The empty folder of the new build.
        held: The lock, which may say how many rows were published.
        progress: Called with the source, the bytes read and the size.

    Returns:
        What the build was made from, and the names of the files that were read.

    Raises:
        DataError: A table does not fit, or two files hold the same data set otherwise.
    """
    made, read = Manifest(recipe=manifest.recipe(), unread=sorted(now.unread)), []
    for name, sha256 in now.hashes.items():
        others = made.all_tables()
        kept = now.built.files[name] if name in now.unchanged else None
        if kept is not None and not _rests_on_others(kept, others):
            made.files[name] = kept
            for part in (part for table in kept.tables for part in table.parts):
                (folder / part).parent.mkdir(parents=True, exist_ok=True)
                link_or_copy(project.observations / part, folder / part)
        else:
            read.append(name)
            path = project.raw / name
            file = made.files[name] = File(sha256=sha256, bytes=path.stat().st_size, tables=[])
            for table in raw_files(project.raw, path):
                file.tables.append(_table(table, sha256, [*others, *file.tables], folder, held, progress))
    if sum(not table.passed_over for table in made.all_tables()) > 1:
        made.disagreements = between(parquet.scan(folder))
    return made, read


def _table(
    file: RawFile, sha256: str, others: list[RawTable], build: Path, held: Lock | None, progress: Progress
) -> RawTable:
    """Read a table into a build; `sha256` is the hash of its file, and `others` are the tables before it."""
    layout = recognise.layout(file)
    if layout.kind == "wide":
        _check_folder(file, layout)
    table = RawTable(
        source=file.source,
        release=file.release,
        dataset=layout.dataset,
        title=layout.title,
        # Of before it is read: should it change meanwhile, the next build sees that.
        sha256=file.sha256() if file.is_packed else sha256,
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


def _why_passed_over(table: RawTable, layout: Layout, others: list[RawTable]) -> str:
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


def _rests_on_others(file: File, others: list[RawTable]) -> bool:
    """Whether an unchanged file must be read again: what becomes of it hangs on the files before it.

    It was passed over as the same as one of them, or one of them holds the same data set now.
    """
    taken = {(table.release, table.dataset) for table in others if not table.passed_over}
    return any(
        table.passed_over or (table.release, table.dataset) in taken
        for table in file.tables
        if table.dataset not in ("", SURVEY, REPORTED)
    )


def _store(file: RawFile, layout: Layout, table: RawTable, build: Path, progress: Progress) -> None:
    """Write the observations of a table into the build, and note in `table` what came of it."""
    measures: set[str] = set()
    blocks = count()

    def keep(observations: pl.DataFrame) -> None:
        block = next(blocks)
        of_releases = {(file.release,): observations}
        if "release" in observations.columns:  # Each reported figure quotes one.
            of_releases = observations.partition_by("release", as_dict=True, include_key=False)
        for (release,), rows in sorted(of_releases.items()):
            name = parquet.write(rows, build, release=release, dataset=layout.dataset, source=file.source, block=block)
            table.parts[name] = manifest.sha256(build / name)
        table.observations += observations.height
        measures.update(observations.get_column("measure").unique())

    found = ingest(file, layout, keep, progress)
    table.rows = found.rows
    table.measures = sorted(measures)
    table.disagreements = found.disagreements[:_MOST_NOTED]
    table.unknown_courses = [list(one) for one in found.unknown_courses]


def _cut_short(table: RawTable, expected: int | None) -> list[Disagreement]:
    """Tell a file that has not the rows that were published; the first rows that come with the program are known."""
    if expected is None or table.rows == expected or table.sha256 in excerpts():
        return []
    how = "cut short" if table.rows < expected else "rows that were not published"
    what = f"{table.rows:,} rows, and {expected:,} were published: {how}"
    return [Disagreement("whole-file", table.source, table.rows + 1, "time_period", "", what)]
