"""Compares what the service publishes with the lock, as far as that is possible without downloading a file."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from npqstats.catalogue.catalogue import why_passed_over
from npqstats.catalogue.lock import Lock, LockedFile, LockedRelease, held
from npqstats.errors import ServiceError, UsageError
from npqstats.fetch import discover
from npqstats.fetch.client import Client, service
from npqstats.fetch.discover import Contents, DataSet
from npqstats.listeners import Say, silent
from npqstats.project import Project, target
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


def published(
    *releases: str,
    latest: bool = False,
    every: bool = True,
    strict: bool = False,
    project: Project | str | Path | None = None,
    timeout: float | str | None = None,
    say: Say = silent,
) -> list[Compared]:
    """Compare what the service publishes with the lock, the newest release first; changes nothing.

    Args:
        releases: Academic years of releases, such as `2024-25`; none: all of them.
        latest: The latest release only.
        every: Where no release is named, all of them; otherwise those that a plain fetch would look at.
        strict: Whether anything that cannot be read is an error, and not only reported.
        project: As for `fetch`.
        timeout: As for `fetch`.
        say: Called before each retry, and with what could not be read.

    Raises:
        UsageError: The service has no such release.
        ServiceError: The service does not answer, or in an unknown form.
    """
    lock = held(target(project).raw)
    found: list[Compared] = []
    failed: list[ServiceError] = []
    with Client(service(), timeout=timeout, say=say) as client:
        for name in selected(discover.releases(client), releases, lock, latest=latest, every=every):
            without = None if strict else lambda error: say(error.message)
            try:
                found += of_release(discover.contents(client, name, without=without), lock)
            except ServiceError as error:
                if strict:
                    raise
                failed.append(error)
                say(error.message)
    if failed and not found:
        raise failed[0]
    return found


def selected(known: list[str], releases: Sequence[str], lock: Lock, *, latest: bool, every: bool) -> list[str]:
    """Choose among the releases of the service, the latest first.

    Args:
        known: All of them.
        releases: Those that are asked for by name.
        lock: What has been fetched before.
        latest: The latest only.
        every: Where none is named, all; otherwise the latest, and those fetched before, which may have been corrected.

    Raises:
        UsageError: One is not an academic year, or not among those known.
    """
    asked = {AcademicYear.parse(name).slug for name in releases}
    for name in sorted(asked - set(known)):
        raise UsageError(f"There is no release {name}.", f"The service has: {', '.join(known)}.")
    if latest or asked:
        return [name for name in known if name in asked] or known[:1]
    fetched = {line.release.partition(".")[0] for line in lock.files.values() if line.fetched_at is not None}
    return [name for name in known if every or name == known[0] or name in fetched]


def of_release(contents: Contents, lock: Lock) -> list[Compared]:
    """Compare the data sets of a release with the lock."""
    edition = lock.newest(contents.release)
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
                published=contents.about.published,
            )
        )
    return found


def _state(
    data_set: DataSet, line: LockedFile | None, contents: Contents, edition: str, lock: Lock
) -> tuple[State, str]:
    if passed := lock.passed_over.get(data_set.id):
        return State.PASSED_OVER, passed.why
    if line is None:
        why = why_passed_over(data_set.id)
        return (State.PASSED_OVER, why) if why else (State.NEW, "")
    if line.fetched_at is None:
        return State.EXCERPT, ""
    if line.is_cut_short:
        return State.CUT_SHORT, f"{line.rows or 0:,} of {line.rows_expected or 0:,} rows are here"
    rows, now, before = data_set.extent.rows, contents.about, lock.releases.get(edition, LockedRelease(name=edition))
    changes = {
        f"{rows or 0:,} rows there, {line.rows or 0:,} here": rows not in (None, line.rows),
        f"release note, {now.note}": now.note not in ("", before.note),
        f"the release was changed on {now.updated[:10]}": now.updated not in ("", before.updated),
    }
    reason = next((why for why, is_so in changes.items() if is_so), "")
    return State.CHANGED if reason else State.CURRENT, reason
