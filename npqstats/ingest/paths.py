"""Which files under data/raw/ may hold tables. Imports nothing heavy, so that finding nothing to do is quick."""

import os
from pathlib import Path

_SILENT = (".md", ".lock", ".license", "license", "release-notes.txt")
_WHY = {
    (".xlsx", ".xls", ".xlsm", ".ods"): "a spreadsheet; save the sheet as a CSV file (CSV UTF-8)",
    (".meta.csv", ".meta.csv.gz"): "the metadata of a file",
    ("data-guidance.txt",): "the release's data guidance",
}


def raw_paths(raw: Path) -> list[Path]:
    """List the files of data/raw/ that may hold tables, sorted by name.

    Hidden files, metadata, texts and the release's supporting files are left out.

    Raises:
        OSError: A folder cannot be read.
    """
    return [path for path in _files(raw) if is_table(path.relative_to(raw))]


def unread(raw: Path) -> dict[str, str]:
    """List the files of data/raw/ that are not read, with the reason, by their names under it.

    Raises:
        OSError: A folder cannot be read.
    """
    names = [path.relative_to(raw) for path in _files(raw)]
    return {
        path.as_posix(): _why(path) for path in names if not is_table(path) and not path.name.lower().endswith(_SILENT)
    }


def _why(path: Path) -> str:
    known = (why for ends, why in _WHY.items() if path.name.lower().endswith(ends))
    return next(known, "not a CSV file")


def _files(raw: Path) -> list[Path]:
    """List the files below a folder, but for hidden ones and the release's supporting files."""

    def fail(error: OSError) -> None:
        raise error

    found = []
    for folder, folders, names in os.walk(raw, onerror=fail) if raw.is_dir() else ():
        folders[:] = [name for name in folders if not name.startswith(".") and name != "supporting-files"]
        found += [Path(folder, name) for name in names if not name.startswith(".")]
    return sorted(path for path in found if path.is_file())


def is_table(path: Path) -> bool:
    """Whether a file, by its path below data/raw/ or in a zip, may hold a table."""
    name = path.name.lower()
    return (
        name.endswith((".csv", ".csv.gz", ".zip"))
        and not name.endswith((".meta.csv", ".meta.csv.gz"))
        and not any(part.startswith(".") or part == "supporting-files" for part in path.parts)
    )
