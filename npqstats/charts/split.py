"""`chart split`: funded against non-funded through the years, with the shares of all."""

from dataclasses import replace

from npqstats.analysis.answers import Figure, Trend
from npqstats.charts import marks
from npqstats.charts.ask import Ask
from npqstats.charts.chart import Chart
from npqstats.charts.trend import lines
from npqstats.errors import UsageError
from npqstats.vocabulary.numbers import number
from npqstats.wording import headlines

_PARTS = ("funded", "non-funded")
_PREFERRED = ("starts", "participants")
"""Measures where none is asked for: the one of which more years have both kinds of funding."""


def split(ask: Ask) -> Chart:
    """Make a chart of the two kinds of funding.

    Raises:
        UsageError: The measure is the same whoever pays, or neither kind of funding has a figure.
    """
    asked = ask.question
    if asked.measure and asked.measure.is_population:
        raise UsageError(f"{asked.measure.label} are the same whoever pays.", "Split --measure starts or participants.")
    ask = replace(ask, question=replace(asked, by="funding"))
    if not asked.measure:
        ask = ask.best(_PREFERRED, lambda answer: sum(None not in pair[:2] for pair in _by_funding(answer)))
    answer = ask.trend()
    parts = [row for row in answer.rows if row.line.series.funding in _PARTS]
    if not any(figure.value is not None for row in parts for figure in row.figures):
        raise UsageError(
            "There is no figure of either kind of funding.", "Split another measure: --measure participants."
        )
    marked = ask.highlighted([row.line for row in parts])
    shares = {year: _shares(answer, *found) for year, found in zip(answer.years, _by_funding(answer), strict=True)}
    own = {year: share for year, (_, share) in shares.items() if year not in parts[-1].unfinished}
    year = max((year for year, share in own.items() if share is not None), default=answer.years[-1])
    ends = []
    for row in parts:
        known = [share[_PARTS.index(row.line.series.funding)] for share in shares.values()]
        last = next((share for share in reversed(known) if share is not None), None)
        ends.append("" if last is None else f"{number(last, '%')} of all")
    columns = [f"{part.capitalize()} (% of all)" for part in _PARTS]
    return marks.framed(
        answer,
        parts,
        of=[row.line for row in answer.rows],
        more=[figure for row in answer.rows for figure in row.figures],
        notes=[_overlap(answer)],
        headline=headlines.of_split(
            (own.get(year.before), own.get(year)), parts[0].line, replace(answer, rows=tuple(parts)), year
        ),
        form="Line chart",
        data=marks.followed(answer, answer.rows).hstack(
            marks.table([dict(zip(columns, pair, strict=True)) for pair in shares.values()])
        ),
        draw=lambda page: lines(page, answer, parts, lit=[row for row in parts if row.line == marked], ends=ends),
    )


def _by_funding(answer: Trend) -> list[tuple[float | None, ...]]:
    """Return the funded figure, the non-funded one and that of all, a tuple for each year; None where there is none."""
    found = {row.line.series.funding: row.figures for row in answer.rows}
    nothing = (Figure(),) * len(answer.years)
    columns = [[figure.value for figure in found.get(kind, nothing)] for kind in (*_PARTS, "all")]
    return list(zip(*columns, strict=True))


def _shares(
    answer: Trend, funded: float | None, own: float | None, whole: float | None
) -> tuple[float | None, float | None]:
    """Work out the funded and the non-funded share of all, in %; None where there is no total."""
    if not whole or answer.rows[0].line.measure.is_rate:
        return (None, None)
    return (None if funded is None else 100 * funded / whole, None if own is None else 100 * own / whole)


def _overlap(answer: Trend) -> str:
    """Say so where both kinds together are not the total, in the newest year where they are known."""
    measure, found = answer.rows[0].line.measure, _by_funding(answer)
    known = [of for of in found if None not in of]
    if measure.is_rate or not known or (known[-1][0] or 0) + (known[-1][1] or 0) == known[-1][2]:
        return ""
    if measure.unit == "people":
        return "The shares add up to over 100%: one person may do a funded and a non-funded course."
    return "A school may have both." if measure.unit == "schools" else ""
