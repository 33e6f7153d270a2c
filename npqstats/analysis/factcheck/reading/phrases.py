"""Which phrases of a sentence say something of its numbers, and what they mean there."""

import calendar
import re
from collections.abc import Callable

from npqstats.analysis.factcheck.reading.setting import KINDS, Setting
from npqstats.vocabulary.claims import Mention, words
from npqstats.vocabulary.courses import COURSES
from npqstats.vocabulary.patterns import Pattern, lazy

ORDER = ("first", "second", "third", "fourth")
"""The years of the reforms, as they are counted."""
AWAY = {"before-3": -303, "before-last": -202, "before": -101, "after": 101, "after-2": 202, "after-3": 303}
"""How far a year is from the one that it hangs on, in codes of academic years."""
_SAYING = lazy(r"\s+(?:blaming|saying|warning|arguing|fearing|complaining|citing|insisting)\b")
_OF_UNION = lazy(r"(?:\b(?:heads|headteachers|teachers|leaders)['\u2019]|\bunions?(?:['\u2019]s?)?)\s+$", re.IGNORECASE)
_THEIR_UNION = lazy(r"['\u2019]s?\s+(?:leaders?|unions?|representatives)\b", re.IGNORECASE)
_NOT_THIS = Pattern(
    r"(?:\b(?:rather\s+than|instead\s+of|(?:as\s+)?(?:distinct|different)\s+from|as\s+opposed\s+to|(?:by|in)\s+contrast\s+(?:to|with)|not\s+to\s+be\s+confused\s+with|unlike|next\s+to|beside)|,\s+not(?!\s+(?:counting|including)\b)(?:\s+(?:only|just|merely))?)"
    r"\s+(?:in\s+|of\s+|by\s+)?(?:(?:the|those)\s+)?(?:\w+\s+(?:(?:or|and)\s+)?)?$",
    cues="rather|instead|distinct|different|opposed|contrast|confused|unlike|next|beside|not",
)
_BESIDES = lazy(r"\b(?:besides|in\s+addition\s+to|on\s+top\s+of)\s+(?:the\s+)?$", re.IGNORECASE)
"""Before the courses that others are named beside: `Besides the funded courses, 29 were started.`"""
_UP_IN = lazy(r"(?:^|[.,;:\u2013\u2014(]\s*|\n)(?P<way>up|down|over|out)\s+in\s+(?:the\s+)?$", re.IGNORECASE)
_NOT_COUNTED = ("counted", "event", "group", "area", "course", "funding")
_CLAUSE = lazy(
    r"[,.;:()\n\u2013\u2014]|\b(?:and|but|or|after|when|since|because|as|while|amid|following|despite|that|which|before|until|once|if|although|follow(?:s|ed)|reflect(?:s|ed)|(?:came|comes)\s+after|caused\s+by|blamed\s+on|attribut\w+\s+to)\b",
    re.IGNORECASE,
)
_RULES_OF_FUNDING = Pattern(
    r"\b(?:cut(?:s|ting|back|backs)?|slash\w*|withdr[ae]w\w*|scrap(?:s|ped|ping)|ax(?:es?|ed|ing)|limit(?:s|ed|ing)?(?!\s+to\b)|restrict\w*(?!\s+to\b)|curb(?:s|ed|ing)?"
    r"|end(?:s|ed|ing)?|remov\w+|narrow\w*|tighten\w*|abolish\w*|clos(?:ed|es|ing|ure)|halt\w*|stopp?\w*|reduc\w+|squeez\w+|pull\w*|(?:dried|dry)\s+up"
    r"|disappear\w*|gone|vanish\w*|expir\w*|r[au]n\s+out|ration\w*|chang\w+|reform\w*|rein\w*|pared|trimm\w+|decision|loss|lack|less|eligib\w+|no\s+longer|taken\s+away|took\s+away)\b",
    cues="cut|slash|withdr|scrap|ax|limit|restrict|curb|end|remov|narrow|tight|abolish|clos|halt|stop|reduc|squeez|pull|dr"
    "|disappear|gone|vanish|expir|ran|run|ration|chang|reform|rein|pared|trim|decision|lo|lack|less|elig|away",
)
"""What is said of the money, not of those who got it, in a clause without a number: `after scholarships were cut`."""
_MARK = lazy(r"\s+(?:the\s+)?\d+(?:,\d{3})*,000\b|\s+(?:the\s+)?\d+0(?:%|\s+per\s+cent)")
"""A round number, which a tally may pass."""
_TALLY = lazy(r"\b(?:number|total|tally|figure|share|proportion|count|cumulative|running)\b", re.IGNORECASE)
_WHEN_MONEY = lazy(
    r"\b(?:after|once|when|since|because|as|while|before|until|if|although|though|now\s+that|for\s+as\s+long\s+as)\s+(?:[\w’'-]+\s+){0,3}?"
    r"(?:scholarships?|funding|money|grants?|subsid(?:y|ies)|places|courses|NPQs|[Qq]ualifications|they|fees)\s+(?:were|was|are|is|became|become|went|goes?|came|began|still|only|now)\b",
    re.IGNORECASE,
)
"""A clause of how courses were paid for, when others began: `When places were free, starts grew by 22.8 per cent`."""
_READING = lazy(r"Reading\s+(?:the|this|that|these|those|it|a|our|your|between|from|across)\b")
"""What is no town: `Reading the table: ...`."""
_OF_THE_YEARS = lazy(r"\bof\s+(?:all\s+)?(?:the\s+)?(?:\w+\s+)?(?:years|cohorts|intakes)\s+$", re.IGNORECASE)
_BY_EVENT = lazy(r"\b(?:before|after|since|until|despite|without)\s+(?:the|this|that|these|those)\s+$", re.IGNORECASE)
_EVENT = lazy(r"\s+(?!(?:and|but|to|in|when|while|with|as|that)\b)[a-zA-Z][^,.;:\n]{4,}")
_INCLUDED = lazy(r"\s+(?:\w+\s+)?included\b")
_MONEY = lazy(
    r"\s+(?:(?:the|most|their|its|all|universal)\s+)*(?:free|funded|funding|scholarships?|money|support|places|grants?|subsid)",
    re.IGNORECASE,
)
_HAD_NOT = lazy(r"(?:\s+not|n['\u2019]t)\s*(?=[.;,:)]|$)")
"""What makes it the auxiliary of a verb before: `The other 4,894 had not.`"""
_PARTICIPLE = lazy(
    r"\s+(?:\w+ly\s+|now\s+|already\s+|since\s+)?(?:\w+(?:[^e]ed|[^o]wn)|risen|fallen|swollen|been|come|gone|sunk|shrunk|lost|shot|become|leapt|slid|crept|hit)\b"
)
_MORE_THAN = lazy(r"\s+than\s+(?:the\s+)?", re.IGNORECASE)
_LESS_SO = lazy(r"\s+(?:\w+ly|fast|so|likely)\b(?!\s+funded)")
_ONE_SCHOOL = lazy(r"\b(?:every|each|a|one|no|per|single)\s+$", re.IGNORECASE)
_ROLES = ("headteacher", "deputy-headteacher", "assistant-headteacher", "middle-leader", "senior-leader")
_TEACHERS_AND = lazy(r"\b[Tt]eachers(?:,\s+(?:and\s+)?|\s+and\s+)$")
"""Before those who are named to name everybody: `teachers, head teachers, and practitioners`."""
_PUBLISHED = lazy(r"\b(?:published|released|issued|printed|appeared|unveiled|announced)\s+$")
_REPORTING = r"(?:reported|said|told\s+\w+|put|printed|revealed|published|wrote|quoted|gave|stated|answered|estimated)"
_REPORTED = lazy(rf"\b{_REPORTING}\s+$")
_REPORTS = lazy(rf"(?:\s+20\d\d)?,?\s+(?:[\w'’]+\s+){{1,5}}?(?:{_REPORTING}|(?:was|were)\s+quoting)\b")
"""What makes a month that of a report: `Tes reported in January 2023 that`, `In January 2023, Tes put it at`."""
_PUBLISHED_IN = lazy(
    r"\b(?:published|released|issued|printed|appeared|reported)\s+in\s+$"
    r"|\b(?:statistics|release|edition|bulletin|publication|tables)\s+(?:of|from)\s+$|\b(?:dates?|dating)\s+(?:back\s+)?(?:from|to)\s+$"
    r"|\b(?:Tes|TES|Schools\s+Week|DfE|[Dd]epartment|[Mm]inisters?|[Hh]ansard)\s+(?:back\s+)?(?:in\s+)?$"
)
_IN_2021 = lazy(r"(?<=2021)|\s+(?:of\s+)?2021\b")
_BEGAN = lazy(
    r"\b(?:new|added|available|(?:re)?introduced|(?:re)?launched|began|begun|reformed|came\s+in|arrived|rolled\s+out)\s+(?:in\s+(?:the\s+)?)?$"
)
_FIRST_OF_ITS_OWN = lazy(
    r"\s+(?:it(?!\s+(?:was|stood|had|is))|that|in\s+which|of\s+(?:its|operation|(?:the|this|that)\s+(?:\w+\s+){0,2}?(?:course|qualification)\b(?!s)))\b"
)
_LEVEL = lazy(
    r"\s+(?:\w+\s+){0,2}?[\d,.]+(?:\s?%|\s+per\s?cent)?(?:\s+(?:NPQ\s+|more\s+)?starts\b|\s*(?:\(|[.,;]|in\b|by\b|and\b|$))"
)
"""What is no event after a verb: `gained 947 starts`, `it then reached 58,281 in 2022/23`."""
_FROM_END_TO_END = lazy(r"\W*From\s+[A-Z][\w ]*?\s+to\s+[A-Z][\w ]*,")
_TO_PLACE = lazy(r"\s+to\s+(?:the\s+)?[A-Z]")
_FROM_PLACE = lazy(r"\bfrom\s+[A-Z]\w+\s+to\s+(?:the\s+)?$")
_STARTS = lazy(r"\s+(?:[\w-]+\s+){0,2}?[\d,]+\s+(?:[\w-]+\s+){0,2}?(?:starts|completions|passes)\b")
"""What is recorded, not registered for: `registered 707 non-funded starts`."""
_OF_SOURCE = lazy(
    r"\s+(?:(?:statistical|annual)\s+)?(?:release|edition|publication|bulletin|tables?|data|dataset|statistics|figures)\b"
)
_RELEASE = lazy(r"\s+(?:(?:statistical|annual)\s+)?(?:release|edition|publication|bulletin)\b")
_THAT_COHORT = lazy(r"\b(?:that|the\s+same)\s+(?:cohort|intake)\b", re.IGNORECASE)
_ORDINAL = Pattern(
    r"\b(?:[Ii]n|[Ff]or|[Bb]y|[Dd]uring|[Aa]fter|and|[Oo]f)\s+((?:the|its|their)\s+(?P<nth>first|second|third|fourth|next|following|last))\b"
    r"(?=\s*(?:[.,;)]|(?:and|but|while|it|there|they|at|did|had|was|were|we|you|nearly|almost|about|around|over|some|just|only)\b|$|\d|of\s+(?:the|those|these)\s+(?P<all>three|four)?))"
    r"(?:\s+of\s+(?:the|those|these)\s+(?:\w+\s+)?(?:years|cohorts|intakes|three|four)\b)?",
    cues="first|following|fourth|last|next|second|third",
    flags=re.NOFLAG,
)
_FROM_ORDINAL = 60
"""Characters between a number and the place in a list that tells its year."""
_OF_THE_SCHEME = lazy(
    r"\s+of\s+(?:the|its|their)\s+(?:[\w£.-]+\s+){0,5}?(?:scheme|programme|offer|recovery|deal|drive)\b"
)
_AFTER_YEARS = Pattern(
    r"\bafter\s+(?:just\s+|only\s+)?(?P<years>(?:a|one|a\s+single)\s+year|(?:two|three|four)(?:\s+years)?)(?=\s*(?:[.,;)]|and\b|$))",
    cues="after",
)
"""The years for which something has been counted: `47.4% at first, 71.1% after two years`."""
_NAMED = lazy(r"\b[A-Z][a-z]+\s+\($")
_THE = lazy(r"(?:^|[.;:]\s+|\n|\W)(?:[Tt]he|[Aa]n?|[Oo]ur|[Oo]ne|[Mm]y|[Hh]er|[Hh]is)\s+(?:\w+\s+)?$")
_SAID_THAT = lazy(
    r"(?:\s+(?:\w+\s+){0,4}?)?\s+(?:said|says|replied|responded|answered|noted|added|explained|observed|reported|told\s+\w+(?:\s+\w+)?|pointed\s+out|wrote|claims|claimed|argued)"
    r"(?:\s+that\b|\s*:|,?\s*[\u201c\"])"
)
_OF_MONTH = lazy(rf"\b(?:{'|'.join(calendar.month_name[1:])}|summer|spring|autumn)\s+$")
_OF_THOSE = lazy(r"\bof\s+(?:those|these)\b")
_LIST = 400
"""Characters before a sentence in which the years may be that it counts: `In the first of those years`."""
_IS_LATTER = lazy(r"the\s+(?:former|latter)\s+(?:is|was|being|are|were)\b")
_YEAR_BEFORE = lazy(r"20\d\d/\d\d(?:\d\d)?,?\s+(?:its|their|the)\s+(?:very\s+)?$|20\d\d/\d\d(?:\d\d)?,\s+$")
_OF_COURSE = lazy(r"\s+of\s+(?:the\s+)?(?:new\s+)?(?:NPQ\s+(?:in|for)\s+)?", re.IGNORECASE)
_YEAR_WHEN = lazy(r",\s+the\s+(?:\w+\s+)?year\s+(?:in\s+which|when|that|before|after)\b[^,;.:\d]*$")
BEFORE_IT = Pattern(
    r"\b(?:when|before|until)\s+(?:the|that)\s+(?:[\w-]+\s+){1,5}?"
    r"(?:existed|(?:did|had)(?:\s+not|n['\u2019]t)\s+(?:yet\s+)?(?:exist(?:ed)?|begun|started|been\s+\w+ed))\b",
    cues="existed|did|had",
)
"""The time before a course: `before the SENCO course existed`."""
ADDED_UP = Pattern(
    r"\b(?:add|tot|total|sum)(?:ing|ting)?\s+(?:(?:it|them|those|these)\s+(?:all\s+)?|the\s+(two|three|four)\s+(?:years|totals|figures)\s+)(?:up|together)\b"
    r"|\b(?:add(?:ing)?\s+up|sum(?:ming)?|tot(?:ting)?\s+up)\s+(?:all\s+)?(?:the\s+)?(?:opening\s+|first\s+)?(two|three|four)(?:\s+(?:years|totals|figures))?\b",
    cues="add|sum|tot",
)
"""What makes a number the sum of those before it: `Add them up and you get 114,423.`"""
_OF_THE_CUTS = lazy(
    r"\s+(?:since|after|without)\s+[^,;:.\d]{0,40}?\b(?:cut|cuts|scaled|restrict\w*|end|ended|limited|axed|withdr\w+|funding|scholarships|free)\b",
    re.IGNORECASE,
)
_SINCE_CUTS = Pattern(
    r"\b(?:since|after|following|before)\s+the\s+(?:\w+\s+){0,2}?(?:cuts?|changes?|squeeze|decision|election|budget|review|shake-up"
    r"|restrictions?|withdrawal|removal|end|loss)(?:\s+(?:of|in|to|on)\s+(?:the\s+)?(?:funding|scholarships|free\s+places))?"
    r"\s+(?:of|in)\s+20\d\d\b",
    cues="cut|change|squeeze|decision|election|budget|review|shake|restrict|withdraw|removal|end|loss",
)
_THOUSANDS = lazy(r"[\s-]+(?:thousand|hundred|million|per\s+cent)\b|%")
_WHOSE = lazy(r"\s+(?:leaders?|heads|workforce|system|sector|year|census|estate|improvement|governors)\b")
_NAME = 50
"""Characters after a year within which the course is named of which it is the first."""
_APPOSED = lazy(r"\s*[,(:]\s*(?:(?:in|of|from)\s+)?(?=20\d\d/)")


