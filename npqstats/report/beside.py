"""An area beside its region and England, and what is unusual about it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import sqrt
from operator import eq, gt

from npqstats.analysis.answers import Comparison, ComparisonRow, Figure, Trend, TrendPoint
from npqstats.tables.table import Column, Entry, Kind, Row, Table
from npqstats.vocabulary import areas as vocabulary
from npqstats.vocabulary.measures import MEASURES, Measure
from npqstats.vocabulary.numbers import number, rounded, signed
from npqstats.wording import story

_ERRORS = 2
"""Standard errors beyond which a difference is called unusual."""
_FEWEST = 30
"""Below so many, no rate is judged (CONVENTIONS.md, section 2)."""


@dataclass(frozen=True, kw_only=True)
class Area:
    """What is known of an area."""

    name: str
    headline: Comparison
    completion: Trend | None = None


@dataclass(frozen=True, kw_only=True)
class Rate:
    """A rate with the counts that it is a rate of."""

    measure: Measure
    year: str
    pct: float
    figure: Figure
    count: float | None = None
    whole: float | None = None


def starts(area: Area) -> ComparisonRow | None:
    """Return an area's starts in the two years."""
    return _total(area.headline, "starts")


def rates(area: Area, cohort: str | None = None) -> Iterator[Rate]:
    """Return the rates of an area that are compared with England's.

    Args:
        area: Whose.
        cohort: The year of completions, as printed; None: the newest that is finished.
    """
    row = _total(area.headline, "workforce-share")
    if row and row.after.best is not None:
        yield _rate(MEASURES["workforce-share"], area.headline.after.label, row.after)
    point = _finished(area.completion, cohort)
    if point:
        yield _rate(MEASURES["completion-rate"], point.year.label, point.figure)


def _total(answer: Comparison, measure: str) -> ComparisonRow | None:
    wanted = (measure, "all", "in-year")
    return next(
        (
            row
            for row in answer.rows
            if (row.line.series.measure, row.line.series.funding, row.line.series.basis) == wanted
            and row.line.is_total
            and not row.line.without
        ),
        None,
    )


def _finished(answer: Trend | None, cohort: str | None) -> TrendPoint | None:
    points = answer.rows[0].points if answer and answer.rows else ()
    found = [
        point
        for point in points
        if point.status == "published" and point.figure.best is not None and cohort in (None, point.year.label)
    ]
    return found[-1] if found else None


def _rate(measure: Measure, year: str, figure: Figure) -> Rate:
    counts = {cell.series.measure: cell.value for cell in figure.cells}
    return Rate(
        measure=measure,
        year=year,
        pct=figure.best or 0.0,
        figure=figure,
        count=counts.get(measure.numerator),
        whole=counts.get(measure.denominator),
    )


def statements(area: Area, around: Sequence[Area]) -> Iterator[str]:
    """Say how an area compares with its region and England, and what of it is unusual.

    Args:
        area: The area.
        around: Its region, if it has one, then England.
    """
    england = around[-1]
    judged = list(_judged(area, england))
    for rate in rates(area):
        others = [(other.name, found.pct) for other in around for found in _same(other, rate)]
        if others:
            yield story.share_beside(rate.measure, rate.year, area.name, rate.pct, others)
    said = [sentence for sentence in judged if sentence]
    yield from said or [story.nothing_unusual(area.name) if judged else story.nothing_judged(area.name)]


def _same(area: Area, rate: Rate) -> list[Rate]:
    return [found for found in rates(area, rate.year) if (found.measure, found.year) == (rate.measure, rate.year)]


def _judged(area: Area, england: Area) -> Iterator[str]:
    """Hold each large enough figure of an area against England's: a sentence, empty where it is not unusual."""
    for rate in rates(area):
        for whole in _same(england, rate):
            if rate.count is not None and rate.whole is not None and rate.whole >= _FEWEST:
                yield (
                    story.unusual(
                        rate.measure, rate.year, area.name, count=rate.count, whole=rate.whole, rate=whole.pct
                    )
                    if is_unusual(rate.pct, rate.whole, whole.pct)
                    else ""
                )
    own, all_ = starts(area), starts(england)
    if own and all_ and own.before.value and own.after.value is not None and all_.before.value and all_.after.value:
        ratio = all_.after.value / all_.before.value
        before, after, expected = own.before.value, own.after.value, own.before.value * ratio
        if min(before, expected) >= _FEWEST:
            year, pct = area.headline.after.label, 100 * (ratio - 1)
            yield (
                story.unusual_change(year, area.name, expected=expected, after=after, pct=pct)
                if is_unusual_change(before, after, ratio)
                else ""
            )


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


def table(area: Area, around: Sequence[Area], title: str) -> Table:
    """Set the figures of an area beside those of its region and England."""
    areas = (area, *around)
    before, after = area.headline.before.label, area.headline.after.label
    rows = [
        _row(
            f"Starts, {before}",
            [_figure(row.before, "courses") if (row := starts(each)) else Entry() for each in areas],
        ),
        _row(
            f"Starts, {after}", [_figure(row.after, "courses") if (row := starts(each)) else Entry() for each in areas]
        ),
        _row("Change in starts", [_change(starts(each)) for each in areas]),
        *(
            _row(
                f"{rate.measure.label}, {rate.year}",
                [next((_figure(same.figure, "%") for same in _same(each, rate)), Entry()) for each in areas],
            )
            for rate in rates(area)
        ),
    ]
    return Table(
        title=title,
        columns=(Column(header="Figure"), *(Column(header=each.name, kind=Kind.NUMBER) for each in areas)),
        rows=tuple(rows),
        notes=(story.UNUSUAL,),
    )


def _row(label: str, entries: Sequence[Entry]) -> Row:
    return Row(entries=(Entry(text=label), *entries))


def _figure(figure: Figure, unit: str) -> Entry:
    text = f"[{figure.symbol}]" if figure.symbol else number(figure.value, unit)
    return Entry(text=text, value=figure.value, unit=unit, origins=tuple(figure.origins))


def _change(row: ComparisonRow | None) -> Entry:
    if row is None or row.change.change_pct is None:
        return Entry(text=number(None))
    origins = (*row.before.origins, *row.after.origins)
    return Entry(text=signed(row.change.change_pct, "%"), value=row.change.change_pct, unit="%", origins=origins)
