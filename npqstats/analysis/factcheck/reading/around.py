"""A number in its sentence: what comes before and after it, what it is a part of, and the noun that it counts."""

import re
from bisect import bisect_left
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from npqstats.analysis.factcheck.reading.not_done import words_of_rest
from npqstats.analysis.factcheck.reading.scope import clause
from npqstats.analysis.factcheck.reading.statement import PRONOUNS, Statement
from npqstats.analysis.factcheck.scanning.quantity import Quantity
from npqstats.vocabulary.claims import Mention, words
from npqstats.vocabulary.patterns import Pattern, lazy

BREAK = lazy(
    r"[;:|\u2013\u2014]|\.\s|,?\s(?:while|whereas|but|although|though|compared|against|versus|vs|followed|as(?!\s+(?:complete|completed|finished|passed)\b))\b"
    r"|,\s*(?:yet(?!\s+to)|so(?!\s+far)|and|or|up|down|from|of\s+which|with|of\s+whom)\b|\band\s+(?:in|by|for|the|that|of|another|non|un)\b|→|->"
    r"|,\s+(?:\w+ing\s+that|leaving|which\s+(?:is|are|leaves?|left|means?))\b"
)
"""Where the clause of a number ends."""
DIRECT = lazy(
    r"\s*(?:[,(]|[\u2013\u2014](?=\s*or\b))?\s*(?:or(?:,?\s+in\s+\w+\s+terms,?)?(?:\s+of(?:\s+more\s+than)?)?|that\s+is|i\.e\.|equivalent\s+to|equal\s+to|which\s+is|representing|about|around|some|nearly)?\s*(?:about\s+|some\s+|around\s+|nearly\s+|almost\s+|just\s+(?:over|under)\s+)?",
    re.IGNORECASE,
)
"""What is between two numbers that say the same: `14,022, or 32 per cent`."""
WHO_DID = lazy(r"\s+(?:who|that|which)\s+(?:have|has|had|did|were|was)(?=\s*(?:[.,;:)]|$))")
"""What has the verb of the number before: `409,878 have never begun one, as against 102,080 who have`."""
DID_SO = lazy(r"\s+(?:\w+\s+)?(?:did|(?:had|have|has)\s+done)\s+so\b")
"""What has the verb, and all that limits it, of the number before: `and some 39,000 had done so the year before`."""
_TURN = lazy(r";|\band\s+that\b(?=\s+(?:the\s+)?[a-z\d])")
"""What begins a second thing that is said: `pointing out that ..., and that pass rates were ...`."""
_OF_WHOLE = lazy(
    r"\s*(?:\(|,)?\s*(?:(?:[^.;:()]{0,90}?\s)?out\s+of|(?:NPQ\s+)?passes\s+from|of)\s+(?:all|the|these|those|its|our|their|a|some|around|about|nearly"
    r"|(?:England|London|capital|region|area|country|nation|(?-i:[A-Z])\w+(?:\s+(?:of\s+)?(?-i:[A-Z])\w+){0,3}|last\s+year|that\s+year|the\s+year|20\d\d/\d\d)['’]s|(?:(?:national|overall|grand|annual|whole|entire|teaching|school|state|state-funded)\s+){0,3}(?:total|figure|workforce|profession)\s+of"
    r"|total|\s)*",
    re.IGNORECASE,
)
_OF_A_TOTAL = lazy(
    r"(?<!one )(?<!total )(?<!number )\b(?:[Oo](?:ut of|f)|[Aa]mong(?:st)?)\s+(?:(?:last|that)\s+year['’]s\s+)?"
    r"(?:(?:the|all|their|its|a\s+total\s+of)\b\s*)?"
    r"(?:(?:first|second|third|fourth|latest|newest)\s+)?(?:(?!these|those|them|whom|which)[\w'’]+\s+)?$"
)
_INCLUDES = lazy(r"\s+(?:\w+\s+){1,2}includ(?:e[sd]?|ing)\b")
_OF_THESE = lazy(r"\bof\s+(?:these|those|them|whom|which)\b", re.IGNORECASE)
_SIZE_OF = lazy(r"\s+of\s+(?:about\s+|some\s+|nearly\s+|almost\s+|over\s+)?")
_OF_THEM = lazy(
    r"\s+of\s+(?:these|those|them|whom|which)\b(?!\s+\w+)|\s+of\s+(?:them|whom|which)\b|\s+of\s+(?:these|those)\s+(?=(?:were|was|are|have|had)\b)",
    re.IGNORECASE,
)
_ITS_OWN = lazy(r"\s+of\s+(?:these|those|them)\b")
_WHICH_IS = lazy(r",\s+(?:or|(?:which|that)\s+(?:is|was|makes))\s+(?:\w+\s+)?$")
"""What makes a share that of the count before: `funded NPQs had reached 20,452 schools, which is 87.7% of them`."""
_NEXT_CLAUSE = lazy(r",?\s+(?:and|but|while|whereas|although|yet)\s*$")
"""What opens the clause of the next number."""
AND = lazy(r"\s*(?:,|&|,?\s*and)\s*(?:the\s+)?")
_LISTED = lazy(r"\s*(?:,|,?\s*(?:and|then)|or|to)\s+")
_OF = lazy(r"\bof\b")
_OF_THEIR = lazy(r"\s+of\s+(?:all\s+)?(?:the|their|its|his|her|our)\b", re.IGNORECASE)
"""What may be between a number and the noun that it counts: `4,038 of their NPQs`."""
_OF_ALL_OTHERS = lazy(
    r"\s+of\s+(?:the\s+|all\s+|its\s+)?(?:[\w-]+['\u2019]s?\s+)?(?:state[-\s]school\s+|teaching\s+)?(?:teachers|workforce)\b"
)
"""What gives a share a whole of its own."""
MEAN = lazy(
    r"(?i)\b(?:on\s+average|(?:an?|the|annual|yearly)\s+(?:\w+\s+)?average\s+of|averag(?:ed|es|ing)|average\s+(?:(?:it|them|that|this)\s+)?(?:out\s+)?(?:annual\s+)?(?:number|total|over|across))\b"
)
A_YEAR = lazy(
    r"(?i)\b(?:an?|per|each|every)\s+(?:academic\s+)?year\b|\b(?:annual(?:ly)?|yearly)\b|\beach\s+of\s+the\s+(?:(?:last|past|first)\s+)?(?:two|three|four)\s+years\b|\bover\s+(?:the|all)\s+four\s+years\b"
)
"""What makes a number the mean of several years."""
_NPQS_A_YEAR = lazy(r"(?:\s+[\w-]+){0,2}?\s+(?:a|per)\s+year\b")
_EACH_YEAR, _OR_SOME = (
    lazy(r"\s+(?:a|per|each|every)\s+year\b"),
    lazy(r",?\s+or\s+(?:about\s+|some\s+|around\s+|roughly\s+)?$"),
)
_IT_WAS = lazy(
    r"\b(?:it|this|that|they|(?:the|that|this)\s+(?:(?:equivalent|corresponding|comparable|same)\s+)?(?:figure|number|total|count|tally|share|proportion|percentage|rate)"
    r"(?:\s+(?:for|in)\s+20\d\d\s*/\s*\d+)?)\s+"
    r"(?:had\s+)?(?:(?:was|were|is|are)\s+(?:reported|said|put|thought|estimated)\s+(?:to\s+be|at)|(?:was|were|is|are|been)(?:\s+(?:down|up)\s+to"
    r"|\s+(?:\w+\s+)?(?:lower|higher|smaller|larger|less|more|better|worse)\s*,?\s+at)?|st(?:ood|ands)\s+at)\s+$"
)
_DONE_BY = lazy(
    r"\s+\w+ed\s+(?:up\s+)?by\b|\s+(?:recorded|seen|reported|registered|logged|counted|posted|achieved)\s+(?:for|in|at|last)\b"
)
"""What is done by somebody, after a count without its noun: `the 10,537 racked up by the SENCO course`."""
_PERFECT = Pattern(
    r"(?<!\bwould )(?<!\bas )(?<!\bto )(?<!where it )(?<!where they )\b(?:has|have|had)\s+"
    r"(?:\w+\s+){0,2}?(?:now\s+|already\s+|ever\s+)?"
    r"(?:been(?!\s+(?:\w+ly\s+)?(?:cut|slashed|reduced|(?:more\s+than\s+)?halved|trimmed|pared|raised|lifted|increased|(?:fall|ris|grow|shrink)ing|settled|revised|corrected|confirmed|updated|restated|compulsory|mandatory|required|available|free|in\s+place|open)\b)|had|started|begun"
    r"|taken|done|sent|benefit(?:t)?ed|engaged|participated|joined"
    r"|completed|taken up|undertaken|enrolled|signed|reached|touched|passed|finished|embarked"
    r"|made\s+use|used|put|seen|turned\s+up|cropped\s+up|appeared|(?:by\s+now\s+)?(?:found|made|worked)\s+(?:their|its)\s+way)\b",
    cues="has|have|had",
    flags=re.NOFLAG,
)
_APPOSITION = lazy(
    r"[^,;:.()]{0,60}(?:[,(]|\s[\u2013\u2014-])\s*(?:(?:or|that\s+is|some|about|only|just|nearly|almost|around|roughly|over|under|close\s+to|well\s+over|(?:fewer|more|less)\s+than)\s+)*"
)
_PREDICATE = lazy(
    r"(?:[^,;:.()]|[,.](?=\d)){0,60}(?:[,)]|\s[\u2013\u2014-])\s*(?P<verb>(?:still|without|some(?:one|body)|that(?=\s+\w+\s+ha(?:ve|s)\s+(?:not|never))|where|whose|who|could|can|had|have|has|was|were|are|is|took|began|started|completed|sent|did|paid|studied|enrolled|relied|went|signed)\b)"
)
"""An apposition with a number of its own, and the verb of both after it."""
_BY_NEXT = lazy(r"(?:(?!\band\b)[^,;:])*\bby\s*(?:(?:a\s+further|another)\s+)?")
"""What is between a phrase and the next move: `starts fell by 32 per cent, funded participants by 43 per cent`."""
_ITS = lazy(r"(?:(?<=['’]s)|['’]s)\s+")
_LEADS_IN = lazy(
    r"(?!.*\b(?:from|than|with|against|by|to|and|or|of)\b)[^,;:\n]{0,30}"
    r"|\s+(?:cohort|intake|group|year|starters)(?:\s+[\w-]+){0,3}\s+",
    re.IGNORECASE,
)
_WHERE_IT = lazy(
    r",?\s+(?:where|whose|which|with)\s+(?:\w+\s+){0,2}?(?:was|were|is|had|stood\s+at|reached|at)\s+(?:\w+\s+)?"
)
"""What is between a place and its number: `overtaking the East Midlands, where it was 5.77%`."""
_CLOSES = lazy(r"(?:\s+(?:in\s+all|of\s+them|in\s+total))?\)")
_THERE_WERE = lazy(r"\s+(?:there|it|they|the\s+(?:figure|number|total))\s+(?:had\s+been|were|was|had)\s+(?:\w+\s+)?")
"""What is between a year and its number: `29,818 starts where the year before there had been 43,840`."""
_WHICH_HAD = lazy(
    r",\s+which\s+(?:(?:became|was|is)\s+[^,;:.\d]{3,60}\s+and\s+)?(?=(?:\w+\s+){0,2}?(?:account|ma[dk]e|dr[ea]w|attract|had|has|saw|took|brought|contribut|recorded)\w*)"
)
_ASIDE_HAD = lazy(r",\s+[^,;.\d]{3,40},\s+(?:had|drew|saw|recorded|attracted|with|at|was|got)\s+(?:\w+\s+)?")
"""What is between a course and its number: `and Early Years Leadership, also new, had 2,213`."""
_AND_AT = lazy(r",\s+and\s+(?:at|in|by|for|from|of)\s+$")
_BETWEEN_COMMAS = lazy(r",\s+[^,;:.\d]{3,40},\s+")
_WITH = lazy(r"\s+(?:with|at|on)\s+(?:about\s+|some\s+|just\s+|only\s+)?")
"""What is between a course and its number: `literacy opened with 3,064 and early years leadership with 2,213`."""
_ONE_OF = lazy(r"(?:\s+\w+)?\s+one\s+of\s+")
"""What is between a course and its rate: `headship had a rate of 86.0 and executive leadership one of 77.1`."""
_APART = lazy(r"[,;\n]|\b(?:and|than|against|to)\b")
_JOINT = lazy(r"[,;]\s+(?:and\s+|but\s+|then\s+)?|\b(?:and|but|then)\s+")
_SAID_OF_IT = ("counted", "event", "measure", "coverage", "funding", "basis", "group", "course", "area")
YEARS = ("academic", "year", "calendar", "odd", "old")
_OF_YEAR = lazy(r"\s+of\s+(?:(?:all\s+)?the\s+)?20\d\d/\d\d(?:\d\d)?(?:['’]s)?\b")
_ANSWER = lazy(r"\W*(?:A(?:nswer)?[.:]\s+)?(?:[A-Z]\w+\s+)?(?P<number>\d[\d,]*)(?:,\s|[.;:]|\s+out\s+of\b)")
_WHO = lazy(
    r"\s+(?:of\s)?(who|(?<=of\s)(?:you|us)|(?:(?:have|had|now|already)\s+){0,2}(?:started|began|begun|took|taken)(?=\s+(?:courses\b|(?:an|a\s+reformed)\s+(?:NPQ|National))))\b"
)
_OWNERS = lazy(r"\s+(people|teachers|participants|leaders)['’]s?\s+(?:NPQs?|courses?|qualifications?|places?)\b")
_NEXT_WORD = lazy(r"[\s\-\u2010\u2011]*(?:\(\s*)?([^\W\d_][\w'’]*)")


