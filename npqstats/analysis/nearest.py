"""What exists nearest to a question that nothing matches."""

from collections.abc import Sequence

import polars as pl

from npqstats.analysis.answers import OVERALL
from npqstats.analysis.question import FUNDING, LEVELS, Question
from npqstats.catalogue.catalogue import release
from npqstats.errors import UsageError
from npqstats.project import Project
from npqstats.store import parts
from npqstats.store.coverage import coverage
from npqstats.vocabulary.areas import canonical
from npqstats.vocabulary.measures import MEASURES
from npqstats.vocabulary.names import listed, unknown
from npqstats.vocabulary.periods import AcademicYear, label

_KEYS = ["release", "time_period", "funding", "basis", "by", "group", "location_name"]
_ALWAYS = {FUNDING, "course", *LEVELS}
_BY_LEVEL = {level: by for by, level in LEVELS.items()}
_WORDS = {
    "year": "for ",
    "funding": "with --funding ",
    "basis": "with --basis ",
    "by": "",
    "area": "in ",
    "course": "for the course ",
    "release": "with --release ",
}


def nothing(project: Project, asked: Question, years: Sequence[AcademicYear]) -> UsageError:
    """Make the error for a question without an answer: what there is when one part of it is left out."""
    measure = asked.measure or MEASURES["starts"]
    rows = _rows(project, measure.code)
    known = {*rows.get_column("by"), *_ALWAYS} - {OVERALL}
    if asked.by and asked.by not in known:
        return unknown("breakdown", asked.by, sorted(known))
    samples = _samples(project)
    if samples and (absent := _absent_level(asked, rows, years)):
        where = f" ({listed([area.name for area in asked.areas])})" if asked.areas else ""
        return UsageError(f"The rows of {absent}{where} are not loaded.", samples.strip())
    conditions = _conditions(asked, years)
    offers = []
    for left_out in conditions:
        kept = [condition for name, condition in conditions.items() if name != left_out]
        column = {"year": "time_period", "area": "area", "course": "group"}.get(left_out, left_out)
        values = rows.filter(kept).get_column(column).unique(maintain_order=True).to_list()
        if values:
            offers.append(f"{_WORDS[left_out]}{listed(_labels(left_out, values)[:6], 'or')}")
    years_labels = [year.label for year in years]
    span = listed(years_labels) if len(years) <= 2 else f"{years_labels[0]} to {years_labels[-1]}"
    where = f" in {listed([area.name for area in asked.areas])}" if asked.areas else ""
    what = f"There are no such figures for {measure.code}{where}{f' in {span}' if years else ''}."
    if offers:
        return UsageError(what, f"There are some {'; some '.join(offers)}.{samples}")
    exists = _labels("by", sorted(set(rows.get_column("by"))))
    if not exists:
        return UsageError(what, f"It has no figure for a single year; see 'npqstats show --measure {measure.code}'.")
    return UsageError(what, f"Of this measure there are figures {listed(exists)}; see 'npqstats list groups'.{samples}")


_PLURAL = {"Regional": "regions", "Local authority": "local authorities"}


def _absent_level(asked: Question, rows: pl.DataFrame, years: Sequence[AcademicYear]) -> str:
    """Name the level that is asked for and has no rows at all in the years; nothing where each has some."""
    codes = [year.code for year in years] or rows.get_column("time_period").to_list()
    have = set(rows.filter(pl.col("time_period").is_in(codes)).get_column("geographic_level"))
    levels = [*([asked.level] if asked.level else []), *(area.level for area in asked.areas)]
    return next((_PLURAL[level] for level in levels if level in _PLURAL and level not in have), "")


def _samples(project: Project) -> str:
    """Say that only samples are loaded, where that is why there is nothing."""
    files = coverage(project).files
    is_sample = any(file.expected is not None and file.rows < file.expected for file in files)
    return " Only sample rows are loaded: 'npqstats fetch' brings the full files." if is_sample else ""


def _rows(project: Project, measure: str) -> pl.DataFrame:
    columns = ["release", "time_period", "funding", "basis", "breakdown", "group"]
    rows = parts.read(
        project,
        lambda observations: (
            observations.filter(
                pl.col("suite").cast(pl.String) == "reformed",
                pl.col("first_period").is_null(),
                pl.col("measure").cast(pl.String) == measure,
            )
            .select(*columns, "geographic_level", "location_code", "location_name")
            .with_columns(pl.col(pl.Categorical, pl.Enum).cast(pl.String))
            .unique()
        ),
    )
    is_national = pl.col("geographic_level") == "National"
    level = pl.col("geographic_level").replace(_BY_LEVEL)
    names = [
        canonical(*place)
        for place in zip(
            rows["geographic_level"],
            [(code or "",) for code in rows["location_code"]],
            rows["location_name"],
            strict=True,
        )
    ]
    return rows.with_columns(
        by=pl.when(is_national).then("breakdown").otherwise(level),
        area=pl.Series([n.name for n in names], dtype=pl.String),
    ).sort(_KEYS)


def _conditions(asked: Question, years: Sequence[AcademicYear]) -> dict[str, pl.Expr]:
    names = [area.name for area in asked.areas]
    by = asked.by or OVERALL
    found = {
        "year": pl.col("time_period").is_in([year.code for year in years]) if years else None,
        FUNDING: pl.col("funding") != "all" if by == FUNDING else pl.col("funding") == (asked.funding or "all"),
        "basis": pl.col("basis") == asked.basis if asked.basis else None,
        "by": pl.col("by") == ("course" if asked.course else OVERALL if by == FUNDING else by) if not names else None,
        "area": pl.col("area").is_in(names) if names and not asked.level else None,
        "course": pl.col("group") == asked.course.slug if asked.course else None,
        "release": pl.col("release") == asked.release if asked.release else None,
    }
    return {name: condition for name, condition in found.items() if condition is not None}


def _labels(part: str, values: list[object]) -> list[str]:
    if part == "year":
        return [label(int(str(value))) for value in sorted(values, key=str)]
    if part == "release":
        return [release(str(value)).name for value in values]
    if part == "course":
        return [str(value).upper() for value in values]
    if part == "by":
        return ["in total" if value == OVERALL else f"by {value}" for value in values]
    return [str(value) for value in values]
