"""From which year to which a change goes, and what goes from one level to another."""

import re

from npqstats.analysis.factcheck.reading.dating import Dating, When
from npqstats.analysis.factcheck.reading.named_years import is_base, is_of_multiple, year_of
from npqstats.analysis.factcheck.reading.phrases import AWAY
from npqstats.analysis.factcheck.reading.said import year_before
from npqstats.analysis.factcheck.reading.summed_years import last_named
from npqstats.vocabulary.claims import Mention
from npqstats.vocabulary.patterns import lazy

_ON_YEAR = lazy(r"\b(?:since|on|than|with|to|from)\s+(?:in\s+)?$")
_NOW = lazy(r"\b(?:is|are|now|sits?|stands?|remains?)\b")
_HAD_MOVED = lazy(
    r"\bhad\s+(?:\w+ly\s+|already\s+)?(?:grown|risen|fallen|dropped|increased|climbed|gone\s+(?:up|down))\s+by\s+$"
)
_HAVE_MOVED = lazy(r"\b(?:has|have)\s+(?:\w+\s+)?(?:fallen|dropped|slipped|sunk|slid|risen|climbed|grown|gone)\b")
_THEN_A_MOVE = lazy(r"(?: in \S+(?: \S \d+)?)? (?:, )?(?:and )?then (?:again )?by (?:a further |another )?")
_DATED = lazy(r" in (?:the )?20")
_SAME_PERIOD = lazy(
    r"\b(?:[Oo]ver|[Ii]n|[Dd]uring|[Aa]cross|[Bb]etween)\s+(?:those\s+two\s+years|(?:that|the)\s+same\s+(?:period|time|span|\w+\s+(?:years?|months))|that\s+(?:period|time))\b"
)
_NOW_NEXT = lazy(r"\b(?:is|are|was|were)\s+now\s+(?:\w+\s+)?$")
_COMPARED = lazy(r"\W*(?:(?:when\s+)?(?:compared|set|measured|held)|relative\s+to|against)\b[^,;]{0,40}", re.IGNORECASE)
"""What leads to the year with which the newest is compared: `Compared with 2021/22, NPQ starts were down 6%`."""
_FOLLOWING = lazy(r"[^;,.\d]{0,30}\bthe\s+following\s+year['’]s\b")
"""What dates the end of a move: `from 31,791 among those of 2022/23 to 17,389 among the following year's starters`."""
_SO_MANY = lazy(r"\s+(?:\w+\s+)?(?:more|fewer|higher|lower)\b(?!\s+(?:\w+\s+)?(?:than|in|on)\b)")
"""After a number that is how much more or less another one is: `14,022 more`."""
_BESIDE = lazy(r"[^.,;:\d]{0,30},\s+(?:or\s+)?(?:some\s+|about\s+)?")
_THERE_WERE = lazy(r"\bthere\s+(?:were|had\s+been)\s+(?:some\s+|about\s+)?$", re.IGNORECASE)
_STOOD = lazy(r"\b(?:stood|were|was|came\s+in|remained|sat)\s+(?:still\s+)?$")
_OTHER_END = {"before": 101, "before-last": 202, "after": -101}
"""How far the other end of a change is from a year that hangs on it, in codes of academic years."""


