"""What exists nearest to a question that nothing matches."""

from collections.abc import Sequence

import polars as pl

from npqstats.analysis.cells import wanted
from npqstats.analysis.places import Place
from npqstats.analysis.question import OVERALL, Question
from npqstats.errors import UsageError
from npqstats.project import Project
from npqstats.sources.catalogue import release
from npqstats.store import parts
from npqstats.vocabulary.measures import MEASURES
from npqstats.vocabulary.names import listed
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
            .unique(["release", "time_period", "funding", "basis", "by", "group", "location_code"])
        ),
    )
    parts_of_question = {
        "year": pl.col("time_period").is_in([year.code for year in years]),
        "funding": pl.lit(True) if asked.by == "funding" else pl.col("funding") == asked.fixed_funding,
        "basis": pl.col("basis") == asked.basis if asked.basis else pl.lit(True),
        "by": pl.col("by") == _asked_by(asked, where),
        "area": pl.col("location_code") == where.code if where else pl.lit(True),
        "course": pl.col("group") == asked.course.code.lower() if asked.course else pl.lit(True),
        "release": pl.col("release") == asked.release.replace("/", "-") if asked.release else pl.lit(True),
    }
    offers = []
    for given_up in parts_of_question:
        kept = [condition for name, condition in parts_of_question.items() if name != given_up]
        values = rows.filter(kept).get_column(_COLUMN.get(given_up, given_up)).unique(maintain_order=True).to_list()
        if values:
            offers.append(f"{_WORD[given_up]} {listed(_labels(given_up, values)[:6], 'or')}")
    span = listed([year.label for year in years]) if len(years) <= 2 else f"{years[0].label} to {years[-1].label}"
    what = f"No figure of the measure {measure.code} matches for {span}."
    if offers:
        return UsageError(what, f"There are some with {'; or '.join(offers)}.")
    exists = sorted({f"by {by}" for by in rows.get_column("by").unique() if by}) or ["none"]
    return UsageError(what, f"Of this measure there are rows {listed(exists)}; see 'npqstats list groups'.")


_COLUMN = {"year": "time_period", "area": "location_name", "course": "group"}
_WORD = {
    "year": "the year",
    "funding": "--funding",
    "basis": "--basis",
    "by": "the breakdown",
    "area": "the area",
    "course": "the course",
    "release": "--release",
}


def _by() -> pl.Expr:
    is_national = pl.col("geographic_level") == "National"
    return pl.when(is_national).then(pl.col("breakdown")).otherwise(pl.col("geographic_level"))


def _asked_by(asked: Question, where: Place | None) -> str:
    level = where.level if where else asked.level
    if asked.course:
        return "course"
    return level if level != "National" else asked.by if asked.by not in (None, "funding") else OVERALL


def _labels(part: str, values: list[object]) -> list[str]:
    if part == "year":
        return [label(int(str(value))) for value in sorted(values, key=str)]
    if part == "release":
        return [release(str(value)).name for value in values]
    if part == "course":
        return [str(value).upper() for value in values]
    return [str(value) for value in values]
