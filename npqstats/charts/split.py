"""`chart split`: funded against non-funded through the years, with the shares of all."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from npqstats.analysis.answers import Trend, TrendRow
from npqstats.charts import marks
from npqstats.charts.chart import Ask, Chart
from npqstats.charts.trend import data, drawn_of, lines, unfinished_of
from npqstats.errors import UsageError
from npqstats.vocabulary.numbers import number
from npqstats.wording import headlines

_PARTS = ("funded", "non-funded")
_PREFERRED = ("starts", "participants")
"""Measures where none is asked for: the first of which two years have both kinds of funding."""


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
        tries = (ask.first_of(_PREFERRED, partial(_has_both, years=years)) for years in (2, 1, 0))
        ask = next(filter(None, tries), ask)
    answer = ask.trend()
    parts = [row for row in answer.rows if row.line.series.funding in _PARTS]
    if not any(figure.value is not None for _, _, figure in drawn_of(parts)):
        raise UsageError(
            "There is no figure of either kind of funding.", "Split another measure: --measure participants."
        )
    marked = ask.highlighted([row.line for row in parts])
    shares, unfinished = _shares(answer.rows), unfinished_of(parts)
    own = [None if year in unfinished else pair[1] for year, pair in zip(answer.years, shares, strict=True)]
    newest = max((position for position, share in enumerate(own) if share is not None), default=None)
    share, year = None, answer.years[-1]
    if newest is not None and (now := own[newest]) is not None:
        share, year = (own[newest - 1] if newest else None, now), answer.years[newest]
    ends = [
        next((f"{number(one[n], '%')} of all" for one in shares[::-1] if one[n] is not None), "")
        for n in (_PARTS.index(row.line.series.funding) for row in parts)
    ]
    return marks.framed(
        "split",
        answer,
        drawn_of(parts),
        lines=[row.line for row in answer.rows],
        more=[figure for _, _, figure in drawn_of(answer.rows)],
        unfinished=unfinished,
        notes=[_overlap(answer)],
        headline=headlines.of_split(share, parts[0].line, replace(answer, rows=tuple(parts)), year),
        form="Line chart",
        data=data(answer, answer.rows).hstack(
            marks.table(
                [{f"{part.capitalize()} (% of all)": pair[n] for n, part in enumerate(_PARTS)} for pair in shares]
            )
        ),
        draw=lambda page: lines(page, answer, parts, marked=marked, ends=ends),
    )


def _by_funding(rows: Sequence[TrendRow], *kinds: str) -> list[tuple[float | None, ...]]:
    """Return the figures of kinds of funding, a tuple for each year; None where there is none."""
    found = {row.line.series.funding: row.points for row in rows}
    return [
        tuple(found[kind][position].figure.value if kind in found else None for kind in kinds)
        for position in range(len(rows[0].points))
    ]


def _has_both(answer: Trend, years: int) -> bool:
    return sum(None not in pair for pair in _by_funding(answer.rows, *_PARTS)) >= years


def _shares(rows: Sequence[TrendRow]) -> list[tuple[float | None, float | None]]:
    """Work out the funded and the non-funded share of all, in %, a pair for each year; None where there is no total."""
    if rows[0].line.measure.is_rate:
        return [(None, None)] * len(rows[0].points)
    found = _by_funding(rows, *_PARTS, "all")

    def share(part: float | None, whole: float | None) -> float | None:
        return 100 * part / whole if part is not None and whole else None

    return [(share(funded, whole), share(own, whole)) for funded, own, whole in found]


def _overlap(answer: Trend) -> str:
    """Say so where both kinds together are not the total, in the newest year where they are known."""
    measure, found = answer.rows[0].line.measure, _by_funding(answer.rows, *_PARTS, "all")
    known = [of for of in found if None not in of]
    if measure.is_rate or not known or (known[-1][0] or 0) + (known[-1][1] or 0) == known[-1][2]:
        return ""
    if measure.unit == "people":
        return "The shares add up to over 100%: one person may do a funded and a non-funded course."
    return "A school may have both." if measure.unit == "schools" else ""
