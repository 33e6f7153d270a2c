"""What of a report is out of date. Imports no Polars and no Matplotlib, so that finding nothing to do is quick."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from npqstats import __version__
from npqstats.catalogue import lock
from npqstats.errors import DataError
from npqstats.project import Project
from npqstats.store import manifest
from npqstats.store.snapshot import raw_hashes

NAME = "manifest.json"


@dataclass(kw_only=True)
class Made:
    """How a report was made: the content of its `manifest.json`."""

    made_by: str = f"npqstats {__version__}"
    command: str = ""
    inputs: dict[str, str] = field(default_factory=dict)
    """sha256 of every raw file, by path."""
    outputs: dict[str, str] = field(default_factory=dict)
    """sha256 of every file of the report but this one, by path."""

    def text(self) -> bytes:
        """Write it; the same report has the same bytes."""
        return (json.dumps(asdict(self), indent=1, ensure_ascii=False) + "\n").encode()


def read(folder: Path) -> Made | None:
    """Read how the report in a folder was made; None where there is none, or where the file is another program's."""
    try:
        content = json.loads((folder / NAME).read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
    if not isinstance(content, dict) or not str(content.get("made_by")).startswith("npqstats "):
        return None
    empty = Made()
    known: dict[str, Any] = {each.name: content.get(each.name) for each in fields(Made)}
    is_whole = all(isinstance(value, type(getattr(empty, name))) for name, value in known.items())
    return Made(**known) if is_whole else None


def inputs(project: Project) -> dict[str, str]:
    """Hash the raw files and the lock.

    Raises:
        DataError: One cannot be read.
    """
    try:
        return {f"data/raw/{name}": sha256 for name, sha256 in raw_hashes(project.raw).items()} | _locked(project)
    except OSError as error:
        raise DataError(
            f"{error.filename or project.raw} cannot be read: {error.strerror or error}.",
            "Change its permissions, then run it again.",
        ) from error


def rested_on(project: Project) -> dict[str, str]:
    """Return the hashes of the raw files that the observations were built from, by path."""
    files = sorted(manifest.read(project.observations).files.items())
    return {f"data/raw/{name}": file.sha256 for name, file in files} | _locked(project)


def _locked(project: Project) -> dict[str, str]:
    """Hash the lock, which says when each file was fetched."""
    path = project.raw / lock.NAME
    return {f"data/raw/{lock.NAME}": manifest.sha256(path)} if path.is_file() else {}


def hashed(contents: Mapping[str, bytes]) -> dict[str, str]:
    """Hash the files of a report."""
    return {name: hashlib.sha256(content).hexdigest() for name, content in sorted(contents.items())}


def reasons(folder: Path, now: Mapping[str, str], command: str) -> list[str]:
    """List what of a report is out of date: its inputs, the program's version, its command, or its own files.

    Args:
        folder: Where the report is or should be.
        now: What `inputs` returns.
        command: The command that should have made it.

    Returns:
        Whole sentences; none where the report is as a new one would be.
    """
    made = read(folder)
    if made is None:
        return [f"There is no report in {folder}."]
    found = []
    for name in sorted(now.keys() | made.inputs.keys()):
        if now.get(name) != made.inputs.get(name):
            what = "is new" if name not in made.inputs else "is gone" if name not in now else "has changed"
            found.append(f"{name} {what}.")
    if made.made_by != Made().made_by:
        found.append(f"The report was made by {made.made_by}; this is {Made().made_by}.")
    if made.command != command:
        found.append(f"The report was made by another command: {made.command}.")
    return found + [fault for name, sha256 in made.outputs.items() if (fault := _fault(folder / name, sha256))]


def _fault(path: Path, sha256: str) -> str:
    """Say whether a file of a report is missing or changed; empty: neither."""
    try:
        if not path.is_file():
            return f"{path} is missing."
        return "" if manifest.sha256(path) == sha256 else f"{path} was edited after it was written."
    except OSError as error:
        return f"{path} cannot be read: {error.strerror or error}."
