"""Lists of numbers beside lists of what they are: years, courses, areas, rates, in order."""

import itertools
import re
from collections.abc import Sequence

from npqstats.analysis.factcheck.reading.limits import TOGETHER
from npqstats.analysis.factcheck.reading.named_years import is_base, year_of
from npqstats.analysis.factcheck.reading.said import Read, Said, year_before
from npqstats.analysis.factcheck.reading.spans import POOLED, range_of, span_of
from npqstats.analysis.factcheck.reading.statement import Statement
from npqstats.analysis.factcheck.scanning.quantity import Quantity
from npqstats.vocabulary.claims import Mention
from npqstats.vocabulary.patterns import Pattern, lazy

_TWO_RATES = Pattern(r"\b(completion|pass)\s+and\s+(completion|pass)\s+rates\b", cues="rates")
_FROM = lazy(
    r"(?:\s+(?:were|was|are|have\s+been|had\s+been)\s+(?:completed|finished|passed))?,?\s*(?:[(:,]|\b(?:or|that\s+is|i\.e\.))\s*(?:(?:or|that\s+is|i\.e\.),?\s+)?(?:just|only)?\s*"
)
"""What is between a rate and the counts that it is worked out from."""
_PAIR = lazy(r"(?:\s*(?:,|to|and)|[^;]*\b(?:against|versus|vs?\.?|compared\s+with))\s+(?:just\s+|only\s+)?")
_OR_FROM = lazy(r"[^;.\d]{0,30},?\s+(?:or|that\s+is,?|i\.e\.,?)\s+from\s+(?:\w+\s+)?")
"""What is between a move and the one that says it again."""
_SAME_AGAIN = lazy(
    r"\s*\(|(?:\s+(?:teachers|schools|leaders|courses|NPQs|participants|people))?,\s+(?:or\s+)?"
    r"(?:(?:about|around|just|exactly|nearly|almost|precisely)\s+(?:over\s+|under\s+)?)?"
)
_CLOSES = lazy(r"[),](?:\s+(?P<of>of)\b)?")
"""What is round a share that says once more what the one before does: `Nine in ten (89.5 per cent) of the courses`."""
_THAN = lazy(r"\bthan\b")
_THE_OTHER = lazy(
    r"\s+(?:(?:(?P<more>more|higher|greater|larger)|(?P<less>fewer|less|lower|smaller))\s+than\s+|of\s+)?the\s+(?:[a-z]+\s+){0,2}"
)
"""What is between the ratio of two figures and the second of them: `32 per cent fewer than the 43,840`."""
_LIMITS = ("funding", "area", "course", "group")
_ENDS = 2
_PLUS = lazy(r"\s*(?:,|,?\s*and|\+|plus)\s+")
_SUCCESSIVE = Pattern(
    r"\b(?:in|over|for)\s+(?:successive|consecutive|the\s+four)\s+years\b|\b(?:at\s+first|initially)\b[^.;]*\bthen\b",
    cues="successive|consecutive|the four|at first|initially",
)
_NEXT_YEAR = lazy(r"\s*(?:at\s+first|initially)?\s*(?:,|\band\b|\bthen\b|\bnow\b|\bfinally\b|\s)+")
"""What is between the levels of successive years: `28,045 at first, then 58,281`."""
_OR = lazy(r"[^,;:.()\d]{0,40},?\s+or\s+(?:(?:about|some|around|just|only|nearly|almost|over)\s+)*")
_NEXT_STEP = lazy(r"\s*,\s*(?:(?:and|then|finally)\s+)*[+\u2212\u2013-]?")
_A_YEAR_ON = lazy(
    r"[^.;:\d]*[;,.:]?\s*(?:and\s+|but\s+)?(?:a|one)\s+year\s+(?:on|later),?\s+(?:it|they|that|this)"
    r"(?:['\u2019]s|\s+(?:is|are|stands?\s+at|has\s+(?:reached|risen\s+to|grown\s+to|hit|climbed\s+to)))(?:\s+now)?\s+(?:\w+\s+)?"
)
_MAKES = lazy(r"\s*(?:=|(?:makes?|equals?|gives?|comes?\s+to|(?:add|tot)s?\s+up\s+to|totals?|is)\b)\s*(?:\w+\s+)?")
"""Between numbers that are added up, and before what they come to."""
_TWO_PAIRS = 4
_OF_BOTH = lazy(r"[;:]|,\s+(?:with|and)\b|\b(?:rates|figures|shares|numbers)\s+(?:were|of|are)\b")
"""Before two numbers that are of the two parts just named."""
_LISTED = lazy(r"\s*(?:,|,?\s*and|,?\s*then)\s+")
_UNTIL = lazy(r"\b(?:by|as\s+of|up\s+to|until|running|cumulative(?:ly)?)\b", re.IGNORECASE)


