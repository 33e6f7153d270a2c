"""Two years side by side: the table that the project is for."""

from collections.abc import Iterable
from pathlib import Path

import polars as pl

from npqstats.analysis.change import Change, change
from npqstats.analysis.figures import Figure, Line
from npqstats.analysis.question import Question, question, years
from npqstats.analysis.scope import Scope, scope
from npqstats.errors import UsageError
from npqstats.pipeline import Say, ready, silent
from npqstats.project import Project
from npqstats.vocabulary.courses import Course, new_between, prospectus
from npqstats.vocabulary.names import listed, unknown
from npqstats.vocabulary.periods import AcademicYear
from npqstats.vocabulary.symbols import SYMBOLS

SORTS = ("published", "change", "percent", "before", "after", "name")

COMPARISON: dict[str, pl.DataType | type[pl.DataType]] = {
    "line": pl.String,
    "measure": pl.String,
    "unit": pl.String,
    "funding": pl.String,
    "basis": pl.String,
    "breakdown": pl.String,
    "group": pl.String,
    "geographic_level": pl.String,
    "location_code": pl.String,
    "location_name": pl.String,
    "before_period": pl.Int32,
    "after_period": pl.Int32,
    "before": pl.Float64,
    "before_exact": pl.Float64,
    "before_symbol": pl.String,
    "after": pl.Float64,
    "after_exact": pl.Float64,
    "after_symbol": pl.String,
    "status": pl.String,
    "change": pl.Float64,
    "change_pct": pl.Float64,
    "change_pp": pl.Float64,
    "release": pl.String,
    "evidence": pl.String,
    "before_origins": pl.List(pl.String),
    "after_origins": pl.List(pl.String),
    "notes": pl.List(pl.String),
}
"""The columns of a comparison.

`status` is compared, so far (unfinished cohorts), new (the course began later), incomplete or missing.
"""


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
        project: Where the data are; none: found as `npqstats.project.find` does.
        say: Told what a reader should know of the whole table.

    Returns:
        A row per line, with the columns of `COMPARISON`. Values as published; null where a symbol stands or no figure
        is at hand. Changes are unrounded: in the unit of the count, in % of the earlier figure, in percentage points.

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
    if sort not in SORTS:
        raise unknown("sort order", sort, SORTS)
    if top is not None and top < 1:
        raise UsageError("--top takes a whole number from 1.", "Leave it out for all lines.")
    project = ready(project, say=say)
    new = _new_courses(asked, first, second, like_for_like=like_for_like)
    found = scope(project, asked, (first, second), new)
    if were_turned:
        say(f"The years came the wrong way round: this is {first.label} to {second.label}.")
    rows = [_row(line, found, first, second, include_unripe=include_unripe) for line in found.lines]
    if absent := [str(row["line"]) for row in rows if row["status"] == "missing" and not row["notes"]]:
        say(f"Not in the rows at hand for these years: {listed(absent)}.")
        rows = [row for row in rows if row["line"] not in absent]
    return _sorted(pl.DataFrame(rows, schema=COMPARISON, orient="row"), sort, top)


def _new_courses(asked: Question, first: AcademicYear, second: AcademicYear, *, like_for_like: bool) -> list[Course]:
    new = [course for course in new_between(first, second) if course != asked.course]
    return new if asked.is_headline or like_for_like else []


def _row(
    line: Line, found: Scope, first: AcademicYear, second: AcademicYear, *, include_unripe: bool
) -> dict[str, object]:
    before, after = found.figures.of(line, first), found.figures.of(line, second)
    unripe = [year.label for year in (first, second) if line.measure.ripens and found.release.is_unripe(year.code)]
    status = _status(line, before, after, first, held_back=bool(unripe) and not include_unripe)
    moved = change(before, after, line.measure) if status == "compared" else Change()
    notes = [*_of_years(before, after, first, second), *_of_course(line, first, second)]
    if status == "incomplete":
        notes += [*_gap(before, first), *_gap(after, second)]
    if unripe and status != "missing":
        notes.append(_unripe(unripe, found.release.label, is_compared=status != "so far"))
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
        "notes": [*notes, *moved.notes, *(found.remarks if status != "missing" else ())],
    }


