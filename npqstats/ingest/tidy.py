"""A frame of text made typed, by the layout's column map, and turned into observations."""

from collections.abc import Callable, Mapping

import polars as pl

from npqstats import observations as table
from npqstats.errors import DataError
from npqstats.ingest.read import LINE
from npqstats.sources.catalogue import Column, Layout
from npqstats.vocabulary.areas import LEVEL_BY_NAME, LEVELS, Level
from npqstats.vocabulary.courses import recognised
from npqstats.vocabulary.funding import BASIS_BY_NAME, FUNDING_BY_NAME
from npqstats.vocabulary.names import folded, listed, slug
from npqstats.vocabulary.periods import AcademicYear, is_period
from npqstats.vocabulary.symbols import SYMBOLS

OVERALL = "overall"
_VALUE, _SYMBOL = "value:", "symbol:"


def value_of(column: str) -> str:
    """Name of the typed column with the numbers of a published column (null where a symbol stands)."""
    return _VALUE + column


def typed(rows: pl.DataFrame, layout: Layout, source: str) -> pl.DataFrame:
    """Type the cells of a wide file.

    Args:
        rows: Text, as `read.frames` gives it.
        layout: What its columns mean.
        source: Its name under data/raw/, for messages.

    Returns:
        The key columns of `observations` in their types, `breakdown`, `group`, `course` and `line`;
        for every value column its text as published, its number (`value_of`) and its symbol.

    Raises:
        DataError: A cell is no number and no symbol, or a period, level, funding or basis is not known.
    """
    rows = rows.with_columns(pl.lit(None, pl.String).alias(name) for name in _OPTIONAL if name not in rows.columns)
    kept = [LINE, *layout.measures]
    keys = rows.select(
        *kept,
        _period(rows, source),
        first_period=pl.lit(None, pl.Int32),
        geographic_level=_recoded(rows, "geographic_level", LEVEL_BY_NAME, table.LEVEL, source),
        suite=pl.lit("reformed", table.SUITE),
        funding=_recoded(rows, "funding", FUNDING_BY_NAME, table.FUNDING_TYPE, source, absent="all"),
        basis=_recoded(rows, "cum_disc", BASIS_BY_NAME, table.BASIS_TYPE, source, absent="in-year"),
        breakdown_label=pl.col("breakdown").fill_null("Overall").cast(table.TEXT),
        group_label=pl.col("group_name").fill_null("Overall").cast(table.TEXT),
        region_code=pl.col("region_code").replace("", None).cast(table.TEXT),
    )
    places = _places(rows, keys, source)
    values = _values(rows, layout, source)
    return pl.concat([keys, places, _groups(keys), values], how="horizontal")


_OPTIONAL = ("funding", "cum_disc", "breakdown", "group_name", "region_code")


def observations(rows: pl.DataFrame, layout: Layout, source: str) -> pl.DataFrame:
    """Turn typed rows into observations, one per published cell: all rows of one measure, then of the next.

    Returns:
        The columns of `observations.SCHEMA`.
    """
    shared = rows.select(
        *(name for name in table.SCHEMA if name in rows.columns and name not in ("value", "symbol")),
        evidence=pl.lit("official", table.EVIDENCE_TYPE),
        source=pl.lit(source).cast(table.TEXT),
        citation=pl.lit(None).cast(table.TEXT),
        note=pl.lit(None).cast(table.TEXT),
    )
    return pl.concat(
        [
            shared.with_columns(
                *_fixed(meaning),
                measure=pl.lit(meaning.measure, table.MEASURE),
                value=rows.get_column(_VALUE + name),
                symbol=rows.get_column(_SYMBOL + name),
                raw=rows.get_column(name),
                column=pl.lit(name, table.COLUMN),
            ).select(*table.SCHEMA)
            for name, meaning in layout.measures.items()
        ],
        rechunk=False,
    )


def _fixed(meaning: Column) -> list[pl.Expr]:
    fixed = []
    if meaning.funding:
        fixed.append(pl.lit(meaning.funding, table.FUNDING_TYPE).alias("funding"))
    if meaning.basis:
        fixed.append(pl.lit(meaning.basis, table.BASIS_TYPE).alias("basis"))
    return fixed


def fault(
    rows: pl.DataFrame, column: str, is_bad: pl.Series, source: str, what: Callable[[str], tuple[str, str]]
) -> DataError:
    """Make the error for the bad cells of a column: the first one, and how many more there are.

    Args:
        rows: With `column` and `line`.
        column: The published column.
        is_bad: True of the bad cells.
        source: Name of the file under data/raw/.
        what: Gives message and hint for the cell as printed.
    """
    bad = rows.filter(is_bad)
    line, cell = bad.get_column(LINE)[0], bad.get_column(column)[0]
    message, hint = what(cell)
    more = f" {bad.height - 1:,} more below it." if bad.height > 1 else ""
    return DataError(f"data/raw/{source}:{line}, column {column}: {message}", f"{hint}{more}")


