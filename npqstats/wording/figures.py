"""A figure of a text in words: how it is written, what it counts, whose it is, and the command that makes it."""

from npqstats.analysis.factcheck.judging.derived import Ask
from npqstats.analysis.facts import Fact, Facts, Value
from npqstats.analysis.question import COURSE, Question
from npqstats.analysis.series import Series
from npqstats.catalogue.catalogue import NO_RELEASE, release
from npqstats.vocabulary.areas import ENGLAND, Area
from npqstats.vocabulary.breakdowns import OVERALL, label_of
from npqstats.vocabulary.courses import Course
from npqstats.vocabulary.measures import MEASURES
from npqstats.vocabulary.names import listed
from npqstats.vocabulary.numbers import number, rounded
from npqstats.vocabulary.periods import AcademicYear, label


def figure(ask: Ask, value: Value) -> str:
    """Write a figure with its unit: 29,818; 32.0%; 2.8 percentage points; 1.5 times."""
    if ask.unit == "times":
        return f"{rounded(value.value, 2)} times"
    if ask.kind in ("change", "pct", "points"):
        size = abs(value.value)
        text = number(size, ask.unit) if ask.unit != "people" else number(size)
        points = " percentage points" if ask.unit == "pp" else ""
        return f"{'−' if value.value < 0 else '+'}{text}{points}"
    return number(value.value, ask.unit)


def what(ask: Ask, facts: Facts) -> str:
    """Say what a figure counts, for whom, where and when."""
    said = _counts(ask.series, facts)
    if ask.kind == "share" and ask.whole is not None:
        comma = "," if MEASURES[ask.series.measure].has_unfinished else ""
        return f"{said} as a share of {_counts(ask.whole, facts)}{comma} {_when(ask)}"
    if ask.kind in ("change", "pct", "points", "factor") and ask.whole is not None and len(ask.years) > 1:
        said = f"{said} as a share of {_counts(ask.whole, facts)}"
    elif ask.kind in ("change", "pct", "points", "factor") and ask.whole is not None:
        other = _counts(ask.whole, facts).rstrip(",")
        said = said.rstrip(",")
        return f"{said} against {other}, {_when(ask)}"
    if ask.without:
        said = f"{said}, without {listed(ask.without)},"
    if ask.kind == "left":
        left = f"{_counts(ask.whole, facts)} less {said}" if ask.whole else _counts(ask.series, facts, _REST)
        return f"{left} {_when(ask)}"
    if ask.series.basis == "cumulative" and len(ask.years) > 1:
        said = f"{said.rstrip(',')}, counted since 2021,"
    begun = "begun in " if MEASURES[ask.series.measure].has_unfinished else ""
    first, last = (f"{begun}{label(ask.years[end])}" for end in (0, -1))
    if ask.kind in ("change", "pct", "points"):
        return (
            f"the change in {said} from {f'those {first}' if begun else first} to {f'those {last}' if begun else last}"
        )
    if ask.kind == "factor":
        return f"{said} {'' if begun else 'in '}{last} against {'those ' if begun else ''}{first}"
    return f"{said} {_when(ask)}"


def worked_out(ask: Ask, value: Value) -> str:
    """Say how a figure follows from its cells: 43,840 to 29,818; 23,477 of 29,526; empty for a cell."""
    numbers = [_printed(fact) for fact in value.facts]
    if not value.how:
        return ""
    if ask.kind == "sum" or " + " in value.how:
        return " + ".join(numbers)
    if ask.kind in ("value", "left") and len(numbers) > 1:
        return " \u2212 ".join(numbers)
    if len(numbers) != 2:
        return f"worked out from {listed(numbers)}"
    return f"{numbers[0]} of {numbers[1]}" if ask.kind == "share" else f"from {numbers[0]} to {numbers[1]}"


def _printed(fact: Fact) -> str:
    text = number(fact.value) if fact.value.is_integer() else fact.raw
    return f"{text}%" if MEASURES[fact.measure].is_rate else text


