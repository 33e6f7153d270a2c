"""What a sentence says of a number, as the figures that it may mean."""

from collections.abc import Iterator

from npqstats.analysis.factcheck.judging.derived import Ask, answer, has_rest
from npqstats.analysis.factcheck.reading.said import Said
from npqstats.analysis.factcheck.scanning.quantity import Quantity
from npqstats.analysis.facts import Facts
from npqstats.analysis.series import Series
from npqstats.vocabulary.areas import ENGLAND
from npqstats.vocabulary.breakdowns import OVERALL
from npqstats.vocabulary.claims import words
from npqstats.vocabulary.funding import SERIES_BEGAN
from npqstats.vocabulary.measures import MEASURES


def asks(said: Said, q: Quantity, facts: Facts, is_whole: bool) -> list[Ask]:
    """List the figures that a sentence may mean by a number: those that it names, not those it might have meant.

    Args:
        said: What the sentence says.
        q: The number.
        facts: The cells, for the years and areas that there are.
        is_whole: Whether another number is said to be a part of this one.

    Returns:
        Several where the words have several meanings; none where no cell could say it.
    """
    parts = (said.area, said.group, said.against[1])
    if said.event in ("register", "offer") or any(part.startswith("?") for part in parts):
        return []
    if said.is_old or not said.years or (said.course and said.group):  # No file has a course by groups.
        return []
    if said.end in ("low", "high", "mean"):
        return _of_all_years(said, q, facts)
    said = _of_workforce(said, q, facts, is_whole)
    base = _series(said)
    if said.role == "target" or (
        said.event == "target" and q.kind == "count" and said.role == "level" and not said.counted
    ):
        return []
    if said.role in ("change", "factor"):
        found = list(_changes(said, q, base))
    elif q.kind in ("percent", "all", "none"):
        found = list(_shares(said, base, facts))
    else:
        # Of people and schools without a course there are no rows: `Without SENCO, 29,526 people started one`
        found = [ask._replace(without=said.without) for ask in _levels(said, base, facts, is_whole)]
    found = [_of_finished(_as_named(ask, facts), said, facts) for ask in found if ask.years]
    if said.is_rest and said.role not in ("change", "factor"):
        return [ask._replace(kind="left") for ask in found if has_rest(ask)]
    return found


def _as_named(ask: Ask, facts: Facts) -> Ask:
    """Name a group as the file of its measure does: some have `Free`, others `Free schools`."""
    series = ask.series
    twins = words().table["group_twins"]
    other = {**twins, **{two: one for one, two in twins.items()}}.get(series.group)
    measure = MEASURES[series.measure].numerator or series.measure
    if other is None or (measure, series.breakdown, series.group) in facts.names("measure", "breakdown", "group"):
        return ask
    return ask._replace(series=series._replace(group=other))


def _of_all_years(said: Said, q: Quantity, facts: Facts) -> list[Ask]:
    """Read the least or the most of all years as the figure of the year that has it, or their mean."""
    if said.end == "mean":
        meant = asks(said._replace(end="", years=said.years[-1:]), q, facts, False)
        return [ask._replace(kind="mean", years=said.years) for ask in meant if ask.kind == "value"]
    found: list[tuple[float, list[Ask]]] = []
    for year in said.years:
        meant = asks(said._replace(end="", years=(year,)), q, facts, False)
        value = answer(facts, meant[0]) if meant else None
        if value is None:
            return []
        found.append((value.value, meant))
    return (min if said.end == "low" else max)(found, key=lambda pair: pair[0])[1]


def _of_finished(ask: Ask, said: Said, facts: Facts) -> Ask:
    """Read a rate of completion of no named year as that of the newest cohorts that are finished."""
    measure = MEASURES[ask.series.measure]
    finished = [period for period in facts.periods if period not in facts.unfinished]
    is_named = said.are_years_named and ("year" not in said.carried or ask.years[-1] != facts.newest)
    if not (measure.has_unfinished and measure.is_rate) or is_named or not finished or ask.kind == "pooled":
        return ask
    back = (facts.newest - finished[-1]) // 101 if ask.years[-1] in facts.unfinished else 0
    if back <= 0:
        return ask
    years = tuple(year - 101 * back for year in ask.years)
    return ask._replace(years=years, is_sure=False) if years[0] in facts.periods else ask


