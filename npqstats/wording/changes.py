"""Figures and changes in words, by the rules of official statistics."""

from npqstats.analysis.answers import Change, Figure, Status
from npqstats.vocabulary.numbers import MISSING, number, rounded, signed


def cell(figure: Figure, unit: str) -> str:
    """Write a figure, its symbol in square brackets, or a dash; a rate that rounds to nothing but is not 0 says so."""
    if figure.value is None:
        return f"[{figure.symbol}]" if figure.symbol and figure.gap != "did-not-exist" else MISSING
    if unit == "%" and figure.value and not rounded(figure.value, 1):
        return "<0.05%"
    return number(figure.value, unit)


def share(per_cent: float) -> str:
    """Write a percentage for a sentence: whole, unless its one printed decimal would round the other way.

    >>> share(31.98), share(21.46), share(0.3)
    ('32%', '21.5%', '0.3%')
    """
    one = rounded(abs(per_cent), 1)
    whole = rounded(abs(per_cent))
    is_whole = abs(per_cent) >= 1 and rounded(float(one)) == whole
    return f"{whole if is_whole else one}%"


def points(change_pp: float) -> str:
    """Write a difference of two rates, without its sign: `2.8 percentage points`."""
    size = rounded(abs(change_pp), 1)
    return f"{size} percentage point{'' if size == 1 else 's'}"


def moved(change: Change) -> str:
    """Say a change with a verb: `fell by 32%`, `rose by 0.8 percentage points`, `fell by 12`, `did not change`.

    A base under 30 has no percentage: the number is said. No change stated: an empty text.
    """
    if change.size is None:
        return ""
    if change.change_pp is not None:
        if not rounded(abs(change.change_pp), 1):
            return "hardly changed"
        return f"{'rose' if change.change_pp > 0 else 'fell'} by {points(change.change_pp)}"
    if not change.change:
        return "did not change"
    verb = "rose" if change.change > 0 else "fell"
    if change.change_pct is not None and rounded(abs(change.change_pct), 1):
        return f"{verb} by {share(change.change_pct)}"
    return f"{verb} by {number(abs(change.change))}"


def in_words(change: Change, status: Status) -> str:
    """Write `change_text`, the change rounded and in words, as CSV and JSON carry it."""
    if change.size is None:
        words = {"so far": "not compared: unfinished", "new": "new", "ended": "ended", "missing": "not known"}
        return words.get(status, "no change stated")
    if change.change == 0:
        return "did not change"
    rise, fall = ("up", "down") if change.change is None else ("rose by", "fell by")
    size = _size(change)
    return f"{rise if change.size > 0 else fall} {size}" if size else "hardly changed"


def briefly(change: Change) -> str:
    """Write a change for a place with little room: `down 14,022 (32.0%)`, `up 0.8 percentage points`, `unchanged`."""
    if not change.size:
        return "unchanged"
    size = _size(change)
    return f"{'up' if change.size > 0 else 'down'} {size}" if size else "hardly changed"


def _size(change: Change) -> str:
    """Write the size of a change: `14,022 (32.0%)` or `2.8 percentage points`; empty for points that round to none."""
    if change.change_pp is not None:
        return points(change.change_pp) if rounded(abs(change.change_pp), 1) else ""
    pct = f" ({number(abs(change.change_pct), '%')})" if change.change_pct is not None else ""
    return f"{number(abs(change.change or 0))}{pct}"


def columns(change: Change, status: Status) -> tuple[str, str]:
    """Write the two columns of a change: in its unit or in points, and in %."""
    if change.change_pp is not None:
        return f"{signed(change.change_pp, 'pp')} points", ""
    if change.change is not None:
        return signed(change.change), signed(change.change_pct, "%")
    words = {"so far": "unfinished", "new": "new", "ended": "ended"}
    return words.get(status, MISSING), ""
