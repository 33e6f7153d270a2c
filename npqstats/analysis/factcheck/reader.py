"""A whole text, sentence by sentence: what it says of each of its numbers."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from npqstats.analysis.factcheck.clauses import Clauses
from npqstats.analysis.factcheck.phrases import Phrase, Phrases, hidden
from npqstats.analysis.factcheck.quantities import Quantity
from npqstats.analysis.factcheck.said import Anchor, Said, is_npq, year_before
from npqstats.analysis.factcheck.sentences import Sentence, sentences
from npqstats.analysis.factcheck.windows import KINDS
from npqstats.vocabulary.claims import Lexicon, Mention, words
from npqstats.vocabulary.tokens import Tokens

_ACADEMIC = re.compile(
    r"\b(?:academic\s+year\s+)?(20\d\d)\s?[-–/]\s?(?:(20)?(\d\d))\b(?![-/]\d)|\b(20\d\d)(\d\d)\b(?!,)"
    r"|\b(?:academic\s+year\s+|between\s+)?(20\d\d)\s+(?:to|and)\s+(20\d\d)\b"
)
_SHORT_YEAR = re.compile(r"(?<![\d/.,-])(2[1-9])/(2[2-9]|30)(?![\d/.,%-])")
_OLD = re.compile(r"\b(?:19\d\d|200\d|201\d|2020)(?:\s?[-–/]\s?(?:20)?\d\d)?\b(?!,\d)")
_CALENDAR = re.compile(r"(?<![\d,.£/-])\b(20\d\d)\b(?![,./-]\d|\s?%)")
_SINCE_LATER = re.compile(
    r"\bsince\s+(?:(?:autumn|September|the\s+autumn\s+of)\s+)?(202[2-9])\b(?!\s?[-–/]\s?\d)", re.IGNORECASE
)
_CHANGE = re.compile(r"\bchange\b", re.IGNORECASE)
_COUNTS = ("counted", "event", "measure")
_NEAR = 800
"""Characters within which a text goes on speaking of NPQs once it has named them."""
_NOTE = 7
"""Words that a note at the end of a paragraph has at most."""
SHORT = 40
"""Words up to which a passage is taken to be about NPQs where it speaks of starts and the like without naming them."""


class Reader:
    """Reads a text with the words of a lexicon."""

    def __init__(
        self,
        text: str,
        tokens: Tokens,
        found: Sequence[Quantity],
        lexicon: Lexicon,
        periods: Sequence[int],
        anchor: Anchor,
    ) -> None:
        """Find the sentences and phrases of a text."""
        self.text, self.tokens = text, tokens
        self.sentences = sentences(text)
        self.periods = periods
        self.anchor = anchor
        self.mentions = sorted([*lexicon.mentions(text), *self._years(text)], key=lambda m: (m.start, m.end))
        names = [m for m in self.mentions if m.kind in ("group", "area", "course")]
        self.quantities = [q for q in found if not any(m.start <= q.start < m.end for m in names)]
        phrases = Phrases(text, self.mentions, self.quantities)
        self.phrases = {sentence: phrases.inside(sentence.start, sentence.end) for sentence in self.sentences}
        said = [phrase for inside in self.phrases.values() for phrase in inside]
        self.mentions = [m for m in self.mentions if not hidden(said, m)]
        self.claims: list[tuple[Clauses, list[tuple[Quantity, Said]], list[Phrase]]] = []
        """Each sentence with claims in words, once it is read."""
        self.is_short = len(text.split()) <= SHORT
        self._starts = [m.start for m in self.mentions]
        self.is_polled = any(m.value == "survey" for m in self.mentions)
        self._npqs = [m.start for m in self.mentions if is_npq(m)]
        self.is_npq = bool(self._npqs)

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
        intake = re.compile(r"\s+(?:NPQ\s+)?(?:cohort|starter|intake|joiner|entrant)s?\b", re.IGNORECASE)
        for match in _CALENDAR.finditer(text):
            if match.start() not in taken and int(match[1]) >= 2021 and intake.match(text, match.end()):
                year = f"{match[1]}{(int(match[1]) + 1) % 100:02}"
                found.append(Mention(match.start(1), match.end(1), "academic", year, match[0]))
                taken.update(range(match.start(), match.end()))
        found += [
            Mention(match.start(1), match.end(1), "odd", match[1], match[0])
            for match in _SINCE_LATER.finditer(text)
            if match.start(1) not in taken
        ]
        since = re.compile(r"(?:since|since (?:autumn|september|the reforms of)|from)\s+$", re.IGNORECASE)
        found += [
            Mention(match.start(1), match.end(1), "calendar", match[1], match[0])
            for match in _CALENDAR.finditer(text)
            if match.start() not in taken and not since.search(text[max(0, match.start() - 22) : match.start()])
        ]
        return found

    def _notes(self) -> dict[int, Said]:
        """What a line without numbers that ends a paragraph says of all its numbers: `(Funded NPQs of 2021/22.)`."""
        paragraphs: dict[int, list[Sentence]] = {}
        for sentence in self.sentences:
            paragraphs.setdefault(sentence.paragraph, []).append(sentence)
        return {number: said for number, inside in paragraphs.items() if (said := self._note(inside)) is not None}

    def _note(self, paragraph: list[Sentence]) -> Said | None:
        last = paragraph[-1]
        span = (last.start, last.end)
        if len(paragraph) == 1 or any(one.cells for one in paragraph) or not self.within(*span, "academic"):
            return None
        if len(self.text[slice(*span)].split()) > _NOTE or any(
            last.start <= q.start < last.end for q in self.quantities
        ):
            return None
        blank = Said(is_about=False)
        return Clauses(self, last, [], blank, blank).carry(blank, [])

    def has_npq_near(self, index: int) -> bool:
        """Whether NPQs are named shortly before a place."""
        return any(index - _NEAR <= start <= index for start in self._npqs)

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
        above: tuple[tuple[int, int], ...] = ()
        notes = self._notes()
        for sentence in self.sentences:
            inside = [q for q in self.quantities if sentence.start <= q.start < sentence.end]
            if sentence.is_item:
                carried = carried._replace(area=heading.area, course=heading.course, group=heading.group)
            if sentence.paragraph != paragraph:
                paragraph = sentence.paragraph
                header = []
                carried = carried._replace(area=heading.area, course=heading.course, group=heading.group, direction=0)
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
                is_change = _CHANGE.search(self.text, *sentence.cells[0])
                rows = [Row(self, sentence, q, header, carried, heading, above if is_change else ()) for q in inside]
                out += [(row.q, row.said(), sentence) for row in rows if row.is_claim()]
                above = above if is_change else sentence.cells[:1]
                continue
            over = notes.get(sentence.paragraph, heading)
            clause = Clauses(self, sentence, inside, carried, over)
            said = clause.said()
            out += [(q, s, sentence) for q, s in said]
            if self.phrases[sentence]:
                self.claims.append((clause, said, self.phrases[sentence]))
            carried = clause.carry(carried, said)
            if sentence.is_heading:
                named = {kind: clause.only(kind) for kind in ("area", "course", "group")}
                heading = carried._replace(area=named["area"], course=named["course"], group=named["group"])
                carried = heading
        return out


_HEAD_WORD = re.compile(r"[^\W\d_]{2,}(?:['’][^\W\d_]+)?")


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
        above: tuple[tuple[int, int], ...] = (),
    ) -> None:
        """Take a number in a row, the cells of the header, what came before the table, and whose change the row is."""
        self.reader, self.q, self.sentence = reader, q, sentence
        self.carried, self.heading = carried, heading
        column = next((n for n, (start, end) in enumerate(sentence.cells) if start <= q.start < end), 0)
        own = sentence.cells[column] if sentence.cells else (q.start, q.end)
        self.parts = [own]
        if 0 <= column < len(header):
            self.parts.append(header[column])
        if sentence.cells and column:
            self.parts.append(sentence.cells[0])
            self.parts += self._counted_elsewhere(header, column)
        self.parts += above
        self.heads = [*self.parts[1:], *header[:1]]
        """What says what the cell is, the corner of the table included."""
        ends = [m for cell in header for m in reader.within(*cell, "event") if m.value in ("complete", "pass")]
        self.is_of_courses = bool(ends) and not any(reader.within(*cell, "counted") for cell in header)
        """Whether a column `Started` counts courses, as those beside it, `Completed` and `Passed`, do."""
        if q.kind == "count" and q.value <= 100 and column < len(header):
            if re.search(
                r"%|per\s?cent|percentage|\brate\b|\bshare\b", reader.text[slice(*header[column])], re.IGNORECASE
            ):
                self.q = replace(q, kind="percent")

    def _counted_elsewhere(self, header: list[tuple[int, int]], column: int) -> list[tuple[int, int]]:
        """The head that says what a column of changes or of years counts: the one to its left, else the corner."""
        own = header[column] if column < len(header) else (0, 0)
        if self.reader.within(*own, *_COUNTS):
            return []
        is_change = self.reader.within(*own, "direction") or _CHANGE.search(self.reader.text, *own)
        before = reversed(header[:column]) if is_change else header[:1]
        return next(([cell] for cell in before if self.reader.within(*cell, *_COUNTS)), [])

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
        direction, basis = self.mention("direction"), self.mention("basis")
        calendar = self.mention("calendar") if year is None else None
        newest = self.reader.anchor.newest
        period = int(year.value) if year else base.years[-1] if base.years else newest
        if calendar:
            period = int(calendar.value) * 100 + (int(calendar.value) + 1) % 100
        is_change = bool(direction) or bool(any(_CHANGE.search(self.reader.text, *part) for part in self.parts))
        named = any((measure, counted, event))
        if event and not counted and not measure and self.is_of_courses:
            counted = event._replace(kind="counted", value="courses")
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
            basis=basis.value if basis else base.basis,
            years=(year_before(period), period) if is_change else (period,),
            are_years_named=bool(year or calendar or base.years),
            is_year_sure=calendar is None,
            direction=self.q.direction,
            unread=self._unread(event.value if event else ""),
        )

    def _unread(self, event: str) -> tuple[str, ...]:
        """List the words of the heads that nothing has read: `(thousands)`, a provider, a trust."""
        left: list[str] = []
        reading = words().reading
        allowed = frozenset[str]().union(
            *(reading[kind] for kind in ("plain", "heads", "beside_shares", "beside_changes"))
        )
        for start, end in dict.fromkeys(self.heads):
            mentions = self.reader.within(start, end, *KINDS, "harmless")
            odd = [m for m in mentions if m.value in ("institution", "provider") or (m.value == "target" != event)]
            left += [m.text for m in odd]
            known = [range(m.start, m.end) for m in mentions]
            left += [
                match[0]
                for match in _HEAD_WORD.finditer(self.reader.text, start, end)
                if match[0].lower() not in allowed and not any(match.start() in span for span in known)
            ]
            if self.q.kind == "count" and self.q.value > 100 and "%" in self.reader.text[start:end]:
                left.append("%")
        return tuple(dict.fromkeys(left))
