"""To what a number is limited: where, which course, which group."""

import re
from itertools import pairwise
from typing import NamedTuple

from npqstats.analysis.factcheck.reading.around import AND, Around
from npqstats.analysis.factcheck.reading.left_out import (
    LEFT_OUT,
    WHICH_DREW,
    courses_left_out,
    is_its,
    is_left_out,
    left_out,
    left_out_by,
)
from npqstats.analysis.factcheck.reading.said import NO_LIMITS
from npqstats.analysis.factcheck.reading.spans import SINCE_REFORM
from npqstats.analysis.factcheck.reading.statement import PRONOUNS, Statement
from npqstats.analysis.factcheck.scanning.passage import is_npq
from npqstats.vocabulary.areas import ENGLAND
from npqstats.vocabulary.claims import Mention
from npqstats.vocabulary.patterns import Pattern, lazy

_OF_MEAN = lazy(r"(?:a year )?on average|average|(?:per|each) year", re.IGNORECASE)
_EACH_YEAR = lazy(r"(?:per|each|every) year", re.IGNORECASE)
_THE_COURSE = lazy(r"\b(?:the|this|that)\s+(?:course|qualification|NPQ)\b(?!s)")
_THAT_ONE = lazy(
    r"\b(?:on|in|for|of)\s+(?:that|this|my|the same)\s+(?:one|course|qualification|NPQ|programme)\b|\bon\s+it\b"
)
_FOR_THE_REST = lazy(r"\s+(?:for|in|on|across)\s+(?:the\s+rest|everything\s+else|(?:all\s+)?(?:the\s+)?others?\b)")
"""What leaves out the course that is spoken of: `10,537 were SENCO starts, leaving 19,281 for everything else`."""
FRAME = lazy(r"\W*(?:in|across|within|among|amongst|at|for|on|throughout)\b[^,;:]{3,60}[,:]", re.IGNORECASE)
"""What opens a sentence and is said of all its numbers: `In London, 540 of the 4,807 NPQs begun were ...`."""
_REGION = lazy(r"\b(?:the|this|our)\s+(?:region(?:['’]s)?|area['’]s)\b(?!\s+of\b)", re.IGNORECASE)
_LOCAL = lazy(
    r"\b(?:in|across|throughout|within)\s+(?P<place>(?:the|our|this)\s+(?:county|borough|city|town|district))\b"
)
_OF_IT = lazy(r"\bof\s+[^,;:.()]*$")
"""Before what a number is a share of: `11 per cent of the starts in`."""
_SAYS_MORE = lazy(r",|\b(?:were|was|have|has|had|are|is|went|came|did)\b")
"""What ends a whole and begins what is said of its part."""
_AND_OF_TWO = lazy(r"\s*(?:&|and|plus|with)\s*(?:the\s+)?")
_THEIR_OWN = lazy(r"\s+of\s+(?:their|its)\b")
_EACH = lazy(r"\b(?:shared?|sharing|each|both|joint)\b")
_LED = lazy(r"\W*(?:With|At|On)\s+(?:(?:just|only|about|some)\s+)?")
_SUBJECT = lazy(r"[^,;:.]{0,40},\s+(?:the\s+(?:NPQ\s+(?:for|in)\s+)?)?")
_AND_THEIR = lazy(r"\b(?:and|but|while)\s+their\b")
_WITHIN = lazy(r"\s+(?:in|across|throughout)\s+(?:the\s+whole\s+of\s+)?")
_WITH = lazy(r"\W*[Ww]ith\b")
_APART = lazy(r",\s+(?:[\w-]+\s+){3,}$")
"""Before a group of another clause: `With 14,022 fewer begun, the pipeline of future heads is drying up.`"""
_NEXT_ON = lazy(r"\s+(?:(?:came\s+)?(?:next|second|third|behind|close)\s+)?(?:on|with|at)\s+")
_THE_NEXT = lazy(
    r",\s+and\s+the\s+next\b|\bfollowed\s+by\b|\b(?:outstripp?ed|exceeded|beat|topped|outpaced)\s+(?:that|those)\s+(?:in|of|for)\b"
)
WHILE = lazy(r",\s+(?:while|whereas|although|even\s+though|though)\b")
TOGETHER = lazy(r"\s*\b(?:together|combined|in\s+combination|between\s+them|for\s+the\s+(?:pair|two))\b", re.IGNORECASE)
_TWO = 2
_ASKS = lazy(r"\b(?:how|what|whether|when|where|why)\s+(?:we|they|I|you|it|schools|ministers)\s+$")
_AN_NPQ = lazy(r"\s[^,;:.]{0,60}\b(?:an\s+NPQ|NPQs)\b")
_THE_TWO = lazy(r"\b(?:the\s+two|both)\b", re.IGNORECASE)
_TOTAL_OF = Pattern(
    r"\b(?:all|total|overall|in all|altogether)(?:\s+(?:courses|NPQs|starts))?\s*:\s*$"
    r"|\ball\s+(?:the\s+)?(?:NPQ\s+)?(?:NPQs|courses|starts|qualifications)\s+(?:together|combined|taken\s+together)\b"
    r"|\b(?:across|(?:total|number|figure)\s+for)\s+the\s+(?:whole\s+|entire\s+)?(?:suite|programme)\b"
    r"|\b(?:NPQs|courses|starts)\s+(?:as\s+a\s+whole|overall|altogether)\b",
    cues=":|together|combined|whole|overall|across|for the",
)
_AGAINST = lazy(r"\b(?:than|against|compared|versus|while|whereas)\b")
_BEYOND = lazy(
    r"\b(?:ahead\s+of|behind|above|below|clear\s+of|eclipsing|outstripping|overtaking|leaving|left|beat|beating|more\s+than|fewer\s+than)\s+(?:the\s+)?$"
)
"""What is right before a part that a number is held against: `10,537 starts, well ahead of senior leadership`."""
_NAMED = lazy(r"(?:\s+(?:authority|council|borough|county|city|region|area|patch|corner))?,\s+")
"""What is between `our own` and the name of an area: `our own authority, Kent, saw ...`."""
_SOME_OF = lazy(
    r"\b(?:half|parts?|most|some|much|all\s+but|corners?|schools\s+outside|outside)\s+(?:of\s+)?(?:the\s+)?$",
    re.IGNORECASE,
)
_OWNS = lazy(r"\w\w(?:['\u2019]s?)?\s+|['\u2019]s\s+")
_BESIDE = lazy(r"(?:['’]s)?\s+(?:neighbours?|neighbouring|rivals?|suburbs|outskirts)\b", re.IGNORECASE)
"""What makes an area another one: `half of London`, `London's neighbours`."""
_OF_THESE = lazy(r"\s+of\s+(?:these|those|them)\b")
_THEIRS = lazy(r"\b(?:they|their|it|its)\b")
_AS_A_WHOLE = lazy(
    r"\s+(?:for|across|on|in)\s+(?:all\s+(?:the\s+)?NPQs\b|NPQs\s+(?:as\s+a\s+whole|overall|together)\b)"
)
_SPEAKS = lazy(
    r"\s*:|\s+(?:is|was)\s+one\s+of\s+the\b|,?\s+(?:\w+\s+){0,3}?(?:said|says|found|reports?|argues?|estimates?|told|heard|learned)\b"
)
_ACCORDING_TO = lazy(r"\b(?:according to|said|says)\s+(?:the\s+)?$", re.IGNORECASE)
_TURN = lazy(r"[;\u2013\u2014\u201c\u201d]|,(?!\d)|\bbecause\b")
_TURN_OR_THAT = lazy(rf"{_TURN.pattern}|\bthat\b")
"""Where a clause ends; after `will see` with `that` as well."""
_MODALS = frozenset({"if", "will", "would", "may", "might", "can", "could", "should"})
_PERCEIVES = lazy(
    r"\s+(?:\w+\s+){0,3}?(?:see|find|come\s+across|note|notice|know|learn|read|hear|recall|remember|discover|point|cite|argue|insist|stress|remind|confirm|accept|agree|acknowledge|tell|explain)\b|(?<=should)\s+(?:not|never)\s+be\b|(?<=could)\s+(?:not\s+)?be\s+(?:found|matched|linked|traced|identified)\b|(?<=could)\s+(?:(?:only|barely|just|still)\s+)*(?:muster|manage|boast|count|claim|point)\b|(?<=could)\s+(?:only|barely|hardly|scarcely)\s"
)
"""What a reader or a speaker will do, or what was done: `you will find 29,818 starts`, `it could muster only 2,608`."""
_HAPPENED = lazy(
    r"\b(?:was|were|had|has|have|did|began|took|fell|rose|grew|stood|came|saw|drew|paid|got|went|found|\w+ed|(?:belong|account)s?\s+\w+"
    r"|(?:is|are)\s+(?:up|down|now|below|above|lower|higher))\b"
)


