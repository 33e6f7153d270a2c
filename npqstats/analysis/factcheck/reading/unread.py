"""The words of a number's clause that no rule has read: where there are any, the figure may be of something else."""

import re
from collections.abc import Sequence
from functools import cache

from npqstats.analysis.factcheck.reading.around import A_YEAR, MEAN, Around
from npqstats.analysis.factcheck.reading.census import MATCHED, UNMATCHED
from npqstats.analysis.factcheck.reading.framing import framing, is_outright
from npqstats.analysis.factcheck.reading.left_out import LEFT_OUT, THE_REST, left_out_by
from npqstats.analysis.factcheck.reading.named_years import AS_OF
from npqstats.analysis.factcheck.reading.paid import FOR_OTHERS
from npqstats.analysis.factcheck.reading.phrases import ADDED_UP, BEFORE_IT
from npqstats.analysis.factcheck.reading.said import Said
from npqstats.analysis.factcheck.reading.spans import COUNT, SINCE_REFORM
from npqstats.analysis.factcheck.reading.statement import Statement
from npqstats.analysis.factcheck.scanning.quantities import SMALL
from npqstats.catalogue.catalogue import catalogue
from npqstats.vocabulary.claims import Mention, words
from npqstats.vocabulary.courses import COURSES
from npqstats.vocabulary.expressions import cued
from npqstats.vocabulary.funding import SERIES_BEGAN
from npqstats.vocabulary.measures import MEASURES
from npqstats.vocabulary.patterns import Pattern, lazy

