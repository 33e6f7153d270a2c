"""`chart completion`: how many of those who started a course completed it, and how many of these passed."""

from collections.abc import Sequence

import polars as pl

from npqstats.errors import UsageError
from npqstats.listeners import silent
from npqstats.present import wording
from npqstats.present.charts import cohort, headline, panels, rates, spans
from npqstats.present.charts.asked import Asked
from npqstats.present.charts.chart import Chart
from npqstats.present.charts.notes import is_official, marks, notes
from npqstats.present.charts.panels import SO_FAR, Bar, Panel
from npqstats.present.charts.rates import Rate
from npqstats.vocabulary.names import listed
from npqstats.vocabulary.periods import AcademicYear

_NAMES = {
    "completion-rate": "Completion rate: completed, of courses started",
    "pass-rate": "Pass rate: passed, of courses completed",
}


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
        why = dict.fromkeys(note for one in every for note in one.row["notes"])
        raise UsageError(" ".join(["There is no rate to draw.", *why]), "See 'npqstats show' for the rows at hand.")
    years = sorted({one.year for one in every})
    shown = [
        Panel(name=_NAMES[measure], bars=tuple(_bar(year, each) for year in years)) for measure, each in found.items()
    ]
    _, _, where = headline.counted(completed).partition(", ")
    what = f"Completion and pass rates (%), {where}, by year of start, {spans.span(years)}"
    drawn = [one.row for one in every if one.is_known]
    return Chart(
        kind="completion",
        title=headline.of_trend(completed),
        subtitle=what,
        alt=" ".join([f"Bar charts of {what}. {_listed(years, shown)}.", spans.told(years)]).strip(),
        notes=[*marks(drawn, unfinished="Hatched"), *_missing(found, years), *notes(drawn)],
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
        return Bar(words=("not at hand",))
    so_far = [SO_FAR] if one.is_unfinished else []
    return Bar(
        value=one.row["value"],
        figure=one.written,
        words=(*([one.counts] if one.counts else []), *so_far),
        is_unfinished=one.is_unfinished,
        is_official=is_official(one.row),
    )


def _listed(years: Sequence[AcademicYear], shown: Sequence[Panel]) -> str:
    """Write every rate with its counts, for the text alternative."""
    return "; ".join(
        f"{panel.name}: " + ", ".join(f"{year.label} {bar.told}" for year, bar in zip(years, panel.bars, strict=True))
        for panel in shown
    )


def _missing(found: dict[str, list[Rate]], years: Sequence[AcademicYear]) -> list[str]:
    """Name the rates and years of which there is neither a figure nor a symbol."""
    lacking = []
    for measure, each in found.items():
        absent = [year.label for year in years if year not in {one.year for one in each if one.is_known}]
        lacking += [f"{measure.replace('-', ' ')} of {listed(absent)}"] if absent else []
    return [f"Not in the rows at hand: {'; '.join(lacking)}."] if lacking else []
