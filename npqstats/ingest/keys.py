"""What a row is about: when, where, whose funding, over what span, of which group.

A row whose identity is not certain is refused.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import polars as pl

from npqstats.catalogue import observations as table
from npqstats.ingest.disagreement import Disagreement
from npqstats.ingest.faults import LINE, fault
from npqstats.ingest.locations import AREA_COLUMNS, located
from npqstats.vocabulary import breakdowns, courses
from npqstats.vocabulary.areas import LEVEL_BY_NAME
from npqstats.vocabulary.funding import BASIS_BY_NAME, FUNDING_BY_NAME, SERIES_BEGAN
from npqstats.vocabulary.names import clean, folded, is_total, listed
from npqstats.vocabulary.periods import AcademicYear, is_period, label

_AGAIN = "Download the file again, and do not save it from a spreadsheet."
_DAMAGED = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f\ufffd]|[\u00c2\u00c3\u00e2](?:[\u0080-\u00bf\u20ac\u2122\u0153]|$)"
    r"|^#(?:REF|N/A|VALUE|NAME|DIV|NUM|NULL)|^(?:NULL|null|None|NaN|nan|NA|N/A|n/a)$"
    r"|^\d{1,2}[-/](?:\d{1,2}[-/]\d{2,4}|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*(?:[-/]\d{2,4})?)$"
    r"|^(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)-\d{2,4}$"
)
"""A control character, a broken encoding, an error or a date that a spreadsheet made of a label."""
_TEXTS = (*("geographic_level", *AREA_COLUMNS, "funding", "cum_disc", "breakdown", "group_name"),)
_SIX = 6
"""Digits of a period: 202324."""


@dataclass(frozen=True)
class Keys:
    """What the rows are about, and what was remarked on the way."""

    frame: pl.DataFrame
    """The key columns of `observations.SCHEMA`."""
    remarks: list[Disagreement] = field(default_factory=list)
    unknown_courses: list[tuple[str, int]] = field(default_factory=list)
    """Labels, with the first line of each, that look like a course and are not known."""


def keys(rows: pl.DataFrame, source: str, last: AcademicYear | None) -> Keys:
    """Read the key columns of a wide file.

    Args:
        rows: Text, with `line`.
        source: Name of the file under data/raw/, for messages.
        last: The year of the release, which no row is later than; None for figures of many releases.

    Raises:
        DataError: A cell is damaged or not known, or columns contradict each other about which row it is.
    """
    _check_texts(rows, source)
    is_other = ~rows.get_column("time_identifier").str.strip_chars().str.to_lowercase().eq("academic year")
    if is_other.any():
        raise fault(rows, "time_identifier", is_other, source, _other_period)
    absent = [name for name in ("funding", "cum_disc", "breakdown", "group_name") if name not in rows.columns]
    rows = rows.with_columns(pl.lit(None, pl.String).alias(name) for name in absent)
    periods = period(rows, "time_period", source)
    if last is not None:
        _check_range(rows, periods, last, source)
    levels = recoded(rows, "geographic_level", LEVEL_BY_NAME, table.LEVEL, source)
    frame = rows.select(
        periods.alias("time_period"),
        pl.lit(None, pl.Int32).alias("first_period"),
        levels.alias("geographic_level"),
        suite=pl.lit("reformed", table.SUITE),
        funding=recoded(rows, "funding", FUNDING_BY_NAME, table.FUNDING_TYPE, source, absent="all"),
        basis=recoded(rows, "cum_disc", BASIS_BY_NAME, table.BASIS_TYPE, source, absent="in-year"),
        breakdown_label=pl.col("breakdown").fill_null("Overall").cast(table.TEXT),
        group_label=pl.col("group_name").fill_null("Overall").cast(table.TEXT),
    )
    areas, remarks = located(rows, levels, source)
    grouped, unknown = _groups(rows, source)
    frame = pl.concat([frame, areas, grouped], how="horizontal")
    for column, by in (("la_name", ["area"]), ("region_name", ["region_code"]), ("group_name", ["breakdown", "group"])):
        remarks += _spellings(rows, frame, column, by, source)
    for column, by in (
        ("breakdown", ["breakdown"]),
        ("funding", ["funding"]),
        ("geographic_level", ["geographic_level"]),
    ):
        remarks += _spellings(rows, frame, column, by, source)
    return Keys(frame, remarks, unknown)


def _check_texts(rows: pl.DataFrame, source: str) -> None:
    for column in (name for name in _TEXTS if name in rows.columns):
        bad = [text for text in rows.get_column(column).unique() if text and _DAMAGED.search(text)]
        if bad:
            is_bad = rows.get_column(column).is_in(bad)
            raise fault(rows, column, is_bad, source, lambda cell: (f"{cell!r} is damaged.", _AGAIN))


def _other_period(cell: str) -> tuple[str, str]:
    return f"{cell!r} is not 'Academic year'.", "Figures by other periods cannot be compared with these."


def period(rows: pl.DataFrame, column: str, source: str) -> pl.Series:
    """Type a column of academic years in six digits.

    Raises:
        DataError: A cell is no academic year.
    """
    text = rows.get_column(column)
    codes = text.cast(pl.Int32, strict=False)
    good = [code for code in codes.unique() if code is not None and is_period(code)]
    is_bad = ~codes.is_in(good).fill_null(value=False) | (text.str.len_bytes() != _SIX)
    if is_bad.any():
        raise fault(rows, column, is_bad, source, _bad_period)
    return codes


def _bad_period(cell: str) -> tuple[str, str]:
    return (
        f"{cell!r} is not an academic year.",
        "The file format has two consecutive years as six digits, such as 202324.",
    )


def _check_range(rows: pl.DataFrame, periods: pl.Series, last: AcademicYear, source: str) -> None:
    if (is_late := periods > last.code).any():
        hint = f"The file is in the folder of {last.label}. Put it in the folder of the release that printed it."
        what = "is later than the release"
    elif (is_late := periods < SERIES_BEGAN).any():
        hint, what = _AGAIN, f"is before {label(SERIES_BEGAN)}, when the reformed NPQs began"
    else:
        return
    raise fault(rows, "time_period", is_late, source, lambda cell: (f"{cell} {what}.", hint))


def recoded(
    rows: pl.DataFrame, column: str, names: Mapping[str, str], dtype: pl.Enum, source: str, *, absent: str = ""
) -> pl.Series | pl.Expr:
    """Turn the publisher's labels into ours; where the file lacks the column, every row has `absent`.

    Raises:
        DataError: A label is not known.
    """
    labels = rows.get_column(column)
    if absent and labels.is_null().all():
        return pl.lit(absent, dtype)
    codes = {label: names.get(folded(clean(label))) for label in labels.unique()}
    good = {label: code for label, code in codes.items() if code is not None}
    if len(good) < len(codes):
        hint = f"Known: {listed(dtype.categories, 'or')}."
        is_bad = ~labels.is_in(list(good))
        raise fault(rows, column, is_bad, source, lambda cell: (f"{cell!r} is not known.", hint))
    return labels.replace_strict(good, return_dtype=dtype)


def _groups(rows: pl.DataFrame, source: str) -> tuple[pl.DataFrame, list[tuple[str, int]]]:
    """Find breakdown, group and course of every row by its labels; which breakdown is the courses, by all of them."""
    for column in ("breakdown", "group_name"):
        is_blank = (rows.get_column(column).str.strip_chars() == "").fill_null(value=False)
        if is_blank.any():
            raise fault(rows, column, is_blank, source, _blank_label)
    here = rows.select(pl.col("breakdown", "group_name").fill_null("Overall"), LINE)
    pairs = here.unique(["breakdown", "group_name"], keep="first", maintain_order=True)
    groups_of: dict[str, list[str]] = {}
    for breakdown, group in pairs.select("breakdown", "group_name").iter_rows():
        groups_of.setdefault(breakdown, []).append(group)
    by_course = {name for name, groups in groups_of.items() if courses.is_course_breakdown(name, groups)}
    found: list[tuple[str, str, str | None]] = []
    unknown: list[tuple[str, int]] = []
    for breakdown, group, line in pairs.iter_rows():
        if is_total(breakdown) and not is_total(group):
            what = (f"{group!r} is a group of {breakdown!r}, which has none.", _AGAIN)
            raise fault(here, "group_name", here[LINE] == line, source, lambda _, what=what: what)  # type: ignore[misc]
        course = courses.in_breakdown(group) if breakdown in by_course else None
        if (course is not None and not course.is_known) or (
            breakdown not in by_course
            and not breakdowns.is_role_breakdown(breakdown)
            and courses.looks_like_course(group)
        ):
            unknown.append((group, line))
        slug = table.OVERALL if is_total(breakdown) else breakdowns.canonical(breakdown, groups_of)
        found.append(
            (
                "course" if breakdown in by_course else slug,
                course.slug if course else table.OVERALL if is_total(group) else breakdowns.group_slug(group),
                (course.code if course.is_known else course.slug) if course else None,
            )
        )
    known = pl.DataFrame(found, schema=dict.fromkeys(("_breakdown", "_group", "_course"), pl.String), orient="row")
    joined = here.join(
        pl.concat([pairs.drop(LINE), known], how="horizontal"),
        on=["breakdown", "group_name"],
        how="left",
        maintain_order="left",
    )
    names = ("breakdown", "group", "course")
    return joined.select(pl.col(f"_{name}").cast(table.TEXT).alias(name) for name in names), unknown


def _blank_label(_: str) -> tuple[str, str]:
    return "the label is blank.", "The file format has a label on every row; totals are called Overall."


def _spellings(
    rows: pl.DataFrame, keyed: pl.DataFrame, column: str, by: list[str], source: str
) -> Iterator[Disagreement]:
    """Find labels of one thing that a file spells in two ways."""
    if column not in rows.columns:
        return
    both = pl.concat(
        [keyed.select(pl.col(by).cast(pl.String).name.prefix("_")), rows.select(column, LINE)], how="horizontal"
    )
    unique = both.unique([*(f"_{name}" for name in by), column], keep="first", maintain_order=True)
    firsts: dict[tuple[object, ...], tuple[str, int]] = {}
    for *key, text, line in unique.iter_rows():
        first = firsts.setdefault(tuple(key), (text, line)) if text else (text, line)
        if text and first[0] != text:
            what = f"{text!r} here, {first[0]!r} in line {first[1]}: one group under two spellings"
            yield Disagreement(rule="one-spelling", source=source, line=line, column=column, cell=text, what=what)
