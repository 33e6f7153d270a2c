"""The criteria of a query: checked against the grammar, then asked of records."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from tests.stub_service.answer import error
from tests.stub_service.meta import Meta, Record

Test = Callable[[Record], bool]
_SET = ("eq", "notEq", "in", "notIn")
_FACETS = {
    "filters": _SET,
    "geographicLevels": _SET,
    "locations": _SET,
    "timePeriods": (*_SET, "gt", "gte", "lt", "lte"),
}
_LEVEL_CODES = {
    *("EDA", "INST", "LA", "LAD", "LEP", "LSIP", "MAT", "MCA", "NAT", "OA"),
    *("PA", "PCON", "PFA", "PROV", "REG", "RSC", "SCH", "SPON", "WARD"),
}
_PERIOD_CODES = {
    *(year + quarter for year in ("AY", "CY", "FY", "TY") for quarter in ("", "Q1", "Q2", "Q3", "Q4")),
    *("RY", "T1", "T2", "T3", "T1T2", "P1", "P2"),
    *(f"W{week}" for week in range(1, 53)),
    *(f"M{month}" for month in range(1, 13)),
}
_LONGEST = {"id": 10, "code": 30, "oldCode": 20, "ukprn": 20, "urn": 20, "laEstab": 20}


@dataclass
class Criteria:
    """Reads criteria: what is wrong with them, and what they name that the data set lacks."""

    meta: Meta
    errors: list[dict[str, object]] = field(default_factory=list)
    warnings: list[dict[str, object]] = field(default_factory=list)

    def read(self, criteria: object, path: str = "criteria") -> Test:
        """Turn criteria into a test of one record; parts of one facets object must all hold."""
        if not isinstance(criteria, Mapping):
            return self._wrong("InvalidValue", path, "Must be an object.")
        match sorted(criteria):
            case ["and" | "or" as word]:
                return self._several(word, criteria[word], f"{path}.{word}")
            case ["not"]:
                inner = self.read(criteria["not"], f"{path}.not")
                return lambda record: not inner(record)
        unknown = [name for name in criteria if name not in _FACETS]
        if unknown:
            return self._wrong("UnknownField", f"{path}.{unknown[0]}", "Unknown field.")
        tests = [self._facet(name, facet, f"{path}.{name}") for name, facet in criteria.items() if facet is not None]
        return lambda record: all(test(record) for test in tests)

    def _several(self, word: str, parts: object, path: str) -> Test:
        if not isinstance(parts, list) or not parts:
            return self._wrong("NotEmpty", path, "Must not be empty.")
        tests = [self.read(part, f"{path}[{number}]") for number, part in enumerate(parts)]
        joined = all if word == "and" else any
        return lambda record: joined(test(record) for test in tests)

    def _facet(self, name: str, facet: object, path: str) -> Test:
        if not isinstance(facet, Mapping):
            return self._wrong("InvalidValue", path, "Must be an object.")
        tests = []
        for word, asked in facet.items():
            here = f"{path}.{word}"
            if word not in _FACETS[name]:
                return self._wrong("UnknownField", here, "Unknown field.")
            is_list = word in {"in", "notIn"}
            if is_list is not isinstance(asked, list) or asked == []:
                return self._wrong(
                    "NotEmpty" if asked == [] else "InvalidValue", here, "Must be one value, or several."
                )
            values = asked if isinstance(asked, list) else [asked]
            tests.append(self._comparison(name, word, values, here))
        return lambda record: all(test(record) for test in tests)

    def _comparison(self, name: str, word: str, values: list[object], path: str) -> Test:
        match name:
            case "filters":
                return self._filters(word, values, path)
            case "geographicLevels":
                return self._levels(word, values, path)
            case "locations":
                return self._locations(word, values, path)
            case _:
                return self._periods(word, values, path)

    def _filters(self, word: str, values: list[object], path: str) -> Test:
        """Any of the options will do, also of different filters."""
        wanted = [value for value in values if isinstance(value, str) and 1 <= len(value) <= _LONGEST["id"]]
        if len(wanted) < len(values):
            return self._wrong("MaximumLength", path, "Must be 10 characters or fewer.", maxLength=_LONGEST["id"])
        known = {option for options in self.meta.filters.values() for option in options}
        self._lacking("FiltersNotFound", [value for value in wanted if value not in known], path)
        return _either(word, lambda record: not set(wanted).isdisjoint(record.filters.values()))

    def _levels(self, word: str, values: list[object], path: str) -> Test:
        wrong = [value for value in values if value not in _LEVEL_CODES]
        if wrong:
            return self._wrong("AllowedValue", path, "Must be one of the allowed values.", value=wrong[0])
        self._lacking("GeographicLevelsNotFound", [value for value in values if value not in self.meta.levels], path)
        return _either(word, lambda record: record.level in values)

    def _locations(self, word: str, values: list[object], path: str) -> Test:
        """Any of the locations will do; a code may be that of several, and areas within an area are found too."""
        wanted: set[tuple[str, str]] = set()
        for value in values:
            if not isinstance(value, Mapping) or value.get("level") not in _LEVEL_CODES:
                return self._wrong("LocationAllowedLevel", path, "Must be a location with an allowed level.")
            level = str(value["level"])
            named = [name for name in value if name != "level"]
            if len(named) != 1 or named[0] not in _LONGEST:
                return self._wrong("LocationAllowedProperty", path, "Must be named in one allowed way.")
            text = str(value[named[0]])
            if not 1 <= len(text) <= _LONGEST[named[0]]:
                code = "LocationValueMaxLength" if text else "LocationValueNotEmpty"
                return self._wrong(code, path, f"Must be 1 to {_LONGEST[named[0]]} characters.")
            options = self.meta.locations.get(level, {})
            found = [key for key, option in options.items() if {"id": key, **option}.get(named[0]) == text]
            self._lacking("LocationsNotFound", [] if found else [value], path)
            wanted |= {(level, key) for key in found}
        return _either(word, lambda record: not wanted.isdisjoint(record.locations.items()))

    def _periods(self, word: str, values: list[object], path: str) -> Test:
        wanted: list[str] = []
        for value in values:
            period = self._period(value, path)
            if period is None:
                return _never
            code = value["code"] if isinstance(value, Mapping) else ""
            self._lacking("TimePeriodsNotFound", [] if code == "AY" and period in self.meta.periods else [value], path)
            wanted += [period] * (code == "AY")
        if word in _SET:
            return _either(word, lambda record: record.period in wanted)
        first = wanted[0] if wanted else ""
        ordered: dict[str, Test] = {
            "gt": lambda record: record.period > first,
            "gte": lambda record: record.period >= first,
            "lt": lambda record: record.period < first,
            "lte": lambda record: record.period <= first,
        }
        return ordered[word] if wanted else _never

    def _period(self, value: object, path: str) -> str | None:
        """Read a time period: 2021/2022, or 2021 for the same academic year."""
        if not isinstance(value, Mapping) or set(value) != {"code", "period"}:
            self._wrong("TimePeriodFormat", path, "Must be a time period in the correct format.")
            return None
        match = re.fullmatch(r"(\d{4})(?:/(\d{4}))?", str(value["period"]))
        if match is None:
            self._wrong("TimePeriodInvalidYear", path, "Must be a time period for a valid year.")
        elif match[2] and int(match[2]) != int(match[1]) + 1:
            self._wrong("TimePeriodInvalidYearRange", path, "Must be two years that follow each other.")
        elif value["code"] not in _PERIOD_CODES:
            self._wrong("TimePeriodAllowedCode", path, "Must be a time period with an allowed code.")
        else:
            return f"{match[1]}/{int(match[1]) + 1}"
        return None

    def _wrong(self, code: str, path: str, message: str, **detail: object) -> Test:
        self.errors.append(error(code, path, message, **detail))
        return _never

    def _lacking(self, code: str, items: Collection[object], path: str) -> None:
        if items:
            self.warnings.append(error(code, path, "Some could not be found.", items=list(items)))


def _either(word: str, test: Test) -> Test:
    """Turn a test round for `notEq` and `notIn`."""
    return (lambda record: not test(record)) if word.startswith("not") else test


def _never(_record: Record) -> bool:
    return False
