"""What is asked: which measure, of whom, where, by what; every part checked before any figure is read."""

from collections.abc import Iterable
from dataclasses import dataclass

from npqstats.errors import UsageError
from npqstats.vocabulary.areas import LEVELS
from npqstats.vocabulary.breakdowns import canonical
from npqstats.vocabulary.courses import Course, course
from npqstats.vocabulary.funding import basis as basis_called
from npqstats.vocabulary.funding import funding as funding_called
from npqstats.vocabulary.measures import Measure
from npqstats.vocabulary.measures import measure as measure_called
from npqstats.vocabulary.names import folded
from npqstats.vocabulary.periods import AcademicYear

_LEVEL_BY_WORD = {
    folded(word): level
    for level, words in {
        "Regional": ("region", "regions", "regional"),
        "Local authority": ("local-authority", "local-authorities", "la"),
    }.items()
    for word in (*words, level)
} | {folded(level): level for level in LEVELS if level != "National"}
_FUNDING, _COURSE = "funding", "course"


@dataclass(frozen=True, kw_only=True)
class Question:
    """A slice of the published figures."""

    measure: Measure | None = None
    """None: the headline measures."""
    by: str | None = None
    """`funding`, `course` or the slug of another breakdown; None for the total, or where `level` is set."""
    level: str = "National"
    """The geographic level whose places are the lines, when asked by region or local authority."""
    funding: str | None = None
    course: Course | None = None
    without: tuple[Course, ...] = ()
    """Courses to be subtracted."""
    area: str | None = None
    """A place as the user wrote it; found among the places that the data have."""
    basis: str | None = None
    release: str | None = None

    @property
    def is_headline(self) -> bool:
        """Whether the headline measures are asked for, of the nation, a kind of funding or a course."""
        return self.measure is None and self.by is None and self.level == "National"

    @property
    def fixed_funding(self) -> str:
        """The funding of a line that is not one by funding."""
        return self.funding or "all"


def question(
    *,
    measure: str | None = None,
    by: str | None = None,
    funding: str | None = None,
    course_name: str | None = None,
    exclude_courses: Iterable[str] = (),
    area: str | None = None,
    basis: str | None = None,
    release: str | None = None,
) -> Question:
    """Read the parts of a question as users write them.

    Raises:
        UsageError: A name is not known (nearest ones are offered), or two parts contradict each other.
    """
    found = measure_called(measure) if measure else None
    level = _LEVEL_BY_WORD.get(folded(by), "National") if by else "National"
    asked = Question(
        measure=found,
        by=canonical(by) if by and level == "National" else None,
        level=level,
        funding=funding_called(funding) if funding else None,
        course=course(course_name) if course_name else None,
        without=tuple(dict.fromkeys(course(name) for name in exclude_courses)),
        area=area,
        basis=basis_called(basis) if basis else None,
        release=release,
    )
    _check(asked)
    return asked


def _check(asked: Question) -> None:
    if asked.by == _FUNDING and asked.funding:
        raise UsageError("--by funding shows every kind of funding.", "Leave out --funding, or --by.")
    if asked.by == _COURSE and asked.course:
        raise UsageError("--by course shows every course.", "Leave out --course, or --by.")
    if asked.course and asked.course in asked.without:
        raise UsageError(f"{asked.course.code} is asked for and left out.", "Give --course or --exclude-course.")
    if asked.course and asked.by not in (None, _FUNDING):
        raise UsageError(
            f"No figures are published by course and {asked.by} at once.", "Give --course or --by, not both."
        )
    check_without(asked, asked.without)


def check_without(asked: Question, courses: Iterable[Course]) -> None:
    """Refuse to leave courses out of what cannot be had without them.

    Raises:
        UsageError: The measure does not add up over courses, or the figures are not by course.
    """
    if not list(courses):
        return
    if asked.course or asked.area or asked.by not in (None, _FUNDING, _COURSE) or asked.level != "National":
        raise UsageError(
            "A course can be left out of national totals only: nothing is published by course and another breakdown.",
            "Leave out --course, --area and --by, or use --by funding or --by course.",
        )
    if asked.measure and not asked.measure.is_by_course:
        raise UsageError(
            f"{asked.measure.label} cannot be had without a course: they do not add up over courses.",
            "Starts, completions, passes, completion rates and pass rates can; see 'npqstats list measures'.",
        )


def whole(text: str | None) -> int | None:
    """Read a number of lines.

    Raises:
        UsageError: It is no whole number from 1.
    """
    if text is None:
        return None
    if not (text.isascii() and text.isdigit() and int(text) > 0):
        raise UsageError(f"{text!r} is not a number of lines.", "--top takes a whole number from 1.")
    return int(text)


def years(before: str, after: str) -> tuple[AcademicYear, AcademicYear, bool]:
    """Read two years; the third value says whether they came the wrong way round and were turned.

    Raises:
        UsageError: One is no academic year, or both are the same.
    """
    first, second = AcademicYear.parse(before), AcademicYear.parse(after)
    if first == second:
        raise UsageError(f"{first.label} cannot be compared with itself.", f"Compare {first.before.slug} {first.slug}?")
    return (min(first, second), max(first, second), first > second)