def _of_workforce(said: Said, q: Quantity, facts: Facts, is_whole: bool) -> Said:
    """Read people as teachers in the census where the whole is the workforce: `of 511,958 teachers, 23,222 started`."""
    if q.digits >= 4 and _is_of_all(said) and not is_whole:
        code, counted = _ALL[said.counted]
        every = facts.value(_series(said)._replace(measure=code, funding="all"), said.years[-1])
        return said._replace(counted=counted, event="", measure=code) if every and q.fits(every.value) else said
    whole = q if is_whole else said.part_of
    if whole is None or said.counted != "people" or said.measure or whole.digits < 3:
        return said
    files = (_series(said)._replace(measure="teachers", funding=paid) for paid in ("all", "funded"))
    teachers = next((known for one in files if (known := facts.value(one, said.years[-1]))), None)
    if teachers is None or not whole.fits(teachers.value):
        return said
    of = "workforce" if said.whole else ""
    return said._replace(counted="workforce", event="" if is_whole else "start", whole=of)


_ALL = {"people": ("teachers", "workforce"), "schools": ("schools-total", "schools")}
"""What is counted of teachers and schools of which nothing else is said."""


def _is_of_all(said: Said) -> bool:
    """Whether nothing is said of teachers or schools but that there are so many: `teacher numbers barely moved`."""
    return said.may_be_all and said.counted in _ALL and said.role == "level"


def _series(said: Said) -> Series:
    series = Series("starts", said.funding)
    if said.area and said.area != ENGLAND[0]:
        named = [area.partition("=")[::2] for area in said.area.split("+")]
        level = named[0][0] if named[0][1] else "Regional"
        series = series._replace(level=level, location="+".join(code or region for region, code in named))
    if said.course:
        series = series._replace(breakdown="course", group=said.course.lower())
    elif said.group:
        breakdown, _, group = said.group.partition("=")
        series = series._replace(breakdown=breakdown, group=group)
    return series


def _counts(said: Said) -> Iterator[tuple[str, bool]]:
    """List the count measures that the words may mean, each with whether it is the only one."""
    event, counted = said.event, said.counted
    if said.measure in MEASURES and not MEASURES[said.measure].is_rate:
        yield said.measure, True
    elif counted == "schools":
        if event not in ("complete", "pass", "dropout"):
            yield "schools", True
    elif event in ("complete", "pass"):
        if counted != "people":
            yield {"complete": "completions", "pass": "passes"}[event], True
    elif counted == "workforce":
        is_part = event == "start" or said.basis == "cumulative"
        yield ("workforce-participants" if is_part else "teachers"), True
    elif counted == "people":
        yield "participants", True
    elif counted == "courses":
        yield "starts", True
    elif counted == "places":
        yield "participants", False
        yield "starts", False
    else:
        yield "starts", False
        yield "participants", False


