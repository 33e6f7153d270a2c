"""Whether a number is of one year alone, or counted since the reform of 2021."""

import re

from npqstats.analysis.factcheck.reading.around import Around
from npqstats.analysis.factcheck.reading.said import Said
from npqstats.analysis.factcheck.reading.spans import SINCE_REFORM
from npqstats.analysis.factcheck.reading.statement import Statement
from npqstats.analysis.factcheck.scanning.passage import COHORT
from npqstats.vocabulary.claims import Mention
from npqstats.vocabulary.patterns import lazy

_BY = lazy(
    r"\b(?:by|come|as\s+of|as\s+at|up\s+to|at(?=\s+the\s+(?:end|close)\s))\s+(?:the\s+(?:end|close)\s+of\s+)?(?:the\s+)?$",
    re.IGNORECASE,
)
_THE_MOST = lazy(
    r"\b(?:first\s+time|lowest|highest|fewest|most|largest|smallest|biggest|busiest|weakest|strongest|quietest|best|worst)(?:\s+[\w-]+){0,3}\s+$"
)
_WHEN = lazy(r"\b(?:when|once|after|as)\s+$", re.IGNORECASE)
_THEY = lazy(r"\b(?:they|it)\s+(?:have|has|had)\b")
_WAS_OVER = lazy(r"\s+(?:ended|closed|finished|was\s+over|drew\s+to\s+a\s+close|came\s+to\s+an\s+end)\b")
"""What makes a year that up to whose end is counted: `When 2023/24 ended, 114,423 courses had been started.`"""
_BY_THEN = lazy(r"\bby\s+(?:then|that\s+(?:time|point|stage|year))\b", re.IGNORECASE)
_COHORT = lazy(rf"(?<=cohort)|\s+(?:\w+\s+)?{COHORT}")
_ALONE = lazy(r"\b(?:20\d\d/\d\d|year)\s+(?:alone\b|only(?=\W*(?:[,.;)]|$)))")
_APART = lazy(
    r":|,\s+(?:and|while|but|whereas|although)\s+(?:[a-z]+\s+){0,3}$|,\s+(?:taking|bringing|lifting|pushing)\s[a-z\s]*$"
)
_AND = lazy(r"[:;]|\b(?:and|but|yet|while|whereas|although)\b")
_TOTAL = lazy(
    r"\b(?:total(?!\s+(?:of|for|in)\s+(?:the\s+(?:previous|year|last)|20))|tally|stock|pool|ranks|cumulative|since|(?:has|have|had)\s+(?:\w+\s+)?(?:started|begun|taken|had))\b"
)
"""What numbers are added to from year to year."""
_NEW_TOTAL = lazy(r"\b(?:taking|bringing|lifting|pushing)\s+the\s+(?:\w+\s+){0,2}total\b")
"""What makes a number that of all years: `43,840 started one, taking the total to over 114,000`."""
_OF_THEM = lazy(r"\s+of\s+(?:them|these|those)\b(?!\s+(?:who|which|that|begun|started|in|of))")
"""What makes a number one of what the sentence before counts: `Four in five of them have been completed.`"""


_EACH_SINCE = lazy(
    r"\bsince\b(?![^\n]*\b(?:end|cumulative|running|total)\b)[^\n]*\n\s*(?:(?:[-*\u2022]|\d+[.)])[^\n]*\n\s*)*(?:[-*\u2022]|\d+[.)])?\s*$"
)
_LIST = 400
"""Characters of a list in which the line before it is looked for."""
_NEAR = 4
"""Characters between a colon and the number that says the same again: `One in five has begun one: 102,080 teachers`."""


