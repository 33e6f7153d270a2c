"""What is asked: parsed and checked once, then handed on whole."""

import shlex
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar, get_type_hints

from npqstats.analysis.parts import LEVELS, SORTS, ComparisonParts
from npqstats.errors import UsageError
from npqstats.vocabulary.areas import ENGLAND, Area
from npqstats.vocabulary.areas import area as area_called
from npqstats.vocabulary.breakdowns import canonical
from npqstats.vocabulary.courses import Course
from npqstats.vocabulary.courses import course as course_called
from npqstats.vocabulary.funding import basis as basis_called
from npqstats.vocabulary.funding import funding as funding_called
from npqstats.vocabulary.measures import MEASURES, Measure
from npqstats.vocabulary.measures import measure as measure_called
from npqstats.vocabulary.names import folded, listed, unknown
from npqstats.vocabulary.periods import AcademicYear

Found = TypeVar("Found")

FUNDING, COURSE = "funding", "course"
"""Breakdowns with rules of their own."""

_LEVEL_WORDS = {
    folded(word): by
    for by, words in {
        "region": ("region", "regions", "regional"),
        "local-authority": ("local-authority", "local-authorities", "la", "authority", "authorities"),
    }.items()
    for word in words
}


@dataclass(frozen=True, kw_only=True)
class Question:
    """A slice of the published figures. Vary one with `dataclasses.replace`."""

    years: tuple[AcademicYear, ...] = ()
    """Two for a comparison, first and last for a trend, any for cells; empty: all that there are."""
    measure: Measure | None = None
    by: str | None = None
    """`funding`, `course`, a key of `LEVELS` or the slug of another breakdown."""
    funding: str | None = None
    course: Course | None = None
    without: tuple[Course, ...] = ()
    areas: tuple[Area, ...] = ()
    """None: England."""
    basis: str | None = None
    release: str | None = None
    like_for_like: bool = False
    include_unripe: bool = False
    sort: str = "published"
    top: int | None = None

    @property
    def level(self) -> str | None:
        """The geographic level whose areas are the rows; None where the rows are not areas."""
        return LEVELS.get(self.by or "")

    @property
    def is_headline(self) -> bool:
        """Whether the headline measures are asked for."""
        return self.measure is None and self.by is None and len(self.areas) < 2

    @property
    def breakdown(self) -> str | None:
        """The breakdown whose groups are the rows; None for totals, kinds of funding and areas."""
        return None if self.by == FUNDING or self.level else self.by

    @property
    def is_national(self) -> bool:
        """Whether England's totals answer it."""
        return not self.areas or [area.id for area in self.areas] == [ENGLAND[0]]

    def command(self, verb: str = "compare", *more: str) -> str:
        """Print the shell command that asks this again.

        >>> Question(years=(AcademicYear(2023), AcademicYear(2024)), by="region").command()
        'npqstats compare 2023-24 2024-25 --by region'
        """
        slugs = [year.slug for year in self.years]
        is_span = verb.endswith("trend") and len(slugs) == 2
        words = ["npqstats", *verb.split(), *([] if is_span else slugs)]
        for name, values in (
            ("from", slugs[:1] if is_span else []),
            ("to", slugs[1:] if is_span else []),
            ("measure", [self.measure.code] if self.measure else []),
            ("by", [self.by] if self.by else []),
            ("funding", [self.funding] if self.funding else []),
            ("course", [self.course.code or self.course.name] if self.course else []),
            ("exclude-course", [course.code or course.name for course in self.without]),
            ("area", [area.name for area in self.areas]),
            ("basis", [self.basis] if self.basis else []),
            ("release", [self.release] if self.release else []),
            ("sort", [self.sort] if self.sort != SORTS[0] else []),
            ("top", [str(self.top)] if self.top else []),
        ):
            words += [word for value in values for word in (f"--{name}", value)]
        words += ["--like-for-like"] if self.like_for_like else []
        words += ["--include-unripe"] if self.include_unripe else []
        return shlex.join([*words, *more])


