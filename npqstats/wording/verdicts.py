"""Why a number in a text has its verdict: a sentence that a journalist can act on."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from npqstats.analysis.factcheck.judge import Finding
from npqstats.analysis.facts import Facts, Series, Value
from npqstats.catalogue.catalogue import NO_RELEASE, release
from npqstats.vocabulary.measures import MEASURES
from npqstats.vocabulary.names import listed
from npqstats.vocabulary.numbers import number, rounded
from npqstats.vocabulary.periods import label
from npqstats.wording.figures import command, figure, source, what

LABELS = {
    "right": "RIGHT",
    "reported": "REPORTED",
    "mislabelled": "MISLABELLED",
    "superseded": "SUPERSEDED",
    "misleading": "MISLEADING",
    "wrong": "WRONG",
    "unknown": "UNKNOWN",
}
MEANING = {
    "right": "an official figure, or one that follows from official figures, says so",
    "reported": "somebody else printed it, and nobody has checked it",
    "mislabelled": "the figure exists, but it is of something else than the sentence says",
    "superseded": "it was right once; a later release says otherwise",
    "misleading": "the figure is right, and what is made of it is not sound",
    "wrong": "the data have what the sentence speaks of, and it is another figure",
    "unknown": "the data here do not say",
}
NEEDS_WORK = ("wrong", "mislabelled", "superseded", "misleading")


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What is to be said of one number in a text."""

    quote: str
    """As it stands in the text."""
    start: int
    end: int
    """Where it stands: offsets of characters in the text as read."""
    verdict: str
    """right, reported, mislabelled, superseded, misleading, wrong or unknown."""
    because: str
    """Why, in a sentence or two."""
    figure: str | None = None
    """The figure that the data have for what the sentence says; None where they have none."""
    release: str | None = None
    """The release that it is from."""
    origins: tuple[str, ...] = ()
    """Its cells: file under data/raw/, line and column."""
    command: str | None = None
    """The command that shows it."""

    @property
    def needs_work(self) -> bool:
        """Whether the sentence has to be changed."""
        return self.verdict in NEEDS_WORK


def verdict(finding: Finding, facts: Facts) -> Verdict:
    """Put a finding into words."""
    q = finding.quantity
    ask, value = finding.ask, finding.value
    if value is None and finding.other is not None:
        ask, value = finding.other_ask, finding.other
    shown = finding.other if finding.value is None else finding.value
    cells = shown.facts if shown else ()
    return Verdict(
        quote=q.quote,
        start=q.start,
        end=q.end,
        verdict=finding.verdict,
        because=because(finding, facts),
        figure=figure(ask, value) if ask and value else None,
        release=value.release if value and value.release != NO_RELEASE else None,
        origins=tuple(dict.fromkeys(cell.origin for cell in cells)),
        command=command(ask, value, facts.newest_release) if ask and value else None,
    )


def because(finding: Finding, facts: Facts) -> str:
    """Say in a sentence or two why a number has its verdict."""
    words = _REASONS.get(finding.reason, _no_row)
    sentence = words(finding, facts)
    notes = [_NOTES[note](finding, facts) for note in finding.notes if note in _NOTES]
    return " ".join([sentence, *dict.fromkeys(note for note in notes if note and note not in sentence)])


def _fits(finding: Finding, facts: Facts) -> str:
    assert finding.ask
    assert finding.value
    ask, value = finding.ask, finding.value
    return f"{_sentence(what(ask, facts))}: {figure(ask, value)} ({source(value)}){_how(value)}."


def _how(value: Value) -> str:
    if not value.how:
        return ""
    if value.how == "sum of years":
        return ", " + " + ".join(number(fact.value) for fact in value.facts)
    shown = " and ".join(fact.raw if not fact.raw.isdigit() else number(fact.value) for fact in value.facts[:2])
    return f", from {shown}" if len(value.facts) > 1 else ""


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _something_else(finding: Finding, facts: Facts) -> str:
    assert finding.other_ask
    assert finding.other
    is_kind = _is_kind(finding)
    first = f"{finding.quantity.quote} {is_kind}: {what(finding.other_ask, facts)} ({source(finding.other)})."
    return f"{first} {_should(finding, facts)}".strip()


