"""Which notes stand under a chart: those on the figures that it draws, and what its marks mean."""

from collections.abc import Iterable, Mapping, Sequence

from npqstats.charts.parts import plural
from npqstats.charts.row import is_at_hand, is_official, is_unfinished, short
from npqstats.errors import UsageError
from npqstats.tables.moves import Row
from npqstats.vocabulary.names import listed
from npqstats.vocabulary.periods import AcademicYear
from npqstats.wording import wording

REPORTED = "Diamonds: reported elsewhere, not in an official data file."
_SHOWN_BY_MARKS = ("So far: ", "Courses take up to ")
"""Beginnings of notes on what the marks of every chart show."""
_ON_CHANGES = ("The change ", "No percentage: ")
"""Beginnings of notes on changes, which a chart of figures does not print."""
_FOR_KEEPERS = "full participants file"
"""Stands in notes on what is to be done with the rows at hand, of no use to a reader of the figures."""
_NAMED = 2
"""So many lines are named; of more, a note says how many."""


def notes(rows: Iterable[Row]) -> list[str]:
    """Give the notes on the figures of some rows of a trend, once each, as they first occur."""
    told = dict.fromkeys(note for row in rows for note in row["notes"])
    return [note for note in told if not _is_beside_the_point(note, *_ON_CHANGES)]


def notes_by_line(rows: Sequence[Row], *, but: tuple[str, ...] = ()) -> list[str]:
    """Give the notes of some rows of a comparison, once each; one that is not about all says about which it is.

    Args:
        rows: Those that the chart draws.
        but: How notes begin that this chart has no use for.
    """
    about: dict[str, list[Row]] = {}
    for row in rows:
        for note in row["notes"]:
            if not _is_beside_the_point(note, *but):
                about.setdefault(note, []).append(row)
    return [f"{_whose(note, found, rows)}{note}" for note, found in about.items()]


def _is_beside_the_point(note: str, *beginnings: str) -> bool:
    return note.startswith((*_SHOWN_BY_MARKS, *beginnings)) or _FOR_KEEPERS in note


def _whose(note: str, found: Sequence[Row], rows: Sequence[Row]) -> str:
    """Name the lines of a note, unless it is about all or names its course itself."""
    if len(found) == len(rows) or all(short(row) in note for row in found):
        return ""
    named = listed([row["line"] for row in found])
    whose = named if len(found) <= _NAMED else f"{len(found)} of the {len(rows)} {plural(rows)}"
    return f"{whose}, " if note[:1].isdigit() else f"{whose}: "


def marks(rows: Iterable[Row], how: str) -> list[str]:
    """Explain the marks of unfinished years, of figures that are not official, and symbols, as far as some are drawn.

    Args:
        rows: Of a trend.
        how: How an unfinished figure is drawn: `Hatched`.
    """
    drawn = [row for row in rows if is_at_hand(row)]
    return [
        *unfinished((AcademicYear.of_code(row["period"]) for row in drawn if is_unfinished(row)), how),
        *([] if all(map(is_official, drawn)) else [REPORTED]),
        *wording.symbol_key({row["symbol"] for row in drawn if row["symbol"]}),
    ]


def unfinished(years: Iterable[AcademicYear], how: str) -> list[str]:
    """Explain the mark of unfinished years; nothing where there are none."""
    begun = listed(year.label for year in sorted(set(years)))
    return [f"{how}: so far. Courses take up to 22 months; those begun in {begun} are unfinished."] if begun else []


def lacking(years: Mapping[str, Sequence[AcademicYear]]) -> list[str]:
    """Say of what, and for which years, there is neither a figure nor a symbol; nothing where nothing lacks."""
    told = [f"{name} of {listed(year.label for year in absent)}" for name, absent in years.items() if absent]
    return [f"Not in the rows at hand: {'; '.join(told)}."] if told else []


def nothing(rows: Iterable[Row]) -> UsageError:
    """Make the error for rows without any figure, with what is known of the reason."""
    why = dict.fromkeys(note for row in rows for note in row["notes"])
    return UsageError(" ".join(["There is no figure to draw.", *why]), "See 'npqstats show' for the rows at hand.")
