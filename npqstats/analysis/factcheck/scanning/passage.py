"""A text to be read: its sentences, its numbers, and the phrases that say something of them."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from npqstats.analysis.factcheck.scanning.payers import payers
from npqstats.analysis.factcheck.scanning.quantity import Quantity
from npqstats.analysis.factcheck.scanning.ranking_phrases import Phrases, hidden
from npqstats.analysis.factcheck.scanning.sentences import sentences
from npqstats.vocabulary.areas import ENGLAND
from npqstats.vocabulary.claims import Lexicon, Mention
from npqstats.vocabulary.patterns import Pattern, lazy
from npqstats.vocabulary.periods import AcademicYear
from npqstats.vocabulary.tokens import Tokens

_NEAR = 800
"""Characters within which a text goes on speaking of NPQs once it has named them."""
_BESIDE = 300
"""Characters before and after a sentence within which a caveat is one of its figures."""
_PROVISIONAL = Pattern(
    r"\b(?:provisional|interim|incomplete|unfinished|not\s+(?:yet\s+)?(?:final|complete|finished|comparable)|cannot\s+(?:yet\s+)?be\s+(?:compared|judged)"
    r"|ha(?:ve|s)(?:\s+not|n['’]t)\s+(?:yet\s+)?(?:finished|reached\s+the\s+end|had\s+time)|will\s+(?:still\s+|therefore\s+|thus\s+|also\s+|continue\s+to\s+)?(?:rise|increase|grow)"
    r"|(?:take|last|run)s?\s+(?:for\s+)?up\s+to\s+(?:22|twenty-two)\s+months"
    r"|(?:mid-?\s?course|part-?\s?way\s+through)|still\s+(?:studying|under\s?way|in\s+progress|on\s+(?:their|the)\s+(?:course|programme))"
    r"|(?:do|should|must|can)\s?(?:not|n['’]t)\s+read\s+(?:too\s+much|much|anything)\s+into"
    r"|(?:remember|consider|recall|realise)\s+how\s+long\s+(?:\w+\s+){1,2}takes?"
    r"|too\s+(?:early|soon)\s+to\s+(?:say|tell|judge|know|compare))\b",
    cues="provisional|interim|incomplete|unfinished|not|n't|n’t|will|still|too|mid|part|months|how long",
)
_DENSE = 150
"""Words of a text for each time that it names NPQs, if it is about them throughout, until it comes to another topic."""
_SHORT = 40
"""Words up to which a passage is taken to be about NPQs where it speaks of starts and the like without naming them."""


@dataclass(frozen=True)
class Anchor:
    """Which years `last year` and its like may mean."""

    newest: int
    last: int
    this: int
    periods: tuple[int, ...]
    """All years that there are."""


def is_npq(mention: Mention) -> bool:
    """Whether a phrase names NPQs."""
    text = mention.text.lower()
    return "npq" in text or "professional qualification" in text


class Passage:
    """A text with what is in it, and where."""

    def __init__(
        self,
        text: str,
        tokens: Tokens,
        found: Sequence[Quantity],
        lexicon: Lexicon,
        anchor: Anchor,
        figures: Sequence[Quantity] = (),
    ) -> None:
        """Find the sentences and phrases of a text whose numbers are found.

        Args:
            text: The text.
            tokens: Its tokens.
            found: Its numbers.
            lexicon: The words.
            anchor: Which years `last year` and its like may mean.
            figures: Those of its numbers that are published figures of NPQs; several make a text that does not name
                them one about them.
        """
        self.text, self.tokens, self.anchor = text, tokens, anchor
        self.figures = frozenset(q for q in figures if q.digits >= _LARGE)
        """Those of its numbers that are a figure of NPQs to the last of many digits."""
        self.sentences = sentences(text)
        mentions = sorted([*payers(text, lexicon.mentions(text)), *years(text)], key=lambda m: (m.start, m.end))
        mentions = sorted(
            [*mentions, *pointed_at(text, mentions), *in_turn(text, mentions)], key=lambda m: (m.start, m.end)
        )
        names = [m for m in mentions if m.kind in ("group", "area", "course")]
        self.quantities = [q for q in found if not any(m.start <= q.start and q.end <= m.end for m in names)]
        phrases = Phrases(text, mentions, self.quantities)
        self.phrases = {sentence: phrases.inside(sentence.start, sentence.end) for sentence in self.sentences}
        """The claims in words of each sentence."""
        claims = [phrase for inside in self.phrases.values() for phrase in inside]
        self.mentions = [m for m in mentions if not hidden(claims, m)]
        self._starts = [m.start for m in self.mentions]
        self._npqs = [m.start for m in self.mentions if is_npq(m)] or self._courses
        self._npqs = self._npqs or self._told_by(figures)
        self.is_npq = bool(self._npqs)
        told = (m.start for m in self.mentions if m.kind in ("course", "measure"))
        self._spoken_of = sorted({*self._npqs, *told, *(q.start for q in self.figures)})
        """Where NPQs are named, or their figures, or what is said of little else: a text goes on speaking of them."""
        self._others = [m.start for m in self.mentions if m.kind == "topic" and m.value == "other"]
        length = len(text.split())
        self.is_short = length <= _SHORT
        self._is_dense = len(self._npqs) > 2 and length <= _DENSE * len(self._npqs)
        polls = [m.start for m in self.mentions if m.value == "survey"]
        self.polls = [one for one in self.sentences if any(one.start <= start < one.end for start in polls)]
        """The sentences that name a survey."""

    @property
    def _courses(self) -> list[int]:
        """Where courses are named, in a text that names several and counts what is hardly counted of anything else."""
        named = [m for m in self.mentions if m.kind == "course"]
        told = any(m.kind == "measure" or (m.kind == "counted" and m.text.lower() in _STARTS) for m in self.mentions)
        return [m.start for m in named] if told and len({m.value for m in named}) > 1 else []

    def _told_by(self, figures: Sequence[Quantity]) -> list[int]:
        """Where figures of NPQs are, in a text that has several and says what became of courses or of those on them."""
        named = {m.value for m in self.mentions if m.kind in ("event", "measure", "coverage")}
        is_of_courses = any(m.kind == "counted" and m.text.lower() in _COURSES for m in self.mentions)
        is_told = is_of_courses and not named.isdisjoint(_OUTCOMES)
        is_told = is_told and len({q.value for q in figures}) >= _FIGURES
        is_begun = is_of_courses and "start" in named
        large = {q.value for q in figures if q.digits >= _LARGE}
        return [q.start for q in figures] if is_told or (is_begun and len(large) >= _LARGE_FIGURES) else []

    def within(self, start: int, end: int, *kinds: str) -> list[Mention]:
        """List the mentions of some kinds in a part of the text."""
        low, high = bisect_left(self._starts, start), bisect_left(self._starts, end)
        return [m for m in self.mentions[low:high] if m.kind in kinds and m.end <= end]

    @cached_property
    def named(self) -> dict[tuple[str, str], int]:
        """The courses, groups and areas, and what is counted, each with the place where it is named first."""
        told = [m for m in reversed(self.mentions) if m.kind in ("course", "group", "area", "counted")]
        return {(m.kind, m.value): m.start for m in told}

    def is_provisional_near(self, start: int, end: int) -> bool:
        """Whether it is said beside a part of the text, before or after it, that figures will still grow."""
        return any(start - _BESIDE <= first and last <= end + _BESIDE for first, last in self._provisional)

    @cached_property
    def _provisional(self) -> list[tuple[int, int]]:
        return [match.span() for match in _PROVISIONAL.finditer(self.text)]

    def has_npq_near(self, index: int) -> bool:
        """Whether NPQs are named shortly before a position, or have been with no other topic since."""
        if not bisect_right(self._npqs, index):  # A text may come to the word after its first figures.
            return any(start - index <= _AHEAD for start in self._npqs[:1])
        last = self._spoken_of[bisect_right(self._spoken_of, index) - 1]
        return index - last <= _NEAR or (self._is_dense and not any(last < other < index for other in self._others))


_ACADEMIC = lazy(
    r"\b(?:academic\s+year\s+)?(20\d\d)[^\S\n]?[-–/][^\S\n]?(?:(20)?(\d\d))\b(?![-/]\d)|\b(20\d\d)(\d\d)\b(?!,)"
    r"|\b(?:academic\s+year\s+|between\s+)?(20\d\d)\s+(?:to|and)\s+(20\d\d)\b(?![^\S\n]?[-–/]\s?\d\d)"
)
_YEAR_TO = lazy(
    r"\b(?:academic\s+)?year\s+(?:up\s+)?(?:to|ending|ended)\s+(?:in\s+)?(?:July|August|summer)\s+(202[2-9])\b"
)
_OLD = Pattern(
    r"\b(?:19\d\d|200\d|201\d|2020)(?:\s?[-–/]\s?(?:20)?\d\d)?\b(?!,\d)", cues="19|200|201|2020", flags=re.NOFLAG
)
_OLD_SPAN = lazy(
    r"\b(?:two|three|four)\s+years\s+(?:up\s+)?to\s+(?:(?:the\s+)?summer\s+(?:of\s+)?)?(?:July\s+)?(20(?:0\d|1\d|2[01]))\b(?!\s?[-–/]\s?\d\d)()|"
    r"\b(?:(?:between|from|years)\s+)?(20(?:0\d|1\d|20))\s+(?:and|to|until)\s+(20\d\d)\b(?!\s?[-–/]\s?\d\d)"
)
"""Years before the reform: `between 2017 and 2021`."""
_CALENDAR = lazy(r"(?<![\d,.£/-])\b(20\d\d)\b(?![,./-]\d|\s?%)")
COHORT = r"(?:cohort|intake|starter|entrant|joiner|participant|lot|crop|batch|group|vintage|wave|ones\s+who)"
"""What people call those who started in one year."""
_INTAKE = lazy(rf"\s+(?:NPQ\s+)?{COHORT}s?\b", re.IGNORECASE)
_AFTER_REFORM = Pattern(
    r"\b(?:reforms?|overhaul|relaunch|launch|revamp|(?:re)?launched|(?:re)?introduced|reformed|overhauled|revamped|began|arrived|came\s+in)"
    r"(?:\s+by\s+(?:the\s+)?\w+)?\s+(?:in|of)\s+(?:the\s+)?(?:(?:autumn|September)\s+)?(?:of\s+)?$",
    cues="arrived|began|came|introduced|launch|overhaul|reform|revamp",
)
_REFORM = lazy(r"\s+(?:reforms?|overhaul|relaunch|launch|revamp|shake-up)\b", re.IGNORECASE)
"""What makes 2021 the year of the reform, of which nothing is counted: `since the 2021 reforms`."""
_SINCE = lazy(r"(?:since|since (?:autumn|september|the reforms of)|from)\s+$", re.IGNORECASE)
_SINCE_LATER = Pattern(
    r"\bsince\s+(?:(?:autumn|September|the\s+autumn\s+of)\s+)?(202[2-9])\b(?!\s?[-–/]\s?\d)", cues="since"
)


_FIGURES, _LARGE_FIGURES, _LARGE = 3, 2, 5
"""Figures of NPQs in a text that names none which make it one about them: or two, where these have five digits."""
_OUTCOMES = ("complete", "pass", "completion-rate", "pass-rate")
_AHEAD = 800
"""Characters ahead in which NPQs are named of which a text is that has not named them yet."""
_STARTS = ("starts", "course starts", "participants", "scholarships")
_COURSES = (*_STARTS, "courses", "qualifications", "programmes", "leadership courses", "leadership qualifications")
_BACK = 200
_ORDINAL = Pattern(
    r"\b(?:in|for|of|during|by|and|to)\s+the\s+(?P<word>second|third|fourth|next)\b(?=\s*[,.;)]|\s+\d|\s+(?:and|it|the|there|they)\b|$)",
    cues="fourth|next|second|third",
)
_FORMER = Pattern(
    r"\b(?:the\s+)?(?P<word>former|latter)\b|\bthe\s+(?P<nth>first|second|last)\s+of\s+(?:those|these)(?:\s+two)?\s+years\b",
    cues="former|latter|of those|of these",
)
_REGION = Pattern(
    r"\b(?:the|this|that)\s+(?:region|borough|county)(?:['’]s)?(?!\s+of\b)\b", cues="region|borough|county"
)
_EAST_OF_ENGLAND = "E12000006"
_EAST = Pattern(r"\b[Tt]he\s+East\b(?!\s+(?:of|Midlands|Riding|End|Coast)\b|['’]?-)", cues="the east", flags=re.NOFLAG)
"""What is short for the East of England in a text that has named it."""
_HELD_AGAINST = lazy(r"\b(?:than|ahead\s+of|behind|compared\s+with|against)\s+(?:(?:in|for)\s+)?(?:the\s+)?$")
_PAIRED = ("funding", "course", "area", "academic")
"""What `the former` and `the latter` may be, likeliest first."""


def pointed_at(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """Take `the former`, `the latter` and `the region` for what was named before.

    The former and the latter are the one or the other of the last two things of a kind that differ, the region is the
    only area of the paragraph so far.
    """
    found = []
    for match in _FORMER.finditer(text):
        start = text.rfind("\n\n", 0, max(text.rfind("\n\n", 0, match.start()), 0)) + 1  # The paragraph before
        named = [m for m in mentions if start <= m.start < match.start()]
        pairs = {kind: list(dict.fromkeys(m.value for m in reversed(named) if m.kind == kind)) for kind in _PAIRED}
        kind = next((kind for kind, values in pairs.items() if len(values) == 2), None)
        is_year = match["nth"] or text[: match.start()].endswith(("in ", "In "))
        kind = "academic" if is_year and len(pairs["academic"]) == 2 else kind
        if kind is not None:
            value = pairs[kind][(match["word"] or match["nth"]).lower() in ("former", "first")]
            found.append(Mention(match.start(), match.end(), kind, value, match[0]))
    east = min((m.start for m in mentions if m.value == _EAST_OF_ENGLAND and " of " in m.text), default=len(text))
    found += [Mention(*match.span(), "area", _EAST_OF_ENGLAND, match[0]) for match in _EAST.finditer(text, east)]
    for match in _REGION.finditer(text):
        if area := _region_before(text, [*mentions, *found], match.start()):
            found.append(Mention(match.start(), match.end(), "area", area, match[0]))
    return found


def _region_before(text: str, mentions: Sequence[Mention], index: int) -> str:
    """Name the only area of the paragraph so far, else that of the one before; of two compared the first."""
    stop = index
    for _ in range(2):
        start = text.rfind("\n\n", 0, stop) + 1
        named = [m for m in mentions if m.kind == "area" and start <= m.start < index and m.value != ENGLAND[0]]
        named.sort(key=lambda m: m.start)
        if named:
            held = _HELD_AGAINST.search(text, named[0].end, named[-1].start)
            is_one = len({m.value for m in named}) == 1 or held is not None
            return named[0].value if is_one else ""
        stop = max(start - 1, 0)
    return ""


def in_turn(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """Take `the second` and `the next` for years where the first year is named before."""
    firsts = [m.end for m in mentions if (m.kind, m.value) == ("year", "first")]
    return [
        Mention(*match.span(), "year", {"next": "after"}.get(match["word"].lower(), match["word"].lower()), match[0])
        for match in _ORDINAL.finditer(text)
        if any(end <= match.start() < end + _BACK and "\n\n" not in text[end : match.start()] for end in firsts)
    ]


def years(text: str) -> list[Mention]:
    """Find the years that a text names.

    Returns:
        Mentions, in no order: academic (202425), calendar (2025), odd (in no academic year, or in several), or old
        (before the reform).

    >>> [(year.kind, year.value) for year in years("In 2024/25, as in 2019 and for the 2022 cohort")]
    [('academic', '202425'), ('old', '2019'), ('academic', '202223')]
    """
    found: list[Mention] = []
    taken: set[int] = set()
    for match in _ACADEMIC.finditer(text):
        start, first = next((match.start(n), match[n]) for n in (1, 4, 6) if match[n])
        last = match[3] or match[5] or match[7][-2:]
        is_pair = (int(first) + 1) % 100 == int(last)
        if is_pair or match[1]:
            kind = "old" if int(first) < 2021 else "academic" if is_pair else "odd"
            found.append(Mention(start, match.end(), kind, first + last if is_pair else first, match[0]))
            taken.update(range(*match.span()))
    for match in _YEAR_TO.finditer(text):
        found.append(Mention(*match.span(), "academic", str(AcademicYear(int(match[1]) - 1).code), match[0]))
        taken.update(range(*match.span()))
    for match in _OLD_SPAN.finditer(text):
        if match.start(1) in taken:
            continue
        found.append(Mention(*match.span(), "old", next(filter(None, match.groups())), match[0]))
        taken.update(range(*match.span()))
    for match in _OLD.finditer(text):
        if match.start() not in taken:
            found.append(Mention(*match.span(), "old", match[0][:4], match[0]))
            taken.update(range(*match.span()))
    calendar = [
        match for match in _CALENDAR.finditer(text) if match.start() not in taken and not _is_of_reform(text, match)
    ]
    cohorts = [match for match in calendar if int(match[1]) >= 2021 and _INTAKE.match(text, match.end())]
    found += [Mention(*match.span(1), "academic", str(AcademicYear(int(match[1])).code), match[0]) for match in cohorts]
    taken.update(match.start() for match in cohorts)
    found += [
        Mention(*match.span(1), "odd", match[1], match[0])
        for match in _SINCE_LATER.finditer(text)
        if match.start(1) not in taken
    ]
    return found + [
        Mention(*match.span(1), "calendar", match[1], match[0])
        for match in calendar
        if match.start() not in taken and not _SINCE.search(text[max(0, match.start() - 22) : match.start()])
    ]


def _is_of_reform(text: str, year: re.Match[str]) -> bool:
    """Whether a year is that of the reform: `since the 2021 reforms`, `since the suite was launched in 2021`."""
    before = text[max(0, year.start() - 50) : year.start()]
    return year[1] == "2021" and bool(_REFORM.match(text, year.end()) or _AFTER_REFORM.search(before))
