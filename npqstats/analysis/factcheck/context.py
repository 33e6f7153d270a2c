"""What a text says of each number in it: what is counted, who paid, when, where, and how it moved."""

import itertools
import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from npqstats.analysis.factcheck.quantities import Quantity
from npqstats.vocabulary.claims import Lexicon, Mention, words

_BLANK = re.compile(r"\n[ \t]*\n")
_END = re.compile(r"(?<=[.!?])[\"'”’)\]]*\s+(?=[\"'“‘(\[]*[A-Z0-9£•\-*])")
_ABBREVIATION = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|Prof|No|vs|approx|c|St|e\.g|i\.e|etc|Fig|p|pp|ca|Nov|Dec|Jan|Feb|Sept?|Oct|Aug)\.$"
)
_ITEM = re.compile(r"\s*(?:[-*•+‣]|\d{1,3}[.)])\s+")
_BREAK = re.compile(
    r"[;:|\u2013\u2014]|\.\s|,?\s(?:while|whereas|but|although|though|compared|against|versus|vs|followed|as)\b"
    r"|,\s*(?:and|or|up|down|from|of\s+which|with|of\s+whom)\b|\band\s+(?:in|by|for|the|of|another|non|un)\b|→|->"
)
_ACADEMIC = re.compile(
    r"\b(?:academic\s+year\s+)?(20\d\d)\s?[-–/]\s?(?:(20)?(\d\d))\b(?![-/]\d)|\b(20\d\d)(\d\d)\b(?!,)"
    r"|\b(?:academic\s+year\s+|between\s+)?(20\d\d)\s+(?:to|and)\s+(20\d\d)\b"
)
_SHORT_YEAR = re.compile(r"(?<![\d/.,-])(2[1-9])/(2[2-9]|30)(?![\d/.,%-])")
_OLD = re.compile(r"\b(?:19\d\d|200\d|201\d|2020)(?:\s?[-–/]\s?(?:20)?\d\d)?\b(?!,\d)")
_CALENDAR = re.compile(r"(?<![\d,.£/-])\b(20\d\d)\b(?![,./-]\d|\s?%)")
_LONGEST = 1200
_RANGE = re.compile(r"(?:^|\W)(?:between|from|across|over|throughout)\s+(?:both\s+)?$", re.IGNORECASE)


SHORT = 80
"""Words up to which a passage is taken to be about NPQs where it speaks of starts and the like without naming them."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, heading, item of a list or row of a table."""

    start: int
    end: int
    paragraph: int
    is_heading: bool = False
    cells: tuple[tuple[int, int], ...] = ()
    """For a row of a table: where its cells are."""


def sentences(text: str) -> list[Sentence]:
    """Split a text: paragraphs at blank lines, items and rows at line ends, the rest at full stops."""
    found: list[Sentence] = []
    for number, (start, end) in enumerate(_paragraphs(text)):
        for first, last, is_heading in _blocks(text, start, end):
            line = text[first:last]
            if "|" in line or "\t" in line.strip():
                found.append(Sentence(first, last, number, cells=tuple(_cells(text, first, last))))
                continue
            found += [Sentence(a, b, number, is_heading) for a, b in _split(text, first, last)]
    return found


def _paragraphs(text: str) -> Iterable[tuple[int, int]]:
    start = 0
    for match in _BLANK.finditer(text):
        if text[start : match.start()].strip():
            yield start, match.start()
        start = match.end()
    if text[start:].strip():
        yield start, len(text)


def _blocks(text: str, start: int, end: int) -> Iterable[tuple[int, int, bool]]:
    """Split a paragraph into headings, items, rows and running text, whose lines belong together."""
    lines = []
    place = start
    for line in text[start:end].split("\n"):
        lines.append((place, place + len(line)))
        place += len(line) + 1
    opened: int | None = None
    for number, (first, last) in enumerate(lines):
        line = text[first:last]
        is_alone = bool(_ITEM.match(line) or "|" in line or "\t" in line.strip() or line.lstrip().startswith("#"))
        is_title = len(lines) == 1 and _is_title(text, last, line)
        if is_alone or is_title:
            if opened is not None:
                yield opened, lines[number - 1][1], False
                opened = None
            yield first, last, is_title or line.lstrip().startswith("#")
        elif opened is None:
            opened = first
    if opened is not None:
        yield opened, lines[-1][1], False


def _is_title(text: str, last: int, line: str) -> bool:
    length = len(line.split())
    return 0 < length <= 14 and line.rstrip()[-1:] not in ".!?;," and bool(text[last:].strip())


def _cells(text: str, first: int, last: int) -> Iterable[tuple[int, int]]:
    mark = "|" if "|" in text[first:last] else "\t"
    place = first
    for part in text[first:last].split(mark):
        if part.strip():
            yield place, place + len(part)
        place += len(part) + 1


def _split(text: str, first: int, last: int) -> Iterable[tuple[int, int]]:
    start = first
    for match in _END.finditer(text, first, last):
        if _ABBREVIATION.search(text[max(start, match.start() - 8) : match.start()]):
            continue
        yield from _chopped(text, start, match.start())
        start = match.end()
    if text[start:last].strip():
        yield from _chopped(text, start, last)


def _chopped(text: str, start: int, last: int) -> Iterable[tuple[int, int]]:
    """Cut what is too long for a sentence, such as a list without a full stop, at white space."""
    while last - start > _LONGEST:
        cut = max(text.rfind(" ", start, start + _LONGEST), text.rfind("\n", start, start + _LONGEST))
        cut = cut if cut > start else start + _LONGEST
        yield start, cut
        start = cut
    yield start, last


@dataclass(frozen=True, kw_only=True)
class Said:
    """What a sentence says of a number."""

    role: str = "level"
    """level, change, share, factor (of an earlier figure) or target."""
    counted: str = ""
    """people, courses, places, schools, workforce or nothing."""
    event: str = ""
    """start, complete, pass, register, dropout, target or nothing."""
    measure: str = ""
    """A measure that is named outright."""
    whole: str = ""
    """What a share is of: workforce, people, schools, courses, completions."""
    funding: str = "all"
    is_funding_named: bool = False
    area: str = ""
    """ONS code, or a name after a question mark that the rows do not have; empty for England."""
    course: str = ""
    without: tuple[str, ...] = ()
    group: str = ""
    """`breakdown=group`, or a word after a question mark."""
    basis: str = ""
    years: tuple[int, ...] = ()
    """One year, or the two of a change, or all that are added up."""
    is_sum: bool = False
    are_years_named: bool = False
    is_year_sure: bool = True
    """Whether it is an academic year, or unmistakably one."""
    direction: int = 0
    end: str = ""
    """from or to, where the figure is an end of a change."""
    doubts: tuple[str, ...] = ()
    """What the sentence says besides, which no row can answer."""
    is_old: bool = False
    """Whether a year before the reforms is named."""
    superlative: int = 0
    """1 where it is called the highest of all years, -1 the lowest."""
    is_about: bool = True
    """Whether the sentence speaks of NPQs."""
    is_perfect: bool = False
    """Whether it says `has started`, which looks back over all years."""
    part_of: Quantity | None = None
    """The number that this is a part of: `23,477 of the 29,526`."""
    head: str = ""


