"""What a figure is about."""

from typing import NamedTuple

from npqstats.vocabulary.areas import ENGLAND
from npqstats.vocabulary.breakdowns import OVERALL


class Series(NamedTuple):
    """What a figure is about, its years and release apart."""

    measure: str
    funding: str = "all"
    basis: str = "in-year"
    breakdown: str = OVERALL
    group: str = OVERALL
    level: str = "National"
    location: str = ENGLAND[0]
    """`Area.id`."""
    suite: str = "reformed"
