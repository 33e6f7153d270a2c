"""Turns of phrase that say by themselves what a number counts: `I am one of the 29,526`."""

import re
from collections.abc import Callable

from npqstats.analysis.factcheck.reading.census import counts_matched, is_found
from npqstats.analysis.factcheck.reading.number import ALL_OF, Number, Subject, done, strong
from npqstats.analysis.factcheck.reading.shares import AS_SHARE_OF
from npqstats.vocabulary.patterns import lazy

SOMEBODY = ("someone", "somebody", "anyone", "anybody")
OR = lazy(r"[^,;:.()\d]{0,40}(?:,\s*or|\()\s*(?:(?:some|about|around|just)\s+)?")
"""What is between a share and its count: `4.5 per cent of teachers (23,222)`."""
OPEN = {"teachers": "teachers", "schools": "schools-total"}
"""What is counted of all that there are: `there are 511,958 teachers`."""
_OUTCOMES = {"completion-rate": "complete", "pass-rate": "pass"}
"""What became of those of whom a measure is the share."""
_ENDED = (*_OUTCOMES.values(),)

_ONE_OF = lazy(r"\b(?:am|was|is|I['’]m|be|been)\s+(?:now\s+|proud\s+to\s+be\s+)?one\s+of\s+(?:the|those)\s+$")
_SHARE_OF_ALL = lazy(r"\b(?:share|proportion|percentage)\s+of\s+(?:(?:the|its|all)\s+)?(?:[\w'’]+['’]s\s+)?$")
_SUCH = lazy(r"\s+such\s+(?:\w+\s+)?")
_THERE_ARE = lazy(
    r"\b(?:which|that|England)\s+(?:has|had|have)\s+$|\bemploy(?:s|ed)?\s+(?:some\s+|about\s+)?$|\bthere\s+(?:are|were)\s+(?:now\s+|some\s+|about\s+|then\s+|in\s+all\s+)?$|\bis\s+of\s+$|\bheadcount\s+of\s+$",
    re.IGNORECASE,
)
_STARTED_BY = lazy(r"\s+(?:were|had\s+been|have\s+been)\s+(?:started|begun|taken)\s+by\b")
_PEOPLE_BEGAN_NPQS = lazy(
    r"\b(?:people|participants)\s+(?:(?:have|had|has)\s+)?(?:started|began|begun|took|taken)\s+(?:an\s+)?NPQs?\b"
    r"(?![^.;]*\b(?:starts|courses|NPQs?)\b)[^.;]*$"
)
_PEOPLE_BEGAN = lazy(r"\b(?:people|participants)\s+(?:started|began|begun)\s+$")
_OF_THOSE_WHO = lazy(r"\W*(?:Of|Among)\s+(?:those|the\s+\w+)\s+(?:who|that)\s+(?:started|began)\b")
_DONE_SO = lazy(r"\s+(?:had|have|has)\s+(?:ever\s+|now\s+)?done\s+so\b")
_THE_FIGURE_IS = lazy(
    r"\b(?:the|that|this)\s+(?:(?:equivalent|corresponding|same)\s+)?(?:number|figure|total|count|share|proportion|rate)\s+"
    r"(?:is|was|stands\s+at|stood\s+at|came\s+to)\s+(?:\w+\s+)?$"
)
_OF_STARTERS = lazy(
    r"\b(?:[Aa]mong|[Oo]f)\s+(?:the\s+|all\s+)?(?:[\w-]*funded\s+)?(?:starters|entrants|(?:NPQ\s+)?courses\s+(?:started|begun)|those\s+who\s+(?:started|began))\b"
)
_HAVE_HAD = lazy(
    r"\s+(?:have|has|had)\s+(?:also\s+|ever\s+)?(?:had|used|made|sent|put|taken|yet\s+to|never|none)\b"
    r"|\s+an?\s+(?:un|non-|self-)?funded\s+(?:one|starter|start)\b"
)
_OF_COMPLETIONS = lazy(r"\s*\bof\s+(?:the|these|those|its|their|all)\s+(?:\w+\s+)?completions\b,?", re.IGNORECASE)
_THEY_STARTED = lazy(
    r"\s+(?:(?:that|which)\s+)?(?:they|teachers|people|participants|leaders|schools)\s+(?:had\s+|have\s+)?(?:started|began|begun|took)\b"
)
_NUMBER_OF = lazy(r"\b(?:number|total|headcount|count)\s+of\s+(?:\w+\s+)?$")
_REACHING = lazy(r"\b(?:reaching|covering|touching|spanning)\s+(?:[a-z]+\s+){0,2}$")
_THAN_NUMBER = lazy(
    r"\s+(?:is|was|are|were)\s+(?:[a-z]+,?\s+){0,3}(?:lower|higher|smaller|larger|greater|below|above)\s+(?:than\s+)?(?:the|that)"
    r"\s+(?:number\s+)?of\s+[\w\s]{3,40},\s+at\s+(?:just\s+|only\s+)?$"
)
_EQUIVALENT = lazy(r",\s+(?:equivalent\s+to|equal\s+to|or|which\s+(?:is|was))\s+(?:\w+\s+)?$")
_THAT_WAS = lazy(r"\b(?:that|this|it|they|there)\s+(?:is|was|were|are|numbered|came\s+to)\s+$", re.IGNORECASE)
_A_TOTAL = lazy(r",\s+(?:an?\s+total\s+of|in\s+all|some|making)\s+(?:some\s+|about\s+)?$")
_THE_OTHER = lazy(r" the (?:other|remaining) $")


