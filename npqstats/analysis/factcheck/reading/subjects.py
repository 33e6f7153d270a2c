"""What a number counts, and what became of it: people or courses, started or completed."""

import re
from itertools import pairwise
from typing import NamedTuple

from npqstats.analysis.factcheck.reading.around import Around
from npqstats.analysis.factcheck.reading.census import MATCHED, counts_matched, is_found, is_led_by_census, matches
from npqstats.analysis.factcheck.reading.said import Read, Said
from npqstats.vocabulary.claims import Mention
from npqstats.vocabulary.measures import MEASURES
from npqstats.vocabulary.patterns import lazy

_BELONGS = lazy(r"\s+(?:of|for|on|in|among)\s+(?:the\s+|all\s+|those\s+|their\s+|its\s+)?(?:[\w-]+\s+)?", re.IGNORECASE)
_OF_COURSES = lazy(
    r"\s+(?:in|on|of|for|with|without|taking|starting|doing|using|who\s+started)\s+(?:(?:the|their|an?|any|no|single|some|at\s+least\s+one|[\w-]*funded|reformed|NPQ)\s+){0,3}",
    re.IGNORECASE,
)
_SOMEBODY = ("someone", "somebody", "anyone", "anybody")
_FALL_IN = lazy(
    r"\s+(?:[\w-]+\s+){0,3}?(?:in\s+(?:the\s+)?|of\s+(?:its|their)\s+)(?:numbers?\s+of\s+)?(?:[\w-]+\s+){0,2}"
)
_BY = lazy(
    r"\s+(?:[\w-]+\s+){0,3}?(?:by|among|amongst|from|in|at)\s+(?:(?:the|all|those|our|its|their)\s+)?(?:[\w/-]+\s+){0,2}"
)
"""What is between courses and those that began them, of whom they are counted: `courses begun by`."""
_THOSE_ON = lazy(r"\b(?:on|taking|starting)$", re.IGNORECASE)
_THAT = lazy(r"\s+(?:that|which|who|where|in\s+which)\b[^,;.]*")
_NUMBER_OF = lazy(r"\bnumbers?\s+of\s+(?:the\s+|new\s+|reformed\s+)*$", re.IGNORECASE)
RATE = lazy(r"\s*(?:of\s+)?(?:the|that)\s+(?:\w+\s+)?(?:rate|share|proportion)", re.IGNORECASE)
_OF_THEM = lazy(r"\s+of\s+(?:them|these)\b")
_A_TOTAL = lazy(r",\s+(?:an?\s+total\s+of|in\s+all|some|making)\s+(?:some\s+|about\s+)?$")
_HAVE_HAD = lazy(
    r"\s+(?:have|has|had)\s+(?:also\s+|ever\s+)?(?:had|used|made|sent|put|taken|yet\s+to|never|none)\b"
    r"|\s+an?\s+(?:un|non-|self-)?funded\s+(?:one|starter|start)\b"
)
_OF_THESE = lazy(r"\W*[Oo]f\s+(?:these|those|them),?\s+(?:(?:just|only|some|about|around|nearly)\s+)?$")
_OF_SOME = lazy(r"\s+(?:for|of|among|by|from|in)\b")
_AMONG = lazy(r"\b(?:among|amongst|one\s+of|part\s+of)\s+(?:the|those|these)\s+$")
_HAD_ONE = lazy(r"\s(?:have|has|had)\s+(?:(?:now|already|ever)\s+)?had\s+(?:at\s+least\s+)?(?:one|an?|some)\s+$")
_STOPS = lazy(r"[,;:.|]|\band\b")
_LABELS = lazy(r"\s*(?:[:=\u2013-]|were|was|are|number(?:ed)?|total(?:led)?|came\s+to|stood\s+at)?\s*")
_ENDS = lazy(r"[.;]|\bof which\b")
_AS_MANY = lazy(r"\s+(?:as\s+many|more|the(?:\s+number\s+of)?)\s+(?:[\w-]+\s+)?")
_OR = lazy(r"[^,;:.()\d]{0,40}(?:,\s*or|\()\s*(?:(?:some|about|around|just)\s+)?")
"""What is between a share and its count: `4.5 per cent of teachers (23,222)`."""
_HAVE = lazy(r"\b(?:people|teachers|leaders|participants|staff)\s+(?:have|had)\s+$")
_OUTCOMES_FROM = lazy(r"\b(?:completions|passes)\s+(?:from|of|among)\s+(?:the\s+|all\s+)*$")
_NEXT_PART = lazy(
    r"\bfor\s+[a-z-]+(?:\s+[a-z-]+)?\s+and\s+(?:\w+\s+)?$"
    r"|,?\s+and\s+(?:the\s+)?(?:lowest|highest|best|worst)\s+(?:for|in|on)\s+[^,;:.\d]{3,40},\s+(?:at|with|on)\s+$"
)
_SINCE_ENDED = lazy(
    r"\s+(?:NPQs|courses|qualifications)\s+(?:that\s+(?:were|had\s+been)\s+)?(?:completed|finished)\s+by\b|[^,;.:]{0,40}\s(?:begun|started)\b[^,;.:]{0,30}?\sand\s+(?:(?:since|later|now|already|then)\s+)?(?:completed|finished)\b"
)
_WERE = lazy(r"(?<!\bthat)(?<!\bwhich)(?<!\bwho)\s(?:have|has|had|were|was|are)\s(?:\w+\s){0,2}$")
"""What makes a part of what is done to the whole: `26,783 of the 31,677 NPQs have been completed`."""
_BEEN = lazy(r"\b(?:had|have|has|were|was)\s+(?:now\s+|since\s+)?(?:been\s+)?$")
_PASSED = lazy(r"\bpassed\s*$")
_DID = lazy(r"(?:\)|\s+\([^)]*\))?\s+(?:\w+\s+)?(?:did\b|(?:had|have)(?:\s+not|n['’]t)?(?=\s*(?:[.;,:)]|$)))")
"""An auxiliary that stands for the verb of the sentence before."""
_BEGUN_IN = lazy(r"\s+(?:begun|started)\s+(?:in|during)\b")
_STARTED_BY = lazy(r"\s+(?:were|had\s+been|have\s+been)\s+(?:started|begun|taken)\s+by\b")
_THAT_HAD = lazy(
    r"\s+with\s+an?\s+(?:[\w-]+\s+){0,2}?(?:start|starter|participant)\b"
    r"|\s+had\s+(?:staff|someone|somebody|teachers|a\s+(?:member|teacher|colleague))\b|\s+(?:that|which|where|with)\s+(?:(?:have|had|has)\s+)?(?:had|sent|put|started|someone|somebody|a\s+starter|taken)\b"
)
_WERE_STARTED = lazy(r"\s+(?:were|had\s+been|have\s+been)\s+(?:started|begun|taken\s+up)\b")
_THE_OTHER = lazy(r" the (?:other|remaining) $")
"""What makes a number count what the one before does: `94.4 per cent, with the other 1,785 paid for by schools`."""
_THEIR_NUMBER = lazy(r"\btheir\s+(?:numbers?|total|count)\b")
_AND_DONE = lazy(r"\s+(?:(?:only|just|some|about)\s+)?")
"""What is between a verb and its own number: `completed 31,791 courses and passed 30,751`."""
_THOSE_THAT = lazy(r"\W*(?:[Tt]he\s+(?:number|share|proportion|total)|[Tt]hose)\s+(?:that|which)\s+(?:have|had|has)\b")
"""What begins a sentence on schools of which the one before speaks: `The number that have had a member of staff on`."""
_OF_THOSE_WHO = lazy(r"\W*(?:Of|Among)\s+(?:those|the\s+\w+)\s+(?:who|that)\s+(?:started|began)\b")
_BEFORE_NEXT = lazy(r",\s+(?:before|while|whereas|and\s+then|then|when)\b")
_ONE_OF = lazy(r"\b(?:am|was|is|I['’]m|be|been)\s+(?:now\s+|proud\s+to\s+be\s+)?one\s+of\s+(?:the|those)\s+$")
_SHARE_OF_ALL = lazy(r"\b(?:share|proportion|percentage)\s+of\s+(?:(?:the|its|all)\s+)?(?:[\w'’]+['’]s\s+)?$")
_NUMBERED = lazy(r"\s+(?:number(?:ed|s)?|total(?:led|s)?|came\s+to|stood\s+at|reached)\s+(?:\w+\s+)?")
_OF_STARTERS = lazy(
    r"\b(?:[Aa]mong|[Oo]f)\s+(?:the\s+|all\s+)?(?:[\w-]*funded\s+)?(?:starters|entrants|(?:NPQ\s+)?courses\s+(?:started|begun)|those\s+who\s+(?:started|began))\b"
)
_THE_FIGURE_IS = lazy(
    r"\b(?:the|that|this)\s+(?:(?:equivalent|corresponding|same)\s+)?(?:number|figure|total|count|share|proportion|rate)\s+"
    r"(?:is|was|stands\s+at|stood\s+at|came\s+to)\s+(?:\w+\s+)?$"
)
_SUCH = lazy(r"\s+such\s+(?:\w+\s+)?")
_DONE_SO = lazy(r"\s+(?:had|have|has)\s+(?:ever\s+|now\s+)?done\s+so\b")
_JUST_FOUR = lazy(r",\s+(?:just|only)\s+(?:one|two|three|four|five)\s+(?:have|had|has|were|was)\b")
_WEAK = {"reached", "had", "has", "have"}
"""What is done by what is counted, or to it."""
_THE_TOTAL = lazy(r"\W*(?:[Tt]he|[Tt]hat|[Tt]his)\s+(?:total|number|figure|count|tally)\b")
_THOSE_WITH = lazy(r"\W*(?:[Tt]hose|[Tt]he\s+(?:ones|number|total|tally|count))\s+(?:with|where)\b")
"""What begins a sentence on some of what the one before counts: `Those with a funded start went up to 20,452.`"""
_STARTS = ("starts", "npq starts", "course starts", "new starts")
_NOUNS = ("completions", "passes", "starts")
_PEOPLE_BEGAN_NPQS = lazy(
    r"\b(?:people|participants)\s+(?:(?:have|had|has)\s+)?(?:started|began|begun|took|taken)\s+(?:an\s+)?NPQs?\b"
    r"(?![^.;]*\b(?:starts|courses|NPQs?)\b)[^.;]*$"
)
_PEOPLE_BEGAN = lazy(r"\b(?:people|participants)\s+(?:started|began|begun)\s+$")
_SUBJECTS = ("counted", "measure", "event")
_BEGUN = ("begun", "began", "start", "started", "starting", "taken")
_STRONG = ("complete", "pass", "fail", "dropout", "register", "offer")
"""Events that say more of a number than that it was started."""
_ALL_OF = {"schools-total": "schools", "teachers": "workforce"}
_THE_RATE_WAS = lazy(r"\bthe\s+rate\s+(?:was|is|stood\s+at|came\s+to)\s+(?:\w+\s+){0,2}$")
_BEST_RATE = lazy(r"\bthe\s+(?:\w+\s+)?(?:best|worst|highest|lowest|top|poorest)\s+rate\b")
_THE_RATE = lazy(r"\b[Tt]he\s+(?:\w+\s+)?rate\b(?!\s+of\b)")
_OF_RATES = {
    "completion-rate": ("courses", "complete", "start"),
    "pass-rate": ("courses", "pass", "complete"),
    "schools-share": ("schools", "start", ""),
    "workforce-share": ("workforce", "start", ""),
}
"""What a rate counts, and what became of the part and of the whole of it."""
_OF_ALL = lazy(r"^\W*Of\s+(?:all\s+)?(?:the\s+)?(?:[\w,]+\s+)?$")
"""Before all schools, of which the number is a part: `Of the schools open in 2024/25, 20,611 have had one`."""
_RATES = {"complete": "completion-rate", "pass": "pass-rate", "start": "workforce-share"}
_OF_WHOLE = {"participants": "people", "completions": "courses"}
"""What is counted where a share is of these."""


