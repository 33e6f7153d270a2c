"""Which years a sentence names: `last year`, `by June 2025`, `from 2021/22 to 2024/25`."""

import re
from functools import lru_cache

from npqstats.analysis.factcheck.reading.phrases import AWAY, ORDER
from npqstats.analysis.factcheck.reading.said import year_before
from npqstats.analysis.factcheck.reading.statement import Statement
from npqstats.analysis.factcheck.scanning.passage import COHORT
from npqstats.vocabulary.claims import Mention
from npqstats.vocabulary.courses import COURSES
from npqstats.vocabulary.patterns import Pattern, lazy
from npqstats.vocabulary.periods import AcademicYear

_KEPT = 256
"""Answers about the years of a sentence that are kept while its numbers are read."""
_BASE = lazy(
    r"\b(?:than|since|on|compared\s+with|relative\s+to|against|beside|alongside|from|that(?=\s+(?:in|of|for)\b)|below|above|under|short\s+of|times(?=\s+th(?:ose|at|e)\b)"
    r"|as(?=\s+(?:in|(?:it|they|there)\s+(?:was|were|had))\b)|(?:(?<=many )|(?<=much )|(?<=high ))as"
    r"(?:\s+(?:had|were|did|was)(?:\s+[\w’']+){1,4}?)?)\s+(?:even\s+|still\s+)?"
    r"(?:(?:(?:where\s+)?(?:it|they|there)\s+(?:was|were|had|did|stood)(?:\s+been)?|was\s+the\s+case|those|that|(?:its|their|the)(?:\s+(?!year\b)[\w'’]+){0,2})\s+)?"
    r"(?:in\s+|of\s+|for\s+|very\s+|the\s+(?:very\s+|\w+['’]s?\s+)?|its\s+|position\s+|(?:at|by)\s+the\s+(?:end|close)\s+of\s+)*(?:first\s+year,\s+)?$",
    re.IGNORECASE,
)
_APPOSED = 2
"""Characters between a year and its own name: `the launch year, 2021/22`."""
_OF_COHORT = (*(f"{noun} of " for noun in ("class", "cohort", "intake", "cohorts", "intakes")),)
_MULTIPLE_OF = lazy(
    r"\b(?:half|thirds?|quarters?|double|twice|times)\s+(?:of\s+)?(?:the|that)(?:\s+\w+)?\s+(?:number|figure|level|count|tally)\s+(?:\w+\s+)?(?:for|of|in|from)\s+$"
)
"""Before the year that a multiple is of: `less than half the number in 2023/24`."""
_COHORT = lazy(rf"\s+(?:NPQ\s+)?(?:{COHORT}|edition|release)")
_OF_ITS = lazy(r"\s+of\s+(?:the|its|their)\s+")
_LEVEL = lazy(r"\s+(?:level|figure|number|total|count|peak|mark)s?\b")
_OF_FIGURE = lazy(
    r"\s+of\s+what\s+(?:it|they|that)\s+(?:had\s+been|was|were)\s+(?:in|for)\s+|"
    r"\s+(?:of\s+)?(?:the|that|their|its)(?:\s+\w+)?\s+(?:figure|number|level|total|count|tally)s?\s+(?:\w+\s+)?(?:for|of|in|from)\s+"
)
_PART_OF = lazy(
    r"(?:%|\b(?:per\s+cent|percent|half|thirds?|quarters?|fifths?))\s+of\s+(?:(?:the|that|its|their)\s+)?"
    r"(?:what\s+(?:it|they)\s+(?:was|were|had\s+been)\s+)?(?P<level>(?:number|figure|level|total|count|tally)\s+)?"
    r"(?:(?:of|for|in|from)\s+)?(?:the\s+)?$"
)
"""Before the year that a number is a part of: `29,818, or 68% of the total of the year before`."""
_ITS = lazy(r"\b(?:its|their|that)\s+(?:very\s+)?$")
_MONTH = r"(?P<month>[Ss]pri|[Ss]umm|[Aa]utu|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?,?\s+"
AS_OF = lazy(
    r"\b(?i:by|as\s+of|as\s+at|up\s+to|until|back\s+in)\s+(?:(?:the|this|last|end\s+of|middle\s+of|early|mid|late)[\s-]+)*(?:\d{1,2}\s+)?"
    r"(?P<month>[Ss]pring|[Ss]ummer|[Aa]utumn|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*(?:['’]s|\.?,?\s+(?:of\s+)?(?P<year>20[23]\d))?\b"
)
_REFORMED = Pattern(
    r"\b(?:re)?(?:formed|launched|introduced|overhauled|began|begun)\s+in\s+2021\b",
    cues="began|begun|formed|introduced|launched|overhauled",
    flags=re.NOFLAG,
)
_MONTH_OF = lazy(rf"\b{_MONTH}(?:of\s+)?(?P<year>20[23]\d)\b")
_OF_MONTH = lazy(
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|autumn|spring|summer|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?,?\s+(?:of\s+)?$"
)


