"""Those that did not: `4,894 have yet to be completed`, and what a number repeats of them."""

import re
from typing import NamedTuple

from npqstats.analysis.factcheck.reading.around import DIRECT, WHO_DID, Around
from npqstats.analysis.factcheck.reading.as_before import is_of
from npqstats.analysis.factcheck.reading.counting import BESIDES
from npqstats.analysis.factcheck.reading.said import Read
from npqstats.analysis.factcheck.reading.statement import Statement
from npqstats.vocabulary.patterns import lazy

_OWN_WORD = ("non-funded", "dropout")
"""What says itself that something did not happen."""
_TURNS = lazy(
    r"\b(?:was|were|are|is|did|had|have|has)(?:\s+not|n['’]t)\s*(?:$|[.,;:()]|and\b|funded\b)|\s+(?:not|(?:(?:went(?:\s+ahead)?|did|managed|got\s+by)\s+)?without(?:\s+it)?)\b"
    r"|\s+(?:who\s+)?(?:got|had|received|with)\s+none\b",
    re.IGNORECASE,
)
"""Words after a number that turn round what the one before was: `23,477 were funded and 6,063 were not`."""
_TIMES_THE = lazy(r"\btimes\s+(?:the\s+)?$")
_COMPLETION = lazy(r"\s+completions?\b")
_NEXT = 20
"""Characters after `had not` in which the verb comes."""


class Rest(NamedTuple):
    """The words for those that did not, what they did not do, and whether it is another payer that they tell of."""

    words: re.Match[str] | None
    event: str
    is_turned: bool


def rest_of(at: Around, event: str) -> Rest:
    """Find the words for those that did not, and what it is that they did not do.

    Args:
        at: The number in its sentence.
        event: What became of those that it counts, as far as that is known.
    """
    rest = None if at.rest is None or _is_own_word(at.statement, at.rest) else at.rest
    if rest is None:
        return Rest(None, event, is_turned=False)
    if rest[0].endswith(("outstanding", "unfinished")) and not at.has_parts:
        event = "complete"
    if _COMPLETION.match(at.text, rest.end()):
        event = "complete"  # `4,894 starts have no completion recorded against them`
    if turns(at, event):
        return Rest(rest, event, is_turned=True)
    denied = at.statement.within(*rest.span(), "event")
    ends = at.statement.within(rest.start(), rest.end() + _NEXT, "event")
    if event in ("", "start") and not at.has_parts and ends and ends[0].value in ("complete", "pass"):
        event = ends[0].value  # `Among 2022/23 starts, 7,115 had not been completed.`
    denied = denied or [m for m in ends[:1] if at.part_of is None and not at.has_parts]
    if denied and event == "complete" and denied[0].value == "pass":
        event = "pass"  # `completed but not passed`
    return Rest(rest, event, is_turned=False)


def repeats_rest(at: Around, before: list[Read]) -> bool:
    """Whether it is the number of those whose share comes right before, which are those that did not."""
    other, last = before[-1]
    is_beside = DIRECT.fullmatch(at.text, other.end, at.lead_start) is not None and "or" in at.lead
    return at.q.kind == "count" and last.is_rest and last.role == "share" and is_beside


def has_failed(at: Around) -> bool:
    """Whether the clause of a number says that they failed."""
    stop = at.statement.end if at.part_of is not None and at.part_of.start > at.q.start else at.scope[1]
    stop = min(stop, at.segment[1])
    return any(m.value == "fail" for m in at.statement.within(at.scope[0], stop, "event"))


def is_rest_of_before(at: Around, event: str, before: list[Read]) -> bool:
    """Whether a sentence that says no more goes on with those that did not: `In 2022/23 it was 7,115`."""
    statement = at.statement
    is_elliptic = not before and not statement.of("counted", "event", "measure", "funding")
    is_share = not before and statement.is_anaphoric and not statement.of("event", "measure", "course")
    is_share = is_share and all(m.value == "all" for m in statement.of("funding"))  # `11.6 per cent of the total`
    if is_share and statement.carried.is_rest and statement.inside[0].kind == "percent":
        return True  # `2,709 schools have had nobody. That is 11.6 per cent of schools.`
    return is_elliptic and statement.carried.is_rest and event == statement.carried.event


def is_same_rest(at: Around, before: list[Read]) -> bool:
    """Whether a share repeats the number of those that did not: `7,115 were not, that is 18 per cent`."""
    if not before or WHO_DID.match(at.text, at.q.end):
        return False  # `409,878 have never begun one, as against 102,080 who have`
    levels = [one for one in before if one[1].role != "factor"] or before
    last = levels[-2 if is_of(levels) else -1][1]
    if repeats_rest(at, before):
        return True
    besides = BESIDES.search(at.text, *at.gap_before) or _TIMES_THE.search(at.left)
    is_back = at.points_back or besides is not None
    # `Nearly 5,000 remain uncompleted: 4,894`
    is_back = is_back or (
        levels[-1][0].kind == "count" and at.text[at.gap_before[0] : at.lead_start].rstrip().endswith(":")
    )
    if at.q.kind == "count" and last.is_rest and is_back:
        return not at.after("event", "counted", "funding")  # `2,709 had not, against 12,097 in 2021/22`
    if at.q.kind != "percent" or not last.is_rest:
        return False
    if last.role == "share" and is_back and not at.before("measure"):
        # `15.4 per cent have not been completed, compared with 10.5 of those without funding`, `; for them it was`
        events = [] if at.points_back or not besides else at.statement.within(besides.end(), at.q.start, "event")
        events += at.after("event")
        return {m.value for m in events} <= {"start"}
    between = at.text[before[-1][0].end : at.lead_start]
    is_next = DIRECT.fullmatch(between.rpartition(",")[2]) is not None
    return at.is_in_brackets or is_next or (between.rstrip().endswith(":") and at.is_last)


def with_rests(read: list[Read]) -> list[Read]:
    """Count those that did not in a part, too, whose share does: `4,894 of the 31,677, or 15.4%, had not finished`."""
    out: list[Read] = []
    for n, (q, said) in enumerate(read):
        beside = [one for _, one in read[n + 2 : n + 3] if said.part_of is not None and read[n + 1][0] is said.part_of]
        is_rest = any(one.role == "share" and one.is_rest and one.event == said.event for one in beside)
        ends = [one for _, one in (*read[max(n - 1, 0) : n], *read[n + 1 : n + 2])]
        # `3.3 per cent were not passed, two and a half times the 1.3 per cent of the year before`
        is_between = said.role == "factor" and len(ends) > 1 and all(one.is_rest for one in ends)
        doubts = (*said.doubts, q.quote) if is_between else said.doubts
        out.append((q, said._replace(is_rest=said.is_rest or is_rest, doubts=doubts)))
    return out


def _is_own_word(statement: Statement, rest: re.Match[str]) -> bool:
    """Whether the words for those that did not are part of a phrase that says so itself: `were not funded`."""
    start, end = rest.span()
    own = [m for m in statement.of("funding", "event", "group") if m.value in _OWN_WORD or m.value.endswith("unknown")]
    return any((m.start <= end and start < m.end) or (start <= m.start and m.end <= end + 12) for m in own)


def turns(at: Around, event: str) -> bool:
    """Whether a number is of those that another payer paid for: `23,477 were funded and 6,063 were not`."""
    if at.rest is None:
        return False
    if at.rest.end() <= at.q.start:
        return event in ("", "start")  # `all but 1,785 were funded`
    return not at.after("funding") and _TURNS.match(at.text, at.rest.start(), at.statement.end) is not None
