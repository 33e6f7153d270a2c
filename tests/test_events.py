from __future__ import annotations

import pytest

from npqstats.vocabulary.events import Event, events
from npqstats.vocabulary.periods import AcademicYear

KINDS = {"funding", "course", "consultation", "statistics"}


def test_the_timeline_goes_from_old_to_new() -> None:
    days = [event.sort for event in events()]
    assert days == sorted(days)
    assert len(days) > 10


@pytest.mark.parametrize("event", events(), ids=lambda event: event.date)
def test_every_event_can_be_marked_on_a_chart_and_traced(event: Event) -> None:
    assert 0 < len(event.label) <= 50
    assert event.kind in KINDS
    assert event.text.endswith(".")
    assert event.source
    assert event.end is None or event.end >= event.sort


@pytest.mark.parametrize("event", events(), ids=lambda event: event.date)
def test_the_academic_year_of_an_event_is_the_one_its_day_falls_in(event: Event) -> None:
    assert event.year == AcademicYear(event.sort.year - (event.sort.month < 9))
