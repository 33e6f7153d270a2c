"""A number that is no figure that its sentence may mean: what it is instead, or was once."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, product

from npqstats.analysis.factcheck.judging.asks import asks
from npqstats.analysis.factcheck.judging.beyond import beyond_the_period
from npqstats.analysis.factcheck.judging.case import Case
from npqstats.analysis.factcheck.judging.derived import Ask, answer
from npqstats.analysis.factcheck.judging.findings import Finding
from npqstats.analysis.factcheck.judging.matches import fitting, unread_of
from npqstats.analysis.factcheck.judging.second_look import DENIED, SAID, is_said, second_look
from npqstats.analysis.factcheck.judging.slips import Slip, differences
from npqstats.analysis.factcheck.reading.said import Said, without
from npqstats.analysis.facts import Fact, Facts, Value
from npqstats.analysis.series import Series
from npqstats.vocabulary.areas import ENGLAND
from npqstats.vocabulary.breakdowns import OVERALL
from npqstats.vocabulary.measures import MEASURES
from npqstats.vocabulary.periods import AcademicYear


def turned(case: Case) -> Finding | None:
    """A change of the right size in the wrong direction."""
    said = case.said
    if said.role not in ("change", "factor") or not said.direction or said.doubts:
        return None
    for ask, value in case.known:
        is_size = ask.kind != "factor" and any(case.q.fits(abs(number)) for number in (value.value, *value.also))
        if is_size and value.value and (value.value > 0) != (said.direction > 0):
            return case.blank.ruled("direction", (ask, value))
    return None


def superseded(case: Case) -> Finding | None:
    """A figure that an earlier release printed.

    Of a course its starts count where people are spoken of as well: hardly anybody starts one twice.
    """
    if case.q.digits < 3:
        return None
    starts = (
        ask._replace(series=ask.series._replace(measure="starts"))
        for ask in case.meant
        if ask.series.breakdown == "course" and ask.series.measure == "participants"
    )
    for ask in (*case.meant, *starts, *_of_a_date(case)):
        now = answer(case.facts, ask)
        if now is not None and now.is_reported and ask not in case.meant and case.fits(ask, now):
            return fitting(case.of((ask, now)))
        if now is None or now.is_reported or case.fits(ask, now):
            continue
        for facts in case.facts.by_release.values():
            if facts.newest_release == now.release and facts.is_official:
                continue
            then = answer(facts, ask) or _printed_for_years(facts, ask)
            if then is not None and case.fits(ask, then):
                return case.blank.ruled("revised", (ask, now), (ask, then, ()))
    return _once_printed(case)


def _once_printed(case: Case) -> Finding | None:
    """A figure of all England that somebody printed of funded starts, where the sentence names no payer.

    `29,425 courses have been started so far`, of a year that the sentence does not deny.
    """
    said = case.said
    is_part = said.area not in ("", ENGLAND[0]) or said.course or said.group or said.without or said.is_rest
    is_count = case.q.kind == "count" and said.role == "level" and said.event in ("", "start")
    if is_part or not is_count or said.counted not in ("courses", "places", "") or said.doubts or said.is_old:
        return None
    for cell in case.facts.printed(case.q.value) if case.q.digits >= 4 else ():
        ask = Ask(kind="value", series=cell.series, years=(cell.period,))
        now = answer(case.facts, ask)
        is_dated = said.are_years_named and cell.period not in said.years
        is_of_all = cell.series == Series("starts", cell.funding) and cell.first_period is None
        if not cell.is_reported or not is_of_all or is_dated or now is None or case.fits(ask, now):
            continue
        if said.funding in ("all", cell.funding):
            return case.blank.ruled("revised", (ask, now), (ask, Value(cell.value, (cell,)), ()))
    return None


def _of_a_date(case: Case) -> Iterator[Ask]:
    """The same of the years that a date falls in: `Back in May 2022 the department put starts at 29,153`."""
    said = case.said
    dates = (
        {int(value) for kind, value in said.near | said.far if kind == "calendar"} if not said.are_years_named else ()
    )
    for ask, date in product(case.meant, dates):
        series = ask.series._replace(basis="in-year")
        for year in (AcademicYear(date - back).code for back in (2, 1, 0)) if ask.kind in ("value", "sum") else ():
            yield ask._replace(kind="value", series=series, years=(year,))


def _printed_for_years(facts: Facts, ask: Ask) -> Value | None:
    """A figure that somebody printed for a span of years."""
    if ask.kind != "sum":
        return None
    either = (ask.series, ask.series._replace(funding="funded"))
    cells = [cell for series in either for cell in facts.all_of(series, ask.years[-1], ask.years[0])]
    return Value(cells[0].value, (cells[0],)) if cells else None


_SUMMED = (
    ("starts", "summed-courses"),
    ("participants", "summed-people"),
    ("workforce-participants", "summed-people"),
)
"""What may have been added up over years and called people."""


def summed(case: Case) -> Finding | None:
    """Courses or people of several years added up and called people."""
    q, said, facts = case.q, case.said, case.facts
    if said.counted not in ("people", "workforce") or q.kind != "count" or q.digits < 3 or said.role != "level":
        return None
    for first, last in combinations(range(len(facts.periods)), 2):
        years = facts.periods[first : last + 1]
        for code, reason in _SUMMED:
            values = [value for year in years if (value := facts.value(Series(code, said.funding), year))]
            total = sum(value.value for value in values)
            if len(values) == len(years) and q.fits(total):
                since = Series("workforce-participants", said.funding, "cumulative")
                ask = Ask(kind="value", series=since, years=years[-1:])
                cells = tuple(fact for value in values for fact in value.facts)
                other = Ask(kind="sum", series=Series(code, said.funding), years=years)
                named = (other, Value(total, cells, "sum of years"), ("measure",))
                return case.blank.ruled(reason, (ask, answer(facts, ask)), named)
    return None


def something_else(case: Case) -> Finding | None:
    """A figure that differs from what is meant in one or two parts, or any that is printed as the number."""
    q, said = case.q, case.said
    if q.kind == "factor" or (q.hedge in ("above", "under") and q.digits < 3):
        return None
    if "a denial" in said.doubts or said.group == "?forecast":
        return None
    if said.doubts and (q.kind != "count" or q.digits < 4):
        return None
    unplaced = _unplaced(case)
    starting = [*case.meant, *unplaced]
    slip = (
        _of_elsewhere(case, unplaced)
        or _of_points(case)
        or case.slips.once(starting, q, said)
        or (case.slips.twice(starting, q, said) if q.digits >= 3 else None)
    )
    is_of_course = slip is not None and slip[0].series.breakdown == "course" and slip[2] == ("measure",)
    if slip and is_of_course and "measure" in said.carried:
        return fitting(case.of(slip[:2]))  # Of a course only starts are counted, whatever was spoken of before.
    if slip and slip[2] == ("funding",) and case.own[1] is None and _payers(said) == {slip[0].series.funding}:
        return fitting(case.of(slip[:2]))  # The data have no other figure of it, and the text no other payer.
    return _reconsidered(case, slip) if slip else _after_all(case) or _of_any(case)


def _payers(said: Said) -> set[str]:
    """Who paid, as far as the text before says, where a number has no payer of its own."""
    return set[str]() if said.is_funding_named else {value for kind, value in said.far if kind == "payer"} - {"all"}


def _after_all(case: Case) -> Finding | None:
    """The one cell that is the number and all of whose parts the sentence says."""
    q, said = case.q, case.said
    is_telling = q.digits >= 4 if q.kind == "count" else q.kind == "percent" and q.decimals > 0
    if not is_telling or said.role not in ("level", "share") or said.is_sum or said.is_rest:
        return None
    cells = [
        (Ask(kind="value", series=cell.series, years=(cell.period,)), Value(cell.value, (cell,)))
        for cell in case.facts.printed(q.value)
        if MEASURES[cell.measure].is_rate == (q.kind == "percent") and cell.measure != "starts-target"
        if cell.first_period is None
    ]
    found = {ask: value for ask, value in cells if is_said(said, ask)}
    if len(found) != 1:
        return None
    ask, value = next(iter(found.items()))
    now = answer(case.facts, ask)
    if now is not None and now.value != value.value and not case.fits(ask, now):
        return case.blank.ruled("revised", (ask, now), (ask, value, ()))
    return fitting(case.of((ask, value)))


def _reconsidered(case: Case, slip: Slip) -> Finding | None:
    """Look once more whether the sentence says what the number is, before it is said to say something else."""
    ask, value, parts = slip
    is_part = case.is_whole and ask.series.measure in ("schools", "completions", "passes")
    answer = DENIED if is_part else second_look(case.said, ask, parts)  # `Of 20,611 schools 23,320 have had ...`
    is_meant = answer == SAID or (answer != DENIED and _is_of_its_day(case, value, parts))
    if is_meant and (found := fitting(case.of((ask, value)))):
        return found
    if parts == ("year",) and answer != DENIED and (found := _of_cohorts(case, ask, value)):
        return found
    # The data have no other figure of it: of areas nothing is counted since the reform, and some files have one payer.
    is_of_area = parts == ("basis",) and case.said.area not in ("", ENGLAND[0])
    is_of_text = bool(parts) and {*parts} <= {"funding", "year"}
    is_of_text = is_of_text and not ("funding" in parts and case.said.is_funding_named)
    is_of_text = is_of_text and not ("year" in parts and ("year" in case.said.own or case.said.are_years_named))
    is_of_text = is_of_text and ("funding" not in parts or ("payer", ask.series.funding) in case.said.far)
    if case.own[1] is None and (is_of_area or is_of_text):
        return case.blank.ruled("unclear", case.own, slip)
    is_undated = parts == ("year",) and ask.series.basis == "cumulative" and not case.said.are_years_named
    if is_undated and ask.kind == "value" and answer != DENIED and not case.said.end:
        return case.blank.ruled("outgrown", case.own, slip)
    finding = _named(case, slip)
    if finding is None or answer == DENIED:
        return finding
    return replace(finding, verdict="unknown", reason="unclear")


def _is_of_its_day(case: Case, value: Value, parts: tuple[str, ...]) -> bool:
    """Whether a number is one noted of a day, of which no other is known: `By 20 April 2022 the region had 4,267`."""
    is_dated = any(kind == "calendar" for kind, _ in case.said.near) and all(fact.note for fact in value.facts)
    return parts == ("funding",) and case.own[1] is None and is_dated and not case.said.is_funding_named


def _of_cohorts(case: Case, ask: Ask, value: Value) -> Finding | None:
    """The ends of a move of rates whose years are not named: `Completion collapsed from 81.7 to 39.7 per cent`."""
    measure, end = MEASURES[ask.series.measure], case.said.end
    if not measure.has_unfinished:
        return None
    if end == "to" and case.facts.was_unfinished(ask.years[-1], value):
        return case.blank.ruled("unfinished", (ask, value))
    is_last = case.facts.was_unfinished(ask.years[-1] + 101, value)  # The last cohort that is finished.
    is_base = end == "from" and is_last and not case.said.are_years_named
    return fitting(case.of((ask, value))) if is_base else None


def _unplaced(case: Case) -> list[Ask]:
    """What a sentence would mean but for an area or a group that the rows do not have, or people who completed."""
    said = case.said
    is_area, is_group = (part.startswith("?") for part in (said.area, said.group))
    if not (is_area or is_group or said.doubts or _is_of_people(said)) or case.q.digits < 4:
        return []
    plain = said._replace(area="" if is_area else said.area, group="" if is_group else said.group)
    plain = plain._replace(counted="courses") if _is_of_people(said) else plain
    return asks(plain, case.q, case.facts, False)


def _is_of_people(said: Said) -> bool:
    """Whether it is said how many people completed or passed, of whom some took two courses: no file counts them."""
    return said.counted in ("people", "workforce") and said.event in ("complete", "pass")


def _of_elsewhere(case: Case, unplaced: list[Ask]) -> Slip | None:
    part = "area" if case.said.area.startswith("?") else "measure" if _is_of_people(case.said) else "group"
    found = ((ask, answer(case.facts, ask)) for ask in unplaced)
    return next(((ask, value, (part,)) for ask, value in found if value and case.fits(ask, value)), None)


def _of_points(case: Case) -> Slip | None:
    """A change of a count in per cent that is called points: `NPQ starts were down 32 percentage points`."""
    if case.q.kind != "points" or case.meant:
        return None
    q = replace(case.q, kind="percent")
    found = ((ask, answer(case.facts, ask)) for ask in asks(case.said, q, case.facts, False) if ask.kind == "pct")
    return next(((ask, value, ("unit",)) for ask, value in found if value and q.fits(abs(value.value))), None)


_CHANCE = 2
"""Parts in which a cell may differ from a figure that is not published: that of more has the number by chance."""


def _of_any(case: Case) -> Finding | None:
    """A cell that is the number, whatever it is of."""
    q, said = case.q, case.said
    if q.kind == "percent" and case.own[0] is not None:
        return _of_another_part(case, case.own[0])
    if q.digits < 4 or q.kind != "count" or said.role != "level":
        return None
    cell = min(case.facts.printed(q.value), key=_rank, default=None)
    if cell is None or not said.years:
        return None
    value = Value(cell.value, (cell,))
    if cell.is_reported and cell.first_period and cell.funding == said.funding:
        return _of_a_period(case, cell, value)
    ask = Ask(kind="sum" if cell.first_period else "value", series=cell.series, years=cell.years)
    parts = differences(case.own[0], ask) if case.meant else ("area" if said.area or said.doubts else "measure",)
    is_of_none = not cell.is_reported and (said.event == "dropout" or said.group[:1] == "?")
    is_by_chance = case.own[1] is None and len(parts) > _CHANCE
    if is_of_none or is_by_chance or (case.meant and cell.series.suite != "reformed"):
        return None  # Of what no row counts, that a row has the number says nothing.
    of_cohorts = _of_cohorts(case, ask, value) if parts == ("year",) and not said.are_years_named else None
    return of_cohorts or _named(case, (ask, value, parts))


def _of_another_part(case: Case, own: Ask) -> Finding | None:
    """A rate that is that of another area, or of another group of the same kind: `86.0%`, headship's, of NPQEL."""
    is_telling = case.q.digits >= 3 or (case.q.digits == 2 and case.q.decimals > 0 and own.series.breakdown != OVERALL)
    if not is_telling or own.kind != "value" or case.q.hedge not in ("", "exact"):
        return None
    for cell in sorted(case.facts.printed(case.q.value), key=_rank):
        ask = Ask(kind="value", series=cell.series, years=cell.years)
        is_of_part = cell.breakdown == own.series.breakdown and cell.first_period is None
        if is_of_part and differences(own, ask) in (("area",), ("group",)):
            return _named(case, (ask, Value(cell.value, (cell,)), differences(own, ask)))
    return None


