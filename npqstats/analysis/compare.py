"""Two years side by side: the table that the project is for."""

from collections.abc import Iterable
from pathlib import Path

import polars as pl

from npqstats.analysis import notes
from npqstats.analysis.change import Change, change
from npqstats.analysis.columns import COMPARISON
from npqstats.analysis.figures import Figure, Line
from npqstats.analysis.order import check_order, ordered
from npqstats.analysis.question import check_without, question, years
from npqstats.analysis.scope import Scope, described, scope
from npqstats.catalogue.observations import EVIDENCE
from npqstats.listeners import Say, silent
from npqstats.project import Project
from npqstats.store.build import ready
from npqstats.vocabulary.courses import new_between
from npqstats.vocabulary.periods import AcademicYear


def compare(
    before: str,
    after: str,
    *,
    measure: str | None = None,
    by: str | None = None,
    funding: str | None = None,
    course: str | None = None,
    exclude_courses: Iterable[str] = (),
    area: str | None = None,
    basis: str | None = None,
    like_for_like: bool = False,
    release: str | None = None,
    include_unripe: bool = False,
    sort: str = "published",
    top: int | None = None,
    project: Project | Path | str | None = None,
    say: Say = silent,
) -> pl.DataFrame:
    """Compare two years.

    Args:
        before: The earlier academic year, in any spelling; if it is the later one, the two are turned.
        after: The later academic year.
        measure: What is counted; none: the headline measures, or the first one that has what `by` asks for.
        by: `funding`, `course`, `region`, `local-authority` or another breakdown of the data.
        funding: `all`, `funded` or `non-funded`.
        course: One course, by any of its names.
        exclude_courses: Courses to subtract from totals.
        area: One place, by name or code.
        basis: `in-year` or `cumulative`; none: each that there is.
        like_for_like: Leave out of both years the courses that one of them could not have.
        release: The edition to use; none: the newest that answers.
        include_unripe: Compare completion figures of unfinished cohorts, too.
        sort: One of `SORTS`; sizes of change count without their sign, largest first.
        top: Only so many lines, the total apart.
        project: Where the data are; none: found as `npqstats.project.locate` does.
        say: Told what a reader should know of the whole table.

    Returns:
        A row per line, with the columns `columns.COMPARISON`. Values as published; null where a symbol stands or no
        figure is at hand. Changes are unrounded: in the unit of the count, in % of the earlier figure, in points.

    Raises:
        UsageError: A part of the question is not known, contradicts another, or nothing matches.
    """
    first, second, were_turned = years(before, after)
    asked = question(
        measure=measure,
        by=by,
        funding=funding,
        course_name=course,
        exclude_courses=exclude_courses,
        area=area,
        basis=basis,
        release=release,
    )
    check_order(sort, top)
    project = ready(project, say=say)
    new = [course for course in new_between(first, second) if course != asked.course]
    if like_for_like:
        check_without(asked, new)
    found = scope(project, asked, (first, second), new, like_for_like=like_for_like)
    if like_for_like and asked.is_headline:
        say("Like for like: measures that cannot be had without a course are not shown.")
    if were_turned:
        say(f"The years came the wrong way round: this is {first.label} to {second.label}.")
    rows = [_row(line, found, first, second, include_unripe=include_unripe) for line in found.lines]
    if absent := [str(row["line"]) for row in rows if row["status"] == "missing" and not row["notes"]]:
        if not area:
            say(f"Not in the rows at hand for these years: {'; '.join(absent)}.")
        rows = [row for row in rows if row["line"] not in absent]
    return ordered(pl.DataFrame(rows, schema=COMPARISON, orient="row"), sort, top)


def _row(
    line: Line, found: Scope, first: AcademicYear, second: AcademicYear, *, include_unripe: bool
) -> dict[str, object]:
    before, after = found.figures.of(line, first), found.figures.of(line, second)
    unripe = [year for year in (first, second) if line.measure.ripens and found.release.is_unripe(year.code)]
    is_new = line.key.group in {course.code.lower() for course in new_between(first, second)}
    status = _status(before, after, is_new=is_new, held_back=bool(unripe) and not include_unripe)
    moved = change(before, after, line.measure) if status == "compared" else Change()
    told = [
        *notes.of_years(before, after, first, second),
        *(notes.of_new_courses(line, first, second) if status != "missing" or line.without else ()),
        *(notes.of_gaps(before, after, first, second) if status == "incomplete" else ()),
        *(notes.of_unripe(unripe, found.release, is_compared=status == "compared") if status != "missing" else ()),
        *moved.notes,
        *(found.remarks if status != "missing" else ()),
    ]
    return {
        **described(line, found),
        "before_period": first.code,
        "after_period": second.code,
        "before": before.value,
        "before_exact": before.exact,
        "before_symbol": before.symbol,
        "after": after.value,
        "after_exact": after.exact,
        "after_symbol": after.symbol,
        "status": status,
        "change": moved.change,
        "change_pct": moved.change_pct,
        "change_pp": moved.change_pp,
        "release": found.release.name,
        "evidence": _weakest(before, after),
        "before_origins": list(before.origins),
        "after_origins": list(after.origins),
        "notes": told,
    }


def _status(before: Figure, after: Figure, *, is_new: bool, held_back: bool) -> str:
    if not before.is_known and not after.is_known:
        return "missing"
    if held_back:
        return "so far"
    if is_new and not before.value:
        return "new"
    return "compared" if before.value is not None and after.value is not None else "incomplete"


def _weakest(before: Figure, after: Figure) -> str | None:
    ranks = list(EVIDENCE)
    known = [figure.evidence for figure in (before, after) if figure.evidence]
    return max(known, key=ranks.index, default=None)
