"""What a number sets against another part: `4.6 points higher among men than women`, `twice the starts of headship`."""

import re
from itertools import pairwise
from typing import NamedTuple

from npqstats.analysis.factcheck.reading.around import Around
from npqstats.analysis.factcheck.reading.role import Role
from npqstats.analysis.factcheck.reading.said import Read, Said
from npqstats.analysis.factcheck.reading.statement import Statement
from npqstats.analysis.factcheck.reading.years import when
from npqstats.vocabulary.claims import Mention, words
from npqstats.vocabulary.patterns import Pattern, lazy

_KINDS = ("group", "course", "area", "funding", "measure")
_MEASURES = {"starts": "starts", "participants": "participants", "completions": "completions", "passes": "passes"}
_MEASURES |= {"courses": "starts", "npqs": "starts", "people": "participants"}
"""The nouns of measures that may be set against each other: `305 more starts than participants`."""
_AGAINST = lazy(
    r"\b(?:than|as|times|above|ahead\s+of|exceed\w*|outstripp?\w*|outd(?:id|o|oes|one)|beat\w*|outnumber\w*|outperform\w*|outpac\w*"
    r"|surpass\w*|(?:starts|completions|passes|participants)\s+of|below|behind)\s+"
    r"(?:(?:that|those|for|with|of|in|among|amongst|at|by|the|their|people|courses|number|total|figure|there|were"
    r"|colleagues|recorded|seen|\d[\d.,]*%?)\s+)*$",
    re.IGNORECASE,
)
"""What stands between a number or a part and the part that it is set against."""
_COUNTS = {
    ("courses", "start"): "starts",
    ("people", "start"): "participants",
    ("people", ""): "participants",
    ("courses", "complete"): "completions",
    ("courses", "pass"): "passes",
}
_DIFFERENCE = lazy(r" (?:difference|gap) of $")
_LESS = Pattern(
    r"\b(?:less|fewer|lower|smaller|worse|below|behind)\b", cues="less|fewer|lower|smaller|worse|below|behind"
)
_MORE = lazy(r"\s+(?:[\w-]+\s+)?(?:more|fewer|less|higher|lower|greater|larger|smaller|bigger)\b")
"""What makes a fraction the size of a gap: `a third more NPQ starts than the North West`."""
_ABOVE = lazy(r"\s+(?:above|below|ahead\s+of|behind|clear\s+of)\s+(?!the\s+\d|20\d\d)")
"""What makes a count the size of a gap: `4,736 above senior leadership`."""
_BY = lazy(r"(?:\s+(?:on|for|in)\s+[^,.;\d]{3,30}|\s+ones|,)?\s+by\s*$", re.IGNORECASE)
_OF_BOTH = lazy(r"\bbetween\b|\btogether$")
"""Doubts that are none where a number is of two parts."""
_THE = lazy(r"\s+(?:(?:of|as|as\s+many\s+as|the\s+size\s+of)\s+)?the\s+")
_FOR = lazy(r"\s+(?:[\w-]+\s+){0,2}?(?:for|in|on|of|at|by|among)\s+(?:the\s+)?")
"""What is between a number and the part that it is of: `the 10,537 recorded for SENCOs`."""
_GAP = Pattern(r"\b(?:gap|difference)\b[^.;,\d]{0,40}?\bbetween\s+(?:the\s+)?", cues="difference|gap")
_AND = lazy(r"(?:['’]s?)?(?:\s+\w+){0,3}\s+and\s+(?:(?:those|that)\s+of\s+)?(?:the\s+)?")
_TWO_PAYERS = lazy(r"(?P<non>non-|un|self-)?funded and (?:non-|un|self-)?funded", re.IGNORECASE)
_APART = lazy(r"[;:]|\.\s")


class Gap(NamedTuple):
    """Two parts of which a number says how far they are apart."""

    kind: str
    """group, course, area, funding or measure."""
    own: str
    other: str
    direction: int
    """Whether the first is said to be more (1) or less (-1) than the other."""
    is_multiple: bool = False
    """Whether it is said outright what part of the other the first is: `55 per cent of the 10,537 on SENCO`."""


def with_gap(said: Said, at: Around, role: Role, before: list[Read]) -> Said:
    """Note of a number that sets two parts against each other which these are; both are of one year."""
    of_levels = _of_levels(at, role, before)
    gap = of_levels or _gap_of(at, role)
    if gap is None:
        return said
    year = when(at, Role("level"), before)._asdict()
    is_multiple = at.q.kind == "factor" or (at.q.kind == "percent" and gap.is_multiple)
    is_multiple = is_multiple or (at.q.is_fraction and not _MORE.match(at.text, at.q.end))
    said = said._replace(
        role="factor" if is_multiple else "change", whole="", part_of=None, direction=gap.direction, **year
    )
    said = said._replace(doubts=tuple(word for word in said.doubts if not _OF_BOTH.search(word)))
    if of_levels and of_levels.kind != "measure":  # Of what the two levels are.
        last = before[-1][1]
        said = said._replace(counted=last.counted, event=last.event, measure=last.measure, whole=last.whole)
    is_paid = said.is_funding_named or gap.kind == "funding"
    return said._replace(against=(gap.kind, gap.other), is_funding_named=is_paid, **{gap.kind: gap.own})  # type: ignore[arg-type]


