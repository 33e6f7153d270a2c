"""Several years that a number is of together, and all of them up to one: `Of the NPQs started in those two years`."""

import re

from npqstats.analysis.factcheck.reading.dating import Dating, When
from npqstats.analysis.factcheck.reading.named_years import AS_OF, academic_of, is_base
from npqstats.analysis.factcheck.reading.phrases import ADDED_UP, ORDER
from npqstats.analysis.factcheck.reading.said import year_before
from npqstats.analysis.factcheck.reading.spans import COUNT, YEARS_FROM, YEARS_TO, counts_since, span_of, together
from npqstats.vocabulary.patterns import Pattern, lazy

BACK = 400
"""Characters before a sentence in which a year is one that it may point back to."""
_TOTAL = Pattern(
    r"\b(?:making|in\s+all|in\s+total|altogether|combined|all\s+told|a\s+total\s+of|totall?ing)\b",
    cues="all|altogether|combined|making|told|total",
)
_OVER_YEARS = lazy(
    r"\s+(?:[\w-]+\s+){0,3}?(?:over|across|in|for|between)\s+(?:the|those|these|both)\s+(?:two\s+|three\s+|four\s+)?years\b"
)
_THOSE_YEARS = Pattern(
    r"\b(?:those|these|(?<=\btotal\sfor\s)the|(?<=\btotal\sover\s)the|(?<=\btotal\sacross\s)the)\s+(two|three|four|2|3|4)\s+years\b|\b(?:in|over|across|during)\s+(?P<all>those|these)\s+years\b"
    r"|\btogether\b|\b(?:these|those|they|the\s+(?:two|three|four))\b[^.;,\d]{0,20}\b(?:add\w*\s+up|comes?|came|total\w*|amount\w*)\b",
    cues="those|these|together|they|total|the two|the three|the four & year|together|add|come|came|total|amount",
)
"""The years of a text, or what makes a number their sum: `These add up to 144,241.`"""
_OPENING = lazy(r"\b(?:opening|first)\b")
_SO_FAR = lazy(r"\s+(?:[\w-]+\s+){0,2}?(?:so\s+far|to\s+date|since\s+(?:2021|the))\b")
_IN_YEAR = lazy(r"[^,;:.\d]{0,30}\s(?:in|for|during)\s+(?:the\s+)?")
_WITHIN = lazy(
    r"\b(?:places|starts|NPQs|courses|qualifications)\s+(?:within|in|over|across)\s+(?:the\s+)?(two|three|four)\s+years\b"
)
"""Over how many years something was to be: `The aim was 150,000 places within three years.`"""
_PERIOD = lazy(r"\b(?:[Aa]cross|[Oo]ver)\s+the\s+(?:(?:whole|entire|full)\s+)?period\b")
_BY_THEN = lazy(
    r"\b(?:[Bb]y\s+then|[Ii]n\s+the\s+event|[Oo]ver\s+the\s+period|[Ii]n\s+the\s+(?:two|three)\s+years\s+(?:that\s+)?(?:it|they)\s+(?:covered|ran)|[Ww]hen\s+(?:the|that)\s+time\s+was\s+up|[Ww]hen\s+(?:the|those)\s+(?:two\s+|three\s+)?years\s+were\s+(?:up|over)|(?:[Ii]n|[Oo]ver|[Ww]ithin)\s+that\s+(?:time|period))\b"
)
_COMPLETIONS = lazy(r"\s+(?:NPQ\s+|course\s+)?(?:completions|passes)\b")
_THERE_HAD_BEEN = lazy(r"\bthere\s+(?:had|have)\s+been\s+(?:\w+\s+)?$")
_HAVE_YET = lazy(r"\b(?:have|has)\s+(?:yet\s+to\b|never\b|not(?=[.,;]|$))")
_BY_YEAR = lazy(r"\b(?:by|until|to)\s+(?:the\s+(?:end|close|summer)\s+of\s+)?(?:the\s+)?$")
_BEGUN_IN_BOTH = lazy(
    r"\b(?:begun|started)\s+in\s+20\d\d/\d\d\s+and\s+20\d\d/\d\d\b(?=[^.;,]*\b(?:completed|finished|passed|pass|complete)\b)"
)
_UP_TO = lazy(r"\b(?:starts|NPQs|courses|completions|passes)\s+(?:up\s+)?to\s+the\s+end\s+of\s+$", re.IGNORECASE)
"""What makes a count one of all years up to one: `Starts to the end of 2023/24 came to 114,423`."""
_OF_THEM = lazy(r"\s+of\s+(?:them|these|those)\s+(?:\w+\s+)?in\b")