class Limits(NamedTuple):
    """The part of England's figure that is meant."""

    area: str = ""
    course: str = ""
    group: str = ""
    without: tuple[str, ...] = ()


def limits(at: Around) -> Limits:
    """Say which area, course and group a number is of, as far as its sentence or what it leans on says."""
    if at.has_parts:
        found = _of_whole(at)
        is_of_region = found.area in ("", ENGLAND[0]) and _REGION.search(at.left) is not None
        return found._replace(area=_last_region(at) or found.area) if is_of_region else found
    own = _of_number(at)
    if own.area in ("", ENGLAND[0]) and not at.statement.of("area") and _REGION.search(at.statement.told):
        own = own._replace(area=_last_region(at) or own.area)
    local = _LOCAL.search(at.text, at.statement.start, at.statement.end)
    if local and own.area in ("", ENGLAND[0]) and not at.statement.of("area"):
        own = own._replace(area=f"?{local['place']}")  # `385 NPQs were started in the county`
    if not own.without and (courses := added(at, "course")):
        own = own._replace(course="+".join(courses))
    areas = added(at, "area")
    if areas and ENGLAND[0] not in areas and not any(area.startswith("?") for area in areas):
        own = own._replace(area="+".join(areas))
    if at.part_of is None:
        return own
    whole = _of_whole(at.beside(at.part_of))
    groups = {own.group, whole.group} - {""}
    return own._replace(
        area=own.area or (whole.area if whole.area != ENGLAND[0] else ""),
        course=own.course or ("" if own.without else whole.course),
        group=groups.pop() if len(groups) == 1 else "?a part of a group" if groups else "",
    )


