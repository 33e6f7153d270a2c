"""Where every figure of a page stands: an entry for each published cell, and one for each set of cells."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

import polars as pl

from npqstats.catalogue.catalogue import release
from npqstats.catalogue.names import NO_RELEASE
from npqstats.catalogue.observations import publisher
from npqstats.vocabulary.measures import MEASURES
from npqstats.vocabulary.periods import label

_EVIDENCE = {
    "official": "published data file",
    "official-text": "publisher's own text",
    "reported": "printed by others than the publisher",
}
_WEB = ("https://", "http://")


@dataclass(frozen=True, kw_only=True)
class Place:
    """A published cell, as the page tells of it."""

    number: int
    """In the order in which figures need them, from 1."""
    release: str
    dataset: str
    evidence: str
    source: str
    line: int
    column: str
    raw: str
    year: str
    what: str
    """What is counted, where, and of whom; without the year."""
    credit: str
    """Who published it, as in a citation."""
    citation: str = ""
    address: str = ""
    note: str = ""

    @property
    def anchor(self) -> str:
        """Names the entry within the page."""
        return f"cell-{self.number}"

    @property
    def where(self) -> str:
        """Release, file, line and column in one line."""
        return f"{self.release}: data/raw/{self.source}, line {self.line}, column {self.column}"


@dataclass(frozen=True, kw_only=True)
class Joint:
    """Several cells that one figure rests on."""

    number: int
    places: tuple[Place, ...]
    figures: dict[str, None] = field(default_factory=dict)
    """Those that the page prints from them, once each."""

    @property
    def anchor(self) -> str:
        """Names the entry within the page."""
        return f"from-{self.number}"

    @property
    def where(self) -> str:
        """How many cells there are; the entry names them."""
        return f"Rests on {len(self.places)} published cells"


class Places:
    """Finds the entry of a figure, and keeps a list of those that rest on several cells."""

    def __init__(self, origins: Iterable[str], cells: pl.DataFrame) -> None:
        """Take the places that figures may stand at.

        Args:
            origins: `file:line:column`, once each.
            cells: What `behind` gives for them, in their order.
        """
        rows = zip(origins, cells.iter_rows(named=True), strict=True)
        self._places = {origin: _place(number, origin, row) for number, (origin, row) in enumerate(rows, start=1)}
        self._joints: dict[tuple[str, ...], Joint] = {}

    def entry(self, text: str, origins: tuple[str, ...]) -> Place | Joint:
        """Find where a figure stands.

        Args:
            text: The figure, as the page prints it.
            origins: At least one, all of them among the known.
        """
        places = tuple(self._places[origin] for origin in dict.fromkeys(origins))
        if len(places) == 1:
            return places[0]
        new = Joint(number=len(self._joints) + 1, places=places)
        joint = self._joints.setdefault(tuple(dict.fromkeys(origins)), new)
        joint.figures[text] = None
        return joint

    @property
    def files(self) -> list[list[Place]]:
        """The cells, file by file in the order in which they are needed, each file's by line."""
        first: dict[tuple[str, ...], int] = {}
        for place in self._places.values():
            first.setdefault(_file(place), place.number)
        ordered = sorted(self._places.values(), key=lambda place: (first[_file(place)], place.line, place.number))
        return [list(places) for _, places in groupby(ordered, key=_file)]

    @property
    def joints(self) -> list[Joint]:
        """The sets of cells that figures rest on, in the order in which the page needs them."""
        return list(self._joints.values())


def _file(place: Place) -> tuple[str, ...]:
    return (place.source, place.release, place.dataset, place.evidence)


def _place(number: int, origin: str, row: dict[str, Any]) -> Place:
    source, line, column = origin.rsplit(":", 2)
    is_official = row["evidence"] == "official"
    edition = f"{release(row['release']).label} release" if row["release"] != NO_RELEASE else "no release"
    citation, _, address = (row["citation"] or "").rpartition(", ")
    if not address.startswith(_WEB):
        citation, address = row["citation"] or "", ""
    years = f"{label(row['first_period'])} to " if row["first_period"] else ""
    return Place(
        number=number,
        release=f"{edition[0].upper()}{edition[1:]}",
        dataset=row["dataset"],
        evidence=_EVIDENCE.get(row["evidence"], row["evidence"]),
        source=source,
        line=int(line),
        column=column,
        raw=row["raw"],
        year=years + label(row["time_period"]),
        what=_what(row),
        credit=f"DfE, {edition}" if is_official else publisher(row["citation"] or "").partition(", called")[0],
        citation=citation,
        address=address,
        note=row["note"] or "",
    )


def _what(row: dict[str, Any]) -> str:
    group = [] if row["group_label"] == row["breakdown_label"] else [row["course"] or row["group_label"]]
    basis = ["since 2021"] if row["basis"] == "cumulative" else []
    suite = [f"{row['suite']} suite"] if row["suite"] != "reformed" else []
    funding = [] if row["funding"] == "all" else [row["funding"]]
    measure = MEASURES[row["measure"]]
    return ", ".join([measure.subject, row["location_name"], *group, *funding, *basis, *suite])