_THERE_ARE = lazy(
    r"\b(?:which|that|England)\s+(?:has|had|have)\s+$|\bemploy(?:s|ed)?\s+(?:some\s+|about\s+)?$|\bthere\s+(?:are|were)\s+(?:now\s+|some\s+|about\s+|then\s+|in\s+all\s+)?$|\bis\s+of\s+$|\bheadcount\s+of\s+$",
    re.IGNORECASE,
)
_WORKFORCE_IS = lazy(
    r"\b(?:in|from|of|with|against)\s+an?\s+(?:total\s+|teaching\s+|school\s+){0,2}workforce\s+of\s+(?:some\s+|about\s+)?$"
    r"|\bteaching\s+workforce\s+(?:numbered|numbers|was|is|totalled|totals|st(?:ood|ands)\s+at)\s+(?:some\s+|about\s+)?$"
)
_ON = lazy(r"\b(?:was|were|are|is)\s+on\s+(?:[\w-]+\s+)?$")
"""Before what somebody was on, who is counted: `a further 6,063 were on courses`."""
_HAVE_ONE = lazy(r"\b(?:have|has|had|seen|saw|sent|with)\b[^.;:]*\b(?:an?|one|single)\s+$")
"""What is between schools and their staff: `20,611 schools have had at least one member of staff start an NPQ`."""
_INTAKE_WAS = lazy(r"\b(?:cohort|intake)\s+(?:was|is|had|numbered|stood|came)\b")
_OPEN = {"teachers": "teachers", "schools": "schools-total"}
"""What is counted of all that there are: `there are 511,958 teachers`."""


