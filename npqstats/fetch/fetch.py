"""Fetches published files into data/raw/, and checks whether the service has newer ones."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from npqstats.catalogue import lock as raw_lock
from npqstats.catalogue.catalogue import catalogue
from npqstats.catalogue.lock import Lock, LockedFile
from npqstats.errors import DataError, NpqStatsError, ServiceError, UsageError
from npqstats.fetch import discover, download, files, outdated
from npqstats.fetch.client import Client, Limits
from npqstats.fetch.client import service as the_service
from npqstats.fetch.discover import Contents, Published
from npqstats.fetch.install import Action, FileResult, ReleaseResult, install, staging
from npqstats.fetch.local import is_as_locked, locked, newest_edition, target
from npqstats.fetch.outdated import Compared
from npqstats.listeners import Progress, Say, silent
from npqstats.project import Project
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
    _check_options(releases, latest=latest, every=every, source=source, release=release, frozen=frozen)
    if offline and source is None and not frozen:
        raise UsageError("Nothing can be fetched offline.", "Leave out --offline, or use it with --from or --frozen.")
    where = target(project)
    with _client(service, offline=offline, timeout=timeout, say=say) as client:
        if frozen:
            results = _frozen(client, where, progress)
            for one in results:
                on_result(one)
            return results
        if source is not None:
            with _prepared(where, say) as folder:
                delivery = files.deliver(Path(source), release, folder, progress=progress)
                result = install(where, delivery, folder, say=say)
            on_result(result)
            return [result]
        known = _known(client, say)
        wanted = _wanted(client, known, releases, where, latest=latest, every=every, say=say)
        with _prepared(where, say) as folder:
            return _from_service(client, where, folder, wanted, on_result, say, progress)


def newer(
    *,
    project: Project | str | Path | None = None,
    timeout: float | str | None = None,
    service: str | None = None,
    say: Say = silent,
) -> list[Compared]:
    """List what the service has newer than the lock, without downloading a file; changes nothing.

    Args:
        project: As for `fetch`.
        timeout: As for `fetch`.
        service: As for `fetch`.
        say: Called before each retry.

    Raises:
        ServiceError: The service does not answer, or in an unknown form.
    """
    where = target(project)
    with _client(service, offline=False, timeout=timeout, say=say) as client:
        return outdated.newer(client, locked(where))


def published(
    *releases: str,
    latest: bool = False,
    every: bool = True,
    project: Project | str | Path | None = None,
    timeout: float | str | None = None,
    service: str | None = None,
    say: Say = silent,
) -> list[Compared]:
    """Compare what the service publishes with the lock, the newest release first; changes nothing.

    Args:
        releases: Academic years of releases, such as `2024-25`; none: all of them.
        latest: The latest release only.
        every: Where no release is named, all of them; otherwise those that a plain fetch would look at.
        project: As for `fetch`.
        timeout: As for `fetch`.
        service: As for `fetch`.
        say: Called before each retry, and with what could not be read.

    Raises:
        UsageError: The service has no such release.
        ServiceError: The service does not answer, or in an unknown form.
    """
    where = target(project)
    with _client(service, offline=False, timeout=timeout, say=say) as client:
        return outdated.compare(client, locked(where), releases, latest=latest, every=every, say=say)


def _client(service: str | None, *, offline: bool, timeout: float | str | None, say: Say) -> Client:
    return Client(the_service(service), is_offline=offline, limits=Limits.of(timeout), say=say)


@contextmanager
def _prepared(project: Project, say: Say) -> Iterator[Path]:
    if not project.raw.is_dir():
        say(f"There is no data/raw here yet: fetching into {project.raw}.")
    with staging(project) as folder:
        yield folder


def _check_options(
    releases: Sequence[str],
    *,
    latest: bool,
    every: bool,
    source: str | Path | None,
    release: str | None,
    frozen: bool,
) -> None:
    asked = {
        "releases": bool(releases),
        "--latest": latest,
        "--all": every,
        "--from": source is not None,
        "--frozen": frozen,
    }
    given = [name for name, is_given in asked.items() if is_given]
    if len(given) > 1:
        raise UsageError(f"{' and '.join(given)} cannot be combined.", "Ask for one of them.")
    if release is not None and source is None:
        raise UsageError("--as goes with --from only.", "Name the release itself: npqstats fetch 2024-25.")
    if source is not None and not str(source):
        raise UsageError("--from has an empty value.", "Name a file or folder, or leave it out.")
    for name in (*releases, *([release] if release is not None else [])):
        AcademicYear.parse(name)


def _from_service(
    client: Client,
    project: Project,
    folder: Path,
    releases: list[Published],
    on_result: Callable[[ReleaseResult], object],
    say: Say,
    progress: Progress,
) -> list[ReleaseResult]:
    results: list[ReleaseResult] = []
    failed: list[NpqStatsError] = []
    for one in releases:
        inner = folder / one.name
        inner.mkdir()
        try:
            contents = _contents(client, one, say)
            delivery = download.deliver(client, contents, locked(project), inner, say=say, progress=progress)
            results.append(install(project, delivery, inner, say=say))
            on_result(results[-1])
        except NpqStatsError as error:
            failed.append(error)
    for other in failed[1:]:
        say(other.message)
    if failed:
        raise failed[0]
    return results


def _known(client: Client, say: Say) -> list[Published]:
    """List the releases, the newest first: as the service does, otherwise as the catalogue knows them."""
    try:
        return discover.releases(client)
    except ServiceError as error:
        say(f"{error.message} Using the data sets that the catalogue knows.")
        names = [name for name in reversed(catalogue().releases) if discover.fallback(name)]
        return [Published(name=name, is_listed=False) for name in names]


def _wanted(
    client: Client,
    known: list[Published],
    releases: Sequence[str],
    project: Project,
    *,
    latest: bool,
    every: bool,
    say: Say,
) -> list[Published]:
    """Choose the releases to fetch, the oldest first."""
    lock = locked(project)
    by_name = {one.name: one for one in known}
    asked = outdated.named(releases, list(by_name))
    if every:
        asked = set(by_name)
    elif not asked:
        others = [] if latest else [name for name in outdated.recent(known, lock) if name != known[0].name]
        asked = {known[0].name} | {
            name
            for name in others
            if _is_damaged(project.raw, name, lock) or _is_changed(client, by_name[name], lock, say)
        }
    return [by_name[name] for name in sorted(asked)]


def _is_damaged(raw: Path, release: str, lock: Lock) -> bool:
    """Whether a file of the newest edition of a release is not as it was fetched."""
    lines = lock.of(newest_edition(release, [], lock))
    return not all(is_as_locked(raw, line) for line in lines if line.fetched_at is not None)


def _is_changed(client: Client, release: Published, lock: Lock, say: Say) -> bool:
    """Whether the service says that a release which was fetched before has changed."""
    if not release.is_listed:
        return False
    try:
        return any(one.is_newer for one in outdated.of_release(discover.contents(client, release.name), lock))
    except ServiceError as error:
        # The latest release is fetched all the same.
        say(f"{error.message} So it is not known whether {release.name} has changed.")
        return False


def _contents(client: Client, release: Published, say: Say) -> Contents:
    """List what a release holds: as the service does, otherwise as the catalogue knows it."""
    known = discover.fallback(release.name)
    missing = "Continuing without the release notes or dates."
    try:
        if not release.is_listed and known is not None:
            return known
        return discover.contents(client, release.name, without=lambda error: say(f"{error.message} {missing}"))
    except ServiceError as error:
        if known is None:
            raise
        say(f"{error.message} Using the data sets of {release.name} that the catalogue knows.")
        return known


def _frozen(client: Client, project: Project, progress: Progress) -> list[ReleaseResult]:
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
    missing = [line for line in lock.files.values() if _is_missing(project, line)]
    for line in missing:
        if not line.id:
            raise DataError(
                f"data/raw/{line.name} is missing, and its address is not known.",
                "Restore it from version control or from its source.",
            )
    if missing:
        with staging(project) as folder:
            fetched = [(line.name, _same(client, line, folder / str(n), progress)) for n, line in enumerate(missing)]
            for name, path in fetched:
                place = project.raw / name
                place.parent.mkdir(parents=True, exist_ok=True)
                path.replace(place)
                fsync(place.parent)
    return [
        ReleaseResult(
            release=line.release,
            edition=line.release,
            files=(FileResult(name=line.name, action=Action.REFETCH, rows=line.rows or 0),),
        )
        for line in missing
    ]


def _is_missing(project: Project, line: LockedFile) -> bool:
    if not (project.raw / line.name).is_file():
        return True
    if not is_as_locked(project.raw, line):
        raise DataError(
            f"data/raw/{line.name} differs from data/raw/{raw_lock.NAME}: the hash is another.",
            "Restore it from version control, or remove it to have it fetched again.",
        )
    return False


def _same(client: Client, line: LockedFile, path: Path, progress: Progress) -> Path:
    got = client.download(client.service.csv(line.id), path, progress=progress)
    if got.sha256 != line.sha256:
        raise ServiceError(
            f"data/raw/{line.name}: the service now has other bytes than data/raw/{raw_lock.NAME}.",
            "Its release was corrected since, and the service keeps the newest only: restore it from version control."
            if line.fetched_at
            else "It was never fetched: restore it from version control.",
        )
    return path
