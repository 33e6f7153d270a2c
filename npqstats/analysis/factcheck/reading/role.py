"""What a number is in its sentence, and what around it may say so: for the rules that decide it."""

from functools import cached_property
from typing import NamedTuple

from npqstats.analysis.factcheck.reading.around import Around
from npqstats.analysis.factcheck.reading.said import Read, Said
from npqstats.vocabulary.claims import words
from npqstats.vocabulary.patterns import lazy

PARTS = ("area", "group", "course")
SIGN = {"up": 1, "down": -1, "flat": 0}
_LARGER = lazy(r" (?:in (?:\w+ ){1,3})?(?:is|was|would be|becomes|looks|gets) (?:(?:even|still|far|much|yet) )?")
_COMPARED = "compared with|compares with|against|versus|vs|vs .|than|than the"
THAN = tuple(f" {each} " for each in _COMPARED.split("|"))
NOUNS = ("counted", "event", "measure", "course", "group", "area", "funding")


class Role(NamedTuple):
    """What a number is in its sentence."""

    name: str
    """level, change, share, factor or target."""
    direction: int = 0
    end: str = ""
    """from or than, to: where it is an end of a change; added: where it is what a total grew by."""


class Place:
    """What stands around a number, for the rules that tell its role."""

    def __init__(self, at: Around, before: list[Read]) -> None:
        """Take the number in its sentence, and what was said of the numbers before it."""
        self.at, self.q, self.statement, self.before = at, at.q, at.statement, before
        self.left = at.lead
        self.right = self.statement.tokens(at.q.end, at.q.end + 45)
        self.moves = at.earlier("direction")
        self.last = self.moves[-1] if self.moves else None
        self.is_first = self.last is not None and not any(
            self.last.end <= other.start < at.q.start for other in self.statement.inside
        )
        """Whether no other number lies between the last move and this one."""
        self.plain = Role("share" if at.q.kind == "percent" else "level")

    @cached_property
    def between(self) -> str:
        """The tokens from the last move to the number and its hedges."""
        return self.at.lead_from(self.last.end) if self.last else ""

    @property
    def sign(self) -> int:
        """The direction of the last move, where none without a direction comes after it: `went from`.

        It is that of the fall in `the fall is even larger`.
        """
        of = self.moves[-2] if self.is_of_size else self.last
        return SIGN[of.value] if of and " went from " not in self.between else 0

    @cached_property
    def is_of_size(self) -> bool:
        """Whether the last move says how large the one before it is: `the fall is even larger`."""
        if len(self.moves) < 2 or self.moves[-1].text.lower() not in words().reading["comparatives"]:
            return False
        return _LARGER.fullmatch(self.statement.tokens(self.moves[-2].end, self.moves[-1].start)) is not None

    @property
    def said(self) -> Said:
        """What was said of the number before."""
        return self.before[-1][1] if self.before else Said()

    @property
    def counts_starts(self) -> bool:
        """Whether it is a number of `starts`, which nobody gains but a total."""
        noun = self.at.head.noun
        return noun is not None and noun.text.lower().endswith(("starts", "starters", "participants"))

    def next_follows(self, word: str) -> bool:
        """Whether the next number comes right after a word."""
        later = [other for other in self.at.every if other.q.start > self.q.end]
        return bool(later) and later[0].lead_from(self.q.end).endswith(f" {word} ")
