"""`chart trend`: a measure through the years; one line, some with their names at their ends, or small multiples."""

from collections.abc import Sequence
from itertools import zip_longest
from typing import Any

from matplotlib.axes import Axes

from npqstats.analysis.answers import Figure, Line, Status, Trend, TrendRow
from npqstats.charts import marks
from npqstats.charts.ask import Ask
from npqstats.charts.chart import Chart
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
_MOST_PANELS = 16
_BY_FUNDING_RULES = ("starts", "participants", "workforce-participants")
_SHAPES = ("o", "s", "D", "^", "v")
_DASHED = (0, (3, 2))
EndLabel = list[tuple[str, bool]]
"""Lines of words at the end of a line, and whether each is of its name."""


def trend(ask: Ask) -> Chart:
    """Make a chart of a measure through the years.

    Raises:
        UsageError: No line has a figure, or there are too many lines to be told apart.
    """
    answer = ask.trend()
    rows = [row for row in answer.rows if any(figure.is_known for figure in row.figures)]
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
    is_many = len(drawn) > _MOST_LINES and marked is None
    headed = [row for row in drawn if row.line == marked] or (None if len(answer.rows) > 1 else drawn)
    return marks.framed(
        answer,
        [*drawn, *([reference] if reference else [])],
        of=[row.line for row in drawn],
        marked=marked,
        headline=headlines.of_trend(answer, headed),
        is_ranked=is_many,
        form="Small line charts" if is_many else "Line chart",
        data=marks.followed(answer, [*([total] if total and total not in drawn else []), *drawn]),
        draw=lambda page: (
            _multiples(page, answer, drawn)
            if is_many
            else lines(page, answer, drawn, marked=marked, reference=reference)
        ),
    )


def _name(row: TrendRow, answer: Trend, *, is_short: bool = False) -> str:
    return marks.name(row.line, answer.question, is_short=is_short)


def _values(rows: Sequence[TrendRow]) -> list[float]:
    return [figure.value for row in rows for figure in row.figures if figure.value is not None]


def _last(row: TrendRow) -> tuple[int, Figure] | None:
    """Return the newest figure of a line and its position; None where there is none."""
    known = [(position, figure) for position, figure in enumerate(row.figures) if figure.value is not None]
    return known[-1] if known else None


def _written_last(row: TrendRow) -> str:
    last = _last(row)
    return marks.written(last[1], row.line.measure.unit) if last else "no figure"


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
    is_one, count, look = len(several) == 1, len(answer.years), page.look
    lit = [row for row in several if marked is None or row.line == marked or row is reference]
    labels = [] if is_one else _end_labels(page, answer, lit, ends)
    right = max((page.measured(text, bold=is_name) for label in labels for text, is_name in label), default=0.0)
    axes = page.axes(
        left=page.widest([number(max(_values(several)) * 1.2, unit)]) + 8,
        right=right + 12 if right else 4,
        top=page.line * 0.8,
        bottom=page.line + 4,
    )
    # At both ends there is room for half a figure, or half a year.
    half = page.widest(["100,000"] if is_one else [answer.years[0].label], bold=is_one) / 2 + 4
    margin = max(0.12, half / page.room(axes).width * count)
    axes.set_xlim(-max(0.28, margin), count - 1 + (margin if is_one else 0.12))
    values_axis(axes, _values(several), unit, page)
    years_axis(axes, answer.years, page)
    colours = [look.quiet if row is reference else look.series(0 if marked else n) for n, row in enumerate(several)]
    for position, (row, colour) in enumerate(zip(several, colours, strict=True)):
        shape = "" if row is reference or row not in lit else _SHAPES[0 if marked else position % len(_SHAPES)]
        _line(axes, row, page, colour if row in lit else look.behind, shape, is_dashed=row is reference)
    if len(several) <= 2 and marked is None:
        for row in rows:
            _write_figures(axes, row, page, is_one=is_one)
    if labels:
        _write_ends(axes, page, lit, labels, [colours[several.index(row)] for row in lit])
    if rows[0].line.measure.code in _BY_FUNDING_RULES and not any(row.line.course for row in rows):
        _funding_rule(axes, answer.years, page)