_PUBLISHED = Pattern(
    r"\b(?:published|publication|releases?|released|data|statistics|answer|reply|as\s+at|as\s+of)\b",
    cues="publi|release|data|statistic|answer|reply|as at|as of",
)
_RATE = Pattern(
    r"\bmore\s+than\s+(?:one|two)\b(?!\s+years?\s+(?:before|earlier|ago|previously)\b)(?!\s+(?:in|and|hundred|thousand)\b|[\s-]+(?:third|quarter|half|fifth|sixth|seventh|eighth|ninth|tenth))"
    r"|(?<!\bin )\ba\s+year\b(?!\s+(?:earlier|later|ago|before|on|after|longer|previously|prior|back|further)\b)"
    r"|\b(?:(?:per|every|each)\s+year|(?:an?|per|every|each)\s+(?:term|month|week|day)|(?:per|each)\s+(?:school|person|teacher|region))\b"
    r"(?!\s+(?:earlier|later|ago|before|on|after|longer|previously|prior|back|further)\b)"
    r"|\ball\s+but\b(?!\s+(?:halv|doubl|trebl))|\bwithin\s+(?:an?|the|one|two)\s+years?\b"
    r"|(?-i:\b(?:with|without|had|have|got)\s+it\b(?!\s+(?:the|not|paid|funded|covered|[\w-]+\s+would)\b))"
    r"|\bfrom\s+(?=20\d\d/\d\d\s+on\b)|\bsince\s+(?:last|this)\s+year\b|\ball\s+their\b|\bin\s+brackets\b"
    r"|\b(?:new|small(?:er)?|larger?|big(?:ger)?)\s+(?=teachers|leaders|participants|people|staff|heads|schools|trusts)|(?-i:\bYears?\s+(?=\d))"
    r"|\b(?:leaving\s+out|excluding|without|except|apart\s+from)\s+(?=20\d\d)",
    cues="year|term|month|week|day|per |each|all |bracket| on| it|new |small|large|big|out|exclud|apart|except",
)
_THAN = Pattern(
    r"(?<!\brather )\bthan\s+(?=teachers|leaders|people|participants|schools|courses|starts|NPQs)",
    cues="than",
    flags=re.NOFLAG,
)
"""What makes a count another one though each of its words is plain: `a year`, `all but`."""
_BESIDE_YEAR = Pattern(
    r"\b(?:before|after|until|since|as\s+in|compared\s+with|up\s+to|(?:later|earlier)\s+than|at\s+the\s+(?:start|end)\s+of|years\s+to)\s+(?:the\s+)?(?=20\d\d/\d\d(?!,\s+when\b))",
    cues="before|after|until|since|as in|compared|up to|than|start|end|years & 20",
)
"""What makes the figure of a year that of other years."""
_THEY_DO = lazy(r"\b(do)(?=\s*(?:[.,;!]|$))")
"""What stands for what they do, where nothing says that it is an NPQ."""
_AFTERTHOUGHT = lazy(r",\s+as\s+in\s+20", re.IGNORECASE)
"""What is said besides of a number that no other number of the sentence answers."""
_OF_A_YEAR = Pattern(
    r"\bwithin\s+(?:an?|the|one|two)\s+years?\b|\bin\s+brackets\b"
    r"|\b(?:begun|started)\s+in\s+20\d\d[^.;]*\b(?:completed|finished|passed)\s+(?:in|by)\s+20\d\d",
    cues="within|brackets|begun|started & year|brackets|completed|finished|passed",
)
"""When, or in which of two columns, whatever number it is."""
_OF_STARTS = Pattern(
    r"\b(?:among|of)\s+(?:(?:the|those|all|its|their)\s+)*(?:starters|starts|entrants)\b|\b(?:among|of)\s+(?:all|every|everyone\s+who|everybody\s+who)\s+(?:\w+\s+){0,2}(?:start(?:ed|s|ers)?|beg[au]n)\b"
    r"|\b(?:share|proportion|percentage|fraction)\s+of\s+(?:\w+\s+){0,2}(?:starts|starters|started|begun)\b",
    cues="start|begun|began|entrant",
)
"""The whole of a completion rate, said of a pass rate, which is of the courses completed."""
_OF_NPQS = Pattern(
    r"\bNPQs?[\s-]+(?:(?:teaching|school|state)\s+)?(?:workforce|schools?)\b(?!\s+(?:participants|coverage|starters?))",
    cues="npq",
)
"""A part of the workforce or of the schools, said where all are counted: `the NPQ workforce`."""
_OF_ONE = lazy(r", (?:an?|when|which(?! (?:(?:\w+ )?(?:were|are)|all|most|mostly|only|mainly|largely)\b)) ")
_NUMBERED = lazy(r"\W*(?:First|Second|Third|Fourth|Fifth)\b(?=,)")
_REMARK = lazy(
    r"\s+(?:(?:has|have|had|will|should|must|may|can)\s+(?!be\b|not\b|have\b)(?:(?:since|now|already|\w+ly)\s+)?)?"
    r"(?!(?:correct|prove|turn|revers|revis|restat|retract|belong)\w*\b)(?P<verb>[a-z]{3,})\b(?:(?!\bonly\b)[^,;])*"
)
_NEAR, _BESIDE_NOUN = 40, 2
_BEST = Pattern(r"\b(?:best|worst)\b", cues="best|worst")
_BESIDES = cued("besides")
"""What is said besides a figure, its source, who counted it: `going by the release of that year`."""
_RANKS = Pattern(
    r"\b(?:earli|old)(?:er|est)\s+(?:NPQ\s+)?(?=cohort|intake|20\d\d/)|\b(?:first|second|third|fourth)(?:(?:,|,?\s+and|\s+or)\s+(?:second|third|fourth))*"
    r"\s+(?:(?:academic\s+|reformed\s+|NPQ\s+)?(?:years?|cohorts?|intakes?)|time\s+since|most|highest|largest|biggest|lowest)\b"
    r"|\b[Ii]ncluding\s+(?:it|them)\b|\b(?:(?:more|less)\s+likely|likelier)\s+to\b|\byear\s+(?:one|two|three|four)\b|\b\w+\s+years?\s+(?:earlier|ago|later|before|after|on(?=,))\b"
    r"|\b(?:three|3)[\s-]year\s+(?=(?:target|goal|ambition|plan|programme|offer|promise|recovery)\b)"
    r"|\b(?:moving|going|passing|shifting)\s+(?=from\s+\d)"
    r"|\bwork(?:ing|ed|s)?\s+(?:patterns?|full|part)\b|\b(?:the|these|those)\s+new\s+(?=(?:reformed\s+)?(?:NPQ\s+)?(?:NPQs|courses|qualifications|suite)\b)|\b(?:enabled|allowed|helped|prompted|persuaded|encouraged|inspired|led)\s+(?=[\d,]+\s+(?:[\w-]+\s+){1,4}?to\s+(?:start|begin|take|embark|enrol|pass)\b)",
    cues="first|second|third|fourth|year|work|old|earl|new|ed|from|likely|including",
)
_REACHED = lazy(r"\b(?:to|at|from)\s+(?:the\s+)?$")
"""Before a number that nobody has done anything with: `fell to 29,818`, not `29,818 wrote of it`."""
_ENDS_OF_YEARS = frozenset({"Jun", "Jul", "Aug", "summer", "Summer"})
_WOULD_HAVE = Pattern(r"\bwould(?:\s+have|['’]ve)\b|\b(?:left|remain(?:s|ed|ing)?)\b", cues="would|left|remain")
"""What is said of a figure without one of its courses."""
_LEFT = next(word for word, number in SMALL.items() if number == len(COURSES) - 1)
_THE_OTHERS = lazy(
    rf"\b(?:(?:remaining|other)\s+{_LEFT}|all\s+(?:the\s+)?other)\s+(?=(?:NPQs|courses|qualifications|ones|had|drew|saw)\b)"
)
"""All courses but one: `the remaining nine NPQs`."""
_SEEN_IN = lazy(
    r"\s+(?:[\w-]+\s+){0,2}?(?:is|are|were)\s+(?:included|counted|added)(?:\s+in)?\b|(?:\s+of\s+(?:the\s+total|all\s+starts|them|these|those|all\s+NPQs))?\s+(?:came|fell|occurred|took\s+place|happened|date\s+from|were\s+in)\s+(?=in\b|20|the\s+)|"
    r"\s+(?:that\s+(?:was|were)\s+)?(?:seen|recorded|reported|registered|logged|counted|achieved|posted|observed)\s+(?=in\b|for\b|last\b|the\s+year\b|a\s+year\b)"
)
"""What is done with a figure of a year: `the 43,535 seen in 2023/24`."""
_NEW_COURSE = lazy(r"\bnew\s+(?:(?:mandatory|compulsory|statutory)\s+)?(?:NPQ|qualification|course)\b")
_THE_TWO = lazy(r"\b(?:the\s+|these\s+|those\s+)?(?:two|three|both)\s+(?:courses|NPQs|qualifications|regions|areas)\b")
_MORE = lazy(r"\b(?:further|another|other)\s+$", re.IGNORECASE)
_EACH_YEAR = lazy(r"\b(?:per|each|every|an?)\s+year\b")
_OF_ROW = lazy(r"\b(?:from|since|onwards?)\b")
"""What goes with the first year of a row, as `each year` does: `from 2022/23 on`."""
_OF_EVERY = lazy(r"\b[Oo]f\s+every\s+(?:100|hundred)\b")
_LAUNCHED = lazy(
    r",\s(?:with|when|made|launched|introduced|mandatory|compulsory|obligatory|required|first|newly|now|already|once|long|having"
    r"|which\s(?:is|are|was|were)\s(?:a|one|two|three)\syears?\s(?:younger|older|newer|ahead|behind|earlier|later)"
    r"|(?:nick)?named|known|dubbed|called|branded|billed|hailed|buoyed|boosted|swollen|dented|battered|propped\sup|fuelled"
    r"|which\shad\s(?:been\s)?(?:climb|ris|gr[eo]w|f[ae]ll|boom|peak|doubl|shr[aiu]nk|surg|soar|dwindl)\w*)\b"
)
_MEANWHILE = lazy(
    r",\s+(?:while|when|as|because|although|though|since|after|once|until|amid|despite|following|thanks\s+to)\s+(?![^,]*\bthose\b)[^,;:\d]{3,120},(?=\s)"
)
"""What is said between two commas of the time or the reason: `, while nearly anyone could enrol without charge,`."""
_COUNTS = lazy(r"\b(?:only|just|count|restrict|limit|exclud|includ|ignor|leav|left|omit|without\s+the)\w*")
_OPENING = lazy(
    r"(?P<told>(?:mandatory|compulsory|obligatory|required|statutory|introduced|launched|created|unveiled|brought\s+in|new)\b[^,;:]*),\s+(?:the|this|its|our)\b",
    re.IGNORECASE,
)
"""What a sentence says first of the course that it names next: `Mandatory since September 2024, the SENCO NPQ ...`."""
_GIVES = Pattern(
    r"\b(?:release|tables?|data|statistics|figures|spreadsheet|dataset|file|bulletin|text|reports?|answer|reply|chart|page|department|DfE)"
    r"(?:\s+(?:[a-z]+|20\d\d/\d\d)){0,2}?\s+(?P<verb>gives?|gave|lists?|listed|quotes?|carr(?:y|ies)|credits?)\b(?!\s+(?:up|away|back)\b)",
    cues="give|gave|list|quote|carr|credit",
)
"""What a source does with a number: `the release lists 39,824 NPQ starts`."""
_APPOSED = lazy(r",(\s(?:an?|the|one)\s[a-z\s-]{3,40}),")
"""What a course or an area is said to be besides: `executive leadership, a small programme, recorded ...`."""
_PLANNED_OVER = lazy(rf"\b(?:a\s+single|{'|'.join(SMALL)})[\s-]+(?:\w+[\s-]+)?years?\b", re.IGNORECASE)
_MAYBE = frozenset(["perhaps", "maybe", "probably", "clearly", "surely"])
_LIMITS = ("area", "group", "course", "funding")
_LIMITING_GROUPS = ("subject", "faith", "age", "retention", "Under 30")
SUBJECTS = ("counted", "measure", "area", "group", "course")
"""Phrases of what a sentence speaks of."""
_LIMITING = lazy(r"\b(?:of|in|at|with|from|for|on|without|who|whose)\s+(?:[\w-]+\s+)?$")
_APART = Pattern(
    r",\s+(?:the\s+\w+\s+ones|those\s+(?:in|at|for|from|of|by))\b[^.;,]*|,\s+(?:but|though)\s+(?:none|not\s+all|few|hardly\s+any)\b[^.;,]*|(?:\s[\u2013\u2014-]|,\s+(?:but|though|albeit|if)(?=\s+only))\s+(?:(?:but|though|and|if)\s+)?(?:(?:only|just|mostly|mainly)\s+)?"
    r"(?:in|among|amongst|at|for|by|outside|within|those|these|the\s+\w+\s+ones|except|excluding|with(?:out|\s+the\s+exception))\b"
    r"[^.;,\u2013\u2014]*",
    cues=" \u2013| \u2014| -|only|but|though|ones|those",
)
"""What limits a clause from outside it: `NPQ starts - those in maths - fell`, `fell by a third, but only in London`."""
_LEFT_OUT = Pattern(
    r"\b(?:(?:left|taken|stripped|take|leave|strip)\s+(?:out|aside)|excluded?|omit(?:ted)?|discount(?:ed)?|ignored?)\b",
    cues="out|aside|exclude|omit|discount|ignore",
)
"""What says before a clause that a part is left out: `When small schools are left out, ...`."""
_SPANS = lazy(
    r"\b(?:(?:(?:past|last|latest)\s+)?(?:two|three|four|five|six)(?:\s+academic|\s+full)?[\s-]+years?|(?:inside\s+)?(?:twelve|12)\s+months"
    r"|(?:in|within|inside|over|took|takes)\s+(?:(?:just|only|little\s+more\s+than|the\s+space\s+of)\s+)*"
    r"(?:a|one|a\s+single)\s+year|adding)\b",
    re.IGNORECASE,
)
_YEARS_ON = lazy(r"\b(two|three|four)\s+years\s+(?:on|later|afterwards)\b", re.IGNORECASE)
_ITEM_LETTER = lazy(r"\W*(?:[a-h]|[ivx]{1,4})\)")
_COUNT_OF_YEARS = lazy(rf"\b({'|'.join(SMALL)})[\s-]+(?:\w+\s+)?years?\b", re.IGNORECASE)