class Reader:
    """Reads a text with the words of a lexicon."""

    def __init__(
        self, text: str, found: Sequence[Quantity], lexicon: Lexicon, periods: Sequence[int], anchor: "Anchor"
    ) -> None:
        """Find the sentences and phrases of a text."""
        self.text = text
        self.sentences = sentences(text)
        self.periods = periods
        self.anchor = anchor
        mentions = [m for m in lexicon.mentions(text) if m.kind != "harmless"]
        self.mentions = sorted([*mentions, *self._years(text)], key=lambda m: (m.start, m.end))
        names = [m for m in self.mentions if m.kind in ("group", "area", "course")]
        self.quantities = [q for q in found if not any(m.start <= q.start < m.end for m in names)]
        self.is_short = len(text.split()) <= SHORT
        self._starts = [m.start for m in self.mentions]
        self.is_npq = any(map(is_npq, self.mentions))

    def _years(self, text: str) -> list[Mention]:
        found: list[Mention] = []
        taken: set[int] = set()
        for match in _ACADEMIC.finditer(text):
            first = match[1] or match[4] or match[6]
            last = match[3] or match[5] or match[7][-2:]
            is_pair = (int(first) + 1) % 100 == int(last)
            if match[6] and not is_pair:
                continue
            if match[4] and not is_pair:
                continue
            start = match.start(1) if match[1] else match.start(4) if match[4] else match.start(6)
            if is_pair:
                kind = "academic" if int(first) >= 2021 else "old"
                found.append(Mention(start, match.end(), kind, f"{first}{last}", match[0]))
            elif int(first) < 2021:
                found.append(Mention(start, match.end(), "old", f"{first}", match[0]))
            else:
                found.append(Mention(start, match.end(), "odd", f"{first}", match[0]))
            taken.update(range(match.start(), match.end()))
        found += [
            Mention(match.start(), match.end(), "academic", f"20{match[1]}{match[2]}", match[0])
            for match in _SHORT_YEAR.finditer(text)
            if int(match[2]) == int(match[1]) + 1
        ]
        for match in _OLD.finditer(text):
            if match.start() not in taken:
                found.append(Mention(match.start(), match.end(), "old", match[0][:4], match[0]))
                taken.update(range(match.start(), match.end()))
        since = re.compile(r"(?:since|since (?:autumn|september|the reforms of)|from)\s+$", re.IGNORECASE)
        found += [
            Mention(match.start(1), match.end(1), "calendar", match[1], match[0])
            for match in _CALENDAR.finditer(text)
            if match.start() not in taken and not since.search(text[max(0, match.start() - 22) : match.start()])
        ]
        return found

    def within(self, start: int, end: int, *kinds: str) -> list[Mention]:
        """List the mentions of some kinds in a part of the text."""
        low = bisect_left(self._starts, start)
        high = bisect_left(self._starts, end)
        return [m for m in self.mentions[low:high] if m.kind in kinds and m.end <= end]

    def read(self) -> list[tuple[Quantity, Said, Sentence]]:
        """Say of each number what the text says of it; those that are no claims are left out."""
        out: list[tuple[Quantity, Said, Sentence]] = []
        carried = Said(is_about=False)
        heading = Said(is_about=False)
        paragraph = -1
        header: list[tuple[int, int]] = []
        for sentence in self.sentences:
            inside = [q for q in self.quantities if sentence.start <= q.start < sentence.end]
            if sentence.paragraph != paragraph:
                paragraph = sentence.paragraph
                header = []
                carried = replace(carried, area=heading.area, course=heading.course, group=heading.group, direction=0)
            if sentence.cells:
                if (
                    not header
                    or (
                        not inside
                        and self.within(
                            sentence.start, sentence.end, "counted", "event", "academic", "measure", "funding"
                        )
                    )
                ) and not inside:
                    header = list(sentence.cells)
                    continue
                rows = [Row(self, sentence, q, header, carried, heading) for q in inside]
                out += [(row.q, row.said(), sentence) for row in rows if row.is_claim()]
                continue
            clause = Clauses(self, sentence, inside, carried, heading)
            said = clause.said()
            out += [(q, s, sentence) for q, s in said]
            carried = clause.carry(carried, said)
            if sentence.is_heading:
                heading = replace(carried, area=clause.only("area"), course=clause.only("course"))
                carried = heading
        return out


def is_npq(mention: Mention) -> bool:
    """Whether a phrase names NPQs."""
    text = mention.text.lower()
    return "npq" in text or "professional qualification" in text


@dataclass(frozen=True)
class Anchor:
    """Which years `last year` and its like may mean."""

    newest: int
    last: tuple[int, ...]
    """Readings of `last year`, likeliest first."""
    this: tuple[int, ...]
    is_dated: bool = False


_ADJECTIVES = frozenset(words().table["reading"]["adjectives"].split())
_FUNCTION = frozenset(words().table["reading"]["function"].split())
_OF_WHOLE = re.compile(
    r"\s*(?:\(|,)?\s*(?:out\s+)?of\s+(?:all|the|these|those|its|our|England['’]s|their|a|total|some|around|about|nearly|\s)*",
    re.IGNORECASE,
)
_BY = re.compile(
    r"[\s(]*(?:\w+ly\s+)?(?:back\s+|again\s+|sharply\s+|year[\s-]on[\s-]year\s+)?"
    r"(?:by|of|was|were|is|has\s+been|had\s+been|:|amounts?\s+to|amounted\s+to|equivalent\s+to|equal\s+to|around)?"
    r"\s*(?:a\s+further|another|just|only|even|as\s+much\s+as|the|a|an)?[\s(]*",
    re.IGNORECASE,
)
_NOUN = re.compile(
    r"\b(?:the|a|an|this|that|its|their|annual|overall|sharp|steep|big|bigger|total)\s+(?:\w+\s+){0,2}$", re.IGNORECASE
)
_COPULA = re.compile(
    r"\b(?:was|is|of|to\s+be|amounted\s+to|amounts\s+to|comes\s+to|came\s+to|stood\s+at|stands\s+at|were)\s+$"
)
_PERFECT = re.compile(
    r"\b(?:has|have|had|’ve|'ve)\s+(?:\w+\s+){0,2}?(?:now\s+|already\s+|ever\s+)?(?:been|had|started|begun|taken|done|sent"
    r"|completed|taken up|undertaken|enrolled|signed|reached|passed|finished|embarked)\b"
)
_SHARE_OF = re.compile(
    r"\s*(?:of\s+)?(?:the|that|what|as\s+(?:many|much|high|low)|last\s+year|its)\b[^.;]{0,50}", re.IGNORECASE
)
_DIRECT = re.compile(
    r"\s*[,(]?\s*(?:or|that\s+is|i\.e\.|equivalent\s+to|equal\s+to|which\s+is|representing|about|around|some|nearly)?\s*(?:about\s+|some\s+|around\s+|nearly\s+|almost\s+|just\s+(?:over|under)\s+)?",
    re.IGNORECASE,
)
_BELONGS = re.compile(r"\s+(?:of|for|on|in|among)\s+(?:the\s+|all\s+|those\s+)?(?:\w+\s+)?", re.IGNORECASE)
_SUPERLATIVE = re.compile(
    r"\b(?:lowest|highest|fewest|most|biggest|smallest|largest|least|first|worst|best|record)\b[^.;,]{0,30}$",
    re.IGNORECASE,
)
_STRIDE = re.compile(
    r"\b(?:in|over|within|across|after)\s+(?:the\s+)?(?:past\s+|last\s+|just\s+|only\s+)?(two|three|four|2|3|4)\s+years\b(?!\s+(?:to|of))",
    re.IGNORECASE,
)
_WHO_STARTED = re.compile(
    r"\s+(?:who\s+(?:have\s+|had\s+)?(?:started|began|begun|took|taken)|taking|on|doing|starting)\b", re.IGNORECASE
)
_TOTAL = re.compile(
    r"\b(?:making|in\s+all|in\s+total|altogether|combined|all\s+told|a\s+total\s+of|totall?ing)\b", re.IGNORECASE
)
_BASE = r"\b(?:than|since|on|compared\s+(?:with|to)|against|from|that)\s+(?:in\s+|of\s+|the\s+)?$"
_OF_COURSES = re.compile(
    r"\s+(?:in|on|of|for|taking|starting|doing|who\s+started)\s+(?:the\s+|their\s+)?", re.IGNORECASE
)
_ASIDE = re.compile(
    r"\b(?:gap|difference) between\b|\b(?:funding|budgets?|spending|costs?|fees|price) (?:for|of|on)\b", re.IGNORECASE
)
_COUNT_OF = re.compile(r"\b(?:number|amount|level|share|proportion)s?\s+of\s+(?:\w+\s+){0,2}?NPQ\s+([a-z]{3,})")
_DENIAL = re.compile(
    r"\b(?:did|does|do|has|have|was|were|is)(?:\s+not|n['’]t)\b|\b(?:never|without\s+any|no\s+NPQs?|no\s+starters?|denied|deny|false|untrue|wrongly|incorrectly|myth)\b",
    re.IGNORECASE,
)
_STRONG = {
    "participants",
    "participant",
    "starts",
    "starters",
    "course starts",
    "npq starts",
    "npqs",
    "npq courses",
    "new starts",
    "unique participants",
    "teaching workforce",
    "workforce",
    "unique npq participants",
}
_NOT_EVENTS = {
    "had",
    "sent",
    "did",
    "doing",
    "done",
    "take",
    "taking",
    "took",
    "taken",
    "reached",
    "joined",
    "begin",
    "beginning",
    "trained",
    "start",
    "starting",
}
"""Words that make an event only beside something that is counted."""


