"""Bringing published files into data/raw/: which releases, from where, one after the other."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from npqstats.catalogue.catalogue import catalogue
from npqstats.catalogue.lock import Lock
from npqstats.errors import NpqStatsError, ServiceError, UsageError
from npqstats.fetch.ask import connected
from npqstats.fetch.bring import bring
from npqstats.fetch.frozen import frozen as bring_again
from npqstats.fetch.here import is_as_locked, newest_edition
from npqstats.fetch.land import land
from npqstats.fetch.landed import Landed
from npqstats.fetch.newer import compared, named, worth_a_look
from npqstats.fetch.service import discovery
from npqstats.fetch.service.client import Client
from npqstats.fetch.service.discovery import Contents, Published
from npqstats.fetch.staging import staging
from npqstats.fetch.taken import taken
from npqstats.fetch.target import locked, target
from npqstats.listeners import Progress, Say, silent
from npqstats.project import Project
from npqstats.vocabulary.periods import AcademicYear


def fetch(
    *releases: str,
    latest: bool = False,
    every: bool = False,
    source: str | Path | None = None,
    release: str | None = None,
    from_api: bool = False,
    frozen: bool = False,
    offline: bool = False,
    timeout: float | str | None = None,
    project: Project | str | Path | None = None,
    service: str | None = None,
    on_landed: Callable[[Landed], object] = silent,
    say: Say = silent,
    progress: Progress = silent,
) -> list[Landed]:
    """Bring published files into data/raw/, each checked and written into the lock.

    Args:
        releases: Academic years of releases, such as `2024-25`; none: the latest, and those fetched before that the
            service says were changed since, or whose files are not as they were fetched.
        latest: Bring the latest alone.
        every: Bring all releases that the service has.
        source: A file or folder that a person downloaded, in place of the service.
        release: The release that `source` is of, where neither data guidance nor name says it.
        from_api: Take data sets from the public API where they are in it.
        frozen: Bring just what the lock names and data/raw/ lacks, to the byte; write no line.
        offline: Open no connection.
        timeout: Seconds for one question to the service, with all its repetitions.
        project: A project or its folder; None: as `npqstats.find` does, else the current folder. Made if need be.
        service: The address of a stub on this machine, in place of DfE's service.
        on_landed: Told of each release that has landed, at once.
        say: Told in sentences of all else.
        progress: Told how far a download is.

    Returns:
        What became of each release.

    Raises:
        UsageError: There is no such release or file, or the options contradict each other.
        DataError: A file does not fit, or cannot be written. Its release is then as it was; others have landed.
        ServiceError: The service cannot be reached, or does not give what it should.
    """
    _check_asked(releases, latest=latest, every=every, source=source, release=release, from_api=from_api, frozen=frozen)
    where = target(project)
    with connected(service, offline=offline, timeout=timeout, say=say) as client:
        if frozen:
            landed = bring_again(client, where, progress=progress)
            for one in landed:
                on_landed(one)
            return landed
        if source is not None:
            with _made(where, say) as folder:
                landed = [land(where, taken(Path(source), release, folder, progress=progress), folder, say=say)]
            on_landed(landed[0])
            return landed
        known = _known(client, say)
        wanted = _wanted(client, known, releases, locked(where), where.raw, latest=latest, every=every, say=say)
        with _made(where, say) as folder:
            return _from_service(client, where, folder, wanted, from_api, on_landed, say, progress)


@contextmanager
def _made(project: Project, say: Say) -> Iterator[Path]:
    """Give the hidden folder of a project, whose data/raw/ is made if need be."""
    if not project.raw.is_dir():
        say(f"There is no data/raw here yet: {project.raw} is made.")
    with staging(project) as folder:
        yield folder


def _check_asked(
    releases: Sequence[str],
    *,
    latest: bool,
    every: bool,
    source: str | Path | None,
    release: str | None,
    from_api: bool,
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
        raise UsageError(f"{' and '.join(given)} cannot be asked for together.", "Ask for one of them.")
    if release and source is None:
        raise UsageError("--as goes with --from alone.", "Name the release itself: npqstats fetch 2024-25.")
    if from_api and (frozen or source is not None):
        raise UsageError("--from-api goes with releases alone.", "Leave it out.")
    for name in (*releases, *([release] if release else [])):
        AcademicYear.parse(name)


def _from_service(
    client: Client,
    project: Project,
    folder: Path,
    releases: list[Published],
    from_api: bool,
    on_landed: Callable[[Landed], object],
    say: Say,
    progress: Progress,
) -> list[Landed]:
    landed: list[Landed] = []
    failed: list[NpqStatsError] = []
    for published in releases:
        inner = folder / published.name
        inner.mkdir()
        try:
            contents = _contents(client, published, say)
            lock = locked(project)
            arrived = bring(client, project, contents, lock, inner, from_api=from_api, say=say, progress=progress)
            landed.append(land(project, arrived, inner, say=say))
            on_landed(landed[-1])
        except NpqStatsError as error:
            failed.append(error)
    for other in failed[1:]:
        say(other.message)
    if failed:
        raise failed[0]
    return landed


def _known(client: Client, say: Say) -> list[Published]:
    """List the releases, the newest first: as the service does, else as the catalogue knows."""
    try:
        return discovery.releases(client)
    except ServiceError as error:
        if client.is_offline:
            raise
        say(f"{error.message} Going by the data sets that the catalogue knows.")
        names = [name for name in reversed(catalogue().releases) if discovery.fallback(name)]
        return [Published(name=name, is_listed=False) for name in names]


def _wanted(
    client: Client,
    published: list[Published],
    releases: Sequence[str],
    lock: Lock,
    raw: Path,
    *,
    latest: bool,
    every: bool,
    say: Say,
) -> list[Published]:
    """Settle which releases to bring, the oldest first."""
    known = {one.name: one for one in published}
    asked = named(releases, list(known))
    if every:
        asked = set(known)
    elif not asked:
        others = [] if latest else [name for name in worth_a_look(published, lock) if name != published[0].name]
        asked = {published[0].name}
        asked |= {name for name in others if _is_spoilt(raw, name, lock) or _is_changed(client, known[name], lock, say)}
    return [known[name] for name in sorted(asked)]


def _is_spoilt(raw: Path, release: str, lock: Lock) -> bool:
    """Whether a file of a release, in its newest edition, is not here as it was fetched."""
    lines = lock.of(newest_edition(release, [], lock))
    return not all(is_as_locked(raw, line) for line in lines if line.fetched_at is not None)


def _is_changed(client: Client, published: Published, lock: Lock, say: Say) -> bool:
    """Whether the service says that a release which was fetched before has changed since."""
    if not published.is_listed:
        return False
    try:
        return any(one.is_newer for one in compared(discovery.contents(client, published.name), lock))
    except ServiceError as error:
        # Then what is here stays, and the latest release is brought all the same.
        say(f"{error.message} So it cannot be told whether {published.name} was changed since.")
        return False


_GOING_ON = "Going on without it: it would say how or when the release was changed."


def _contents(client: Client, published: Published, say: Say) -> Contents:
    """Say what a release holds: as the service lists it, else as the catalogue knows."""
    known = discovery.fallback(published.name)
    try:
        if not published.is_listed and known is not None:
            return known
        return discovery.contents(client, published.name, without=lambda error: say(f"{error.message} {_GOING_ON}"))
    except ServiceError as error:
        if known is None:
            raise
        say(f"{error.message} Going by the data sets of {published.name} that the catalogue knows.")
        return known