def unread(at: Around, said: Said, strangers: Sequence[Mention] = (), *, is_further: bool = False) -> tuple[str, ...]:
    """List the words of a number's clause that no rule has read: `were awarded`, `in maths`, `a term`.

    Args:
        at: The number in its sentence.
        said: What was read of it.
        strangers: Phrases of the sentence that have no part in what was read.
        is_further: Whether it is one more change, after another one of the sentence.
    """
    statement, text, start, end = at.statement, at.text, at.own_start, at.scope[1]
    strange = [m for m in strangers if start <= m.start < end and not AS_OF.match(text, m.start)]
    if at.has_parts:  # `Just 4 of the 29,818 courses have been completed, a sign of how many are dropping out.`
        strange = [m for m in strange if m.value != "dropout"]
    known, left = _known(at, said, strange, start, end)
    left += [*(m.text for m in strange), *_of_others(at, said, start, end)]
    apart = [] if said.event == "survey" else _apart(at)
    left += [m.text for span in apart for m in statement.passage.within(*span, *_LIMITS) if not _is_limit(m, said)]
    beside, tokens = _beside(at, said, is_further=is_further), statement.passage.tokens
    plain = words().reading["plain"]
    outside = (at.gap_before[0], start), (end, min(at.next_start, at.segment[1]))
    name = COURSES[said.course].long_name.lower() if said.course in COURSES else ""
    limiting = words().reading["limiting_nouns"] if said.event != "survey" else frozenset[str]()
    limiting -= {word for word in limiting if word[:4] in name}
    left += [m.text for m in strangers if m.value in _LIMITING_GROUPS and any(a <= m.start < b for a, b in outside)]
    left += [
        text[n : n + len(word)]
        for span in outside
        for n, word in tokens.listed(*span)
        if word in limiting and not _is_within(n, known)
    ]
    left += _of_places(at, start, end)
    read = [(start, end), at.predicate, *apart]
    read += [outside[1]] if at.q.kind == "factor" and not at.following else []  # `twice as many as ..., by Christmas`
    deeds = frozenset[str]() if _is_clear(at, said, end) else words().reading["deeds"]
    speakers = words().reading["speakers"]
    every = [token for span in read for token in tokens.listed(*span)]
    for (index, word), (_, previous) in zip(every, [(0, ""), *every], strict=False):
        stem = word.removesuffix("'s").removesuffix("s'")
        before = text[index - 1 : index]
        is_word = word[0].isalpha() and not before.isalnum() and before != "#" and word != "s"
        is_noun = previous == "the" and said.end == "from"  # `From 43,840 the tally sank`
        is_deed = index > at.q.end and word in deeds and word not in beside and not is_noun
        is_agent = word in speakers and _acts(statement, index, index + len(word))
        is_allowed = not (is_deed or is_agent) and not (
            plain.isdisjoint((word, stem)) and beside.isdisjoint((word, stem))
        )
        if is_word and not is_allowed and not _is_manner(word) and not _is_within(index, known):
            left.append(text[index : index + len(word)])
    return tuple(dict.fromkeys(left))


