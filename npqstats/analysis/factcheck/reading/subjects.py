"""What a number counts, and what became of it: people or courses, started or completed."""

import re
from collections.abc import Callable
from itertools import pairwise

from npqstats.analysis.factcheck.reading.around import Around
from npqstats.analysis.factcheck.reading.census import MATCHED, is_found, is_led_by_census, matches
from npqstats.analysis.factcheck.reading.idioms import OPEN, SOMEBODY, by_idiom
from npqstats.analysis.factcheck.reading.number import ALL_OF, OF_WHOLE, STRONG, Number, Subject, done, strong
from npqstats.analysis.factcheck.reading.said import Read, Said
from npqstats.vocabulary.claims import Mention
from npqstats.vocabulary.measures import MEASURES
from npqstats.vocabulary.patterns import lazy

_BELONGS = lazy(r"\s+(?:of|for|on|in|among)\s+(?:the\s+|all\s+|those\s+|their\s+|its\s+)?(?:[\w-]+\s+)?", re.IGNORECASE)
_OF_COURSES = lazy(
    r"\s+(?:in|on|of|for|with|without|taking|starting|doing|using|who\s+started)\s+(?:(?:the|their|an?|any|no|single|some|at\s+least\s+one|[\w-]*funded|reformed|NPQ)\s+){0,3}",
    re.IGNORECASE,
)
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
_OF_SOME = lazy(r"\s+(?:for|of|among|by|from|in)\b")
_HAD_ONE = lazy(r"\s(?:have|has|had)\s+(?:(?:now|already|ever)\s+)?had\s+(?:at\s+least\s+)?(?:one|an?|some)\s+$")
_STOPS = lazy(r"[,;:.|]|\band\b")
_LABELS = lazy(r"\s*(?:[:=\u2013-]|were|was|are|number(?:ed)?|total(?:led)?|came\s+to|stood\s+at)?\s*")
_ENDS = lazy(r"[.;]|\bof which\b")
_AS_MANY = lazy(r"\s+(?:as\s+many|more|the(?:\s+number\s+of)?)\s+(?:[\w-]+\s+)?")
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
_THAT_HAD = lazy(
    r"\s+with\s+an?\s+(?:[\w-]+\s+){0,2}?(?:start|starter|participant)\b"
    r"|\s+had\s+(?:staff|someone|somebody|teachers|a\s+(?:member|teacher|colleague))\b|\s+(?:that|which|where|with)\s+(?:(?:have|had|has)\s+)?(?:had|sent|put|started|someone|somebody|a\s+starter|taken)\b"
)
_WERE_STARTED = lazy(r"\s+(?:were|had\s+been|have\s+been)\s+(?:started|begun|taken\s+up)\b")
_THEIR_NUMBER = lazy(r"\btheir\s+(?:numbers?|total|count)\b")
_AND_DONE = lazy(r"\s+(?:(?:only|just|some|about)\s+)?")
"""What is between a verb and its own number: `completed 31,791 courses and passed 30,751`."""
_THOSE_THAT = lazy(r"\W*(?:[Tt]he\s+(?:number|share|proportion|total)|[Tt]hose)\s+(?:that|which)\s+(?:have|had|has)\b")
"""What begins a sentence on schools of which the one before speaks: `The number that have had a member of staff on`."""
_BEFORE_NEXT = lazy(r",\s+(?:before|while|whereas|and\s+then|then|when)\b")
_NUMBERED = lazy(r"\s+(?:number(?:ed|s)?|total(?:led|s)?|came\s+to|stood\s+at|reached)\s+(?:\w+\s+)?")
_JUST_FOUR = lazy(r",\s+(?:just|only)\s+(?:one|two|three|four|five)\s+(?:have|had|has|were|was)\b")
_THEY_DID = lazy(r"(?:,\s+and|,|\s+and)\s+(?:between\s+them,?\s+)?they\s+(?:\w+\s+)?\w+\s")
_OF_SCHOOLS = lazy(r"\band\s+(?:that\s+)?of\s+schools\s+(?:\w+\s+){0,3}$")
_REACHED = lazy(r"\s+(?:of\s+)?(?:all\s+)?schools\s+reached(?:\s+by\s+[^,.;]*)?(?:[.,;]|$)")
_WEAK = {"reached", "had", "has", "have"}
"""What is done by what is counted, or to it."""
_THE_TOTAL = lazy(r"\W*(?:[Tt]he|[Tt]hat|[Tt]his)\s+(?:total|number|figure|count|tally)\b")
_THOSE_WITH = lazy(r"\W*(?:[Tt]hose|[Tt]he\s+(?:ones|number|total|tally|count))\s+(?:with|where)\b")
"""What begins a sentence on some of what the one before counts: `Those with a funded start went up to 20,452.`"""
_STARTS = ("starts", "npq starts", "course starts", "new starts")
_NOUNS = ("completions", "passes", "starts")
_BEGUN = ("begun", "began", "start", "started", "starting", "taken")
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


