"""The sentences of a report that are not findings: its terms, its limits, an area's story."""

from collections.abc import Collection, Iterable, Sequence

from npqstats.analysis.answers import Comparison
from npqstats.catalogue.catalogue import Release, catalogue
from npqstats.vocabulary.courses import Course
from npqstats.vocabulary.funding import FUNDING
from npqstats.vocabulary.measures import MEASURES, Measure
from npqstats.vocabulary.names import capitalised, listed, within
from npqstats.vocabulary.numbers import number, ordinal, rounded
from npqstats.vocabulary.periods import day_label

_NPQ = (
    "A National Professional Qualification: a course of up to 22 months for teachers and school leaders in England, "
    "followed by an assessment. The figures are of the courses that replaced an older set in autumn 2021."
)


def title(area: str, year: str) -> str:
    """Name a report."""
    return f"National Professional Qualifications in {area}, {year}"


def day(release: Release) -> str:
    """Write the day on which a release was published; empty where that is not known."""
    return day_label(release.published) if release.published else ""


def credit(release: Release, reporters: Iterable[str] = ()) -> str:
    """Name the source of a sentence, to be quoted with it.

    Args:
        release: The release that its figures are from.
        reporters: Who reported those of its figures that are in no data file.
    """
    publication = catalogue().publication
    published = f", published {day(release)}" if release.published else ""
    others = f"; some figures as reported by {listed(reporters)}" if (reporters := tuple(reporters)) else ""
    return (
        f"Source: {publication.publisher}, {publication.title}, release {release.label}{published}{others}; "
        "calculations by npqstats."
    )


def terms(measures: Collection[str]) -> list[tuple[str, str]]:
    """Explain what an NPQ is, who paid, and what each measure of a report counts.

    Args:
        measures: Codes of the measures that the report shows.
    """
    return [
        ("NPQ", _NPQ),
        ("Funded", f"{capitalised(FUNDING['funded'].meaning)}. Not everybody who is eligible for one is given one."),
        ("Non-funded", f"{capitalised(FUNDING['non-funded'].meaning)}."),
        *((measure.label, measure.counts) for code, measure in MEASURES.items() if code in measures),
    ]


_LIMITS = {
    ("starts", "participants"): (
        "Starts are not people: somebody who starts two courses in a year is two starts and one participant. "
        "Participants of several years cannot be added together, for the same person may be in each."
    ),
    ("workforce-share",): (
        "The share of teachers counts only participants who were found in the School Workforce Census. It is not "
        "the number of participants divided by the number of teachers."
    ),
    ("completion-rate",): (
        "Completions go on coming in after two years. Courses of an earlier year have had longer to be completed, "
        "so a lower rate for a later year need not mean that its participants do worse."
    ),
    ("pass-rate",): "The pass rate is of courses completed, not of courses started.",
    ("schools-share",): "A school is counted as soon as one person there has started one course.",
}
"""What cannot be told from measures, where all of those named are shown."""


def limits(
    headline: Comparison, measures: Collection[str], *, unfinished: Sequence[str] = (), reporters: Sequence[str] = ()
) -> list[str]:
    """Say what cannot be told from the figures of a report.

    Args:
        headline: Compares its two years.
        measures: Codes of the measures that it shows.
        unfinished: Years whose courses had not had the time to be finished, as printed.
        reporters: Who reported those figures that are in no data file.
    """
    before, after = headline.before.label, headline.after.label
    said = [
        "The figures count. They do not say why a number changed, nor what a course did for a school.",
        "Applications and registrations are not counted. A start is, once the lead provider has confirmed it.",
        *(words for needed, words in _LIMITS.items() if {*needed} <= {*measures}),
    ]
    if new := headline.new:
        said.append(
            f"{_courses(new)} began after {before}: totals of {after} include {_them(new)}, earlier ones do not."
        )
    if ended := headline.ended:
        said.append(
            f"{_courses(ended)} ended before {after}: totals of {before} include {_them(ended)}, later ones do not."
        )
    if unfinished:
        said.append(
            f"Courses take up to 22 months. Those started in {listed(unfinished)} were still being completed when the "
            "figures were collected, so their rates are printed as 'so far' and not compared."
        )
    if reporters:
        said.append(
            f"Some figures are in none of the data files that are loaded; they are as reported by {listed(reporters)}, "
            "and are marked."
        )
    if headline.newest.name != headline.release.name:
        said.append(
            f"A newer release, {headline.newest.label}, is loaded; it may have revised the figures printed here."
        )
    return [
        *said,
        "Earlier years are revised with each release, so figures may differ from those first published.",
        "Changes are computed before rounding, so they may differ from those of the printed figures.",
    ]


