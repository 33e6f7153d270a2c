"""Two years side by side: the answer that the project is for."""

from collections.abc import Callable
from dataclasses import replace

from npqstats.analysis.answers import Change, Comparison, ComparisonRow, Figure, Gap, Line, Status
from npqstats.analysis.figures import change
from npqstats.analysis.lines import is_part
from npqstats.analysis.question import Question
from npqstats.analysis.scope import Scope, scope
from npqstats.errors import UsageError
from npqstats.project import Project
from npqstats.vocabulary.names import listed
from npqstats.vocabulary.periods import AcademicYear


def compare(project: Project, asked: Question) -> Comparison:
    """Compare two years.

    Args:
        project: Where the observations are, up to date.
        asked: With two different years, in any order.

    Raises:
        UsageError: A part of the question matches nothing, or has no effect on the answer.
    """
    if len(asked.years) != 2 or asked.years[0] == asked.years[1]:
        one = asked.years[0]
        raise UsageError(f"{one.label} cannot be compared with itself.", f"Compare {one.before.slug} {one.slug}?")
    before, after = sorted(asked.years)
    was_turned = asked.years != (before, after)
    asked = replace(asked, years=(before, after))
    found = scope(project, asked, (before, after))
    rows = [_row(line, found, before, after) for line in found.lines]
    _refuse_without_effect(asked, found, rows)
    rows = [row for row in rows if not _is_dropped(row, asked)]
    return Comparison(
        question=found.asked,
        release=found.release,
        newest=found.newest,
        is_sample=found.is_sample,
        is_complete=found.is_complete,
        years=(before, after),
        rows=tuple(_ordered(rows, found)),
        new=found.new,
        ended=found.ended,
        was_turned=was_turned,
        count=sum(_is_part(row, found) for row in rows),
    )


def _is_dropped(row: ComparisonRow, asked: Question) -> bool:
    """Whether a row without any figure is left out: those of the headline, and courses that ran in neither year."""
    if row.status is not Status.MISSING:
        return False
    is_nowhere = row.before.gap is row.after.gap is Gap.DID_NOT_EXIST
    return is_nowhere or (asked.is_headline and not (row.line.without and asked.without))


def _row(line: Line, found: Scope, before: AcademicYear, after: AcademicYear) -> ComparisonRow:
    first, second = found.figures.of(line, before), found.figures.of(line, after)
    unfinished = found.unfinished(line, (before, after))
    status = _status(line, first, second, is_held_back=bool(unfinished) and not found.asked.include_unripe)
    moved = change(first, second, line.measure) if status is Status.COMPARED else Change()
    return ComparisonRow(line=line, before=first, after=second, change=moved, status=status, unfinished=unfinished)


def _status(line: Line, before: Figure, after: Figure, *, is_held_back: bool) -> Status:
    if line.course and after.value is not None and before.gap is Gap.DID_NOT_EXIST:
        return Status.NEW
    if line.course and before.value is not None and after.gap is Gap.DID_NOT_EXIST:
        return Status.ENDED
    if not before.is_known and not after.is_known:
        return Status.MISSING
    if is_held_back:
        return Status.SO_FAR
    return Status.COMPARED if before.value is not None and after.value is not None else Status.INCOMPLETE


def _refuse_without_effect(asked: Question, found: Scope, rows: list[ComparisonRow]) -> None:
    """Refuse options that change nothing in this answer: what is asked acts, or is refused."""
    if asked.like_for_like and not (found.new or found.ended):
        years = listed([year.label for year in asked.years])
        raise UsageError(f"{years} had the same courses.", "Leave out --like-for-like.")
    if asked.include_unripe and not any(row.unfinished for row in rows):
        raise UsageError("No cohort in this answer is unfinished.", "Leave out --include-unripe.")
    if len(rows) < 2 and (asked.sort != "published" or asked.top):
        raise UsageError("There is one row, which has no order.", "Leave out --sort and --top, or add --by.")


_SIZES: dict[str, Callable[[ComparisonRow], float | None]] = {
    "change": lambda row: row.change.size,
    "percent": lambda row: row.change.change_pct if row.change.change_pp is None else row.change.change_pp,
    "before": lambda row: row.before.value,
    "after": lambda row: row.after.value,
}


def _is_part(row: ComparisonRow, found: Scope) -> bool:
    return is_part(row.line.series, row.line.area, found.asked)


def _ordered(rows: list[ComparisonRow], found: Scope) -> list[ComparisonRow]:
    """Sort the rows, totals staying on top, and keep the first ones; the biggest changes where only `top` is asked."""
    sort, top = found.asked.sort, found.asked.top
    if sort == "published" and top is None:
        return rows
    parts = [row for row in rows if _is_part(row, found)]
    above = [row for row in rows if not _is_part(row, found)]
    if sort == "name":
        parts.sort(key=lambda row: (row.line.area.name, row.line.group_label.casefold()))
    else:
        size = _SIZES.get(sort, _SIZES["change"])
        parts.sort(key=lambda row: (size(row) is None, -abs(size(row) or 0)))
    return [*above, *parts[:top]]
