"""Fetches published files into data/raw/: from the service, from a person's downloads, or as the lock names them."""

from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import closing
from pathlib import Path

from npqstats.catalogue import lock as raw_lock
from npqstats.catalogue.catalogue import catalogue
from npqstats.catalogue.lock import Lock, LockedFile, held
from npqstats.errors import DataError, NpqStatsError, ServiceError
from npqstats.fetch import delivery, discover, downloads, outdated
from npqstats.fetch.client import Client
from npqstats.fetch.client import service as the_service
from npqstats.fetch.decide import Action
from npqstats.fetch.discover import Contents
from npqstats.fetch.install import FileResult, ReleaseResult, install, staging
from npqstats.fetch.options import check_options
from npqstats.listeners import Progress, Say, silent
from npqstats.project import Project, target
from npqstats.store import manifest
from npqstats.store.atomic import fsync
from npqstats.vocabulary.periods import AcademicYear


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
    service: str | None = None,
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
        service: The address of a stub on this machine, instead of DfE's service.
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
    with Client(the_service(service), is_offline=offline, timeout=timeout, say=say) as client:
        if frozen:
            found = _frozen(client, where, progress)
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


def _from_files(project: Project, source: Path, release: str | None, say: Say) -> Generator[ReleaseResult]:
    with staging(project, say) as folder:
        yield install(project, downloads.deliver(source, release, folder), folder, say=say)


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
                delivered = delivery.deliver(client, contents, held(project.raw), inner, say=say, progress=progress)
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
    names, lock = list(known), held(raw)
    asked = set(names) if every else outdated.named(releases, names) or {names[0]}
    if not (every or releases or latest):
        others = set(outdated.recent(names, lock)) - asked
        asked |= {name for name in others if _is_damaged(raw, name, lock)}
        asked |= {name for name in others - asked if known[name] is None and _is_changed(client, name, lock, say)}
    return {name: known[name] for name in sorted(asked)}


def _is_damaged(raw: Path, release: str, lock: Lock) -> bool:
    """Whether a file of the newest edition of a release is not as it was fetched."""
    lines = lock.of(lock.newest(release))
    return not all(_is_as_locked(raw, line) for line in lines if line.fetched_at is not None)


def _is_as_locked(raw: Path, line: LockedFile) -> bool:
    """Whether the file of a line exists and has its size and hash."""
    path = raw / line.name
    return path.is_file() and path.stat().st_size == line.bytes and manifest.sha256(path) == line.sha256


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


def _frozen(client: Client, project: Project, progress: Progress) -> Generator[ReleaseResult]:
    """Fetch the files that the lock names and data/raw/ lacks: the same bytes or nothing.

    Raises:
        DataError: There is no lock, a file differs from its line, or one is missing that has no address.
        ServiceError: The service does not answer, or with other bytes than the lock has.
    """
    lock = raw_lock.load(project.raw)
    if lock is None:
        raise DataError(
            f"There is no data/raw/{raw_lock.NAME} in {project.raw.parents[1]}.",
            "Run 'npqstats fetch' once without --frozen, and commit the lock with the files.",
        )
    missing = [line for line in lock.files.values() if _is_missing(project.raw, line)]
    if missing:
        with staging(project) as folder:
            for number, line in enumerate(missing):
                _download_again(client, line, folder / str(number), progress)
            for number, line in enumerate(missing):
                path = project.raw / line.name
                path.parent.mkdir(parents=True, exist_ok=True)
                (folder / str(number)).replace(path)
                fsync(path.parent)
    for line in missing:
        done = FileResult(action=Action.REFETCH, line=line)
        yield ReleaseResult(release=line.release, edition=line.release, files=(done,))


def _is_missing(raw: Path, line: LockedFile) -> bool:
    if (raw / line.name).is_file():
        if not _is_as_locked(raw, line):
            raise DataError(
                f"data/raw/{line.name} differs from data/raw/{raw_lock.NAME}: the hash is another.",
                "Restore it from version control, or remove it to have it fetched again.",
            )
        return False
    if not line.id:
        raise DataError(
            f"data/raw/{line.name} is missing, and its address is not known.",
            "Restore it from version control or from its source.",
        )
    return True


def _download_again(client: Client, line: LockedFile, path: Path, progress: Progress) -> None:
    client.download(client.service.csv(line.id), path, progress=progress)
    if manifest.sha256(path) != line.sha256:
        raise ServiceError(
            f"data/raw/{line.name}: the service now has other bytes than data/raw/{raw_lock.NAME}.",
            "Its release was corrected since, and the service keeps the newest only: restore it from version control."
            if line.fetched_at
            else "It was never fetched: restore it from version control.",
        )
