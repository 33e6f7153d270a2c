"""`chart trend`: a measure through the years; one line, some with their names at their ends, or small multiples."""

from collections.abc import Sequence
from typing import Any

import polars as pl
from matplotlib.axes import Axes

from npqstats.analysis.answers import Line, Status, Trend, TrendPoint, TrendRow
from npqstats.charts import marks
from npqstats.charts.chart import Ask, Chart
from npqstats.charts.frame import Page, Spot
from npqstats.charts.scales import values_axis, years_axis
from npqstats.charts.spread import spread
from npqstats.errors import UsageError
from npqstats.vocabulary.events import funding_spans
from npqstats.vocabulary.numbers import number
from npqstats.vocabulary.periods import AcademicYear
from npqstats.wording import changes, headlines

_MOST_LINES = 5
"""More than so many lines are drawn as small multiples, or grey behind the highlighted one."""
_MOST_CHANGES = 6
"""With more lines, the table of data has the changes of the total, the highlighted line and the largest ones alone."""
_MOST_NAMED = 3
"""More lines than a headline names."""
_MOST_PANELS = 16
_BY_FUNDING_RULES = ("starts", "participants", "workforce-participants")
_SHAPES = ("o", "s", "D", "^", "v")
_DASHED = (0, (3, 2))


def trend(ask: Ask) -> Chart:
    """Make a chart of a measure through the years.

    Raises:
        UsageError: No line has a figure, or there are too many lines to be told apart.
    """
    answer = ask.trend()
    rows = [row for row in answer.rows if any(point.figure.is_known for point in row.points)]
    if not _values(rows):
        raise UsageError("There is no figure to draw.", "See 'npqstats list measures' for what is loaded.")
    parts = [row for row in rows if not headlines.is_above(row.line, answer)]
    total = next((row for row in rows if row not in parts), None) if len(rows) > 1 else None
    drawn = parts if parts and not (answer.question.by == "funding" and len(parts) < 2) else rows
    if len(drawn) > _MOST_PANELS:
        raise UsageError(
            f"{len(drawn)} lines cannot be told apart.",
            f"Use 'npqstats chart areas --by {answer.question.by}', which ranks them, or name an --area.",
        )
    marked = ask.highlighted([row.line for row in drawn])
    measure = drawn[0].line.measure
    reference = total if total is not None and measure.is_rate and total not in drawn else None
    used = [*drawn, *([reference] if reference else [])]
    is_many = len(drawn) > _MOST_LINES and marked is None
    headed = [row for row in drawn if row.line == marked] or (None if len(answer.rows) > 1 else drawn)
    return marks.framed(
        "trend",
        answer,
        drawn_of(used),
        lines=[row.line for row in drawn],
        unfinished=unfinished_of(drawn),
        marked=marked,
        headline=headlines.of_trend(answer, headed),
        is_ranked=is_many,
        form="Small line charts" if is_many else "Line chart",
        data=data(answer, [*([total] if total and total not in drawn else []), *drawn], marked),
        draw=lambda page: (
            _multiples(page, answer, drawn)
            if is_many
            else lines(page, answer, drawn, marked=marked, reference=reference)
        ),
    )


def drawn_of(rows: Sequence[TrendRow]) -> list[marks.Drawn]:
    """List the figures of rows."""
    return [(row.line, point.year, point.figure) for row in rows for point in row.points]


def unfinished_of(rows: Sequence[TrendRow]) -> set[AcademicYear]:
    """Return the years whose cohorts are unfinished."""
    return {point.year for row in rows for point in row.points if point.status is Status.SO_FAR}


