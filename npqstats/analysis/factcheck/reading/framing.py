"""Words that bring in a number and say nothing of it, and words at the ends of a sentence that limit all of it."""

import re
from collections.abc import Sequence

from npqstats.analysis.factcheck.reading.around import Around
from npqstats.analysis.factcheck.reading.said import Said
from npqstats.analysis.factcheck.reading.statement import Statement
from npqstats.analysis.factcheck.scanning.quantity import Quantity
from npqstats.vocabulary.claims import words
from npqstats.vocabulary.patterns import lazy

_BRINGS_IN = lazy(
    r"\b(?P<verb>[a-z]{3,})(?:\s+(?P<particle>up|out|in|for|off|down|to|at|on|into|through|with|behind|as|about|past|beyond|over)(?:\s+(?:with|to|at|for))?)?"
    r"(?:\s+(?:an?|the|some|its|their|this|another)(?:\s+[a-z-]+){0,3})?\s+$"
)
"""The verb that brings in a number or a move: `racked up`, `endured a sharp drop`."""
_AFTER = lazy(r"\b(?:in|of|for|at|on|with|by|from|among|across|through)\s+$", re.IGNORECASE)
"""Before a noun, which is no verb that brings in a number."""
_MOVED = lazy(r"(?:\w+ed|fell|rose|grew|shrank|sank|slid|lost|leapt|crept|went|shot)\b", re.IGNORECASE)
"""A move that is the verb itself, and that no other brings in: `NPQ starts in maths fell`."""
_PICTURES = lazy(r"\b(?:an?|the|some|that|its|this)\s+(?P<kind>[a-z]{3,}(?:-[a-z]+)*)\s+$")
"""An adjective after an article: `a meagre`."""
_OPENING = lazy(
    r"\W*(?:in|across|within|among|amongst|at|for|on|of|as|with|without|before|after|once|when|if|counting|including|excluding"
    r"|leaving|taught|paid)\b(?:(?!\b(?:is|was|were|are)\b)[^;:,])*,(?!\d)",
    re.IGNORECASE,
)
"""What opens a sentence and limits all its numbers: `Before the correction, 31,677 NPQs were started, ...`."""
_TRAILING = lazy(
    r",\s+(?:excluding|except|not\s+(?:counting|including)|mostly|mainly|largely|all\s+of|every\s+one|among|amongst|in\s+(?:our|each|an|one)|per|each)\b[^,;:]*$|\s\([^()]*\bonly\)\.?$"
)
"""What ends a sentence and limits all its numbers: `..., mostly in maths`."""
_OPENING_WORD = lazy(
    r"\W*(?P<verb>[A-Z][a-z]+(?:ed|ing)|Down|Up|Back|Closer|Pursuant|Over|Out|Compared)\s+(?=(?:only\s+|just\s+|back\s+|up\s+)?"
    r"(?:in|at|to|by|on|against|from|with|for|across)\b)"
)
"""The participle or adverb with which a sentence opens: `Measured against 2022/23`."""


def is_outright(at: Around, said: Said) -> bool:
    """Whether it is said in words of its own what is counted, so that the verb beside a number need not say it."""
    if said.measure or said.event in ("complete", "pass"):
        return True
    if any(m.text.lower() in words().participants for m in at.statement.of("counted")):
        return True
    weak = words().reading["weak_starts"]
    return any(m.value == "start" and m.text.lower() not in weak for m in at.statement.of("event"))


def framing(at: Around) -> list[tuple[int, int]]:
    """Find the words of a sentence that bring in a number or a move, and may be any: `London supplied 4,807 starts`.

    Not those by which it would be another number: `London expected 4,807 starts`.
    """
    text, start, found = at.text, at.statement.start, list[tuple[int, int]]()
    moves = [m for m in at.statement.of("direction") if not _MOVED.match(m.text)]
    starts = [one.lead_start for one in at.every] + [m.start for m in moves]
    matches = [each.search(text, max(start, end - 50), end) for end in starts for each in (_BRINGS_IN, _PICTURES)]
    matches.append(_OPENING_WORD.match(text, start))
    barred = words().reading["unreal"] | words().reading["limiting_nouns"]
    for match in matches:
        for name, told in match.groupdict().items() if match else ():
            is_noun = name == "verb" and match and _AFTER.search(text, start, match.start(name))  # `in maths`
            if match and told and not is_noun and not barred.intersection(re.split(r"[\s-]", told.lower())):
                found.append(match.span(name))
    return found


def of_opening(statement: Statement, first: Quantity, left: Sequence[str]) -> tuple[str, ...]:
    """List the unread words of the first number of a sentence that limit all: `Before the correction, ...`."""
    opening = _OPENING.match(statement.text, statement.start, first.start)
    return tuple(word for word in left if opening and word in opening[0])


def of_tail(statement: Statement, last: Quantity, said: Said) -> tuple[str, ...]:
    """List those of the last number that limit all: `..., mostly in maths`."""
    tail = _TRAILING.search(statement.text, last.end, statement.end)
    if tail is None:
        return ()
    groups = [m.text for m in statement.of("group") if m.start > tail.start() and "=" not in m.value]
    return (*(word for word in said.unread if word in tail[0]), *groups)
