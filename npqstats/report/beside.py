"""An area beside its region and England, and what is unusual about it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import sqrt
from operator import eq, gt

import polars as pl

from npqstats.analysis.answers import Comparison, ComparisonRow, Figure, Trend
from npqstats.tables.table import Column, Entry, Kind, Row, Table
from npqstats.vocabulary import areas as vocabulary
from npqstats.vocabulary.measures import MEASURES, Measure
from npqstats.vocabulary.numbers import number, rounded, signed
from npqstats.vocabulary.periods import AcademicYear
from npqstats.wording import story

_ERRORS = 2
"""Standard errors beyond which a difference is called unusual."""
_FEWEST = 30
"""Below so many, no rate is judged (CONVENTIONS.md, section 2)."""


@dataclass(frozen=True, kw_only=True)
class Rate:
    """A rate with the counts that it is a rate of."""

    measure: Measure
    year: AcademicYear
    pct: float
    figure: Figure
    count: float | None = None
    whole: float | None = None


class Area:
    """What is known of an area: its starts in two years, and the rates that are compared with England's."""

    def __init__(self, name: str, in_words: str, headline: Comparison, completion: Trend | None = None) -> None:
        """Take them from an area's headline and from its completion rates, where it has any."""
        self.name, self.in_words = name, in_words
        self.before, self.after = headline.before.label, headline.after.label
        totals = [row for row in headline.rows if row.line.is_total and not row.line.without]
        kinds = {(row.line.series.funding, row.line.series.basis, row.line.series.measure): row for row in totals}
        rows = {measure: row for (*kind, measure), row in kinds.items() if kind == ["all", "in-year"]}
        self.starts = rows.get("starts")
        share = rows.get("workforce-share")
        shares = [_rate(MEASURES["workforce-share"], headline.after, share.after)] if share else []
        points = completion.rows[0].points if completion and completion.rows else ()
        cohorts = [
            _rate(MEASURES["completion-rate"], each.year, each.figure) for each in points if each.status == "published"
        ]
        known = [rate for rate in (*shares, *cohorts) if rate.figure.best is not None]
        self.rates = {(rate.measure.code, rate.year): rate for rate in known}
        self.newest = list({rate.measure.code: rate for rate in known}.values())
        """The newest rate of each measure: of completions, that of the newest cohort that is finished."""

    def same(self, rate: Rate) -> Rate | None:
        """Return the rate of the same measure and year."""
        return self.rates.get((rate.measure.code, rate.year))


def _rate(measure: Measure, year: AcademicYear, figure: Figure) -> Rate:
    counts = {cell.series.measure: cell.value for cell in figure.cells}
    count, whole = counts.get(measure.numerator), counts.get(measure.denominator)
    return Rate(measure=measure, year=year, pct=figure.best or 0.0, figure=figure, count=count, whole=whole)


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
        other = england.same(rate)
        if other is None or rate.count is None or rate.whole is None or rate.whole < _FEWEST:
            continue
        yield (
            story.unusual(
                rate.measure, rate.year.label, area.in_words, count=rate.count, whole=rate.whole, rate=other.pct
            )
            if is_unusual(rate.pct, rate.whole, other.pct)
            else ""
        )


def _judged_change(area: Area, england: Area) -> Iterator[str]:
    """Hold the change of an area's starts, if they are enough, against England's; empty where it is not unusual."""
    before, after = _values(area.starts)
    first, second = _values(england.starts)
    if not before or after is None or not first or not second:
        return
    ratio = second / first
    if min(before, before * ratio) >= _FEWEST:
        words = story.unusual_change(
            area.after, area.in_words, expected=before * ratio, after=after, pct=100 * (ratio - 1)
        )
        yield words if is_unusual_change(before, after, ratio) else ""


def _values(row: ComparisonRow | None) -> tuple[float | None, float | None]:
    return (row.before.value, row.after.value) if row else (None, None)


def is_unusual(pct: float, whole: float, expected_pct: float) -> bool:
    """Whether a rate is more than two standard errors of a proportion from an expected one.

    Args:
        pct: The rate, in %.
        whole: What it is a rate of; under 30, nothing is unusual.
        expected_pct: The rate to be expected, in %.

    >>> is_unusual(6.0, 1000, 4.5), is_unusual(5.5, 1000, 4.5)
    (True, False)
    """
    share = expected_pct / 100
    return whole >= _FEWEST and abs(pct - expected_pct) / 100 > _ERRORS * sqrt(share * (1 - share) / whole)


def is_unusual_change(before: float, after: float, ratio: float) -> bool:
    """Whether a count is more than two standard errors from its earlier value times a ratio.

    Both counts are taken to vary as Poisson counts do: the variance of `after - ratio * before` is then
    `ratio * before * (1 + ratio)`.

    >>> is_unusual_change(100, 95, 0.7), is_unusual_change(100, 75, 0.7)
    (True, False)
    """
    return abs(after - ratio * before) > _ERRORS * sqrt(ratio * before * (1 + ratio))


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
    area = areas[0]
    rows = {
        f"Starts, {area.before}": [_figure(each.starts.before if each.starts else None, "courses") for each in areas],
        f"Starts, {area.after}": [_figure(each.starts.after if each.starts else None, "courses") for each in areas],
        "Change in starts": [_change(each.starts) for each in areas],
    }
    for rate in area.newest:
        same = [each.same(rate) for each in areas]
        rows[f"{rate.measure.label}, {rate.year.label}"] = [
            _figure(each.figure if each else None, "%") for each in same
        ]
    return Table(
        title=title,
        columns=(Column(header="Figure"), *(Column(header=each.name, kind=Kind.NUMBER) for each in areas)),
        rows=tuple(Row(entries=(Entry(text=label), *entries)) for label, entries in rows.items()),
        notes=(story.UNUSUAL,),
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


def _figure(figure: Figure | None, unit: str) -> Entry:
    if figure is None:
        return Entry()
    text = f"[{figure.symbol}]" if figure.symbol else number(figure.value, unit)
    return Entry(text=text, value=figure.value, unit=unit, origins=tuple(figure.origins))


def _change(row: ComparisonRow | None) -> Entry:
    if row is None or row.change.change_pct is None:
        return Entry(text=number(None))
    origins = (*row.before.origins, *row.after.origins)
    return Entry(text=signed(row.change.change_pct, "%"), value=row.change.change_pct, unit="%", origins=origins)