def sum_of_levels(at: Dating) -> When | None:
    """`43,840 in 2023/24 and 29,818 in 2024/25, 73,658 in all`."""
    if at.role.name == "share" and at.last is not None and at.last.is_sum and at.mention is None:
        return When(at.last.years, is_sum=True)  # `70,583 starts and 58,574 completions: 83.0 per cent`
    near = at.text[max(at.statement.start, at.q.start - 24) : at.q.end + 14]
    is_told = _TOTAL.search(near) or _OVER_YEARS.match(at.text, at.q.end)
    is_sum = at.is_plain and len(set(at.levels)) > 1 and is_told
    return When(tuple(sorted(set(at.levels))), is_sum=True) if is_sum else None


def of_range(at: Dating) -> When | None:
    """`From 2021/22 to 2024/25`: all of them for a level, the first and last for a change, one for an end of it."""
    if not at.range:
        return None
    years, named = at.range
    is_own = at.mention is not None and at.mention not in named
    after = at.at.following[:1]  # `Last year's drop of 14,022 wiped out the increase of 12,163 between 2021/22 and ...`
    moved = at.statement.within(at.q.end, after[0].start, "direction") if after else []
    if at.moves and moved and named and named[0].start > after[0].end:
        return None
    if at.moves and not (is_own and not at.is_before):
        return When((years[0], years[-1]))
    if is_own:
        return None
    if at.is_level and not at.end:
        return When(years, is_sum=True)
    is_end = at.end in ("from", "to") or (at.end and at.mention is not None)
    return When((years[0] if at.end == "from" else years[-1],)) if is_end else None


def of_span(at: Dating) -> When | None:
    """`In the first two years 70,583 were started`: so many years as a span has, which may be listed after it."""
    span = span_of(at.statement, at.q) if at.is_level and not at.end else ()
    if not span or _SO_FAR.match(at.text, at.q.end):
        return None
    is_of_target = any(m.value == "target" for m in at.statement.of("event"))
    if at.mention is None and is_of_target and len({*at.statement.years}) == 1:
        return None  # `At 29,892 starts, 2021/22 had a fifth of the 150,000 that had been promised over three years.`
    if at.at.following and _OF_THEM.match(at.text, at.at.following[0].end):
        beside = at.statement.within(at.q.end, at.at.next_start, "span")
        if not (at.at.before("span") or beside):
            return None  # `144,241 have been started, 79 per cent of them in the first three years`
    # The years of a span may be listed after it: `in the first two years, 2021/22 and 2022/23`.
    is_listed = at.year in span and {*at.statement.years} == {*span}
    own = at.at.after("academic")
    is_each = len(own) == 1 and _IN_YEAR.fullmatch(at.text, at.q.end, own[0].start) is not None
    if is_each and len(at.statement.inside) > len(at.statement.years) > 1:
        return None  # `Two years in, with 31,677 NPQ starts in 2021/22 and 38,906 in 2022/23, it had had 70,583.`
    named = at.mention.end if at.mention is not None else at.q.start
    is_next = bool(at.statement.within(named, at.q.start, "span"))  # `38,906 in the second, the first two years had`
    is_own = at.mention is not None and not is_listed and not is_next
    led = at.text[at.statement.start : at.mention.end] if at.mention is not None and is_own else ""
    if led and not (YEARS_TO.search(led) or YEARS_FROM.search(led)):
        return None
    return When(span, is_sum=len(span) > 1)


