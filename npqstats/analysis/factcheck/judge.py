"""A verdict for each number in a text: what is said of it, held against the cells."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

import polars as pl

from npqstats.analysis.cells import Series
from npqstats.analysis.factcheck.asks import asks
from npqstats.analysis.factcheck.beyond import beyond_the_period, beyond_the_target, other_outcomes
from npqstats.analysis.factcheck.derived import Ask, Beside, answer, fits
from npqstats.analysis.factcheck.phrases import Phrase
from npqstats.analysis.factcheck.quantities import Quantity
from npqstats.analysis.factcheck.said import Said
from npqstats.analysis.factcheck.slips import Slip, Slips, differences, variations
from npqstats.analysis.factcheck.surveys import Survey, matching
from npqstats.analysis.facts import Fact, Facts, Value
from npqstats.catalogue.catalogue import NO_RELEASE
from npqstats.vocabulary.measures import MEASURES


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What the cells say of one number."""

    quantity: Quantity
    said: Said
    verdict: str
    reason: str
    """A code that `wording.verdicts` puts into a sentence."""
    ask: Ask | None = None
    """What the sentence speaks of."""
    value: Value | None = None
    """The figure of it."""
    other_ask: Ask | None = None
    """What the number is, where that is something else."""
    other: Value | None = None
    parts: tuple[str, ...] = ()
    """Which parts differ: measure, funding, year, basis, area, group, unit."""
    notes: tuple[str, ...] = ()
    """Codes of what a reader should know besides."""
    stated: tuple[float, ...] = ()
    """Numbers of the sentence itself that do not go together."""
    phrase: Phrase | None = None
    """What sets the figure among others, for a claim in words; its `quantity` is these words."""
    beside: tuple[Beside, ...] = ()
    """The figures that it is ranked among."""
    against: Beside | None = None
    """The one that decides."""