def data(answer: Trend, rows: Sequence[TrendRow], marked: Line | None = None) -> pl.DataFrame:
    """Make the table of data: a row a year, a column a line; with few lines, their changes beside them."""
    names = marks.unique([_name(row, answer) for row in rows])
    names = [rows[0].line.measure.label] if len(rows) == 1 else names
    parts = [row for row in rows if not headlines.is_above(row.line, answer) and _last(row)]
    told = sorted(parts, key=lambda row: -_newest(row))[:_MOST_NAMED]
    told = list(rows) if len(rows) <= _MOST_CHANGES else [*told, *(row for row in rows if row.line == marked)]
    told += [row for row in rows if headlines.is_above(row.line, answer)]
    return marks.table(
        [
            {"Academic year": year.label}
            | {name: row.points[position].figure.value for name, row in zip(names, rows, strict=True)}
            | {
                column: value
                for name, row in zip(names, rows, strict=True)
                if row in told
                for column, value in marks.moves(row.points[position].change, "" if len(rows) == 1 else name).items()
            }
            for position, year in enumerate(answer.years)
        ]
    )


def _name(row: TrendRow, answer: Trend, *, is_short: bool = False) -> str:
    return marks.name(row.line, answer.question, is_short=is_short)


def _values(rows: Sequence[TrendRow]) -> list[float]:
    return [point.figure.value for row in rows for point in row.points if point.figure.value is not None]


def _last(row: TrendRow) -> TrendPoint | None:
    return next((point for point in reversed(row.points) if point.figure.value is not None), None)


def _newest(row: TrendRow) -> float:
    last = _last(row)
    return (last.figure.value if last else None) or 0.0


def lines(
    page: Page,
    answer: Trend,
    rows: Sequence[TrendRow],
    *,
    marked: Line | None = None,
    reference: TrendRow | None = None,
    ends: Sequence[str] = (),
) -> None:
    """Draw lines through the years on one pair of axes.

    Args:
        page: With the room for the plot.
        answer: For the years and names.
        rows: At least one; more than five only with one marked.
        marked: The line in colour, the others grey.
        reference: A line to compare the others with, dashed.
        ends: A third line of words at the end of each line.
    """
    unit, several = rows[0].line.measure.unit, [*rows, *([reference] if reference else [])]
    is_one, count = len(several) == 1, len(answer.years)
    lit = [row for row in several if marked is None or row.line == marked or row is reference]
    labels = [] if is_one else [_end(page, row, answer, ends[n : n + 1]) for n, row in enumerate(lit)]
    if sum(len(label) * page.line + 3 for label in labels) > page.top - page.bottom - 2 * page.line:
        # A low picture has name and figure on one line.
        joined = [page.wrapped(" ".join(text for text, _ in label), 0.45 * page.width, bold=True) for label in labels]
        labels = [[(line, True) for line in lines_] for lines_ in joined]
    right = max((page.measured(text, bold=is_name) for label in labels for text, is_name in label), default=0.0)
    axes = page.axes(
        left=page.widest([number(max(_values(several)) * 1.2, unit)]) + 8,
        right=right + 12 if right else 4,
        top=page.line * 0.8,
        bottom=page.line + 4,
    )
    slot = page.width_of(axes) / count
    edge = (page.widest(["100,000"], bold=True) / 2 + 4) / slot if is_one else 0.12
    label = (page.widest([year.label for year in answer.years]) / 2 - 2) / slot
    axes.set_xlim(-max(0.28, edge if is_one else label), count - 1 + max(0.12, edge))
    values_axis(axes, _values(several), unit, page)
    years_axis(axes, answer.years, page)
    colours = {}
    for position, row in enumerate(several):
        colours[id(row)] = page.look.quiet if row is reference else page.look.series(0 if marked else position)
        is_front = row in lit
        shape = _SHAPES[0 if marked else position % 5] if is_front and row is not reference else ""
        colour = colours[id(row)] if is_front else page.look.behind
        _line(axes, row, colour, page, shape=shape, is_dashed=row is reference, is_front=is_front)
    if len(several) <= 2 and marked is None:
        for row in rows:
            _write_figures(axes, row, page, is_one=is_one)
    if labels:
        _write_ends(
            axes, page, [(_newest(row), colours[id(row)], label) for row, label in zip(lit, labels, strict=True)]
        )
    if rows[0].line.measure.code in _BY_FUNDING_RULES and not any(row.line.course for row in rows):
        _funding_rule(axes, answer.years, page)


