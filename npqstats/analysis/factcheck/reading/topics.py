"""Whether a sentence speaks of NPQs, and whether a number of it is a claim about them."""

import re

from npqstats.analysis.factcheck.reading.around import Around
from npqstats.analysis.factcheck.reading.statement import Statement
from npqstats.analysis.factcheck.scanning.passage import is_npq
from npqstats.analysis.factcheck.scanning.quantities import SOME_WITH_ONE
from npqstats.vocabulary.claims import Mention, words
from npqstats.vocabulary.patterns import lazy

_OURS = lazy(r"\b(?:our|my)\s+$", re.IGNORECASE)
_OF_YOU = lazy(r"\s+of\s+(?:you|us)\b", re.IGNORECASE)
_OF_A_COURSE = lazy(
    r"\s+of\s+(?:[\w'’-]+\s+){0,3}?(?:budgets?|incomes?|spending|revenue|GDP|deviation|lessons|price|costs?|results|exams)\b|"
    r"\s+of\s+(?:an?|the|your|their|each|every)\s+(?:\w+\s+)?(?:course|programme|qualification|content|training|study)\b"
    r"(?=\s*(?:[^\w\s]|$|(?:and|or|to|is|in|before|must|should)\b))",
    re.IGNORECASE,
)
"""What makes a share one of what a course has: `attend at least 90 per cent of the course`."""
_OF_ONE = lazy(
    r"\b(?:an?|one|our|my|your|this|his|her|each|every)\s+(?:[\w’'-]+\s+){0,3}?"
    r"(?:school|primary|secondary|academy|college|trust|MAT|federation|nursery|department|faculty|team|hub|council|town|village)"
    r"\s+(?:with|of|has|had|employs|employing|that\s+has|which\s+has)\s+$"
    r"|\b[Ww]e\s+(?:have|employ|had|serve|cover|(?:work|partner)\s+with)\s+(?:got\s+)?$|\b(?:staff|team|roll)\s+of\s+$|\b(?:surveys?|polls?|panels?|samples?|interviews?|study|trial)\s+(?:of|with|among)\s+$"
    r"|\b(?:recruit|hir(?:e|ing)|employ|appoint|represent|speaks?\s+for)\w*\s+(?:an?\s+)?(?:additional\s+|extra\s+|further\s+)?$"
)
"""Before the size of one school, of a survey or a union, and of those yet to come: `a school of 90 staff`."""
_MORE = lazy(r"\b(?:further|another|other)\s+$", re.IGNORECASE)
_FROM_TO = lazy(
    r"(?:\b(?:f[ae]ll|rose|grew|went|dropped|climbed|slipped|slid|down|up)\s+|%[^.;]{0,30},\s+)from\s+\d[\d,]*\s+to\s+$"
)
_DOUBLED_TO = lazy(r"\b(?:halved|doubled|trebled|tripled|fell|rose|dropped)\b[^;.]*,?\s+to\s+$")
_COHORTS = lazy(r"\b[Cc]ompletion\b.*\bcohorts?\b")
_AGED = lazy(r"\b(?:head|headteacher|deputy|teacher|leader|principal|SENCO|governor|mother|father)\s*,\s+$")
"""Before somebody's age: `the deputy head, 34, finished her course`."""
_THAT_IS = lazy(r"\W*(?:that|this|which)(?:['’]s|\s+(?:is|was|makes|comes\s+to))\b", re.IGNORECASE)
"""What says once more what the sentence before said: `That is 83 per cent`."""
_BESIDES = lazy(r"[,;]\s+with\b|\b(?:before|ahead\s+of|until|pending)\b")
"""Before what is said besides, after all numbers: `17,389 are done, with plenty more assessments booked`."""
_WERE = lazy(r"\s+(?:were|had\s+been|have\s+been)\s+(?:started|begun|completed|passed)\b")
_IN_YEAR = lazy(r"\s+in\s+20\d\d/\d\d\b|,?\s+(?:\(|or\s+)[\d.]+%")
"""What makes a small number one of a year or a change: `30 in 2023/24`, `fell by 21, or 6.5 per cent`."""
_THAN_IN = lazy(
    r"\s+(?:more|fewer)(?:\s+than\s+(?:in\s+20|(?:in\s+)?the\s+(?:year\s+before|previous\s+year)|a\s+year\s+(?:before|earlier))|(?=[.,;)]|$))"
)
_STOP = lazy(r"\band\b(?!\s+(?:school\s+)?(?:leaders|headteachers|heads)\b)|[;:]")
_MANY = 1000
_WORTH = 30
"""The least that a number beside a small one may be where both are of the same thing."""
_OUTCOMES = ("start", "complete", "pass")
_LIMITS = ("area", "group", "academic", "year", "course")


