"""An area beside its region and England, and what is unusual about it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import eq, gt

import polars as pl

from npqstats.analysis.answers import Comparison, ComparisonRow, Figure, Status, Trend
from npqstats.analysis.chance import is_unusual, is_unusual_change
from npqstats.tables.documents import entry, key
from npqstats.tables.table import Column, Entry, Kind, Row, Table
from npqstats.vocabulary import areas as vocabulary
from npqstats.vocabulary.measures import MEASURES, SMALLEST_BASE, Measure
from npqstats.vocabulary.numbers import number, rounded, signed
from npqstats.vocabulary.periods import AcademicYear
from npqstats.wording import story


@dataclass(frozen=True)
class Rate:
    """A rate in a year."""

    measure: Measure
    year: AcademicYear
    figure: Figure

    @property
    def pct(self) -> float:
        """The rate, in %: from its counts where they are loaded."""
        return self.figure.best or 0.0

    def of(self, measure: str) -> float | None:
        """Return one of the counts that it is a rate of; None where that is not loaded."""
        return next((cell.value for cell in self.figure.cells if cell.series.measure == measure), None)


class Area:
    """What is known of an area: its starts in two years, and the rates that are compared with England's."""

    def __init__(self, name: str, in_words: str, headline: Comparison, completion: Trend | None = None) -> None:
        """Take them from an area's headline and from its completion rates, where it has any."""
        self.name, self.in_words = name, in_words
        self.before, self.after = headline.before.label, headline.after.label
        totals = [row for row in headline.rows if row.line.is_total and not row.line.without]
        rows = {row.line.measure.code: row for row in totals if row.line.series[1:3] == ("all", "in-year")}
        self.starts = rows.get("starts")
        share = rows.get("workforce-share")
        found = [Rate(share.line.measure, headline.after, share.after)] if share else []
        for row in completion.rows[:1] if completion else ():
            found += [
                Rate(row.line.measure, each.year, each.figure) for each in row.points if each.status == Status.PUBLISHED
            ]
        known = [rate for rate in found if rate.figure.best is not None]
        self.rates = {(rate.measure.code, rate.year): rate for rate in known}
        self.newest = list({rate.measure.code: rate for rate in known}.values())
        """The newest rate of each measure: of completions, that of the newest cohort that is finished."""

    def same(self, rate: Rate) -> Rate | None:
        """Return the rate of the same measure and year."""
        return self.rates.get((rate.measure.code, rate.year))


def statements(area: Area, around: Sequence[Area]) -> Iterator[str]:
    """Say how an area compares with its region and England, and what of it is unusual.

    Args:
        area: The area.
        around: Its region, if it has one, then England.
    """
    for rate in area.newest:
        if others := [(other.in_words, found.pct) for other in around if (found := other.same(rate))]:
            yield story.share_beside(rate.measure, rate.year.label, area.in_words, rate.pct, others)
    judged = [*_judged_rates(area, around[-1]), *_judged_change(area, around[-1])]
    said = [sentence for sentence in judged if sentence]
    yield from said or [story.nothing_unusual(area.in_words) if judged else story.nothing_judged(area.in_words)]


def _judged_rates(area: Area, england: Area) -> Iterator[str]:
    """Hold each large enough rate of an area against England's: a sentence, empty where it is not unusual."""
    for rate in area.newest:
        other, count, whole = england.same(rate), rate.of(rate.measure.numerator), rate.of(rate.measure.denominator)
        if other is not None and count is not None and whole is not None and whole >= SMALLEST_BASE:
            words = story.unusual(
                rate.measure, rate.year.label, area.in_words, count=count, whole=whole, rate=other.pct
            )
            yield words if is_unusual(rate.pct, whole, other.pct) else ""


def _judged_change(area: Area, england: Area) -> Iterator[str]:
    """Hold the change of an area's starts, if they are enough, against England's; empty where it is not unusual."""
    before, after = _values(area.starts)
    first, second = _values(england.starts)
    if not before or after is None or not first or not second:
        return
    ratio = second / first
    if min(before, before * ratio) >= SMALLEST_BASE:
        words = story.unusual_change(
            area.after, area.in_words, expected=before * ratio, after=after, pct=100 * (ratio - 1)
        )
        yield words if is_unusual_change(before, after, ratio) else ""


def _values(row: ComparisonRow | None) -> tuple[float | None, float | None]:
    return (row.before.value, row.after.value) if row else (None, None)


def rank(answer: Comparison, area: vocabulary.Area) -> tuple[int, bool, int] | None:
    """Rank an area among all of its level, by the later year's figures as printed.

    Returns:
        Its rank (1 for the highest), whether it shares it, and how many areas have a figure; None where not every area
        of the level is there, or this one has no figure.
    """
    figures = {
        row.line.area.id: rounded(row.after.value, 1)
        for row in answer.rows
        if row.after.value is not None and row.line.area.level == area.level
    }
    own = figures.get(area.id)
    if own is None or not answer.is_complete:
        return None
    higher, same = (sum(test(each, own) for each in figures.values()) for test in (gt, eq))
    return higher + 1, same > 1, len(figures)


def table(areas: Sequence[Area], title: str) -> Table:
    """Set the figures of an area, the first, beside those of its region and England."""
    area, starts = areas[0], MEASURES["starts"]
    found = [
        (f"Starts, {area.before}", starts, [each.starts.before if each.starts else None for each in areas]),
        (f"Starts, {area.after}", starts, [each.starts.after if each.starts else None for each in areas]),
    ]
    for rate in area.newest:
        same = [each.same(rate) for each in areas]
        label = f"{rate.measure.label}, {rate.year.label}"
        found.append((label, rate.measure, [each.figure if each else None for each in same]))
    rows = [
        (label, [entry(figure, measure) if figure else Entry() for figure in figures])
        for label, measure, figures in found
    ]
    rows.insert(2, ("Change in starts", [_change(each.starts) for each in areas]))
    return Table(
        title=title,
        columns=(Column(header="Figure"), *(Column(header=each.name, kind=Kind.NUMBER) for each in areas)),
        rows=tuple(Row(entries=(Entry(text=label), *entries)) for label, entries in rows),
        notes=(story.UNUSUAL,),
        key=key([figure for _, _, figures in found for figure in figures if figure]),
    )


def frame(table: Table) -> pl.DataFrame:
    """Return the figures of such a table unrounded, a row each with its unit and the cells it is from."""
    rows = [row.entries for row in table.rows]
    units = [next((entry.unit for entry in entries if entry.unit), "") for _, *entries in rows]
    places = [(number, column.header) for number, column in enumerate(table.columns) if number]
    return pl.DataFrame(
        {"figure": [row[0].text for row in rows], "unit": units}
        | {name: pl.Series([row[number].value for row in rows], dtype=pl.Float64) for number, name in places}
        | {"origins": [list(dict.fromkeys(origin for entry in row for origin in entry.origins)) for row in rows]}
    )


def _change(row: ComparisonRow | None) -> Entry:
    if row is None or row.change.change_pct is None:
        return Entry(text=number(None))
    origins = (*row.before.origins, *row.after.origins)
    return Entry(text=signed(row.change.change_pct, "%"), value=row.change.change_pct, unit="%", origins=origins)