def _last_region(at: Around) -> str:
    """The region that the text named last: `The region had 3,561 funded starts`."""
    named = at.statement.passage.within(0, at.statement.start, "area")
    return next((m.value for m in reversed(named) if m.value != ENGLAND[0] and m.value[:1] != "?"), "")


def _of_number(at: Around) -> Limits:
    """Say which area, course and group a number is of that is no whole, without those of its whole."""
    statement, carried = at.statement, at.statement.carried
    area, course, group = at.pick("area"), _picked_course(at), _group(at)
    area = None if area and _is_next(at, area) else area
    cues, every = left_out_by(at), statement.of("without")
    parts = [m for m in statement.of("area", "group") if m.kind == "area" or "=" in m.value]
    if gone := next((m for m in parts if any(is_left_out(at.text, m, cue) for cue in cues)), None):
        return Limits(group=f"?without {gone.text}")
    is_owner = area is not None and any(
        _OWNS.fullmatch(at.text, area.end - 2, m.start) for m in statement.of("counted")
    )
    start = max([statement.start, *(q.end for q in statement.inside if area and is_owner and q.end <= area.start)])
    some = _SOME_OF.search(at.text, start, area.start) if area else None
    is_some = some is not None and not any(q.start < some.end() and some.start() < q.end for q in statement.inside)
    if area and (is_some or _BESIDE.match(at.text, area.end)):
        return Limits(area=f"?a part of {area.text}")
    left = courses_left_out(statement, cues)
    if inside := [m for m in left if any(cue.end <= at.q.start for cue in cues) and is_its(at, m)]:
        course, left = inside[0], []  # `without the 10,537 SENCO starts`
        if WHICH_DREW.fullmatch(at.text, course.end, at.q.start):
            return Limits(area.value if area else carried.area, course.value)
    course = None if course in courses_left_out(statement, every) and not inside else course
    if at.q.kind == "percent" and area and area.value == ENGLAND[0] and _is_whole(at, area):
        # `London's 11 per cent of England's starts`: England is the whole of the share.
        area = next((m for m in reversed(at.earlier("area")) if m.value != ENGLAND[0]), area)
        if statement.is_anaphoric and carried.area and not at.earlier("area"):
            area = area._replace(value=carried.area)  # `London had 5,367 starts. That is 11 per cent of England's.`
    is_of_all = area is not None and group is not None and _is_of_all(at, area, group)
    group = None if is_of_all else group
    ahead = {kind: [m for m in at.later(kind) if m.start < at.segment[1]] for kind in ("area", "course", "group")}
    if area is None and len({m.value for m in ahead["area"]}) == 1 and not _is_set_against(at, ahead["area"][0]):
        area = ahead["area"][0]
    if course is None and not every:
        course = _course_ahead(at, ahead["course"])
    if course and _FOR_THE_REST.match(at.text, at.q.end):
        return Limits(area.value if area else carried.area, without=(course.value,))
    if out := left_out(at):
        return Limits(area.value if area else carried.area, without=out)
    if group and course and at.q.kind == "count" and group.value.endswith("-courses"):
        group = None  # `Headship, one of the leadership NPQs, had 2,670 starts`
    if group is None and not is_of_all:
        after = (m for m in ahead["group"] if not _is_set_against(at, m))
        group = next((m for m in after if not is_no_limit(statement, m, at)), None)
    total = _TOTAL_OF.search(at.text, *at.gap_before) or _AS_A_WHOLE.match(at.text, *at.gap_after)
    is_total = total is not None and (course is None or course.end <= total.start())
    ends = (at.beside(at.part_of) if at.part_of and at.part_of.start > at.q.end else at).gap_after
    is_that = course is None and _THAT_ONE.search(at.text, at.gap_before[0], ends[1]) is not None
    names_npqs = any(map(is_npq, statement.all))
    is_back = statement.points_back or _OF_THESE.match(at.text, at.q.end) is not None
    is_of_all = names_npqs and carried.is_caption and not ("group" in carried.own or _THE_COURSE.search(statement.told))
    # `Nationally 29,526 took one.`, `Full-time teachers started 25,210 NPQ courses.`
    is_anew = any(m.value == ENGLAND[0] or (names_npqs and "=" in m.value) for m in statement.of("area", "group"))
    first = at.beside(statement.inside[0])
    is_left = any(map(_is_of_npqs, (at, first))) or ((is_of_all or is_anew) and not is_back)
    above = statement.heading.course if "course" in statement.heading.own and not names_npqs else ""
    carried_course = (not is_left and carried.course) or above
    is_own = any(not (_is_of_another(at, m) or _is_beyond(at, m)) for m in statement.of("course"))
    is_by_group = group is not None and "=" in group.value and not statement.points_back  # No file has both.
    carried_course = "" if (is_own and not is_that) or is_by_group else carried_course
    return Limits(
        area=area.value
        if area
        else ""
        if any(m.value != carried.area and not _is_next(at, m) for m in statement.of("area"))
        else carried.area,
        course="" if is_total else course.value if course else carried_course,
        group="" if is_total else group.value if group else _carried_group(at),
        without=tuple(dict.fromkeys(m.value for m in left)),
    )


