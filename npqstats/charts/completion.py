"""`chart completion`: completion rates of each year's starters or, by a breakdown, of one year's starters by group."""

from collections.abc import Sequence
from dataclasses import replace

from npqstats.analysis.answers import Figure, Status, TrendPoint
from npqstats.charts import marks, rows
from npqstats.charts.areas import SMALLEST_BASE, ranked_dots
from npqstats.charts.chart import Ask, Chart
from npqstats.charts.frame import Page
from npqstats.charts.rows import Label
from npqstats.charts.trend import drawn_of, unfinished_of
from npqstats.errors import UsageError
from npqstats.vocabulary.measures import MEASURES
from npqstats.vocabulary.numbers import number
from npqstats.wording import changes, headlines


def completion(ask: Ask) -> Chart:
    """Make a chart of completion rates, with their counts and the pass rates.

    Raises:
        UsageError: There is no completion rate.
    """
    answer = ask.trend(measure=MEASURES["completion-rate"])
    known = [row for row in answer.rows if any(point.figure.is_known for point in row.points)]
    if not any(point.figure.value is not None for row in known for point in row.points):
        raise UsageError("There is no completion rate to draw.", "See 'npqstats list groups' for what is loaded.")
    if len(known) > 1:
        parts = [row for row in known if not headlines.is_above(row.line, answer)] or known
        return ranked_dots(ask, answer, parts, kind="completion")
    (row,) = known
    ask.highlighted([row.line])
    passed, unfinished = _passed(ask), unfinished_of(known)
    points = [point for point in row.points if point.figure.is_known]
    return marks.framed(
        "completion",
        answer,
        drawn_of(known),
        more=passed.values(),
        unfinished=unfinished,
        headline=headlines.of_trend(replace(answer, rows=(row,)), known),
        form="Bar chart",
        is_ranked=True,
        data=marks.table(
            [
                {
                    "Year of start": point.year.label,
                    "Starts": _part(point.figure, 1),
                    "Completions": _part(point.figure, 0),
                    "Completion rate (%)": point.figure.value,
                    "Pass rate (%)": passed.get(point.year.label, Figure()).value,
                    "So far": "yes" if point.year in unfinished else "no",
                }
                for point in points
            ]
        ),
        draw=lambda page: _bars(page, points, passed),
    )


def _passed(ask: Ask) -> dict[str, Figure]:
    """Return the pass rates by year; none where there are no such rows."""
    try:
        answer = ask.trend(measure=MEASURES["pass-rate"])
    except UsageError:
        return {}
    return {point.year.label: point.figure for point in answer.rows[0].points if point.figure.value is not None}


def _part(figure: Figure, index: int) -> float | None:
    """Return one of the counts of a rate: completions (0) or starts (1)."""
    counts = figure.cells[1:3]
    return counts[index].value if len(counts) == 2 else None


def _bars(page: Page, points: Sequence[TrendPoint], passed: dict[str, Figure]) -> None:
    """Draw a bar for each year of start on a track of 100%; no bar on a base under 30."""
    labels = [Label(name=point.year.label) for point in points]
    axes, middles, heights = rows.laid_out(page, labels, [0.0, 100.0], "%", from_zero=True, has_scale=False)
    axes.set_xlim(0, 100)
    thick = [rows.THICK * high for high in heights]
    axes.barh(middles, [100.0] * len(points), height=thick, color=page.look.grid, alpha=0.6, zorder=1)
    wide, blue = page.width_of(axes), page.look.series(0)
    for point, y, high in zip(points, middles, thick, strict=True):
        value, is_open = point.figure.value or 0.0, point.status is Status.SO_FAR
        over, under = _part(point.figure, 0), _part(point.figure, 1)
        has_bar = (under or SMALLEST_BASE) >= SMALLEST_BASE
        if has_bar:
            face = page.look.ground if is_open else blue
            axes.barh([y], [value], height=high, facecolor=face, edgecolor=blue, linewidth=1.6, zorder=2)
        rate = marks.written(point.figure, "%")
        counts = f"{number(over)} of {number(under)}" if over is not None and under is not None else ""
        more = [counts, "so far" if is_open else "" if has_bar else "too few for a bar"]
        if not is_open and has_bar and point.year.label in passed:
            more.append(f"{changes.cell(passed[point.year.label], '%')} of these passed")
        # All words, or the counts, or whether the bar is unfinished; within the bar where they fit, else beside it.
        tries = [", ".join(filter(None, more)), "so far" if is_open else counts, ""]
        end, need = (value / 100 * wide if has_bar else 0.0), page.measured(rate, bold=True) + 8
        is_within = has_bar and not is_open and end > need
        room = (end if is_within else wide - end) - need - 10
        words = next(text for text in tries if page.measured(text) <= max(room, 0.0))
        begin = end if is_within else min(end, wide - need)
        shown = [(rate, begin, -8.0, "right"), (words, 0.0, 8.0, "left")]
        if not is_within:
            shown = [(rate, begin, 6.0, "left"), (words, begin, need + 4, "left")]
        for text, x, shift, side in shown:
            axes.annotate(
                text,
                (x / wide * 100, y),
                (shift, 0),
                textcoords="offset points",
                ha=side,
                va="center",
                fontweight="bold" if text == rate else "normal",
                fontsize=page.label,
                color=page.look.ground if is_within else page.look.text,
                zorder=3,
            )
