"""`chart trend`: a measure through the years; one line, some with their names at their ends, or small multiples."""

from collections.abc import Sequence
from math import ceil
from typing import Any

from matplotlib.axes import Axes

from npqstats.analysis.answers import Figure, Status, Trend, TrendRow
from npqstats.charts import data
from npqstats.charts.ask import Ask
from npqstats.charts.chart import Chart
from npqstats.charts.frame import BOLD, PLAIN, SMALL, Face, Page, Spot
from npqstats.charts.scales import base, scaled
from npqstats.charts.spread import spread
from npqstats.errors import UsageError
from npqstats.vocabulary.events import funding_spans
from npqstats.vocabulary.numbers import number
from npqstats.vocabulary.periods import AcademicYear
from npqstats.wording import captions, changes, headlines

_MOST_LINES = 5
"""More than so many lines are drawn as small multiples, or grey behind the highlighted one."""
_MOST_PANELS = 16
_BY_FUNDING_RULES = ("starts", "participants", "workforce-participants")
_SHAPES = ("o", "s", "D", "^", "v")
_DASHED = (0, (3, 2))
EndLabel = list[tuple[str, Face]]
"""Lines of words at the end of a line, and how each is set: its name in bold."""


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
    others = [total] if total and total not in drawn else []
    reference = [row for row in others if row.line.measure.is_rate]
    is_many = len(drawn) > _MOST_LINES and marked is None
    lit = [row for row in drawn if row.line == marked]
    headed = lit or (None if len(answer.rows) > 1 else drawn)
    return Chart(
        caption=captions.caption(answer, [*drawn, *reference], of=[row.line for row in drawn], marked=marked),
        headline=headlines.of_trend(answer, headed),
        form="Small line charts" if is_many else "Line chart",
        data=data.followed(answer, [*others, *drawn]),
        draw=lambda page: (
            _multiples(page, answer, drawn) if is_many else lines(page, answer, drawn, lit=lit, beside=reference)
        ),
    )


def _values(rows: Sequence[TrendRow]) -> list[float]:
    return [figure.value for row in rows for figure in row.figures if figure.value is not None]


def _last(row: TrendRow) -> tuple[int, Figure]:
    """Return the position and the newest figure of a line, of a finished cohort where it has one."""
    finished = {index: point.status is not Status.SO_FAR for index, point in enumerate(row.points)}
    known = [(finished[index], index) for index, figure in enumerate(row.figures) if figure.value is not None]
    index = max(known)[1] if known else len(row.points) - 1
    return index, row.figures[index]


def _written_last(row: TrendRow) -> str:
    figure = _last(row)[1]
    return captions.written(figure, row.line.measure.unit) if figure.is_known else "no figure"


def lines(
    page: Page,
    answer: Trend,
    rows: Sequence[TrendRow],
    *,
    lit: Sequence[TrendRow] = (),
    beside: Sequence[TrendRow] = (),
    ends: Sequence[str] = (),
) -> None:
    """Draw lines through the years on one pair of axes.

    Args:
        page: With the room for the plot.
        answer: For the years and names.
        rows: At least one; more than five only with some `lit`.
        lit: Lines in colour, the others grey; none: all in colour.
        beside: A line to compare the others with, dashed.
        ends: A third line of words at the end of each line.
    """
    unit, several, years, look = rows[0].line.measure.unit, [*rows, *beside], answer.years, page.look
    is_one, values = len(several) == 1, _values(several)
    front = [row for row in rows if row in lit or not lit]
    colours = [*(look.series(n) for n in range(len(front))), *(look.quiet for _ in beside)]
    labels = [] if is_one else _end_labels(page, answer, [*front, *beside], ends)
    right = max((page.measured(text, face) + 12 for label in labels for text, face in label), default=4.0)
    left = page.widest([number(max(values) * 1.2, unit)]) + 8
    axes = page.axes(left=left, right=right, top=page.line * 0.8, bottom=page.line + 4)
    # At both ends there is room for half a figure, or half a year.
    half = page.measured("100,000", BOLD) / 2 + 4 if is_one else page.measured(years[0].label) / 2 + 4
    margin = max(0.12, half / axes.bbox.width * len(years))
    axes.set_xlim(-max(0.28, margin), len(years) - 1 + (margin if is_one else 0.12))
    axes.set_ylim(
        scaled(axes.yaxis, base(values, unit), max(values) or 1.0, unit, int(axes.bbox.height / (2.2 * page.line)))
    )
    axes.tick_params(axis="y", pad=4)
    # As many years are labelled as there is room for, the newest always.
    every = ceil((page.widest(year.label for year in years) + 6) * len(years) / axes.bbox.width)
    labelled = range(len(years) - 1, -1, -every)
    axes.set_xticks(labelled, [years[index].label for index in labelled])
    for row in several:
        place = front.index(row) if row in front else -1
        colour = look.quiet if row in beside else look.series(place) if row in front else look.behind
        _line(axes, row, page, colour, _SHAPES[place] if row in front else "", is_dashed=row in beside)
    if len(several) <= 2 and not lit:
        for row in rows:
            _write_figures(axes, row, page, is_one=is_one)
    if labels:
        _write_ends(axes, page, [*front, *beside], labels, colours)
    if rows[0].line.measure.code in _BY_FUNDING_RULES and not any(row.line.course for row in rows):
        _funding_rule(axes, years, page)


