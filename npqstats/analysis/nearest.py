"""What exists nearest to a question that nothing matches."""

from collections.abc import Sequence

import polars as pl

from npqstats.analysis.cells import wanted
from npqstats.analysis.places import Place
from npqstats.analysis.question import Question
from npqstats.catalogue.catalogue import release
from npqstats.catalogue.observations import OVERALL
from npqstats.errors import UsageError
from npqstats.project import Project
from npqstats.store import parts
from npqstats.vocabulary.measures import MEASURES
from npqstats.vocabulary.names import listed, unknown
from npqstats.vocabulary.periods import AcademicYear, label


def nothing(project: Project, asked: Question, years: Sequence[AcademicYear], where: Place | None) -> UsageError:
    """Make the error for a question without an answer, naming what there is when one part of it is given up."""
    measure = asked.measure or MEASURES["starts"]
    rows = parts.read(
        project,
        lambda table: (
            wanted(table, measures=[measure.code])
            .with_columns(pl.col(pl.Categorical, pl.Enum).cast(pl.String))
            .with_columns(by=_by())
            .unique(_KEYS)
        ),
    )
    known = {*(_LEVELS.get(by, by) for by in rows.get_column("by")), *_ALWAYS} - {OVERALL}
    if asked.by and asked.by not in known:
        return unknown("breakdown", asked.by, sorted(known))
    is_of_level = pl.col("geographic_level") == asked.level
    rows = rows.sort(_KEYS).with_columns(by=pl.col("breakdown") if where else pl.col("by"))
    parts_of_question = {
        "year": pl.col("time_period").is_in([year.code for year in years]) if years else None,
        "funding": pl.col("funding") != "all" if asked.by == "funding" else pl.col("funding") == asked.fixed_funding,
        "basis": pl.col("basis") == asked.basis if asked.basis else None,
        "by": (pl.col("breakdown") == _breakdown(asked)) & (pl.lit(True) if where else is_of_level),
        "area": pl.col("location_code") == where.code if where else None,
        "course": pl.col("group") == asked.course.code.lower() if asked.course else None,
        "release": pl.col("release") == asked.release.replace("/", "-") if asked.release else None,
    }
    asked_for = {name: condition for name, condition in parts_of_question.items() if condition is not None}
    offers = []
    for given_up in asked_for:
        kept = [condition for name, condition in asked_for.items() if name != given_up]
        values = rows.filter(kept).get_column(_COLUMN.get(given_up, given_up)).unique(maintain_order=True).to_list()
        if values:
            offers.append(f"{_WORD[given_up]}{listed(_labels(given_up, values)[:6], 'or')}")
    span = listed([year.label for year in years]) if len(years) <= 2 else f"{years[0].label} to {years[-1].label}"
    what = f"There are no such figures for {measure.code}{f' in {span}' if years else ''}."
    if offers:
        return UsageError(what, f"There are some {'; some '.join(offers)}.")
    exists = _labels("by", sorted({by for by in rows.get_column("by") if by}))
    if not exists:
        return UsageError(what, f"It has no figure for a single year; see 'npqstats show --measure {measure.code}'.")
    return UsageError(what, f"Of this measure there are figures {listed(exists)}; see 'npqstats list groups'.")


_KEYS = ["release", "time_period", "funding", "basis", "by", "group", "location_code"]
_ALWAYS = ("funding", "course", "region", "local-authority")
_COLUMN = {"year": "time_period", "area": "location_name", "course": "group"}
_LEVELS = {"Regional": "region", "Local authority": "local-authority"}
_WORD = {
    "year": "for ",
    "funding": "with --funding ",
    "basis": "with --basis ",
    "by": "",
    "area": "in ",
    "course": "for the course ",
    "release": "with --release ",
}


def _by() -> pl.Expr:
    is_national = pl.col("geographic_level") == "National"
    return pl.when(is_national).then(pl.col("breakdown")).otherwise(pl.col("geographic_level"))


def _breakdown(asked: Question) -> str:
    if asked.course:
        return "course"
    return asked.by if asked.by and asked.by != "funding" else OVERALL


def _labels(part: str, values: list[object]) -> list[str]:
    if part == "year":
        return [label(int(str(value))) for value in sorted(values, key=str)]
    if part == "release":
        return [release(str(value)).name for value in values]
    if part == "course":
        return [str(value).upper() for value in values]
    if part == "by":
        return ["in total" if value == OVERALL else f"by {_LEVELS.get(str(value), str(value))}" for value in values]
    return [str(value) for value in values]