def _of_two_rates(statement: Statement, out: list[Read]) -> list[Read]:
    """Assign two rates named together to the two percentages after them: `completion and pass rates of ...`."""
    rates = _TWO_RATES.search(statement.text, statement.start, statement.end)
    after = [n for n, (q, _) in enumerate(out) if rates and q.start >= rates.end() and q.kind == "percent"]
    is_said = any(out[n][1].whole == "courses" for n in after)  # `Put them together and 83.4% of the courses passed`
    if rates is None or len(after) != 2 or rates[1].lower() == rates[2].lower() or is_said:
        return out
    done = list(out)
    for n, rate in zip(after, rates.groups(), strict=True):
        q, said = out[n]
        measure = f"{rate.lower()}-rate"
        done[n] = (q, said._replace(role="share", measure=measure, counted="", event="", whole="", part_of=None))
    return done


def _of_same_share(statement: Statement, out: list[Read]) -> list[Read]:
    """Read a share and the one that says it again alike: `Nine in ten (89.5 per cent) of the courses`."""
    done, text = list(out), statement.text
    for n, ((first, one), (second, said)) in enumerate(itertools.pairwise(out)):
        is_same = first.kind == second.kind == "percent" and first.is_fraction and not second.is_fraction
        is_same = is_same and _SAME_AGAIN.fullmatch(text, first.end, second.start) is not None
        closes = _CLOSES.match(text, second.end) if is_same else None
        if closes and closes["of"]:
            done[n] = (first, said._replace(doubts=one.doubts, part_of=None))
        elif closes and one.role == said.role == "share":  # `one in nine teachers, or 11.4 per cent, had started one`
            done[n + 1] = (second, one._replace(doubts=said.doubts, part_of=None))
    return done


def _of_same_move(statement: Statement, out: list[Read]) -> list[Read]:
    """Read a move that is said again as one of the same years: `from 427 to 2,440 last year, or from 1.9% to 10.5%`."""
    done, text = list(out), statement.text
    for n, four in enumerate(zip(out, out[1:], out[2:], out[3:], strict=False)):
        ends, kinds = [said.end for _, said in four[:2]], [q.kind for q, _ in four]
        is_again = _OR_FROM.fullmatch(text, four[1][0].end, four[2][0].start) is not None
        if ends != ["from", "to"] or kinds != ["count", "count", "percent", "percent"] or not is_again:
            continue
        for m, (_, like), (q, said) in zip((n + 2, n + 3), four[:2], four[2:], strict=True):
            when = {name: getattr(like, name) for name in ("years", "are_years_named", "basis", "is_sum", "end")}
            done[m] = (q, said._replace(whole=said.whole or four[2][1].whole, counted="", **when))
    return done


