"""A sentence in its text: its numbers, and which of its parts say nothing of them."""

import calendar
import re
from functools import cached_property

from npqstats.analysis.factcheck.reading.remarks import loose, remarks, said_by
from npqstats.analysis.factcheck.reading.said import NO_LIMITS, Said
from npqstats.analysis.factcheck.scanning.passage import Passage
from npqstats.analysis.factcheck.scanning.quantity import Quantity
from npqstats.analysis.factcheck.scanning.sentences import Sentence
from npqstats.vocabulary.expressions import cued
from npqstats.vocabulary.patterns import Pattern, lazy

_ASIDES = Pattern(
    r"\s[\u2013\u2014-]\s[^\u2013\u2014]{3,160}?\s[\u2013\u2014-]\s"
    r"|,\s(?:which|who|whose|when(?!\s(?:only|\w+(?:ing|ed)\b))|launched|introduced|created|mandatory|compulsory|obligatory|required|made\s(?:mandatory|compulsory|obligatory|available|statutory)"
    r"|first|newly|now|(?:already|once|long)(?!\s(?:in|among|at|for|from|of)\b)|having|(?:nick)?named|known|dubbed|called|branded|billed|hailed"
    r"|buoyed|boosted|swollen|dented|battered|propped\sup|fuelled"
    r"|with\s(?:[\w’'-]+\s){0,3}?(?:scholarships?|funding|money|places)\s(?:\w+\s){0,2}?(?:\w+ed|cut|gone|\w+awn)(?=,))\b(?:[^,;]|,(?=\d)){0,160},(?!\d)"
    r"|,\san?\s(?:NPQ|course|qualification)\s(?:that|which)\s[^,;]{3,60},(?!\d)"
    r"|,\san?\s(?!(?:year|total|further|record|combined)\b)[^,;\d]{3,70},(?!\d)"
    r"|,\s(?!wh(?:ich|o)\b)(?:[\w’']+\s){1,4}?(?:said|says|added|wrote|reported|reports|noted|notes|found|calculated|estimated),(?!\d)"
    r"|,[\"”’']?\s(?!wh(?:ich|o)\b)(?:[\w’']+\s){1,6}?(?:said|told|added|says|wrote|writes|reported|complain(?:ed|s)?|warn(?:ed|s)?|claim(?:ed|s)?|argue[ds]?|protest(?:ed|s)?|lament(?:ed|s)?|insist(?:ed|s)?|stress(?:ed|es)?|not(?:ed|es)|fear(?:ed|s)?|point(?:ed|s)?\sout|announced|confirmed|observed|remarked)\b[^.;]{0,60}\.?$"
    r"|[,?!]?[\"”’']\s(?:said|says|added|adds|told|wrote|warned|claimed|argued|explained|insisted|complained)\s[^.;]{0,160}",
    cues=" \u2013| \u2014| -|,|\"|”|’|'",
    flags=re.NOFLAG,
)
_ONE_OF = lazy(
    r"[^,;:.\d]{3,80}?\s(?:is|was|are|were|became)\s(?:[\w-]+\s){0,4}?(?:one\sof|among|amongst)\s(?:(?:the|only|just|some|about|more\sthan|nearly)\s)*(?=\d)"
)
_SERVES = lazy(
    r"[^;:.\d]{0,60}?\b(?:serv(?:es|ing|e)|works?|operates?|supports?|covers?|based|sits?|lives?|runs?|leads?)\s[^;:.\d]{0,90}?,\s+where\s+"
)
"""Who speaks, and where they work, before what is said of the place: `Our hub serves schools in London, where ...`."""
_CALLS = lazy(r"\W*(?:Conference|Colleagues|Friends|Delegates|Minister|Members|Governors|Parents|Comrades),\s")
"""Who is spoken to: `Conference, NPQ starts grew ...`."""
_THE_POLL = lazy(r"\b(?:[Tt]he|[Tt]his|[Tt]hat)\s+(?:same\s+)?(?:survey|poll)\b(?!\s+(?:by|from|of)\b)")
_QUESTION = lazy(r"[^.!?\n]+\?\s*$")
_ASKED = lazy(
    r"\W*(?:Q\W+)?(?:which|what|who|where|when|how|is|are|was|were|did|does|has|have)\b[^.!]*\?\W*", re.IGNORECASE
)
_LONGEST_QUESTION = 200
_SO_FAR = cued("so-far")
"""What says that courses go on: their rate is one so far."""
_REASON = Pattern(
    r",\s+(?![^;.]*\b(?:early|expect|compar|judge|surpris|cauti|nothing))(?:which\s+(?:will\s+(?!be\b|have\b)|is\s+(?:why|how|hardly|good|bad|no)\b"
    r"|(?:\w+\s+)?(?:shows?|tells?|proves?|suggests?|means|demonstrates?|says|explains|makes?|made|leaves?|left|puts|raises?|poses|bodes|begs))|so\b(?!\s+far\b)"
    r"|(?:showing|proving|suggesting|demonstrating|raising)\b"
    r"|(?:(?:an?|the)\s+)?(?:[\w-]+\s+){0,2}?(?:verdict|indictment|scandal|failure|proof|evidence|blow|setback|boost"
    r"|waste|disgrace|warning|relief)\b)[^;.]*",
    cues="which|so |showing|proving|suggesting|demonstrating|raising|verdict|indictment|scandal|failure"
    "|proof|evidence|blow"
    "|setback|boost|waste|disgrace|warning|relief",
)
"""What is made of the numbers before it."""
_BLAME = Pattern(
    r"\b(?:accountab|embarrass|scandal|disgrac|shame|shambol|fiasco|dismal|woeful|dire\b|broken\b|failing|poor\s+value|wrong\s+with"
    r"|what\s+are\s+they\s+(?:doing|playing\s+at)|wast(?:e|ing)\s+of\s+(?:[\w'\u2019]+\s+){0,2}money"
    r"|[Ww]hat\s+a\s+(?:waste|mess|joke|farce|failure|shambles)|[Ww]hat\s+(?:\w+\s+)?are\s+(?:we|they|taxpayers)\s+paying\s+for)",
    cues="waste|wasting|what|they|accountab|embarrass|scandal|disgrac|shame|shambol|fiasco|dismal|woeful|dire|broken|failing|poor|wrong",
)
"""What is made of the numbers before it: `Where is the accountability?`."""
_JUDGES = Pattern(
    r"\b(?:commitment|persistence|perseverance|motivation|morale|dedication|stamina|standards)\s+(?:of\s+\w+\s+)?(?:has|have|had|is|are|must|seems?)\b"
    r"|\b(?:giving|gave|given)\s+up\b|\bg[eo]t(?:s|ten|ting)?\s+worse\b"
    r"|\b(?:[Cc]ompletions?|[Ff]inishing|success)\s+(?:rates?\s+)?(?:ha(?:s|ve)|is|are)\s+(?:\w+ly\s+)?"
    r"(?:been\s+)?(?:collaps|plummet|plung|crash|crater|slump|tumbl|nosediv|implod|in\s+(?:crisis|freefall|collapse))\w*",
    cues="commitment|persistence|perseverance|motivation|morale|dedication|stamina|standards|giv|gave|worse"
    "|ompletion|inishing|success",
)
"""What is made of the numbers on either side: `Commitment has collapsed: just 39.7 per cent have been finished`."""
_STANDS = lazy(r"\s*(?:it|they|the\s+course)\b")
_MONTH_OF = lazy(rf"\b(?:{'|'.join(calendar.month_name[1:])})\s+20\d\d\b")
_NEXT = 100
"""Characters before or after a sentence in which it is said what to make of it: `Where is the accountability?`."""
_BESIDES = cued("circumstances")
"""Why a number is what it is, and what else it bears on: `the impact on retention of the 32% fall`."""
_PART = (
    r"(?:almost\s+all|nearly\s+all|most|many|some|several|others|few"
    r"|(?:the|a)\s+(?:(?:vast|great|large|overwhelming|clear|sizeable)\s+)?(?:majority|bulk|minority|handful))"
)
_OF_PART = Pattern(
    rf"(?:[,;(\u2013\u2014]\s*(?:and\s+|but\s+|with\s+|though\s+)?|^\W*){_PART}(?:\s+of\s+(?:them|whom|which|these|those|the)\b)?"
    r"\s+(?:were|was|are|is|had|have|has|did|do|got|went|came|took|paid|with|on|in|from|at|being|having)\b"
    r"(?:(?!,\s(?:and|but|while)\b)[^;.\n])*"
    rf"|\b{_PART}\s+of\s+(?:all\s+)?(?:the|these|those|our|its|last\s+year['’]s)\s+[\d,]+(?:\s+(?!(?:were|was|are|had|have|got|went|paid)\b)[^\s,;:.]+){{1,6}}?"
    r"(?P<rest>\s+(?:were|was|are|had|have|got|went|paid)\b(?:(?!,\s(?:and|but|while)\b)[^;.\n])*)",
    cues="all|most|many|some|several|others|few|majority|bulk|minority|handful",
)
"""What is said of some of those that a number before counts: `Of the 29,526 who started, most were funded`."""
KINDS = (
    *("topic", "counted", "event", "opinion", "measure", "coverage", "funding", "basis", "year", "span", "direction"),
    *("group", "area", "course", "without", "academic", "calendar", "odd", "old"),
)
"""The kinds of phrases that say something of a number."""


