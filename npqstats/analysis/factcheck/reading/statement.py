"""A sentence with its numbers and phrases, and what the text has said before it."""

import itertools
import re
from collections.abc import Callable
from functools import cached_property

from npqstats.analysis.factcheck.reading.caveats import announced, caveats
from npqstats.analysis.factcheck.reading.phrases import not_this, phrases_of
from npqstats.analysis.factcheck.reading.said import NUMBER, Said
from npqstats.analysis.factcheck.reading.setting import Setting
from npqstats.analysis.factcheck.scanning.passage import Passage
from npqstats.analysis.factcheck.scanning.quantity import Quantity
from npqstats.analysis.factcheck.scanning.ranking_phrases import Phrase
from npqstats.analysis.factcheck.scanning.sentences import Sentence
from npqstats.vocabulary.claims import Mention
from npqstats.vocabulary.patterns import Pattern, lazy

_POINTS_BACK = lazy(
    r"\W*(?:A[.:]\s+)?(?:(?:in|put|to\s+put|or|looked\s+at|taken|seen)\b[^,.;:\d]{2,40},\s+)?(?:(?:(?:of|among)\s+)?(?:that|this|it|they|them|these|those(?!\s+(?:of\s+(?:you|us)|who)\b)|which)|or)\b",
    re.IGNORECASE,
)
_BEFORE_THEN = lazy(r",\s(?:having|(?:which|who)\shad)\b")
_LISTED = lazy(
    r"\s*(?:[,;→/|]|->|,?\s*(?:and|then))\s+(?:(?:and|then|finally|now|only|just)\s+)*"
    r"|,?\s+and,\s+(?:most\s+recently|finally|lastly|last\s+year),\s+(?:(?:only|just)\s+)?"
)
_AND_NOW = lazy(r"\b(?:then|now|finally|eventually)\b")
_ENDS = 2
_ROW_FROM = lazy(r"\b(?:from|since|(?:beginn|start|commenc|runn)ing(?:\s+(?:in|with|from|at))?)\s+$", re.IGNORECASE)
BY_YEAR = lazy(
    r"\bby\s+(?:(?:academic\s+|start(?:ing)?\s+)?year|cohort|intake)\b(?!\s+(?:before|earlier|ago|after|later))",
    re.IGNORECASE,
)
_YEAR_BY_YEAR = lazy(r"\byear\s+(?:by|on|after)\s+year\b|\beach\s+year\b", re.IGNORECASE)
_NUMBER_EACH = lazy(
    r"\b(?:numbers?|total|share|proportion|percentage)\s+(?:of|starting|taking)\b[^,;.\d]{0,40}?\b(?:each|every|per|an?)\s+year\b",
    re.IGNORECASE,
)
_ROW_ON = lazy(r"\s+on(?:wards?)?\b")
"""What makes a year the first of a row: `NPQ starts by year from 2021/22: 31,677, 38,906, 43,840 and 29,818`."""
_AND = lazy(
    r"[;\n]|\b(?:and|but|yet|while|with|whereas|against|versus|although|though|compared"
    r"|as\s+(?:would|will|did|do|had|was|were))\b"
)
_COMMA = lazy(r"[,(]")
_LEAD = lazy(r"[,;:]")
_SAME_POLL = lazy(r"\b(?:the|that)\s+same\s+(?:poll|survey)\b", re.IGNORECASE)
_OF_SOME = lazy(rf"(?s:.*?){NUMBER}\s+(?:of|among|in|from)(?:\s+[\w\u2019'-]+){{1,6}}[\s,]*")
"""A number of some people, of whom the next clause says what they answered: `72 per cent of secondary leaders and`."""
_COMPARES = Pattern(
    r"\b(?:(?P<more>(?:higher|more|greater|larger|bigger|faster)(?=\s+than\b)|ahead\s+of|clear\s+of)"
    r"|(?P<less>(?:lower|fewer|less|smaller|slower)(?=\s+than\b)|behind(?!\s+(?:them|it|this|these|us)\b)))\b",
    cues="than|ahead|clear|behind",
)
_SLOWS = Pattern(
    r"\b(?:(?P<more>slow(?:s|ed)|eas(?:es|ed))|(?P<less>accelerat(?:es|ed)|quicken(?:s|ed)))\b(?=[^.;:]{0,40}\bfrom\s+$)",
    cues="slow|eas|acceler|quick",
)
_THE_OTHER = lazy(
    r"(?:\s+than)?\s+(?!than\b|when\b)[A-Za-z][^,;:.()\d]{2,60}[,(]?\s*(?:(?:on|with|at|which\s+had)\s+)?",
    re.IGNORECASE,
)
"""What is between a comparing word and the second number: `more than early years leadership's`."""
PRONOUNS = frozenset({"they", "their", "its", "it", "them", "these"})