class Subject(NamedTuple):
    """What is counted."""

    counted: str = ""
    event: str = ""
    measure: str = ""


def subject_of(  # noqa: PLR0911, PLR0912, PLR0915 (each thing that is not said beside the number is looked for farther away)
    at: Around, noun: Mention | None, whole: str, role: str, before: list[Read]
) -> Subject:
    """Say what a number counts and what became of it.

    Args:
        at: The number in its sentence.
        noun: The noun that it counts.
        whole: What it is a share of.
        role: level, change, share or factor.
        before: What was said of the numbers before it.
    """
    q, statement, carried = at.q, at.statement, at.statement.carried
    if noun is None and q.kind == "factor":  # `twice as many NPQ starts as free schools`
        noun = next((m for m in at.later("counted") if _AS_MANY.fullmatch(at.text, q.end, m.start)), None)
    is_workforce = noun is None and q.kind == "count" and _WORKFORCE_IS.search(at.left) is not None
    name = "teachers" if is_workforce else noun.text.lower() if noun else ""
    name = "schools" if noun and noun.value == "schools" else name
    if noun is None and q.kind == "count" and carried.counted != "schools" and _ONE_OF.search(at.left):
        return Subject("people", "start")  # `I am one of the 29,526.`
    if name == "teachers" and q.kind == "count" and _SHARE_OF_ALL.search(at.left):
        return Subject("workforce", "", "teachers")  # `the share of the 58,012 teachers taking a funded course`
    if noun and name in _OPEN and _SUCH.fullmatch(at.text, q.end, noun.start):
        return Subject({"teachers": "workforce"}.get(name, name), "start")  # `There were 28,045 such teachers`
    if is_workforce or (name in _OPEN and at.part_of is None and _is_all(at)):
        return Subject({"teachers": "workforce"}.get(name, name), "", _OPEN[name])
    if noun is None and not whole and q.kind == "count" and _STARTED_BY.match(at.text, q.end):
        return Subject("courses", "start")  # `Of the funded courses, 12,305 were started by people in their thirties.`
    is_object = (noun is None or (noun.value == "courses" and noun.end <= q.start)) and q.kind == "count" and not whole
    if is_object and not at.after("counted") and _PEOPLE_BEGAN_NPQS.search(at.text[statement.start : q.start]):
        return Subject("people", "start")  # `Fewer people started NPQs: 29,526`
    is_outcome = not before and carried.event in ("complete", "pass") and _OF_THOSE_WHO.match(statement.told)
    if is_outcome and q.kind == "percent" and _DONE_SO.match(at.text, q.end):
        return Subject("", carried.event)  # `Some do not finish. Of those who started in 2021/22, 84.6% have done so.`
    is_figure = not before and noun is None and _THE_FIGURE_IS.search(at.left) is not None and not at.after("event")
    if is_figure and carried.event in ("complete", "pass") and carried.measure == "":
        return Subject(carried.counted, carried.event)  # `26,432 were passed. For 2022/23 the number is 30,751.`
    parts = [said for _, said in before if said.part_of is q] if at.has_parts else []
    are_schools = any(said.counted == "schools" for _, said in before) and q.kind == "count" and noun is None
    if are_schools and at.left.endswith(" in ") and not (at.after("event") or at.after("counted")):
        return Subject("schools", "start")  # `have reached 20,452 schools, while unfunded starts crop up in 2,440`
    is_somebody = noun is not None and noun.text.lower() in _SOMEBODY
    if is_somebody and before and before[-1][1].counted == "schools" and at.left.endswith((" in ", " at ")):
        return Subject("schools", before[-1][1].event)  # `and in 2,440 somebody had none.`
    if parts and parts[0].counted == "workforce" and noun is None and at.is_bracketed:
        return Subject("people", "start")  # `78.6% (23,222 of 29,526) could be matched to the census`
    if parts and parts[0].measure == "schools":
        return Subject("schools", "", "schools-total")  # `Schools reached: 20,611 of 23,320`
    if q.kind == "percent" and role == "share" and (rate := _rate_of_starters(at)):
        return rate
    if before and noun is not None and noun.value == "courses" and (became := _outcome_of_share(at, before[-1])):
        return Subject("courses", became)  # `The completion rate is 81.7 per cent, or 31,791 courses.`
    if q.kind == "percent" and whole == "participants" and before and counts_matched(before[-1][1]):
        return Subject("workforce", "start")  # `Of 29,526 participants 23,222 could be matched, or 79 per cent.`
    if role in ("change", "factor") and (outcome := _moved_outcome(at)):
        return Subject("courses", outcome)  # `NPQ passes halved, from 30,751 among those who began in 2022/23`
    is_bare = noun is None and not whole and not before and q.kind == "count"
    if is_bare and "schools" in (carried.counted, carried.whole) and _HAVE_HAD.match(at.text, q.end):
        return Subject("schools", "start")  # `... half of schools had one. Since then 20,611 have had at least one.`
    is_back = q.kind == "count" and _OF_THEM.match(at.text, q.end) is not None  # `Scholarships covered 23,477 of them.`
    if before and noun is None and before[-1][1].role == "share" and _A_TOTAL.search(at.left):
        last_counted = before[-1][1].counted or before[-1][1].whole
        if last_counted == "schools":
            return Subject(
                "schools", before[-1][1].event
            )  # `one school in ten has had somebody on one, a total of 2,440`
    if before and _goes_on_with_schools(at, noun, before[-1][1]):
        return Subject("schools", before[-1][1].event or "start")
    is_back = not before and (is_back or at.is_answer or _AMONG.search(at.left) is not None or _led_by_these(at))
    last = before[-1][1] if before else carried if is_back else Said()
    if is_back and not before and {m.value for m in at.after("event")} & {"complete", "pass"}:
        # `144,241 courses were started, by 143,266 people. 75,967 of them have been completed.`
        last = next((one for one in carried.several if one.counted == "courses"), last)
    if is_back and not last.counted and last.whole:
        last = last._replace(
            counted=_OF_WHOLE.get(last.whole, last.whole)
        )  # `88.4% of schools have had one. We are among the 20,611.`
    if noun is None and is_back and last.counted and (done := _done(at)):
        return Subject(last.counted, done)  # `They have finished 26,783 of them and passed 26,432.`
    if noun is None and not whole and (_is_gapped(at, last) or (is_back and last.counted)):
        if last.counted == "people" and is_found(at):
            return Subject("workforce", "start")  # `In the census 27,893 of them could be traced.`
        return Subject(last.counted, (_strong(at.after("event"))[-1:] or [last.event])[0])
    source = last if before else carried
    if noun is None and not whole and _THE_OTHER.search(at.lead) and source.counted and not at.after("event"):
        return Subject(source.counted, source.event)  # `94.4 per cent, with the other 1,785 paid for by schools`
    if noun is None and not whole and q.kind == "count" and _PEOPLE_BEGAN.search(at.lead):
        return Subject("courses", "start")  # `31,510 people started 31,677 NPQs; three years on, 29,526 people 29,818`
    if noun is None and not whole and _DONE_SO.match(at.text, q.end) and source.counted and q.kind == "count":
        return Subject(source.counted, source.event)  # `Two years later 19,207 had done so.`
    measure = _measure(at, noun, whole, before)
    counted = noun.value if noun else ""
    event = _event(at, noun)
    part_of = at.part_of
    # `of the 31,677 NPQ starts, 26,783 were completed`
    is_end_of_part = (part_of is not None and event in _STRONG) or (at.has_parts and not _strong(at.before("event")))
    if noun is None and not whole and q.kind == "count" and not is_end_of_part and (outcome := _outcome(at)):
        return Subject("courses", outcome)
    if not counted and part_of is not None:
        counted = _noun_of(at.beside(part_of)) or next((said.counted for one, said in before if one is part_of), "")
    if q.kind == "count" and measure in _OF_RATES and event not in _STRONG and (part_of is not None or at.has_parts):
        counted, *ended = _OF_RATES[measure]
        event, measure = ended[at.has_parts], ""  # `84.3% (25,185 of 29,892)`, `88.4%, or 20,611 of 23,320`
    if role == "factor" and RATE.match(at.text[q.end : q.end + 40]):
        measure = measure or _RATES.get(event, "")
    is_same = last.role == "share" and q.kind == "count" and _OR.fullmatch(at.text, before[-1][0].end, q.start)
    if is_same and last.whole == "people" and (last.event == "start" or not last.is_funding_named):
        return Subject("workforce", last.event)  # `4.5 per cent of teachers, or 23,222, started an NPQ`
    # `one school in ten, 2,440 of them`
    is_of_them = last.role == "share" and _OF_THEM.match(at.text, q.end) is not None
    if noun is None and last.whole and (is_of_them or (not counted and (part_of is not None or at.has_parts))):
        counted = _OF_WHOLE.get(last.whole, last.whole)
    elif noun is None and at.has_parts and before:
        told = next((said.counted or said.whole for _, said in reversed(before) if said.counted or said.whole), "")
        counted = {"participants": "people"}.get(told, told)
        counted = counted or ("courses" if last.event in ("complete", "pass") else "")
    if noun is None and at.has_parts and any(said.whole == "completions" for _, said in before):
        event = "complete"  # `Of the NPQs completed 96.7% were passed: 30,751 of 31,791.`
    is_matched = not counted and q.kind == "count" and is_led_by_census(at)
    if not counted and not whole and (spoken_of := _spoken_of(at)):
        is_somebody = (
            spoken_of.text.lower() in _SOMEBODY
            or _HAD_ONE.search(at.text, q.end, spoken_of.start) is not None
            or _THOSE_THAT.match(statement.told) is not None
        )
        is_somebody = is_somebody and "schools" in (carried.counted, carried.measure)
        counted = "schools" if is_somebody else spoken_of.value  # `Only 2,440 have had someone on a non-funded one.`
        event = event or ("start" if spoken_of.text.lower() in (*_STARTS, "starters") else "")
    is_matched = is_matched or is_found(at)
    is_of_census = counted == "people" or (not counted and is_matched)  # `Only 23,222 of the participants were found`
    is_of_census = is_of_census and q.kind == "count" and event in ("", "start")
    if whole == "participants" and role == "share" and is_matched:
        return Subject("workforce", "start")  # `Nine in ten of those on an NPQ could be matched to the census.`
    if event == "start" and any(one is part_of and said.measure == "teachers" for one, said in before):
        return Subject("workforce", event)  # `there were 511,958 teachers, of whom 23,222 started an NPQ`
    is_told = (
        q.kind == "count" and at.left.endswith((": ", " numbered ", " totalled ", " came to ")) and part_of is None
    )
    if is_told and MATCHED.search(at.text, statement.start, q.start) and counted in ("", "people"):
        return Subject("workforce", "start", measure)  # `those who can be found in the workforce census: 23,222`
    if is_of_census and (is_matched or matches(at)):
        return Subject("workforce", "start", measure)
    has_later = any(one.part_of is q and one.q.start > q.end for one in at.every)
    if has_later and noun and noun.value == "schools" and _THAT_HAD.match(at.text, noun.end):
        return Subject("schools", "start", "schools")  # `Of the 10,919 schools that had someone on an NPQ, 10,764`
    if noun and noun.text.lower() in _STARTS:
        is_end = event in ("complete", "pass", "dropout") and (role == "share" or part_of is not None)
        event = event if is_end else "start"
    if not (counted or event or measure or whole):
        source = statement.heading
        if before:
            source = last
        elif carried.counted or carried.measure or carried.event or carried.whole:
            source = carried
        if before or carried.is_about or statement.heading.is_about:
            counted, event, measure = source.counted, source.event, source.measure
            if q.kind == "count" and not counted and source.whole in ("schools", "workforce", "people"):
                counted, measure = source.whole, ""  # `71.1 per cent of schools had one. It now stands at 20,611.`
        if q.kind == "count" and event in ("complete", "pass") and _INTAKE_WAS.search(at.left):
            counted, event, measure = "courses", "start", ""  # `The next cohort was larger, at 38,906.`
    if not (counted or measure or whole or statement.of("counted")):
        deeds = {m.text.lower() for m in statement.of("event")}
        is_total = deeds <= _WEAK and _THE_TOTAL.match(at.left) is not None
        is_of_area = deeds == {"had"} and bool(at.before("area"))  # `31,510 people started one. London had 5,308.`
        if is_total or is_of_area or _THOSE_WITH.match(at.left):  # `The total has risen from the 10,919 in the first.`
            counted = last.counted if before else carried.counted
    if role == "change" and event == "start" and not (counted or whole or measure or before):
        counted = carried.counted  # `The last year was 5.9 per cent below 2021/22, when it was getting off the ground.`
    is_begun = _WERE_STARTED.match(at.text, q.end) or _BEGUN_IN.match(at.text, q.end)
    if not counted and event == "start" and is_begun:
        counted = "courses"  # `In 2024/25 29,818 were started.`
    if not counted and event == "start" and _DID.match(at.text, q.end, statement.end):
        counted = last.counted if before else carried.counted  # `In 2023/24, 43,535 did.`
    if not (counted or measure or before) and event == "start" and at.rest is not None and statement.is_anaphoric:
        counted = carried.counted or carried.whole  # `That leaves 2,709 that have yet to take part.`
    is_bare = q.kind == "percent" and role == "share" and not before and not statement.of("funding")
    if is_bare and event in ("", "start") and not measure and not whole and carried.is_caption:
        measure = carried.measure  # A caption says what the rates after it are.
    return Subject(counted, event, measure)


