"""A release in a staging folder: each file tested as a build would, before anything reaches data/raw/."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import polars as pl

from npqstats.catalogue.catalogue import published_as, why_passed_over
from npqstats.catalogue.lock import Lock, LockedFile, PassedOver
from npqstats.errors import DataError, ServiceError
from npqstats.fetch.client import Client
from npqstats.fetch.discover import Contents, DataSet, Extent
from npqstats.fetch.local import rows_of
from npqstats.ingest.ingest import ingest
from npqstats.ingest.raw import RawFile
from npqstats.ingest.recognise import header, layout_of
from npqstats.listeners import Progress, Say
from npqstats.vocabulary.names import slug
from npqstats.vocabulary.periods import AcademicYear

_UNCHANGED = "Nothing of its release was changed here."
_LONGEST_NAME = 60


@dataclass(frozen=True, kw_only=True)
class Staged:
    """A data set in a staging folder that fits."""

    file: RawFile
    title: str
    line: LockedFile
    """What the lock will say of it; its name and release are those of the release's first edition."""


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """A release in a staging folder."""

    release: str
    files: list[Staged]
    passed_over: list[PassedOver]
    contents: Contents | None = None
    """What the service says of the release; None for files that a person downloaded, maybe of an earlier edition."""


def from_service(
    client: Client, contents: Contents, lock: Lock, staging: Path, *, say: Say, progress: Progress
) -> Delivery:
    """Download a release into a staging folder, and check each of its data sets that is about NPQs.

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
    found: list[Staged | PassedOver] = []
    refused: list[DataError] = []
    for number, data_set in enumerate(contents.data_sets):
        if data_set.id in lock.passed_over or why_passed_over(data_set.id):
            continue
        try:
            found.append(_downloaded(client, data_set, contents.release, staging / str(number), progress))
        except DataError as error:
            refused.append(error)  # Whoever looks at one changed file needs to know of the others.
    for other in refused[1:]:
        say(other.message)
    if refused:
        raise refused[0]
    files = [one for one in found if isinstance(one, Staged)]
    if not files:
        raise DataError(
            f"The release {contents.release} has no data set about NPQs.",
            "'npqstats fetch --list' shows what the service has.",
        )
    passed_over = [one for one in found if isinstance(one, PassedOver)]
    return Delivery(release=contents.release, files=files, passed_over=passed_over, contents=contents)


def _downloaded(
    client: Client, data_set: DataSet, release: str, folder: Path, progress: Progress
) -> Staged | PassedOver:
    path, url = file_in(folder, data_set.title), client.service.csv(data_set.id)
    client.download(url, path, progress=lambda _, done, size: progress(data_set.title, done, size))
    return check(path, release, data_set, url)


def file_in(folder: Path, title: str) -> Path:
    """Name the file of a data set in a folder, which is made."""
    folder.mkdir()
    return folder / f"{slug(title)[:_LONGEST_NAME] or 'data-set'}.csv"


def check(path: Path, release: str, data_set: DataSet, url: str = "") -> Staged | PassedOver:
    """Check a file as a build would.

    Args:
        path: Where it is, in a staging folder.
        release: Its release.
        data_set: Its title, for messages, and what it must hold, as the service or the data guidance says.
        url: Where it was fetched from.

    Returns:
        The data set or, where it is not about NPQs, the reason for passing it over.

    Raises:
        DataError: It does not fit; where columns changed, the message lists which.
        ServiceError: It is cut short.
    """
    title, extent = data_set.title, data_set.extent
    file = RawFile(path, f"{release}/{path.name}", release)
    content = file.content()
    with _fits(title):
        columns = header(content, file.source)
        try:
            layout = layout_of(columns, file.source)
        except DataError:
            if any("npq" in name for name in (title.lower(), *columns)):
                raise
            why = "neither its title nor its columns mention NPQs"
            return PassedOver(release=release, id=data_set.id, title=title, why=why)
    if layout.kind == "passed-over":
        return PassedOver(release=release, id=data_set.id, title=title, why=layout.why)
    if layout.kind != "wide":
        raise DataError(f"{title!r} has the columns of {layout.title!r}, which is not a published file.", _UNCHANGED)
    if extent.rows is not None and (count := rows_of(content)) != extent.rows:
        is_short = " is cut short: it" if count < extent.rows else ""
        raise ServiceError(
            f"{title!r}{is_short} has {count:,} rows, and the service counts {extent.rows:,}.",
            f"{_UNCHANGED} Try again later: it was not sent whole, or is being replaced just now.",
        )
    with _fits(title):
        frames: list[pl.DataFrame] = []
        taken = ingest(file, layout, frames.append)
    if missing := _missing(pl.concat(frames), extent):
        raise ServiceError(
            f"{title!r} is cut short: DfE says that it has rows for {', '.join(missing)}, and it has none.",
            f"{_UNCHANGED} Download it again.",
        )
    known = published_as(layout.title, release)
    line = LockedFile(
        name=f"{release}/{layout.dataset.replace('-', '_')}.csv",
        release=release,
        dataset=layout.dataset,
        id=data_set.id or (known.id if known else ""),
        sha256=hashlib.sha256(content).hexdigest(),
        bytes=len(content),
        rows=taken.rows,
        rows_expected=extent.rows or (known.rows if known else None),
        fetched_at=datetime.now(UTC).replace(microsecond=0),
        url=url,
    )
    return Staged(file=file, title=title, line=line)


@contextmanager
def _fits(title: str) -> Iterator[None]:
    """Name the file in errors of the block."""
    try:
        yield
    except DataError as error:
        raise DataError(f"{title!r} does not fit. {error.message}", f"{error.hint} {_UNCHANGED}") from error


def _missing(observations: pl.DataFrame, extent: Extent) -> list[str]:
    """Name the geographic levels and the year that a file should have and has not."""
    levels = set(observations.get_column("geographic_level").cast(pl.String).str.to_lowercase())
    last, newest = extent.last_year, max(observations.get_column("time_period"))
    return [*sorted(extent.levels - levels), *([last] if last and AcademicYear.parse(last).code > newest else [])]
