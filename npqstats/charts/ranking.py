"""Places in order of size: what is known of each, where it ranks, and the scale that holds them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from npqstats.charts.parts import places
from npqstats.charts.row import is_at_hand, is_official, is_unfinished
from npqstats.tables.moves import Row
from npqstats.vocabulary.names import plain
from npqstats.vocabulary.numbers import decimals_of, rounded
from npqstats.wording import wording

_SHORT = {"E12000003": "Yorkshire & Humber"}


@dataclass(frozen=True, kw_only=True)
class Area:
    """A place and its figure."""

    name: str
    code: str | None
    value: float | None
    """Null where a symbol stands."""
    symbol: str | None
    words: str
    """The figure, or its symbol, as printed."""
    rank: int = 0
    """1 for the largest figure as printed; 0 where there is none."""
    standing: str = ""
    """The rank in words: `highest`, `joint 4th highest`, `lowest`, `the only one`."""
    is_unfinished: bool = False
    """Whether the figure still grows."""
    is_official: bool = True
    """Whether it stands in a published data file."""
    is_highlighted: bool = False

    @property
    def short(self) -> str:
        """The name as it stands on a picture."""
        return short(self.code, self.name)

    @property
    def said(self) -> str:
        """The figure as printed, and that it still grows where it does."""
        return f"{self.words} so far" if self.is_unfinished and self.value is not None else self.words


@dataclass(frozen=True, kw_only=True)
class Ranking:
    """What a chart of areas draws."""

    areas: tuple[Area, ...]
    """The largest first, those with a symbol last."""
    unit: str
    kind: str
    """What the places are: `regions`, `local authorities`."""
    nation: Area | None = None
    """England, where it can be compared with its parts."""
    region: str = ""
    """Where the highlighted place lies."""

    @property
    def is_of_regions(self) -> bool:
        """Whether the places are regions, and can be drawn as a map."""
        return self.kind == places("Regional")

    @property
    def known(self) -> list[Area]:
        """The places that have a number."""
        return [area for area in self.areas if area.value is not None]

    @property
    def withheld(self) -> list[Area]:
        """The places that have a symbol instead."""
        return [area for area in self.areas if area.value is None]

    @property
    def highlighted(self) -> Area | None:
        """The place to be marked."""
        return next((area for area in self.areas if area.is_highlighted), None)

    @property
    def values(self) -> list[float]:
        """All numbers that are drawn."""
        return [area.value for area in (*self.areas, *([self.nation] if self.nation else [])) if area.value is not None]

    def place_of(self, area: Area) -> str:
        """Say where a place with a number stands: `joint 4th highest of 153`."""
        return f"{area.standing} of {len(self.known)}" if len(self.known) > 1 else area.standing


def short(code: str | None, name: str) -> str:
    """Give the name of a place, shortened where it is a long one of a region."""
    return _SHORT.get(code or "", name)


def ranked(rows: Iterable[Row], highlight: str | None = None) -> tuple[Area, ...]:
    """Put the places of a trend's rows, all of one year, in order; those without a row at hand are left out.

    Args:
        rows: A row per place.
        highlight: Code of the place to be marked.
    """
    at_hand = [row for row in rows if is_at_hand(row)]
    printed = sorted((_printed(row) for row in at_hand if row["value"] is not None), reverse=True)
    ordered = sorted(at_hand, key=lambda row: (row["value"] is None, -(row["value"] or 0), row["location_name"] or ""))
    return tuple(
        area(
            row,
            rank=printed.index(_printed(row)) + 1 if row["value"] is not None else 0,
            standing=_standing(_printed(row), printed) if row["value"] is not None else "",
            is_highlighted=highlight is not None and row["location_code"] == highlight,
        )
        for row in ordered
    )


def area(row: Row, *, rank: int = 0, standing: str = "", is_highlighted: bool = False) -> Area:
    """Say what a row knows of its place."""
    return Area(
        name=plain(row["location_name"] or "Unknown"),
        code=row["location_code"],
        value=row["value"],
        symbol=row["symbol"],
        words=wording.cell(row["value"], row["symbol"], row["unit"]),
        rank=rank,
        standing=standing,
        is_unfinished=is_unfinished(row),
        is_official=is_official(row),
        is_highlighted=is_highlighted,
    )


def _printed(row: Row) -> float:
    """Give a figure as it is printed: places that read the same share a rank."""
    return float(rounded(row["value"], decimals_of(row["unit"])))


def _standing(printed: float, all_printed: Sequence[float]) -> str:
    if len(all_printed) == 1:
        return "the only one"
    joint = "joint " if all_printed.count(printed) > 1 else ""
    if printed in (all_printed[0], all_printed[-1]):
        return joint + ("highest" if printed == all_printed[0] else "lowest")
    return f"{joint}{_ordinal(all_printed.index(printed) + 1)} highest"


def _ordinal(rank: int) -> str:
    """Write a rank.

    >>> [_ordinal(rank) for rank in (1, 2, 3, 4, 11, 12, 21, 103, 112)]
    ['1st', '2nd', '3rd', '4th', '11th', '12th', '21st', '103rd', '112th']
    """
    ending = "th" if rank % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(rank % 10, "th")
    return f"{rank:,}{ending}"
