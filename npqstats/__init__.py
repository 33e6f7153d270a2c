"""Statistics on National Professional Qualifications in England that can be trusted and traced.

>>> import npqstats
>>> table = npqstats.compare("2023-24", "2024-25", measure="starts")
>>> table.select("before", "after", "change").rows()
[(43840.0, 29818.0, -14022.0)]
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from npqstats.analysis.citation import cite
    from npqstats.analysis.compare import compare
    from npqstats.analysis.listings import listing
    from npqstats.analysis.show import behind, show
    from npqstats.analysis.sql import sql
    from npqstats.analysis.trend import trend
    from npqstats.charts.kinds import chart
    from npqstats.errors import DataError, NpqStatsError, ServiceError, UsageError
    from npqstats.fetch.fetch import fetch
    from npqstats.project import locate
    from npqstats.report.make import report
    from npqstats.store.build import build, ready
    from npqstats.wording.factcheck import factcheck
    from npqstats.wording.find import find

_HOMES = {
    "behind": "analysis.show",
    "build": "store.build",
    "chart": "charts.kinds",
    "cite": "analysis.citation",
    "compare": "analysis.compare",
    "factcheck": "wording.factcheck",
    "fetch": "fetch.fetch",
    "find": "wording.find",
    "listing": "analysis.listings",
    "locate": "project",
    "ready": "store.build",
    "report": "report.make",
    "show": "analysis.show",
    "sql": "analysis.sql",
    "trend": "analysis.trend",
    "DataError": "errors",
    "NpqStatsError": "errors",
    "ServiceError": "errors",
    "UsageError": "errors",
}
"""Where each name lives: nothing is imported before it is used, so that the program starts quickly."""

__all__ = [
    "DataError",
    "NpqStatsError",
    "ServiceError",
    "UsageError",
    "behind",
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


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'npqstats' has no attribute {name!r}")
    value = getattr(import_module(f"npqstats.{_HOMES[name]}"), name)
    globals()[name] = value  # Importing it has set the attribute to the room of the same name (fetch, report).
    return value
