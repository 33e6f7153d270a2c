"""`chart trend`: a measure through the years; one line, some with their names at their ends, or small multiples."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import polars as pl
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from npqstats.analysis.answers import Figure, Line, Status, Trend, TrendPoint, TrendRow
from npqstats.charts import marks
from npqstats.charts.chart import Ask, Chart
from npqstats.charts.frame import Kind, Page
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


def trend(ask: Ask) -> Chart:
    """Make a chart of a measure through the years.

    Raises:
        UsageError: No line has a figure, or there are too many lines to be told apart.
    """
    answer = ask.trend()
    rows = [row for row in answer.rows if any(point.figure.is_known for point in row.points)]
    if not any(point.figure.value is not None for row in rows for point in row.points):
        raise UsageError("There is no figure to draw.", "See 'npqstats list measures' for what is loaded.")
    parts = [row for row in rows if not headlines.is_above(row.line, answer)]
    is_rate = rows[0].line.measure.is_rate
    total = next((row for row in rows if headlines.is_above(row.line, answer)), None) if len(rows) > 1 else None
    drawn = parts if parts and not (answer.question.by == "funding" and len(parts) < 2) else rows
    if len(drawn) > _MOST_PANELS:
        raise UsageError(
            f"{len(drawn)} lines cannot be told apart.",
            f"Use 'npqstats chart areas --by {answer.question.by}', which ranks them, or name an --area.",
        )
    marked = ask.highlighted([row.line for row in drawn])
    reference = total if total is not None and is_rate and total not in drawn else None
    used = [*drawn, *([reference] if reference else [])]
    figures = _figures(used, answer)
    counted = marks.counted(answer, [row.line for row in drawn], answer.years[0], answer.years[-1])
    is_old = is_rate and drawn[0].line.measure.has_unfinished
    unfinished = any(point.status is Status.SO_FAR for row in drawn for point in row.points)

    def draw(page: Page) -> None:
        if len(drawn) > _MOST_LINES and marked is None:
            _multiples(page, answer, drawn)
        else:
            lines(page, answer, drawn, marked=marked, reference=reference)

    return Chart(
        kind="trend",
        headline=_headline(answer, drawn, marked),
        counted=counted,
        form="Small line charts" if len(drawn) > _MOST_LINES and marked is None else "Line chart",
        figures=_in_words(drawn, answer, marked),
        notes=marks.notes(
            figures,
            drawn[0].line.measure.unit,
            marks.UNFINISHED if unfinished else "",
            marks.OLDER if is_old else "",
        ),
        source=marks.source(answer.release, marks.cells(figure for _, figure in figures)),
        data=data(answer, [*([total] if total and total not in drawn else []), *drawn], marked),
        draw=draw,
    )


def _headline(answer: Trend, drawn: Sequence[TrendRow], marked: Line | None) -> str:
    if marked is not None:
        return headlines.of_trend(answer, [row for row in drawn if row.line == marked])
    return headlines.of_trend(answer, None if len(answer.rows) > 1 else drawn)


def _figures(rows: Sequence[TrendRow], answer: Trend) -> list[tuple[str, Figure]]:
    """Name each figure: by its year, and by its line where there are several."""
    return [
        (
            point.year.label if len(rows) == 1 else f"{marks.name(row.line, answer.question)} {point.year.label}",
            point.figure,
        )
        for row in rows
        for point in row.points
    ]


def data(answer: Trend, rows: Sequence[TrendRow], marked: Line | None = None) -> pl.DataFrame:
    """Make the table of data: a row a year, a column a line; with few lines, their changes beside them."""
    names = unique([marks.name(row.line, answer.question) for row in rows])
    names = [rows[0].line.measure.label] if len(rows) == 1 else names
    largest = sorted(
        (row for row in rows if not headlines.is_above(row.line, answer) and _last(row)), key=lambda row: -_newest(row)
    )[:_MOST_NAMED]
    return marks.table(
        [
            {"Academic year": year.label}
            | {name: row.points[place].figure.value for name, row in zip(names, rows, strict=True)}
            | {
                column: value
                for name, row in zip(names, rows, strict=True)
                if len(rows) <= _MOST_CHANGES
                or headlines.is_above(row.line, answer)
                or row.line == marked
                or row in largest
                for column, value in marks.moves(row.points[place].change, "" if len(rows) == 1 else name).items()
            }
            for place, year in enumerate(answer.years)
        ]
    )


def unique(names: Sequence[str]) -> list[str]:
    """Tell lines of one name apart by a number."""
    seen: dict[str, int] = {}
    found = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        found.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return found


def _in_words(rows: Sequence[TrendRow], answer: Trend, marked: Line | None) -> str:
    unit = rows[0].line.measure.unit
    if len(rows) > 1 and marked is None:
        lasts = [(marks.name(row.line, answer.question), last) for row in rows[:3] if (last := _last(row))]
        return "; ".join(f"{name} {changes.cell(last.figure, unit)} in {last.year.label}" for name, last in lasts)
    row = next((row for row in rows if row.line == marked), rows[0])
    known = [point for point in row.points if point.figure.is_known]
    told = {point.year: point for point in (known[0], *known[-2:])}
    return ", ".join(f"{changes.cell(point.figure, unit)} in {year.label}" for year, point in told.items())


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
        ends: A second line of words at the end of each line.
    """
    unit = rows[0].line.measure.unit
    several = [*rows, *([reference] if reference else [])]
    is_one = len(several) == 1
    names = [marks.name(row.line, answer.question, is_short=page.is_narrow) for row in several]
    lasts = [_last(row) for row in several]
    shown = [place for place, row in enumerate(several) if marked is None or row.line == marked or row is reference]
    labels = [
        [] if is_one or place not in shown else _end_label(page, names[place], several[place], ends[place : place + 1])
        for place in range(len(several))
    ]
    if sum(len(label) * page.line + 3 for label in labels) > page.top - page.bottom - 2 * page.line:
        # A low picture has name and figure on one line.
        labels = [[" ".join(label)] if label else [] for label in labels]
    texts = [
        changes.cell(p.figure, unit) + marks.DAGGER for row in rows for p in row.points if p.figure.value is not None
    ]
    edge = page.widest(texts, bold=True) / 2 if is_one else 6.0
    ticks_room = page.widest([number(max(_values(several), default=1.0) * 1.2, unit)]) + 8
    right = max((page.widest([line], bold=i == 0) for label in labels for i, line in enumerate(label)), default=0.0)
    axes = page.axes(
        left=max(ticks_room, 0.0), right=right + 12 if right else 4, top=page.line * 0.8, bottom=page.line + 4
    )
    count = len(answer.years)
    margin = max(0.28, (edge + 4) / _width(axes, page) * count) if count > 1 else 0.5
    axes.set_xlim(-margin, count - 1 + (margin if is_one else 0.12))
    values_axis(axes, _values(several), unit, page)
    named: list[tuple[float, list[str], Any]] = []
    for place, row in enumerate(several):
        is_lit = place in shown
        colour = (
            (page.look.quiet if row is reference else page.look.series(0 if marked else place))
            if is_lit
            else page.look.behind
        )
        _line(
            axes,
            row,
            colour,
            page,
            shape=_SHAPES[0 if marked else place % 5] if is_lit else "",
            is_dashed=row is reference,
            is_front=is_lit,
        )
        last = lasts[place]
        if labels[place] and last is not None:
            named.append((last.figure.value or 0.0, labels[place], colour))
    years_axis(axes, answer.years, page)
    if is_one:
        _values_at_points(axes, rows[0], page)
    else:
        _write_ends(axes, page, named, count - 1)
        if len(rows) == 2 and reference is None and marked is None:
            _values_of_two(axes, rows, page)
    if rows[0].line.measure.code in _BY_FUNDING_RULES and not any(row.line.course for row in rows):
        _funding_rule(axes, answer.years, rows, page)


