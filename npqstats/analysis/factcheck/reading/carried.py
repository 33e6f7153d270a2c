"""What the next sentence of a text may lean on."""

import re

from npqstats.analysis.factcheck.reading.census import MATCHED
from npqstats.analysis.factcheck.reading.left_out import left_out_before
from npqstats.analysis.factcheck.reading.limiting import counts, payer, unnamed
from npqstats.analysis.factcheck.reading.named_years import is_base, until_of, year_of
from npqstats.analysis.factcheck.reading.not_done import REST
from npqstats.analysis.factcheck.reading.said import Read, Said, Share, parts_of
from npqstats.analysis.factcheck.reading.spans import SINCE_REFORM
from npqstats.analysis.factcheck.reading.statement import BY_YEAR, Statement
from npqstats.analysis.factcheck.reading.unread import qualifiers
from npqstats.vocabulary.courses import COURSES
from npqstats.vocabulary.expressions import listed
from npqstats.vocabulary.funding import SERIES_BEGAN
from npqstats.vocabulary.patterns import lazy

_WHICH_IS = lazy(r",\s+(?:or|which\s+is|which\s+was|that\s+is)\b")
_LED = lazy(r"\b(?:brackets?|bracketed|parenthes[ei]s)\b|:\s*$")
_SHARE_OF = lazy(r"\b(?:shares?|proportions?|percentages?|per\s?cent)\b|%")
_UNTIL = lazy(r"\b(?:until|till|before|prior\s+to)\s+(?:the\s+)?(?:\w+\s+(?:of\s+)?)?$", re.IGNORECASE)
"""Before a time that is over: `Until summer 2024 NPQs were free.`"""
_THEM = lazy(r"\W*(?:of\s+)?(?:them|these|those|which)\b")
_FRAMES = listed("frames")
"""What makes a sentence without numbers say what the numbers after it are of: `Look at funded courses only.`"""
_THERE = lazy(r"\b(?:the|our|this)\s+region\b|\b(?:here|locally)\b|\w(?:ed|un|en)\s+there\b", re.IGNORECASE)
"""What speaks of the area of the text before: `3,127 NPQs were started here`."""
_YOUR = lazy(r"\byour\s+(?:own\s+)?$", re.IGNORECASE)
THE_COURSE = lazy(r"\W*(?:Its?|(?:The|This|That)\s+(?:new\s+|mandatory\s+)?(?:course|qualification))\b")
_EACH_YEAR = lazy(r"\b(?:each|every)\s+(?:academic\s+)?(?:year|cohort)\s+$")
"""What makes the numbers of a caption yearly ones: `in each academic year since the reforms`."""
_BY = lazy(r"\b(?:[Bb]y|[Uu]p\s+to)\s+(?:the\s+(?:end|close|summer)\s+of\s+)?(?:the\s+)?$")
_HELD = lazy(r"\bthan\b|\bas\s+(?:well|good|likely|keen)\s+as\b")
_WHY = lazy(r"\W*(?:Since|As|Because|After|Before|When|Now\s+that|While|Although|With)\b[^,;:.]*,")
_UP_TO = lazy(r"\b(?:starts|completions|courses|NPQs|participants|figures)\b[^.;,]*\b(?:up\s+to|as\s+(?:of|at))\b")
_HAVE_BEGUN = lazy(
    r"\b(?:share|proportion|percentage|number)\s+of\s+[^,;:.]{3,60}\b(?:have|has|had)\s+(?:\w+\s+)?(?:begun|started|taken|had)\b"
)
"""What makes the figures after it those of all years: `The share of teachers who had begun one went up.`"""
_LAUNCH = lazy(r"\b(?:new|introduced|launched|mandatory|compulsory|statutory|began|created|replaced|arrived)\b")
_LOOSE = ("leadership-courses", "specialist-courses")
_AUTUMN = lazy(r"\b(?:autumn|September)\s+(?:of\s+)?(20\d\d)\b")
_BREAKDOWNS = ("regions", "local authorities", "councils")
_TITLE = 4
"""Words, with the mark, of a heading that names no more than whom it is about: `## Grammar schools`."""
_BEFORE = {"before", "before-last"}
_MOST_TOLD = 2
"""Sentences about a survey that are carried on, besides the one that names it."""


