"""One year's starters group by group: ranked completion rates, with the total as a line to read them against."""

from collections.abc import Iterable, Sequence

from npqstats.charts import headline, rates, scale
from npqstats.charts.asked import Asked
from npqstats.charts.canvas import LEADING, SMALL, Canvas
from npqstats.charts.chart import Chart
from npqstats.charts.ladder import Ladder, Rung, fitted, is_narrow
from npqstats.charts.notes import marks, notes
from npqstats.charts.parts import is_total, plural
from npqstats.charts.rates import Rate
from npqstats.charts.row import is_official, short
from npqstats.errors import UsageError
from npqstats.vocabulary.names import listed
from npqstats.vocabulary.periods import AcademicYear
from npqstats.wording import wording


def cohort(asked: Asked) -> Chart:
    """Make a chart of the completion rates of the newest finished year's starters, group by group.

    Raises:
        UsageError: No group has a rate.
    """
    found = _of_one_year(rates.rates(asked, "completion-rate"), asked.years)
    rows = [one.row for one in found]
    parts = [one for one in found if not is_total(one.row, rows)]
    groups = sorted((one for one in parts if not _is_empty(one)), key=_rank)
    empty = [short(one.row) for one in parts if _is_empty(one)]
    total = next((one for one in found if is_total(one.row, rows) and one.row["value"] is not None), None)
    drawn = [*([total] if total else []), *groups]
    what = f"{headline.counted(rows)}, {found[0].year.label} starters{', so far' if found[0].is_unfinished else ''}"
    return Chart(
        kind="completion",
        title=_finding(groups),
        subtitle=what,
        alt=f"Dot chart of {what}, highest first. {'; '.join(_told(one) for one in drawn)}.",
        notes=[
            "The counts are courses completed, of courses started.",
            *scale.told(scale.reach(_values(drawn), "%")[0]),
            *([f"Nobody started in {found[0].year.label}: {listed(empty)}."] if empty else []),
            *marks((one.row for one in drawn), "Hollow"),
            *(note for note in notes(one.row for one in drawn) if " began in " not in note),
        ],
        credit=wording.credit(rows[0]["release"]),
        data=rates.drawn(drawn),
        paint=lambda canvas: _paint(canvas, groups, total),
    )


def _of_one_year(found: Sequence[Rate], asked: Sequence[str]) -> list[Rate]:
    """Keep the year asked for last, else the newest finished one that has the rate of a group, else the newest.

    Raises:
        UsageError: No year has.
    """
    rows = [one.row for one in found]
    groups = [one for one in found if one.is_known and not is_total(one.row, rows)]
    if not groups:
        raise UsageError("No group has a completion rate here.", "See 'npqstats list groups' for those at hand.")
    last = max(map(AcademicYear.parse, asked), default=None)
    newest = max(groups, key=lambda one: (one.year == last, not one.is_unfinished, one.year))
    return [one for one in found if one.year == newest.year and one.is_known]


def _is_empty(one: Rate) -> bool:
    return one.whole is not None and one.whole["value"] == 0


def _rank(one: Rate) -> tuple[float, str]:
    return (-one.row["value"] if one.row["value"] is not None else 1.0, one.row["line"])


def _finding(groups: Sequence[Rate]) -> str:
    row = {**groups[0].row, "breakdown": "overall"}
    what = headline.subject(row, has_place=False)
    so_far = "so far " if groups[0].is_unfinished else ""
    when = f"{so_far}for {groups[0].year.label} starters"
    known = [one for one in groups if one.row["value"] is not None]
    if not known:
        return f"{what}: no figure can be given {when}"
    first, last = known[0], known[-1]
    if len(known) < len(groups):
        what = f"Known {headline.lowered(what)}"
    if first.written != last.written:
        return headline.fitting(
            f"{what}s ranged from {last.written} ({short(last.row)}) to {first.written} ({short(first.row)}) {when}",
            f"{what}s ranged from {last.written} to {first.written} {when}",
        )
    of_all = f" for all {len(known)} {plural([one.row for one in known])}" if len(known) > 1 else ""
    alike = of_all or f" for {short(first.row)}"
    return headline.fitting(f"{what} was {first.written}{alike}, {when}", f"{what} was {first.written} {when}")


def _values(drawn: Iterable[Rate]) -> list[float]:
    return [one.row["value"] for one in drawn if one.row["value"] is not None]


def _words(one: Rate) -> str:
    return f"{one.written} ({one.counts})" if one.counts else one.written


def _told(one: Rate) -> str:
    return f"{one.row['line']}: {_words(one)}{'' if is_official(one.row) else ', reported'}"


def _paint(canvas: Canvas, groups: Sequence[Rate], total: Rate | None) -> None:
    """Draw the groups under each other; where the room does not hold all, the last are left out."""
    head = canvas.px(SMALL) * LEADING + canvas.px(6) if total else 0.0
    is_stacked = is_narrow(canvas)
    canvas, room = fitted(canvas, len(groups), head=head, is_stacked=is_stacked)
    shown = groups[:room]
    values = _values([*shown, *([total] if total else [])])
    rungs = [Rung(name=one.row["line"], short=short(one.row), words=_words(one)) for one in shown]
    steps = Ladder(canvas, rungs, scale.reach(values, "%"), "%", head=head, is_stacked=is_stacked)
    steps.paint()
    dots = [place for place, one in enumerate(shown) if one.row["value"] is not None]
    if total:
        _paint_total(canvas, steps, total, dots)
    for place in dots:
        _paint_dot(canvas, steps, place, shown[place], total)


def _paint_total(canvas: Canvas, steps: Ladder, total: Rate, dots: Sequence[int]) -> None:
    x = steps.x(total.row["value"])
    top = steps.box.top + canvas.px(2)
    ends = [(steps.box.bottom, top - canvas.px(6))]
    if steps.is_stacked:
        # The line would cross the names, so it is drawn beside each dot alone.
        ends = [(steps.y(place) - canvas.px(6), steps.y(place) + canvas.px(6)) for place in dots]
    for low, high in ends:
        canvas.stroke((x, low), (x, high), colour=canvas.look.text, dashes=(3, 2), weight=1.2)
    words = f"{total.row['line']} {_words(total)}"
    half = canvas.width(words, size=SMALL, bold=True) / 2
    middle = min(max(x, canvas.plot.left + half), canvas.plot.right - half)
    canvas.words((middle, top), words, size=SMALL, bold=True, align="center", vertical="bottom")


def _paint_dot(canvas: Canvas, steps: Ladder, place: int, one: Rate, total: Rate | None) -> None:
    x, y = steps.x(one.row["value"]), steps.y(place)
    colour = canvas.look.series[0]
    if total:
        canvas.stroke((steps.x(total.row["value"]), y), (x, y), colour=colour, weight=2, order=0.8)
    shape = "o" if is_official(one.row) else "D"
    canvas.mark((x, y), shape, colour=colour, size=8, is_hollow=one.is_unfinished)