def parse(
    years: Iterable[str] = (),
    parts: Mapping[str, Any] | None = None,
    *,
    courses: Iterable[str] = (),
    areas: Iterable[Area] = (),
) -> Question:
    """Read a question as users write it.

    Args:
        years: Academic years in any spelling, as they came.
        parts: As `ComparisonParts`; a part that is None was not asked for, one that is empty is refused.
        courses: Labels of courses in the data, for those that the vocabulary does not know.
        areas: Areas in the data, for those that the vocabulary does not know.

    Raises:
        UsageError: A name is not known (the nearest are offered), a value is empty, or two parts contradict each other.
        TypeError: There is no part of that name.
    """
    given = dict(parts or {})
    if strange := given.keys() - get_type_hints(ComparisonParts).keys():
        raise TypeError(f"a question has no part {listed(sorted(strange), 'or')}")
    refuse_empty(given)
    labels, here = tuple(courses), list(areas) or None
    by = given.get("by")
    found = Question(
        years=tuple(AcademicYear.parse(year) for year in years),
        measure=_each(measure_called, given.get("measure")),
        by=_LEVEL_WORDS.get(folded(by), canonical(by)) if by else None,
        funding=_each(funding_called, given.get("funding")),
        course=_each(lambda name: course_called(name, labels), given.get("course")),
        without=_several(lambda name: course_called(name, labels), given.get("exclude_course")),
        areas=_several(lambda name: area_called(name, here), given.get("area")),
        basis=_each(basis_called, given.get("basis")),
        release=str(given.get("release") or "").replace("/", "-") or None,
        like_for_like=bool(given.get("like_for_like")),
        include_unripe=bool(given.get("include_unripe")),
        sort=given.get("sort") or SORTS[0],
        top=_whole(given.get("top")),
    )
    return checked(found)


def refuse_empty(parts: Mapping[str, Any]) -> None:
    """Refuse an option whose value is empty; None was not asked for.

    Raises:
        UsageError: A value, or one of several, is blank.
    """
    for name, value in parts.items():
        values = [value] if isinstance(value, str) else value if isinstance(value, list | tuple) else []
        if any(isinstance(text, str) and not text.strip() for text in values):
            option = name.replace("_", "-")
            raise UsageError(f"--{option} is empty.", f"Name one, or leave out --{option} (is a variable not set?).")


def _each(find: Callable[[str], Found], name: str | None) -> Found | None:
    return None if name is None else find(name)


def _several(find: Callable[[str], Found], names: str | Iterable[str] | None) -> tuple[Found, ...]:
    listed = [names] if isinstance(names, str) else names or ()
    return tuple(dict.fromkeys(find(name) for name in listed))


def _whole(text: int | str | None) -> int | None:
    if text is None:
        return None
    if not (str(text).isascii() and str(text).isdigit() and int(text) > 0):
        raise UsageError(f"{str(text)!r} is not a number of rows.", "--top takes a whole number from 1.")
    return int(text)


def checked(asked: Question) -> Question:
    """Refuse a question whose parts contradict each other, and return it as it is.

    Raises:
        UsageError: Two parts contradict each other, or nothing of the kind is ever published.
    """
    if asked.by == FUNDING and asked.funding:
        raise UsageError("--by funding shows every kind of funding.", "Leave out --funding, or --by.")
    if asked.by == COURSE and asked.course:
        raise UsageError("--by course shows every course.", "Leave out --course, or --by.")
    if asked.course and asked.course in asked.without:
        raise UsageError(f"{asked.course.title} is asked for and left out.", "Use --course or --exclude-course.")
    if asked.course and asked.by not in (None, FUNDING):
        raise UsageError(f"No figures are published by course and {asked.by} at once.", "Use --course or --by.")
    if not asked.is_national and (asked.course or asked.by == COURSE):
        raise UsageError("No figures are published by course and area at once.", "Leave out --area, or the course.")
    if asked.course and asked.like_for_like:
        raise UsageError("One course is not compared like for like.", "Leave out --like-for-like, or --course.")
    if asked.sort not in SORTS:
        raise unknown("sort order", asked.sort, SORTS)
    if asked.is_headline and (asked.sort != SORTS[0] or asked.top):
        raise UsageError(
            "The headline table has rows of different units, which have no common order.",
            "Name one --measure, or a breakdown with --by.",
        )
    if len(asked.areas) > 1 and asked.by and not asked.level:
        raise UsageError(f"Several areas by {asked.by} make no table.", "Name one --area, or leave out --by.")
    for area in asked.areas:
        if asked.level and (area.level not in ("National", "Regional") or area.level == asked.level):
            raise UsageError(
                f"{area.name} has no rows by {asked.by} below it.",
                "Leave out --by for the area itself."
                if area.level == asked.level
                else "Name a region, or leave out --by.",
            )
    check_without(asked, asked.without)
    return asked


def check_without(asked: Question, courses: Iterable[Course]) -> None:
    """Refuse to leave courses out of what cannot be had without them.

    Raises:
        UsageError: The measure does not add up over courses, or nothing is published by course and another breakdown.
    """
    if not list(courses):
        return
    if asked.course or not asked.is_national or asked.by not in (None, FUNDING, COURSE):
        raise UsageError(
            "A course can be left out of national totals only: nothing is published by course and another breakdown.",
            "Leave out --course, --area and --by, or use --by funding or --by course.",
        )
    if asked.measure and not asked.measure.is_by_course:
        can = [measure.label.lower() for measure in MEASURES.values() if measure.is_by_course]
        raise UsageError(
            f"{asked.measure.label} cannot be had without a course: they do not add up over courses.",
            f"These can: {listed(can)}; see 'npqstats list measures'.",
        )
