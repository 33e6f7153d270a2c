"""The words that make a number that of those that did not: `4,894 have yet to be completed`, `That leaves 2,709`."""

import re
from typing import Protocol

from npqstats.analysis.factcheck.reading.statement import Statement
from npqstats.analysis.factcheck.scanning.quantity import Quantity
from npqstats.vocabulary.claims import Mention
from npqstats.vocabulary.expressions import cued
from npqstats.vocabulary.patterns import Pattern, lazy

REST = cued("left")
"""Words after a number that make it the number of those that did not."""
_OF_THE_REST = lazy(
    r",\s+(?:and|but|with|though|while)\s+(?:\w+\s+){0,2}?(?:of\s+the\s+rest|the\s+(?:rest|others)|others)\b"
)
_VERB = 5
"""Characters of the verb after `nobody`."""
_OF_TOTAL = lazy(r"\s+of\s+(?:the\s+total|all\s+schools|them)(?=,\s+(?:that|which|who|without|with\s+no)\b)")
_ALL_BUT = lazy(r"\ball\s+but\s+(?:about\s+|some\s+|just\s+)?$", re.IGNORECASE)
_NOT_SO = lazy(
    r"\s+(?:not|(?:(?:went(?:\s+ahead)?|did|managed|got\s+by)\s+)?without(?:\s+it)?|(?:who\s+)?(?:got|had|received|with)\s+none)\s*(?=[.;:,)\n]|$|in\s+20)",
    re.IGNORECASE,
)
"""What turns a number round without a verb: `23,477 were funded, the other 6,063 not`."""
_WITHOUT_ANY = Pattern(
    r"\b(?:with\s+no|with\s+nobody|without\s+any|without\s+an?|not\s+(?:yet\s+)?(?:completed|finished|passed)"
    r"|(?:yet|still)\s+to\s+(?:complete|finish|pass))\b[^.;,]*(?::|\b(?:number(?:ed)?|total(?:led)?|c[ao]me\s+to|st(?:ood|ands?)\s+at))\s*$"
    r"|\b(?:nobody|no[\s-]one)\s+(?:at|in|from)\s+$|\bmissing\s+(?:are|were)\s+$"
    r"|\b(?:who|that)\s+(?:were|did|had|have)(?:\s+not|n['’]t)(?=\s+(?:was|were|is|numbered|totalled|came\s+to|stood\s+at)\s+$)",
    cues="with|not|yet|still|n't|n’t|nobody|no one|no-one & :|who|that|number|total|came|come|st|at|in|from",
)
_NON = lazy(
    r"\bnon-completion\b[^.;]{0,60}?\b(?:is|was|are|were|of|to)\b|"
    r"\b(?:non-completion|failure\s+to\s+(?:complete|finish))(?:\s+rates?\b"
    r"|(?=[^.;,\d]{0,20}\s(?:st(?:ands?|ood)|is|was)\s+at\b))",
    re.IGNORECASE,
)
_SCHOOLS_WITHOUT = lazy(
    r"\b(?:share|number|proportion|percentage)\s+of\s+(?:(?:state|state-funded|publicly\s+funded)\s+)?schools\s+"
    r"(?:(?:that|which)\s+)?(?:(?:with|had|have\s+had|where|in\s+which)\s+(?:nobody|no[\s-]one|no\s+(?:staff|teachers?|member\s+of\s+staff))"
    r"|(?:(?:have|has|had)\s+)?(?:still\s+)?(?:never|not)\s+(?:yet\s+)?(?:had|sent|seen|sending|having\s+had)\s+(?:anyone|anybody|a\s+(?:single\s+)?(?:teacher|member\s+of\s+staff|colleague))"
    r"|without\s+(?:anyone|anybody|a\s+(?:single\s+)?(?:teacher|member\s+of\s+staff)))\b",
    re.IGNORECASE,
)
"""What makes a share that of the schools without a start: `The share of schools with nobody on an NPQ is 11.6%.`"""
_FROM_TO = lazy(
    r"[^.;,\d]*(?:\bfrom\s+\d[\d,.]*\s?(?:%|per\s?cent)?(?:\s+in\s+20\d\d\S{0,3})?\s+to\s+(?:[^.;,\d]*\s)?)?"
)
_THAT_LEAVES = lazy(r"\W*(?:Which|That|This|It)\s+(?:still\s+)?(?:leaves?|left)\s+$")
_LEAVING = lazy(r",\s+(?:which\s+(?:leaves|left)|leaving)\s+$")
_AND_NO_MORE = lazy(
    r"(?:\s+(?:schools|teachers|people|courses|NPQs))?(?:\s*(?:,(?:\s+or)?|\()\s*(?:\w+\s+){0,2}?\d[\d.]*\s?(?:%|per\s?cent)(?:\s+of\s+(?:all|the\s+total|them))?)?\W*$"
)
"""What may come after what a part leaves of its whole: `That leaves 2,709 schools, or 11.6 per cent of all.`"""
_BUT_NOT = lazy(r"(?<=completed but )not\s+passed\b")


