"""Of which of the years that a text names a number is."""

import re
from collections.abc import Callable

from npqstats.analysis.factcheck.reading.around import Around
from npqstats.analysis.factcheck.reading.basis import is_of_courses
from npqstats.analysis.factcheck.reading.changed_years import (
    ends_of_move,
    of_change,
    same_period,
    than_later,
    then_by,
)
from npqstats.analysis.factcheck.reading.compared_years import of_comparison
from npqstats.analysis.factcheck.reading.dating import AND_THEN_ON, SINCE, TODAY, Dating, When
from npqstats.analysis.factcheck.reading.default_years import by_default, over_previous_years
from npqstats.analysis.factcheck.reading.following_years import (
    after_level,
    after_start,
    against,
    against_next,
    at_level,
    between,
    between_two,
    from_year_before,
    has_since,
    in_brackets,
    in_the_last,
    in_turn,
    next_level,
    of_move_in_brackets,
    of_pair,
    of_same_change,
    of_two_levels,
    then,
    then_came,
)
from npqstats.analysis.factcheck.reading.named_years import (
    AS_OF,
    is_base,
    month_before,
    until_of,
    year_of,
)
from npqstats.analysis.factcheck.reading.role import Role
from npqstats.analysis.factcheck.reading.said import Read, year_before
from npqstats.analysis.factcheck.reading.spans import span_of
from npqstats.analysis.factcheck.reading.summed_years import (
    added_up,
    by_then,
    in_all,
    last_named,
    of_both,
    of_period,
    of_range,
    of_span,
    of_those,
    sum_of_levels,
    yet_to,
)
from npqstats.vocabulary.patterns import Pattern, lazy

_APART = lazy(r"\((?=[^()]*\d)|,\s+(?:up|down|from|compared|against)\b")
"""Before another number, of another day: `88.4% of schools have had a start (71.1% by summer 2023)`."""
_THAT_YEAR = Pattern(
    r"(?:\b(?:[Ii]n|[Oo]f|[Dd]uring|[Ff]rom|[Ff]or)\s+|^\W*)(?i:that|the\s+same)\s+(?:academic\s+)?(?:year|cohort|intake)\b|\bthat\s+(?:academic\s+)?year(?=\W*$|\s+at\b)",
    cues="that|same & year|cohort|intake",
    flags=re.NOFLAG,
)
_END_OF_THAT = lazy(r"\b(?:at|by)\s+the\s+(?:end|close)\s+of\s+that\s+(?:academic\s+)?year\b", re.IGNORECASE)
_ITS = lazy(r"\b(?:its|their)\s+$")
_AND_IS = lazy(r"\band\s+(?:is|are|stands?|was|were)\s+(?:now|today|currently)\b")
_TODAY_NEXT = lazy(r"\s+(?:today|now|currently)\b")
WHEN_BEGUN = lazy(r"\b2021,\s+when\s+(?:(?:only|just|some|about)\s+)*$")
_HAVE_NOW = lazy(r"(?:\s+(?:of\s+)?(?:schools|teachers))?\s+(?:have|has)\s+now\s+(?:had|started|begun)\b")
_WHEN_THERE = lazy(
    r",\s+when\s+(?:(?:there\s+(?:were|was)|(?:it|the\s+(?:number|figure|total|rate|share|proportion))\s+(?:was|stood\s+at))\s*)?"
)
_BY = lazy(r"\b[Bb]y\s+$")


def _bound(at: Dating) -> When | None:
    """`Over four years, the annual number has ranged from 29,818 to 43,840`."""
    if at.end not in ("low", "high", "mean"):
        return None
    years = (at.range[0] if at.range else ()) or span_of(at.statement, at.q)
    is_dated = any(not is_base(at.statement, m) for m in at.statement.of("academic"))
    return When(years or at.anchor.periods, basis="in-year", is_year_sure=bool(years) or not is_dated)


def _when_it_began(at: Dating) -> When | None:
    """`The lowest since the courses were overhauled in 2021, when 31,677 were started`: of the first year."""
    is_first = at.is_plain and WHEN_BEGUN.search(at.at.left) is not None and not at.at.after("academic", "year")
    return When(at.anchor.periods[:1]) if is_first else None


def _have_now(at: Dating) -> When | None:
    """`Last year a fifth had none, and 10.5 per cent of schools have now had somebody without`: of all years."""
    is_now = at.is_level and not at.end and _HAVE_NOW.match(at.text, at.q.end) and not at.at.after("academic", "year")
    return When((at.anchor.newest,), are_years_named=False) if is_now else None


def _when_there_were(at: Dating) -> When | None:
    """`533 more than in 2021/22, when there were 2,594`: of the year right before."""
    named = at.at.earlier("academic", "year")[-1:] if at.is_plain and not at.at.after("academic", "year") else []
    is_when = bool(named) and _WHEN_THERE.fullmatch(at.text, named[0].end, at.at.lead_start) is not None
    year = year_of(at.statement, named[0]) if is_when else None
    return When((year,), are_years_named=True) if year else None


def _of_that_year(at: Dating) -> When | None:
    """`Of the NPQs started in that year`, `of its 31,677 courses`: the year that the text was speaking of."""
    carried = at.statement.carried
    is_dated = at.mention is not None or bool(at.statement.of("academic", "year"))
    if at.is_level and not (at.end or is_dated) and _ITS.search(at.at.left) and carried.are_years_named:
        return When(carried.years, basis="in-year")
    is_told = at.mention is None and at.is_level and not at.end and not at.statement.of("academic", "year")
    if not is_told or not _THAT_YEAR.search(at.statement.told):
        return None
    is_dated = bool(at.statement.passage.within(*at.statement.sentence_before, "academic", "year"))
    month = None if is_dated and carried.are_years_named else month_before(at.statement)
    years = (month,) if month else carried.years if carried.are_years_named else ()
    last = last_named(at, 1)
    is_of_base = (
        last < years and years == last_named(at, 2)[1:]
    )  # `29,526 in 2024/25, compared with 43,535 in 2023/24.`
    years = years if month or is_of_base else last or years
    is_until = _END_OF_THAT.search(at.statement.told) is not None and not is_of_courses(at.statement)
    return When(years, basis="cumulative" if is_until else "in-year") if years else None


