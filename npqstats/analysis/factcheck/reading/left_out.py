"""Courses that a text leaves out of its numbers: `without the SENCO course starts fell by 56 per cent`."""

import re
from collections.abc import Sequence
from itertools import pairwise

from npqstats.analysis.factcheck.reading.around import AND, Around
from npqstats.analysis.factcheck.reading.statement import Statement
from npqstats.vocabulary.claims import Mention
from npqstats.vocabulary.patterns import Pattern, lazy

LEFT_OUT = Pattern(
    r"\b(?:tak(?:e|ing)|leav(?:e|ing)|strip(?:ping)?|set(?:ting)?|put(?:ting)?)\s+(?:it|them|(?:this|these|those|that|the|its|their)(?:\s+[\w-]+){0,7}?|[\w-]+)\s+(?:away|out|aside|to\s+one\s+side)\b"
    r"|\b(?:tak(?:e|ing)|leav(?:e|ing)|strip(?:ping)?)\s+(?:away|out|aside)\s+(?:its|their)\s+\d[\d,]+"
    r"|\b(?:had\s+(?:it|they)\s+not\s+(?:existed|been\s+there)|(?:were\s+it\s+not|but)\s+for\s+(?:it|them|this|that))\b"
    r"|\b(?:without|exclud(?:e|ing)|minus|leaving\s+out|apart\s+from|(?:ignor|discount|remov|subtract|omit|disregard)\w*)\s+(?:it|them|this|these|those|that)\b",
    cues="away|out|aside|to one side|exclud|minus|apart|existed|been there|but for|not for"
    "|ignor|discount|remov|subtract|omit|disregard",
)
"""What leaves a course out, or that of the sentence before: `Take those away and 19,281 courses were begun.`"""
_OF_THAT = lazy(r"\b(?:it|they|them|this|that|these|those)\b", re.IGNORECASE)
_ON_THAT = lazy(
    r"\W*(?:On|By|With)\s+(?:that|this)\s+(?:measure|basis|count|reckoning|footing|view)\b"
    r"|\W*Compared\s+(?:with|to)\b[^.;]*\bthat\s+(?:is|was)\b"
)
THE_REST = lazy(
    r"\b(?:all\s+)?the\s+(?:rest|others?|(?:remaining|other)\s+(?:(?P<count>\w+)\s+)?(?:courses|NPQs|qualifications|ones))\b"
    r"(?:\s+(?:put\s+)?(?:together|combined|between\s+them|in\s+total))?[\s:,]+(?:\w+\s+){0,3}$"
)
_OR_ELSE = lazy(r"(?:,\s+(?:or|but|and)\b|[(;\u2013\u2014])[^,;()\d]*$")
_WHEN_OUT = lazy(r"[^,;.()\d]{0,50}")
_OF_ITS = lazy(r"..\s*\(\s*|..(?:\s(?!(?:it|that|this|there|here)\b)\w+)?['’]s?\s|['’]s\s")
WHICH_DREW = lazy(
    r"(?:\s\w+)?,\s+which\s+[^;:.]{0,120}?\b(?:attracted|accounted\s+for|had|drew|made\s+up|brought\s+in|recorded|saw)\s+(?:\w+\s+)?"
)
"""What a course that is left out had: `without the SENCO course, which attracted 10,537 starts`."""
_IS = lazy(r"\s+(?:is|are|was|were)\s+")
_PASSIVE = lazy(r"(?:is|are|was|were)\s|\w+ed\b", re.IGNORECASE)
_OBJECT = lazy(r"(?:[^,;:.]|,(?=\d)){0,80}")
_ELSE = lazy(r"\W*(?:Everything\s+else|All\s+(?:the\s+)?(?:other|remaining)\s+(?:courses|NPQs|qualifications))\b")
_TWO = 2