def described(line: Line, found: Scope) -> dict[str, object]:
    """Give the columns that say what a line is about."""
    group, location = found.names.get((line.key.group, line.key.location_code), (line.key.group, None))
    return {
        "line": line.label,
        "measure": line.measure.code,
        "unit": line.measure.unit,
        "funding": line.key.funding,
        "basis": line.key.basis,
        "breakdown": line.key.breakdown,
        "group": group,
        "geographic_level": line.key.level,
        "location_code": line.key.location_code,
        "location_name": location,
    }


def _status(line: Line, before: Figure, after: Figure, first: AcademicYear, *, held_back: bool) -> str:
    if not before.is_known and not after.is_known:
        return "missing"
    if held_back:
        return "so far"
    if not before.value and any(line.key.group == course.code.lower() for course in _later_than(first)):
        return "new"
    return "compared" if before.value is not None and after.value is not None else "incomplete"


def _later_than(year: AcademicYear) -> list[Course]:
    courses = prospectus().courses.values()
    return [course for course in courses if course.first_year is not None and course.first_year > year]


def _gap(figure: Figure, year: AcademicYear) -> list[str]:
    """Say why a year has no number, unless its own notes do."""
    if figure.symbol:
        return [f"{year.label}: {SYMBOLS[figure.symbol]}, so no change is stated."]
    return [] if figure.is_known or figure.notes else [f"{year.label}: not in the rows at hand."]


def _of_years(before: Figure, after: Figure, first: AcademicYear, second: AcademicYear) -> list[str]:
    """Give the notes on both figures once, and those on one of them with its year."""
    shared = [note for note in before.notes if note in after.notes]
    both = f"{first.label} and {second.label}: "
    mine = [f"{first.label}: {note}" for note in before.notes if note not in shared]
    return [
        *(both + note for note in shared),
        *mine,
        *(f"{second.label}: {note}" for note in after.notes if note not in shared),
    ]


def _of_course(line: Line, first: AcademicYear, second: AcademicYear) -> list[str]:
    new = new_between(first, second)
    told = [course for course in new if course in line.without or line.key.group == course.code.lower()]
    return [f"{course.code} began in {course.began}, so {first.label} has none." for course in told]


def _unripe(labels: list[str], release: str, *, is_compared: bool) -> str:
    left = "compared all the same, as asked" if is_compared else "shown so far, not compared"
    return (
        f"Courses take up to 22 months: those started in {listed(labels)} were unfinished when the release {release} "
        f"was made, and are {left}."
    )


def _weakest(before: Figure, after: Figure) -> str | None:
    from npqstats.observations import EVIDENCE

    ranks = list(EVIDENCE)
    known = [figure.evidence for figure in (before, after) if figure.evidence]
    return max(known, key=ranks.index, default=None)


def _sorted(table: pl.DataFrame, sort: str, top: int | None) -> pl.DataFrame:
    by = {
        "change": pl.coalesce(pl.col("change").abs(), pl.col("change_pp").abs()),
        "percent": pl.coalesce(pl.col("change_pct").abs(), pl.col("change_pp").abs()),
        "before": pl.col("before"),
        "after": pl.col("after"),
    }
    if sort == "published":
        if top is None:
            return table
        sort = "change"
    is_total = (pl.col("breakdown") == "overall") & (pl.col("breakdown") != "overall").any()
    total, parts = table.filter(is_total), table.filter(~is_total)
    if sort == "name":
        parts = parts.sort("line", maintain_order=True)
    else:
        parts = parts.sort(by[sort], descending=True, nulls_last=True, maintain_order=True)
    return pl.concat([total, parts.head(top) if top else parts])
