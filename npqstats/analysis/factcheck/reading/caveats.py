"""What a sentence says of its numbers themselves: whom they leave out, that they are disputed, made up or a plan."""

import re

from npqstats.analysis.factcheck.reading.said import NO_LIMITS
from npqstats.analysis.factcheck.reading.setting import Setting
from npqstats.vocabulary.areas import ENGLAND
from npqstats.vocabulary.claims import words
from npqstats.vocabulary.expressions import cued, listed
from npqstats.vocabulary.patterns import lazy

_COMMENTS = listed("comments")
"""What a sentence says of its numbers themselves after them all: whom they leave out, that they are disputed."""


_LIMITED = listed("limits-before")
"""What limits the numbers after it: `, not including those with a scholarship,`, `Restrict it to part-timers and`."""
_INSERTED = lazy(
    r"\s[(\u2013\u2014]\s?(?:in|at|across|among|within|for)\s[^()\d\u2013\u2014;.]{3,70}\s?[)\u2013\u2014]",
    re.IGNORECASE,
)
"""Where or among whom it is, between dashes: `the number of NPQs started – in schools that had failed – fell`."""
_HEARSAY = cued("hearsay")
"""What says of a number that it is not one: that it was made up, withdrawn or simulated."""
_THAT = lazy(r"^\W*[^.;:\d]{3,160}?\b(?:that|how)\b,?\s", re.IGNORECASE)
"""Who says what follows, in which way."""
_UNSAID = listed("unsaid")
_BUT_SAID = listed("said-after-all")
"""By which it is not said to be so: `I cannot accept that`; but `it cannot be denied that`."""
_ANNOUNCES = listed("announces")
"""What speaks of the numbers to come: `The numbers that follow are`."""
_OF_WHAT_FOLLOWS = cued("of-what-follows")
"""What is said of them there, so that they are no plain figures."""
_PARTS = ("course", "group")
_NO_PARTS = ("topic", "counted", "funding", "measure", "coverage", "year", "span", "direction", "academic", "harmless")
"""The kinds of phrases that do not say by themselves of whom a number is."""


def caveats(at: Setting) -> list[str]:
    """List what a sentence says of its numbers, so that they are no plain figures."""
    if not at.inside:
        return []
    text, last = at.text, at.inside[-1].end
    found = [match.span() for match in [_COMMENTS.search(text, last, at.end)] if match]
    found = [span for span in found if not any(span[0] < end and start < span[1] for start, end in at.so_far)]
    told = [text[start:end] for start, end in found]
    told += [match[0] for match in [_LIMITED.search(at.told)] if match and not _leaves_out(at)]
    told += [match[0] for match in _HEARSAY.finditer(text, at.start, at.end)]
    told += [match[0] for match in _unsaid(at)]
    for match in _INSERTED.finditer(at.told):
        told += _unknown(at, at.start + match.start(), at.start + match.end())[:1]
    return [one.strip(" ,;()\u2013\u2014-.!?") for one in told]


def _unsaid(at: Setting) -> list[re.Match[str]]:
    """Find what makes it something that is not said to be so, before its first number."""
    lead = _THAT.match(at.text[at.start : at.inside[0].start])
    match = _UNSAID.search(lead[0]) if lead and not _BUT_SAID.search(lead[0]) else None
    return [match] if match else []


def _leaves_out(at: Setting) -> bool:
    """Whether a course is left out, of which there are figures: `Leaving out SENCOs, 19,281 were started`."""
    return bool(at.passage.within(at.start, at.end, "without"))


def announced(at: Setting) -> list[str]:
    """What the sentence before says of the numbers to come: `The numbers that follow are projections.`."""
    start, end = at.sentence_before
    sentence = at.text[start:end]
    is_apart = "\n\n" in at.text[end : at.start] or any(char.isdigit() for char in sentence)
    if is_apart or _ANNOUNCES.search(sentence) is None:
        return []
    is_of_payer = bool(at.passage.within(start, end, "funding"))
    if (of_what := _OF_WHAT_FOLLOWS.search(sentence)) and not (is_of_payer and of_what[0] == "only"):
        return [of_what[0]]
    kinds = {m.kind for m in at.passage.within(at.start, at.end, *_PARTS)}
    named = at.passage.within(start, end, *_PARTS)
    parts = [m.text for m in named if m.kind not in kinds and m.value != "all" and m.value not in NO_LIMITS]
    return (parts or _unknown(at, start, end))[:2]


def _unknown(at: Setting, start: int, end: int) -> list[str]:
    """List the words of a sentence without numbers that may limit those to come, as `deputies` may."""
    reading = words().reading
    plain = reading["plain"] | reading["announcing"] | reading["adjectives"] | reading["function"] | reading["speakers"]
    named = at.passage.within(start, end, *_NO_PARTS, "group", "area")
    read = [(m.start, m.end) for m in named if m.kind in _NO_PARTS or m.value in (ENGLAND[0], *NO_LIMITS)]
    return [
        at.text[index : index + len(word)]
        for index, word in at.passage.tokens.listed(start, end)
        if word.isalpha()
        and plain.isdisjoint((word, word.removesuffix("'s")))
        and not any(first <= index < last for first, last in read)
    ]
