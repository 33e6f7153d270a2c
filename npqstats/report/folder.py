"""The folder of a report: refused where it holds anything else, replaced whole."""

from collections.abc import Mapping
from pathlib import Path

from npqstats.errors import UsageError
from npqstats.store.atomic import disk_errors, new_folder


def check(folder: Path, ours: set[str]) -> None:
    """Refuse to write where anything but a report of ours is.

    Args:
        folder: Where the report is to go.
        ours: The files of the report that is there, by path in it.

    Raises:
        UsageError: It is a file, holds files that no report wrote, or is the folder that the program runs in.
    """
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is a file.", "Name a folder for the report.")
    if not folder.is_dir():
        return
    if folder.samefile("."):
        raise UsageError(
            f"{folder} is the folder that you are in, and a report is written as a new folder.",
            "Name a folder within it, or run the command from another one.",
        )
    known = ours | {parent.as_posix() for name in ours for parent in Path(name).parents}
    here = {path.relative_to(folder).as_posix() for path in folder.rglob("*")}
    if others := sorted(here - known):
        named = ", ".join(others[:3]) + (", ..." if len(others) > 3 else "")
        raise UsageError(
            f"{folder} holds files that no report wrote: {named}.", "Name another folder, or move these files away."
        )


def write(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Write files into a new folder that then replaces the old one.

    Args:
        folder: Where the report is to be.
        contents: By path in it.

    Raises:
        DataError: It cannot be written; what was there before is kept.
    """
    with disk_errors(folder), new_folder(folder.resolve()) as new:
        for name, content in contents.items():
            path = new / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
