"""The order of the steps from data/raw/ to observations; the only place that knows it."""

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from npqstats.catalogue import lock
from npqstats.catalogue.catalogue import SURVEY
from npqstats.errors import DataError, UsageError
from npqstats.ingest.raw import unreadable
from npqstats.listeners import Progress, Say, silent
from npqstats.project import Project, locate
from npqstats.store import atomic, locked
from npqstats.store.manifest import Manifest
from npqstats.store.snapshot import snapshot


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
        """How many observations there are."""
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
        project: A project, its folder, or None to locate it.
        accept: Take the files as they are, and renew the lock.
        frozen: Refuse any file that the lock does not name as well.
        say: Called with what a user should know: another build is waited for, files are passed over or have no line in
            the lock, courses are not known.
        progress: Called with the source, the bytes read and its size.

    Returns:
        The current build. When nothing changed, nothing is done.

    Raises:
        DataError: A raw file does not fit or is not what the lock says, or something cannot be read or written; the
            build before is kept.
        UsageError: Files are to be both accepted and frozen, or the rows that come with the program accepted.
    """
    project = project if isinstance(project, Project) else locate(project)
    _check_asked(project, accept=accept, frozen=frozen)
    with _disk_errors(project):
        now, held = snapshot(project), lock.load(project.raw)
        if not now.hashes:
            raise _nothing_there(project, now.unread)
        if now.is_current and not accept and not locked.refusal(held, now.hashes, is_frozen=frozen):
            return Built(project, now.built, did_build=False)
        with exclusive(project, say):
            now, held = snapshot(project), lock.load(project.raw)
            if not accept and (refused := locked.refusal(held, now.hashes, is_frozen=frozen)):
                raise refused
            if now.is_current:
                built = Built(project, now.built, did_build=False)
            else:
                with _new_build(project) as folder:
                    from npqstats.store.convert import convert

                    made, read = convert(project, now, folder, held, progress)
                    made.write(folder)
                built = Built(project, made, did_build=True, read=read)
            if accept:
                renewed = lock.text(locked.accepted(held, built.manifest))
                atomic.write_files({project.raw / lock.NAME: renewed.encode()}, is_durable=True)
    if built.did_build:
        for sentence in _notices(built, now.unread):
            say(sentence)
    if held is not None and not accept:
        for name in (name for name in built.read if name not in held.files):
            say(f"data/raw/{name} has no line in {lock.NAME}: taken as it is. 'npqstats build --accept' gives it one.")
    return built


@contextmanager
def exclusive(project: Project, say: Say) -> Iterator[None]:
    """Hold the lock of the builds of a project; `say` is called if another process holds it."""
    wait = "Another build is at work here; waiting for it."
    with atomic.file_lock(project.processed / ".lock", on_wait=lambda: say(wait)):
        yield


def _notices(built: Built, others: Mapping[str, str]) -> Iterator[str]:
    """Say what of data/raw/ was passed over, and which courses are not known."""
    tables = [table for name in built.read for table in built.manifest.files[name].tables]
    for table in tables:
        if table.passed_over and table.dataset != SURVEY:
            yield f"Passed over data/raw/{table.source}: {table.passed_over}."
    for name, why in others.items():
        yield f"Passed over data/raw/{name}: {why}."
    for table in tables:
        for label, line in table.unknown_courses:
            yield (
                f"data/raw/{table.source}:{line}: {label!r} looks like a course and is not known; "
                "it is kept under its own label."
            )


def _check_asked(project: Project, *, accept: bool, frozen: bool) -> None:
    if accept and frozen:
        raise UsageError("Files cannot be both accepted and frozen.", "Leave out --accept or --frozen.")
    if accept and project.is_bundled:
        raise UsageError(
            "There is no data/raw here, and the lock of the rows that come with the program is never renewed.",
            "Name the folder that holds data/raw/ with --project.",
        )


def _nothing_there(project: Project, others: Mapping[str, str]) -> DataError:
    hint = (
        "Run 'npqstats fetch', or put the CSV files of a release in a folder named for it, such as data/raw/2024-25/."
    )
    if lock.held(project.raw).files:
        hint = f"'npqstats fetch --frozen' brings the files that {lock.NAME} names."
    found = "".join(f" {name}: {why}." for name, why in list(others.items())[:3])
    return DataError(f"There is no published file in {project.raw}.{found}", hint)


def ready(project: Project | Path | str | None = None, *, say: Say = silent, progress: Progress = silent) -> Project:
    """Locate the project with its observations up to date, saying so if there was anything to do.

    Args:
        project: A project, its folder, or None to locate it.
        say: Called with what was built.
        progress: Called with the source, the bytes read and its size.
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
        path = Path(str(error.filename or project.processed))
        if path.is_relative_to(project.raw):
            raise unreadable(path.relative_to(project.raw).as_posix(), error) from error
        raise atomic.disk_error(error, path) from error


_BUILDS = ".builds"


@contextmanager
def _new_build(project: Project) -> Iterator[Path]:
    """Make an empty folder that becomes the current build at the end of the block.

    If the block raises, or the process is killed, the build before stays; what killed builds left is removed by the
    next one.
    """
    builds = project.processed / _BUILDS
    builds.mkdir(exist_ok=True)
    current = project.observations
    _sweep(builds, keep=current.resolve())
    folder = Path(tempfile.mkdtemp(dir=builds))
    folder.chmod(0o755)
    try:
        yield folder
        atomic.point(current, folder)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    _sweep(builds, keep=folder)


def _sweep(builds: Path, keep: Path) -> None:
    for folder in builds.iterdir():
        if folder.resolve() != keep.resolve():
            shutil.rmtree(folder, ignore_errors=True)
