"""What is counted, in what unit, and what may be done with it."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from npqstats.vocabulary.names import folded, unknown

SMALLEST_BASE = 30
"""Below this no percentage is stated: DfE marks groups of fewer than 30 people as of low reliability."""


@dataclass(frozen=True, kw_only=True)
class Measure:
    """One thing that is counted, or a rate of two such things; a row of `measures.toml`."""

    code: str
    label: str
    """As printed in a table."""
    short: str
    """As printed within a headline or an axis, in lower case."""
    subject: str
    """As the subject of a sentence; `NPQ` may be replaced by a course's code."""
    unit: str
    """What one of it is: courses, people, schools, or % for a rate."""
    counts: str
    """What exactly is counted, in a sentence."""
    adds_up_over: tuple[str, ...] = ()
    """What its parts may be added and subtracted over: `course`, `area`, `funding`, `years`."""
    numerator: str = ""
    denominator: str = ""
    part_of: str = ""
    """The measure that this one can never exceed."""
    unfinished_years: int = 0
    """How many of the newest cohorts still grow."""
    is_population: bool = False
    """Whether it counts what a share is a share of, whoever is funded and since whenever."""
    is_whole: bool = True
    """Whether a count must be a whole number (census headcounts are weighted and need not be)."""

    @property
    def is_rate(self) -> bool:
        """Whether it is a percentage: its change is then in percentage points."""
        return bool(self.numerator)

    @property
    def adds_up(self) -> bool:
        """Whether its parts may be added and subtracted over anything at all."""
        return bool(self.adds_up_over)

    @property
    def is_by_course(self) -> bool:
        """Whether it can be had without a course: a count that adds up over courses, or a rate of two such counts."""
        if self.is_rate:
            return MEASURES[self.numerator].is_by_course and MEASURES[self.denominator].is_by_course
        return "course" in self.adds_up_over

    @property
    def has_unfinished(self) -> bool:
        """Whether the figures of the newest cohorts still grow."""
        return self.unfinished_years > 0


_TABLE = tomllib.loads(Path(__file__).with_name("measures.toml").read_text("utf-8"))

MEASURES: dict[str, Measure] = {
    entry["code"]: Measure(**entry | {"adds_up_over": tuple(entry.get("adds_up_over", ()))})
    for entry in _TABLE["measure"]
}
"""Every measure by its code, in order of preference."""


@cache
def _by_name() -> dict[str, Measure]:
    names = {folded(measure.label): measure for measure in MEASURES.values()}
    return names | {folded(measure.code): measure for measure in MEASURES.values()}


def measure(name: str) -> Measure:
    """Find a measure by its code or label, in any case.

    Raises:
        UsageError: No measure has this name; the hint lists the nearest ones.
    """
    found = _by_name().get(folded(name))
    if found is None:
        raise unknown("measure", name, MEASURES)
    return found