def by_idiom(number: Number) -> Subject | None:
    """Return what a turn of phrase says that a number counts, by the first rule that knows it."""
    return next((found for rule in _RULES if (found := rule(number))), None)


def _one_of(n: Number) -> Subject | None:
    """`I am one of the 29,526`."""
    is_person = n.noun is None and n.is_count and n.carried.counted != "schools" and _ONE_OF.search(n.at.left)
    return Subject("people", "start") if is_person else None


def _share_of_teachers(n: Number) -> Subject | None:
    """`The share of the 58,012 teachers taking a funded course`."""
    is_of_all = n.name == "teachers" and n.is_count and _SHARE_OF_ALL.search(n.at.left)
    return Subject("workforce", "", "teachers") if is_of_all else None


def _such(n: Number) -> Subject | None:
    """`There were 28,045 such teachers`."""
    is_such = n.noun and n.name in OPEN and _SUCH.fullmatch(n.at.text, n.q.end, n.noun.start)
    return Subject(ALL_OF[OPEN[n.name]], "start") if is_such else None


def _all_there_are(n: Number) -> Subject | None:
    """`There are 511,958 teachers`, of whom nothing more is said."""
    kinds = ("event", "funding", "course", "group", "coverage", "topic")
    is_all = n.name in OPEN and n.at.part_of is None and _THERE_ARE.search(n.at.left) is not None
    is_all = n.is_workforce or (is_all and not n.at.after(*kinds))
    return Subject(ALL_OF[OPEN[n.name]], "", OPEN[n.name]) if is_all else None


def _started_by(n: Number) -> Subject | None:
    """`Of the funded courses, 12,305 were started by people in their thirties`."""
    return Subject("courses", "start") if n.is_bare_count and _STARTED_BY.match(n.at.text, n.q.end) else None


def _people_began_npqs(n: Number) -> Subject | None:
    """`Fewer people started NPQs: 29,526`."""
    is_object = n.noun is None or (n.noun.value == "courses" and n.noun.end <= n.q.start)
    is_object = is_object and n.is_count and not n.whole and not n.at.after("counted")
    is_of_people = is_object and _PEOPLE_BEGAN_NPQS.search(n.at.text[n.statement.start : n.q.start])
    return Subject("people", "start") if is_of_people else None


def _have_done_so(n: Number) -> Subject | None:
    """`Some do not finish. Of those who started in 2021/22, 84.6% have done so`."""
    is_outcome = not n.before and n.carried.event in _ENDED and n.q.kind == "percent"
    is_outcome = is_outcome and _OF_THOSE_WHO.match(n.statement.told) is not None
    return Subject("", n.carried.event) if is_outcome and _DONE_SO.match(n.at.text, n.q.end) else None