def _width(axes: Axes, page: Page) -> float:
    return float(axes.get_position().width) * page.width


def _values(rows: Sequence[TrendRow]) -> list[float]:
    return [point.figure.value for row in rows for point in row.points if point.figure.value is not None]


def _last(row: TrendRow) -> TrendPoint | None:
    return next((point for point in reversed(row.points) if point.figure.value is not None), None)


def _newest(row: TrendRow) -> float:
    last = _last(row)
    return (last.figure.value if last else None) or 0.0


def _end_label(page: Page, name: str, row: TrendRow, more: Sequence[str]) -> list[str]:
    """Write what is at the end of a line: its name in bold, its newest figure."""
    last = _last(row)
    room = (page.right - page.left) * 0.36
    figure = marks.written(last.figure, row.line.measure.unit) if last else "no figure"
    return [*page.wrapped(name, room, bold=True, most=1), *([f"{figure}, {more[0]}"] if more and more[0] else [figure])]


def values_axis(axes: Axes, values: Sequence[float], unit: str, page: Page, *, bins: int = 5) -> None:
    """Scale the axis of values from zero, or round rates that are all alike, with regular ticks and a light grid."""
    low, high = min(values, default=0.0), max(values, default=1.0) or 1.0
    is_close = unit == "%" and low > 0.6 * high
    bottom = max(0.0, low - (high - low) * 0.4 - 0.5) if is_close else 0.0
    room = float(axes.get_position().height) * page.height
    # Regular ticks, the first at or below the least value that is shown.
    locator = MaxNLocator(
        nbins=max(2, min(bins, int(room / (2.2 * page.line)))), steps=[1, 2, 2.5, 5, 10], integer=unit != "%"
    )
    ticks = [float(tick) for tick in locator.tick_values(bottom, max(high * 1.04, bottom + 0.5))]
    top = next((tick for tick in ticks if tick >= high), ticks[-1])
    # A label above the highest point needs room below the headline.
    first = max([0.0, *(tick for tick in ticks if tick <= bottom + 1e-9)])
    axes.set_ylim(first if is_close else 0.0, top)
    axes.yaxis.set_major_locator(locator)
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: tick_label(value, unit)))
    axes.yaxis.grid(visible=True)
    axes.tick_params(axis="y", pad=4)