def _levels(said: Said, base: Series, facts: Facts, is_whole: bool) -> Iterator[Ask]:
    if said.is_rest and said.whole in ("target", "participants"):
        yield from _left_of(said, base, facts)
        return
    is_cumulative = _is_cumulative(said)
    for code, is_sure in _counts(said) if said.event != "dropout" else ():
        measure = "teachers" if is_whole and code == "workforce-participants" else code
        series = base._replace(measure=measure)
        if measure == "schools":
            if is_whole or said.measure == "schools-total":
                total = series._replace(measure="schools-total", funding="all", basis=_basis(said))
                yield Ask(kind="value", series=total, years=said.years[-1:], is_sure=is_sure)
                if said.measure != "schools":  # `Of the 20,611 schools reached`
                    continue
            yield Ask(kind="value", series=series._replace(basis=_basis(said)), years=said.years[-1:], is_sure=is_sure)
        elif measure in ("teachers", "schools-total"):
            # Who paid limits none of these, but a file of funded courses alone has them beside what was funded.
            every = [series._replace(funding=paid) for paid in ("all", "funded")]
            known = [one for one in every if facts.value(one, said.years[-1])]
            yield Ask(kind="value", series=(known or every)[0], years=said.years[-1:], is_sure=is_sure)
        elif measure in ("participants", "workforce-participants"):
            if is_cumulative or (said.is_sum and len(said.years) > 1):
                if is_cumulative or said.years == facts.periods:
                    series = series._replace(measure="workforce-participants", basis="cumulative")
                    yield Ask(kind="value", series=series, years=said.years[-1:], is_sure=is_sure)
                continue
            yield Ask(kind="value", series=series, years=said.years[-1:], is_sure=is_sure)
        else:
            is_all = (is_cumulative and not said.is_rest) or (
                measure in ("completions", "passes") and not said.are_years_named
            )
            years = (
                said.years
                if said.is_sum
                else tuple(p for p in facts.periods if p <= said.years[-1])
                if is_all
                else said.years
            )
            kind = "sum" if len(years) > 1 else "value"
            yield Ask(kind=kind, series=series, years=years, is_sure=is_sure)
    if said.event == "dropout" and said.counted != "schools":
        yield Ask(kind="left", series=base._replace(measure="completions"), years=said.years[-1:], is_sure=False)


def _left_of(said: Said, base: Series, facts: Facts) -> Iterator[Ask]:
    """How far starts are from the target, and how many participants are not in the census."""
    if said.whole == "participants":
        matched = base._replace(measure="workforce-participants", basis="in-year")
        yield Ask(kind="left", series=matched, whole=base._replace(measure="participants"), years=said.years[-1:])
    elif facts.target is not None:
        until = tuple(period for period in facts.periods if period <= facts.target.period)
        yield Ask(kind="left", series=base, whole=Series("starts-target", "funded"), years=until)


def _basis(said: Said) -> str:
    """Return the basis that is said; the growing number of schools from one year to another is counted since 2021.

    So is the shrinking number of those that are left.
    """
    is_of_schools = "schools" in (said.counted, said.whole) or said.measure in ("schools", "schools-share")
    is_move = said.end in ("from", "to") or said.role in ("change", "factor")
    if is_of_schools and is_move and (said.direction <= 0 if said.is_rest else said.direction >= 0):
        return said.basis or "cumulative"
    is_undated = is_of_schools and "year" in said.carried and not said.event  # `Those with one: 88%`
    return said.basis or ("cumulative" if is_undated or _is_cumulative(said) else "in-year")


def _is_cumulative(said: Said) -> bool:
    """Whether all years are counted: `since 2021`, or `have started` and `have never` without a year."""
    if said.is_sum and len(said.years) > 1 and said.years[0] == SERIES_BEGAN:
        return True
    is_of_text = "year" in said.carried and (said.is_rest or "schools" in (said.counted, said.whole))
    is_of_year = said.are_years_named and not is_of_text
    return said.basis == "cumulative" or (not said.basis and (said.is_perfect or said.is_rest) and not is_of_year)