def of_change(at: Dating, m: Mention, year: int) -> tuple[int, int]:
    """Say from which year to which a change goes, beside which one year is named: `more than in 2022/23`."""
    statement, is_factor = at.statement, at.role.name == "factor"
    is_from = (is_base(statement, m) and at.end != "added") or (is_factor and is_of_multiple(statement, at.q.end, m))
    if is_factor and at.last is not None and at.last.years[-1:] > (year,) and m.start >= at.q.end:
        return year, at.last.years[-1]  # `29,818, less than 70 per cent of the 2023/24 number`
    if m.kind == "year" and m.value in _OTHER_END and (is_from or m.value != "after"):
        # `fell 32 per cent last year, having risen 13 per cent the year before`: the year of the change itself.
        # `The year before, they had risen by 12.7%`, `It had grown by 29,649 in the previous year`
        is_had = m.start >= at.q.end and _HAD_MOVED.search(at.at.left) is not None
        is_of_then = at.is_change and (" had " in at.text[m.end : at.q.start] or is_had)
        is_its_own = (at.before or is_of_then) and not is_from and not m.text.lower().startswith("year")
        return (year_before(year), year) if is_its_own else (year, year + _OTHER_END[m.value])
    if not is_from or (m.value == "last" and year == at.anchor.newest):  # `14,000 fewer than last year`
        # `31,510 in 2021/22, and two years later there were 12,000 more`
        stride = max(at.stride, AWAY.get(m.value, 0) // 101)
        return _start(at, year) if stride == 1 else year - 101 * stride, year
    named = [one for one in statement.of("academic", "year") if one is not m and one.value != "before"]
    others = [one for one in named if not is_base(statement, one)]
    ends = [(one, end) for one in others if (end := year_of(statement, one)) is not None and end != year]
    after = [period for period in at.levels if period > year][-1:] or [end for _, end in ends if end > year]
    if _NOW_NEXT.search(at.text, *at.at.gap_before):
        after = [at.anchor.newest]  # `climbed by 38.4 per cent to 2023/24, but are now 23.4 per cent below 2022/23`
    if not after and at.last is not None and at.last.role == "change" and at.last.years:
        after = [period for period in at.last.years[-1:] if period > year]  # `on 2022/23 and 5.9 per cent on 2021/22`
    is_led = statement.is_anaphoric or _STOOD.search(at.at.left) is not None  # `..., and stood 5.9% below 2021/22`
    led = statement.carried.years[-1:] if is_led and statement.carried.are_years_named else ()
    if not ends and led > (year,):
        after = after or list(led)  # `In 2023/24 there were 43,840 starts. That was 38% more than in 2021/22.`
    earlier = [end for one, end in ends if one.end <= at.q.start] or [end for _, end in ends]
    if not after and len({*earlier}) == 1 and "since" not in at.text[m.start - 12 : m.start]:
        return year, earlier[0]
    is_since = "since" in at.text[max(statement.start, m.start - 24) : m.start].lower()
    if year == at.anchor.newest and m.kind == "year":
        return year_before(year), year  # `fewer than last year`, when the figures of last year come out
    is_led = _COMPARED.fullmatch(at.text, statement.start, m.start) is not None and m.end <= at.q.start
    until = (
        at.anchor.newest
        if is_since or is_led or _NOW.search(at.at.left) or _HAVE_MOVED.search(at.at.left)
        else year + 101
    )
    return year, min(after, default=max(until, year + 101 * at.stride))


def of_ends(at: Dating) -> tuple[int, int] | None:
    """Find the years of the two ends after a change: `by 12,163, from 31,677 in 2021/22 to 43,840 in 2023/24`."""
    ends = [at.at.beside(q) for q in at.at.following[:2]]
    is_listed = len(ends) == 2 and at.text[at.q.end : ends[0].lead_start].rstrip().endswith(":")
    if is_listed and at.q.kind != "count" and all(one.q.kind == "count" for one in ends):
        # `down by a third: 43,840 courses were started in 2023/24, and 29,818 in 2024/25`
        dates = (year_of(at.statement, near[0]) for one in ends if (near := one.after("academic", "year")))
        years = sorted(year for year in dates if year)
        return (years[0], years[1]) if len(years) > 1 else None
    named = {one.lead.strip().rpartition(" ")[2]: near[0] for one in ends if (near := one.after("academic", "year"))}
    if len(ends) > 1 and "from" in named and _FOLLOWING.match(at.text, ends[1].q.end):
        first = year_of(at.statement, named["from"])
        return (first, first + 101) if first else None
    first, last = (year_of(at.statement, named[end]) if end in named else None for end in ("from", "to"))
    return (first, last) if first and last and first < last else None


def then_by(at: Dating) -> When | None:
    """`Went up by 7,229 in 2022/23, then by 4,934`: the change of the year after."""
    last = at.last
    if not (at.is_change and last and last.role == "change" and last.years) or last.years[-1] >= at.anchor.newest:
        return None
    is_led = _THEN_A_MOVE.fullmatch(at.at.lead_from(at.before[-1][0].end)) is not None
    is_next = is_led and _DATED.match(at.text, at.q.end) is None
    return When((last.years[-1], last.years[-1] + 101), are_years_named=last.are_years_named) if is_next else None


def than_later(at: Dating) -> When | None:
    """`Some 29,818 were started in 2024/25. There were 43,840 the year before, 14,022 more`: than in the later year."""
    last, carried = at.last, at.statement.carried
    if not at.is_change or _SO_MANY.match(at.text, at.q.end) is None or not carried.are_years_named:
        return None
    if last is None:
        year = at.year if at.at.before("academic", "year") else None
        is_said = _THERE_WERE.search(at.at.left) is not None and carried.role == "level"
    else:
        year = last.years[0] if last.role == "level" and not last.end and len(last.years) == 1 else None
        is_said = len(at.before) == 1 and _BESIDE.fullmatch(at.text, at.before[-1][0].end, at.q.start) is not None
    return When((carried.years[-1], year)) if is_said and year and carried.years[-1:] > (year,) else None


def same_period(at: Dating) -> When | None:
    """`In 2021/22 it was 5.5%, three years later 19.9%. Over the same period schools went from 47.4% to 88.4%.`."""
    is_told = _SAME_PERIOD.search(at.text, at.statement.start, at.q.start) is not None
    if not is_told or at.mention is not None or not (at.moves or at.end in ("from", "to")) or at.before[1:]:
        return None
    ends = {*last_named(at, 1), *at.statement.carried.years[-1:]} if at.statement.carried.are_years_named else set()
    pair = tuple(sorted(ends)) if len(ends) > 1 else last_named(at, 2)
    if len(pair) < 2 or pair[-1] > at.anchor.newest:
        return None
    return When(pair) if at.moves else When(pair[:1] if at.end == "from" else pair[-1:])


def ends_of_move(at: Dating) -> When | None:
    """`Has almost doubled since its first year, from 10,919 to 20,611`: the ends of the move before."""
    if at.end not in ("from", "to") or at.mention is not None or at.at.after("academic", "year"):
        return None
    moves = [said for _, said in at.before if said.role in ("change", "factor") and said.are_years_named]
    beside = at.before[-1:] if at.end == "from" else at.before[-2:-1]
    is_next = bool(moves and beside) and len(moves[-1].years) > 1 and beside[0][1] is moves[-1]
    return When((moves[-1].years[0 if at.end == "from" else -1],)) if is_next else None


def _start(at: Dating, year: int) -> int:
    """Find the year that a change in `year` starts from: named beside it, else the year before."""
    statement, text = at.statement, at.text
    named = [(m, one) for m in statement.of("academic", "year") if (one := year_of(statement, m)) is not None]
    spans = ((min(at.q.end, m.end), max(at.q.start, m.start)) for m, _ in named)
    named = [pair for pair, span in zip(named, spans, strict=True) if ";" not in text[slice(*span)]]
    bases = [one for m, one in named if is_base(statement, m) and one < year]
    if bases and len({one for _, one in named}) == len(bases) + 1:
        return bases[-1]
    levels = [s.years[0] for _, s in at.before if s.role == "level" and len(s.years) == 1 and s.end == "from"]
    is_next = at.last is not None and at.last.role == "change" and at.last.years[-1:] == (year_before(year),)
    is_next = is_next or any(levels and levels[-1] < other < year for other in at.levels)
    if levels and levels[-1] < year and not is_next:  # `by 7,229 in 2022/23 and by 4,934 in 2023/24`
        return levels[-1]  # `From 31,677 in 2021/22, starts rose by 38.4 per cent by 2023/24.`
    after = [m for m in at.at.later("academic") if _ON_YEAR.search(text[statement.start : m.start])]
    return next((int(m.value) for m in after if int(m.value) < year), year_before(year))
