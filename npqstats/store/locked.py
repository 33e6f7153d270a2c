"""How the raw files compare with the lock. Imports no Polars, so that finding no difference is quick."""

from collections.abc import Mapping

from npqstats.catalogue.lock import NAME, Lock, LockedFile
from npqstats.errors import DataError
from npqstats.store.manifest import File, Manifest

_MOST_NAMED = 5


def refusal(lock: Lock | None, hashes: Mapping[str, str], *, is_frozen: bool) -> DataError | None:
    """Make the error for files that are not what the lock says.

    Args:
        lock: None where there is none: then nothing is refused, unless frozen.
        hashes: SHA-256 of every file that is there, by its name under data/raw/.
        is_frozen: Whether a file without a line is refused as well.

    Returns:
        None if no file differs from its line, no line lacks its file and, when frozen, no file its line.
    """
    if lock is None:
        missing = DataError(f"There is no data/raw/{NAME} to hold the files to.", f"{_ACCEPT} makes one.")
        return missing if is_frozen else None
    if changed := [name for name, line in lock.files.items() if hashes.get(name, line.sha256) != line.sha256]:
        return DataError(
            f"{_named(changed)} {_are(changed)} not what data/raw/{NAME} says: the hash is another.",
            f"{_way_back(lock, changed)}; {_ACCEPT} takes what is there.",
        )
    if gone := [name for name in lock.files if name not in hashes]:
        return DataError(
            f"{_named(gone)} {_are(gone)} in data/raw/{NAME} and not in data/raw.",
            f"'npqstats fetch --frozen' brings what is missing; {_ACCEPT} takes what is there.",
        )
    if is_frozen and (unlisted := [name for name in hashes if name not in lock.files]):
        have = "has" if len(unlisted) == 1 else "have"
        return DataError(f"{_named(unlisted)} {have} no line in data/raw/{NAME}.", f"{_ACCEPT} gives every file one.")
    return None


_ACCEPT = "'npqstats build --accept'"


def _way_back(lock: Lock, names: list[str]) -> str:
    """Say how to have files as they were: the service has the newest edition of its own files, and nothing else."""
    lines = [lock.files[name] for name in names]
    releases = {line.release.partition(".")[0] for line in lines}
    newest = {lock.newest(release) for release in releases}
    if all(line.id and line.release in newest for line in lines):
        return f"'npqstats fetch {' '.join(sorted(releases))}' brings back what was published"
    return "Version control may have what was there"


def _are(names: list[str]) -> str:
    return "is" if len(names) == 1 else "are"


def _named(names: list[str]) -> str:
    shown = ", ".join(f"data/raw/{name}" for name in names[:_MOST_NAMED])
    more = len(names) - _MOST_NAMED
    return f"{shown} and {more} more" if more > 0 else shown


def accepted(lock: Lock | None, made: Manifest) -> Lock:
    """Return the lock that fits the files as they are: lines that still fit stay, the others are made anew."""
    old = lock or Lock()
    lines = [
        line if line is not None and line.sha256 == file.sha256 else _line(name, file, line)
        for name, file in made.files.items()
        for line in [old.files.get(name)]
    ]
    return Lock({line.name: line for line in lines}, old.passed_over, old.releases)


def _line(name: str, file: File, old: LockedFile | None) -> LockedFile:
    """Describe a file that nobody fetched: no time and no address, for none is known."""
    from npqstats.catalogue.catalogue import published_as

    datasets = ",".join(dict.fromkeys(table.dataset for table in file.tables if table.dataset))
    release = file.tables[0].release
    known = published_as(file.tables[0].title, release)
    is_same = old is not None and (old.release, old.dataset) == (release, datasets)
    return LockedFile(
        name=name,
        release=release,
        dataset=datasets,
        id=old.id if old is not None and is_same else known.id if known else "",
        sha256=file.sha256,
        bytes=file.bytes,
        rows=None if any(table.passed_over for table in file.tables) else sum(table.rows for table in file.tables),
        rows_expected=known.rows if known and len(file.tables) == 1 else None,
    )