def _shares(said: Said, base: Series, facts: Facts) -> Iterator[Ask]:  # noqa: PLR0912 (one branch for each whole)
    year = said.years[-1:]
    event, whole, counted = said.event, said.whole, said.counted

    def rate(code: str, is_sure: bool = True) -> Ask:
        is_of_cohort = said.are_years_named and "year" not in said.carried and len(said.years) == 1
        is_dated = any(kind == "year" for kind, _ in said.near | said.far)
        is_of_cohort = is_of_cohort and (is_dated or not said.names_calendar_year)  # `by June 2025` is no cohort.
        if code in ("completion-rate", "pass-rate") and _is_cumulative(said) and said.basis and not is_of_cohort:
            since = tuple(period for period in facts.periods if period <= said.years[-1])
            return Ask(kind="pooled", series=base._replace(measure=code), years=since, is_sure=is_sure)
        if code in ("completion-rate", "pass-rate") and said.is_sum and len(said.years) > 1:
            return Ask(kind="pooled", series=base._replace(measure=code), years=said.years, is_sure=is_sure)
        basis = _basis(said) if code in ("schools-share", "workforce-share") else "in-year"
        kind = "left" if event == "dropout" and code == "completion-rate" else "value"
        return Ask(kind=kind, series=base._replace(measure=code, basis=basis), years=year, is_sure=is_sure)

    is_of_starts = said.measure in ("schools-share", "workforce-share")
    if said.without or (is_of_starts and event in ("complete", "pass")):
        return
    if said.measure in MEASURES and MEASURES[said.measure].is_rate:
        yield rate(said.measure)
    elif whole == "target":
        target = facts.target
        until = tuple(period for period in facts.periods if target and period <= min(year[0], target.period))
        aim = Series("starts-target", "funded")
        yield Ask(kind="share", series=base, whole=aim, years=said.years if said.is_sum else until)
        if said.are_years_named and said.basis != "cumulative" and not said.is_sum:
            yield Ask(kind="share", series=base, whole=aim, years=year)  # `43,840 in 2023/24, 29 per cent of it`
    elif whole == "change" or (event == "complete" and whole in ("people", "workforce")):
        return
    elif (whole == "participants" and counted == "workforce") or (
        said.measure == "workforce-participants" and whole in ("", "participants")
    ):  # `79 per cent of them could be matched to the census`
        matched = base._replace(measure="workforce-participants")
        yield Ask(kind="share", series=matched, whole=base._replace(measure="participants"), years=year)
    elif whole == "completions":
        if event == "pass" or (event in ("complete", "") and not said.is_funding_named):
            yield rate("pass-rate")
    elif (event == "complete" and whole != "schools") or (event == "dropout" and whole != "schools"):
        yield rate("completion-rate")
    elif event == "pass" and whole != "schools":
        if whole or said.part_of is not None:
            started, years = base._replace(measure="starts"), said.years if said.is_sum else year
            yield Ask(kind="share", series=base._replace(measure="passes"), whole=started, years=years)
        else:
            yield rate("pass-rate", is_sure=False)
            started = base._replace(measure="starts")
            yield Ask(kind="share", series=base._replace(measure="passes"), whole=started, years=year, is_sure=False)
    elif whole == "schools" or (not whole and counted == "schools"):
        if event not in ("complete", "pass", "dropout"):
            yield rate("schools-share")
    elif (
        whole == "workforce"
        or (not whole and (counted == "workforce" or _is_of_teachers(said)))
        or (whole == "people" and not said.part_of and (event == "start" or said.area or not said.is_funding_named))
    ):
        yield rate("workforce-share")
    else:
        since = tuple(p for p in facts.periods if p <= year[0]) if said.basis == "cumulative" else year
        yield from _parts_of(said, base, said.years if said.is_sum else since)


def _is_of_teachers(said: Said) -> bool:
    """Whether a share is of those who have started, or have not: `102,080 teachers have, which is one in five`."""
    is_of_part = said.course or said.group or said.area not in ("", ENGLAND[0]) or said.is_funding_named
    is_since = said.basis == "cumulative" and "measure" in said.carried  # `19.9 per cent. A year ago it was 17.2.`
    is_of_all = ((said.is_perfect and not said.are_years_named) or is_since) and not is_of_part
    return said.counted == "people" and said.event == "start" and (said.is_rest or bool(is_of_all))


def _parts_of(said: Said, base: Series, years: tuple[int, ...]) -> Iterator[Ask]:
    """Shares of the total of one or several years: those funded, those of one course, group or area."""
    counted = {"participants": "people", "staff": "people"}.get(said.whole, said.whole) or said.counted
    code = "participants" if counted == "people" else "starts"
    part = base._replace(measure=code)
    parts = [kind for kind in ("course", "group", "area") if getattr(said, kind)]
    # `In London 5,367 NPQs were started. 5,176 were funded, 96.4 per cent of the total.`
    is_of_payer = said.is_of_payer or ("funding" in said.own and {*parts} <= {*said.carried})
    if parts and not is_of_payer:
        whole = part
        if said.course or said.group:
            whole = whole._replace(breakdown=OVERALL, group=OVERALL)
        elif said.area and said.area != ENGLAND[0]:
            whole = whole._replace(level="National", location=ENGLAND[0])
        if whole != part:
            yield Ask(kind="share", series=part, whole=whole, years=years)
            return
    if said.is_funding_named and said.funding != "all":
        sure = counted in ("people", "courses")
        yield Ask(kind="share", series=part, whole=part._replace(funding="all"), years=years, is_sure=sure)
        if not sure:
            other = part._replace(measure="participants")
            yield Ask(kind="share", series=other, whole=other._replace(funding="all"), years=years, is_sure=False)