def carry(statement: Statement, said: list[Read], topicality: int) -> Said:
    """Return what the sentence after this one may lean on.

    Args:
        statement: The sentence.
        said: What it says of its numbers.
        topicality: How sure it is that it speaks of NPQs.
    """
    carried, fundings = statement.carried, statement.of("funding")
    parts = [one for q, one in said if not any(other.part_of is q for _, other in said)]
    is_frame = not said and is_scene(statement)
    base = parts[-1] if parts else _of_words(statement, is_frame=is_frame)  # A whole is named for its part.
    if base.measure == "schools-total":
        base = base._replace(counted="schools", measure="")
    if len(said) > 1 and [q.kind for q, _ in said[-2:]] == ["count", "percent"]:
        # `31,510 (5.5 per cent)`, `31,510 people, which is 5.5 per cent`
        is_same = _WHICH_IS.search(statement.text, said[-2][0].end, said[-1][0].start)
        if is_same or statement.text.startswith(")", said[-1][0].end):
            base = said[-2][1]._replace(whole=base.whole)
    others = [m for m in statement.of("topic") if m.value == "other"]
    # `## Regions` heads what is said of NPQs by region.
    others = [m for m in others if not (statement.sentence.is_heading and m.text.lower() in _BREAKDOWNS)]
    is_other = topicality == 0 and bool(others)
    years = _years(statement, said, is_other=is_other)
    is_priced = not said and "£" in statement.told  # `Our fee is £1,149, or £1,895 for headship.`
    is_there = _THERE.search(statement.told) is not None and not statement.of("area")
    is_elliptic = bool(said) and (statement.points_back or is_there or not statement.of("counted", "measure"))
    own = {"area": statement.only("area") or _of_two(statement), "course": statement.only("course")}
    kept = {kind: getattr(base, kind) for kind in own if is_elliptic and not statement.of(kind)}
    courses = {one.course for one in parts} - {""}
    if kept.get("course") == "" and len(courses) == 1:
        kept["course"] = courses.pop()  # `It accounted for 10,537 of the 29,818, or more than a third.`
    area = kept.get("area") or own["area"]
    course = kept.get("course") or own["course"] or _course_of(statement, said)
    paid = "" if said else payer(statement)
    base = base._replace(funding=paid or base.funding)
    without = base.without if said else left_out_before(statement)
    told = parts_of(statement.all)
    set_before = {*carried.own} - {*told} if said or is_frame else set[str]()
    payers = {m.value for m in fundings if m.value != "all"}
    is_title = statement.sentence.is_heading and not is_scene(statement)
    is_caption = is_title or not (
        said or is_frame
    )  # `Free places go, and so do the applicants` limits nothing below it.
    limit = ["funding"] * (bool(paid) and counts(statement))
    moved = base if base.role in ("change", "factor") else Said()
    return Said(
        role=moved.role,
        direction=moved.direction,
        own=tuple({*set_before, *(told if is_frame else ()), *limit}),
        carried=() if said else tuple(part for part in told if part != "measure"),
        counted=base.counted,
        event=base.event,
        measure=base.measure,
        whole=base.whole,
        share=carried.share if said else _share(statement),
        funding=base.funding,
        is_funding_named=(bool(paid) if is_caption else len(payers or fundings[:1]) == 1)
        or (not fundings and bool(said) and base.is_funding_named),
        area=area,
        without=without,
        course="" if is_priced or (said and statement.of("without")) else course,
        group=group_of(statement) or (carried.group if not said and not statement.of("group") else ""),
        basis=_basis(statement, said, base),
        years=years,
        are_years_named=bool(years),
        is_about=topicality > 0 or carried.is_about,
        is_rest=base.is_rest,
        is_perfect=base.is_perfect,
        is_caption=not said,
        subject=_subject(statement, said),
        is_other=is_other,
        told=_asked(statement, said),
        several=(*carried.several, said[0][1]) if statement.sentence.is_item and len(said) == 1 else _several(said),
    )


def _of_two(statement: Statement) -> str:
    """The area of a sentence without numbers that sets it against another: `Fewer began in the East than in London`."""
    named = statement.of("area") if not statement.inside else []
    is_compared = len(named) > 1 and re.search(r"\bthan\b", statement.text[named[0].end : named[-1].start])
    return named[0].value if is_compared else ""


