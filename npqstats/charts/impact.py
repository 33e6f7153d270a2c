"""`chart impact`: what makes up a rise or fall, from one published total to the next."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from npqstats.analysis.answers import Comparison, ComparisonRow, Gap, Status
from npqstats.charts import marks, rows
from npqstats.charts.chart import Ask, Chart
from npqstats.charts.frame import Page
from npqstats.charts.rows import Label
from npqstats.charts.spread import spread
from npqstats.charts.trend import readable, tick_label, values_axis
from npqstats.errors import UsageError
from npqstats.vocabulary.measures import MEASURES
from npqstats.vocabulary.names import listed
from npqstats.vocabulary.numbers import signed
from npqstats.wording import changes, headlines
from npqstats.wording.labels import codes

_MOST_STEPS = 9
_SMALL = 0.1
"""Where no part moves a total by more than this share, steps would be slivers, and each is drawn from zero."""
_NOTHING = 0.5
"""A smaller remainder of counts comes from adding up alone."""
_NAMED = 0.05
"""A part that makes up less of a change than this is not named in the headline."""


@dataclass(frozen=True, kw_only=True)
class Step:
    """One bar of a waterfall: a level from zero, or a move from one level to the next."""

    name: str
    short: str
    value: float
    words: str
    more: str = ""
    """The rate of change."""
    is_level: bool = False
    is_new: bool = False
    row: ComparisonRow | None = None


def impact(ask: Ask) -> Chart:
    """Make a chart of what makes up a change, by course or by what is asked.

    Where no part has figures of both years, the two years are drawn with and without the courses that are new.

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
    parts = [row for row in of if row.change.change is not None or _moved(row) is not None]
    new = [row for row in parts if row.status is Status.NEW and row.line.course]
    compared = [row for row in parts if row.change.change is not None]
    ask.highlighted([row.line for row in parts])
    without = _without(ask, answer, total) if by == "course" and (answer.new or answer.ended) else None
    if not compared and (without is None or without.change.size is None):
        raise UsageError(
            f"No part of {measure.label.lower()} has a figure of both years, so the change cannot be taken apart.",
            "Use 'npqstats fetch' for the full files, or another --by.",
        )
    used = [total, *(of if compared else new), *([without] if without else [])]
    figures = [
        (f"{marks.name(row.line, answer.question)} {year.label}", figure)
        for row in used
        for year, figure in ((answer.before, row.before), (answer.after, row.after))
        if figure.gap is not Gap.DID_NOT_EXIST and (figure.is_known or compared)
    ]
    told = [f"{changes.cell(total.before, measure.unit)} in {answer.before.label}"]
    told.append(f"{changes.cell(total.after, measure.unit)} in {answer.after.label}")
    if without:
        told.append(f"{changes.cell(without.after, measure.unit)} leaving out {codes(without.line.without)}")
    steps = _steps(answer, total, parts, of) if compared else []
    data = _data(answer, total, steps, without) if compared else _data_of_new(answer, total, new, without)
    return Chart(
        kind="impact",
        headline=headlines.of_impact(total, without, _largest(answer, total, compared, steps), answer),
        counted=marks.counted(answer, [total.line], answer.before, answer.after),
        form="Waterfall chart" if compared else "Two columns",
        figures=", ".join(told),
        notes=marks.notes(
            [pair for pair in figures if pair[1].is_known],
            measure.unit,
            _unknown(of, answer) if compared else "",
        ),
        source=marks.source(answer.release, marks.cells(figure for _, figure in figures)),
        data=data,
        draw=lambda page: (
            _waterfall(page, ask, steps, total) if compared else _columns(page, answer, total, new, without)
        ),
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
    changed = tuple(course for course in (*answer.new, *answer.ended) if course not in ask.question.without)
    try:
        found = ask.compare(
            measure=total.line.measure,
            by=None,
            without=(*ask.question.without, *changed),
            years=(answer.before, answer.after),
        )
    except UsageError:
        return None
    return found.rows[0] if changed and found.rows and found.rows[0].change.size is not None else None


def _largest(
    answer: Comparison, total: ComparisonRow, compared: Sequence[ComparisonRow], steps: Sequence[Step]
) -> ComparisonRow | None:
    """Find the part that moved the total most its way, in a complete set where it is alone and stands out."""
    whole = total.change.change or 0.0
    same = sorted(
        (row for row in compared if (row.change.change or 0.0) * whole > 0),
        key=lambda row: -abs(row.change.change or 0.0),
    )
    is_whole = answer.is_complete and not any(step.name.startswith("Not known") for step in steps)
    if not is_whole or not same or answer.question.by not in headlines.NOUNS:
        return None
    size = abs(same[0].change.change or 0.0)
    is_alone = len(same) < 2 or size > abs(same[1].change.change or 0.0)
    return same[0] if is_alone and size >= _NAMED * abs(whole) else None


def _steps(
    answer: Comparison, total: ComparisonRow, parts: Sequence[ComparisonRow], of: Sequence[ComparisonRow]
) -> list[Step]:
    """Lay out a change: the earlier total, what moved it, the largest first, the rest together, the later total."""
    change = total.change.change or 0.0
    way = 1 if change > 0 else -1
    ranked = sorted(parts, key=lambda row: -abs(_moved(row) or 0.0))
    kept = ranked if len(ranked) <= _MOST_STEPS else ranked[: _MOST_STEPS - 1]
    rest = [row for row in ranked if row not in kept]
    kept.sort(key=lambda row: (_is_new(row), -way * (_moved(row) or 0.0)))
    noun = headlines.NOUNS.get(answer.question.by or "", "others")
    steps = [_level(answer.before.label, total.before.value, marks.written(total.before, total.line.measure.unit))]
    steps += [_step(row, answer) for row in kept if _moved(row)]
    if rest:
        moved = sum(_moved(row) or 0.0 for row in rest)
        steps.insert(
            1 + sum(not step.is_new for step in steps[1:]),
            Step(name=f"The other {len(rest)} {noun}", short=f"Other {len(rest)}", value=moved, words=signed(moved)),
        )
    left = change - sum(_moved(row) or 0.0 for row in parts)
    if abs(left) > _NOTHING:
        unknown = len(of) - len(parts)
        name = (
            f"Not known by {marks_by(answer)}"
            if not unknown or not answer.is_complete
            else f"Not known: {unknown} {noun}"
        )
        steps.append(Step(name=name, short="Not known", value=left, words=signed(left)))
    return [
        *steps,
        _level(
            answer.after.label,
            total.after.value,
            marks.written(total.after, total.line.measure.unit),
            marks.change_of(total.change),
        ),
    ]


def marks_by(answer: Comparison) -> str:
    """Name what a total is taken apart by."""
    return (answer.question.by or "part").replace("-", " ")


def _level(name: str, value: float | None, words: str, more: str = "") -> Step:
    return Step(name=name, short=name, value=value or 0.0, words=words, more=more, is_level=True)


def _is_new(row: ComparisonRow) -> bool:
    return row.status is Status.NEW


def _step(row: ComparisonRow, answer: Comparison) -> Step:
    """Name a part by what became of it: a new course, an area that split or merged, or its rate of change."""
    name, short = (marks.name(row.line, answer.question, is_short=is_short) for is_short in (False, True))
    moved = _moved(row) or 0.0
    words = signed(moved) + (marks.DAGGER if marks.is_reported(row.before) or marks.is_reported(row.after) else "")
    more = marks.change_of(row.change) if row.change.change_pct is not None else ""
    fate = ""
    if row.change.change is None:
        kinds = {change.kind for change in row.line.area.changes}
        is_gone = row.before.value is not None
        fate = "split" if "split" in kinds and is_gone else "merged" if "merged" in kinds and is_gone else ""
        fate = fate or ("ended" if is_gone else "new")
    return Step(
        name=f"{name}, {fate}" if fate else name,
        short=f"{short}, {fate}" if fate else short,
        value=moved,
        words=words,
        more=more,
        is_new=_is_new(row),
        row=row,
    )


def _unknown(of: Sequence[ComparisonRow], answer: Comparison) -> str:
    unknown = [row for row in of if _moved(row) is None]
    names = [marks.name(row.line, answer.question) for row in unknown]
    noun = headlines.NOUNS.get(answer.question.by or "", "parts")
    return f"Without a known change: {listed(names) if len(names) < 4 else f'{len(names)} {noun}'}." if names else ""


def _waterfall(page: Page, ask: Ask, steps: Sequence[Step], total: ComparisonRow) -> None:
    """Draw the steps under each other, each from where the one before ended."""
    room = rows.most(page, len(steps), has_scale=False)
    shown = list(steps)
    while len(shown) > max(room, 4):
        # The two smallest moves become one.
        moves = [step for step in shown if not step.is_level]
        small = sorted(moves, key=lambda step: abs(step.value))[:2]
        at = min(shown.index(one) for one in small)
        value = sum(one.value for one in small)
        shown = [step for step in shown if step not in small]
        shown.insert(at, Step(name="Others", short="Others", value=value, words=signed(value)))
    marked = ask.highlighted([step.row.line for step in steps if step.row]) if ask.highlight else None
    labels = [
        Label(
            name=one.name,
            short=one.short,
            words=one.words,
            more=one.more,
            is_bold=one.is_level,
            is_lit=bool(one.row and one.row.line == marked),
        )
        for one in shown
    ]
    unit = total.line.measure.unit
    sizes = [abs(step.value) for step in shown if step.row]
    is_apart = max(sizes, default=0.0) < _SMALL * max(_levels(shown))
    values = [step.value for step in shown if step.row] if is_apart else _levels(shown)
    axes = rows.laid_out(page, labels, [0.0, *values], unit, from_zero=True, has_scale=False)
    if is_apart:
        axes.axvline(0, color=page.look.outline, linewidth=0.8, zorder=3)
    level = 0.0
    for place, step in enumerate(shown):
        start, end = (0.0, step.value) if step.is_level else (level, level + step.value)
        before, level = level, end
        if is_apart and not step.row:
            continue
        colour = page.look.outline if step.is_level else page.look.series(int(step.value > 0))
        if marked is not None and not (step.row and step.row.line == marked) and not step.is_level:
            colour = page.look.behind
        axes.barh([place], [end - start], left=[0.0 if is_apart else start], height=0.66, color=colour, zorder=2)
        if place and not is_apart:
            axes.plot([before, before], [place - 0.67, place - 0.33], color=page.look.outline, linewidth=0.8, zorder=1)


def _levels(steps: Sequence[Step]) -> list[float]:
    level, found = 0.0, []
    for step in steps:
        level = step.value if step.is_level else level + step.value
        found.append(level)
    return found


def _columns(
    page: Page, answer: Comparison, total: ComparisonRow, new: Sequence[ComparisonRow], without: ComparisonRow | None
) -> None:
    """Draw two columns; the later one of all other courses with the new ones on top."""
    assert without is not None
    unit = total.line.measure.unit
    others = without.after.value or 0.0
    stack = [
        ("All other courses", f"{marks.written(without.after, unit)}   {marks.change_of(without.change)}", others, 0)
    ]
    stack += [
        (
            f"{codes((row.line.course,)) if row.line.course else ''}, new",
            marks.written(row.after, unit),
            row.after.value or 0.0,
            1,
        )
        for row in new
    ]
    whole = ("All courses", marks.change_of(total.change), total.after.value or 0.0, 2)
    named = [*stack, whole]
    # A low picture has name and figures on one line.
    is_low = page.top - page.bottom - page.line - 4 < len(named) * (2 * page.line + 6)
    beside = [page.measured(f"{name}  ", bold=True) if is_low else 0.0 for name, *_ in named]
    right = page.widest([name for name, *_ in named], bold=True)
    ends = [start + page.measured(words) for start, (_, words, *_) in zip(beside, named, strict=True)]
    right = max(right, *ends) + 14
    first = marks.written(total.before, unit)
    left = page.widest([tick_label((total.before.value or 0.0) * 1.3, unit)]) + 8
    axes = page.axes(left=left, right=right, top=page.line + 8, bottom=page.line + 4)
    values_axis(axes, [0.0, total.before.value or 0.0, total.after.value or 0.0], unit, page)
    axes.set_xlim(-0.55, 1.38)
    axes.set_xticks([0, 1], [answer.before.label, answer.after.label])
    before = axes.bar([0], [total.before.value or 0.0], width=0.66, color=page.look.series(0), zorder=2)
    axes.bar_label(before, [first], padding=3, fontsize=page.label + 1, fontweight="bold", color=page.look.text)
    level, middles = 0.0, []
    for place, (_, _, value, series) in enumerate(stack):
        axes.bar(
            [1],
            [value],
            bottom=[level],
            width=0.66,
            color=page.look.series(series),
            edgecolor=page.look.ground,
            linewidth=1.0 if place else 0.0,
            zorder=2,
        )
        middles.append(level + value / 2)
        level += value
    top = axes.bar([1], [level], width=0.66, color="none", zorder=3)
    axes.bar_label(
        top,
        [marks.written(total.after, unit)],
        padding=3,
        fontsize=page.label + 1,
        fontweight="bold",
        color=page.look.text,
    )
    low, high = axes.get_ylim()
    bounds = axes.get_position()
    tall = float(bounds.height) * page.height
    at = [(middle - low) / (high - low) * tall for middle in middles]
    at.append((level - low) / (high - low) * tall + page.line * 1.4)
    found = spread(at, [(1 if is_low else 2) * page.line + 6] * len(at), 0.0, tall + page.line)
    apart = 0.0 if is_low else page.line / 2
    for (name, words, _, series), y, start in zip(named, found, beside, strict=True):
        x, middle = float(bounds.x1) * page.width + 6, float(bounds.y0) * page.height + y
        colour = page.look.text if series == 2 else readable(page.look.series(series), page)
        page.text(x, middle + apart, name, bold=True, colour=colour)
        page.text(x + start, middle - apart, words)


def _data(
    answer: Comparison, total: ComparisonRow, steps: Sequence[Step], without: ComparisonRow | None
) -> pl.DataFrame:
    before, after = answer.before.label, answer.after.label
    rows_ = [{"Step": steps[0].name, before: steps[0].value}]
    rows_ += [
        {
            "Step": step.name,
            before: step.row.before.value if step.row else None,
            after: step.row.after.value if step.row else None,
            "Change": step.value,
            "Change (%)": step.row.change.change_pct if step.row else None,
        }
        for step in steps[1:-1]
    ]
    named = [(f"Leaving out {codes(without.line.without)}", without)] if without else []
    for name, row in [(steps[-1].name, total), *named]:
        rows_.append({"Step": name, before: row.before.value, after: row.after.value} | marks.moves(row.change))
    return marks.table(rows_)


def _data_of_new(
    answer: Comparison, total: ComparisonRow, new: Sequence[ComparisonRow], without: ComparisonRow | None
) -> pl.DataFrame:
    named = [("All courses", total), *([("All other courses", without)] if without else [])]
    named += [(f"{codes((row.line.course,)) if row.line.course else row.line.group_label}, new", row) for row in new]
    return marks.table(
        [
            {"Courses": name, answer.before.label: row.before.value, answer.after.label: row.after.value}
            | marks.moves(row.change)
            for name, row in named
        ]
    )