def _is_whole(at: Around, area: Mention) -> bool:
    """Whether an area is that of the whole of a share: `London's 11 per cent of England's starts`."""
    start = at.q.end if area.start >= at.q.end else max(at.statement.start, at.gap_before[0])
    return _OF_IT.search(at.text, start, area.start) is not None


def _course_ahead(at: Around, ahead: list[Mention]) -> Mention | None:
    """The course that is named after a number: the only one, or the subject that follows it right away.

    `With 4,387 funded starts in 2022/23, headship drew less than half of those for senior leadership.`
    """
    if len({m.value for m in at.statement.within(*at.segment, "course")}) == 1:
        return next((m for m in ahead if not (_is_of_another(at, m) or _is_set_against(at, m))), None)
    near = [m for m in ahead if m.end <= at.next_start]
    if len(near) == 1 and at.following and at.beside(at.following[0]).is_in_brackets:
        return near[0]  # `A third of starts were by would-be SENCOs (10,537), a fifth for senior leadership (5,801)`
    is_led = at.q is at.statement.inside[0] and _LED.fullmatch(at.left) is not None
    return next((m for m in ahead[:1] if is_led and _SUBJECT.fullmatch(at.text, at.q.end, m.start)), None)


def _is_of_all(at: Around, area: Mention, group: Mention) -> bool:
    """Whether a number is of all England beside a group: `31,510 of my colleagues in England`.

    So is the last of `our trust's 37 beside the national figure of 144,241`.
    """
    is_beside = _WITHIN.fullmatch(at.text, group.end, area.start) is not None
    return area.value == ENGLAND[0] and (is_beside or group.end < area.start < at.q.start)


def _is_of_npqs(at: Around) -> bool:
    """Whether NPQs are counted, whatever was spoken of before: `They said that 29,818 NPQs were started`."""
    noun = at.head.noun
    is_told = noun is not None and (is_npq(noun) or _AN_NPQ.match(at.text, at.q.end) is not None)
    return at.q.kind == "count" and is_told and not at.leans


