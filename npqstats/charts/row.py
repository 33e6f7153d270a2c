"""What every kind of chart asks of a row: whether its figure is at hand, official and finished, and its short name."""

from npqstats.tables.moves import Row
from npqstats.vocabulary.courses import recognised


def is_at_hand(row: Row) -> bool:
    """Whether there is a figure of one year, or a symbol in its place."""
    return row["value"] is not None or bool(row["symbol"])


def is_official(row: Row) -> bool:
    """Whether a figure stands in an official data file, or is computed from such figures."""
    return row["evidence"] in (None, "official", "derived")


def is_unfinished(row: Row) -> bool:
    """Whether the figure still grows: a row of a comparison is unfinished where one of its two figures is."""
    return bool(row["status"] == "so far")


def short(row: Row) -> str:
    """Name a line where room is short: by the code of its course, if it is of one."""
    return recognised(row["group"]) or str(row["line"])
