"""`chart areas`: regions or local authorities ranked, against England; in two years, by their change."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from math import inf
from typing import Any

from npqstats.analysis.answers import Figure, Line, Status, Trend, TrendRow
from npqstats.analysis.chance import is_unusual
from npqstats.charts import data, rows
from npqstats.charts.ask import Ask
from npqstats.charts.change import of_comparison
from npqstats.charts.chart import Chart
from npqstats.charts.frame import BOLD, Page
from npqstats.errors import UsageError
from npqstats.vocabulary.measures import SMALLEST_BASE
from npqstats.wording import captions, changes, headlines

_PREFERRED = ("workforce-share", "starts")
"""Measures where none is asked for, in total or else funded: first a rate, which compares areas of different size."""
_ENOUGH = 0.75
"""The share of the areas of the fullest year that a newer year must have to be shown instead."""


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
        ask = ask.best(_PREFERRED, lambda answer: bool(_parts(answer)), fundings)
    if len(asked.years) == 2:
        return of_comparison(ask.compare(), ask)
    answer = ask.trend()
    return ranked(ask, answer, _parts(answer))


def _parts(answer: Trend) -> list[TrendRow]:
    """Return the rows below the total, as far as they have figures."""
    parts = [row for row in answer.rows if not headlines.is_above(row.line, answer)]
    return [row for row in parts if any(figure.is_known for figure in row.figures)]


def ranked(ask: Ask, answer: Trend, parts: Sequence[TrendRow]) -> Chart:
    """Make a chart of one year's figures, ranked, with the total to compare rates with.

    The year is the one that was asked for, else the newest finished one that has figures of most parts.

    Args:
        ask: For the years that were asked for, and what is to be highlighted.
        answer: What the rows are from.
        parts: Those to be ranked.

    Raises:
        UsageError: No part has a figure in that year.
    """
    asked, index = answer.question, _newest(ask, answer, parts)
    year, measure = answer.years[index], parts[0].line.measure
    in_year = {row.line: replace(row, points=(row.points[index],)) for row in answer.rows}
    of = {line: row.figures[0] for line, row in in_year.items()}
    order = sorted((row.line for row in parts if of[row.line].is_known), key=lambda line: -_value(of[line]))
    marked = ask.highlighted(order)
    above = [line for line in of if headlines.is_above(line, answer) and measure.is_rate and of[line].value is not None]
    total = next((line for line in above if line not in order), None)
    so_far = any(row.points[index].status is Status.SO_FAR for row in parts)
    pale = [line for line in order if total and not _is_apart(of[line], of[total])]
    noun, whole = headlines.NOUNS.get(asked.by or "", "groups"), "England" if asked.level else "All"
    named = dict(zip(order, data.unique([captions.name(line, asked) for line in order]), strict=True))
    named |= {total: whole} if total else {}
    chance = f"{len(pale)} of {len(order)} {noun} differ from {whole.replace('All', 'all')} by no more than chance."
    values = [_value(of[line]) for line in order]
    if asked.level:
        headline = headlines.of_areas([(line, of[line]) for line in order], answer, year, marked, so_far=so_far)
    else:
        headline = headlines.of_trend(replace(answer, years=(year,), rows=tuple(in_year.values())))
    return Chart(
        caption=captions.caption(
            replace(answer, years=(year,)),
            [in_year[line] for line in dict.fromkeys([*order, *(row.line for row in parts)])],
            more=[of[total]] if total else [],
            notes=[
                ("" if marked else "Pale: ") + chance if pale else "",
                "" if measure.is_rate or not asked.level else "These are counts: larger areas have more.",
            ],
            marked=marked,
        ),
        headline=headline,
        is_ranked=True,
        form="Ranked dot chart" if measure.is_rate else "Ranked bar chart",
        data=data.table(
            [
                {noun.capitalize(): name, f"{measure.label}, {year.label}": of[line].value}
                | ({"Rank": 1 + sum(value > _value(of[line]) for value in values)} if line != total else {})
                | ({"More than chance from all": "no" if line in pale else "yes"} if pale and line != total else {})
                for line, name in named.items()
            ]
        ),
        draw=lambda page: _draw(page, named, of, total, marked, pale, so_far=so_far),
    )


def _newest(ask: Ask, answer: Trend, parts: Sequence[TrendRow]) -> int:
    """Choose the year to be shown, by its position."""
    asked, last = ask.question, len(answer.years) - 1
    known = {
        index: sum(row.figures[index].is_known for row in parts)
        for index in ([last] if asked.years else range(last + 1))
        if asked.years or asked.include_unripe or all(row.points[index].status is not Status.SO_FAR for row in parts)
    }
    if not any(known.values()):
        raise UsageError(
            "There is no finished figure to be ranked.", "Name another year, or see 'npqstats list areas'."
        )
    return max(index for index, count in known.items() if count >= _ENOUGH * max(known.values()))


def _value(figure: Figure) -> float:
    return -inf if figure.best is None else figure.best


def _is_apart(figure: Figure, whole: Figure) -> bool:
    """Whether a rate is further from that of all than chance carries it, or on how many it is of is not loaded."""
    base = captions.count(figure, 1)
    return not base or is_unusual(_value(figure), base, _value(whole))


def _draw(
    page: Page,
    named: Mapping[Line, str],
    of: Mapping[Line, Figure],
    total: Line | None,
    marked: Line | None,
    pale: Collection[Line],
    *,
    so_far: bool,
) -> None:
    """Draw a row for each area or group: a bar of a count, a dot of a rate, against the total where there is one."""
    measure, whole = next(iter(named)).measure, of[total].best if total else None

    def row(line: Line) -> rows.Row:
        figure, value = of[line], of[line].best
        is_grey = line != marked if marked is not None else line in pale
        has_bar = not measure.is_rate or (not total and (captions.count(figure, 1) or SMALLEST_BASE) >= SMALLEST_BASE)
        shape: dict[str, Any] = {}
        if value is not None:
            shape = {"bar": (0.0, value)} if has_bar else {"dots": ((value, not so_far),)}
            shape |= {"stem": (whole, value)} if whole is not None else {}
        return rows.Row(
            name=named[line],
            short=line.course.code or "" if line.course else "",
            words=captions.written(figure, measure.unit),
            is_lit=line == marked,
            colour=page.look.behind if is_grey else page.look.series(0),
            is_open=so_far,
            **shape,
        )

    head = page.line + 4 if total else 0.0
    drawn = [row(line) for line in named if line != total]
    axes = rows.draw(page, drawn, measure.unit, head=head, has_scale=total is not None)
    if total and whole is not None:
        axes.axvline(whole, color=page.look.text, linewidth=1.1, linestyle=(0, (3, 2)), zorder=1.5)
        words = f"{named[total]} {changes.cell(of[total], measure.unit)}"
        half, (x, _) = page.measured(words, BOLD) / 2, axes.transData.transform((whole, 0))
        x = min(max(x, page.left + half), page.right - half)
        page.text(x, axes.bbox.y1 + 2, words, BOLD, ha="center", va="bottom")