def _is_next(at: Around, m: Mention) -> bool:
    """Whether what comes next is named: `35 per cent of starts, and the next, senior leadership, had 5,801`."""
    return m.start >= at.q.end and _THE_NEXT.search(at.text, at.q.end, m.start) is not None


def _picked_course(at: Around) -> Mention | None:
    course = at.pick("course")
    return None if course and _is_beyond(at, course) else course


def _is_beyond(at: Around, m: Mention) -> bool:
    """Whether a part is one that a number before it is said to be beyond: `well ahead of senior leadership`."""
    return m.start >= at.q.end and _BEYOND.search(at.text, at.q.end, m.start) is not None


def _is_set_against(at: Around, m: Mention) -> bool:
    """Whether an area or a group is that of a number held against this one: `6.7%, more than the 5.8% in Kent`."""
    if _is_next(at, m):
        return True
    if m.start >= at.q.end and WHILE.search(at.text, at.q.end, m.start):
        return True  # `83.7 per cent of those they began, while for full-timers it was 82.1`
    if _is_beyond(at, m):
        return True
    return at.next_start < m.start and _AGAINST.search(at.text, at.q.end, at.next_start) is not None


def _of_whole(at: Around) -> Limits:
    """Say what a whole is limited to: what is said beside it or of the sentence, not what is said of its part."""
    statement, carried, q = at.statement, at.statement.carried, at.q
    stop = _SAYS_MORE.search(at.text, q.end, at.gap_after[1])
    is_first = q is statement.inside[0]
    frame = FRAME.match(at.text, statement.start, statement.inside[0].start)
    out_of = at.text.rfind("out of", at.gap_before[0], q.start)
    spans = [(max(at.gap_before[0], out_of), q.start), (q.end, stop.start() if stop else at.gap_after[1])]
    spans += [frame.span()] if frame else []
    if is_first and at.left.endswith(": "):
        spans.append((statement.start, q.start))  # `NPQs in London in 2021/22: 5,367 were started, 191 of them ...`
    found = {}
    for kind in ("area", "course", "group"):
        near = [m for span in spans for m in statement.within(*span, kind) if not is_no_limit(statement, m, at)]
        found[kind] = near[0].value if near else ""
    is_ended = any(m.value in ("complete", "pass") for m in at.earlier("event")) and not at.after("event")
    is_theirs = is_ended or _THEIRS.search(at.text, q.end, stop.start() if stop else at.gap_after[1])
    if is_theirs and not any(found.values()):  # `Deputy heads have finished 3,401 of the 3,968 NPQs (they began)`
        area, course, group = (m.value if m else "" for m in (at.pick("area"), at.pick("course"), _group(at)))
        theirs = Limits(area, course, group)
        if theirs != Limits() or not is_first:
            return theirs
    if is_first and not any(found.values()):
        return Limits(carried.area, "" if _is_of_npqs(at) else carried.course, _carried_group(at))
    return Limits(found["area"] or carried.area, found["course"], found["group"] or statement.heading.group)


def _is_of_another(at: Around, m: Mention) -> bool:
    """Whether a course later in the sentence is that of another count: `of 29,818 starts, 10,537 were of NPQSENCO`."""
    if at.following and _NEXT_ON.fullmatch(at.text, m.end, at.following[0].start):
        return True  # `It attracted 9,157 starts, with leading teaching next on 7,536`
    between = at.text[at.q.end : m.start]
    is_next = at.q.kind == "percent" and re.search(r",\s|\band\b", between) is not None
    if is_next and any(other.kind == "percent" and m.end <= other.start for other in at.following):
        return True  # `One course made up 35% of starts, and senior leadership, in second place, had 19%`
    is_own = at.q.kind != "count" or at.clause
    parts = [other for other in at.following if at.beside(other).part_of is at.q]
    others = [other for other in at.following if other.kind == "count" and other is not at.part_of] + parts
    return not is_own and any(other.end <= m.start for other in others)


