"""What a share is a share of: `84.6 per cent of courses begun`, `one teacher in six`."""

import re
from itertools import pairwise

from npqstats.analysis.factcheck.reading.around import BREAK, Around
from npqstats.analysis.factcheck.reading.statement import Statement
from npqstats.vocabulary.claims import Mention, words
from npqstats.vocabulary.patterns import Pattern, lazy

_WHO_STARTED = lazy(
    r" (?:who (?:have |had )?(?:started|began|begun|took|taken|joined)|who did (?:start|join|take)|taking|on"
    r"|doing|starting) "
)
_STAFF = Pattern(
    r"\b(?:staff|leaders?|colleagues|professionals|practitioners|educators)\b",
    cues="colleagues|educators|leader|practitioners|professionals|staff",
    flags=re.NOFLAG,
)
_WHO_COMPLETED = lazy(r" who (?:have |had )?(?:completed|finished) ")
_OF = lazy(r"\s*(?:\(|\)|,)?\s*(?:out\s+)?of\s+", re.IGNORECASE)
_LED_BY_OF = lazy(
    r"(?:^\W*|\b(?:that|and|but),?\s+|[;:]\s+)(?:(?:out\s+)?of|among|amongst)\s+(?!20\d\d)(?=[^;:]*$)", re.IGNORECASE
)
"""What begins the clause of a share with its whole: `Of the courses begun, 84.6 per cent`."""
_SHARE_OF = lazy(r"\b(?:share|proportion|percentage|fraction)\s+of\s+(?=[^;:,]*$)", re.IGNORECASE)
"""What begins it where it is the subject: `the proportion of secondary teachers starting an NPQ`."""
_COVERED = lazy(
    r"\b(teachers?|workforce|schools?)(?:['’]s?)?\s+(?:coverage|participation)\b(?!\s+rate)[^;:]*$", re.IGNORECASE
)
OF_ENDED = lazy(
    r"\s+of\s+(?:the\s+|all\s+)?(?:courses|NPQs|qualifications|those)\s+(?:begun|started)\b[^,;.]{0,30}?\sand\s+(?:since\s+|later\s+)?(?:completed|finished)\b"
)
_OF_SCHOOL = lazy(r"\s+(?:state|state-funded|state\s+funded|English)\s+school\b")
_OF_THOSE = lazy(r"\bof\s+(?:these|those|them)\b", re.IGNORECASE)
_OF_THEM = lazy(r"\s+of\s+(?:them|these)\s+(?:\w+ly\s+)?(?:began|started|took|did|had|have|has)\b")
_WERE = lazy(r"(?:them|these|those)\s+(?:were|are)\s")
_HAVE_BEEN = lazy(r"\b(?:have|has|had|was|were|been)\b")
_OF_WORD = lazy(r"\s*(?:of\s+)?(?:the\s+|all\s+|those\s+)?")
_HAD_SOMEBODY = lazy(
    r"(?:\s+(?:that|which|who))?\s+(?:have|has|had|saw|see)\s+(?:\w+\s+){0,4}?(?:some|any)(?:body|one)\b|"
    r"\s+(?:have|has|had|saw|see)\s+(?:\w+\s+){0,4}?(?:an?|at\s+least\s+one)\s+(?:member\s+of\s+staff|teacher|leader|colleague|person|starter)\b"
)
_STARTED_ONE = lazy(r"\s+(?:(?:have|has|had)\s+)?(?:started|begun|began|took|taken)\s+(?:an\s+NPQ|one)\b")
_OF_WHAT = lazy(
    r"\s+of\s+what\s+(?:was|were|had\s+been|has\s+been)\s+(?:(?P<start>begun|started|taken)|completed|finished)\b"
)
_OF_TOTAL = lazy(r"\s+of\s+(?:the|that)\s+total\b")
_THE = lazy(r"(?:the|this|that|its|their|last)\b")
_WHO = lazy(r"\bwho\s+(?:\w+\s+)?$")
_SHARE_WITH = Pattern(
    r"\b(?:share|proportion|percentage)\s+(?:with|(?:that|which)\s+(?:have\s+)?had)\s+(?:(?:some|any)(?:one|body)|a\s+member\s+of\s+staff|an?\s+(?:(?:non-|un|self-)?funded\s+)?(?:NPQ\s+)?(?:starter|start|participant))\b"
    r"(?=[^;:]*$)",
    cues="percentage|proportion|share",
    flags=re.NOFLAG,
)
_AND = lazy(r"\s+(?:and|or)\s+(?:\w+\s+)?")
_DID_SO = lazy(r"\s+(?:did|have|has|had\s+done)\s+(?:done\s+)?(?:so|it)\b|\s+did(?=[,.;])")
AS_BASE = lazy(
    r"\b(?:start\w*|begun|starters)\b[^.;]*\bas\s+(?:the|a|its)\s+(?:base|denominator)\b"
    r"|\b(?:measured|set|taken)\s+against\s+(?:all\s+|the\s+)*(?:courses|NPQs|those)\s+(?:begun|started)\b",
    re.IGNORECASE,
)
_AGAINST_TARGET = lazy(
    r"\W*(?:[Ss]et|[Mm]easured|[Hh]eld|[Pp]ut)\s+(?:against|beside)\s+(?:the|a|an|its|that|this)\s+(?:\w+\s+){0,2}?(?:target|ambition|goal|aim|promise|pledge)\b"
)
OF_EVERYTHING = lazy(r"\s+of\s+(?:everything|all)\s+(?:that\s+(?:was|were)\s+)?(?:started|begun)\b")
"""What makes a share one of all starts, whatever was spoken of: `That is 79 per cent of everything started`."""
AS_SHARE_OF = lazy(
    r"\W*(?:(?:Expressed|Put|Taken|Measured|Calculated|Stated|Seen)\s+as|As)\s+an?\s+(?:share|proportion|percentage)\s+of\s"
    r"(?:[^,;:.]|,(?=\d)){3,60}(?:,|\s(?=that\b|this\b|it\b|I\b|they\b))"
)
"""What says once for all shares of a sentence what they are of: `As a share of each region's teachers, ...`."""
_OF_IT = lazy(r"\s+of\s+(?:it|that|them|those)(?=[.;,)]|$)")
_AIM = lazy(r"\b(?:target|goal|aim|ambition|promised?|pledged?|aimed|wanted|hoped|sought)\b[^.;]*\b\d{3},?000\b")
_OWNS = ("' ", "’ ", "'s", "’s")
_ABOVE = 200
"""Characters before a sentence in which a target is one that it may speak of."""
_COMMA = lazy(r",(?!\d)")
_APART = lazy(r"[.;]|,(?!\d)")


