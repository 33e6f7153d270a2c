"""A number that is a figure that its sentence may mean: whether all else that the sentence says of it is so, too."""

import calendar
import re
from collections.abc import Callable
from datetime import date

from npqstats.analysis.factcheck.judging.case import Case
from npqstats.analysis.factcheck.judging.derived import Ask, answer
from npqstats.analysis.factcheck.judging.findings import Finding
from npqstats.analysis.factcheck.judging.second_look import SAID, second_look
from npqstats.analysis.factcheck.judging.slips import differences, variations
from npqstats.analysis.factcheck.scanning.dates import named_day
from npqstats.analysis.facts import Fact, Value
from npqstats.catalogue.catalogue import NO_RELEASE, release
from npqstats.vocabulary.measures import MEASURES
from npqstats.vocabulary.patterns import lazy

_SUMMER = frozenset({"summer", "Summer", "June", "July", "August"})
_DAY = lazy(rf"(?P<month>[Ss]ummer|{'|'.join(calendar.month_name[1:])})(?:['’]s|,?\s+(?:of\s+)?(?P<year>20\d\d))?")
_START = lazy(r"(?:autumn|September|October)(?: 20\d\d)?")
_SMALL = 30
"""The base under which a rate says nothing."""


def fitting(case: Case) -> Finding | None:
    """Judge a number by the figure that it is; None where it is none that the sentence may mean."""
    if not case.fitting or case.said.doubts:
        return None
    ask, value = min(case.fitting, key=lambda pair: (not pair[0].is_sure, pair[1].is_reported))
    found = (rule(case, ask, value) for rule in _RULES)
    return next((one for one in found if one), case.blank.ruled("fits", (ask, value), notes=case.notes(ask, value)))


_COUNTED = {"starts": "courses", "participants": "people"}
"""The noun of what may be meant where a sentence has none."""


def _other_meaning(case: Case, ask: Ask, value: Value) -> Finding | None:
    """`Places`, which may be people or courses, and a count of which nothing is said, where the two differ."""
    others = [(other, found) for other, found in case.answers if other is not ask]
    if case.said.counted == "places":
        is_other = not value.is_reported and not all(case.fits(*other) for other in others)
        return case.blank.ruled("places", (ask, value), (ask, value, ("measure",))) if is_other else None
    differs = next((other for other in others if other[1] is not None and not case.fits(*other)), None)
    if differs is None or ask.is_sure:
        return None
    if second_look(case.said, ask, differences(differs[0], ask)) == SAID or unread_of(case.said.unread, value):
        return None
    is_told = ("counted", _COUNTED.get(ask.series.measure, "")) in case.said.above
    if case.q.digits < 4 or is_told:  # `29,526 participants ... In 2023/24 there were 43,535.`
        return case.blank.ruled("ambiguous", (ask, value))
    return case.blank.ruled("unsaid-measure", differs, (ask, value, ("measure",)))


def _other_year(case: Case, ask: Ask, value: Value) -> Finding | None:
    if case.said.is_year_sure and not case.said.is_of_year:
        return None
    if ask.kind == "mean":
        return case.blank.ruled("no-row", (ask, None))  # `36,000 a year since the reforms, but in 2023/24 44,000`
    reason = "year-of-start" if case.said.is_of_year else "academic-year"
    return case.blank.ruled(reason, (ask, value), (ask, value, ("year",)))


def _exactly_else(case: Case, ask: Ask, value: Value) -> Finding | None:
    """Whether a number that only rounds to the figure is exactly another one of it: 3,600 people, 3,610 courses."""
    q = case.q
    if q.kind != "count" or q.hedge or ask.kind != "value" or abs(value.value - q.value) < 0.5:
        return None
    for other, part in variations(ask, case.facts):
        found = answer(case.facts, other) if part in ("measure", "funding") else None
        if found is not None and abs(found.value - q.value) < 0.5:
            return case.blank.ruled("something-else", (ask, value), (other, found, (part,)), case.notes(other, found))
    return None


