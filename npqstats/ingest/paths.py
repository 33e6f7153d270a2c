"""Which files under data/raw/ may hold tables. Imports nothing, so that finding nothing to do is quick."""

from pathlib import Path


def raw_paths(raw: Path) -> list[Path]:
    """List the files of data/raw/ that may hold tables, sorted by name.

    Hidden files, metadata, texts and the release's supporting files are left out.
    """
    if not raw.is_dir():
        return []
    return sorted(path for path in raw.rglob("*") if is_table(path.relative_to(raw)) and path.is_file())


def is_table(path: Path) -> bool:
    """Whether a file, by its path below data/raw/ or in a zip, may hold a table."""
    name = path.name.lower()
    return (
        name.endswith((".csv", ".csv.gz", ".zip"))
        and not name.endswith((".meta.csv", ".meta.csv.gz"))
        and not any(part.startswith(".") or part == "supporting-files" for part in path.parts)
    )
