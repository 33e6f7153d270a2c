"""`chart impact`: what makes up a rise or fall, from one published total to the next."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from npqstats.analysis.answers import Comparison, ComparisonRow, Gap, Line, Status
from npqstats.charts import marks, rows
from npqstats.charts.change import Beside, Part, columns
from npqstats.charts.chart import Ask, Chart
from npqstats.charts.frame import Page
from npqstats.charts.rows import Label
from npqstats.errors import UsageError
from npqstats.vocabulary.measures import MEASURES
from npqstats.vocabulary.names import listed
from npqstats.vocabulary.numbers import signed
from npqstats.wording import headlines
from npqstats.wording.labels import codes

_MOST_STEPS = 9
_SMALL = 0.05
"""Where no part makes up more of the scale than this, steps would be slivers, and each bar is drawn from zero."""
_CUT = 0.1
"""Where no part moves a total by more than this share, the scale does not begin at zero, and totals are no bars."""
_NOTHING = 0.5
"""A smaller remainder of counts comes from adding up alone."""
_NAMED = 0.05
"""A part that makes up less of a change than this is not named in the headline."""


@dataclass(frozen=True, kw_only=True)
class Step:
    """One bar of a waterfall: a level from zero, or a move from one level to the next."""

    name: str
    short: str = ""
    value: float
    words: str = ""
    is_level: bool = False
    is_new: bool = False
    row: ComparisonRow | None = None


@dataclass(frozen=True)
class Whole:
    """A total that is taken apart."""

    answer: Comparison
    total: ComparisonRow
    of: list[ComparisonRow]
    """All its parts."""
    parts: list[ComparisonRow]
    """Those that are known to have moved it, or not to."""
    without: ComparisonRow | None
    """The total without courses that began or ended between the years."""


def impact(ask: Ask) -> Chart:
    """Make a chart of what makes up a change, by course or by what is asked.

    Where no part has figures of both years, the two years are drawn with and without the courses that are new or ended.

    Raises:
        UsageError: The measure does not add up, a total has no change, or no part is known.
    """
    asked = ask.question
    measure = asked.measure or MEASURES["starts"]
    if not measure.adds_up or measure.is_population or measure.unit == "%":
        can = [code for code, one in MEASURES.items() if one.adds_up and not one.is_population]
        raise UsageError(
            f"{measure.label} cannot be taken apart: they do not add up.", f"Use --measure {listed(can, 'or')}."
        )
    by = asked.by or ("course" if asked.is_national else "funding")
    answer = ask.compare(measure=measure, by=by)
    total = next((row for row in answer.rows if headlines.is_above(row.line, answer)), None)
    if total is None or total.change.size is None:
        years = f"{answer.before.label} and {answer.after.label}"
        raise UsageError(
            f"The total of {measure.label.lower()} has no change between {years}.", "Take apart other years."
        )
    of = [row for row in answer.rows if not headlines.is_above(row.line, answer)]
    parts = [row for row in of if _moved(row) is not None]
    compared = [row for row in parts if row.change.change is not None]
    marked = ask.highlighted([row.line for row in parts])
    without = _without(ask, answer, total) if by == "course" and (answer.new or answer.ended) else None
    if not compared and without is None:
        raise UsageError(
            f"No part of {measure.label.lower()} has a figure of both years, so the change cannot be taken apart.",
            "Use 'npqstats fetch' for the full files, or another --by.",
        )
    # Without a part of both years, only courses that began or ended are known.
    parts = parts if compared else [row for row in parts if row.line.course]
    unknown = [marks.name(row.line, answer.question) for row in of if _moved(row) is None] if compared else []
    few = listed(unknown) if len(unknown) < 4 else f"{len(unknown)} {headlines.NOUNS.get(by, 'parts')}"
    whole = Whole(answer, total, of, parts, without)
    steps = _steps(whole) if compared else []
    return marks.framed(
        "impact",
        answer,
        [
            (row.line, year, figure)
            for row in [total, *([without] if without else []), *(of if compared else parts)]
            for year, figure in ((answer.before, row.before), (answer.after, row.after))
            if figure.gap is not Gap.DID_NOT_EXIST and figure.is_known
        ],
        lines=[total.line],
        notes=[f"Without a known change: {few}."] if unknown else [],
        headline=headlines.of_impact(total, without, _largest(answer, total, compared, steps), answer),
        is_ranked=bool(compared),
        form="Waterfall chart" if compared else "Two columns",
        data=_data(whole, steps),
        draw=lambda page: _waterfall(page, whole, marked) if compared else _columns(page, whole),
    )


def _moved(row: ComparisonRow) -> float | None:
    """Return by how much a part moved the total: its change, or all of what began or ended between the years."""
    if row.change.change is not None:
        return row.change.change
    if row.after.value is not None and row.before.gap is Gap.DID_NOT_EXIST:
        return row.after.value
    if row.before.value is not None and row.after.gap is Gap.DID_NOT_EXIST:
        return -row.before.value
    return None


def _without(ask: Ask, answer: Comparison, total: ComparisonRow) -> ComparisonRow | None:
    """Compare the total without courses that began or ended between the years; None where that cannot be had."""
    given, years = ask.question.without, (answer.before, answer.after)
    changed = tuple(course for course in (*answer.new, *answer.ended) if course not in given)
    try:
        found = ask.compare(measure=total.line.measure, by=None, without=(*given, *changed), years=years)
    except UsageError:
        return None
    return found.rows[0] if changed and found.rows and found.rows[0].change.size is not None else None


def _largest(
    answer: Comparison, total: ComparisonRow, compared: Sequence[ComparisonRow], steps: Sequence[Step]
) -> ComparisonRow | None:
    """Find the part that moved the total most its way, in a complete set where it is alone and stands out."""
    whole = total.change.change or 0.0
    same = [row for row in compared if (row.change.change or 0.0) * whole > 0]
    same.sort(key=lambda row: -abs(row.change.change or 0.0))
    is_whole = answer.is_complete and not any(step.name.startswith("Not known") for step in steps)
    if not is_whole or not same or answer.question.by not in headlines.NOUNS:
        return None
    size = abs(same[0].change.change or 0.0)
    is_alone = len(same) < 2 or size > abs(same[1].change.change or 0.0)
    return same[0] if is_alone and size >= _NAMED * abs(whole) else None


def _steps(whole: Whole, most: int = _MOST_STEPS) -> list[Step]:
    """Lay out a change: the earlier total, what moved it, the largest first, the rest together, the later total."""
    answer, total, parts = whole.answer, whole.total, whole.parts
    change, unit, by = total.change.change or 0.0, total.line.measure.unit, answer.question.by or ""
    way, noun = 1 if change > 0 else -1, headlines.NOUNS.get(by, "others")
    ranked = sorted((row for row in parts if _moved(row)), key=lambda row: -abs(_moved(row) or 0.0))
    kept = ranked if len(ranked) <= most else ranked[: most - 1]
    rest = [_moved(row) or 0.0 for row in ranked if row not in kept]
    others = f"The other {len(rest)} {noun}"
    steps = [_step(row, answer) for row in kept]
    if rest:
        steps.append(Step(name=others, short=f"Other {len(rest)}", value=sum(rest), words=signed(sum(rest))))
    steps.sort(key=lambda step: (step.is_new, step.row is None, -way * step.value))
    left, unknown = change - sum(_moved(row) or 0.0 for row in parts), len(whole.of) - len(parts)
    if abs(left) > _NOTHING:
        what = f": {unknown} {noun}" if unknown and answer.is_complete else f" by {by.replace('-', ' ')}"
        steps.append(Step(name=f"Not known{what}", short="Not known", value=left, words=signed(left)))
    levels = [
        Step(name=year.label, value=figure.value or 0.0, words=marks.written(figure, unit), is_level=True)
        for year, figure in ((answer.before, total.before), (answer.after, total.after))
    ]
    return [levels[0], *steps, levels[1]]


def _step(row: ComparisonRow, answer: Comparison) -> Step:
    """Name a part, with what became of it where it is new, ended, split or merged."""
    fate, moved = "", _moved(row) or 0.0
    if row.change.change is None:
        was = row.before.value is not None
        kinds = {str(change.kind) for change in row.line.area.changes} if was else set()
        fate = next((f", {kind}" for kind in ("split", "merged") if kind in kinds), ", ended" if was else ", new")
    return Step(
        name=marks.name(row.line, answer.question) + fate,
        short=marks.name(row.line, answer.question, is_short=True) + fate,
        value=moved,
        words=signed(moved) + (marks.DAGGER if marks.is_reported(row.before) or marks.is_reported(row.after) else ""),
        is_new=row.status is Status.NEW,
        row=row,
    )


def _waterfall(page: Page, whole: Whole, marked: Line | None) -> None:
    """Draw the steps under each other, each from where the one before ended."""
    for most in range(_MOST_STEPS, 1, -1):
        steps = _steps(whole, most)
        labels = _labels(steps, whole.total, marked)
        if rows.fits(page, labels):
            break
    levels, level = [], 0.0
    for step in steps:
        level = step.value if step.is_level else level + step.value
        levels.append(level)
    largest = max((abs(step.value) for step in steps if step.row), default=0.0)
    scale = max(levels) - min(levels)
    is_apart = 0 < largest < _SMALL * scale
    is_cut = not is_apart and 0 < largest < _CUT * max(levels)
    if is_apart:
        # Ranked bars from zero; the totals are in the headline, and the rest is written below.
        page.foot(*(f"{step.name}: {step.words}." for step in steps if not step.row and not step.is_level))
        steps = [step for step in steps if step.row]
        labels = _labels(steps, whole.total, marked)
    values = [0.0, *([step.value for step in steps] if is_apart else levels)]
    axes, middles, heights = rows.laid_out(page, labels, values, "", from_zero=True, has_scale=False)
    if is_apart:
        axes.axvline(0, color=page.look.outline, linewidth=0.8, zorder=3)
    if is_cut:
        axes.set_xlim(min(levels) - scale * 0.06, max(levels) + scale * 0.06)
    level = 0.0
    for step, y, high in zip(steps, middles, heights, strict=True):
        start, end = (0.0, step.value) if step.is_level or is_apart else (level, level + step.value)
        if level and not is_apart:
            axes.plot([level, level], [y - high * 0.67, y], color=page.look.outline, linewidth=0.8, zorder=1)
        level = end
        colour = page.look.outline if step.is_level else page.look.series(int(step.value > 0))
        if marked is not None and not (step.row and step.row.line == marked) and not step.is_level:
            colour = page.look.behind
        if step.is_level and is_cut:
            axes.plot([end], [y], marker="D", markersize=8, color=colour, zorder=2, clip_on=False)
        else:
            axes.barh([y], [end - start], left=[start], height=rows.THICK * high, color=colour, zorder=2)


def _labels(steps: Sequence[Step], total: ComparisonRow, marked: Line | None) -> list[Label]:
    moves = marks.changes_of([(total if step.is_level else step.row or total).change for step in steps])
    return [
        Label(
            name=step.name,
            short=step.short,
            words=step.words,
            more=words if step is steps[-1] or (step.row and step.row.change.change_pct is not None) else "",
            is_bold=step.is_level,
            is_lit=bool(step.row and step.row.line == marked),
        )
        for step, words in zip(steps, moves, strict=True)
    ]


def _columns(page: Page, whole: Whole) -> None:
    """Draw two columns: all other courses, and on top of them those that one of the years did not have."""
    answer, total, without = whole.answer, whole.total, whole.without
    assert without is not None
    unit, look = total.line.measure.unit, page.look
    all_moved, others_moved = marks.changes_of([total.change, without.change])
    level = [without.before.value or 0.0, without.after.value or 0.0]
    stacks = [[Part(value, look.series(0))] for value in level]
    words = f"{marks.written(without.after, unit)}   {others_moved}"
    beside = [Beside("All other courses", words, look.series(0), level[1] / 2)]
    for row in whole.parts:
        index, step = int(row.after.value is not None), _step(row, answer)
        figure, colour = (row.before, row.after)[index], look.series(2 - index)
        words = marks.written(figure, unit) + ("" if index else f" in {answer.before.label}")
        value = figure.value or 0.0
        stacks[index].append(Part(value, colour))
        beside.append(Beside(step.short, words, colour, level[index] + value / 2))
        level[index] += value
    beside.append(Beside("All courses", all_moved, look.text, level[1] * 1.08))
    tops = [marks.written(total.before, unit), marks.written(total.after, unit)]
    columns(page, (answer.before.label, answer.after.label), stacks, tops, beside, unit)


def _data(whole: Whole, steps: Sequence[Step]) -> pl.DataFrame:
    """Make the table of data: a row a step; without steps, the total, all other courses and each that is not theirs."""
    before, after = whole.answer.before.label, whole.answer.after.label
    found: list[dict[str, Any]] = [{"Step": before, before: whole.total.before.value}] if steps else []
    for step in steps[1:-1]:
        figures = {before: step.row.before.value, after: step.row.after.value} if step.row else {}
        share = step.row.change.change_pct if step.row else None
        found.append({"Step": step.name, **figures, "Change": step.value, "Change (%)": share})
    named = [(after if steps else "All courses", whole.total)]
    if whole.without:
        left_out = f"Leaving out {codes(whole.without.line.without)}"
        named.append((left_out if steps else "All other courses", whole.without))
    named += [] if steps else [(_step(row, whole.answer).short, row) for row in whole.parts]
    for name, row in named:
        figures = {before: row.before.value, after: row.after.value}
        found.append({"Step" if steps else "Courses": name, **figures, **marks.moves(row.change)})
    return marks.table(found)
