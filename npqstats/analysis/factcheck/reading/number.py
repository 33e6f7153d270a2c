"""A number of which it is asked what it counts, with all that may tell it."""

from functools import cached_property
from typing import NamedTuple

from npqstats.analysis.factcheck.reading.around import Around
from npqstats.analysis.factcheck.reading.said import OUTCOMES, Read, Said
from npqstats.vocabulary.claims import Mention
from npqstats.vocabulary.patterns import lazy

ALL_OF = {"schools-total": "schools", "teachers": "workforce"}
"""What is counted by the measures of all that there are."""
OF_WHOLE = {"participants": "people", "completions": "courses"}
"""What is counted where a share is of these."""
STRONG = tuple(event for event in OUTCOMES if event != "target")
"""Events that say more of a number than that it was started."""
_AMONG = lazy(r"\b(?:among|amongst|one\s+of|part\s+of)\s+(?:the|those|these)\s+$")
_OF_THEM = lazy(r"\s+of\s+(?:them|these)\b")
_OF_THESE = lazy(r"\W*[Oo]f\s+(?:these|those|them),?\s+(?:(?:just|only|some|about|around|nearly)\s+)?$")
_WORKFORCE_IS = lazy(
    r"\b(?:in|from|of|with|against)\s+an?\s+(?:total\s+|teaching\s+|school\s+){0,2}workforce\s+of\s+(?:some\s+|about\s+)?$"
    r"|\bteaching\s+workforce\s+(?:numbered|numbers|was|is|totalled|totals|st(?:ood|ands)\s+at)\s+(?:some\s+|about\s+)?$"
)


class Subject(NamedTuple):
    """What is counted."""

    counted: str = ""
    event: str = ""
    measure: str = ""


def strong(events: list[Mention]) -> list[str]:
    """Return those that say more of a number than that it was started."""
    return [m.value for m in events if m.value in STRONG]


def done(at: Around) -> str:
    """Return what the verb right before a count says became of those that it counts: `passed 30,751 of them`."""
    verbs = [m.value for m in at.before("event") if m.value in ("complete", "pass") and m.end + 1 == at.q.start]
    return verbs[-1] if verbs and at.q.kind == "count" else ""


class Number:
    """A number, the noun that it counts, what it is a share of, its role, and what the numbers before it say."""

    def __init__(self, at: Around, noun: Mention | None, whole: str, role: str, before: list[Read]) -> None:
        """Take what is known of a number; its noun and its whole may be nothing."""
        self.at, self.noun, self.whole, self.role, self.before = at, noun, whole, role, before
        self.q, self.statement, self.carried = at.q, at.statement, at.statement.carried
        self.previous = before[-1][1] if before else Said()
        self.is_count = at.q.kind == "count"
        self.is_bare = noun is None and not whole
        """Whether neither a noun nor a whole is named."""
        self.is_bare_count = self.is_bare and self.is_count

    @cached_property
    def is_workforce(self) -> bool:
        """Whether it is the size of the workforce: `a teaching workforce of 511,958`."""
        return self.noun is None and self.is_count and _WORKFORCE_IS.search(self.at.left) is not None

    @cached_property
    def name(self) -> str:
        """The word for those that it counts; `schools` for any word for them."""
        if self.noun is None:
            return "teachers" if self.is_workforce else ""
        return "schools" if self.noun.value == "schools" else self.noun.text.lower()

    @cached_property
    def is_of_them(self) -> bool:
        """Whether it counts some of what was spoken of: `20,452 of these`."""
        return _OF_THEM.match(self.at.text, self.q.end) is not None

    @cached_property
    def points_back(self) -> bool:
        """Whether the first number of a sentence is of what the text before counts: `20,452 of these were funded`."""
        if self.before:
            return False
        is_of_schools = self.carried.counted == "schools" and _OF_THESE.match(self.at.left) is not None
        is_of_them = self.is_count and self.is_of_them
        return is_of_them or self.at.is_answer or _AMONG.search(self.at.left) is not None or is_of_schools

    @cached_property
    def last(self) -> Said:
        """What was said of the number before; else, where this one points back to it, of that in the text before."""
        if self.before or not self.points_back:
            return self.previous
        last = self.carried
        if {m.value for m in self.at.after("event")} & {"complete", "pass"}:
            # `144,241 courses were started, by 143,266 people. 75,967 of them have been completed.`
            last = next((one for one in last.several if one.counted == "courses"), last)
        if not last.counted and last.whole:  # `88.4% of schools have had one. We are among the 20,611.`
            last = last._replace(counted=OF_WHOLE.get(last.whole, last.whole))
        return last

    @property
    def source(self) -> Said:
        """What was said of the number before, else in the text before."""
        return self.last if self.before else self.carried
