"""The lines of a table as parts of a whole: which of them is the total, and what the others are called."""

from collections.abc import Iterable

import polars as pl

from npqstats.tables.moves import Row

MOST = 10
"""As many parts as there are courses; of more, not all are drawn one by one."""
LEVELS = {"Regional": "region", "Local authority": "local authority"}
"""What a place of a level is called."""
_PLURALS = {"local authority": "local authorities"}


def is_total(row: Row, shown: Iterable[Row]) -> bool:
    """Whether a row is the total that stands beside its parts."""
    return any(
        (other["breakdown"] != "overall" and row["breakdown"] == "overall")
        or (other["geographic_level"] != "National" and row["geographic_level"] == "National")
        or (other["funding"] != "all" and row["funding"] == "all")
        for other in shown
    )


def without_total(table: pl.DataFrame) -> pl.DataFrame:
    """Leave out the total of a count, beside which its parts would shrink; kinds of funding keep it."""
    rows = table.to_dicts()
    if rows[0]["unit"] == "%" or len({row["funding"] for row in rows}) > 1:
        return table
    return table.filter(pl.Series([not is_total(row, rows) for row in rows]))


def singular(rows: Iterable[Row]) -> str:
    """Name what a line is: course, region, local authority or group."""
    for row in rows:
        if row["geographic_level"] in LEVELS:
            return LEVELS[row["geographic_level"]]
        if row["breakdown"] != "overall":
            return "course" if row["breakdown"] == "course" else "group"
    return "group"


def plural(rows: Iterable[Row]) -> str:
    """Name what the lines are: courses, regions, local authorities or groups."""
    return _plural(singular(rows))


def places(level: str) -> str:
    """Name what the places of a level are."""
    return _plural(LEVELS.get(level, "place"))


def _plural(word: str) -> str:
    return _PLURALS.get(word, f"{word}s")