def _outcome_of_share(at: Around, before: Read) -> str:
    """What became of the courses of a share that a count says once more; nothing where it does not."""
    outcomes = {"completion-rate": "complete", "pass-rate": "pass"}
    said, is_or = before[1], _OR.fullmatch(at.text, before[0].end, at.lead_start) is not None
    ended = outcomes.get(said.measure, said.event)
    is_again = at.q.kind == "count" and said.role == "share" and is_or and ended in outcomes.values()
    return ended if is_again else ""


def _goes_on_with_schools(at: Around, noun: Mention | None, last: Said) -> bool:
    """Whether the schools of the number before have had one, too: `20,452 have used funding and 2,440 have had one`."""
    is_bare = noun is None and at.q.kind == "count" and at.part_of is None
    return (
        is_bare
        and last.counted == "schools"
        and last.role == "level"
        and _HAVE_HAD.match(at.text, at.q.end) is not None
    )


def _led_by_these(at: Around) -> bool:
    """Whether schools of which the sentence before speaks are counted: `Of these, 20,452 have made use of funding`."""
    return at.statement.carried.counted == "schools" and _OF_THESE.match(at.left) is not None


def _is_gapped(at: Around, last: Said) -> bool:
    """Whether it has the verb of the number before: `primary staff began 12,505 NPQs, secondary staff 11,012`."""
    subject = next(reversed(at.before("counted")), None)
    is_led = last.role == "level" and last.counted == "courses" and not last.end and at.part_of is None
    if subject is None or subject.value == "courses" or not is_led:
        return False
    if any(m.start >= subject.start and m.text.lower() != "had" for m in at.before("event", "direction")):
        return False
    groups = [m.end for m in at.before("group") if m.end > subject.end]  # `and people in their forties 8,093`
    between = at.text[max([subject.end, *groups]) : at.lead_start].strip()
    return between in ("", "ones", "for", "with", "had", "made")


