"""The order of the steps from data/raw/ to observations; the only place that knows it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from npqstats.errors import DataError
from npqstats.project import Project, find
from npqstats.sources.names import SURVEY
from npqstats.store import manifest, state, swap
from npqstats.store.manifest import File, Manifest, Table

if TYPE_CHECKING:
    import polars as pl

    from npqstats.ingest.find import RawFile
    from npqstats.ingest.unpack import Stream
    from npqstats.sources.catalogue import Layout

Say = Callable[[str], None]
Progress = Callable[[str, int, int], None]
"""Told the source, the bytes read of it, and its size, as far as known."""


_MOST_NOTED = 1000
"""Disagreements within one file that are noted; the rest would say the same."""


def silent(*_: object) -> None:
    """Say nothing."""


def ready(project: Project | Path | str | None = None, *, say: Say = silent, progress: Progress = silent) -> Project:
    """Find the project and bring its observations up to date, saying so if there was anything to do.

    Args:
        project: A project, its folder, or None to find it.
        say: Told in a sentence what was built.
        progress: As for `build`.
    """
    found = project if isinstance(project, Project) else find(project)
    built = build(found, say=say, progress=progress)
    if built.did_build and not found.is_bundled:
        say(f"Built {found.processed} from {len(built.manifest.files)} files: {built.observations:,} observations.")
    return found


@dataclass(frozen=True)
class Built:
    """What a build came to."""

    manifest: Manifest
    did_build: bool
    read: list[str] = field(default_factory=list)
    """The raw files that were read again."""

    @property
    def observations(self) -> int:
        """How many observations stand."""
        return sum(table.observations for table in self.manifest.all_tables())


def build(project: Project, *, say: Say = silent, progress: Progress = silent) -> Built:
    """Bring the observations up to date with data/raw/.

    Args:
        project: Where the data are.
        say: Told in a sentence what a user should know of: waiting for another build, files passed over.
        progress: Told how far the reading is.

    Returns:
        What stands now. When nothing changed, nothing is done.

    Raises:
        DataError: A raw file does not fit, or something cannot be read or written; what stood before still stands.
    """
    from npqstats.ingest.find import raw_paths

    paths = raw_paths(project.raw)
    if not paths:
        raise DataError(
            f"There is no published file in {project.raw}.",
            "Put the CSV files of a release in a folder named for it, such as data/raw/2024-25/.",
        )
    with _disk_errors(project):
        now = state.state(project, paths)
        if now.is_current and now.built is not None:
            return Built(now.built, did_build=False)
        wait = "Another build is at work here; waiting for it."
        with swap.exclusive(project, on_wait=lambda: say(wait)):
            now = state.state(project, paths)
            if now.is_current and now.built is not None:
                return Built(now.built, did_build=False)
            with swap.new_build(project) as folder:
                made = _make(project, paths, now, folder, say, progress)
                made.write(folder)
            state.remember(project, paths)
    return Built(made, did_build=True, read=[name for name in made.files if name not in now.unchanged])


@contextmanager
def _disk_errors(project: Project) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        place = error.filename or project.processed
        raise DataError(
            f"{place} cannot be read or written: {error.strerror or error}.",
            "What stood before still stands. Make room or give leave to write, then run it again.",
        ) from error


def _make(
    project: Project, paths: list[Path], now: state.State, folder: Path, say: Say, progress: Progress
) -> Manifest:
    made = Manifest(recipe=manifest.recipe())
    for path in paths:
        name = path.relative_to(project.raw).as_posix()
        if now.built is not None and name in now.unchanged:
            made.files[name] = now.built.files[name]
            for part in (part for table in made.files[name].tables for part in table.parts):
                swap.reuse(part, state.link(project), folder)
        else:
            made.files[name] = _read_file(project.raw, path, made.all_tables(), folder, progress)
            for table in made.files[name].tables:
                if table.passed_over and table.dataset != SURVEY:
                    say(f"Passed over data/raw/{table.source}: {table.passed_over}.")
    made.disagreements = _between_files(made, folder)
    return made


def _read_file(raw: Path, path: Path, others: list[Table], folder: Path, progress: Progress) -> File:
    from npqstats.ingest.find import raw_files

    tables: list[Table] = []
    for file in raw_files(raw, path):
        tables.append(_read_table(file, [*others, *tables], folder, progress))
    is_plain = len(tables) == 1 and path.suffix.lower() == ".csv" and tables[0].sha256
    return File(
        sha256=tables[0].sha256 if is_plain else manifest.sha256(path),
        bytes=path.stat().st_size,
        tables=tables,
    )


def _read_table(file: "RawFile", others: list[Table], folder: Path, progress: Progress) -> Table:
    from npqstats.ingest import recognise, unpack

    with unpack.opened(file) as stream:
        columns = recognise.header(stream, file.source)
        layout = recognise.layout_of(columns, file.source)
        table = Table(source=file.source, release=file.release, dataset=layout.dataset, title=layout.title)
        table.passed_over = _why_passed_over(file, layout, others)
        if not table.passed_over:
            _ingest(file, stream, columns, layout, table, folder, progress)
    return table


def _why_passed_over(file: "RawFile", layout: "Layout", others: list[Table]) -> str:
    from npqstats.ingest import unpack

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


def _ingest(
    file: "RawFile",
    stream: "Stream",
    columns: list[str],
    layout: "Layout",
    table: Table,
    build: Path,
    progress: Progress,
) -> None:
    """Write the observations of a table into the build, and note in `table` what came of it."""
    from npqstats.ingest.batches import batches
    from npqstats.store.parts import Writer

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


def _by_release(observations: "pl.DataFrame", release: str) -> "Iterator[tuple[str, pl.DataFrame]]":
    """Split reported figures by the release that each quotes; a published file is of one release."""
    if "release" not in observations.columns:
        yield release, observations
        return
    for (quoted,), figures in sorted(observations.group_by("release"), key=lambda item: str(item[0][0])):
        yield str(quoted), figures.drop("release")


def _between_files(made: Manifest, folder: Path) -> list[dict[str, object]]:
    """Compare what several data sets of a release print of the same measure."""
    from npqstats.ingest import rules
    from npqstats.sources.catalogue import dataset_order
    from npqstats.store import parts

    order = dataset_order()
    printed_by: dict[tuple[str, str], set[str]] = {}
    for table in made.all_tables():
        for measure in table.measures:
            printed_by.setdefault((table.release, measure), set()).add(table.dataset)
    return [
        row
        for (release, measure), datasets in sorted(printed_by.items())
        if len(datasets) > 1
        for row in rules.disagreements(
            parts.scan(folder), release, measure, sorted(datasets, key=order.index)
        ).to_dicts()
    ]


def summary(built: Built, project: Project) -> list[str]:
    """Say what stands after a build: what was read, rows, releases, and what disagrees."""
    made = built.manifest
    tables = [table for table in made.all_tables() if not table.passed_over]
    did = f"Read {len(built.read)} of {len(made.files)} files" if built.did_build else "Nothing changed"
    names = sorted({table.release for table in tables})
    holds = f"{project.processed} holds {built.observations:,} observations from {len(tables)} tables"
    lines = [f"{did}: {holds} ({', '.join(names)})."]
    if disagreements := made.all_disagreements():
        first = disagreements[0]
        lines.append(
            f"{len(disagreements)} published {'figure disagrees' if len(disagreements) == 1 else 'figures disagree'} "
            f"with others, such as {first['source']}, line {first['line']}: {first['what']}. "
            "See 'npqstats list disagreements'."
        )
    return lines
