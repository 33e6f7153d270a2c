"""Which lines a table has: the headline ones, or those that a question asks for and the data hold."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from npqstats.analysis.cells import Cell, Key
from npqstats.analysis.figures import Line
from npqstats.analysis.question import Question
from npqstats.catalogue.observations import OVERALL
from npqstats.vocabulary.areas import ENGLAND
from npqstats.vocabulary.courses import Course, course, prospectus
from npqstats.vocabulary.funding import BASIS, FUNDING
from npqstats.vocabulary.measures import MEASURES
from npqstats.vocabulary.names import listed

HEADLINE = (
    # measure, funding, basis, label
    ("starts", "all", "in-year", "Starts"),
    ("participants", "all", "in-year", "Participants"),
    ("participants", "funded", "in-year", "Participants, funded"),
    ("participants", "non-funded", "in-year", "Participants, non-funded (school- or self-paid)"),
    ("workforce-share", "all", "in-year", "Share of the teaching workforce"),
    ("workforce-share", "all", "cumulative", "Share of the teaching workforce, since 2021"),
    ("schools", "all", "in-year", "Schools reached"),
    ("schools", "all", "cumulative", "Schools reached, since 2021"),
    ("schools-share", "all", "cumulative", "Share of schools reached, since 2021"),
    ("completion-rate", "all", "in-year", "Completion rate, by year of start"),
    ("pass-rate", "all", "in-year", "Pass rate, by year of start"),
)


def headline(
    question: Question, cells: Iterable[Cell], place: str | None, new: Sequence[Course], *, like_for_like: bool
) -> list[Line]:
    """Give the lines of the table that everyone asks for, for the funding, course or place of the question.

    Args:
        question: Without a measure and without a breakdown.
        cells: What there is; a course gets a line where it has a figure.
        place: Code of the place asked for; None for England.
        new: Courses that only one of the years can have; starts are also given without them.
        like_for_like: Give every line without the new courses, and only those that can be had so.
    """
    lines = [
        Line(label=label, key=_total(question, place, *kind))
        for *kind, label in HEADLINE
        if kind[1] == "all" or question.funding is None
    ]
    left_out = tuple(dict.fromkeys((*question.without, *new)))
    if question.course:
        return [replace(line, key=_of_course(line.key, question.course.code.lower())) for line in lines]
    if like_for_like and left_out:
        return [_leaving_out(line, left_out) for line in lines if line.measure.is_by_course]
    starts = lines[0]
    here = {cell.key for cell in cells}
    by_course = [
        Line(label=f"Starts, {course.name} ({course.code})", key=_of_course(starts.key, course.code.lower()))
        for course in prospectus().courses.values()
        if _of_course(starts.key, course.code.lower()) in here
    ]
    return [starts, *([_leaving_out(starts, left_out)] if left_out else []), *by_course, *lines[1:]]


def _leaving_out(line: Line, courses: tuple[Course, ...]) -> Line:
    codes = listed([course.code for course in courses])
    return replace(line, label=f"{line.label}, leaving out {codes}", without=courses)


def _total(question: Question, place: str | None, measure: str, funding: str, basis: str) -> Key:
    level = question.level if place else "National"
    return Key(measure, question.funding or funding, basis, OVERALL, OVERALL, level, place or ENGLAND[0])


def _of_course(key: Key, group: str) -> Key:
    return key._replace(breakdown="course", group=group)


def asked(question: Question, cells: Iterable[Cell], place: str | None, new: Sequence[Course]) -> list[Line]:
    """Give the lines that a question asks for and that have a cell in some year.

    Args:
        question: With a measure.
        cells: What there is for that measure.
        place: Code of the one place asked for; None for every place of the level.
        new: Courses to leave out besides those that the question leaves out.
    """
    left_out = tuple(dict.fromkeys((*question.without, *new)))
    codes = {course.code.lower() for course in left_out}
    found = {cell.key: cell for cell in sorted(cells, key=lambda cell: cell.period) if fits(cell, question, place)}
    ordered = sorted(found.values(), key=lambda cell: _order(cell.key, cell))
    has_basis = any(cell.key.basis == "cumulative" for cell in ordered)
    lines = [
        Line(label=_label(cell, question, has_basis=has_basis), key=cell.key)
        for cell in ordered
        if cell.key.group not in codes
    ]
    return [_leaving_out(line, left_out) if left_out and line.key.group == OVERALL else line for line in lines]


def fits(cell: Cell, question: Question, place: str | None) -> bool:
    """Whether a cell stands in a line that the question asks for."""
    key = cell.key
    breakdown, group = (question.by or OVERALL, None) if question.by not in (None, "funding") else (OVERALL, OVERALL)
    if question.course:
        breakdown, group = "course", question.course.code.lower()
    return (
        (question.measure is None or key.measure == question.measure.code)
        and (question.by == "funding" or key.funding == question.fixed_funding)
        and (question.basis is None or key.basis == question.basis)
        and (key.breakdown == breakdown or (question.by not in (None, "funding") and key.breakdown == OVERALL))
        and (group is None or key.group == group)
        and (key.level in (question.level, "National") if place is None else key.location_code == place)
    )


def is_part(key: Key, question: Question) -> bool:
    """Whether a line is one of those asked for by name, and not the total that stands above them."""
    if question.by == "funding":
        return key.funding != "all"
    return key.level == question.level and (question.by is None or key.breakdown != OVERALL)


def _order(key: Key, cell: Cell) -> tuple[object, ...]:
    courses = list(prospectus().courses)
    code = key.group.upper()
    return (
        list(MEASURES).index(key.measure),
        key.level != "National",
        key.breakdown != OVERALL,
        courses.index(code) if code in courses else len(courses),
        list(FUNDING).index(key.funding),
        list(BASIS).index(key.basis),
        cell.source,
        cell.line,
    )


def _label(cell: Cell, question: Question, *, has_basis: bool) -> str:
    key = cell.key
    parts = [MEASURES[key.measure].label]
    if question.level != "National" and not question.by and not question.course:
        parts = [cell.location_name]
    elif question.by == "funding":
        parts = [{"all": "All", "funded": "Funded", "non-funded": "Non-funded (school- or self-paid)"}[key.funding]]
    elif key.breakdown == "course" and key.group.upper() in prospectus().courses:
        known = course(key.group)
        parts = [f"{known.name} ({known.code})"]
    elif question.by:
        parts = ["All" if key.breakdown == OVERALL else cell.group_label]
    if question.funding and question.funding != "all" and question.by is None and question.level == "National":
        parts.append(question.funding)
    if has_basis:
        parts.append({"in-year": "in the year", "cumulative": "since 2021"}[key.basis])
    return ", ".join(parts)