def _basis(statement: Statement, said: list[Read], base: Said) -> str:
    """Whether the text goes on with sums of years, or with single ones: `By 2024/25, 22.8 per cent had begun one`."""
    bases = [m for m in statement.of("basis") if not _EACH_YEAR.search(statement.text, statement.start, m.start)]
    is_of_years = base.are_years_named or BY_YEAR.search(statement.told) is not None
    bases = [m for m in bases if not (is_of_years and m.text.lower() in ("so far", "to date"))]
    is_cumulative = any(m.value == "cumulative" for m in bases)
    is_perfect = base.is_perfect if said else _HAVE_BEGUN.search(statement.told) is not None
    is_until = all(_BY.search(statement.text, statement.start, m.start) for m in statement.of("academic", "year"))
    is_cumulative = is_cumulative or (is_perfect and not base.are_years_named and (bool(said) or is_until))
    is_of_all = base.is_sum and base.years[:1] == (SERIES_BEGAN,)
    is_of_ended = base.event in ("complete", "pass") and base.years == statement.passage.anchor.periods
    is_of_all = is_of_all and ("workforce" in (base.counted, base.whole) or is_of_ended)
    is_cumulative = is_cumulative or is_of_all or base.basis == "cumulative"
    is_cumulative = is_cumulative or (
        not said and bool(statement.of("measure")) and "coverage" in statement.told.lower()
    )
    if is_cumulative or bases:
        return "cumulative" if is_cumulative else statement.only("basis")
    is_empty = not (said or statement.sentence.is_heading or statement.of("counted", "measure", "event", "academic"))
    return statement.carried.basis if is_empty else ""


def _course_of(statement: Statement, said: list[Read]) -> str:
    """The course that the text goes on with, of a sentence that names several or none."""
    named = statement.of("course")
    if said:  # `Senior leadership had 1,621 more starts than leading teaching.`
        is_held = len(named) > 1 and "than" in statement.text[named[0].end : named[-1].start]
        return named[0].value if is_held else ""
    if not named:  # `The qualification became mandatory in September 2024.`
        return statement.carried.course if THE_COURSE.match(statement.told) else ""
    lead = _WHY.match(statement.told)  # `Before the SENCO course arrived, senior leadership was the big one.`
    courses = {m.value for m in named if lead and m.start >= statement.start + lead.end()}
    return courses.pop() if len(courses) == 1 else ""


def is_scene(statement: Statement) -> bool:
    """Whether a sentence without numbers says no more than what those after it are of: `Next, 2022/23`."""
    return _FRAMES.search(statement.told) is not None or not unnamed(statement)


def _subject(statement: Statement, said: list[Read]) -> tuple[str, ...]:
    """The unread words beside what a sentence speaks of; of a heading where that is all it says."""
    if statement.sentence.is_heading and len(statement.told.split()) > _TITLE:
        return ()
    found = said[-1][1].subject if said else qualifiers(statement, statement.start, statement.end)
    return tuple(word for word in found if not (statement.sentence.is_heading and word.endswith("ing")))


_SPEAK = lazy(
    r"\s+(?:said|say|warn|fear|urge|call|need|want|demand|slam|blame|hail|welcome|accuse|beg|plead)(?:s|ed|med)?\b"
)
"""What heads do who are the speakers: `Heads warn of a leadership gap`."""


def group_of(statement: Statement) -> str:
    """The one group that a sentence names; `the flagship leadership courses` may be all NPQs, and limit no more."""
    named = [m for m in statement.of("group") if not m.text.lower().endswith(("each year", "every year"))]
    is_since = SINCE_REFORM.search(statement.text, statement.start, statement.end) is not None
    named = [m for m in named if not (is_since and m.text.lower() == "autumn 2021")]
    named = [
        m for m in named if not (m.value == "institution" and _YOUR.search(statement.text, statement.start, m.start))
    ]
    is_launch = bool(statement.of("course")) and not statement.inside and _LAUNCH.search(statement.told) is not None
    named = [m for m in named if not (is_launch and m.value == "time")]  # `The course was new in autumn 2024.`
    groups = {m.value for m in named if m.value != "headteacher" or not _SPEAK.match(statement.text, m.end)}
    if len(groups) > 1 and not statement.inside and _HELD.search(statement.text, named[0].end, named[-1].start):
        groups = {named[0].value}  # `Part-time staff did slightly better than full-timers.`
    group = groups.pop() if len(groups) == 1 else ""
    return "" if group in _LOOSE else group


def _of_words(statement: Statement, *, is_frame: bool) -> Said:
    """What a sentence without numbers speaks of."""
    carried, fundings = statement.carried, statement.of("funding")
    nouns, events, measures = (statement.of(kind) for kind in ("counted", "event", "measure"))
    lead = _WHY.match(statement.told)  # `Since the state stopped paying for most courses, more schools find the money.`
    nouns = [m for m in nouns if lead and m.start >= statement.start + lead.end()] or nouns
    # `How many of the NPQs begun in 2021/22 were completed?`
    ended = [m.value for m in events if is_frame and m.value in ("complete", "pass")]
    base = Said(
        counted=nouns[0].value if nouns else carried.counted,
        event=(ended[-1:] or [m.value for m in events[:1]] or [carried.event])[0],
        measure=measures[-1].value if measures else "" if nouns else carried.measure,
        whole="" if nouns else carried.whole,
        funding=fundings[-1].value if fundings else "all",
        is_rest=statement.told.rstrip().endswith("?") and REST.search(statement.told) is not None,
    )
    if base.counted == "people" and MATCHED.search(statement.text, statement.start, statement.end):
        base = base._replace(counted="workforce", event="start")
    return base