def _is_kind(finding: Finding) -> str:
    said, parts = finding.said, finding.parts
    assert finding.other_ask
    unit = finding.other_ask.unit
    if "unit" in parts:
        return "is in percentage points" if finding.other_ask.kind == "points" else "is in per cent"
    if "basis" in parts:
        return "is counted since 2021" if finding.other_ask.series.basis == "cumulative" else "is of one year alone"
    if "measure" in parts:
        counts = {"people": "people", "courses": "courses", "schools": "schools"}.get(unit, "")
        spoken = {"people": "people", "courses": "courses", "workforce": "teachers", "schools": "schools"}.get(
            said.counted, ""
        )
        if counts and spoken and counts != spoken:
            return f"counts {counts}, not {spoken}"
        return "is another figure"
    if "funding" in parts:
        return "is of another funding"
    if "year" in parts:
        return "is of another year"
    if "area" in parts:
        return "is of another area"
    return "is of other people than the sentence says" if "group" in parts else "is something else"


def _should(finding: Finding, facts: Facts) -> str:
    if finding.ask is None or finding.value is None:
        return "What the sentence speaks of is not in the data here."
    return f"{_sentence(what(finding.ask, facts))}: {figure(finding.ask, finding.value)} ({source(finding.value)})."


def _places(finding: Finding, facts: Facts) -> str:
    assert finding.ask
    assert finding.value
    return (
        f"Places may be read as courses; {finding.quantity.quote} counts people: {what(finding.ask, facts)} "
        f"({source(finding.value)}). Say participants."
    )


def _unsaid(finding: Finding, facts: Facts) -> str:
    return f"The sentence does not say what is counted. {_something_else(finding, facts)}"


def _calendar(finding: Finding, facts: Facts) -> str:
    assert finding.ask
    assert finding.value
    return (
        f"DfE counts by academic year, not calendar year: {figure(finding.ask, finding.value)} is "
        f"{what(finding.ask, facts)} ({source(finding.value)})."
    )


def _year_of_start(finding: Finding, facts: Facts) -> str:
    assert finding.ask
    assert finding.value
    return (
        f"DfE counts by the year of start, not of completion: {figure(finding.ask, finding.value)} is "
        f"{what(finding.ask, facts)} ({source(finding.value)}). Say when they were begun."
    )


def _calendar_unknown(finding: Finding, facts: Facts) -> str:
    if finding.ask and finding.value:
        return _calendar(finding, facts)
    return "DfE counts by academic year, not calendar year: say which academic year is meant."


def _other_figure(finding: Finding, facts: Facts) -> str:
    assert finding.ask
    assert finding.value
    slip = _slip(finding.quantity.value, finding.value.value)
    return f"{_should(finding, facts)}{slip}"


def _slip(said: float, is_so: float) -> str:
    one, other = f"{said:.0f}", f"{is_so:.0f}"
    if one != other and len(one) == len(other) > 2:
        differ = [n for n in range(len(one)) if one[n] != other[n]]
        if len(differ) == 2 and one[differ[0]] == other[differ[1]] and one[differ[1]] == other[differ[0]]:
            return " Two digits have changed places."
        if len(differ) == 1:
            return " One digit differs."
    return ""


def _direction(finding: Finding, facts: Facts) -> str:
    assert finding.ask
    assert finding.value
    moved = "rose" if finding.value.value > 0 else "fell"
    said = "rise" if finding.said.direction > 0 else "fall"
    return f"The sentence says a {said}; the figure {moved}. {_should(finding, facts)}"


def _not_extreme(finding: Finding, facts: Facts) -> str:
    word = "highest" if finding.said.superlative > 0 else "lowest"
    return f"It is not the {word}. {_should(finding, facts)}"


