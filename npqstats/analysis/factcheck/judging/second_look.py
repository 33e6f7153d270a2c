"""A second look at a number that is another figure than its sentence was read to mean: it may say that one.

Which of the phrases of a sentence go with which of its numbers is not always plain. A figure that differs from what was
read in a part of which the clause of the number says nothing is what the sentence means if the rest of it, or what it
leans on, says this part so and no otherwise. No clause that says the part otherwise is read against its words.
"""

from collections.abc import Callable

from npqstats.analysis.factcheck.judging.derived import Ask
from npqstats.analysis.factcheck.reading.said import Said
from npqstats.vocabulary.areas import ENGLAND
from npqstats.vocabulary.breakdowns import OVERALL
from npqstats.vocabulary.measures import MEASURES

_COUNTED = {
    "starts": ("courses", ""),
    "participants": ("people", ""),
    "workforce-participants": ("people", ""),
    "workforce-share": ("people", ""),
    "teachers": ("people", ""),
    "schools": ("schools", ""),
    "schools-share": ("schools", ""),
    "schools-total": ("schools", ""),
    "completions": ("courses", "complete"),
    "passes": ("courses", "pass"),
    "completion-rate": ("courses", "complete"),
    "pass-rate": ("courses", "pass"),
}
"""What each measure counts, and what became of it."""
_WHOLES = {
    "pass-rate": ("", "completions"),
    "completion-rate": ("", "courses"),
    "workforce-share": ("", "workforce", "people"),
    "schools-share": ("", "schools"),
}
"""What a rate may be said to be a share of."""
_BY_COHORT = ("completions", "passes", "completion-rate", "pass-rate")
_ENDS = frozenset(["complete", "pass", "dropout", "fail", "register", "offer"])
_SAME = {"workforce": "people"}
SAID, OPEN, DENIED = "said", "open", "denied"


def second_look(said: Said, ask: Ask, parts: tuple[str, ...]) -> str:
    """Say whether a sentence says the parts in which a figure differs from what was read: said, open or denied."""
    is_since = (said.basis == "cumulative" or said.is_perfect) and not _values(said.near, "year")
    is_of_year = ask.kind == "value" and ask.series.basis != "cumulative" and ask.series.measure not in _BY_COHORT
    is_unmatched = ask.whole is not None and ask.whole.measure == "teachers" and ask.series.measure == "participants"
    if is_unmatched or (ask.without != said.without and ask.series.breakdown == OVERALL):
        return DENIED  # What a course is left out of, and what counts people who are not in the census, is told.
    wholes = _WHOLES.get(ask.series.measure, (said.whole,))
    if ask.series.measure == "workforce-share" and ask.series.level != "National":
        wholes = (*wholes, "participants")  # `6.74% of its teachers on a funded NPQ`
    if said.is_placed or (is_since and is_of_year) or said.whole not in wholes:
        return DENIED
    found = {_RULES[part](said, ask) if part in _RULES else DENIED for part in parts}
    return next(answer for answer in (DENIED, OPEN, SAID) if answer in found)


def is_said(said: Said, ask: Ask) -> bool:
    """Whether a sentence says every part of a figure."""
    return second_look(said, ask, tuple(_RULES)) == SAID


def _values(phrases: frozenset[tuple[str, str]], *kinds: str) -> set[str]:
    return {_SAME.get(value, value) for kind, value in phrases if kind in kinds}


def _one_of(own: str, near: set[str], far: set[str], *, default: str) -> str:
    """Say whether a part is said to be one thing: in the clause, else in the rest, else by default."""
    if near:
        return SAID if near == {own} else OPEN if own in near else DENIED
    if own == default:
        return OPEN if far else SAID
    return SAID if far == {own} else OPEN if own in far else DENIED


def _measure(said: Said, ask: Ask) -> str:
    code = ask.series.measure
    counted, event = _COUNTED.get(code, ("", ""))
    near, far = _values(said.near, "counted"), _values(said.far, "counted")
    ends, all_ends = _values(said.near, "event") & _ENDS, _values(said.near | said.far, "event") & _ENDS
    others = (_values(said.near, "measure") - {code}) | (near - {counted}) | (ends - {event})
    others |= {said.measure} - {"", code} | ({event} - {"", *all_ends})
    is_begun = bool(event) and event not in ends and ("event", "start") in said.near and not MEASURES[code].is_rate
    has_ended = is_begun or (
        said.event in _ENDS and said.event != event and ("event", event or "start") not in said.near
    )
    if not counted or others or has_ended or not _is_of_census(said, ask):
        return DENIED
    if near and far - {counted} and said.counted not in ("", counted):
        return DENIED  # `Participants in 2023/24: 43,840, NPQs`
    if near or (counted == "courses" and not far and said.counted != "people"):
        return SAID
    return SAID if far == {counted} else OPEN if counted in far else DENIED