_ONCE = lazy(r",\s+(?:once|if|when)\s")
_ON = lazy(r"\b(?:was|were|are|is)\s+on\s+(?:[\w-]+\s+)?$")
"""Before what somebody was on, who is counted: `a further 6,063 were on courses`."""
_HAVE_ONE = lazy(r"\b(?:have|has|had|seen|saw|sent|with)\b[^.;:]*\b(?:an?|one|single)\s+$")
"""What is between schools and their staff: `20,611 schools have had at least one member of staff start an NPQ`."""
_INTAKE_WAS = lazy(r"\b(?:cohort|intake)\s+(?:was|is|had|numbered|stood|came)\b")


def subject_of(at: Around, noun: Mention | None, whole: str, role: str, before: list[Read]) -> Subject:
    """Say what a number counts and what became of it.

    Args:
        at: The number in its sentence.
        noun: The noun that it counts.
        whole: What it is a share of.
        role: level, change, share or factor.
        before: What was said of the numbers before it.
    """
    if noun is None and at.q.kind == "factor":  # `twice as many NPQ starts as free schools`
        noun = next((m for m in at.later("counted") if _AS_MANY.fullmatch(at.text, at.q.end, m.start)), None)
    number = Number(at, noun, whole, role, before)
    return by_idiom(number) or _read(number)


def _read(n: Number) -> Subject:
    """Read it word by word: what is not said beside the number is looked for farther away."""
    subject = Subject(n.noun.value if n.noun else "", _event(n.at, n.noun), _measure(n))
    if outcome := _outcome_of(n, subject.event):
        return Subject("courses", outcome)
    subject = _as_part(n, subject)
    is_led = not subject.counted and n.is_count and is_led_by_census(n.at)
    subject = _as_spoken_of(n, subject)
    if n.whole == "participants" and n.role == "share" and (is_led or is_found(n.at)):
        return Subject("workforce", "start")  # `Nine in ten of those on an NPQ could be matched to the census.`
    if _is_in_census(n, subject, is_led=is_led):
        return Subject("workforce", "start", subject.measure)
    has_later = any(one.part_of is n.q and one.q.start > n.q.end for one in n.at.every)
    if has_later and n.noun and n.noun.value == "schools" and _THAT_HAD.match(n.at.text, n.noun.end):
        return Subject("schools", "start", "schools")  # `Of the 10,919 schools that had someone on an NPQ, 10,764`
    for rule in _FARTHER:
        subject = rule(n, subject)
    return subject


def _outcome_of(n: Number, event: str) -> str:
    """What a count without a noun counts where the subject is a noun for it, unless its whole or part says more."""
    # `of the 31,677 NPQ starts, 26,783 were completed`
    is_end = n.at.part_of is not None and event in STRONG
    is_end = is_end or (n.at.has_parts and not strong(n.at.before("event")))
    return _outcome(n.at) if n.is_bare_count and not is_end else ""


