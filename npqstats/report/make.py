"""The order of the steps from observations to a report that stands; the only place that knows it."""

import shlex
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from npqstats.catalogue.catalogue import release as known_release
from npqstats.catalogue.catalogue import release_in
from npqstats.catalogue.names import NO_RELEASE, REPORTED
from npqstats.errors import UsageError
from npqstats.listeners import Progress, Say, silent
from npqstats.project import Project, locate
from npqstats.report import folder as folders
from npqstats.report import state
from npqstats.store import manifest
from npqstats.store.build import ready
from npqstats.store.state import link
from npqstats.vocabulary.names import slug

if TYPE_CHECKING:
    from npqstats.analysis.places import Place


@dataclass(frozen=True)
class Written:
    """What a call came to."""

    folder: Path
    did_write: bool
    reasons: list[str] = field(default_factory=list)
    """What was out of date; none where nothing was."""
    files: list[str] = field(default_factory=list)
    """Every file of the report, by its path within the folder."""


def report(
    release: str | None = None,
    *,
    area: str | None = None,
    out: Path | str | None = None,
    check: bool = False,
    project: Project | Path | str | None = None,
    say: Say = silent,
    progress: Progress = silent,
) -> Written:
    """Write the report of a release, unless what stands is up to date.

    Args:
        release: The edition; None: the newest at hand.
        area: A region or local authority, by name or code; None: England.
        out: Folder of the report; None: `reports/<release>` beside `data/`.
        check: Only say what is out of date.
        project: Where the data are; none: found as `npqstats.project.locate` does.
        say: Told of what is built first.
        progress: Told how many charts are drawn, and of how many.

    Returns:
        Where the report stands and what was out of date.

    Raises:
        UsageError: There is no such release or area, or the folder holds other files.
        DataError: The data do not fit, or the folder cannot be written; what stood before still stands.
    """
    named = _named(release) if release is not None else None
    found = project if isinstance(project, Project) else locate(project)
    if not check or area:
        found = ready(found, say=say)
    name = _here(found, named) if named else _newest(found)
    place = _place(found, area) if area else None
    folder = Path(out) if out is not None else _home(found) / "-".join([name, *([slug(place.name)] if place else [])])
    command = shlex.join(["npqstats", "report", name, *(["--area", place.code] if place else [])])
    stands = _standing(folder, found, command)
    if check or not stands.reasons:
        return stands
    with _exclusive(found, say):
        stands = _standing(folder, found, command)  # Another report may have been written meanwhile.
        if not stands.reasons:
            return stands
        folders.check(folder, _files(folder))
        files = _write(found, name, place, folder, command, progress)
    return Written(folder, did_write=True, reasons=stands.reasons, files=files)


def _standing(folder: Path, project: Project, command: str) -> Written:
    made = state.read(folder)
    reasons = state.stale(folder, project, command)
    return Written(folder, did_write=False, reasons=reasons, files=list(made.outputs) if made else [])


def _files(folder: Path) -> set[str]:
    """Name the files of the report that stands in a folder, if one does."""
    made = state.read(folder)
    return {state.NAME, *made.outputs} if made else set()


def _write(
    project: Project, release: str, place: "Place | None", folder: Path, command: str, progress: Progress
) -> list[str]:
    from npqstats.report.assemble import assemble
    from npqstats.report.outputs import outputs

    inputs = state.rested_on(project)
    contents = outputs(assemble(project, release, place), lambda done, of: progress("charts", done, of))
    made = state.Manifest(command=command, recipe=state.recipe(), inputs=inputs, outputs=state.hashed(contents))
    folders.write(folder, {**contents, state.NAME: made.text()})
    return list(made.outputs)


@contextmanager
def _exclusive(project: Project, say: Say) -> Iterator[None]:
    """Let one process write reports of a project at a time; where nothing can be written, there is nothing to lock."""
    from filelock import FileLock, Timeout

    lock = FileLock(project.processed / ".report.lock")
    with suppress(OSError):
        try:
            lock.acquire(timeout=0)
        except Timeout:
            say("Another report is being written here; waiting for it.")
            lock.acquire()
    try:
        yield
    finally:
        lock.release()


def _named(release: str) -> str:
    """Read the name of a release, which will be that of a folder."""
    name = release.strip().replace("/", "-")
    if release_in(name) != name:
        raise UsageError(f"{release!r} is not the name of a release.", "Write it as 2024-25.")
    return name


def _here(project: Project, name: str) -> str:
    """Check that there are figures of a release, as far as that is known without reading any."""
    built = manifest.read(link(project))
    tables = built.all_tables() if built else []
    known = {part.partition("/")[0].removeprefix("release=") for table in tables for part in table.parts}
    known |= {path.name for path in project.raw.iterdir() if path.is_dir() and release_in(path.name)}
    if built and name not in known:
        editions = sorted(map(known_release, known - {NO_RELEASE}), key=lambda edition: edition.order, reverse=True)
        here = ", ".join(edition.name for edition in editions)
        raise UsageError(f"There is no release {name!r} here.", f"Releases here: {here}.")
    return name


def _home(project: Project) -> Path:
    """The folder of all reports: beside data/, or here where the rows come with the program."""
    return Path("reports") if project.is_bundled else project.raw.parents[1] / "reports"


def _newest(project: Project) -> str:
    """Find the newest release at hand without reading any figure."""
    built = manifest.read(link(project))
    names = {table.release for table in built.all_tables() if not table.passed_over} if built else set()
    names |= {path.name for path in project.raw.iterdir() if path.is_dir()} if built is None else set()
    editions = [known_release(name) for name in names - {REPORTED, NO_RELEASE}]
    if not editions:
        raise UsageError("There are no figures of any release here.", "See 'npqstats list releases'.")
    return max(editions, key=lambda edition: edition.order).name


def _place(project: Project, area: str) -> "Place | None":
    from npqstats.analysis.places import place
    from npqstats.vocabulary.areas import ENGLAND

    found = place(project, area)
    return None if found.code == ENGLAND[0] else found
