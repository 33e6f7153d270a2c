"""Where a row is: its level, codes and names as published, and the area of the list that they are."""

from collections.abc import Mapping
from dataclasses import replace

import polars as pl

from npqstats.catalogue import observations as table
from npqstats.errors import DataError
from npqstats.ingest.disagreement import Disagreement
from npqstats.ingest.faults import LINE
from npqstats.vocabulary import areas
from npqstats.vocabulary.areas import LEVELS, Level
from npqstats.vocabulary.names import clean, listed

AREA_COLUMNS = (
    *("country_code", "country_name", "region_code", "region_name", "la_name", "old_la_code", "new_la_code"),
)
"""Columns with codes and names of the nation, the region and the authority of a row."""
_NOT_ON_THE_LIST = {"", "x", "z", "not available", "not applicable", "unknown"}
_MOST_TOLD = 30
"""Areas of one file listed one by one."""


def located(rows: pl.DataFrame, levels: pl.Series | pl.Expr, source: str) -> tuple[pl.DataFrame, list[Disagreement]]:
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
    *AREA_COLUMNS,
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
    found = None
    if remark:
        column = level.code_columns[0] if "printed in" not in remark else "region_code"
        found = Disagreement(
            rule="area-on-the-list",
            source=source,
            line=int(row[LINE] or 0),
            column=column,
            cell=str(row.get(column) or ""),
            what=remark,
        )
    return (code, name, given or None, area.id, region), found


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
    others = {"National": AREA_COLUMNS[2:], "Regional": AREA_COLUMNS[4:]}.get(level.name, ())
    for column in others:
        if cells.get(column, "").casefold() not in _NOT_ON_THE_LIST:
            raise _refused(row, column, f"{cells[column]!r} is on a {level.name} row", source)


def _refused(row: Mapping[str, str | int | None], column: str, what: str, source: str) -> DataError:
    hint = "Which row this is cannot be known. Download the file again, or ask the publisher."
    return DataError(f"data/raw/{source}:{row[LINE]}, column {column}: {what}.", hint)
