"""What may say of which year a number is: the phrases beside it, and the figures before it."""

import re
from functools import cached_property
from typing import NamedTuple

from npqstats.analysis.factcheck.reading.around import BREAK, YEARS, Around
from npqstats.analysis.factcheck.reading.basis import basis_of
from npqstats.analysis.factcheck.reading.named_years import is_base, is_of_date, is_of_earlier, year_of
from npqstats.analysis.factcheck.reading.role import Role
from npqstats.analysis.factcheck.reading.said import Read, Said
from npqstats.analysis.factcheck.reading.spans import range_of, since_reform, stride_of
from npqstats.vocabulary.claims import Mention
from npqstats.vocabulary.patterns import lazy

_APART = lazy(r"[,;:]|\b(?:and|but|by|then)\b")
_BUT = lazy(r",\s+(?:yet|but|while|whereas|although)\b")
_YEAR_ON_YEAR = lazy("year.on.year", re.IGNORECASE)
_IS_NOW = lazy(r" (?:is|are|were|was|stands? at) (?:now|today|currently) (?:at )?$| now (?:is|are|stands? at|number) $")
_THAN = lazy(r"\bthan\b")
_IN_ALL = lazy(
    r",\s+(?!when\b|where\b|after\b|while\b)[^,;]*\b(?:was|were|is|are|numbered|totalled|reached|hit|stood|came)\b"
)
"""What tells of the newest year after what it is held against: `Compared with 2021/22, NPQ starts were 29,818`."""
_NEAR = 24
_WHO_HAVE = lazy(
    r"\b(?:number|share|proportion|percentage|tally|total|count|pool|stock)\s+of\s+(?:\w+\s+){0,2}?(?:teachers|people|leaders|staff|schools)\s+(?:(?:who|that|which)\s+(?:have|has|had)|(?:ever\s+)?to\s+have"
    r"|with\s+(?:at\s+least\s+)?(?:an?|one)\s+(?:\w+\s+)?NPQ\s+(?:begun|started|behind\s+them|under\s+their\s+belts?))\b(?![^,;]*\bin\s+20)"
)
AND_THEN_ON = lazy(r",?\s+(?:(?:(?:and|but|before)\s+)?then|before\s+(?:\w+ly\s+)?\w+ing|only\s+to)\b")
_IN_THE_YEAR = lazy(r"(?:\s+[a-z]+){0,2}\s+(?:in|over|during)\s+(?:the|that|one|a\s+single)\s+year\b")
_PASSES = lazy(r"\b(?:passed|topped|exceeded|reached|hit|crossed)\s+(?:the\s+)?$")
TODAY = lazy(r"\b(?:now|today|currently|at\s+present)\b", re.IGNORECASE)
SINCE = lazy(r"\b[Ss]ince\s+(?:(?:\w+\s+){1,3}(?:of|in)\s+|the\s+)?$")
THAN_IN = lazy(r"\b(?:than|as(?=\s+in\b))\s+(?:there\s+were\s+)?(?:in\s+)?$")


class When(NamedTuple):
    """The years of a number."""

    years: tuple[int, ...]
    basis: str = ""
    is_sum: bool = False
    are_years_named: bool = True
    is_year_sure: bool = True