def _until(at: Dating) -> When | None:
    """The academic year in which a count ends: 202122 of `by April 2022`."""
    is_beside = any(AS_OF.search(at.text, *gap) for gap in (at.at.gap_before, at.at.gap_after))
    is_other = at.mention is not None and not AS_OF.match(at.text, at.q.end + 1)
    if is_other or at.end or not at.is_level or (at.statement.of("academic") and not is_beside):
        return None
    is_told = at.statement.carried.are_years_named or at.statement.of("academic")
    if is_told and any(m.value in ("complete", "pass") for m in at.statement.of("event")):
        return None  # It is the day of the data: `the 2021/22 intake. By June 2025 26,783 courses had been completed.`
    apart = _APART.search(at.text, at.q.end, at.at.stop) if at.at.following else None
    until = until_of(at.statement, at.q.end, apart.start() if apart else at.at.stop) or 0
    return When((until,), basis="cumulative") if until and until >= min(at.anchor.periods, default=0) else None


def _of_its_own(at: Dating) -> When | None:
    """The year that is named beside a number; of a change the other one as well."""
    m, year = at.mention, at.year
    if m is None:
        return None
    if year is None:
        return When((), is_year_sure=False)
    is_now = _TODAY_NEXT.match(at.text, at.q.end) is not None
    if at.is_level and m.end <= at.q.start and is_now:
        return When((at.anchor.newest,))  # `It was 5.5 per cent in 2021/22 and is 19.9 per cent today.`
    is_and = m.kind == "year" or _AND_IS.search(at.text, m.end, at.q.start) is not None
    if at.is_level and is_and and m.end <= at.q.start and TODAY.search(at.text, m.end, at.q.start):
        return None  # `is up by 5.1 points on a year ago and now stands at 88.4 per cent`
    if at.is_change and m.end < at.q.start and AND_THEN_ON.match(at.text, m.end):
        return When((year, year + 101))  # `rose again in 2023/24, and then dropped by 32 per cent`
    years = of_change(at, m, year) if at.moves else (year,)
    if at.end == "to" and at.is_before and SINCE.search(at.text, at.statement.start, m.start):
        years = (at.anchor.newest,)  # `has doubled since 2022/23, reaching 102,080`
    is_newest = at.last is not None and (at.last.end == "to" or not (at.last.end or at.last.are_years_named))
    if at.is_start and m.value == "last" and at.last and is_newest and at.last.years == years:
        years = (year_before(year),)  # `Jumped to 6,063, from 2,266 last year`, `19.9%, up from 17.2% last year`
    # A calendar year ends within an academic one, but for what is counted since 2021: `By 2025 20,611 schools had`.
    is_until = (
        m.kind == "calendar" and at.basis == "cumulative" and m.text == m.value and _BY.search(at.text, 0, m.start)
    )
    return When(years, is_year_sure=m.kind not in ("calendar", "odd") or bool(is_until))


def _since_base(at: Dating) -> When | None:
    """`Compared with 2021/22, another 9,692 schools have now had one`: from that year until now."""
    is_led = at.is_change and at.mention is not None and at.is_before and at.at.is_perfect
    lead = at.text[at.statement.start : at.mention.start] if is_led and at.mention else ""
    is_led = re.fullmatch(r"\W*[Cc]ompared\s+(?:with|to)\s+(?:the\s+)?", lead) is not None
    return When((at.year, at.anchor.newest)) if is_led and at.year else None


def _than_elsewhere(at: Dating) -> When | None:
    """`More in York than the 350 in Hull`: the year is that of the number before."""
    is_elsewhere = at.end == "than" and at.last is not None and bool(at.at.after("area", "course", "group", "funding"))
    is_elsewhere = is_elsewhere or (at.end == "than" and at.at.rest is not None)  # `41,274, against 2,266 who were not`
    if not is_elsewhere or at.last is None or not at.last.years:
        return None
    return When(at.last.years[-1:], are_years_named=at.last.are_years_named)


_RULES: tuple[Callable[[Dating], When | None], ...] = (
    *(
        _bound,
        _when_it_began,
        _have_now,
        _when_there_were,
        in_brackets,
        of_move_in_brackets,
        in_the_last,
        then_came,
        sum_of_levels,
        of_comparison,
        against,
        between_two,
        against_next,
        than_later,
        then_by,
        in_turn,
        of_same_change,
        at_level,
        has_since,
        after_level,
        after_start,
        next_level,
        from_year_before,
        of_two_levels,
        between,
        of_range,
    ),
    *(
        in_all,
        yet_to,
        by_then,
        of_period,
        added_up,
        of_those,
        of_span,
        of_both,
        _of_that_year,
        _until,
        same_period,
        ends_of_move,
        _since_base,
        _of_its_own,
        _than_elsewhere,
        then,
        of_pair,
        over_previous_years,
        by_default,
    ),
)
"""The first that says something of a number holds."""


def when(at: Around, role: Role, before: list[Read]) -> When:
    """Say of which year a number is, or of which years."""
    dating = Dating(at, role, before)
    found = next(when for rule in _RULES if (when := rule(dating)))
    return found if found.basis else found._replace(basis=dating.basis)