def _stated_direction(finding: Finding, facts: Facts) -> str:
    before, after = finding.stated
    is_so = "rise" if after > before else "fall"
    return f"The sentence's own figures contradict it: from {_plain(before)} to {_plain(after)} is a {is_so}."


def _stated_order(finding: Finding, facts: Facts) -> str:
    first, second = finding.stated
    relation = "more" if first > second else "fewer"
    return f"The sentence's own figures contradict it: {_plain(first)} is {relation} than {_plain(second)}."


def _arithmetic(finding: Finding, facts: Facts) -> str:
    before, after, result = finding.stated
    unit = {"percent": "%", "points": " percentage points"}.get(finding.quantity.kind, "")
    return f"The sum does not come out: from {_plain(before)} to {_plain(after)} is {_plain(round(result, 1))}{unit}."


def _plain(value: float) -> str:
    return f"{value:,.10g}"


def _revised(finding: Finding, facts: Facts) -> str:
    assert finding.ask
    assert finding.value
    assert finding.other
    return (
        f"Right then ({source(finding.other)}), since revised to {figure(finding.ask, finding.value)} "
        f"({source(finding.value)}): {what(finding.ask, facts)}."
    )


def _summed(finding: Finding, facts: Facts) -> str:
    assert finding.other_ask
    assert finding.other
    counted = "courses started, not people" if finding.other_ask.series.measure == "starts" else "people of each year"
    years = f"{label(finding.other_ask.years[0])} to {label(finding.other_ask.years[-1])}"
    first = f"{finding.quantity.quote} adds up {counted}, from {years}; one person may start several."
    return f"{first} {_should(finding, facts)}"


def _unfinished(finding: Finding, facts: Facts) -> str:
    assert finding.ask
    assert finding.value
    years = listed([label(year) for year in finding.ask.years if year in facts.unfinished])
    so_far = f"{figure(finding.ask, finding.value)} is so far ({source(finding.value)})"
    return (
        f"Courses begun in {years} are unfinished: they take up to 22 months, and {so_far}. "
        "It cannot be set against earlier years."
    )


def _small(finding: Finding, facts: Facts) -> str:
    assert finding.ask
    assert finding.value
    under = MEASURES[finding.ask.series.measure].denominator
    base = facts.value(finding.ask.series._replace(measure=under), finding.ask.years[-1])
    of = f"of {number(base.value)} {MEASURES[under].label.lower()}" if base else "of very few"
    return f"The rate is {of}, too few to say anything ({source(finding.value)})."


def _dropout(finding: Finding, facts: Facts) -> str:
    assert finding.ask
    assert finding.value
    return (
        f"{finding.quantity.quote} has not completed so far; nobody counts who dropped out "
        f"({source(finding.value)}), and cohorts go on completing."
    )


def _target(finding: Finding, facts: Facts) -> str:
    assert finding.value
    target = number(finding.value.value)
    return f"A target, not an outcome: {target} places to the end of 2023/24 ({source(finding.value)})."


def _old_suite(finding: Finding, facts: Facts) -> str:
    assert finding.value
    return f"Of the courses before the reform of 2021 ({source(finding.value)}): not to be joined to figures since."


def _survey(finding: Finding, facts: Facts) -> str:
    shares = facts.value(Series("workforce-share", basis="cumulative"), facts.newest)
    beside = (
        f" The census count of those who started a reformed NPQ since 2021 is {number(shares.value, '%')} of teachers."
        if shares
        else ""
    )
    return f"A survey of its own panel (Teacher Tapp, November 2024), not an official count.{beside}"


def _doubt(finding: Finding, facts: Facts) -> str:
    return f"The sentence says more than the data can answer: {listed(finding.said.doubts)}."


