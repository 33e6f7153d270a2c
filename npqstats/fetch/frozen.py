"""The very files of the lock, brought again: the same bytes, or nothing."""

from pathlib import Path

from npqstats.catalogue import lock as raw_lock
from npqstats.catalogue.lock import Line
from npqstats.errors import DataError, ServiceError
from npqstats.fetch.decide import Deed
from npqstats.fetch.here import is_as_locked
from npqstats.fetch.landed import Done, Landed
from npqstats.fetch.service.client import Client
from npqstats.fetch.staging import settle, staging
from npqstats.listeners import Progress
from npqstats.project import Project


def frozen(client: Client, project: Project, *, progress: Progress) -> list[Landed]:
    """Bring what the lock names and data/raw/ lacks; the lock is never written.

    Raises:
        DataError: There is no lock, a file is not as its line says, or one is missing that was never fetched.
        ServiceError: The service cannot be reached, or gives other bytes than the lock has.
    """
    lock = raw_lock.load(project.raw)
    if lock is None:
        raise DataError(
            f"There is no data/raw/{raw_lock.NAME} in {project.raw.parents[1]}.",
            "Run 'npqstats fetch' once without --frozen, and commit the lock with the files.",
        )
    missing = [line for line in lock.lines.values() if _is_missing(project, line)]
    for line in missing:
        if not line.id and not line.url:
            raise DataError(
                f"data/raw/{line.name} is missing, and no address of it is known.",
                "Restore it from version control or from wherever it came.",
            )
    waiting: dict[str, Path] = {}
    if missing:
        with staging(project) as folder:
            for number, line in enumerate(missing):
                waiting[line.name] = _brought(client, line, folder / str(number), progress)
            for name, path in waiting.items():
                target = project.raw / name
                target.parent.mkdir(parents=True, exist_ok=True)
                path.replace(target)
                settle(target.parent)
    return [
        Landed(
            release=line.release,
            edition=line.release,
            done=[Done(name=line.name, title="", deed=Deed.AGAIN, rows=line.rows or 0)],
        )
        for line in missing
    ]


def _is_missing(project: Project, line: Line) -> bool:
    if not (project.raw / line.name).is_file():
        return True
    if not is_as_locked(project.raw, line):
        raise DataError(
            f"data/raw/{line.name} is not what data/raw/{raw_lock.NAME} says: the hash is another.",
            "Restore it from version control, or remove it to have it fetched again.",
        )
    return False


def _brought(client: Client, line: Line, target: Path, progress: Progress) -> Path:
    received = client.download(client.service.address(line.url, line.id), target, progress=progress)
    if received is None or received.sha256 != line.sha256:
        raise ServiceError(
            f"data/raw/{line.name}: the service gives other bytes now than data/raw/{raw_lock.NAME} has.",
            "Its release was corrected since, and the service keeps the newest only: restore it from version control."
            if line.fetched_at
            else "It was never fetched: restore it from version control.",
        )
    return target
