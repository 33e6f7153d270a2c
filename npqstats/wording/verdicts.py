"""Why a number in a text has its verdict: a sentence that a journalist can act on."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby

from npqstats.analysis.factcheck.judging.derived import Ask
from npqstats.analysis.factcheck.judging.findings import Finding
from npqstats.analysis.facts import Facts, Value
from npqstats.analysis.series import Series
from npqstats.analysis.survey import SurveyAnswer
from npqstats.catalogue.catalogue import NO_RELEASE, release
from npqstats.vocabulary.breakdowns import OVERALL
from npqstats.vocabulary.measures import MEASURES
from npqstats.vocabulary.names import listed
from npqstats.vocabulary.numbers import number, rounded
from npqstats.vocabulary.periods import label
from npqstats.wording import rankings
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
    cells = [*(fact for one in finding.beside for fact in one.value.facts), *(shown.facts if shown else ())]
    if ask and value and len({one.ask.series for one in finding.beside}) == 1:
        years = [year for one in finding.beside for year in one.ask.years]
        ask = ask._replace(years=(min(years), max(years)))  # The command shows all that it is ranked among.
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
    if finding.reason in rankings.REASONS:
        return rankings.because(finding, facts)
    parts = _Told(finding, facts)
    sentence = _REASONS[finding.reason].format_map(parts).strip()
    notes = [parts[note] for note in finding.notes if note in _PARTS]
    return " ".join([sentence, *dict.fromkeys(note for note in notes if note and note not in sentence)])


_OTHERWISE = "{quote} {kind}: {other} ({other_source}). {should}"
_SUMMED = "{span}; one person may start several. {should}"
_CONTRADICTED = "The sentence's own figures contradict it: "
_REASONS = {
    "fits": "{What}: {figure} ({source}){how}.",
    "something-else": _OTHERWISE,
    "unsaid-measure": (
        "The sentence does not say what is counted. {quote} is the figure for {other} ({other_source}). {should}"
    ),
    "places": "Places may be read as courses; {quote} counts people: {what} ({source}). Say participants.",
    "calendar-year": "DfE counts by academic year, not calendar year: say which academic year is meant.",
    "academic-year": "DfE counts by academic year, not calendar year: {figure} is {what} ({source}).",
    "year-of-start": (
        "DfE counts by the year of start, not of completion: {figure} is {what} ({source}). Say when they were begun."
    ),
    "other-figure": "{should}{slip}",
    "rounded": "{should} {quote} is a coarse rounding of it: give more digits.",
    "direction": "The sentence says {said_move}; the figure {moved}. {should}",
    "stated-direction": _CONTRADICTED + "from {first} to {second} is a {stated_move}.",
    "stated-order": _CONTRADICTED + "{first} is {relation} than {second}.",
    "arithmetic": "The sum does not come out: from {first} to {second} is {result}.",
    "stated-per-cent": "{quote} is a change in per cent: from {first} to {second} it is {result}.",
    "stated-points": "{quote} is the difference in percentage points; from {first} to {second} it is {result}.",
    "revised": "Right then ({other_source}), since revised to {figure} ({source}): {what}.",
    "outgrown": "Right up to {other_year}, and outgrown since. {should}",
    "summed-courses": "{quote} adds up courses started, not people, from " + _SUMMED,
    "summed-people": "{quote} adds up people of each year, from " + _SUMMED,
    "unfinished": (
        "Courses begun in {unfinished} {are} unfinished: they take up to 22 months, and {figure} is so far ({source}). "
        "It cannot be set against earlier years."
    ),
    "unlike": "It sets {one} against {another}: they do not count the same. {should}",
    "small-base": "The rate is of {base}, too few to say anything ({source}).",
    "not-dropout": (
        "{quote} has not completed so far; nobody counts who dropped out ({source}), and cohorts go on completing."
    ),
    "target": "A target, not an outcome: {target} places to the end of 2023/24 ({source}).",
    "old-suite": "Of the courses before the reform of 2021 ({source}): not to be joined to figures since.",
    "survey": "A survey of its own panel ({survey_source}), not an official count.{beside}",
    "survey-people": "{survey_answer} ({survey_source}); the sentence says it of others.",
    "survey-other": "{quote} is another answer in the survey: {other_answer}. {survey_answer} ({survey_source}).",
    "survey-wrong": "{survey_answer} ({survey_source}).",
    "unclear": ("{quote} is {other} ({other_source}); the sentence does not say clearly {which_is_meant}.{besides}"),
    "doubt": "The sentence says more than the data can answer: {doubts}.",
    "unread": "{should} The sentence also says {unread}, and nothing here can confirm that.",
    "unread-words": "The sentence says more than the data can answer: {unread}.",
    "unsure-base": "It is counted from a figure of the sentence that does not hold.",
    "no-row": "{absent}",
    "registrations": "Registrations are not starts, and the statistics do not count them.",
    "not-counted": "The statistics count what was started, completed and passed, not what the sentence speaks of.",
    "target-unknown": "A target or a plan; no source here has it.",
    "before-reforms": "Of a year before the reform of 2021, of which the data here have no such figure.",
    "survey-unknown": "A survey's figure that the data here cannot confirm; a survey is not an official count.",
    "ambiguous": "The sentence may mean courses or people, and the two differ.",
}
"""The reasons that `analysis.factcheck.judging` gives, each with its sentence; the names in it are `_PARTS`."""
_NOT_PUBLISHED = {
    "forecast": "This speaks of what may happen; the figures here say only what has.",
    "institution": "This speaks of one school or trust; the figures here are of England and of its areas.",
    "provider": "The figures here are not by provider.",
    "disadvantage": "The figures here are not by disadvantage or kind of place.",
    "time": "The figures here are of academic years, not of parts of one, and no averages.",
    "outcome": "The figures here count who started, completed and passed; not who holds an NPQ, how soon or how well.",
    "other-year": "The figures here are of academic years, not of other years or months.",
    "several": "The figures here do not say how many started more than one, or how many in a school.",
}


_FUNDED = {
    "all": "counts all, whoever paid",
    "funded": "counts only what DfE funded",
    "non-funded": "counts only what DfE did not fund",
}


class _Told:
    """A finding to be told: the parts of its sentence, each worked out when a reason asks for it by name."""

    def __init__(self, finding: Finding, facts: Facts) -> None:
        self.finding, self.facts = finding, facts

    def __getitem__(self, name: str) -> str:
        return _PARTS[name](self)

    @property
    def meant(self) -> tuple[Ask, Value]:
        """What the sentence speaks of, and its figure."""
        assert self.finding.ask
        assert self.finding.value
        return self.finding.ask, self.finding.value

    @property
    def named(self) -> tuple[Ask, Value]:
        """What the number is instead."""
        assert self.finding.other_ask
        assert self.finding.other
        return self.finding.other_ask, self.finding.other

    @property
    def answered(self) -> tuple[SurveyAnswer, SurveyAnswer]:
        """The answer in a survey that the sentence speaks of, and the one that the number is."""
        found = self.finding.answered
        assert found
        assert found.meant
        return found.meant, found.other or found.meant


def _how(told: _Told) -> str:
    value = told.meant[1]
    added = " + ".join(number(fact.value) for fact in value.facts)
    if value.how in ("sum of years", "course + course", "area + area"):
        return f", {added}"
    if value.parts and len(value.facts) > len(value.parts):
        link = "less" if value.how == "whole - part" else "of"
        return f", {f' {link} '.join(map(number, value.parts))}"
    if value.how == "mean of years":
        return f", ({added}) / {len(value.facts)}"
    shown = [fact.raw if not fact.raw.isdigit() else number(fact.value) for fact in value.facts]
    if told.meant[0].without and len(shown) > 1:  # Of each year the total, and the courses that are left out of it.
        years = groupby(zip(value.facts, shown, strict=True), key=lambda pair: pair[0].period)
        return ", from " + ", and ".join(" less ".join(text for _, text in pairs) for _, pairs in years)
    return f", from {' and '.join(shown[:2])}" if value.how and len(shown) > 1 else ""


def _should(told: _Told) -> str:
    said = told.finding.said
    if said.names_calendar_year and not (said.is_year_sure or said.is_old):
        return "DfE counts by academic year, not calendar year."
    if told.finding.ask is None:
        return ""
    if told.finding.value is None:
        if told.finding.parts == ("basis",) and told.named[0].series.basis == "cumulative":
            return "DfE publishes no such figure of one year alone: add 'since 2021'."
        return f"The data here have no figure for {told['absent_what']}."
    return f"{told['What']}: {told['figure']} ({told['source']})."


def _which_is_meant(told: _Told) -> str:
    if told.finding.ask is None:
        return "that it means this"
    return f"whether it means this or {told['absent_what']}" + (f" ({told['figure']})" if told.finding.value else "")


def _kind(told: _Told) -> str:
    parts, other = told.finding.parts, told.named[0]
    ways = {
        "unit": "is in percentage points" if other.kind == "points" else "is in per cent",
        "basis": "is counted since 2021" if other.series.basis == "cumulative" else "is of one year alone",
        "measure": _other_count(told, other),
        "funding": _FUNDED[other.series.funding],
        "year": "is of another year" if told.finding.said.is_year_sure else "is of an academic year",
        "area": "is of another area",
        "group": _other_group(told.finding.ask, other),
    }
    return next((said for part, said in ways.items() if part in parts), "is something else")


def _other_group(meant: Ask | None, other: Ask) -> str:
    if other.without:
        return f"leaves out {' and '.join(other.without)}"
    if meant is not None and meant.without:
        return "is of every course"
    return "is of another group" if other.series.breakdown != OVERALL else "is not of that group alone"


def _slip(told: _Told) -> str:
    one, other = (f"{value:.0f}" for value in (told.finding.quantity.value, told.meant[1].value))
    if one == other or len(one) != len(other) or len(one) < 3:
        return ""
    differ = [n for n in range(len(one)) if one[n] != other[n]]
    if len(differ) == 2 and one[differ[0]] == other[differ[1]] and one[differ[1]] == other[differ[0]]:
        return " Two digits have changed places."
    return " One digit differs." if len(differ) == 1 else ""


def _move(told: _Told, gap: tuple[str, str], move: tuple[str, str], sign: float) -> str:
    """Name a move up or down; a gap between two parts is more or less."""
    return (gap if told.finding.said.against[0] else move)[sign <= 0]


def _result(told: _Told) -> str:
    unit = {"percent": "%", "points": " percentage points"}.get(told.finding.quantity.kind, "")
    first, second, result = told.finding.stated
    is_of_counts = unit and abs(abs(second - first) - result) > 0.05  # A change of counts is none in points.
    return _plain(round(result, 1)) + ("%" if is_of_counts else unit)


def _base(told: _Told) -> str:
    ask = told.meant[0]
    under = MEASURES[ask.series.measure].denominator
    base = told.facts.value(ask.series._replace(measure=under), ask.years[-1])
    return f"{number(base.value)} {MEASURES[under].label.lower()}" if base else "very few"


def _beside(told: _Told) -> str:
    share = told.facts.value(Series("workforce-share", basis="cumulative"), told.facts.newest)
    counted = "The census count of those who started a reformed NPQ since 2021 is"
    return f" {counted} {number(share.value, '%')} of teachers." if share else ""


def _absent(told: _Told) -> str:
    area, group = told.finding.said.area, told.finding.said.group
    if area.startswith("?"):
        return f"The data here have no rows for {area[1:]}; 'npqstats fetch' brings those for local authorities."
    if group.startswith("?"):
        plain = f"The data here have no such rows ({group[1:].replace('-', ' ')})."
        return _NOT_PUBLISHED.get(group[1:], plain)
    if told.finding.ask is not None:
        return f"The data here have no figure for {what(told.finding.ask, told.facts)}."
    return "The words do not say clearly enough which figure is meant, or it is not published."


def _cohort(told: _Told) -> str:
    finding = told.finding
    ask = finding.ask if finding.value else finding.other_ask
    newest = told.facts.made_in(finding.value or finding.other).year.code
    ages = [(newest - year) // 100 for year in ask.years] if ask else []
    if not ages:
        return ""
    is_moved = finding.said.role in ("change", "factor") and not finding.said.against[0]
    if len(ages) > 1 or finding.said.end or is_moved:
        return "Cohorts differ in age: one that began a year earlier has had a year longer to finish."
    if ages[0] < 2:
        return "Courses take up to 22 months: many of these go on, and the number will grow."
    return f"Counted {ages[0]} years after the year of start; the number still grows a little."


def _unfinished(told: _Told) -> str:
    ask, value = told.meant
    return listed([label(year) for year in ask.years if told.facts.was_unfinished(year, value)])


def _still_running(told: _Told) -> str:
    years = _unfinished(told) if told.finding.ask and told.finding.value else ""
    of = f"Many of the courses begun in {years} go on"
    return f"{of}: they take up to 22 months, and the number will grow." if years else ""


def _rounded_subtraction(told: _Told) -> str:
    value = told.finding.value
    sizes = sorted({f"{abs(rounded(size, 1))}" for size in (value.value, *value.also)}) if value else []
    either = f"({' or '.join(sizes)}): neither is wrong"
    return f"DfE subtracts rounded percentages, the counts differ a little {either}." if sizes else ""


def _census(told: _Told) -> str:
    ask = told.finding.ask
    if ask is None or len(ask.years) > 1 or ask.whole is not None:
        return ""
    matched = told.facts.value(ask.series._replace(measure="workforce-participants"), ask.years[-1])
    return f"It counts the {number(matched.value)} participants matched to the workforce census." if matched else ""


def _older_release(told: _Told) -> str:
    value = told.finding.value or told.finding.other
    if value is None or value.release in (NO_RELEASE, told.facts.newest_release) or value.is_reported:
        return ""
    return f"The newest release here does not have it; this is from {release(value.release).label}."


def _other_count(told: _Told, other: Ask) -> str:
    spoken = {"workforce": "teachers"}.get(told.finding.said.counted, told.finding.said.counted)
    kinds = ("people", "courses", "schools")
    if other.unit in kinds and spoken in (*kinds, "teachers") and other.unit != spoken:
        return f"counts {other.unit}, not {spoken}"
    return "is something else"


def _survey_source(told: _Told) -> str:
    survey = told.answered[0]
    return f"{survey.publisher}, {survey.month}"


def _survey_answer(survey: SurveyAnswer) -> str:
    return f"Of {survey.population}, {survey.value}% answered '{survey.answer}'"


_PARTS: dict[str, Callable[[_Told], str]] = {
    "quote": lambda told: told.finding.quantity.quote,
    "what": lambda told: what(told.meant[0], told.facts),
    "What": lambda told: told["what"][:1].upper() + told["what"][1:],
    "figure": lambda told: figure(*told.meant),
    "source": lambda told: source(told.finding.value or told.meant[1]),
    "other": lambda told: what(told.named[0], told.facts),
    "other_source": lambda told: source(told.named[1]),
    "how": _how,
    "should": _should,
    "absent_what": lambda told: what(told.finding.ask, told.facts) if told.finding.ask else "what the sentence says",
    "which_is_meant": _which_is_meant,
    "besides": lambda told: f" It also says {told['unread']}." if told.finding.said.unread else "",
    "kind": _kind,
    "slip": _slip,
    "said_move": lambda told: _move(told, ("more", "less"), ("a rise", "a fall"), told.finding.said.direction),
    "moved": lambda told: _move(told, ("is more", "is less"), ("rose", "fell"), told.meant[1].value),
    "first": lambda told: _plain(told.finding.stated[0]),
    "second": lambda told: _plain(told.finding.stated[1]),
    "stated_move": lambda told: "rise" if told.finding.stated[1] > told.finding.stated[0] else "fall",
    "relation": lambda told: "more" if told.finding.stated[0] > told.finding.stated[1] else "fewer",
    "result": _result,
    "other_year": lambda told: label(told.named[0].years[-1]),
    "span": lambda told: f"{label(told.named[0].years[0])} to {label(told.named[0].years[-1])}",
    "unfinished": _unfinished,
    "are": lambda told: (
        "are" if told.facts.newest_release in {fact.release for fact in told.meant[1].facts} else "were still"
    ),
    "base": _base,
    "target": lambda told: number(told.meant[1].value),
    "beside": _beside,
    "one": lambda told: what(told.finding.beside[0].ask, told.facts),
    "another": lambda told: what(told.finding.beside[1].ask, told.facts),
    "survey_source": _survey_source,
    "survey_answer": lambda told: _survey_answer(told.answered[0]),
    "other_answer": lambda told: _survey_answer(told.answered[1]),
    "unread": lambda told: listed([f"'{word}'" for word in told.finding.said.unread]),
    "doubts": lambda told: listed(dict.fromkeys(told.finding.said.doubts)),
    "absent": _absent,
    "cohort": _cohort,
    "still-running": _still_running,
    "rounded-subtraction": _rounded_subtraction,
    "census": _census,
    "older-release": _older_release,
}
"""The parts of the reasons and notes."""


def _plain(value: float) -> str:
    return f"{value:,.10g}"


def summary(verdicts: Iterable[Verdict]) -> str:
    """Count the verdicts: `5 claims: 3 right, 1 wrong, 1 unknown`."""
    found = [one.verdict for one in verdicts]
    counts = [f"{found.count(name)} {name}" for name in LABELS if name in found]
    if not counts:
        return "No claim to check."
    return f"{len(found)} claim{'s' * (len(found) != 1)}: {', '.join(counts)}."