@lru_cache(maxsize=_KEPT)
def year_of(statement: Statement, m: Mention) -> int | None:  # noqa: PLR0911 (one for each kind of phrase)
    """Say which academic year a phrase names; None where it names none."""
    anchor, carried = statement.passage.anchor, statement.carried
    if m.kind == "academic":
        return int(m.value)
    if m.kind == "calendar":  # `By 2025 20,611 schools had had one`: at the end of 2024/25
        is_until = statement.text.endswith(("By ", "by "), max(statement.start, m.start - 3), m.start)
        return AcademicYear(int(m.value) - is_until).code
    if m.kind in ("odd", "old"):
        return None
    is_beside = m.value == "last" and (
        any(other.value == "this" for other in statement.of("year")) or _after_this_year(statement)
    )
    fixed: dict[str, int | None] = {**dict.fromkeys(ORDER), **dict(zip(ORDER, anchor.periods, strict=False))}
    fixed |= {"this": anchor.this, "last": year_before(anchor.this) if is_beside else anchor.last}
    if m.value in ("before-last", "before-3") and ("last" in m.text or "ago" in m.text):
        return year_before(anchor.last) if "last" in m.text else anchor.this + AWAY[m.value]
    if m.value in fixed:
        return _of_course(statement, m) or fixed[m.value]
    is_after = m.value.startswith("after")
    relative = ("before", "before-last", "before-3", *(() if m.value == "after" else ("after", "after-2", "after-3")))
    others = [other for other in statement.of("academic", "year") if other is not m and other.value not in relative]
    is_carried = bool(carried.years) and carried.are_years_named
    if m.text.lower().endswith("that"):  # `the year before it was 7.1 per cent, and the year before that 6.3 per cent`
        beside = [other for other in statement.of("academic", "year") if other.end <= m.start]
        others = beside[-1:] or ([] if is_carried else others)
    earlier = [other for other in others if other.end <= m.start]
    is_led = is_carried and statement.is_anaphoric and m.value in ("before", "before-last")
    if not (earlier or (is_after and is_carried) or is_led):
        later = [other for other in others if other.value not in AWAY]
        earlier = [other for other in later if ";" not in statement.text[m.end : other.start]]
    base = _until_before(statement, m, is_carried=is_carried) or (carried.years[-1] if is_carried else anchor.newest)
    base_named = year_of(statement, earlier[-1]) if earlier else base
    if base_named is None:
        return None
    year = base_named + AWAY[m.value]
    return year if year <= max(anchor.newest, anchor.this) else None


def _after_this_year(statement: Statement) -> bool:
    """Whether the sentence before, in its line, speaks of this year: `29.8k starts this year. Last year? 43.8k`."""
    start, end = statement.sentence_before
    told = statement.passage.within(start, end, "year") if "\n" not in statement.text[end : statement.start] else []
    return any(m.value == "this" and m.text.lower().startswith("this") for m in told)


def _until_before(statement: Statement, m: Mention, *, is_carried: bool) -> int | None:
    """Name the year to the end of which a sentence counts; not that of a later number where a year is carried."""
    days = [day for day in AS_OF.finditer(statement.text, statement.start, statement.end) if day["year"]]
    is_later = is_carried and all(any(m.end < q.start < day.start() for q in statement.inside) for day in days)
    return None if is_later else until_of(statement)


def _of_course(statement: Statement, m: Mention) -> int | None:
    """Name the first year of a course: `the SENCO course drew 10,537 starts in its first year`."""
    if m.value != "first" or not _ITS.search(statement.text, statement.start, m.start):
        return None
    named = [course.value for course in statement.of("course") if course.end <= m.start]
    course = COURSES.get(named[-1] if named else statement.carried.course)
    return course.first_year.code if course and course.first_year else None


