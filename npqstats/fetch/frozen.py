"""Fetches the files that the lock names and data/raw/ lacks: the same bytes or nothing."""

from collections.abc import Generator
from pathlib import Path

from npqstats.catalogue import lock as raw_lock
from npqstats.catalogue.lock import LockedFile
from npqstats.errors import DataError, ServiceError
from npqstats.fetch.client import Client
from npqstats.fetch.decide import Action
from npqstats.fetch.install import FileResult, ReleaseResult, staging
from npqstats.listeners import Progress
from npqstats.project import Project
from npqstats.store import manifest
from npqstats.store.atomic import fsync


def frozen_files(client: Client, project: Project, progress: Progress) -> Generator[ReleaseResult]:
    """Fetch the files that the lock names and data/raw/ lacks.

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
        if not is_as_locked(raw, line):
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


def is_as_locked(raw: Path, line: LockedFile) -> bool:
    """Whether the file of a line exists and has its size and hash."""
    path = raw / line.name
    return path.is_file() and path.stat().st_size == line.bytes and manifest.sha256(path) == line.sha256
