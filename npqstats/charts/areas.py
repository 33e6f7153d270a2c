"""`chart areas`: regions or local authorities ranked, against England; in two years, by their change."""

from collections.abc import Sequence
from dataclasses import replace
from math import sqrt

from npqstats.analysis.answers import Figure, Line, Status, Trend, TrendRow
from npqstats.charts import marks, rows
from npqstats.charts.change import of_comparison
from npqstats.charts.chart import Ask, Chart
from npqstats.charts.frame import Page
from npqstats.charts.rows import Label
from npqstats.errors import UsageError
from npqstats.wording import changes, headlines

_PREFERRED = ("workforce-share", "starts")
"""Measures where none is asked for, in total or else funded: first a rate, which compares areas of different size."""
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
    if asked.measure is None:
        fundings = (asked.funding,) if asked.funding else (None, "funded")
        ask = ask.first_of(_PREFERRED, lambda answer: bool(_parts(answer)), fundings) or ask
    if len(asked.years) == 2:
        return of_comparison(ask.compare(), ask, "areas")
    answer = ask.trend()
    return ranked_dots(ask, answer, _parts(answer), kind="areas")


def _parts(answer: Trend) -> list[TrendRow]:
    """Return the rows below the total, as far as they have figures."""
    parts = [row for row in answer.rows if not headlines.is_above(row.line, answer)]
    return [row for row in parts if any(point.figure.is_known for point in row.points)]


def ranked_dots(ask: Ask, answer: Trend, parts: Sequence[TrendRow], *, kind: str) -> Chart:
    """Make a chart of one year's figures, ranked, with the total to compare rates with.

    The year is the one that was asked for, else the newest finished one that has figures of most parts.

    Args:
        ask: For the years that were asked for, and what is to be highlighted.
        answer: What the rows are from.
        parts: Those to be ranked.
        kind: Of the chart.

    Raises:
        UsageError: No part has a figure in that year.
    """
    asked, is_any = answer.question, bool(ask.question.years or ask.question.include_unripe)
    known = {
        index: sum(row.points[index].figure.is_known for row in parts)
        for index in range(len(answer.years))
        if is_any or all(row.points[index].status is not Status.SO_FAR for row in parts)
    }
    if ask.question.years:
        known = {index: count for index, count in known.items() if index == len(answer.years) - 1}
    if not any(known.values()):
        raise UsageError(
            "There is no finished figure to be ranked.", "Name another year, or see 'npqstats list areas'."
        )
    index = max(one for one, count in known.items() if count >= _ENOUGH * max(known.values()))
    year, measure = answer.years[index], parts[0].line.measure
    of = {row.line: row.points[index].figure for row in answer.rows}
    ranked = sorted((row.line for row in parts if of[row.line].is_known), key=lambda line: -_value(of[line]))
    marked = ask.highlighted(ranked)
    above = [line for line in of if headlines.is_above(line, answer) and measure.is_rate and of[line].value is not None]
    total = next((line for line in above if line not in ranked), None)
    so_far = any(row.points[index].status is Status.SO_FAR for row in parts)
    has_chance = total is not None and any(_base(of[line]) for line in ranked)
    sure = {line for line in ranked if total and _is_sure(of[line], of[total])}
    noun, whole = headlines.NOUNS.get(asked.by or "", "groups"), "England" if asked.level else "All"
    named = dict(zip(ranked, marks.unique([marks.name(line, asked) for line in ranked]), strict=True))
    named |= {total: whole} if total else {}
    values = [_value(of[line]) for line in ranked]
    in_year = [replace(row, points=(row.points[index],)) for row in answer.rows]
    return marks.framed(
        kind,
        answer,
        [(line, year, of[line]) for line in dict.fromkeys([*ranked, *(row.line for row in parts)])],
        more=[of[total]] if total else [],
        unfinished={year} if so_far else (),
        notes=[
            _chance(len(ranked), len(sure), noun, whole.lower() if whole == "All" else whole, is_pale=marked is None)
            if has_chance
            else "",
            "" if measure.is_rate or not asked.level else "These are counts: larger areas have more.",
        ],
        marked=marked,
        headline=headlines.of_areas([(line, of[line]) for line in ranked], answer, year, marked, so_far=so_far)
        if asked.level
        else headlines.of_trend(replace(answer, years=(year,), rows=tuple(in_year))),
        is_ranked=True,
        form="Ranked dot chart" if measure.is_rate else "Ranked bar chart",
        data=marks.table(
            [
                {
                    noun.capitalize(): name,
                    f"{measure.label}, {year.label}": of[line].value,
                    "Rank": 1 + sum(value > _value(of[line]) for value in values)
                    if line != total and of[line].value is not None
                    else None,
                    "More than chance from all": ("yes" if line in sure else "no") if sure and line != total else None,
                }
                for line, name in named.items()
            ]
        ),
        draw=lambda page: _draw(page, named, of, total, marked, sure if has_chance else None, so_far=so_far),
    )