def _gap_of(at: Around, role: Role) -> Gap | None:
    """Find the two parts that a number sets against each other; None where it is no gap between parts.

    A part is set against another one of its kind that comes right after a comparing word. A number that moved
    (`fell by 5 points more than in London`) is no such gap.
    """
    if found := _of_other(at) or _between(at):
        return found
    q, statement, text = at.q, at.statement, at.text
    comparing = words().reading["comparatives"]
    moves = [m for m in statement.of("direction") if m.end <= q.start and m.text.lower() not in comparing]
    is_gap = q.kind in ("points", "factor") or role.name == "change" or _is_by(at)
    if q.direction or moves or not (is_gap or _ABOVE.match(at.text, q.end)):
        return None
    for kind in _KINDS:
        named = _parts(statement, kind)
        kinds = [
            (m.end + 1 == n.start, m.value.partition("=")[0] != n.value.partition("=")[0]) for m, n in pairwise(named)
        ]
        if kind == "group" and (True, True) in kinds:
            return Gap(kind, "?two groups", "?two groups", 0)  # `Black women were twice as likely as Black men`
        for other in named:
            marker = _AGAINST.search(text, statement.start, other.start)
            own = _nearest(named, other, marker.start() if marker else 0)
            if marker is None or own is None or _APART.search(text, own.end, other.start):
                continue
            is_between = own.end <= q.start < other.start or q.end <= own.start
            if _is_by(at) and any(q.end <= one.start < other.start for one in statement.inside):
                continue  # `were taken by 29,526 people, so there were 292 more courses than people`
            if is_between or _BY.fullmatch(text, other.end, at.lead_start) or _is_by(at):
                span = (min(q.end, own.end), other.start)
                return Gap(kind, own.value, other.value, -1 if _LESS.search(text, *span) else 1)
    return None


def _of_levels(at: Around, role: Role, before: list[Read]) -> Gap | None:
    """`29,818 starts and 29,526 participants, a difference of 292`: what two figures of one year differ by."""
    two = [said for _, said in before[-2:] if said.role in ("level", "share") and said.end in ("", "than")]
    if role.name != "change" or len(two) < 2 or two[0].years != two[1].years or not _DIFFERENCE.search(at.lead):
        return None
    parts = {kind: [getattr(said, kind) for said in two] for kind in _KINDS}
    parts["measure"] = [said.measure or _COUNTS.get((said.counted, said.event), "") for said in two]
    differing = [kind for kind, (one, other) in parts.items() if one != other]
    if len(differing) != 1 or not all(parts[differing[0]]):
        return None
    own, other = parts[differing[0]]
    return Gap(differing[0], own, other, 0)


def _of_other(at: Around) -> Gap | None:
    """`2,899 on headship, half the 5,798 for senior leadership`: a fraction of the number of another part."""
    q, statement = at.q, at.statement
    is_multiple = q.kind in ("factor", "percent")
    if not is_multiple or not at.following or at.following[0].kind != "count":
        return None
    then = at.following[0]
    for kind in _KINDS:
        others = [m for m in statement.of(kind) if m.start >= then.end and _FOR.fullmatch(at.text, then.end, m.start)]
        own = _nearest(statement.of(kind), others[0], q.start) if others else None
        carried = getattr(statement.carried, kind)
        if others and _THE.fullmatch(at.text, q.end, then.start) and (own or carried not in ("", "all")):
            return Gap(kind, own.value if own else carried, others[0].value, 0, is_multiple=True)
    return None


def _between(at: Around) -> Gap | None:
    """`The gap between men's and women's completion rates was 4.6 points`."""
    statement = at.statement
    gap = _GAP.search(at.text, statement.start, statement.end)
    for kind in _KINDS if gap and at.q.kind in ("points", "count") else ():
        named = [m for m in _parts(statement, kind) if gap and m.start >= gap.end()]
        if len(named) == 1 and (two := _TWO_PAYERS.fullmatch(named[0].text)):
            payers = ("non-funded", "funded") if two["non"] else ("funded", "non-funded")
            return Gap(kind, *payers, 0)
        if (
            len(named) == 2
            and named[0].value != named[1].value
            and _AND.fullmatch(at.text, named[0].end, named[1].start)
        ):
            return Gap(kind, named[0].value, named[1].value, 0)
    return None


def _parts(statement: Statement, kind: str) -> list[Mention]:
    """List the phrases of one kind that a sentence may set against each other."""
    if kind != "measure":
        return statement.of(kind)
    nouns = ((m, m.text.lower().split()[-1]) for m in statement.of("counted", "event"))
    named = {m.start: m._replace(value=_MEASURES[noun]) for m, noun in nouns if noun in _MEASURES}
    return list(named.values())


def _is_by(at: Around) -> bool:
    return at.text[: at.lead_start].rstrip().endswith(" by")


def _nearest(mentions: list[Mention], other: Mention, end: int) -> Mention | None:
    """The last part before a comparing word that is another one than what is set against it."""
    before = [m for m in mentions if m.end <= end and m.value != other.value]
    return before[-1] if before else None
