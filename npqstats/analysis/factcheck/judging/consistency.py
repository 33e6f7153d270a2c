"""The numbers of a sentence, held against each other: from one to another, a change of so much."""

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

from npqstats.analysis.factcheck.judging.asks import KINDS
from npqstats.analysis.factcheck.judging.derived import change as moved
from npqstats.analysis.factcheck.judging.findings import Finding
from npqstats.analysis.factcheck.judging.unlike import unlike
from npqstats.analysis.factcheck.reading.said import LEVELS
from npqstats.analysis.factcheck.scanning.quantity import Quantity
from npqstats.vocabulary.funding import SERIES_BEGAN
from npqstats.vocabulary.measures import MEASURES
from npqstats.vocabulary.patterns import lazy

_NEAR = 10
"""Characters between a multiple and the level that it is said to have reached: `trebled to 43,840`."""
_MOVED = (("a fall",), ("a rise",))
"""What is left unread of the end of a move where the data have nothing to set it against."""
_OF_THEM = lazy(r"\s+of\s+(?:them|these|those|whom)\b(?!\s+who)", re.IGNORECASE)
_THAN = lazy(r"\bthan\b")
_MORE = lazy(r"\b(more|fewer|less|higher|lower|greater|larger|smaller|bigger)\b(?!\s+than\s+[\d£])", re.IGNORECASE)


def together(judged: Sequence[Finding]) -> list[Finding]:
    """Hold the numbers of a sentence against each other: `from A to B, a drop of C`."""
    return unlike(_held(_restated(judged)))


def _restated(judged: Sequence[Finding]) -> list[Finding]:
    """Judge a fraction as the exact share that says it again: `four-fifths of schools, 83.3 per cent, have had one`."""
    out = list(judged)
    for n, (one, exact) in enumerate(itertools.pairwise(judged)):
        is_same = one.quantity.is_fraction and not exact.quantity.is_fraction and exact.quantity.kind == "percent"
        is_same = is_same and one.said.role == exact.said.role == "share" and one.quantity.fits(exact.quantity.value)
        if is_same and one.verdict == "wrong" and exact.verdict == "superseded" and one.ask == exact.ask:
            out[n] = replace(exact, quantity=one.quantity, said=one.said)
    return out


def _held(judged: Sequence[Finding]) -> list[Finding]:
    out = _of_one_fault(judged)
    _unsure(out)
    _of_their_shares(out)
    _of_themselves(out)
    starts = [n for n, one in enumerate(out) if one.said.end == "from"]
    stops = [n for n, one in enumerate(out) if one.said.end == "to"]
    if len(starts) == 1 and len(stops) > 1 and starts[0] < stops[0]:
        for before, after in itertools.pairwise([*starts, *stops]):
            if out[before].quantity.kind == out[after].quantity.kind and _is_of_same(out[before], out[after]):
                _hold_move(out, before, after, out[after].said.direction)
        return out
    for n, (one, other) in enumerate(itertools.pairwise(judged), 1):
        if one.said.end == "" and other.said.end == "to" and _is_same(one, other):
            _hold_move(out, n - 1, n, other.said.direction)  # `38,906 in 2022/23; this fell to 43,840 in 2023/24`
        is_next = other.quantity.start - one.quantity.end <= _NEAR
        is_true = is_next and other.said.end == "to" and other.verdict in ("right", "reported")
        if is_true and one.said.role == "factor" and one.verdict == "wrong":  # `trebled to 43,840`
            out[n] = replace(other, verdict="unknown", reason="unsure-base")
    ends = {one.said.end: n for n, one in enumerate(out)}
    start, stop = ends.get("from", ends.get("than")), ends.get("to")
    if start is None:
        return out
    _from_its_own(out, start, stop)
    _to_unfinished(out, stop)
    if stop is None and out[start].verdict in ("wrong", "mislabelled") and out[start].said.end == "from":
        for n, one in enumerate(out):
            if one.said.role == "change" and one.verdict in ("right", "reported"):
                out[n] = replace(one, verdict="unknown", reason="unsure-base")
    if stop is None:
        stop = next(
            (
                n
                for n, one in enumerate(out)
                if n != start and one.said.role in LEVELS and one.quantity.kind == out[start].quantity.kind
                if out[start].said.end == "than" or _is_of_same(one, out[start])
            ),
            None,
        )
    if stop is not None and out[stop].quantity.kind == out[start].quantity.kind:
        _hold(out, start, stop)
    return out


