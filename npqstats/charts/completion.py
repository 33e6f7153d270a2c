"""`chart completion`: completion rates of each year's starters or, by a breakdown, of one year's starters by group."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace

from npqstats.analysis.answers import Figure, Status, TrendPoint
from npqstats.charts import data, rows
from npqstats.charts.areas import ranked
from npqstats.charts.ask import Ask
from npqstats.charts.chart import Chart
from npqstats.charts.frame import Page
from npqstats.errors import UsageError
from npqstats.vocabulary.measures import MEASURES, SMALLEST_BASE
from npqstats.vocabulary.numbers import number
from npqstats.vocabulary.periods import AcademicYear
from npqstats.wording import captions, headlines


def completion(ask: Ask) -> Chart:
    """Make a chart of completion rates, with their counts and the pass rates.

    Raises:
        UsageError: There is no completion rate.
    """
    answer = ask.trend(measure=MEASURES["completion-rate"])
    known = [row for row in answer.rows if any(figure.is_known for figure in row.figures)]
    if not any(figure.value is not None for row in known for figure in row.figures):
        raise UsageError("There is no completion rate to draw.", "See 'npqstats list groups' for what is loaded.")
    if len(known) > 1:
        parts = [row for row in known if not headlines.is_above(row.line, answer)] or known
        return ranked(ask, answer, parts)
    (row,) = known
    ask.highlighted([row.line])
    passed = _passed(ask)
    points = [point for point in row.points if point.figure.is_known]
    return Chart(
        caption=captions.caption(answer, known, more=passed.values()),
        headline=headlines.of_trend(replace(answer, rows=(row,)), known),
        form="Bar chart",
        is_ranked=True,
        data=data.table(
            [
                {
                    "Year of start": point.year.label,
                    "Starts": captions.count(point.figure, 1),
                    "Completions": captions.count(point.figure, 0),
                    "Completion rate (%)": point.figure.value,
                    "Pass rate (%)": passed.get(point.year, Figure()).value,
                    "So far": "yes" if point.status is Status.SO_FAR else "no",
                }
                for point in points
            ]
        ),
        draw=lambda page: rows.draw(page, [_row(page, point, passed) for point in points], "%", has_scale=False),
    )


def _passed(ask: Ask) -> dict[AcademicYear, Figure]:
    """Return the pass rates by year; none where there are no such rows."""
    with suppress(UsageError):
        (row, *_) = ask.trend(measure=MEASURES["pass-rate"]).rows
        return {point.year: point.figure for point in row.points if point.figure.value is not None}
    return {}


def _row(page: Page, point: TrendPoint, passed: Mapping[AcademicYear, Figure]) -> rows.Row:
    """Lay out a year of start: a bar on a track of 100%, none on a base under 30; its counts, and how many passed."""
    over, under = captions.count(point.figure, 0), captions.count(point.figure, 1)
    is_open, has_bar = point.status is Status.SO_FAR, (under or SMALLEST_BASE) >= SMALLEST_BASE
    told = [f"{number(over)} of {number(under)}"] if over is not None and under is not None else []
    told += [] if has_bar else ["too few for a bar"]
    if told and point.year in passed and not is_open:
        told.append(f"pass rate {captions.written(passed[point.year], '%')}")
    return rows.Row(
        name=f"{point.year.label}, so far" if is_open else point.year.label,
        words="\n".join(told),
        more=captions.written(point.figure, "%"),
        colour=page.look.series(0),
        bar=(0.0, point.figure.value or 0.0) if has_bar else None,
        track=100.0,
        is_open=is_open,
    )