_NOUNS = {
    "starts": ("NPQ courses started", "{} NPQ courses started"),
    "participants": ("people who started an NPQ", "{} participants (people)"),
    "workforce-participants": (
        "teachers in the workforce census who started an NPQ",
        "{} teachers in the workforce census who started an NPQ",
    ),
    "workforce-share": (
        "teachers in the census who started an NPQ, as a share of the workforce,",
        "teachers in the census who started an NPQ, {paid}, as a share of the workforce,",
    ),
    "teachers": ("teachers in the workforce", "teachers in the workforce"),
    "completions": ("NPQ courses completed", "{} NPQ courses completed"),
    "passes": ("NPQ courses passed", "{} NPQ courses passed"),
    "completion-rate": ("the completion rate of courses", "the completion rate of {} courses"),
    "pass-rate": ("the pass rate (of courses completed)", "the pass rate (of {} courses completed)"),
    "schools": ("schools with somebody who started an NPQ", "schools with a {} NPQ start"),
    "schools-total": ("schools open", "schools open"),
    "schools-share": (
        "the share of schools with somebody who started an NPQ",
        "the share of schools with a {} NPQ start",
    ),
    "starts-target": ("the target for NPQ places", "the target for NPQ places"),
}
"""What is counted, and the same of one kind of funding."""
_REST = {
    "completions": ("NPQ courses not completed", "{} NPQ courses not completed"),
    "passes": ("NPQ courses completed but not passed", "{} NPQ courses completed but not passed"),
    "workforce-participants": ("teachers who have not started an NPQ", "teachers who have not started a {} NPQ"),
    "workforce-share": (
        "teachers who have not started an NPQ, as a share of the workforce,",
        "teachers who have not started a {} NPQ, as a share of the workforce,",
    ),
    "completion-rate": (
        "the share of courses not completed, of those",
        "the share of {} courses not completed, of those",
    ),
    "pass-rate": (
        "the share of courses completed that were not passed,",
        "the share of {} courses completed that were not passed,",
    ),
    "schools": ("schools where nobody has started an NPQ", "schools where nobody has started a {} NPQ"),
    "schools-share": (
        "the share of schools where nobody has started an NPQ",
        "the share of schools where nobody has started a {} NPQ",
    ),
}
"""The same of those that did not."""
_PAID = {"funded": "with funding", "non-funded": "without funding"}


def _counts(series: Series, facts: Facts, nouns: dict[str, tuple[str, str]] = _NOUNS) -> str:
    every, of_funding = nouns[series.measure]
    said = every if series.funding == "all" else of_funding.format(series.funding, paid=_PAID[series.funding])
    if series.breakdown == "course":
        said += f" in {listed(series.group.upper().split('+'))}"
    elif series.breakdown != OVERALL:
        said += f" ({group(series, facts)})"
    if series.location != ENGLAND[0]:
        said += f" in {area(series, facts)}"
    return said


def group(series: Series, facts: Facts) -> str:
    """Name a group, with its breakdown where several have one of that name, such as Unknown."""
    names = facts.names("group_label", "breakdown", "group")
    name = next((name for name, *group in names if (*group,) == (series.breakdown, series.group)), series.group)
    others = {breakdown for other, breakdown, _ in names if other == name}
    return name if len(others) < 2 else f"{label_of(series.breakdown).lower()}: {name}"


def area(series: Series, facts: Facts) -> str:
    """Name the area of a series."""
    names = {location: name for name, location in reversed(facts.names("location_name", "location"))}
    return listed([names.get(location, location) for location in series.location.split("+")])


def _when(ask: Ask) -> str:
    first, last = label(ask.years[0]), label(ask.years[-1])
    is_cohort, is_rate = MEASURES[ask.series.measure].has_unfinished, ask.series.measure == "completion-rate"
    begun = "" if not is_cohort else "begun " if is_rate else "of those begun "
    if ask.kind == "mean":
        return f"{begun}in a year, on average, from {first} to {last}"
    if ask.kind == "sum" or len(ask.years) > 1:
        return f"{begun}from {first} to {last}"
    return f"since 2021, up to {last}" if ask.series.basis == "cumulative" else f"{begun}in {last}"


def source(value: Value) -> str:
    """Say whose figure it is, and from when."""
    said = [_whose(fact) for fact in value.facts]
    return "; ".join(dict.fromkeys(said))


