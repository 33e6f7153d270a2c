"""How near to a number a figure has to be, by the words around it: `nearly a third`, `just over 29,000`."""

import re
from dataclasses import replace

from npqstats.analysis.factcheck.scanning.quantity import Quantity
from npqstats.vocabulary.claims import words
from npqstats.vocabulary.patterns import lazy
from npqstats.vocabulary.tokens import Tokens

_MOST = 3.0
"""Percentage points by which a share may be off that is `nearly` so much: 84.6 per cent is not almost 90."""
_SIMPLE = {100 * over / under for under in range(2, 11) for over in range(1, under)}
"""Shares of up to ten parts: `about one in seven` is any that is nearer to it than to the next of these."""


_ADDS = lazy(r" \+ \d")
"""A number that another is added to, which is none of `30,000+`."""


def hedged(tokens: Tokens, quantity: Quantity) -> Quantity:  # noqa: PLR0912 (one branch for each hedge)
    """Widen or narrow the interval by the words before and after a number."""
    before = tokens.between(quantity.start - 40, quantity.start)
    after = tokens.between(quantity.end, quantity.end + 20)
    hedge = words().hedge_of(before, "" if _ADDS.match(after) else after)
    if quantity.kind in ("factor", "all", "none"):
        if quantity.kind == "factor" and hedge == "below":
            short = quantity.value * (0.88 if quantity.value > 1 else 1.12)  # `Nearly halved` is to just over a half.
            return replace(quantity, hedge=hedge, low=min(short, quantity.value), high=max(short, quantity.value))
        if quantity.kind == "factor" and hedge == "above" and quantity.value > 1:
            most = quantity.value + 0.5 if quantity.value % 1 else quantity.value * 1.5
            return replace(quantity, hedge=hedge, low=quantity.value, high=most)
        if quantity.kind == "factor" and hedge == "about":
            return replace(quantity, low=quantity.value * 0.92, high=quantity.value * 1.08)
        return quantity
    # `passed 73,508 of those`, `passed (96.8%)`, but `passed 10 per cent in 2022/23`
    is_deed = quantity.value % 100 > 0 if quantity.kind == "count" else after.startswith(" of ")
    if hedge == "exact" or before.endswith(" passed ( ") or (before.endswith(" passed ") and is_deed):
        return quantity
    value, half = quantity.value, (quantity.high - quantity.low) / 2
    if quantity.kind == "count" and not quantity.decimals and value >= 100:
        # Without a hedge 38,900 may stand for 38,906, but 1,420 and 380 are what they say.
        is_round = quantity.unit >= (10 if hedge else 100) and (hedge or value >= 1000)
        most = 0.05 if hedge and value >= 1000 else 0.025
        half = max(half, min(quantity.unit / 2, most * value)) if is_round else half
    if hedge == "below":
        low, high = value - max(2 * half, _room(quantity)), value
    elif hedge == "above":
        room = max(2 * half, (0.25 if quantity.digits <= 2 else 0.02) * value)
        is_most = quantity.is_fraction and value == 50  # `well over half` may be any more.
        room = _room(quantity) if words().is_near(hedge, before) else room
        low, high = value, 100.0 if is_most and room > _room(quantity) else value + room
        if words().is_strict(hedge, before):
            low = value * (1 + 1e-9) + 1e-6
    elif hedge == "under":
        low, high = value - max(0.25 * value, quantity.kind == "percent"), value
        if words().is_strict(hedge, before):
            high = value * (1 - 1e-9) - 1e-6
    else:
        room = 0.02 if hedge == "about" and quantity.digits <= 2 and value >= 1000 else 0
        half = max(half, room * value)
        low, high = value - half, value + half
        if hedge == "about" and quantity.is_fraction and value >= min(_SIMPLE):
            below = max((one for one in _SIMPLE if one < value < 100), default=value)
            above = min((one for one in _SIMPLE if one > value), default=value)
            low, high = min(low, (below + value) / 2), max(high, (value + above) / 2)
    if re.match(r"(?:more|less|fewer|most|majority)\b", quantity.quote, re.IGNORECASE):
        low, high = (value, 100.0) if quantity.quote[0] in "mM" else (0.0, value)
        hedge = "above" if quantity.quote[0] in "mM" else "under"
    return replace(quantity, hedge=hedge, low=low, high=high)


def _room(q: Quantity) -> float:
    """How far from a number a figure may be that is `nearly` it, or `just over` it: one of its last digit, or five."""
    if q.digits > 2:
        return 0.01 * q.value
    last = q.unit * (5 if f"{q.value:.0f}".rstrip("0").endswith("5") else 1)
    room = 0.07 * q.value if q.is_fraction else 0.06 * q.value if q.value < 1 else min(0.06 * q.value, last)
    return min(room, _MOST) if q.kind == "percent" else room
