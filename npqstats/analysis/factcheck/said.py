"""What a sentence says of a number, and what its relative years hang on."""

from dataclasses import dataclass
from typing import NamedTuple

from npqstats.analysis.factcheck.quantities import Quantity
from npqstats.vocabulary.claims import Mention


class Said(NamedTuple):
    """What a sentence says of a number."""

    role: str = "level"
    """level, change, share, factor (of an earlier figure) or target."""
    counted: str = ""
    """people, courses, places, schools, workforce or nothing."""
    event: str = ""
    """start, complete, pass, register, dropout, target or nothing."""
    measure: str = ""
    """A measure that is named outright."""
    whole: str = ""
    """What a share is of: workforce, people, schools, courses, completions."""
    funding: str = "all"
    is_funding_named: bool = False
    area: str = ""
    """ONS code, or a name after a question mark that the rows do not have; empty for England."""
    course: str = ""
    without: tuple[str, ...] = ()
    group: str = ""
    """`breakdown=group`, or a word after a question mark."""
    basis: str = ""
    years: tuple[int, ...] = ()
    """One year, or the two of a change, or all that are added up."""
    is_sum: bool = False
    are_years_named: bool = False
    is_year_sure: bool = True
    """Whether it is an academic year, or unmistakably one."""
    direction: int = 0
    end: str = ""
    """from or to, where the figure is an end of a change."""
    doubts: tuple[str, ...] = ()
    """What the sentence says besides, which no row can answer."""
    is_old: bool = False
    """Whether a year before the reforms is named."""
    is_about: bool = True
    """Whether the sentence speaks of NPQs."""
    is_perfect: bool = False
    """Whether it says `has started`, which looks back over all years."""
    part_of: Quantity | None = None
    """The number that this is a part of: `23,477 of the 29,526`."""
    is_rest: bool = False
    """Whether it counts those that did not: `have never had anyone start`."""
    is_caption: bool = False
    """For what is carried on: whether the sentence before had no number of its own."""
    is_of_year: bool = False
    """Whether courses are said to have been completed within a year."""
    is_other: bool = False
    """For what is carried on: whether the sentence before was about other statistics."""
    unread: tuple[str, ...] = ()
    """Words of its clause that no rule has read: the figure may be of something else."""
    told: str = ""
    """The words of a sentence about a survey."""
    is_weak: bool = False
    """Whether the sentence might be about something else: then only what fits is worth telling."""


Read = tuple[Quantity, Said]
"""A number, and what its sentence says of it."""


@dataclass(frozen=True)
class Anchor:
    """Which years `last year` and its like may mean."""

    newest: int
    last: int
    this: int
    periods: tuple[int, ...]
    """All years that there are."""


def is_npq(mention: Mention) -> bool:
    """Whether a phrase names NPQs."""
    text = mention.text.lower()
    return "npq" in text or "professional qualification" in text


def year_before(period: int) -> int:
    """Return the academic year before one: 202324 of 202425."""
    return period - 101