def _of_places(at: Around, start: int, end: int) -> list[str]:
    """List the words that say in which schools, plain as each may be elsewhere: `teachers in struggling schools`."""
    statement, places = at.statement, list[str]()
    for noun in statement.within(start, end, "counted"):
        before = statement.passage.tokens.listed(start, noun.start)[-2:]
        is_place = noun.value == "schools" and noun is not at.head.noun and len(before) > 1
        if is_place and before[0][1] in ("in", "at", "from") and before[1][1] in words().reading["prose_others"]:
            places.append(before[1][1])
    return places


def _of_others(at: Around, said: Said, start: int, end: int) -> list[str]:
    """List the phrases that make a number another figure, though each of their words is plain: `a term`, `all but`."""
    statement, text = at.statement, at.text
    ends = [_SPANS] if said.end or said.role in ("change", "factor") else []
    ends += [_EACH_YEAR, MEAN, A_YEAR] if said.end in ("low", "high", "mean") else []
    ends += [_EACH_YEAR, _OF_ROW] if statement.row_of(statement.inside) else []
    ends += [_EACH_YEAR] if statement.is_of_each_year else []
    years = [(m.start, m.end) for m in statement.passage.within(statement.start, statement.end, "year", "harmless")]
    spans = [
        *years,
        *at.rests,
        *statement.asides,
        *statement.so_far,
        *((m.start, m.end) for m in statement.of("funding")),
        *(match.span() for each in ends for match in each.finditer(text, start, end)),
    ]
    left = [match[0] for match in _RATE.finditer(text, start, end) if not _is_within(match.start(), spans)]
    left += [] if said.against[0] == "measure" else [match[0] for match in _THAN.finditer(text, start, end)]
    if said.role in ("level", "share") and not (
        said.end or statement.row_of(statement.inside) or _is_of_years(said) or said.is_perfect
    ):
        left += [match[0].strip() for match in _BESIDE_YEAR.finditer(text, start, at.gap_after[1])]
    is_moved = (
        (said.end or said.role in ("change", "factor")) and said.event in ("", "start") and "rate" not in said.measure
    )
    if not is_moved:  # `For the starters of 2022/23, a year younger, it is 81.7 per cent.`
        of_a_year = _OF_A_YEAR.finditer(text, at.q.end, statement.end)
        left += [match[0] for match in of_a_year if not _is_within(match.start(), years)]
    if said.measure == "pass-rate":
        left += [match[0] for match in _OF_STARTS.finditer(text, start, at.gap_after[1])]
    if said.role == "level" and not said.event and not said.measure and said.counted in ("workforce", "schools"):
        left += [match[0] for match in _OF_NPQS.finditer(text, start, end)]
    if said.role == "target":
        first = statement.start if at.q is statement.inside[0] else start
        left += [match[0].replace("-", " ") for match in _PLANNED_OVER.finditer(text, first, statement.end)]
    if not statement.passage.within(*statement.sentence_before, "event"):  # `Thirty thousand teachers already do.`
        left += [match[1] for match in [_THEY_DO.search(text, at.q.end, end)] if match]
    if at.is_last:
        left += [match[0] for match in _AFTERTHOUGHT.finditer(text, at.q.end, statement.end)]
    if not (said.without or said.group.startswith("?")):
        left += [match[0] for match in _LEFT_OUT.finditer(text, at.gap_before[0], start)]
        cues = [] if said.course else [m for m in left_out_by(at) if m in statement.within(*at.segment, "without")]
        left += [m.text for m in cues if statement.within(m.end, m.end + _NEAR, "course", "funding")]
    return left


