"""The ten courses, and the offers that are not qualifications."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from npqstats.vocabulary.names import folded, unknown
from npqstats.vocabulary.periods import AcademicYear


@dataclass(frozen=True, kw_only=True)
class Course:
    """An NPQ, or an offer that goes with one (`group` is then `offer`)."""

    code: str
    name: str
    title: str = ""
    group: str
    """leadership, specialist or offer."""
    identifier: str
    ecf_ids: tuple[str, ...] = ()
    first_year: AcademicYear | None = None
    began: str
    ended: str = ""
    mandatory_from: date | None = None
    purpose: str
    aliases: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Prospectus:
    """All that is known about the courses."""

    courses: dict[str, Course]
    offers: dict[str, Course]
    duration_months: tuple[int, int]
    duration_note: str
    duration_source: str


def _course(entry: dict[str, Any], group: str = "") -> Course:
    fields: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()}
    fields.setdefault("group", group)
    fields.setdefault("purpose", fields.pop("note", ""))
    if "first_year" in fields:
        fields["first_year"] = AcademicYear.parse(fields["first_year"])
    return Course(**fields)


@cache
def prospectus() -> Prospectus:
    """Read the table of courses that comes with the package."""
    table = tomllib.loads(Path(__file__).with_name("courses.toml").read_text("utf-8"))
    return Prospectus(
        courses={entry["code"]: _course(entry) for entry in table["course"]},
        offers={entry["code"]: _course(entry, "offer") for entry in table["offer"]},
        duration_months=(table["duration_months"][0], table["duration_months"][1]),
        duration_note=table["duration_note"],
        duration_source=table["duration_source"],
    )


@cache
def code_by_name() -> dict[str, str]:
    """Map every folded name of a course or offer to its short code."""
    known = prospectus()
    return {
        folded(name): course.code
        for course in (*known.courses.values(), *known.offers.values())
        for name in (
            course.code,
            course.name,
            course.title,
            course.identifier,
            *course.ecf_ids,
            *course.aliases,
        )
        if name
    }


def recognised(label: str) -> str | None:
    """Give the short code of the course that a published label names, or None.

    >>> recognised("NPQ for Senior Leadership (NPQSL)")
    'NPQSL'
    """
    return code_by_name().get(folded(label))


def course(name: str) -> Course:
    """Find a course or offer by any of its names.

    Raises:
        UsageError: Nothing is called so; the nearest names are offered.
    """
    known = prospectus()
    code = recognised(name)
    if code is None:
        names = [name for course in known.courses.values() for name in (course.code, course.name)]
        raise unknown("course", name, names)
    return known.courses.get(code) or known.offers[code]


def later_than(year: AcademicYear) -> list[Course]:
    """List the courses that began after a year."""
    courses = prospectus().courses.values()
    return [course for course in courses if course.first_year is not None and course.first_year > year]


def new_between(before: AcademicYear, after: AcademicYear) -> list[Course]:
    """List the courses that only one of the two years can have: they began later than the earlier year.

    >>> [course.code for course in new_between(AcademicYear(2023), AcademicYear(2024))]
    ['NPQSENCO']
    """
    earlier, later = sorted((before, after))
    return [course for course in later_than(earlier) if course not in later_than(later)]
