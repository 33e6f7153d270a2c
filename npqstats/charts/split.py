"""`chart split`: funded against non-funded through the years, with the shares of all."""

from collections.abc import Sequence
from dataclasses import replace

from npqstats.analysis.answers import Status, Trend, TrendPoint, TrendRow
from npqstats.charts import marks
from npqstats.charts.chart import Ask, Chart
from npqstats.charts.trend import data, lines
from npqstats.errors import UsageError
from npqstats.vocabulary.measures import MEASURES
from npqstats.vocabulary.numbers import number
from npqstats.wording import changes, headlines

_PARTS = ("funded", "non-funded")


def split(ask: Ask) -> Chart:
    """Make a chart of the two kinds of funding.

    Raises:
        UsageError: The measure is the same whoever pays, or neither kind of funding has a figure.
    """
    answer = _answer(ask)
    rows = answer.rows
    parts = [row for row in rows if row.line.series.funding in _PARTS]
    if not any(point.figure.value is not None for row in parts for point in row.points):
        raise UsageError(
            "There is no figure of either kind of funding.", "Split another measure: --measure participants."
        )
    marked = ask.highlighted([row.line for row in parts])
    shares = _shares(rows)
    newest = max(
        (place for place, (own, _) in enumerate(shares) if own is not None and _is_done(parts, place)), default=None
    )
    share, year = None, answer.years[-1]
    if newest is not None:
        now = shares[newest][0]
        before = shares[newest - 1][0] if newest and _is_done(parts, newest - 1) else None
        assert now is not None
        share, year = (before, now), answer.years[newest]
    figures = [(f"{row.line.series.funding} {point.year.label}", point.figure) for row in parts for point in row.points]
    ends = [_end(row, shares) for row in parts]
    measure = parts[0].line.measure
    made = replace(answer, rows=tuple(rows))
    unfinished = any(point.status is Status.SO_FAR for row in parts for point in row.points)
    whole = [(row.line.series.funding, point.figure) for row in rows if row not in parts for point in row.points]
    return Chart(
        kind="split",
        headline=headlines.of_split(share, parts[0].line, replace(answer, rows=tuple(parts)), year),
        counted=marks.counted(made, [row.line for row in [*rows, *parts]], answer.years[0], answer.years[-1]),
        form="Line chart",
        figures=_in_words(parts),
        notes=marks.notes(
            figures,
            measure.unit,
            marks.UNFINISHED if unfinished else "",
            _overlap(rows, answer),
        ),
        source=marks.source(answer.release, marks.cells(figure for _, figure in [*figures, *whole])),
        data=data(made, rows).hstack(
            marks.table(
                [{f"{_PARTS[kind].capitalize()} (% of all)": pair[1 - kind] for kind in (0, 1)} for pair in shares]
            )
        ),
        draw=lambda page: lines(page, made, parts, marked=marked, ends=ends),
    )


def _answer(ask: Ask) -> Trend:
    """Follow what is asked for; else starts where two years have both kinds of funding, else participants."""
    measure = ask.question.measure
    if measure is not None:
        if measure.is_population:
            raise UsageError(f"{measure.label} are the same whoever pays.", "Split --measure starts or participants.")
        return ask.trend(by="funding")
    found: list[tuple[int, Trend]] = []
    for code in ("starts", "participants"):
        try:
            answer = ask.trend(by="funding", measure=MEASURES[code])
        except UsageError:
            continue
        both = sum(
            all(
                any(
                    row.line.series.funding == part and row.points[place].figure.value is not None
                    for row in answer.rows
                )
                for part in _PARTS
            )
            for place in range(len(answer.years))
        )
        found.append((min(both, 2), answer))
    if not found:
        return ask.trend(by="funding", measure=MEASURES["starts"])
    return max(found, key=lambda pair: pair[0])[1]


def _shares(rows: Sequence[TrendRow]) -> list[tuple[float | None, float | None]]:
    """Work out the non-funded and the funded share of all, in %, a pair for each year; None where there is no total."""
    found = {row.line.series.funding: row.points for row in rows}
    count = len(rows[0].points)
    if rows[0].line.measure.is_rate or "all" not in found:
        return [(None, None)] * count
    return [(_share(found, "non-funded", place), _share(found, "funded", place)) for place in range(count)]


def _share(found: dict[str, tuple[TrendPoint, ...]], part: str, place: int) -> float | None:
    if part not in found:
        return None
    one, whole = (found[name][place].figure.value for name in (part, "all"))
    return 100 * one / whole if one is not None and whole else None


def _is_done(parts: Sequence[TrendRow], place: int) -> bool:
    return all(row.points[place].status is not Status.SO_FAR for row in parts)


def _end(row: TrendRow, shares: Sequence[tuple[float | None, float | None]]) -> str:
    """Write the share at the end of a line."""
    known = [place for place, point in enumerate(row.points) if point.figure.value is not None]
    if not known:
        return ""
    share = shares[known[-1]][0 if row.line.series.funding == "non-funded" else 1]
    return f"{number(share, '%')} of all" if share is not None else ""


def _in_words(parts: Sequence[TrendRow]) -> str:
    told = []
    for row in parts:
        last = next((point for point in reversed(row.points) if point.figure.value is not None), None)
        if last:
            figure = changes.cell(last.figure, row.line.measure.unit)
            told.append(f"{row.line.series.funding} {figure} in {last.year.label}")
    return "; ".join(told)


def _overlap(rows: Sequence[TrendRow], answer: Trend) -> str:
    """Say so where both kinds together are not the total, in the newest year where they are known."""
    found = {row.line.series.funding: row.points for row in rows}
    measure = rows[0].line.measure
    if measure.is_rate or not {"all", *_PARTS} <= set(found):
        return ""
    for place in reversed(range(len(answer.years))):
        funded, own, whole = (found[name][place].figure.value for name in (*_PARTS, "all"))
        if funded is not None and own is not None and whole is not None:
            if funded + own == whole:
                return ""
            if measure.unit == "people":
                return "The shares add up to over 100%: one person may do a funded and a non-funded course."
            return "A school may have both." if measure.unit == "schools" else ""
    return ""