def phrases_of(at: Setting) -> list[Mention]:
    """List the phrases of a sentence that may say something of its numbers, in order."""
    told = [m for m in at.passage.within(at.start, at.end, *KINDS) if not any(rule(at, m) for rule in _SAY_NOTHING)]
    told = [_in_years(at, m) for m in told]
    schemes = {m.start for m in told if _is_of_scheme(at, m, told)}
    found = [_as_meant(at, m, schemes) for m in told if not _is_of_place(at, m, told)]
    is_dated = any(m.kind == "academic" or (m.kind == "year" and m.value in ORDER) for m in found)
    return sorted([*found, *_ordinals(at, is_dated=is_dated), *_so_many_years(at, found)], key=lambda m: m.start)


def not_this(at: Setting) -> list[tuple[int, int]]:
    """Where a sentence says what is not counted: `rather than people`."""
    nouns = [m for m in at.passage.within(at.start, at.end, *_NOT_COUNTED) if is_not_this(at, m)]
    found = (
        (m, next(filter(None, (p.search(at.text, at.start, m.start) for p in (_NOT_THIS, _BESIDES))), None))
        for m in nouns
    )
    return [(match.start(), m.end) for m, match in found if match]


def is_not_this(at: Setting, m: Mention) -> bool:
    """Whether a noun is said not to be what is counted: `courses rather than people`."""
    found = _NOT_THIS.search(at.text, at.start, m.start) if m.kind in _NOT_COUNTED else None
    return found is not None or (m.kind == "funding" and _BESIDES.search(at.text, at.start, m.start) is not None)


