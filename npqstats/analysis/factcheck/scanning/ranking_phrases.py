"""Claims made in words, as a sentence has them: `the lowest since 2021`, `for the first time`, `two years running`."""

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from npqstats.analysis.factcheck.scanning.quantity import Quantity
from npqstats.vocabulary.claims import Mention, words
from npqstats.vocabulary.patterns import lazy


@dataclass(frozen=True, kw_only=True)
class Phrase:
    """Words that set a figure among others, and need no number to do so."""

    start: int
    end: int
    quote: str
    kind: str
    """extreme, than, pace, first, streak or target; what each means is in claims.toml."""
    sign: int = 0
    """1 for the highest, more, a rise and a target that was met; -1 for their opposites; 0 where nothing says which."""
    rank: int = 1
    """2 for `the second lowest`; 0 for `one of the lowest`."""
    scope: str = ""
    """Among what: row (all years there are), years, ever, since, region, course, authority, group, set (others of its
    kind), all (`of all`); empty where nothing says it."""
    is_before: bool = False
    """Whether only earlier years are meant: `more than in any year before`."""
    move: int = 0
    """Where a change is ranked, not a level: 1 for `the biggest rise`, -1 for `the biggest fall`."""
    length: int = 0
    """How many years a run has lasted; 0 for `every year`."""
    is_exact: bool = False
    """Whether the run has lasted so long and no longer: `the second fall in a row`."""
    is_near: bool = False
    """Whether a target was nearly met, or narrowly missed."""
    size: str = ""
    """How much more or fewer: `slightly`, `far`."""
    base: Mention | None = None
    """The year that a figure is compared with, or since which it is ranked."""
    spans: tuple[tuple[int, int], ...] = ()
    """Where its words are, those that say among what included."""

    def covers(self, index: int) -> bool:
        """Whether a character of the text belongs to its words."""
        return any(start <= index < end for start, end in self.spans)


_PLAINLY = dict.fromkeys(map(ord, "-\u2010\u2011\n\t\r\u00a0"), " ") | {c: c + 32 for c in range(65, 91)}
_AT = lazy(r"\W*at ", re.IGNORECASE)
_OF_YEAR = lazy(r"(?:(?:annual|yearly|single|one year|year on year|percentage|proportional) )+")
_WORD = lazy(r"[a-z0-9]+")
_MARK = lazy(r"\s*(?:[^\w\s]|\d|$)")
_CLAUSE = lazy(r"[;.]|,(?!\d)")
_NUMBERS = {"second": 2, "2nd": 2, "two": 2, "third": 3, "3rd": 3, "three": 3, "fourth": 4, "4th": 4, "four": 4}
_SETS = {
    "region": "region",
    "course": "course",
    "npq": "course",
    "qualif": "course",
    "group": "group",
    "phase": "group",
}
_SIGNS = {"up": 1, "down": -1, "flat": 0}
_ALSO = lazy(r",?\s*(?:\(|or\s)\s*")
_NOUNS = ("counted", "measure", "event", "course", "topic", "coverage", "direction", "funding")
_YEARS = ("academic", "year", "calendar", "old")
_PASSIVE = r"\b(?:{target})\b(?:[^;.]{0,80} (?:was|were|been|is|be)(?: (?P<not>not))?(?: yet)?)? ?$"
_ACTIVE = r"(?:[a-z]+ ){0,3}?(?:{target})\b"


@cache
def _table() -> list[dict[str, Any]]:
    table = words().table["ranking"]["phrase"]
    return [entry | {"cues": [{*cues.split()} for cues in entry["cues"].split("&")]} for entry in table]


@cache
def _pattern(text: str) -> re.Pattern[str]:
    slots = words().table["ranking"]["slots"]
    return lazy(rf"(?<!\w)(?:{re.sub('{([a-z_]+)}', lambda slot: slots[slot[1]], text)})(?!\w)")


@cache
def _figures() -> frozenset[str]:
    return frozenset(words().table["ranking"]["figures"].split())


def may_rank(text: str) -> bool:
    """Whether a text has a word without which it makes no claim in words."""
    told = set(_WORD.findall(text.translate(_PLAINLY)))
    return any(_is_cued(told, entry) for entry in _table())


def _is_cued(told: set[str], entry: dict[str, Any]) -> bool:
    return not any(told.isdisjoint(cues) for cues in entry["cues"])


