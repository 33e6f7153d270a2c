"""A sentence with its numbers and phrases, and what the text has said before it."""

import itertools
import re
from collections.abc import Callable
from functools import cached_property

from npqstats.analysis.factcheck.reading.said import NUMBER, Said
from npqstats.analysis.factcheck.scanning.passage import Passage
from npqstats.analysis.factcheck.scanning.quantity import Quantity
from npqstats.analysis.factcheck.scanning.ranking_phrases import Phrase
from npqstats.analysis.factcheck.scanning.sentences import Sentence
from npqstats.vocabulary.claims import Mention, words
from npqstats.vocabulary.courses import COURSES
from npqstats.vocabulary.patterns import Pattern

KINDS = (
    *("topic", "counted", "event", "opinion", "measure", "coverage", "funding", "basis", "year", "span", "direction"),
    *("group", "area", "course", "without", "academic", "calendar", "odd", "old"),
)
"""The kinds of phrases that say something of a number."""
ORDER = ("first", "second", "third", "fourth")
"""The years of the reforms, as they are counted."""
AWAY = {"before-3": -303, "before-last": -202, "before": -101, "after": 101, "after-2": 202, "after-3": 303}
"""How far a year is from the one that it hangs on, in codes of academic years."""
_ASIDES = Pattern(
    r"\s[\u2013\u2014-]\s[^\u2013\u2014]{3,160}?\s[\u2013\u2014-]\s"
    r"|,\s(?:which|who|whose|when(?!\s(?:only|\w+(?:ing|ed)\b))|launched|introduced|created|mandatory|compulsory|obligatory|required"
    r"|first|newly|now|(?:already|once|long)(?!\s(?:in|among|at|for|from|of)\b)|having|(?:nick)?named|known|dubbed|called|branded|billed|hailed"
    r"|buoyed|boosted|swollen|dented|battered|propped\sup|fuelled"
    r"|with\s(?:[\w’'-]+\s){0,3}?(?:scholarships?|funding|money|places)\s(?:\w+\s){0,2}?(?:\w+ed|cut|gone|\w+awn)(?=,))\b(?:[^,;]|,(?=\d)){0,160},(?!\d)"
    r"|,\san?\s(?!(?:year|total|further|record|combined)\b)[^,;\d]{3,70},(?!\d)"
    r"|,[\"”’']?\s(?!wh(?:ich|o)\b)(?:[\w’']+\s){1,6}?(?:said|told|added|says|wrote|writes|reported|complain(?:ed|s)?|warn(?:ed|s)?|claim(?:ed|s)?|argue[ds]?|protest(?:ed|s)?|lament(?:ed|s)?|insist(?:ed|s)?|stress(?:ed|es)?|not(?:ed|es)|fear(?:ed|s)?|point(?:ed|s)?\sout|announced|confirmed|observed|remarked)\b[^.;]{0,60}\.?$"
    r"|[,?!]?[\"”’']\s(?:said|says|added|adds|told|wrote|warned|claimed|argued|explained|insisted|complained)\s[^.;]{0,160}",
    cues=" \u2013| \u2014| -|,|\"|”|’|'",
    flags=re.NOFLAG,
)
_NOT_THIS = Pattern(
    r"(?:\b(?:rather\s+than|instead\s+of|(?:as\s+)?(?:distinct|different)\s+from|as\s+opposed\s+to|(?:by|in)\s+contrast\s+(?:to|with)|not\s+to\s+be\s+confused\s+with|unlike|next\s+to|beside)|,\s+not(?!\s+(?:counting|including)\b))"
    r"\s+(?:in\s+|of\s+)?(?:the\s+)?(?:\w+\s+(?:(?:or|and)\s+)?)?$",
    cues="rather|instead|distinct|different|opposed|contrast|confused|unlike|next|beside|not",
)
_ONE_OF = re.compile(
    r"[^,;:.\d]{3,80}?\s(?:is|was|are|were|became)\s(?:[\w-]+\s){0,4}?(?:one\sof|among|amongst)\s(?:(?:the|only|just|some|about|more\sthan|nearly)\s)*(?=\d)"
)
_UP_IN = re.compile(r"(?:^|[.,;:\u2013\u2014(]\s*|\n)(?P<way>up|down|over|out)\s+in\s+(?:the\s+)?$", re.IGNORECASE)
_NOT_COUNTED = ("counted", "event", "group", "area", "course", "funding")
_POINTS_BACK = re.compile(
    r"\W*(?:A[.:]\s+)?(?:(?:in|put|to\s+put|or|looked\s+at|taken|seen)\b[^,.;:\d]{2,40},\s+)?(?:(?:(?:of|among)\s+)?(?:that|this|it|they|them|these|those(?!\s+(?:of\s+(?:you|us)|who)\b)|which)|or)\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    r"[,.;:()\n\u2013\u2014]|\b(?:and|but|or|after|when|since|because|as|while|amid|following|despite|that|which|before|until|once|if|although)\b",
    re.IGNORECASE,
)
_RULES_OF_FUNDING = Pattern(
    r"\b(?:cut(?:s|ting|back|backs)?|slash\w*|withdr[ae]w\w*|scrap(?:s|ped|ping)|ax(?:es?|ed|ing)|limit(?:s|ed|ing)?|restrict\w*|curb(?:s|ed|ing)?"
    r"|end(?:s|ed|ing)?|remov\w+|narrow\w*|tighten\w*|abolish\w*|clos(?:ed|es|ing|ure)|halt\w*|stopp?\w*|reduc\w+|squeez\w+|pull\w*|(?:dried|dry)\s+up"
    r"|disappear\w*|gone|vanish\w*|expir\w*|r[au]n\s+out|ration\w*|chang\w+|reform\w*|rein\w*|pared|trimm\w+|decision|loss|lack|less|eligib\w+|no\s+longer|taken\s+away|took\s+away)\b",
    cues="cut|slash|withdr|scrap|ax|limit|restrict|curb|end|remov|narrow|tight|abolish|clos|halt|stop|reduc|squeez|pull|dr"
    "|disappear|gone|vanish|expir|ran|run|ration|chang|reform|rein|pared|trim|decision|lo|lack|less|elig|away",
)
"""What is said of the money, not of those who got it, in a clause without a number: `after scholarships were cut`."""
_WHEN_MONEY = re.compile(
    r"\b(?:after|once|when|since|because|as|while|before|until|if|although|though|now\s+that)\s+(?:[\w’'-]+\s+){0,3}?"
    r"(?:scholarships?|funding|money|grants?|subsid(?:y|ies)|places|courses|NPQs|fees)\s+(?:were|was|are|is|became|become|went|goes?|came|began|still|only|now)\b",
    re.IGNORECASE,
)
"""A clause of how courses were paid for, when others began: `When places were free, starts grew by 22.8 per cent`."""
_BY_EVENT = re.compile(
    r"\b(?:before|after|since|until|despite|without)\s+(?:the|this|that|these|those)\s+$", re.IGNORECASE
)
_EVENT = re.compile(r"\s+(?!(?:and|but|to|in|when|while|with|as|that)\b)[a-zA-Z][^,.;:\n]{4,}")
_PARTICIPLE = re.compile(
    r"\s+(?:\w+ly\s+|now\s+|already\s+|since\s+)?(?:\w+(?:[^e]ed|[^o]wn)|risen|fallen|swollen|been|come|gone|sunk|shrunk|lost|shot|become|leapt|slid|crept|hit)\b"
)
_MORE_THAN = re.compile(r"\s+than\s+(?:the\s+)?")
_ONE_SCHOOL = re.compile(r"\b(?:every|each|a|one|no|per|single)\s+$", re.IGNORECASE)
_FIRST_OF_ITS_OWN = re.compile(
    r"\s+(?:it(?!\s+(?:was|stood|had|is))|that|in\s+which|of\s+(?:its|operation|(?:the|this|that)\s+(?:\w+\s+){0,2}?(?:course|qualification)\b(?!s)))\b"
)
_LEVEL = re.compile(
    r"\s+(?:\w+\s+){0,2}?[\d,.]+(?:\s?%|\s+per\s?cent)?(?:\s+(?:NPQ\s+|more\s+)?starts\b|\s*(?:\(|[.,;]|in\b|by\b|and\b|$))"
)
"""What is no event after a verb: `gained 947 starts`, `it then reached 58,281 in 2022/23`."""
_FROM_END_TO_END = re.compile(r"\W*From\s+[A-Z][\w ]*?\s+to\s+[A-Z][\w ]*,")
_BEFORE_THEN = re.compile(r",\s(?:having|(?:which|who)\shad)\b")
_STARTS = re.compile(r"\s+(?:[\w-]+\s+){0,2}?[\d,]+\s+(?:[\w-]+\s+){0,2}?(?:starts|completions|passes)\b")
"""What is recorded, not registered for: `registered 707 non-funded starts`."""
_OF_SOURCE = re.compile(r"\s+(?:release|edition|publication|bulletin|tables?|data|dataset|statistics|figures)\b")
_ORDINAL = Pattern(
    r"\b(?:in|for|by|during|after|and)\s+((?:the|its|their)\s+(?P<nth>first|second|third|fourth|next|following|last))\b"
    r"(?=\s*(?:[.,;)]|(?:and|but|while|it|there|they)\b|$|\d|of\s+the\s+(?P<all>three|four)\b))(?:\s+of\s+the\s+\w+)?",
    cues="first|following|fourth|last|next|second|third",
    flags=re.NOFLAG,
)
_IS_LATTER = re.compile(r"the\s+(?:former|latter)\s+(?:is|was|being|are|were)\b")
_APPOSED = re.compile(r"\s*[,(:]\s*(?:(?:in|of|from)\s+)?(?=20\d\d[/\u2013-])")
_LISTED = re.compile(r"\s*(?:[,→/|]|->|,?\s*(?:and|then))\s+(?:(?:and|then|finally|only|just)\s+)*")
_ROW_FROM = re.compile(
    r"\b(?:from|since|(?:beginn|start|commenc|runn)ing(?:\s+(?:in|with|from|at))?)\s+$", re.IGNORECASE
)
_ROW_ON = re.compile(r"\s+on(?:wards?)?\b")
"""What makes a year the first of a row: `NPQ starts by year from 2021/22: 31,677, 38,906, 43,840 and 29,818`."""
_AND = re.compile(
    r"[;\n]|\b(?:and|but|yet|while|with|whereas|against|versus|although|though|compared"
    r"|as\s+(?:would|will|did|do|had|was|were))\b"
)
_COMMA = re.compile(r"[,(]")
_LEAD = re.compile(r"[,;:]")
_OF_SOME = re.compile(rf"(?s:.*?){NUMBER}\s+(?:of|among|in|from)(?:\s+[\w\u2019'-]+){{1,6}}[\s,]*")
"""A number of some people, of whom the next clause says what they answered: `72 per cent of secondary leaders and`."""
_QUESTION = re.compile(r"[^.!?\n]+\?\s*$")
_ASKED = re.compile(
    r"\W*(?:Q\W+)?(?:which|what|who|where|when|how|is|are|was|were|did|does|has|have)\b[^.!]*\?\W*", re.IGNORECASE
)
_LONGEST_QUESTION = 200
_SO_FAR = Pattern(
    r"\b(?:so\s+far|to\s+date|as\s+yet|until\s+now|up\s+to\s+now|thus\s+far|still\s+(?:under\s?way|running|going|in\s+progress"
    r"|unfinished|in\s+train|in\s+the\s+pipeline|on\s+(?:the\s+)?course|studying|to\s+finish|to\s+come)|yet\s+to\s+(?:finish|complete|end)"
    r"|interim|provisional|not\s+(?:yet\s+)?comparable|cannot\s+(?:yet\s+)?be\s+compared|(?:had|has|have)\s+(?:had\s+)?(?:(?:a|one)\s+year\s+less|less\s+time)(?:\s+to\s+(?:finish|complete))?|ha[sd]\s+had\s+time|(?:months|time|terms?)\s+(?:left|to\s+(?:go|run)|remaining)"
    r"|(?:will|to)\s+(?:still\s+)?(?:rise|grow|go\s+up|increase)\s+(?:further|as|once|when)|at\s+the\s+time\s+of\s+(?:publication|writing)"
    r"|(?:can|may|might)\s+(?:take|last)\s+(?:up\s+to\s+)?(?:22|twenty-two)\s+months|not\s+(?:be\s+)?(?:(?:read|seen|treated|taken)\s+as\s+)?final)\b",
    cues="far|date|yet|now|still|interim|provisional|compar|time|term|less|rise|grow|go up|increase|months|final",
)
"""What says that courses go on: their rate is one so far."""
_COMPARES = Pattern(
    r"\b(?:(?P<more>higher|more|greater|larger|bigger|faster)|(?P<less>lower|fewer|less|smaller|slower))\b(?=\s+than\b)",
    cues="than",
)
_SLOWS = Pattern(
    r"\b(?:(?P<more>slow(?:s|ed)|eas(?:es|ed))|(?P<less>accelerat(?:es|ed)|quicken(?:s|ed)))\b(?=[^.;:]{0,40}\bfrom\s+$)",
    cues="slow|eas|acceler|quick",
)
PRONOUNS = frozenset({"they", "their", "its", "it", "them", "these"})


