"""A verdict for each number in a text: what is said of it, held against the cells."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from npqstats.analysis.factcheck.judging.beyond import beyond_the_suite, beyond_the_target
from npqstats.analysis.factcheck.judging.case import Case
from npqstats.analysis.factcheck.judging.derived import Ask
from npqstats.analysis.factcheck.judging.findings import Finding
from npqstats.analysis.factcheck.judging.matches import fitting, unread_of
from npqstats.analysis.factcheck.judging.mismatches import something_else, summed, superseded, turned
from npqstats.analysis.factcheck.judging.slips import Slips
from npqstats.analysis.factcheck.judging.surveys import answered
from npqstats.analysis.factcheck.reading.said import Said
from npqstats.analysis.factcheck.scanning.quantity import Quantity
from npqstats.analysis.facts import Fact, Facts, Value
from npqstats.analysis.survey import SurveyAnswer
from npqstats.vocabulary.areas import ENGLAND
from npqstats.vocabulary.measures import MEASURES

_NOT_COUNTED = {"register": "registrations", "offer": "not-counted"}
"""What the statistics do not count, by what is said to have been done, and the reason."""
_COARSE = 1000
"""The least that a round number is counted in where it may be a figure rounded by a headline."""
_FAR, _FAR_UNDATED = 10, 3
"""How many times the figure a number is that counts something else: of a year that is named, and of none."""
_WHOLE = 100


class Judge:
    """Holds what is said against the cells."""

    def __init__(self, facts: Facts, surveys: Iterable[SurveyAnswer] = ()) -> None:
        """Take the cells, and the survey answers that are never mixed with them."""
        self.surveys = tuple(surveys)
        self._slips = Slips(facts)

    def one(self, q: Quantity, said: Said, is_whole: bool) -> Finding:
        """Judge one number."""
        case = Case(self._slips, q, said, is_whole=is_whole)
        if said.event == "survey":
            found = answered(self.surveys, q, said)
            return replace(case.blank.ruled(found.reason), answered=found)
        return next(finding for rule in _RULES if (finding := rule(case)))


def _not_counted(case: Case) -> Finding | None:
    reason = _NOT_COUNTED.get(case.said.event)
    is_said = ("event", case.said.event) in case.said.near  # Else only the text around it says so.
    return case.blank.ruled(reason if is_said else "no-row") if reason else None


def _target(case: Case) -> Finding | None:
    said, q = case.said, case.q
    is_forecast = said.group == "?forecast" and q.kind == "count" and said.role == "level" and not said.is_old
    if said.role != "target" and not is_forecast:
        return None
    cell = case.facts.target
    if cell is None or not q.fits(cell.value):
        return case.blank.ruled("target-unknown")
    unread = beyond_the_target(said, cell)
    return case.blank.unread(_figure(cell), unread) if unread else case.blank.ruled("target", _figure(cell))


def _old(case: Case) -> Finding | None:
    """A figure of the courses before the reform."""
    if not case.said.is_old:
        return None
    cells = case.facts.old if case.q.digits >= 3 else ()
    cell = next((cell for cell in cells if case.q.fits(cell.value)), None)
    if cell is None:
        return case.blank.ruled("before-reforms")
    unread = beyond_the_suite(case.said, cell)
    return case.blank.unread(_figure(cell), unread) if unread else case.blank.ruled("old-suite", _figure(cell))


def _figure(cell: Fact) -> tuple[Ask, Value]:
    return Ask(kind="value", series=cell.series, years=cell.years), Value(cell.value, (cell,))


def _unsaid(case: Case) -> Finding | None:
    """A number of which the sentence says more than the data can answer, or not which year it is of."""
    said = case.said
    unread = unread_of(said.unread, case.own[1])
    year = "calendar-year" if said.names_calendar_year else "no-row"
    reason = "doubt" if said.doubts else "unread-words" if said.is_year_sure else year
    return case.blank.ruled(reason) if said.doubts or unread or not said.is_year_sure else None


def _is_by_default(ask: Ask) -> bool:
    """Whether a rate is of the newest finished cohorts because the sentence names none."""
    measure = MEASURES[ask.series.measure]
    return measure.has_unfinished and measure.is_rate and not ask.is_sure


def _is_far(case: Case, value: Value) -> bool:
    """Whether a number is so unlike the figure that it must count something else: `1,130 staff joined our hub`.

    A figure ten times as large, or three times where no year is said, is far, but for a slip of the decimal point.
    """
    q, figure = case.q, abs(value.value)
    if q.kind != "count" or not (q.value and figure):
        return q.kind == "percent" and q.value > _WHOLE and case.said.role == "share"
    ratio = max(q.value, figure) / min(q.value, figure)
    is_slip = any(q.fits(figure * 10**places) for places in (-2, -1, 1, 2))
    return not is_slip and ratio > (_FAR if case.said.are_years_named else _FAR_UNDATED)


def _may_be_limited(said: Said) -> bool:
    """Whether a number of all England may be of a part that the rest of its sentence names: `heads (8.5%)`.

    A share of a count may be of those of one payer: `Some had no funding. 1,785 ..., and nine in ten of those ...`.
    """
    is_limited = said.area or said.course or said.group or said.without
    others = {pair for pair in said.far - said.near if pair[1] != ENGLAND[0]}
    is_share = said.role == "share" and said.part_of is not None and not said.is_funding_named
    if is_share and any(kind == "payer" for kind, _ in others):
        return True
    return not is_limited and any(kind in ("area", "course", "group") for kind, _ in others)


def _is_rounded(q: Quantity, value: Value) -> bool:
    """Whether a number is the figure in whole thousands or more, further from it than readers take for the same."""
    is_loose = q.hedge in ("", "about") and q.low < q.value - 1 and q.value + 1 < q.high  # Not `exactly 30,000`.
    is_round = q.kind == "count" and q.unit >= _COARSE and is_loose
    return is_round and abs(abs(value.value) - q.value) <= q.unit / 2


def _other_figure(case: Case) -> Finding:
    """The data have what the sentence speaks of, and it is another figure; else they do not say."""
    every = case.known if len(case.known) == len(case.meant) else []
    sure = [pair for pair in case.known if pair[0].is_sure] or [pair for pair in every if not _is_by_default(pair[0])]
    if sure and all(_is_far(case, value) for _, value in sure):
        return case.blank.ruled("no-row")  # `Two of the 29,818 NPQs were at our school.`
    if coarse := next((pair for pair in sure if _is_rounded(case.q, pair[1])), None):
        return case.blank.ruled("rounded", coarse)
    if sure and not case.fitting and case.said.event != "dropout" and not _may_be_limited(case.said):
        return case.blank.ruled("other-figure", sure[0], notes=case.notes(*sure[0]))
    return case.blank.ruled("no-row", (next(iter(case.meant), None), None))


_RULES: tuple[Callable[[Case], Finding | None], ...] = (
    *(_target, _not_counted, _old, fitting, turned, superseded, summed, something_else, _unsaid, _other_figure),
)
"""The first that says something of a number holds."""