def _of_a_period(case: Case, cell: Fact, value: Value) -> Finding:
    """A figure that somebody printed for several years."""
    said, ask = case.said, Ask(kind="sum", series=cell.series, years=cell.years)
    if said.counted in ("people", "workforce") and cell.measure == "starts":
        named = (ask, value, ("measure",))
        return _unless_unclear(case, case.blank.ruled("something-else", named=named, notes=case.notes(ask, value)))
    if cell.suite != "reformed" and (said.basis or said.are_years_named or said.is_perfect):
        return case.blank.ruled("something-else", named=(ask, value, ("year",)))
    unread = beyond_the_period(said, cell)
    return case.blank.unread((ask, value), unread) if unread else case.blank.ruled("fits", (ask, value))


def _rank(cell: Fact) -> tuple[bool, bool, bool, int]:
    return cell.is_reported, cell.level != "National", cell.breakdown != "overall", -cell.period


def _named(case: Case, slip: Slip) -> Finding | None:
    ask, value, _ = slip
    if ask == case.own[0]:
        return None
    return _unless_unclear(case, case.blank.ruled("something-else", case.own, slip, case.notes(ask, value)))


def _unless_unclear(case: Case, finding: Finding) -> Finding:
    """Raise no alarm where the sentence may mean what the number is.

    That is where no part in which the two differ is said in the clause of the number, and either a word of the clause
    is unread or the number is what the sentence means by itself, without what is carried to it, or is of a course, a
    group or an area of which the text has spoken further up.
    """
    said = finding.said
    if _is_of_payer(finding):
        return replace(finding, verdict="unknown", reason="unclear", said=said._replace(unread=()))
    if _may_be_any_coverage(finding):
        return replace(finding, verdict="unknown", reason="unclear")
    own = {*said.own}
    near = {kind for kind, _ in said.near}
    own -= {"group"} if near.isdisjoint(("course", "group")) else set()  # The rest of the sentence says it.
    own -= {"area"} if "area" not in near else set()
    if "unit" in finding.parts or {*finding.parts} & own:
        return finding
    if _is_of_above(case, finding):
        return replace(finding, verdict="unknown", reason="unclear")
    unread = unread_of(said.unread, finding.other)
    is_sum = finding.other_ask is not None and finding.other_ask.kind == "sum"  # Of what time, was said before.
    if not unread and not is_sum and not any(case.fits(ask, answer(case.facts, ask)) for ask in _by_itself(case)):
        return finding
    return replace(finding, verdict="unknown", reason="unclear", said=said._replace(unread=unread))