def _from_its_own(out: list[Finding], start: int, stop: int | None) -> None:
    """Take the end of a move for right of which only the move was open: from where it goes, the sentence says itself.

    `Fell from 9,157 in 2022/23 to 5,801 in 2024/25`.
    """
    is_open = stop is not None and out[stop].said.unread in _MOVED and out[start].verdict not in ("wrong", "unknown")
    if stop is not None and is_open and _is_of_series(out[start], out[stop]):
        out[stop] = out[stop].ruled("fits", (out[stop].ask, out[stop].value))


def _is_of_series(one: Finding, other: Finding) -> bool:
    """Whether two figures are of one series: not `without SENCO, from 43,840 to 10,537`, which is that of SENCO."""
    asks = [finding.ask for finding in (one, other) if finding.ask is not None]
    return len({(ask.series, ask.without) for ask in asks}) == 1


def _to_unfinished(out: list[Finding], stop: int | None) -> None:
    """Call a fall to an unfinished cohort misleading, its years not named: `halved in a year, to 39.7 per cent`."""
    if stop is None or out[stop].reason != "unfinished":
        return
    for n, one in enumerate(out):
        is_fall = one.said.role in ("change", "factor") and one.said.direction < 0 and not one.said.are_years_named
        if is_fall and one.verdict in ("unknown", "wrong") and not one.said.unread:
            out[n] = replace(one, verdict="misleading", reason="unfinished", ask=out[stop].ask, value=out[stop].value)


def _of_one_fault(judged: Sequence[Finding]) -> list[Finding]:
    """Blame the change alone where it goes the wrong way: `Starts rose by 32 per cent, to 29,818`."""
    out = list(judged)
    for n, (one, other) in enumerate(itertools.pairwise(judged), 1):
        is_read = not (one.said.unread or other.said.unread)  # Not `starts in maths rose by 32 per cent, to 29,818`
        is_of_change = one.said.role == "change" and one.reason == other.reason == "direction"
        if is_read and is_of_change and other.said.end == "to":
            out[n] = other.ruled("fits", (other.other_ask, other.other))
    return out


def _unsure(out: list[Finding]) -> None:
    """Call nothing wrong that may be of other numbers of its sentence: a share of a target, a change of two changes."""
    for n, (one, other) in enumerate(itertools.pairwise(out), 1):
        is_of_target = other.said.whole == "target" and one.quantity.kind == "count" and one.said.role == "level"
        before = [each for each in out[:n] if each.said.role == "change" and each.quantity.kind == "count"]
        is_of_changes = other.said.role == "change" and other.quantity.kind == "percent" and len(before) > 1
        is_of_changes = is_of_changes and before[-1] is one and before[-2].said.years != one.said.years
        is_alone = one.value is None or one.verdict != "right"
        is_unread = one.verdict == "unknown" and one.said.role in LEVELS and other.said.role == "change"
        is_unread = is_unread and other.quantity.start - one.quantity.end <= _NEAR and "year" not in other.said.own
        if is_unread and other.verdict in ("wrong", "mislabelled"):
            out[n] = replace(other, verdict="unknown", reason="unsure-base")  # `now stands at 19.9%, up 2.7 points`
        if other.verdict == "wrong" and ((is_of_target and is_alone) or is_of_changes):
            out[n] = replace(other, verdict="unknown", reason="unsure-base")
        answers = [each.quantity.value for each in out[n - 2 : n] if n > 1 and each.reason == "survey"]
        if other.reason == "survey-wrong" and len(answers) == 2 and other.quantity.fits(sum(answers)):
            out[n] = replace(other, verdict="unknown", reason="survey-unknown")  # `3% and 27%, so three in ten`


def _of_their_shares(out: list[Finding]) -> None:
    """Take a total for that of which a true share of its sentence is a part.

    `Funded NPQ starts in London came to 5,176, 17% of the national total of 29,892`, which is of funded ones, too.
    """
    shares = [one for one in out if one.verdict in ("right", "reported") and one.ask and one.ask.kind == "share"]
    for share, (n, one) in itertools.product(shares, enumerate(out)):
        is_whole = one.quantity is share.said.part_of and one.verdict == "mislabelled"
        if is_whole and share.ask and one.other_ask and one.other_ask.series == share.ask.whole:
            out[n] = one.ruled("fits", (one.other_ask, one.other), notes=one.notes)


