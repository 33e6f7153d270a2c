"""Sentences without numbers that limit the numbers beside them: `Only funded participants count here.`."""

import re

from npqstats.analysis.factcheck.reading.paid import OPPOSITE
from npqstats.analysis.factcheck.reading.said import NO_LIMITS, OUTCOMES, Said
from npqstats.analysis.factcheck.reading.statement import Statement
from npqstats.vocabulary.areas import ENGLAND
from npqstats.vocabulary.claims import Mention, words
from npqstats.vocabulary.patterns import lazy

_NOUNS = r"(?:participants?|people|teachers|leaders|starters?|places|courses|NPQs|starts|figures?|numbers?)"
_OF_NOUN = lazy(rf"\s+(?:NPQ\s+)?(?:{_NOUNS}|side|provision|group|ones|only|alone)\b", re.IGNORECASE)
_ADJECTIVES = ("funded", "paid", "financed", "scholarship", "supported", "funding")
_PERSONS = ("funders", "payers", "holders", "recipients")
_THOSE = lazy(
    rf"(?:\b(?:those|individuals|every(?:one|body)|they|these|all|none|{_NOUNS})(?:\s+(?:of\s+(?:them|these|those)|who|whose"
    r"|people|that|which|with|on|had|have|has|were|was|got|did|all|below|here|above|their|training|fees|course|NPQs?)){0,5}"
    r"|:|\b(?:excludes|without)\s+the)\s*$",
    re.IGNORECASE,
)
"""Before who paid for those who are spoken of: `those whose fees`, `all of them had`."""
_SOME = lazy(
    r"\b(?:(?<!how )many|most|mostly|some|few\w*|more|several|less|often|half|majority|no\s+longer)\b", re.IGNORECASE
)
_INCLUDES = lazy(r"\b(?:includ|count|cover)\w*\s+(?:\w+\s+){0,3}$", re.IGNORECASE)
"""Before those who are counted with the others: `higher totals, because they include courses without funding`."""
_OTHERS = r"(?:exclud\w+|(?:leav\w+|left)\b.*\bout|omit\w*|not\s+(?:\w+\s+)?(?:count|includ)\w+|on\s+top|none\s+of)"
_LEAVES_OUT = lazy(rf"\b{_OTHERS}\b", re.IGNORECASE)
_COUNTS = lazy(rf"\b(?:only|alone|{_OTHERS}|count(?:s|ed)|selected|series|filter\w*)\b", re.IGNORECASE)
_DENIES = lazy(r"\b(?:not|no|never)\b|n['\u2019]t\b", re.IGNORECASE)
_KINDS = ("area", "group", "course", "academic", "basis", "event")
_LINKS = lazy(
    r"\W*(?:(?:these|those|that|this|all|they|both|figures?|numbers?|counts?|covers?|people|were|was|are|is|of|them|for|in"
    r"|on|at|the|a|only|just|have|has|had|who|academic|year|source|DfE|from|note|refers?|relates?|to)\W+)*",
    re.IGNORECASE,
)
"""What is between the start of a sentence that speaks of the number before it and what it says of that."""
_ONLY = lazy(r"\b(?:only|alone|counted|covered)\W*$", re.IGNORECASE)
_ALL = lazy(r"\W*(?:all|these|following|below|here|the\s+(?:following|\w+\s+below))\b", re.IGNORECASE)
_SOURCE = lazy(r"\W*source\b", re.IGNORECASE)
_BACK = lazy(
    r"\W*(?:these|those|that|this|all|none\s+of|they|the\s+(?:figure|number)s?|source)\b|\s*[(\[*]", re.IGNORECASE
)


def payer(statement: Statement) -> str:
    """Name the payer to whom a sentence without numbers limits those beside it; empty where it does not."""
    paid = [m for m in statement.of("funding") if m.value in OPPOSITE]
    paid = [m for m in paid if not _INCLUDES.search(statement.text, statement.start, m.start)]
    is_limit = any(_is_of_those(statement, m) for m in paid) and not _SOME.search(statement.told)
    if not is_limit or len({m.value for m in paid}) != 1:
        return ""
    if _LEAVES_OUT.search(statement.told):
        return OPPOSITE[paid[0].value]
    is_denied = _DENIES.search(statement.text, statement.start, paid[0].start) is not None
    return "" if is_denied else paid[0].value


def counts(statement: Statement) -> bool:
    """Whether it says outright that no others are counted."""
    return _COUNTS.search(statement.told) is not None


def limits(statement: Statement, *, is_before: bool) -> set[tuple[str, str]]:
    """List the parts, by their kinds, to which a sentence without numbers limits the one after or before it.

    Args:
        statement: The sentence.
        is_before: Whether it comes first, and says what numbers are of: `All figures are for London.`; else it comes
            after them, and speaks of them: `All of them were in London.`
    """
    told, paid, text = statement.told, payer(statement), statement.text
    named = [m for m in statement.of(*_KINDS) if not told.rstrip().endswith("?")]
    if is_before:
        is_label = not unnamed(statement)
        is_told = not statement.sentence.is_heading and (is_label or _ALL.match(told) or _ONLY.search(told))
        named = [m for m in named if is_told and m.kind != "academic" and (is_label or m.value != "forecast")]
    else:
        is_back = not told.rstrip().endswith("?") and (counts(statement) or _BACK.match(told) is not None)
        is_source = _SOURCE.match(told) is not None  # `Source: DfE, NPQ completions`
        named = [
            m
            for m in named
            if is_back and not (is_source and m.kind == "event") and _LINKS.fullmatch(text, statement.start, m.start)
        ]
        paid = paid if is_back else ""
    return {(m.kind, m.value) for m in named if not _LEAVES_OUT.search(told)} | ({("funding", paid)} if paid else set())


def limited(said: Said, found: set[tuple[str, str]]) -> Said:
    """Note the parts of which a number is not read to be, though the sentence beside it limits it to them."""
    others = {(kind, value) for kind, value in found if not _is_of(said, kind, value)}
    return said._replace(far=said.far | others | {("limit", value) for _, value in others})


def _is_of(said: Said, kind: str, value: str) -> bool:
    if kind == "funding":
        return said.is_funding_named or said.funding == value
    if kind == "academic":
        return int(value) in said.years or said.role not in ("level", "share") or said.end != ""
    if kind == "basis":
        return value != "cumulative" or value == said.basis or said.is_sum or said.is_perfect
    if kind == "event":
        return value not in OUTCOMES or value == said.event
    return value in (ENGLAND[0], *NO_LIMITS, said.area, said.course, said.group)


def unnamed(statement: Statement) -> list[str]:
    """List the words of a sentence that name no part of a figure: none in `### Funded participants, 2024/25`."""
    named = [(m.start, m.end) for m in statement.all if m.kind not in ("direction", "opinion", "scheme")]
    labels = words().reading["labels"] | words().reading["heads"]
    return [
        word
        for index, word in statement.passage.tokens.listed(statement.start, statement.end)
        if word.isalpha() and word not in labels and not any(start <= index < end for start, end in named)
    ]


def _is_of_those(statement: Statement, m: Mention) -> bool:
    text, name = statement.text, m.text.lower()
    is_adjective = name.endswith(_ADJECTIVES) and _OF_NOUN.match(text, m.end, statement.end) is not None
    return name.endswith(_PERSONS) or is_adjective or _THOSE.search(text, statement.start, m.start) is not None