def _is_of_payer(finding: Finding) -> bool:
    """Whether it is of who paid of the text before: `6,063 people were on such courses. In 2023/24 it was 2,266`."""
    said, ask = finding.said, finding.other_ask
    paid = ask.series.funding if ask is not None and "funding" in finding.parts else ""
    return "measure" in said.carried and paid in _payers(said) and "funding" not in said.own


def _may_be_any_coverage(finding: Finding) -> bool:
    """Whether it is a coverage, and the sentence says not whether of schools or of teachers: `Coverage was 5.5%`."""
    is_coverage = ("coverage", "coverage") in finding.said.near and finding.parts == ("measure",)
    return is_coverage and not any(kind == "counted" for kind, _ in finding.said.near)


def _is_of_above(case: Case, finding: Finding) -> bool:
    """Whether a figure is of a payer, a course, a group or an area that the text has named before its sentence.

    A payer of further up counts only where the data have no figure of what the sentence says itself.
    """
    if finding.other_ask is None:
        return False
    said, series, parts = finding.said, finding.other_ask.series, finding.parts
    if case.own[1] is None and parts == ("funding",) and ("payer", series.funding) in said.far:
        return True
    named = {value.rpartition("=")[2].lower() for _, value in said.above}
    is_of_course = series.breakdown == "course" and not any(kind in ("course", "group") for kind, _ in said.near)
    is_group = ("group" in parts or is_of_course) and series.group.lower() in named
    return is_group or ("area" in parts and series.location.lower() in named)


def _by_itself(case: Case) -> list[Ask]:
    """What a sentence means without the parts that are only carried from the text before."""
    said, newest = without(case.said, case.said.carried), case.facts.newest
    back = newest - said.years[-1] if said.years and "year" in said.carried else 0
    return asks(said._replace(years=tuple(year + back for year in said.years)), case.q, case.facts, case.is_whole)
