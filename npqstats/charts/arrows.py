"""Arrows from an earlier figure to a later one: how the rows of a comparison become them, and how they are drawn."""

from collections.abc import Sequence
from dataclasses import dataclass

from npqstats.catalogue.catalogue import release
from npqstats.charts import scale
from npqstats.charts.canvas import SMALL, Canvas
from npqstats.charts.changes import moved_by
from npqstats.charts.headline import direction
from npqstats.charts.ladder import Beside, Ladder, Rung, fitted, is_narrow, most
from npqstats.charts.notes import REPORTED, unfinished
from npqstats.charts.parts import is_total
from npqstats.charts.row import is_official, is_unfinished, short
from npqstats.tables.moves import Row
from npqstats.vocabulary.measures import MEASURES
from npqstats.vocabulary.numbers import signed
from npqstats.vocabulary.periods import AcademicYear
from npqstats.wording import wording

_OFF = 8.0
"""From a mark to its figure, in pixels at the press size."""
_FEW = 4
"""So few arrows have room under their names."""


@dataclass(frozen=True, kw_only=True)
class End:
    """The figure of one of the two years."""

    year: AcademicYear
    value: float | None
    symbol: str | None
    unit: str
    is_unfinished: bool
    """Whether the figure still grows."""

    @property
    def written(self) -> str:
        """The figure as it stands beside its mark."""
        return wording.cell(self.value, self.symbol, self.unit) + (" so far" if self.is_unfinished else "")

    @property
    def lack(self) -> str:
        """What stands in place of a number, in words; nothing where there is one."""
        if self.symbol:
            return f"[{self.symbol}] in {self.year.label}"
        return "" if self.value is not None else f"not known in {self.year.label}"


@dataclass(frozen=True, kw_only=True)
class Arrow:
    """What one row of the chart shows."""

    name: str
    short: str
    before: End
    after: End
    words: str
    """The change, or why none is drawn."""
    told: str
    """The same for who cannot see the chart."""
    direction: int
    is_drawn: bool
    """Whether an arrow joins the two figures."""
    is_official: bool
    """Whether both stand in a published data file, or come from there."""
    is_total: bool

    @property
    def marked(self) -> list[End]:
        """The figures that get a mark: the numbers, but for a zero that is said in words."""
        is_count = self.after.unit != "%"
        return [end for end in self.ends if end.value or (end.value is not None and (self.is_drawn or not is_count))]

    def is_left(self, end: End) -> bool:
        """Whether a figure is written to the left of its mark: the smaller one of two."""
        falls = (self.after.value or 0.0) < (self.before.value or 0.0)
        return len(self.marked) == 2 and (end is self.after) == falls

    @property
    def ends(self) -> tuple[End, End]:
        """Both figures, the earlier one first."""
        return self.before, self.after


def arrows(rows: Sequence[Row]) -> list[Arrow]:
    """Shape the rows of a comparison, in their order."""
    return [_arrow(row, is_total=is_total(row, rows)) for row in rows]


def _arrow(row: Row, *, is_total: bool) -> Arrow:
    before, after = _end(row, "before"), _end(row, "after")
    words = _words(row, before, after)
    is_drawn = row["status"] == "compared" and (row["unit"] == "%" or bool(before.value and after.value))
    return Arrow(
        name=row["line"],
        short=short(row),
        before=before,
        after=after,
        words=words,
        told=wording.change(row) if is_drawn else words,
        direction=direction(row) if is_drawn else 0,
        is_drawn=is_drawn,
        is_official=is_official(row),
        is_total=is_total,
    )


def _end(row: Row, which: str) -> End:
    year = AcademicYear.of_code(row[f"{which}_period"])
    return End(
        year=year,
        value=row[which],
        symbol=row[f"{which}_symbol"],
        unit=row["unit"],
        is_unfinished=MEASURES[row["measure"]].ripens and release(row["release"]).is_unripe(year.code),
    )


def _words(row: Row, before: End, after: End) -> str:
    lacks = [end.lack for end in (before, after) if end.lack]
    if row["status"] == "new":
        return after.lack or f"new in {after.year.label}"
    if len(lacks) == 2 and before.symbol == after.symbol:
        return f"[{before.symbol}] in both years" if before.symbol else "not known"
    if lacks or is_unfinished(row):
        return "; ".join([*(["not compared"] if is_unfinished(row) else []), *lacks])
    return f"{signed(row['change_pp'], 'pp')} pts" if row["change_pp"] is not None else _count(row, before, after)


def _count(row: Row, before: End, after: End) -> str:
    none = [end.year.label for end in (before, after) if not end.value]
    if none:
        return f"none in {none[0]}" if len(none) == 1 else "none in both years"
    return moved_by(row) if row["change"] else "no change"


def listed_values(drawn: Sequence[Arrow]) -> str:
    """Write all that the arrows show, for a text alternative."""
    return "; ".join(f"{arrow.name}: {_told(arrow)}" for arrow in drawn)


def _told(arrow: Arrow) -> str:
    values = [f"{end.written} in {end.year.label}" for end in arrow.marked]
    return ", ".join([*values, arrow.told])


