"""`chart impact`: what makes up a rise or fall, from one published total to the next, as a waterfall."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate, pairwise
from typing import NamedTuple

from npqstats.analysis.answers import Change, Comparison, ComparisonRow, Figure, Gap, Line, Status
from npqstats.charts import marks, rows
from npqstats.charts.ask import Ask
from npqstats.charts.chart import Chart
from npqstats.charts.frame import Page
from npqstats.errors import UsageError
from npqstats.vocabulary.measures import MEASURES
from npqstats.vocabulary.names import listed
from npqstats.vocabulary.numbers import signed
from npqstats.wording import headlines

_MOST_STEPS = 9
_SMALL = 0.05
"""Where no part makes up more of the scale than this, steps would be slivers, and each bar is drawn from zero."""
_CUT = 0.1
"""Where no part moves a total by more than this share, the scale does not begin at zero, and totals are no bars."""
_NOTHING = 0.5
"""A smaller remainder of counts comes from adding up alone."""
_NAMED = 0.05
"""A part that makes up less of a change than this is not named in the headline."""


class Step(NamedTuple):
    """A bar between the totals: a part, or several together."""

    name: str
    short: str
    row: ComparisonRow
    """By how much it moved the total; of several parts without their figures."""

    @property
    def size(self) -> float:
        """By how much it moved the total."""
        return self.row.change.change or 0.0

    @property
    def is_part(self) -> bool:
        """Whether it is a single part."""
        return any(figure.is_known for figure in self.row.figures)


def impact(ask: Ask) -> Chart:
    """Make a chart of what makes up a change, by course or by what is asked.

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
    known = [row for row in map(_with_move, of) if row.change.change is not None]
    is_compared = any(row.status is Status.COMPARED for row in known)
    without = _without(ask, answer, total) if by == "course" and (answer.new or answer.ended) else None
    if not is_compared:
        # Only courses that began or ended are known, and all others together.
        if without is None:
            raise UsageError(
                f"No part of {measure.label.lower()} has a figure of both years, so the change cannot be taken apart.",
                "Use 'npqstats fetch' for the full files, or another --by.",
            )
        of = known = [without, *(row for row in known if row.line.course)]
    marked = ask.highlighted([row.line for row in known])
    unknown = [marks.name(row.line, answer.question) for row in of if row.line not in {one.line for one in known}]
    few = listed(unknown) if len(unknown) < 4 else f"{len(unknown)} {headlines.NOUNS.get(by, 'parts')}"
    named = [("All courses" if by == "course" else "All", total)]
    named += [(step.name, step.row) for step in _steps(answer, total, known)]
    if without and is_compared:
        named.append((marks.name(without.line, asked), without))
    return marks.framed(
        answer,
        [total, *([without] if without else []), *known],
        of=[total.line],
        notes=[f"Without a known change: {few}."] if unknown else [],
        headline=headlines.of_impact(total, without, _largest(answer, total, known) if is_compared else None, answer),
        is_ranked=True,
        form="Waterfall chart",
        data=marks.compared(answer, [row for _, row in named], names=[name for name, _ in named]),
        draw=lambda page: _waterfall(page, answer, total, known, marked),
    )


def _with_move(row: ComparisonRow) -> ComparisonRow:
    """Return a row by how much it moved the total: all of it where it began or ended between the years."""
    gone = Gap.DID_NOT_EXIST
    if row.change.change is None and row.after.value is not None and row.before.gap is gone:
        return replace(row, change=Change(change=row.after.value))
    if row.change.change is None and row.before.value is not None and row.after.gap is gone:
        return replace(row, change=Change(change=-row.before.value))
    return row


def _without(ask: Ask, answer: Comparison, total: ComparisonRow) -> ComparisonRow | None:
    """Compare the total without courses that began or ended between the years; None where that cannot be had."""
    given = ask.question.without
    changed = tuple(course for course in (*answer.new, *answer.ended) if course not in given)
    try:
        found = ask.compare(measure=total.line.measure, by=None, without=(*given, *changed), years=answer.years)
    except UsageError:
        return None
    return found.rows[0] if changed and found.rows and found.rows[0].change.size is not None else None


def _rest(total: ComparisonRow, known: Sequence[ComparisonRow]) -> float:
    """Work out what the known parts leave of the change of the total; 0 where that is from rounding alone."""
    rest = (total.change.change or 0.0) - sum(row.change.change or 0.0 for row in known)
    return rest if abs(rest) > _NOTHING else 0.0


def _largest(answer: Comparison, total: ComparisonRow, known: Sequence[ComparisonRow]) -> ComparisonRow | None:
    """Find the part that moved the total most its way, in a complete set where it is alone and stands out."""
    way, whole = total.change.direction, abs(total.change.change or 0.0)
    same = [row for row in known if row.status is Status.COMPARED and row.change.direction == way]
    same.sort(key=lambda row: -abs(row.change.change or 0.0))
    is_whole = answer.is_complete and not _rest(total, known)
    if not is_whole or not way or not same or answer.question.by not in headlines.NOUNS:
        return None
    size, *others = (abs(row.change.change or 0.0) for row in same)
    return same[0] if size > max(others, default=0.0) and size >= _NAMED * whole else None


