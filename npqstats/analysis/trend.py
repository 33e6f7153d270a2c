"""A measure through the years."""

from dataclasses import replace
from itertools import pairwise

from npqstats.analysis import releases
from npqstats.analysis.answers import Change, Figure, Gap, Line, Status, Trend, TrendPoint, TrendRow
from npqstats.analysis.figures import change
from npqstats.analysis.question import Question
from npqstats.analysis.scope import Scope, scope
from npqstats.errors import UsageError
from npqstats.project import Project
from npqstats.vocabulary.measures import MEASURES
from npqstats.vocabulary.periods import AcademicYear


def trend(
    project: Project, asked: Question, *, first: AcademicYear | None = None, last: AcademicYear | None = None
) -> Trend:
    """Follow a measure through the years.

    Args:
        project: Where the observations are, up to date.
        asked: Its years are not read; without a measure, starts answer, or the first measure by what is asked for.
        first: First year; None: the first of the release.
        last: Last year; None: the last of the release.

    Raises:
        UsageError: A part of the question matches nothing, or has no effect on the answer.
    """
    if asked.measure is None and asked.by is None:
        asked = replace(asked, measure=MEASURES["starts"])
    was_turned = bool(first and last and first > last)
    if was_turned:
        first, last = last, first
    known = releases.loaded(project)
    chosen = releases.named(asked.release, known).name if asked.release else None
    years = _years(known, first, last, chosen)
    found = scope(project, asked, years)
    years = _covered(years, known[found.release.name], first, last)
    rows = tuple(_row(line, found, years) for line in found.lines)
    if asked.include_unripe and not any(p.status is Status.SO_FAR for row in rows for p in row.points):
        raise UsageError("No cohort in this answer is unfinished.", "Leave out --include-unripe.")
    return Trend(
        question=replace(found.asked, years=(years[0], years[-1])),
        release=found.release,
        newest=found.newest,
        is_sample=found.is_sample,
        is_complete=found.is_complete,
        years=tuple(years),
        rows=rows,
        was_turned=was_turned,
    )


def _years(
    known: dict[str, set[int]], first: AcademicYear | None, last: AcademicYear | None, release: str | None
) -> list[AcademicYear]:
    have = sorted(known[release] if release else set.union(*known.values()))
    releases.check_years([year for year in (first, last) if year], known, None)
    return (first or AcademicYear.of_code(have[0])).to(last or AcademicYear.of_code(have[-1]))


def _covered(
    years: list[AcademicYear], have: set[int], first: AcademicYear | None, last: AcademicYear | None
) -> list[AcademicYear]:
    """Drop years before the first and after the last one of the release, unless they were asked for."""
    begin = min(have) if first is None else years[0].code
    end = max(have) if last is None else years[-1].code
    return [year for year in years if begin <= year.code <= end]


def _row(line: Line, found: Scope, years: list[AcademicYear]) -> TrendRow:
    figures = {year: found.figures.of(line, year) for year in years}
    unfinished = found.unfinished(line, years)
    moved = {years[0]: Change()}
    for before, after in pairwise(years):
        is_held_back = bool({before, after} & {*unfinished}) and not found.asked.include_unripe
        moved[after] = Change() if is_held_back else change(figures[before], figures[after], line.measure)
    begun = {
        after
        for before, after in pairwise(years)
        if line.course and figures[before].gap is Gap.DID_NOT_EXIST and figures[after].value is not None
    }
    return TrendRow(
        line=line,
        points=tuple(
            TrendPoint(
                year=year,
                figure=figure,
                change=moved[year],
                status=_status(figure, is_unfinished=year in unfinished, is_new=year in begun),
            )
            for year, figure in figures.items()
        ),
    )


def _status(figure: Figure, *, is_unfinished: bool, is_new: bool) -> Status:
    if not figure.is_known:
        return Status.MISSING
    return Status.SO_FAR if is_unfinished else Status.NEW if is_new else Status.PUBLISHED