def whole(at: Around, role: str) -> str:  # noqa: PLR0911 (from the nearest words to the farthest)
    """Name what a number is a share of: participants, completions, target, staff, a change or what is counted."""
    q, statement = at.q, at.statement
    if q.kind in ("percent", "points", "factor") and role in ("change", "factor"):
        return _of_subject(at)
    if q.kind not in ("percent", "all", "none") or role not in ("share", "level"):
        return ""
    if inside := statement.passage.within(q.start, q.end, "counted"):
        return _named(statement, inside)  # `one teacher in six`
    if "school" in q.quote.lower() or _OF_SCHOOL.match(at.text, q.end):
        return "schools"
    if found := _told(at) or _of_pair(at):
        return found
    led = AS_SHARE_OF.match(at.statement.told)
    lead = statement.within(statement.start, statement.start + led.end(), "counted") if led else []
    if found := _after(at) or _of_subject(at) or _named(statement, lead):
        return found
    for led in [*_LED_BY_OF.finditer(at.left)][-1:]:
        # `81.7 per cent were completed. Of those, 96.7 per cent were passed.`
        ended = [m.value for m in at.earlier("event")] or [statement.carried.event]
        if _OF_THOSE.search(at.text, *at.gap_before) and ended[-1] == "complete":
            return "completions"
        start = statement.start + led.end()
        if found := _named(statement, statement.within(start, q.start, "counted", "event")):
            return found
    is_of_group = ":" in at.text[at.gap_before[0] : q.start] or not at.earlier("counted")
    if _STARTED_ONE.match(at.text, q.end, statement.end) and is_of_group:
        return "people"  # `Among those aged 40 to 49, 8.4 per cent started an NPQ.`
    nouns = [m.text.lower() for m in (*at.earlier("counted"), *at.after("counted"))]
    if "participation" in nouns and not statement.of("funding"):
        return "people"  # `Participation by year: 5.5% in 2021/22`
    return "schools" if _HAD_SOMEBODY.match(at.text, q.end, statement.end) else ""