def _steps(
    answer: Comparison, total: ComparisonRow, known: Sequence[ComparisonRow], most: int = _MOST_STEPS
) -> list[Step]:
    """Lay out what moved the total: the largest parts first, those that are new last, and what is left of both."""
    way, noun = total.change.direction, headlines.NOUNS.get(answer.question.by or "", "others")
    ranked = sorted((row for row in known if row.change.change), key=lambda row: -abs(row.change.change or 0.0))
    kept = ranked if len(ranked) <= most else ranked[: most - 1]
    steps = [_step(row, answer) for row in kept]
    rest = sum(row.change.change or 0.0 for row in ranked[len(kept) :])
    count = len(ranked) - len(kept)
    if count:
        steps.append(Step(f"The other {count} {noun}", f"Other {count}", _together(total, rest)))
    steps.sort(key=lambda step: (step.row.status is Status.NEW, not step.is_part, -way * step.size))
    if left := _rest(total, known):
        name = f"Not known by {(answer.question.by or '').replace('-', ' ')}"
        steps.append(Step(name, "Not known", _together(total, left)))
    return steps


def _together(total: ComparisonRow, size: float) -> ComparisonRow:
    """Make the row of several parts, of which only their change is known."""
    return replace(total, before=Figure(), after=Figure(), change=Change(change=size))


def _step(row: ComparisonRow, answer: Comparison) -> Step:
    """Name a part, with what became of it where it is new, ended, split or merged."""
    if row.line.without != answer.question.without:
        return Step("All other courses", "All others", row)
    fate, gone = "", Gap.DID_NOT_EXIST
    if row.after.gap is gone:
        kinds = {str(change.kind) for change in row.line.area.changes}
        fate = next((f", {kind}" for kind in ("split", "merged") if kind in kinds), ", ended")
    elif row.before.gap is gone:
        fate = ", new"
    long, short = (marks.name(row.line, answer.question, is_short=is_short) for is_short in (False, True))
    return Step(long + fate, short + fate, row)


def _waterfall(
    page: Page, answer: Comparison, total: ComparisonRow, known: Sequence[ComparisonRow], marked: Line | None
) -> None:
    """Draw as many steps as there is room for, each from where the one before ended, between both totals."""
    for most in range(_MOST_STEPS, 1, -1):
        steps = _steps(answer, total, known, most)
        levels = list(accumulate((step.size for step in steps), initial=total.before.value or 0.0))
        largest = max((abs(step.size) for step in steps if step.is_part), default=0.0)
        is_cut = 0 < largest < _CUT * max(levels)
        is_apart = is_cut and largest < _SMALL * (max(levels) - min(levels))
        if is_apart:
            # Ranked bars from zero; the totals are in the headline, and the rest is written below.
            drawn = _bars(page, [step for step in steps if step.is_part], [0.0] * len(levels), marked)
        else:
            first, last = (
                rows.Row(
                    name=year.label,
                    words=moved,
                    more=marks.written(figure, total.line.measure.unit),
                    is_bold=True,
                    colour=page.look.outline,
                    bar=None if is_cut else (0.0, figure.value or 0.0),
                    dots=((figure.value or 0.0, True),) if is_cut else (),
                )
                for year, figure, moved in zip(
                    answer.years, total.figures, ("", marks.moved(total.change)), strict=True
                )
            )
            drawn = [first, *_bars(page, steps, levels, marked), last]
        if rows.fits(page, drawn):
            break
    if is_apart:
        page.foot(*(f"{step.name}: {signed(step.size)}." for step in steps if not step.is_part))
    axes = rows.draw(page, drawn, "", has_scale=False)
    if is_cut and not is_apart:
        span = max(levels) - min(levels)
        axes.set_xlim(min(levels) - 0.06 * span, max(levels) + 0.04 * span)
    if is_apart:
        axes.axvline(0, color=page.look.outline, linewidth=0.8, zorder=3)
    else:
        for level, ends in zip(levels, pairwise(axes.get_yticks()), strict=True):
            axes.plot([level, level], ends, color=page.look.outline, linewidth=0.8, zorder=1)


def _bars(page: Page, steps: Sequence[Step], begins: Sequence[float], marked: Line | None) -> list[rows.Row]:
    """Lay out a bar for each step, from where it begins; an orange one for a rise."""
    return [
        rows.Row(
            name=step.name,
            short=step.short,
            words=marks.moved(step.row.change) if step.row.change.change_pct is not None else "",
            more=signed(step.size) + (marks.DAGGER if any(map(marks.is_reported, step.row.figures)) else ""),
            is_lit=step.row.line == marked,
            colour=page.look.series(int(step.size > 0)) if marked in (None, step.row.line) else page.look.behind,
            bar=(begin, begin + step.size),
        )
        for step, begin in zip(steps, begins, strict=False)
    ]