class Clauses:
    """One sentence: what it says of each of its numbers."""

    def __init__(
        self, reader: Reader, sentence: Sentence, inside: list[Quantity], carried: Said, heading: Said
    ) -> None:
        """Take the sentence with its numbers, and what the sentences before it said."""
        self.reader, self.text = reader, reader.text
        self.sentence, self.inside = sentence, inside
        self.carried, self.heading = carried, heading
        self.start, self.end = sentence.start, sentence.end
        self._parts_known: dict[Quantity, Quantity | None] = {}
        self.all = [m for m in reader.within(self.start, self.end, *_KINDS) if not self._is_hedge(m)]

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

    def of(self, *kinds: str) -> list[Mention]:
        """List the mentions of some kinds in the sentence."""
        return [m for m in self.all if m.kind in kinds]

    def only(self, kind: str) -> str:
        """Return the one thing of a kind that the sentence names; nothing where it names none or several."""
        values = {m.value for m in self.of(kind)}
        return values.pop() if len(values) == 1 else ""

    # What stands around a number

    def gap_after(self, q: Quantity) -> tuple[int, int]:
        """The text from a number to the next one or to the end of the clause."""
        end = min([other.start for other in self.inside if other.start > q.start], default=self.end)
        match = _BREAK.search(self.text, q.end, end)
        return q.end, match.start() if match else end

    def gap_before(self, q: Quantity) -> tuple[int, int]:
        """The text from the number before to this one."""
        return max([other.end for other in self.inside if other.start < q.start], default=self.start), q.start

    def pick(self, q: Quantity, *kinds: str, is_far: bool = True) -> Mention | None:
        """Choose the mention that goes with a number: right after it, else right before, else earlier, else later."""
        after = self.reader.within(*self.gap_after(q), *kinds)
        before = self.reader.within(*self.gap_before(q), *kinds)
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

    def head(self, q: Quantity) -> tuple[Mention | None, list[str], bool]:
        """Find the noun that a count counts, the words before it that are not known, and whether it is another noun."""
        place, unknown = q.end, list[str]()
        for _ in range(7):
            match = re.compile(r"[\s\-\u2010\u2011]*(?:\(\s*)?([^\W\d_][\w'’]*)").match(self.text, place, self.end)
            if match is None:
                return None, [], False
            at = [m for m in self.all if m.start <= match.start(1) < m.end]
            counted = [m for m in at if m.kind == "counted"]
            if any(m.kind == "topic" and m.value == "other" for m in at):
                return None, [], True
            if counted:
                return counted[0], unknown, False
            if at:
                place = max(m.end for m in at)
                if any(m.kind in ("measure", "event") for m in at):
                    return None, [], False
                continue
            word = match[1].lower()
            if word in _ADJECTIVES:
                place = match.end()
                if word in _FUNCTION:
                    return None, [], False
                continue
            if word in _FUNCTION:
                return None, [], bool(unknown)
            unknown.append(match[1])
            place = match.end()
        return None, [], bool(unknown)

    # What is said

    def said(self) -> list[tuple[Quantity, Said]]:
        """Say of each number in the sentence what the sentence says of it."""
        out: list[tuple[Quantity, Said]] = []
        for q in self.inside:
            head, unknown, is_other = self.head(q) if q.kind == "count" else (None, [], False)
            if is_other or not self._is_claim(q, head):
                continue
            out.append((q, self._one(q, head, unknown, out)))
        return self._paired(out)

    def _is_claim(self, q: Quantity, head: Mention | None) -> bool:
        if not self._is_topical():
            return False
        if q.kind in ("all", "none"):
            return not any(other.kind == "percent" for other in self.inside)
        if q.kind == "factor" and not q.direction and not self.of("direction", "year", "academic"):
            return False
        if q.kind != "count":
            return True
        is_small = q.value <= 30 and "," not in q.quote
        if q.is_word and q.value < 100:
            return False
        if head is None and is_small and self._part_of(q) is None:
            nearby = self.text[q.end : q.end + 12]
            return bool(re.match(r"\s+(?:of|out of)\s+(?:the\s+)?\d", nearby)) or bool(self.sentence.cells)
        if is_small and head is not None:
            events = self.reader.within(head.start, self.end, "event")
            is_event = head.value == "people" or any(m.value in ("start", "complete", "pass") for m in events)
            return is_event and bool(self.of("area", "group", "academic", "year", "course"))
        return True

    def _is_topical(self) -> bool:
        counted = self.of("counted")
        events = [m for m in self.of("event") if m.value in ("start", "complete", "pass", "register", "dropout")]
        strong = (
            any(map(is_npq, self.all))
            or bool(self.of("course", "measure", "coverage"))
            or any(m.text.lower() in _STRONG for m in counted)
            or any(m.value == "register" and m.text.lower().startswith("regist") for m in events)
            or (bool(counted) and any(m.text.lower() not in _NOT_EVENTS or self.reader.is_npq for m in events))
            or (any(m.value in ("courses", "places") for m in counted) and bool(events or self.of("funding")))
            or (bool(counted) and bool(self.of("funding")) and (self.reader.is_npq or self.reader.is_short))
            or (any(m.value == "survey" for m in self.of("event")) and bool(counted) and self.reader.is_npq)
        )
        is_other = any(m.value == "other" for m in self.of("topic"))
        if is_other and not any(map(is_npq, self.all)) and not self.of("course"):
            return False
        if strong:
            return True
        return (self.carried.is_about or self.heading.is_about) and (self.reader.is_npq or self.carried.is_about)

    def _one(self, q: Quantity, head: Mention | None, unknown: list[str], before: list[tuple[Quantity, Said]]) -> Said:
        role, direction, end = self._role(q, before)
        part_of = self._part_of(q)
        whole = self._whole(q, role)
        counted, event, measure = self._counted(q, head, part_of, whole, role, before)
        leans = end in ("from", "than") or (end == "to" and bool(before) and before[-1][1].end == "from")
        if (
            leans
            and before
            and not head
            and not whole
            and before[-1][0].kind == q.kind
            and before[-1][1].role != "change"
        ):
            said = before[-1][1]
            counted, event, measure, whole = said.counted, said.event, said.measure, said.whole
        if any(m.value == "survey" for m in self.of("event")) and q.kind != "count":
            event = "survey"
        funding, is_named = self._funding(q, part_of)
        area, course, group, without = self._parts(q)
        doubts = [f"the word '{word}'" for word in unknown]
        doubts += self._doubts()
        basis, years, is_sum, named, sure = self._when(q, role, end, before)
        perfect = self._perfect(q)
        return Said(
            role=role,
            counted=counted,
            event=event,
            measure=measure,
            whole=whole,
            funding=funding,
            is_funding_named=is_named,
            area=area,
            course=course,
            without=without,
            group=group,
            basis=basis,
            years=years,
            is_sum=is_sum,
            are_years_named=named,
            is_year_sure=sure,
            direction=direction or q.direction,
            end=end,
            doubts=tuple(doubts),
            is_old=bool(self.of("old")) and not self.of("academic"),
            superlative=self._superlative(q),
            is_perfect=perfect,
            part_of=part_of,
            head=head.text if head else "",
        )

    def _superlative(self, q: Quantity) -> int:
        near = self.text[self.gap_before(q)[0] : self.gap_after(q)[1]]
        if re.search(
            r"\b(?:record\s+high|all[\s-]time\s+high|highest|peaked|peak\s+of|largest|biggest)\b", near, re.IGNORECASE
        ):
            return 1
        return (
            -1
            if re.search(r"\b(?:record\s+low|all[\s-]time\s+low|lowest|smallest|fewest)\b", near, re.IGNORECASE)
            else 0
        )

    def _perfect(self, q: Quantity) -> bool:
        return bool(_PERFECT.search(self.text, max(self.start, q.start - 70), min(self.end, q.end + 90)))

    def _role(self, q: Quantity, before: list[tuple[Quantity, Said]]) -> tuple[str, int, str]:
        """Tell a level from a change, in which direction, and whether it is the start or the end of one."""
        left = _unhedged(self.text[self.start : q.start])
        moves = [m for m in self.of("direction") if m.end <= q.start]
        last = moves[-1] if moves else None
        sign = {"up": 1, "down": -1, "flat": 0}
        if q.kind == "factor":
            return "factor", q.direction, ""
        if (
            re.search(
                r"\b(?:targets?|goals?|aims?|aimed|ambition|cap|capped|pledged|promised|planned)\b[^.;]{0,25}(?:of|for|at|to|was|is)\s+(?:train\w*\s+)?$",
                left,
                re.IGNORECASE,
            )
            and "up from" not in left[-12:]
            and not re.search(r"\bup\s+(?:to|from)\s+$", left)
        ):
            return "target", 0, ""
        following = self.text[q.end : q.end + 45]
        if re.match(r"\s+(?:[\w-]+\s+){0,2}target\b", following):
            return "target", 0, ""
        if (
            q.kind == "percent"
            and q.is_word
            and _SHARE_OF.match(following)
            and self._is_before(q)
            and not re.search(r"\bby\s*$", left)
        ):
            return "factor", 0, ""
        after = [m for m in self.of("direction") if q.end <= m.start <= q.end + 24]
        if (
            (
                after
                and re.fullmatch(r"\s*(?:[\w-]+\s+)?", self.text[q.end : after[0].start])
                and not re.search(r"\b(?:and|in|to|from|the|a|were|was|that|by)\b", self.text[q.end : after[0].start])
            )
            and (
                after[0].text.lower() not in ("up", "down")
                or not re.match(r"\s*(?:,\s*)?(?:from|by|on)", self.text[after[0].end :])
            )
            and not (
                q.kind == "count"
                and after[0].text.lower() in ("fell", "rose", "dropped", "grew", "fall", "rise", "extra", "additional")
            )
        ):
            return "change", sign[after[0].value], ""
        if re.search(r"\b(?:from|down\s+on|up\s+on)\s*$", left, re.IGNORECASE) and (
            moves or self._next_is_to(q) or (before and before[-1][1].role in ("level", "change"))
        ):
            return "level", sign[last.value] if last else 0, "from"
        if re.search(r"(?:compared\s+(?:with|to)|against|versus|vs\.?|than(?:\s+the)?)\s*$", left, re.IGNORECASE):
            return "level", 0, "than"
        if last is not None:
            between = _unhedged(self.text[last.end : q.start])
            inner = [o for o in self.inside if last.end <= o.start < q.start]
            if not inner:
                if re.search(
                    r"\bto\s*(?:a\s+(?:total|record|new\s+\w+|low|high)(?:\s+\w+)?\s+of\s+|just\s+|only\s+)?$",
                    between,
                    re.IGNORECASE,
                ) and not re.search(r"amount(?:s|ed)? to\s*$|equivalent to\s*$", between):
                    return "level", sign[last.value], "to"
                is_share = q.kind == "percent" and bool(self._whole(q, "share")) and not re.search(r"\bby\s*$", between)
                if is_share and re.search(r"[:,;]", between):
                    return "share", 0, ""
                if _BY.fullmatch(between) and not (
                    last.text.lower()
                    in ("more", "less", "fewer", "additional", "extra", "added", "gained", "gain", "greater")
                    and "of" not in between
                    and "by" not in between
                ):
                    return "change", sign[last.value], ""
                if re.search(
                    r"\bby\s*(?:a\s+further|another|an\s+\w+|just|only|as\s+much\s+as)?\s*$", between, re.IGNORECASE
                ):
                    return "change", sign[last.value], ""
                is_noun = bool(_NOUN.search(self.text[self.start : last.start])) or last.start == self.start
                if is_noun and _COPULA.search(between.rstrip() + " ") and not re.search(r"[,;]", between):
                    return "change", sign[last.value], ""
            elif re.search(
                r"\b(?:by|of)\s*(?:a\s+further|another|just)?\s*$", between[-22:], re.IGNORECASE
            ) and re.search(
                r"\b(?:and|then)\s+(?:then\s+)?(?:by|of)\s*(?:a\s+further|another|just)?\s*$", between, re.IGNORECASE
            ):
                return "change", before[-1][1].direction if before else sign[last.value], ""
            elif re.search(r"\bto\s*(?:a\s+\w+\s+of\s+|just\s+|only\s+)?$", between, re.IGNORECASE):
                return "level", sign[last.value], "to"
        if re.search(r"(?:→|->|–>|=>|>)\s*$", left) or re.search(r"^\s*(?:→|->|=>)", self.text[q.end : q.end + 6]):
            return "level", 0, "to" if re.search(r"(?:→|->|=>|>)\s*$", left) else "from"
        if before and q.kind in ("percent", "points"):
            other, said = before[-1]
            if _DIRECT.fullmatch(self.text[other.end : q.start]) and said.role == "change":
                return "change", said.direction, ""
        if (
            before
            and before[-1][1].role == "change"
            and re.fullmatch(
                r"\s+on\s+\S+(?:\s+\S+){0,3}?,?\s+and\s+(?:by\s+)?", self.text[before[-1][0].end : q.start]
            )
        ):
            return "change", before[-1][1].direction, ""
        if q.direction and q.kind in ("percent", "points", "count"):
            return "change", q.direction, ""
        if q.kind == "points":
            return "change", sign[last.value] if last else 0, ""
        return ("share" if q.kind == "percent" else "level"), 0, ""

    def _next_is_to(self, q: Quantity) -> bool:
        later = [other for other in self.inside if other.start > q.end]
        return bool(later) and bool(re.search(r"\bto\s*$", _unhedged(self.text[q.end : later[0].start])))

    def _is_before(self, q: Quantity) -> bool:
        start, end = self.gap_after(q)
        return bool(self.reader.within(start, end, "year", "academic")) and not re.match(
            r"\s*of\s+(?:the\s+|all\s+)?(?:teach|work|school|start|course|npq|particip|those)",
            self.text[q.end :],
            re.IGNORECASE,
        )

    def _part_of(self, q: Quantity) -> Quantity | None:
        if q not in self._parts_known:
            self._parts_known[q] = self._whole_number(q)
        return self._parts_known[q]

    def _whole_number(self, q: Quantity) -> Quantity | None:
        """Find the number of which this one is a part: `4 of 29,818`, `of the 29,526 participants 23,477`."""
        later = [other for other in self.inside if other.start > q.start]
        if later and later[0].kind == "count" and _OF_WHOLE.fullmatch(self.text[q.end : later[0].start]):
            return later[0]
        earlier = [other for other in self.inside if other.end <= q.start and other.kind == "count"]
        if earlier:
            first = earlier[0]
            if (
                re.search(
                    r"\b[Oo](?:ut of|f)\s+(?:the|these|those|all|a\s+total\s+of)?\s*(?:\w+\s+)?$",
                    self.text[self.start : first.start],
                )
                and first.start - self.start < 30
            ):
                return first
            if re.search(r"\bof\s+(?:these|those|them|whom|which)\b", self.text[first.end : q.start], re.IGNORECASE):
                return first
            if q.kind == "percent" and _DIRECT.fullmatch(self.text[earlier[-1].end : q.start]):
                return self._part_of(earlier[-1])
        return None

    def _is_whole(self, q: Quantity) -> bool:
        if re.search(
            r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten)\s+of\s+the\s+$", self.text[self.start : q.start]
        ):
            return True
        return any(other is not q and self._part_of(other) is q for other in self.inside)

    def _whole(self, q: Quantity, role: str) -> str:
        """Name what a share is a share of."""
        if q.kind not in ("percent", "all", "none") or role not in ("share", "level"):
            return ""
        match = re.compile(r"\s*(?:\(|,)?\s*(?:out\s+)?of\s+").match(self.text, q.end, self.end)
        if match is None:
            match = (
                re.compile(r"\s*(?:of\s+)?(?:the\s+|all\s+|those\s+)?").match(self.text, q.end, self.end)
                if q.is_word
                else None
            )
        if match:
            near = list(
                self.reader.within(
                    match.end(), min(self.end, match.end() + 60), "counted", "event", "measure", "funding", "course"
                )
            )
            stop = _BREAK.search(self.text, match.end(), self.end)
            near = [
                m
                for m in near
                if (stop is None or m.start < stop.start())
                and not any(o.start < m.start and o.start >= q.end for o in self.inside)
            ]
            if near and not re.search(r"[,.;]", self.text[match.end() : near[0].start]):
                return self._whole_of(near[0], near)
        opening = re.match(r"\s*(?:out\s+)?of\s+", self.text[self.start : q.start], re.IGNORECASE)
        if opening:
            near = self.reader.within(self.start, q.start, "counted", "event")
            if near:
                return self._whole_of(near[0], near)
        return ""

    def _whole_of(self, first: Mention, near: list[Mention]) -> str:
        if any(m.kind == "event" and m.value == "target" for m in near[:2]):
            return "target"
        events = {m.value for m in near if m.kind == "event" and m.end - first.start < 45}
        text = first.text.lower()
        if (
            "complet" in text
            or "finish" in text
            or (
                first.kind == "counted"
                and first.value == "courses"
                and re.search(r"\bcompleted\b", self.text[first.end : first.end + 12])
                and "were" not in self.text[first.end : first.end + 6]
            )
        ):
            return "completions"
        if text.startswith(("those", "people")) and re.match(
            r"\s+who\s+(?:have\s+|had\s+)?(?:completed|finished)", self.text[first.end :]
        ):
            return "completions"
        if first.kind == "counted":
            if first.value == "people" and _WHO_STARTED.match(self.text, first.end):
                return "participants"
            if first.value == "people" and text in (
                "participants",
                "participant",
                "starters",
                "unique participants",
                "those who started",
                "those who began",
                "those starting",
            ):
                return "participants"
            return first.value
        if first.kind == "event" and first.value == "start":
            return "courses"
        return "participants" if events & {"start"} else ""

    def _counted(
        self,
        q: Quantity,
        head: Mention | None,
        part_of: Quantity | None,
        whole: str,
        role: str,
        before: list[tuple[Quantity, Said]],
    ) -> tuple[str, str, str]:
        """Say what is counted and what became of it."""
        reader = self.reader
        low, high = self.gap_before(q)
        near = reader.within(low, high, "measure")
        measure = near[-1].value if near else ""
        if not measure and (after := reader.within(*self.gap_after(q), "measure")) and q.kind != "count":
            measure = after[0].value
        if not measure and not head and not whole:
            earlier = [m for m in self.of("measure") if m.end <= q.start]
            nouns = [
                m
                for m in self.of("counted")
                if m.end <= q.start
                and earlier
                and m.start > earlier[-1].end
                and not _BELONGS.fullmatch(self.text[earlier[-1].end : m.start])
            ]
            measure = earlier[-1].value if earlier and not nouns else ""
        counted = head.value if head else ""
        if not counted and part_of is not None:
            other, _, _ = self.head(part_of)
            counted = other.value if other else ""
        event = self._event(q, head, part_of)
        if head is None and not whole and q.kind == "count" and (noun := self._noun(q)):
            return "courses", noun, ""
        if part_of is not None and not counted:
            counted = next((said.counted for other, said in before if other is part_of), "")
        if role == "factor" and re.match(
            r"\s*(?:of\s+)?(?:the|that)\s+(?:\w+\s+)?(?:rate|share|proportion)",
            self.text[q.end : q.end + 40],
            re.IGNORECASE,
        ):
            measure = measure or {"complete": "completion-rate", "pass": "pass-rate", "start": "workforce-share"}.get(
                event, ""
            )
        if not head and not counted and before and before[-1][1].whole and (part_of is not None or self._is_whole(q)):
            counted = before[-1][1].whole
        elif not head and self._is_whole(q) and before:
            counted = before[-1][1].counted
        if not counted and not whole:
            subject = self._subject(q)
            counted = subject.value if subject else ""
            if (
                subject
                and subject.text.lower() in ("starts", "npq starts", "course starts", "new starts", "starters")
                and not event
            ):
                event = "start"
        if head and head.text.lower() in ("starts", "npq starts", "course starts", "new starts"):
            event = (
                event
                if event in ("complete", "pass", "dropout")
                and not re.search(r"start", self.text[head.end : head.end + 2])
                else "start"
            )
            event = "start" if role != "share" and not part_of else event
        if not counted and not event and not measure and not whole:
            if before:
                said = before[-1][1]
                counted, event, measure = said.counted, said.event, said.measure
            elif self.carried.is_about or self.heading.is_about:
                source = (
                    self.carried
                    if (self.carried.counted or self.carried.measure or self.carried.event)
                    else self.heading
                )
                counted, event, measure = source.counted, source.event, source.measure
        return counted, event, measure

    def _noun(self, q: Quantity) -> str:
        """What a number counts where the subject is a noun for it: `completions for 2022/23 starters: 31,791`."""
        for mention in self.of("event"):
            if mention.end <= q.start and mention.text.lower().split()[-1] in ("completions", "passes", "starts"):
                rest = self.text[mention.end : q.start]
                later = [m for m in self.of("counted") if mention.end <= m.start < q.start]
                if not later or re.match(r"\s+(?:for|of|among|by|from|in)\b", rest):
                    if not re.search(r"[.;]|\bof which\b", rest):
                        return mention.value
        return ""

    def _subject(self, q: Quantity) -> Mention | None:
        nouns = [m for m in self.of("counted") if m.end <= q.start]
        if len(nouns) > 1 and _OF_COURSES.fullmatch(self.text[nouns[-2].end : nouns[-1].start]):
            return nouns[-2]  # `participants in NPQs`
        if nouns:
            return nouns[-1]
        later = [m for m in self.of("counted") if m.start >= q.end]
        return later[0] if later else None

    def _event(self, q: Quantity, head: Mention | None, part_of: Quantity | None) -> str:
        """Choose the event: of a part or a share the last one said, of a count the one right after its noun."""
        reader = self.reader
        strong = ("complete", "pass", "dropout", "register", "offer")
        start, end = self.gap_after(q)
        if q.kind in ("percent", "all", "none") or part_of is not None:
            end = self.end if part_of is not None and part_of.start >= q.end else end
            after = reader.within(start, end, "event")
            if part_of is not None and part_of.start >= q.end:
                after = [m for m in after if m.start > part_of.end]
            found = [m.value for m in after if m.value in strong]
            if found:
                return found[-1]
            low, high = self.gap_before(q)
            before = [m.value for m in reader.within(low, high, "event") if m.value in strong]
            if before and not self._passed(q):
                return before[-1]
            every = [m.value for m in self.of("event") if m.value in (*strong, "start", "survey")]
            return ([m.value for m in after if m.value != "target"] or every or [""])[0]
        after = reader.within(start, end, "event")
        if self._is_whole(q):
            return "start" if not after or after[0].value != "complete" else "complete"
        if head is not None:
            following = [m for m in after if m.start >= head.start]
            found = [m.value for m in following if m.value in strong]
            if found and following[0].value == "start" and len(following) > 1 and self._is_modifier(following[0], head):
                return found[-1]
            if following:
                return found[0] if found else following[0].value
        elif after:
            found = [m.value for m in after if m.value in strong]
            return found[0] if found else after[0].value
        low, high = self.gap_before(q)
        near = [m for m in reader.within(low, high, "event") if not (m.end > high - 12 and m.text.lower() == "passed")]
        found = [m.value for m in near if m.value in strong]
        if found:
            return found[-1]
        if near:
            return near[-1].value
        every = [
            m.value
            for m in self.of("event")
            if m.value != "target" and not (m.text.lower() == "passed" and m.end <= q.start)
        ]
        return every[0] if every else ""

    def _passed(self, q: Quantity) -> bool:
        return bool(re.search(r"\bpassed\s*$", self.text[self.start : q.start]))

    def _is_modifier(self, event: Mention, head: Mention) -> bool:
        return event.start - head.end <= 12

    def _funding(self, q: Quantity, part_of: Quantity | None) -> tuple[str, bool]:
        start, end = self.gap_after(q)
        if part_of is not None and part_of.start > q.start:
            end = self.end
        after = self.reader.within(start, end, "funding")
        if q.kind == "percent":
            after = [m for m in after if m.value != "all"]  # It is the whole: `94 per cent of the total`.
        if self._is_whole(q):
            head, _, _ = self.head(q)
            after = [m for m in after if head is not None and m.start < head.end]
        if after:
            return after[0].value, True
        if self._is_whole(q):
            before = self.reader.within(*self.gap_before(q), "funding")
            return (before[-1].value, True) if before else ("all", False)
        before = self.reader.within(*self.gap_before(q), "funding")
        if before:
            return before[-1].value, True
        earlier = [m for m in self.of("funding") if m.end <= q.start]
        if earlier and not re.search(r";|\bof (?:these|those|them|whom)\b", self.text[earlier[-1].end : q.start]):
            return earlier[-1].value, True
        head, _, _ = self.head(q) if q.kind == "count" else (None, [], False)
        if head is None:
            ahead = [m for m in self.of("funding") if m.start >= q.end]
            if ahead and not re.search(r"[;:]", self.text[q.end : ahead[0].start]):
                return ahead[0].value, True
        if not earlier and not self.of("funding") and self.carried.is_about and self.carried.is_funding_named:
            if not self.of("counted", "measure"):
                return self.carried.funding, True
        if not self.of("funding") and self.heading.is_funding_named:
            return self.heading.funding, True
        return "all", False

    def _parts(self, q: Quantity) -> tuple[str, str, str, tuple[str, ...]]:
        area = self.pick(q, "area")
        without: tuple[str, ...] = ()
        cues = self.of("without")
        course = self.pick(q, "course")
        if cues:
            left = [m for m in self.of("course") if any(0 <= m.start - cue.end < 40 for cue in cues)]
            without = tuple(dict.fromkeys(m.value for m in left))
            course = None if course in left else course
        group = self.pick(q, "group")
        if area is None:
            ahead = [m for m in self.of("area") if m.start >= q.end and ";" not in self.text[q.end : m.start]]
            area = ahead[0] if ahead and len({m.value for m in ahead}) == 1 else None
        if course is None and not without:
            ahead = [m for m in self.of("course") if m.start >= q.end and ";" not in self.text[q.end : m.start]]
            course = (
                ahead[0]
                if ahead and not self.of("without") and len({m.value for m in self.of("course")}) == 1
                else None
            )
        if group is None:
            ahead = [m for m in self.of("group") if m.start >= q.end and ";" not in self.text[q.end : m.start]]
            group = ahead[0] if ahead else None
        where = area.value if area else self.carried.area if not self.of("area") else ""
        what = course.value if course else "" if without else self.carried.course if not self.of("course") else ""
        who = group.value if group else self.carried.group if not self.of("group") else ""
        return where, what, who, without

    def _doubts(self) -> list[str]:
        doubts = [f"'{match[0]}'" for match in _ASIDE.finditer(self.text, self.start, self.end)]
        others = [m for m in self.of("topic") if m.value == "other"]
        doubts += [f"'{m.text}'" for m in others]
        for match in _COUNT_OF.finditer(self.text, self.start, self.end):
            if not any(m.start <= match.start(1) < m.end for m in self.all):
                doubts.append(f"'{match[1]}'")
        for match in _DENIAL.finditer(self.text, self.start, self.end):
            if not any(m.start <= match.end() - 1 < m.end for m in self.all if m.kind in ("funding", "event")):
                doubts.append("a denial")
                break
        for match in re.finditer(
            r"\b(?:in|at|across|within|throughout|for)\s+(?:the\s+)?((?:[A-Z][\w'’&.-]+)(?:\s+(?:and\s+)?[A-Z][\w'’&.-]+)*)",
            self.text[self.start : self.end],
        ):
            name = match[1]
            place = self.start + match.start(1)
            if not any(m.start <= place < m.end for m in self.all) and name.split()[0] not in _CAPITALS:
                doubts.append(f"'{name}'")
        for match in re.finditer(
            r"(?:^|\.\s+)((?:[A-Z][\w&.-]+)(?:\s+[A-Z][\w&.-]+)*)(?:['’]s?)?\s+(?:had|saw|recorded|counted)\b",
            self.text[self.start : self.end],
        ):
            place = self.start + match.start(1)
            if not any(m.start <= place < m.end for m in self.all) and match[1].split()[0] not in _CAPITALS:
                doubts.append(f"'{match[1]}'")
        return doubts

    # When

    def _when(
        self, q: Quantity, role: str, end: str, before: list[tuple[Quantity, Said]]
    ) -> tuple[str, tuple[int, ...], bool, bool, bool]:
        """Return basis, years, whether they are added up, whether they are named, and whether that is sure."""
        newest = self.reader.anchor.newest
        basis = self._basis(q)
        spans = self._span()
        pair = self._range()
        levels = [said.years[0] for _, said in before if said.role == "level" and len(said.years) == 1]
        near = self.text[max(self.start, q.start - 24) : q.end + 14]
        if role == "level" and len(set(levels)) > 1 and _TOTAL.search(near):
            return basis, tuple(sorted(set(levels))), True, True, True
        own = self._own_year(q, is_start=end in ("from", "than"))
        if role in ("change", "factor") and (between := self._between(q, before)):
            return basis, between, False, True, True
        if pair and role == "level" and not end and (own is None or own[2] in pair[1]):
            return basis, pair[0], True, True, True
        if (pair and end in ("from", "to") and own is None) or (pair and end and own and own[2] in pair[1]):
            return basis, (pair[0][0] if end == "from" else pair[0][-1],), False, True, True
        if pair and role in ("change", "factor"):
            return basis, (pair[0][0], pair[0][-1]), False, True, True
        if spans and role in ("level", "share") and (own is None or own[0] == spans[-1]):
            return basis, spans, len(spans) > 1, True, True
        if own is not None:
            year, _, mention = own
            sure = mention.kind not in ("calendar", "odd")
            if year is None:
                return basis, (), False, True, False
            if role in ("change", "factor"):
                if mention.kind == "year" and mention.value in ("before", "before-last"):
                    later = year + (101 if mention.value == "before" else 202)
                    return basis, (year, later), False, True, sure
                if self._is_base(mention):
                    levels = [period for period in levels if period > year]
                    after = levels[-1:] or [int(m.value) for m in self.of("academic") if int(m.value) > year]
                    return basis, (year, min(after, default=year + 101)), False, True, sure
                earlier = self._other(year, q, before) if self._stride() == 1 else year - 101 * self._stride()
                return basis, (earlier, year), False, True, sure
            return basis, (year,), False, True, sure
        year, named = self._default(q, end, before)
        if role in ("change", "factor"):
            since = any(m.text.lower().startswith("since") for m in self.of("basis"))
            first = min(self.reader.periods, default=year) if since else year - 101 * self._stride()
            return basis, (first if first < year else _year_before(year), year), False, named, True
        is_dated = bool(self.of("academic", "year"))
        if basis == "cumulative" and not is_dated and end not in ("from", "than"):
            return basis, (newest,), False, False, True
        return basis, (year,), False, named, True

    def _between(self, q: Quantity, before: list[tuple[Quantity, Said]]) -> tuple[int, ...]:
        """The years of a change, from the two figures before it: `29,526, compared with 43,535, a fall of 32%`."""
        if self.reader.within(*self.gap_after(q), "academic", "year"):
            return ()
        levels = [said for _, said in before if said.role in ("level", "share") and len(said.years) == 1]
        starts = [said.years[0] for said in levels if said.end in ("from", "than")]
        stops = [said.years[0] for said in levels if said.end not in ("from", "than")]
        if starts and stops and starts[-1] < stops[-1]:
            return starts[-1], stops[-1]
        if levels and re.search(
            r"\b(?:have|has)\s+since\b|\bsince\s+then\b", self.text[self.start : q.start], re.IGNORECASE
        ):
            return levels[-1].years[0], self.reader.anchor.newest
        return ()

    def _is_base(self, mention: Mention) -> bool:
        """Whether a change is counted from this year: `more than in 2022/23`, `since 2022/23`."""
        lead = self.text[max(self.start, mention.start - 24) : mention.start]
        return bool(re.search(_BASE, lead, re.IGNORECASE))

    def _basis(self, q: Quantity) -> str:
        mention = self.pick(q, "basis")
        if mention is None:
            leads = [self.text[max(self.start, m.start - 16) : m.start] for m in self.of("academic")]
            if any(re.search(r"\bby\s+(?:the\s+end\s+of\s+)?$", lead, re.IGNORECASE) for lead in leads):
                return "cumulative"
        if mention is None:
            ahead = [m for m in self.of("basis") if m.start >= q.end]
            mention = ahead[0] if ahead else None
        if mention and _SUPERLATIVE.search(self.text[self.start : mention.start]):
            return ""
        if mention:
            if (
                mention.text.lower() in ("so far", "to date", "ever")
                and self.of("academic")
                and not re.search(r"since", self.text[self.start : self.end])
            ):
                return ""
            return mention.value
        if self.of("coverage") and not self.of("event"):
            return "cumulative"
        return "cumulative" if self.heading.basis == "cumulative" and not self.of("academic", "year") else ""

    def _span(self) -> tuple[int, ...]:
        match = re.search(
            r"\b(two|three|four|2|3|4)\s+(?:academic\s+)?years\s+(?:to|up\s+to|ending(?:\s+in)?|until)\s+(?:the\s+end\s+of\s+)?(?=20)",
            self.text[self.start : self.end],
            re.IGNORECASE,
        )
        last = [m for m in self.of("academic") if match and m.start == self.start + match.end()]
        if match and last:
            length = {"two": 2, "three": 3, "four": 4}.get(match[1].lower()) or int(match[1])
            return tuple(period for period in self._every() if period <= int(last[0].value))[-length:]
        for mention in self.of("span"):
            if mention.value == "all":
                return tuple(self.reader.periods)
            return tuple(self.reader.periods[: int(mention.value)])
        return ()

    def _range(self) -> tuple[tuple[int, ...], list[Mention]] | None:
        years = self.of("academic")
        for first, second in itertools.pairwise(years):
            between = self.text[first.end : second.start]
            lead = self.text[max(self.start, first.start - 14) : first.start]
            if re.fullmatch(r"\s*(?:and|to|until|through to|through|[-–])\s*", between) and (
                _RANGE.search(lead) or re.fullmatch(r"\s*(?:to|until|through|through to|[-–])\s*", between)
            ):
                low, high = int(first.value), int(second.value)
                if low < high:
                    return tuple(p for p in self._every() if low <= p <= high) or (low, high), [first, second]
        return None

    def _every(self) -> tuple[int, ...]:
        return tuple(self.reader.periods)

    def _own_year(self, q: Quantity, *, is_start: bool = False) -> tuple[int | None, int | None, Mention] | None:
        kinds = ("academic", "year", "calendar", "odd", "old")
        after = self.reader.within(*self.gap_after(q), *kinds)
        later = min([other.start for other in self.inside if other.start > q.start], default=self.end)
        for mention in after:
            is_next = re.fullmatch(r"\s*[:(]\s*", self.text[mention.end : later]) is not None
            if not self._is_as_of(mention) and not is_next:
                return self._resolved(mention, q), 1, mention
        before = [
            m
            for m in self.reader.within(*self.gap_before(q), *kinds)
            if not self._is_as_of(m) and not (m.kind == "calendar" and _BREAK.search(self.text, m.end, q.start))
        ]
        if before and not is_start:
            return self._resolved(before[-1], q), 1, before[-1]
        return None

    def _is_as_of(self, mention: Mention) -> bool:
        """Whether a calendar year belongs to a date, as in `by June 2025`."""
        return mention.kind in ("calendar", "old") and bool(
            re.search(
                r"(?:January|February|March|April|May|June|July|August|September|October|November|December|autumn|spring|summer|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?,?\s+$",
                self.text[max(0, mention.start - 14) : mention.start],
            )
        )

    def _resolved(self, mention: Mention, q: Quantity) -> int | None:
        if mention.kind == "academic":
            return int(mention.value)
        if mention.kind == "calendar":
            return int(mention.value) * 100 + (int(mention.value) + 1) % 100
        if mention.kind in ("odd", "old"):
            return None
        anchor = self.reader.anchor
        periods = self._every()
        if mention.value in ("first", "second", "third"):
            place = ("first", "second", "third").index(mention.value)
            return periods[place] if place < len(periods) else None
        if mention.value == "last":
            is_beside = any(m.value == "this" for m in self.of("year"))
            return _year_before(anchor.this[0]) if is_beside and anchor.this else anchor.last[0]
        if mention.value == "this":
            return anchor.this[0] if anchor.this else None
        others = [
            m
            for m in self.of("academic", "year")
            if m is not mention and m.value not in ("before", "after", "before-last")
        ]
        earlier = [m for m in others if m.end <= mention.start] or others
        base = (
            self._resolved(earlier[-1], q)
            if earlier
            else self.carried.years[-1]
            if self.carried.years and self.carried.are_years_named
            else anchor.newest
        )
        if base is None:
            return None
        if mention.value == "after":
            return base + 101
        if mention.value == "before-last":
            return _year_before(_year_before(base))
        return _year_before(base)

    def _other(self, year: int, q: Quantity, before: list[tuple[Quantity, Said]]) -> int:
        """Find the year that a change in `year` starts from: named beside it, else the year before."""
        named = [int(m.value) for m in self.of("academic")]
        bases = [int(m.value) for m in self.of("academic") if self._is_base(m) and int(m.value) < year]
        if bases and len(named) == len(bases) + 1:
            return bases[-1]
        levels = [
            said.years[0] for _, said in before if said.role == "level" and len(said.years) == 1 and said.end == "from"
        ]
        if levels and levels[-1] < year:
            return levels[-1]
        match = re.search(r"\b(?:since|on|than in|compared with|from)\s+$", self.text[self.start : q.start])
        earlier = [period for period in named if period < year]
        if match and earlier:
            return earlier[-1]
        after = [
            m
            for m in self.reader.within(q.end, self.end, "academic")
            if re.search(r"\b(?:since|on|than|with|to|from)\s+(?:in\s+)?$", self.text[self.start : m.start])
            and int(m.value) < year
        ]
        if after:
            return int(after[0].value)
        return _year_before(year)

    def _default(self, q: Quantity, end: str, before: list[tuple[Quantity, Said]]) -> tuple[int, bool]:
        """The year of a number that has none of its own."""
        anchor = self.reader.anchor
        named = [m for m in self.of("academic", "year") if not self._is_as_of(m)]
        if end in ("from", "than"):
            later = self._later_year(q)
            others = [said.years[-1] for _, said in before if said.years]
            base = later or (others[-1] if others else None)
            if base is None:
                base = self._context_year()[0]
            return base - 101 * self._stride(), bool(named)
        if end == "to" and named:
            years = [self._resolved(m, q) for m in named]
            known = [year for year in years if year is not None]
            return (max(known) if known else anchor.newest), True
        if not end:
            named = [m for m in named if not (m.kind == "year" and m.value in ("before", "before-last"))]
        if named:
            earlier = [m for m in named if m.end <= q.start] or named
            year = self._resolved(earlier[-1], q)
            return (year or anchor.newest), True
        if end == "to" and before and before[-1][1].end == "from" and not before[-1][1].are_years_named:
            return self._context_year()
        if before and before[-1][1].years and before[-1][1].role != "change":
            return before[-1][1].years[-1], before[-1][1].are_years_named
        return self._context_year()

    def _stride(self) -> int:
        """Over how many years a change goes: 2 for `in two years`, else 1."""
        match = _STRIDE.search(self.text, self.start, self.end)
        return {"two": 2, "three": 3, "four": 4}.get(match[1].lower()) or int(match[1]) if match else 1

    def _later_year(self, q: Quantity) -> int | None:
        for mention in self.reader.within(q.end, self.end, "academic", "year"):
            return self._resolved(mention, q)
        return None

    def _context_year(self) -> tuple[int, bool]:
        for said in (self.carried, self.heading):
            if said.are_years_named and said.years and said.is_about:
                return said.years[-1], True
        return self.reader.anchor.newest, False

    # Several numbers together

    def _paired(self, out: list[tuple[Quantity, Said]]) -> list[tuple[Quantity, Said]]:
        """Give the numbers of a list the years of another list, in order."""
        years = [int(m.value) for m in self.of("academic")]
        levels = [place for place, (_, said) in enumerate(out) if said.role in ("level", "share")]
        text = self.text[self.start : self.end]
        if len(years) == len(levels) > 1 and "respectively" in text:
            for place, year in zip(levels, years, strict=True):
                out[place] = (out[place][0], replace(out[place][1], years=(year,), is_sum=False, are_years_named=True))
        if (
            not years
            and not self.of("year", "span", "basis")
            and len(levels) == len(self.reader.periods) == len(out) > 2
        ) and all(out[place][0].kind == out[levels[0]][0].kind for place in levels):
            for place, year in zip(levels, self.reader.periods, strict=True):
                out[place] = (out[place][0], replace(out[place][1], years=(year,), is_sum=False))
        return out

    def carry(self, carried: Said, said: list[tuple[Quantity, Said]]) -> Said:
        """What the next sentence may lean on."""
        is_about = self._is_topical()
        years = [int(m.value) for m in self.of("academic")]
        base = said[-1][1] if said else carried
        counted, event, measure = (base.counted, base.event, base.measure) if said else ("", "", "")
        if not said:
            nouns, events, measures = self.of("counted"), self.of("event"), self.of("measure")
            counted = nouns[0].value if nouns else carried.counted
            event = events[0].value if events else carried.event
            measure = measures[-1].value if measures else (carried.measure if not nouns else "")
        fundings = self.of("funding")
        funding = fundings[-1].value if fundings else "all"
        year = (max(years),) if years else carried.years if carried.are_years_named else ()
        return Said(
            counted=counted,
            event=event,
            measure=measure,
            funding=funding if not said else base.funding,
            is_funding_named=bool(fundings) and len({m.value for m in fundings}) == 1,
            area=self.only("area") if self._leans() or not said else "",
            course=self.only("course") if not self.of("without") else "",
            group="",
            basis="cumulative" if any(m.value == "cumulative" for m in self.of("basis")) else "",
            years=year,
            are_years_named=bool(year),
            is_about=is_about or carried.is_about,
        )

    def _leans(self) -> bool:
        return True


