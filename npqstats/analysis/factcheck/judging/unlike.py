"""Figures of a sentence that are set against each other, and do not count the same: a total beside a part."""

import itertools
from dataclasses import replace

from npqstats.analysis.factcheck.judging.asks import KINDS
from npqstats.analysis.factcheck.judging.derived import Ask, Beside, change, fits
from npqstats.analysis.factcheck.judging.findings import Finding
from npqstats.analysis.factcheck.reading.said import LEVELS


def unlike(judged: list[Finding]) -> list[Finding]:
    """Call the changes and shares of a sentence misleading that are made of figures which do not count the same."""
    return _unlike_shares(_unlike_changes(judged))


def _unlike_changes(out: list[Finding]) -> list[Finding]:
    """Call a change misleading that sets a total beside a part: `from 43,535 people to 23,477 funded ones, by 46%`."""
    levels = [(n, known) for n, one in enumerate(out) if (known := _level(one))]
    for n, one in enumerate(out):
        is_open = one.said.role in ("change", "factor") and one.verdict not in ("right", "reported")
        pairs = itertools.permutations(levels, 2) if is_open else ()
        for (first, before), (second, after) in pairs:
            if not _differ_in_kind(before.ask, after.ask):
                continue
            ask = after.ask._replace(kind=KINDS.get(one.quantity.kind, "change"))
            value = change(ask, before.value, after.value)
            if value is None or not fits(one.quantity, ask, value, one.said):
                continue
            out[n] = replace(one, verdict="misleading", reason="unlike", beside=(before, after))
            for m, known in ((first, before), (second, after)):
                out[m] = out[m].ruled("fits", (known.ask, known.value)) if out[m].reason == "unclear" else out[m]
            break
    return out


def _unlike_shares(out: list[Finding]) -> list[Finding]:
    """Call a share misleading that takes an area's or a course's part by one payer for a part of all.

    `London had 5,176 of the 31,677 NPQs, or 16 per cent`: funded ones of London, and all of England.
    """
    for n, one in enumerate(out[2:], 2):
        known = [each for other in out[n - 2 : n] if (each := _level(other))]
        is_open = one.said.role == "share" and one.quantity.kind == "percent"
        if not is_open or one.verdict in ("right", "reported") or len(known) < 2:
            continue
        part, whole = sorted(known, key=lambda each: each.value.value)
        own, all_of = part.ask.series, whole.ask.series
        is_mixed = part.ask.years == whole.ask.years and {own.funding, all_of.funding} == {"all", "funded"}
        is_mixed = is_mixed and own._replace(funding=all_of.funding) != all_of  # Not what share of all was funded.
        if is_mixed and whole.value.value and one.quantity.fits(100 * part.value.value / whole.value.value):
            out[n] = replace(one, verdict="misleading", reason="unlike", beside=(part, whole))
    return out


def _level(one: Finding) -> Beside | None:
    """The published figure that a number of a sentence is, or that it may be."""
    is_sure = one.verdict in ("right", "reported")
    ask, value = (one.ask, one.value) if is_sure else (one.other_ask, one.other)
    is_other = one.reason == "something-else" and one.parts in (("funding",), ("measure",))
    is_known = is_sure or is_other or (one.reason == "unclear" and not one.said.unread)
    if not is_known or not ask or not value or ask.kind != "value" or one.quantity.kind != "count":
        return None
    return Beside(ask, value) if one.said.role in LEVELS else None


def _differ_in_kind(before: Ask, after: Ask) -> bool:
    """Whether two figures of a year and of a later one differ in who paid, or in what they count."""
    series = after.series._replace(funding=before.series.funding, measure=before.series.measure)
    is_alike = series == before.series and before.series != after.series
    return is_alike and before.years < after.years and "all" in (before.series.funding, after.series.funding)