def _told(at: Around) -> str:  # noqa: PLR0911 (one for each way to say it)
    """Name the whole that a sentence says outright, or whose verb `did so` stands for."""
    nouns = at.earlier("counted") if _DID_SO.match(at.text, at.q.end) else []
    if nouns:
        if {m.value for m in at.earlier("event")} & {"complete", "pass"} and nouns[-1].value == "people":
            return "participants"  # `likelier to finish an NPQ begun in 2021/22: 83.7 per cent did`
        if nouns[-1].value == "schools":
            return "schools"
        # `part-time teachers: 4.8 per cent did so`, `of those who joined one 20.5 per cent did so without funding`
        return "participants" if _named(at.statement, nouns[-1:]) == "participants" else "people"
    if what := _OF_WHAT.match(at.text, at.q.end):
        return "courses" if what["start"] else "completions"
    counted = [m.value for m in at.earlier("counted") if not m.text.lower().endswith(("body", "one"))]
    heads = [other.head.noun.value for other in at.every if other.q.end <= at.q.start and other.head.noun]
    if _OF_TOTAL.match(at.text, at.q.end) and "schools" in (*counted[-1:], *heads[-1:]):
        return "schools"  # `At 2,440 schools, a tenth of the total, someone has begun an NPQ without funding.`
    if OF_ENDED.match(at.text, at.q.end):
        return "completions"  # `Nationally it was 98.7 per cent of the courses begun in 2021/22 and completed.`
    if OF_EVERYTHING.match(at.text, at.q.end):
        return "courses"  # `30,751 have ended in a pass. That is 79 per cent of everything started.`
    is_of_it = _OF_IT.match(at.text, at.q.end) is not None
    if (is_of_it and _AIM.search(at.text, max(0, at.statement.start - _ABOVE), at.q.start)) or _AGAINST_TARGET.match(
        at.statement.told
    ):  # `The aim was 150,000 places. There were 114,423 starts, which is 76 per cent of it.`
        return "target"  # `Set against the ambition of 150,000 places, that is 76 per cent.`
    if AS_BASE.search(at.statement.told):
        return "courses"  # `Take all NPQs started as the base, and 79.0 per cent have been passed.`
    return "completions" if _is_of_completed(at) else ""


def _of_pair(at: Around) -> str:
    """Name the whole of two numbers before a share in brackets: `36,325 of the 43,535 people who began one (83.4%)`."""
    part, total = [None, None, *(other for other in at.every if other.q.end <= at.q.start)][-2:]
    is_pair = part is not None and total is not None and part.part_of is total.q and at.is_in_brackets
    noun = total.head.noun if is_pair and total else None
    return _named(at.statement, [noun]) if noun and noun.value == "people" else ""


def _is_of_completed(at: Around) -> bool:
    """Whether completing and passing are both said of a share, which is then one of those completed."""
    start = at.statement.start if at.q is at.statement.inside[0] else at.q.end
    stop = _COMMA.search(at.text, at.q.end, at.gap_after[1])
    told = at.statement.within(start, stop.start() if stop else at.gap_after[1], "event")
    ends = [m for m in told if m.value in ("complete", "pass")]
    is_both = any(_AND.fullmatch(at.text, one.end, other.start) for one, other in pairwise(ends))
    return len({m.value for m in ends}) > 1 and not is_both  # `completed and passed`


def _of_subject(at: Around) -> str:
    """Name the whole where a share is what the sentence speaks of: `the proportion of secondary teachers starting`."""
    if _SHARE_WITH.search(at.left):
        return "schools"  # `the share with somebody starting an NPQ`
    if covered := _COVERED.search(at.left):
        return "schools" if covered[1].lower().startswith("school") else "people"
    share = _SHARE_OF.search(at.left)
    if share is None or at.earlier("measure"):
        return ""
    nouns = at.statement.within(at.statement.start + share.end(), at.q.start, "counted")
    if not nouns:
        return ""
    text = _noun(nouns).text.lower()
    return "participants" if {text, text.split()[-1]} & words().participants else _noun(nouns).value