def _no_row(finding: Finding, facts: Facts) -> str:
    said = finding.said
    if said.area.startswith("?"):
        return f"The data here have no rows for {said.area[1:]}; 'npqstats fetch' brings those for local authorities."
    if said.group.startswith("?"):
        return f"The data here have no such rows ({said.group[1:].replace('-', ' ')})."
    if finding.ask is not None:
        return f"The data here have no row for {what(finding.ask, facts)}."
    return "The data here have no figure for what the sentence says."


def _fixed(text: str) -> Callable[[Finding, Facts], str]:
    return lambda _finding, _facts: text


_REASONS: dict[str, Callable[[Finding, Facts], str]] = {
    "fits": _fits,
    "something-else": _something_else,
    "places": _places,
    "unsaid-measure": _unsaid,
    "calendar-year": _calendar_unknown,
    "year-of-start": _year_of_start,
    "other-figure": _other_figure,
    "direction": _direction,
    "not-extreme": _not_extreme,
    "stated-direction": _stated_direction,
    "stated-order": _stated_order,
    "arithmetic": _arithmetic,
    "revised": _revised,
    "summed-people": _summed,
    "unfinished": _unfinished,
    "small-base": _small,
    "not-dropout": _dropout,
    "target": _target,
    "old-suite": _old_suite,
    "survey": _survey,
    "doubt": _doubt,
    "no-row": _no_row,
    "registrations": _fixed("Registrations are not starts, and the statistics do not count them."),
    "not-counted": _fixed(
        "The statistics count what was started, completed and passed, not what the sentence speaks of."
    ),
    "target-unknown": _fixed("A target; no source here has it."),
    "before-reforms": _fixed("Of a year before the reform of 2021, of which the data here have no such figure."),
    "survey-unknown": _fixed("A survey's figure, which no source here has; a survey is not an official count."),
    "ambiguous": _fixed("The sentence may mean courses or people, and the two differ."),
}


def _cohort(finding: Finding, facts: Facts) -> str:
    ask = finding.ask if finding.value else finding.other_ask
    newest = release(facts.newest_release).year.code
    ages = [(newest - year) // 100 for year in ask.years] if ask else []
    if not ages:
        return ""
    if len(ages) > 1 or finding.said.end or finding.said.role in ("change", "factor"):
        return "Cohorts differ in age: one that began a year earlier has had a year longer to finish."
    return f"Counted {_years(ages[0])} after the year of start; the number still grows a little."


def _years(count: int) -> str:
    return f"{count} year{'s' if count != 1 else ''}"


def _rounded(finding: Finding, facts: Facts) -> str:
    if not finding.value:
        return ""
    sizes = sorted({f"{abs(rounded(v, 1))}" for v in (finding.value.value, *finding.value.also)})
    return f"DfE subtracts rounded percentages, the counts differ a little ({' or '.join(sizes)}): neither is wrong."


def _census(finding: Finding, facts: Facts) -> str:
    ask = finding.ask
    if ask is None or len(ask.years) > 1:
        return ""
    matched = facts.value(ask.series._replace(measure="workforce-participants"), ask.years[-1])
    return f"It counts the {number(matched.value)} participants matched to the workforce census." if matched else ""


def _older(finding: Finding, facts: Facts) -> str:
    value = finding.value or finding.other
    if value is None or value.release in (NO_RELEASE, facts.newest_release) or value.is_reported:
        return ""
    return f"The newest release here has no such row; this is from {release(value.release).label}."


_NOTES: dict[str, Callable[[Finding, Facts], str]] = {
    "cohort": _cohort,
    "rounded-subtraction": _rounded,
    "census": _census,
    "older-release": _older,
}


def summary(verdicts: Iterable[Verdict]) -> str:
    """Count the verdicts: `5 numbers: 3 right, 1 wrong, 1 unknown`."""
    found = [one.verdict for one in verdicts]
    counts = [f"{found.count(name)} {name}" for name in LABELS if name in found]
    if not counts:
        return "No number to check."
    return f"{len(found)} number{'s' * (len(found) != 1)}: {', '.join(counts)}."