def _done(at: Around) -> str:
    """What the verb right before a count says became of those that it counts: `passed 30,751 of them`."""
    done = [m.value for m in at.before("event") if m.value in ("complete", "pass") and m.end + 1 == at.q.start]
    return done[-1] if done and at.q.kind == "count" else ""


def _noun_of(whole: Around) -> str:
    """What a whole counts, which its part counts, too: `20,611 of the 23,320 schools open`."""
    named = [m for m in whole.after("measure") if m.value in _ALL_OF and _is_counted(whole, m)]
    return whole.head.noun.value if whole.head.noun else _ALL_OF[named[0].value] if named else ""


def _is_all(at: Around) -> bool:
    """Whether it is said that there are so many, and nothing more of them."""
    kinds = ("event", "funding", "course", "group", "coverage", "topic")
    return _THERE_ARE.search(at.left) is not None and not at.after(*kinds)


def may_be_all(at: Around, noun: Mention | None) -> bool:
    """Whether teachers or schools are counted of which nothing is said: `teacher numbers barely moved - 511,952`."""
    statement = at.statement
    start = at.segment[0]
    if noun is None and (nouns := at.earlier("counted")):
        noun, start = nouns[-1], nouns[-1].start
    if noun is None or noun.text.lower() not in (*_OPEN, "teacher", "school"):
        return False
    kinds = ("event", "funding", "course", "group", "basis", "measure")
    told = statement.within(start, at.gap_after[1], *kinds)
    return all(m.text.lower() == "had" for m in told)


