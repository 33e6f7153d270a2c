"""`chart split`: funded against non-funded through the years, with the shares of all."""

from dataclasses import replace

from npqstats.analysis.answers import Trend
from npqstats.charts import data
from npqstats.charts.ask import Ask
from npqstats.charts.chart import Chart
from npqstats.charts.trend import lines
from npqstats.errors import UsageError
from npqstats.vocabulary.numbers import number
from npqstats.wording import captions, headlines

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
        ask = ask.best(_PREFERRED, lambda answer: sum({*_PARTS} <= found.keys() for found in _by_funding(answer)))
    answer = ask.trend()
    parts = [row for row in answer.rows if row.line.series.funding in _PARTS]
    if not any(figure.value is not None for row in parts for figure in row.figures):
        raise UsageError(
            "There is no figure of either kind of funding.", "Split another measure: --measure participants."
        )
    marked = ask.highlighted([row.line for row in parts])
    shares = _shares(answer)
    own = {year: share.get("non-funded") for year, share in zip(answer.years, shares, strict=True)}
    own = {year: share for year, share in own.items() if share is not None and year not in parts[-1].unfinished}
    year = max(own, default=answer.years[-1])
    kinds = [row.line.series.funding for row in parts]
    last = [next((share[kind] for share in reversed(shares) if kind in share), None) for kind in kinds]
    ends = ["" if share is None else f"{number(share, '%')} of all" for share in last]
    only = replace(answer, rows=tuple(parts))
    return Chart(
        caption=captions.caption(
            answer,
            parts,
            of=[row.line for row in answer.rows],
            more=[figure for row in answer.rows for figure in row.figures],
            notes=[_overlap(answer)],
        ),
        headline=headlines.of_split((own.get(year.before), own.get(year)), parts[0].line, only, year),
        form="Line chart",
        data=data.followed(answer, answer.rows).hstack(
            data.table([{f"{kind.capitalize()} (% of all)": share.get(kind) for kind in _PARTS} for share in shares])
        ),
        draw=lambda page: lines(page, answer, parts, lit=[row for row in parts if row.line == marked], ends=ends),
    )


def _by_funding(answer: Trend) -> list[dict[str, float]]:
    """Return the figures of each year that are known, by funding."""
    return [
        {row.line.series.funding: value for row in answer.rows if (value := row.figures[position].value) is not None}
        for position in range(len(answer.years))
    ]


def _shares(answer: Trend) -> list[dict[str, float]]:
    """Work out the share of each kind of funding in all, in %, for each year; none where there is no total."""
    is_rate = answer.rows[0].line.measure.is_rate
    return [
        {
            kind: 100 * found[kind] / found["all"]
            for kind in _PARTS
            if kind in found and found.get("all") and not is_rate
        }
        for found in _by_funding(answer)
    ]


def _overlap(answer: Trend) -> str:
    """Say so where both kinds together are not the total, in the newest year where they are known."""
    known = [found for found in _by_funding(answer) if {*_PARTS, "all"} <= found.keys()]
    if not known or known[-1]["funded"] + known[-1]["non-funded"] == known[-1]["all"]:
        return ""
    return {
        "people": "The shares add up to over 100%: one person may do a funded and a non-funded course.",
        "schools": "A school may have both.",
    }.get(answer.rows[0].line.measure.unit, "")
