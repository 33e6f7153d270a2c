"""What of a report is out of date. Imports no Polars and no Matplotlib, so that finding nothing to do is quick."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from functools import cache
from pathlib import Path
from typing import Any

from npqstats import __version__
from npqstats.catalogue import lock
from npqstats.errors import DataError
from npqstats.ingest.paths import raw_paths
from npqstats.project import Project
from npqstats.store import manifest, state

NAME = "manifest.json"
_PACKAGE = Path(__file__).parent.parent
_SUFFIXES = {".py", ".toml", ".html", ".css", ".js", ".j2"}


@dataclass(kw_only=True)
class Manifest:
    """What a report was made from, by what, and every file of it."""

    made_by: str = f"npqstats {__version__}"
    command: str = ""
    recipe: str = ""
    """Hash of the code that decides what a report says."""
    inputs: dict[str, str] = field(default_factory=dict)
    """The sha256 of every raw file, by its path."""
    outputs: dict[str, str] = field(default_factory=dict)
    """The sha256 of every file of the report but this one, by its path."""

    def text(self) -> bytes:
        """Write it; the same report gives the same bytes."""
        return (json.dumps(asdict(self), indent=1, ensure_ascii=False) + "\n").encode()


def read(folder: Path) -> Manifest | None:
    """Read the manifest of a report; None where there is none, or where something else is called so."""
    try:
        content = json.loads((folder / NAME).read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
    if not isinstance(content, dict) or not str(content.get("made_by")).startswith("npqstats "):
        return None
    empty = Manifest()
    known: dict[str, Any] = {each.name: content.get(each.name) for each in fields(Manifest)}
    is_whole = all(isinstance(value, type(getattr(empty, name))) for name, value in known.items())
    return Manifest(**known) if is_whole else None


@cache
def recipe() -> str:
    """Hash the code and the tables that a report rests on: all of the package but the command line."""
    digest = hashlib.sha256()
    for path in sorted(_PACKAGE.rglob("*")):
        name = path.relative_to(_PACKAGE)
        if path.suffix in _SUFFIXES and name.parts[0] != "cli":
            digest.update(f"{name.as_posix()}\0".encode() + path.read_bytes())
    return digest.hexdigest()


def inputs(project: Project) -> dict[str, str]:
    """Hash the raw files; those that the build has seen unchanged are not read again.

    Raises:
        DataError: One cannot be read.
    """
    paths = raw_paths(project.raw)
    names = {path.relative_to(project.raw).as_posix(): path for path in paths}
    try:
        known = state.state(project, paths)
        files = known.built.files if known.built else {}
        hashes = {
            f"data/raw/{name}": files[name].sha256 if name in known.unchanged else manifest.sha256(path)
            for name, path in sorted(names.items())
        }
        return hashes | _locked(project)
    except OSError as error:
        raise DataError(
            f"{error.filename or project.raw} cannot be read: {error.strerror or error}.",
            "Give leave to read it, then run it again.",
        ) from error


def rested_on(project: Project) -> dict[str, str]:
    """Give the hashes of the raw files that the observations were built from, by path."""
    built = manifest.read(state.link(project))
    files = sorted(built.files.items()) if built else []
    return {f"data/raw/{name}": file.sha256 for name, file in files} | _locked(project)


def _locked(project: Project) -> dict[str, str]:
    """Hash the lock, which says when each file was fetched."""
    path = project.raw / lock.NAME
    return {f"data/raw/{lock.NAME}": manifest.sha256(path)} if path.is_file() else {}


def hashed(contents: Mapping[str, bytes]) -> dict[str, str]:
    """Hash the files of a report."""
    return {name: hashlib.sha256(content).hexdigest() for name, content in sorted(contents.items())}


def stale(folder: Path, project: Project, command: str) -> list[str]:
    """Say what of a report is out of date: whole sentences, none where it is as a new one would be.

    Args:
        folder: Where the report stands or should stand.
        project: Whose raw files it should rest on.
        command: The command that should have made it.
    """
    made = read(folder)
    if made is None:
        return [f"There is no report in {folder}."]
    told = []
    now = inputs(project)
    for name in sorted(now.keys() | made.inputs.keys()):
        if now.get(name) != made.inputs.get(name):
            what = "is new" if name not in made.inputs else "is gone" if name not in now else "has changed"
            told.append(f"{name} {what}.")
    here = Manifest().made_by
    if made.made_by != here:
        told.append(f"The report was made by {made.made_by}; this is {here}.")
    elif made.recipe != recipe():
        told.append("The code of npqstats has changed.")
    if made.command != command:
        told.append(f"The report was made by another command: {made.command}.")
    return told + [fault for name, sha256 in made.outputs.items() if (fault := _fault(folder / name, sha256))]


def _fault(path: Path, sha256: str) -> str:
    """Say what became of a file of a report, if anything."""
    try:
        if not path.is_file():
            return f"{path} is missing."
        return "" if manifest.sha256(path) == sha256 else f"{path} was changed by another hand."
    except OSError as error:
        return f"{path} cannot be read: {error.strerror or error}."
