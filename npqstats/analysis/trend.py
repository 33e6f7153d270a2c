"""A measure through the years."""

from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

import polars as pl

from npqstats.analysis import editions
from npqstats.analysis.change import Change, change
from npqstats.analysis.columns import TREND
from npqstats.analysis.figures import Figure, Line
from npqstats.analysis.question import question
from npqstats.analysis.scope import Scope, described, scope
from npqstats.errors import UsageError
from npqstats.listeners import Say, silent
from npqstats.project import Project
from npqstats.store.build import ready
from npqstats.vocabulary.courses import Course, new_between
from npqstats.vocabulary.numbers import number
from npqstats.vocabulary.periods import AcademicYear


def trend(
    *,
    measure: str | None = None,
    by: str | None = None,
    funding: str | None = None,
    course: str | None = None,
    exclude_courses: Iterable[str] = (),
    area: str | None = None,
    basis: str | None = None,
    first: str | None = None,
    last: str | None = None,
    release: str | None = None,
    include_unripe: bool = False,
    project: Project | Path | str | None = None,
    say: Say = silent,
) -> pl.DataFrame:
    """Follow a measure through the years.

    Args:
        measure: What is counted; none: starts.
        by: As for `compare`.
        funding: As for `compare`.
        course: As for `compare`.
        exclude_courses: As for `compare`.
        area: As for `compare`.
        basis: As for `compare`.
        first: First year; none: the first of the release.
        last: Last year; none: the last of the release.
        release: The edition to use; none: the newest that answers.
        include_unripe: Give changes for unfinished cohorts, too.
        project: Where the data are; none: found as `npqstats.project.locate` does.
        say: Told what a reader should know of the whole table.

    Returns:
        A row per line and year, with the columns `columns.TREND`. Values as published; null where a symbol stands or no
        figure is at hand; then the year has no change, nor the one after it.

    Raises:
        UsageError: As for `compare`.
    """
    asked = question(
        measure=measure or "starts",
        by=by,
        funding=funding,
        course_name=course,
        exclude_courses=exclude_courses,
        area=area,
        basis=basis,
        release=release,
    )
    project = ready(project, say=say)
    known = editions.at_hand(project)
    if first and last and AcademicYear.parse(first) > AcademicYear.parse(last):
        say("The years came the wrong way round and were turned.")
        first, last = last, first
    years = _years(known, first, last, editions.named(release, known).name if release else None)
    found = scope(project, asked, years)
    years = _covered(years, known[found.release.name], first, last)
    rows = [row for line in found.lines for row in _rows(line, found, years, include_unripe=include_unripe)]
    table = pl.DataFrame(rows, schema=TREND, orient="row")
    for sentence in _sums(table, found, years):
        say(sentence)
    return table


def _years(known: dict[str, set[int]], first: str | None, last: str | None, release: str | None) -> list[AcademicYear]:
    at_hand = [
        AcademicYear.of_code(period) for period in sorted(known[release] if release else set.union(*known.values()))
    ]
    named = [AcademicYear.parse(year) for year in (first, last) if year]
    editions.check_years(named, known, None)
    years = (AcademicYear.parse(first) if first else at_hand[0]).to(AcademicYear.parse(last) if last else at_hand[-1])
    if not years:
        raise UsageError("There is no year from the first to the last one asked for.", "Turn --from and --to round.")
    return years


def _covered(years: list[AcademicYear], have: set[int], first: str | None, last: str | None) -> list[AcademicYear]:
    """Drop years before the first and after the last one of the release, unless they were asked for."""
    begin = min(have) if first is None else years[0].code
    end = max(have) if last is None else years[-1].code
    return [year for year in years if begin <= year.code <= end]


def _rows(line: Line, found: Scope, years: list[AcademicYear], *, include_unripe: bool) -> list[dict[str, object]]:
    figures = {year: found.figures.of(line, year) for year in years}
    unripe = {year for year in years if line.measure.ripens and found.release.is_unripe(year.code)}
    new: dict[AcademicYear, list[Course]] = {}
    moved = {years[0]: Change()}
    for before, after in pairwise(years):
        is_held_back = bool({before, after} & unripe) and not include_unripe
        began = [course for course in new_between(before, after) if line.key.group == course.code.lower()]
        if began and not figures[before].value:
            new[after] = began
        is_compared = not is_held_back and after not in new
        moved[after] = change(figures[before], figures[after], line.measure) if is_compared else Change()
    return [
        {
            **described(line, found),
            "period": year.code,
            "value": figure.value,
            "exact": figure.exact,
            "symbol": figure.symbol,
            "status": _status(figure, is_unripe=year in unripe, is_new=year in new),
            "change": moved[year].change,
            "change_pct": moved[year].change_pct,
            "change_pp": moved[year].change_pp,
            "release": found.release.name,
            "evidence": figure.evidence,
            "origins": list(figure.origins),
            "notes": [
                *(note[:1].upper() + note[1:] for note in figure.notes),
                *moved[year].notes,
                *(f"{course.code} began in {course.began}." for course in new.get(year, ())),
                *([_UNRIPE.format(found.release.label)] if year in unripe else []),
                *found.remarks,
            ],
        }
        for year, figure in figures.items()
    ]


def _status(figure: Figure, *, is_unripe: bool, is_new: bool) -> str:
    if not figure.is_known:
        return "missing"
    return "so far" if is_unripe else "new" if is_new else "published"


_UNRIPE = "So far: courses take up to 22 months, and these were unfinished when the release {} was made."


def _sums(table: pl.DataFrame, found: Scope, years: list[AcademicYear]) -> list[str]:
    """Add up the years of a single line, where that makes sense, and say what the sum counts."""
    measure = found.lines[0].measure
    values = table.get_column("value")
    if (
        len(found.lines) > 1
        or not measure.adds_up
        or measure.unit != "courses"
        or values.null_count()
        or len(years) == 1
    ):
        return []
    span = f"{years[0].label} to {years[-1].label}"
    so_far = " so far" if measure.ripens and any(found.release.is_unripe(year.code) for year in years) else ""
    total = f"Sum of {span}: {number(float(values.sum()))} {measure.label.lower()}{so_far}."
    return [f"{total} These are courses, not people: one person may start several."]