class Statement(Setting):
    """A sentence in its text, and what its phrases say of its numbers."""

    def __init__(
        self, passage: Passage, sentence: Sentence, inside: list[Quantity], carried: Said, heading: Said
    ) -> None:
        """Take a sentence with its numbers, what the sentences before it said, and what its heading says."""
        super().__init__(passage, sentence, inside, carried, heading)
        self.all = phrases_of(self)
        """The phrases that may say something of its numbers."""
        self._of: dict[tuple[str, ...], list[Mention]] = {}

    @cached_property
    def not_this(self) -> list[tuple[int, int]]:
        """Where it is said what is not counted: `rather than people`."""
        return not_this(self)

    def with_words(self, q: Quantity, is_hidden: Callable[[Mention], bool]) -> "Statement":
        """Return the sentence with words as one more number, and without the phrases that say nothing of it."""
        inside = sorted([*self.inside, q], key=lambda one: one.start)
        other = Statement(self.passage, self.sentence, inside, self.carried, self.heading)
        other.all = [m for m in other.all if not is_hidden(m)]
        return other

    def told_of(self, q: Quantity) -> tuple[str, ...]:
        """Return the clause of a number, then what it leans on, the nearest first, and last what names the survey."""
        every = sorted({*self.inside, q}, key=lambda one: one.start)
        start, ends = every[0].start, list[int]()
        lead = [m.end() for m in _LEAD.finditer(self.text, self.start, start) if self.text[m.end() : start].strip()]
        lead = lead[-1:] or [self.start]  # `Among academies, 60 per cent`: not what is only said of the survey.
        is_of_survey = any(m.value == "survey" for m in self.passage.within(lead[0], start, "event"))
        starts = [start] if is_of_survey or self.text[lead[0] : start].rstrip().endswith(":") else lead
        for first, second in itertools.pairwise(every):
            found = [match.start() for match in _AND.finditer(self.text, first.end, second.start)]
            found = found or [match.start() for match in _COMMA.finditer(self.text, first.end, second.start)]
            starts.append(found[-1] if found else second.start)
            ends.append(found[-1] if found else second.end)  # `half of those under 40`
        clauses = [
            self.text[start : one.start] + NUMBER + self.text[one.end : end]
            for one, start, end in zip(every, starts, [*ends, self.end], strict=True)
        ]
        index, opening = every.index(q), self.text[self.start : starts[0]]
        before, after = [*clauses[:index][::-1], opening], clauses[index + 1 : index + 2]
        leans = [*after, *before] if _OF_SOME.fullmatch(clauses[index]) else [*before, *after]
        if _SAME_POLL.search(" ".join((self.told, *self.carried.told[:1]))):
            leans.append(self.poll)  # `In the same poll 72 per cent of ...`
        return (clauses[index], *leans, self.question, *self.carried.told, *self.heading.told, self.poll)

    @cached_property
    def caveats(self) -> list[str]:
        """What is said of its numbers themselves, so that they are no plain figures."""
        return caveats(self)

    @cached_property
    def announced(self) -> list[str]:
        """What the sentence before says of its numbers, unless a word of it stands for what that one speaks of."""
        return [] if self.points_back else announced(self)

    @property
    def phrases(self) -> list[Phrase]:
        """The claims that it makes in words, but for those of what was so before: `NPQ starts, having peaked, fell`."""
        before = [span for span in self.asides if _BEFORE_THEN.match(self.text, *span)]
        return [
            phrase
            for phrase in self.passage.phrases[self.sentence]
            if not any(start <= phrase.start < end for start, end in before)
        ]

    def of(self, *kinds: str) -> list[Mention]:
        """List the phrases of some kinds in the sentence."""
        if kinds not in self._of:
            self._of[kinds] = [m for m in self.all if m.kind in kinds]
        return self._of[kinds]

    def within(self, start: int, end: int, *kinds: str) -> list[Mention]:
        """List the phrases of some kinds in a part of the sentence."""
        return [m for m in self.of(*kinds) if start <= m.start and m.end <= end]

    def only(self, kind: str) -> str:
        """Return the one thing of a kind that the sentence names; nothing where it names none or several."""
        values = {m.value for m in self.of(kind)}
        return values.pop() if len(values) == 1 else ""

    @cached_property
    def is_anaphoric(self) -> bool:
        """Whether the sentence begins by pointing back: `That is 1 in 5 of the workforce`."""
        return _POINTS_BACK.match(self.told) is not None

    @cached_property
    def points_back(self) -> bool:
        """Whether a word of it stands for what the sentence before speaks of: `In 2024/25 they had 29,818 starts`."""
        return self.is_anaphoric or not PRONOUNS.isdisjoint(self.tokens(self.start, self.end).split())

    @cached_property
    def place_of(self) -> dict[int, int]:
        """The place of each of its numbers, by its `id`."""
        return {id(q): n for n, q in enumerate(self.inside)}

    @property
    def is_of_each_year(self) -> bool:
        """Whether it has a year for each of its numbers, or these are a list of years."""
        named = self.years
        is_span = len(named) == len({*named}) == _ENDS and (named[1] - named[0]) // 101 + 1 == len(self.inside) > 1
        if _NUMBER_EACH.search(self.told):
            return True  # `Between 2021/22 and 2023/24 the number of NPQs started each year grew by 38 per cent.`
        return is_span or len(named) >= len(self.inside) > 1 or bool(self.row_of(self.inside))

    def row_of(self, numbers: list[Quantity]) -> tuple[int, ...]:
        """The years of some numbers, where these are a list from one year on, or of as many years as there are."""
        named, pairs, years = self.of("academic"), [*itertools.pairwise(numbers)], self.passage.anchor.periods
        is_list = len(pairs) > 1 and all(_LISTED.fullmatch(self.text, a.end, b.start) for a, b in pairs)
        if not is_list or len(named) > 1:
            return ()
        is_after = bool(named) and named[0].start >= numbers[-1].end
        if is_after and len(numbers) == len(years) and _YEAR_BY_YEAR.search(self.text, self.start, numbers[0].start):
            return years  # `Year by year starts have gone 31,677, 38,906, 43,840 and, most recently, 29,818, ...`
        if is_after:
            until = tuple(year for year in years if year <= int(named[0].value))
            # `98.7%, 96.7% and now 93.9% for the 2023/24 lot`
            is_by_year = _AND_NOW.search(self.text, numbers[-2].end, numbers[-1].start) is not None
            is_by_year = is_by_year or BY_YEAR.search(self.text, self.start, numbers[0].start) is not None
            return until[-len(numbers) :] if is_by_year and len(until) >= len(numbers) else ()
        if not named and BY_YEAR.search(self.text, self.start, numbers[0].start):
            return years[: len(numbers)] if len(numbers) <= len(years) else ()
        for m in named:
            is_led = _ROW_FROM.search(self.text, self.start, m.start) or _ROW_ON.match(self.text, m.end)
            years = tuple(year for year in years if is_led and m.end <= numbers[0].start and year >= int(m.value))
        return years[: len(numbers)] if len(years) == len(numbers) or (named and len(years) > len(numbers)) else ()

    @cached_property
    def years(self) -> list[int]:
        """The academic years that it names, in order."""
        return [int(m.value) for m in self.of("academic")]

    @cached_property
    def comparisons(self) -> list[tuple[int, int]]:
        """Where words compare two numbers of the sentence and these bear them out: `29,526 was lower than 31,510`."""
        compared = (
            (_COMPARES.search(self.text, first.end, second.start) or _SLOWS.search(self.text, self.start, first.start))
            for first, second in itertools.pairwise(self.inside)
        )
        pairs = zip(itertools.pairwise(self.inside), compared, strict=True)
        return [match.span() for pair, match in pairs if match and _bears_out(*pair, match)]

    def is_contradicted(self, first: Quantity, second: Quantity) -> bool:
        """Whether words compare two numbers that say otherwise: `29,818, more than the 43,840 of the year before`."""
        match = _COMPARES.search(self.text, first.end, second.start)
        if match is None or first.kind != second.kind or first.value == second.value:
            return False
        # `after more than 43,000` compares nothing
        is_other = _THE_OTHER.fullmatch(self.text, match.end(), second.start) is not None
        return is_other and not _bears_out(first, second, match)


def _bears_out(first: Quantity, second: Quantity, compares: re.Match[str]) -> bool:
    """Whether two numbers differ as the words between them say."""
    is_alike = first.kind != second.kind or first.value == second.value
    return not is_alike and (first.value > second.value) == (compares.lastgroup == "more")