def until_of(statement: Statement, start: int | None = None, end: int | None = None) -> int | None:
    """Name the academic year to the end of which a sentence, or its number at a position, counts: `by April 2022`."""
    text, at = statement.text, statement.start if start is None else start
    days = [day for day in AS_OF.finditer(text, statement.start, end or statement.end) if day["year"]]
    before = [day for day in days if day.start() == at + 1] or [day for day in days if day.start() < at][-1:]
    return academic_of((before or days)[0]) if days else None


def month_before(statement: Statement) -> int | None:
    """Name the academic year of a month that the sentence before has: `They came in autumn 2021. That year ...`."""
    start = statement.text.rfind(".", 0, max(statement.start - 2, 0)) + 1
    months = list(_MONTH_OF.finditer(statement.text, start, statement.start))
    if months:
        return academic_of(months[-1])
    is_of_reform = _REFORMED.search(statement.text, start, statement.start) is not None
    return statement.passage.anchor.periods[0] if is_of_reform else None


def academic_of(month: re.Match[str]) -> int:
    """Name the academic year to whose end a day counts, or in which a month is: 202122 of `by April 2022`."""
    is_first_half = month["month"].lower() in ("sep", "oct", "nov", "dec", "autu")
    return AcademicYear(int(month["year"]) - (not is_first_half)).code


@lru_cache(maxsize=_KEPT)
def is_base(statement: Statement, m: Mention) -> bool:
    """Whether a change is counted from this year: `more than in 2022/23`, `since 2022/23`."""
    start = max(statement.start, m.start - 48)
    named = [other for other in statement.all if other.kind in ("year", "harmless")]
    beside = [other for other in named if other.end < m.start <= other.end + _APPOSED]
    if beside and statement.text[beside[-1].end : m.start] in (", ", " ("):
        return is_base(statement, beside[-1])  # `fewer than in the launch year, 2021/22`
    if statement.text.endswith(("as of ", "as at "), start, m.start):
        return False
    if _MULTIPLE_OF.search(statement.text, start, m.start) or is_of_earlier(statement, m):
        return True
    base = _BASE.search(statement.text, start, m.start)
    moves = statement.within(base.start(), m.start, "direction") if base else []
    if any(move.text.lower().endswith(("ed", "fell", "rose", "grew")) for move in moves):
        return False  # `The share who have begun one since the reforms doubled in the second year.`
    nouns = [noun.end + 1 for noun in statement.of("counted")]
    if statement.text.endswith(_OF_COHORT, statement.start, m.start):
        return False  # `From the class of 2021/22, 4,894 courses are still not completed.`
    is_cohort = base is not None and (base.start() in nouns or _COHORT.match(statement.text, m.end) is not None)
    is_cohort = is_cohort and base is not None and base[0][:4].lower() == "from"
    return base is not None and not (is_cohort and not statement.of("direction"))  # `NPQs from the 2021/22 cohort`


def is_of_earlier(statement: Statement, m: Mention) -> bool:
    """Whether a part is of an earlier year's figure, not a course's of its year's: `68% of the 2023/24 total`."""
    part = _PART_OF.search(statement.text, max(statement.start, m.start - 64), m.start)
    if part is not None and m.text.lower().endswith(("cohort before", "intake before")):
        return False  # `against 84.6 per cent of the cohort before`
    if part is None or m.value in ("before", "last"):
        return part is not None
    is_level = part["level"] or "what" in part[0] or _LEVEL.match(statement.text, m.end)
    is_earlier = m.kind == "academic" and int(m.value) < statement.passage.anchor.newest
    return bool(is_level) and is_earlier and not statement.of("course", "area", "group", "funding")


def is_of_multiple(statement: Statement, start: int, m: Mention) -> bool:
    """Whether a number is a multiple of the figure of this year: `two thirds of the figure for 2023/24`."""
    text = statement.text
    is_level = _OF_ITS.fullmatch(text, start, m.start) and _LEVEL.match(
        text, m.end
    )  # `94 per cent of their 2021/22 level`
    is_where = m.text.lower().startswith("where") and text[start : m.start].strip() == "of"
    return bool(is_level) or is_where or _OF_FIGURE.fullmatch(text, start, m.start) is not None


def is_of_date(text: str, m: Mention) -> bool:
    """Whether a calendar year belongs to a date, as in `by June 2025`."""
    return m.kind in ("calendar", "old") and _OF_MONTH.search(text[max(0, m.start - 16) : m.start]) is not None