def _the_number_is(n: Number) -> Subject | None:
    """`26,432 were passed. For 2022/23 the number is 30,751`."""
    is_figure = not n.before and n.noun is None and _THE_FIGURE_IS.search(n.at.left) is not None
    is_figure = is_figure and not n.at.after("event") and n.carried.event in _ENDED and n.carried.measure == ""
    return Subject(n.carried.counted, n.carried.event) if is_figure else None


def _in_as_many(n: Number) -> Subject | None:
    """`Have reached 20,452 schools, while unfunded starts crop up in 2,440`."""
    are_schools = any(said.counted == "schools" for _, said in n.before) and n.is_count and n.noun is None
    is_bare = n.at.left.endswith(" in ") and not (n.at.after("event") or n.at.after("counted"))
    return Subject("schools", "start") if are_schools and is_bare else None


def _in_which_somebody(n: Number) -> Subject | None:
    """`20,452 schools had one funded, and in 2,440 somebody had none`."""
    is_somebody = n.noun is not None and n.noun.text.lower() in SOMEBODY and n.previous.counted == "schools"
    return Subject("schools", n.previous.event) if is_somebody and n.at.left.endswith((" in ", " at ")) else None


def _part_before(n: Number) -> Subject | None:
    """`78.6% (23,222 of 29,526) could be matched to the census`, `schools reached: 20,611 of 23,320`."""
    part = next((said for _, said in n.before if said.part_of is n.q), None) if n.at.has_parts else None
    if part and part.counted == "workforce" and n.noun is None and n.at.is_bracketed:
        return Subject("people", "start")
    return Subject("schools", "", "schools-total") if part and part.measure == "schools" else None


def _rate_of_starters(n: Number) -> Subject | None:
    """`Will I finish? Of starters in 2021/22 headship had 86.0%`: the rate that the text goes on with, of a course."""
    at, carried = n.at, n.carried
    is_of_course = bool(at.before("course") or at.after("course")) and not (
        at.after("funding") and at.before("funding")
    )
    if not (n.q.kind == "percent" and n.role == "share" and is_of_course and _OF_STARTERS.search(n.statement.told)):
        return None
    if strong(n.statement.of("event")) or n.statement.of("measure"):
        return None
    if carried.measure in _OUTCOMES:
        return Subject("courses", carried.event, carried.measure)
    return Subject("courses", carried.event) if carried.event in _ENDED else None


def _share_as_count(n: Number) -> Subject | None:
    """`The completion rate is 81.7 per cent, or 31,791 courses`."""
    if not (n.before and n.noun and n.noun.value == "courses" and n.is_count and n.previous.role == "share"):
        return None
    ended = _OUTCOMES.get(n.previous.measure, n.previous.event)
    is_or = OR.fullmatch(n.at.text, n.before[-1][0].end, n.at.lead_start) is not None
    return Subject("courses", ended) if is_or and ended in _ENDED else None


def _not_passed(n: Number) -> Subject | None:
    """`351 of those completions had not ended in a pass`."""
    of_them = _OF_COMPLETIONS.match(n.at.text, n.q.end) or _OF_COMPLETIONS.fullmatch(n.at.left.strip())
    return Subject("courses", "pass") if of_them and n.is_count and "pass" in strong(n.at.after("event")) else None


def _passes_of_completed(n: Number) -> Subject | None:
    """`73,508 passes, 96.8% of the courses completed`, `those who finished passed 98.8% of the time`."""
    is_share = n.role == "share" and n.q.kind == "percent" and n.whole == "completions"
    told = [m.value for m in n.statement.of("event") if m.end <= n.q.start]
    return Subject("courses", "pass") if is_share and "pass" in told and not n.at.rest else None


def _they_started(n: Number) -> Subject | None:
    """`Hardly any of the 29,818 courses they started had been completed`."""
    is_object = n.noun is not None and n.noun.value == "courses" and n.is_count
    is_object = is_object and n.noun is not None and _THEY_STARTED.match(n.at.text, n.noun.end) is not None
    return Subject("courses", "start") if is_object else None


