"""`chart change`: two years side by side; a row each, ranked by the change, or two columns for a single line."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import polars as pl
from matplotlib.lines import Line2D

from npqstats.analysis.answers import Comparison, ComparisonRow, Gap, Line, Status
from npqstats.charts import marks, rows
from npqstats.charts.chart import Ask, Chart
from npqstats.charts.frame import Page
from npqstats.charts.rows import Label
from npqstats.charts.scales import values_axis
from npqstats.charts.spread import spread
from npqstats.errors import UsageError
from npqstats.vocabulary.measures import MEASURES
from npqstats.vocabulary.numbers import number
from npqstats.wording import headlines


def change(ask: Ask) -> Chart:
    """Make a chart of two years.

    Raises:
        UsageError: No line has a figure of either year.
    """
    asked = ask.question
    answer = ask.compare(**({} if asked.measure or asked.by else {"measure": MEASURES["starts"]}))
    return of_comparison(answer, ask, "change")


def of_comparison(answer: Comparison, ask: Ask, kind: str) -> Chart:
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
    return marks.framed(
        kind,
        answer,
        [
            (row.line, year, figure)
            for row in [*totals[:1], *parts, *(row for row in answer.rows if row not in known)]
            for year, figure in ((answer.before, row.before), (answer.after, row.after))
        ],
        lines=[row.line for row in drawn],
        unfinished={year for row in drawn for year in row.unfinished},
        notes=["Changes are from the counts, not from the rounded rates." if is_exact else ""],
        marked=marked,
        headline=headlines.of_comparison(answer),
        form="Two columns" if is_one else "Dot chart of two years",
        is_ranked=not is_one,
        data=data(answer, drawn),
        draw=lambda page: _one(page, answer, drawn[0]) if is_one else _dots(page, answer, drawn, totals, marked),
    )


def data(answer: Comparison, drawn: Sequence[ComparisonRow]) -> pl.DataFrame:
    """Make the table of data: a row a line, with both figures and the change."""
    names = marks.unique([marks.name(row.line, answer.question) for row in drawn])
    names = [drawn[0].line.measure.label] if len(drawn) == 1 else names
    heads = {"course": "Course", "region": "Region", "local-authority": "Local authority"}
    return marks.table(
        [
            {
                heads.get(answer.question.by or "", "Figure"): name,
                answer.before.label: row.before.value,
                answer.after.label: row.after.value,
            }
            | marks.moves(row.change)
            for name, row in zip(names, drawn, strict=True)
        ]
    )


def _rank(row: ComparisonRow) -> tuple[int, float]:
    change = row.change
    size = change.change_pp if change.change_pp is not None else change.change_pct
    if size is None:
        size = change.change
    return (int(row.change.size is None), size or 0.0)


def _dots(
    page: Page, answer: Comparison, drawn: Sequence[ComparisonRow], totals: Sequence[ComparisonRow], marked: Line | None
) -> None:
    """Draw a row for each line: a hollow mark for the earlier year, a filled one for the later."""
    # Beside a total of counts its parts would hardly move: it is written, and its marks are left out.
    is_rate, unit = drawn[0].line.measure.is_rate, drawn[0].line.measure.unit
    scaled = [row for row in drawn if is_rate or row not in totals]
    values = [figure.value for row in scaled for figure in (row.before, row.after) if figure.value is not None]
    moved = [
        str(row.status) if row.status in (Status.NEW, Status.ENDED) else words or ("so far" if row.unfinished else "")
        for row, words in zip(drawn, marks.changes_of([row.change for row in drawn]), strict=True)
    ]
    afters = [marks.written(row.after, unit) if row.after.is_known else "" for row in drawn]
    has_few = page.is_narrow and not page.is_beside
    labels = [
        Label(
            name=marks.name(row.line, answer.question),
            short=marks.name(row.line, answer.question, is_short=True),
            words="" if has_few else after,
            more=words or (after if has_few else ""),
            is_bold=row in totals,
            is_lit=row.line == marked,
        )
        for row, words, after in zip(drawn, moved, afters, strict=True)
    ]
    axes, middles, heights = rows.laid_out(page, labels, values, unit, head=page.line + 4)
    for row, y, high in zip(drawn, middles, heights, strict=True):
        if row not in scaled:
            continue
        colour = page.look.series(0) if marked in (None, row.line) else page.look.behind
        before, after = row.before.value, row.after.value
        if before is not None and after is not None:
            axes.plot([before, after], [y, y], color=colour, linewidth=min(1.8, high / 2), zorder=2)
        for value, year in ((before, answer.before), (after, answer.after)):
            if value is not None:
                is_hollow = year == answer.before or year in row.unfinished
                face, order = (page.look.ground, 3) if is_hollow else (colour, 4)
                axes.plot([value], [y], zorder=order, **rows.mark(colour, face, min(8.0, high)))
    blue = page.look.series(0)
    axes.legend(
        handles=[
            Line2D([], [], linestyle="none", label=year.label, **rows.mark(blue, face))
            for year, face in ((answer.before, page.look.ground), (answer.after, blue))
        ],
        loc="lower left",
        bbox_to_anchor=(page.left / page.width, page.room(axes)[3] / page.height),
        bbox_transform=page.figure.transFigure,
        ncols=2,
        fontsize=page.label,
        labelcolor=page.look.quiet,
        frameon=False,
        borderpad=0,
        borderaxespad=0.3,
        handletextpad=0.2,
        columnspacing=1.4,
    )


def _one(page: Page, answer: Comparison, row: ComparisonRow) -> None:
    """Draw two columns with their figures above them, and the change beside."""
    unit, (words,) = row.line.measure.unit, marks.changes_of([row.change])
    look, stacks, tops = page.look, [], []
    for year, figure in ((answer.before, row.before), (answer.after, row.after)):
        colour = look.series(0) if year == answer.after else look.behind
        stacks.append([Part(figure.value or 0.0, colour, is_open=year in row.unfinished)])
        gap = headlines.GAPS[figure.gap or Gap.NOT_PUBLISHED]
        tops.append(marks.written(figure, unit) if figure.is_known else gap)
    beside = [Beside(words, "", look.text, row.after.value or 0.0)] if words else []
    columns(page, (answer.before.label, answer.after.label), stacks, tops, beside, unit)


class Part(NamedTuple):
    """A part of a column."""

    value: float
    colour: Any
    is_open: bool = False


class Beside(NamedTuple):
    """A label beside the columns: a name in bold, figures, its colour, and the height that it belongs to."""

    name: str
    words: str
    colour: Any
    value: float


def columns(
    page: Page,
    names: Sequence[str],
    stacks: Sequence[Sequence[Part]],
    tops: Sequence[str],
    beside: Sequence[Beside],
    unit: str,
) -> None:
    """Draw stacked columns from zero with figures above them, and labels beside the last one, moved apart."""
    heads, wholes = page.line + 8, [sum(part.value for part in stack) for stack in stacks]
    # A low picture has name and figures on one line.
    is_low = page.top - page.bottom - page.line - 4 < len(beside) * (2 * page.line + 6)
    starts = [page.measured(f"{one.name}  ", bold=True) if is_low else 0.0 for one in beside]
    ends = [start + page.measured(one.words) for start, one in zip(starts, beside, strict=True)]
    right = max([page.widest([one.name for one in beside], bold=True), *ends])
    left = page.widest([number(max(wholes) * 1.3, unit)]) + 8
    axes = page.axes(left=left, right=right + 14 if right else 0, top=heads, bottom=page.line + 4)
    values_axis(axes, [0.0, *wholes], unit, page)
    axes.set_xlim(-0.55, 1.38)
    axes.set_xticks([0, 1], names)
    for index, (stack, top, whole) in enumerate(zip(stacks, tops, wholes, strict=True)):
        level = 0.0
        for part in stack:
            axes.bar(
                [index],
                [part.value],
                bottom=[level],
                width=0.66,
                facecolor=page.look.ground if part.is_open else part.colour,
                edgecolor=page.look.series(0) if part.is_open else page.look.ground,
                linewidth=1.6 if part.is_open else 1.0 if level else 0.0,
                zorder=2,
            )
            level += part.value
        bars = axes.bar([index], [whole], width=0.66, color="none")
        axes.bar_label(bars, [top], padding=3, fontsize=page.label, fontweight="bold", color=page.look.text)
    _, x, low, high = page.room(axes)
    wanted = [page.at(axes, 0, one.value)[1] for one in beside]
    found = spread(wanted, [(1 if is_low or not one.words else 2) * page.line + 6 for one in beside], low, high + heads)
    for one, y, start in zip(beside, found, starts, strict=True):
        apart = page.line / 2 if one.words and not is_low else 0.0
        page.text(x + 6, y + apart, one.name, bold=True, colour=page.look.readable(one.colour))
        page.text(x + 6 + start, y - apart, one.words)
