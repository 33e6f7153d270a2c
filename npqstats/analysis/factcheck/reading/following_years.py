"""The year of a number by that of another beside it: `43,840 in 2023/24, then 29,818`."""

import itertools
import re

from npqstats.analysis.factcheck.reading.changed_years import (
    of_ends,
)
from npqstats.analysis.factcheck.reading.dating import AND_THEN_ON, THAN_IN, TODAY, Dating, When
from npqstats.analysis.factcheck.reading.moves import ON_BASE, ends_in_brackets
from npqstats.analysis.factcheck.reading.named_years import (
    is_base,
    year_of,
)
from npqstats.analysis.factcheck.reading.said import Said, year_before
from npqstats.analysis.factcheck.reading.summed_years import (
    last_named,
)
from npqstats.vocabulary.claims import Mention
from npqstats.vocabulary.patterns import lazy

_THEN = lazy(r"\bthen\b|\bbefore\b")
_THEN_CAME = lazy(r"\bthen\s+(?:came|followed)\b")
_AND_THEN = lazy(r" (?:, )?(?:and )?then ")
_LISTED = lazy(r"(?:(?: [\w/-]+)* ,)? (?:and )?then | (?:, and|and|,) (?:finally )?")
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
_HAS_MOVED = lazy(
    r"\b(?:has|have)\s+(?:\w+ly\s+|now\s+|since\s+)?(?:risen|fallen|grown|gone|increased|dropped|climbed)\b"
)
_IN_THE_LAST = lazy(r"[^.;,\d]{0,30}\bin\s+the\s+(?:last|final|latest)(?:\s+of\s+(?:these|them|those))?(?=\s*[.;,)]|$)")
_THEN_CAME = lazy(r"\b(?:then|next)\s+came\b")
_TWO = 2
_VERSUS = lazy(r"\s*(?:v|vs|versus)\.?\s+|\s+(?:compared\s+with|compared\s+to|against)\s+")
_WITH = lazy(r",?\s+with\s+")


def in_brackets(at: Dating) -> When | None:
    """`One school in ten (2,440)`: a count beside its share, and a share beside its count, are of the same years."""
    if at.last is None or not at.at.is_in_brackets or {at.role.name, at.last.role} - {"level", "share"}:
        return None
    other = at.before[-1][0]
    is_beside = {other.kind, at.q.kind} == {"count", "percent"} and not at.text[other.end : at.q.start - 1].strip()
    return When(at.last.years, is_sum=at.last.is_sum, are_years_named=at.last.are_years_named) if is_beside else None


def of_move_in_brackets(at: Dating) -> When | None:
    """`Down 32 per cent on a year ago (29,818 against 43,840)`: the years of the change before the brackets."""
    end, move = ends_in_brackets(at.at, at.before)
    return (
        When((move.years[0 if end == "from" else -1],), basis=move.basis) if move and len(move.years) == _TWO else None
    )


def in_the_last(at: Dating) -> When | None:
    """`So roughly 2.7 points were added in the last`: the newest change of a row of years."""
    is_last = at.is_change and at.before and _IN_THE_LAST.match(at.text, at.q.end) is not None
    return When((year_before(at.anchor.newest), at.anchor.newest)) if is_last else None


def then_came(at: Dating) -> When | None:
    """`One teacher in 14 in 2023/24; then came the lowest share yet, 4.5 per cent`: of the year after."""
    last = at.last if at.is_level and not at.end and _THEN_CAME.search(at.text, *at.at.gap_before) else None
    if last is None or len(last.years) != 1 or not last.are_years_named or last.years[0] >= at.anchor.newest:
        return None
    return When((last.years[0] + 101,))