def _of_rate(statement: Statement, out: list[Read]) -> list[Read]:
    """Read what a rate is worked out from as of the same courses: `for funded ones, 84.3% (25,185 of 29,892)`."""
    done = list(out)
    for n, ((rate, said), (part, of_part), (total, _)) in enumerate(zip(out, out[1:], out[2:], strict=False)):
        is_rate = rate.kind == "percent" and said.role in ("level", "share") and of_part.part_of is total
        if is_rate and _FROM.fullmatch(statement.text, rate.end, part.start) and (counts := _counts_of(said)):
            same = said._replace(role="level", measure="", whole="", end="", direction=0)
            for m, (counted, event) in enumerate(counts, n + 1):
                done[m] = (out[m][0], same._replace(counted=counted, event=event, part_of=out[m][1].part_of))
    return done


def _counts_of(said: Said) -> tuple[tuple[str, str], ...]:
    """What a rate is worked out from: what its part and its whole count, and what became of them."""
    if said.measure == "pass-rate" or (said.event == "pass" and said.whole == "completions"):
        return ("courses", "pass"), ("courses", "complete")
    if said.measure == "completion-rate" or (said.event == "complete" and said.whole != "schools"):
        return ("courses", "complete"), ("courses", "start")
    return ()


def _of_two_parts(statement: Statement, out: list[Read]) -> list[Read]:
    """Assign two parts that are compared to two numbers after them: `higher among A than B: 89.5%, against 84.3%`."""
    done, text = list(out), statement.text
    for n, ((first, said), (second, _)) in enumerate(itertools.pairwise(out)):
        dates = statement.within(second.end, statement.end, "academic", "year")
        is_pair = first.kind == second.kind and _PAIR.fullmatch(text, first.end, second.start) is not None
        for kind in ("group", "course", "area", "funding") if is_pair and not dates else ():
            named = statement.of(kind)
            if len({m.value for m in named[-2:]}) < 2 or named[-1].end > first.start:
                continue
            is_next = not any(named[-1].end <= q.start < first.start for q in statement.inside)
            if is_next and _THAN.search(text, named[-2].end, named[-1].start):
                parts = {"end": "", "years": said.years} | ({"is_funding_named": True} if kind == "funding" else {})
                for at, m in zip((n, n + 1), named[-2:], strict=True):
                    one = done[at][1]._replace(**{kind: m.value}, **parts)  # type: ignore[arg-type]
                    done[at] = (done[at][0], one)
                break
    return done


def _of_two_levels(statement: Statement, out: list[Read]) -> list[Read]:
    """Read what one level is to the next: `29,818 starts, two thirds of the 43,840 of the year before`."""
    done = list(out)
    for n, ((one, said), (q, of_both), (other, base)) in enumerate(zip(out, out[1:], out[2:], strict=False)):
        is_ratio = q.kind in ("percent", "factor") and one.kind == other.kind == "count"
        link = _THE_OTHER.fullmatch(statement.text, q.end, other.start) if is_ratio else None
        if link is None or said.role != "level" or base.role != "level" or not (said.years and base.years):
            continue
        same = said._replace(
            unread=(), doubts=(), end="", years=(base.years[-1], said.years[-1]), part_of=None, whole=""
        )
        if said.is_sum or (said.counted == "courses" and "cumulative" in (said.basis, base.basis)):
            continue
        if said.years[-1:] == base.years[-1:]:
            parts = [kind for kind in _LIMITS if getattr(said, kind) != getattr(base, kind)]
            if len(parts) != 1 or getattr(base, parts[0]) in ("", "all"):
                continue
            same = same._replace(against=(parts[0], getattr(base, parts[0])), years=said.years[-1:])
        role, direction = ("change", 1 if link["more"] else -1) if link["more"] or link["less"] else ("factor", 0)
        done[n + 1] = (q, same._replace(role=role, direction=direction, doubts=of_both.doubts))
        done[n + 2] = (other, base._replace(basis=base.basis or said.basis, end="than"))
    return done


