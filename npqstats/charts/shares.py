"""Funded and non-funded as shares of all: what they are shares of, and how far the two kinds overlap."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from npqstats.tables.moves import Row
from npqstats.vocabulary.measures import MEASURES
from npqstats.vocabulary.names import listed
from npqstats.vocabulary.numbers import number
from npqstats.vocabulary.periods import AcademicYear, label

PARTS = ("funded", "non-funded")
_OTHER = {"funded": "non-funded", "non-funded": "funded"}


@dataclass(frozen=True, kw_only=True)
class Share:
    """One kind of funding as a share of all."""

    value: float
    """In %, unrounded."""
    whole: float
    """What it is a share of."""
    is_published: bool
    """Whether the whole is the published total, and not both kinds added up."""
    origins: tuple[str, ...]


Cells = Mapping[tuple[str, int], Row]
"""Rows by kind of funding and year."""
Shares = Mapping[tuple[str, int], Share]
"""Shares by the same."""


def shares_of(cells: Cells) -> Shares:
    """Work out the shares of both kinds of funding in every year where they can be had."""
    return {found: share for found in cells if found[0] in PARTS and (share := _share(cells, *found))}


def _share(cells: Cells, funding: str, period: int) -> Share | None:
    """Work out what share a kind of funding is of the published total, else of both kinds added up; None for rates.

    Schools are not added up: most that pay for a place have funded ones, too.
    """
    part, other = cells[funding, period], cells.get((_OTHER[funding], period))
    if part["value"] is None or part["unit"] == "%":
        return None
    total = cells.get(("all", period))
    if total and total["value"]:
        value, origins = 100 * part["value"] / total["value"], (*part["origins"], *total["origins"])
        return Share(value=value, whole=total["value"], is_published=True, origins=origins)
    if other is None or other["value"] is None or part["unit"] == "schools" or not part["value"] + other["value"]:
        return None
    whole = part["value"] + other["value"]
    origins = (*part["origins"], *other["origins"])
    return Share(value=100 * part["value"] / whole, whole=whole, is_published=False, origins=origins)


def wholes_of(rows: Sequence[Row], shares: Shares) -> list[str]:
    """Say of which years the shares are not shares of a published total."""
    who = MEASURES[rows[0]["measure"]].label.lower()
    added = sorted({label(period) for (_, period), share in shares.items() if not share.is_published})
    return [f"Shares of {listed(added)} are of funded plus non-funded {who}: no total is at hand."] if added else []


def overlap(cells: Cells, years: Iterable[AcademicYear]) -> list[str]:
    """Say by how much both kinds together miss the total in the newest year where they do."""
    for year in sorted(years, reverse=True):
        funded, own, total = (cells.get((funding, year.code)) for funding in (*PARTS, "all"))
        if not (funded and own and total) or funded["unit"] == "%":
            continue
        values = funded["value"], own["value"], total["value"]
        if None in values or values[0] + values[1] == values[2]:
            continue
        sums = f"together {number(values[0] + values[1])} against {number(values[2])} in all in {year.label}"
        why = {"people": "One person may do one of each", "schools": "A school may have both"}.get(
            funded["unit"], "Funded and non-funded do not add up to the published total"
        )
        return [f"{why}: {sums}."]
    return []
