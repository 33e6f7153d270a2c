"""What the service has against what the lock has, as far as can be told without downloading a file."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from npqstats.catalogue.catalogue import why_passed_over
from npqstats.catalogue.lock import Line, Lock
from npqstats.errors import ServiceError, UsageError
from npqstats.fetch.here import newest_edition
from npqstats.fetch.service import discovery
from npqstats.fetch.service.client import Client
from npqstats.fetch.service.discovery import Contents, DataSet, Published
from npqstats.listeners import Say, silent
from npqstats.vocabulary.periods import AcademicYear


class Standing(Enum):
    """How a data set of the service stands to the lock."""

    NEW = "not here"
    EXCERPT = "not fetched yet"
    CHANGED = "changed since"
    SAME = "here"
    PASSED_OVER = "passed over"


@dataclass(frozen=True, kw_only=True)
class Compared:
    """A data set of the service beside the lock."""

    release: str
    title: str
    rows_there: int | None
    name: str = ""
    """Of the file here; empty where there is none."""
    rows_here: int | None = None
    standing: Standing
    why: str = ""

    @property
    def is_newer(self) -> bool:
        """Whether fetching it would bring something."""
        return self.standing not in (Standing.SAME, Standing.PASSED_OVER)


def newer(client: Client, lock: Lock) -> list[Compared]:
    """List what the service has newer than the lock: in its latest release, and in those that were fetched before.

    Raises:
        ServiceError: The service cannot be asked, or answers otherwise than is known.
    """
    wanted = worth_a_look(discovery.releases(client), lock)
    return [one for name in wanted for one in compared(discovery.contents(client, name), lock) if one.is_newer]


def worth_a_look(published: list[Published], lock: Lock) -> list[str]:
    """Name the latest release, and those that were fetched before and may have been corrected since."""
    fetched = {line.release.partition(".")[0] for line in lock.lines.values() if line.fetched_at is not None}
    return [one.name for one in published if one is published[0] or one.name in fetched]


def overview(
    client: Client,
    lock: Lock,
    releases: tuple[str, ...] = (),
    *,
    latest: bool = False,
    every: bool = True,
    say: Say = silent,
) -> list[Compared]:
    """Compare what the service has with the lock: the named releases, else the latest, all, or those worth a look.

    Raises:
        UsageError: The service has no such release.
        ServiceError: The service cannot be asked, or no release can be read; one that cannot is said and left out.
    """
    years = [AcademicYear.parse(name).slug for name in releases]
    published = discovery.releases(client)
    known = [one.name for one in published]
    asked = named(years, known)
    if latest:
        asked = {known[0]}
    wanted = [name for name in known if name in asked] or (known if every else worth_a_look(published, lock))
    found: list[Compared] = []
    failed: list[ServiceError] = []
    for name in wanted:
        try:
            contents = discovery.contents(client, name, without=lambda error: say(error.message))
            found += compared(contents, lock)
        except ServiceError as error:
            failed.append(error)
            say(error.message)
    if failed and not found:
        raise failed[0]
    return found


def named(releases: Sequence[str], known: Sequence[str]) -> set[str]:
    """Give the releases that are asked for, as folders are named.

    Raises:
        UsageError: One is no academic year, or none of those that are known.
    """
    asked = {AcademicYear.parse(name).slug for name in releases}
    for name in sorted(asked - set(known)):
        raise UsageError(f"There is no release {name}.", f"The service has: {', '.join(known)}.")
    return asked


def compared(contents: Contents, lock: Lock) -> list[Compared]:
    """Compare the data sets of a release with their lines in the lock."""
    edition = newest_edition(contents.release, [], lock)
    lines = {line.id: line for line in lock.of(edition) if line.id}
    return [_compared(data_set, lines.get(data_set.id), contents, lock) for data_set in contents.data_sets]


def _compared(data_set: DataSet, line: Line | None, contents: Contents, lock: Lock) -> Compared:
    standing, why = _standing(data_set, line, contents, lock)
    return Compared(
        release=contents.release,
        title=data_set.title,
        rows_there=data_set.rows,
        name=line.name if line else "",
        rows_here=line.rows if line else None,
        standing=standing,
        why=why,
    )


def _standing(data_set: DataSet, line: Line | None, contents: Contents, lock: Lock) -> tuple[Standing, str]:
    if data_set.id in lock.passed_over:
        return Standing.PASSED_OVER, lock.passed_over[data_set.id].why
    if line is None:
        why = why_passed_over(data_set.id)
        return (Standing.PASSED_OVER, why) if why else (Standing.NEW, "")
    if line.fetched_at is None:
        return Standing.EXCERPT, ""
    why = _why_changed(data_set, line, contents)
    return (Standing.CHANGED, why) if why else (Standing.SAME, "")


def _why_changed(data_set: DataSet, line: Line, contents: Contents) -> str:
    if data_set.rows is not None and line.rows != data_set.rows:
        return f"{data_set.rows:,} rows there, {line.rows or 0:,} here"
    if contents.note and contents.note != line.note:
        return f"release note, {contents.note}"
    if contents.updated and contents.updated != line.updated:
        return f"the release was changed on {contents.updated[:10]}"
    return ""