def _of_earlier_level(statement: Statement, out: list[Read]) -> list[Read]:
    """Read what is made of a figure of another year: `In 2024/25 starts were half of the 43,840 of 2023/24`."""
    done, start = list(out), statement.start
    for n, ((q, said), (other, base)) in enumerate(itertools.pairwise(out)):
        named = [year_of(statement, m) for m in statement.within(start, q.start, "academic", "year")][-1:]
        start = q.end
        is_multiple = q.kind in ("percent", "factor") and said.part_of is other and base.role == "level"
        if is_multiple and named and named[0] and base.years not in ((), (named[0],)):
            years, kept = (base.years[-1], named[0]), {"doubts": said.doubts, "part_of": None, "whole": ""}
            done[n] = (q, base._replace(role="factor", years=years, is_sum=False, **kept))  # type: ignore[arg-type]
            done[n + 1] = (other, base._replace(end="than"))
    return done


def _of_target(_: Statement, out: list[Read]) -> list[Read]:
    """Read a part of a target as such: `76 per cent of the 150,000 places that were promised`."""
    targets = [q for q, said in out if said.role == "target" or said.group.endswith("forecast")]
    done = list(out)
    for n, (q, said) in enumerate(out):
        if q.kind == "percent" and (said.part_of in targets or said.whole == "target"):
            is_wanted = said.group.endswith("forecast")  # Who wanted it says nothing of the share.
            done[n] = (q, said._replace(whole="target", part_of=None, group="" if is_wanted else said.group))
    return done


def _in_turn(statement: Statement, out: list[Read]) -> list[Read]:
    """Take two numbers of one list for those of the two parts before: `women 83%, men 82%; rates were C and D`."""
    if len(out) != _TWO_PAIRS:
        return out
    (_, one), (q, other), (third, _), (fourth, _) = out
    kinds = [kind for kind in ("group", "area", "course") if getattr(one, kind) != getattr(other, kind)]
    is_listed = _LISTED.fullmatch(statement.text, third.end, fourth.start) is not None
    is_of_both = _OF_BOTH.search(statement.text, q.end, third.start) is not None
    if len(kinds) != 1 or not (is_listed and is_of_both) or statement.within(q.end, statement.end, kinds[0]):
        return out
    parts = (getattr(said, kinds[0]) for said in (one, other))
    turned = [(number, said._replace(**{kinds[0]: part})) for (number, said), part in zip(out[2:], parts, strict=True)]
    return [*out[:2], *turned]


def _of_pooled(statement: Statement, out: list[Read]) -> list[Read]:
    """Take a share beside an outcome for one of all years: `75,967 completions, or 53% of the 144,241 starts`."""
    done = list(out)
    for n, ((other, part), (q, said)) in enumerate(itertools.pairwise(out), 1):
        whole = next((one for number, one in out if number is said.part_of), None)
        is_same = other.kind == "count" and _OR.fullmatch(statement.text, other.end, q.start) is not None
        is_share = q.kind == "percent" and said.role == "share" and is_same and part.event in ("complete", "pass")
        if whole is None or not is_share or whole.event != "start":
            continue
        is_all = whole.basis == "cumulative" or (whole.is_perfect and not whole.are_years_named)
        if is_all or whole.is_sum:
            kept = {"years": whole.years, "is_sum": whole.is_sum, "are_years_named": whole.are_years_named}
            kept |= {"basis": "cumulative" if is_all else whole.basis, "event": part.event, "counted": part.counted}
            done[n] = (q, said._replace(**kept))  # type: ignore[arg-type]
    return done


def _year_on(statement: Statement, out: list[Read]) -> list[Read]:
    """Take a level with that of `a year on` for those of the last two years: `was 1.9%; a year on it's 10.5%`."""
    done, newest = list(out), statement.passage.anchor.newest
    for n, ((q, said), (other, last)) in enumerate(itertools.pairwise(out)):
        is_on = _A_YEAR_ON.fullmatch(statement.text, q.end, other.start) and q.kind == other.kind
        if is_on and not statement.of("academic", "calendar") and {said.role, last.role} <= {"level", "share"}:
            done[n] = (q, said._replace(years=(year_before(newest),)))
            done[n + 1] = (other, said._replace(years=(newest,), doubts=last.doubts, unread=last.unread))
    return done


