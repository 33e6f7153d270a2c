"""Where the clause of a number begins and ends: what is said in other clauses is not said of it."""

from itertools import pairwise

from npqstats.analysis.factcheck.scanning.quantity import Quantity
from npqstats.vocabulary.claims import words
from npqstats.vocabulary.patterns import Pattern
from npqstats.vocabulary.tokens import Tokens

_SAYINGS = ("reveal", "report", "warn", "suggest", "confirm", "indicat", "disclos", "explain")
_OPENING = frozenset(';:\u2013\u2014("“') | {"while", "whereas", "although", "though"}
"""Where the clause of a number begins: after a mark, a conjunction or a verb of saying."""
_REVISED = frozenset({"revised", "corrected", "updated", "amended", "restated"})
_ACCEPTING = frozenset(
    {"accept", "accepts", "accepted", "recognise", "recognises", "recognised", "understand", "admit", "admits"}
    | {"admitted", "agree", "agrees", "agreed", "appreciate", "realise", "conceding", "accepting"}
)
_DENYING = frozenset({"nobody", "none", "no", "not", "never", "few", "hardly", "wrongly", "falsely", "mistakenly"})
"""What denies what somebody says: `Critics wrongly claim that`, `nobody can show that`."""
_SUBORDINATE = Pattern(
    r"\s*(?!(?:as\s+(?:for|regards|far|to)|when\s+it\s+comes|with\s+(?:regard|respect|reference))\b)"
    r"(?:as|after|once|now\s+that|while|although|though|because|when|despite|following|with|amid|since"
    r"|whatever|whichever|however\s+(?:you|one|we)|given(?!\s+to\b)|faced\s+with|if\s+you|thanks\s+to)\b[^,]{3,120},",
    cues="as|after|once|now|while|though|because|when|despite|following|with|amid|since|whatever|whichever|however"
    "|given|if you|thanks & ,",
)
_A_YEAR_WHEN = Pattern(
    r"\b(?:after|in|following|despite|at\s+the\s+end\s+of)\s+(?:a|the)\s+(?:[\w-]+\s+)?(?:year|twelve\s+months|12\s+months)"
    r"\s+(?:in\s+which|during\s+which|when|that\s+saw)\s+",
    cues="in which|during which|when|that saw",
)
"""What opens a clause of its own: `defended the cuts after a year in which take-up sank by 32 per cent`."""
_SETTING = Pattern(
    r"\s*(?:(?:speaking|writing|talking|asked|answering|responding|replying|commenting|reflecting|reacting|quizzed|pressed|challenged"
    r"|questioned|giving\s+evidence|appearing|addressing|announcing|tweeting|posting|blogging|tucked|buried|hidden)\b"
    r"|in\s+(?:what\b|(?:an?|the|its|his|her|their|this|yet\s+another)\s+(?:[\w’'-]+\s+){0,3}?"
    r"(?:sign|blow|move|turn|twist|statement|letter|speech|report|reply|response|answer|tweet|post|blog|interview|debate|briefing|hearing"
    r"|article|piece|column|editorial|submission|note|bulletin|update|document|paper|analysis|reversal|setback|boost|development|admission"
    r"|message|email|podcast|video)\b))[^,;:\d]{3,120},",
    cues="in|asked|quizzed|pressed|challenged|questioned|tucked|buried|hidden & ,",
)
"""Where and how something was said, up to the comma: `Speaking in the Commons,`, `In a blow to ministers,`."""
_CLOSING = frozenset(')"”') | {"because", "despite", "according", "after", "as", "when", "once", "following", "amid"}
"""Where it ends: at an apposition, a source, a reason."""


def clause(text: str, tokens: Tokens, q: Quantity, start: int, around: tuple[int, int]) -> tuple[int, int]:
    """Say where the clause of a number begins and ends.

    Args:
        text: The whole text, and its tokens.
        tokens: Its tokens.
        q: The number.
        start: Where its sentence begins.
        around: Where the number before it ends, and where the next one or another clause begins.
    """
    low, high = around
    before = tokens.listed(low, q.start)
    asides = [n for n in range(1, len(before) - 1) if before[n - 1][1] == "," == before[n + 1][1]]
    before = [token for n, token in enumerate(before) if n not in asides and n - 1 not in asides]  # `, though,`
    for (at, word), (then, following) in pairwise([*before, (q.start, "")]):
        is_stop = word in ".!?" and text[at + 1 : at + 2].isspace()
        is_denied = following == "that" and any(told in _DENYING for _, told in tokens.listed(low, at))
        is_said = _is_saying(word) and not is_denied
        is_said = is_said or (word in _ACCEPTING and following == "that")
        is_said = is_said or (word in _REVISED and following == "to")  # `has been revised to 29,892`
        is_reason = word == "because" and "," not in text[at : q.start]
        if word in _OPENING or is_stop or is_said or is_reason:
            low = then if following != "that" else then + len(following)
        elif word == "," and following in words().reading["opening_after_comma"]:
            low = then + len(following)
    for (at, word), (then, following) in pairwise([*before, (q.start, "")]):
        if word == "that" and _opens_clause(text, then, following) and not _is_unsure(tokens.listed(start, at)):
            low = max(low, then)
    year = _A_YEAR_WHEN.search(text, low, q.start)
    if year and not _is_unsure(tokens.listed(start, year.start())):
        low = year.end()
    if setting := _SUBORDINATE.match(text, low, q.start) or _SETTING.match(text, low, q.start):
        low = setting.end()
    after = tokens.listed(q.end, high)
    for n, (at, word) in enumerate(after):
        next_words = [other.replace("'s", "").replace("\u2019s", "") for _, other in after[n + 1 : n + 11]]
        is_dash = word in "\u2013\u2014-" and text[at - 1] == " " == text[at + 1 : at + 2]
        is_source = word == "," and _is_source(next_words)
        if word in _CLOSING or is_dash or is_source or (word == "," and any(map(_is_closing, next_words[:1]))):
            return low, at
    return low, high


def _opens_clause(text: str, start: int, word: str) -> bool:
    """Whether a `that` before a word opens a clause: `the finding that 2,709 schools`, not `NPQs that began`."""
    return not text[start].islower() or word in words().reading["opening_after_that"]


def _is_unsure(told: list[tuple[int, str]]) -> bool:
    """Whether words deny or doubt what a clause after them says: `it is not true that`, `hopes that`."""
    return any(word in words().reading["unsure"] or word.endswith("n't") for _, word in told)


def _is_closing(word: str) -> bool:
    """Whether a word after a comma begins what is said besides: `, and`, `, leaving many schools without`."""
    is_consequence = word.endswith("ing") and len(word) > 5 and word not in words().reading["limiting_participles"]
    return is_consequence or word in words().reading["closing_after_comma"]


def _is_saying(word: str) -> bool:
    return word in words().reading["saying"] or word.startswith(_SAYINGS)


def _is_source(following: list[str]) -> bool:
    """Whether the words after a comma name who says so: `, DfE's own data show`, `, the union said`."""
    said = next((n for n, word in enumerate(following) if _is_saying(word)), None)
    return said is not None and all(word.isalpha() or word in "'\u2019" for word in following[:said])
