"""Of which of the years that a text names a number is."""

import itertools
import re
from collections.abc import Callable

from npqstats.analysis.factcheck.reading.around import Around
from npqstats.analysis.factcheck.reading.basis import is_of_courses
from npqstats.analysis.factcheck.reading.changed_years import (
    ends_of_move,
    of_change,
    of_ends,
    same_period,
    than_later,
    then_by,
)
from npqstats.analysis.factcheck.reading.compared_years import of_comparison
from npqstats.analysis.factcheck.reading.dating import Dating, When
from npqstats.analysis.factcheck.reading.moves import ON_BASE, ends_in_brackets
from npqstats.analysis.factcheck.reading.named_years import (
    AS_OF,
    is_base,
    is_of_date,
    is_of_earlier,
    month_before,
    until_of,
    year_of,
)
from npqstats.analysis.factcheck.reading.phrases import AWAY
from npqstats.analysis.factcheck.reading.role import Role
from npqstats.analysis.factcheck.reading.said import Read, Said, year_before
from npqstats.analysis.factcheck.reading.spans import span_of
from npqstats.analysis.factcheck.reading.summed_years import (
    BACK,
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
from npqstats.vocabulary.claims import Mention
from npqstats.vocabulary.patterns import Pattern, lazy

_OF_BASE = lazy(r"\b(?:from|than|having\s+been|against|below|above|on|compared\s+with|versus|vs\.?)\s+(?:the\s+)?$")
_APART = lazy(r"\((?=[^()]*\d)|,\s+(?:up|down|from|compared|against)\b")
"""Before another number, of another day: `88.4% of schools have had a start (71.1% by summer 2023)`."""
_THEN = lazy(r"\bthen\b|\bbefore\b")
_THEN_CAME = lazy(r"\bthen\s+(?:came|followed)\b")
_THAT_YEAR = Pattern(
    r"(?:\b(?:[Ii]n|[Oo]f|[Dd]uring|[Ff]rom|[Ff]or)\s+|^\W*)(?i:that|the\s+same)\s+(?:academic\s+)?(?:year|cohort|intake)\b|\bthat\s+(?:academic\s+)?year(?=\W*$|\s+at\b)",
    cues="that|same & year|cohort|intake",
    flags=re.NOFLAG,
)
_END_OF_THAT = lazy(r"\b(?:at|by)\s+the\s+(?:end|close)\s+of\s+that\s+(?:academic\s+)?year\b", re.IGNORECASE)
_ITS = lazy(r"\b(?:its|their)\s+$")
_AND_THEN = lazy(r" (?:, )?(?:and )?then ")
_LISTED = lazy(r"(?:(?: [\w/-]+)* ,)? (?:and )?then | (?:, and|and|,) (?:finally )?")
_AND_THEN_ON = lazy(r",?\s+(?:(?:(?:and|but|before)\s+)?then|before\s+(?:\w+ly\s+)?\w+ing)\b")
_BESIDE = 30
"""Characters between a number and the year that is said of it alone."""
_AND_THOSE = lazy(
    r"\s+and\s+(?:those|the\s+ones)\s+(?:(?:who|that)\s+)?(?:started|began|begun|of|from)?\s*(?:in\s+)?(?:the\s+)?"
)
_AT = lazy(r",\s+(?:standing\s+)?at\s+(?:\w+\s+)?$")
_BEFORE = lazy(r"\b(?:before|then)\b")
_SINCE_THEN = lazy(r"\b(?:have|has)\s+since\b|\bsince\s+then\b", re.IGNORECASE)
_SO = lazy(
    r"\b(?:therefore|hence)\s+(?:up|down)\s+by\b|,\s+(?:so|which\s+(?:means|is|was|makes|made)|meaning|making|hence|thus)\b"
)
_OF_ONE = ("event", "measure", "funding", "area", "course", "group", "is_rest")
"""What two levels have in common of which one has become the other."""
_TODAY = lazy(r"\b(?:now|today|currently|at\s+present)\b", re.IGNORECASE)
_AND_IS = lazy(r"\band\s+(?:is|are|stands?|was|were)\s+(?:now|today|currently)\b")
_TODAY_NEXT = lazy(r"\s+(?:today|now|currently)\b")
_HAS_MOVED = lazy(
    r"\b(?:has|have)\s+(?:\w+ly\s+|now\s+|since\s+)?(?:risen|fallen|grown|gone|increased|dropped|climbed)\b"
)
_HAVE = lazy(r"\b(?:has|have)\s+(?:(?:\w+ly|now|since|already|also|even|all|just)\s+)*$")
_HAS_GONE = lazy(r"\b(?:has|have)\s+(?:\w+ly\s+|now\s+|since\s+)?(?:gone|moved|come|been)\s+(?:\w+\s+)?from\b")
WHEN_BEGUN = lazy(r"\b2021,\s+when\s+(?:(?:only|just|some|about)\s+)*$")
_WHEN_THERE = lazy(
    r",\s+when\s+(?:there\s+(?:were|was)|(?:it|the\s+(?:number|figure|total|rate|share|proportion))\s+(?:was|stood\s+at))\s*"
)
_RELEASED = lazy(r"\b(20\d\d)/(\d\d)\s+(?:release|edition|publication|statistics|bulletin)\b")
_NEXT_AND = lazy(r",\s+and\s+")
_IN_THE_LAST = lazy(r"[^.;,\d]{0,30}\bin\s+the\s+(?:last|final|latest)(?:\s+of\s+(?:these|them|those))?(?=\s*[.;,)]|$)")
_THEN_CAME = lazy(r"\b(?:then|next)\s+came\b")
_TWO = 2
_BY = lazy(r"\b[Bb]y\s+$")
_VERSUS = lazy(r"\s*(?:v|vs|versus)\.?\s+|\s+(?:compared\s+with|compared\s+to|against)\s+")
_WITH = lazy(r",?\s+with\s+")
_OVERALL = lazy(r"\W*(?:overall|in\s+total|in\s+all|altogether|all\s+told)\b(?!:)", re.IGNORECASE)
_A_TOTAL = lazy(r"\b(?:a|some)\s+total\s+of\s+$", re.IGNORECASE)
_HAD = lazy(r"\bhad\s+(?:\w+\s+)?$")
_STARTED_IN = lazy(r"\b(?:started|began|begun|enrolled|joined)\s+in\s+(?:autumn|September|October)\s+20\d\d")
_SINCE = lazy(r"\b[Ss]ince\s+(?:(?:\w+\s+){1,3}(?:of|in)\s+|the\s+)?$")
_THAN_IN = lazy(r"\b(?:than|as(?=\s+in\b))\s+(?:there\s+were\s+)?(?:in\s+)?$")


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


def _when_there_were(at: Dating) -> When | None:
    """`533 more than in 2021/22, when there were 2,594`: of the year right before."""
    named = at.at.earlier("academic")[-1:] if at.is_plain and not at.at.after("academic", "year") else []
    is_when = bool(named) and _WHEN_THERE.fullmatch(at.text, named[0].end, at.at.lead_start) is not None
    return When((int(named[0].value),), are_years_named=True) if is_when else None


def _in_brackets(at: Dating) -> When | None:
    """`One school in ten (2,440)`: a count beside its share, and a share beside its count, are of the same years."""
    if at.last is None or not at.at.is_in_brackets or {at.role.name, at.last.role} - {"level", "share"}:
        return None
    other = at.before[-1][0]
    is_beside = {other.kind, at.q.kind} == {"count", "percent"} and not at.text[other.end : at.q.start - 1].strip()
    return When(at.last.years, is_sum=at.last.is_sum, are_years_named=at.last.are_years_named) if is_beside else None


def _ends_in_brackets(at: Dating) -> When | None:
    """`Down 32 per cent on a year ago (29,818 against 43,840)`: the years of the change before the brackets."""
    end, move = ends_in_brackets(at.at, at.before)
    return (
        When((move.years[0 if end == "from" else -1],), basis=move.basis) if move and len(move.years) == _TWO else None
    )


def _in_the_last(at: Dating) -> When | None:
    """`So roughly 2.7 points were added in the last`: the newest change of a row of years."""
    is_last = at.is_change and at.before and _IN_THE_LAST.match(at.text, at.q.end) is not None
    return When((year_before(at.anchor.newest), at.anchor.newest)) if is_last else None


def _then_came(at: Dating) -> When | None:
    """`One teacher in 14 in 2023/24; then came the lowest share yet, 4.5 per cent`: of the year after."""
    last = at.last if at.is_level and not at.end and _THEN_CAME.search(at.text, *at.at.gap_before) else None
    if last is None or len(last.years) != 1 or not last.are_years_named or last.years[0] >= at.anchor.newest:
        return None
    return When((last.years[0] + 101,))


def _against(at: Dating) -> When | None:
    """The years of a change set against each other: `2024/25 v 2023/24`, `more in 2023/24 than in 2024/25`."""
    for later, earlier in itertools.pairwise(at.statement.of("academic", "year")) if at.moves else ():
        is_with = _WITH.fullmatch(at.text, later.end, earlier.start)  # `Compare 2021/22 with 2024/25`
        is_against = earlier.end <= at.q.start and (is_with or _VERSUS.fullmatch(at.text, later.end, earlier.start))
        is_than = _THAN_IN.search(at.text, later.end, earlier.start)
        years = year_of(at.statement, earlier), year_of(at.statement, later)
        is_told = is_against or (is_than and at.q.end <= later.start and at.at.next_start > earlier.start)
        if is_told and years[0] and years[1]:
            return When(tuple(sorted(filter(None, years))) if is_with else (years[0], years[1]))
    return None


def _between_two(at: Dating) -> When | None:
    """`Between the first year and the second the number of schools grew by 5,472`."""
    for first, second in itertools.pairwise(at.statement.of("academic", "year")) if at.moves else ():
        lead = at.text[max(at.statement.start, first.start - 30) : first.start].lower()
        years = year_of(at.statement, first), year_of(at.statement, second)
        is_of_those = _AND_THOSE.fullmatch(at.text, first.end, second.start) is not None
        if "between" in lead and is_of_those and years[0] and years[1]:
            return When((years[0], years[1]))  # `between those who started in 2022/23 and those who started in 2023/24`
    for first, second in itertools.pairwise(at.statement.of("year")) if at.moves or at.end in ("from", "to") else ():
        lead = at.text[max(at.statement.start, first.start - 14) : first.start].lower()
        years = year_of(at.statement, first), year_of(at.statement, second)
        is_pair = at.text[first.end : second.start].strip() in ("and", "") and (at.moves or first.start > at.q.end)
        if "between" in lead and is_pair and years[0] and years[1]:
            # `Leapt from 47% to 71% between the first year and the second`
            return When((years[0], years[1]) if at.moves else (years[at.end == "to"] or 0,))
    return None


def _against_next(at: Dating) -> When | None:
    """`6 per cent below the 31,677 of 2021/22`: a change from the year of the next figure."""
    base = at.at.following[0] if at.moves and at.at.following else None
    if base is None or not ON_BASE.fullmatch(at.statement.tokens(at.q.end, base.start)):
        return None
    beside = at.at.beside(base).after("academic", "year")
    named = beside or at.statement.within(at.q.end, base.start, "academic", "year")
    year = year_of(at.statement, named[0]) if named else None
    if year is None:
        return None
    named_before = (year_of(at.statement, m) for m in at.at.earlier("academic", "year"))
    others = [one for one in (*named_before, *at.levels) if one and one != year]
    if not others and _HAS_MOVED.search(at.at.left):
        others = [at.anchor.newest]  # `The total has risen by 89 per cent from the 10,919 of the first year.`
    ends = [one for one in others if one > year] or others or [year + 101] * (year < at.anchor.newest)
    return When((year, ends[-1])) if ends else None


def _in_turn(at: Dating) -> When | None:
    """`Rose by 23 per cent, then 13 per cent, then fell by 32 per cent`: changes of several years, none named."""
    pairs = [pair for pair in at.at.pairs if pair[0].kind == pair[1].kind]
    is_then = at.is_change and any(" then " in at.text[first.end : second.start] for first, second in pairs)
    is_dated = bool(at.statement.of("academic", "year", "calendar"))
    return When((), are_years_named=False) if is_then and not is_dated else None


def _of_same_change(at: Dating) -> When | None:
    """`Down by 14,022, or 32 per cent`."""
    if at.mention is not None or at.last is None or not at.is_change or at.last.role != "change":
        return None
    is_size = at.before[-1][0].kind != at.q.kind
    return When(at.last.years, are_years_named=at.last.are_years_named) if is_size else None


def _after_start(at: Dating) -> When | None:
    """`From a high of 43,840 in 2023/24 starts have dropped by 14,022 to 29,818`: the year is that of the first."""
    starts = at.starts or at.level_before
    if not starts:
        return None
    is_next = _AND_THEN_ON.search(at.text, *at.at.gap_before) or _SINCE_THEN.search(at.at.left)
    first = max([starts[-1].years[0], *at.levels]) if is_next else starts[-1].years[0]
    is_now = at.at.is_perfect or not at.end or _SINCE_THEN.search(at.at.left) is not None
    is_now = is_now or _TODAY.search(at.text, *at.at.gap_after) is not None
    stops = _stops(at)
    last = (
        stops[-1]
        if stops and stops[-1] > first and not is_next
        else at.anchor.newest
        if is_now
        else first + 101 * at.stride
    )
    moves = [said for _, said in at.before if said.role in ("change", "factor") and said.are_years_named]
    if at.end == "to" and moves and moves[-1].years[:1] == (first,):
        last = moves[-1].years[-1]  # `By 2022/23 it had more than doubled, from 5.5 per cent to 11.4 per cent.`
    if at.mention is None:
        is_end = at.end == "to" and first == max(at.statement.years, default=0)
        return When((last,)) if is_end else None
    is_start = at.year == first or bool(is_next and at.year and at.year < first)  # `43,840, up from 31,677, then by`
    if not (at.is_before and is_start) or _is_named_again(at, at.mention):
        return None
    return When((first, last) if at.moves else (last,), are_years_named=starts[-1].are_years_named)


def _after_level(at: Dating) -> When | None:
    """`Peaked at 43,840 before falling by 32 per cent`: the change of the year after."""
    is_next = at.moves and at.mention is None and at.last is not None and at.last.end == "from"
    if not is_next or at.last is None or len(at.last.years) != 1 or not _BEFORE.search(at.text, *at.at.gap_before):
        return None
    return When((at.last.years[0], at.last.years[0] + 101), are_years_named=at.last.are_years_named)


def _at_level(at: Dating) -> When | None:
    """`Was 17,797 lower than the year before, at 23,477`: the level that the change before went to."""
    is_after = at.last is not None and at.last.role == "change" and at.is_level and not at.end
    if not is_after or at.last is None or not at.last.years or not _AT.search(at.at.left):
        return None
    return When(at.last.years[-1:], are_years_named=at.last.are_years_named)


def _has_since(at: Dating) -> When | None:
    """`It stood at 17.2 per cent by the end of 2023/24 and has since edged up to 19.9 per cent`, so now."""
    since = _SINCE_THEN.search(at.text, *at.at.gap_before) if at.end == "to" and at.last is not None else None
    is_dated = since is not None and bool(at.statement.within(since.start(), at.q.start, "academic", "year"))
    return When((at.anchor.newest,)) if since and not is_dated and not at.at.after("academic", "year") else None


def _stops(at: Dating) -> list[int]:
    """The years to which a number moved before it goes on, or that it had: `38,906 in 2022/23, up from 31,677`."""
    ends = [*(said.end for _, said in at.before[1:]), ""]
    pairs = zip((said for _, said in at.before), ends, strict=True)
    stops = [said for said, after in pairs if said.end == "to" or (not said.end and after == "from")]
    return [said.years[0] for said in stops if len(said.years) == 1 and not at.end]


def _is_named_again(at: Dating, m: Mention) -> bool:
    """Whether a year is named again, right before a number, after the figure that a change starts from."""
    is_again = any(other.start > m.end for other in at.statement.within(m.end, at.q.start, "academic", "year"))
    return is_again or re.fullmatch(r"[\s(:,]*", at.text[m.end : at.q.start]) is not None


def _next(at: Dating) -> When | None:
    """`From 38,906 to 43,840 and then 29,818`, `31,510 in 2021/22, then 38,695`."""
    is_of_last = at.last is not None and (at.mention is None or at.year in at.last.years[-1:])
    is_end = at.end == "to" or (at.is_level and not at.end and is_of_last)
    if not is_end or at.last is None or not at.last.years or not at.is_before:
        return None
    is_next = _THEN.search(at.text, at.before[-1][0].end, at.q.start) is not None
    if is_next and _THEN_CAME.search(at.text, *at.at.gap_before) and at.mention is None:
        return When((at.last.years[-1] + 101,), are_years_named=at.last.are_years_named)  # `then came the lowest, 4.5%`
    if not at.end:  # `In 2021/22 there were 31,677 starts, then 38,906, 43,840 and 29,818.`
        is_listed = _LISTED.fullmatch(at.at.lead_from(at.before[-1][0].end)) is not None
        is_next = is_listed and " then " in at.statement.tokens(at.before[0][0].end, at.q.start)
        is_next = is_next and at.last.years[-1] < at.anchor.newest and not at.at.after("counted", "event", "funding")
    return When((at.last.years[-1] + 101,), are_years_named=at.last.are_years_named) if is_next else None


def _of_two_levels(at: Dating) -> When | None:
    """`Peaked at 7.1 per cent in 2023/24 and has since slid to 4.5 per cent, a decline of 2.6 points`.

    Of two levels that are no ends of a move, each in a year that is named: `38,906 in 2022/23; in 2024/25 there were
    29,818, a fall of 9,088`.
    """
    levels = [said for _, said in at.before if said.role in ("level", "share") and len(said.years) == 1]
    is_led = at.moves and len(levels) > 1 and levels[-2].years < levels[-1].years
    is_led = is_led and (levels[-1].end == "to" or _are_of_one(*levels[-2:]))
    is_gap = at.moves and (at.role.direction == 0 or _is_turned(at)) and len(levels) > 1
    is_gap = is_gap and levels[-2].years != levels[-1].years
    if is_gap and _are_of_one(*levels[-2:]) and not at.at.after("academic", "year"):
        years = sorted((levels[-2].years[0], levels[-1].years[0]))
        return When((years[0], years[1]))  # `(29,818) than in the opening year (31,677), a gap of 1,859`
    if not is_led or of_ends(at) or at.at.after("academic", "year"):
        return None
    # `31,677 in 2021/22, then 38,906, and 43,840 in 2023/24, up by 38.4 per cent in two years`
    last = levels[-1].years[0]
    first = last - 101 * at.stride if at.stride > 1 else levels[-2].years[0]
    return When((first, last), are_years_named=levels[-2].are_years_named)


def _from_year_before(at: Dating) -> When | None:
    """`It rose to 3,127 in 2022/23. The year before it was 2,594; that is growth of 20.5 per cent`: from then on."""
    carried = at.statement.carried.years if at.statement.carried.are_years_named else ()
    is_of_two = at.moves and len(at.before) == len(at.levels) == len(carried) == 1
    is_led = is_of_two and at.levels[0] == carried[0] - 101 and at.before[0][1].are_years_named
    return When((at.levels[0], carried[0])) if is_led and not at.at.after("academic", "year") else None


def _is_turned(at: Dating) -> bool:
    """Whether the later of two levels comes first: `29,818 in 2024/25 and 43,840 in 2023/24, a fall of 32 per cent`."""
    if at.before[2:] or not at.before[1:] or at.before[0][1].years <= at.before[1][1].years:
        return False
    later, earlier = (q.value for q, _ in at.before)
    return (later - earlier) * at.role.direction > 0


def _are_of_one(first: Said, second: Said) -> bool:
    """Whether two levels are of the same, each in a year that is named."""
    if first.end or second.end or not (first.are_years_named and second.are_years_named):
        return False
    is_of_one = (first.whole or first.counted) == (second.whole or second.counted)
    return is_of_one and all(getattr(first, name) == getattr(second, name) for name in _OF_ONE)


def _between(at: Dating) -> When | None:
    """The years of a change, from the two figures before it or after: `29,526, compared with 43,535, a fall of 32%`."""
    if at.moves and at.mention is None and (years := of_ends(at)):
        return When(years)
    if not at.moves or at.last is None or at.at.after("academic", "year"):
        return None
    levels = [said for _, said in at.before if said.role in ("level", "share") and len(said.years) == 1]
    starts = [said.years[0] for said in levels if said.end in ("from", "than")]
    stops = [said.years[0] for said in levels if said.end not in ("from", "than")]
    if starts and stops and starts[-1] < stops[-1]:
        return When((starts[-1], stops[-1]), are_years_named=at.last.are_years_named)
    carried = at.statement.carried
    # `For 2023/24 it was 43,840, so starts fell by 32%.`, `That compares with 43,840 in 2023/24, a fall of 32%.`
    if len(levels) == 1 and (_SO.search(at.at.left) or levels[0].end == "than"):
        is_before = levels[0].are_years_named and carried.years[-1:] == (levels[0].years[0] - 101,)
        if carried.are_years_named and (is_before or levels[0].years < carried.years):
            # `... 8,625 in 2021/22. In 2022/23 it was 9,157, which is 6.2 per cent more.`
            return When(tuple(sorted((levels[0].years[0], carried.years[-1]))))
        # `A year earlier it was 43,840, so ...`, but `In 2023/24 it was 43,840, so the drop is steep`: to when?
        is_next = any(m.value == "before" for m in at.at.earlier("year"))
        is_open = not levels[0].end and levels[0].years[0] < at.anchor.newest and len({*at.statement.years}) < 2
        if is_next or is_open:
            return When((levels[0].years[0], levels[0].years[0] + 101) if is_next else (), is_year_sure=is_next)
    is_since = bool(levels) and _SINCE_THEN.search(at.at.left) is not None
    return When((levels[-1].years[0], at.anchor.newest), are_years_named=at.last.are_years_named) if is_since else None


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
    if at.is_level and is_and and m.end <= at.q.start and _TODAY.search(at.text, m.end, at.q.start):
        return None  # `is up by 5.1 points on a year ago and now stands at 88.4 per cent`
    if at.is_change and m.end < at.q.start and _AND_THEN_ON.match(at.text, m.end):
        return When((year, year + 101))  # `rose again in 2023/24, and then dropped by 32 per cent`
    years = of_change(at, m, year) if at.moves else (year,)
    if at.end == "to" and at.is_before and _SINCE.search(at.text, at.statement.start, m.start):
        years = (at.anchor.newest,)  # `has doubled since 2022/23, reaching 102,080`
    if at.is_start and m.value == "last" and at.last and at.last.end == "to" and at.last.years == years:
        years = (year_before(year),)  # `Jumped to 6,063, from 2,266 last year`
    # A calendar year ends within an academic one, but for what is counted since 2021: `By 2025 20,611 schools had`.
    is_until = (
        m.kind == "calendar" and at.basis == "cumulative" and m.text == m.value and _BY.search(at.text, 0, m.start)
    )
    return When(years, is_year_sure=m.kind not in ("calendar", "odd") or bool(is_until))


def _of_pair(at: Dating) -> When | None:
    """`In 2024/25 it was 29,818. In 2023/24 it was 43,840. That is a fall of 14,022.`."""
    is_bare = at.moves and at.mention is None and not at.statement.of("academic", "year", "span", "basis")
    is_led = at.statement.is_anaphoric or at.statement.sentence.is_item
    if not is_bare or at.before or not is_led or at.stride > 1:
        return None
    pair = last_named(at, 2)
    is_last = at.statement.sentence.is_item or at.statement.carried.years[-1:] in (pair[:1], pair[1:])
    return When(pair) if pair and is_last else None


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


def _then(at: Dating) -> When | None:
    """`They then fell by a third`, `That rose to 38,906`: to the year after the one that the text was speaking of."""
    carried = at.statement.carried
    if at.last is not None or at.mention is not None or not carried.are_years_named:
        return None
    if (at.moves or at.end == "to") and _SINCE_THEN.search(at.at.left) and not at.before:
        years = (carried.years[-1], at.anchor.newest)  # `They have since dropped by 14,022.`
        return When(years if at.moves else years[1:])
    told = at.statement.tokens(*at.at.gap_before)
    is_then = _AND_THEN.search(told) is not None
    is_on = at.role.direction != 0 and at.statement.is_anaphoric and not {*told.split()} & {"had", "has", "have"}
    is_next = at.end == "to" and (is_then or is_on)
    year, named = carried.years[-1] + 101, at.statement.of("academic", "year", "span")
    named = [m for m in named if not (m.start > at.at.next_start and is_base(at.statement, m))]
    if year > at.anchor.newest or any(is_then or m.start < at.at.next_start for m in named):
        return None
    return When((carried.years[-1], year)) if at.is_change and is_then else When((year,)) if is_next else None


def _by_default(at: Dating) -> When:
    year, is_named = _default(at)
    if _STARTED_IN.search(at.statement.told) and not (at.at.is_perfect or at.statement.of("academic", "year")):
        return When((), is_year_sure=False)  # `Those who started in autumn 2023 did well: the rate is 39.7%.`
    if at.moves:
        since = [m for m in at.statement.of("basis") if m.text.lower().startswith("since") and not at.at.is_perfect]
        # `Schools with a starter since 2021 went up by 5.1 points`: what is counted, not from when it went up.
        moves = [m.start for m in at.statement.of("direction")]
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
    is_back = not (at.end or told or _TODAY.search(at.text, *at.at.gap_before))
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
    if not (at.end or (is_of_cohort and not at.before)) and _TODAY.search(at.text, *gap):
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
    others = [said.years[-1] for _, said in at.before if said.years]
    return (year or (max(others) if others else _context(at)[0])) - 101 * at.stride


def _of_end(at: Dating, named: list[Mention]) -> tuple[int, bool]:
    """The year to which a move goes that has none beside it: `fell to 29,818, from 43,840 a year earlier`."""
    start, first = at.statement.start, at.q.start
    named = [m for m in named if not (_SINCE.search(at.text, start, m.start) or at.at.is_of_next(m))]
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
    dates = [(year_of(at.statement, m), _THAN_IN.search(at.text, start, m.start)) for m in named]
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
    is_overall = _OVERALL.match(at.statement.told) or _A_TOTAL.search(at.text, at.at.gap_before[0], at.q.start)
    if events & {"complete", "pass"} and is_overall:
        return at.anchor.newest, False  # `For 2023/24 the rate is 39.7%. Overall, 75,967 courses were completed.`
    first = min(at.anchor.periods, default=0) if at.moves or at.end in ("from", "to") else 0
    for said in (at.statement.carried, at.statement.heading):
        if said.are_years_named and said.years and (said.is_about or not said.is_other) and said.years[-1] > first:
            return said.years[-1], True
    released = [*_RELEASED.finditer(at.text, max(at.statement.start - BACK, 0), at.statement.end)][-1:]
    period = int(released[0][1] + released[0][2]) if released else 0  # `The 2022/23 release shows 3,102 funded starts.`
    return period if period in at.anchor.periods else at.anchor.newest, False


_RULES: tuple[Callable[[Dating], When | None], ...] = (
    *(
        _bound,
        _when_it_began,
        _when_there_were,
        _in_brackets,
        _ends_in_brackets,
        _in_the_last,
        _then_came,
        sum_of_levels,
        of_comparison,
        _against,
        _between_two,
        _against_next,
        than_later,
        then_by,
        _in_turn,
        _of_same_change,
        _at_level,
        _has_since,
        _after_level,
        _after_start,
        _next,
        _from_year_before,
        _of_two_levels,
        _between,
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
        _then,
        _of_pair,
        _by_default,
    ),
)
"""The first that says something of a number holds."""


def when(at: Around, role: Role, before: list[Read]) -> When:
    """Say of which year a number is, or of which years."""
    dating = Dating(at, role, before)
    found = next(when for rule in _RULES if (when := rule(dating)))
    return found if found.basis else found._replace(basis=dating.basis)