def _is_of_census(said: Said, ask: Ask) -> bool:
    """Whether teachers in the census are counted where they are said to be, all of them, or those who started."""
    code, is_started = ask.series.measure, ("event", "start") in said.near
    is_census = ("counted", "workforce") in said.near | said.far or said.counted == "workforce"
    if code in ("teachers", "schools-total"):
        return not is_started
    if code == "workforce-participants":
        return is_census or ask.series.basis == "cumulative"
    return code != "participants" or said.counted != "workforce"


def _funding(said: Said, ask: Ask) -> str:
    return _one_of(ask.series.funding, _values(said.near, "funding"), _values(said.far, "funding"), default="all")


def _basis(said: Said, ask: Ask) -> str:
    near, far = _values(said.near, "basis"), _values(said.far, "basis")
    is_of_year = bool(_values(said.near, "year")) and ("event", "start") in said.near
    far = set() if is_of_year else far  # `Since 2021 ... In 2024/25, 19.9% of teachers started one.`
    is_dated = said.are_years_named and "year" not in said.carried  # `In 2024/25 20,611 schools had begun one.`
    if ask.series.basis == "cumulative":
        far = far | {"cumulative"} if ("coverage", "coverage") in said.near | said.far else far
        is_since = (
            (said.is_perfect and not (is_dated and not said.end))
            or "cumulative" in near
            or ("cumulative" in far and not _values(said.near, "year"))
        )
        return SAID if is_since and "in-year" not in near | far else DENIED  # `4.5% last year, but 19.9% since 2021`
    # `By 2024/25 4.5 per cent had done so.`: of England there is a figure of all years as well.
    is_until = said.basis == "cumulative" and said.is_perfect and is_dated and ask.series.level == "National"
    return DENIED if "cumulative" in near else OPEN if is_until or "cumulative" in far else SAID


def _area(said: Said, ask: Ask) -> str:
    near, far = (_values(each, "area") - {ENGLAND[0]} for each in (said.near, said.far))
    own = ask.series.location if ask.series.level != "National" else ""
    return _one_of(own, near, far, default="")


def _group(said: Said, ask: Ask) -> str:
    phrases = (_values(each, "group", "course") for each in (said.near, said.far))
    near, far = ({value.rpartition("=")[2].lower() for value in each} for each in phrases)  # `NPQSL`, `sex=female`
    own = "" if ask.series.breakdown == OVERALL else ask.series.group
    is_national = ("area", ENGLAND[0]) in said.near or said.group == "?time"  # A year has its own time.
    if not own and said.group.startswith("?") and not (near | far or is_national):
        return OPEN  # `Our trust began 29,818 NPQs in 2024/25 and 43,840 in 2023/24.`
    return _one_of(own, near, far, default="")


def _year(said: Said, ask: Ask) -> str:
    if len(ask.years) > 1 and ask.kind == "sum":
        return DENIED if _values(said.near, "year") else OPEN  # `That comes to 114,423.`
    near, far, own = _values(said.near, "year"), _values(said.far, "year"), {str(year) for year in ask.years}
    last = str(ask.years[-1])
    if ask.years[-1:] == said.years[-1:] and len(ask.years) > 1:
        return DENIED  # A change over another number of years.
    if said.end == "from" and ask.years < said.years and not {str(year) for year in said.years} & near:
        return OPEN  # `Climbed from 31,677 to 43,840 by 2023/24`: from which year is not said.
    if near:
        is_plain = len(own) == 1 or not far - own
        return SAID if last in near <= own and is_plain else OPEN if last in near else DENIED
    is_now = said.is_perfect and not said.are_years_named and ask.series.basis == "cumulative"
    if not far or is_now:  # `And 17.2% have started one since 2021`, whatever year was spoken of before.
        return SAID if ask.years == said.years else OPEN
    return SAID if far <= own and last in far else OPEN if last in far else DENIED


_RULES: dict[str, Callable[[Said, Ask], str]] = {
    "measure": _measure,
    "funding": _funding,
    "basis": _basis,
    "area": _area,
    "group": _group,
    "year": _year,
}
