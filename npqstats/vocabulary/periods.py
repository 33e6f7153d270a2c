"""Academic years: four spellings in, one out; and days as they are printed."""

import re
from dataclasses import dataclass
from datetime import date

from npqstats.errors import UsageError

_SPELLINGS = re.compile(r"(\d{4})(?:[-/](\d{4})|[-/]?(\d{2}))")


@dataclass(frozen=True, order=True)
class AcademicYear:
    """A year of teaching, from 1 September of `start` to 31 August."""

    start: int

    @classmethod
    def parse(cls, text: str) -> "AcademicYear":
        """Read `2023-24`, `2023/24`, `202324` or `2023-2024`.

        Raises:
            UsageError: The text is none of these, or its two years do not follow each other.

        >>> AcademicYear.parse("2023-2024").label
        '2023/24'
        """
        match = _SPELLINGS.fullmatch(text.strip())
        if match is None:
            raise UsageError(f"{text!r} is not an academic year.", "Write it as 2023-24, 2023/24 or 202324.")
        start, end = int(match[1]), int(match[2] or match[3])
        if end % 100 != (start + 1) % 100 or end not in (start + 1, (start + 1) % 100):
            raise UsageError(
                f"{text!r} is not an academic year: {start} is followed by {start + 1}.",
                f"Did you mean {cls(start).slug}?",
            )
        return cls(start)

    @classmethod
    def of_code(cls, code: int) -> "AcademicYear":
        """Read the publisher's six digits, as in the `time_period` column: 202324."""
        return cls.parse(f"{code:06d}")

    @property
    def code(self) -> int:
        """The publisher's six digits: 202324."""
        return self.start * 100 + (self.start + 1) % 100

    @property
    def label(self) -> str:
        """As printed for people: 2023/24."""
        return f"{self.start}/{(self.start + 1) % 100:02d}"

    @property
    def slug(self) -> str:
        """As typed and as folders are named: 2023-24."""
        return self.label.replace("/", "-")

    @property
    def before(self) -> "AcademicYear":
        """The year before."""
        return AcademicYear(self.start - 1)

    def to(self, last: "AcademicYear") -> list["AcademicYear"]:
        """All years from this one to `last`, both included.

        >>> [year.label for year in AcademicYear(2021).to(AcademicYear(2023))]
        ['2021/22', '2022/23', '2023/24']
        """
        return [AcademicYear(start) for start in range(self.start, last.start + 1)]


def span(first: str, last: str) -> str:
    """Name a range of years by its first and its last, as printed; a single year once.

    >>> span("2021/22", "2024/25"), span("2021/22", "2021/22")
    ('2021/22 to 2024/25', '2021/22')
    """
    return first if first == last else f"{first} to {last}"


def is_period(code: int) -> bool:
    """Whether six digits are two consecutive years (202324 is, 202325 is not)."""
    return 1900 <= code // 100 < 2100 and code % 100 == (code // 100 + 1) % 100


def label(code: int) -> str:
    """Print the publisher's six digits for people.

    >>> label(202324)
    '2023/24'
    """
    return AcademicYear.of_code(code).label


def day_label(day: date) -> str:
    """Print a day; without `%-d`, which Windows does not know.

    >>> day_label(date(2025, 7, 1))
    '1 July 2025'
    """
    return f"{day.day} {day:%B %Y}"