def _unsound(case: Case, ask: Ask, value: Value) -> Finding | None:
    """Rates and changes of unfinished cohorts, rates of very few, and those who have not completed yet."""
    measure = MEASURES[ask.series.measure]
    is_level = ask.kind in ("value", "left")
    made_of = {ask.series.measure, measure.numerator, measure.denominator} - {""}
    is_of_cohorts = any(MEASURES[code].has_unfinished for code in made_of) and (
        ask.kind not in ("sum", "pooled")
        or (ask.kind == "pooled" and (case.said.is_reason or case.said.is_little) and not case.said.is_so_far)
    )
    is_unfinished = is_of_cohorts and any(case.facts.was_unfinished(year, value) for year in ask.years)
    reason = ""
    if is_level and measure.is_rate:
        base = case.facts.value(ask.series._replace(measure=measure.denominator), ask.years[-1])
        reason = "small-base" if base is not None and base.value < _SMALL else ""
    if not reason and is_unfinished:
        is_blamed = (case.said.is_reason and not case.said.is_so_far) or (
            "event",
            "dropout",
        ) in case.said.near | case.said.far  # `Teachers are giving up: just 4 of ...`
        # `42.0 per cent, against 40.1 per cent for full-timers` compares two parts of one cohort.
        is_of_part = case.said.end == "than" and case.said.group != ""
        is_share = ask.kind == "share" and ask.whole is not None and ask.whole.measure == "starts"
        is_compared = bool(case.said.direction or (case.said.end and not is_of_part)) or is_blamed
        is_compared = is_compared or not (is_level or is_share)
        # Passes are a share of those completed, but for `37 per cent of those started have been passed`.
        is_of_starts = is_share or (measure.is_rate and measure.denominator == "starts")
        reason = "unfinished" if is_compared or (is_of_starts and not case.said.is_so_far) else ""
    elif not reason and case.said.event == "dropout" and ask.kind == "left":
        reason = "not-dropout"
    return case.blank.ruled(reason, (ask, value)) if reason else None


def _moves(case: Case, ask: Ask, value: Value) -> Finding | None:
    """Whether a level that is said to have risen fell, or the other way."""
    said = case.said
    if not said.direction or ask.kind != "value":
        return None
    if said.end == "from":
        return case.blank.unread((ask, value), ("from",)) if ask.years[-1] == case.facts.newest else None
    if said.role != "level" or len(ask.years) != 1:
        return None
    kind = "points" if MEASURES[ask.series.measure].is_rate else "change"
    change = ask._replace(kind=kind, years=(ask.years[0] - 101, ask.years[0]))
    before = answer(case.facts, ask._replace(years=change.years[:1]))
    if before is None:
        return (
            case.blank.unread((ask, value), ("a rise" if said.direction > 0 else "a fall",))
            if said.end == "to"
            else None
        )
    if before.value == value.value or (value.value > before.value) == (said.direction > 0):
        return None
    return case.blank.ruled("direction", (change, answer(case.facts, change)), (ask, value, ()))


def _says_more(case: Case, ask: Ask, value: Value) -> Finding | None:
    limits = [part for kind, part in sorted(case.said.far) if kind == "limit" and part != ask.series.funding]
    limits = [part for part in limits if part[:6] not in ask.series.measure]
    words = unread_of((*case.said.unread, *limits), value)
    return case.blank.unread((ask, value), words) if words else None


_RULES: tuple[Callable[[Case, Ask, Value], Finding | None], ...] = (
    *(_other_meaning, _other_year, _exactly_else, _unsound, _moves, _says_more),
)
"""The first that says something of a number holds; where none does, it is right."""


def unread_of(words: tuple[str, ...], value: Value | None) -> tuple[str, ...]:
    """List unread words but for the month of the day that a figure is noted to be of, or that its release is of."""
    facts = value.facts if value else ()
    return tuple(word for word in words if not (facts and all(is_of_day(word, fact) for fact in facts)))


def is_of_day(word: str, fact: Fact) -> bool:
    """Whether `summer 2024` or `June` is when a figure is noted to be of, was printed, or its release made."""
    made = None if fact.release == NO_RELEASE else release(fact.release)
    noted = re.search(r"\bas of (\d{4}-\d\d-\d\d)", fact.note or "")
    days = [day for day in (made.published, made.data_as_of) if day] if made else []
    days += [date.fromisoformat(noted[1])] if noted else []
    days += [one] if (one := named_day(fact.citation or "")) else []
    told = _DAY.fullmatch(word)
    if _START.fullmatch(word) and (not word[-4:].isdigit() or word[-4:] == str(fact.years[0] // 100)):
        return len(fact.years) > 1  # `between autumn 2021 and 24 February 2023`
    months = {f"{day:%B}" for day in days if told and told["year"] in (None, f"{day:%Y}")}
    is_summer = told is not None and told["month"] in _SUMMER and not months.isdisjoint(_SUMMER)
    return is_summer or (told is not None and (told["month"] in months or word in (fact.citation or "")))
