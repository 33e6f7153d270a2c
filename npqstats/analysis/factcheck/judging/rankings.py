"""Claims made in words, held against the cells: a figure among those of other years, courses, areas or groups."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from npqstats.analysis.factcheck.judging.asks import asks, settled
from npqstats.analysis.factcheck.judging.derived import Ask, Beside, answer
from npqstats.analysis.factcheck.judging.findings import Finding
from npqstats.analysis.factcheck.judging.ranking_claims import Claim, claims, in_words
from npqstats.analysis.factcheck.reading.reader import Told
from npqstats.analysis.factcheck.reading.said import Said
from npqstats.analysis.factcheck.scanning.ranking_phrases import Phrase
from npqstats.analysis.facts import Facts, Value
from npqstats.analysis.series import Series
from npqstats.vocabulary.areas import ENGLAND, REGIONS, authorities
from npqstats.vocabulary.breakdowns import OVERALL
from npqstats.vocabulary.courses import COURSES
from npqstats.vocabulary.funding import SERIES_BEGAN
from npqstats.vocabulary.measures import MEASURES
from npqstats.vocabulary.periods import AcademicYear

_SLIGHTLY = ("slightly", "a little", "marginally", "only just")
_LITTLE = 0.1
"""The share up to which a figure is little more than another: above it `slightly`, and below it `far`, is no fact."""
_OF_TARGET = ("three", "three years", "over three years")
"""What may be said of the years of the target: they are three."""
_ALIKE = 0.02
"""The share by which two figures differ from which on they are not as many."""
_NEARLY = 0.95
"""The share of a target from which on it was nearly met."""


class Outcome(NamedTuple):
    """What the cells say of a claim read in one way."""

    verdict: str
    reason: str
    beside: tuple[Beside, ...] = ()
    """The figures that it was held against, in order."""
    against: Beside | None = None
    """The one that decides."""


def rankings(told: Iterable[Told], facts: Facts) -> list[Finding]:
    """Judge every claim that a text makes in words.

    Args:
        told: The sentences of a text, read.
        facts: Every cell there is.

    Returns:
        A finding for each, whose quantity is the words; none for what is no claim about NPQs.
    """
    return [_judged(claim._replace(said=settled(claim.said)), facts) for claim in claims(told)]


def _judged(claim: Claim, facts: Facts) -> Finding:
    phrase, said = claim.phrase, claim.said
    q = in_words(phrase.quote, phrase.start, phrase.end, "words")
    blank = Finding(quantity=q, said=said, verdict="unknown", reason="no-row", phrase=phrase)
    if phrase.kind == "target":
        read = tuple(word for word in said.unread if word.lower() not in _OF_TARGET)
        return _finding(replace(blank, said=said._replace(unread=read)), _target(claim, facts))
    if said.doubts or said.is_old or not said.is_year_sure:
        year = "calendar-year" if said.names_calendar_year else "no-row"
        return blank.ruled("doubt" if said.doubts else "before-reforms" if said.is_old else year)
    if phrase.scope in ("set", "course") and not said.counted and not said.measure:
        said = said._replace(counted="courses")
    meant = _meant(said, facts, is_share=claim.is_share)
    if not meant:
        return blank
    outcomes = [_held(claim, ask, facts) for ask in meant]
    if len({outcome.verdict for outcome in outcomes}) > 1:
        return replace(blank, reason="ambiguous", ask=meant[0])
    return _finding(replace(blank, ask=meant[0]), outcomes[0])


def _meant(said: Said, facts: Facts, *, is_share: bool) -> list[Ask]:
    """List the figures that may be meant, as levels of the last year named: rates where a share is spoken of."""
    is_rate = is_share or (said.measure in MEASURES and MEASURES[said.measure].is_rate)
    role, kind = ("share", "percent") if is_rate else ("level", "count")
    # `One in five teachers have started one` looks back over all years.
    is_since = said.is_perfect and not said.are_years_named and said.whole in ("workforce", "schools", "people")
    basis = "cumulative" if is_since else said.basis
    level = said._replace(role=role, years=said.years[-1:], is_sum=False, end="", direction=0, basis=basis)
    level = level._replace(are_years_named=True)
    found = asks(level, in_words("", kind=kind), facts, is_whole=False)
    return found if all(ask.kind == "value" for ask in found) else []


def _finding(blank: Finding, outcome: Outcome) -> Finding:
    """Make a finding of an outcome: it is not right where words of its clause are not read."""
    own = next((beside for beside in outcome.beside if beside.is_own), None)
    verdict, reason = outcome.verdict, outcome.reason
    if verdict == "right" and blank.said.unread:
        verdict, reason = "unknown", "unread"
    elif verdict == "right" and any(beside.value.is_reported for beside in outcome.beside):
        verdict = "reported"
    return replace(
        blank,
        verdict=verdict,
        reason=reason,
        ask=own.ask if own else blank.ask,
        value=own.value if own else None,
        beside=outcome.beside,
        against=outcome.against,
    )


def _held(claim: Claim, ask: Ask, facts: Facts) -> Outcome:
    phrase = claim.phrase
    if phrase.rank == 0:
        return Outcome("unknown", "ranked-vaguely")
    row = _Row(claim, ask, facts)
    if row.is_unsound:
        return Outcome("misleading", "unfinished", row.of([row.year]))
    outcome = _held_by(phrase, row)
    if outcome.verdict == "right" and _is_mixed(outcome.beside):
        return outcome._replace(verdict="unknown", reason="ranked-editions")
    return outcome


def _held_by(phrase: Phrase, row: "_Row") -> Outcome:
    if phrase.kind != "extreme":
        return _JUDGES[phrase.kind](row)
    is_part = row.ask.series.breakdown != OVERALL or row.ask.series.location != ENGLAND[0]
    is_of_years = phrase.scope in ("row", "years", "ever", "since") or phrase.move
    if is_of_years or (not is_part and phrase.scope in ("", "all")):
        return _among_years(row)
    if phrase.scope or phrase.quote.lower().startswith(("its", "their")):
        return _among_set(row) if phrase.scope else _among_years(row)
    outcomes = (_among_set(row), _among_years(row))
    if len({outcome.verdict for outcome in outcomes}) > 1:
        return Outcome("unknown", "ranked-of-what", row.of([row.year]))
    return outcomes[0]


def _is_mixed(beside: Iterable[Beside]) -> bool:
    """Whether figures of several releases would be set against each other."""
    cells = [fact for one in beside for fact in one.value.facts]
    return len({fact.release for fact in cells if not fact.is_reported}) > 1


class _Row:
    """The figures of one series by year."""

    def __init__(self, claim: Claim, ask: Ask, facts: Facts) -> None:
        self.claim, self.phrase, self.ask, self.facts = claim, claim.phrase, ask, facts
        self.year, self.years = ask.years[-1], facts.periods
        self.unfinished = facts.unfinished if MEASURES[ask.series.measure].has_unfinished else frozenset[int]()
        asked = {year: ask._replace(years=(year,)) for year in self.years}
        answers = {year: answer(facts, here) for year, here in asked.items()}
        self.known = {
            year: Beside(asked[year], value, is_own=year == self.year)
            for year, value in answers.items()
            if value is not None
        }

    def number(self, year: int) -> float:
        return self.known[year].value.value

    def of(self, years: Iterable[int]) -> tuple[Beside, ...]:
        return tuple(self.known[year] for year in sorted(years) if year in self.known)

    @property
    def since(self) -> int:
        """The year since which the figure is ranked; 0 where none is said."""
        return (self.claim.base or 0) if self.phrase.scope == "since" else 0

    @property
    def looks_back(self) -> bool:
        """Whether years before the reform are spoken of: `ever`, `since 2017`."""
        return self.phrase.scope == "ever" or (self.phrase.scope == "since" and self.since < SERIES_BEGAN)

    @property
    def is_unsound(self) -> bool:
        """Whether a cohort that is unfinished would be set against others."""
        base = self.claim.base if self.phrase.kind in ("than", "pace") else None
        return self.year in self.known and bool({self.year, base} & self.unfinished)

    def moves(self, years: Iterable[int]) -> dict[int, float]:
        """The change into each of some years from the year before, where both are known."""
        return {
            year: self.number(year) - self.number(year - 101)
            for year in years
            if year in self.known and year - 101 in self.known
        }

    def lacking(self, years: Iterable[int]) -> Outcome | None:
        """Say that a year is not known, where one is not."""
        if set(years) & self.unfinished:
            return Outcome("unknown", "ranked-unfinished", self.of(self.years))
        return None if set(years) <= set(self.known) else Outcome("unknown", "ranked-missing", self.of(self.years))


def _ranked(own: Beside, others: Sequence[Beside], phrase: Phrase, lacking: Outcome | None) -> Outcome:
    """Say whether as many others are beyond a figure as its rank says.

    Args:
        own: The figure.
        others: Those that it is ranked among, as far as they are known.
        phrase: Its rank, and whether from the top.
        lacking: What to say where some are not known and those that are decide nothing.
    """
    beside = (*others, own)
    beyond = [other for other in others if (other.value.value - own.value.value) * phrase.sign > 0]
    furthest = max(beyond, key=lambda other: other.value.value * phrase.sign, default=None)
    if len(beyond) >= phrase.rank:
        return Outcome("wrong", "ranked-not", beside, furthest)
    if lacking is not None:
        return lacking
    if len(beyond) < phrase.rank - 1:
        return Outcome("wrong", "ranked-beyond", beside, own)
    if any(other.value.value == own.value.value for other in others):
        return Outcome("unknown", "ranked-tie", beside)
    return Outcome("right", "ranked", beside, own)


def _among_years(row: _Row) -> Outcome:
    """Rank a year among others: those before it, where only these are meant; else both among these and among all."""
    phrase = row.phrase
    if (lacking := row.lacking([row.year])) is not None:
        return lacking
    if phrase.move:
        return _among_moves(row)
    first = row.since
    every = [year for year in row.years if year != row.year and year > first]
    earlier = [year for year in every if year < row.year]
    readings = [earlier] if phrase.is_before else [every]
    if phrase.scope in ("ever", "since", "years") and earlier and not phrase.is_before:
        readings.append(earlier)
    if not readings[0]:
        return Outcome("unknown", "ranked-alone", row.of([row.year]))
    own = row.known[row.year]
    found = [_ranked(own, row.of(set(years) - row.unfinished), phrase, row.lacking(years)) for years in readings]
    if {outcome.verdict for outcome in found} == {"right", "wrong"}:
        return found[0]._replace(verdict="unknown", reason="ranked-since-beaten")
    best = found[0]
    if best.verdict == "right" and row.looks_back and not _is_beyond_old(row):
        return best._replace(verdict="unknown", reason="ranked-ever")
    return best._replace(beside=tuple(sorted(best.beside, key=lambda one: one.ask.years)))


def _is_beyond_old(row: _Row) -> bool:
    """Whether a figure is more than all that is known of the courses before the reform: then it is the highest ever."""
    old = row.facts.old
    is_count = row.ask.series in (Series("starts"), Series("participants"))
    return is_count and row.phrase.sign > 0 and bool(old) and row.number(row.year) > max(fact.value for fact in old)


def _among_moves(row: _Row) -> Outcome:
    """Rank a change among those in the same direction, in number and in per cent."""
    phrase = row.phrase
    years = [year for year in row.years[1:] if not (phrase.is_before and year > row.year)]
    moves = {year: move * phrase.move for year, move in row.moves(years).items()}
    beside = row.of(row.years)
    if row.year not in moves:
        return Outcome("unknown", "ranked-missing", beside)
    if moves[row.year] <= 0:
        return Outcome("wrong", "ranked-no-move", beside, row.known[row.year])
    same = {year: move for year, move in moves.items() if move > 0}
    shares = {year: move / row.number(year - 101) for year, move in same.items() if row.number(year - 101)}
    places = {_place(row.year, sizes, phrase.sign) for sizes in (same, shares)}
    if phrase.rank not in places:
        furthest = max(same, key=lambda year: same[year] * phrase.sign)
        return Outcome("wrong", "ranked-not", beside, row.known[furthest])
    if len(places) > 1 or len(moves) < len(years):
        return Outcome("unknown", "ranked-missing" if len(moves) < len(years) else "ranked-tie", beside)
    return Outcome("right", "ranked", beside, row.known[row.year])


def _place(year: int, sizes: dict[int, float], sign: int) -> int:
    return 1 + sum((size - sizes[year]) * sign > 0 for size in sizes.values())


def _than(row: _Row) -> Outcome:
    base, phrase = row.claim.base, row.phrase
    if base is None or base == row.year:
        return Outcome("unknown", "ranked-of-what", row.of([row.year]))
    if (lacking := row.lacking([row.year, base])) is not None:
        return lacking
    beside = row.of([base, row.year])
    if phrase.sign == 0:
        is_far = abs(row.number(row.year) - row.number(base)) > _ALIKE * row.number(base)
        return Outcome("wrong" if is_far else "unknown", "ranked-alike", beside, row.known[base])
    change = (row.number(row.year) - row.number(base)) * phrase.sign
    if change <= 0:
        return Outcome("wrong", "ranked-not", beside, row.known[base])
    is_little = change < _LITTLE * row.number(base)
    if phrase.size and is_little != (phrase.size in _SLIGHTLY):
        return Outcome("unknown", "ranked-size", beside, row.known[base])
    return Outcome("right", "ranked", beside, row.known[base])


def _pace(row: _Row) -> Outcome:
    """Compare two changes, in number and in per cent; in the direction that is said, else in that of the later one."""
    base, phrase = row.claim.base, row.phrase
    if base is None or base == row.year:
        return Outcome("unknown", "ranked-of-what", row.of([row.year]))
    years = [row.year, row.year - 101, base, base - 101]
    if (lacking := row.lacking(years)) is not None:
        return lacking
    moves = row.moves([row.year, base])
    direction = phrase.move or row.claim.said.direction or (1 if moves[row.year] > 0 else -1)
    found = set()
    for sizes in (moves, {year: move / (row.number(year - 101) or 1) for year, move in moves.items()}):
        is_moved = sizes[row.year] * direction > 0
        found.add(is_moved and (sizes[row.year] - sizes[base]) * direction * phrase.sign > 0)
    beside = row.of(set(years))
    if len(found) > 1:
        return Outcome("unknown", "ranked-tie", beside)
    is_so = found.pop()
    return Outcome("right" if is_so else "wrong", "ranked" if is_so else "ranked-not", beside, row.known[base])


def _first(row: _Row) -> Outcome:  # noqa: PLR0911 (one outcome each)
    """Whether a move, or the passing of a level, had not happened in any year before."""
    phrase, level = row.phrase, row.claim.number
    first = row.since
    years = [year for year in row.years if first < year <= row.year]
    happened: dict[int, bool]
    if level is not None:
        sign = 1 if level.hedge == "above" else -1
        happened = {year: (row.number(year) - level.value) * sign > 0 for year in years if year in row.known}
    else:
        years = [year for year in years if year != row.years[0]]
        happened = {year: move * phrase.sign > 0 for year, move in row.moves(years).items()}
    beside = row.of(row.years)
    if row.year not in happened:
        return row.lacking([row.year]) or Outcome("unknown", "ranked-alone", beside)
    if not happened[row.year]:
        return Outcome("wrong", "ranked-no-move", beside, row.known[row.year])
    before = [year for year in years if year < row.year and happened.get(year)]
    if len(before) >= phrase.rank:
        return Outcome("wrong", "ranked-not-first", beside, row.known[before[-1]])
    if len(before) < phrase.rank - 1 and len(happened) == len(years) and phrase.scope:
        return Outcome("wrong", "ranked-not-again", beside, row.known[row.year])
    if len(happened) < len(years) or len(before) < phrase.rank - 1:
        return Outcome("unknown", "ranked-missing", beside)
    if row.looks_back and not (level is not None and _is_beyond_old(row)):
        return Outcome("unknown", "ranked-ever", beside)
    return Outcome("right", "ranked", beside, row.known[row.year])


def _streak(row: _Row) -> Outcome:
    """Whether a figure moved the same way in each of the last years, or in each since one."""
    phrase = row.phrase
    first = row.since or row.years[0]
    every = [year for year in row.years if first < year <= row.year]
    years = every if not phrase.length else [row.year - 101 * back for back in range(phrase.length)]
    moves = row.moves(years)
    beside = row.of({*years, *(year - 101 for year in years)})
    broken = [year for year, move in moves.items() if move * phrase.sign <= 0]
    if broken:
        return Outcome("wrong", "ranked-broken", beside, row.known[max(broken)])
    if len(moves) < len(years) or not years or row.looks_back:
        return Outcome("unknown", "ranked-missing", beside)
    earlier = row.moves([row.year - 101 * phrase.length])
    if phrase.is_exact and any(move * phrase.sign > 0 for move in earlier.values()):
        return Outcome("wrong", "ranked-longer", row.of(row.years), row.known[next(iter(earlier))])
    return Outcome("right", "ranked", beside, row.known[row.year])


_JUDGES: dict[str, Callable[[_Row], Outcome]] = {"than": _than, "pace": _pace, "first": _first, "streak": _streak}


def _among_set(row: _Row) -> Outcome:
    """Rank a course, area or group among the others of its kind; it is right only where none of them is missing."""
    ask, facts, scope = row.ask, row.facts, row.phrase.scope
    series = ask.series
    kind = _kind(series)
    if not kind or scope not in ("", "set", "all", kind):
        return Outcome("unknown", "ranked-of-what", row.of([row.year]))
    others = [_of_member(series, name) for name in sorted(_members(series, facts))]
    answers = [(here, answer(facts, here)) for here in (ask._replace(series=other) for other in others)]
    known = [Beside(here, value) for here, value in answers if value is not None and here.series != series]
    if row.year not in row.known:
        return Outcome("unknown", "ranked-set", tuple(known))
    known = [one for one in known if one.value.release == row.known[row.year].value.release]
    have = {beside.ask.series for beside in (*known, row.known[row.year])}
    lacking = Outcome("unknown", "ranked-set", (*known, row.known[row.year]))
    return _ranked(row.known[row.year], known, row.phrase, None if _is_whole(have, series, row) else lacking)


def _kind(series: Series) -> str:
    """Say what a series is one of: region, authority, course or group; nothing for England, or for two at once."""
    if series.location != ENGLAND[0]:
        return {"Regional": "region"}.get(series.level, "authority") if series.breakdown == OVERALL else ""
    return {OVERALL: "", "course": "course"}.get(series.breakdown, "group")


def _members(series: Series, facts: Facts) -> set[str]:
    if series.location != ENGLAND[0]:
        return {location for level, location in facts.names("level", "location") if level == series.level}
    return {group for breakdown, group in facts.names("breakdown", "group") if breakdown == series.breakdown}


def _of_member(series: Series, name: str) -> Series:
    return series._replace(location=name) if series.location != ENGLAND[0] else series._replace(group=name)


def _is_whole(have: set[Series], series: Series, row: _Row) -> bool:
    """Whether these are all there are: by their list, or because their courses started add up to the total."""
    kind = _kind(series)
    listed = {
        "region": set(REGIONS),
        "authority": {area.id for area in authorities()},
        "course": {code.lower() for code, course in COURSES.items() if course.ran_in(AcademicYear(row.year // 100))},
    }
    names = {one.location if series.location != ENGLAND[0] else one.group for one in have}
    if kind in listed and names >= listed[kind]:
        return True
    starts = series._replace(measure="starts")
    parts = [row.facts.value(_of_member(starts, name), row.year) for name in names]
    total = row.facts.value(starts._replace(breakdown=OVERALL, group=OVERALL), row.year)
    if kind in ("region", "authority") or total is None or None in parts:
        return False
    return sum(part.value for part in parts if part is not None) == total.value


def _is_of_one_year(said: Said, last: int) -> bool:
    """Whether a year is named that is not the last of the target: each year may have had one of its own."""
    return said.are_years_named and len(said.years) == 1 and said.years[0] != last


def _target(claim: Claim, facts: Facts) -> Outcome:
    """Hold the target for NPQ places against what was started in its years, all funding counted."""
    phrase, said = claim.phrase, claim.said
    cell = facts.target
    is_other = said.area or said.course or said.group or said.event in ("complete", "pass")
    if cell is None or is_other or "a denial" in said.doubts or _is_of_one_year(said, cell.period):
        return Outcome("unknown", "target-unknown")
    years = tuple(year for year in facts.periods if cell.years[0] <= year <= cell.years[-1])
    ask = Ask(kind="sum", series=Series("starts"), years=years)
    started = answer(facts, ask)
    target = Beside(Ask(kind="value", series=cell.series, years=cell.years), Value(cell.value, (cell,)))
    if started is None or years[-1:] != cell.years[-1:]:
        return Outcome("unknown", "target-unknown", (target,))
    own = Beside(ask, started, is_own=True)
    if claim.number is not None and not claim.number.fits(cell.value):
        is_outcome = claim.number.fits(started.value) and phrase.sign > 0
        return Outcome(
            "wrong" if is_outcome else "unknown", "target-outcome" if is_outcome else "target-unknown", (target, own)
        )
    # The target is of funded places: what was started with any funding is the most that it can have been.
    if started.value >= cell.value:
        return Outcome("unknown", "target-outcome", (target, own), target)
    is_so = phrase.sign < 0
    if phrase.is_near:
        is_so = started.value >= _NEARLY * cell.value
    return Outcome("right" if is_so else "wrong", "target-outcome", (target, own), target)
