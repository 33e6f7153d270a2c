"""`chart impact`: what makes up a rise or fall, from one published total to the next, as a waterfall."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import accumulate, pairwise
from typing import NamedTuple

from npqstats.analysis.answers import Change, Comparison, ComparisonRow, Figure, Gap, Line, Status
from npqstats.charts import data, rows
from npqstats.charts.ask import Ask
from npqstats.charts.chart import Chart
from npqstats.charts.frame import Page
from npqstats.errors import UsageError
from npqstats.vocabulary.measures import MEASURES
from npqstats.vocabulary.names import listed
from npqstats.vocabulary.numbers import signed
from npqstats.wording import captions, headlines

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
    """A bar between the totals: a part, or several together, of which only the change is known."""

    name: str
    short: str
    row: ComparisonRow

    @property
    def size(self) -> float:
        """By how much it moved the total."""
        return _size(self.row)

    @property
    def is_part(self) -> bool:
        """Whether it is a single part."""
        return any(figure.is_known for figure in self.row.figures)


def _size(row: ComparisonRow) -> float:
    return row.change.change or 0.0


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
    unknown = [captions.name(row.line, answer.question) for row in of if row.line not in {one.line for one in known}]
    few = listed(unknown) if len(unknown) < 4 else f"{len(unknown)} {headlines.NOUNS.get(by, 'parts')}"
    named = [("All courses" if by == "course" else "All", total)]
    named += [(step.name, step.row) for step in _steps(answer, total, known)]
    if without and is_compared:
        named.append((captions.name(without.line, asked), without))
    return Chart(
        caption=captions.caption(
            answer,
            [total, *([without] if without else []), *known],
            of=[total.line],
            notes=[f"Without a known change: {few}."] if unknown else [],
        ),
        headline=headlines.of_impact(total, without, _largest(answer, total, known) if is_compared else None, answer),
        is_ranked=True,
        form="Waterfall chart",
        data=data.compared(answer, [row for _, row in named], names=[name for name, _ in named]),
        draw=lambda page: _waterfall(page, answer, total, known, marked),
    )


def _with_move(row: ComparisonRow) -> ComparisonRow:
    """Return a row by how much it moved the total: all of it where it began or ended between the years."""
    (before, after), gaps = (figure.value for figure in row.figures), {figure.gap for figure in row.figures}
    if row.change.change is not None or Gap.DID_NOT_EXIST not in gaps or (before, after) == (None, None):
        return row
    return replace(row, change=Change(change=(after or 0.0) - (before or 0.0)))


def _without(ask: Ask, answer: Comparison, total: ComparisonRow) -> ComparisonRow | None:
    """Compare the total without courses that began or ended between the years; None where that cannot be had."""
    without = tuple(dict.fromkeys([*ask.question.without, *answer.new, *answer.ended]))
    if without == ask.question.without:
        return None
    with suppress(UsageError):
        (row,) = ask.compare(measure=total.line.measure, by=None, without=without, years=answer.years).rows
        return row if row.change.size is not None else None
    return None


def _rest(total: ComparisonRow, known: Sequence[ComparisonRow]) -> float:
    """Work out what the known parts leave of the change of the total; 0 where that is from rounding alone."""
    rest = _size(total) - sum(map(_size, known))
    return rest if abs(rest) > _NOTHING else 0.0


def _largest(answer: Comparison, total: ComparisonRow, known: Sequence[ComparisonRow]) -> ComparisonRow | None:
    """Find the part that moved the total most its way, in a complete set where it is alone and stands out."""
    same = [row for row in known if row.status is Status.COMPARED and row.change.direction == total.change.direction]
    same.sort(key=lambda row: abs(_size(row)))
    *others, size = [0.0, *(abs(_size(row)) for row in same)]
    stands_out = size > max(others, default=0.0) and size >= _NAMED * abs(_size(total))
    is_whole = answer.is_complete and answer.question.by in headlines.NOUNS and not _rest(total, known)
    return same[-1] if is_whole and stands_out else None


def _steps(
    answer: Comparison, total: ComparisonRow, known: Sequence[ComparisonRow], most: int = _MOST_STEPS
) -> list[Step]:
    """Lay out what moved the total: the largest parts first, those that are new last, and what is left of both."""

    def together(name: str, short: str, size: float) -> Step:
        return Step(name, short, replace(total, before=Figure(), after=Figure(), change=Change(change=size)))

    ranked = sorted(filter(_size, known), key=lambda row: -abs(_size(row)))
    kept = ranked if len(ranked) <= most else ranked[: most - 1]
    steps = [_step(row, answer) for row in kept]
    if others := ranked[len(kept) :]:
        noun = headlines.NOUNS.get(answer.question.by or "", "others")
        name = f"The other {len(others)} {noun}"
        steps.append(together(name, f"Other {len(others)}", sum(map(_size, others))))
    way = total.change.direction
    steps.sort(key=lambda step: (step.row.status is Status.NEW, not step.is_part, -way * step.size))
    if left := _rest(total, known):
        by = (answer.question.by or "").replace("-", " ")
        steps.append(together(f"Not known by {by}", "Not known", left))
    return steps


def _step(row: ComparisonRow, answer: Comparison) -> Step:
    """Name a part, with what became of it where it is new, ended, split or merged."""
    if row.line.without != answer.question.without:
        return Step("All other courses", "All others", row)
    fate = ", new" if row.before.gap is Gap.DID_NOT_EXIST else ""
    if row.after.gap is Gap.DID_NOT_EXIST:
        kinds = {str(change.kind) for change in row.line.area.changes}
        fate = next((f", {kind}" for kind in ("split", "merged") if kind in kinds), ", ended")
    long, short = (captions.name(row.line, answer.question, is_short=is_short) for is_short in (False, True))
    return Step(long + fate, short + fate, row)


def _waterfall(
    page: Page, answer: Comparison, total: ComparisonRow, known: Sequence[ComparisonRow], marked: Line | None
) -> None:
    """Draw as many steps as there is room for, each from where the one before ended, between both totals."""
    for most in range(_MOST_STEPS, 1, -1):
        steps = _steps(answer, total, known, most)
        levels = list(accumulate((step.size for step in steps), initial=total.before.value or 0.0))
        low, high = min(levels), max(levels)
        largest = max((abs(step.size) for step in steps if step.is_part), default=0.0)
        is_cut = 0 < largest < _CUT * high
        is_apart = is_cut and largest < _SMALL * (high - low)
        if is_apart:
            # Ranked bars from zero; the totals are in the headline, and the rest is written below.
            drawn = [_bar(page, step, 0.0, marked) for step in steps if step.is_part]
        else:
            ends = [
                rows.Row(
                    name=year.label,
                    words=captions.moved(total.change) if year == answer.after else "",
                    more=captions.written(figure, total.line.measure.unit),
                    is_bold=True,
                    colour=page.look.outline,
                    bar=None if is_cut else (0.0, figure.value or 0.0),
                    dots=((figure.value or 0.0, True),) if is_cut else (),
                )
                for year, figure in zip(answer.years, total.figures, strict=True)
            ]
            bars = (_bar(page, step, begin, marked) for step, begin in zip(steps, levels, strict=False))
            drawn = [ends[0], *bars, ends[1]]
        if rows.fits(page, drawn):
            break
    if is_apart:
        page.foot(*(f"{step.name}: {signed(step.size)}." for step in steps if not step.is_part))
    axes = rows.draw(page, drawn, "", has_scale=False)
    if is_apart:
        axes.axvline(0, color=page.look.outline, linewidth=0.8, zorder=3)
        return
    if is_cut:
        axes.set_xlim(low - 0.06 * (high - low), high + 0.04 * (high - low))
    for level, between in zip(levels, pairwise(axes.get_yticks()), strict=True):
        axes.plot([level, level], between, color=page.look.outline, linewidth=0.8, zorder=1)


def _bar(page: Page, step: Step, begin: float, marked: Line | None) -> rows.Row:
    """Lay out the bar of a step, from where it begins; an orange one for a rise."""
    return rows.Row(
        name=step.name,
        short=step.short,
        words=captions.moved(step.row.change) if step.row.change.change_pct is not None else "",
        more=signed(step.size) + (captions.DAGGER if any(map(captions.is_reported, step.row.figures)) else ""),
        is_lit=step.row.line == marked,
        colour=page.look.series(int(step.size > 0)) if marked in (None, step.row.line) else page.look.behind,
        bar=(begin, begin + step.size),
    )
