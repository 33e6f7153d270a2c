"""Questions to the service that change nothing: what it has, and whether that is newer than the lock."""

from pathlib import Path

from npqstats.errors import UsageError
from npqstats.fetch.newer import Compared
from npqstats.fetch.newer import newer as compared_newer
from npqstats.fetch.newer import overview as compared_all
from npqstats.fetch.service.client import Client, Limits
from npqstats.fetch.service.hosts import service as the_service
from npqstats.fetch.target import locked, target
from npqstats.listeners import Say, silent
from npqstats.project import Project


def connected(service: str | None, *, offline: bool, timeout: float | str | None, say: Say) -> Client:
    """Give a client of the service; it opens no connection before it is asked something.

    Raises:
        UsageError: The time is no number of seconds, or the service is not on this machine.
    """
    return Client(the_service(service), is_offline=offline, limits=_limits(timeout), say=say)


def _limits(timeout: float | str | None) -> Limits:
    if timeout is None:
        return Limits()
    try:
        seconds = float(timeout)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < float("inf"):
        raise UsageError(f"{timeout!r} is no number of seconds.", "Write it as 300.")
    return Limits(total=seconds, read=min(seconds, Limits.read), connect=min(seconds, Limits.connect))


def overview(
    *releases: str,
    latest: bool = False,
    every: bool = True,
    project: Project | str | Path | None = None,
    offline: bool = False,
    timeout: float | str | None = None,
    service: str | None = None,
    say: Say = silent,
) -> list[Compared]:
    """Compare what the service has with the lock, release by release, the newest first; changes nothing.

    Args:
        releases: Academic years of releases, such as `2024-25`; none: every one.
        latest: The latest release alone.
        every: Where no release is named, all of them; else only those that a plain fetch would look at.
        project: A project or its folder; None: as `npqstats.find` does, else the current folder.
        offline: Open no connection, which leaves nothing to ask.
        timeout: Seconds for one question to the service, with all its repetitions.
        service: The address of a stub on this machine, in place of DfE's service.
        say: Told when a question is asked once more, and what could not be read.

    Raises:
        UsageError: The service has no such release.
        ServiceError: The service cannot be asked, or answers otherwise than is known.
    """
    with connected(service, offline=offline, timeout=timeout, say=say) as client:
        return compared_all(client, locked(target(project)), releases, latest=latest, every=every, say=say)


def newer(
    *,
    project: Project | str | Path | None = None,
    offline: bool = False,
    timeout: float | str | None = None,
    service: str | None = None,
    say: Say = silent,
) -> list[Compared]:
    """List what the service has newer than the lock, without downloading a file; changes nothing.

    Args and Raises: as for `overview`.
    """
    with connected(service, offline=offline, timeout=timeout, say=say) as client:
        return compared_newer(client, locked(target(project)))