_REASON = Pattern(
    r",\s+(?![^;.]*\b(?:early|expect|compar|judge|surpris|cauti))(?:which\s+(?:will\s+(?!be\b|have\b)|is\s+(?:why|how|hardly|good|bad|no)\b"
    r"|(?:\w+\s+)?(?:shows?|tells?|proves?|suggests?|means|demonstrates?|says|explains|makes?|made|leaves?|left|puts|raises?|poses|bodes|begs))|so\b(?!\s+far\b)"
    r"|(?:showing|proving|suggesting|demonstrating|raising)\b"
    r"|(?:(?:an?|the)\s+)?(?:[\w-]+\s+){0,2}?(?:verdict|indictment|scandal|failure|proof|evidence)\b)[^;.]*",
    cues="which|so |showing|proving|suggesting|demonstrating|raising|verdict|indictment|scandal|failure|proof|evidence",
)
"""What is made of the numbers before it."""

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


class Statement:
    """A sentence in its text."""

    def __init__(
        self, passage: Passage, sentence: Sentence, inside: list[Quantity], carried: Said, heading: Said
    ) -> None:
        """Take a sentence with its numbers, what the sentences before it said, and what its heading says."""
        self.passage, self.text, self.sentence = passage, passage.text, sentence
        self.start, self.end = sentence.start, sentence.end
        self.inside, self.carried, self.heading = inside, carried, heading
        self.told = self.text[self.start : self.end]
        self._of: dict[tuple[str, ...], list[Mention]] = {}
        spans = [match.span() for match in _ASIDES.finditer(self.text, self.start, self.end)]
        self.asides = [span for span in spans if not any(span[0] <= q.start < span[1] for q in inside)]
        reason = _REASON.search(self.text, self.start, self.end)
        self.reasons = [reason.span()] if reason and all(q.end <= reason.start() for q in inside) else []
        self.asides += self.reasons
        """Parentheses and reasons without a number, whose phrases say nothing of the numbers around them."""
        self.is_reason = reason is not None and not self.passage.is_provisional_near(self.start, self.end)
        """Whether something is made of its numbers: `just 4 were completed, which shows how poor they are`."""
        one_of = _ONE_OF.match(self.text, self.start, self.end)
        self.member = (self.start, one_of.end() if one_of and one_of.end() in [q.start for q in inside] else self.start)
        """What is one of those that a number counts: `St Aidan's Primary is proud to be one of the 20,611 schools`."""
        self.clauses = [span for span in spans if span not in self.asides]
        """Those with a number: a clause of their own."""
        some = [match.span(match.lastgroup or 0) for match in _OF_PART.finditer(self.text, self.start, self.end)]
        self.of_some = [span for span in some if not any(span[0] <= q.start < span[1] for q in inside)]
        told = [m for m in passage.within(self.start, self.end, *KINDS) if self._is_of_numbers(m)]
        told = [self._in_years(m) for m in told]
        schemes = {m.start for m in told if self._is_of_scheme(m, told)}
        self.all = [self._as_meant(m, schemes) for m in told if not self._is_of_place(m, told)]
        """The phrases that may say something of its numbers."""
        if any(m.kind == "academic" or m.value in ORDER for m in self.of("academic", "year")):
            self.all = sorted([*self.all, *self._ordinals()], key=lambda m: m.start)
            self._of.clear()

    def _ordinals(self) -> list[Mention]:
        """Years of which only the place in a list is said: `31,677 in the first year, 38,906 in the second`."""
        found: list[Mention] = []
        for match in _ORDINAL.finditer(self.text, self.start, self.end):
            value = {"last": match["all"] or "", "next": "after", "following": "after"}.get(match["nth"], match["nth"])
            value = {"three": "third", "four": "fourth"}.get(value, value)
            if value and any(q.end <= match.start() <= q.end + 60 for q in self.inside):
                found.append(Mention(match.start(1), match.end(), "year", value, match[1]))
        return found

    def _is_of_numbers(self, m: Mention) -> bool:  # noqa: PLR0911 (one for each kind of phrase)
        """Whether a phrase may say something of a number.

        Not a hedge (`more than 144,000`), what is not counted (`rather than people`), a group in brackets
        (`NPQs (female)`), one school, `the first half`, nor the first year of a course.
        """
        text, left = m.text.lower(), self.text[self.start : m.start]
        numbers = [(q.start, q.end) for q in self.inside if m.value == "institution"]  # `One school in ten`
        members = [self.member] if m.kind in ("group", "area", "course") else []
        if any(start <= m.start < end for start, end in (*self.asides, *self.of_some, *numbers, *members)):
            return False
        if m.kind == "direction" and text in words().reading["moves_in_hedges"]:
            than = _MORE_THAN.match(self.text, m.end)
            return than is None or not any(q.start in (than.end(), m.start) for q in self.inside)
        is_left = _IS_LATTER.match(self.text, m.start) and all(q.end <= m.start for q in self.inside)
        if self.is_not_this(m) or self._is_of_source(m) or is_left:
            return False  # `43,840 respectively; the latter is the record`
        if m.kind == "year" and m.value == "after" and self._is_of_event(m):
            return False
        if m.kind == "direction" and _BY_EVENT.search(left):
            return False  # `Before the cut it was one in nineteen`
        if text == "had" and _PARTICIPLE.match(self.text, m.end):
            return False  # `had risen to`
        if text in ("gained", "reached") and m.kind != "direction" and _LEVEL.match(self.text, m.end, self.end):
            return False
        if m.value == "register" and _STARTS.match(self.text, m.end, self.end):
            return False
        if m.kind == "area" and _FROM_END_TO_END.match(self.text, self.start, self.end):
            return False
        if m.kind == "counted" and self.text[m.start - 1 : m.start] == "(" and self.text[m.end : m.end + 1] == ")":
            return False
        if text == "school":
            return _ONE_SCHOOL.search(left) is not None
        return m.kind != "year" or m.value not in ORDER or _FIRST_OF_ITS_OWN.match(self.text, m.end) is None

    def _is_of_event(self, m: Mention) -> bool:
        """Whether a year is that after something, not after another year: `fell in the year after fees came back`."""
        match = _EVENT.match(self.text, m.end, self.end)
        later = [q.start for q in self.inside if match and m.end <= q.start < match.end()]
        return match is not None and not later and any(q.end <= m.start for q in self.inside)

    def _is_of_source(self, m: Mention) -> bool:
        """Whether a year is that of the release that has a number, where other years are named."""
        is_source = m.kind in ("academic", "calendar") and _OF_SOURCE.match(self.text, m.end) is not None
        return is_source and any(one.start != m.start for one in self.passage.within(self.start, self.end, "academic"))

    def _in_years(self, m: Mention) -> Mention:
        """Take the first year of a course for the year that it is: `10,537 starts in its debut year`.

        What is said at once to be which year says no more than that: `a year earlier, in 2023/24`.
        """
        if m.kind != "year":
            return m
        is_own = self.text[self.start : m.start].rstrip().endswith(("its", "their", "'s", "\u2019s"))
        named = _APPOSED.match(self.text, m.end)
        if named and (years := self.passage.within(named.end(), named.end() + 9, "academic")):
            before = self.carried.years[-1:] if self.carried.are_years_named else ()
            meant = self.passage.anchor.periods[ORDER.index(m.value) :][:1] if m.value in ORDER else ()
            meant = tuple(year + AWAY[m.value] for year in before) if m.value in AWAY else meant
            is_same = (int(years[0].value),) == meant or is_own or (m.value in AWAY and not meant)
            return m._replace(kind="harmless") if is_same else m
        courses = {one.value for one in self.passage.within(self.start, self.end, "course")} or {self.carried.course}
        course = COURSES.get(courses.pop()) if len(courses) == 1 else None
        if m.value != "first" or not is_own or course is None or course.first_year is None:
            return m
        return m._replace(kind="academic", value=str(course.first_year.code))

    def _as_meant(self, m: Mention, schemes: set[int]) -> Mention:
        """Take money that no number is of for no funding, and `up in the North East` for the name of the area."""
        if m.kind == "area" and (place := _UP_IN.search(self.text, self.start, m.start)):
            return m._replace(start=place.start("way"))
        # `once scholarships were targeted at schools with disadvantaged pupils`
        is_for = m.kind == "group" or m.value in ("other", "schools", "people")
        is_for = is_for and any(n < m.start and not _CLAUSE.search(self.text, n, m.start) for n in schemes)
        return m._replace(kind="scheme") if m.start in schemes or is_for else m

    def _is_of_place(self, m: Mention, told: list[Mention]) -> bool:
        """Whether a direction is that of an area from here: `Up in the North East there were 4,532 starts`."""
        areas = [other for other in told if m.kind == "direction" and other.kind == "area" and other.start > m.end]
        place = _UP_IN.search(self.text, self.start, areas[0].start) if areas else None
        return place is not None and place.start("way") == m.start

    def _is_of_scheme(self, m: Mention, told: list[Mention]) -> bool:
        """Whether a clause without a number says what became of the money: `after ministers limited free places`."""
        is_money = m.kind == "funding" or (
            m.kind == "counted" and m.text.lower().endswith(("scholarship", "scholarships"))
        )
        if not is_money or m.value == "all":
            return False
        start = max([self.start, *(match.end() for match in _CLAUSE.finditer(self.text, self.start, m.start))])
        stop = _CLAUSE.search(self.text, m.end, self.end)
        end = stop.start() if stop else self.end
        if any(start < q.end and q.start < end for q in self.inside):
            return False
        rule = _WHEN_MONEY.search(self.text, max(self.start, start - len("although")), end)
        rule = rule or _RULES_OF_FUNDING.search(self.text, start, end)
        nouns = [other for other in told if other.kind == "counted" and other.value != "places"]
        is_of_noun = any(other.start == m.end + 1 for other in nouns)
        return rule is not None and not (is_of_noun and rule.start() > m.start)

    def is_not_this(self, m: Mention) -> bool:
        """Whether a noun is said not to be what is counted: `courses rather than people`."""
        return m.kind in _NOT_COUNTED and _NOT_THIS.search(self.text, self.start, m.start) is not None

    @cached_property
    def not_this(self) -> list[tuple[int, int]]:
        """Where it is said what is not counted: `rather than people`."""
        nouns = [m for m in self.passage.within(self.start, self.end, *_NOT_COUNTED) if self.is_not_this(m)]
        return [(match.start(), m.end) for m in nouns if (match := _NOT_THIS.search(self.text, self.start, m.start))]

    def with_words(self, q: Quantity, is_hidden: Callable[[Mention], bool]) -> "Statement":
        """Return the sentence with words as one more number, and without the phrases that say nothing of it."""
        inside = sorted([*self.inside, q], key=lambda one: one.start)
        other = Statement(self.passage, self.sentence, inside, self.carried, self.heading)
        other.all = [m for m in other.all if not is_hidden(m)]
        return other

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
        """The last sentence before it that names a survey, else the first after it: `The poll was by Teacher Tapp`."""
        polls = [one for one in self.passage.polls if one != self.sentence]
        before = [one for one in polls if one.start < self.start]
        return next((self.text[one.start : one.end] for one in [*before[-1:], *polls[:1]]), "")

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
        return (clauses[index], *leans, self.question, *self.carried.told, *self.heading.told, self.poll)

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

    def tokens(self, start: int, end: int) -> str:
        """The tokens between two positions of the sentence: every one with a space before it, and one at the end."""
        return self.passage.tokens.between(start, min(end, self.end))

    @cached_property
    def is_anaphoric(self) -> bool:
        """Whether the sentence begins by pointing back: `That is 1 in 5 of the workforce`."""
        return _POINTS_BACK.match(self.told) is not None

    @cached_property
    def points_back(self) -> bool:
        """Whether a word of it stands for what the sentence before speaks of: `In 2024/25 they had 29,818 starts`."""
        return self.is_anaphoric or not PRONOUNS.isdisjoint(self.tokens(self.start, self.end).split())

    @cached_property
    def so_far(self) -> list[tuple[int, int]]:
        """Where it says that its courses go on, or that they cannot be compared."""
        return [match.span() for match in _SO_FAR.finditer(self.text, self.start, self.end)]

    @property
    def is_of_each_year(self) -> bool:
        """Whether it has a year for each of its numbers, or these are a list of years."""
        return len(self.years) >= len(self.inside) > 1 or bool(self.row_of(self.inside))

    def row_of(self, numbers: list[Quantity]) -> tuple[int, ...]:
        """The years of some numbers, where these are a list from one year on, or of as many years as there are."""
        named, pairs, years = self.of("academic"), [*itertools.pairwise(numbers)], self.passage.anchor.periods
        is_list = len(pairs) > 1 and all(_LISTED.fullmatch(self.text, a.end, b.start) for a, b in pairs)
        if not is_list or len(named) > 1:
            return ()
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