def _end(page: Page, row: TrendRow, answer: Trend, more: Sequence[str]) -> list[tuple[str, bool]]:
    """Write what is at the end of a line: its name in lines of bold, its newest figure, and more."""
    last, room = _last(row), (page.right - page.left) * 0.36
    figure = marks.written(last.figure, row.line.measure.unit) if last else "no figure"
    name = page.wrapped(_name(row, answer), room, bold=True)
    name = name if len(name) < 3 else page.wrapped(_name(row, answer, is_short=True), room, bold=True)
    return [*((line, True) for line in name), *((text, False) for text in (figure, *more) if text)]


def _line(
    axes: Axes, row: TrendRow, colour: Any, page: Page, *, shape: str, is_dashed: bool = False, is_front: bool = True
) -> None:
    """Draw a line: only figures of years that follow each other are joined, and no unfinished one is."""
    width = page.look.rc["lines.linewidth"] * (1.0 if is_front and not is_dashed else 0.6)
    places, nothing = range(len(row.points)), float("nan")
    for is_open in (False, True):
        values = [
            nothing if point.figure.value is None or (point.status is Status.SO_FAR) != is_open else point.figure.value
            for point in row.points
        ]
        if any(value == value for value in values) and (shape or not is_open):  # noqa: PLR0124
            axes.plot(
                places,
                values,
                color=colour,
                linewidth=width,
                linestyle="none" if is_open else _DASHED if is_dashed else "-",
                marker=shape or None,
                markerfacecolor=page.look.ground if is_open else colour,
                markeredgecolor=colour if is_open else page.look.ground,
                markeredgewidth=1.8 if is_open else 1.0,
                zorder=3 if is_front else 2,
                clip_on=False,
            )
        page.avoid(axes, places, [None if value != value else value for value in values])  # noqa: PLR0124


def _write_figures(axes: Axes, row: TrendRow, page: Page, *, is_one: bool) -> None:
    """Write the figures of a line above or below its points, where nothing else is; the last has its place beside."""
    unit = row.line.measure.unit
    last = _last(row)
    for position, point in enumerate(row.points):
        figure = point.figure
        if figure.value is None and figure.symbol and is_one:
            page.write(
                axes, changes.cell(figure, unit), (position, 0), ["above"], colour=page.look.quiet, is_needed=True
            )
        if figure.value is None or (point is last and not is_one):
            continue
        beside = [row.points[n].figure.value for n in (position - 1, position + 1) if 0 <= n < len(row.points)]
        is_low = any(beside) and all(value is None or value > figure.value for value in beside)
        spots: list[Spot] = ["below", "above"] if is_low else ["above", "below"]
        words = marks.written(figure, unit)
        page.write(axes, words, (position, figure.value), [*spots, "top left", "top right"], bold=is_one)


def _write_ends(axes: Axes, page: Page, ends: Sequence[tuple[float, Any, list[tuple[str, bool]]]]) -> None:
    """Write names and newest figures beside the ends of the lines, moved apart where they would touch."""
    _, begin, low, _ = page.room(axes)
    middles = [page.at(axes, 0, value)[1] for value, _, _ in ends]
    heights = [len(label) * page.line + 3 for _, _, label in ends]
    # Below the axes are the years, unless there is no other room.
    lowest = low if sum(heights) < page.top + 4 - low else low - page.line * 0.7
    found = spread(middles, heights, lowest, page.top + 4)
    for (_, colour, label), at, middle in zip(ends, found, middles, strict=True):
        if abs(at - middle) > page.line * 0.6:
            page.rule((begin - 2, middle), (begin + 5, at), page.look.outline)
        for position, (text, is_name) in enumerate(label):
            y = at + ((len(label) - 1) / 2 - position) * page.line
            page.text(begin + 8, y, text, bold=is_name, colour=page.look.readable(colour) if is_name else None)