def _is_no_part_of_it(at: Setting, m: Mention) -> bool:
    """Whether a course is named for the time before it, a year for what was cut then, or a direction in `add up`."""
    rule = {"course": BEFORE_IT, "direction": ADDED_UP, "calendar": _SINCE_CUTS}.get(m.kind)
    found = rule.finditer(at.text, at.start, at.end) if rule else ()
    return any(match.start() < m.start < match.end() for match in found)


def _is_aside(at: Setting, m: Mention) -> bool:
    """Whether it is in a part that says nothing of the numbers around it, or in a number: `One school in ten`."""
    numbers = [(q.start, q.end) for q in at.inside if m.value == "institution"]
    if not at.inside and m.kind == "academic":
        return False  # `The first group, who enrolled in 2021/22, have had the longest to finish.`
    members = [at.member] if m.kind in ("group", "area", "course") else []
    is_of_some = m.kind == "counted" or (m.kind == "group" and m.value in ("institution", "provider", *_ROLES))
    members += [at.speaker] if is_of_some else []
    return any(start <= m.start < end for start, end in (*at.asides, *at.of_some, *numbers, *members))


def _is_speaker(at: Setting, m: Mention) -> bool:
    """Whether it is somebody who says what follows: `The headteacher replied that nationally 4.5 per cent had ...`."""
    if m.kind not in ("group", "counted"):
        return False
    if _SAYING.match(at.text, m.end):
        return True  # `..., with school leaders blaming funding cuts`
    if _THEIR_UNION.match(at.text, m.end) or _OF_UNION.search(at.text, at.start, m.start):
        return True  # `Headteachers' leaders reacted with dismay after NPQ take-up fell`, `union leaders`
    if m.text.lower().endswith("s"):
        return False
    if _NAMED.search(at.text, at.start, m.start) and at.text.startswith(")", m.end):
        return True  # `Present: Ms F Grant (Headteacher)`
    return _SAID_THAT.match(at.text, m.end) is not None and _THE.search(at.text, at.start, m.start) is not None


