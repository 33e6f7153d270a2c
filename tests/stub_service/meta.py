"""What the public API knows about a data set: the ids of its filters, options, indicators and locations."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from hashlib import sha256

from tests.stub_service.published import DataSet, words

LEVELS = {"NAT": "National", "REG": "Regional", "LA": "Local authority"}
_FILTERS = ("funding", "breakdown", "group_name", "cum_disc")
_PLACES = {
    "NAT": {"code": "country_code", "label": "country_name"},
    "REG": {"code": "region_code", "label": "region_name"},
    "LA": {"code": "new_la_code", "oldCode": "old_la_code", "label": "la_name"},
}
_BASE = "0123456789abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ"


@dataclass(frozen=True)
class Record:
    """A row of a data set in ids: what a query finds."""

    period: str
    """As the API writes it: 2021/2022."""
    level: str
    locations: dict[str, str]
    filters: dict[str, str]
    values: dict[str, str]


@dataclass(frozen=True)
class Meta:
    """A data set in ids."""

    filters: dict[str, dict[str, str]]
    """The options of each filter column: label by id."""
    indicators: dict[str, str]
    """Column by id."""
    locations: dict[str, dict[str, dict[str, str]]]
    """By level and id: the label and the codes."""
    periods: list[str]
    levels: list[str]
    records: list[Record]


@cache
def meta_of(data_set: DataSet) -> Meta:
    """Give a data set its ids: the same label has the same id in every version."""
    places = [level for level in _PLACES if _PLACES[level]["code"] in data_set.columns]
    filters = [column for column in data_set.columns if column in _FILTERS]
    known = {"time_period", "time_identifier", "geographic_level", *filters}
    known |= {column for level in places for column in _PLACES[level].values()}
    indicators = {short_id("indicator", column): column for column in data_set.columns if column not in known}
    options: dict[str, dict[str, str]] = {column: {} for column in filters}
    locations: dict[str, dict[str, dict[str, str]]] = {level: {} for level in places}
    records = []
    for row in data_set.rows:
        chosen, where = {}, {}
        for column in filters:
            option = short_id("option", column, row[column])
            options[column][option] = row[column]
            chosen[short_id("filter", column)] = option
        for level in places:
            named = {name: row[column] for name, column in _PLACES[level].items()}
            if named["code"]:
                where[level] = short_id("location", level, *named.values())
                locations[level][where[level]] = named
        code = next(code for code, label in LEVELS.items() if label == row["geographic_level"])
        values = {indicator: row[column] for indicator, column in indicators.items()}
        records.append(Record(_period(row["time_period"]), code, where, chosen, values))
    periods = sorted({record.period for record in records})
    levels = [level for level in LEVELS if any(record.level == level for record in records)]
    return Meta(options, indicators, locations, periods, levels, records)


def described(data_set: DataSet, types: Iterable[str]) -> dict[str, object]:
    """Describe a data set as /meta does; of what is not among the types, nothing."""
    meta, wanted = meta_of(data_set), set(types)
    return {
        "filters": _filters(meta) if "Filters" in wanted else [],
        "indicators": _indicators(meta) if "Indicators" in wanted else [],
        "geographicLevels": [{"code": code, "label": LEVELS[code]} for code in meta.levels],
        "locations": _locations(meta) if "Locations" in wanted else [],
        "timePeriods": [
            {"code": "AY", "period": period, "label": f"{period[:4]}/{period[7:]}"} for period in meta.periods
        ]
        if "TimePeriods" in wanted
        else [],
    }


def short_id(*of: str) -> str:
    """Give a short id as the API's are, the same in every run."""
    number = int.from_bytes(sha256("\0".join(of).encode()).digest()[:8])
    found = ""
    for _ in range(5):
        number, place = divmod(number, len(_BASE))
        found += _BASE[place]
    return found


def _filters(meta: Meta) -> list[dict[str, object]]:
    return [
        {
            "id": short_id("filter", column),
            "column": column,
            "label": words(column),
            "hint": "",
            "options": [{"id": option, "label": label} for option, label in options.items()],
        }
        for column, options in meta.filters.items()
    ]


def _indicators(meta: Meta) -> list[dict[str, object]]:
    return [
        {
            "id": indicator,
            "column": column,
            "label": words(column),
            "unit": "%" if column.startswith("perc") else "",
            "decimalPlaces": 1 if column.startswith("perc") else 0,
        }
        for indicator, column in meta.indicators.items()
    ]


def _locations(meta: Meta) -> list[dict[str, object]]:
    return [
        {
            "level": {"code": level, "label": LEVELS[level]},
            "options": [{"id": location, **named} for location, named in options.items()],
        }
        for level, options in meta.locations.items()
    ]


def _period(period: str) -> str:
    """Write a file's 202122 as 2021/2022."""
    return f"{period[:4]}/{int(period[:4]) + 1}"