class Judge:
    """Holds what is said against the cells."""

    def __init__(self, facts: Facts, surveys: Iterable[Survey] = ()) -> None:
        """Take the cells, and the survey answers that are never mixed with them."""
        self.facts = facts
        self.surveys = tuple(surveys)
        self.slips = Slips(facts)

    def one(self, q: Quantity, said: Said, is_whole: bool) -> Finding:
        """Judge one number."""
        blank = Finding(quantity=q, said=said, verdict="unknown", reason="no-row")
        if said.event == "survey":
            return self._survey(blank)
        if said.event == "opinion":
            return replace(blank, reason="survey-unknown")
        if said.role == "target" or (said.group == "?forecast" and q.kind == "count" and said.role == "level"):
            return self._target(blank)
        if said.event == "register":
            return replace(blank, reason="registrations")
        if said.event == "offer":
            return replace(blank, reason="not-counted")
        if said.is_old:
            return self._old(blank)
        meant = asks(said, q, self.facts, is_whole)
        answers = [(ask, answer(self.facts, ask)) for ask in meant]
        known = [(ask, value) for ask, value in answers if value is not None]
        fitting = [(ask, value) for ask, value in known if fits(q, ask, value, said)]
        if fitting and not said.doubts:
            found = self._fits(blank, answers, fitting)
            if found is not None:
                return found
        if said.role in ("change", "factor"):
            turned = self._turned(blank, known)
            if turned is not None and not said.doubts:
                return turned
        superseded = self._superseded(blank, meant)
        if superseded is not None:
            return superseded
        summed = self._summed_people(blank)
        if summed is not None:
            return summed
        other = self._something_else(blank, meant, known)
        if other is not None:
            return _unless_unclear(other)
        if said.doubts or not said.is_year_sure:
            return replace(blank, reason="doubt" if said.doubts else "calendar-year")
        if said.unread:
            return replace(blank, reason="unread-words")
        sure = [(ask, value) for ask, value in known if ask.is_sure] or (known if len(known) == len(meant) else [])
        if sure and not fitting:
            ask, value = sure[0]
            return replace(
                blank, verdict="wrong", reason="other-figure", ask=ask, value=value, notes=self._notes(ask, value)
            )
        if meant:
            return replace(blank, ask=meant[0])
        return blank

    # The figure fits

    def _fits(
        self, blank: Finding, answers: list[tuple[Ask, Value | None]], fitting: list[tuple[Ask, Value]]
    ) -> Finding | None:
        q, said = blank.quantity, blank.said
        ask, value = min(fitting, key=lambda pair: (not pair[0].is_sure, pair[1].is_reported))
        others = [(other, found) for other, found in answers if other is not ask]
        differs = [pair for pair in others if pair[1] is not None and not fits(q, pair[0], pair[1], said)]
        if said.counted == "places" and not value.is_reported:
            if any(found is None or not fits(q, other, found, said) for other, found in others):
                return replace(
                    blank,
                    verdict="mislabelled",
                    reason="places",
                    ask=ask,
                    value=value,
                    other_ask=ask,
                    other=value,
                    parts=("measure",),
                )
        if differs and not ask.is_sure and said.counted != "places":
            if q.digits < 4:
                return replace(blank, reason="ambiguous", ask=ask, value=value)
            return replace(
                blank,
                verdict="mislabelled",
                reason="unsaid-measure",
                ask=differs[0][0],
                value=differs[0][1],
                other_ask=ask,
                other=value,
                parts=("measure",),
            )
        if not said.is_year_sure or said.is_of_year:
            return replace(
                blank,
                verdict="mislabelled",
                reason="year-of-start" if said.is_of_year else "calendar-year",
                ask=ask,
                value=value,
                other_ask=ask,
                other=value,
                parts=("year",),
            )
        exact = self._exactly_else(blank, ask, value)
        if exact is not None:
            return exact
        unsound = self._unsound(blank, ask, value)
        if unsound is not None:
            return unsound
        if said.end == "from" and said.direction and ask.kind == "value" and ask.years[-1] == self.facts.newest:
            return replace(blank, reason="unread", said=said._replace(unread=("from",)), ask=ask, value=value)
        if said.direction and said.role == "level" and said.end != "from":
            contradiction = self._moves_otherwise(blank, ask, value)
            if contradiction is not None:
                return contradiction
        if unread := _unread_of(said, value):
            return self._unread(blank, ask, value, unread)
        verdict = "reported" if value.is_reported else "right"
        return replace(
            blank,
            verdict=verdict,
            reason="fits",
            ask=ask,
            value=value,
            notes=self._notes(ask, value),
        )

    def _unread(self, blank: Finding, ask: Ask, value: Value, words: tuple[str, ...]) -> Finding:
        """Leave open a number that is a figure of which the sentence says more than it can confirm."""
        return replace(blank, said=blank.said._replace(unread=words), reason="unread", ask=ask, value=value)

    def _exactly_else(self, blank: Finding, ask: Ask, value: Value) -> Finding | None:
        """Whether a number that only rounds to the figure is exactly another one of it: 3,600 people, 3,610 courses."""
        q = blank.quantity
        if q.kind != "count" or q.hedge or ask.kind != "value" or abs(value.value - q.value) < 0.5:
            return None
        for other, part in variations(ask, self.facts):
            found = answer(self.facts, other) if part in ("measure", "funding") else None
            if found is not None and abs(found.value - q.value) < 0.5:
                return self._named(blank, (ask, value), (other, found, (part,)))
        return None

    def _moves_otherwise(self, blank: Finding, ask: Ask, value: Value) -> Finding | None:
        """Whether a level that is said to have risen fell, or the other way."""
        if ask.kind != "value" or len(ask.years) != 1 or ask.series.basis == "cumulative":
            return None
        before = answer(self.facts, ask._replace(years=(ask.years[0] - 101,)))
        if before is None and blank.said.end == "to":
            return self._unread(blank, ask, value, ("a rise" if blank.said.direction > 0 else "a fall",))
        if before is None or before.value == value.value:
            return None
        if (value.value > before.value) != (blank.said.direction > 0):
            change = ask._replace(kind="change", years=(ask.years[0] - 101, ask.years[0]))
            return replace(
                blank,
                verdict="wrong",
                reason="direction",
                ask=change,
                value=answer(self.facts, change),
                other_ask=ask,
                other=value,
            )
        return None

    def _unsound(self, blank: Finding, ask: Ask, value: Value) -> Finding | None:
        measure = MEASURES[ask.series.measure]
        made_of = {ask.series.measure, measure.numerator, measure.denominator}
        is_unfinished = any(MEASURES[code].has_unfinished for code in made_of if code)
        if is_unfinished and ask.kind not in ("sum", "pooled") and set(ask.years) & self.facts.unfinished:
            if ask.kind == "value" and measure.is_rate and (base := self._base(ask)) is not None and base < 30:
                return replace(blank, verdict="misleading", reason="small-base", ask=ask, value=value)
            if ask.kind == "value" and not measure.is_rate:
                return None
            return replace(blank, verdict="misleading", reason="unfinished", ask=ask, value=value)
        if ask.kind == "value" and measure.is_rate and (base := self._base(ask)) is not None and base < 30:
            return replace(blank, verdict="misleading", reason="small-base", ask=ask, value=value)
        if blank.said.event == "dropout" and ask.kind == "left":
            return replace(blank, verdict="misleading", reason="not-dropout", ask=ask, value=value)
        return None

    def _base(self, ask: Ask) -> float | None:
        measure = MEASURES[ask.series.measure]
        under = (
            self.facts.value(ask.series._replace(measure=measure.denominator), ask.years[-1])
            if measure.is_rate
            else None
        )
        return under.value if under else None

    def _notes(self, ask: Ask, value: Value) -> tuple[str, ...]:
        notes = []
        measure = MEASURES[ask.series.measure]
        if measure.has_unfinished and ask.kind in ("value", "points", "pct", "change"):
            notes.append("cohort")
        if ask.kind == "points" and value.also and len({f"{abs(v):.1f}" for v in (value.value, *value.also)}) > 1:
            notes.append("rounded-subtraction")
        if ask.series.measure == "workforce-share" and ask.series.basis == "in-year":
            notes.append("census")
        if any(fact.release not in (self.facts.newest_release, NO_RELEASE) for fact in value.facts):
            notes.append("older-release")
        if any(fact.evidence == "official-text" for fact in value.facts):
            notes.append("official-text")
        return tuple(notes)

    def _turned(self, blank: Finding, known: list[tuple[Ask, Value]]) -> Finding | None:
        """A change of the right size in the wrong direction."""
        q, said = blank.quantity, blank.said
        for ask, value in known:
            if ask.kind == "factor":
                continue
            if said.direction and any(q.fits(abs(number)) for number in (value.value, *value.also)):
                if value.value and (value.value > 0) != (said.direction > 0):
                    return replace(blank, verdict="wrong", reason="direction", ask=ask, value=value)
        return None

    # It was right once

    def _superseded(self, blank: Finding, meant: list[Ask]) -> Finding | None:
        q, said = blank.quantity, blank.said
        if q.digits < 3:
            return None
        for ask in self._loosely(meant):
            now = answer(self.facts, ask)
            for facts in self.facts.by_release.values():
                if now is not None and facts.newest_release == now.release and facts.is_official:
                    continue
                then = answer(facts, ask) or self._range(facts, ask)
                if then is None or not fits(q, ask, then, said):
                    continue
                if now is not None and fits(q, ask, now, said):
                    continue
                if now is None:
                    continue
                return replace(
                    blank, verdict="superseded", reason="revised", ask=ask, value=now, other_ask=ask, other=then
                )
        return None

    def _loosely(self, meant: list[Ask]) -> list[Ask]:
        """What is meant, and of a course its starts where people are spoken of: hardly anybody starts one twice."""
        return [
            *meant,
            *(
                ask._replace(series=ask.series._replace(measure="starts"))
                for ask in meant
                if ask.series.breakdown == "course" and ask.series.measure == "participants"
            ),
        ]

    def _range(self, facts: Facts, ask: Ask) -> Value | None:
        """A figure that somebody printed for a span of years."""
        if ask.kind != "sum":
            return None
        for funding in (ask.series.funding, "funded"):
            cells = facts.all_of(ask.series._replace(funding=funding), ask.years[-1], ask.years[0])
            if cells:
                return Value(cells[0].value, (cells[0],))
        return None

    def _summed_people(self, blank: Finding) -> Finding | None:
        """Courses or people of several years added up and called people."""
        q, said = blank.quantity, blank.said
        if said.counted not in ("people", "workforce") or q.kind != "count" or q.digits < 3 or said.role != "level":
            return None
        periods = self.facts.periods
        for first in range(len(periods)):
            for last in range(first + 2, len(periods) + 1):
                for code in ("starts", "participants"):
                    values = [self.facts.value(Series(code, said.funding), period) for period in periods[first:last]]
                    known = [value for value in values if value is not None]
                    if len(known) == len(values) and q.fits(sum(value.value for value in known)):
                        total = Value(
                            sum(v.value for v in known), tuple(f for v in known for f in v.facts), "sum of years"
                        )
                        ask = Ask(
                            kind="value",
                            series=Series("workforce-participants", said.funding, "cumulative"),
                            years=(periods[last - 1],),
                        )
                        other = Ask(kind="sum", series=Series(code, said.funding), years=periods[first:last])
                        return replace(
                            blank,
                            verdict="mislabelled" if code == "starts" else "misleading",
                            reason="summed-people",
                            ask=ask,
                            value=answer(self.facts, ask),
                            other_ask=other,
                            other=total,
                            parts=("measure",),
                        )
        return None

    # It is something else

    def _something_else(self, blank: Finding, meant: list[Ask], known: list[tuple[Ask, Value]]) -> Finding | None:
        q, said = blank.quantity, blank.said
        if q.kind == "factor" or (q.hedge in ("above", "under") and q.digits < 3):
            return None
        own = next(((ask, value) for ask, value in known), (meant[0] if meant else None, None))
        if "a denial" in said.doubts or said.group == "?forecast":
            return None
        if said.doubts and (q.kind != "count" or q.digits < 4):
            return None
        unplaced = self._unplaced(blank)
        for ask in unplaced:
            value = answer(self.facts, ask)
            if value is not None and fits(q, ask, value, said):
                return self._named(blank, own, (ask, value, ("area" if said.area.startswith("?") else "group",)))
        starting = [*meant, *unplaced]
        one = self.slips.once(starting, q, said)
        if one is not None:
            return self._named(blank, own, one)
        if q.digits >= 3 and (two := self.slips.twice(starting, q, said)) is not None:
            return self._named(blank, own, two)
        cell = self._cell(q) if q.digits >= 4 and q.kind == "count" and said.role == "level" else None
        if cell is not None and cell.is_reported and cell.first_period and cell.funding == said.funding:
            ask = Ask(kind="sum", series=cell.series, years=cell.years)
            if said.counted in ("people", "workforce") and cell.measure == "starts":
                return self._named(blank, (None, None), (ask, Value(cell.value, (cell,)), ("measure",)))
            value = Value(cell.value, (cell,))
            if unread := beyond_the_period(said, cell):
                return self._unread(blank, ask, value, unread)
            return replace(blank, verdict="reported", reason="fits", ask=ask, value=value)
        if cell is None or (meant and cell.series.suite != "reformed"):
            return None
        ask = Ask(kind="value", series=cell.series, years=(cell.period,))
        parts = differences(own[0], ask) if meant else ("area" if said.area or said.doubts else "measure",)
        return self._named(blank, own, (ask, Value(cell.value, (cell,)), parts))

    def _unplaced(self, blank: Finding) -> list[Ask]:
        """What a sentence would mean but for an area or a group that the rows do not have."""
        said, q = blank.said, blank.quantity
        if not (said.area.startswith("?") or said.group.startswith("?") or said.doubts) or q.digits < 4:
            return []
        plain = said._replace(
            area="" if said.area.startswith("?") else said.area,
            group="" if said.group.startswith("?") else said.group,
        )
        return asks(plain, q, self.facts, False)

    def _cell(self, q: Quantity) -> Fact | None:
        cells = self.facts.printed(q.value)
        ranked = sorted(
            cells, key=lambda c: (c.is_reported, c.level != "National", c.breakdown != "overall", -c.period)
        )
        return ranked[0] if ranked else None

    def _named(self, blank: Finding, own: tuple[Ask | None, Value | None], best: Slip) -> Finding | None:
        ask, value, parts = best
        if ask == own[0]:
            return None
        return replace(
            blank,
            verdict="mislabelled",
            reason="something-else",
            ask=own[0],
            value=own[1],
            other_ask=ask,
            other=value,
            parts=parts,
            notes=self._notes(ask, value),
        )

    # What is not counted

    def _target(self, blank: Finding) -> Finding:
        q = blank.quantity
        for cell in self.facts.where(pl.col("measure") == "starts-target"):
            if q.fits(cell.value):
                ask, value = Ask(kind="value", series=cell.series, years=cell.years), Value(cell.value, (cell,))
                if unread := beyond_the_target(blank.said, cell):
                    return self._unread(blank, ask, value, unread)
                verdict = "reported" if cell.is_reported else "right"
                return replace(blank, verdict=verdict, reason="target", ask=ask, value=value)
        return replace(blank, reason="target-unknown")

    def _old(self, blank: Finding) -> Finding:
        q = blank.quantity
        for cell in self.facts.printed(q.value):
            if q.digits >= 3 and cell.suite != "reformed":
                ask, value = Ask(kind="value", series=cell.series, years=cell.years), Value(cell.value, (cell,))
                if unread := (*blank.said.unread, *other_outcomes(blank.said, cell)):
                    return self._unread(blank, ask, value, unread)
                return replace(blank, verdict="reported", reason="old-suite", ask=ask, value=value)
        return replace(blank, reason="before-reforms")

    def _survey(self, blank: Finding) -> Finding:
        survey = matching(self.surveys, blank.quantity, blank.said)
        if survey is None:
            return replace(blank, reason="survey-unknown")
        return replace(blank, verdict="reported", reason="survey", notes=(str(survey.line),))


def _unless_unclear(finding: Finding) -> Finding:
    """Raise no alarm where the sentence may mean what the number is.

    That is where no part in which the two differ is said in the clause of the number, and either a word of the clause
    is unread or such a part is only carried from context.
    """
    said, parts = finding.said, {*finding.parts}
    if finding.verdict != "mislabelled" or "unit" in parts or parts & {*said.own}:
        return finding
    unread = _unread_of(said, finding.other)
    is_sure = not unread and not parts & {*said.carried}
    return (
        finding if is_sure else replace(finding, verdict="unknown", reason="unclear", said=said._replace(unread=unread))
    )


def _unread_of(said: Said, value: Value | None) -> tuple[str, ...]:
    """List the unread words but for the month of the day that a figure is noted to be of."""
    return tuple(word for word in said.unread if word not in map(_month_of, value.facts if value else ()))


def _month_of(fact: Fact) -> str:
    """Name the month of the day that a figure is noted to be of: `April`; empty where no day is noted."""
    noted = re.search(r"\bas of (\d{4}-\d\d-\d\d)", fact.note or "")
    return f"{date.fromisoformat(noted[1]):%B}" if noted else ""