class Setting:
    """A sentence, what the text before it said, and what its heading says."""

    def __init__(
        self, passage: Passage, sentence: Sentence, inside: list[Quantity], carried: Said, heading: Said
    ) -> None:
        """Take a sentence with its numbers, what the sentences before it said, and what its heading says."""
        self.passage, self.text, self.sentence = passage, passage.text, sentence
        self.start, self.end = sentence.start, sentence.end
        self.inside, self.carried, self.heading = inside, carried, heading
        self.told = self.text[self.start : self.end]
        spans = [match.span() for match in _ASIDES.finditer(self.text, self.start, self.end)]
        self.asides = [span for span in spans if not any(span[0] <= q.start < span[1] for q in inside)]
        self.asides = [span for span in self.asides if not self._names_subject(*span)]
        reason = _REASON.search(self.text, self.start, self.end)
        self.reasons = [reason.span()] if reason and all(q.end <= reason.start() for q in inside) else []
        besides = [match.span() for match in _BESIDES.finditer(self.text, self.start, self.end)]
        besides += [span for span in remarks(self.text, self.start, self.end) if not self._limits(*span)]
        besides += [span for span in loose(self.text, self.start, self.end) if not self.passage.within(*span, *KINDS)]
        # What names a rate and goes on to a number says of which it is: `giving a pass rate of 79.0%`.
        besides = [span for span in besides if not self.passage.within(*span, "measure")]
        self.reasons += [span for span in besides if not any(span[0] <= q.start < span[1] for q in inside)]
        self.asides += self.reasons
        """Parentheses and reasons without a number, whose phrases say nothing of the numbers around them."""
        last = inside[-1].end if inside else self.end
        is_blamed = reason is not None or _BLAME.search(self.text, last, self.end + _NEXT) is not None
        is_blamed = is_blamed or _JUDGES.search(self.text, max(self.start - _NEXT, 0), self.end + _NEXT) is not None
        self.is_reason = is_blamed and not self.passage.is_provisional_near(self.start, self.end)
        """Whether something is made of its numbers: `just 4 were completed, which shows how poor they are`."""
        one_of = _ONE_OF.match(self.text, self.start, self.end)
        self.member = (self.start, one_of.end() if one_of and one_of.end() in [q.start for q in inside] else self.start)
        """What is one of those that a number counts: `St Aidan's Primary is proud to be one of the 20,611 schools`."""
        first = inside[0].start if inside else self.end
        serves = _SERVES.match(self.text, self.start, first) if inside else None
        serves = serves or _CALLS.match(self.text, self.start)
        self.speaker = serves.span() if serves else said_by(self.text, self.start, first)
        """Who speaks, and where they work."""
        self.clauses = [span for span in spans if span not in self.asides]
        """Those with a number: a clause of their own."""
        some = [match.span(match.lastgroup or 0) for match in _OF_PART.finditer(self.text, self.start, self.end)]
        self.of_some = [span for span in some if not any(span[0] <= q.start < span[1] for q in inside)]
        """What is said of some of those that a number counts."""

    def _names_subject(self, start: int, end: int) -> bool:
        """Whether a course is named there for which a word stands right after: `when SENCO was compulsory, it drew`."""
        is_back = _STANDS.match(self.text, end) is not None
        return is_back and bool(self.passage.within(start, end, "course"))

    def _limits(self, start: int, end: int) -> bool:
        """Whether an area, a course or a group is named there, of which a number beside it may be."""
        named = self.passage.within(start, end, "area", "course", "group")
        return any(m.value not in NO_LIMITS for m in named)

    @cached_property
    def sentence_before(self) -> tuple[int, int]:
        """Where the sentence before it starts and ends; twice its own start where it is the first."""
        ended = [(one.start, one.end) for one in self.passage.sentences if one.end <= self.start]
        return ended[-1] if ended else (self.start, self.start)

    @property
    def is_polled(self) -> bool:
        """Whether it names a survey."""
        return self.sentence in self.passage.polls

    @property
    def is_asked(self) -> bool:
        """Whether it asks for what it speaks of: `Which NPQ is the biggest?`."""
        return _ASKED.fullmatch(self.told) is not None

    @property
    def question(self) -> str:
        """The question right before it, if there is one."""
        match = _QUESTION.search(self.text, max(0, self.start - _LONGEST_QUESTION), self.start)
        return match[0] if match else ""

    @property
    def poll(self) -> str:
        """The last sentence before it that names a survey, else the first after it: `The poll was by Teacher Tapp`.

        Where the text names none, as on the survey's own page, the last one before it that names a month.
        """
        polls = [one for one in self.passage.polls if one != self.sentence]
        if not self.passage.polls:
            dated = (one for one in self.passage.sentences if one.start < self.start)
            polls = [one for one in dated if _MONTH_OF.search(self.text, one.start, one.end)]
        before = [one for one in polls if one.start < self.start]
        while len(before) > 1 and _THE_POLL.search(self.text, before[-1].start, before[-1].end):
            before.pop()  # `The survey showed` is of the one that was named before.
        return next((self.text[one.start : one.end] for one in [*before[-1:], *polls[:1]]), "")

    def tokens(self, start: int, end: int) -> str:
        """The tokens between two positions of the sentence: every one with a space before it, and one at the end."""
        return self.passage.tokens.between(start, min(end, self.end))

    @cached_property
    def so_far(self) -> list[tuple[int, int]]:
        """Where it says that its courses go on, or that they cannot be compared."""
        return [match.span() for match in _SO_FAR.finditer(self.text, self.start, self.end)]
