"""`chart change`: two years side by side; a row each, ranked by the change, or two columns for a single line."""

from collections.abc import Sequence

import polars as pl
from matplotlib.axes import Axes

from npqstats.analysis.answers import Comparison, ComparisonRow, Gap, Line, Status
from npqstats.charts import marks, rows
from npqstats.charts.chart import Ask, Chart
from npqstats.charts.frame import Page
from npqstats.charts.rows import Label
from npqstats.charts.trend import tick_label, unique, values_axis
from npqstats.errors import UsageError
from npqstats.vocabulary.measures import MEASURES
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
    measure = drawn[0].line.measure
    unfinished = any(row.unfinished for row in drawn)
    figures = [
        (f"{marks.name(row.line, answer.question)}, {year.label}" if len(drawn) > 1 else year.label, figure)
        for row in [*totals[:1], *(row for row in answer.rows if row not in totals)]
        for year, figure in ((answer.before, row.before), (answer.after, row.after))
    ]
    is_exact = any(row.change.printed_pp is not None for row in drawn)
    return Chart(
        kind=kind,
        headline=headlines.of_comparison(answer),
        counted=marks.counted(answer, [row.line for row in drawn], answer.before, answer.after),
        form="Dot chart of two years" if len(drawn) > 1 else "Two columns",
        figures="; ".join(
            f"{marks.name(row.line, answer.question)} {_in_words(row, answer)}"
            if len(drawn) > 1
            else _in_words(row, answer)
            for row in _told(drawn, marked)
        ),
        notes=marks.notes(
            figures,
            measure.unit,
            marks.UNFINISHED if unfinished else "",
            marks.OLDER if measure.has_unfinished and measure.is_rate else "",
            "Changes are from the counts, not from the rounded rates." if is_exact else "",
        ),
        source=marks.source(answer.release, marks.cells(figure for _, figure in figures)),
        data=data(answer, drawn),
        draw=lambda page: (
            _columns(page, answer, drawn[0]) if len(drawn) == 1 else _dots(page, answer, drawn, totals, marked)
        ),
    )