class Dating:
    """What may say of which year a number is, for the rules that decide it."""

    def __init__(self, at: Around, role: Role, before: list[Read]) -> None:
        """Take the number in its sentence, its role, and what was said of the numbers before it."""
        self.at, self.q, self.text, self.statement = at, at.q, at.text, at.statement
        self.before, self.role, self.end = before, role, role.end
        self.last = before[-1][1] if before else None
        self.anchor = at.statement.passage.anchor
        self.stride = stride_of(at.statement)
        self.moves = role.name in ("change", "factor")
        self.is_level = role.name in ("level", "share")
        self.is_change, self.is_plain = role.name == "change", role.name == "level"
        self.is_start = role.end in ("from", "than")
        self.levels = [s.years[0] for _, s in before if s.role == "level" and len(s.years) == 1]
        self.starts = [s for _, s in before if s.end == "from" and len(s.years) == 1]
        self.mention = self._own()
        """The phrase that names the number's own year, right after it or right before."""
        self.year = year_of(self.statement, self.mention) if self.mention else None
        self.is_before = self.mention is None or self.mention.end <= at.q.start

    def _own(self) -> Mention | None:
        found = self._beside()
        return None if found and not self.moves and _YEAR_ON_YEAR.fullmatch(found.text) else found

    def _beside(self) -> Mention | None:
        until = since_reform(self.statement)
        if not self.moves and until and not _BUT.search(self.text, self.q.end, until[0].start):
            return until[0]
        found = [m for m in self.at.own_years if not is_of_date(self.text, m)]
        bracketed = [m for m in self.at.before(*YEARS) if self.text[m.end : self.q.start] == " ("]
        if bracketed and self.at.is_in_brackets:
            return bracketed[-1]  # `Fewer were started in 2024/25 (29,818) than in the very first year (31,677).`
        following = self.at.following[:1]
        is_to = self.is_change and bool(following) and self.text[self.q.end : following[0].start] == " to "
        near = self.at.beside(following[0]) if following else None
        is_of_next = near and (is_to or near.is_in_brackets or self.at.part_of is near.q)
        if not found and near and is_of_next:  # `427 (1.9%) a year earlier`, `16,391 of 23,060 schools in 2022/23`
            after = near.after(*YEARS)
            found = [m for m in after if not is_base(self.statement, m) and not is_of_date(self.text, m)]
        is_by = self.is_change and self.last is not None and self.last.basis == "cumulative"
        if self.is_level or is_by:  # `at some point since 2021/22`, `19.9% since 2021/22, an increase of 2.8 points`
            found = [m for m in found if not self._is_in_basis(m)]
        if self.is_plain:  # `29,818, or 68% of the 2023/24 total`
            found = [m for m in found if not is_of_earlier(self.statement, m)]
        is_based = self.is_level and not self.is_start and all(is_base(self.statement, m) for m in found)
        if (found and not is_based) or self.is_start:
            return next(iter(found), None)
        before = [
            m
            for m in self.at.before(*YEARS)
            if not (is_of_date(self.text, m) or (is_by and self._is_in_basis(m)))
            and not (m.kind == "calendar" and BREAK.search(self.text, m.end, self.q.start))
            and not (is_base(self.statement, m) and self._is_apart(m))
        ]
        # `In 2024/25 the figure was 29,818, lower than in the opening year.`
        return before[-1] if before else next(iter(found), None)

    def _is_apart(self, base: Mention) -> bool:
        """Whether the year of a comparison is that of the words before a number: `than in the first year: 29,818`."""
        between = self.text[base.end : self.q.start]
        is_than = _THAN.search(self.text, max(self.statement.start, base.start - _NEAR), base.start) is not None
        is_led = self.is_plain and not self.is_start and _IN_ALL.match(between) is not None
        return is_led or re.search(r"[;)]|\band\s+\w+ed\b", between) is not None or (is_than and ":" in between)

    def _is_in_basis(self, m: Mention) -> bool:
        """Whether a year says since when is counted: `since 2021/22`."""
        bases = [(m.start, m.end + m.text.endswith("since")) for m in self.statement.of("basis")]
        return any(first < m.start <= last for first, last in bases)

    @cached_property
    def before_move(self) -> list[Mention]:
        """The years before a move whose start the number is: `climbed in 2022/23, from 31,677`."""
        found = [m for m in self.at.before("academic", "year") if not is_base(self.statement, m)]
        return found[-1:] if self.role.end == "from" else []

    @property
    def level_before(self) -> list[Said]:
        """The level that a move goes on from: `peaked at 43,840 in 2023/24 and have since fallen to 29,818`."""
        if not self.before or self.last is None or self.mention is None or len(self.last.years) != 1:
            return []
        is_now = not self.end and _IS_NOW.search(self.at.lead) is not None
        nouns = self.statement.within(self.mention.end, self.q.start, "counted")
        is_same = all(m.value == self.last.counted for m in nouns) and self.last.years[0] < self.anchor.newest
        is_level = not _APART.search(self.text, self.before[-1][0].end, self.mention.start)
        is_level = (
            is_level
            and (self.last.role == "level" or (self.last.role == "share" and self.role.end == "to"))
            and self.last.end in ("", "to")
            and self.q.kind == self.before[-1][0].kind
        )
        return [self.last] if is_same and is_level and (is_now or self.end == "to") else []

    @cached_property
    def range(self) -> tuple[tuple[int, ...], list[Mention]] | None:
        """The years from one to another that the sentence names, and where."""
        return range_of(self.statement, self.at.after("academic"))

    @cached_property
    def basis(self) -> str:
        """Cumulative or in-year, where the sentence or what it leans on says so."""
        if self.end in ("from", "to") and any(m.text.lower()[:6] == "annual" for m in self.statement.of("basis")):
            return "in-year"  # `Over the four years the annual number went down from 31,677 to 29,818`
        alike = [q for q in self.statement.inside if q.kind == self.q.kind and q.digits > 1]
        # `Starts by year since the reforms: 31,677, 38,906, ...`; of schools DfE counts nothing else than since then.
        is_row = bool(self.statement.row_of(alike)) and all(m.value != "schools" for m in self.statement.of("counted"))
        if (self.moves or self.end or _PASSES.search(self.at.left)) and _WHO_HAVE.search(self.at.left):
            return "cumulative"  # `the number of teachers who have begun one went up by 14,150`
        is_bare = not self.statement.of("counted", "measure", "event")
        if self.is_change and is_bare and self.statement.is_anaphoric and self.statement.carried.basis == "cumulative":
            return (
                "cumulative"  # `The number to have begun one grew by 14,150. It had grown by 29,649 the year before.`
            )
        comma = self.text.rfind(", ", *self.at.gap_before)
        before = [m for m in self.at.before("counted", "measure", "event") if m.start > comma]
        nouns = (*before, *self.at.after("counted", "event"))
        if self.is_change and self.last and self.last.basis == "cumulative" and not nouns:
            return "cumulative"  # `By the end of 2024/25 102,080 teachers had begun one, an increase of 14,150`
        if self.is_change and _IN_THE_YEAR.match(self.text, self.q.end):
            return ""  # `Coverage rose by 1,404 schools in the year`
        return "" if is_row else basis_of(self.at, self.end, self.last)