def _number_held_against(n: Number) -> Subject | None:
    """`The number of participants is lower than the number of starts, at 29,526`."""
    held = _THAN_NUMBER.search(n.at.left) if n.is_bare_count else None
    first = n.statement.within(n.statement.start, n.statement.start + held.start(), "counted") if held else []
    return Subject(first[-1].value, "start") if first else None


def _outcome_of_begun(n: Number) -> Subject | None:
    """`The pass rate is a share of completions. Expressed as a share of courses begun, it is 83.4%`."""
    is_share = n.q.kind == "percent" and n.whole == "courses" and n.carried.measure in _OUTCOMES
    is_bare = is_share and AS_SHARE_OF.match(n.statement.told) and not strong(n.statement.of("event"))
    return Subject("courses", _OUTCOMES[n.carried.measure]) if is_bare else None


def _led_by_matched(n: Number) -> Subject | None:
    """`Only those who could be matched to the census count. That was 23,222 of 29,526 participants`."""
    is_part = n.noun is None and n.is_count and n.at.part_of is not None and not n.before
    is_part = is_part and n.carried.counted == "workforce" and _THAT_WAS.search(n.at.left) is not None
    return Subject("workforce", "start") if is_part else None


def _matched_share(n: Number) -> Subject | None:
    """`Of 29,526 participants 23,222 could be matched, or 79 per cent`, `23,222 of 29,526 (79 per cent)`."""
    told = [said for _, said in n.before if said.counted != "people"][-1:] or [n.carried]
    is_share = n.q.kind == "percent" and n.whole == "participants" and any(counts_matched(said) for said in told)
    return Subject("workforce", "start") if is_share else None


def _teachers_of_matched(n: Number) -> Subject | None:
    """`2,921 of whom could be found in the census, equivalent to 6.7 per cent of the region's teachers`."""
    is_share = n.q.kind == "percent" and n.whole == "people" and counts_matched(n.previous)
    is_same = is_share and _EQUIVALENT.search(n.at.left) is not None and not n.at.after("event")
    return Subject("", "start") if is_same else None


def _reaching_schools(n: Number) -> Subject | None:
    """`Close to 76,000 have been completed, reaching 88 per cent of schools`."""
    is_reach = n.whole == "schools" and n.role == "share" and _REACHING.search(n.at.left) is not None
    return Subject("", "start") if is_reach and not n.at.after("event") else None


def _moved_outcome(n: Number) -> Subject | None:
    """`NPQ passes halved, from 30,751 among those who began in 2022/23`: no other noun lies between."""
    events = [m for m in n.at.before("event") if m.text.lower().split()[-1] in ("completions", "passes")]
    is_move = n.role in ("change", "factor") and n.q.kind != "points" and bool(events)
    is_move = is_move and not [m for m in n.at.before("counted", "measure", "event") if m.start > events[-1].start]
    return Subject("courses", events[-1].value) if is_move else None


def _have_had_since(n: Number) -> Subject | None:
    """`In the first year half of schools had one. Since then 20,611 have had at least one`."""
    are_schools = n.is_bare_count and not n.before and "schools" in (n.carried.counted, n.carried.whole)
    return Subject("schools", "start") if are_schools and _HAVE_HAD.match(n.at.text, n.q.end) else None


def _a_total_of(n: Number) -> Subject | None:
    """`One school in ten has had somebody on one, a total of 2,440`."""
    is_total = n.noun is None and n.previous.role == "share" and _A_TOTAL.search(n.at.left) is not None
    are_schools = is_total and (n.previous.counted or n.previous.whole) == "schools"
    return Subject("schools", n.previous.event) if are_schools else None


def _have_had_as_well(n: Number) -> Subject | None:
    """`20,452 schools have used funding and 2,440 have had one without`."""
    is_level = n.previous.counted == "schools" and n.previous.role == "level"
    is_bare = n.noun is None and n.is_count and n.at.part_of is None
    is_next = is_level and is_bare and _HAVE_HAD.match(n.at.text, n.q.end) is not None
    return Subject("schools", n.previous.event or "start") if is_next else None


