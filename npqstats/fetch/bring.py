"""A release brought from the service into a hidden folder, and looked at there."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from npqstats.catalogue.catalogue import why_passed_over
from npqstats.catalogue.lock import Line, Lock, PassedOver
from npqstats.errors import DataError
from npqstats.fetch.checked import Fresh, Offered, checked
from npqstats.fetch.here import at_hand, is_as_locked, newest_edition
from npqstats.fetch.landed import Arrived
from npqstats.fetch.service import public_api
from npqstats.fetch.service.client import Client, Received
from npqstats.fetch.service.discovery import Contents, DataSet
from npqstats.listeners import Progress, Say
from npqstats.project import Project
from npqstats.vocabulary.names import slug

_LONGEST_NAME = 60


def bring(
    client: Client,
    project: Project,
    contents: Contents,
    lock: Lock,
    staging: Path,
    *,
    from_api: bool = False,
    say: Say,
    progress: Progress,
) -> Arrived:
    """Download the data sets of a release that are about NPQs, and check each.

    Args:
        client: Asks the service.
        project: Where the release is to land.
        contents: What the release holds.
        lock: What is at hand.
        staging: The hidden folder to download into.
        from_api: Whether to take data sets from the public API where they are in it.
        say: Told which data sets are not in the public API, if they should come from it; and which files do not fit,
            after the first.
        progress: Told how far each download is.

    Raises:
        ServiceError: The service cannot be reached, or gives something else.
        DataError: A file does not fit, or none is about NPQs.
    """
    lines = _lines_that_hold(project, contents.release, lock)
    fresh: list[Fresh] = []
    unchanged: list[Line] = []
    passed_over: list[PassedOver] = []
    refused: list[DataError] = []
    for number, data_set in enumerate(contents.data_sets):
        if data_set.id in lock.passed_over or why_passed_over(data_set.id):
            continue
        old = lines.get(data_set.id)
        target = staging / str(number) / f"{slug(data_set.title)[:_LONGEST_NAME] or 'data-set'}.csv"
        target.parent.mkdir()
        received = _received(client, data_set, target, old, from_api=from_api, say=say, progress=progress)
        if received is None and old is not None:
            told = replace(old, updated=contents.updated or old.updated, note=contents.note or old.note)
            unchanged.append(told)
        elif received is not None:
            offered = Offered(
                path=target,
                title=data_set.title,
                release=contents.release,
                line=_line(data_set, contents, received),
                rows=data_set.rows,
            )
            try:
                found = checked(offered)
            except DataError as error:
                refused.append(error)  # Who has to look at one changed file wants to know of the others.
                continue
            if isinstance(found, str):
                passed_over.append(
                    PassedOver(release=contents.release, id=data_set.id, title=data_set.title, why=found)
                )
            else:
                fresh.append(found)
    for other in refused[1:]:
        say(other.message)
    if refused:
        raise refused[0]
    if not fresh and not unchanged:
        raise DataError(
            f"The release {contents.release} has no data set about NPQs.",
            "'npqstats fetch --list' shows what the service has.",
        )
    return Arrived(
        release=contents.release,
        fresh=fresh,
        unchanged=unchanged,
        passed_over=passed_over,
        notes=contents.notes,
        gone=frozenset(_gone(lines.values(), contents)),
    )


def _lines_that_hold(project: Project, release: str, lock: Lock) -> dict[str, Line]:
    """Give the lines of fetched files of the newest edition that are there and as their lines say, by id."""
    edition = newest_edition(release, at_hand(project.raw, lock), lock)
    return {
        line.id: line
        for line in lock.of(edition)
        if line.id and line.fetched_at is not None and is_as_locked(project.raw, line)
    }


def _received(
    client: Client,
    data_set: DataSet,
    target: Path,
    old: Line | None,
    *,
    from_api: bool,
    say: Say,
    progress: Progress,
) -> Received | None:
    def told(_: str, done: int, size: int) -> None:
        progress(data_set.title, done, size)

    if from_api and data_set.api_id:
        return public_api.download(client, data_set, target, say=say, progress=told)
    if from_api:
        say(f"{data_set.title!r} is not in the public API, as is usual: its CSV file is taken from the data catalogue.")
    url = client.service.csv(data_set.id)
    known = {}
    if old is not None and old.url == url:
        known = {"If-None-Match": old.etag} if old.etag else {"If-Modified-Since": old.last_modified}
    return client.download(url, target, known={name: text for name, text in known.items() if text}, progress=told)


def _line(data_set: DataSet, contents: Contents, received: Received) -> Line:
    return Line(
        name=f"{contents.release}/{data_set.id}",
        release=contents.release,
        dataset="",
        id=data_set.id,
        sha256=received.sha256,
        bytes=received.bytes,
        fetched_at=datetime.now(UTC).replace(microsecond=0),
        url=received.url,
        last_modified=received.last_modified,
        etag=received.etag,
        updated=contents.updated,
        note=contents.note,
    )


def _gone(lines: Iterable[Line], contents: Contents) -> Iterator[str]:
    listed = {data_set.id for data_set in contents.data_sets}
    return (line.dataset for line in lines if contents.is_listed and line.id not in listed)
