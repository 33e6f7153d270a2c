"""Downloads the data sets of a release that are about NPQs into a staging folder, and checks each."""

from datetime import UTC, datetime
from pathlib import Path

from npqstats.catalogue.catalogue import why_passed_over
from npqstats.catalogue.lock import Lock, LockedFile, PassedOver
from npqstats.errors import DataError
from npqstats.fetch.check import Checked, Delivery, Received, check
from npqstats.fetch.client import Client
from npqstats.fetch.discover import Contents, DataSet
from npqstats.fetch.local import newest_edition
from npqstats.listeners import Progress, Say
from npqstats.vocabulary.names import slug

_LONGEST_NAME = 60


def deliver(client: Client, contents: Contents, lock: Lock, staging: Path, *, say: Say, progress: Progress) -> Delivery:
    """Download a release.

    Args:
        client: Asks the service.
        contents: What the release holds.
        lock: What has been fetched before.
        staging: The folder to download into.
        say: Called with each file that does not fit, after the first.
        progress: Called with title, bytes and size during a download.

    Raises:
        ServiceError: The service does not answer, or with something else.
        DataError: A file does not fit, or none is about NPQs.
    """
    files: list[Checked] = []
    passed_over: list[PassedOver] = []
    refused: list[DataError] = []
    for number, data_set in enumerate(contents.data_sets):
        if data_set.id in lock.passed_over or why_passed_over(data_set.id):
            continue
        received = _received(client, data_set, contents.release, staging / str(number), progress)
        try:
            found = check(received)
        except DataError as error:
            refused.append(error)  # Whoever looks at one changed file needs to know of the others.
            continue
        if isinstance(found, str):
            passed_over.append(PassedOver(release=contents.release, id=data_set.id, title=data_set.title, why=found))
        else:
            files.append(found)
    for other in refused[1:]:
        say(other.message)
    if refused:
        raise refused[0]
    if not files:
        raise DataError(
            f"The release {contents.release} has no data set about NPQs.",
            "'npqstats fetch --list' shows what the service has.",
        )
    return Delivery(
        release=contents.release,
        files=files,
        passed_over=passed_over,
        about=contents.locked(),
        notes=contents.notes,
        withdrawn=_withdrawn(contents, lock),
    )


def _received(client: Client, data_set: DataSet, release: str, folder: Path, progress: Progress) -> Received:
    folder.mkdir()
    target = folder / f"{slug(data_set.title)[:_LONGEST_NAME] or 'data-set'}.csv"
    got = client.download(
        client.service.csv(data_set.id), target, progress=lambda _, done, size: progress(data_set.title, done, size)
    )
    line = LockedFile(
        name=f"{release}/{data_set.id}",
        release=release,
        dataset="",
        id=data_set.id,
        sha256=got.sha256,
        bytes=got.bytes,
        fetched_at=datetime.now(UTC).replace(microsecond=0),
        url=got.url,
    )
    return Received(path=target, title=data_set.title, release=release, line=line, extent=data_set.extent)


def _withdrawn(contents: Contents, lock: Lock) -> frozenset[str]:
    listed = {data_set.id for data_set in contents.data_sets}
    fetched = [line for line in lock.of(newest_edition(contents.release, [], lock)) if line.id and line.fetched_at]
    return frozenset(line.dataset for line in fetched if contents.is_listed and line.id not in listed)
