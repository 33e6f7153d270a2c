"""Statistics on National Professional Qualifications in England that can be trusted and traced.

>>> import npqstats
>>> answer = npqstats.compare("2023-24", "2024-25", measure="starts")
>>> print(answer.finding)
NPQ starts fell by 32% in 2024/25, to 29,818.
>>> answer.frame.select("before", "after", "change").rows()
[(43840.0, 29818.0, -14022.0)]
"""

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from npqstats.analysis.citation import cite
    from npqstats.analysis.sql import sql
    from npqstats.api.answers import Cells, Comparison, Listing, Trend, compare, listing, show, trend
    from npqstats.api.numbers import Checked, Found, factcheck, find
    from npqstats.charts.chart import chart
    from npqstats.errors import DataError, NpqStatsError, ServiceError, UsageError
    from npqstats.fetch.fetch import fetch
    from npqstats.project import locate
    from npqstats.report.make import report
    from npqstats.store.build import build, ready

_HOMES = {
    name: home
    for home, names in {
        "analysis.citation": "cite",
        "analysis.sql": "sql",
        "api.answers": "Cells Comparison Listing Trend compare listing show trend",
        "api.numbers": "Checked Found factcheck find",
        "charts.chart": "chart",
        "errors": "DataError NpqStatsError ServiceError UsageError",
        "fetch.fetch": "fetch",
        "project": "locate",
        "report.make": "report",
        "store.build": "build ready",
    }.items()
    for name in names.split()
}
"""Where each name is defined: nothing is imported before it is used, so that the program starts quickly."""

__all__ = [
    "Cells",
    "Checked",
    "Comparison",
    "DataError",
    "Found",
    "Listing",
    "NpqStatsError",
    "ServiceError",
    "Trend",
    "UsageError",
    "build",
    "chart",
    "cite",
    "compare",
    "factcheck",
    "fetch",
    "find",
    "listing",
    "locate",
    "ready",
    "report",
    "show",
    "sql",
    "trend",
]


class _Package(ModuleType):
    """The package, in which a verb is not replaced by the room of the same name when that is imported."""

    def __setattr__(self, name: str, value: object) -> None:
        if not (name in _HOMES and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'npqstats' has no attribute {name!r}")
    return getattr(import_module(f"npqstats.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
