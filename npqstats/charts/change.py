"""`chart change`: two years side by side; a row each, ranked by the change, or a bar for each year of a single line."""

from collections.abc import Sequence

from matplotlib.lines import Line2D

from npqstats.analysis.answers import Comparison, ComparisonRow, Gap, Line, Status
from npqstats.charts import data, rows
from npqstats.charts.ask import Ask
from npqstats.charts.chart import Chart
from npqstats.charts.frame import Page
from npqstats.errors import UsageError
from npqstats.vocabulary.measures import MEASURES
from npqstats.wording import captions, headlines

_WITHOUT_CHANGE = (Status.NEW, Status.ENDED, Status.SO_FAR)
"""What is written instead of a change."""


def change(ask: Ask) -> Chart:
    """Make a chart of two years.

    Raises:
        UsageError: No line has a figure of either year.
    """
    asked = ask.question
    answer = ask.compare(**({} if asked.measure or asked.by else {"measure": MEASURES["starts"]}))
    return of_comparison(answer, ask)


def of_comparison(answer: Comparison, ask: Ask) -> Chart:
    """Make the chart of a comparison, for this kind and for areas in two years."""
    known = [row for row in answer.rows if row.before.value is not None or row.after.value is not None]
    if not known:
        raise UsageError("There is no figure to draw.", "See 'npqstats list measures' for what is loaded.")
    totals = [row for row in known if len(known) > 1 and headlines.is_above(row.line, answer)]
    parts = sorted((row for row in known if row not in totals), key=_rank)
    if not parts:
        totals, parts = [], totals
    marked = ask.highlighted([row.line for row in parts])
    drawn = [*totals[:1], *parts]
    is_one = len(drawn) == 1
    is_exact = any(row.change.printed_pp is not None for row in drawn)
    return Chart(
        caption=captions.caption(
            answer,
            [*drawn, *(row for row in answer.rows if row not in known)],
            of=[row.line for row in drawn],
            notes=["Changes are from the counts, not from the rounded rates." if is_exact else ""],
            marked=marked,
        ),
        headline=headlines.of_comparison(answer),
        form="Two bars" if is_one else "Dot chart of two years",
        is_ranked=True,
        data=data.compared(answer, drawn),
        draw=lambda page: _bars(page, answer, drawn[0]) if is_one else _dots(page, answer, drawn, totals, marked),
    )


def _rank(row: ComparisonRow) -> tuple[bool, float]:
    """Rank a row by its change, in points or % where that is stated; one without a change is last."""
    change = row.change
    sizes = [size for size in (change.change_pp, change.change_pct, change.change) if size is not None]
    return not sizes, next(iter(sizes), 0.0)


def _bars(page: Page, answer: Comparison, row: ComparisonRow) -> None:
    """Draw a bar for each year, with the change beside the later one."""
    unit, drawn = row.line.measure.unit, []
    for year, figure in ((answer.before, row.before), (answer.after, row.after)):
        gap = headlines.GAPS[figure.gap or Gap.NOT_PUBLISHED]
        drawn.append(
            rows.Row(
                name=year.label,
                words=captions.moved(row.change) if year == answer.after else "",
                more=captions.written(figure, unit) if figure.is_known else gap,
                bar=(0.0, figure.value or 0.0),
                colour=page.look.series(0) if year == answer.after else page.look.behind,
                is_open=year in row.unfinished,
            )
        )
    rows.draw(page, drawn, unit, has_scale=False)


def _dots(
    page: Page, answer: Comparison, drawn: Sequence[ComparisonRow], totals: Sequence[ComparisonRow], marked: Line | None
) -> None:
    """Draw a row for each line: a hollow mark for the earlier year, a filled one for the later."""
    unit, blue, laid_out = drawn[0].line.measure.unit, page.look.series(0), []
    for row in drawn:
        # Beside a total of counts its parts would hardly move: it is written, and its marks are left out.
        is_scaled = row.line.measure.is_rate or row not in totals
        figures = {answer.before: row.before.value, answer.after: row.after.value} if is_scaled else {}
        values = [(year, value) for year, value in figures.items() if value is not None]
        laid_out.append(
            rows.Row(
                name=captions.name(row.line, answer.question),
                short=captions.name(row.line, answer.question, is_short=True),
                words=captions.written(row.after, unit) if row.after.is_known else "",
                more=captions.moved(row.change) or (str(row.status) if row.status in _WITHOUT_CHANGE else ""),
                is_bold=row in totals,
                is_lit=row.line == marked,
                colour=blue if marked in (None, row.line) else page.look.behind,
                stem=(values[0][1], values[1][1]) if len(values) == 2 else None,
                dots=tuple((value, year == answer.after and year not in row.unfinished) for year, value in values),
            )
        )
    axes = rows.draw(page, laid_out, unit, head=page.line + 4)
    key = ((answer.before.label, False), (answer.after.label, True))
    axes.legend(
        handles=[Line2D([], [], label=label, **rows.dot(page, blue, is_filled=is_filled)) for label, is_filled in key],
        loc="lower left",
        bbox_to_anchor=(page.left / page.width, axes.bbox.y1 / page.height),
        bbox_transform=page.figure.transFigure,
        ncols=2,
        fontsize=page.look.points(),
        labelcolor=page.look.legible(page.look.quiet),
    )