def key(drawn: Sequence[Arrow]) -> list[str]:
    """Explain where the scale begins, and the marks for unfinished years and for figures that are not official."""
    ends = [end for arrow in drawn for end in arrow.ends if end.value is not None]
    marked = [end.value or 0.0 for arrow in drawn for end in arrow.marked]
    told = scale.told(scale.reach(marked, drawn[0].after.unit)[0]) if marked else []
    told += unfinished((end.year for end in ends if end.is_unfinished), "Hollow")
    return told if all(arrow.is_official for arrow in drawn) else [*told, REPORTED]


def paint(canvas: Canvas, drawn: Sequence[Arrow]) -> None:
    """Draw the arrows under each other, each with both figures and the change.

    Args:
        canvas: With the room for the plot. Where it does not hold all arrows, the last ones are left out, and said so.
        drawn: At least one.
    """
    head = canvas.px(24)
    is_stacked = is_narrow(canvas) or len(drawn) <= min(_FEW, most(canvas, head=head, is_stacked=True))
    canvas, room = fitted(canvas, len(drawn), head=head, is_stacked=is_stacked)
    _Arrows(canvas, drawn[:room], head, is_stacked=is_stacked).paint()


class _Arrows:
    """The places of one chart of arrows."""

    def __init__(self, canvas: Canvas, drawn: Sequence[Arrow], head: float, *, is_stacked: bool) -> None:
        self.canvas, self.drawn = canvas, drawn
        values = [end.value or 0.0 for arrow in drawn for end in arrow.marked]
        self.ladder = Ladder(
            canvas,
            [Rung(name=one.name, short=one.short, words=one.words, is_bold=one.is_total) for one in drawn],
            scale.reach(values, drawn[0].after.unit),
            drawn[0].after.unit,
            head=head,
            beside=[
                Beside(end.value or 0.0, self._width(end, is_later=end is arrow.after), arrow.is_left(end))
                for arrow in drawn
                for end in arrow.marked
            ],
            is_stacked=is_stacked,
        )

    def _width(self, end: End, *, is_later: bool) -> float:
        return self.canvas.width(end.written, size=SMALL, bold=is_later) + self.canvas.px(_OFF + 4)

    def paint(self) -> None:
        self._paint_key()
        for index, arrow in enumerate(self.drawn):
            self._paint_arrow(arrow, self.ladder.y(index))
        self.ladder.paint()

    def _paint_key(self) -> None:
        """Show once which end is which year."""
        canvas, look = self.canvas, self.canvas.look
        before, after = self.drawn[0].ends
        y = canvas.plot.top - canvas.px(8)
        x = canvas.plot.left + canvas.width(before.year.label, size=SMALL) + canvas.px(10)
        end = x + canvas.px(44)
        canvas.words((canvas.plot.left, y), before.year.label, size=SMALL, vertical="center", colour=look.quiet)
        self._join((x, y), (end, y), look.outline)
        self._mark((x, y), look.outline, is_later=False)
        self._mark((end, y), look.outline, is_later=True)
        canvas.words((end + canvas.px(10), y), after.year.label, size=SMALL, bold=True, vertical="center")
        canvas.words((canvas.plot.right, y), "Change", size=SMALL, align="right", vertical="center", colour=look.quiet)

    def _paint_arrow(self, arrow: Arrow, y: float) -> None:
        canvas, look, box = self.canvas, self.canvas.look, self.ladder.box
        colour = {-1: look.series[0], 1: look.series[1], 0: look.outline}[arrow.direction]
        if arrow.is_drawn:
            start, stop = (self.ladder.x(end.value or 0.0) for end in arrow.ends)
            self._join((start, y), (stop, y), colour)
        left = box.right
        for end in arrow.marked:
            is_later, is_left = end is arrow.after, arrow.is_left(end)
            x = self.ladder.x(end.value or 0.0)
            shade = colour if is_later else look.outline
            self._mark((x, y), shade, is_later=is_later, is_official=arrow.is_official, is_hollow=end.is_unfinished)
            canvas.words(
                (x + canvas.px(-_OFF if is_left else _OFF), y),
                end.written,
                size=SMALL,
                bold=is_later,
                align="right" if is_left else "left",
                vertical="center",
                colour=look.text if is_later else look.quiet,
            )
            wide = self._width(end, is_later=is_later)
            left = min(left, x - (wide if is_left else canvas.px(_OFF)))
        if left > box.left:
            canvas.stroke((box.left, y), (left, y), weight=0.6, order=0.5)

    def _join(self, start: tuple[float, float], end: tuple[float, float], colour: str) -> None:
        """Draw a line with a head in its middle, where it is long enough for one."""
        canvas = self.canvas
        canvas.stroke(start, end, colour=colour, weight=2.2, order=1)
        if abs(end[0] - start[0]) < canvas.px(24):
            return
        middle, shape = ((start[0] + end[0]) / 2, start[1]), ">" if end[0] > start[0] else "<"
        canvas.mark(middle, shape, colour=colour, size=7, weight=0, order=1.1)

    def _mark(
        self,
        place: tuple[float, float],
        colour: str,
        *,
        is_later: bool,
        is_official: bool = True,
        is_hollow: bool = False,
    ) -> None:
        shape, size = "o" if is_official else "D", 8 if is_later else 5
        self.canvas.mark(place, shape, colour=colour, size=size, is_hollow=is_hollow, weight=1.4)