def _of_each_step(statement: Statement, out: list[Read]) -> list[Read]:
    """Take a list of as many changes as there are steps from year to year for these: `+23%, +13%, -32%`."""
    steps = [*itertools.pairwise(statement.passage.anchor.periods)]
    kinds = ("academic", "year", "span", "course", "area", "group", "funding")
    is_row = len(out) == len(steps) > 1 and all(said.role == "change" for _, said in out)
    between = (_NEXT_STEP.fullmatch(statement.text, a.end, b.start) for (a, _), (b, _) in itertools.pairwise(out))
    if not is_row or statement.of(*kinds) or not all(between):
        return out
    return [(q, said._replace(years=step, are_years_named=False)) for (q, said), step in zip(out, steps, strict=True)]


def _of_successive_years(statement: Statement, out: list[Read]) -> list[Read]:
    """Take as many levels as there are years for those of each: `28,045 at first, then 58,281, then 87,930`."""
    periods = statement.passage.anchor.periods
    row = out[: len(periods)] if _SUCCESSIVE.search(statement.text, statement.start, statement.end) else []
    alike = {(q.kind if q.decimals == 0 else "", said.role in ("level", "share")) for q, said in row}
    between = (_NEXT_YEAR.fullmatch(statement.text, a.end, b.start) for (a, _), (b, _) in itertools.pairwise(row))
    if len(row) != len(periods) or len(alike) > 1 or not all(between) or statement.of("academic"):
        return out
    since = any(m.value == "cumulative" for m in statement.of("basis"))
    done = [
        (q, said._replace(years=(year,), end="", are_years_named=True, basis="cumulative" if since else said.basis))
        for (q, said), year in zip(row, periods, strict=True)
    ]
    return [*done, *out[len(periods) :]]


def _of_sum(statement: Statement, out: list[Read]) -> list[Read]:
    """Take as many counts as there are years, and what they come to, for those of each year and their sum."""
    periods, text = statement.passage.anchor.periods, statement.text
    if len(out) != len(periods) + 1 or statement.of("academic", "year") or {q.kind for q, _ in out} != {"count"}:
        return out
    *each, total = (q for q, _ in out)
    if not any(said.counted or said.event or said.measure for _, said in out):
        return out
    are_added = all(_PLUS.fullmatch(text, one.end, other.start) for one, other in itertools.pairwise(each))
    if not are_added or _MAKES.fullmatch(text, each[-1].end, total.start) is None:
        return out
    years = [(period,) for period in periods] + [periods]  # `31,677 plus 38,906 plus 43,840 plus 29,818 makes 144,241`
    return [
        (q, said._replace(role="level", end="", years=of, is_sum=len(of) > 1, are_years_named=True, basis="in-year"))
        for (q, said), of in zip(out, years, strict=True)
    ]


_RULES = (
    *(_of_two_rates, _of_same_share, _of_same_move, _of_rate),
    *(
        _of_two_parts,
        _of_two_levels,
        _of_earlier_level,
        _of_target,
        _in_turn,
        _of_sum,
        _of_each_step,
        _of_successive_years,
        _year_on,
        _of_pooled,
    ),
)
"""What numbers of a sentence say of each other, before the lists beside them."""