def _value(figure: Figure) -> float:
    return figure.best if figure.best is not None else float("-inf")


def _base(figure: Figure) -> float | None:
    counts = figure.cells[1:3]
    return counts[1].value if len(counts) == 2 else None


def _is_sure(figure: Figure, whole: Figure) -> bool:
    """Whether a rate is further from that of all than chance would carry it, by its binomial standard error."""
    base, value = _base(figure), figure.best
    if not base or value is None or whole.best is None:
        return False
    share = whole.best / 100
    error = 100 * sqrt(max(share * (1 - share), 1e-9) / base)
    return abs(value - whole.best) > _SURE * error


def _chance(count: int, sure: int, noun: str, whole: str, *, is_pale: bool) -> str:
    """Say how many differ from the total by no more than chance, and whether these are the pale ones."""
    if sure == count:
        return f"All differ from {whole} by more than chance (two standard errors)."
    if not sure:
        return f"{'Pale: none' if is_pale else 'None'} of the {count} {noun} differs from {whole} by more than chance."
    pale = "Pale: " if is_pale else ""
    return f"{pale}{count - sure} of {count} {noun} differ from {whole} by no more than chance."


def _draw(
    page: Page,
    named: dict[Line, str],
    of: dict[Line, Figure],
    total: Line | None,
    marked: Line | None,
    sure: set[Line] | None,
    *,
    so_far: bool,
) -> None:
    """Draw a row for each area or group: a bar of a count, a dot of a rate, against the total where there is one."""
    measure, ranked = next(iter(named)).measure, [line for line in named if line != total]
    whole = of[total].best if total else None
    labels = [
        Label(
            name=named[line],
            short=line.course.code or "" if line.course else "",
            words=marks.written(of[line], measure.unit),
            is_lit=line == marked,
        )
        for line in ranked
    ]
    values = [value for line in named if (value := of[line].best) is not None]
    has_bars, head = total is None, 0.0 if total is None else page.line + 4
    axes, middles, heights = rows.laid_out(
        page, labels, values, measure.unit, head=head, from_zero=has_bars, has_scale=not has_bars
    )
    for line, y, high in zip(ranked, middles, heights, strict=True):
        value = of[line].best
        if value is None:
            continue
        is_pale = line != marked if marked is not None else sure is not None and line not in sure
        colour = page.look.behind if is_pale else page.look.series(0)
        face = page.look.ground if so_far else colour
        if not measure.is_rate or (has_bars and (_base(of[line]) or SMALLEST_BASE) >= SMALLEST_BASE):
            thick = min(rows.THICK * high, max(high - 0.5, 0.6))
            outline = {"edgecolor": colour, "linewidth": min(1.4, high / 8)}
            axes.barh([y], [value], height=thick, color=face, zorder=2, **outline)
            continue
        if whole is not None and high > 6:
            axes.plot([whole, value], [y, y], color=colour, linewidth=1.8, zorder=2)
        edge = page.look.outline if is_pale and marked is None else colour
        size = min(9.0, max(high, 4.0))
        axes.plot([value], [y], zorder=3 + (not is_pale), **rows.mark(edge, face, size))
    if total is not None and whole is not None:
        axes.axvline(whole, color=page.look.text, linewidth=1.1, linestyle=(0, (3, 2)), zorder=1.5)
        words = f"{named[total]} {changes.cell(of[total], measure.unit)}"
        half = page.measured(words, bold=True) / 2
        x = min(max(page.at(axes, whole, 0)[0], page.left + half), page.right - half)
        page.text(x, page.room(axes)[3] + 2, words, bold=True, ha="center", va="bottom")
