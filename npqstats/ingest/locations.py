"""Where a row is: its level, codes and names as published, and the area of the list that they are."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from npqstats.errors import DataError
from npqstats.ingest.faults import LINE, Disagreement
from npqstats.vocabulary import areas
from npqstats.vocabulary.areas import LEVELS, Level
from npqstats.vocabulary.names import clean, listed

AREA_COLUMNS = (
    *("country_code", "country_name", "region_code", "region_name", "la_name", "old_la_code", "new_la_code"),
)
"""Columns with codes and names of the nation, the region and the authority of a row."""
_LISTED = ("National", "Regional", "Local authority")
_NOT_ON_THE_LIST = {"", "x", "z", "not available", "not applicable", "unknown"}
_MOST_LISTED = 30
"""Areas of one file listed one by one."""


LOCATION = [
    *AREA_COLUMNS,
    *(
        name
        for level in LEVELS.values()
        if level.name not in _LISTED
        for name in (*level.code_columns, level.name_column)
    ),
]
"""All columns that say where a row is."""
LOCATED = ("location_code", "location_name", "region_code", "area", "region")
"""The columns of `observations.SCHEMA` that they become."""

Row = Mapping[str, Any]
"""The labels of a row by published column, and its `line`."""


class Areas:
    """The areas of one file; each combination of cells is looked at once."""

    def __init__(self, source: str) -> None:
        """Begin a file; `source` is its name under data/raw/."""
        self.source = source
        self._known: dict[tuple[str | None, ...], tuple[str | None, ...]] = {}
        self._remarks: list[Disagreement] = []

    def of(self, rows: list[dict[str, Any]], levels: list[str]) -> list[tuple[str | None, ...]]:
        """Find the area of each row, as `LOCATED`.

        Raises:
            DataError: The cells of a row contradict each other.
        """
        columns = [name for name in LOCATION if name in rows[0]]
        keys = [(level, *(row[name] for name in columns)) for row, level in zip(rows, levels, strict=True)]
        for key, row in zip(keys, rows, strict=True):
            if key not in self._known:
                cells = {name: clean(row[name]) for name in columns}
                self._known[key] = self._area(row, cells, LEVELS[str(key[0])])
        return [self._known[key] for key in keys]

    def remarks(self) -> list[Disagreement]:
        """Return the remarks on areas since the last call; more than a few become one."""
        remarks, self._remarks = self._remarks, []
        if len(remarks) > _MOST_LISTED:
            what = f"{len(remarks)} areas are not on the list or have other codes, such as {remarks[0].what}"
            remarks = [replace(remarks[0], what=what)]
        return remarks

    def _area(self, row: Row, cells: Mapping[str, str], level: Level) -> tuple[str | None, ...]:
        """Find the area of a row: code and name as published, the region's code, and both by the vocabulary's ids."""
        self._check(row, cells, level)
        codes, name = tuple(cells[column] for column in level.code_columns), cells[level.name_column]
        if problem := areas.contradicts(level.name, codes, name):
            raise self._refused(row, level.code_columns[0], problem)
        if (remark := areas.unlisted(level.name, codes, name)) and (other := _of_other_level(level, name)):
            raise self._refused(row, level.name_column, f"{name!r} is {other}, on a {level.name} row")
        area = areas.canonical(level.name, codes, name)
        if remark and area.region not in (None, cells.get("region_code") or area.region):
            # Known by its oldest code alone, and lying in another region: an area of its own.
            area = areas.canonical(level.name, codes[:1], name)
        region, column = area.id if level.name == "Regional" else area.region, level.code_columns[0]
        given = cells.get("region_code", "")
        if given.casefold() not in _NOT_ON_THE_LIST and level.name != "National":
            if problem := areas.contradicts("Regional", (given,), cells.get("region_name", "")):
                raise self._refused(row, "region_code", problem)
            if region and given != region and not remark:
                printed, column = cells.get("region_name") or given, "region_code"
                remark = f"{name} is printed in {printed}, and lies in {areas.AREAS[region].name}"
            region = region or given
        if remark:
            cell = row.get(column, "")
            self._remarks.append(Disagreement("area-on-the-list", self.source, row[LINE], column, cell, remark))
        return next((code for code in codes if code), None), name, given or None, area.id, region

    def _check(self, row: Row, cells: Mapping[str, str], level: Level) -> None:
        """Refuse a row whose level and location columns do not say one area."""
        absent = [column for column in (*level.code_columns, level.name_column) if column not in cells]
        if absent:
            where = f"data/raw/{self.source}:{row[LINE]}, column geographic_level"
            raise DataError(f"{where}: {level.name!r} has no area.", f"This file has no column {listed(absent, 'or')}.")
        if not cells[level.name_column]:
            raise self._refused(row, level.name_column, f"the name is blank on a {level.name} row")
        if level.name in _LISTED and not any(cells[column] for column in level.code_columns):
            raise self._refused(row, level.code_columns[0], f"the code is blank on a {level.name} row")
        for column, wanted in zip(("country_code", "country_name"), areas.ENGLAND, strict=True):
            if cells.get(column, wanted) not in ("", wanted):
                raise self._refused(row, column, f"{cells[column]!r} is not {wanted!r}")
        for column in {"National": AREA_COLUMNS[2:], "Regional": AREA_COLUMNS[4:]}.get(level.name, ()):
            if cells.get(column, "").casefold() not in _NOT_ON_THE_LIST:
                raise self._refused(row, column, f"{cells[column]!r} is on a {level.name} row")

    def _refused(self, row: Row, column: str, what: str) -> DataError:
        hint = "Which row this is cannot be known. Download the file again, or ask the publisher."
        return DataError(f"data/raw/{self.source}:{row[LINE]}, column {column}: {what}.", hint)


def _of_other_level(level: Level, name: str) -> str:
    """Say of which other level an area is that is called so; nothing if of none."""
    levels = [one for one in _LISTED if one != level.name]
    return next((one.lower() for one in levels if areas.canonical(one, (), name).is_listed), "")