def paired(statement: Statement, out: list[Read]) -> list[Read]:
    """Assign the years, courses, areas or groups of one list to the numbers of another, in order."""
    for read in _RULES:
        out = read(statement, out)
    levels = [n for n, (_, said) in enumerate(out) if said.role in ("level", "share")]
    is_respective = "respectively" in statement.told
    last_years = statement.years[-len(out) :]
    if is_respective and len(out) == len(last_years) and all(said.role == "change" for _, said in out):
        # `by 7,229 and 4,934 in 2022/23 and 2023/24 respectively`
        return [(q, said._replace(years=(year_before(n), n))) for (q, said), n in zip(out, last_years, strict=True)]
    if len(levels) < 2 or len({out[n][0].kind for n in levels}) > 1:
        return out
    first, last = out[levels[0]][0].start, out[levels[-1]][0].end
    is_together = _are_listed(statement, [out[n][0] for n in levels])
    _of_names(statement, out, levels, is_in_line=is_together)
    if is_respective:
        out = _of_nouns(statement, out, levels)
    named, periods = statement.of("academic"), statement.passage.anchor.periods
    bases = [m for m in named if len(levels) == _ENDS and is_base(statement, m)]  # `24,559 fewer than in 2023/24`
    named = [m for m in named if m not in bases]
    starts = [n for n in levels if out[n][1].end == "from"]
    row = statement.row_of([out[n][0] for n in levels]) or _row_between(statement, [out[n][0] for n in levels])
    _of_span(statement, out, levels)
    dates = [out[n][1].years for n in levels if out[n][1].end == ""]
    is_dated = len(dates) == len(out) > 2 and all(a < b for a, b in itertools.pairwise(dates))
    moves = statement.of("direction")
    is_dated = is_dated and len({m.value for m in moves}) == 1 and moves[-1].end <= out[0][0].start
    if (row or is_dated) and not _bears_out(statement, [out[n][0] for n in levels]):
        return [(q, said._replace(doubts=(*said.doubts, "a move that its numbers do not make"))) for q, said in out]
    dated = statement.of("academic", "year")
    is_row = bool(row) or (len(named) == 1 and len(levels) > 2 and starts == levels[:1])
    # `From 47.4 per cent in the first year to 71.1, then 83.3 and now 88.4 per cent`
    is_of_first = not row and len(dated) == 1 and dated[0].value == "first" and starts == levels[:1]
    if is_of_first and len(levels) == len(periods) and dated[0].start > out[levels[0]][0].end:
        row, is_row = periods, True
    span = range_of(statement)
    if span and len(named) == len(span[1]):
        years = list(span[0])
    elif is_row:
        years = [*row] or [period for period in periods if period >= statement.years[0]]
    elif named or statement.of("year", "span", "basis"):
        years = [year for year in statement.years if year not in {year_of(statement, m) for m in bases}]
    else:
        alike = ("area", "course", "group", "funding", "counted", "event", "measure", "part_of")
        parts = {tuple(getattr(out[n][1], part) for part in alike) for n in levels}
        years = list(periods) if len(levels) == len(out) > 2 and not starts and len(parts) == 1 else []
    is_list = is_respective or is_row or all(m.end <= first or m.start >= last for m in named)
    # `Between them, 2021/22 and 2022/23 saw 70,583 starts and 58,574 completions.`
    is_list = is_list and not (POOLED.search(statement.told) and all(out[n][1].is_sum for n in levels))
    for n, year in zip(levels, years, strict=True) if is_list and len(years) == len(levels) else ():
        q, said = out[n]
        is_named = bool(named) and not (is_row and said.is_perfect)
        out[n] = (q, said._replace(years=(year,), is_sum=False, are_years_named=is_named))
    return _of_each_year(statement, _fallen(statement, out, levels), levels)


def _fallen(statement: Statement, out: list[Read], levels: list[int]) -> list[Read]:
    """Say of the last rate of several cohorts that it moved as its sentence says: `in free fall: 96.7, then 93.9%`."""
    rates = [out[n] for n in levels]
    q, last = rates[-1]
    moves = [m for m in statement.of("direction") if m.value in ("up", "down") and m.start < rates[0][0].start]
    is_row = last.event in ("complete", "pass") or last.measure in ("completion-rate", "pass-rate")
    is_row = is_row and len({said.years for _, said in rates}) == len(rates) and not (last.direction or last.end)
    is_row = is_row and len({(said.event, said.measure, said.funding, said.course) for _, said in rates}) == 1
    if not (moves and is_row and q.kind == "percent" and _bears_out(statement, [one for one, _ in rates])):
        return out
    direction = 1 if moves[-1].value == "up" else -1
    return [(one, said._replace(direction=direction) if one is q else said) for one, said in out]