def _acts(statement: Statement, start: int, end: int) -> bool:
    """Whether somebody is said to have started or completed courses: `bloggers began`, `begun by journalists`."""
    text = statement.text
    spans = [(m.start, m.end) for m in statement.of("event") if m.value in ("start", "complete", "pass")]
    return any(
        text[end:first].strip() in ("", "have", "had") if first >= end else text[last:start].strip() in ("by", "by the")
        for first, last in spans
    )


def _remarks(at: Around, said: Said) -> list[tuple[int, int]]:
    """What is said of a change after its year: `the fall of 14,022 starts in 2024/25 has set bells ringing`."""
    years = at.own_years if said.role == "change" else []
    remark = _REMARK.match(at.text, years[-1].end, at.scope[1]) if years else None
    reading = words().reading
    if remark is None or remark["verb"] in reading["unreal"] | reading["function"]:
        return []
    return [remark.span()] if reading["limiting_nouns"].isdisjoint(remark[0].split()) else []


def _is_of_rate(at: Around, end: int) -> bool:
    """Whether what is best or worst is a rate or a number: `the best completion rate`, `the worst, 77.1 per cent`."""
    named = [m.start for m in at.statement.of("measure")]
    return at.text[end : at.lead_start].strip(" ,:") == "" or any(0 < start - end <= _BESIDE_NOUN for start in named)


