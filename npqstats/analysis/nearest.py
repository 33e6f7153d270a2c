"""What exists nearest to a question that nothing matches."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import polars as pl

from npqstats.analysis.parts import LEVELS
from npqstats.analysis.question import FUNDING, Question
from npqstats.catalogue.catalogue import release
from npqstats.errors import UsageError
from npqstats.project import Project
from npqstats.store import parquet
from npqstats.store.coverage import coverage
from npqstats.vocabulary.areas import AREAS
from npqstats.vocabulary.breakdowns import BREAKDOWNS, OVERALL
from npqstats.vocabulary.names import listed, unknown
from npqstats.vocabulary.periods import AcademicYear, label

_ALWAYS = {FUNDING, "course", *LEVELS}
_BY_LEVEL = {level: by for by, level in LEVELS.items()}
_OFFERS = {
    "year": "for {}",
    "funding": "with --funding {}",
    "basis": "with --basis {}",
    "by": "{}",
    "area": "in {}",
    "course": "for the course {}",
    "release": "with --release {}",
}
"""What is offered in place of a part of the question, by the columns of `_rows`."""


def nothing(project: Project, asked: Question, years: Sequence[AcademicYear]) -> UsageError:
    """Make the error for a question without an answer: what there is when one part of it is left out."""
    rows = _rows(project, project.observations.resolve(), asked.measure.code if asked.measure else None)
    known = {*rows.get_column("by"), *_ALWAYS} - {OVERALL}
    if asked.by and asked.by not in {*known, *BREAKDOWNS}:
        return unknown("breakdown", asked.by, sorted(known))
    samples = _samples(project)
    places = listed([area.name for area in asked.areas])
    if samples and (absent := _absent_level(asked, rows, years)):
        return UsageError(f"The rows of {absent}{f' ({places})' if places else ''} are not loaded.", samples.strip())
    conditions = _conditions(asked, years)
    offers = []
    for part in conditions:
        kept = [condition for name, condition in conditions.items() if name != part]
        if values := rows.filter(pl.lit(value=True), *kept).get_column(part).unique(maintain_order=True).to_list():
            offers.append(_OFFERS[part].format(listed(_labels(part, values)[:6], "or")))
    labels = [year.label for year in years]
    span = listed(labels) if len(years) <= 2 else f"{labels[0]} to {labels[-1]}"
    where = (f" in {places}" if places else "") + (f" in {span}" if years else "")
    what = f"There are no such figures{f' for {asked.measure.code}' if asked.measure else ''}{where}."
    if offers:
        return UsageError(what, f"There are some {'; some '.join(offers)}.{samples}")
    exists = _labels("by", sorted(set(rows.get_column("by"))))
    if asked.measure and not exists:
        see = f"see 'npqstats show --measure {asked.measure.code}'"
        return UsageError(what, f"It has no figure for a single year; {see}.")
    return UsageError(what, f"There are figures {listed(exists)}; see 'npqstats list groups'.{samples}")


_PLURAL = {"Regional": "regions", "Local authority": "local authorities"}


def _absent_level(asked: Question, rows: pl.DataFrame, years: Sequence[AcademicYear]) -> str:
    """Name the level that is asked for and has no rows at all in the years; nothing where each has some."""
    codes = [year.code for year in years] or rows.get_column("year").to_list()
    have = set(rows.filter(pl.col("year").is_in(codes)).get_column("geographic_level"))
    levels = [*([asked.level] if asked.level else []), *(area.level for area in asked.areas)]
    return next((_PLURAL[level] for level in levels if level in _PLURAL and level not in have), "")


def _samples(project: Project) -> str:
    """Say that only samples are loaded, where that is why there is nothing."""
    said = " Only sample rows are loaded: 'npqstats fetch' brings the full files."
    return said if coverage(project).is_sample() else ""


_OF_PARTS = ("release", "funding", "basis", "breakdown", "geographic_level", "area", "location_name")


@lru_cache(maxsize=16)
def _rows(
    project: Project,
    build: Path,  # noqa: ARG001 (a build never changes)
    measure: str | None,
) -> pl.DataFrame:
    """Read of what there are figures, of one measure or of any, in columns named as the parts of a question."""
    names = {area.id: area.name for area in AREAS.values()}
    is_national = pl.col("geographic_level") == "National"
    return parquet.read(
        project,
        lambda observations: (
            observations.filter(
                pl.col("suite").cast(pl.String) == "reformed",
                pl.col("first_period").is_null(),
                pl.col("measure") == measure if measure else pl.lit(value=True),
            )
            .select(*_OF_PARTS, year="time_period", course="group")
            .with_columns(pl.col(pl.Categorical, pl.Enum).cast(pl.String))
            .with_columns(
                by=pl.when(is_national).then("breakdown").otherwise(pl.col("geographic_level").replace(_BY_LEVEL)),
                area=pl.col("area").replace_strict(names, default=pl.col("location_name")),
            )
            .unique()
            .sort("release", "year", "funding", "basis", "by", "course", "location_name")
        ),
    )


def _conditions(asked: Question, years: Sequence[AcademicYear]) -> dict[str, pl.Expr]:
    """Write each part of a question as a condition on the column of its name; cells of any measure may be of any."""
    names = [area.name for area in asked.areas]
    by = "course" if asked.course else OVERALL if asked.by in (None, FUNDING) else asked.by
    is_any = asked.measure is None and by == OVERALL
    funding = asked.funding or (None if asked.measure is None else "all")
    found = {
        "year": pl.col("year").is_in([year.code for year in years]) if years else None,
        "funding": pl.col("funding") == funding if funding else None,
        "basis": pl.col("basis") == asked.basis if asked.basis else None,
        "by": pl.col("by") == by if not names and not is_any else None,
        "area": pl.col("area").is_in(names) if names and not asked.level else None,
        "course": pl.col("course") == asked.course.slug if asked.course else None,
        "release": pl.col("release") == asked.release if asked.release else None,
    }
    if asked.by == FUNDING:
        found["funding"] = pl.col("funding") != "all"
    return {name: condition for name, condition in found.items() if condition is not None}


def _labels(part: str, values: list[str]) -> list[str]:
    """Write values of a part of a question as users know them."""
    match part:
        case "year":
            return [label(int(value)) for value in sorted(values)]
        case "release":
            return [release(value).name for value in values]
        case "course":
            return [value.upper() for value in values]
        case "by":
            return ["in total" if value == OVERALL else f"by {value}" for value in values]
        case _:
            return values