def _funding_rule(axes: Axes, years: Sequence[AcademicYear], page: Page) -> None:
    """Mark with one thin line the change of who had places paid for, as far as a source describes both years."""
    spans = funding_spans(list(years))
    if len(spans) < 2:
        return
    rule, (first, *_) = spans[-1]
    if years.index(first) == 0 or first.before not in spans[-2][1]:
        return
    x, (low, high) = years.index(first) - 0.5, axes.get_ylim()
    words = f"From {first.label}: {rule[:1].lower()}{rule[1:]}"
    beside = page.room(axes)[1] - page.at(axes, x, 0)[0] - 10
    for room in (beside, 2 * beside):
        lines_ = page.balanced(words, max(room, 40.0), kind="legend.fontsize", bold=False)
        high_ = (len(lines_) / 2 + 0.5) * page.line / (page.room(axes)[3] - page.room(axes)[2]) * (high - low)
        for y in (high - high_, low + high_, (low + high) / 2):
            spot: Spot = "right" if room == beside else "left"
            if len(lines_) < 5 and page.write(
                axes, "\n".join(lines_), (x, y), [spot], kind="legend.fontsize", colour=page.look.quiet
            ):
                axes.axvline(x, color=page.look.quiet, linewidth=0.9, linestyle=(0, (2, 2)), zorder=1.5)
                return


def _multiples(page: Page, answer: Trend, rows: Sequence[TrendRow]) -> None:
    """Draw a small chart for each line, all on one scale."""
    unit, years = rows[0].line.measure.unit, answer.years
    page.foot(f"Each from {years[0].label} to {years[-1].label}, all on one scale.")
    wide, high = page.right - page.left, page.top - page.bottom - 4
    lasts = [marks.written(last.figure, unit) if (last := _last(row)) else "" for row in rows]
    beside, gap = page.widest(lasts) + 8, 12.0
    columns = max(2, min(len(rows), int((wide + gap) / (beside + gap + (22 if page.is_beside else 60)))))
    deep = -(-len(rows) // columns)
    columns = -(-len(rows) // deep)
    cell = (wide + gap) / columns - gap
    names = [page.wrapped(_name(row, answer), cell + 8, bold=True) for row in rows]
    if max(map(len, names)) * page.line + max(20, 0.5 * high / deep) > high / deep:
        names = [page.wrapped(_name(row, answer, is_short=True), cell + 8, bold=True) for row in rows]
    head = page.line * max(map(len, names)) + 6
    top, low = max(_values(rows)) or 1.0, min(_values(rows))
    bottom = max(0.0, low - (top - low) * 0.5) if unit == "%" and low > 0.6 * top else 0.0
    for position, (row, name) in enumerate(zip(rows, names, strict=True)):
        down, across = divmod(position, columns)
        left, upper = across * (cell + gap), down * high / deep
        axes = page.axes(
            left=left,
            right=wide - left - cell + beside,
            top=upper + head,
            bottom=high - upper - high / deep + 10,
        )
        axes.set_xlim(-0.3, len(years) - 0.7)
        axes.set_ylim(bottom, top + (top - bottom) * max(0.05, page.line / 2 / (high / deep - head)))
        axes.set_yticks([])
        axes.spines["bottom"].set_color(page.look.grid)
        axes.set_xticks([])
        _line(axes, row, page.look.series(0), page, shape="o")
        for number_, text in enumerate(name):
            page.text(page.left + left, page.top - upper - number_ * page.line, text, bold=True, va="top")
        last = _last(row)
        if last is not None:
            page.write(
                axes, lasts[position], (years.index(last.year), last.figure.value or 0.0), ["right"], is_needed=True
            )
