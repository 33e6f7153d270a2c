"""A whole text, sentence by sentence: what it says of each of its numbers, and where it makes claims in words."""

import re
from itertools import pairwise
from typing import NamedTuple

from npqstats.analysis.factcheck.reading.carried import THE_COURSE, carry, group_of, is_scene
from npqstats.analysis.factcheck.reading.clauses import Clauses
from npqstats.analysis.factcheck.reading.limiting import limited, limits, unnamed
from npqstats.analysis.factcheck.reading.phrases import AWAY
from npqstats.analysis.factcheck.reading.rows import Table
from npqstats.analysis.factcheck.reading.said import Read, Said
from npqstats.analysis.factcheck.reading.statement import Statement
from npqstats.analysis.factcheck.reading.topics import topicality
from npqstats.analysis.factcheck.scanning.passage import Passage, is_npq
from npqstats.analysis.factcheck.scanning.quantity import Quantity
from npqstats.analysis.factcheck.scanning.sentences import Sentence
from npqstats.vocabulary.patterns import lazy

_CAPTION = lazy(
    r"\W*(?:pictured|(?:main\s+)?(?:picture|photo(?:graph)?|image)\s*(?:caption|credit)?\s*[:(])", re.IGNORECASE
)
_ONLY = lazy(r"\W*(?:Only|Just|Barely|Hardly|A\s+mere)\b")
"""What opens a sentence that says something by the way: the text goes on with whose figures it gave before."""
_MARKS = lazy(r"#+")
_SPEAKERS = ("institution", "provider")
_NOT_BELOW = ("time", "forecast", "outcome", "retention", "age", "headteacher")
"""What limits no figures below a heading that is a sentence: `Later courses still have time to run`."""
_NOTE = 10
"""Words that a note at the end of a paragraph has at most."""
_TO_THE_COURSE = lazy(
    rf"{THE_COURSE.pattern}|\W*(?:strip|take|leave|set|put|without|exclud\w+)\w*\s+(?:it|them|that|those|this)\b",
    re.IGNORECASE,
)
"""What points back to a course over the end of a paragraph: `Strip it out and ...`."""
_IT = lazy(
    r"\W*(?:[^,;:.\d]{0,30},\s+)?(?:it|that|this|they)\b|\W*of\s+(?:those|these|them)\b|\W*[\d,]+\s+of\s+(?:them|these|those)\b",
    re.IGNORECASE,
)
_DID_NOT = lazy(r"\W*(?:[a-z]+\s+)?\d[\d,]*\s+(?:did|were|was|had|have|has)(?:\s+not|n['\u2019]t)\W*$", re.IGNORECASE)
"""An item that denies what the one before says: `6,063 did not`."""
_AGAINST = lazy(r"\b(?:behind|ahead\s+of|than|beats?|trails?|outpaces?|overtakes?|like|unlike)\s+(?:the\s+)?$")
"""Before an area that a heading sets another one against: `The East still behind the capital`."""
_THOSE = lazy(r"\b(?:behind|of|on|for|from|in|to)\s+(?:those|these|such)\s+(?:starts|courses|NPQs|qualifications)\b")
"""What points back to the courses of the paragraph before: `The number of people behind those courses was 3,117`."""
_AUDIENCE = lazy(
    r"\b(?:guide|advice|tips|help|notes?|questions|answers|FAQs?|choosing|what\s+to|how\s+to|thinking\s+(?:of|about))\b[^.]*\bfor\b",
    re.IGNORECASE,
)
"""What makes the group of a heading those who are to read it: `A short guide for middle leaders`."""
_CHURCH = r"(?:C\s+of\s+E|CofE|CE|RC|Church\s+of\s+England|Catholic|Community|Voluntary\s+Aided|VA|VC)"
_A_NAME = lazy(
    rf"\b[A-Z][\w'\u2019.]*\s+(?:{_CHURCH}\s+){{0,2}}(?:Primary|Secondary|Infant|Junior|Special)"
    r"\s+(?:Schools?|Academ(?:y|ies)|Partnership|Trust|Federation|Alliance|MAT)\b"
    r"|\b(?=[A-Z]{2})[A-Z\d.,&'\u2019 ]*\b(?:PRIMARY|SECONDARY|INFANT|JUNIOR|SPECIAL)"
    r"\s+(?:SCHOOLS?|ACADEM(?:Y|IES)|TRUST)\b"
)
"""A school or trust whose name has a phase: `Larkhill Primary Partnership`."""
_OPENING = 24
"""Characters that a sentence opens with."""
_BLANK = Said(is_about=False)


class Told(NamedTuple):
    """A sentence, with what it says of each of its numbers."""

    sentence: Sentence
    read: list[Read]
    clauses: Clauses | None = None
    """None for a row of a table."""


