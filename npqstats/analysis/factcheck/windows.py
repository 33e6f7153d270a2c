"""A sentence and what stands around each of its numbers."""

import itertools
import re
from bisect import bisect_left, bisect_right
from functools import cached_property
from typing import TYPE_CHECKING

from npqstats.analysis.factcheck.quantities import Quantity
from npqstats.analysis.factcheck.said import Said
from npqstats.analysis.factcheck.sentences import Sentence
from npqstats.vocabulary.claims import Mention, words

if TYPE_CHECKING:
    from npqstats.analysis.factcheck.reader import Reader

BREAK = re.compile(
    r"[;:|\u2013\u2014]|\.\s|,?\s(?:while|whereas|but|although|though|compared|against|versus|vs|followed|as)\b"
    r"|,\s*(?:and|or|up|down|from|of\s+which|with|of\s+whom)\b|\band\s+(?:in|by|for|the|of|another|non|un)\b|→|->"
)
_ADJECTIVES = words().reading["adjectives"]
_FUNCTION = words().reading["function"]
OF_WHOLE = re.compile(
    r"\s*(?:\(|,)?\s*(?:out\s+)?of\s+(?:all|the|these|those|its|our|England['’]s|(?:country|nation)['’]s|their|a|total|some|around|about|nearly|\s)*",
    re.IGNORECASE,
)
DIRECT = re.compile(
    r"\s*[,(]?\s*(?:or|that\s+is|i\.e\.|equivalent\s+to|equal\s+to|which\s+is|representing|about|around|some|nearly)?\s*(?:about\s+|some\s+|around\s+|nearly\s+|almost\s+|just\s+(?:over|under)\s+)?",
    re.IGNORECASE,
)
REST = re.compile(
    r"\b(?:have|has|had|do|does|did|was|were|are|is)(?:\s+still)?(?:\s+not|n['’]t|\s+never|\s+yet\s+to|\s+still\s+to|\s+had\s+no(?:ne|body)?"
    r"|\s+no(?:ne|body|[\s-]one)?)\b|\b(?:who|that)\s+never\b|\bwithout\s+(?:any|a\s+single|one\b|an?\s+NPQ)|\bwith\s+(?:no|none|nobody)\b"
    r"|\bnot\s+(?:yet\s+)?(?:been\s+)?(?:completed|finished|passed|reached|started)\b|\bnever\s+(?:had|sent|used)\b",
    re.IGNORECASE,
)
"""Words after a number that make it the number of those that did not."""
_WITHOUT_ANY = re.compile(r"\b(?:with\s+no|with\s+nobody|without\s+any|without\s+an?)\b[^.;]*:\s*(?=$)", re.IGNORECASE)
ELLIPSIS = re.compile(
    r"\b(?:was|were|are|is|did|had|have|has)(?:\s+not|n['’]t)\s*(?:$|[.,;:)]|and\b|funded\b)", re.IGNORECASE
)
"""Words after a number that turn round what the one before was: `23,477 were funded and 6,063 were not`."""
_ASIDES = re.compile(
    r"\s[\u2013\u2014-]\s[^\u2013\u2014]{3,160}?\s[\u2013\u2014-]\s|,\s(?:which|who|whose|launched|introduced|created|mandatory|compulsory)\b[^,;]{3,160},"
    r"|,[\"”’']?\s(?:[\w’']+\s){1,6}?(?:said|told|added|says)\b[^.;]{0,60}\.?$",
)
PERFECT = re.compile(
    r"\b(?:has|have|had|’ve|'ve)\s+(?:\w+\s+){0,2}?(?:now\s+|already\s+|ever\s+)?(?:been|had|started|begun|taken|done|sent"
    r"|completed|taken up|undertaken|enrolled|signed|reached|passed|finished|embarked)\b"
)
_MONTH = r"(?P<month>[Ss]pri|[Ss]umm|[Aa]utu|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?,?\s+"
AS_OF = re.compile(
    rf"\b(?i:by|as\s+of|as\s+at|up\s+to|until)\s+(?:the\s+(?:end\s+of\s+)?)?(?:\d{{1,2}}\s+)?{_MONTH}(?:of\s+)?(?P<year>20[23]\d)\b"
)
_APPOSITION = re.compile(r"[^,;:.()]{0,60}[,(]\s*(?:or\s+|that\s+is\s+|some\s+|about\s+|only\s+|just\s+)*")
_PREDICATE = re.compile(
    r"[^,;:.()]{0,60}[,)]\s*(?P<verb>(?:had|have|has|was|were|are|is|took|began|started|completed|sent)\b)"
)
"""An apposition with a number of its own, and the verb of both after it."""
_OF_A_TOTAL = re.compile(
    r"(?<!one )\b[Oo](?:ut of|f)\s+(?:(?:the|all|a\s+total\s+of)\b\s*)?(?:(?!these|those|them|whom|which)[\w'’]+\s+)?$"
)
_COMPARES = re.compile(
    r"\b(?:(?P<more>higher|more|greater|larger|bigger|faster)|(?P<less>lower|fewer|less|smaller|slower))\b(?=\s+than\b)",
    re.IGNORECASE,
)
_SLOWS = re.compile(
    r"\b(?:(?P<more>slow(?:s|ed)|eas(?:es|ed))|(?P<less>accelerat(?:es|ed)|quicken(?:s|ed)))\b(?=[^.;:]{0,40}\bfrom\s+$)",
    re.IGNORECASE,
)
_BUT_NOT = re.compile(r"(?<=completed but )not\s+passed\b")
_INCLUDES = re.compile(r"\s+(?:\w+\s+){1,2}includ(?:e[sd]?|ing)\b")
_ONE_SCHOOL = re.compile(r"\b(?:every|each|a|one|no|per|single)\s+$", re.IGNORECASE)
_FIRST_OF_ITS_OWN = re.compile(r"\s+(?:it|that|in\s+which|of\s+(?:its|operation|the\s+course))\b")
_APPOSED = re.compile(r"\s*[,(:]\s*(?=20\d\d[/-])")
_LEADS_IN = re.compile(r"(?!.*\b(?:from|than|with|against|by|to|and|or|of)\b)[^,;:\n]{0,30}", re.IGNORECASE)
KINDS = (
    "topic",
    "counted",
    "event",
    "opinion",
    "measure",
    "coverage",
    "funding",
    "basis",
    "year",
    "span",
    "direction",
    "group",
    "area",
    "course",
    "without",
    "academic",
    "calendar",
    "odd",
    "old",
)