def _as_part(n: Number, subject: Subject) -> Subject:
    """Take what a number counts from its whole, or from its part."""
    at, before, (counted, event, measure) = n.at, n.before, subject
    part_of, is_linked = at.part_of, at.part_of is not None or at.has_parts
    if not counted and part_of is not None:
        counted = _noun_of(at.beside(part_of)) or next((said.counted for one, said in before if one is part_of), "")
    if n.is_count and measure in _OF_RATES and event not in STRONG and is_linked:
        counted, *ended = _OF_RATES[measure]
        event, measure = ended[at.has_parts], ""  # `84.3% (25,185 of 29,892)`, `88.4%, or 20,611 of 23,320`
    if measure == "workforce-share" and _OF_SCHOOLS.search(at.left):
        measure = "schools-share"  # `Coverage of the workforce is up 2.8 points, and of schools up 5.1 points.`
    if n.role == "share" and measure == "schools" and _REACHED.match(at.text, n.q.end, n.statement.end):
        measure = "schools-share"  # `Nearly 9 in 10 schools reached by NPQs`
    if n.role == "factor" and RATE.match(at.text[n.q.end : n.q.end + 40]):
        measure = measure or _RATES.get(event, "")
    # `one school in ten, 2,440 of them`
    is_of_them = n.last.role == "share" and n.is_of_them
    if n.noun is None and n.last.whole and (is_of_them or (not counted and is_linked)):
        counted = OF_WHOLE.get(n.last.whole, n.last.whole)
    elif n.noun is None and at.has_parts and before:
        told = next((said.counted or said.whole for _, said in reversed(before) if said.counted or said.whole), "")
        counted = {"participants": "people"}.get(told, told)
        counted = counted or ("courses" if n.last.event in ("complete", "pass") else "")
    if n.noun is None and at.has_parts and any(said.whole == "completions" for _, said in before):
        event = "complete"  # `Of the NPQs completed 96.7% were passed: 30,751 of 31,791.`
    return Subject(counted, event, measure)


def _as_spoken_of(n: Number, subject: Subject) -> Subject:
    """Take the noun of the sentence where the number has none of its own."""
    spoken_of = None if subject.counted or n.whole else _spoken_of(n.at)
    if spoken_of is None:
        return subject
    if n.carried.counted and _THEY_DID.match(n.at.text, n.q.end, spoken_of.start):
        # `How many people take one? There were 29,526, and they started 29,818 courses.`
        return subject._replace(counted=n.carried.counted)
    name = spoken_of.text.lower()
    is_somebody = name in SOMEBODY or _HAD_ONE.search(n.at.text, n.q.end, spoken_of.start) is not None
    is_somebody = is_somebody or _THOSE_THAT.match(n.statement.told) is not None
    is_somebody = is_somebody and "schools" in (n.carried.counted, n.carried.measure)
    counted = "schools" if is_somebody else spoken_of.value  # `Only 2,440 have had someone on a non-funded one.`
    event = subject.event or ("start" if name in (*_STARTS, "starters") else "")
    return subject._replace(counted=counted, event=event)


def _is_in_census(n: Number, subject: Subject, *, is_led: bool) -> bool:
    """Whether those counted are the ones in the census: `Only 23,222 of the participants were found in it`."""
    at, (counted, event, _) = n.at, subject
    wholes = [said for one, said in n.before if one is at.part_of]
    if event == "start" and any(said.measure == "teachers" for said in wholes):
        return True  # `there were 511,958 teachers, of whom 23,222 started an NPQ`
    is_told = n.is_count and at.left.endswith((": ", " numbered ", " totalled ", " came to ")) and at.part_of is None
    if is_told and counted in ("", "people") and MATCHED.search(at.text, n.statement.start, n.q.start):
        return True  # `those who can be found in the workforce census: 23,222`
    is_matched = is_led or is_found(at)
    is_person = n.is_count and event in ("", "start") and (counted == "people" or (not counted and is_matched))
    return is_person and (is_matched or matches(at))


