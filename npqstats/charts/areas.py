"""`chart areas`: regions or local authorities ranked, against England; in two years, by their change."""

from collections.abc import Sequence
from dataclasses import replace
from math import sqrt

from matplotlib.axes import Axes

from npqstats.analysis.answers import Figure, Line, Status, Trend, TrendRow
from npqstats.charts import marks, rows
from npqstats.charts.chart import Ask, Chart
from npqstats.charts.frame import Page
from npqstats.charts.rows import Label
from npqstats.charts.trend import unique, values_axis
from npqstats.errors import UsageError
from npqstats.vocabulary.measures import MEASURES
from npqstats.vocabulary.numbers import number
from npqstats.wording import changes, headlines

_PREFERRED = (("workforce-share", None), ("workforce-share", "funded"), ("starts", None), ("starts", "funded"))
"""Measure and funding, where none is asked for: first a rate, which compares areas of different size."""
_MOST_ROWS = 24
"""So many areas get a row with their name each; of more, each is a dot."""
_ENOUGH = 0.75
"""The share of the areas of the fullest year that a newer year must have to be shown instead."""
SMALLEST_BASE = 30
"""No rate is drawn as a bar on fewer than this."""
_SURE = 2.0
"""Standard errors from England's rate beyond which a difference is more than chance."""


def areas(ask: Ask) -> Chart:
    """Make a chart of areas side by side.

    Raises:
        UsageError: The breakdown is not one of areas, or there are no such rows.
    """
    asked = ask.question
    if asked.by and not asked.level:
        raise UsageError(f"A chart of areas is not by {asked.by}.", "Use --by region or --by local-authority.")
    ask = replace(ask, question=replace(asked, by=asked.by or "region"))
    ask, answer = _answer(ask)
    if len(asked.years) == 2:
        from npqstats.charts.change import of_comparison

        return of_comparison(ask.compare(), ask, "areas")
    parts = [row for row in answer.rows if not headlines.is_above(row.line, answer)]
    known = {
        place: sum(row.points[place].figure.is_known for row in parts)
        for place in range(len(answer.years))
        if asked.include_unripe or asked.years or all(row.points[place].status is not Status.SO_FAR for row in parts)
    }
    if not parts or not any(known.values()):
        raise UsageError("There is no figure of an area to draw.", "See 'npqstats list areas'.")
    if asked.years:
        place = len(answer.years) - 1
    else:
        place = max(one for one, count in known.items() if count >= _ENOUGH * max(known.values()))
    shown = [row for row in parts if row.points[place].figure.is_known]
    if not shown:
        raise UsageError(f"No area has a figure for {answer.years[place].label}.", "Name another year.")
    return ranked_dots(ask, answer, answer.rows, shown, place, kind="areas")


def _answer(ask: Ask) -> tuple[Ask, Trend]:
    """Follow what is asked for; where no measure is named, the first preferred one that there is by area."""
    asked = ask.question
    if asked.measure is not None:
        return ask, ask.trend()
    for code, funding in _PREFERRED:
        if asked.funding and funding:
            continue
        trial = replace(ask, question=replace(asked, measure=MEASURES[code], funding=asked.funding or funding))
        try:
            answer = trial.trend(years=()) if len(asked.years) == 2 else trial.trend()
        except UsageError:
            continue
        if any(
            not headlines.is_above(row.line, answer) and p.figure.is_known for row in answer.rows for p in row.points
        ):
            return trial, answer
    return ask, ask.trend(measure=MEASURES["starts"])