def _is_hedge(at: Setting, m: Mention) -> bool:
    """`More than 144,000`."""
    if m.kind == "direction" and m.text in ("Worse", "Better", "More") and at.text[m.end : m.end + 1] == ",":
        return True  # `Worse, of the 29,818 courses started ...`
    if m.kind != "direction" or m.text.lower() not in words().reading["moves_in_hedges"]:
        return False
    if _LESS_SO.match(at.text, m.end):
        return True  # `moved up, too, although less steeply`
    than = _MORE_THAN.match(at.text, m.end)
    if any(q.end + 1 == m.start for q in at.inside):
        return False  # `about a fifth more than the 2,594 of 2021/22`
    return than is not None and any(q.start in (than.end(), m.start) for q in at.inside)


def _is_of_source(at: Setting, m: Mention) -> bool:
    """Whether a year is that of the release that has a number, where other years are named, here or before."""
    is_source = m.kind in ("academic", "calendar") and _OF_SOURCE.match(at.text, m.end) is not None
    is_dated = _RELEASE.match(at.text, m.end) is not None or _THAT_COHORT.search(at.told) is not None
    is_dated = is_dated and at.carried.are_years_named
    is_later = m.kind == "academic" and at.carried.years[-1:] > (int(m.value),)  # No release has a year after its own.
    is_dated = is_dated and not is_later
    others = at.passage.within(at.start, at.end, "academic")
    return is_source and (is_dated or any(one.start != m.start for one in others))