def against(at: Dating) -> When | None:
    """The years of a change set against each other: `2024/25 v 2023/24`, `more in 2023/24 than in 2024/25`."""
    for later, earlier in itertools.pairwise(at.statement.of("academic", "year")) if at.moves else ():
        is_with = _WITH.fullmatch(at.text, later.end, earlier.start)  # `Compare 2021/22 with 2024/25`
        is_against = earlier.end <= at.q.start and (is_with or _VERSUS.fullmatch(at.text, later.end, earlier.start))
        is_than = THAN_IN.search(at.text, later.end, earlier.start)
        years = year_of(at.statement, earlier), year_of(at.statement, later)
        is_told = is_against or (is_than and at.q.end <= later.start and at.at.next_start > earlier.start)
        if is_told and years[0] and years[1]:
            return When(tuple(sorted(filter(None, years))) if is_with else (years[0], years[1]))
    return None


def between_two(at: Dating) -> When | None:
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


def against_next(at: Dating) -> When | None:
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


def in_turn(at: Dating) -> When | None:
    """`Rose by 23 per cent, then 13 per cent, then fell by 32 per cent`: changes of several years, none named."""
    pairs = [pair for pair in at.at.pairs if pair[0].kind == pair[1].kind]
    is_then = at.is_change and any(" then " in at.text[first.end : second.start] for first, second in pairs)
    is_dated = bool(at.statement.of("academic", "year", "calendar"))
    return When((), are_years_named=False) if is_then and not is_dated else None


def of_same_change(at: Dating) -> When | None:
    """`Down by 14,022, or 32 per cent`."""
    if at.mention is not None or at.last is None or not at.is_change or at.last.role != "change":
        return None
    is_size = at.before[-1][0].kind != at.q.kind
    return When(at.last.years, are_years_named=at.last.are_years_named) if is_size else None


def after_start(at: Dating) -> When | None:
    """`From a high of 43,840 in 2023/24 starts have dropped by 14,022 to 29,818`: the year is that of the first."""
    starts = at.starts or at.level_before
    if not starts:
        return None
    is_next = AND_THEN_ON.search(at.text, *at.at.gap_before) or _SINCE_THEN.search(at.at.left)
    first = max([starts[-1].years[0], *at.levels]) if is_next else starts[-1].years[0]
    is_now = at.at.is_perfect or not at.end or _SINCE_THEN.search(at.at.left) is not None
    is_now = is_now or TODAY.search(at.text, *at.at.gap_after) is not None
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


def after_level(at: Dating) -> When | None:
    """`Peaked at 43,840 before falling by 32 per cent`: the change of the year after."""
    is_next = at.moves and at.mention is None and at.last is not None and at.last.end == "from"
    if not is_next or at.last is None or len(at.last.years) != 1 or not _BEFORE.search(at.text, *at.at.gap_before):
        return None
    return When((at.last.years[0], at.last.years[0] + 101), are_years_named=at.last.are_years_named)


def at_level(at: Dating) -> When | None:
    """`Was 17,797 lower than the year before, at 23,477`: the level that the change before went to."""
    is_after = at.last is not None and at.last.role == "change" and at.is_level and not at.end
    if not is_after or at.last is None or not at.last.years or not _AT.search(at.at.left):
        return None
    return When(at.last.years[-1:], are_years_named=at.last.are_years_named)


def has_since(at: Dating) -> When | None:
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


def next_level(at: Dating) -> When | None:
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


def of_two_levels(at: Dating) -> When | None:
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


def from_year_before(at: Dating) -> When | None:
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


def between(at: Dating) -> When | None:
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


def of_pair(at: Dating) -> When | None:
    """`In 2024/25 it was 29,818. In 2023/24 it was 43,840. That is a fall of 14,022.`."""
    is_bare = at.moves and at.mention is None and not at.statement.of("academic", "year", "span", "basis")
    is_led = at.statement.is_anaphoric or at.statement.sentence.is_item
    if not is_bare or at.before or not is_led or at.stride > 1:
        return None
    pair = last_named(at, 2)
    is_last = at.statement.sentence.is_item or at.statement.carried.years[-1:] in (pair[:1], pair[1:])
    return When(pair) if pair and is_last else None


def then(at: Dating) -> When | None:
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