def _is_of_name(statement: Statement, start: int, end: int) -> bool:
    """Whether an aside is of a course or an area, which needs no limits: `the SENCO NPQ, which is new, ...`.

    Or of courses of which it says more: `the remaining courses, which cover areas such as behaviour, had ...`.
    """
    named = statement.within(max(statement.start, start - _NEAR), start, "course", "area")
    courses = [
        m for m in statement.within(max(statement.start, start - _NEAR), start, "counted") if m.value == "courses"
    ]
    is_plain = not statement.within(start, end, "funding", "group", "area", "academic", "year")
    if courses and is_plain and not _COUNTS.search(statement.text, start, end):
        named = sorted([*named, *courses], key=lambda m: m.start)
    is_next = bool(named) and not re.search("[,;:.]", statement.text[named[-1].end : start])
    return is_next and _OF_ONE.match(statement.text, start, end) is not None


def _apart(at: Around) -> list[tuple[int, int]]:
    """Where the sentence limits what it says of a number outside its clause."""
    found = [match.span() for match in _APART.finditer(at.text, at.statement.start, at.statement.end)]
    return [span for span in found if not any(span[0] <= q.start < span[1] for q in at.statement.inside)]


def _is_limit(m: Mention, said: Said) -> bool:
    """Whether a phrase is a part of what was read."""
    return m.value in (said.area, said.course, said.group, said.funding, *said.without)


def of_subject(at: Around, left: Sequence[str]) -> list[str]:
    """List the unread words of a number's clause that limit what it speaks of: `rural schools`, `teachers of maths`."""
    (start, end), text = at.scope, at.text
    nouns = {m.start for m in at.statement.within(start, end, *SUBJECTS)}
    found = [m.text for m in at.statement.within(start, end, "group") if m.text in left]  # `maths teachers`
    for word in (word.strip(" '") for word in left if " " not in word.strip()):
        for one in re.finditer(rf"\b{re.escape(word)}(?:['\u2019]s)?\b\s*", text[start:end]):
            is_limit = start + one.end() in nouns or _LIMITING.search(text, start, start + one.start())
            found += [word] if is_limit else []
    return found


def qualifiers(statement: Statement, start: int, end: int) -> tuple[str, ...]:
    """List the words beside people or schools that nothing reads: `grammar schools`, `teachers of maths`."""
    tokens, reading = statement.passage.tokens, words().reading
    beside: list[tuple[int, str]] = []
    for noun in (m for m in statement.within(start, end, "counted") if m.value in ("people", "schools", "courses")):
        if noun.value == "courses" and not statement.told.rstrip().endswith("?"):
            continue
        if noun.value == "courses":  # `How many people take NPQs in maths?`
            after = tokens.listed(noun.end, min(end, noun.end + 30))
            beside += after[1:2] if after and after[0][1] in ("in", "for") else []
            continue
        is_pronoun = noun.text.lower().endswith(("body", "one"))  # `sent anybody`
        beside += [] if is_pronoun else tokens.listed(start, noun.start)[-1:]
        after = tokens.listed(noun.end, min(end, noun.end + 30))
        beside += after[1:3] if after and after[0][1] in ("of", "with", "without", "on", "from") else []
    known = [(m.start, m.end) for m in statement.all if m.kind not in ("direction", "event")]
    plain = reading["plain"] | reading["function"] | reading["adjectives"]
    return tuple(
        word for index, word in beside if word.isalpha() and word not in plain | _MAYBE and not _is_within(index, known)
    )


def _is_clear(at: Around, said: Said, end: int) -> bool:
    """Whether it is said outright what became of a number: `started an NPQ`, not `described` or `had news of` one."""
    starts = [m.text.lower() for m in at.statement.within(at.q.end, end, "event") if m.value == "start"]
    is_reached = at.head.noun is None and _REACHED.search(at.text, at.statement.start, at.lead_start) is not None
    is_bare = (
        said.event in ("", "start")
        and said.role in ("level", "share")
        and not (said.measure or said.end == "than" or is_reached)
    )
    return not is_bare or not words().reading["weak_starts"].issuperset(starts)


