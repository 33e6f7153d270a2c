"""The day of a text: as it is named, or as its head says."""

import re
from datetime import date

from npqstats.errors import UsageError
from npqstats.vocabulary.patterns import lazy

_NAMES = "January February March April May June July August September October November December"
_MONTHS = _NAMES.split(" ")
_MONTH = "|".join((*_MONTHS, *(month[:3] for month in _MONTHS), "Sept"))
_DAY = lazy(
    rf"\b(?:(?P<iso>20\d\d-\d\d-\d\d)|(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<month>{_MONTH})\.?,?\s+(?P<year>20\d\d)"
    rf"|(?P<month2>{_MONTH})\.?\s+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year2>20\d\d))\b",
    re.IGNORECASE,
)
_HEAD = lazy(
    r"^\W*(?:(?:published|posted|updated|dated?|first published|by [\w .]+)\W+(?:on\s+)?)?"
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)(?:day)?)?\W*$",
    re.IGNORECASE,
)


def day(text: str) -> date:
    """Read a day that a user names: 2025-07-11, 11 July 2025.

    Raises:
        UsageError: It is none.
    """
    match = _DAY.fullmatch(text.strip())
    found = _date(match) if match else None
    if found is None:
        raise UsageError(f"{text!r} is not a day.", "Write it as 2025-07-11.")
    return found


def named_day(text: str) -> date | None:
    """Find the first day that a text names.

    >>> named_day("DfE's text, 11 July 2024")
    datetime.date(2024, 7, 11)
    """
    match = _DAY.search(text)
    return _date(match) if match else None


def day_of(text: str) -> date | None:
    r"""Find the day that a text bears at its head: a date in a line of its own, or after `Published`; None if none.

    >>> day_of("NPQ starts fall\n11 July 2025\n\nStarts fell last year.")
    datetime.date(2025, 7, 11)
    """
    for line in text[:1500].splitlines()[:12]:
        match = _DAY.search(line)
        if match and _HEAD.match(line[: match.start()]) and len(line) - (match.end() - match.start()) < 40:
            return _date(match)
    return None


def _date(match: re.Match[str]) -> date | None:
    try:
        if match["iso"]:
            return date.fromisoformat(match["iso"])
        month = (match["month"] or match["month2"])[:3].title()
        number = [name[:3] for name in _MONTHS].index(month) + 1
        return date(int(match["year"] or match["year2"]), number, int(match["day"] or match["day2"]))
    except ValueError:
        return None