def tick_label(value: float, unit: str) -> str:
    """Write the label of a tick: a percentage without a decimal where it has none."""
    if unit == "%":
        return f"{number(value)}%" if abs(value - round(value)) < 1e-6 else number(value, "%")
    return number(value)


def years_axis(axes: Axes, years: Sequence[AcademicYear], page: Page) -> None:
    """Label the years under the plot, as many as there is room for, the newest always."""
    slot = _width(axes, page) / max(1, len(years))
    widest = page.widest([year.label for year in years])
    every = max(1, -int(-(widest + 6) // slot)) if slot else 1
    kept = list(range(len(years)))[::-1][::every][::-1]
    axes.set_xticks(kept, [years[place].label for place in kept])


def _line(
    axes: Axes, row: TrendRow, colour: Any, page: Page, *, shape: str, is_dashed: bool = False, is_front: bool = True
) -> None:
    """Draw a line: only figures of years that follow each other are joined, and no unfinished one is."""
    width = page.look.rc["lines.linewidth"] * (1.0 if is_front and not is_dashed else 0.6)
    order = 3 if is_front else 2
    for (place, one), (_, two) in pairwise(enumerate(row.points)):
        if one.figure.value is None or two.figure.value is None or Status.SO_FAR in (one.status, two.status):
            continue
        axes.plot(
            [place, place + 1],
            [one.figure.value, two.figure.value],
            color=colour,
            linewidth=width,
            linestyle=(0, (3, 2)) if is_dashed else "-",
            zorder=order,
        )
    for place, point in enumerate(row.points):
        if point.figure.value is None or not shape or is_dashed:
            continue
        axes.plot(
            [place],
            [point.figure.value],
            marker=shape,
            color=colour,
            markerfacecolor=page.look.ground if point.status is Status.SO_FAR else colour,
            markeredgecolor=colour if point.status is Status.SO_FAR else page.look.ground,
            markeredgewidth=1.8 if point.status is Status.SO_FAR else 1.0,
            zorder=order + 1,
            clip_on=False,
        )


def _write_ends(axes: Axes, page: Page, ends: Sequence[tuple[float, list[str], Any]], last: int) -> None:
    """Write names and newest figures beside the ends of the lines, moved apart where they would touch."""
    low, high = axes.get_ylim()
    tall = float(axes.get_position().height) * page.height
    middles = [(value - low) / (high - low) * tall for value, _, _ in ends]
    heights = [len(label) * page.line + 3 for _, label, _ in ends]
    # Below the axes are the years, unless there is no other room.
    lowest = 0.0 if sum(heights) < tall + page.line * 0.7 else -page.line * 0.7
    found = spread(middles, heights, lowest, tall + page.line * 0.7)
    bounds = axes.get_position()
    begin = bounds.x1 * page.width
    for (value, label, colour), at, middle in zip(ends, found, middles, strict=True):
        y = bounds.y0 * page.height + at + (len(label) - 1) * page.line / 2
        if abs(at - middle) > page.line * 0.6:
            axes.annotate(
                "",
                xy=(last, value),
                xytext=(begin + 5, bounds.y0 * page.height + at),
                textcoords=_pixels(page),
                arrowprops={
                    "arrowstyle": "-",
                    "color": page.look.outline,
                    "linewidth": 0.7,
                    "shrinkA": 0,
                    "shrinkB": 5,
                },
                annotation_clip=False,
            )
        for place, text in enumerate(label):
            page.text(
                begin + 8,
                y - place * page.line,
                text,
                bold=place == 0,
                colour=readable(colour, page) if place == 0 else None,
            )


def readable(colour: Any, page: Page) -> Any:
    """Return a line's colour for its name, or that of text where the colour is too pale to be read."""
    from matplotlib.colors import to_rgb

    def light(of: Any) -> float:
        parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in to_rgb(of)]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    one, two = sorted((light(colour), light(page.look.ground)), reverse=True)
    return colour if (one + 0.05) / (two + 0.05) >= 4.5 else page.look.text


def _pixels(page: Page) -> Any:
    from matplotlib.transforms import Affine2D

    return Affine2D().scale(1 / page.width, 1 / page.height) + page.figure.transFigure


def _values_at_points(axes: Axes, row: TrendRow, page: Page) -> None:
    """Write each figure of a single line above its point, or below where the line would run through it."""
    points, unit = row.points, row.line.measure.unit
    for place, point in enumerate(points):
        figure = point.figure
        if figure.value is None:
            if figure.symbol:
                axes.annotate(
                    changes.cell(figure, unit),
                    (place, 0),
                    (0, 6),
                    textcoords="offset points",
                    ha="center",
                    color=page.look.quiet,
                )
            continue
        before = points[place - 1].figure.value if place else None
        after = points[place + 1].figure.value if place + 1 < len(points) else None
        is_low = before is not None and before > figure.value and (after is None or after > figure.value)
        is_below = is_low and figure.value > 0.25 * axes.get_ylim()[1]
        words = marks.written(figure, unit)
        axes.annotate(
            words,
            (place, figure.value),
            (0, -9 if is_below else 8),
            textcoords="offset points",
            ha="center",
            va="top" if is_below else "bottom",
            fontsize=page.label,
            fontweight="bold",
            color=page.look.text,
            zorder=6,
            annotation_clip=False,
        )


def _values_of_two(axes: Axes, rows: Sequence[TrendRow], page: Page) -> None:
    """Write the figures of two lines above their points, those of the lower line below them where both are near."""
    low, high = axes.get_ylim()
    slot = _width(axes, page) / len(rows[0].points)
    for place in range(len(rows[0].points) - 1):
        pair = [row.points[place].figure for row in rows]
        known = [figure.value for figure in pair if figure.value is not None]
        for figure in pair:
            if figure.value is None or page.measured(marks.written(figure, rows[0].line.measure.unit)) > slot - 4:
                continue
            is_near = len(known) == 2 and abs(known[0] - known[1]) < 0.2 * (high - low)
            is_below = is_near and figure.value == min(known) and figure.value - low > 0.12 * (high - low)
            if is_near and figure.value == min(known) and (not is_below or known[0] == known[1]):
                continue
            axes.annotate(
                marks.written(figure, rows[0].line.measure.unit),
                (place, figure.value),
                (0, -8 if is_below else 8),
                textcoords="offset points",
                ha="center",
                va="top" if is_below else "bottom",
                fontsize=page.label,
                color=page.look.text,
                annotation_clip=False,
                zorder=6,
            )


def _funding_rule(axes: Axes, years: Sequence[AcademicYear], rows: Sequence[TrendRow], page: Page) -> None:
    """Mark with one thin line the change of who had places paid for, as far as a source describes both years."""
    spans = funding_spans(list(years))
    if len(spans) < 2:
        return
    rule, (first, *_) = spans[-1]
    if years.index(first) == 0 or first.before not in spans[-2][1]:
        return
    begin = years.index(first)
    x, (low, high), (left, right) = begin - 0.5, axes.get_ylim(), axes.get_xlim()
    room = (right - x) * _width(axes, page) / (right - left) - 10
    kind: Kind = "legend.fontsize"
    words = page.wrapped(f"From {first.label}: {rule[:1].lower()}{rule[1:]}", max(room, 66.0), kind=kind)
    tall = float(axes.get_position().height) * page.height
    need = len(words) * page.look.points(kind) * 1.25 + 10
    middle = _free(axes, rows, begin, need / tall)
    if middle is None:
        return
    axes.axvline(x, color=page.look.quiet, linewidth=0.9, linestyle=(0, (2, 2)), zorder=1.5)
    axes.annotate(
        "\n".join(words),
        (x, low + middle * (high - low)),
        (5, 0),
        textcoords="offset points",
        va="center",
        fontsize=page.look.points(kind),
        color=page.look.quiet,
        linespacing=1.15,
        zorder=1.6,
    )


def _free(axes: Axes, rows: Sequence[TrendRow], begin: int, need: float) -> float | None:
    """Find room for words beside the lines from the year before `begin` on, as a share of the height of the axes.

    Args:
        axes: With their scale set.
        rows: The lines.
        begin: Place of the year from which the words apply.
        need: How much of the height the words take.

    Returns:
        The middle of the highest room that is large enough; None where none is.
    """
    low, high = axes.get_ylim()
    taken = []
    for row in rows:
        before = row.points[begin - 1].figure.value
        after = [point.figure.value for point in row.points[begin:] if point.figure.value is not None]
        # Half-way between the two years is where the words begin.
        values = [*after, *([(before + after[0]) / 2] if before is not None and after else [])]
        if values:
            taken.append(((min(values) - low) / (high - low) - 0.1, (max(values) - low) / (high - low) + 0.09))
    edge = 1.0
    for bottom, top in sorted(taken, key=lambda pair: -pair[1]):
        if edge - top >= need:
            return edge - need / 2
        edge = min(edge, bottom)
    return edge - need / 2 if edge >= need else None


def _multiples(page: Page, answer: Trend, rows: Sequence[TrendRow]) -> None:
    """Draw a small chart for each line, all on one scale."""
    unit = rows[0].line.measure.unit
    wide, high = page.right - page.left, page.top - page.bottom
    columns = max(2, min(len(rows), int(wide / (112 if page.is_narrow else 145))))
    while columns > 2 and -(-len(rows) // columns) == -(-len(rows) // (columns - 1)):
        columns -= 1
    lines_of = -(-len(rows) // columns)
    gap, cell = 16.0, (wide - 16.0 * (columns - 1)) / columns
    below = page.line + 2
    tall = (high - below) / lines_of
    top = max(_values(rows), default=1.0) or 1.0
    low = min(_values(rows), default=0.0)
    bottom = max(0.0, low - (top - low) * 0.5) if unit == "%" and low > 0.6 * top else 0.0
    years = answer.years
    # A picture with no room for the figure under the name has it after the name.
    names = [
        page.wrapped(marks.name(row.line, answer.question, is_short=page.is_narrow), cell, bold=True, most=2)
        for row in rows
    ]
    lasts = [marks.written(last.figure, unit) if (last := _last(row)) else "" for row in rows]
    beside = page.widest(lasts) + 8
    heads = max(len(name) for name in names)
    for place, (row, name) in enumerate(zip(rows, names, strict=True)):
        line_, column = divmod(place, columns)
        left = column * (cell + gap)
        upper = line_ * tall
        head = page.line * heads + 4
        axes = page.axes(
            left=left,
            right=wide - left - cell + beside,
            top=upper + head + 6,
            bottom=high - upper - tall + 6 if line_ < lines_of - 1 else below,
        )
        axes.set_xlim(-0.3, len(years) - 0.7)
        axes.set_ylim(bottom, top * 1.02 if bottom == 0 else top + (top - bottom) * 0.05)
        axes.set_yticks([])
        axes.spines["bottom"].set_color(page.look.grid)
        is_last = place + columns >= len(rows)
        axes.set_xticks(
            [0, len(years) - 1], [years[0].label, years[-1].label] if is_last and line_ == lines_of - 1 else ["", ""]
        )
        first, last_label = axes.get_xticklabels()
        first.set(ha="left", fontsize=page.look.points("legend.fontsize"))
        # In a narrow panel the last year begins below its point, where it has the room of the figure.
        both = page.widest([year.label for year in years], kind="legend.fontsize") * 2 + 8
        is_tight = both > _width(axes, page) * (len(years) - 1) / (len(years) - 0.4)
        last_label.set(ha="left" if is_tight else "right", fontsize=page.look.points("legend.fontsize"))
        _line(axes, row, page.look.series(0), page, shape="o")
        last = _last(row)
        x, y = page.left + left, page.top - upper
        for number_, text in enumerate(name):
            page.text(x, y - number_ * page.line, text, bold=True, va="top")
        if last is not None:
            axes.annotate(
                lasts[place],
                (years.index(last.year), last.figure.value or 0.0),
                (6, 0),
                textcoords="offset points",
                va="center",
                color=page.look.text,
                fontsize=page.label,
                annotation_clip=False,
            )