def ranked_dots(
    ask: Ask, answer: Trend, every: Sequence[TrendRow], parts: Sequence[TrendRow], place: int, *, kind: str
) -> Chart:
    """Make a chart of one year's figures, ranked, with the total to compare rates with.

    Args:
        ask: For what is to be highlighted.
        answer: What the rows are from.
        every: All rows, with the total.
        parts: Those to be ranked.
        place: Of the year among the answer's.
        kind: Of the chart.
    """
    year, measure = answer.years[place], parts[0].line.measure
    of = {row.line: row.points[place].figure for row in every}
    ranked = sorted((row.line for row in parts if of[row.line].is_known), key=lambda line: -(_value(of[line])))
    marked = ask.highlighted(ranked) if ask.highlight else None
    total = next((row.line for row in every if row not in parts and headlines.is_above(row.line, answer)), None)
    compared = total if total is not None and measure.is_rate and of[total].value is not None else None
    so_far = any(row.points[place].status is Status.SO_FAR for row in parts)
    sure = {line for line in ranked if compared and _is_sure(of[line], of[compared])}
    figures = [(_name(line, answer), of[line]) for line in ranked]
    rest = [(_name(row.line, answer), of[row.line]) for row in parts if row.line not in ranked]
    pairs = [(line, of[line]) for line in ranked]
    headline = (
        headlines.of_areas(pairs, answer, year, marked, so_far=so_far)
        if answer.question.level
        else headlines.of_trend(_in(answer, place))
    )
    return Chart(
        kind=kind,
        headline=headline,
        counted=marks.counted(answer, ranked, year),
        form="Ranked dot chart" if measure.is_rate else "Ranked bar chart",
        figures="; ".join(
            f"{_name(line, answer)} {changes.cell(of[line], measure.unit)}"
            for line in dict.fromkeys([*([marked] if marked else []), ranked[0], ranked[-1]])
        ),
        notes=marks.notes(
            [*figures, *rest],
            measure.unit,
            marks.UNFINISHED if so_far else "",
            _chance(ranked, sure, answer) if compared and _has_bases(of, ranked) else "",
            "" if measure.is_rate or not answer.question.level else "These are counts: larger areas have more.",
        ),
        source=marks.source(
            answer.release, marks.cells(of[line] for line in [*ranked, *([compared] if compared else [])])
        ),
        data=marks.table(
            [
                {
                    headlines.NOUNS.get(answer.question.by or "", "Groups").capitalize(): name,
                    f"{measure.label}, {year.label}": of[line].value,
                    "Rank": _rank(of, ranked, line),
                    **({"More than chance from all": "yes" if line in sure else "no"} if sure else {}),
                }
                for line, name in zip(ranked, unique([_name(line, answer) for line in ranked]), strict=True)
            ]
            + (
                [
                    {
                        headlines.NOUNS.get(answer.question.by or "", "Groups").capitalize(): _name(
                            compared, answer, is_all=True
                        ),
                        f"{measure.label}, {year.label}": of[compared].value,
                    }
                ]
                if compared
                else []
            )
        ),
        draw=lambda page: _draw(page, answer, of, ranked, compared, marked, sure, so_far=so_far),
    )


def _in(answer: Trend, place: int) -> Trend:
    """Return a trend of one year alone."""
    rows_ = tuple(replace(row, points=(row.points[place],)) for row in answer.rows)
    return replace(answer, years=(answer.years[place],), rows=rows_)


def _value(figure: Figure) -> float:
    return figure.best if figure.best is not None else float("-inf")


def _name(line: Line, answer: Trend, *, is_all: bool = False) -> str:
    return ("England" if answer.question.level else "All") if is_all else marks.name(line, answer.question)


def _rank(of: dict[Line, Figure], ranked: Sequence[Line], line: Line) -> int | None:
    value = of[line].value
    return None if value is None else 1 + sum(_value(of[other]) > value for other in ranked)


def _base(figure: Figure) -> float | None:
    counts = figure.cells[1:3]
    return counts[1].value if len(counts) == 2 else None


def _has_bases(of: dict[Line, Figure], ranked: Sequence[Line]) -> bool:
    return any(_base(of[line]) for line in ranked)


def _is_sure(figure: Figure, whole: Figure) -> bool:
    """Whether a rate is further from that of all than chance would carry it, by its binomial standard error."""
    base, value = _base(figure), figure.best
    if not base or value is None or whole.best is None:
        return False
    share = whole.best / 100
    error = 100 * sqrt(max(share * (1 - share), 1e-9) / base)
    return abs(value - whole.best) > _SURE * error


def _chance(ranked: Sequence[Line], sure: set[Line], answer: Trend) -> str:
    """Say how many differ from the total by no more than chance would make them."""
    noun = headlines.NOUNS.get(answer.question.by or "", "groups")
    alike = len(ranked) - len(sure)
    whole = "England" if answer.question.level else "all"
    if alike == 0:
        return f"All differ from {whole} by more than chance (two standard errors)."
    return f"Pale: {alike} of {len(ranked)} {noun} differ from {whole} by no more than chance would make them."


def _draw(
    page: Page,
    answer: Trend,
    of: dict[Line, Figure],
    ranked: Sequence[Line],
    compared: Line | None,
    marked: Line | None,
    sure: set[Line],
    *,
    so_far: bool,
) -> None:
    if len(ranked) > _MOST_ROWS:
        _cloud(page, answer, of, ranked, compared, marked, sure)
        return
    unit, is_rate = ranked[0].measure.unit, ranked[0].measure.is_rate
    head = page.line + 4 if compared else 0.0
    has_bars = not is_rate or compared is None
    room = rows.most(page, len(ranked), head=head, has_scale=not has_bars)
    rows.cut(page, len(ranked), room, "size")
    shown = list(ranked[:room])
    if marked is not None and marked not in shown:
        shown[-1] = marked
    known = [of[line].best for line in [*shown, *([compared] if compared else [])]]
    values = [value for value in known if value is not None]
    labels = [
        Label(
            name=_name(line, answer),
            short=marks.name(line, answer.question, is_short=True),
            words=marks.written(of[line], unit),
            is_lit=line == marked,
        )
        for line in shown
    ]
    axes = rows.laid_out(page, labels, values, unit, head=head, from_zero=has_bars, has_scale=not has_bars)
    has_chance = bool(compared) and _has_bases(of, ranked)
    for place, line in enumerate(shown):
        value = of[line].best
        if value is None:
            continue
        is_pale = (marked is not None and line != marked) or (marked is None and has_chance and line not in sure)
        colour = page.look.behind if is_pale else page.look.series(0)
        if not is_rate or (has_bars and (_base(of[line]) or SMALLEST_BASE) >= SMALLEST_BASE):
            axes.barh(
                [place],
                [value],
                height=0.66,
                color=colour if not so_far else page.look.ground,
                edgecolor=colour,
                linewidth=1.4,
                zorder=2,
            )
            continue
        if compared is not None:
            axes.plot([of[compared].best or 0.0, value], [place, place], color=colour, linewidth=1.8, zorder=2)
        axes.plot(
            [value],
            [place],
            marker="o",
            markersize=9,
            color=colour,
            markeredgecolor=colour,
            markeredgewidth=1.6,
            markerfacecolor=page.look.ground if so_far else colour,
            zorder=3,
            clip_on=False,
        )
    if compared is not None:
        _line_of_all(
            page,
            axes,
            value=of[compared].best or 0.0,
            words=f"{_name(compared, answer, is_all=True)} {changes.cell(of[compared], unit)}",
        )


