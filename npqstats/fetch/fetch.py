"""Fetches published files into data/raw/: from the service, from a person's downloads, or as the lock names them."""

from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import closing
from pathlib import Path

from npqstats.catalogue.catalogue import catalogue
from npqstats.catalogue.lock import Lock, held
from npqstats.errors import NpqStatsError, ServiceError, UsageError
from npqstats.fetch import delivery, discover, downloads, outdated
from npqstats.fetch.client import Client, service
from npqstats.fetch.discover import Contents
from npqstats.fetch.frozen import frozen_files, is_as_locked
from npqstats.fetch.install import ReleaseResult, install, staging
from npqstats.listeners import Progress, Say, silent
from npqstats.project import Project, target
from npqstats.vocabulary.periods import AcademicYear

_GROUPS = (
    ("releases", "--latest", "--all", "--from", "--frozen", "--check"),
    ("--list", "--dry-run", "--check", "--from", "--frozen"),
    ("--from", "--timeout"),
    ("--offline", "--timeout"),
)
"""Options of which one may be given: others would contradict it, or have no effect."""
_NEEDS = {
    "--as": ("--from",),
    "--offline": ("--from", "--frozen"),
    "--format": ("--list", "--dry-run", "--check"),
}


def fetch(
    *releases: str,
    latest: bool = False,
    every: bool = False,
    source: str | Path | None = None,
    release: str | None = None,
    frozen: bool = False,
    offline: bool = False,
    timeout: float | str | None = None,
    project: Project | str | Path | None = None,
    on_result: Callable[[ReleaseResult], object] = silent,
    say: Say = silent,
    progress: Progress = silent,
) -> list[ReleaseResult]:
    """Fetch published files into data/raw/, check each, and write them into the lock.

    Args:
        releases: Academic years of releases, such as `2024-25`; none: the latest, and those fetched before that the
            service has changed since or whose files differ from the lock.
        latest: Fetch the latest release only.
        every: Fetch all releases that the service has.
        source: A file or folder that a person downloaded, instead of the service.
        release: The release of `source`, where neither data guidance nor name says it.
        frozen: Fetch exactly the files that the lock names and data/raw/ lacks; the lock is not written.
        offline: Open no connection.
        timeout: Seconds for one question to the service, with all its retries.
        project: A project or its folder; None: as `npqstats.find` does, otherwise the current folder. Created if
            necessary.
        on_result: Called with each release as soon as it is installed.
        say: Called with a sentence about anything else worth knowing.
        progress: Called with title, bytes and size during a download.

    Returns:
        What was done with each release.

    Raises:
        UsageError: There is no such release or file, or the options contradict each other.
        DataError: A file does not fit, or cannot be written. Its release is unchanged; others may be installed.
        ServiceError: The service does not answer, or with something else than it should.
    """
    what = {"releases": releases, "--latest": latest, "--all": every, "--from": source, "--as": release}
    check_options(what | {"--frozen": frozen, "--offline": offline})
    for name in (*releases, *([release] if release else [])):
        AcademicYear.parse(name)
    where = target(project)
    results = []
    with Client(service(), is_offline=offline, timeout=timeout, say=say) as client:
        if frozen:
            found = frozen_files(client, where, progress)
        elif source is not None:
            found = _from_files(where, Path(source), release, say)
        else:
            known = _known(client, say)
            wanted = _wanted(client, known, releases, where.raw, latest=latest, every=every, say=say)
            found = _from_service(client, where, wanted, say, progress)
        with closing(found):
            for one in found:
                results.append(one)
                on_result(one)
    return results


def check_options(values: Mapping[str, object]) -> None:
    """Refuse options that contradict each other or would have no effect.

    Args:
        values: What is asked for, by option; None, False or nothing where it is not given.

    Raises:
        UsageError: Two of them contradict each other, one has no effect, or one has an empty value.
    """
    for name, value in values.items():
        if value == "" or (isinstance(value, (list, tuple)) and "" in value):
            raise UsageError(f"{name} has an empty value.", "Give it a value, or leave it out.")
    given = [name for name, value in values.items() if value]
    for group in _GROUPS:
        if len(several := [name for name in given if name in group]) > 1:
            raise UsageError(f"{' and '.join(several)} cannot be combined.", "Leave out one of them.")
    for name, needed in _NEEDS.items():
        if name in given and not any(other in given for other in needed):
            raise UsageError(f"{name} goes with {' or '.join(needed)} only.", "Leave it out, or add one of them.")


def _from_files(project: Project, source: Path, release: str | None, say: Say) -> Generator[ReleaseResult]:
    with staging(project, say) as folder:
        yield install(project, downloads.from_files(source, release, folder), folder, say=say)


def _from_service(
    client: Client, project: Project, wanted: Mapping[str, Contents | None], say: Say, progress: Progress
) -> Generator[ReleaseResult]:
    failed: list[NpqStatsError] = []
    with staging(project, say) as folder:
        for name, known in wanted.items():
            inner = folder / name
            inner.mkdir()
            try:
                contents = known or _contents(client, name, say)
                delivered = delivery.from_service(
                    client, contents, held(project.raw), inner, say=say, progress=progress
                )
                result = install(project, delivered, inner, say=say)
            except NpqStatsError as error:
                failed.append(error)  # The other releases do not depend on it.
                continue
            yield result
    for other in failed[1:]:
        say(other.message)
    if failed:
        raise failed[0]


def _known(client: Client, say: Say) -> dict[str, Contents | None]:
    """List the releases, the latest first; with their contents where the catalogue has to do for the service."""
    try:
        return dict.fromkeys(discover.releases(client))
    except ServiceError as error:
        say(f"{error.message} Using the data sets that the catalogue knows.")
        return {name: known for name in reversed(catalogue().releases) if (known := discover.fallback(name))}


def _wanted(
    client: Client,
    known: Mapping[str, Contents | None],
    releases: Sequence[str],
    raw: Path,
    *,
    latest: bool,
    every: bool,
    say: Say,
) -> dict[str, Contents | None]:
    """Choose the releases to fetch, the oldest first."""
    lock = held(raw)
    names = outdated.selected(list(known), releases, lock, latest=latest, every=every)
    if not (every or releases or latest):
        newest, *others = names
        damaged = {name for name in others if _is_damaged(raw, name, lock)}
        listed = [name for name in others if name not in damaged and known[name] is None]
        names = [newest, *damaged, *(name for name in listed if _is_changed(client, name, lock, say))]
    return {name: known[name] for name in sorted(names)}


def _is_damaged(raw: Path, release: str, lock: Lock) -> bool:
    """Whether a file of the newest edition of a release is not as it was fetched."""
    lines = lock.of(lock.newest(release))
    return not all(is_as_locked(raw, line) for line in lines if line.fetched_at is not None)


def _is_changed(client: Client, release: str, lock: Lock, say: Say) -> bool:
    """Whether the service says that a release which was fetched before has changed."""
    try:
        return any(one.is_newer for one in outdated.of_release(discover.contents(client, release), lock))
    except ServiceError as error:
        # The latest release is fetched all the same.
        say(f"{error.message} So it is not known whether {release} has changed.")
        return False


def _contents(client: Client, release: str, say: Say) -> Contents:
    """List what a release holds: as the service does, otherwise as the catalogue knows it."""
    missing = "Continuing without the release notes or dates."
    try:
        return discover.contents(client, release, without=lambda error: say(f"{error.message} {missing}"))
    except ServiceError as error:
        if (known := discover.fallback(release)) is None:
            raise
        say(f"{error.message} Using the data sets of {release} that the catalogue knows.")
        return known
