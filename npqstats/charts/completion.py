"""`chart completion`: completion rates of each year's starters or, by a breakdown, of one year's starters by group."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from npqstats.analysis.answers import Figure, Status, Trend, TrendPoint, TrendRow
from npqstats.charts import marks, rows
from npqstats.charts.areas import SMALLEST_BASE, ranked_dots
from npqstats.charts.chart import Ask, Chart
from npqstats.charts.frame import Page
from npqstats.charts.rows import Label
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
        return _by_group(ask, answer, known)
    ask.highlighted([row.line for row in known])
    row = known[0]
    passed = _passed(ask)
    points = [point for point in row.points if point.figure.is_known]
    figures = [(point.year.label, point.figure) for point in row.points]
    finished = [point for point in points if point.status is not Status.SO_FAR]
    return Chart(
        kind="completion",
        headline=headlines.of_trend(_only(answer, row), [row]),
        counted=marks.counted(answer, [row.line], answer.years[0], answer.years[-1]),
        form="Bar chart",
        figures="; ".join(_told(point) for point in points[:3]),
        notes=marks.notes(
            figures,
            "%",
            marks.UNFINISHED if any(point.status is Status.SO_FAR for point in points) else "",
            marks.OLDER if len(finished) > 1 else "",
        ),
        source=marks.source(answer.release, marks.cells([*(f for _, f in figures), *passed.values()])),
        data=marks.table(
            [
                {
                    "Year of start": point.year.label,
                    "Starts": _part(point.figure, 1),
                    "Completions": _part(point.figure, 0),
                    "Completion rate (%)": point.figure.value,
                    "Pass rate (%)": passed.get(point.year.label, Figure()).value,
                    "So far": "yes" if point.status is Status.SO_FAR else "no",
                }
                for point in points
            ]
        ),
        draw=lambda page: _bars(page, points, passed),
    )


def _only(answer: Trend, row: TrendRow) -> Trend:
    return replace(answer, rows=(row,))


def _passed(ask: Ask) -> dict[str, Figure]:
    """Return the pass rates by year; none where there are no such rows."""
    try:
        answer = ask.trend(measure=MEASURES["pass-rate"])
    except UsageError:
        return {}
    return {point.year.label: point.figure for point in answer.rows[0].points if point.figure.value is not None}


def _part(figure: Figure, place: int) -> float | None:
    """Return one of the counts of a rate: completions (0) or starts (1)."""
    counts = figure.cells[1:3]
    return counts[place].value if len(counts) == 2 else None


def _counts(figure: Figure) -> str:
    over, under = _part(figure, 0), _part(figure, 1)
    return f"{number(over)} of {number(under)}" if over is not None and under is not None else ""


def _told(point: TrendPoint) -> str:
    so_far = " so far" if point.status is Status.SO_FAR else ""
    return f"{changes.cell(point.figure, '%')}{so_far} of {point.year.label} starts"


def _bars(page: Page, points: Sequence[TrendPoint], passed: dict[str, Figure]) -> None:
    """Draw a bar for each year of start on a track of 100%; no bar on a base under 30."""
    labels = [Label(name=point.year.label, short=point.year.label) for point in points]
    axes = rows.laid_out(page, labels, [0.0, 100.0], "%", from_zero=True, has_scale=False)
    axes.set_xlim(0, 100)
    axes.barh(range(len(points)), [100.0] * len(points), height=0.62, color=page.look.grid, alpha=0.6, zorder=1)
    wide = float(axes.get_position().width) * page.width
    for place, point in enumerate(points):
        value, is_open = point.figure.value or 0.0, point.status is Status.SO_FAR
        base = _part(point.figure, 1)
        has_bar = base is None or base >= SMALLEST_BASE
        if has_bar:
            axes.barh(
                [place],
                [value],
                height=0.62,
                facecolor=page.look.ground if is_open else page.look.series(0),
                edgecolor=page.look.series(0),
                linewidth=1.6,
                zorder=2,
            )
        rate = marks.written(point.figure, "%")
        more = [_counts(point.figure)]
        if is_open:
            more = [f"{more[0]}, so far" if more[0] else "so far"]
        elif point.year.label in passed:
            more.append(f"{changes.cell(passed[point.year.label], '%')} of these passed")
        if not has_bar:
            more.append("too few for a bar")
        words = ", ".join(part for part in more if part)
        inside = value / 100 * wide if has_bar else 0.0
        need = page.measured(rate, bold=True)
        # Within the bar, all words or the counts alone; else beside it.
        fits = [text for text in (words, more[0]) if inside > need + page.measured(text) + 26]
        if has_bar and not is_open and fits:
            within: dict[str, Any] = {"va": "center", "color": page.look.ground, "fontsize": page.label, "zorder": 3}
            axes.text(value, place, rate + "  ", ha="right", fontweight="bold", **within)
            axes.text(0, place, "   " + fits[0], ha="left", **within)
            continue
        if wide - inside < need + page.measured(words) + 16:
            words = "so far" if is_open and wide - inside > need + page.measured("so far") + 16 else ""
        start = min(inside, wide - need - 8)
        for text, right, weight in ((rate, 6, "bold"), (words, 10 + need, "normal")):
            axes.annotate(
                text,
                (start / wide * 100, place),
                (right, 0),
                textcoords="offset points",
                va="center",
                fontweight=weight,
                fontsize=page.label,
                color=page.look.text,
                zorder=3,
            )


def _by_group(ask: Ask, answer: Trend, known: Sequence[TrendRow]) -> Chart:
    """Rank the groups of the newest finished year that was asked for, against the total."""
    parts = [row for row in known if not headlines.is_above(row.line, answer)] or list(known)
    places = [
        place
        for place in range(len(answer.years))
        if any(
            row.points[place].figure.value is not None
            and (ask.question.years or row.points[place].status is not Status.SO_FAR)
            for row in parts
        )
    ]
    if not places:
        raise UsageError(
            "No group has a finished completion rate.", "Name a year, as in 'npqstats chart completion 2023-24'."
        )
    return ranked_dots(ask, answer, known, parts, places[-1], kind="completion")
