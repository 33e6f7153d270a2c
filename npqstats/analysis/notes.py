"""What stands below a table: the sentences that a reader must not miss, and the figures that each belongs to."""

from collections.abc import Sequence

from npqstats.analysis.figures import Figure, Line
from npqstats.catalogue.catalogue import Release
from npqstats.vocabulary.courses import later_than, new_between
from npqstats.vocabulary.names import listed
from npqstats.vocabulary.periods import AcademicYear
from npqstats.vocabulary.symbols import SYMBOLS


def of_years(before: Figure, after: Figure, first: AcademicYear, second: AcademicYear) -> list[str]:
    """Give the notes on both figures once, and those on one of them with its year."""
    shared = [note for note in before.notes if note in after.notes]
    return [
        *(f"{first.label} and {second.label}: {note}" for note in shared),
        *(f"{first.label}: {note}" for note in before.notes if note not in shared),
        *(f"{second.label}: {note}" for note in after.notes if note not in shared),
    ]


def of_new_courses(line: Line, first: AcademicYear, second: AcademicYear) -> list[str]:
    """Say which course of the line, or left out of it, began too late for one of the years or for both."""
    told: dict[str, list[str]] = {}
    for course in later_than(first):
        is_late = course not in new_between(first, second)
        if line.key.group == course.code.lower() or (course in line.without and not is_late):
            so = "" if is_late else f", so {first.label} has none"
            told.setdefault(f"began in {course.began}{so}.", []).append(course.code)
    return [f"{listed(codes)} {began}" for began, codes in told.items()]


def of_gaps(before: Figure, after: Figure, first: AcademicYear, second: AcademicYear) -> list[str]:
    """Say why a year has no number, unless its own notes do."""
    return [*_gap(before, first), *_gap(after, second)]


def _gap(figure: Figure, year: AcademicYear) -> list[str]:
    if figure.symbol:
        return [f"{year.label}: {SYMBOLS[figure.symbol]}, so no change is stated."]
    return [] if figure.is_known or figure.notes else [f"{year.label}: not in the rows at hand."]


def of_unripe(years: Sequence[AcademicYear], release: Release, *, is_compared: bool) -> list[str]:
    """Say that cohorts were unfinished, and what was made of them."""
    if not years:
        return []
    labels = listed([year.label for year in years])
    unfinished = f"those started in {labels} were unfinished when the release {release.label} was made"
    left = "compared all the same, as asked" if is_compared else "marked 'so far' and not compared"
    return [f"Courses take up to 22 months: {unfinished}, and are {left}."]
