"""What a row is about: when, where, whose funding, over what span, of which group.

A row whose identity is not certain is refused.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

import polars as pl

from npqstats.catalogue import observations as table
from npqstats.errors import DataError
from npqstats.ingest.disagreement import Disagreement
from npqstats.ingest.faults import LINE, fault
from npqstats.vocabulary import areas, breakdowns, courses
from npqstats.vocabulary.areas import LEVEL_BY_NAME, LEVELS, Level
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
_TEXTS = (
    *("geographic_level", "country_code", "country_name", "region_code", "region_name", "la_name", "old_la_code"),
    *("new_la_code", "funding", "cum_disc", "breakdown", "group_name"),
)
_NOT_ON_THE_LIST = {"", "x", "z", "not available", "not applicable", "unknown"}
_MOST_TOLD = 30
"""Areas of one file told one by one."""
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
    located, remarks = _areas(rows, levels, source)
    grouped, unknown = _groups(rows, source)
    frame = pl.concat([frame, located, grouped], how="horizontal")
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


def _areas(rows: pl.DataFrame, levels: pl.Series | pl.Expr, source: str) -> tuple[pl.DataFrame, list[Disagreement]]:
    """Find the area of every row; each combination of cells is looked at once."""
    columns = [name for name in _LOCATION if name in rows.columns]
    here = rows.select(levels.alias("level").cast(pl.String), *columns, LINE)
    unique = here.unique(["level", *columns], keep="first", maintain_order=True)
    found, remarks = [], []
    for row in unique.iter_rows(named=True):
        area, remark = _area(row, source)
        found.append(area)
        remarks += [remark] if remark else []
    if len(remarks) > _MOST_TOLD:
        what = f"{len(remarks)} areas are not on the list or have other codes, such as {remarks[0].what}"
        remarks = [replace(remarks[0], what=what)]
    names = [f"_{name}" for name in _AREA]
    known = pl.DataFrame(found, schema=dict.fromkeys(names, pl.String), orient="row")
    joined = here.join(
        pl.concat([unique.drop(LINE), known], how="horizontal"),
        on=["level", *columns],
        how="left",
        maintain_order="left",
    )
    return joined.select(pl.col(f"_{name}").cast(table.TEXT).alias(name) for name in _AREA), remarks


_AREA = ("location_code", "location_name", "region_code", "area", "region")
_LOCATION = [
    *_TEXTS[1:8],
    *(
        name
        for level in LEVELS.values()
        if level.name not in ("National", "Regional", "Local authority")
        for name in (*level.code_columns, level.name_column)
    ),
]


def _area(row: Mapping[str, str | int | None], source: str) -> tuple[tuple[str | None, ...], Disagreement | None]:
    """Find the area of a row: its code and name as published, the region's code, and both by the vocabulary's ids."""
    level = LEVELS[str(row["level"])]
    cells = {name: clean(str(value or "")) for name, value in row.items()}
    _check_location(row, cells, level, source)
    codes, name = tuple(cells[column] for column in level.code_columns), cells[level.name_column]
    if problem := areas.contradicts(level.name, codes, name):
        raise _refused(row, level.code_columns[0], problem, source)
    if (remark := areas.unlisted(level.name, codes, name)) and (other := _of_other_level(level, name)):
        raise _refused(row, level.name_column, f"{name!r} is {other}, on a {level.name} row", source)
    area = areas.canonical(level.name, codes, name)
    if remark and area.region not in (None, cells.get("region_code") or area.region):
        # Known by its oldest code alone, and lying in another region: an area of its own.
        area = areas.canonical(level.name, codes[:1], name)
    region = area.id if level.name == "Regional" else area.region
    given = cells.get("region_code", "")
    if given.casefold() not in _NOT_ON_THE_LIST and level.name != "National":
        if problem := areas.contradicts("Regional", (given,), cells.get("region_name", "")):
            raise _refused(row, "region_code", problem, source)
        if region and given != region and not remark:
            remark = f"{name} is printed in {cells.get('region_name') or given}, and lies in {areas.AREAS[region].name}"
        region = region or given
    code = next((code for code in codes if code), None)
    told = None
    if remark:
        column = level.code_columns[0] if "printed in" not in remark else "region_code"
        told = Disagreement(
            rule="area-on-the-list",
            source=source,
            line=int(row[LINE] or 0),
            column=column,
            cell=str(row.get(column) or ""),
            what=remark,
        )
    return (code, name, given or None, area.id, region), told


def _of_other_level(level: Level, name: str) -> str:
    """Say of which other level an area is that is called so; nothing if of none."""
    levels = [one for one in ("National", "Regional", "Local authority") if one != level.name]
    return next((one.lower() for one in levels if areas.canonical(one, (), name).is_listed), "")


def _check_location(row: Mapping[str, str | int | None], cells: Mapping[str, str], level: Level, source: str) -> None:
    """Refuse a row whose level and location columns do not say one area."""
    absent = [column for column in (*level.code_columns, level.name_column) if column not in row]
    if absent:
        hint = f"This file has no column {listed(absent, 'or')}."
        where = f"data/raw/{source}:{row[LINE]}, column geographic_level"
        raise DataError(f"{where}: {level.name!r} has no area.", hint)
    if not cells[level.name_column]:
        raise _refused(row, level.name_column, f"the name is blank on a {level.name} row", source)
    if not any(cells[column] for column in level.code_columns) and level.name in (
        "National",
        "Regional",
        "Local authority",
    ):
        raise _refused(row, level.code_columns[0], f"the code is blank on a {level.name} row", source)
    code, name = areas.ENGLAND
    for column, wanted in (("country_code", code), ("country_name", name)):
        if (cell := cells.get(column, "")) and cell != wanted:
            raise _refused(row, column, f"{cell!r} is not {wanted!r}", source)
    others = {"National": _TEXTS[3:8], "Regional": _TEXTS[5:8]}.get(level.name, ())
    for column in others:
        if cells.get(column, "").casefold() not in _NOT_ON_THE_LIST:
            raise _refused(row, column, f"{cells[column]!r} is on a {level.name} row", source)


def _refused(row: Mapping[str, str | int | None], column: str, what: str, source: str) -> DataError:
    hint = "Which row this is cannot be known. Download the file again, or ask the publisher."
    return DataError(f"data/raw/{source}:{row[LINE]}, column {column}: {what}.", hint)


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