def _as_starts(n: Number, subject: Subject) -> Subject:
    """`29,818 starts` were started, whatever else the sentence says."""
    if n.noun is None or n.noun.text.lower() not in _STARTS:
        return subject
    is_end = subject.event in ("complete", "pass", "dropout") and (n.role == "share" or n.at.part_of is not None)
    return subject if is_end else subject._replace(event="start")


def _as_the_text(n: Number, subject: Subject) -> Subject:
    """Take all of it from the number before, the text before or the heading, where the sentence says nothing of it."""
    if any(subject) or n.whole:
        return subject
    carried, heading = n.carried, n.statement.heading
    is_carried = bool(carried.counted or carried.measure or carried.event or carried.whole)
    source = n.last if n.before else carried if is_carried else heading
    if n.before or carried.is_about or heading.is_about:
        subject = Subject(source.counted, source.event, source.measure)
        if n.is_count and not source.counted and source.whole in ("schools", "workforce", "people"):
            # `71.1 per cent of schools had one. It now stands at 20,611.`
            subject = Subject(source.whole, source.event)
    is_intake = n.is_count and subject.event in ("complete", "pass") and _INTAKE_WAS.search(n.at.left) is not None
    return Subject("courses", "start") if is_intake else subject  # `The next cohort was larger, at 38,906.`


def _as_total(n: Number, subject: Subject) -> Subject:
    """`The total has risen from the 10,919 in the first year`, `31,510 people started one. London had 5,308`."""
    if subject.counted or subject.measure or n.whole or n.statement.of("counted"):
        return subject
    deeds = {m.text.lower() for m in n.statement.of("event")}
    is_total = deeds <= _WEAK and _THE_TOTAL.match(n.at.left) is not None
    is_of_area = deeds == {"had"} and bool(n.at.before("area"))
    is_same = is_total or is_of_area or _THOSE_WITH.match(n.at.left) is not None
    return subject._replace(counted=n.source.counted) if is_same else subject


def _as_change(n: Number, subject: Subject) -> Subject:
    """`The last year was 5.9 per cent below 2021/22, when it was getting off the ground`."""
    is_of_text = n.role == "change" and subject == Subject("", "start") and not (n.whole or n.before)
    return subject._replace(counted=n.carried.counted) if is_of_text else subject


def _as_begun(n: Number, subject: Subject) -> Subject:
    """`In 2024/25 29,818 were started`, `in 2023/24, 43,535 did`."""
    if subject.counted or subject.event != "start":
        return subject
    if _WERE_STARTED.match(n.at.text, n.q.end) or _BEGUN_IN.match(n.at.text, n.q.end):
        return subject._replace(counted="courses")
    is_done = _DID.match(n.at.text, n.q.end, n.statement.end) is not None
    return subject._replace(counted=n.source.counted) if is_done else subject


def _as_rest(n: Number, subject: Subject) -> Subject:
    """`That leaves 2,709 that have yet to take part`."""
    is_rest = subject == Subject("", "start") and not n.before and n.at.rest is not None and n.statement.is_anaphoric
    return subject._replace(counted=n.carried.counted or n.carried.whole) if is_rest else subject


def _as_caption(n: Number, subject: Subject) -> Subject:
    """A caption says what the rates after it are."""
    is_bare = n.q.kind == "percent" and n.role == "share" and not (n.before or n.whole or n.statement.of("funding"))
    is_bare = is_bare and subject.event in ("", "start") and not subject.measure and n.carried.is_caption
    return subject._replace(measure=n.carried.measure) if is_bare else subject


_FARTHER: tuple[Callable[[Number, Subject], Subject], ...] = (
    *(_as_starts, _as_the_text, _as_total, _as_change, _as_begun, _as_rest, _as_caption),
)
"""What completes a subject from farther away, one after the other."""


