"""The policy timeline: what happened when, for lists and for marks on charts."""

import datetime
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from npqstats.vocabulary.periods import AcademicYear


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that changed NPQs or their statistics."""

    date: str
    """As precisely as it is known: 2024-03-21, autumn 2024 or 2023/24."""
    sort: datetime.date
    end: datetime.date | None = None
    year: AcademicYear
    kind: str
    """funding, course, consultation or statistics."""
    label: str
    """At most 50 characters, for a mark on a chart."""
    text: str
    source: str
    mark: str = ""
    """For a change in who had places paid for: what held from then on, in the few words that a chart has room for."""


@cache
def events() -> tuple[Event, ...]:
    """Read the timeline that comes with the package, oldest first."""
    table = tomllib.loads(Path(__file__).with_name("events.toml").read_text("utf-8"))
    return tuple(Event(**entry | {"year": AcademicYear.parse(entry["year"])}) for entry in table["event"])


def funding_spans(years: Sequence[AcademicYear]) -> list[tuple[str, list[AcademicYear]]]:
    """Say which rule of funding held in which of some years that follow each other; the marks of charts.

    >>> [mark for mark, _ in funding_spans(AcademicYear(2023).to(AcademicYear(2024)))]
    ['Free for all state schools', 'Most courses free for half of schools']
    """
    marked = [event for event in events() if event.mark]
    spans: dict[str, list[AcademicYear]] = {}
    for year in years:
        began = [event.mark for event in marked if event.year <= year]
        if began:
            spans.setdefault(began[-1], []).append(year)
    return list(spans.items())