class Head(NamedTuple):
    """The noun that a count counts."""

    noun: Mention | None = None
    unknown: tuple[str, ...] = ()
    """The words before it that are not known."""
    is_other: bool = False
    """Whether it is a noun of other statistics."""


class Around:
    """A number and what is around it."""

    def __init__(self, statement: Statement, q: Quantity, every: "list[Around]") -> None:
        """Take a number of a sentence, and the list in which all its numbers are."""
        self.statement, self.q, self.every = statement, q, every
        self.text = statement.text
        self.left = self.text[statement.start : q.start]
        """The sentence before the number."""
        n = bisect_left(statement.inside, q.start, key=lambda one: one.start)
        self.is_last = q is statement.inside[-1]
        beside = statement.inside[max(n - 1, 0) : n + 2]
        self.pairs = [pair for pair in pairwise(beside) if q in pair]
        """The number with the one before it, and with the one after it."""
        self.clause = [span for span in statement.clauses if span[0] <= q.start < span[1]]
        previous = statement.inside[n - 1].end if n else statement.start
        self.gap_before = (max([previous, *(first for first, _ in self.clause)]), q.start)
        """The text from the number before to this one."""
        self.next_start = statement.inside[n + 1].start if n + 1 < len(statement.inside) else statement.end
        """Where the next number begins, or the sentence ends."""
        self.following = [other for other in statement.inside if other.start >= q.end]

    @cached_property
    def gap_after(self) -> tuple[int, int]:
        """The text from the number to the next one or to the end of the clause."""
        end = min([self.next_start, *(last for _, last in self.clause)])
        # `Yorkshire and the Humber` and `the year that followed` have no break.
        names = self.statement.within(self.q.end, end, "area", "course", "year")
        breaks = (match.start() for match in BREAK.finditer(self.text, self.q.end, end))
        stop = next((at for at in breaks if not any(m.start < at < m.end for m in names)), end)
        closing = self.text.find(")", self.q.end, stop)
        is_inside = self.text.rfind("(", *self.gap_before) > self.text.rfind(")", *self.gap_before)
        is_inside = is_inside and not self.is_in_brackets  # What follows is of the number before them, too.
        return self.q.end, closing if is_inside and closing >= 0 else stop

    @cached_property
    def scope(self) -> tuple[int, int]:
        """Where the clause of the number begins and ends."""
        around = (self.gap_before[0], self.gap_after[1])
        low, high = clause(self.text, self.statement.passage.tokens, self.q, self.statement.start, around)
        is_label = self.text[:low].rstrip().endswith(":") and self.q.kind == "count" and self.head.noun is None
        kinds = ("counted", "measure", "event", "course", "direction", "opinion")
        # `Teachers of maths began fewer NPQs: 29,818`
        is_label = is_label and not self.statement.within(around[0], low, "basis")
        # `The courses have a good record: 26,783 of the 31,677 started in 2021/22 were completed.`
        is_label = is_label and not (self.part_of and self.part_of.start >= self.q.end)
        return (around[0] if is_label and not self.statement.within(low, high, *kinds) else low, high)

    @cached_property
    def predicate(self) -> tuple[int, int]:
        """What is said of a number after the one beside it: `27,889 teachers, 5.5 per cent of them, had begun ...`."""
        end = self.q.end
        if not self.following or self.following[0].kind not in ("percent", "count"):
            return end, end
        verb = _PREDICATE.match(self.text, self.following[0].end, self.statement.end)
        if verb is None or not _APPOSITION.fullmatch(self.text, end, self.following[0].start):
            return end, end
        beside, start = self.beside(self.following[0]), verb.start("verb")
        if beside.gap_after[1] <= start:  # `26,432 (83.4% of the courses begun) have been passed`
            end = next((other.start for other in self.following if other.start > start), self.statement.end)
            stop = BREAK.search(self.text, start, end)
            return start, stop.start() if stop else end
        return start, beside.gap_after[1]

    @cached_property
    def segment(self) -> tuple[int, int]:
        """The part of the sentence between semicolons, or what is said there also, that holds the number."""
        start, end = self.statement.start, self.statement.end
        before = [match.end() for match in _TURN.finditer(self.text, start, self.q.start)]
        after = _TURN.search(self.text, self.q.end, end)
        return max([start, *before]), after.start() if after else end

    @cached_property
    def stop(self) -> int:
        """Where a clause of the next number begins: `23,477 had their fees covered, and 88.4% of schools have had`."""
        lead = self.beside(self.following[0]).lead_start if self.following else self.q.end
        then = _NEXT_CLAUSE.search(self.text, self.q.end, lead)
        is_told = then and self.statement.within(self.q.end, then.start(), "event", "funding")
        return then.start() if then and is_told else self.statement.end

    def beside(self, q: Quantity) -> "Around":
        """Return another number of the sentence, with what is around it."""
        return self.every[self.statement.place_of[id(q)]]

    def before(self, *kinds: str) -> list[Mention]:
        """List the phrases of some kinds between the number before and this one."""
        return self.statement.within(*self.gap_before, *kinds)

    def after(self, *kinds: str) -> list[Mention]:
        """List the phrases of some kinds in the clause after the number."""
        return self.statement.within(*self.gap_after, *kinds)

    @property
    def own_years(self) -> list[Mention]:
        """The years that are said of the number right after it."""
        return [m for m in self.after(*YEARS) if not self.leads_in(m)]

    @cached_property
    def other_years(self) -> list[Mention]:
        """The years around it that are said of the number before or the next: `31,677 in 2021/22, 38,906 ...`."""
        previous = [other for other in self.every if other.q.end <= self.q.start][-1:] if self.own_years else []
        return [m for other in previous for m in other.own_years] + [m for m in self.after(*YEARS) if self.leads_in(m)]

    def earlier(self, *kinds: str) -> list[Mention]:
        """List the phrases of some kinds in the sentence before the number."""
        return [m for m in self.statement.of(*kinds) if m.end <= self.q.start]

    def later(self, *kinds: str, stop: str = "") -> list[Mention]:
        """List the phrases of some kinds in the sentence after the number, as far as a mark."""
        found = [m for m in self.statement.of(*kinds) if m.start >= self.q.end]
        return [m for m in found if not stop or stop not in self.text[self.q.end : m.start]]

    @cached_property
    def goes_on(self) -> bool:
        """Whether no more than a year goes with a number of the same kind as the one before it.

        `5.2% of the total in 2023/24 and 20.5% in 2024/25`, `grew by 5,472 in 2022/23, but by only 1,044 in 2024/25`.
        """
        n = self.statement.place_of[id(self.q)]
        joints = [match.end() for match in _JOINT.finditer(self.text, *self.gap_before)]
        if not n or not joints or self.q.kind != self.statement.inside[n - 1].kind or self.part_of is not None:
            return False
        after = self.after(*_SAID_OF_IT)
        if self.q.kind != "count":  # `29,818 starts and 29,526 participants in 2024/25`: people, not courses
            after = [m for m in after if m.text.lower() not in words().participants]
        own = [*self.statement.within(joints[0], self.q.start, *_SAID_OF_IT), *after]
        return not own and self.rest is None and bool(self.own_years or self.before(*YEARS))

    def pick(self, *kinds: str) -> Mention | None:
        """Choose the phrase that goes with the number: right after it, else right before, else earlier."""
        if inside := self.statement.within(self.q.start, self.q.end, *kinds):
            return inside[-1]  # `One headteacher in twenty`
        after = [m for m in self.after(*kinds) if not self.leads_in(m) and not self.is_of_whole(m)]
        whole = self.beside(self.part_of) if self.part_of and self.part_of.start > self.q.end else None
        if whole and not after:
            after = [m for m in whole.after(*kinds) if not whole.leads_in(m)]
        before = self.before(*kinds)
        if before and self.is_in_brackets and self.text[before[-1].end : self.lead_start].strip() == "(":
            return before[-1]  # `part-timers (83.7%) were ahead of full-time colleagues (82.1%)`
        if after and not (before and "," in self.text[self.q.end : after[0].start]):
            return after[0]
        if self.joined and not (before or self.earlier(*kinds)):
            shared = self.joined.pick(*kinds)
            return shared if shared and shared.start > self.next_start else None  # `8,625 and 9,157 headship NPQs`
        return next(reversed(before or self.earlier(*kinds)), None)

    def is_of_whole(self, m: Mention) -> bool:
        """Whether a phrase is of the number that this one is a part of: `4,807 of England's 42,164`."""
        is_part = self.part_of is not None and self.q.end < m.start < self.part_of.start
        return is_part and _OF.search(self.text, self.q.end, m.start) is not None

    def leads_in(self, m: Mention) -> bool:
        """Whether a phrase after the number leads in the next one: `38,906, in 2023/24 43,840`."""
        between = self.text[m.end : self.next_start]
        if self.next_start == self.statement.end:
            return False
        is_apart = _APART.search(self.text, self.q.end, m.start) is not None
        is_part = is_apart and m.kind in ("course", "group", "area")
        where = [] if m.kind == "funding" and between.startswith(", which") else [_WHERE_IT]
        where += [_THERE_WERE] if m.kind == "year" else []
        leading = (_ONE_OF, *where, *([_ASIDE_HAD] if is_apart else []), *([_WITH, _BETWEEN_COMMAS] if is_part else []))
        if any(each.fullmatch(between) for each in leading) or any(
            each.fullmatch(self.text, m.end, self.beside(self.following[0]).lead_start) for each in (_BY_NEXT, _ITS)
        ):
            return True
        if is_part and not between.strip():
            return True  # `They completed 83.7 per cent of their courses, full-timers 82.1 per cent.`
        if between.strip() == "(":
            # `29,818 in 2024/25 (43,840 in 2023/24)`: the number in brackets has a year of its own.
            closing = self.text.find(")", self.next_start)
            return not self.statement.within(self.next_start, closing if closing >= 0 else self.statement.end, m.kind)
        if between.strip() == ":":
            is_label = not m.text[0].isalpha()
            return is_apart or is_label  # `38,906 2023/24: 43,840`, but `6.3 per cent the year before: 0.8 points more`
        # `At 29,818, NPQ starts last year were 6 per cent below ...`: the year is that of the noun before it.
        comma = self.text.rfind(",", self.q.end, m.start)
        is_of_noun = comma >= 0 and bool(self.statement.within(comma, m.start, "counted"))
        return is_apart and not is_of_noun and _LEADS_IN.fullmatch(between) is not None

    def is_of_next(self, m: Mention) -> bool:
        """Whether a phrase is of the next number: `29,526 (23,477 funded)`, `29,818, below the first year's 31,677`."""
        near = next((q for q in self.following if q.start >= m.end), None)  # Only what comes right after is its own.
        is_own = near is not None and near is not self.part_of
        if is_own and near and _ITS.fullmatch(self.text, m.end, self.beside(near).lead_start):
            return True
        opened = self.text.find("(", self.q.end, m.start)
        is_open = opened >= 0 and self.text.find(")", opened, m.start) < 0
        closed = self.text.find(")", m.end, self.statement.end)
        return is_open and self.next_start < closed

    @cached_property
    def lead(self) -> str:
        """The tokens of the sentence before the number and its hedges."""
        return self.lead_from(self.statement.start)

    def lead_from(self, start: int) -> str:
        """The tokens from a position to the number and its hedges."""
        return words().unhedged(self.statement.passage.tokens.between(start, self.q.start))

    @cached_property
    def lead_start(self) -> int:
        """Where the hedges before the number begin."""
        tokens = self.statement.passage.tokens
        every = tokens.between(self.statement.start, self.q.start)
        return tokens.back(self.q.start, every.count(" ") - self.lead.count(" "))

    @cached_property
    def leans(self) -> bool:
        """Whether a word of its clause stands for what was spoken of before, and no noun does: `they began 4,532`."""
        start, end = self.scope
        named = self.statement.within(start, end, "topic", "counted", "measure", "course", "group", "area")
        end = min([end, *(m.start for m in named)])
        return not PRONOUNS.isdisjoint(self.statement.tokens(start, end).split())

    @cached_property
    def is_answer(self) -> bool:
        """Whether it is all that a question asks for: `How many courses is that? 29,818, since some took two.`."""
        match = _ANSWER.match(self.text, self.statement.start)
        return match is not None and match.start("number") == self.q.start and self.statement.question != ""

    @cached_property
    def own_start(self) -> int:
        """Where its clause starts: after a course, what this had: `but for the SENCO course, which drew 10,537`."""
        opens = list(_WHICH_HAD.finditer(self.text, self.scope[0], self.lead_start))
        is_of_course = opens and self.statement.within(self.scope[0], opens[-1].start(), "course")
        return opens[-1].end() if is_of_course else self.scope[0]

    @cached_property
    def is_in_brackets(self) -> bool:
        """Whether the number is alone in brackets."""
        return self.text[self.q.start - 1 : self.q.start] == "(" and _CLOSES.match(self.text, self.q.end) is not None

    @property
    def is_bracketed(self) -> bool:
        """Whether the number is in brackets, alone or with others."""
        start = self.statement.start
        return self.text.rfind("(", start, self.q.start) > self.text.rfind(")", start, self.q.start)

    @cached_property
    def is_perfect(self) -> bool:
        """Whether it is said in the perfect, which looks back over all years: `have started`."""
        start = self.statement.start
        if self.after("event"):  # `Heads have been raiding their budgets: 6,063 people took one`
            start = max(start, self.text.rfind(": ", start, self.q.start))
        end = self.q.end + 90
        if self.q.kind == "count" and _AND_AT.search(self.text, self.q.end, self.next_start):
            end = min(end, self.next_start)  # `6,063 had no scholarship, and at 2,440 schools somebody has taken one`
        start = start if self.q.kind in ("percent", "points", "factor") else max(start, self.q.start - 70)
        return _PERFECT.search(self.text, start, min(self.stop, end)) is not None

    @cached_property
    def rest(self) -> re.Match[str] | None:
        """The words that make the number the number of those that did not."""
        return words_of_rest(self, self.head.noun)

    @cached_property
    def is_mean(self) -> bool:
        """Whether it is an average of years: `an average of 36,060 a year`, `on average 36,060 each year`."""
        start, end = self.gap_before[0], self.gap_after[1]
        if _EACH_YEAR.match(self.text, self.q.end) and _OR_SOME.search(self.left):
            return True  # `144,241 starts over four years, or about 36,000 a year`
        is_of_years = bool(self.statement.of("basis")) or len({*self.statement.years}) > 1
        if self.q.hedge == "about" and is_of_years and _NPQS_A_YEAR.match(self.text, self.q.end):
            return True  # `About 36,000 NPQs a year have been started since 2021.`
        return all(each.search(self.text, start, end) is not None for each in (MEAN, A_YEAR))

    @property
    def points_back(self) -> bool:
        """Whether it is said to be what another number was before: `a year ago the figure stood at 427`."""
        return _IT_WAS.search(self.lead) is not None

    @property
    def rests(self) -> list[tuple[int, int]]:
        """Where the words are that make any number of the sentence the number of those that did not."""
        return [other.rest.span() for other in self.every if other.rest]

    @cached_property
    def part_of(self) -> Quantity | None:
        """The number of which this one is a part: `4 of 29,818`, `of the 29,526 participants 23,477`."""
        q = self.q
        later = next((other for other in self.statement.inside if other.start > q.start), None)
        if later and later.kind == "count" and _OF_WHOLE.fullmatch(self.text, q.end, later.start):
            return later
        earlier = [other for other in self.statement.inside if other.end <= q.start and other.kind == "count"]
        sizes = self.before("direction") if q.kind == "percent" else []
        if not earlier or q.kind == "points" or any(_SIZE_OF.fullmatch(self.text, m.end, q.start) for m in sizes):
            return None  # `36,325 of these, a decline of 31.6%`
        first, start = earlier[0], self.statement.start
        of = _OF_A_TOTAL.search(self.text, start, first.start)
        nouns = [m for m in self.statement.of("counted", "event") if m.value in ("courses", "start")]
        moves = {m.end for m in [*self.statement.of("direction"), *nouns]}  # `a reduction of 14,022`, `NPQ starts of`
        is_part = _OF_WHOLE.fullmatch(self.text, first.end, q.start) is not None  # `a total of 2,709 out of 23,320`
        colon = self.text.rfind(":", start, first.start) + 1
        if of and not is_part and first.start - max(start, colon) < 30 and of.start() - 1 not in moves:
            return first
        if q.kind == "count" and _INCLUDES.match(self.text, first.end, q.start):
            return first
        own = _ITS_OWN.match(self.text, first.end)  # `36,325 of these in 2023/24 and 23,222 in 2024/25`
        of_these = _OF_THESE.search(self.text, own.end() if own else first.end, q.start)
        if of_these and q.kind == "percent" and _OF_ALL_OTHERS.match(self.text, q.end):
            of_these = None  # `3,117 people, 2,921 of whom are in the census, equivalent to 6.7 per cent of teachers`
        if of_these or (
            q.kind in ("count", "percent")
            and _OF_THEM.match(self.text, q.end)
            and not (q.kind == "percent" and _WHICH_IS.search(self.text, first.end, q.start))
        ):
            return first
        is_same = q.kind == "percent" and DIRECT.fullmatch(self.text, earlier[-1].end, q.start)
        return self.beside(earlier[-1]).part_of if is_same else None

    @cached_property
    def joined(self) -> "Around | None":
        """The next number, where what is said after that is said of both: `19,785 and 1,691 NPQs`."""
        is_next = bool(self.following) and _LISTED.fullmatch(self.text, self.q.end, self.next_start) is not None
        return self.beside(self.following[0]) if is_next else None

    @cached_property
    def has_parts(self) -> bool:
        """Whether another number of the sentence is said to be a part of this one."""
        return any(other.part_of is self.q for other in self.every)

    @cached_property
    def head(self) -> Head:  # noqa: PLR0911 (what a word after a number may be)
        """The noun that a count counts: the first one after it, with no more than some words between."""
        if self.joined:
            return self.joined.head  # `19,785 and 1,691 NPQs`
        if _OF_THEM.match(self.text, self.q.end, self.next_start) or _DONE_BY.match(self.text, self.q.end):
            return Head()
        if who := _WHO.match(self.text, self.q.end):  # `the 29,526 who started an NPQ`, `102,080 of you`
            return Head(Mention(who.start(1), who.end(1), "counted", "people", who[1]))
        of = _OF_YEAR.match(self.text, self.q.end) or _OF_THEIR.match(self.text, self.q.end, self.next_start)
        if owners := _OWNERS.match(self.text, self.q.end):  # `41,274 people's NPQs`
            return Head(Mention(owners.start(1), owners.end(1), "counted", "people", owners[1]))
        index, unknown = of.end() if of else self.q.end, list[str]()
        reading = words().reading
        for _ in range(7):
            match = _NEXT_WORD.match(self.text, index, self.statement.end)
            if match is None:  # `1,300 jars of chutney.`
                return Head(is_other=len(unknown) > 1 and " of " in self.text[self.q.end : index])
            aside = [end for start, end in self.statement.asides if start <= match.start(1) < end]
            if aside:
                index = aside[0]
                continue  # `38,906 the year before (pause for effect)`
            at = [m for m in self.statement.all if m.start <= match.start(1) < m.end]
            for m in at:
                if m.kind == "funding" and m.text.lower().startswith("schools") and m.start == match.start(1):
                    return Head(m._replace(kind="counted", value="schools", end=match.end()), (*unknown,))
            if head := self._named(at, unknown):
                return head
            word, index = match[1].lower(), max([m.end for m in at], default=match.end())
            if at or (word in reading["adjectives"] and word not in reading["function"]):
                continue
            if word in reading["function"]:
                things = [thing for thing in unknown if thing in reading["prose_nouns"]]  # `29,818 NPQ stories were`
                return Head(None, (*things,), bool(unknown) and word not in reading["adjectives"])
            unknown.append(match[1])
        return Head(is_other=bool(unknown))

    def _named(self, at: list[Mention], unknown: list[str]) -> Head | None:
        """Return the head that the mentions at a word make, after the words that nothing recognised."""
        if any(m.kind == "topic" and m.value == "other" for m in at):
            return Head(is_other=True)
        counted = next((m for m in at if m.kind == "counted"), None)
        if counted and counted.value == "schools" and self._is_of_group(counted):
            return Head()  # `the 11,156 of local authority maintained schools`
        if counted and counted.text.lower() != "school":
            return Head(self._counted_by(counted), (*unknown,))
        if any(m.kind in ("measure", "event") for m in at):
            nouns = [word for word in unknown if not word.endswith("ly")]  # `29,818 bloggers started an NPQ`
            return Head(self._ended(at), (*nouns,))
        return None

    def _is_of_group(self, m: Mention) -> bool:
        """Whether a noun is that of a group of schools, of which the number is."""
        is_of = self.text.startswith(" of ", self.q.end)
        return is_of and any(g.start <= m.start < g.end for g in self.statement.of("group"))

    def _ended(self, at: list[Mention]) -> Mention | None:
        """Return the noun right after a participle: `31,791 completed courses`."""
        ends = {m.end + 1 for m in at if m.text.lower() in ("completed", "finished", "passed")}
        return next((m for m in self.statement.of("counted") if m.start in ends), None)

    def _counted_by(self, m: Mention) -> Mention:
        """Return the noun that a word limits, else that word: `9 full-time and 8 part-time courses`."""
        if self.following and _LISTED.fullmatch(self.text, m.end, self.next_start):
            later = self.beside(self.following[0])
            return later.head.noun if later.head.noun and later.after("counted")[:1] != [later.head.noun] else m
        ahead = self.statement.within(m.end, self.next_start, "counted")[:1]
        paid = self.statement.within(m.end, ahead[0].start, "funding") if ahead else []
        between = self.text[m.end : ahead[0].start] if ahead else ","
        for one in paid:
            between = between.replace(one.text, "")
        return m if m.value != "people" or between.strip() else ahead[0]


def arounds(statement: Statement) -> list[Around]:
    """List the numbers of a sentence, each with what is around it."""
    every: list[Around] = []
    every += [Around(statement, q, every) for q in statement.inside]
    return every