def _is_of_event(at: Setting, m: Mention) -> bool:
    """Whether a year is that after something, not after another year: `fell in the year after fees came back`."""
    if m.kind != "year" or m.value != "after":
        return False
    match = _EVENT.match(at.text, m.end, at.end)
    later = [q.start for q in at.inside if match and m.end <= q.start < match.end()]
    return match is not None and not later and any(q.end <= m.start for q in at.inside)


def _is_number(at: Setting, m: Mention) -> bool:
    """Whether an age is a number: `just under thirty thousand`."""
    return m.kind == "group" and _THOUSANDS.match(at.text, m.end) is not None


def _is_no_time(at: Setting, m: Mention) -> bool:
    """`Of the years since the reforms, 2024/25 had the fewest`, `before the cut`, `the first half`."""
    if m.kind == "basis":
        return _OF_THE_YEARS.search(at.text, at.start, m.start) is not None
    if m.kind == "group" and m.value == "time":  # `since the reformed suite was introduced in autumn 2021`
        is_of_course = bool(at.passage.within(at.start, m.start, "course"))  # `Early years, new in autumn 2022, had`
        is_of_launch = is_of_course or _IN_2021.match(at.text, m.end) is not None
        return is_of_launch and _BEGAN.search(at.text, at.start, m.start) is not None
    if m.kind == "direction":
        return _BY_EVENT.search(at.text, at.start, m.start) is not None
    # `No more than 351 courses from that year ended in a fail.`
    is_verb = m.kind == "year" and m.text.endswith(" ended") and at.text.endswith("that ", at.start, m.start)
    if is_verb or (m.kind == "year" and _OF_MONTH.search(at.text, at.start, m.start)):
        return True  # `by June this year`
    if (
        m.kind == "year" and "summer" in m.text
    ):  # `Of those begun in 2022/23, 81.4 per cent had been completed by last summer.`
        ended = [one.value for one in at.passage.within(at.start, at.end, "event")]
        return {"complete", "pass"} & {*ended} != set() and bool(at.passage.within(at.start, at.end, "academic"))
    return m.kind == "year" and m.value in ORDER and _FIRST_OF_ITS_OWN.match(at.text, m.end) is not None