def _end_labels(page: Page, answer: Trend, rows: Sequence[TrendRow], more: Sequence[str]) -> list[EndLabel]:
    """Write what is at the end of each line: its name in lines of bold, its newest figure, and more."""
    found, room = list[EndLabel](), (page.right - page.left) * 0.36
    for row, words in zip_longest(rows, more[: len(rows)], fillvalue=""):
        assert not isinstance(row, str)
        name = page.wrapped(_name(row, answer), room, bold=True)
        name = name if len(name) < 3 else page.wrapped(_name(row, answer, is_short=True), room, bold=True)
        figures = [_written_last(row), words]
        found.append([*((line, True) for line in name), *((text, False) for text in figures if text)])
    if sum(len(label) * page.line + 3 for label in found) > page.top - page.bottom - 2 * page.line:
        # A low picture has name and figure on one line.
        joined = [page.wrapped(" ".join(text for text, _ in label), 0.45 * page.width, bold=True) for label in found]
        return [[(line, True) for line in wrapped] for wrapped in joined]
    return found


def _line(axes: Axes, row: TrendRow, page: Page, colour: Any, shape: str, *, is_dashed: bool = False) -> None:
    """Draw a line: only figures of years that follow each other are joined, and no unfinished one is."""
    width, is_front = page.look.rc["lines.linewidth"], bool(shape)
    style = {"color": colour, "marker": shape or None, "clip_on": False, "zorder": 3 if is_front else 2}
    joined = {"linestyle": _DASHED if is_dashed else "-", "linewidth": width if is_front else 0.6 * width}
    joined |= {"markeredgecolor": page.look.ground}
    hollow = {"linestyle": "none", "markerfacecolor": page.look.ground, "markeredgewidth": 1.8}
    for is_open, own in ((False, joined), (True, hollow)):
        drawn = [point.figure.value if (point.status is Status.SO_FAR) == is_open else None for point in row.points]
        if any(value is not None for value in drawn):
            places, nothing = range(len(drawn)), float("nan")
            axes.plot(places, [nothing if value is None else value for value in drawn], **style | own)


def _write_figures(axes: Axes, row: TrendRow, page: Page, *, is_one: bool) -> None:
    """Write the figures of a line above or below its points, where nothing else is; the last has its place beside."""
    unit, values = row.line.measure.unit, [figure.value for figure in row.figures]
    for position, figure in enumerate(row.figures):
        if figure.value is None:
            if figure.symbol and is_one:
                page.write(axes, changes.cell(figure, unit), (position, 0), ["above"], color=page.look.quiet)
            continue
        if not is_one and (position, figure) == _last(row):
            continue
        beside = [value for value in values[max(position - 1, 0) : position + 2 : 2] if value is not None]
        is_low = any(beside) and all(value > figure.value for value in beside)
        spots: list[Spot] = ["below", "above"] if is_low else ["above", "below"]
        weight = "bold" if is_one else "normal"
        point = (position, figure.value)
        page.write(axes, marks.written(figure, unit), point, [*spots, "top left", "top right"], fontweight=weight)


def _write_ends(
    axes: Axes, page: Page, rows: Sequence[TrendRow], labels: Sequence[EndLabel], colours: Sequence[Any]
) -> None:
    """Write names and newest figures beside the ends of the lines, moved apart where they would touch."""
    room, lasts = page.room(axes), [_last(row) for row in rows]
    middles = [page.at(axes, 0, last[1].value or 0.0 if last else 0.0)[1] for last in lasts]
    heights = [len(label) * page.line + 3 for label in labels]
    # Below the axes are the years, unless there is no other room.
    lowest = room.y0 if sum(heights) < page.top + 4 - room.y0 else room.y0 - page.line * 0.7
    found = spread(middles, heights, lowest, page.top + 4)
    for label, colour, at, middle in zip(labels, colours, found, middles, strict=True):
        if abs(at - middle) > page.line * 0.6:
            page.rule((room.x1 - 2, middle), (room.x1 + 5, at), page.look.outline)
        for position, (text, is_name) in enumerate(label):
            y = at + ((len(label) - 1) / 2 - position) * page.line
            page.text(room.x1 + 8, y, text, bold=is_name, colour=colour if is_name else None)