def read(passage: Passage) -> list[Told]:
    """Say of each number of a text what the text says of it; those that are no claims are left out.

    What a sentence says is carried to the next one, and what a heading says to all below it.
    """
    out: list[Told] = []
    thread, table, notes = _Thread(passage), Table(passage), _notes(passage)
    for number, sentence in enumerate(passage.sentences, 1):
        inside = _inside(passage, sentence)
        if thread.enter(sentence):
            table.header = ()
        if sentence.cells:
            base = thread.carried if thread.carried.is_about else thread.heading
            if thread.heading.is_funding_named and not base.is_funding_named and base.is_caption:
                base = base._replace(funding=thread.heading.funding, is_funding_named=True)
            out.append(Told(sentence, table.read(sentence, inside, base)))
            continue
        over = notes.get(sentence.paragraph, thread.scene or thread.heading)
        clauses = Clauses(Statement(passage, sentence, inside, thread.carried, over))
        said = clauses.said()
        out.append(Told(sentence, said, clauses))
        thread.leave(clauses, said, is_before_item=all(one.is_item for one in passage.sentences[number : number + 1]))
    return _limited(out)


class _Thread:
    """What a text has said so far that its next sentence may lean on."""

    def __init__(self, passage: Passage) -> None:
        """Begin a text."""
        self._passage = passage
        self.carried = self.heading = _BLANK
        """What the sentence before said, and what the headings above say."""
        self.scene: Said | None = None
        """What a line of a paragraph says of all lines below it."""
        self._main = self._lead = _BLANK
        """The last sentence that sets the year of those after it; that before a list."""
        self._headline: Said | None = None
        """A heading right above, of which all of it is carried."""
        self._headings: list[tuple[int, Said]] = []
        self._paragraph, self._is_listed, self._is_first = -1, False, False

    def enter(self, sentence: Sentence) -> bool:
        """Come to a sentence; what opens a paragraph or a list leans on what is above. Return whether it opens one."""
        self._is_first = sentence.paragraph != self._paragraph
        self._paragraph = sentence.paragraph
        if not (sentence.is_item or self._is_first):
            return False
        self.scene = None if self._is_first else self.scene
        above, self._headline = self.scene or self._headline or self.heading, None
        is_back = _TO_THE_COURSE.match(self._passage.text, sentence.start) is not None
        course = self.carried.course if is_back else above.course
        hangs = sentence.is_item and _hangs(self._passage, sentence)
        is_of_those = _THOSE.search(self._passage.text, sentence.start, sentence.end) is not None
        hangs = hangs or (is_of_those and not sentence.is_heading)
        if not hangs:
            self.carried = self.carried._replace(
                area=above.area, course=course, group=above.group, subject=above.subject
            )
        elif sentence.is_item:  # `In the East Midlands: ...`, of an item that leans on the one before as well
            self.carried = self.carried._replace(
                area=self.carried.area or above.area, course=self.carried.course or course
            )
        self._lead = self._lead if sentence.is_item and self._is_listed else self._main
        self._is_listed, lead = sentence.is_item, self._lead
        if not hangs:
            self.carried = self.carried._replace(years=lead.years, are_years_named=lead.are_years_named)
            if sentence.is_item:
                paid = lead.funding, lead.is_funding_named
                self.carried = self.carried._replace(funding=paid[0], is_funding_named=paid[1])
        return self._is_first

    def leave(self, clauses: Clauses, said: list[Read], *, is_before_item: bool) -> None:
        """Go on from a sentence.

        Args:
            clauses: The sentence.
            said: What it says of its numbers.
            is_before_item: Whether an item of a list comes next, or nothing.
        """
        statement, sentence = clauses.statement, clauses.statement.sentence
        if sentence.is_heading and not said and _CAPTION.match(statement.text, sentence.start):
            return  # `Pictured: a training day at a primary school`
        carried = carry(statement, said, clauses.topicality)
        if self.carried.is_funding_named and _ONLY.match(statement.told) and carried.funding != self.carried.funding:
            carried = carried._replace(funding=self.carried.funding)  # `Only 29 were started without funding.`
        is_caption = carried.is_caption and bool(statement.years)
        is_later = self._is_first or is_caption or carried.years > self._main.years
        self._main = carried if is_later else carried._replace(years=self._main.years)
        if sentence.is_item and is_before_item and not said and carried.own:
            self.scene = self._lead = carried  # `Year: 2022/23`, of all lines below it
        if self._is_first and carried.course and not (said or sentence.is_item or unnamed(statement)):
            self.scene = carried._replace(own=("course",))  # `Senior Leadership (18 months).`, of its paragraph
        self.carried = self._headed(statement, carried) if sentence.is_heading else carried

    def _headed(self, statement: Statement, carried: Said) -> Said:
        """Go on from a heading; return what the sentence right below it may lean on."""
        title, depth = _title(statement, carried), _depth(statement.text, statement.sentence)
        self._headings = [pair for pair in self._headings if pair[0] < depth]
        heading = _below(title, self._headings[-1][1]) if self._headings else title
        if not title.course and any(map(is_npq, statement.all)):
            heading = heading._replace(course="")  # `How popular are NPQs?`
        self._headline = below = heading
        if title.course and is_scene(statement):
            heading = heading._replace(own=(*heading.own, "course"))
        elif title.course:
            heading = heading._replace(course="")  # `SENCO course props up numbers`, of the next paragraph
        self.heading = heading
        self._headings.append((depth, heading))
        return below


