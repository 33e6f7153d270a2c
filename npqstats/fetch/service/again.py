"""When to ask once more, and after how long."""

import logging
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

LONGEST_WAIT = 60.0
"""Seconds; a host that asks for more is asked nothing more by this run."""

# stamina tells the log of every retry; without a handler of its own that would go to stderr beside our sentences.
logging.getLogger("stamina").addHandler(logging.NullHandler())


class Passing(Exception):  # noqa: N818 (a state of things, which becomes an error only if it lasts)
    """What may be over when the service is asked once more."""

    def __init__(self, what: str, wait: float | None = None) -> None:
        """Say what it is, and for how many seconds the service asked to be left alone."""
        super().__init__(what)
        self.wait = wait


def pause(error: Exception) -> bool | float:
    """Say whether to ask once more: never, after the usual pause, or after so many seconds."""
    if not isinstance(error, Passing):
        return False
    if error.wait is None:
        return True
    return error.wait if error.wait <= LONGEST_WAIT else False


def retry_after(header: str | None, now: datetime | None = None) -> float | None:
    """Read Retry-After, which is seconds or a date; None where there is none that can be read.

    >>> retry_after("120")
    120.0
    >>> retry_after("Thu, 09 Jul 2026 08:30:10 GMT", datetime(2026, 7, 9, 8, 30, tzinfo=UTC))
    10.0
    """
    text = (header or "").strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        when = parsedate_to_datetime(text)
    except ValueError:
        return None
    when = when if when.tzinfo else when.replace(tzinfo=UTC)
    return max(0.0, (when - (now or datetime.now(UTC))).total_seconds())
