"""What of a build is out of date. Imports no Polars, so that finding nothing to do is quick."""

import json
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from npqstats.catalogue.lock import Lock
from npqstats.project import Project
from npqstats.store import manifest
from npqstats.store.manifest import Manifest

_SEEN = ".seen.json"


@dataclass(frozen=True)
class State:
    """How the current build compares with the raw files."""

    built: Manifest | None
    """The current build, or None."""
    unchanged: frozenset[str]
    """Raw files whose observations can be kept."""
    is_current: bool
    """Whether there is nothing to do."""


def state(project: Project, paths: Iterable[Path]) -> State:
    """Compare the current build with the raw files, by hash.

    A file whose size and time of change are those seen at the build is taken as unchanged without hashing it.
    """
    here = {path.relative_to(project.raw).as_posix(): path for path in paths}
    built = manifest.read(project.observations)
    if built is None or built.recipe != manifest.recipe():
        return State(None, frozenset(), is_current=False)
    seen = _seen(project)
    unchanged = frozenset(
        name
        for name, file in built.files.items()
        if name in here
        and all(
            _is_sound(project.observations / part, sha256)
            for table in file.tables
            for part, sha256 in table.parts.items()
        )
        and (seen.get(name) == _glance(here[name]) or file.sha256 == manifest.sha256(here[name]))
    )
    return State(built, unchanged, is_current=set(built.files) == set(here) == unchanged)


def _is_sound(part: Path, sha256: str) -> bool:
    """Whether a Parquet file is there and as it was written; one that is damaged is made again."""
    try:
        return part.is_file() and manifest.sha256(part) == sha256
    except OSError:
        return False


def hashes(project: Project, paths: Iterable[Path], now: State, held: Lock | None) -> dict[str, str]:
    """Hash every raw file: as built if unchanged, else anew; none (empty) where the lock has no line of it.

    A file whose size is not that of its line is not what the line says, so it need not be hashed.
    """
    lines = held.files if held is not None else {}
    found: dict[str, str] = {}
    for path in paths:
        name = path.relative_to(project.raw).as_posix()
        if now.built is not None and name in now.unchanged:
            found[name] = now.built.files[name].sha256
        elif name in lines and path.stat().st_size == lines[name].bytes:
            found[name] = manifest.sha256(path)
        else:
            found[name] = ""
    return found


def glances(project: Project, paths: Iterable[Path]) -> dict[str, list[int]]:
    """Take size and time of change of the raw files, before anything of them is read.

    A file changed so lately that a later change could bear the same time is left out, and will be hashed again.
    """
    marker = project.processed / _SEEN
    marker.touch()
    now = marker.stat().st_mtime_ns
    seen = {path.relative_to(project.raw).as_posix(): _glance(path) for path in paths}
    return {name: glance for name, glance in seen.items() if glance[1] < now - 2_000_000_000}


def remember(project: Project, seen: dict[str, list[int]]) -> None:
    """Note the glances at the raw files that the current build was made from."""
    with suppress(OSError):
        (project.processed / _SEEN).write_text(json.dumps(seen), "utf-8")


def _seen(project: Project) -> dict[str, list[int]]:
    try:
        seen = json.loads((project.processed / _SEEN).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return seen if isinstance(seen, dict) else {}


def _glance(path: Path) -> list[int]:
    stat = path.stat()
    return [stat.st_size, stat.st_mtime_ns, stat.st_ino]