def topicality(statement: Statement) -> int:
    """Say how sure it is that a sentence speaks of NPQs: 2 sure, 1 perhaps, 0 not at all."""
    if any(map(is_npq, statement.all)):
        return 2
    passage, carried, counted = statement.passage, statement.carried, statement.of("counted")
    courses = {m.text.lower() for m in counted if m.value == "courses"}
    is_known = not courses.isdisjoint({*words().strong, "qualifications"})
    is_named = statement.of("course") or (courses and statement.of("funding", *["event"] * is_known))
    is_same = carried.is_about and _THAT_IS.match(statement.told)
    last = max([statement.start, *(q.end for q in statement.inside)])
    others = [m for m in statement.of("topic") if m.value == "other"]
    others = [m for m in others if m.text.lower().split()[-1] not in words().reading["deliverers"]]
    if not (all(_BESIDES.search(statement.text, last, m.start) for m in others) or is_named or is_same):
        return 0
    if carried.is_other and statement.is_anaphoric:
        return 0
    if statement.heading.is_other and not carried.is_about and not statement.of("course"):
        return 0
    # Words that other texts have as well speak of NPQs where these are named nearby, or in a short passage.
    is_near = passage.is_short or passage.has_npq_near(statement.start)
    is_led = carried.is_about or (statement.heading.is_about and passage.is_npq)
    if is_led or _has_words_of_npqs(statement, counted):
        is_near = is_near or (carried.is_about and carried.counted != "" and statement.points_back)
        # `How many have been reached? The participation rate went from 5.5 per cent in 2021/22 ...`, NPQs named later
        is_told = passage.is_npq and statement.of("academic") and statement.of("measure", "funding")
        return 2 if is_near or is_told else int(passage.is_npq)
    events = {m.value for m in statement.of("event")}
    is_of_outcome = not events.isdisjoint(_OUTCOMES) or not passage.figures.isdisjoint(statement.inside)
    return int(is_near and (is_of_outcome or any(m.value == "workforce" for m in counted)))


def _has_words_of_npqs(statement: Statement, counted: list[Mention]) -> bool:
    reading, is_npqs = words().reading, statement.passage.is_npq
    events = [m for m in statement.of("event") if m.value in (*_OUTCOMES, "register", "dropout")]
    is_paid = bool(statement.of("funding"))
    is_known = is_npqs or statement.passage.is_short
    # `Nobody who completed a course begun in 2021/22 failed it.`
    is_of_cohort = "start" in {m.value for m in events} and len({m.value for m in events} & {*_OUTCOMES}) > 1
    is_of_cohort = is_of_cohort or (len({m.value for m in events}) > 0 and _COHORTS.search(statement.told) is not None)
    return bool(
        statement.of("course", "measure", "coverage")
        or (is_of_cohort and statement.of("academic"))
        or any(is_strong(m) for m in counted)
        or any(m.value == "register" and m.text.lower().startswith("regist") for m in events)
        or (counted and any(m.text.lower() not in reading["common_events"] or is_npqs for m in events))
        or (any(m.value in ("courses", "places") for m in counted) and (events or is_paid))
        or (counted and is_paid and is_known)
        or (counted and is_npqs and any(m.value == "survey" for m in statement.of("event")))
    )


def is_strong(m: Mention) -> bool:
    """Whether a noun is hardly used of anything but NPQs: `course starts`, `participants`."""
    return m.text.lower() in words().strong