class Phrases:
    """Finds the claims in words of a text."""

    def __init__(self, text: str, mentions: Sequence[Mention], found: Sequence[Quantity]) -> None:
        """Take a text, the phrases of the lexicon in it, and its numbers."""
        self.text, self.mentions, self.numbers = text, mentions, found
        self.plain = text.translate(_PLAINLY)

    def inside(self, start: int, end: int) -> list[Phrase]:
        """Find those of one sentence, in order."""
        told = set(_WORD.findall(self.plain, start, end))
        found: list[Phrase] = []
        for entry in _table():
            if not _is_cued(told, entry):
                continue
            for pattern in entry["patterns"]:
                for match in _pattern(pattern).finditer(self.plain, start, end):
                    if any(other.start < match.end() and match.start() < other.end for other in found):
                        continue
                    phrase = self._phrase(entry, match, start, end)
                    if phrase is not None:
                        found.append(phrase)
        return sorted(found, key=lambda phrase: phrase.start)

    def _phrase(self, entry: dict[str, Any], match: re.Match[str], start: int, end: int) -> Phrase | None:
        if _AT.fullmatch(self.plain, start, match.start()):
            return None  # `At the peak that was 120 every day`: when, not how high.
        groups = match.groupdict()
        number = _NUMBERS.get(groups.get("nth") or groups.get("count") or "", 0)
        stop = match.end()
        phrase = Phrase(
            start=match.start(),
            end=stop,
            quote=self.text[match.start() : stop],
            kind=entry["kind"],
            sign=entry.get("sign", 0),
            rank=0 if groups.get("few") else number or 1,
            scope="ever" if groups.get("ever") else "row" if groups.get("year") else entry.get("scope", ""),
            is_before=bool(groups.get("before") or groups.get("earlier")),
            length=number,
            is_exact=bool(groups.get("nth")),
            is_near=bool(groups.get("near")),
            size=(groups.get("size") or "").strip(),
            spans=_spans(match),
        )
        if groups.get("set"):
            phrase = replace(phrase, scope=_set_of(groups["set"]))
        if phrase.kind == "target":
            return self._target(phrase, start, end)
        if phrase.kind in ("than", "pace"):
            return self._than(phrase)
        if phrase.kind in ("first", "streak"):
            return self._moved(self._scoped(phrase, start, end), start, end)
        if entry.get("is_figure") and not groups.get("noun") and not self._is_of_figure(stop, end):
            return None
        if phrase.sign == 0:
            moved = self._direction(phrase.start, start, end)
            sign = -1 if moved is not None and moved.value == "down" else 1
            # A fall from a record is one from the highest.
            phrase = replace(phrase, sign=-sign if self.text.endswith("from ", start, phrase.start) else sign)
        of_year = _OF_YEAR.match(self.plain, stop + 1, end)  # `the smallest annual increase`
        moves = self._at(of_year.end() if of_year else stop + 1, "direction") if entry.get("is_figure") else []
        move = _SIGNS[moves[0].value] if moves else 0
        return self._scoped(replace(phrase, move=move), start, end)

    def _at(self, index: int, *kinds: str) -> list[Mention]:
        return [m for m in self.mentions if m.start == index and m.kind in kinds]

    def _is_of_figure(self, stop: int, end: int) -> bool:
        """Whether a superlative is one of a figure: `the highest number`, not `the highest standards`."""
        if _MARK.match(self.plain, stop, end) or self._at(stop + 1, *_NOUNS):
            return True
        following = _WORD.match(self.plain, stop + 1, end)
        return following is None or following[0] in _figures()

    def _direction(self, index: int, start: int, end: int) -> Mention | None:
        """The move that a phrase belongs to: the last one before it, else the first one after it."""
        moves = [m for m in self.mentions if m.kind == "direction" and start <= m.start < end and m.value != "flat"]
        before = [m for m in moves if m.start <= index]
        return before[-1] if before else moves[0] if moves else None

    def _moved(self, phrase: Phrase, start: int, end: int) -> Phrase | None:
        inside = [m for m in self.mentions if m.kind == "direction" and phrase.start <= m.start <= phrase.end + 1]
        moved = inside[0] if inside else self._direction(phrase.start, start, end)
        if moved is None:
            passed = [q for q in self.numbers if start <= q.start < phrase.start and q.hedge == "above"]
            return replace(phrase, sign=1) if passed and phrase.kind == "first" else None
        return replace(phrase, sign=_SIGNS[moved.value])

    def _than(self, phrase: Phrase) -> Phrase | None:
        """A comparison with another year in words: a number beside it makes it a claim of that number."""
        base = next(iter(self._at(phrase.end + 1, *_YEARS)), None)
        if base is None:
            return None
        near = (phrase.start - 2, base.end + 5)
        if any(q.start < near[1] and q.end > near[0] for q in self.numbers):
            return None
        for one, other in itertools.pairwise(self.numbers):
            if other.end == near[0] and _ALSO.fullmatch(self.text, one.end, other.start):
                return None  # `14,022 (32 per cent) fewer than in 2023/24`
        quote = self.text[phrase.start : base.end]
        first, (start, _) = phrase.spans[:-1], phrase.spans[-1]
        return replace(phrase, base=base, end=base.end, quote=quote, spans=(*first, (start, base.end)))

    def _target(self, phrase: Phrase, start: int, end: int) -> Phrase | None:
        before = _pattern(_PASSIVE).search(self.plain, start, phrase.start)
        if before is None and not _pattern(_ACTIVE).match(self.plain, phrase.end + 1, end):
            return None
        is_denied = bool(before and before["not"])
        return replace(phrase, sign=-phrase.sign if is_denied else phrase.sign)

    def _scoped(self, phrase: Phrase, start: int, end: int) -> Phrase:
        """Read among what a figure is ranked: years after the phrase, or a set that its sentence names."""
        scopes = words().table["ranking"]["scopes"]
        closing = _CLAUSE.search(self.plain, phrase.end, end)
        stop = closing.start() if closing else end
        kinds = ("since", "reformed", "ever", "years", "row")
        for kind in ("from", *kinds) if phrase.kind == "streak" else kinds:
            match = _pattern(scopes[kind]).search(self.plain, phrase.end, stop)
            if match is None:
                continue
            base = next(iter(self._at(match.end() + 1, *_YEARS)), None)
            is_since = kind in ("since", "from")
            if is_since and base is None:
                continue
            last = base.end if base is not None and is_since else match.end()
            is_next = not self.plain[phrase.end : match.start()].strip()
            spans = (*phrase.spans, (match.start(), last))
            tail = last if is_next else phrase.end
            return replace(
                phrase,
                scope="since" if is_since else "years" if kind == "reformed" else kind,
                base=base,
                spans=spans,
                end=tail,
                quote=self.text[phrase.start : tail],
            )
        if phrase.scope in ("", "set") and phrase.kind == "extreme":
            for match in _pattern(scopes["set"]).finditer(self.plain, start, end):
                tail = match.end() if not self.plain[phrase.end : match.start()].strip() else phrase.end
                tail = tail if match.start() >= phrase.end else phrase.end
                return replace(
                    phrase,
                    scope=_set_of(match["set"] or ""),
                    spans=(*phrase.spans, match.span()),
                    end=tail,
                    quote=self.text[phrase.start : tail],
                )
        return phrase


def _spans(match: re.Match[str]) -> tuple[tuple[int, int], ...]:
    """Where the words of a phrase are; those between `fewer` and `than` are about what is counted."""
    start, end = match.span("what") if "what" in match.groupdict() else (match.end(), match.end())
    return tuple(span for span in ((match.start(), start), (end, match.end())) if span[0] < span[1])


def _set_of(name: str) -> str:
    """Say which set a noun names: `regions` are regions, `NPQs` courses, `areas` authorities; empty is `of all`."""
    if not name:
        return "all"
    return next((kind for stem, kind in _SETS.items() if name.startswith(stem)), "authority")


def hidden(phrases: Iterable[Phrase], mention: Mention) -> bool:
    """Whether a phrase of the lexicon is part of a claim in words, and so says nothing of the numbers beside it."""
    if mention.kind in _YEARS:  # `the same as in 2023/24`: the number before it is of another year.
        return any(phrase.kind == "than" and phrase.sign == 0 and phrase.base == mention for phrase in phrases)
    is_limit = mention.kind in ("group", "basis", "direction") or mention.value == "other"
    return is_limit and any(phrase.covers(mention.start) for phrase in phrases)