def _courses(courses: Iterable[Course]) -> str:
    return listed(course.title for course in courses)


def _them(courses: Sequence[Course]) -> str:
    return "it" if len(courses) == 1 else "them"


def missing(names: Sequence[str], release: Release, *, is_whole: bool | None) -> str:
    """Say what is left out because the published files do not have it, or are not loaded whole; None: not known."""
    if is_whole is None:
        return f"Not in the files of the release {release.label} that are loaded: {listed(names)}."
    if is_whole:
        return f"Not published in the release {release.label}: {listed(names)}."
    return f"Not loaded: {listed(names)}. 'npqstats fetch {release.name}' brings the full files of {release.label}."


def share_beside(measure: Measure, year: str, area: str, own: float, others: Sequence[tuple[str, float]]) -> str:
    """Set the rate of an area beside those of others.

    Args:
        measure: A rate.
        year: As printed.
        area: Name of the area.
        own: Its rate, in %.
        others: Names and rates of its region and of England.
    """
    them = listed(f"{number(rate, '%')} in {name}" for name, rate in others)
    when = f"of courses started in {year}" if measure.has_unfinished else f"in {year}"
    return f"In {area}, the {within(measure.subject)} {when} was {number(own, '%')}, compared with {them}."


def unusual(measure: Measure, year: str, area: str, *, count: float, whole: float, rate: float) -> str:
    """Say that an area's rate is further from England's than chance alone would usually bring about.

    Args:
        measure: A rate.
        year: As printed.
        area: Name of the area.
        count: What the rate counts there, such as completions.
        whole: What it is a rate of, such as starts.
        rate: England's rate, in %.
    """
    part, base = MEASURES[measure.numerator], MEASURES[measure.denominator]
    return (
        f"Unusual: at England's rate of {number(rate, '%')}, {area} would have had about "
        f"{number(float(rounded(whole * rate / 100)))} {within(part.label)} among its {number(float(rounded(whole)))} "
        f"{within(base.label)} of {year}; it had {number(count)}."
    )


def unusual_change(year: str, area: str, *, expected: float, after: float, pct: float) -> str:
    """Say that an area's starts moved otherwise than England's, by more than chance alone would usually bring about.

    Args:
        year: The later one, as printed.
        area: Name of the area.
        expected: Starts of the later year, had they moved as England's did.
        after: Starts there were.
        pct: How England's moved, in %.
    """
    moved = f"{'risen' if pct > 0 else 'fallen'} by {number(abs(pct), '%')}"
    return (
        f"Unusual: had NPQ starts in {area} {moved}, as in England, there would have been about "
        f"{number(float(rounded(expected)))} in {year}; there were {number(after)}."
    )


def nothing_unusual(area: str) -> str:
    """Say that no figure of an area is further from England's than chance alone would usually bring about."""
    return (
        f"The figures of {area} that are compared here differ from England's by no more than chance alone would "
        "usually bring about."
    )


def nothing_judged(area: str) -> str:
    """Say that an area has no figure that can be held against England's rate."""
    return f"The figures of {area} are not known, or too small, to tell whether it differs from England."


UNUSUAL = (
    "A figure is called unusual if it is more than two standard errors from what England's rate would make of it. By "
    "chance alone, about one figure in twenty would be."
)
"""What the word means, and how often it is wrong."""


def rank(measure: Measure, year: str, area: str, ranked: tuple[int, bool, int], kind: str) -> str:
    """Say where an area is among all of its kind.

    Args:
        measure: What they are ranked by.
        year: As printed.
        area: Name of the area.
        ranked: Its rank (1 for the highest), whether it shares it, and how many areas have a figure.
        kind: `regions` or `local authorities`.
    """
    position, is_joint, of = ranked
    nth = "" if position == 1 else f"{ordinal(position)} "
    return (
        f"Of the {of} {kind} with a figure, {area} had the {'joint ' if is_joint else ''}{nth}highest "
        f"{within(measure.subject)} in {year}."
    )
