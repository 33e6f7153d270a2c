"""What is counted, in what unit, and what may be done with it."""

from dataclasses import dataclass
from functools import cache

from npqstats.vocabulary.names import folded, unknown


@dataclass(frozen=True, kw_only=True)
class Measure:
    """One thing that is counted, or a rate of two such things."""

    code: str
    label: str
    """As it stands in a table."""
    unit: str
    """What one of it is: courses, people, schools, or % for a rate."""
    counts: str
    """What exactly is counted, in a sentence."""
    adds_up: bool
    """Whether parts (courses, areas) may be added and subtracted."""
    subject: str
    """As the subject of a sentence; `NPQ` may be put in the place of a course's code."""
    numerator: str = ""
    denominator: str = ""
    part_of: str = ""
    """The measure that this one can never exceed."""
    ripens: bool = False
    """Whether a cohort's figure still grows for two years: courses take up to 22 months."""
    is_population: bool = False
    """Whether it counts what a share is a share of, whoever is funded and since whenever."""
    is_whole: bool = True
    """Whether a count must be a whole number (census headcounts are weighted and need not be)."""

    @property
    def is_rate(self) -> bool:
        """Whether it is a percentage: its change is then in percentage points."""
        return bool(self.numerator)


MEASURES: dict[str, Measure] = {
    measure.code: measure
    for measure in (
        Measure(
            code="starts",
            subject="NPQ starts",
            label="Starts",
            unit="courses",
            counts="NPQ courses started, as confirmed by the lead provider. A registration is not a start.",
            adds_up=True,
        ),
        Measure(
            code="participants",
            subject="NPQ participants",
            label="Participants",
            unit="people",
            counts="Different people who started an NPQ in the year. One person may start two.",
            adds_up=False,
            part_of="starts",
        ),
        Measure(
            code="workforce-participants",
            subject="NPQ participants in the workforce",
            label="Participants in the workforce",
            unit="people",
            counts="Participants found in the School Workforce Census.",
            adds_up=False,
            part_of="participants",
        ),
        Measure(
            code="workforce-share",
            subject="Share of teachers starting an NPQ",
            label="Share of the teaching workforce",
            unit="%",
            counts="Participants found in the School Workforce Census, per 100 teachers.",
            adds_up=False,
            numerator="workforce-participants",
            denominator="teachers",
        ),
        Measure(
            code="teachers",
            subject="Teachers in the workforce",
            label="Teachers",
            unit="people",
            counts="Headcount of the teaching workforce, weighted for schools that did not answer the census.",
            adds_up=True,
            is_population=True,
            is_whole=False,
        ),
        Measure(
            code="completions",
            subject="NPQ completions",
            label="Completions",
            unit="courses",
            counts="Courses since completed, by the year in which they were started.",
            adds_up=True,
            part_of="starts",
            ripens=True,
        ),
        Measure(
            code="passes",
            subject="NPQ passes",
            label="Passes",
            unit="courses",
            counts="Completed courses that were passed, by the year in which they were started.",
            adds_up=True,
            part_of="completions",
            ripens=True,
        ),
        Measure(
            code="completion-rate",
            subject="NPQ completion rate",
            label="Completion rate",
            unit="%",
            counts="Completions per 100 starts of the same year.",
            adds_up=False,
            numerator="completions",
            denominator="starts",
            ripens=True,
        ),
        Measure(
            code="pass-rate",
            subject="NPQ pass rate",
            label="Pass rate",
            unit="%",
            counts="Passes per 100 completions (not per 100 starts).",
            adds_up=False,
            numerator="passes",
            denominator="completions",
            ripens=True,
        ),
        Measure(
            code="schools",
            subject="Schools with an NPQ starter",
            label="Schools reached",
            unit="schools",
            counts="Publicly funded schools and 16 to 19 settings with at least one start.",
            adds_up=False,
            part_of="schools-total",
        ),
        Measure(
            code="schools-total",
            subject="Schools open",
            label="All schools",
            unit="schools",
            counts="Publicly funded schools and 16 to 19 settings that were open in the year.",
            adds_up=True,
            is_population=True,
        ),
        Measure(
            code="schools-share",
            subject="Share of schools with an NPQ starter",
            label="Share of schools reached",
            unit="%",
            counts="Schools with at least one start, per 100 open schools.",
            adds_up=False,
            numerator="schools",
            denominator="schools-total",
        ),
        Measure(
            code="starts-target",
            subject="Target for NPQ starts",
            label="Target for starts",
            unit="courses",
            counts="Starts that were planned for. A target is not an outcome.",
            adds_up=False,
        ),
    )
}


@cache
def _by_fold() -> dict[str, Measure]:
    names = {folded(measure.label): measure for measure in MEASURES.values()}
    return names | {folded(measure.code): measure for measure in MEASURES.values()}


def measure(name: str) -> Measure:
    """Find a measure by its code or label, however it is cased.

    Raises:
        UsageError: No measure is called so; the nearest names are offered.
    """
    found = _by_fold().get(folded(name))
    if found is None:
        raise unknown("measure", name, MEASURES)
    return found
