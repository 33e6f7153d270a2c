"""What a sentence says by the way, without a number: to whose surprise, against which odds, why, and who says it."""

from npqstats.vocabulary.expressions import listed

_REMARKS = listed("remarks")
"""What a sentence says by the way: `to the dismay of unions`, `despite the cuts`, `a point not lost on heads`."""
_LOOSE = listed("loose")
"""What it says by the way where nothing is named in it that a number could be of: `and there was cake`."""
_SAID_BY = listed("says")
"""Who says what follows: `Heads' leaders were quick to note that`, `As headteachers had feared,`."""
_LIMITS = listed("more-than-remarks")
"""What makes more of a remark than that: it says which are counted, or sets a number beside others."""
_DENIES = listed("denies")
"""What makes it somebody who does not say so: `Nobody can show that`."""


def remarks(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Find what a sentence says by the way, from start to end of a text."""
    told = text[start:end]
    found = (match.span() for match in _REMARKS.finditer(told) if not _LIMITS.search(match[0]))
    return [(start + first, start + last) for first, last in found]


def loose(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Find what may be said by the way, if it names nothing that a number could be of."""
    found = (match for match in _LOOSE.finditer(text, start, end) if not _LIMITS.search(match[0]))
    return [match.span() for match in found]


def said_by(text: str, start: int, end: int) -> tuple[int, int]:
    """Find who says what a sentence says; an empty span where it does not say so."""
    match = _SAID_BY.match(text[start:end])
    is_told = match is not None and not _DENIES.search(match[0])
    return (start, start + match.end()) if match and is_told else (start, start)
