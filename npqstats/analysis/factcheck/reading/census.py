"""Participants who could be matched to the workforce census, whom a sentence may count: `23,222 could be matched`."""

import re

from npqstats.analysis.factcheck.reading.around import Around
from npqstats.analysis.factcheck.reading.said import Said
from npqstats.vocabulary.patterns import lazy

_MATCHES = lazy(
    r"\b(?:[Cc]ensus|SWC)[\s-]matched\b|\bmatched\s+(?:funded\s+)?(?:participants|teachers|figure|number|total|count)\b"
    r"|\bcould\s+be\s+matched\s+to\s+it\b|\bwhom\s+(?:(?:only|just|some)\s+)?\d[\d,]*\s+(?:were|could\s+be)\s+matched\b"
    r"|\b(?:teachers|participants|people|them)\s+(?:so\s+|were\s+)?matched\b(?!\s+to\b)|"
    r"\b(?:match|link|trace)(?:ed|es)?\s+(?:(?:only|just|some)\s+)?\d[\d,]*\b[^.;:]*?\bto\s+the\s+(?:school\s+|teaching\s+)?workforce\s+census\b"
)
_NEXT_MATCHED = lazy(r",\s+(?:census|SWC)[\s-]matched\s+\w")
"""What makes those who come next the ones in the census: `of 29,526 participants, census-matched ones were 23,222`."""
_TURN = lazy(r",\s+and\s+(?:it|this|that|these|those|only|just)\b")
"""What ends what is said of a number: `by 38,695 participants, and it is those who could be matched`."""
_CENSUS = (
    r"(?:(?:the\s+)?(?:annual\s+)?(?:(?:school\s+|teaching\s+)?workforce\s+)?census"
    r"|the\s+(?:official\s+|national\s+|annual\s+)?(?:register|record|count|survey)\s+of\s+the\s+(?:school|teaching)\s+workforce)"
)
_FOUND = (
    r"(?:matched|linked|found|trac(?:ed|eable)|identified|recorded|counted|located|tied|spotted"
    r"|appear(?:s|ed|ing)?|show(?:s|n|ed|ing)?\s+up)"
)
MATCHED = lazy(
    rf"\b{_FOUND}\s+(?:up\s+)?(?:to|in|on|with|within|against|from)\s+"
    rf"(?:(?:an?|their)\s+(?:record|entry|return)\s+(?:in|on|from)\s+)?{_CENSUS}\b"
    rf"|\b(?:in|on|to)\s+{_CENSUS},?\s+(?:[\w,%]+\s+){{0,6}}?(?:can|could|were|was|are|is)\s+(?:be\s+)?{_FOUND}\b"
    rf"|\b(?:teachers|people|participants|staff|those)\s+(?:[a-z]+\s+)?on\s+{_CENSUS}\b"
    rf"|\b(?:participants|starters|entrants)\s+in\s+{_CENSUS}\b"
    rf"|\bteachers\s+in\s+{_CENSUS}\s+(?:who|that)\s+(?:had\s+|have\s+)?(?:started|begun|began)\b",
    re.IGNORECASE,
)
"""What makes participants those in the census of the workforce: `who were matched to the School Workforce Census`."""
_ENDS_MATCHED = lazy(rf"\b{_FOUND}\s+(?:up\s+)?(?:to|in|on|with|within)\s+{_CENSUS}\s*$", re.IGNORECASE)
"""The same right before brackets."""
_WERE_MATCHED = lazy(
    r"\s+(?:of\s+them\s+)?(?:were|could\s+be)\s+(?:matched|linked|traced|found|identified)\b(?!\s+to\b)"
)
"""The same where the census is named before: `Of the 29,526 participants, 23,222 were matched.`"""
UNMATCHED = lazy(
    r"\b(?:(?:could|can)\s*not|were\s+not|are\s+not|weren['’]t|couldn['’]t)\s+(?:be\s+)?(?:matched|found|linked|traced|identified)\b"
)
"""What makes them those who were not."""
OF_CENSUS = lazy(
    r"\b(?:SWC|census)[\s-]+(?:matched|eligible)(?:\s+school\s+types?)?\b|\bmatched\s+to\s+the\s+(?:\w+\s+)*census\b",
    re.IGNORECASE,
)
"""What makes participants those in the census: `Unique NPQ participants, SWC matched`."""
_LED_BY_CENSUS = lazy(r"\bmatched\s+to\s+the\s+(?:[Ss]chool\s+)?(?:[Ww]orkforce\s+)?[Cc]ensus,\s+$")

_NAMED = lazy(r"\b(?:census|SWC)\b", re.IGNORECASE)
_ABOVE = 300
"""Characters before a sentence in which the census is named of which it goes on to speak."""


def counts_matched(last: Said) -> bool:
    """Whether the number before counts participants in the census."""
    return last.role == "level" and (last.counted == "workforce" or last.measure == "workforce-participants")


def is_found(at: Around) -> bool:
    """Whether those counted are said to be in the census: `23,222 (79%) could be matched to the census`."""
    if any(one.part_of is at.q and one.q.start < at.q.start for one in at.every):
        return False  # `6,304 of the 29,526 participants could not be matched to the census`
    if at.left.endswith((" employ ", " employed ", " employs ")):
        return False  # `Schools employed 511,958 teachers on the census headcount`
    if _WERE_MATCHED.match(at.text, at.q.end) and _NAMED.search(
        at.text, max(0, at.statement.start - _ABOVE), at.q.start
    ):
        return True
    if at.is_in_brackets and _ENDS_MATCHED.search(at.text, at.statement.start, at.q.start - 1):
        return True  # `those who could be matched to the census (32,302)`
    turn = _TURN.search(at.text, at.q.end, at.next_start)
    end = turn.start() if turn else at.gap_after[1]
    for other in (
        at.following if not (at.has_parts or turn) else ()
    ):  # `23,222 of 29,526 participants (79%) could be matched`
        if other is not at.part_of and not at.beside(other).is_bracketed:
            break
        beside = at.beside(other)
        end = at.segment[1] if beside.is_bracketed and other is at.following[-1] else beside.gap_after[1]
    found = MATCHED.finditer(at.text, at.gap_before[0], end)  # `In the census 27,893 of them could be traced.`
    return any(match.start() >= at.gap_after[0] or match.end() > at.q.end for match in found)


def is_led_by_census(at: Around) -> bool:
    """Whether they are named right before a number: `Of those matched to the census, 23,222 ...`."""
    return _LED_BY_CENSUS.search(at.left) is not None


def matches(at: Around) -> bool:
    """Whether somebody is said to have matched them: `match 23,222 of the 29,526 participants to the census`.

    Not those that the number is a part of, who are all participants.
    """
    if any(one.part_of is at.q and one.q.start < at.q.start for one in at.every):
        return False
    is_part = at.part_of is not None and at.part_of.start > at.q.start
    end = (at.beside(at.part_of) if is_part and at.part_of else at).gap_after[1]
    ends = [each.search(at.text, at.q.end, end) for each in (_NEXT_MATCHED, _TURN)]
    end = min([end, *(found.start() for found in ends if found)])
    return _MATCHES.search(at.left + at.text[at.q.start : end]) is not None