def _of_themselves(out: list[Finding]) -> None:
    """Take no whole for right that is its own part, and no figure without a year that is set beside itself.

    `Only 23,477 of the 23,477 people who started an NPQ were funded.`
    """
    parts = {one.said.part_of: one.quantity for one in out if one.said.part_of is not None}
    for n, one in enumerate(out):
        part = parts.get(one.quantity)
        if part and part.kind == one.quantity.kind == "count" and part.value == one.quantity.value:
            out[n] = one.ruled("no-row")
    for n, (one, other) in enumerate(itertools.pairwise(out)):  # `At their lowest: 43,840, against 43,840 in 2023/24`
        is_twice = one.ask is not None and one.ask == other.ask and one.verdict == other.verdict == "right"
        if is_twice and one.ask and one.said.role == other.said.role == "level" and one.ask.years != one.said.years:
            out[n] = one.ruled("no-row")


def _is_of_same(one: Finding, other: Finding) -> bool:
    """Whether two levels are of the same: not `from 41,274 to 23,477, while those without funding rose to 6,063`."""
    parts = ("funding", "area", "course", "group")
    return all(getattr(one.said, part) == getattr(other.said, part) for part in parts)


def of_them(text: str, judged: Sequence[Finding]) -> list[Finding]:
    """Take no share of a number that is not known to be so for right: `310 took part, and 97% of them completed`.

    Nor what a number that is wrong makes of the target: `63,484 were started, 42 per cent of the target`.
    """
    out = list(judged)
    for n, (one, other) in enumerate(itertools.pairwise(judged), 1):
        is_unsure = one.verdict == "unknown" and one.quantity.kind == "count" and other.verdict in ("right", "reported")
        is_of_wrong = one.verdict == "wrong" and one.quantity.kind == "count" and other.said.whole == "target"
        is_of_wrong = (
            is_of_wrong and other.verdict != "wrong" and text[one.quantity.end : other.quantity.start].count(",") == 1
        )
        if is_of_wrong or (is_unsure and _OF_THEM.match(text, other.quantity.end)):
            out[n] = replace(other, verdict="unknown", reason="unsure-base")
    return out


def compared(text: str, start: int, judged: Sequence[Finding]) -> list[Finding]:
    """Hold two figures of a sentence against the word that compares them: `more in York (192) than in Hull (350)`."""
    levels = [one for one in judged if one.said.role in LEVELS]
    if len(levels) != 2:
        return [*judged]
    first, second = (one.quantity for one in levels)
    word = _MORE.search(text, start, first.start)
    if word is None or first.kind != second.kind or not _THAN.search(text, first.end, second.start):
        return [*judged]
    is_more = word[1].lower() in ("more", "higher", "greater", "larger", "bigger")
    if first.value == second.value or (first.value > second.value) == is_more:
        return [*judged]
    stated = (first.value, second.value)
    return [
        replace(one, verdict="wrong", reason="stated-order", stated=stated) if one in levels else one for one in judged
    ]


def _hold(out: list[Finding], start: int, stop: int) -> None:
    before, after = out[start].quantity.value, out[stop].quantity.value
    _hold_move(out, start, stop, out[stop].said.direction or out[start].said.direction)
    for n in [n for n, one in enumerate(out) if one.said.role in ("change", "factor")]:
        q = out[n].quantity
        if out[n].verdict in ("right", "reported") or not before or _is_of_other_years(out[n], out[start], out[stop]):
            continue
        is_of_schools = {"schools"} <= {out[n].said.counted, out[stop].said.counted} - {""} != {"schools"}
        if is_of_schools or not _is_of_same(out[n], out[stop]) or _is_past(out, stop, n):
            continue
        stated = _stated(q, before, after)
        if stated is None:
            continue
        if out[n].said.direction and before != after and (after > before) != (out[n].said.direction > 0):
            out[n] = replace(out[n], verdict="wrong", reason="stated-direction", stated=(before, after))
        elif out[start].quantity.kind == q.kind == "percent" and q.fits(abs(after - before)):
            out[n] = replace(out[n], verdict="mislabelled", reason="stated-points", stated=(before, after, stated[0]))
        elif out[start].quantity.kind == "count" and q.kind == "points":
            share = abs(100 * (after - before) / before)
            reason = "stated-per-cent" if q.fits(share) else "arithmetic"
            verdict = "mislabelled" if q.fits(share) else "wrong"
            out[n] = replace(out[n], verdict=verdict, reason=reason, stated=(before, after, share))
        elif any(q.fits(value) for value in stated):
            out[n] = _borne_out(out[n], out[start], out[stop])
        elif out[n].verdict in ("unknown", "mislabelled"):
            out[n] = replace(out[n], verdict="wrong", reason="arithmetic", stated=(before, after, stated[0]))