def _is_as_before(at: Around, end: str, last: Said | None) -> bool:
    """Whether a number is one since the reform because the one before it is, which it goes on with."""
    is_multiple = at.q.kind == "factor" and not at.before("counted")
    # `By the end of 2021/22 it was 5.5 per cent, a year later 11.4 per cent`
    is_of_last = end in ("from", "than") or at.points_back or at.goes_on or is_multiple
    # `In 20,452 of them somebody had funding, and in 2,440 somebody had none.`
    is_of_last = is_of_last or (
        last is not None and "schools" in (last.counted, last.whole) and at.lead.endswith((" in ", " at "))
    )
    is_as_before = is_of_last and last is not None and last.basis == "cumulative"
    # `2,440 schools have now had somebody start one without a scholarship, compared with 427 a year earlier`
    is_of_schools = last is not None and last.counted == "schools" and last.is_perfect and not last.are_years_named
    # `almost six times as many as the 427 of a year ago`
    is_compared = end == "than" or (last is not None and last.role == "factor")
    is_as_before = is_as_before or (is_of_schools and is_compared)
    is_after_colon = ":" in at.text[max(at.statement.start, at.q.start - _NEAR) : at.q.start] and not at.after(
        "event", "academic"
    )
    is_as_before = is_as_before or (
        last is not None and last.is_perfect and not last.are_years_named and is_after_colon
    )
    return is_as_before or (at.statement.carried.basis == "cumulative" and _leans(at, last))


def basis_of(at: Around, end: str, last: Said | None) -> str:
    """Say on which basis a number is, where its sentence or what that leans on says so.

    Args:
        at: The number in its sentence.
        end: Which end of a change it is: from, than or to.
        last: What is said of the number before it.

    Returns:
        cumulative, in-year or nothing.
    """
    told = _told_at_once(at, end, last)
    if told is not None:
        return told
    text, statement, start = at.text, at.statement, at.statement.start
    carried = statement.carried
    is_as_before = _is_as_before(at, end, last)
    is_by_then = _BY_THEN.search(text, *at.scope) is not None and not is_of_courses(statement)
    if is_as_before or is_by_then or SINCE_REFORM.search(text, start, at.stop):
        return "cumulative"  # `19.9 per cent since 2021, against 17.2 per cent a year earlier`
    m, own = _picked(at), [*at.before("academic", "year"), *at.after("academic", "year")]
    is_before = m is not None and m.end <= at.segment[0] and text[: at.segment[0]].endswith("that")
    if m is not None and (is_before or (m.start >= at.q.end and _is_apart(at, m))):
        m = None  # What is said also has a basis of its own, as has `taking the total since 2021 to 144,241`.
    if m is not None and m.value == "in-year" and end in ("from", "to"):
        # `since 2021, up from 427 to 2,440 in a single year`
        m = next((other for other in statement.of("basis") if other.value == "cumulative"), None)
    if m is None:
        ends = [year for year in statement.of("academic", "year", "calendar") if not _COHORT.match(text, year.end)]
        ends = [year for year in own if year in ends] or ([] if own else ends)
        ahead = statement.within(at.q.end, min(at.segment[1], at.stop), "basis")
        m = next((m for m in ahead if not _is_apart(at, m)), None)
        is_until = any(_is_until(at, year) for year in ends)
        is_of_years = end not in ("from", "to") or carried.basis == "cumulative" or bool(statement.of("coverage"))
        # `By 2022/23 courses had risen to 38,906`: those of the year.
        is_of_years = is_of_years or not is_of_courses(statement)
        # `In 2021/22 there were 31,677 starts, and by 2023/24 there were 43,840.`
        is_next = last is not None and last.role == "level" and last.are_years_named and not last.basis
        is_of_years = is_of_years and not (is_next and is_of_courses(statement))
        if is_until and is_of_years and (m is None or m.value == "cumulative"):
            return "in-year" if m is None and carried.basis == "in-year" else "cumulative"
    if m:
        is_in_list = bool(own) and ":" in text[m.end : at.q.start] and is_of_courses(statement)
        is_bare = at.head.noun is None and not at.earlier("counted")
        is_of_cohort = is_bare and any(e.value in ("complete", "pass") for e in statement.of("event"))
        is_of_cohort = is_of_cohort or _THEY.search(text, statement.start, at.q.start) is not None
        is_of_cohort = carried.are_years_named and (statement.is_anaphoric or is_of_cohort)
        is_of_year = statement.of("academic", "year") or is_of_cohort  # `So far 17,389 have been finished.`
        is_so_far = m.text.lower() in ("so far", "to date", "ever") and is_of_year and "since" not in statement.told
        is_so_far = is_so_far and not (m.text.lower() == "ever" and at.is_perfect)  # `had ever had a start`
        # `Since the reforms 144,241: 31,677 in the first year, ...`
        return "" if is_in_list or is_so_far else m.value
    return _by_the_text(at)