def _years(statement: Statement, said: list[Read], *, is_other: bool) -> tuple[int, ...]:
    """The year that the text goes on with: not that of a target, of a sum, or of what a number is held against."""
    carried = statement.carried
    levels = [one for _, one in said if one.role != "target" and not one.is_sum]
    is_of_outcome = bool(levels) and levels[-1].event in ("complete", "pass")
    if is_of_outcome and all(one.basis == "cumulative" and not one.are_years_named for one in levels):
        return ()  # `Of 144,241 courses begun since the reforms, 75,967 have been completed. That's 53%.`
    own = [one for one in levels if one.end not in ("from", "than")] or levels
    years = [one.years[-1] for one in own if one.are_years_named and one.years and one.is_year_sure]
    bases = {year_of(statement, m) for m in statement.of("academic", "year") if is_base(statement, m)}
    years = [year for year in years if year not in bases]  # `below the level of 2021/22, when 31,510 started one`
    if not years and not own and not is_other:
        named = [m for m in statement.of("academic", "year") if not is_base(statement, m)]
        named = [m for m in named if not _UNTIL.search(statement.text, statement.start, m.start)]
        dates = [year_of(statement, m) for m in named]
        years = [year for year in dates if year is not None]  # `And the year before?`
        until = until_of(statement) if not years and _UP_TO.search(statement.told) else None
        years = [until] if until else years  # `Confirmed starts up to 20 April 2022 were relayed by a blog.`
    autumn = _AUTUMN.search(statement.told) if not (own or years or is_other) else None
    if autumn and carried.years and int(autumn[1]) > carried.years[-1] // 100:
        return ()  # `In 2022/23 there were 3,561. Then, in autumn 2024, free places were limited.`
    relative = {m.value for m in statement.of("year")} if own else set[str]()
    is_start = bool(levels) and all(one.end in ("from", "than") for one in levels) and statement.is_anaphoric
    if carried.are_years_named and (is_start or (relative and not statement.years and relative <= _BEFORE)):
        years = list(carried.years)  # `That compares with 43,535 in the year before.`, `This is up from 83.3% in ...`
    years = [year for year in years if year <= statement.passage.anchor.newest]  # `A guide for applicants, 2025/26`
    return (max(years),) if years else carried.years if carried.are_years_named else ()


def _share(statement: Statement) -> Share:
    """What the shares beside the counts of a list are of, where its lead-in says so: `(% of schools in brackets)`."""
    share = _SHARE_OF.search(statement.told) if _LED.search(statement.told) else None
    if share is None:
        return Share()
    start = statement.start + share.end()
    near = statement.within(statement.start + share.start(), statement.end, "counted", "measure")
    if _THEM.match(statement.text, start):
        near = statement.of("counted")
    events = [m.value for m in statement.within(start, statement.end, "event")]
    return Share(near[0].value.split("-")[0], events[-1] if events else "") if near else Share()


def _asked(statement: Statement, said: list[Read]) -> tuple[str, ...]:
    """What the text has said of a survey, the nearest first; nothing where it has left it."""
    carried, before = statement.carried, statement.carried.told
    if statement.is_polled:
        course = COURSES[carried.course].name if carried.course in COURSES else ""
        return (f"{course} {statement.told}", statement.question)
    is_left = statement.sentence.is_heading and not statement.told.rstrip().endswith(":")
    if is_left or not (before or said) or any(one.event != "survey" for _, one in said):
        return ()
    return (statement.told, *before[:_MOST_TOLD], *before[_MOST_TOLD:][-1:])


def _several(said: list[Read]) -> tuple[Said, ...]:
    """What a sentence says of each of its numbers, where these are of several courses, groups or outcomes."""
    every = tuple(one for _, one in said if one.role in ("level", "share"))
    parts = {
        (one.counted, one.event, one.measure, one.whole, one.is_rest, one.funding, one.area, one.course, one.group)
        for one in every
    }
    return every if len(every) == len(said) == len(parts) > 1 else ()
