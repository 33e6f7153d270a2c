"""Which rows an answer has: the headline measures, or what a question asks for and the data hold."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from npqstats.analysis.answers import Line
from npqstats.analysis.cells import Cell
from npqstats.analysis.question import COURSE, FUNDING, Question
from npqstats.analysis.series import Series
from npqstats.vocabulary.areas import AREAS, ENGLAND, Area
from npqstats.vocabulary.breakdowns import OVERALL
from npqstats.vocabulary.courses import COURSES, Course, in_breakdown, recognise
from npqstats.vocabulary.funding import BASIS
from npqstats.vocabulary.funding import FUNDING as FUNDINGS
from npqstats.vocabulary.measures import MEASURES

HEADLINE = (
    ("starts", "all", "in-year"),
    ("participants", "all", "in-year"),
    ("participants", "funded", "in-year"),
    ("participants", "non-funded", "in-year"),
    ("workforce-share", "all", "in-year"),
    ("workforce-share", "all", "cumulative"),
    ("schools", "all", "cumulative"),
    ("schools-share", "all", "cumulative"),
    ("completion-rate", "all", "in-year"),
    ("pass-rate", "all", "in-year"),
)
"""Measure, funding and basis of the headline rows, in order."""


def headline(asked: Question, changed: Sequence[Course]) -> list[Line]:
    """List the rows of the table that everyone asks for.

    Args:
        asked: Without a measure and without a breakdown.
        changed: Courses that only one of the years had; starts are also shown without them.
    """
    area = asked.areas[0] if asked.areas else AREAS[ENGLAND[0]]
    lines = [
        Line(series=Series(measure, asked.funding or funding, basis, level=area.level, location=area.id), area=area)
        for measure, funding, basis in HEADLINE
        if funding == "all" or asked.funding is None
    ]
    if asked.basis:
        lines = [line for line in lines if line.series.basis == asked.basis]
    if asked.course:
        return [_of_course(line, asked.course) for line in lines]
    left_out = _left_out(asked, changed)
    if left_out:
        return [replace(line, without=left_out) for line in lines if line.measure.is_by_course]
    if not (asked.is_national and changed and lines and lines[0].series.measure == "starts"):
        return lines
    starts = lines[0]
    return [starts, replace(starts, without=tuple(changed)), *(_of_course(starts, one) for one in changed), *lines[1:]]


def _left_out(asked: Question, changed: Sequence[Course]) -> tuple[Course, ...]:
    """Name the courses that are left out: those asked for and, like for like, those that only one year had."""
    return tuple(dict.fromkeys((*asked.without, *(changed if asked.like_for_like else ()))))


def _of_course(line: Line, course: Course) -> Line:
    series = line.series._replace(breakdown=COURSE, group=course.slug)
    return replace(line, series=series, course=course, group_label=course.title)


def asked_for(asked: Question, cells: Iterable[Cell], areas: dict[str, Area], changed: Sequence[Course]) -> list[Line]:
    """List the rows that a question with a measure asks for and that have a cell in some year.

    Args:
        asked: The question, with a measure.
        cells: The cells of the release that answers.
        areas: The areas of these cells, by id.
        changed: Courses that only one of the years had, left out where the question is like for like.
    """
    left_out = _left_out(asked, changed)
    rank = {identity: position for position, identity in enumerate(wanted_areas(asked, areas))}
    newest: dict[Series, Cell] = {}
    for cell in cells:
        if fits(cell, asked, rank):
            first = newest.get(cell.series)
            newest[cell.series] = cell if first is None or cell.period > first.period else first
    ordered = sorted(newest.values(), key=lambda cell: _order(cell, rank))
    lines = [_line(cell, areas) for cell in ordered]
    if not left_out:
        return lines
    return [replace(line, without=left_out) if line.is_total else line for line in lines if line.course not in left_out]


def _line(cell: Cell, areas: dict[str, Area]) -> Line:
    is_course = cell.series.breakdown == COURSE
    course = (recognise(cell.group_label) or in_breakdown(cell.group_label)) if is_course else None
    label = "" if cell.series.breakdown == OVERALL else cell.group_label
    return Line(series=cell.series, area=areas[cell.series.location], course=course, group_label=label)


def courses_in(cells: Iterable[Cell]) -> list[Course]:
    """List the courses that have rows, those of the vocabulary first and in its order."""
    labels = dict.fromkeys(cell.group_label for cell in cells if cell.series.breakdown == COURSE)
    found = [course for label in labels if (course := recognise(label) or in_breakdown(label)) is not None]
    known = list(COURSES.values())
    return [*known, *(course for course in dict.fromkeys(found) if course not in known)]


def wanted_areas(asked: Question, areas: dict[str, Area]) -> list[str]:
    """List the ids of the areas whose rows are asked for: what lies above them first."""
    england = ENGLAND[0]
    if asked.level is None:
        return [area.id for area in asked.areas] or [england]
    named = [area.id for area in asked.areas if area.id != england]
    inside = [area for area in areas.values() if area.level == asked.level and (not named or area.region in named)]
    inside.sort(key=lambda area: (area.region or area.id, area.name))
    return [england, *named, *(area.id for area in inside)]


def fits(cell: Cell, asked: Question, wanted: Collection[str]) -> bool:
    """Whether a cell is in a row that the question asks for, or in a total above these."""
    series = cell.series
    if series.location not in wanted or (asked.measure is not None and series.measure != asked.measure.code):
        return False
    if asked.course:
        is_group = (series.breakdown, series.group) == (COURSE, asked.course.slug)
    else:
        is_group = series.breakdown in (OVERALL, asked.breakdown)
    return (
        is_group
        and (asked.by == FUNDING or series.funding == (asked.funding or "all"))
        and (asked.basis is None or series.basis == asked.basis)
    )


def is_part(series: Series, area: Area, asked: Question) -> bool:
    """Whether a row is one of those asked for by name, and not a total above them."""
    if asked.by == FUNDING:
        return series.funding != "all"
    if asked.level:
        return area.level == asked.level
    return asked.breakdown is None or series.breakdown != OVERALL


def _order(cell: Cell, rank: dict[str, int]) -> tuple[object, ...]:
    series = cell.series
    codes = [course.slug for course in COURSES.values()]
    return (
        list(MEASURES).index(series.measure),
        rank[series.location],
        series.breakdown != OVERALL,
        codes.index(series.group) if series.group in codes else len(codes),
        list(FUNDINGS).index(series.funding),
        list(BASIS).index(series.basis),
        cell.source,
        cell.line,
    )