def is_claim(at: Around, noun: Mention | None) -> bool:
    """Whether a number is a claim about NPQs.

    Args:
        at: The number in its sentence.
        noun: What it counts.
    """
    q, statement = at.q, at.statement
    labels = at.before("topic", "counted", "event", "measure", "course") if at.text[q.start - 1] == "(" else []
    if _OURS.search(at.left) or any(m.value == "other" for m in labels[-1:]):
        return False  # `Early Career Framework (151 schools)`
    if q.kind in ("all", "none"):
        schools = [other for other in at.every if other.head.noun and other.head.noun.value == "schools"]
        is_of_these = q.kind == "none" and any(other.q.kind == "count" for other in schools)
        return not (is_of_these or any(other.kind == "percent" for other in statement.inside))
    if q.kind != "count":
        is_bare = q.kind == "factor" and not q.direction and not statement.of("direction", "year", "academic")
        is_bare = is_bare and not (statement.is_anaphoric and statement.carried.are_years_named)
        return not is_bare and _OF_A_COURSE.match(at.text, q.end) is None
    is_told = any(m.value in _OUTCOMES and m.text != "had" for m in at.after("event"))
    is_age = _AGED.search(at.lead) is not None and at.text[q.end : q.end + 1] == ","
    if q in statement.passage.figures:
        return True  # `England's schools employ 511,958 teachers, and 102,080 of those have begun an NPQ.`
    if is_age or (_OF_YOU.match(at.text, q.end) and q.value < _MANY) or (_OF_ONE.search(at.lead) and not is_told):
        return False
    is_of_some = q.value > 1 and SOME_WITH_ONE.match(at.text, q.end, statement.end) is not None
    may_be_small = at.part_of is not None or not q.is_word or q.value >= 100
    may_be_small = may_be_small or (bool(statement.of("academic", "year")) and _WERE.match(at.text, q.end) is not None)
    is_end = _FROM_TO.search(at.left) or _DOUBLED_TO.search(at.left)
    is_of_some = is_of_some or is_end is not None  # `The unfunded fell from 49 to 29.`
    return is_of_some or (may_be_small and (_is_large(at, noun) or "," in q.quote or _is_small_claim(at, noun)))


def _is_large(at: Around, noun: Mention | None) -> bool:
    """Whether a number is large enough for a claim; up to 100 only of what is counted, or did something."""
    return at.q.value >= 100 or (at.q.value > 30 and (noun is not None or bool(at.statement.of("event", *_LIMITS))))


def _is_small_claim(at: Around, noun: Mention | None) -> bool:
    """Whether a number of two digits is a claim: of what was started, in an area, a group, a year or a course."""
    q, statement = at.q, at.statement
    limits = [m for m in statement.of(*_LIMITS) if noun is None or m.start != noun.start]
    if limits and not at.head.is_other and _is_beside_others(at):
        return True
    if noun is not None:
        events = statement.within(noun.start, statement.end, "event")
        return bool(limits) and (noun.value == "people" or any(m.value in _OUTCOMES for m in events))
    is_named = any(m.value in ("complete", "pass") and m.start - q.end == 1 for m in statement.of("event"))
    is_named = is_named or _WERE.match(at.text, q.end) is not None
    if _MORE.search(at.lead) and (at.after("funding") or at.after("event")):
        return True  # `A further 29 began without government support.`
    is_part = at.part_of is not None and at.part_of.value >= 100
    return is_part or (bool(limits) and is_named)  # `4 completions`


def _is_beside_others(at: Around) -> bool:
    """Whether a small number is of a year, or of a change, of which its sentence or the last has others."""
    statement, carried = at.statement, at.statement.carried
    others = any(q is not at.q and (q.kind == "percent" or q.value >= _WORTH) for q in statement.inside)
    # `35 were started. That is 19 fewer than in 2022/23.`
    is_back = carried.role == "level" and carried.are_years_named
    is_told = _IN_YEAR.match(at.text, at.q.end) or _THAN_IN.match(at.text, at.q.end)
    is_of_npqs = bool(statement.of("event", "counted", "measure")) or is_back
    return is_told is not None and is_of_npqs and (others or (is_back and statement.is_anaphoric))


def is_of_npqs(at: Around) -> bool:
    """Whether the clause of a change speaks of NPQs itself, where its sentence does: `teachers fell, NPQs rose`."""
    statement = at.statement
    stop = _STOP.search(at.text, at.q.end, statement.end)
    near = [m for m in statement.all if m.start < (stop.start() if stop else statement.end)]
    has_npq = any(
        is_npq(m) or m.kind in ("event", "course", "measure", "coverage") or (m.kind == "counted" and is_strong(m))
        for m in near
    )
    return has_npq or not any(map(is_npq, statement.all))
