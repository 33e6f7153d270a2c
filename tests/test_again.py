from __future__ import annotations

from datetime import UTC, datetime

import pytest

from npqstats.fetch.service.again import LONGEST_WAIT, Passing, pause, retry_after

NOW = datetime(2026, 7, 9, 8, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("3", 3.0),
        ("0", 0.0),
        (" 12 ", 12.0),
        ("Thu, 09 Jul 2026 08:31:00 GMT", 60.0),
        ("Thu, 09 Jul 2026 08:00:00 GMT", 0.0),
        ("Thu, 09 Jul 2026 08:30:05 -0000", 5.0),
        ("soon", None),
        ("-3", None),
        ("", None),
        (None, None),
    ],
)
def test_retry_after_is_seconds_or_a_date(header: str | None, seconds: float | None) -> None:
    assert retry_after(header, NOW) == seconds


def test_what_passes_is_asked_again_and_nothing_else() -> None:
    assert pause(Passing("busy")) is True
    assert pause(Passing("busy", 7.0)) == 7.0
    assert pause(ValueError("a bug")) is False


def test_a_service_that_asks_for_long_is_left_alone() -> None:
    assert pause(Passing("busy", LONGEST_WAIT + 1)) is False