def _changes(said: Said, q: Quantity, base: Series) -> Iterator[Ask]:
    """List changes from one year to another, or what is between two parts in one year."""
    kind, part = said.against
    other = _series(said._replace(**{kind: part})) if kind else None  # type: ignore[arg-type]
    is_of_starts = said.measure in ("schools-share", "workforce-share")
    is_else = said.event == "dropout" or (is_of_starts and said.event in ("complete", "pass"))
    if is_else or "+" in said.course or len(said.years) < 2 - bool(other):
        return
    years, basis = said.years[-1:] if other else (said.years[0], said.years[-1]), _basis(said)
    is_rate = said.event in ("complete", "pass")
    if said.whole in ("participants", "courses") and q.kind == "points" and not (other or is_rate):
        yield from (ask._replace(kind="points") for ask in _parts_of(said, base, years))
        return
    if said.measure in MEASURES:
        codes = [(said.measure, True)]
    elif said.whole in ("workforce", "schools", "people") or (said.counted == "workforce" and q.kind != "count"):
        codes = [("workforce-share" if said.whole != "schools" else "schools-share", True)]
    elif q.kind == "points":
        is_of_schools = said.counted == "schools" and said.event not in ("complete", "pass")
        named = _RATES.get("schools" if is_of_schools else said.event)
        codes = [(code, True) for code in (named or _RATES.get(said.counted or said.whole),) if code]
    else:
        codes = list(_counts(said))
    unit = "factor" if said.role == "factor" else KINDS.get(q.kind, "change")
    since = {"participants": "workforce-participants"} if basis == "cumulative" else {}
    for code, is_sure in ((since.get(code, code), is_sure) for code, is_sure in codes):
        is_of_both = code in ("schools-share", "workforce-share", "schools", "workforce-participants")
        series = base._replace(measure=code, basis=basis if is_of_both else "in-year")
        whole = other and other._replace(measure=part if kind == "measure" else code, basis=series.basis)
        if said.end == "added" and code == "starts":
            # What a year adds to the total of the years before it are its starts.
            added = tuple(range(years[0] + 101, years[-1] + 1, 101))
            yield Ask(kind="value" if len(added) == 1 else "sum", series=series, years=added, is_sure=is_sure)
        if said.end != "added" or not (code == "starts" and said.basis):
            yield Ask(kind=unit, series=series, years=years, whole=whole, without=said.without, is_sure=is_sure)
        if is_of_both and said.basis == "cumulative" and not (said.are_years_named or whole):
            # `Since 2021 the number of schools that have had a start has nearly doubled.`
            yield Ask(kind=unit, series=series, years=(SERIES_BEGAN, years[-1]), is_sure=is_sure)


KINDS = {"points": "points", "percent": "pct", "factor": "factor"}
"""What a change is, by the kind of its number; else it is in the unit of the measure."""
_RATES = {
    "schools": "schools-share",
    "complete": "completion-rate",
    "pass": "pass-rate",
    "people": "workforce-share",
    "workforce": "workforce-share",
}
"""The rate that is meant where points are spoken of, by what is counted or became of it."""


def settled(said: Said) -> Said:
    """Mark a group that the rows do not have as not there; the level of a course is none."""
    name = said.group.rpartition("=")[2]
    if said.against[0] == "group" and "=" not in said.against[1]:
        said = said._replace(against=("group", f"?{said.against[1]}"))
    if said.course and name in ("headteacher", "senior-leader"):
        return said._replace(group="")
    return said._replace(group=f"?{name}") if name == said.group and name[:1] not in ("", "?") else said