class Place(Protocol):
    """Where a number stands in its sentence, as far as it bears on what did not happen."""

    text: str
    q: Quantity
    statement: Statement
    gap_before: tuple[int, int]
    following: list[Quantity]
    next_start: int

    @property
    def gap_after(self) -> tuple[int, int]:
        """What is between the number and the next one."""

    @property
    def predicate(self) -> tuple[int, int]:
        """Where the verb is that comes after an apposition."""

    @property
    def lead_start(self) -> int:
        """Where the number begins, with its hedge."""

    @property
    def part_of(self) -> Quantity | None:
        """The number of which it is a part."""

    @property
    def is_in_brackets(self) -> bool:
        """Whether it is alone in brackets."""

    def beside(self, q: Quantity, /) -> "Place":
        """Where another number of the sentence stands."""


def words_of_rest(at: Place, noun: Mention | None) -> re.Match[str] | None:
    """Find the words that make a number the number of those that did not; None: it counts those that did.

    Args:
        at: The number in its sentence.
        noun: What it counts.
    """
    if before := _before(at, noun) or _without(at) or _leaves(at):
        return before
    if not_so := _NOT_SO.match(at.text, at.gap_after[0], at.statement.end):
        return not_so
    if but := _BUT_NOT.search(at.text, at.gap_after[0], at.next_start):
        return but if "," not in at.text[at.gap_after[0] : but.start()] else None
    # With the digit after it: `29,818 NPQ starts is not 29,818 people`
    return REST.search(at.text, at.gap_after[0], _stop(at) + 1) or REST.search(at.text, *at.predicate)


def _before(at: Place, noun: Mention | None) -> re.Match[str] | None:
    """Find them right before a number: `Nobody at 2,709 schools`, `All but 6,100 were funded`."""
    none = [q.start for q in at.statement.inside if q.kind == "none" and q.end <= at.q.start]
    low = min([at.gap_before[0], *none[-1:]])
    if before := _WITHOUT_ANY.search(at.text, low, at.q.start) or _NON.search(at.text, *at.gap_before):
        return before
    carried = at.statement.carried
    is_of_schools = noun is not None and noun.value == "schools"
    is_of_schools = is_of_schools or "schools" in (carried.counted, carried.whole)
    is_of_some = at.part_of or is_of_schools or at.q.kind == "percent" or carried.counted
    return _ALL_BUT.search(at.text, *at.gap_before) if is_of_some else None


def _without(at: Place) -> re.Match[str] | None:
    """Find those of schools without a start: `the share of schools with nobody on one`."""
    without = _SCHOOLS_WITHOUT.search(at.text, at.statement.start, at.q.start)
    if without is None or any(m.value != "all" for m in at.statement.of("funding")):
        return None
    return without if _FROM_TO.fullmatch(at.text, without.end(), at.q.start) else None


def _leaves(at: Place) -> re.Match[str] | None:
    """Find those of what a part leaves of its whole: `That leaves 2,709`, `, leaving 2,709`."""
    if not _AND_NO_MORE.match(at.text, at.q.end, at.statement.end):
        return None
    if leaving := _LEAVING.search(at.text, at.gap_before[0], at.lead_start):
        return None if at.statement.of("direction") else leaving
    carried = at.statement.carried
    is_of_part = carried.direction == 0 and bool(carried.counted or carried.whole)
    return _THAT_LEAVES.fullmatch(at.text, at.statement.start, at.lead_start) if is_of_part else None


def _stop(at: Place) -> int:
    """Where the words end that may say it after a number."""
    statement, end = at.statement, at.gap_after[1]
    if at.following and (beside := at.beside(at.following[0])).is_in_brackets and end == at.next_start:
        end = beside.gap_after[1]  # `leaving 2,709 (11.6%) still to do so`
    elif (
        at.following
        and {at.q.kind, at.following[0].kind} == {"count", "percent"}
        and _OF_TOTAL.match(at.text, at.following[0].end)
    ):
        end = statement.end  # `That leaves 2,709 schools, 11.6 per cent of the total, that have had none`
    if at.following and at.following[0].kind == "none":
        end = min(at.following[0].end + _VERB, statement.end)  # `At 2,709 schools nobody has started one`
    if at.part_of is not None and at.part_of.start >= at.q.end:
        end = next((other.start for other in at.following[1:]), statement.end)
    end = min([end, *(first for first, _ in statement.reasons)])
    # `114,423 starts, including those that were not funded`
    paid = statement.within(at.gap_after[0], end, "funding")
    end = min([end, *(m.start for m in paid if m.text.startswith(", including"))])
    # `17,389 have been completed, and many of the rest are not due yet`
    others = _OF_THE_REST.search(at.text, at.gap_after[0], end)
    return others.start() if others else end