def _end_labels(page: Page, answer: Trend, rows: Sequence[TrendRow], more: Sequence[str]) -> list[EndLabel]:
    """Write what is at the end of each line: its name in lines of bold, its newest figure, and more."""
    # A low picture has name and figure on one line.
    for is_joined, is_short in ((False, False), (True, False), (True, True)):
        found, room = list[EndLabel](), (page.right - page.left) * (0.42 if is_joined else 0.36)
        for index, row in enumerate(rows):
            name = captions.name(row.line, answer.question, is_short=is_short)
            figures = [text for text in (_written_last(row), *more[index : index + 1]) if text]
            words = f"{name} {figures[0]}" + "".join(f" ({each})" for each in figures[1:]) if is_joined else name
            label = [(line, BOLD) for line in page.wrapped(words, room, BOLD)]
            found.append(label if is_joined else [*label, *((text, PLAIN) for text in figures)])
        if sum(len(label) * page.line + 3 for label in found) <= page.top - page.bottom - 2 * page.line:
            break
    return found


def _line(axes: Axes, row: TrendRow, page: Page, colour: Any, shape: str, *, is_dashed: bool = False) -> None:
    """Draw a line: only figures of years that follow each other are joined, and no unfinished one is."""
    # On a small chart both are smaller.
    width = min(page.look.rc["lines.linewidth"], axes.bbox.height / 15) * (1.0 if shape else 0.6)
    style = {"color": colour, "marker": shape, "clip_on": False, "zorder": 3 if shape else 2}
    style |= {"markersize": min(page.look.rc["lines.markersize"], axes.bbox.height / 6), "linewidth": width}
    joined = {"linestyle": _DASHED if is_dashed else "-", "markeredgecolor": page.look.ground}
    hollow = {"linestyle": "none", "markerfacecolor": page.look.ground, "markeredgewidth": 1.8}
    for is_open, own in ((False, joined), (True, hollow)):
        drawn = [point.figure.value if (point.status is Status.SO_FAR) == is_open else None for point in row.points]
        if any(value is not None for value in drawn):
            axes.plot(range(len(drawn)), [float("nan") if value is None else value for value in drawn], **style | own)


def _write_figures(axes: Axes, row: TrendRow, page: Page, *, is_one: bool) -> None:
    """Write the figures of a line above or below its points, where nothing else is; the last has its place beside."""
    unit, values = row.line.measure.unit, [figure.value for figure in row.figures]
    for position, figure in enumerate(row.figures):
        if figure.value is None:
            if figure.symbol and is_one:
                page.write(axes, changes.cell(figure, unit), (position, 0), ["above"], colour=page.look.quiet)
            continue
        if not is_one and (position, figure) == _last(row):
            continue
        beside = [value for value in values[max(position - 1, 0) : position + 2 : 2] if value is not None]
        is_low = any(beside) and all(value > figure.value for value in beside)
        spots: list[Spot] = ["below", "above"] if is_low else ["above", "below"]
        face, point = BOLD if is_one else PLAIN, (position, figure.value)
        page.write(axes, captions.written(figure, unit), point, [*spots, "top left", "top right"], face)


def _write_ends(
    axes: Axes, page: Page, rows: Sequence[TrendRow], labels: Sequence[EndLabel], colours: Sequence[Any]
) -> None:
    """Write names and newest figures beside the ends of the lines, moved apart where they would touch."""
    room = axes.bbox
    middles = [axes.transData.transform((0, _last(row)[1].value or 0.0))[1] for row in rows]
    heights = [len(label) * page.line + 3 for label in labels]
    # Below the axes are the years, unless there is no other room.
    lowest = room.y0 if sum(heights) < page.top + 4 - room.y0 else room.y0 - page.line * 0.7
    found = spread(middles, heights, lowest, page.top + 4)
    for label, colour, at, middle in zip(labels, colours, found, middles, strict=True):
        if abs(at - middle) > page.line * 0.6:
            page.rule((room.x1 - 2, middle), (room.x1 + 5, at), page.look.outline)
        for position, (text, face) in enumerate(label):
            y = at + ((len(label) - 1) / 2 - position) * page.line
            page.text(room.x1 + 8, y, text, face, colour if face is BOLD else None)