def _noun_of(whole: Around) -> str:
    """What a whole counts, which its part counts, too: `20,611 of the 23,320 schools open`."""
    named = [m for m in whole.after("measure") if m.value in ALL_OF and _is_counted(whole, m)]
    return whole.head.noun.value if whole.head.noun else ALL_OF[named[0].value] if named else ""


def may_be_all(at: Around, noun: Mention | None) -> bool:
    """Whether teachers or schools are counted of which nothing is said: `teacher numbers barely moved - 511,952`."""
    statement = at.statement
    start = at.segment[0]
    if noun is None and (nouns := at.earlier("counted")):
        noun, start = nouns[-1], nouns[-1].start
    if noun is None or noun.text.lower() not in (*OPEN, "teacher", "school"):
        return False
    kinds = ("event", "funding", "course", "group", "basis", "measure")
    told = statement.within(start, at.gap_after[1], *kinds)
    return all(m.text.lower() == "had" for m in told)


def _measure(n: Number) -> str:  # noqa: PLR0911 (nearest first)
    """The measure that is named outright beside a number, else for the share before it, else earlier."""
    at, noun, whole, before = n.at, n.noun, n.whole, n.before
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
    return m.value in ALL_OF and is_led and at.q.kind == "count"


def _is_counted(at: Around, m: Mention) -> bool:
    """Whether a measure is what a number counts: `102,080 teachers found in the school workforce census`."""
    is_count = m.value in MEASURES and not MEASURES[m.value].is_rate
    return is_count and not at.text[at.q.end : m.start].strip(" -\u2013\u2014:")


def _outcome(at: Around) -> str:
    """What a number counts where the subject is a noun for it: `completions for 2022/23 starters: 31,791`."""
    q, statement = at.q, at.statement
    for m in statement.within(q.end, min(statement.end, q.end + 24), "event"):
        if m.text.lower() in _NOUNS and m.start - q.end <= 6 and not _STOPS.search(at.text, q.end, m.start):
            return m.value
    own = at.after("event")
    if own and own[0].value in STRONG and not at.text[q.end : own[0].start].strip():
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


def _event(at: Around, noun: Mention | None) -> str:  # noqa: PLR0911 (from the nearest words to the farthest)
    """Choose the event: of a part or a share the last one said, of a count the one right after its noun."""
    is_of_later = at.part_of is not None and at.part_of.start >= at.q.end
    near = [m for m in at.before("event") if at.lead_start - m.end <= 1] if is_of_later else []
    if is_of_later and (found := strong(at.after("event")) or strong(near)):
        return found[-1]  # `4 NPQs completed out of 29,818 started`, `passed 26,432 of the 26,783 that they completed`
    if became := done(at):
        return became  # `finished 31,791 courses and passed 30,751 of them`
    if at.q.kind in ("percent", "points", "all", "none") or at.part_of is not None:
        return _event_of_part(at, is_of_later=is_of_later)
    after = [*at.after("event"), *at.statement.within(*at.predicate, "event")]
    is_done = any(m.value in ("start", "complete", "pass") for m in at.before("event"))
    after = [m for m in after if not (is_done and _AND_DONE.fullmatch(at.text, m.end, at.next_start))]
    if noun is not None and noun.value == "workforce" and not after:
        return ""
    if _JUST_FOUR.search(at.text, *at.gap_after) and at.before("counted", "event") == []:
        return "start"  # `Of the 29,818 courses begun in 2024/25, just four have been finished.`
    if at.has_parts:
        return _event_of_whole(at, after)
    return _event_after(at, noun, after) or _event_elsewhere(at)