def _group(at: Around) -> Mention | None:
    group, earlier = at.pick("group"), at.earlier("group")
    if group in earlier[1:] and _AND_THEIR.search(at.text, *at.gap_before):
        group = earlier[
            0
        ]  # `83.7% of part-timers had completed, against 82.1% of full-timers, and their pass rate was`
    if group and group.value == "age":
        following = (m for m in at.statement.of("group") if m.start == group.end + 1)
        group = next(following, group)  # `aged 30 to 39`
    beside = [m for m in at.statement.of("group") if group and 1 in (m.start - group.end, group.start - m.end)]
    group = next((m for m in beside if "=" not in m.value and m.value != "age"), group)  # `rural primary schools`
    return None if group and is_no_limit(at.statement, group, at) else group


def _is_of_another_clause(at: Around, m: Mention) -> bool:
    """Whether what may happen is said in another clause than that of a number, which says itself what did.

    `If you look at 2024/25, you will see that 29,818 were started` speaks of what was.
    """
    text, statement = at.text, at.statement
    turn = _TURN_OR_THAT if m.text.lower() in _MODALS else _TURN
    if ":" in text[m.end : at.q.start]:
        return True
    if not turn.search(text, min(m.end, at.q.end), max(m.start, at.q.start)):
        return False
    start = max((match.end() for match in turn.finditer(text, statement.start, at.q.start)), default=statement.start)
    after = turn.search(text, at.q.end, statement.end)
    end = after.start() if after else statement.end
    is_forecast = any(other.value == "forecast" for other in statement.within(start, end, "group"))
    return not is_forecast and _HAPPENED.search(text, start, end) is not None and " to be " not in text[start:end]


def _is_said_elsewhere(at: Around, m: Mention) -> bool:
    """Whether a phrase is in a clause to which that of a number does not point back, with no number between."""
    first, last = at.scope
    if m.start >= at.q.end:
        is_led = _WITH.match(at.text, at.statement.start, at.q.start) is not None
        is_apart = is_led and _APART.search(at.text, at.q.end, m.start) is not None
        return is_apart or m.start >= (last if m.value in NO_LIMITS else max(last, at.gap_after[1]))
    frame = FRAME.match(at.text, at.statement.start, at.q.start)
    is_framed = frame is not None and m.end <= frame.end()  # `For rural schools the picture is bleak: ...`
    is_national = any(other.value == ENGLAND[0] for other in at.statement.within(first, at.statement.end, "area"))
    is_of_us = m.value in ("institution", "provider") and ":" in at.text[m.end : first]
    is_framed = is_framed or (is_of_us and not is_national)
    return not (at.leans or is_framed) and at.gap_before[0] <= m.start < first


def is_of_mean(m: Mention) -> bool:
    """Whether a phrase belongs to a mean of years: `on average`, `each year`."""
    return m.value == "time" and _OF_MEAN.fullmatch(m.text) is not None


def is_no_limit(statement: Statement, m: Mention, at: Around | None = None) -> bool:
    """Whether a group is none: a speaker (`Teach First: over 100,000 ...`), or the `if` of `if X is left out`."""
    text = statement.text
    is_reform = m.text.lower() == "autumn 2021" and SINCE_REFORM.search(text, statement.start, m.end + 40) is not None
    is_left_out = bool(statement.of("without")) or LEFT_OUT.search(text, statement.start, statement.end) is not None
    is_so_far = any(start <= m.start < end for start, end in statement.so_far)  # `a course may take up to 22 months`
    is_remark = any(start <= m.start < end for start, end in statement.reasons)  # `as some might put it`
    if is_reform or (m.value == "forecast" and (is_left_out or is_so_far or is_remark)):
        return True  # `Take it away and the total would have been 19,281`
    if m.value == "time" and _EACH_YEAR.fullmatch(m.text) and statement.is_of_each_year:
        return True  # `participants per year, 2021/22 (31,510) to 2024/25 (29,526)`
    is_ahead = m.value == "time" and at is not None and m.start > at.q.end
    is_of_other = is_ahead and at is not None and (m.start >= at.gap_after[1] or text.startswith(" of", m.end))
    if is_of_other or (at is not None and at.is_mean and is_of_mean(m)):
        return True  # of the other number: `144,241, an average of 36,000 a year`
    if (
        m.value == "forecast"
    ):  # `how we will price it`, `would-be SENCOs`, `had warned that this would happen: 43,840 ...`
        is_reader = m.text.lower() in _MODALS and _PERCEIVES.match(text, m.end) is not None
        is_reader = is_reader or _ASKS.search(text, statement.start, m.start) is not None
        return is_reader or text.startswith("-be ", m.end) or (at is not None and _is_of_another_clause(at, m))
    if at is not None and "=" not in m.value and m.value != "age" and _is_said_elsewhere(at, m):
        return True
    is_speaker = _SPEAKS.match(text, m.end) or _ACCORDING_TO.search(text, statement.start, m.start)
    if text.startswith(":", m.end) and not _HAPPENED.search(text, m.end, statement.end):
        is_speaker = None  # `UCL: NPQ completion rate 84.6%`
    is_area = any(_NAMED.fullmatch(text, m.end, area.start) for area in statement.of("area"))
    return m.value in ("provider", "institution") and (is_speaker is not None or is_area)