def _of_names(statement: Statement, out: list[Read], levels: list[int], *, is_in_line: bool) -> None:
    """Assign courses, areas or groups to the numbers after them: `Headship and SENCO had 2,899 and 10,537`."""
    is_respective = "respectively" in statement.told
    for kind in ("course", "area", "group"):
        names = statement.of(kind)
        is_next = is_in_line and bool(names) and names[-1].end <= out[levels[0]][0].start
        if len(names) != len(levels) or not (is_respective or (is_next and _are_listed(statement, names))):
            continue
        for n, name in zip(levels, names, strict=True):
            q, said = out[n]
            doubts = () if is_respective else said.doubts
            out[n] = (q, said._replace(doubts=doubts, **{kind: name.value}))  # type: ignore[arg-type]


def _of_span(statement: Statement, out: list[Read], levels: list[int]) -> None:
    """Assign the years of a span to as many numbers: `for the first two cohorts, at 84.6% and 81.7%`."""
    years = span_of(statement, out[levels[0]][0])
    row = levels[: len(years)]
    is_of_names = any(len(statement.of(kind)) == len(row) for kind in ("course", "area", "group"))
    if is_of_names or len(row) < len(years) or not _are_listed(statement, [out[n][0] for n in row]):
        return
    for n, year in zip(row, years, strict=True):
        said = out[n][1]._replace(years=(year,), is_sum=False, are_years_named=True, basis="in-year")
        out[n] = (out[n][0], said)


def _row_between(statement: Statement, numbers: list[Quantity]) -> tuple[int, ...]:
    """Return the years of numbers of which the first and the last say theirs, with nothing else said between.

    `31,677 in 2021/22, then 38,906, 43,840 and, in 2024/25, 29,818`.
    """
    named = statement.of("academic")
    if len(named) != _ENDS or named[0].start > numbers[1].start or named[1].start < numbers[-2].end:
        return ()
    years = statement.passage.anchor.periods
    between = tuple(year for year in years if int(named[0].value) <= year <= int(named[1].value))
    kinds = ("counted", "measure", "event", "funding", "area", "course", "group", "direction", "year")
    is_bare = not statement.within(numbers[0].start, numbers[-1].end, *kinds)
    return between if is_bare and len(between) == len(numbers) > _ENDS else ()


def _are_listed(statement: Statement, each: Sequence[Quantity | Mention]) -> bool:
    """Whether numbers or phrases are the items of one list."""
    return all(_LISTED.fullmatch(statement.text, a.end, b.start) for a, b in itertools.pairwise(each))


def _of_nouns(statement: Statement, out: list[Read], levels: list[int]) -> list[Read]:
    """Assign the nouns of a list to the numbers after it: `participants and starts numbered A and B respectively`."""
    nouns = [m for m in statement.of("counted") if m.end <= out[levels[0]][0].start]
    if len(nouns) != len(levels) or len({m.value for m in nouns}) < len(nouns):
        return out
    done = list(out)
    for n, noun in zip(levels, nouns, strict=True):
        q, said = out[n]
        done[n] = (q, said._replace(counted=noun.value))
    return done


def _bears_out(statement: Statement, numbers: list[Quantity]) -> bool:
    """Whether numbers move as their sentence says, if it says how: `rose each year: 47.4, 71.1 and 83.3 per cent`."""
    moves = {m.value for m in statement.of("direction")} - {"flat"}
    risen = [later.value > earlier.value for earlier, later in itertools.pairwise(numbers)]
    return not moves or (moves == {"up"} and all(risen)) or (moves == {"down"} and not any(risen))