def data(answer: Comparison, drawn: Sequence[ComparisonRow]) -> pl.DataFrame:
    """Make the table of data: a row a line, with both figures and the change."""
    names = unique([marks.name(row.line, answer.question) for row in drawn])
    names = [drawn[0].line.measure.label] if len(drawn) == 1 else names
    head = headlines.NOUNS.get(answer.question.by or "", "Figures").capitalize()
    head = {"Courses": "Course", "Regions": "Region", "Local authorities": "Local authority"}.get(head, "Figure")
    return marks.table(
        [
            {head: name, answer.before.label: row.before.value, answer.after.label: row.after.value}
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


def _told(drawn: Sequence[ComparisonRow], marked: Line | None) -> list[ComparisonRow]:
    lit = [row for row in drawn if row.line == marked]
    return list(dict.fromkeys([*lit, drawn[0], *drawn[1:2], drawn[-1]]))[:3]


def _in_words(row: ComparisonRow, answer: Comparison) -> str:
    unit = row.line.measure.unit
    before, after = marks.written(row.before, unit), marks.written(row.after, unit)
    return f"{before} in {answer.before.label}, {after} in {answer.after.label}"


def _words(row: ComparisonRow) -> str:
    if row.status in (Status.NEW, Status.ENDED):
        return str(row.status)
    return marks.change_of(row.change) or ("so far" if row.unfinished else "")


def _dots(
    page: Page, answer: Comparison, drawn: Sequence[ComparisonRow], totals: Sequence[ComparisonRow], marked: Line | None
) -> None:
    """Draw a row for each line: a hollow mark for the earlier year, a filled one for the later."""
    head = page.line + 4
    room = rows.most(page, len(drawn), head=head)
    shown = list(drawn)
    if room < len(drawn):
        lit = [row for row in drawn if row.line == marked]
        ranked = sorted(drawn[len(totals[:1]) :], key=lambda row: -abs(row.change.size or 0))
        kept = [*totals[:1], *lit, *ranked][:room]
        shown = [row for row in drawn if row in kept]
        rows.cut(page, len(drawn) - len(totals[:1]), len(shown) - len(totals[:1]), "size of change")
    # Beside a total of counts its parts would hardly move: it is written, and its marks are left out.
    is_rate = drawn[0].line.measure.is_rate
    unit = drawn[0].line.measure.unit
    scaled = [row for row in shown if is_rate or row not in totals]
    values = [figure.value for row in scaled for figure in (row.before, row.after) if figure.value is not None]
    labels = [
        Label(
            name=marks.name(row.line, answer.question),
            short=marks.name(row.line, answer.question, is_short=True),
            words=marks.written(row.after, unit) if row.after.is_known and not page.is_narrow else "",
            more=_words(row) or (marks.written(row.after, unit) if page.is_narrow and row.after.is_known else ""),
            is_bold=row in totals,
            is_lit=row.line == marked,
        )
        for row in shown
    ]
    axes = rows.laid_out(page, labels, values, unit, head=head)
    named = False
    for place, row in enumerate(shown):
        if row not in scaled:
            continue
        colour = page.look.series(0) if marked in (None, row.line) else page.look.behind
        before, after = row.before.value, row.after.value
        if before is not None and after is not None:
            axes.plot([before, after], [place, place], color=colour, linewidth=1.8, zorder=2)
        for value, is_after in ((before, False), (after, True)):
            if value is None:
                continue
            year = answer.after if is_after else answer.before
            is_hollow = not is_after or year in row.unfinished
            axes.plot(
                [value],
                [place],
                marker="o",
                markersize=8,
                color=colour,
                markerfacecolor=page.look.ground if is_hollow else colour,
                markeredgecolor=colour,
                markeredgewidth=1.6,
                zorder=3 + is_after,
                clip_on=False,
            )
        if before is not None and after is not None and not named:
            named = True
            _name_years(page, axes, answer, place, before, after)


def _name_years(page: Page, axes: Axes, answer: Comparison, place: int, before: float, after: float) -> None:
    """Name the two years over the marks of the first row."""
    (left, first), (right, last) = sorted([(before, answer.before.label), (after, answer.after.label)])
    bounds, (low, high) = axes.get_position(), axes.get_xlim()
    wide = float(bounds.width) * page.width
    at = [(value - low) / (high - low) * wide for value in (left, right)]
    needs = [page.measured(label) for label in (first, last)]
    # Beside the row above, the right edge is that of the axes, for there are its words.
    edge = wide if place else page.right - float(bounds.x0) * page.width
    begin = min(at[1] + 6, edge - needs[1])
    end = max(min(at[0] - 6, begin - 6), needs[0] - (0.0 if place else float(bounds.x0) * page.width - page.left))
    for value, label, shift, side in (
        (left, first, end - at[0], "right"),
        (right, last, begin - at[1], "left"),
    ):
        axes.annotate(
            label,
            (value, place),
            (shift, 9),
            textcoords="offset points",
            ha=side,
            va="bottom",
            fontsize=page.label,
            color=page.look.quiet,
            annotation_clip=False,
        )


def _columns(page: Page, answer: Comparison, row: ComparisonRow) -> None:
    """Draw two columns from zero with their figures above them, and the change beside."""
    unit = row.line.measure.unit
    pairs = [(answer.before, row.before), (answer.after, row.after)]
    words = marks.change_of(row.change)
    axes = page.axes(
        left=page.widest([tick_label(max(f.value or 0.0 for _, f in pairs) * 1.2, unit)]) + 8,
        right=page.measured(words, bold=True) + 16 if words else 0,
        top=page.line + 6,
        bottom=page.line + 4,
    )
    values_axis(axes, [0.0, *(figure.value or 0.0 for _, figure in pairs)], unit, page)
    axes.set_xlim(-0.7, 1.7)
    axes.set_xticks([0, 1], [year.label for year, _ in pairs])
    for place, (year, figure) in enumerate(pairs):
        is_open = year in row.unfinished
        bars = axes.bar(
            [place],
            [figure.value or 0.0],
            width=0.62,
            facecolor=page.look.ground if is_open else page.look.series(0) if place else page.look.behind,
            edgecolor=page.look.series(0) if is_open else "none",
            linewidth=1.6,
            zorder=2,
        )
        text = marks.written(figure, unit) if figure.is_known else headlines.GAPS[figure.gap or Gap.NOT_PUBLISHED]
        axes.bar_label(bars, [text], padding=3, fontsize=page.label + 1, fontweight="bold", color=page.look.text)
    if words:
        axes.annotate(
            words,
            (1.34, row.after.value or 0.0),
            (6, 0),
            textcoords="offset points",
            va="center",
            fontsize=page.label + 1,
            fontweight="bold",
            color=page.look.text,
            annotation_clip=False,
        )