def _carried_group(at: Around) -> str:
    """The group of the heading, or of the sentence before where this one points back: `They had 29,818 starts`."""
    statement = at.statement
    if any(not _is_set_against(at, m) for m in statement.of("group")):
        return ""
    carried = statement.carried.group
    above, institutions = statement.heading.group, ("institution", "provider")
    left = ("forecast", *(institutions if statement.of("area") else ()))  # `Will I pass?`, and what is of an area
    # In a few words about a trust a number is the trust's; in a longer text one that points back to it.
    is_carried = (
        ("group" in statement.carried.own and not statement.carried.course and carried not in NO_LIMITS)
        or (carried in institutions and statement.passage.is_short)
        or _points_back(statement)
        or (at.leans and at.q is statement.inside[0])
    )
    is_theirs = carried in institutions and _THEIR_OWN.match(at.text, at.q.end) is not None
    is_carried = (
        is_carried or is_theirs
    )  # `Its leaders report that 91 per cent of their 2021/22 starters have finished.`
    return carried if carried and is_carried and carried not in left else "" if above in left else above


def _points_back(statement: Statement) -> bool:
    """Whether a pronoun before the first number stands for what was spoken of before."""
    end = statement.inside[0].start if statement.inside else statement.end
    return statement.is_anaphoric or not PRONOUNS.isdisjoint(statement.tokens(statement.start, end).split())


def added(at: Around, kind: str) -> list[str]:
    """List the courses or areas that are counted together: `SENCO and headship had 13,000 starts between them`."""
    statement = at.statement
    listed = [(one.end, other.start) for one, other in at.pairs if one.kind == other.kind]
    is_together = TOGETHER.match(at.text, at.head.noun.end if at.head.noun else at.q.end) is not None
    is_listed = not is_together and any(AND.fullmatch(at.text, *span) for span in listed)
    is_each = at.q.kind == "percent" and _EACH.search(at.text, *at.gap_before) is not None
    if "respectively" in statement.told or is_listed or is_each:
        return []
    named = at.before(kind) or [m for m in at.after(kind) if not at.leads_in(m)]
    together = TOGETHER.search(at.text, *at.gap_before)
    # `10,537 SENCO starts and 5,801 in senior leadership, which together make up 55 per cent`
    named = [m for m in named if not (together and m.end <= together.start() and at.is_last)]
    is_opened = at.is_last and at.q.kind != "count" and TOGETHER.match(statement.told) is not None
    if is_together or (not named and (is_opened or together)):
        own = list(dict.fromkeys(m.value for m in at.earlier(kind)))
        before = _of_sentences_before(statement, kind) if len(own) < _TWO else []
        is_next = len(own) == len(before) == 1 and _THE_TWO.search(at.text, *at.gap_before) is not None
        return before + own if is_next else (own or before) if statement.of(kind) else (before or own)
    # `1.8 times the number for Senior Leadership, and SENCOs accounted for 35%`
    joint = AND if len(named) > _TWO else _AND_OF_TWO
    apart = [pair for pair in pairwise(named) if not joint.fullmatch(at.text, pair[0].end, pair[1].start)]
    values = list(dict.fromkeys(m.value for m in named))
    return values if len(values) > 1 and not apart else []


def _of_sentences_before(statement: Statement, kind: str) -> list[str]:
    """List the courses or areas of the sentence before, or of the two before that name one each."""
    found: dict[str, None] = {}
    before = [one for one in statement.passage.sentences if one.end <= statement.start]
    for sentence in before[:-5:-1]:
        named = statement.passage.within(sentence.start, sentence.end, kind)
        if (
            found
            and named
            and (len({*found, *(m.value for m in named)}) > _TWO or sentence.paragraph != before[-1].paragraph)
        ):
            break
        found |= dict.fromkeys(m.value for m in named)
        if len(found) > 1:
            break
    return list(found)