class Windows:
    """One sentence: the text and the phrases around each of its numbers."""

    def __init__(
        self, reader: "Reader", sentence: Sentence, inside: list[Quantity], carried: Said, heading: Said
    ) -> None:
        """Take the sentence with its numbers, and what the sentences before it said."""
        self.reader, self.text = reader, reader.text
        self.sentence, self.inside = sentence, inside
        self.carried, self.heading = carried, heading
        self.start, self.end = sentence.start, sentence.end
        self._starts = [q.start for q in inside]
        self._of: dict[tuple[str, ...], list[Mention]] = {}
        self._befores: dict[int, str] = {}
        self._gaps: dict[int, tuple[int, int]] = {}
        self._predicates: dict[int, tuple[int, int]] = {}
        self._parts_known: dict[int, Quantity | None] = {}
        numbers = [q.start for q in inside]
        spans = [match.span() for match in _ASIDES.finditer(self.text, self.start, self.end)]
        self.asides = [span for span in spans if not any(span[0] <= index < span[1] for index in numbers)]
        self._clauses = [span for span in spans if span not in self.asides]
        self.all = [
            m
            for m in reader.within(self.start, self.end, *KINDS)
            if not self._is_hedge(m)
            and not self._is_aside(m)
            and not (m.text.lower() == "school" and not _ONE_SCHOOL.search(self.text[self.start : m.start]))
            and not any(start <= m.start < end for start, end in self.asides)
            and not (m.value in ("first", "second", "third") and _FIRST_OF_ITS_OWN.match(self.text, m.end))
            and not self._is_explained(m)
        ]

    def _is_explained(self, mention: Mention) -> bool:
        """Whether `first year` is said at once to be which: `in its first year, 2022/23`."""
        named = _APPOSED.match(self.text, mention.end) if (mention.kind, mention.value) == ("year", "first") else None
        if named is None:
            return False
        year = self.reader.within(named.end(), named.end() + 9, "academic")
        is_of_its_own = self.text[: mention.start].rstrip().endswith(("its", "their"))
        return bool(year) and (is_of_its_own or int(year[0].value) == min(self.reader.periods))

    def _is_hedge(self, mention: Mention) -> bool:
        """Whether `more` or `fewer` belongs to the number after it: `more than 144,000`."""
        if mention.kind != "direction" or mention.text.lower() not in (
            "more",
            "less",
            "fewer",
            "greater",
            "higher",
            "lower",
        ):
            return False
        match = re.compile(r"\s+than\s+(?:the\s+)?").match(self.text, mention.end)
        return match is not None and any(match.end() == q.start or mention.start == q.start for q in self.inside)

    def _is_aside(self, mention: Mention) -> bool:
        """Whether a noun is only a group in brackets: `NPQs (female)`."""
        return (
            mention.kind == "counted"
            and self.text[: mention.start].endswith("(")
            and self.text[mention.end : mention.end + 1] == ")"
        )

    def within(self, start: int, end: int, *kinds: str) -> list[Mention]:
        """List the mentions of some kinds in a part of the sentence."""
        return [m for m in self.of(*kinds) if start <= m.start and m.end <= end]

    @property
    def is_anaphoric(self) -> bool:
        """Whether the sentence begins by pointing back: `That is 1 in 5 of the workforce`."""
        return (
            re.match(r"\W*(?:that|this|it|they|these|or|which)\b", self.text[self.start : self.end], re.IGNORECASE)
            is not None
        )

    def is_perfect(self, q: Quantity) -> bool:
        """Whether it is said in the perfect, which looks back over all years: `have started`."""
        start = self.start if q.kind in ("percent", "points", "factor") else max(self.start, q.start - 70)
        return bool(PERFECT.search(self.text, start, min(self.end, q.end + 90)))

    @staticmethod
    def _as_of_year(until: re.Match[str]) -> int:
        """The academic year in which a date lies: 202122 of `by April 2022`."""
        first = int(until["year"]) - (until["month"].lower() not in ("sep", "oct", "nov", "dec", "autu"))
        return first * 100 + (first + 1) % 100

    def predicate(self, q: Quantity) -> tuple[int, int]:
        """What is said of a number after the one beside it: `27,889 teachers, 5.5 per cent of them, had begun ...`."""
        if q.start not in self._predicates:
            self._predicates[q.start] = self._after_apposition(q)
        return self._predicates[q.start]

    def _after_apposition(self, q: Quantity) -> tuple[int, int]:
        later = [other for other in self.inside if other.start >= q.end]
        if not later or later[0].kind not in ("percent", "count"):
            return q.end, q.end
        between = self.text[q.end : later[0].start]
        after = _PREDICATE.match(self.text, later[0].end, self.end)
        if after is None or not _APPOSITION.fullmatch(between):
            return q.end, q.end
        return after.start("verb"), self.gap_after(later[0])[1]

    def following(self, q: Quantity, *kinds: str) -> list[Mention]:
        """List the mentions of some kinds in what is said of a number after it."""
        return [*self.within(*self.gap_after(q), *kinds), *self.within(*self.predicate(q), *kinds)]

    def segment(self, q: Quantity) -> tuple[int, int]:
        """The part of the sentence between semicolons that holds a number."""
        start = self.text.rfind(";", self.start, q.start)
        end = self.text.find(";", q.end, self.end)
        return (start + 1 if start >= 0 else self.start), (end if end >= 0 else self.end)

    def of(self, *kinds: str) -> list[Mention]:
        """List the mentions of some kinds in the sentence."""
        if kinds not in self._of:
            self._of[kinds] = [m for m in self.all if m.kind in kinds]
        return self._of[kinds]

    def only(self, kind: str) -> str:
        """Return the one thing of a kind that the sentence names; nothing where it names none or several."""
        values = {m.value for m in self.of(kind)}
        return values.pop() if len(values) == 1 else ""

    def before(self, q: Quantity) -> str:
        """The tokens of the sentence before a number and its hedges."""
        if q.start not in self._befores:
            self._befores[q.start] = self.lead(self.start, q)
        return self._befores[q.start]

    def tokens(self, start: int, end: int) -> str:
        """The tokens between two places of the sentence: every one with a space before it, and one at the end."""
        return self.reader.tokens.between(start, min(end, self.end))

    def lead(self, start: int, q: Quantity) -> str:
        """The tokens between a place and a number with its hedges."""
        return words().unhedged(self.reader.tokens.between(start, q.start))

    def lead_start(self, q: Quantity) -> int:
        """Where the hedges before a number begin."""
        tokens = self.reader.tokens
        return tokens.back(q.start, tokens.between(self.start, q.start).count(" ") - self.before(q).count(" "))

    def gap_after(self, q: Quantity) -> tuple[int, int]:
        """The text from a number to the next one or to the end of the clause."""
        if q.start not in self._gaps:
            end = self.next_start(q)
            end = min([end, *(last for first, last in self._clauses if first <= q.start < last)])
            match = BREAK.search(self.text, q.end, end)
            self._gaps[q.start] = (q.end, match.start() if match else end)
        return self._gaps[q.start]

    def gap_before(self, q: Quantity) -> tuple[int, int]:
        """The text from the number before to this one."""
        index = bisect_left(self._starts, q.start)
        start = self.inside[index - 1].end if index else self.start
        return max([start, *(first for first, last in self._clauses if first <= q.start < last)]), q.start

    def next_start(self, q: Quantity) -> int:
        """Where the next number begins, or the sentence ends."""
        index = bisect_right(self._starts, q.start)
        return self._starts[index] if index < len(self._starts) else self.end

    def pick(self, q: Quantity, *kinds: str, is_far: bool = True) -> Mention | None:
        """Choose the mention that goes with a number: right after it, else right before, else earlier, else later."""
        later = self.next_start(q)
        after = [m for m in self.within(*self.gap_after(q), *kinds) if not self.is_of_next(q, m, later)]
        before = self.within(*self.gap_before(q), *kinds)
        if before and re.fullmatch(r"\s*[(:\u2013\u2014-]?\s*", self.text[before[-1].end : q.start]):
            return before[-1]
        if after and not (before and "," in self.text[q.end : after[0].start]):
            return after[0]
        if before:
            return before[-1]
        if not is_far:
            return None
        earlier = [m for m in self.of(*kinds) if m.end <= q.start]
        if earlier:
            return earlier[-1]
        return None

    def rest(self, q: Quantity) -> re.Match[str] | None:
        """Find the words that make a number the number of those that did not, after it in its clause."""
        before = _WITHOUT_ANY.search(self.text, *self.gap_before(q))
        if before:
            return before
        start, end = self.gap_after(q)
        if but := _BUT_NOT.search(self.text, start, self.next_start(q)):
            return but if "," not in self.text[start : but.start()] else None
        whole = self._part_of(q)
        found = REST.search(self.text, start, self.end if whole is not None and whole.start >= q.end else end)
        return found or REST.search(self.text, *self.predicate(q))

    @cached_property
    def rests(self) -> list[tuple[int, int]]:
        """Where the words are that make any number of the sentence the number of those that did not."""
        return [found.span() for found in map(self.rest, self.inside) if found]

    @cached_property
    def comparisons(self) -> list[tuple[int, int]]:
        """Where words compare two numbers of the sentence and these bear them out: `29,526 was lower than 31,510`."""
        found = []
        for first, second in itertools.pairwise(self.inside):
            match = _COMPARES.search(self.text, first.end, second.start) or _SLOWS.search(
                self.text, self.start, first.start
            )
            if match is None or first.kind != second.kind or first.value == second.value:
                continue
            if (first.value > second.value) == (match.lastgroup == "more"):
                found.append(match.span())
        return found

    def is_of_next(self, q: Quantity, mention: Mention, later: int) -> bool:
        """Whether a phrase after a number leads in the next one: `38,906, in 2023/24 43,840`."""
        between = self.text[mention.end : later]
        if later == self.end:
            return False
        is_apart = re.search(r"[,;\n]|\b(?:and|than|against|to)\b", self.text[q.end : mention.start]) is not None
        if re.fullmatch(r"\s*\(\s*", between):
            # `29,818 in 2024/25 (43,840 in 2023/24)`: the number in brackets has a year of its own.
            closing = self.text.find(")", later)
            return not self.within(later, closing if closing >= 0 else self.end, mention.kind)
        return re.fullmatch(r"\s*:\s*", between) is not None or (is_apart and _LEADS_IN.fullmatch(between) is not None)

    def head(self, q: Quantity) -> tuple[Mention | None, list[str], bool]:
        """Find the noun that a count counts, the words before it that are not known, and whether it is another noun."""
        index, unknown = q.end, list[str]()
        for _ in range(7):
            match = re.compile(r"[\s\-\u2010\u2011]*(?:\(\s*)?([^\W\d_][\w'’]*)").match(self.text, index, self.end)
            if match is None:
                return None, [], False
            at = [m for m in self.all if m.start <= match.start(1) < m.end]
            counted = [m for m in at if m.kind == "counted"]
            payers = [
                m
                for m in at
                if m.kind == "funding" and m.text.lower().startswith("schools") and m.start == match.start(1)
            ]
            if payers:
                return payers[0]._replace(kind="counted", value="schools", end=match.end()), unknown, False
            if any(m.kind == "topic" and m.value == "other" for m in at):
                return None, [], True
            if counted and counted[0].text.lower() != "school":
                return counted[0], unknown, False
            if at:
                index = max(m.end for m in at)
                if any(m.kind in ("measure", "event") for m in at):
                    return None, [], False
                continue
            word = match[1].lower()
            if word in _ADJECTIVES:
                index = match.end()
                if word in _FUNCTION:
                    return None, [], False
                continue
            if word in _FUNCTION:
                return None, [], bool(unknown)
            unknown.append(match[1])
            index = match.end()
        return None, [], bool(unknown)

    def _part_of(self, q: Quantity) -> Quantity | None:
        if q.start not in self._parts_known:
            self._parts_known[q.start] = self._whole_number(q)
        return self._parts_known[q.start]

    def _whole_number(self, q: Quantity) -> Quantity | None:
        """Find the number of which this one is a part: `4 of 29,818`, `of the 29,526 participants 23,477`."""
        later = [other for other in self.inside if other.start > q.start]
        if later and later[0].kind == "count" and OF_WHOLE.fullmatch(self.text[q.end : later[0].start]):
            return later[0]
        earlier = [other for other in self.inside if other.end <= q.start and other.kind == "count"]
        if earlier:
            first = earlier[0]
            if _OF_A_TOTAL.search(self.text[self.start : first.start]) and first.start - self.start < 30:
                return first
            if q.kind == "count" and _INCLUDES.match(self.text, first.end, q.start):
                return first
            if re.search(r"\bof\s+(?:these|those|them|whom|which)\b", self.text[first.end : q.start], re.IGNORECASE):
                return first
            if q.kind == "percent" and DIRECT.fullmatch(self.text[earlier[-1].end : q.start]):
                return self._part_of(earlier[-1])
        return None

    def _is_whole(self, q: Quantity) -> bool:
        if re.search(
            r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten)\s+of\s+the\s+$", self.text[self.start : q.start]
        ):
            return True
        return q.start in self._wholes

    @cached_property
    def _wholes(self) -> frozenset[int]:
        """Where the numbers are that others are a part of."""
        parts = (self._part_of(other) for other in self.inside)
        return frozenset(part.start for part in parts if part is not None)