def _measure(at: Around, noun: Mention | None, whole: str, before: list[Read]) -> str:  # noqa: PLR0911 (nearest first)
    """The measure that is named outright beside a number, else for the share before it, else earlier."""
    if near := [m for m in at.before("measure") if not _is_whole(at, m)]:
        return near[-1].value
    after = [m for m in at.after("measure") if not (at.q.kind == "percent" and m.value == "schools-total")]
    if after and (at.q.kind != "count" or (noun is None and _is_counted(at, after[0]))):
        return after[0].value
    spoken_of = before[-1][1] if before else at.statement.carried
    is_best = at.q.kind != "count" and _BEST_RATE.search(at.text, *at.gap_before) is not None
    is_same = at.q.kind != "count" and not before and _THE_RATE_WAS.search(at.text, *at.gap_before) is not None
    if (is_best or is_same) and spoken_of.event in ("complete", "pass"):
        return _RATES[spoken_of.event]  # `Completion differs. Of courses begun in 2021/22, headship had the best rate.`
    if _is_next_rate(at, before):
        return before[-1][1].measure  # `the pass rate was 98 per cent for full-time staff and 97.8 per cent for ...`
    if whole:
        last = before[-1][1] if before else Said()
        if whole == last.whole == "completions" and last.measure == "pass-rate" and at.q.kind == "percent":
            return last.measure  # `Among those who finish, the pass rate was 98.7% for 2021/22 and 96.7% a year later`
        rates = [m.value for m in at.earlier("measure") if m.value in ("completion-rate", "pass-rate")]
        is_end = whole in ("participants", "courses", "staff", "people") and at.lead.endswith((" from ", " to "))
        return (
            rates[-1] if rates and is_end else ""
        )  # `the completion rate fell from 83.7 per cent of 2021/22 starters`
    if at.q.kind != "count" and _THE_RATE.search(at.text, *at.gap_before) and not at.after("event"):
        # `For funded courses as a whole the rate has since reached 84.3 per cent.`
        rate = _RATES.get(spoken_of.event, "") if spoken_of.event in ("complete", "pass") else ""
        if spoken_of.measure in _RATES.values() or rate:
            return spoken_of.measure if spoken_of.measure in _RATES.values() else rate
    if before and before[-1][0].kind == "percent" and at.q.kind in ("percent", "points") and before[-1][1].measure:
        return before[-1][1].measure  # `98.7% for 2021/22 starters, 96.7% for 2022/23`
    earlier = at.earlier("measure")
    if noun is not None or not earlier:
        # `Completion has fallen to 39.7 per cent among the starters of 2023/24.`
        is_noun = at.q.kind != "count" and any(m.text.lower() == "completion" for m in at.earlier("event"))
        return "completion-rate" if is_noun and not earlier else ""
    nouns = [m for m in at.earlier("counted") if m.start > earlier[-1].end]
    is_other = any(not _BELONGS.fullmatch(at.text, earlier[-1].end, m.start) for m in nouns)
    return "" if is_other or _is_whole(at, earlier[-1]) else earlier[-1].value


def _is_next_rate(at: Around, before: list[Read]) -> bool:
    """Whether a percentage right after a rate is one as well, of another part: it says nothing else of itself."""
    if not before or before[-1][0].kind != "percent" or at.q.kind != "percent":
        return False
    is_rate = before[-1][1].measure in ("completion-rate", "pass-rate") and before[-1][1].role in ("share", "level")
    return is_rate and _NEXT_PART.search(at.left) is not None and not at.after("event", "measure", "counted")[1:]