def _is_of_print(at: Setting, m: Mention) -> bool:
    """Whether a time is when something was printed, or which schools were open: `published in January 2023`."""
    if m.kind == "academic":  # `This is 88.4% of schools open in 2024/25.`
        same = at.carried.years[-1:] or (at.passage.anchor.newest,)
        return int(m.value) in same and at.text.endswith(" open in ", at.start, m.start)
    if m.kind == "calendar":
        return _PUBLISHED_IN.search(at.text, at.start, m.start) is not None
    is_told = _PUBLISHED.search(at.text, at.start, m.start) or _REPORTED.search(at.text, at.start, m.start)
    is_told = is_told or _REPORTS.match(at.text, m.end, at.end) or _PUBLISHED_IN.search(at.text, at.start, m.start)
    return (m.kind, m.value) == ("group", "time") and is_told is not None


def _is_no_course(at: Setting, m: Mention) -> bool:
    """Whether `teacher development` is the matter, not the course: `good news for teacher development`."""
    is_matter = m.kind == "course" and m.text.lower() == "teacher development"
    return is_matter and not at.passage.within(max(at.start, m.start - 40), min(at.end, m.end + 40), "course")[1:]


def _is_no_place(at: Setting, m: Mention) -> bool:
    """`Reading the table`, `From Devon to Durham, ...`."""
    is_span = at.carried.area != "" and (
        (at.text.endswith("from ", 0, m.start) and _TO_PLACE.match(at.text, m.end) is not None)
        or _FROM_PLACE.search(at.text, at.start, m.start) is not None
    )
    if m.kind == "area" and is_span:
        return True  # `Staff from Hertfordshire to the Norfolk coast began 3,561 NPQs.`
    is_verb = not at.text[at.start : m.start].strip("#*_> \n") and _READING.match(at.text, m.start) is not None
    return m.kind == "area" and (is_verb or _FROM_END_TO_END.match(at.text, at.start, at.end) is not None)


def _is_of_year_when(at: Setting, m: Mention) -> bool:
    """`Rose in 2023/24, the last year in which almost every teacher could train for free`: what that year was."""
    return m.kind in ("funding", "counted") and _YEAR_WHEN.search(at.text, at.start, m.start) is not None


def _is_no_event(at: Setting, m: Mention) -> bool:
    """`Had risen to`, `reached 58,281`, `registered 707 non-funded starts`."""
    name = m.text.lower()
    if name in ("noted", "observed", "stated") and at.text.startswith(" that ", m.end):
        return not at.passage.polls  # `the union noted that starts are now lower`
    is_mark = name == "passed" and _MARK.match(at.text, m.end) and _TALLY.search(at.text, at.start, m.start)
    if is_mark or (name in ("applied", "apply") and at.text.startswith(" to ", m.end)):
        return True  # `the number who have begun one passed 100,000`, `In 2024/25 this applied to 14 people.`
    if name in ("gained", "reached") and m.kind != "direction" and _LEVEL.match(at.text, m.end, at.end):
        return True
    if name == "up to" and at.passage.within(m.end, m.end + 8, "academic"):
        return bool(at.passage.within(at.start, at.end, "basis"))  # `Up to 2023/24 only 427 schools had ever had one.`
    if m.value == "dropout" and _MONEY.match(at.text, m.end):
        return True  # `after ministers withdrew free places`
    is_auxiliary = name == "had" and (_PARTICIPLE.match(at.text, m.end) or _HAD_NOT.match(at.text, m.end)) is not None
    is_auxiliary = is_auxiliary and not (
        name == "had" and at.text.endswith(("that ", "who ", "which "), at.start, m.start)
    )
    return is_auxiliary or (m.value == "register" and _STARTS.match(at.text, m.end, at.end) is not None)