def _funding_rule(axes: Axes, years: Sequence[AcademicYear], page: Page) -> None:
    """Mark with one thin line the change of who had places paid for, as far as a source describes both years."""
    spans = funding_spans(list(years))
    if len(spans) < 2:
        return
    rule, (first, *_) = spans[-1]
    if years.index(first) == 0 or first.before not in spans[-2][1]:
        return
    x, words = years.index(first) - 0.5, f"From {first.label}: {rule[:1].lower()}{rule[1:]}"
    small, room = page.look.points("legend.fontsize"), page.room(axes)
    style = {"fontsize": small, "color": page.look.quiet, "xycoords": axes.get_xaxis_transform()}
    beside = room.x1 - page.at(axes, x, 0)[0] - 10
    tries: tuple[tuple[Spot, float], ...] = (("right", beside), ("left", 2 * beside))
    for spot, wide in tries:
        text = page.balanced(words, max(wide, 40.0), kind="legend.fontsize", bold=False)
        half = (len(text) / 2 + 0.5) * page.line / room.height
        for y in (1 - half, half, 0.5):
            if len(text) < 5 and page.write(axes, "\n".join(text), (x, y), [spot], **style):
                axes.axvline(x, color=page.look.quiet, linewidth=0.9, linestyle=(0, (2, 2)), zorder=1.5)
                return


def _multiples(page: Page, answer: Trend, rows: Sequence[TrendRow]) -> None:
    """Draw a small chart for each line, all on one scale."""
    unit, years = rows[0].line.measure.unit, answer.years
    # Beside the plot, a low picture says the years already.
    each = "" if page.is_beside else f"Each from {years[0].label} to {years[-1].label}, "
    page.foot(f"{each}all on one scale.".capitalize())
    wide, high = page.right - page.left, page.top - page.bottom - 4
    beside, gap = page.widest(map(_written_last, rows)) + 8, 12.0
    columns = max(2, min(len(rows), int((wide + gap) / (beside + gap + (22 if page.is_beside else 60)))))
    deep = high / -(-len(rows) // columns)
    columns = -(-len(rows) // round(high / deep))
    cell = (wide + gap) / columns - gap
    for is_short in (False, True):
        names = [page.wrapped(_name(row, answer, is_short=is_short), cell, bold=True) for row in rows]
        head = page.line * max(map(len, names)) + 6
        if head + max(14, 0.5 * deep) <= deep:
            break
    low, top = min(_values(rows)), max(_values(rows)) or 1.0
    bottom = max(0.0, low - (top - low) * 0.5) if unit == "%" and low > 0.6 * top else 0.0
    corners = [((n % columns) * (cell + gap), n // columns * deep) for n in range(len(rows))]
    for (left, upper), name in zip(corners, names, strict=True):
        for index, text in enumerate(name):
            page.text(page.left + left, page.top - upper - index * page.line, text, bold=True, va="top")
    for (left, upper), row in zip(corners, rows, strict=True):
        right, lower = wide - left - cell + beside, high - upper - deep + 10
        axes = page.axes(left=left, right=right, top=upper + head, bottom=lower)
        axes.set_xlim(-0.3, len(years) - 0.7)
        axes.set_ylim(bottom, top + (top - bottom) * max(0.05, page.line / 2 / (deep - head)))
        axes.set(xticks=[], yticks=[])
        axes.spines["bottom"].set_color(page.look.grid)
        _line(axes, row, page, page.look.series(0), "o")
        if last := _last(row):
            page.write(axes, _written_last(row), (last[0], last[1].value or 0.0), ["right"])