def left_out(at: Around) -> tuple[str, ...]:
    """The courses that a verb leaves out, or that the sentence before did: `Take those away and 19,281 were begun`."""
    statement, carried = at.statement, at.statement.carried
    if found := LEFT_OUT.search(at.text, statement.start, at.q.start):
        if inside := statement.within(*found.span(), "course"):
            return tuple(m.value for m in inside)
        named = {m.value for m in statement.of("course") if m.end <= found.start()}
        if _OF_THAT.search(found[0]):
            return tuple(named or {carried.course} - {""}) if len(named) < _TWO else ()
    rest = THE_REST.search(at.text, *at.gap_before)
    if rest and not carried.course and (inside := statement.within(statement.start, rest.start(), "course")):
        return tuple(dict.fromkeys(m.value for m in inside))  # `SENCO 10,537; the other courses together 19,281`
    if carried.course and _ELSE.match(statement.told) and not statement.of("course"):
        return (carried.course,)  # `The SENCO course had 10,537 starts. Everything else came to 19,281.`
    # `Without the SENCO course it is worse. Starts fell by 56 per cent.`, but `... It had 10,537 starts.`
    is_back = (carried.is_caption != statement.is_anaphoric) or _ON_THAT.match(statement.told) is not None
    # `Without NPQSENCO it was 19,281. That is a drop of 56 per cent.`
    return carried.without if is_back and not statement.of("course", "without") else ()


def left_out_before(statement: Statement) -> tuple[str, ...]:
    """The courses that a sentence without numbers leaves out: `Take it away and the picture is bleak`."""
    cues = statement.of("without")
    if left := courses_left_out(statement, cues):
        return tuple(dict.fromkeys(m.value for m in left))
    found = LEFT_OUT.search(statement.text, statement.start, statement.end)
    course = statement.only("course") or ("" if statement.of("course") else statement.carried.course)
    return (course,) if found and course else ()


def left_out_by(at: Around) -> list[Mention]:
    """List the phrases that leave a course out of what a number counts, not of what the next one does."""
    return [cue for cue in at.statement.of("without") if not _is_of_next_one(at, cue)]


def _is_of_next_one(at: Around, cue: Mention) -> bool:
    """Whether only the number after this one is without a course: `32 per cent, or 56 per cent without SENCO`."""
    later = [one for one in at.every if at.q.end <= one.q.start and one.q.end <= cue.start][-1:]
    is_of_part = any(one.part_of is at.q and at.q.end <= one.q.start < cue.start for one in at.every)
    if cue.start >= at.q.end and (is_of_part or ";" in at.text[at.q.end : cue.start]):
        return True
    if not later or _OR_ELSE.search(at.text, at.q.end, later[0].lead_start) is None:
        return False
    return _WHEN_OUT.fullmatch(at.text, later[0].q.end, cue.start) is not None


def is_its(at: Around, m: Mention) -> bool:
    """Whether a number is that of a course which is left out: `the 10,537 SENCO starts`, `SENCO (10,537)`."""
    is_beside = _OF_ITS.fullmatch(m.text[-2:] + at.text[m.end : at.q.start]) is not None
    return at.q.start < m.start or is_beside or WHICH_DREW.fullmatch(at.text, m.end, at.q.start) is not None


def courses_left_out(statement: Statement, cues: Sequence[Mention]) -> list[Mention]:
    """List the courses of a sentence that some of its phrases leave out."""
    named = statement.of("course")
    left = [m for m in named if any(is_left_out(statement.text, m, cue) for cue in cues)]
    for m, following in reversed([*pairwise(named)]):  # `once SENCO and senior leadership are set aside`
        if following in left and m not in left and AND.fullmatch(statement.text, m.end, following.start):
            left.insert(0, m)
    return left


def is_left_out(text: str, course: Mention, cue: Mention) -> bool:
    """Whether a course is left out: `excluding NPQSENCO`, `strip out the 10,537 for SENCOs`, `NPQSENCO is left out`."""
    is_object = cue.end <= course.start and _OBJECT.fullmatch(text, cue.end, course.start) is not None
    is_passive = _PASSIVE.match(cue.text) is not None or _IS.fullmatch(text, course.end, cue.start) is not None
    return is_object or (course.end <= cue.start and is_passive)