def _whose(fact: Fact) -> str:
    if fact.citation:
        who, _, when = fact.citation.partition(", called")[0].removesuffix(")").partition(" (")
        who = who.replace("Department for Education", "DfE")
        return ", ".join(part for part in (who if fact.is_reported else f"{who}'s text", when) if part)
    return f"DfE, {release(fact.release).label} release"


def command(ask: Ask, value: Value, newest: str) -> str:
    """Write the command that makes a figure.

    Args:
        ask: The figure.
        value: Its cells.
        newest: The newest release there is, which a command need not name.
    """
    if formula := _formula(ask, value):
        return f'npqstats sql "SELECT {formula.format(*map(_cell, value.facts))} AS figure"'
    series, measure, years = ask.series, MEASURES[ask.series.measure], (ask.years[0], ask.years[-1])
    is_change = ask.kind in ("change", "pct", "points") and ask.whole is None
    is_of_release = value.release != NO_RELEASE
    is_unfinished = is_of_release and any(map(release(value.release).is_unfinished, years))
    asked = Question(
        years=tuple(map(AcademicYear.of_code, years)),
        measure=measure,
        by=None if series.breakdown in (OVERALL, COURSE) else series.breakdown,
        funding=None if series.funding == "all" else series.funding,
        course=_course(series.group) if series.breakdown == COURSE else None,
        without=tuple(map(_course, ask.without)),
        areas=()
        if series.location == ENGLAND[0]
        else (Area(id=series.location, level=series.level, name=series.location),),
        basis=series.basis if series.basis == "cumulative" or measure.code in _OF_BOTH else None,
        release=value.release if is_of_release and value.release != newest else None,
        include_unripe=is_change and measure.has_unfinished and is_unfinished,
    )
    if not is_change:
        return asked.command("trend", *(["--cells"] if ask.kind == "value" and not ask.without else []))
    printed = {rounded(number, 1) for number in (value.value, *value.also)}
    return asked.command("compare", *(["--notes"] if len(printed) > 1 else []))  # What rounded percentages make of it.


def _course(code: str) -> Course:
    return Course(code=code.upper(), name="")


_OF_BOTH = ("workforce-participants", "workforce-share", "schools", "schools-share")
"""Measures that are published in the year and since 2021."""


_GAPS = {"change": "{1} - {0}", "points": "round({1} - {0}, 1)", "pct": "round(100 * ({1} - {0}) / {0}, 1)"}
"""How two parts of a year differ."""


def _formula(ask: Ask, value: Value) -> str:
    """Write how a figure follows from its cells, where no command but a query works it out; else nothing."""
    each = [f"{{{n}}}" for n in range(len(value.facts))]
    half = len(each) // 2
    is_part = ask.series.breakdown != OVERALL or ask.series.location != ENGLAND[0]
    formula = ""
    if ask.kind == "pooled":
        formula = f"round(100 * ({' + '.join(each[:half])}) / ({' + '.join(each[half:])}), 1)"
    elif ask.kind == "mean":
        formula = f"round(({' + '.join(each)}) / {len(each)})"
    elif value.how == "whole - part":
        wholes, parts = each[: -len(ask.years)], each[-len(ask.years) :]
        formula = " - ".join([" + ".join(wholes), *parts])
    elif ask.kind == "sum" and value.how and is_part:
        formula = " + ".join(each)
    elif value.how == "100 - rate" and len(each) == 1:
        formula = "100 - {0}"
    elif ask.whole is not None and ask.kind in _GAPS and len(each) == 2:
        formula = _GAPS[ask.kind]
    elif ask.kind == "factor" and len(each) == 2:
        formula = "round({1} / {0}, 2)"
    elif " / " in value.how and (len(each) == 2 or "+" in ask.series.group + ask.series.location):
        formula = f"round(100 * ({' + '.join(each[:-1])}) / {each[-1]}, 1)"
    elif ask.kind in ("value", "left") and value.how and not ask.without and (len(each) == 2 or " + " in value.how):
        formula = " + ".join(each) if " + " in value.how else "{0} - {1}"
    return formula


def _cell(fact: Fact) -> str:
    """Write the query of a cell."""
    chosen = f"source = '{fact.source}' AND line = {fact.line} AND column = '{fact.column}'"
    return f"(SELECT value FROM observations WHERE {chosen})"
