"""Which of very many places are named on a picture, and what is said of each."""

from collections.abc import Sequence
from dataclasses import dataclass

from npqstats.charts.ranking import Area, Ranking


@dataclass(frozen=True, kw_only=True)
class Flag:
    """What is said of a place, or of all that share its figure."""

    place: int
    """Where it stands in the order, from 0."""
    words: str
    is_above: bool
    """Whether it belongs to the higher ones."""
    is_highlighted: bool = False


def flags(ranking: Ranking, few: int) -> list[Flag]:
    """Name the first and the last few, and the highlighted place with its standing.

    Args:
        ranking: The places; those with a symbol are not named here.
        few: How many to name at each end at most; where more than that share the highest or the lowest figure, they
            are counted, and none of those that share a figure is named without the others.
    """
    known = ranking.known
    count, half = len(known), (len(known) + 1) // 2
    words = [area.words for area in known]
    marked = next((place for place, area in enumerate(known) if area.is_highlighted), None)
    few = min(few, half)
    first = {place: _told(known[place]) for place in range(_whole(words, few))}
    last = {count - 1 - place: _told(known[-1 - place]) for place in range(_whole(words[::-1], few))}
    if few > 0 and words[0] != words[-1]:
        first = first or {0: _shared(ranking, words[0])}
        last = last or {count - 1: _shared(ranking, words[-1])}
    said = last | first
    if marked is not None:
        said = {place: told for place, told in said.items() if known[place].standing != known[marked].standing}
        said[marked] = _told_at_length(ranking, known[marked])
    return [
        Flag(place=place, words=said[place], is_above=place < half, is_highlighted=place == marked)
        for place in sorted(said)
    ]


def _whole(words: Sequence[str], most: int) -> int:
    """Count how many of the first may be named so that none with the same figure is left out.

    >>> _whole(["9", "8", "8", "7"], 2), _whole(["9", "8", "8", "7"], 3), _whole(["9", "9", "9"], 2)
    (1, 3, 0)
    """
    return next((count for count in range(most, 0, -1) if words[count - 1 : count] != words[count : count + 1]), 0)


def _shared(ranking: Ranking, words: str) -> str:
    """Say how many share the highest or the lowest figure."""
    sharing = [area for area in ranking.known if area.words == words]
    return f"{len(sharing)} {ranking.kind}: {sharing[0].said}"


def _told(area: Area) -> str:
    return f"{area.name}: {area.said}"


def _told_at_length(ranking: Ranking, area: Area) -> str:
    where = f", {ranking.region}" if ranking.region else ""
    return f"{area.name}{where}: {area.said}, {ranking.place_of(area)}"
