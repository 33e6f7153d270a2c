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
    """For a change in who had places paid for: what held in `mark_years`, in the few words that fit a chart."""
    mark_years: tuple[AcademicYear, ...] = ()
    """The academic years that the source says this of; never a later one."""

    @property
    def when(self) -> str:
        """The date, and where the event lasted, the day of its end: 2025-03-27 to 2025-05-16."""
        return f"{self.date} to {self.end.isoformat()}" if self.end else self.date


@cache
def events() -> tuple[Event, ...]:
    """Read the timeline that comes with the package, oldest first."""
    table = tomllib.loads(Path(__file__).with_name("events.toml").read_text("utf-8"))
    return tuple(
        Event(
            **entry
            | {"year": AcademicYear.parse(entry["year"])}
            | {"mark_years": tuple(AcademicYear.parse(year) for year in entry.get("mark_years", ()))}
        )
        for entry in table["event"]
    )


def funding_spans(years: Sequence[AcademicYear]) -> list[tuple[str, list[AcademicYear]]]:
    """Say which rule of funding held in which of some years that follow each other; the marks of charts.

    Returns:
        Each rule with its years; a year that no source describes is in none of them.

    >>> [mark for mark, _ in funding_spans(AcademicYear(2023).to(AcademicYear(2024)))]
    ['Free for all state schools', 'Most courses free for half of schools']
    """
    spans = [(event.mark, [year for year in years if year in event.mark_years]) for event in events()]
    return [(mark, marked) for mark, marked in spans if marked]
