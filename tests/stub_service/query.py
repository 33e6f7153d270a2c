"""A query of a data set, by GET or by POST: checked, then answered in pages."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tests.stub_service.answer import Answer, Request, as_json, error, paging, problem
from tests.stub_service.criteria import Criteria
from tests.stub_service.meta import LEVELS, Meta, Record, meta_of, short_id
from tests.stub_service.published import DataSet, words

_FIELDS = ("criteria", "indicators", "sorts", "debug", "page", "pageSize")
_LISTS = ("in", "notIn")
_FACETS = ("filters", "geographicLevels", "locations", "timePeriods")
_COMPARATORS = ("eq", "notEq", "in", "notIn", "gt", "gte", "lt", "lte")
_MOST = {"page": 9999, "pageSize": 10_000}


@dataclass
class _Query:
    """A query as it was asked, and what is wrong with it."""

    fields: dict[str, object]
    errors: list[dict[str, object]] = field(default_factory=list)


def answer(request: Request, data_set: DataSet) -> Answer:
    """Answer a query of a data set."""
    query = _posted(request) if request.method == "POST" else _written_out(request)
    if query.errors:
        return problem(400, query.errors)
    meta, fields = meta_of(data_set), query.fields
    criteria = Criteria(meta)
    test = criteria.read(fields["criteria"]) if fields.get("criteria") is not None else lambda _: True
    errors = [*criteria.errors, *_wrong_numbers(fields)]
    errors += _lacking(fields, "indicators", "IndicatorsNotFound", list(meta.indicators))
    sorts = _sorts(fields, meta, errors)
    if errors:
        return problem(400, errors)
    found = _sorted([record for record in meta.records if test(record)], sorts)
    page, size = _number(fields, "page", 1), _number(fields, "pageSize", 1000)
    warnings = criteria.warnings
    if not found:
        warnings.append(error("QueryNoResults", "", "The query did not match any results."))
    if fields.get("debug"):
        warnings.append(error("DebugEnabled", "debug", "Debug mode is enabled."))
    indicators = fields.get("indicators") or list(meta.indicators)
    assert isinstance(indicators, list)
    names = _names(meta) if fields.get("debug") else {}
    results = [_result(record, indicators, names) for record in found[(page - 1) * size : page * size]]
    return as_json({"paging": paging(page, size, len(found)), "results": results, "warnings": warnings})


def _posted(request: Request) -> _Query:
    """Read the body of a POST; its query string may name the version alone."""
    query = _Query({})
    query.errors += [
        error("UnknownField", name, "Unknown field.") for name in request.query if name != "dataSetVersion"
    ]
    try:
        fields = json.loads(request.body) if request.body.strip() else None
    except ValueError:
        query.errors.append(error("InvalidValue", "", "Must be JSON."))
        return query
    if not isinstance(fields, dict):
        query.errors.append(error("NotEmptyBody", "", "Must not be empty."))
        return query
    query.errors += [error("UnknownField", name, "Unknown field.") for name in fields if name not in _FIELDS]
    query.fields = fields
    return query


def _written_out(request: Request) -> _Query:
    """Read the query string of a GET: dotted names, lists with commas."""
    query = _Query({})
    criteria: dict[str, dict[str, object]] = {}
    for name, values in request.query.items():
        facet, _, word = name.partition(".")
        items = [item for value in values for item in value.split(",")]
        if facet in _FACETS and word in _COMPARATORS:
            read = [_value(facet, item) for item in items]
            criteria.setdefault(facet, {})[word] = read if word in _LISTS else read[0]
        elif name == "indicators":
            query.fields[name] = items
        elif name == "sorts":
            pairs = [item.rpartition("|") for item in items]
            query.fields[name] = [{"field": sort, "direction": direction} for sort, _, direction in pairs]
        elif name in _MOST:
            query.fields[name] = int(values[-1]) if values[-1].isdecimal() else values[-1]
        elif name == "debug":
            query.fields[name] = values[-1].lower() == "true"
        elif name != "dataSetVersion":
            query.errors.append(error("UnknownField", name, "Unknown field."))
    if criteria:
        query.fields["criteria"] = criteria
    return query


def _value(facet: str, item: str) -> object:
    """Read one value of a query string: `LA|code|E09000001`, `2021/2022|AY`, or an id."""
    parts = item.split("|")
    if facet == "locations" and len(parts) == 3:
        return {"level": parts[0], parts[1]: parts[2]}
    if facet == "timePeriods" and len(parts) == 2:
        return {"period": parts[0], "code": parts[1]}
    return item


def _wrong_numbers(fields: Mapping[str, object]) -> list[dict[str, object]]:
    wrong = [
        name
        for name, most in _MOST.items()
        if name in fields and not (type(fields[name]) is int and 1 <= _number(fields, name, 1) <= most)
    ]
    return [error("InvalidValue", name, f"Must be from 1 to {_MOST[name]}.") for name in wrong]


def _number(fields: Mapping[str, object], name: str, default: int) -> int:
    value = fields.get(name, default)
    return value if isinstance(value, int) else default


def _lacking(fields: Mapping[str, object], name: str, code: str, known: Sequence[str]) -> list[dict[str, object]]:
    """Refuse a list with something in it that is not known."""
    asked = fields.get(name)
    if asked is None:
        return []
    if not isinstance(asked, list) or not all(isinstance(item, str) and 1 <= len(item) <= 40 for item in asked):
        return [error("InvalidValue", name, "Must be a list of texts of 1 to 40 characters.")]
    missing = [item for item in asked if item not in known]
    return [error(code, name, "Some could not be found.", items=missing)] if missing else []


def _sorts(fields: Mapping[str, object], meta: Meta, errors: list[dict[str, object]]) -> list[tuple[str, bool]]:
    """Read the sorts: the field, and whether it is descending."""
    asked = fields.get("sorts") or [{"field": "timePeriod", "direction": "Desc"}]
    pairs = [sort for sort in asked if isinstance(sort, Mapping)] if isinstance(asked, list) else []
    if (
        not isinstance(asked, list)
        or len(pairs) < len(asked)
        or any(set(sort) != {"field", "direction"} for sort in pairs)
    ):
        errors.append(error("SortFormat", "sorts", "Must be a sort in the correct format."))
        return []
    if any(sort["direction"] not in {"Asc", "Desc"} for sort in pairs):
        errors.append(error("SortDirection", "sorts", "Must be a sort in an allowed direction."))
    known = ["timePeriod", "geographicLevel", *(f"location|{level}" for level in meta.locations)]
    known += [f"filter|{short_id('filter', column)}" for column in meta.filters]
    known += [f"indicator|{indicator}" for indicator in meta.indicators]
    fields = {"sorts": [str(sort["field"]) for sort in pairs]}
    errors += _lacking(fields, "sorts", "SortFieldsNotFound", known)
    return [(str(sort["field"]), sort["direction"] == "Desc") for sort in pairs]


def _sorted(records: list[Record], sorts: list[tuple[str, bool]]) -> list[Record]:
    for name, is_descending in reversed(sorts):
        kind, _, key = name.partition("|")
        records = sorted(records, key=lambda record: _sort_key(record, kind, key), reverse=is_descending)
    return records


def _sort_key(record: Record, kind: str, key: str) -> str:
    match kind:
        case "location":
            return record.locations.get(key, "")
        case "filter":
            return record.filters.get(key, "")
        case "indicator":
            return record.values.get(key, "")
        case "geographicLevel":
            return record.level
        case _:
            return record.period


def _result(record: Record, indicators: list[str], names: Mapping[str, str]) -> dict[str, object]:
    """Write a record as a result; with names, each id is followed by what it means."""

    def shown(key: str) -> str:
        return f"{key} :: {names[key]}" if key in names else key

    return {
        "timePeriod": {"code": "AY", "period": record.period},
        "geographicLevel": record.level,
        "locations": {level: shown(location) for level, location in record.locations.items()},
        "filters": {shown(column): shown(option) for column, option in record.filters.items()},
        "values": {shown(indicator): record.values[indicator] for indicator in indicators},
    }


def _names(meta: Meta) -> dict[str, str]:
    """Say what every id means."""
    names = {short_id("filter", column): words(column) for column in meta.filters}
    names |= {indicator: words(column) for indicator, column in meta.indicators.items()}
    for options in meta.filters.values():
        names |= options
    for level in LEVELS:
        names |= {key: option["label"] for key, option in meta.locations.get(level, {}).items()}
    return names