def _of_each_year(statement: Statement, out: list[Read], levels: list[int]) -> list[Read]:
    """Read a row of starts as those of each year: `NPQ starts since the reforms: 31,677 in 2021/22, 38,906 in ...`."""
    rows = [out[n][1] for n in levels]
    is_row = len(levels) > 2 and len({said.years for said in rows}) == len(levels)
    events = ("start", "complete", "pass")
    is_of_starts = all(said.counted == "courses" and said.event in events and not said.measure for said in rows)
    if not is_row or not is_of_starts or any(said.whole for said in rows) or _UNTIL.search(statement.told):
        return out
    return [(q, said._replace(basis="in-year")) if n in levels else (q, said) for n, (q, said) in enumerate(out)]


_BACK = lazy(
    r"\b(?:that['’]s|that\s+is|they|their|these|those|respectively|corresponding|equivalent|former|latter|the\s+(?:two|three|figures))\b",
    re.IGNORECASE,
)


def _is_plain(said: Said) -> bool:
    """Whether what is counted is counted by year alone."""
    return said.counted not in ("schools", "workforce") and not said.measure


_SAME = Pattern(
    r"\b(?:corresponding|equivalent|respective|comparable)\s+(?:figures|numbers|totals|rates|shares)\b|\bthey\s+(?:are|were|stood)\b",
    cues="comparable|corresponding|equivalent|respective|they",
    flags=re.NOFLAG,
)
_PARTS = {
    "funding": ("funding", "is_funding_named"),
    "area": ("area",),
    "course": ("course",),
    "group": ("group",),
    "measure": ("counted", "event", "measure", "whole", "is_rest"),
}


_ONE_OF_TWO = Pattern(
    r"\b(?:former|latter)\b(?=\s+(?:figure|number|share|proportion|rate|count|total|was|is|had|stood|came)\b)",
    cues="former|latter",
    flags=re.NOFLAG,
)
"""What makes a number that of the first or the last of the two numbers before it: `the latter figure was 17.2%`."""


def is_in_order(statement: Statement, read: list[Read]) -> bool:
    """Whether the numbers of a sentence are of what the one before it spoke of, each of one."""
    several = _meant(statement, read)
    is_each = len(read) == len(several) and not TOGETHER.search(statement.told)
    # A level and a change are no two levels: `starts fell to 29,818, 32 per cent below their level in 2023/24`
    is_each = is_each and all(
        one.role == "change" or said.role != "change" for (_, said), one in zip(read, several, strict=True)
    )
    return bool(several) and is_each and _BACK.search(statement.told) is not None


def _meant(statement: Statement, read: list[Read]) -> tuple[Said, ...]:
    """What the sentence before said of its numbers; of two only the one that is pointed at."""
    several = statement.carried.several if len(statement.carried.several) > 1 else ()
    one = _ONE_OF_TWO.search(statement.told) if len(several) == 2 and len(read) == 1 else None
    return several if one is None else several[:1] if one[0] == "former" else several[1:]


def in_order(statement: Statement, read: list[Read]) -> list[Read]:
    """Take numbers for those of the groups or outcomes of the sentence before: `They had stood at 8,625 and 7,459.`."""
    several, told = _meant(statement, read), {m.kind for m in statement.all}
    if not several and len(read) > 1 and _SAME.search(statement.told) and not told & {"counted", "event", "measure"}:
        return [(q, said._replace(doubts=(*said.doubts, "what the corresponding figures are"))) for q, said in read]
    if not is_in_order(statement, read):
        return read
    told |= {"measure"} if told & {"counted", "event"} else set()
    kept = [name for part, names in _PARTS.items() if part not in told for name in names]
    return [
        (q, said._replace(**{name: getattr(one, name) for name in (*kept, *(["basis"] if _is_plain(one) else []))}))
        for (q, said), one in zip(read, several, strict=True)
    ]