def _event_of_part(at: Around, *, is_of_later: bool) -> str:
    """What became of a part or a share: the last thing said of it that is more than a start."""
    q, statement = at.q, at.statement
    after = statement.within(q.end, at.segment[1] if is_of_later else at.gap_after[1], "event")
    after += statement.within(*at.predicate, "event")
    # `have not been completed, because teachers are giving up`
    after = [m for m in after if m.value != "dropout" or m.start < at.scope[1]]
    # `have led to a pass, once non-completers are counted`
    after = [m for m in after if not _ONCE.search(at.text, q.end, m.start)]
    after = [m for m in after if not is_of_later or (at.part_of and m.start > at.part_of.end)]
    if found := strong(after):
        return found[-1]
    if (found := strong(at.before("event"))) and (at.part_of or not _PASSED.search(at.left)):
        return found[-1]
    # `1,785 courses (5.6 per cent) were not funded; 1,598 of these have been completed`
    around = statement.within(*at.segment, "event") if at.is_in_brackets else statement.of("event")
    every = [m.value for m in around if m.value in (*STRONG, "start", "survey")]
    return next(iter([m.value for m in after if m.value != "target"] or every), "")


def _event_of_whole(at: Around, after: list[Mention]) -> str:
    """What became of a whole, of which parts are told: it was started, unless its own words say more."""
    q = at.q
    is_last = any(other.part_of is q and other.q.start < q.start for other in at.every)
    is_told = is_last and bool(after) and _WERE.search(at.text, q.end, after[0].start) is not None
    if _SINCE_ENDED.match(at.text, q.end, at.gap_after[1]):
        return "complete"  # `Of the 31,791 courses begun in 2022/23 and since completed, 1,040 were not passed.`
    own = [m.value for m in after if m.value in ("complete", "pass") and _BEEN.search(at.text, q.end, m.start)]
    if own[:1] == ["pass"] and not is_last:
        return "pass"  # `26,432 have been passed: 83.4 per cent of those started, 98.7 per cent of those completed`
    is_own = not is_last and "complete" in own
    return "complete" if is_own or (after and after[0].value == "complete" and not is_told) else "start"


def _event_after(at: Around, noun: Mention | None, after: list[Mention]) -> str:
    """What the words after a count say became of it; nothing where they do not."""
    q = at.q
    after = [m for m in after if noun is None or m.start >= noun.start]
    found = strong(after)
    if noun is not None and after:
        told = [m.value for m in at.before("event") if m.value in STRONG and q.start - m.end < 20]
        told = [] if _OUTCOMES_FROM.search(at.left) else told  # `75,967 completions from the 144,241 NPQs started`
        if told and after[0].text.lower() in _BEGUN:
            return told[-1]  # `Teachers completed 31,677 NPQs begun in 2021/22.`
        if found and after[0].value == "start" and after[0].start - noun.end <= 12:
            ended = next(m for m in after if m.value in STRONG)
            is_of_next = ended.text.lower() in ("completions", "passes") and "," in at.text[after[0].end : ended.start]
            return "start" if is_of_next else found[-1]  # `the 144,241 courses started, however, completions are`
    if "fail" in found[1:]:
        return "fail"  # `351 of those completed did not end in a pass`
    return found[0] if found else after[0].value if after else ""


def _event_elsewhere(at: Around) -> str:
    """What the words before a count say became of it, else those of the whole sentence."""
    near = [m for m in at.before("event") if not _is_hedge(at, m)]
    if near:
        return next(reversed(strong(near) or [near[-1].value]))
    parts = [one.q.end for one in at.every if one.part_of is at.q and one.q.start >= at.q.end]
    events = [m for m in at.statement.of("event") if not (parts and m.start >= parts[0])]  # `, and half of those ...`
    return next((m.value for m in events if m.value != "target" and not _is_hedge(at, m)), "")


def _is_hedge(at: Around, m: Mention) -> bool:
    """Whether `passed` is a level that was passed, `starts passed 40,000`, not what `teachers have passed`."""
    is_before = m.text.lower() == "passed" and not at.text[m.end : at.q.start].strip()
    return is_before and not _HAVE.search(at.text[at.statement.start : m.start])