def of_both(at: Dating) -> When | None:
    """`In 2021/22 and 2022/23 combined there were 70,583`, `8,768 since it was launched in 2022/23`."""
    is_against = any(is_base(at.statement, m) for m in at.statement.of("academic"))
    if at.moves and not is_against and (years := together(at.statement)):
        return When((year_before(years[0]), years[-1]))  # `the fall in 2023/24 and 2024/25`
    begun = _BEGUN_IN_BOTH.search(at.text, *at.at.gap_after) if at.q.kind == "percent" and not at.moves else None
    if begun:
        both = [m for m in at.statement.of("academic") if begun.start() <= m.start < begun.end()]
        return When(tuple(int(m.value) for m in both), is_sum=True)  # `83% of courses begun in 2021/22 and 2022/23`
    if not at.is_plain or at.end or at.q.kind != "count":
        return None
    is_label = at.mention is not None and at.text[at.mention.end : at.q.start].strip() == ":"
    if (
        at.mention is not None
        and at.mention.kind == "academic"
        and _UP_TO.search(at.text, at.statement.start, at.mention.start)
    ):
        until = tuple(one for one in at.anchor.periods if at.year and one <= at.year)
        return When(until, is_sum=True) if len(until) > 1 else None
    since = at.mention is not None and (at.at.is_perfect or is_label) and counts_since(at.statement, at.mention)
    years = tuple(one for one in at.anchor.periods if at.year and one >= at.year) if since else together(at.statement)
    return When(years, is_sum=True) if len(years) > 1 else None


def last_named(at: Dating, count: int) -> tuple[int, ...]:
    """The last years named before the sentence (all of them for 0), in order; none where there are fewer."""
    start = at.statement.start
    above = at.text.rfind("\n\n", 0, start)
    first = max(start - BACK, at.text.rfind("\n\n", 0, max(above, 0)) if at.is_level else above, 0)
    named = [int(m.value) for m in at.statement.passage.within(first, start, "academic")]
    last = [*dict.fromkeys(reversed(named))]
    return tuple(sorted(last[: count or None])) if len(last) >= count else ()


def _span_before(at: Dating, count: int) -> tuple[int, ...]:
    """The years of a span that the text before has: `over the three years to 2023/24`, three `by summer 2024`."""
    text, start, first = at.text, at.statement.start, max(at.statement.start - BACK, 0)
    for match in YEARS_TO.finditer(text, first, start):
        ends = [int(m.value) for m in at.statement.passage.within(match.end(), start, "academic")][:1]
        until = [year for year in at.anchor.periods if ends and year <= ends[0]]
        return tuple(until[-COUNT[match[1].lower()] :])
    last = next((academic_of(day) for day in AS_OF.finditer(text, first, start) if day["year"]), 0)
    until = [year for year in at.anchor.periods if year <= last]
    return tuple(until[-count:]) if count and len(until) >= count else ()


def in_all(at: Dating) -> When | None:
    """`By June 2025 there had been 75,967 completions.`: of all cohorts, whichever was spoken of before."""
    is_noun = at.is_plain and _COMPLETIONS.match(at.text, at.q.end) and _THERE_HAD_BEEN.search(at.at.left)
    is_undated = at.mention is None and not at.statement.of("academic", "year")
    return When((at.anchor.newest,), basis="cumulative", are_years_named=False) if is_noun and is_undated else None


def yet_to(at: Dating) -> When | None:
    """`Four in five teachers have yet to start one`: up to now, whatever year was spoken of before."""
    yet = _HAVE_YET.search(at.text, at.q.end, at.at.gap_after[1]) if at.is_level else None
    # `Last year 4.5 per cent of teachers began one, which means that 95.5 per cent have never taken one.`
    start = at.at.gap_before[0] if yet and yet[0].endswith("never") else 0
    is_undated = not [m for m in at.statement.of("academic", "year") if m.start >= start]
    return When((at.anchor.newest,), basis="cumulative", are_years_named=False) if yet and is_undated else None


def of_period(at: Dating) -> When | None:
    """`Across the period there were 144,241 starts.`: all the years that the text has named."""
    is_told = _PERIOD.search(at.text, at.statement.start, at.q.start) is not None
    if not is_told or not at.is_plain or at.end or at.mention is not None or at.statement.of("academic", "year"):
        return None
    named = {int(m.value) for m in at.statement.passage.within(0, at.statement.start, "academic")}
    years = tuple(year for year in at.anchor.periods if named and min(named) <= year <= max(named))
    return When(years, is_sum=True) if len(years) > 1 else None


def _aimed_over(at: Dating, end: int) -> tuple[int, ...]:
    """The years over which something was to be: `150,000 places over three years`."""
    aim = [*_WITHIN.finditer(at.text, max(end - BACK, 0), end)][-1:]
    return at.anchor.periods[: COUNT[aim[0][1].lower()]] if aim else ()


