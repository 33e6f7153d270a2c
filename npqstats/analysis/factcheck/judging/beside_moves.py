"""A level beside a move, no year named: both must be of the year in which the move ends.

Each of them may be a true figure of another year: `43,840 courses were started, down 32% on the year before`.
"""

import itertools
import re
from collections.abc import Sequence

from npqstats.analysis.factcheck.judging.derived import Ask, answer
from npqstats.analysis.factcheck.judging.findings import Finding
from npqstats.analysis.factcheck.reading.said import LEVELS
from npqstats.analysis.facts import Facts
from npqstats.vocabulary.patterns import lazy

_THAT_IS = lazy(r"[.;]\s+(?:that|this|it)\s+(?:is|was|represents|marks|means|meant|amounts)\b", re.IGNORECASE)
_THEN = lazy(
    r"[.;]|\n\s*[\n*|•-]|\b(?:before|after|then|follow\w*|(?:has|have|had)\s+since|since\s+when|ahead|prior|until|from|but|while|and"
    r"|when|now|later)\b",
    re.IGNORECASE,
)
"""What sets a move apart from the level before it: `43,840, before a fall of 32%`."""
_LEADS = lazy(
    r"(?:\s+(?:on\s+(?:the\s+(?:year\s+before|previous\s+year)|a\s+year\s+(?:before|earlier)|last\s+year)"
    r"|in\s+(?:a|one)\s+year|year[\s-]on[\s-]year))?\s*,\s+"
    r"(?:at\s+|(?!(?:when|after|from|but|while)\b)[^.;]*\b(?:was|were|numbered|reached|hit|totalled|came\s+to|stood\s+at)\s+)"
)
"""What lies between a move and the level that it led to: `down 32% on the year before, starts were 43,840`."""


def ends_of_moves(text: str, judged: Sequence[Finding], facts: Facts) -> list[Finding]:
    """Hold each level against the move beside it, and take none for right that is of another year than the other."""
    out = list(judged)
    for n, (first, second) in enumerate(itertools.pairwise(judged)):
        is_led = second.said.role in LEVELS
        level, move = (second, first) if is_led else (first, second)
        if level.said.role not in LEVELS or move.said.role not in ("change", "factor"):
            continue
        between = text[first.quantity.end : second.quantity.start]
        is_beside = _LEADS.fullmatch(between) if is_led else not _THEN.search(_THAT_IS.sub(" ", between, 1))
        fault = _fault(level, move, is_led=is_led) if is_beside else None
        if fault and (named := fault[0]).ask and named.value:
            own = fault[1], answer(facts, fault[1])
            out[n + (named is second)] = named.ruled("something-else", own, (named.ask, named.value, ("year",)))
    return out


def _fault(level: Finding, move: Finding, *, is_led: bool) -> tuple[Finding, Ask] | None:
    """Say which of two true numbers is of another year than the sentence says, and what it would have to be."""
    one, other = level.ask, move.ask
    if {level.verdict, move.verdict} - {"right", "reported"} or not (one and other) or one.kind != "value":
        return None
    is_same = (one.series, one.without) == (other.series, other.without) and level.said.end in ("", "to")
    if not is_same or one.years[-1] == other.years[-1]:
        return None
    if is_led or one.years != level.said.years:
        return level, one._replace(years=other.years[-1:])
    return (move, other._replace(years=move.said.years)) if other.years != move.said.years else None