def _period(rows: pl.DataFrame, source: str) -> pl.Series:
    is_other = rows.get_column("time_identifier") != "Academic year"
    if is_other.any():
        raise fault(rows, "time_identifier", is_other, source, _other_period)
    text = rows.get_column("time_period")
    period = text.cast(pl.Int32, strict=False)
    good = [code for code in period.unique() if code is not None and is_period(code)]
    is_bad = ~period.is_in(good).fill_null(value=False) | (text.str.len_bytes() != _SIX)
    if is_bad.any():
        raise fault(rows, "time_period", is_bad, source, _bad_period)
    return period


_SIX = 6
"""Digits of a period: 202324."""


def _other_period(cell: str) -> tuple[str, str]:
    return f"{cell!r} is not 'Academic year'.", "Figures by other periods cannot be compared with these."


def _bad_period(cell: str) -> tuple[str, str]:
    start = cell[:4]
    meant = (
        f", such as {AcademicYear(int(start)).code}" if len(start) == 4 and start.isascii() and start.isdigit() else ""
    )
    hint = f"The file format wants two consecutive years as six digits{meant}."
    return f"{cell!r} is not an academic year.", hint


def _recoded(
    rows: pl.DataFrame, column: str, names: Mapping[str, str], dtype: pl.Enum, source: str, *, absent: str = ""
) -> pl.Series | pl.Expr:
    """Turn the publisher's labels into ours; where the file lacks the column, `absent` stands on every row."""
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


def _places(rows: pl.DataFrame, keys: pl.DataFrame, source: str) -> pl.DataFrame:
    """Name the place of each row by the columns that its level goes by."""
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


def _values(rows: pl.DataFrame, layout: Layout, source: str) -> pl.DataFrame:
    """Give each value column its numbers and its symbols; every cell has just one of the two."""
    values = rows.select(pl.col(name).cast(pl.Float64, strict=False).alias(_VALUE + name) for name in layout.measures)
    symbols = [
        pl.lit(None, table.SYMBOL) if has_all else rows.get_column(name).cast(table.SYMBOL, strict=False)
        for name, has_all in zip(layout.measures, _complete(values), strict=True)
    ]
    values = values.with_columns(s.alias(_SYMBOL + n) for s, n in zip(symbols, layout.measures, strict=True))
    is_odd = values.select(_is_odd(name).any().alias(name) for name in layout.measures).row(0, named=True)
    for name in (name for name, odd in is_odd.items() if odd):
        values = values.with_columns(_second_look(rows, name, layout.measures[name], source))
    return values


def _complete(values: pl.DataFrame) -> list[bool]:
    return [column.null_count() == 0 for column in values]


def _is_odd(name: str) -> pl.Expr:
    number, symbol = pl.col(_VALUE + name), pl.col(_SYMBOL + name)
    return pl.when(number.is_null()).then(symbol.is_null()).otherwise(~number.is_finite())


def _second_look(rows: pl.DataFrame, name: str, meaning: Column, source: str) -> list[pl.Series]:
    """Read a column that has cells with spaces round them or blanks with a meaning; refuse all others."""
    text = rows.get_column(name).str.strip_chars()
    if meaning.blank:
        text = text.replace("", meaning.blank)
    number = text.cast(pl.Float64, strict=False).alias(_VALUE + name)
    symbol = text.cast(table.SYMBOL, strict=False).alias(_SYMBOL + name)
    is_bad = (number.is_null() & symbol.is_null()) | ~number.is_finite().fill_null(value=True)
    if is_bad.any():
        raise fault(rows, name, is_bad, source, _bad_cell)
    return [number, symbol]


def _bad_cell(cell: str) -> tuple[str, str]:
    symbols = listed(SYMBOLS, "or")
    if not cell.strip():
        return "the cell is blank.", f"A missing figure is marked by a symbol: {symbols}."
    bare = cell.strip().replace(",", "").rstrip("%")
    if bare.replace(".", "", 1).isdigit():
        return f"{cell!r} is not a plain number.", f"The file format wants {bare}, without commas and signs."
    return f"{cell!r} is neither a number nor a symbol.", f"The symbols are {symbols}."


def _groups(keys: pl.DataFrame) -> pl.DataFrame:
    """Give every row its slugs and course, by its labels; a breakdown that names a course is one by course."""
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


def _total(label: str) -> str:
    return OVERALL if folded(label) in ("overall", "total", "all") else slug(label)