def _is_theirs(at: Setting, m: Mention) -> bool:
    """Whether a school is that of the people named next, who are counted: `secondary school teachers`."""
    if m.value == "institution" and m.text.lower() == "the school":
        return _WHOSE.match(at.text, m.end) is not None  # `the school leaders whom she had met`, `the school year`
    is_one = m.kind == "counted" and m.value == "schools" and not m.text.lower().endswith("s")
    following = at.passage.within(m.end, at.end, "counted")[:1] if is_one else []
    return any(other.value == "people" and other.start == m.end + 1 for other in following)


def _is_not_counted(at: Setting, m: Mention) -> bool:
    """What is said not to be counted, what stands alone in brackets, `the latter`, and one school."""
    is_latter = _IS_LATTER.match(at.text, m.start) is not None and all(q.end <= m.start for q in at.inside)
    is_closed = m.kind == "counted" and at.text[m.start - 1 : m.start] == "(" and at.text[m.end : m.end + 1] == ")"
    is_one = m.text.lower() == "school" and _ONE_SCHOOL.search(at.text, at.start, m.start) is None
    is_listed = m.value in _ROLES and _TEACHERS_AND.search(at.text, at.start, m.start) is not None
    return is_not_this(at, m) or is_latter or is_closed or is_one or is_listed


_SAY_NOTHING: tuple[Callable[[Setting, Mention], bool], ...] = (
    *(
        _is_aside,
        _is_speaker,
        _is_no_part_of_it,
        _is_hedge,
        _is_of_source,
        _is_of_event,
        _is_number,
        _is_no_time,
        _is_of_year_when,
        _is_of_print,
        _is_no_course,
        _is_no_place,
        _is_no_event,
        _is_theirs,
        _is_not_counted,
    ),
)
"""What keeps a phrase from saying anything of a number."""


def _ordinals(at: Setting, *, is_dated: bool) -> list[Mention]:
    """Years of which only the place in a list is said: `31,677 in the first year, 38,906 in the second`.

    Of `the first of those years` it is a list of the text before, of others one that the sentence has itself.
    """
    found: list[Mention] = []
    every = list(_ORDINAL.finditer(at.text, at.start, at.end))
    are_in_turn = [match["nth"] for match in every[:2]] == ["first", "second"] and "year" in at.text[at.start : at.end]
    for match in every:
        if _OF_THOSE.search(match[0]):
            before = at.passage.within(max(0, at.start - _LIST), at.start, "academic")
            years = sorted({m.value for m in before})
            place = (*ORDER, "last").index(match["nth"]) if match["nth"] in (*ORDER, "last") else len(years)
            place = -1 if match["nth"] == "last" else place
            if len(years) > 1 and place < len(years):
                found.append(Mention(match.start(1), match.end(), "academic", years[place], match[1]))
            continue
        if not (is_dated or are_in_turn):
            continue
        value = {"last": match["all"] or "", "next": "after", "following": "after"}.get(match["nth"], match["nth"])
        value = {"three": "third", "four": "fourth"}.get(value, value)
        spans = ((q.end, match.start()) if q.end <= match.start() else (match.end(), q.start) for q in at.inside)
        if value and any(0 <= last - first <= _FROM_ORDINAL for first, last in spans):
            found.append(Mention(match.start(1), match.end(), "year", value, match[1]))
    return found


def _so_many_years(at: Setting, found: list[Mention]) -> list[Mention]:
    """Years after which something that is counted since the reform stood so high: `71.1% after two years`."""
    ends = {m.value for m in found if m.kind == "event"} | {at.carried.event}
    is_since = any(m.kind in ("basis", "coverage") for m in found) or at.carried.basis == "cumulative"
    if not is_since or not ends.isdisjoint(("complete", "pass")):
        return []
    after = _AFTER_YEARS.finditer(at.text, at.start, at.end)
    order = {"two": "second", "three": "third", "four": "fourth"}
    return [
        Mention(*match.span("years"), "year", order.get(match["years"].split()[0], "first"), match["years"])
        for match in after
    ]