def by_then(at: Dating) -> When | None:
    """`Ministers promised 150,000 places by summer 2024. By then, 114,423 NPQs had been started.`."""
    then = _BY_THEN.search(at.statement.told)
    if not at.is_level or at.mention is not None:
        return None
    text, start = at.text, at.statement.start + then.start() if then else at.q.start
    if then is None:  # `The Government had wanted 150,000 NPQs over three years; it got 114,423 starts.`
        is_after_aim = any(said.role == "target" or said.group.endswith("forecast") for _, said in at.before)
        aimed = _aimed_over(at, start) if is_after_aim and at.is_plain and not at.end else ()
        return When(aimed, is_sum=True) if len(aimed) > 1 else None
    named = at.statement.passage.within(max(start - BACK, 0), start, "academic")
    ends = [int(m.value) for m in named if _BY_YEAR.search(text, max(0, m.start - 30), m.start)]
    first = _aimed_over(at, start)
    until = tuple(ends[-1:]) or _span_before(at, 1) or tuple(first[-1:])
    return When(until, basis="cumulative") if until else None


_TO = lazy(r"\b(?:to|until|up\s+to)\s+$")
_ADDING = lazy(r"\b(?:[Aa]dd|[Ss]umm?|[Tt]ot)\w*\b")


def added_up(at: Dating) -> When | None:
    """The sum of what was told: `43,840 in the third year. Add the three years together and you get 114,423`."""
    added = ADDED_UP.search(at.statement.told)
    until = at.statement.of("academic") if added else []
    is_until = len(until) == 1 and _TO.search(at.text, at.statement.start, until[0].start) is not None
    if added is None or not at.is_plain or at.end or (until and not is_until):
        return None
    if at.before and not _ADDING.search(at.text, at.before[-1][0].end, at.q.start):
        return None
    first = max(at.statement.start - BACK, 0)
    near = at.statement.passage.within(first, at.statement.start, "academic", "year")
    order = dict(zip(ORDER, at.anchor.periods, strict=False))
    told = [order.get(m.value, 0) or int(m.value) for m in near if m.kind == "academic" or m.value in order]
    named = sorted([*told, *at.statement.carried.years[-1:]])
    if at.before or until:  # `Adding up the opening two years gives 70,583; adding up all four to 2024/25, 144,241.`
        added = [*ADDED_UP.finditer(at.text, at.statement.start, at.q.start)][-1]
        named = [int(m.value) for m in until] or [at.anchor.newest]
    told_so = added[1] or added[2]
    is_opening = told_so is not None and _OPENING.search(added[0]) is not None
    count = COUNT[told_so.lower()] if told_so else 0
    named = named or [at.anchor.newest] * (count == len(at.anchor.periods))
    named = [at.anchor.periods[count - 1]] if is_opening and count <= len(at.anchor.periods) else named
    years = tuple(year for year in at.anchor.periods if named and named[0] <= year <= named[-1])
    years = tuple(year for year in at.anchor.periods if named and year <= named[-1])[-count:] if count else years
    return When(years, is_sum=True) if len(years) > 1 and len(years) >= count else None


def of_those(at: Dating) -> When | None:
    """`Of the NPQs started in those two years`: the years that the text was speaking of."""
    those = _THOSE_YEARS.search(at.statement.told)
    count, carried = COUNT[those[1].lower()] if those and those[1] else 0, at.statement.carried
    is_sum = not (count or at.before or at.statement.of("academic", "year", "counted", "measure"))
    if (
        those is None
        or not (count or is_sum or those["all"])
        or not at.is_level
        or (at.mention is not None and at.mention.kind != "calendar")
    ):
        return None
    if those["all"]:
        years = _span_before(at, count) or last_named(at, 0)
        return When(years, is_sum=True) if len(years) > 1 else None
    until = [year for year in at.anchor.periods if carried.are_years_named and year <= carried.years[-1]]
    years = last_named(at, count) or (tuple(until) if len(until) == count else ()) or _span_before(at, count)
    aimed = _aimed_over(at, at.statement.start + those.start())
    years = years or (aimed if len(aimed) == count else ())
    if is_sum and len(years) < 2:
        return None
    return When(years, is_sum=True) if years else When((), is_year_sure=False)