def _is_of_years(said: Said) -> bool:
    return (said.is_sum and len(said.years) > 1) or said.role in ("change", "factor") or said.basis == "cumulative"


def _known(
    at: Around, said: Said, strange: Sequence[Mention], start: int, end: int
) -> tuple[list[tuple[int, int]], list[str]]:
    """Say where a clause has been read; and which of its phrases and dates have been, but say something else."""
    statement, text = at.statement, at.text
    odd = {m.start for m in strange}
    mentions = [*statement.all, *statement.passage.within(statement.start, statement.end, "harmless")]
    known = [(m.start, m.end) for m in mentions if m.start not in odd and _is_read(m, said)]
    left = [m.text for m in statement.within(start, end, "basis") if not _is_read(m, said)]
    is_outcome = said.event in ("complete", "pass") or MEASURES.get(said.measure, MEASURES["starts"]).has_unfinished
    if is_outcome or at.has_parts or (said.basis and not statement.years):
        for day in AS_OF.finditer(text, statement.start, statement.end):
            known.append(day.span())
            left += [] if not is_outcome and day["month"] in _ENDS_OF_YEARS else [text[day.start("month") : day.end()]]
    known += [match.span() for match in [_ITEM_LETTER.match(text, statement.start)] if match]
    if said.event in ("complete", "pass") and len(said.years) == 1:
        passed = (statement.passage.anchor.newest - said.years[0]) // 101 + 1
        known += [match.span() for match in _YEARS_ON.finditer(text, start, end) if COUNT[match[1].lower()] <= passed]
    known += [match.span() for each in (_RANKS, _BESIDES) for match in each.finditer(text, start, end)]
    if _is_of_years(said) or said.end:
        spans = (match for each in (_SPANS, SINCE_REFORM) for match in each.finditer(text, start, end))
        known += [match.span() for match in spans if _are_so_many(match[0], said)]
    is_row = (said.is_placed and len(statement.inside) > 2) or bool(statement.row_of(statement.inside))
    known += [match.span() for match in _SPANS.finditer(text, start, end)] if is_row else []
    if statement.is_of_each_year or said.end in ("low", "high", "mean"):
        known += [
            match.span() for each in (_EACH_YEAR, MEAN, A_YEAR, _OF_ROW) for match in each.finditer(text, start, end)
        ]
    known += [*statement.so_far, *statement.reasons, *statement.of_some, statement.member, statement.speaker]
    known += [match.span() for match in LEFT_OUT.finditer(text, statement.start, at.q.start)]
    known += [match.span() for match in _WOULD_HAVE.finditer(text, start, end)] if said.without else []
    known += [match.span() for match in _THE_OTHERS.finditer(text, start, end)] if len(said.without) == 1 else []
    rest = (match for match in THE_REST.finditer(text, start, at.q.start) if said.without and not match["count"])
    known += [match.span() for match in rest]
    known += [match.span() for match in _OF_EVERY.finditer(text, statement.start, at.q.start)]
    known += [m.span() for each in (BEFORE_IT, ADDED_UP) for m in each.finditer(text, statement.start, statement.end)]
    known += [aside for aside in statement.asides if _LAUNCHED.match(text, *aside) or _is_of_name(statement, *aside)]
    opening = _OPENING.match(text, statement.start)
    known += (
        [opening.span("told")] if opening and statement.within(opening.end(), opening.end() + _NEAR, "course") else []
    )
    known += _told_besides(at, said, start, end)
    known += [match.span() for match in _BEST.finditer(text, start, end) if _is_of_rate(at, match.end())]
    known += [match.span(1) for match in _APPOSED.finditer(text, start, end)]
    known += [span for phrase in statement.phrases for span in phrase.spans]
    is_part = said.is_funding_named or bool(said.course or said.area or said.group)
    is_rise = said.role == "change" and not statement.of("direction")  # `a further 4,934 than in 2022/23`
    is_again = said.role == "change" and statement.points_back  # `They went up by a further 12.7 per cent.`
    if (said.is_rest or is_part or is_rise or is_again or said.end == "added" or at.q is not statement.inside[0]) and (
        more := _MORE.search(text, start, at.lead_start)
    ):
        known.append(more.span())
    if of_next := _MORE.search(text, at.q.end, at.next_start):
        known.append(of_next.span())
    leads = [(one.lead_start, one.q.end) for one in at.every]
    free = framing(at) if is_outright(at, said) else []
    return [*known, *statement.comparisons, *statement.not_this, *at.rests, *leads, *free], left