def _is_whole(at: Around, m: Mention) -> bool:
    """Whether all schools or teachers are named, of whom the number is a part: `Of the schools open, 20,611 have`."""
    is_led = _OF_ALL.search(at.text, at.statement.start, m.start) is not None
    return m.value in _ALL_OF and is_led and at.q.kind == "count"


def _is_counted(at: Around, m: Mention) -> bool:
    """Whether a measure is what a number counts: `102,080 teachers found in the school workforce census`."""
    is_count = m.value in MEASURES and not MEASURES[m.value].is_rate
    return is_count and not at.text[at.q.end : m.start].strip(" -\u2013\u2014:")


def _moved_outcome(at: Around) -> str:
    """What moved, where that is a noun for what became of courses, and no other noun comes between."""
    events = [m for m in at.before("event") if m.text.lower().split()[-1] in ("completions", "passes")]
    is_next = bool(events) and not [m for m in at.before(*_SUBJECTS) if m.start > events[-1].start]
    return events[-1].value if is_next and at.q.kind != "points" else ""


def _rate_of_starters(at: Around) -> Subject | None:
    """The rate that a text goes on with, of a course: `Will I finish? Of starters in 2021/22 headship had 86.0%`."""
    carried, ends = at.statement.carried, _strong(at.statement.of("event"))
    is_of_course = bool(at.before("course") or at.after("course")) and not (
        at.after("funding") and at.before("funding")
    )
    is_told = _OF_STARTERS.search(at.statement.told) is not None and not (ends or at.statement.of("measure"))
    if not (is_of_course and is_told):
        return None
    if carried.measure in ("completion-rate", "pass-rate"):
        return Subject("courses", carried.event, carried.measure)
    return Subject("courses", carried.event) if carried.event in ("complete", "pass") else None


def _outcome(at: Around) -> str:
    """What a number counts where the subject is a noun for it: `completions for 2022/23 starters: 31,791`."""
    q, statement = at.q, at.statement
    for m in statement.within(q.end, min(statement.end, q.end + 24), "event"):
        if m.text.lower() in _NOUNS and m.start - q.end <= 6 and not _STOPS.search(at.text, q.end, m.start):
            return m.value
    own = at.after("event")
    if own and own[0].value in _STRONG and not at.text[q.end : own[0].start].strip():
        return own[0].value  # `29,892 starts, 25,185 completed`
    for m in at.before("event")[-1:]:
        if m.text.lower().split()[-1] in _NOUNS and _LABELS.fullmatch(at.text, m.end, q.start):
            return m.value  # `starts 31,677; completions 26,783`
    for m in at.earlier("event"):
        if m.text.lower().split()[-1] not in _NOUNS:
            continue
        nouns = statement.of("counted")
        if any(n.end < m.start and _OF_COURSES.fullmatch(at.text, n.end, m.start) for n in nouns):
            continue  # `schools with NPQ starts` counts schools
        later = [n for n in nouns if m.end <= n.start < q.start and at.text[n.end : n.end + 1] != ")"]
        is_past = bool(later) and any(
            m.end <= other.start and other.end <= later[-1].start for other in statement.inside
        )
        is_of_some = not later or (_OF_SOME.match(at.text, m.end, q.start) and not is_past)
        if is_of_some and not _ENDS.search(at.text, m.end, q.start):
            return m.value
    return ""


def _spoken_of(at: Around) -> Mention | None:  # noqa: PLR0911 (from the nearest words to the farthest)
    """The noun that the sentence speaks of, for a number without one."""
    statement, nouns = at.statement, at.earlier("counted")
    is_back = at.leans and _THEIR_NUMBER.search(at.text, *at.gap_before) is None
    nouns = [] if is_back and nouns and nouns[-1].end <= at.scope[0] else nouns  # `After places were cut, it fell to`
    # `starts among part-time staff`: the two words for people are one noun
    apart = (m for m, after in pairwise(nouns) if after.value != m.value or after.start - m.end > 1)
    nouns = [*apart, *nouns[-1:]]
    named = [m for m in nouns if _NUMBER_OF.search(at.text[statement.start : m.start])]
    others = [other for other in statement.inside if named and named[-1].end < other.start < at.q.start]
    if named and all(other.kind != at.q.kind for other in others[:1]):
        return named[-1]  # `the number of NPQs completed by those who began in 2023/24 stands at 17,389`
    if ahead := next((m for m in at.after("counted") if m.value == "courses"), None):
        moved = statement.within(at.q.start - 60, ahead.start, "direction")
        if moved and _FALL_IN.fullmatch(at.text, at.q.end, ahead.start):
            return ahead  # `schools saw a 34.5 per cent drop in NPQ starts`
    people = [m for m in nouns if m.value == "people"]
    if len(nouns) > 1 and people and _NUMBERED.fullmatch(at.text, nouns[-1].end, at.lead_start):
        begun = statement.within(people[-1].end, nouns[-1].start, "event")
        if nouns[-1].value == "courses" and begun:
            return people[-1]  # `The people starting NPQs numbered 43,535`
    if len(nouns) > 1:
        first, second = nouns[-2:]
        is_of = _OF_COURSES.fullmatch(at.text, first.end, second.start) or _THOSE_ON.search(first.text)
        is_of_one = first.value == "schools" and _HAVE_ONE.search(at.text, first.end, second.start)
        if is_of or is_of_one or _THAT.fullmatch(at.text, first.end, second.start):
            return first  # `participants in NPQs`, `those on NPQs`, `schools that have used NPQs`
        if first.value == "courses" and second.value != "courses" and _BY.fullmatch(at.text, first.end, second.start):
            return first  # `NPQ starts by classroom teachers`
        is_of_courses = first.value in ("people", "schools") and second.value == "courses"
        is_signing_up = is_of_courses and statement.within(first.end, second.start, "event")
        if is_signing_up and statement.within(second.end, at.q.start, "direction"):
            return first  # `teachers signing up for NPQs fell by`
    if nouns:
        return nouns[-1]
    later = [m for m in at.later("counted") if m.start < at.stop and not _ON.search(at.text, at.q.end, m.start)]
    if _BEFORE_NEXT.search(at.text, *at.gap_after):
        later = [m for m in later if m.start < at.next_start]  # `43,840 in 2023/24, before 29,818 people began one`
    return None if at.is_in_brackets or at.points_back else next(iter(later), None)