def _in_years(at: Setting, m: Mention) -> Mention:
    """Take the first year of a course for the year that it is: `10,537 starts in its debut year`.

    What is said at once to be which year says no more than that: `a year earlier, in 2023/24`.
    """
    if m.kind != "year":
        return m
    is_own = at.text[at.start : m.start].rstrip().endswith(("its", "their", "'s", "\u2019s"))
    if _YEAR_BEFORE.search(at.text, at.start, m.start):
        return m._replace(kind="harmless")  # `In 2022/23, its first year, ...`
    if m.kind == "year" and m.value == "first" and _OF_THE_CUTS.match(at.text, m.end):
        return m._replace(value="last")  # `in the first year since the government cut back scholarships`
    if m.value == "last" and _OF_THE_SCHEME.match(at.text, m.end):
        return m._replace(value="third")  # `in the last year of the £184 million recovery scheme`
    named = _APPOSED.match(at.text, m.end)
    if named and (years := at.passage.within(named.end(), named.end() + 9, "academic")):
        before = at.carried.years[-1:] if at.carried.are_years_named else ()
        meant = at.passage.anchor.periods[ORDER.index(m.value) :][:1] if m.value in ORDER else ()
        meant = tuple(year + AWAY[m.value] for year in before) if m.value in AWAY else meant
        is_same = (int(years[0].value),) == meant or is_own or (m.value in AWAY and not meant)
        return m._replace(kind="harmless") if is_same else m
    own = at.passage.within(m.end, min(at.end, m.end + _NAME), "course") if m.value == "first" else []
    own = [
        one for one in own if _OF_COURSE.fullmatch(at.text, m.end, one.start)
    ]  # `the first year of leading literacy`
    is_own = is_own or bool(own)
    courses = {one.value for one in own or at.passage.within(at.start, at.end, "course")} or {at.carried.course}
    began = {COURSES[code].first_year for code in courses if code in COURSES}
    first = began.pop() if len(began) == 1 and courses <= COURSES.keys() else None
    return m._replace(kind="academic", value=str(first.code)) if m.value == "first" and is_own and first else m


_READING = lazy(
    r"\s+(?:the|these|those|this|that|an?|your|our|its|their|official|published|statistics|figures|data|numbers|charts?|tables?|NPQs?"
    r"|between|through|on|about|aloud|and\s+(?:writing|literacy|maths|using|understanding))\b"
)
"""What makes `Reading` no town: `Reading NPQ statistics without tripping`."""


def _as_meant(at: Setting, m: Mention, schemes: set[int]) -> Mention:
    """Take money that no number is of for no funding, and `up in the North East` for the name of the area."""
    if m.kind == "area" and (place := _UP_IN.search(at.text, at.start, m.start)):
        return m._replace(start=place.start("way"))
    if m.kind == "area" and m.text == "Reading" and _READING.match(at.text, m.end):
        return m._replace(kind="scheme")
    if m.kind == "funding" and _INCLUDED.match(at.text, m.end):
        return m._replace(value="all")  # `With courses not funded by the Department included, ...`
    # `once scholarships were targeted at schools with disadvantaged pupils`
    is_for = m.kind == "group" or m.value in ("other", "schools", "people")
    is_for = is_for and any(n < m.start and not _CLAUSE.search(at.text, n, m.start) for n in schemes)
    return m._replace(kind="scheme") if m.start in schemes or is_for else m


def _is_of_place(at: Setting, m: Mention, told: list[Mention]) -> bool:
    """Whether a direction is that of an area from here: `Up in the North East there were 4,532 starts`."""
    areas = [other for other in told if m.kind == "direction" and other.kind == "area" and other.start > m.end]
    place = _UP_IN.search(at.text, at.start, areas[0].start) if areas else None
    return place is not None and place.start("way") == m.start


_PREDICATE = lazy(r"\s*(?:were|was|are|is|had|have|has|got|received)\b")


def _is_of_scheme(at: Setting, m: Mention, told: list[Mention]) -> bool:
    """Whether a clause without a number says what became of the money: `after ministers limited free places`."""
    is_money = m.kind == "funding" or (m.kind == "counted" and m.text.lower().endswith(("scholarship", "scholarships")))
    if not is_money or m.value == "all":
        return False
    start = max([at.start, *(match.end() for match in _CLAUSE.finditer(at.text, at.start, m.start))])
    stop = _CLAUSE.search(at.text, m.end, at.end)
    end = stop.start() if stop else at.end
    is_predicate = _PREDICATE.match(at.text, start) is not None and any(q.end <= start for q in at.inside)
    if is_predicate or any(start < q.end and q.start < end for q in at.inside):
        return False  # `23,477 (80%) were eligible for a scholarship`
    rule = _WHEN_MONEY.search(at.text, max(at.start, start - len("although")), end)
    rule = rule or _RULES_OF_FUNDING.search(at.text, start, end)
    nouns = [other for other in told if other.kind == "counted" and other.value != "places"]
    is_of_noun = any(other.start == m.end + 1 for other in nouns)
    return rule is not None and not (is_of_noun and rule.start() > m.start)
