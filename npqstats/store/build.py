"""The order of the steps from data/raw/ to observations; the only place that knows it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from npqstats.catalogue import lock
from npqstats.catalogue.names import SURVEY
from npqstats.errors import DataError, UsageError
from npqstats.listeners import Progress, Say, silent
from npqstats.project import Project, find
from npqstats.store import locked, manifest, state, swap
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


def build(
    project: Project | Path | str | None = None,
    *,
    accept: bool = False,
    frozen: bool = False,
    say: Say = silent,
    progress: Progress = silent,
) -> Built:
    """Bring the observations up to date with data/raw/.

    Args:
        project: A project, its folder, or None to find it.
        accept: Take the files as they are, and renew the lock.
        frozen: Refuse any file that the lock does not name as well.
        say: Told of waiting for another build, of files passed over, and of files without a line in the lock.
        progress: Told how far the reading is.

    Returns:
        What stands now. When nothing changed, nothing is done.

    Raises:
        DataError: A raw file does not fit or is not what the lock says, or something cannot be read or written; what
            stood before still stands.
        UsageError: Files are to be both accepted and frozen, or the rows that come with the program accepted.
    """
    from npqstats.ingest.paths import raw_paths

    project = project if isinstance(project, Project) else find(project)
    _check_asked(project, accept=accept, frozen=frozen)
    paths = raw_paths(project.raw)
    with _disk_errors(project):
        if not paths:
            raise _nothing_there(project)
        now = state.state(project, paths)
        if now.is_current and now.built is not None and not accept:
            hashes = {name: file.sha256 for name, file in now.built.files.items()}
            if locked.holds(lock.load(project.raw), hashes, is_frozen=frozen):
                return Built(project, now.built, did_build=False)
        wait = "Another build is at work here; waiting for it."
        with swap.exclusive(project, on_wait=lambda: say(wait)):
            seen = state.glances(project, paths)
            now = state.state(project, paths)
            held = lock.load(project.raw)
            if not accept:
                locked.check(held, state.hashes(project, paths, now, held), is_frozen=frozen)
            if now.is_current and now.built is not None:
                built = Built(project, now.built, did_build=False)
            else:
                with swap.new_build(project) as folder:
                    built = _make(project, paths, now, folder, say, progress)
                    built.manifest.write(folder)
                state.remember(project, seen)
            if accept:
                lock.write(project.raw, locked.accepted(held, built.manifest))
    if held is not None and not accept:
        for name in (name for name in built.read if name not in held.files):
            say(f"data/raw/{name} has no line in {lock.NAME}: taken as it is. 'npqstats build --accept' gives it one.")
    return built


def _check_asked(project: Project, *, accept: bool, frozen: bool) -> None:
    if accept and frozen:
        raise UsageError("Files cannot be both accepted and frozen.", "Leave out --accept or --frozen.")
    if accept and project.is_bundled:
        raise UsageError(
            "There is no data/raw here, and the lock of the rows that come with the program is never renewed.",
            "Name the folder that holds data/raw/ with --project.",
        )


def _nothing_there(project: Project) -> DataError:
    hint = (
        "Run 'npqstats fetch', or put the CSV files of a release in a folder named for it, such as data/raw/2024-25/."
    )
    if lock.read(project.raw):
        hint = f"'npqstats fetch --frozen' brings the files that {lock.NAME} names."
    return DataError(f"There is no published file in {project.raw}.", hint)


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
    from npqstats.store import intake

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
    from npqstats.catalogue.catalogue import dataset_order
    from npqstats.ingest.agreement import disagreements
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