def _is_past(out: list[Finding], stop: int, n: int) -> bool:
    """Whether a change comes after another level than a move's end: `to 11.4, 17.2 and 19.9%, so 2.7`."""
    kind = out[stop].quantity.kind if out[stop].said.end == "to" else ""
    return any(one.said.role in LEVELS and one.quantity.kind == kind for one in out[stop + 1 : n])


def _borne_out(change: Finding, start: Finding, stop: Finding) -> Finding:
    """Take a change for right that the true figures of its sentence make: `from 5.5 to 19.9 per cent, tripling`."""
    first, last, alike = start.ask, stop.ask, ("counted", "event", "measure", "whole")
    if not first or not last or not start.value or not stop.value or {first.kind, last.kind} != {"value"}:
        return change
    is_like = all(getattr(change.said, part) == getattr(stop.said, part) for part in alike)
    is_like = is_like and first.series._replace(basis=last.series.basis) == last.series
    is_like = is_like and (first.series.basis == last.series.basis or first.years[-1] == SERIES_BEGAN)
    is_true = all(one.verdict in ("right", "reported") for one in (start, stop))
    is_plain = not (change.said.unread or change.said.doubts or MEASURES[last.series.measure].has_unfinished)
    ask = last._replace(kind=KINDS.get(change.quantity.kind, "change"), years=(first.years[-1], last.years[-1]))
    value = moved(ask, start.value, stop.value) if is_like and is_true and is_plain else None
    if not value and change.verdict == "wrong" and not change.said.are_years_named:
        return replace(change, verdict="unknown", reason="no-row", ask=None, value=None)  # Of what years, nothing says.
    return change.ruled("fits", (ask, value)) if value else change


def _is_same(one: Finding, other: Finding) -> bool:
    """Whether a figure and the end of a move are of the same, in one year and a later one."""
    is_later = len(one.said.years) == len(other.said.years) == 1 and one.said.years < other.said.years
    parts = ("counted", "event", "measure", "funding", "area", "course", "group")
    is_like = all(getattr(one.said, part) == getattr(other.said, part) for part in parts)
    return is_later and is_like and one.said.role in LEVELS and one.quantity.kind == other.quantity.kind


def _is_of_other_years(change: Finding, start: Finding, stop: Finding) -> bool:
    """Whether a change is of other years than two ends of a move: `29,818, and 32 per cent below 2023/24`."""
    years = change.said.years
    is_dated = change.said.are_years_named and len(years) > 1 and len(start.said.years) == len(stop.said.years) == 1
    return is_dated and (years[0], years[-1]) not in (
        (start.said.years[0], stop.said.years[0]),
        (stop.said.years[0], start.said.years[0]),
    )


def _hold_move(out: list[Finding], start: int, stop: int, direction: int) -> None:
    """Hold the direction of a move against its two ends."""
    before, after = out[start].quantity.value, out[stop].quantity.value
    if direction and before == after:  # `83.3%, up from 83.3%`
        moved_so = ("a rise" if direction > 0 else "a fall",)
        for n in (start, stop):
            is_true = out[n].verdict in ("right", "reported")
            out[n] = replace(out[n], said=out[n].said._replace(doubts=moved_so)).ruled("doubt") if is_true else out[n]
    if direction and before != after and (after > before) != (direction > 0):
        is_true = all(out[n].verdict in ("right", "reported") for n in (start, stop))
        if is_true and any(one.said.role == "change" and one.said.direction == direction for one in out):
            return  # `With 3,561 starts, it was 29 per cent down on the 2,751 of the year before`: the change alone
        for n in (start, stop):
            out[n] = replace(out[n], verdict="wrong", reason="stated-direction", stated=(before, after))
    ends = [one for one in (out[start], out[stop]) if one.said.are_years_named]
    years = [one.ask.years if one.ask and one.verdict in ("right", "reported") else one.said.years for one in ends]
    if direction and [len(named) for named in years] == [1, 1] and years[0] >= years[1]:
        # `Rose from 29,818 in 2024/25 to 43,840 in 2023/24`: what is wrong stays so.
        for n in [n for n in (start, stop) if out[n].verdict in ("right", "reported")]:
            said = out[n].said._replace(doubts=("the order of the years",))
            out[n] = replace(out[n], said=said, verdict="unknown", reason="doubt")


def _stated(q: Quantity, before: float, after: float) -> tuple[float, ...] | None:
    if q.kind == "count":
        return (abs(after - before),)
    if q.kind == "percent":
        return (abs(100 * (after - before) / before),)
    if q.kind == "points":
        return (round(abs(after - before), 6),)
    if q.kind == "factor":
        return (after / before,)
    return None