def _hangs(passage: Passage, sentence: Sentence) -> bool:
    """Whether an item of a list leans on the one before: `A year later it was 2,440`, `As a share, it went to ...`."""
    years = passage.within(sentence.start, min(sentence.end, sentence.start + _OPENING), "year")
    is_bare = _DID_NOT.match(passage.text, sentence.start, sentence.end) is not None
    return any(m.value in AWAY for m in years) or is_bare or _IT.match(passage.text, sentence.start) is not None


def _limited(told: list[Told]) -> list[Told]:
    """Note where a sentence without numbers limits those of the one beside it: `All of them had scholarships.`."""
    for first, second in pairwise(told):
        is_same = first.sentence.paragraph == second.sentence.paragraph
        for one, other in ((first, second), (second, first)):
            is_before = one is first
            if one.clauses is None or one.read or not (is_same or (is_before and one.sentence.is_heading)):
                continue
            own = other.clauses.statement.of("area", "group", "course") if other.clauses and is_before else []
            found = limits(one.clauses.statement, is_before=is_before)
            found = {pair for pair in found if pair[0] not in {m.kind for m in own}}
            other.read[:] = [(q, limited(said, found)) for q, said in other.read]
    return told


def _title(statement: Statement, carried: Said) -> Said:
    """What a heading itself says."""
    areas = {m.value for m in statement.of("area") if not _AGAINST.search(statement.text, statement.start, m.start)}
    area, course, group = areas.pop() if len(areas) == 1 else "", statement.only("course"), group_of(statement)
    group = "" if _A_NAME.search(statement.text, statement.start, statement.end) else group
    # Whose page it is is not whose figures these are, nor is `time` of which it speaks.
    is_told = bool(statement.of("counted", "measure")) and not unnamed(statement)
    group = (
        "" if group in _SPEAKERS or _AUDIENCE.search(statement.told) or (group in _NOT_BELOW and not is_told) else group
    )
    own = tuple({*carried.own, *["year"] * bool(statement.of("academic", "year"))})
    is_about = carried.is_about and not carried.is_other
    return carried._replace(area=area, course=course, group=group, own=own, is_about=is_about)


def _depth(text: str, heading: Sentence) -> int:
    """Say how deep a heading is: by its marks; without any the one that opens a text is above all others."""
    marks = _MARKS.match(text, heading.start)
    return len(marks[0]) if marks else 7 if text[: heading.start].strip() else 0


def _below(heading: Said, above: Said) -> Said:
    """Take what a heading does not say itself from the one that it is below: `# Funded NPQs`, `## Starts`."""
    heading = heading._replace(own=tuple({*heading.own, *above.own} - {"course"}))
    if not heading.is_funding_named and above.is_funding_named:
        heading = heading._replace(funding=above.funding, is_funding_named=True)
    heading = heading._replace(told=heading.told or above.told)
    is_named = heading.area or heading.course or heading.group
    return heading if is_named else heading._replace(area=above.area, course=above.course, group=above.group)


def _inside(passage: Passage, sentence: Sentence) -> list[Quantity]:
    return [q for q in passage.quantities if sentence.start <= q.start < sentence.end]


def _notes(passage: Passage) -> dict[int, Said]:
    """What a line without numbers that ends a paragraph says of all its numbers: `(Funded NPQs of 2021/22.)`."""
    paragraphs: dict[int, list[Sentence]] = {}
    for sentence in passage.sentences:
        paragraphs.setdefault(sentence.paragraph, []).append(sentence)
    found = {}
    for number, inside in paragraphs.items():
        last = inside[-1]
        is_apart = passage.text[last.start] in "(*" and number - 1 in paragraphs
        is_note = (len(inside) > 1 or is_apart) and not any(one.cells for one in inside)
        is_note = is_note and len(passage.text[last.start : last.end].split()) <= _NOTE
        if is_note and passage.within(last.start, last.end, "academic", "basis") and not _inside(passage, last):
            note = Statement(passage, last, [], _BLANK, _BLANK)
            found[number - (len(inside) == 1)] = carry(note, [], topicality(note))._replace(own=("year",))
    return found
