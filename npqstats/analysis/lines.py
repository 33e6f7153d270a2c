"""Which lines a table has: the headline ones, or those that a question asks for and the data hold."""

from collections.abc import Iterable
from dataclasses import replace

from npqstats.analysis.cells import Cell, Key
from npqstats.analysis.figures import Line
from npqstats.analysis.question import OVERALL, Question
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


def headline(question: Question, cells: Iterable[Cell], place: str | None, new: list[Course]) -> list[Line]:
    """Give the lines of the table that everyone asks for, for the funding, course or place of the question.

    Args:
        question: Without a measure and without a breakdown.
        cells: What there is; a course gets a line where it has a figure.
        place: Code of the place asked for; None for England.
        new: Courses that only one of the years can have; starts are also given without them.
    """
    lines = [
        Line(label=label, key=_total(question, place, *kind))
        for *kind, label in HEADLINE
        if kind[1] == "all" or question.funding is None
    ]
    if question.course:
        return [replace(line, key=_of_course(line.key, question.course.code.lower())) for line in lines]
    starts = lines[0].key
    here = {cell.key for cell in cells}
    by_course = [
        Line(label=f"Starts, {course.name} ({course.code})", key=_of_course(starts, course.code.lower()))
        for course in prospectus().courses.values()
        if _of_course(starts, course.code.lower()) in here
    ]
    left_out = tuple(dict.fromkeys((*question.without, *new)))
    if left_out:
        codes = listed([course.code for course in left_out])
        by_course.insert(0, Line(label=f"Starts, leaving out {codes}", key=starts, without=left_out))
    return [lines[0], *by_course, *lines[1:]]


def _total(question: Question, place: str | None, measure: str, funding: str, basis: str) -> Key:
    level = question.level if place else "National"
    return Key(measure, question.funding or funding, basis, OVERALL, OVERALL, level, place or ENGLAND[0])


def _of_course(key: Key, group: str) -> Key:
    return key._replace(breakdown="course", group=group)


def asked(question: Question, cells: Iterable[Cell], place: str | None, new: list[Course]) -> list[Line]:
    """Give the lines that a question asks for and that have a cell in some year.

    Args:
        question: With a measure.
        cells: What there is for that measure.
        place: Code of the one place asked for; None for every place of the level.
        new: Courses to leave out of totals besides those that the question leaves out.
    """
    without = tuple(dict.fromkeys((*question.without, *new)))
    found = {cell.key: cell for cell in sorted(cells, key=lambda cell: cell.period) if fits(cell, question, place)}
    ordered = sorted(found.values(), key=lambda cell: _order(cell.key, cell))
    total_has_parts = without and question.by in (None, "funding")
    several_bases = len({cell.key.basis for cell in ordered}) > 1 or any(c.key.basis == "cumulative" for c in ordered)
    return [
        Line(
            label=_label(cell, question, without if total_has_parts else (), has_basis=several_bases),
            key=cell.key,
            without=without if total_has_parts else (),
        )
        for cell in ordered
        if not (question.by == "course" and cell.key.group in {course.code.lower() for course in without})
    ]


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
        and (key.level == question.level if place is None else key.location_code == place)
    )


def _order(key: Key, cell: Cell) -> tuple[object, ...]:
    courses = list(prospectus().courses)
    code = key.group.upper()
    return (
        list(MEASURES).index(key.measure),
        key.breakdown != OVERALL,
        courses.index(code) if code in courses else len(courses),
        list(FUNDING).index(key.funding),
        list(BASIS).index(key.basis),
        cell.source,
        cell.line,
    )


def _label(cell: Cell, question: Question, without: tuple[Course, ...], *, has_basis: bool) -> str:
    key = cell.key
    parts = [MEASURES[key.measure].label]
    if question.level != "National":
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
    if without:
        parts.append(f"leaving out {listed([course.code for course in without])}")
    return ", ".join(parts)
