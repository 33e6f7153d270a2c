"""What is wrong with a published file: what is refused as an error, and what is kept and listed.

Imports no Polars, so that reading a manifest is quick.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from npqstats.errors import DataError

if TYPE_CHECKING:
    import polars as pl

LINE = "line"
"""The column of every frame with the number of each row's line, the header being line 1."""
MOST_KEPT = 100
"""Disagreements kept per check, rule and column; the rest would say the same."""
AGAIN = "Download the file again, and do not save it from a spreadsheet."


@dataclass(frozen=True)
class Disagreement:
    """A published figure that contradicts another, or a row that is missing or written oddly; never an error."""

    rule: str
    source: str
    """File under data/raw/."""
    line: int
    column: str
    cell: str
    """As printed; empty where a row is missing."""
    what: str
    """What contradicts what, as a sentence without its full stop."""


def kept(found: Iterable[Disagreement]) -> list[Disagreement]:
    """Keep the first of what one check found of each rule and column, by line."""
    by_column: dict[tuple[str, str], list[Disagreement]] = defaultdict(list)
    for one in found:
        by_column[one.rule, one.column].append(one)
    return [one for many in by_column.values() for one in sorted(many, key=lambda one: one.line)[:MOST_KEPT]]


def refuse(
    rows: pl.DataFrame, column: str, is_bad: pl.Series, source: str, what: Callable[[str], tuple[str, str]]
) -> None:
    """Raise the error for the bad cells of a column, if there are any: the first one, and how many more there are.

    Args:
        rows: With `column` and `line`.
        column: The published column.
        is_bad: True of the bad cells; null is not bad.
        source: Name of the file under data/raw/.
        what: Message and hint for the cell as printed.

    Raises:
        DataError: A cell is bad.
    """
    if not is_bad.any():
        return
    bad = rows.filter(is_bad)
    line, cell = bad.get_column(LINE)[0], bad.get_column(column)[0]
    message, hint = what("" if cell is None else str(cell))
    more = f" {bad.height - 1:,} more below it." if bad.height > 1 else ""
    raise DataError(f"data/raw/{source}:{line}, column {column}: {message}", f"{hint}{more}")
