"""The columns that tell one row from another: when, where, whose funding, over what span, of which group."""

from collections.abc import Mapping

import polars as pl

from npqstats.catalogue import observations as table
from npqstats.ingest.faults import fault
from npqstats.vocabulary.areas import LEVELS, Level
from npqstats.vocabulary.courses import recognised
from npqstats.vocabulary.names import folded, listed, slug
from npqstats.vocabulary.periods import AcademicYear, is_period


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


_SIX = 6
"""Digits of a period: 202324."""


def _bad_period(cell: str) -> tuple[str, str]:
    start = cell[:4]
    meant = (
        f", such as {AcademicYear(int(start)).code}" if len(start) == 4 and start.isascii() and start.isdigit() else ""
    )
    hint = f"The file format wants two consecutive years as six digits{meant}."
    return f"{cell!r} is not an academic year.", hint


def recoded(
    rows: pl.DataFrame, column: str, names: Mapping[str, str], dtype: pl.Enum, source: str, *, absent: str = ""
) -> pl.Series | pl.Expr:
    """Turn the publisher's labels into ours; where the file lacks the column, `absent` stands on every row.

    Raises:
        DataError: A label is not known.
    """
    labels = rows.get_column(column)
    if absent and labels.is_null().all():
        return pl.lit(absent, dtype)
    codes = {label: names.get(folded(label)) for label in labels.unique()}
    good = {label: code for label, code in codes.items() if code is not None}
    if len(good) < len(codes):
        hint = f"Known: {listed(dtype.categories, 'or')}."
        is_bad = ~labels.is_in(list(good))
        raise fault(rows, column, is_bad, source, lambda cell: (f"{cell!r} is not known.", hint))
    return labels.replace_strict(good, return_dtype=dtype)


def places(rows: pl.DataFrame, keys: pl.DataFrame, source: str) -> pl.DataFrame:
    """Name the place of each row by the columns that its level goes by.

    Raises:
        DataError: The file lacks a column that the level needs, or a name is blank.
    """
    code, name = pl.lit(None, table.TEXT), pl.lit(None, table.TEXT)
    levels = keys.get_column("geographic_level")
    for level in (LEVELS[level] for level in levels.unique()):
        is_here = levels == level.name
        _check_place(rows, level, is_here, source)
        known = pl.coalesce(pl.col(column).replace("", None) for column in level.code_columns)
        code = pl.when(is_here).then(known.cast(table.TEXT)).otherwise(code)
        name = pl.when(is_here).then(pl.col(level.name_column).cast(table.TEXT)).otherwise(name)
    return rows.select(code.alias("location_code"), name.alias("location_name"))


def _check_place(rows: pl.DataFrame, level: Level, is_here: pl.Series, source: str) -> None:
    absent = [column for column in (*level.code_columns, level.name_column) if column not in rows.columns]
    if absent:
        hint = f"This file has no column {listed(absent, 'or')}."
        raise fault(rows, "geographic_level", is_here, source, lambda cell: (f"{cell!r} cannot be placed.", hint))
    is_blank = is_here & (rows.get_column(level.name_column) == "")
    if is_blank.any():
        told = (f"the name is blank on a {level.name} row.", "The row cannot be placed without it.")
        raise fault(rows, level.name_column, is_blank, source, lambda _: told)


def groups(rows: pl.DataFrame, keys: pl.DataFrame, source: str) -> pl.DataFrame:
    """Give every row its slugs and course, by its labels; a breakdown that names a course is one by course.

    Raises:
        DataError: A label is blank.
    """
    for column in ("breakdown", "group_name"):
        is_blank = (rows.get_column(column) == "").fill_null(value=False)
        if is_blank.any():
            raise fault(rows, column, is_blank, source, _blank_label)
    pairs = keys.select("breakdown_label", "group_label").unique(maintain_order=True)
    labels = [(str(breakdown), str(group)) for breakdown, group in pairs.rows()]
    by_course = {
        breakdown for breakdown, group in labels if recognised(group) or "course" in slug(breakdown).split("-")
    }
    courses = [recognised(group) if breakdown in by_course else None for breakdown, group in labels]
    slugs = pairs.with_columns(
        pl.Series(
            "breakdown",
            ["course" if breakdown in by_course else _total(breakdown) for breakdown, _ in labels],
            pl.String,
        ).cast(table.TEXT),
        pl.Series(
            "group",
            [course.lower() if course else _total(group) for (_, group), course in zip(labels, courses, strict=True)],
            pl.String,
        ).cast(table.TEXT),
        pl.Series("course", courses, table.COURSE),
    )
    labels_of_rows = keys.select("breakdown_label", "group_label")
    joined = labels_of_rows.join(slugs, on=labels_of_rows.columns, how="left", maintain_order="left")
    return joined.drop(labels_of_rows.columns)


def _blank_label(_: str) -> tuple[str, str]:
    return "the label is blank.", "The file format wants a label on every row; totals are called Overall."


def _total(label: str) -> str:
    return table.OVERALL if folded(label) in ("overall", "total", "all") else slug(label)
