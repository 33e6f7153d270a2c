"""Which notes belong under a chart: on the figures that it draws, not on changes, and on what its marks mean."""

from collections.abc import Iterable, Sequence
from typing import Any

from npqstats.present import wording
from npqstats.vocabulary.names import listed
from npqstats.vocabulary.periods import label

_OTHERWISE_SHOWN = ("The change ", "No percentage: ", "So far: ", "Courses take up to ")
"""Beginnings of notes on changes, which a chart of figures does not print, and on what its marks show."""


def notes(rows: Iterable[dict[str, Any]]) -> list[str]:
    """Give the notes on the figures of some rows, once each, as they first occur."""
    told = dict.fromkeys(note for row in rows for note in row["notes"])
    return [note for note in told if not note.startswith(_OTHERWISE_SHOWN)]


def marks(rows: Sequence[dict[str, Any]], unfinished: str) -> list[str]:
    """Explain the marks of unfinished years, of figures that are not official, and symbols, as far as some are drawn.

    Args:
        rows: Of a trend.
        unfinished: How an unfinished figure is drawn: `Hatched`.
    """
    drawn = [row for row in rows if row["value"] is not None or row["symbol"]]
    years = sorted({row["period"] for row in drawn if row["status"] == "so far"})
    told = []
    if years:
        begun = listed([label(year) for year in years])
        told.append(f"{unfinished}: so far. Courses take up to 22 months; those begun in {begun} are unfinished.")
    if any(not is_official(row) for row in drawn):
        told.append("Diamonds: reported elsewhere, not in an official data file.")
    return told + wording.symbol_key({row["symbol"] for row in drawn if row["symbol"]})


def is_official(row: dict[str, Any]) -> bool:
    """Whether a figure stands in an official data file, or is computed from such figures."""
    return row["evidence"] in (None, "official", "derived")