def _funding_rule(axes: Axes, years: Sequence[AcademicYear], page: Page) -> None:
    """Mark with one thin line the change of who had places paid for, as far as a source describes both years."""
    spans = funding_spans(list(years))
    if len(spans) < 2 or spans[-1][1][0].before not in spans[-2][1]:
        return
    rule, (first, *_) = spans[-1]
    x, words = years.index(first) - 0.5, f"From {first.label}: {rule[:1].lower()}{rule[1:]}"
    beside = axes.bbox.x1 - axes.transData.transform((x, 0))[0] - 10
    tries: tuple[tuple[Spot, float], ...] = (("right", beside), ("left", 2 * beside))
    for spot, wide in tries:
        text = page.wrapped(words, max(wide, 40.0), SMALL)
        half = (len(text) / 2 + 0.5) * page.line / axes.bbox.height
        for y in (1 - half, half, 0.5):
            where = {"xycoords": axes.get_xaxis_transform(), "colour": page.look.quiet}
            if len(text) < 5 and page.write(axes, "\n".join(text), (x, y), [spot], SMALL, **where):
                axes.axvline(x, color=page.look.quiet, linewidth=0.9, linestyle=(0, (2, 2)), zorder=1.5)
                return


def _multiples(page: Page, answer: Trend, rows: Sequence[TrendRow]) -> None:
    """Draw a small chart for each line, all on one scale; with no room for them, all lines, the largest in colour."""
    unit, years, gap = rows[0].line.measure.unit, answer.years, 12.0
    foot = f"Each from {years[0].label} to {years[-1].label}, all on one scale."
    wide, beside = page.right - page.left + gap, page.widest(map(_written_last, rows)) + 8
    high = page.top - page.bottom - page.leading(SMALL) * len(page.wrapped(foot, wide - gap, SMALL))
    for is_short in (False, True):
        names = [captions.name(row.line, answer.question, is_short=is_short) for row in rows]
        # No word is broken, few names have more than two lines, and the last one has all that is left of its row.
        least = max(page.widest(" ".join(names).split(), BOLD), 0.55 * page.widest(names, BOLD), beside + 45) + gap
        columns = ceil(len(rows) / ceil(len(rows) / min(5, max(1, int(wide / least)))))
        cell = wide / columns
        rooms = [*[cell] * (len(rows) - 1), wide - (len(rows) - 1) % columns * cell]
        heads = [page.wrapped(name, room - gap, BOLD) for name, room in zip(names, rooms, strict=True)]
        tall = [page.line * max(map(len, heads[n : n + columns])) + 4 for n in range(0, len(rows), columns)]
        deep = (high - sum(tall)) / len(tall) - gap
        if deep > 2 * page.line:
            break
    if deep < page.line:
        most = min(_MOST_LINES, int((high - 2 * page.line) / (page.line + 3)))
        page.foot(f"Grey: the other {len(rows) - most}.")
        lines(page, answer, rows, lit=sorted(rows, key=lambda row: -(_last(row)[1].value or 0.0))[:most])
        return
    page.foot(foot)
    low, top = base(_values(rows), unit), max(_values(rows)) or 1.0
    for n, (row, head) in enumerate(zip(rows, heads, strict=True)):
        left, above = n % columns * cell, n // columns
        y = page.top - sum(tall[:above]) - above * (deep + gap)
        page.block(page.left + left, y, head, BOLD)
        right, bottom = wide - left - cell + beside, y - tall[above] - deep - page.bottom
        axes = page.axes(left=left, right=right, top=page.top - y + tall[above], bottom=bottom)
        axes.set_xlim(-0.3, len(years) - 0.7)
        axes.set_ylim(low, top + 0.05 * (top - low))
        axes.set(xticks=[], yticks=[])
        axes.spines["bottom"].set_color(page.look.grid)
        _line(axes, row, page, page.look.series(0), "o")
        index, figure = _last(row)
        page.write(axes, _written_last(row), (index, figure.value or 0.0), ["right", "top right"])
