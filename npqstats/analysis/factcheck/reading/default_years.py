"""The year of a number that names none of its own: that of its sentence, of the text, or the newest."""

import re

from npqstats.analysis.factcheck.reading.dating import SINCE, THAN_IN, TODAY, Dating, When
from npqstats.analysis.factcheck.reading.named_years import (
    is_base,
    is_of_date,
    is_of_earlier,
    year_of,
)
from npqstats.analysis.factcheck.reading.phrases import AWAY
from npqstats.analysis.factcheck.reading.said import year_before
from npqstats.analysis.factcheck.reading.spans import COUNT
from npqstats.analysis.factcheck.reading.summed_years import (
    BACK,
)
from npqstats.vocabulary.claims import Mention
from npqstats.vocabulary.patterns import lazy

_OF_BASE = lazy(r"\b(?:from|than|having\s+been|against|below|above|on|compared\s+with|versus|vs\.?)\s+(?:the\s+)?$")
_BESIDE = 30
"""Characters between a number and the year that is said of it alone."""
_HAVE = lazy(r"\b(?:has|have)\s+(?:(?:\w+ly|now|since|already|also|even|all|just)\s+)*$")
_HAS_GONE = lazy(r"\b(?:has|have)\s+(?:\w+ly\s+|now\s+|since\s+)?(?:gone|moved|come|been)\s+(?:\w+\s+)?from\b")
_RELEASED = lazy(r"\b(20\d\d)/(\d\d)\s+(?:release|edition|publication|statistics|bulletin)\b")
_NEXT_AND = lazy(r",\s+and\s+")
_OVERALL = lazy(r"\W*(?:overall|in\s+total|in\s+all|altogether|all\s+told)\b(?!:)", re.IGNORECASE)
_A_TOTAL = lazy(r"\b(?:a|some)\s+total\s+of\s+$", re.IGNORECASE)
_HAD = lazy(r"\bhad\s+(?:\w+\s+)?$")
_PREVIOUS_YEARS = lazy(r"\b(?:over|in|during)\s+the\s+(?:previous|preceding)\s+(?P<count>two|three)\s+years\b")
_EARLIER = ("before", "before-last")
_AND_NEXT = lazy(r"\s+(?:[a-z]+\s+){0,3}and\s+(?:[a-z]+\s+)?")
_NOUN = lazy(r"\s+(?:\w+\s+)?\w+\s+\(")
_BY_THEN = lazy(r"\bby\s+the\s+time\b[^,.;]*\blast\s+(?:spring|summer|autumn|winter)\b", re.IGNORECASE)
_TAKING = lazy(r",\s+(?:taking|bringing|lifting|pushing)\s[a-z\s]*$")
_STARTED_IN = lazy(r"\b(?:started|began|begun|enrolled|joined)\s+in\s+(?:autumn|September|October)\s+20\d\d")


def over_previous_years(at: Dating) -> When | None:
    """`Starts fell in 2024/25. Yet that came after growth of 38 per cent over the previous two years`."""
    span = _PREVIOUS_YEARS.search(at.text, *at.at.gap_after) if at.moves else None
    if span is None:
        return None
    until = year_before(_default(at)[0])
    start = until - 101 * COUNT[span["count"].lower()]
    return When((start, until)) if start in at.anchor.periods else When((), is_year_sure=False)


