"""Compares what the service publishes with the lock, as far as that is possible without downloading a file."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from npqstats.catalogue.catalogue import why_passed_over
from npqstats.catalogue.lock import Lock, LockedFile
from npqstats.errors import ServiceError, UsageError
from npqstats.fetch import discover
from npqstats.fetch.client import Client
from npqstats.fetch.discover import Contents, DataSet, Published
from npqstats.fetch.local import newest_edition
from npqstats.listeners import Say
from npqstats.vocabulary.periods import AcademicYear


class State(StrEnum):
    """How a data set of the service compares with the lock. The values are keys of the JSON document."""

    NEW = "new"
    EXCERPT = "not-fetched"
    CHANGED = "changed"
    CUT_SHORT = "cut-short"
    CURRENT = "current"
    PASSED_OVER = "passed-over"


@dataclass(frozen=True, kw_only=True)
class Compared:
    """A data set of the service beside the lock."""

    release: str
    id: str
    title: str
    state: State
    reason: str = ""
    rows_published: int | None = None
    """None: the service does not say."""
    rows_here: int | None = None
    name: str = ""
    """Its file under data/raw/; empty where there is none."""
    published: str = ""
    """When its release was published, as the service says it."""

    @property
    def is_newer(self) -> bool:
        """Whether a fetch would change something."""
        return self.state not in (State.CURRENT, State.PASSED_OVER)


def recent(published: list[Published], lock: Lock) -> list[str]:
    """Name the latest release, and those that were fetched before and may have been corrected since."""
    fetched = {line.release.partition(".")[0] for line in lock.files.values() if line.fetched_at is not None}
    return [one.name for one in published if one is published[0] or one.name in fetched]


def named(releases: Sequence[str], known: Sequence[str]) -> set[str]:
    """Return the releases that are asked for, as folders are named.

    Raises:
        UsageError: One is not an academic year, or not among those known.
    """
    asked = {AcademicYear.parse(name).slug for name in releases}
    for name in sorted(asked - set(known)):
        raise UsageError(f"There is no release {name}.", f"The service has: {', '.join(known)}.")
    return asked


def compare(
    client: Client, lock: Lock, releases: Sequence[str] = (), *, latest: bool, every: bool, say: Say
) -> list[Compared]:
    """Compare the named releases with the lock, otherwise the latest, all, or the recent ones.

    Raises:
        UsageError: The service has no such release.
        ServiceError: The service does not answer. Of several releases asked for, one that cannot be read is reported
            and left out.
    """
    published = discover.releases(client)
    known = [one.name for one in published]
    asked = {known[0]} if latest else named(releases, known)
    wanted = [name for name in known if name in asked] or (known if every else recent(published, lock))
    found: list[Compared] = []
    failed: list[ServiceError] = []
    for name in wanted:
        try:
            contents = discover.contents(client, name, without=lambda error: say(error.message))
            found += of_release(contents, lock)
        except ServiceError as error:
            failed.append(error)
            say(error.message)
    if failed and not found:
        raise failed[0]
    return found


def newer(client: Client, lock: Lock) -> list[Compared]:
    """List what the service has newer than the lock, in the recent releases.

    Raises:
        ServiceError: The service does not answer, or not in full.
    """
    wanted = recent(discover.releases(client), lock)
    return [one for name in wanted for one in of_release(discover.contents(client, name), lock) if one.is_newer]


def of_release(contents: Contents, lock: Lock) -> list[Compared]:
    """Compare the data sets of a release with the lock."""
    edition = newest_edition(contents.release, [], lock)
    lines = {line.id: line for line in lock.of(edition) if line.id}
    found = []
    for data_set in contents.data_sets:
        line = lines.get(data_set.id)
        state, reason = _state(data_set, line, contents, edition, lock)
        found.append(
            Compared(
                release=contents.release,
                id=data_set.id,
                title=data_set.title,
                state=state,
                reason=reason,
                rows_published=data_set.extent.rows,
                rows_here=line.rows if line else None,
                name=line.name if line else "",
                published=contents.published,
            )
        )
    return found


def _state(
    data_set: DataSet, line: LockedFile | None, contents: Contents, edition: str, lock: Lock
) -> tuple[State, str]:
    if data_set.id in lock.passed_over:
        return State.PASSED_OVER, lock.passed_over[data_set.id].why
    if line is None:
        why = why_passed_over(data_set.id)
        return (State.PASSED_OVER, why) if why else (State.NEW, "")
    if line.fetched_at is None:
        return State.EXCERPT, ""
    if line.is_cut_short:
        return State.CUT_SHORT, f"{line.rows or 0:,} of {line.rows_expected or 0:,} rows are here"
    reason = _change(data_set, line, contents, edition, lock)
    return (State.CHANGED, reason) if reason else (State.CURRENT, "")


def _change(data_set: DataSet, line: LockedFile, contents: Contents, edition: str, lock: Lock) -> str:
    rows, about = data_set.extent.rows, lock.releases.get(edition)
    if rows is not None and line.rows != rows:
        return f"{rows:,} rows there, {line.rows or 0:,} here"
    if contents.note and (about is None or contents.note != about.note):
        return f"release note, {contents.note}"
    if contents.updated and (about is None or contents.updated != about.updated):
        return f"the release was changed on {contents.updated[:10]}"
    return ""
