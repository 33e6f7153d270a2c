"""The courses and the offers beside them, and which of them a published label or a user's word means."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from npqstats.errors import UsageError
from npqstats.vocabulary.breakdowns import group_slug, is_role_breakdown
from npqstats.vocabulary.names import clean, folded, is_total, listed, unknown
from npqstats.vocabulary.periods import AcademicYear
from npqstats.vocabulary.spellings import COURSE_LIKE, REFUSALS, SUBTOTALS, UNKNOWN, Reading, loosely, read, tokens


@dataclass(frozen=True, kw_only=True)
class Course:
    """An NPQ, or an offer that goes with one; a row of `courses.toml`, or a label that nobody knows."""

    code: str
    """As printed: NPQSL; the label itself for a course that is not known."""
    name: str
    long_name: str = ""
    group: str = ""
    """leadership, specialist or offer; blank where it is not known."""
    suite: str = "reformed"
    """reformed or 2017."""
    names: tuple[str, ...] = ()
    npq_names: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    identifier: str = ""
    ecf_ids: tuple[str, ...] = ()
    first_year: AcademicYear | None = None
    last_year: AcademicYear | None = None
    """The last year with starters; None while it goes on."""
    began: str = ""
    ended: str = ""
    mandatory_from: date | None = None
    purpose: str = ""
    sources: tuple[str, ...] = ()
    is_known: bool = True

    @classmethod
    def unknown(cls, label: str) -> "Course":
        """Make a course of a label that no known course has: it is called by its label."""
        return cls(code=clean(label), name=clean(label), is_known=False)

    @property
    def slug(self) -> str:
        """As the `group` of its rows: `npqsl`; for a course that is not known, the slug of its label."""
        return self.code.lower() if self.is_known else group_slug(self.name)

    @property
    def title(self) -> str:
        """As printed in tables: Senior leadership (NPQSL)."""
        if not self.is_known:
            return self.name
        code, _, year = self.code.partition("-")
        return f"{self.name} ({code}, {year} suite)" if year else f"{self.name} ({code})"

    def ran_in(self, year: AcademicYear) -> bool:
        """Whether it had starters in a year: False only where it is known to have begun later or ended before."""
        return not (self.first_year and year < self.first_year) and not (self.last_year and year > self.last_year)


def _courses(entries: Iterable[Mapping[str, Any]], **fixed: str) -> dict[str, Course]:
    return {entry["code"]: Course(**_typed({**fixed, **entry})) for entry in entries}


def _typed(entry: dict[str, Any]) -> dict[str, Any]:
    years = {name: AcademicYear.parse(entry[name]) for name in ("first_year", "last_year") if name in entry}
    return {name: tuple(value) if isinstance(value, list) else value for name, value in entry.items()} | years


_TABLE = tomllib.loads(Path(__file__).with_name("courses.toml").read_text("utf-8"))
_NAMING, _WEAKLY_NAMING, _BESIDE_NAMING, _ROLE_LIKE = (
    frozenset(_TABLE["breakdown"][name]) for name in ("naming", "weakly_naming", "beside_naming", "role_like")
)

COURSES: dict[str, Course] = _courses(_TABLE["course"])
"""The ten of the reformed suite, by code."""
OFFERS: dict[str, Course] = _courses(_TABLE["offer"], group="offer")
"""What goes with the courses and is no qualification."""
LEGACY: dict[str, Course] = _courses(_TABLE["legacy"])
"""The suite of 2017."""

DURATION_MONTHS: tuple[int, int] = (_TABLE["duration_months"][0], _TABLE["duration_months"][1])
"""The shortest and the longest that a course takes."""
DURATION_NOTE: str = _TABLE["duration_note"]
DURATION_SOURCE: str = _TABLE["duration_source"]

_KNOWN = (*COURSES.values(), *OFFERS.values())
_CODES = {code: known for known in _KNOWN for code in (known.code, *known.codes)}
_LEGACY_CODES = {code.partition("-")[0]: known for code, known in LEGACY.items()}
_ALL_CODES = frozenset({*_CODES, *_LEGACY_CODES})
_SHORT_CODES = frozenset(code.removeprefix("NPQ").lower() for code in COURSES) - {"senco"}
_IDS = {folded(identifier): known for known in _KNOWN for identifier in (known.identifier, *known.ecf_ids)}


def _words(name: str) -> frozenset[str]:
    return read(name, frozenset()).words


@cache
def _by_words() -> tuple[dict[frozenset[str], Course], dict[frozenset[str], Course]]:
    """Every course by the words of its names; and by those that are enough where a label says NPQ."""
    every = (*LEGACY.values(), *_KNOWN)  # a later one takes the place of an earlier one: plain Headship is of today
    exact = {_words(name): known for known in every for name in known.names}
    loose = {loosely(_words(name)): known for known in every for name in (*known.names, *known.npq_names)}
    return exact, loose


def recognise(label: str) -> Course | None:
    """Find the course that a published label names.

    By its code, alone or in brackets, or by its words in any order and spelling. A label that names two, or one and
    something else, is not recognised.

    >>> found = recognise("NPQ in Special Educational Needs Co-ordination (new)")
    >>> found and found.code
    'NPQSENCO'
    >>> recognise("NPQ Leading Inclusive Practice") is None
    True
    """
    if folded(label) in _IDS:
        return _IDS[folded(label)]
    reading = read(label, _ALL_CODES)
    if not reading.words.isdisjoint(REFUSALS):
        return None
    by_code = {_of_code(code) for code in reading.codes}
    by_words = _of_words(reading)
    if len(by_code) > 1:
        return None
    if not by_code:
        return _of_suite(by_words, reading)
    (found,) = by_code
    if by_words is not None and by_words is not found:
        return None
    is_said = bool(reading.bracketed) or reading.words <= _all_words(found)
    return _of_suite(found, reading) if is_said or by_words is found else None


def _of_code(code: str) -> Course:
    return _CODES.get(code) or _LEGACY_CODES[code]


def _all_words(known: Course) -> frozenset[str]:
    names = [_words(name) for name in (*known.names, *known.npq_names)] or [_words(known.name)]
    return frozenset().union(*names, *map(loosely, names), ("leader", "leadership", "leading"))


def _of_words(reading: Reading) -> Course | None:
    exact, loose = _by_words()
    short = reading.words & _SHORT_CODES
    words = reading.words - short
    found = exact.get(words) or (loose.get(loosely(words)) if reading.says_npq and loosely(words) else None)
    return found if found is None or short <= {_short_code(found)} else None


def _short_code(known: Course) -> str:
    """A code as people write it in brackets after the name: LTD."""
    return known.code.removeprefix("NPQ").partition("-")[0].lower()


def _of_suite(found: Course | None, reading: Reading) -> Course | None:
    if found is None or not reading.is_legacy:
        return found
    return found if found.suite == "2017" else LEGACY.get(f"{found.code}-2017")


def is_course_subtotal(label: str) -> bool:
    """Whether a label names a family of courses.

    >>> is_course_subtotal("Leadership NPQs"), is_course_subtotal("Senior leadership")
    (True, False)
    """
    words = read(label, _ALL_CODES).words - UNKNOWN - {"family", "families", "type"}
    return bool(words) and words <= SUBTOTALS | {"leader"} and not read(label, _ALL_CODES).codes


def _is_no_course(label: str) -> bool:
    reading = read(label, _ALL_CODES)
    return is_total(label) or is_course_subtotal(label) or (not reading.codes and reading.words <= UNKNOWN)


def in_breakdown(label: str) -> Course | None:
    """Find or make the course of a label within the breakdown by course.

    Returns:
        None for a total, a subtotal, and what is unknown or other.
    """
    return recognise(label) or (None if _is_no_course(label) else Course.unknown(label))


def looks_like_course(label: str) -> bool:
    """Whether a label reads like the name of a course, known or not. Not for the labels of a breakdown by role.

    >>> looks_like_course("NPQ Leading Inclusive Practice"), looks_like_course("Primary")
    (True, False)
    """
    if _is_no_course(label):
        return False
    reading = read(label, _ALL_CODES)
    says_so = reading.says_npq or any(word.startswith("npq") for word in reading.words)
    return says_so or bool(reading.codes) or not reading.words.isdisjoint(COURSE_LIKE)


def is_course_breakdown(breakdown_label: str, group_labels: Iterable[str]) -> bool:
    """Decide whether a breakdown is the one by course, by its name and all its groups together.

    >>> is_course_breakdown("Role", ["Headship", "Senior leadership", "Classroom teacher"])
    False
    >>> is_course_breakdown("NPQ course", ["NPQ Leading Inclusive Practice"])
    True
    """
    if is_role_breakdown(breakdown_label):
        return False
    labels = list(dict.fromkeys(group_labels))
    groups = [label for label in labels if not _is_no_course(label)]
    words = frozenset(tokens(breakdown_label)) - _BESIDE_NAMING
    is_named = bool(words & (_NAMING | _WEAKLY_NAMING)) and words <= _NAMING | _WEAKLY_NAMING
    if not groups:
        return is_named and not any(map(is_course_subtotal, labels))
    known = [label for label in groups if recognise(label)]
    if is_named and (words & {"course", "courses"} or any(map(looks_like_course, groups))):
        return True
    return 2 * len(known) > len(groups) and any(map(_is_course_beyond_doubt, known))


def _is_course_beyond_doubt(label: str) -> bool:
    found = recognise(label)
    return found is not None and (found.code.partition("-")[0] not in _ROLE_LIKE or read(label, _ALL_CODES).says_npq)


def course(name: str, among: Iterable[str] = ()) -> Course:
    """Find the course that a user means.

    Args:
        name: Its code, any of its names, or a part of one that no other course has: `maths`.
        among: Published labels in the data; those of courses that are not known can be named, too.

    Raises:
        UsageError: No course has this name (the hint lists the nearest), or several have.
    """
    found = recognise(name) or _CODES.get(clean(name).upper())
    if found:
        return found
    others = {made.slug: made for label in among if (made := in_breakdown(label)) is not None and not made.is_known}
    if group_slug(name) in others:
        return others[group_slug(name)]
    known = [*_KNOWN, *others.values()]
    parts = [one for one in known if folded(name) and folded(name) == folded(one.code.removeprefix("NPQ"))]
    wanted = loosely(read(name, _ALL_CODES).words) or read(name, _ALL_CODES).words
    parts = parts or [one for one in known if wanted and wanted <= _all_words(one)]
    if len(parts) == 1:
        return parts[0]
    if parts:
        raise UsageError(f"{name!r} names several courses.", f"Name one: {listed([one.code for one in parts], 'or')}.")
    raise unknown("course", name, [text for one in known for text in dict.fromkeys((one.code, one.name))])