def _after(at: Around) -> str:
    """Name the whole where it is said right after a number: `84.6 per cent of the courses begun`."""
    q, statement = at.q, at.statement
    of = _OF.match(at.text, q.end, statement.end) or (
        _OF_WORD.match(at.text, q.end, statement.end) if q.is_word else None
    )
    if of is None:
        return ""
    if at.part_of is None and _OF_THEM.match(at.text, q.end):
        # `Heads were keen: 8.4 per cent of them began an NPQ.`
        nouns = [m for m in at.earlier("counted") if m.value in ("people", "schools")][-1:]
        if (nouns[0].value if nouns else statement.carried.counted) in ("people", "schools"):
            return _named(statement, nouns) if nouns else statement.carried.counted
    if at.part_of is None and statement.carried.counted == "people" and _WERE.match(at.text, of.end()):
        return "participants"  # `38,695 people started one. Some 76 per cent of them were women.`
    counted = at.part_of  # `all of the 26,783 courses`, `6.7 per cent of the region's 42,801 teachers`
    later = [other.start for other in at.following if other is not counted]
    stop = BREAK.search(at.text, of.end(), statement.end)
    end = min([statement.end, of.end() + 60, *later[:1]])
    near = statement.within(of.end(), end, "counted", "event", "measure", "funding", "course", "direction")
    near = [m for m in near if stop is None or m.start < stop.start()]
    if near and near[0].kind == "direction" and _THE.match(at.text, of.end()):
        return "change"  # `offset a fifth of the drop in funded places`
    near = [m for m in near if m.kind != "direction"]
    is_bare = not at.text[of.start() : of.end()].strip()
    is_told = near and (is_bare or _HAVE_BEEN.search(at.text, of.end(), near[0].start))
    is_deed = bool(near) and near[0].kind == "event" and near[0].value != "target"
    if not near or (is_told and is_deed) or _APART.search(at.text, of.end(), near[0].start):
        return ""  # `Four in ten finish.`, `81.7% of the latter have been completed.`
    return _named(statement, near)


def _noun(near: list[Mention]) -> Mention:
    """The first of some phrases; of nouns side by side the last: `special school teachers`."""
    near = [m for m in near if m.kind != "funding" or m.value == "all"] or near
    first = near[0]
    for m in near[1:]:
        is_noun = (
            m.kind == first.kind == "counted"
            and not m.text.lower().endswith(("body", "one"))
            and 0 < m.start - first.end <= 1
            and first.text[:5] != "those"
        )
        first = m if is_noun else first
    return first


def _named(statement: Statement, near: list[Mention]) -> str:  # noqa: PLR0911 (one for each kind of noun)
    if not near:
        return ""
    near = [m for m in near if statement.text[m.end : m.end + 2] not in _OWNS] or near  # `of part-timers' NPQs`
    first = _noun(near)
    text, after = first.text.lower(), statement.tokens(first.end, first.end + 40)
    is_noun = first.kind == "counted"
    if any(m.kind == "event" and m.value == "target" for m in near[:2]):
        return "target"
    is_completed = is_noun and first.value == "courses" and after.startswith(" completed ")
    if is_completed or "complet" in text or "finish" in text:
        told = {m.value for m in statement.of("event", "measure")}
        is_end = told <= {"complete"} and (is_completed or text in ("completed", "finished"))
        return "courses" if is_end else "completions"  # `81.7% of courses completed by June 2025`
    if text.startswith(("those", "people")) and _WHO_COMPLETED.match(after):
        return "completions"
    if is_noun and first.value == "people":
        if _STAFF.search(text) and "teach" not in text:
            return "staff"
        is_started = {text, text.split()[-1]} & words().participants or _WHO_STARTED.match(
            f" who{after}" if text.endswith(" who") else after
        )
        return "participants" if is_started else "people"
    if is_noun or first.value == "schools-total":
        return first.value.removesuffix("-total")
    if first.kind == "event" and first.value == "start":
        is_who = _WHO.search(statement.text, statement.start, first.start) is not None
        return "participants" if is_who else "courses"  # `of those who took part`
    is_near = any(m.kind == "event" and m.value == "start" and m.end - first.start < 45 for m in near)
    return "participants" if is_near else ""
