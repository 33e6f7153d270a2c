"""`chart completion`: how many of those who started a course completed it, and how many of these passed."""

from collections.abc import Sequence

import polars as pl

from npqstats.charts import cohort, headline, panels, rates, spans
from npqstats.charts.asked import Asked
from npqstats.charts.chart import Chart
from npqstats.charts.notes import lacking, marks, notes, nothing
from npqstats.charts.panels import NOT_AT_HAND, SO_FAR, Bar, Panel
from npqstats.charts.rates import Rate
from npqstats.charts.row import is_official
from npqstats.errors import UsageError
from npqstats.listeners import silent
from npqstats.vocabulary.measures import MEASURES
from npqstats.vocabulary.periods import AcademicYear
from npqstats.wording import wording

_MEANINGS = {"completion-rate": "completed, of courses started", "pass-rate": "passed, of courses completed"}


def completion(asked: Asked) -> Chart:
    """Make a chart of completion and pass rates by year of start; by a breakdown, of one year's starters by group.

    Raises:
        UsageError: No completion rate is at hand.
    """
    if asked.by:
        return cohort.cohort(asked)
    found = {"completion-rate": rates.rates(asked, "completion-rate"), "pass-rate": _pass_rates(asked)}
    completed = [one.row for one in found["completion-rate"]]
    every = [one for each in found.values() for one in each]
    if not any(one.is_known for one in every):
        raise nothing(one.row for one in every)
    years = sorted({one.year for one in every})
    shown = [
        Panel(
            name=MEASURES[measure].label,
            meaning=_MEANINGS[measure],
            bars=tuple(_bar(year, each) for year in years),
        )
        for measure, each in found.items()
    ]
    _, _, where = headline.counted(completed).partition(", ")
    what = f"Completion and pass rates (%), {where}, by year of start, {spans.span(years)}"
    drawn = [one.row for one in every if one.is_known]
    return Chart(
        kind="completion",
        title=headline.of_trend(completed),
        subtitle=what,
        alt=" ".join([f"Bar charts of {what}. {panels.listed_values(shown, years)}.", spans.told(years)]).strip(),
        notes=[
            *lacking({panel.name.lower(): panels.absent(panel, years) for panel in shown}),
            *marks(drawn, "Hatched"),
            *notes(drawn),
        ],
        credit=wording.credit(completed[0]["release"]),
        data=pl.concat([rates.drawn(each) for each in found.values()]),
        paint=lambda canvas: panels.paint(canvas, years, shown, "%", [""] * len(years)),
    )


def _pass_rates(asked: Asked) -> list[Rate]:
    """Give the pass rates; none where there are no such rows."""
    try:
        asked.trend(measure="pass-rate", say=silent)
    except UsageError:
        return []
    return rates.rates(asked, "pass-rate")


def _bar(year: AcademicYear, found: Sequence[Rate]) -> Bar:
    one = next((one for one in found if one.year == year and one.is_known), None)
    if one is None:
        return NOT_AT_HAND
    so_far = [SO_FAR] if one.is_unfinished else []
    return Bar(
        value=one.row["value"],
        figure=one.written,
        words=(*([one.counts] if one.counts else []), *so_far),
        is_unfinished=one.is_unfinished,
        is_official=is_official(one.row),
    )
