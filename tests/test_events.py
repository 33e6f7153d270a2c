from __future__ import annotations

import pytest

from npqstats.vocabulary.events import Event, events, funding_spans
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


def test_a_rule_of_funding_is_never_carried_on_to_a_later_year() -> None:
    spans = dict(funding_spans(AcademicYear(2020).to(AcademicYear(2030))))
    assert spans["Most courses free for half of schools"] == [AcademicYear(2024)]
    assert max(year for years in spans.values() for year in years) == AcademicYear(2026)
    assert funding_spans([AcademicYear(2020), AcademicYear(2027)]) == []


@pytest.mark.parametrize("event", [event for event in events() if event.mark], ids=lambda event: event.date)
def test_a_mark_has_its_years_and_begins_with_its_event(event: Event) -> None:
    assert event.mark_years[0] == event.year


def test_an_event_that_lasted_prints_its_end() -> None:
    (first,) = [event for event in events() if event.label.startswith("First call for evidence")]
    assert first.when == "2025-03-27 to 2025-05-16"
