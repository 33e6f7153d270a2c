"""How places stand to each other, in words: the finding of a chart of areas, and the figures for its alternative."""

from collections.abc import Sequence

from npqstats.charts.headline import fitting, lowered, subject
from npqstats.charts.ranking import Area, Ranking
from npqstats.tables.moves import Row
from npqstats.vocabulary.areas import REGIONS
from npqstats.vocabulary.names import listed
from npqstats.vocabulary.periods import label

_ALL_TOLD = 24
"""Places up to which each is told with its figure; of more, the first and last few."""
_FEW = 5
_WITHOUT_ARTICLE = ("E12000003", "E12000007")
"""Regions that are named as they stand: Yorkshire and the Humber, London."""


def title(rows: Sequence[Row], ranking: Ranking) -> str:
    """Say who has the largest and the smallest figure, or where the highlighted place stands.

    Args:
        rows: Of the places, at least one.
        ranking: The same, in order.
    """
    what = _subject(rows[0], ranking)
    count, kind = len(ranking.known), ranking.kind
    year = label(rows[0]["period"])
    if not ranking.known:
        return fitting(f"{what}: no figure can be given for any of {len(ranking.areas)} {kind}", f"{what}: no figures")
    top, last = ranking.known[0], ranking.known[-1]
    if count == 1:
        return fitting(f"{what} in {_in_sentence(top)}: {top.words}", f"{what}: {top.words} in {year}")
    if top.words == last.words:
        return fitting(f"{what}: the same in all {count} {kind}, {top.words}", f"{what}: {top.words} everywhere")
    marked = ranking.highlighted
    return fitting(
        *(_of_one(what, marked, count, kind) if marked and marked.value is not None else []),
        *(_of_ends(what, ranking) if ranking.is_of_regions else []),
        f"{what} ranged from {last.words} to {top.words} across {count} {kind} in {year}",
        f"{what} ranged from {last.words} to {top.words} across {count} {kind}",
        f"{what} ranged from {last.words} to {top.words} across {count} areas",
        f"{what}: from {last.words} to {top.words}",
    )


def _subject(row: Row, ranking: Ranking) -> str:
    words = subject({**row, "funding": "all"}, has_place=False)
    if row["funding"] != "all":
        words = words.replace("an NPQ", f"a {row['funding']} NPQ")
    if row["funding"] != "all" and row["funding"] not in words:
        words = subject(row, has_place=False)
    return f"{words} so far" if any(area.is_unfinished for area in ranking.known) else words


def _of_one(what: str, marked: Area, count: int, kind: str) -> list[str]:
    return [
        f"{what}: {_in_sentence(marked)} was {marked.standing} of {count} {kind}",
        f"{what}: {_in_sentence(marked)} was {marked.standing} of {count}",
    ]


def _of_ends(what: str, ranking: Ranking) -> list[str]:
    """Name the region with the largest figure, and the one with the smallest; none where several share it."""
    regions = [area for area in ranking.known if area.code in REGIONS]
    if len(regions) < 2:
        return []
    (top, second), (before, last) = regions[:2], regions[-2:]
    if top.words == second.words or top.name[:1].isdigit():
        return []
    few, many = ("lowest", "highest") if ranking.unit == "%" else ("fewest", "most")
    counted = lowered(what)
    best = _in_sentence(top)
    had = f"{best} had the {many} {counted}"
    if len(regions) < len(REGIONS):
        shown = f"{len(regions)} regions"
        return [f"Of the {shown} shown, {had}", f"Of {shown} shown, {had}", f"Of {shown}, {had}"]
    had = had[:1].upper() + had[1:]
    is_alone = before.words != last.words
    return [*([f"{had}, {_in_sentence(last)} the {few}"] if is_alone else []), had]


def _in_sentence(area: Area) -> str:
    """Name a place as in a sentence: `the North East`, `London`."""
    has_article = area.code in REGIONS and area.code not in _WITHOUT_ARTICLE
    return f"the {area.name}" if has_article else area.name


def values(ranking: Ranking) -> str:
    """Write the figures of all places or, where they are many, of the first and last few."""
    known = ranking.known
    if len(known) <= _ALL_TOLD:
        told = [_told(area) for area in known]
    else:
        told = [
            f"{len(known)} {ranking.kind}; highest: {'; '.join(map(_told, known[:_FEW]))}",
            f"lowest: {'; '.join(map(_told, known[-_FEW:]))}",
        ]
    marked = ranking.highlighted
    if marked and marked.value is not None:
        where = f" ({ranking.region})" if ranking.region else ""
        told.append(f"highlighted: {_told(marked)}{where}, {ranking.place_of(marked)}")
    elif marked:
        told.append(f"highlighted: {_told(marked)}")
    told += _withheld(ranking)
    return "; ".join([*told, *([_told(ranking.nation)] if ranking.nation else [])])


def _told(area: Area) -> str:
    return f"{area.name} {area.said}"


def _withheld(ranking: Ranking) -> list[str]:
    """Name who has a symbol, by symbol."""
    told = []
    for words in dict.fromkeys(area.words for area in ranking.withheld):
        names = [area.name for area in ranking.withheld if area.words == words]
        more = [f"{len(names) - _ALL_TOLD} more"] if len(names) > _ALL_TOLD else []
        told.append(f"{words} stands for {listed([*names[:_ALL_TOLD], *more])}")
    return told