def _line_of_all(page: Page, axes: Axes, *, value: float, words: str) -> None:
    """Draw England's rate, or that of all, as a line down the rows, with its name at the top."""
    axes.axvline(value, color=page.look.text, linewidth=1.1, linestyle=(0, (3, 2)), zorder=1.5)
    low, high = axes.get_xlim()
    bounds = axes.get_position()
    x = (bounds.x0 + (value - low) / (high - low) * bounds.width) * page.width
    half = page.measured(words, bold=True) / 2
    middle = min(max(x, page.left + half), page.right - half)
    page.text(middle, bounds.y1 * page.height + 2, words, bold=True, ha="center", va="bottom")


def _cloud(
    page: Page,
    answer: Trend,
    of: dict[Line, Figure],
    ranked: Sequence[Line],
    compared: Line | None,
    marked: Line | None,
    sure: set[Line],
) -> None:
    """Draw many areas as dots from the highest to the lowest; the ends, the marked one and England are named."""
    unit = ranked[0].measure.unit
    known = [line for line in ranked if of[line].value is not None]
    values = [of[line].best or 0.0 for line in known]
    left = page.widest([changes.cell(of[known[0]], unit), number(values[0] * 1.2, unit)]) + 8
    words = f"England {changes.cell(of[compared], unit)}" if compared else ""
    axes = page.axes(
        left=left, right=(page.measured(words, bold=True) + 8) if words else 6, top=page.line, bottom=page.line + 4
    )
    axes.set_xlim(-2, len(known) + 1)
    values_axis(axes, values, unit, page)
    has_chance = compared is not None and _has_bases(of, known)
    for is_lit in (False, True):
        group = [
            place for place, line in enumerate(known) if (line in sure or not has_chance) == is_lit and line != marked
        ]
        is_blue = is_lit and marked is None
        axes.plot(
            group,
            [values[place] for place in group],
            linestyle="none",
            marker="o",
            markersize=5 if page.is_narrow else 6,
            color=page.look.series(0) if is_blue else page.look.behind,
            markeredgecolor=page.look.ground,
            markeredgewidth=0.5,
            zorder=2 + is_lit,
        )
    axes.set_xticks([0, len(known) - 1], ["Highest", "Lowest"])
    for tick, side in zip(axes.get_xticklabels(), ("left", "right"), strict=True):
        tick.set(ha=side)
    if compared is not None:
        axes.axhline(of[compared].value or 0.0, color=page.look.text, linewidth=1.1, linestyle=(0, (3, 2)), zorder=1.5)
        bounds, (low, high) = axes.get_position(), axes.get_ylim()
        y = (bounds.y0 + ((of[compared].value or 0.0) - low) / (high - low) * bounds.height) * page.height
        page.text(page.right, y, words, bold=True, ha="right")
    named = [known[0], known[-1], *(line for line in known if line == marked)]
    for line in dict.fromkeys(named):
        place = known.index(line)
        is_marked = line == marked
        if is_marked:
            axes.plot([place], [values[place]], marker="o", markersize=10, color=page.look.series(0), zorder=5)
        elif marked in known and abs(place - known.index(marked)) < len(known) * 0.35:
            continue
        share = place / max(1, len(known) - 1)
        axes.annotate(
            f"{_name(line, answer)} {changes.cell(of[line], unit)}",
            (place, values[place]),
            (9 if share < 0.5 else -2, 8),
            textcoords="offset points",
            ha="left" if share < 0.5 else "right",
            va="bottom" if share > 0 else "center",
            fontsize=page.label,
            fontweight="bold" if is_marked else "normal",
            color=page.look.text,
            bbox={"facecolor": page.look.ground, "edgecolor": "none", "pad": 1.0, "alpha": 0.85},
            zorder=6,
            annotation_clip=False,
        )