def _told_at_once(at: Around, end: str, last: Said | None) -> str | None:
    """The basis that the words right beside a number settle."""
    text, statement, start = at.text, at.statement, at.statement.start
    if end == "added":
        is_told = (
            (last is not None and last.basis) or statement.carried.basis or _TOTAL.search(text, start, statement.end)
        )
        return "cumulative" if is_told else ""
    if last is not None and last.end == "added" and _TOTAL.search(text, *at.gap_before):
        return "cumulative"  # `14,150 were added, taking the total to 102,080`
    if _NEW_TOTAL.search(text, *at.gap_before):
        return "cumulative"
    if _ALONE.search(text, at.gap_before[0], at.gap_after[1]):
        return "in-year"
    if at.part_of is not None and at.part_of.end < at.q.start and at.after("academic") and is_of_courses(statement):
        return ""  # `Of the 144,241 NPQs started since 2021, 29,818 were begun in 2024/25.`
    return None


def _by_the_text(at: Around) -> str:
    """The basis of a number whose sentence has no phrase for it: that of its coverage, of the text or the heading."""
    text, statement = at.text, at.statement
    carried, heading = statement.carried, statement.heading
    if at.before("coverage") or (statement.within(*at.segment, "coverage") and not statement.of("event")):
        return "cumulative"
    relative = ("before", "before-last")
    is_dated = any(m.kind != "year" or m.value not in relative for m in statement.of("academic", "year", "calendar"))
    payers = [m for m in statement.of("funding") if m.value != "all"]  # `A year before, the total was 427.`
    is_elliptic = not (payers or statement.of("counted", "event", "measure"))
    is_row = statement.sentence.is_item and is_dated and carried.counted in ("courses", "people")
    if is_row and _EACH_SINCE.search(text, max(0, statement.start - _LIST), statement.start):
        return ""  # `NPQ starts since the reforms:`, with a line for each year
    if carried.basis == "cumulative" and (is_elliptic or (statement.is_anaphoric and not is_dated)):
        return "cumulative"  # `A year earlier it was 17.2 per cent.`
    is_rate_of_heading = "share" in heading.measure and not statement.of("counted", "event", "measure")
    return "cumulative" if heading.basis == "cumulative" and (is_rate_of_heading or not is_dated) else ""


def _picked(at: Around) -> Mention | None:
    """The phrase that goes with a number, not with a rank: `29,526 people, the lowest number since the reforms`."""
    m = at.pick("basis")
    is_of_rank = m is not None and m.text.lower().startswith("since")
    return None if m and is_of_rank and _THE_MOST.search(at.text, at.statement.start, m.start) else m


def _leans(at: Around, last: Said | None) -> bool:
    """Whether a number is of what the sentence before counts: `Four in five of them`, `In 2024/25 it was 102,080`."""
    is_of_them = at.part_of is None and _OF_THEM.match(at.text, at.q.end) is not None
    is_led = at.statement.is_anaphoric and not at.statement.of("academic", "year")
    return is_of_them or is_led or (at.points_back and last is None)


def _is_until(at: Around, year: Mention) -> bool:
    """Whether a year is that up to whose end is counted: `by the end of 2023/24`, `when 2023/24 ended`."""
    lead = at.text[max(at.statement.start, year.start - 20) : year.start]
    is_over = _WHEN.search(lead) is not None and _WAS_OVER.match(at.text, year.end) is not None
    return is_over or _BY.search(lead) is not None or year.text.startswith(("By ", "by "))


def _is_apart(at: Around, m: Mention) -> bool:
    """Whether a phrase goes with a later number: `29,818 starts, and 88.4% of schools reached since 2021`."""
    own = [year.end for year in at.after("academic", "year")]
    if own and _AND.search(at.text, own[-1], m.start):
        return True  # `4.5 per cent last year and 19.9 per cent since 2021`
    stops = [m.start, *(other.start for other in at.following if other.start < m.start)]
    return any(_APART.search(at.text, at.q.end, stop) for stop in stops)


def is_of_courses(statement: Statement) -> bool:
    """Whether neither schools nor the workforce are counted, which DfE counts since 2021 as well."""
    named = statement.of("counted", "measure")
    return not any(m.value.startswith(("schools", "workforce")) for m in named)
