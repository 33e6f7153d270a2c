"""What writing a report came to, in sentences."""

from collections.abc import Iterable
from pathlib import Path

from npqstats.vocabulary.names import plain


def sentences(folder: Path, reasons: Iterable[str], *, did_write: bool, files: Iterable[str]) -> list[str]:
    """Say what was written, or what is out of date.

    Args:
        folder: Where the report stands.
        reasons: What was out of date; none where nothing was.
        did_write: Whether it was written anew.
        files: Every file of it.
    """
    why, names = [plain(reason) for reason in reasons], list(files)
    if did_write:
        tables = _many(sum(name.startswith("tables/") for name in names), "table")
        charts = _many(sum(name.startswith("charts/") and name.endswith(".svg") for name in names), "chart")
        return [f"Wrote {folder / 'index.html'}, report.md and workbook.xlsx, with {tables} and {charts}."]
    return why or [f"{folder} is up to date."]


def _many(number: int, what: str) -> str:
    return f"{number} {what}{'s' * (number != 1)}"