def _done_of_them(n: Number) -> Subject | None:
    """`They have finished 26,783 of them and passed 26,432`."""
    ended = done(n.at) if n.noun is None and n.points_back and n.last.counted else ""
    return Subject(n.last.counted, ended) if ended else None


def _as_the_last(n: Number) -> Subject | None:
    """`Primary staff began 12,505 NPQs, secondary staff 11,012`, `Scholarships covered 23,477 of them`."""
    if not n.is_bare or not (_is_gapped(n) or (n.points_back and n.last.counted)):
        return None
    if n.last.counted == "people" and is_found(n.at):
        return Subject("workforce", "start")  # `In the census 27,893 of them could be traced.`
    measure = (
        n.last.measure if n.q.kind == "percent" and n.at.is_answer else ""
    )  # `What share of schools? 88.4 per cent.`
    if n.at.is_answer and n.at.has_parts and n.last.counted == "schools" and n.last.event == "start":
        measure = "schools"  # `How many schools took part? 10,919, of which 10,764 with funded starts.`
    return Subject(n.last.counted, (strong(n.at.after("event"))[-1:] or [n.last.event])[0], measure)


def _the_other(n: Number) -> Subject | None:
    """`94.4 per cent, with the other 1,785 paid for by schools`."""
    is_other = n.is_bare and _THE_OTHER.search(n.at.lead) and n.source.counted and not n.at.after("event")
    return Subject(n.source.counted, n.source.event) if is_other else None


def _people_began(n: Number) -> Subject | None:
    """`31,510 people started 31,677 NPQs; three years on, 29,526 people 29,818`."""
    return Subject("courses", "start") if n.is_bare_count and _PEOPLE_BEGAN.search(n.at.lead) else None


def _had_done_so(n: Number) -> Subject | None:
    """`Two years later 19,207 had done so`."""
    is_so = n.is_bare_count and _DONE_SO.match(n.at.text, n.q.end) and n.source.counted
    return Subject(n.source.counted, n.source.event) if is_so else None


def _teachers_as_count(n: Number) -> Subject | None:
    """`4.5 per cent of teachers, or 23,222, started an NPQ`."""
    last = n.previous
    is_share = last.role == "share" and last.whole == "people" and n.is_count
    is_share = is_share and (last.event == "start" or not last.is_funding_named)
    is_same = is_share and OR.fullmatch(n.at.text, n.before[-1][0].end, n.q.start) is not None
    return Subject("workforce", last.event) if is_same else None


def _is_gapped(n: Number) -> bool:
    """Whether it has the verb of the number before: `primary staff began 12,505 NPQs, secondary staff 11,012`."""
    at, subject = n.at, next(reversed(n.at.before("counted")), None)
    is_led = n.last.role == "level" and n.last.counted == "courses" and not n.last.end and at.part_of is None
    if subject is None or subject.value == "courses" or not is_led:
        return False
    if _NUMBER_OF.search(at.text, at.statement.start, subject.start):
        return False  # `the number of courses started was 38,906 and the number of participants 38,695`
    if any(m.start >= subject.start and m.text.lower() != "had" for m in at.before("event", "direction")):
        return False
    groups = [m.end for m in at.before("group") if m.end > subject.end]  # `and people in their forties 8,093`
    between = at.text[max([subject.end, *groups]) : at.lead_start].strip()
    return between in ("", "ones", "for", "with", "had", "made")


_RULES: tuple[Callable[[Number], Subject | None], ...] = (
    *(_one_of, _share_of_teachers, _such, _all_there_are, _started_by, _people_began_npqs, _have_done_so),
    *(_the_number_is, _in_as_many, _in_which_somebody, _part_before, _rate_of_starters, _share_as_count),
    *(
        _not_passed,
        _passes_of_completed,
        _they_started,
        _number_held_against,
        _outcome_of_begun,
        _led_by_matched,
        _teachers_of_matched,
        _reaching_schools,
        _matched_share,
        _moved_outcome,
        _have_had_since,
        _a_total_of,
        _have_had_as_well,
        _done_of_them,
    ),
    *(_as_the_last, _the_other, _people_began, _had_done_so, _teachers_as_count),
)