def by_default(at: Dating) -> When:
    """Say of which year or years a number is that names none: a change is from the year before."""
    year, is_named = _default(at)
    # `Those who started in autumn 2023 did well: the rate is 39.7%.`
    is_of_cohort = not at.at.is_perfect and _STARTED_IN.search(at.statement.told)
    # `By the time the money ran out last summer, 114,423 had been started.`
    # `29,526 participants (43,535)`: most likely the year before, but nothing says so.
    counts = [one for one, said in at.before[-1:] if one.kind == at.q.kind == "count" and said.role == "level"]
    is_beside = at.at.is_in_brackets and any(_NOUN.fullmatch(at.text, one.end, at.q.start) for one in counts)
    is_undated = is_of_cohort or is_beside or _BY_THEN.search(at.statement.told)
    if is_undated and not at.statement.of("academic", "year"):
        return When((), is_year_sure=False)
    if at.moves:
        since = [m for m in at.statement.of("basis") if m.text.lower().startswith("since") and not at.at.is_perfect]
        # `Schools with a starter since 2021 went up by 5.1 points`: what is counted, not from when it went up.
        moves = [m.start for m in at.statement.of("direction")]
        since = [m for m in since if not _TAKING.search(at.text, at.q.end, m.start)]
        is_since = any(m.start - at.statement.start < 4 or m.end > min(moves, default=at.statement.end) for m in since)
        is_since = is_since and not any(is_base(at.statement, m) for m in at.statement.of("academic", "year"))
        last = max((start for start in moves if start < at.q.start), default=at.statement.start)
        if at.stride > 1 and not at.statement.of("academic", "year") and _HAD.search(at.text, at.statement.start, last):
            return When((), is_year_sure=False)  # `A spell of growth ended, in which take-up had climbed by 38%.`
        first = min(at.anchor.periods, default=year) if is_since else year - 101 * at.stride
        return When((first if first < year else year_before(year), year), are_years_named=is_named)
    dated = [m for m in at.statement.of("academic", "year") if at.end or not _is_of_start(at, m)]
    dated = [m for m in dated if not _is_of_later(at, m) and ":" not in at.text[at.q.end : m.start]]
    is_dated = any(m.start < at.at.segment[1] for m in dated)
    carried = at.statement.carried
    told = [m for m in at.statement.of("counted", "event", "measure") if m.value != "target"]
    if at.q.kind == "percent" and at.statement.is_anaphoric:
        told = [m for m in told if m.end <= at.q.start]  # `58,281 had by 2022/23. That was 11.4% of the workforce.`
    is_back = not (at.end or told or TODAY.search(at.text, *at.at.gap_before))
    is_back = is_back and carried.basis == "cumulative"
    if at.basis == "cumulative" and is_back and carried.are_years_named and not at.statement.of("academic", "year"):
        return When(carried.years[-1:])  # `By 2022/23 it was 5.79 per cent here. In the East Midlands it was 6.74.`
    if at.basis == "cumulative" and not is_dated and not at.is_start:
        return When((at.anchor.newest,), are_years_named=False)
    return When((year,), are_years_named=is_named)


def _default(at: Dating) -> tuple[int, bool]:
    """The year of a number that has none of its own, and whether it is named."""
    statement, newest = at.statement, at.anchor.newest
    named = [
        m
        for m in statement.of("academic", "year")
        if not is_of_date(at.text, m)
        and (year_of(statement, m) or newest) <= newest  # `..., and our autumn 2026 cohort is filling fast.`
        and (at.end or not (is_base(statement, m) or _is_of_start(at, m)))
        and not (
            at.is_level
            and at.at.following
            and ":" in at.text[at.q.end : at.at.next_start]
            and m.start > at.at.next_start
        )
    ]
    if at.is_start:
        return _of_start(at), bool(named)
    if at.end == "to" and named:
        return _of_end(at, named)
    if not at.end:
        relative = ("before", "before-last")
        named = [m for m in named if not (m.kind == "year" and m.value in relative) and m.start < at.at.segment[1]]
        named = [m for m in named if not _is_of_later(at, m)]
    is_of_cohort = statement.carried.event in ("complete", "pass") and not statement.of("counted", "measure")
    gap = at.at.gap_before  # `26,783 are now complete, and 98.7% of those were passed`
    gap = max([gap[0], *(then.end() for then in _NEXT_AND.finditer(at.text, *gap))]), gap[1]
    if not (at.end or (is_of_cohort and not at.before)) and TODAY.search(at.text, *gap):
        return newest, not at.at.is_perfect  # `In 2023/24 95% were funded; now it is 80%.`, `Now it stands at 29,818.`
    if named:
        earlier = [m for m in named if m.end <= at.q.start]
        return year_of(statement, (earlier[-1:] or named)[0]) or newest, True
    is_after_unnamed = at.end == "to" and at.last is not None and at.last.end == "from" and not at.last.are_years_named
    if at.last is None or is_after_unnamed or not at.last.years or (at.last.role == "change" and at.end != "to"):
        return _context(at)
    return at.last.years[-1], at.last.are_years_named


def _of_start(at: Dating) -> int:
    """The year that a move starts from which has none beside it: the one before the year of the figure after it."""
    near = at.at.beside(at.at.following[0]).after("academic", "year") if at.at.following else []
    near = near or at.before_move or at.at.later("academic", "year")
    year = year_of(at.statement, near[0]) if near else None
    is_back = bool(near) and at.end == "from" and (near[0].kind, near[0].value) == ("year", "before")
    if year and is_back and near[0].start > at.at.next_start:
        return year + 101  # `To climb back from 29,818 to the 43,840 of the year before`
    if year and near and near[0].value in _EARLIER and _AND_NEXT.fullmatch(at.text, at.q.end, at.at.next_start):
        return year  # `against 31,510 individuals and 5.5 per cent in the previous year`
    others = [said.years[-1] for _, said in at.before if said.years]
    return (year or (max(others) if others else _context(at)[0])) - 101 * at.stride


