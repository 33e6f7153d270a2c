"""Words that bring in a number and say nothing of it, where it is said outright what the number counts."""

import re

from npqstats.analysis.factcheck.around import Around
from npqstats.analysis.factcheck.said import Said
from npqstats.vocabulary.claims import words

_BRINGS_IN = re.compile(
    r"\b(?P<verb>[a-z]{3,})(?:\s+(?P<particle>up|out|in|for|off|down|to|at|on|into|through|with|behind|as|about|past|beyond|over)(?:\s+(?:with|to|at|for))?)?"
    r"(?:\s+(?:an?|the|some|its|their|this|another)(?:\s+[a-z-]+){0,3})?\s+$"
)
"""The verb that brings in a number or a move: `racked up`, `endured a sharp drop`."""
_PICTURES = re.compile(r"\b(?:an?|the|some|that|its|this)\s+(?P<kind>[a-z]{3,}(?:-[a-z]+)*)\s+$")
"""An adjective after an article: `a meagre`."""
_OPENING_WORD = re.compile(
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
    starts = [one.lead_start for one in at.every] + [m.start for m in at.statement.of("direction")]
    matches = [each.search(text, max(start, end - 50), end) for end in starts for each in (_BRINGS_IN, _PICTURES)]
    matches.append(_OPENING_WORD.match(text, start))
    for match in matches:
        for name, told in match.groupdict().items() if match else ():
            if match and told and not words().reading["unreal"].intersection(re.split(r"[\s-]", told.lower())):
                found.append(match.span(name))
    return found