def _told_besides(at: Around, said: Said, start: int, end: int) -> list[tuple[int, int]]:
    """Where a clause says in words of its own what has been read of a number."""
    statement, text = at.statement, at.text
    several = "+" in said.course or "+" in said.area
    found: list[re.Match[str] | None] = [_NUMBERED.match(text, statement.start), _SEEN_IN.match(text, at.q.end)]
    found += [FOR_OTHERS.match(text, at.q.end)] if said.is_funding_named else []
    found += _PLANNED_OVER.finditer(text, start, end) if said.whole == "target" else []  # The years of the target.
    found += MATCHED.finditer(text, start, end) if said.counted == "workforce" else []
    found += UNMATCHED.finditer(text, start, end) if at.has_parts else []
    found += _NEW_COURSE.finditer(text, start, end) if said.course else []
    found += _THE_TWO.finditer(text, start, end) if several else []
    between = _MEANWHILE.finditer(text, statement.start, statement.end)
    found += (match for match in between if not _COUNTS.search(match[0]))
    verbs = (match.span("verb") for match in _GIVES.finditer(text, at.gap_before[0], at.q.start))
    return [*verbs, *_remarks(at, said), *(match.span() for match in found if match)]


def _is_read(mention: Mention, said: Said) -> bool:
    """Whether a phrase has had its say: not an area that was not taken, nor years that were not added up.

    `Over the four years` is of all years there are since the reform only where these are four.
    """
    if mention.kind == "area" and mention.value[:1] == "?":
        return mention.value == said.area
    if mention.kind == "basis" and said.years and not _are_so_many(mention.text, said):
        return False
    return mention.kind != "opinion" and (
        mention.kind != "span"
        or said.basis == "in-year"  # One of as many numbers.
        or (_is_of_years(said) and _are_so_many(mention.text, said))
    )


def _are_so_many(told: str, said: Said) -> bool:
    """Whether years that are counted together, or over which a change goes, are as many as is said."""
    counted = _COUNT_OF_YEARS.search(told)
    if counted is None or not said.years:
        return True
    count, last = SMALL[counted[1].lower()], said.years[-1]
    if said.role in ("change", "factor"):
        return 0 <= count - abs(last - said.years[0]) // 101 <= 1  # `Over four years` may count both ends.
    if said.is_sum or said.end in ("low", "high", "mean"):
        return count == len(said.years)
    return said.basis != "cumulative" or said.end in ("from", "to") or count == last // 100 - SERIES_BEGAN // 100 + 1


def _is_within(index: int, known: list[tuple[int, int]]) -> bool:
    return any(first <= index < last for first, last in known)


def _beside(at: Around, said: Said, *, is_further: bool) -> frozenset[str]:
    """Words that are not plain, but that what has been read of the sentence accounts for."""
    statement = at.statement
    newest = statement.passage.anchor.newest
    is_dated = _PUBLISHED.search(statement.told) is not None or any(date in statement.told for date in _dates(newest))
    kinds = {
        "beside_changes": said.role in ("change", "factor") or said.end != "",
        "beside_gaps": bool(said.against[0]),
        "beside_funding": bool(statement.of("funding", "scheme")),
        "beside_more_changes": is_further,
        "beside_groups": bool(said.group or said.course),
        "beside_areas": bool(said.area),
        "of_one_year": not _is_of_years(said) or said.role in ("change", "factor"),
        "beside_shares": said.role == "share"
        or (at.q.kind == "percent" and said.role == "level")
        or at.q.kind == "points"
        or bool(said.measure or said.whole)
        or (said.role == "factor" and said.event in ("complete", "pass"))
        or said.counted in ("workforce", "schools"),
        "beside_courses": said.counted in ("courses", "places", ""),
        "beside_schools": said.counted == "schools" or said.whole == "schools",
        "targets": said.whole == "target",
        "beside_misses": said.whole in ("target", "participants"),
        "ends": said.event not in ("complete", "pass"),
        "months": is_dated,
    }
    return _words(*(kind for kind, is_read in kinds.items() if is_read))


@cache
def _words(*kinds: str) -> frozenset[str]:
    return frozenset[str]().union(*(words().reading[kind] for kind in kinds))


@cache
def _dates(newest: int) -> frozenset[str]:
    """The months in which the release of a year was published, or of which its data are: `June 2025`."""
    releases = [release for release in catalogue().releases.values() if release.year.code == newest]
    days = [day for release in releases for day in (release.published, release.data_as_of) if day]
    return frozenset(f"{day:%B %Y}" for day in days)


def _is_manner(word: str) -> bool:
    return word.endswith("ly") and len(word) > 4 and word not in words().reading["limiting_adverbs"]