def _of_end(at: Dating, named: list[Mention]) -> tuple[int, bool]:
    """The year to which a move goes that has none beside it: `fell to 29,818, from 43,840 a year earlier`."""
    start, first = at.statement.start, at.q.start
    named = [m for m in named if not (SINCE.search(at.text, start, m.start) or at.at.is_of_next(m))]
    named = [
        m for m in named if m.start > first or not is_base(at.statement, m)
    ]  # `below the 2021/22 level, to 29,818`
    is_later = bool(named) and named[0].start > at.q.end and _is_of_start(at, named[0])
    base, away = (year_of(at.statement, named[0]), AWAY.get(named[0].value, 0)) if is_later else (None, 0)
    if not named or is_later:
        return (base - away, True) if base and away < 0 else _context(at)
    if at.last and at.last.role == "change" and at.last.are_years_named:
        return at.last.years[-1], True  # `then fell by a third to 29,818`
    # `To 29,818, 32% below 2023/24`, `to 29,818, or 68% of the 2023/24 total`
    named = [m for m in named if not (is_of_earlier(at.statement, m) or _is_of_next_move(at, m))]
    if not named:
        return _context(at)
    dates = [(year_of(at.statement, m), THAN_IN.search(at.text, start, m.start)) for m in named]
    # `To 6,063, over two and a half times as many as in 2023/24`
    return max([year + 101 * bool(other) for year, other in dates if year is not None], default=at.anchor.newest), True


def _is_of_next_move(at: Dating, m: Mention) -> bool:
    """Whether the next number is a move from a year: `to 29,818, 32% below 2023/24`."""
    return bool(at.at.following) and at.at.next_start < m.start and is_base(at.statement, m)


def _is_of_later(at: Dating, m: Mention) -> bool:
    """Whether a year is said of a later number alone: `6,063, more than twice the 2,266 recorded in 2023/24`."""
    others = [q for q in at.at.following if q.end <= m.start and q.kind == at.q.kind]
    if at.at.is_of_next(m):
        return True
    between = at.text[others[-1].end : m.start].rstrip(", ") if others else ","
    return len(between) <= _BESIDE and not re.search("[,;:]", between) and "," in at.text[at.q.end : others[-1].start]


def _is_of_start(at: Dating, m: Mention) -> bool:
    """Whether a year belongs to the figure that a change starts from: `up from 17.2% in 2023/24`."""
    others = [q for q in at.statement.inside if q.end <= m.start]
    if not others or m.start - others[-1].end > 15:
        return False
    return _OF_BASE.search(at.text, at.statement.start, others[-1].start) is not None


def _context(at: Dating) -> tuple[int, bool]:
    events = {m.value for m in at.statement.of("event")}
    is_of_schools = not events and "schools" in {m.value for m in at.statement.of("counted")}
    if at.at.is_perfect and (events == {"start"} or is_of_schools):
        return at.anchor.newest, False  # `One in five teachers has now started an NPQ`, whatever was said before.
    moved = at.statement.of("direction") if at.moves or at.end in ("from", "to") else []
    if any(_HAVE.search(at.text, at.statement.start, m.start) for m in moved) or _HAS_GONE.search(at.at.left):
        return at.anchor.newest, False  # `Schools with a non-funded start have jumped from 427 to 2,440.`
    events = events if at.q.kind == "count" else set()
    a_total = _A_TOTAL.search(at.text, at.at.gap_before[0], at.q.start)
    if (
        a_total
        and at.statement.carried.are_years_named
        and at.statement.carried.event == "complete"
        and "pass" in events
    ):
        a_total = None  # `Of those begun in 2021/22, 26,783 were completed. A total of 26,432 were passed.`
    is_overall = _OVERALL.match(at.statement.told) or a_total
    if events & {"complete", "pass"} and is_overall:
        return at.anchor.newest, False  # `For 2023/24 the rate is 39.7%. Overall, 75,967 courses were completed.`
    first = min(at.anchor.periods, default=0) if at.moves or at.end in ("from", "to") else 0
    for said in (at.statement.carried, at.statement.heading):
        if said.are_years_named and said.years and (said.is_about or not said.is_other) and said.years[-1] > first:
            return said.years[-1], True
    released = [*_RELEASED.finditer(at.text, max(at.statement.start - BACK, 0), at.statement.end)][-1:]
    period = int(released[0][1] + released[0][2]) if released else 0  # `The 2022/23 release shows 3,102 funded starts.`
    return period if period in at.anchor.periods else at.anchor.newest, False
