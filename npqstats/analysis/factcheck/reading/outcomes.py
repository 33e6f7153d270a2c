"""What became of those that a number counts, and of what it is a share: started, completed, passed, failed, asked."""

import re

from npqstats.analysis.factcheck.reading.around import Around, Head
from npqstats.analysis.factcheck.reading.counting import counted_by
from npqstats.analysis.factcheck.reading.number import Subject
from npqstats.analysis.factcheck.reading.rests import has_failed, repeats_rest
from npqstats.analysis.factcheck.reading.role import Role
from npqstats.analysis.factcheck.reading.said import Read, Said
from npqstats.analysis.factcheck.reading.shares import OF_ENDED
from npqstats.analysis.factcheck.scanning.passage import COHORT
from npqstats.vocabulary.claims import words
from npqstats.vocabulary.patterns import lazy

_OF_BEGUN = lazy(r"\s+of\s+(?:(?:the|all|those)\s+)*(?:NPQ\s+)?(?:courses|NPQs|qualifications)\s+(?:started|begun)\b")
_OF_ENDED = lazy(
    r"\s+(?:of|among|amongst)\s+(?:the\s+|all\s+)?(?:(?:completions|finishers|completers)\b|(?:those|people)\s+who\s+(?:had\s+|have\s+)?(?:completed|finished)\s+did\b)"
)
_PARTS_OF = {
    "workforce-share": Subject("workforce", "start"),
    "schools-share": Subject("schools", "start"),
    "completion-rate": Subject("courses", "complete"),
    "pass-rate": Subject("courses", "pass"),
}
"""What the counts are of which a measure is a share."""
_OFFICIAL = lazy(r"\b(?:official\s+(?:data|figures|statistics|counts?)|DfE|[Dd]epartment(?:['’]s)?)\b")
"""What leaves a survey for the counts: `..., yet official data show 19.9 per cent of the workforce starting one`."""
BEGAN = lazy(
    r"\bset\s+out\b|\b(?:start|began|begun|begin|cohort|intake|took|taken|enrol)|\b(?:from|of)\s+20\d\d/"
    rf"|\b20\d\d(?:/\d+)?\s+(?:NPQ\s+)?{COHORT}s?\b"
    r"|\b(?:an?|last\s+year['’]s)\s+(?:20\d\d/\d+\s+)?(?:NPQ|course|qualification)s?\b|\b(?:the|those|these)\s+(?:\w+\s+)?20\d\d/\d+\s+(?:[\w-]+\s+)?(?:courses|NPQs|qualifications|ones)\b",
    re.IGNORECASE,
)


def outcome_of(at: Around, head: Head, role: Role, before: list[Read]) -> tuple[Subject, str]:
    """Say what a number counts and what it is a share of, by what became of those who are counted."""
    if before and repeats_rest(at, before):
        last = before[-1][1]  # `Non-completion is 15.4 per cent, or 4,894 starts.`
        return Subject("courses" if last.event in ("complete", "pass") else last.counted or last.whole, last.event), ""
    (counted, event, measure), of = counted_by(at, head, role, before)
    if at.q.kind == "count" and measure in _PARTS_OF and at.head.noun is None and at.is_bracketed:
        counted, event, measure = _PARTS_OF[measure]  # `coverage is 19.9% (102,080 against 87,930)`
    is_rate = measure == "completion-rate" and event == "dropout"
    if is_rate and not any(m.value == "dropout" for m in at.after("event")):
        event = "complete"  # `Teachers are giving up: the completion rate crashed to 39.7 per cent.`
    is_ended = event == "complete" and any(m.value == "complete" for m in at.after("event"))
    is_share = at.q.kind not in ("count", "points", "factor")
    ends = {m.value for m in at.after("event")} & {"complete", "pass"}
    if is_share and measure and len(ends) == 1 and _OF_BEGUN.match(at.text, at.q.end):
        return Subject("courses", ends.pop()), "courses"  # `Of rates: 83.4% of the courses begun ended in a pass.`
    if is_share and at.statement.carried.event == "pass" and OF_ENDED.match(at.text, at.q.end):
        # `95 per cent pass. Nationally it was 98.7 per cent of those begun in 2021/22 and completed.`
        return Subject(counted, "pass", measure), "completions"
    if is_share and event == "complete" and not measure and _OF_ENDED.match(at.text, at.q.end):
        return Subject(counted, "pass"), "completions"  # `98.7 per cent of completions`, `96.8 among finishers`
    is_out_of = at.part_of is None and at.left.endswith(" out of ") and event in ("complete", "pass")
    is_out_of = is_out_of and not any(m.text.lower().endswith(("completions", "passes")) for m in at.after("event"))
    is_begun = is_out_of or (at.has_parts and event == "complete" and _is_of_begun(at))
    # `How many ended in a pass? 30,751 out of 31,791 completed.`
    if is_begun and all(one.event != "pass" for _, one in before if one.part_of is at.q):
        event = "start" if at.q.kind == "count" else event  # `1,598 of 1,785 completed`, `four out of 29,818`
    if of == "completions" and (event == "dropout" or (is_ended and BEGAN.search(at.statement.told))):
        of = "courses"  # `of the 2023/24 intake 60% dropped out without finishing`
    is_part = at.q.kind == "count" and not at.has_parts
    if event == "complete" and is_part and any(m.value == "fail" for m in at.after("event")):
        event = "fail"  # `351 completions ended without a pass`
    if event == "fail" and has_failed(at):
        is_of_begun = _OF_BEGUN.match(at.text, at.q.end) and not any(
            m.value == "complete" for m in at.statement.of("event")
        )  # `3.3 per cent of the courses started were failed`
        event, of = "pass", of if at.q.kind == "count" or is_of_begun else "completions"
    if is_share and _is_opinion(at, measure, before[-1][1] if before else Said()):
        event = "survey"
    if event == "pass" and any(one is at.part_of and other.event == "complete" for one, other in before):
        of = "completions"  # `Of the 26,783 NPQs that have been finished, 98.7 per cent were passed`
    named = [m.value for m in at.before("measure")[-1:]]
    # `Of 38,906 started 30,751 were passed, a pass rate of 79.0%`: such a rate is one of completions.
    of = "completions" if (of, event, named) == ("courses", "pass", ["pass-rate"]) and is_share else of
    return Subject(counted, event, measure), of


def _is_of_begun(at: Around) -> bool:
    """Whether it is the part of a whole that was completed: nothing else became of it."""
    part = next((one.q for one in at.every if one.part_of is at.q), None)
    ends = ("complete", "pass", "fail")
    events = [m for m in at.statement.of("event") if m.value in ends]
    return part is not None and part.end <= at.q.start and len(events) == 1 and events[0].start > at.q.end


def _is_opinion(at: Around, measure: str, last: Said) -> bool:
    """Whether a share is of those who say, feel or want something: an answer in a survey, no count of starts."""
    statement, text = at.statement, at.text
    if statement.is_polled:
        return last.event != "survey" or _OFFICIAL.search(text, *at.gap_before) is None
    opinions = [] if measure and statement.of("measure") else statement.of("opinion")
    is_after = any(
        m.start >= at.q.end and not re.search(r"[,;]|\b(?:when|as)\b", text[at.q.end : m.start]) for m in opinions
    )
    is_polled = "survey" in (last.event, statement.carried.event)
    is_polled = is_polled or bool(statement.carried.told or statement.heading.told)
    is_carried = is_polled and not measure and (not statement.of("event") or words().is_answer(statement.told))
    return is_after or (is_carried and not statement.of("academic", "basis"))