def _event(at: Around, noun: Mention | None) -> str:  # noqa: PLR0911, PLR0912 (from the nearest words to the farthest)
    """Choose the event: of a part or a share the last one said, of a count the one right after its noun."""
    q, statement = at.q, at.statement
    is_of_later = at.part_of is not None and at.part_of.start >= q.end
    near = [m for m in at.before("event") if at.lead_start - m.end <= 1] if is_of_later else []
    if is_of_later and (found := _strong(at.after("event")) or _strong(near)):
        return found[-1]  # `4 NPQs completed out of 29,818 started`, `passed 26,432 of the 26,783 that they completed`
    if done := _done(at):
        return done  # `finished 31,791 courses and passed 30,751 of them`
    if q.kind in ("percent", "points", "all", "none") or at.part_of is not None:
        after = statement.within(q.end, at.segment[1] if is_of_later else at.gap_after[1], "event")
        after += statement.within(*at.predicate, "event")
        # `have not been completed, because teachers are giving up`
        after = [m for m in after if m.value != "dropout" or m.start < at.scope[1]]
        after = [m for m in after if not is_of_later or (at.part_of and m.start > at.part_of.end)]
        if found := _strong(after):
            return found[-1]
        if (found := _strong(at.before("event"))) and (at.part_of or not _PASSED.search(at.left)):
            return found[-1]
        # `1,785 courses (5.6 per cent) were not funded; 1,598 of these have been completed`
        around = statement.within(*at.segment, "event") if at.is_in_brackets else statement.of("event")
        every = [m.value for m in around if m.value in (*_STRONG, "start", "survey")]
        return next(iter([m.value for m in after if m.value != "target"] or every), "")
    after = [*at.after("event"), *statement.within(*at.predicate, "event")]
    is_done = any(m.value in ("start", "complete", "pass") for m in at.before("event"))
    after = [m for m in after if not (is_done and _AND_DONE.fullmatch(at.text, m.end, at.next_start))]
    if noun is not None and noun.value == "workforce" and not after:
        return ""
    if _JUST_FOUR.search(at.text, *at.gap_after) and at.before("counted", "event") == []:
        return "start"  # `Of the 29,818 courses begun in 2024/25, just four have been finished.`
    if at.has_parts:
        is_last = any(other.part_of is q and other.q.start < q.start for other in at.every)
        is_told = is_last and bool(after) and _WERE.search(at.text, q.end, after[0].start) is not None
        if _SINCE_ENDED.match(at.text, q.end, at.gap_after[1]):
            return "complete"  # `Of the 31,791 courses begun in 2022/23 and since completed, 1,040 were not passed.`
        own = [m.value for m in after if m.value in ("complete", "pass") and _BEEN.search(at.text, q.end, m.start)]
        if own[:1] == ["pass"] and not is_last:
            return "pass"  # `26,432 have been passed: 83.4 per cent of those started, 98.7 per cent of those completed`
        is_own = not is_last and "complete" in own
        return "complete" if is_own or (after and after[0].value == "complete" and not is_told) else "start"
    after = [m for m in after if noun is None or m.start >= noun.start]
    found = _strong(after)
    if noun is not None and after:
        told = [m.value for m in at.before("event") if m.value in _STRONG and q.start - m.end < 20]
        told = [] if _OUTCOMES_FROM.search(at.left) else told  # `75,967 completions from the 144,241 NPQs started`
        if told and after[0].text.lower() in _BEGUN:
            return told[-1]  # `Teachers completed 31,677 NPQs begun in 2021/22.`
        if found and after[0].value == "start" and after[0].start - noun.end <= 12:
            ended = next(m for m in after if m.value in _STRONG)
            is_of_next = ended.text.lower() in ("completions", "passes") and "," in at.text[after[0].end : ended.start]
            return "start" if is_of_next else found[-1]  # `the 144,241 courses started, however, completions are`
    if "fail" in found[1:]:
        return "fail"  # `351 of those completed did not end in a pass`
    if after:
        return found[0] if found else after[0].value
    near = [m for m in at.before("event") if not _is_hedge(at, m)]
    if near:
        return next(reversed(_strong(near) or [near[-1].value]))
    parts = [one.q.end for one in at.every if one.part_of is q and one.q.start >= q.end]  # `, and half of those ...`
    events = [m for m in statement.of("event") if not (parts and m.start >= parts[0])]
    return next((m.value for m in events if m.value != "target" and not _is_hedge(at, m)), "")


def _strong(events: list[Mention]) -> list[str]:
    return [m.value for m in events if m.value in _STRONG]


def _is_hedge(at: Around, m: Mention) -> bool:
    """Whether `passed` is a level that was passed, `starts passed 40,000`, not what `teachers have passed`."""
    is_before = m.text.lower() == "passed" and not at.text[m.end : at.q.start].strip()
    return is_before and not _HAVE.search(at.text[at.statement.start : m.start])
