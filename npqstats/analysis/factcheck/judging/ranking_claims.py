"""Claims made in words, as their sentences say them: what is ranked, of which year, and against what."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from npqstats.analysis.factcheck.reading.around import YEARS, Around
from npqstats.analysis.factcheck.reading.clauses import Clauses
from npqstats.analysis.factcheck.reading.named_years import year_of
from npqstats.analysis.factcheck.reading.reader import Told
from npqstats.analysis.factcheck.reading.said import Read, Said, year_before
from npqstats.analysis.factcheck.reading.spans import range_of
from npqstats.analysis.factcheck.reading.statement import Statement
from npqstats.analysis.factcheck.reading.unread import unread
from npqstats.analysis.factcheck.reading.years import WHEN_BEGUN
from npqstats.analysis.factcheck.scanning.quantity import Quantity
from npqstats.analysis.factcheck.scanning.ranking_phrases import Phrase
from npqstats.vocabulary.claims import Mention
from npqstats.vocabulary.patterns import lazy

_TURN = lazy(r"[;:]|,?\s+(?:and|but|while|whereas|although|though)\b")
_NEW_SUBJECT = ("counted", "measure", "event", "course", "area")
_IN = lazy(r"\s+(?:\w+\s+)?(?:in|of|for)\s+")
_IS_OVER = lazy(r"\W*(?:before|until|only\s+to|(?:and\s+)?then)\b")
"""What ends a streak in the year before the one that is named: `rose two years running before falling in 2024/25`."""
_NAMES = lazy(r"(?:\s+(?:year|mark|point|figure|total|intake|cohort))?:")
"""What leads from a phrase to the number that it names: `It was the peak year: 43,840 courses were started`."""
_APPOSED = lazy(r"(?:\s+[a-z]+){0,2}(?:\s+in\s+20\d\d/\d\d)?,\s+")
_HAD = lazy(r"\bhad\s+(?:been\s+)?\w+(?:\s+\w+)?\s+$")
"""What ends it before the newest year: `had risen every year since 2021/22`."""
_FROM = lazy(r"\b(?:from|after|since|on|below)\s+(?=$)", re.IGNORECASE)
_SHARE = lazy(r"\b(?:share|proportion|percentage|rate|coverage)s?\b", re.IGNORECASE)
_AHEAD = 30
"""Characters after a phrase in which it may be said to be of a share: `the lowest annual completion rate`."""
_OF_CHANGE = lazy(r"more|less|bigger|greater|smaller|larger", re.IGNORECASE)


class Claim(NamedTuple):
    """A claim in words, and what its sentence says of it."""

    phrase: Phrase
    said: Said
    base: int | None = None
    """The year that it is compared with, or since which it is ranked."""
    number: Quantity | None = None
    """The level that was passed for the first time, or the target that was met."""
    is_share: bool = False
    """Whether a share or a rate is ranked, not a count."""


def claims(told: Iterable[Told]) -> list[Claim]:
    """Read every claim that a text makes in words; none for what is no claim about NPQs."""
    found = (
        _claim(one.clauses.statement, one.read, phrase, phrases)
        for one in told
        if one.clauses is not None and (phrases := one.clauses.statement.phrases)
        if not one.clauses.statement.is_asked
        for phrase in phrases
    )
    return [claim for claim in found if claim is not None]


def in_words(quote: str, start: int = 0, end: int = 0, kind: str = "count") -> Quantity:
    """Take words for a quantity that has no number of its own."""
    return Quantity(start=start, end=end, quote=quote, kind=kind, value=0, low=0, high=0)


def _claim(statement: Statement, read: Sequence[Read], phrase: Phrase, phrases: Sequence[Phrase]) -> Claim | None:
    """Read a phrase: it speaks of the same as the number beside it, else of what its sentence does.

    A year that follows the phrase itself is its own: `from a peak in 2023/24`.
    """
    text = statement.text
    stop = _stop(statement, phrase)
    beside = [pair for pair in read if not _TURN.search(text, _told_until(text, phrase, pair), pair[0].start)]
    beside = [
        pair for pair in beside if pair[0].start < stop and not WHEN_BEGUN.search(text, phrase.start, pair[0].start)
    ]
    # `from 43,840 in 2023/24, the highest figure of the four years, to 29,818`
    apposed = [pair for pair in beside if _APPOSED.fullmatch(text, pair[0].end, phrase.start)]
    near, of_near = min(apposed or beside, key=lambda pair: _distance(pair[0], phrase), default=(None, None))
    last = near.end if near is not None and near.end <= phrase.start else statement.start
    is_share = _SHARE.search(text, last, min(statement.end, phrase.end + _AHEAD)) is not None
    q = in_words(phrase.quote, phrase.start, phrase.spans[0][1], "percent" if is_share else "count")
    around = statement.with_words(q, lambda m: m.start > stop or _is_of_others(m, phrase, phrases, statement))
    clauses = Clauses(around)
    said = clauses.of_words(q, [pair for pair in read if pair[0].end <= q.start])
    is_of_number = any(one.end in ("low", "high") and 0 <= n.start - phrase.end <= 4 for n, one in read)
    if said is None or is_of_number:  # `their peak of 43,840`
        return None
    following = [m for m in around.of(*YEARS) if _IN.fullmatch(text, phrase.end, m.start)]
    own = year_of(around, following[0]) if following else _of_all_years(statement)
    if phrase.kind == "streak" and _HAD.search(text, statement.start, phrase.start):
        own = own or year_before(statement.passage.anchor.newest)
    said = said._replace(years=(own,), are_years_named=True) if own else said
    base = year_of(around, phrase.base) if phrase.base is not None else None
    if near is None or of_near is None:
        return Claim(phrase, said, base, is_share=is_share)
    if of_near.role == "target":
        return Claim(phrase, said, base, near)
    is_held_against = of_near.end == "than" and near.start > phrase.end  # `The fewest ..., fewer than the 31,677 of`
    if (is_share and near.kind == "count") or is_held_against or _is_turned(statement, near, q):
        return Claim(phrase, said, base, is_share=is_share)
    if of_near.role == "factor":
        return Claim(phrase, said._replace(doubts=(*said.doubts, f"'{near.quote}'")), base)
    is_share = near.kind == "percent" and of_near.role != "change"
    of_near = of_near._replace(years=(own,), are_years_named=True) if own else of_near
    return _claim_of_number(Claim(phrase, said, base, near, is_share), of_near, clauses.at(q), read)


def _of_all_years(statement: Statement) -> int | None:
    """The year that is ranked among all that there are: `2023/24 had the most of any year from 2021/22 to 2024/25`."""
    span = range_of(statement)
    if span is None or span[0] != statement.passage.anchor.periods:
        return None
    others = {int(m.value) for m in statement.of("academic") if m not in span[1]}
    return others.pop() if len(others) == 1 else None


def _claim_of_number(claim: Claim, of_near: Said, at: Around, read: Sequence[Read]) -> Claim:
    """Read a phrase by the number beside it."""
    phrase, near = claim.phrase, claim.number
    left = dict.fromkeys((*of_near.unread, *unread(at, of_near)))
    # `started each year` is no part of one where years are ranked.
    group = claim.said.group and (of_near.group or claim.said.group)
    said = of_near._replace(unread=tuple(left), part_of=None, group=group)
    if phrase.kind == "streak" and (years := [other.years[-1] for _, other in read if other.years]):
        is_over = bool(_IS_OVER.match(at.text, phrase.end) or _HAD.search(at.text, 0, phrase.start))
        said = said._replace(years=(max(years) - 101 * is_over,))
    if said.role == "change" and phrase.kind in ("extreme", "than") and _OF_CHANGE.match(phrase.quote):
        kind = {"than": "pace"}.get(phrase.kind, phrase.kind)
        phrase = replace(phrase, kind=kind, move=said.direction)
    is_level = near is not None and said.role == "level" and near.hedge in ("above", "under")
    return claim._replace(phrase=phrase, said=said, number=near if is_level else None)


def _is_of_others(mention: Mention, phrase: Phrase, phrases: Sequence[Phrase], statement: Statement) -> bool:
    """Whether a mention is part of a claim of the sentence, and so says nothing of what this one is about."""
    return any(
        _is_of_phrase(mention, other) or (other is not phrase and _is_left_behind(mention, other, statement))
        for other in phrases
    )


def _is_of_phrase(mention: Mention, phrase: Phrase) -> bool:
    """Whether a mention is part of a claim: the year after `than`, not one before it; `each year` of those ranked."""
    if mention.kind == "group" and mention.text.lower() in ("each year", "per year"):
        return True
    if not phrase.covers(mention.start):
        return False
    if mention.kind in YEARS:
        return phrase.base is None or mention.end == phrase.base.end
    return mention.kind in ("group", "basis", "direction", "span")


def _is_left_behind(mention: Mention, other: Phrase, statement: Statement) -> bool:
    """Whether a year is that of another claim, where this one starts: `the lowest, down from a peak in 2023/24`."""
    is_start = _FROM.search(statement.text, statement.start, other.start) is not None
    return is_start and mention.kind in YEARS and _IN.fullmatch(statement.text, other.end, mention.start) is not None


def _stop(statement: Statement, phrase: Phrase) -> int:
    """Where a sentence ends what it says of the one before: `It is the lowest total: in 2021/22 31,510 began one`."""
    later = (q.start for q in statement.inside if q.start > phrase.end)
    colon = statement.text.find(":", phrase.end, next(later, statement.end))
    is_back = statement.is_anaphoric and bool(statement.carried.years)
    return colon if is_back and colon > 0 else statement.end


def _told_until(text: str, phrase: Phrase, pair: Read) -> int:
    """Where a phrase ends, or the colon that leads from it to its number is: `the biggest fall: 32 per cent`."""
    colon = text.find(":", phrase.end, pair[0].start)
    is_size = phrase.move and pair[1].role == "change" and colon > 0
    return colon + 1 if is_size or _NAMES.match(text, phrase.end) else phrase.end


def _distance(one: Quantity, phrase: Phrase) -> int:
    return phrase.start - one.end if one.end <= phrase.start else one.start - phrase.end


def _is_turned(statement: Statement, one: Quantity, q: Quantity) -> bool:
    """Whether the sentence has begun to speak of something else between a number and a phrase."""
    start, end = (one.end, q.start) if one.end <= q.start else (q.end, one.start)
    turn = _TURN.search(statement.text, start, end)
    return turn is not None and bool(statement.within(turn.end(), end, *_NEW_SUBJECT))