_CAPITALS = frozenset(words().table["reading"]["names"].split())
_KINDS = (
    "topic",
    "counted",
    "event",
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
_HEDGES = re.compile(
    r"(?:\b(?:about|around|some|roughly|approximately|approx\.?|circa|nearly|almost|just under|just below|just short of"
    r"|not quite|close to|more than|over|just over|well over|at least|fewer than|less than|under|at most|no more than"
    r"|up to|below|above|only|just|as many as|as few as|an estimated|a total of|in excess of|the|a little over"
    r"|a little under|even|still|whopping|a whopping)|~|≈|[+\u2212-])\s*$",
    re.IGNORECASE,
)


def _unhedged(text: str) -> str:
    """Take the hedges off the end of the words before a number."""
    tail = text[-60:]
    for _ in range(3):
        shorter = _HEDGES.sub("", tail)
        if shorter == tail:
            break
        tail = shorter
    return text[:-60] + tail


def _year_before(period: int) -> int:
    return period - 101


class Row:
    """A cell of a table: its row and column say what it is."""

    def __init__(
        self,
        reader: Reader,
        sentence: Sentence,
        q: Quantity,
        header: list[tuple[int, int]],
        carried: Said,
        heading: Said,
    ) -> None:
        """Take a number in a row, the cells of the header, and what came before the table."""
        self.reader, self.q, self.sentence = reader, q, sentence
        self.carried, self.heading = carried, heading
        column = next((n for n, (start, end) in enumerate(sentence.cells) if start <= q.start < end), 0)
        own = sentence.cells[column] if sentence.cells else (q.start, q.end)
        self.parts = [own]
        if 0 <= column < len(header):
            self.parts.append(header[column])
        if sentence.cells and column:
            self.parts.append(sentence.cells[0])

    def mention(self, *kinds: str) -> Mention | None:
        """Find the first mention of a kind in the cell, its column's header and its row's first cell."""
        for start, end in self.parts:
            found = self.reader.within(start, end, *kinds)
            if found:
                return found[0]
        return None

    def is_claim(self) -> bool:
        """Whether the table is about NPQs."""
        about = any(self.mention(kind) for kind in ("measure", "counted", "event", "course")) or self.carried.is_about
        if any(m.value == "other" for start, end in self.parts for m in self.reader.within(start, end, "topic")):
            return False
        return about and not self.q.is_word

    def said(self) -> Said:
        """Say of the number what its row, its column and the text before say."""
        base = self.carried if self.carried.is_about else self.heading
        measure, counted, event = self.mention("measure"), self.mention("counted"), self.mention("event")
        funding, area, course, group = (self.mention(kind) for kind in ("funding", "area", "course", "group"))
        year = self.mention("academic")
        direction = self.mention("direction")
        calendar = self.mention("calendar") if year is None else None
        newest = self.reader.anchor.newest
        period = int(year.value) if year else base.years[-1] if base.years else newest
        if calendar:
            period = int(calendar.value) * 100 + (int(calendar.value) + 1) % 100
        is_change = bool(direction) or bool(
            re.search(r"(?i)\bchange\b", " ".join(self.reader.text[a:b] for a, b in self.parts))
        )
        named = any((measure, counted, event))
        role = "change" if is_change else "share" if self.q.kind == "percent" else "level"
        return Said(
            role=role,
            counted=counted.value if counted else "" if named else base.counted,
            event=event.value if event else "" if named else base.event,
            measure=measure.value if measure else "" if named else base.measure,
            funding=funding.value if funding else base.funding,
            is_funding_named=bool(funding) or base.is_funding_named,
            area=area.value if area else base.area,
            course=course.value if course else base.course,
            group=group.value if group else base.group,
            basis=base.basis,
            years=(_year_before(period), period) if is_change else (period,),
            are_years_named=bool(year or calendar or base.years),
            is_year_sure=calendar is None,
            direction=self.q.direction,
        )
