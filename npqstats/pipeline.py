"""The order of the steps from data/raw/ to observations; the only place that knows it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from npqstats.errors import DataError
from npqstats.listeners import Progress, Say, silent
from npqstats.project import Project, find
from npqstats.sources.names import SURVEY
from npqstats.store import manifest, state, swap
from npqstats.store.manifest import Manifest


@dataclass(frozen=True)
class Built:
    """What a build came to."""

    project: Project
    manifest: Manifest
    did_build: bool
    read: list[str] = field(default_factory=list)
    """The raw files that were read again."""

    @property
    def observations(self) -> int:
        """How many observations stand."""
        return sum(table.observations for table in self.manifest.all_tables())


def build(project: Project | Path | str | None = None, *, say: Say = silent, progress: Progress = silent) -> Built:
    """Bring the observations up to date with data/raw/.

    Args:
        project: A project, its folder, or None to find it.
        say: Told of waiting for another build and of files passed over.
        progress: Told how far the reading is.

    Returns:
        What stands now. When nothing changed, nothing is done.

    Raises:
        DataError: A raw file does not fit, or something cannot be read or written; what stood before still stands.
    """
    from npqstats.ingest.paths import raw_paths

    project = project if isinstance(project, Project) else find(project)
    paths = raw_paths(project.raw)
    if not paths:
        raise DataError(
            f"There is no published file in {project.raw}.",
            "Put the CSV files of a release in a folder named for it, such as data/raw/2024-25/.",
        )
    with _disk_errors(project):
        now = state.state(project, paths)
        if now.is_current and now.built is not None:
            return Built(project, now.built, did_build=False)
        wait = "Another build is at work here; waiting for it."
        with swap.exclusive(project, on_wait=lambda: say(wait)):
            seen = state.glances(project, paths)
            now = state.state(project, paths)
            if now.is_current and now.built is not None:
                return Built(project, now.built, did_build=False)
            with swap.new_build(project) as folder:
                built = _make(project, paths, now, folder, say, progress)
                built.manifest.write(folder)
            state.remember(project, seen)
    return built


def ready(project: Project | Path | str | None = None, *, say: Say = silent, progress: Progress = silent) -> Project:
    """Find the project with its observations up to date, saying so if there was anything to do.

    Args:
        project: A project, its folder, or None to find it.
        say: Told what was built.
        progress: Told how far the reading is.
    """
    built = build(project, say=say, progress=progress)
    found = built.project
    if built.did_build and not found.is_bundled:
        files = len(built.manifest.files)
        made = f"Built {found.processed} from {files} file{'s' * (files > 1)}"
        say(f"{made}: {built.observations:,} observations.")
    return found


@contextmanager
def _disk_errors(project: Project) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        place = Path(str(error.filename or project.processed))
        if place.is_relative_to(project.raw):
            from npqstats.ingest.unpack import unreadable

            raise unreadable(place.relative_to(project.raw).as_posix(), error) from error
        raise DataError(
            f"{place} cannot be read or written: {error.strerror or error}.",
            "What stood before still stands. Make room or give leave to write, then run it again.",
        ) from error


def _make(project: Project, paths: list[Path], now: state.State, folder: Path, say: Say, progress: Progress) -> Built:
    from npqstats import intake

    made = Manifest(recipe=manifest.recipe())
    read = []
    for path in paths:
        name = path.relative_to(project.raw).as_posix()
        kept = now.built.files[name] if now.built is not None and name in now.unchanged else None
        if kept is not None and not intake.rests_on_others(kept, made.all_tables()):
            made.files[name] = kept
            for part in (part for table in made.files[name].tables for part in table.parts):
                swap.reuse(part, state.link(project), folder)
        else:
            read.append(name)
            made.files[name] = intake.taken_in(project.raw, path, made.all_tables(), folder, progress)
            for table in made.files[name].tables:
                if table.passed_over and table.dataset != SURVEY:
                    say(f"Passed over data/raw/{table.source}: {table.passed_over}.")
    made.disagreements = _between_files(made, folder)
    return Built(project, made, did_build=True, read=read)


def _between_files(made: Manifest, folder: Path) -> list[dict[str, object]]:
    """Compare what several data sets of a release print of the same measure."""
    from npqstats.ingest.agreement import disagreements
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
        for row in disagreements(parts.scan(folder), release, measure, sorted(datasets, key=order.index)).to_dicts()
    ]
