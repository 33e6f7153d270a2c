"""Very many places in order of size, a dot each, the first and the last few named, and one that was asked for."""

from npqstats.charts import grid
from npqstats.charts.canvas import LEADING, SMALL, Canvas
from npqstats.charts.dots import mark
from npqstats.charts.flags import Flag, flags
from npqstats.charts.ranking import Ranking
from npqstats.charts.scale import bounds, tick_label

_NAMED = 4
_HEIGHT_OF_NAMED = 75
"""How much height, at the press size, each further name at the top and at the bottom wants."""
_LARGEST_DOT, _SMALLEST_DOT = 7.0, 2.0
_GAP_ABOVE, _GAP_BELOW = 6, 11


def paint(canvas: Canvas, ranking: Ranking) -> None:
    """Draw a dot for each place, the highest at the left; England's figure is a dashed line across them."""
    strip = _Strip(canvas, ranking)
    if ranking.known:
        strip.paint_grid()
        strip.paint_nation()
        strip.paint_flags()
        strip.paint_dots()
    strip.paint_foot()


class _Strip:
    """The places of one chart of very many dots."""

    def __init__(self, canvas: Canvas, ranking: Ranking) -> None:
        self.canvas, self.ranking = canvas, ranking
        self.known = ranking.known
        self.step = canvas.px(SMALL) * LEADING
        self.bounds = bounds(ranking.values, ranking.unit)
        self.nation = [ranking.nation.name, ranking.nation.words] if ranking.nation else []
        left = grid.left_room(canvas, self.bounds, ranking.unit)
        right = canvas.widest(self.nation, size=SMALL) + canvas.px(8) if self.nation else canvas.px(2)
        self.box = canvas.plot.inset(left=left if self.known else 0, right=right)
        self.foot = self._foot_lines()
        self.above, self.below = self._flags()
        self.box = self.box.inset(
            top=self._height(self.above) + canvas.px(_GAP_ABOVE),
            bottom=self._height(self.below) + canvas.px(_GAP_BELOW) + self.step * len(self.foot),
        )

    def _foot_lines(self) -> list[str]:
        """Say what stands side by side, and name who has a symbol."""
        canvas, room = self.canvas, self.box.width
        told = [f"{len(self.known)} {self.ranking.kind}, highest to lowest"] if self.known else []
        for symbol in dict.fromkeys(area.symbol for area in self.ranking.withheld):
            having = [area for area in self.ranking.withheld if area.symbol == symbol]
            names = [area.name for area in sorted(having, key=lambda area: not area.is_highlighted)]
            told.append(f"[{symbol}] {_named(canvas, names, 2 * room)}")
        return [line for words in told for line in canvas.lines(words, room, size=SMALL, most=3)]

    def _flags(self) -> tuple[list[tuple[Flag, list[str]]], list[tuple[Flag, list[str]]]]:
        """Choose who is named, and break what is said of each into lines."""
        few = int(self.canvas.plot.height / self.canvas.px(_HEIGHT_OF_NAMED))
        few = few - 1 if self.ranking.highlighted else max(1, few)
        above: list[tuple[Flag, list[str]]] = []
        below: list[tuple[Flag, list[str]]] = []
        for flag in flags(self.ranking, min(few, _NAMED)):
            x = self.x(flag.place)
            room = self.canvas.plot.right - x if flag.is_above else x - self.canvas.plot.left
            lines = self.canvas.lines(
                flag.words, room - self.canvas.px(6), size=SMALL, bold=flag.is_highlighted, most=3
            )
            (above if flag.is_above else below).append((flag, lines))
        return above, below

    def _height(self, written: list[tuple[Flag, list[str]]]) -> float:
        return self.step * sum(len(lines) for _, lines in written)

    def x(self, place: int) -> float:
        return self.box.left + (place + 0.5) / len(self.known) * self.box.width

    def y(self, value: float) -> float:
        low, high = self.bounds[0], self.bounds[-1]
        return self.box.bottom + (value - low) / (high - low) * self.box.height

    def paint_grid(self) -> None:
        canvas, box = self.canvas, self.box
        every = -(-self.step // (box.height / (len(self.bounds) - 1)))
        for count, place in enumerate(self.bounds):
            y, is_base = self.y(place), place == 0
            colour = canvas.look.outline if is_base else canvas.look.grid
            canvas.stroke((box.left, y), (box.right, y), colour=colour, weight=1.2 if is_base else 0.8, order=0.5)
            if count % every == 0:
                at = box.left - canvas.px(6), y
                words = tick_label(place, self.ranking.unit, self.bounds)
                canvas.words(at, words, size=SMALL, align="right", vertical="center", colour=canvas.look.quiet)

    def paint_nation(self) -> None:
        nation, canvas, box = self.ranking.nation, self.canvas, self.box
        if nation is None or nation.value is None:
            return
        y = self.y(nation.value)
        canvas.stroke((box.left, y), (box.right, y), colour=canvas.look.quiet, weight=1.2, dashes=(4, 3), order=0.7)
        middle = min(max(y, box.bottom + self.step), box.top - self.step)
        canvas.words((box.right + canvas.px(6), middle), self.nation, size=SMALL, vertical="center")

    def paint_flags(self) -> None:
        top = self.canvas.plot.top
        for flag, lines in self.above:
            self._paint_flag(flag, lines, top)
            top -= self.step * len(lines)
        top = self.canvas.plot.bottom + self.step * len(self.foot) + self._height(self.below) + self.canvas.px(3)
        for flag, lines in self.below:
            self._paint_flag(flag, lines, top)
            top -= self.step * len(lines)

    def _paint_flag(self, flag: Flag, lines: list[str], top: float) -> None:
        """Write a flag beside an upright line to its dot: on the side where no other line stands."""
        canvas, x = self.canvas, self.x(flag.place)
        far = top if flag.is_above else top - self.step * (len(lines) - 0.2)
        colour = canvas.look.series[1] if flag.is_highlighted else canvas.look.outline
        canvas.stroke((x, self.y(self.known[flag.place].value or 0)), (x, far), colour=colour, weight=0.8, order=0.8)
        canvas.words(
            (x + canvas.px(5 if flag.is_above else -5), top),
            lines,
            size=SMALL,
            bold=flag.is_highlighted,
            align="left" if flag.is_above else "right",
            vertical="top",
        )

    def paint_dots(self) -> None:
        slot = self.box.width / len(self.known) / self.canvas.px(1)
        size = min(max(0.9 * slot, _SMALLEST_DOT), _LARGEST_DOT)
        for place, area in enumerate(self.known):
            at = self.x(place), self.y(area.value or 0)
            mark(self.canvas, at, area, _LARGEST_DOT if area.is_highlighted else size)

    def paint_foot(self) -> None:
        """Write it below the dots or, where there are none, in their place."""
        plot, colour = self.canvas.plot, self.canvas.look.quiet
        if self.known:
            self.canvas.words((self.box.left, plot.bottom), self.foot, size=SMALL, vertical="bottom", colour=colour)
        else:
            self.canvas.words((self.box.left, plot.top), self.foot, size=SMALL, vertical="top", colour=colour)


def _named(canvas: Canvas, names: list[str], room: float) -> str:
    """Name as many as the room holds, and count the others."""
    for kept in range(len(names), 0, -1):
        more = f" and {len(names) - kept} more" if kept < len(names) else ""
        words = ", ".join(names[:kept]) + more
        if canvas.width(words, size=SMALL) < room * 0.9:
            return words
    return f"{len(names)} places"
