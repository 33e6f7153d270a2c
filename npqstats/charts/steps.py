"""Steps from an earlier total to a later one: how the rows of a comparison become them, and how they are drawn."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import polars as pl

from npqstats.analysis.columns import COMPARISON, DESCRIBED
from npqstats.charts.canvas import Canvas
from npqstats.charts.drawing import Box
from npqstats.charts.ladder import Ladder, Rung, most
from npqstats.charts.row import is_official, short
from npqstats.tables.moves import Row
from npqstats.vocabulary.names import listed
from npqstats.vocabulary.numbers import number, signed
from npqstats.vocabulary.periods import label

_NOTHING = 0.5
"""A remainder of counts that is smaller comes from adding up alone."""
DATA = {
    "mark": pl.String,
    **DESCRIBED,
    "period": pl.Int32,
    "value": pl.Float64,
    **{name: COMPARISON[name] for name in ("change", "change_pct", "release", "evidence")},
    "origins": pl.List(pl.String),
    "notes": pl.List(pl.String),
}
"""The columns of what is drawn."""

Mark = Literal["total", "part", "new", "rest", "remainder", "without new"]


@dataclass(frozen=True, kw_only=True)
class Step:
    """One bar: a level from zero, or a move from one level to the next."""

    mark: Mark
    name: str
    short: str
    value: float
    """Of a level, from zero; of a move, signed."""
    rows: tuple[Row, ...]
    """The rows that it rests on."""
    words: str
    sign: str = ""
    """A dagger where a figure is reported elsewhere and not in an official data file."""

    @property
    def is_level(self) -> bool:
        """Whether the bar starts from zero."""
        return self.mark in ("total", "without new")


@dataclass(frozen=True, kw_only=True)
class Account:
    """A change, taken apart."""

    total: Row
    without: Row | None
    """The total without the courses that are new; None where none is."""
    parts: tuple[Row, ...]
    """The rows whose contribution is known, without new courses; the largest part of the change first."""
    new: tuple[Row, ...]
    unknown: tuple[Row, ...]
    """The rows whose contribution is not known."""
    absent: tuple[str, ...]
    """Codes of courses that are new, too, but have no row."""
    kind: str
    """What the parts are, as in `the course rows`."""
    plural: str

    @property
    def remainder(self) -> float:
        """What the parts leave of the change of the total."""
        return float(self.total["change"]) - sum(map(contribution, (*self.parts, *self.new)))


def contribution(row: Row) -> float:
    """Say by how much a row moved the total: its change, or all that a new course has."""
    return float(row["after"] if row["status"] == "new" else row["change"])


def steps(account: Account, most: int) -> list[Step]:
    """Lay out a change: the earlier total, what moved it, the later total.

    Args:
        account: The change.
        most: How many parts, the largest ones, get a step of their own; the others are one step together.
    """
    total, without = account.total, account.without
    before, after = label(total["before_period"]), label(total["after_period"])
    ranked = sorted(account.parts, key=lambda row: -abs(row["change"]))
    rest = ranked[most:] if len(ranked) > most + 1 else []
    kept = [row for row in account.parts if row not in rest]
    laid = [_level("total", before, total, "before"), *(_part(row) for row in kept)]
    if rest:
        moved = sum(map(contribution, rest))
        laid.append(_move("rest", f"The other {len(rest)} {account.plural}", f"{len(rest)} others", moved, rest))
    if account.unknown or abs(account.remainder) > _NOTHING:
        rows = (total, *account.parts, *account.new, *account.unknown)
        laid.append(_move("remainder", f"Not in the {account.kind} rows", "Not in rows", account.remainder, rows))
    if without:
        codes = listed([short(row) for row in account.new])
        name, brief = f"{after} leaving out {codes}", f"Without {codes}"
        laid.append(_level("without new", name, without, "after", *account.new, brief=brief))
        laid += [_part(row) for row in account.new]
    return [*laid, _level("total", after, total, "after")]


def _level(mark: Mark, name: str, row: Row, which: str, *others: Row, brief: str = "") -> Step:
    share = f" ({signed(row['change_pct'], '%')})" if which == "after" and row["change_pct"] is not None else ""
    value = row[which]
    sign = _sign([row, *others])
    words = f"{number(value)}{sign}{share}"
    return Step(mark=mark, name=name, short=brief or name, value=value, rows=(row,), words=words, sign=sign)


def _part(row: Row) -> Step:
    if row["status"] == "new":
        return _move("new", f"{row['line']}, new", f"{short(row)}, new", contribution(row), [row])
    return _move("part", row["line"], short(row), contribution(row), [row])


def _move(mark: Mark, name: str, short: str, value: float, rows: Iterable[Row]) -> Step:
    about = tuple(rows)
    sign = _sign(about)
    return Step(mark=mark, name=name, short=short, value=value, rows=about, words=f"{signed(value)}{sign}", sign=sign)


def _sign(rows: Iterable[Row]) -> str:
    return "" if all(map(is_official, rows)) else "\u2020"


def drawn(laid: Sequence[Step]) -> pl.DataFrame:
    """Give the figures of steps as a table: levels as `value`, moves as `change`, each with all its origins."""
    return pl.DataFrame([_figures(step, step is laid[0]) for step in laid], schema=DATA, orient="row")


def _figures(step: Step, is_first: bool) -> Row:
    row, is_one = step.rows[0], len(step.rows) == 1
    about = {name: row[name] for name in DESCRIBED if is_one or name in ("measure", "unit", "funding", "basis")}
    sides = ("before",) if is_first else ("after",) if step.mark == "new" else ("before", "after")
    has_change = not is_first and step.is_level
    return {
        **about,
        "mark": step.mark,
        "line": step.name,
        "period": row["before_period" if is_first else "after_period"] if step.is_level else None,
        "value": step.value if step.is_level else None,
        "change": row["change"] if has_change else None if step.is_level else step.value,
        "change_pct": row["change_pct"] if has_change else None,
        "release": row["release"],
        "evidence": row["evidence"] if is_one else "derived",
        "origins": list(
            dict.fromkeys(place for one in step.rows for side in sides for place in one[f"{side}_origins"])
        ),
        "notes": row["notes"] if is_one else [],
    }


def key(laid: Sequence[Step]) -> list[str]:
    """Explain the dagger, the other steps and the remainder where there are some."""
    told = []
    if any(step.sign for step in laid):
        told.append("\u2020 Reported elsewhere, or computed from what is; not in an official data file.")
    for step in laid:
        if step.mark == "rest":
            told.append(f"{step.name} are one step, added up from their rows.")
        if step.mark == "remainder":
            told.append(f"{step.name}: what is left of the published total's change.")
    return told


def listed_values(laid: Sequence[Step]) -> str:
    """Write all that the steps show, for a text alternative."""
    return "; ".join(f"{step.name}: {step.words}" for step in laid)


def paint(canvas: Canvas, account: Account, parts: int) -> None:
    """Draw the steps under each other, from the earlier total to the later one.

    Args:
        canvas: With the room for the plot. Where it does not hold all steps, more parts become one step together.
        account: The change.
        parts: How many parts get a step of their own where there is room.
    """
    room = most(canvas)
    laid = steps(account, parts)
    while len(laid) > room and parts:
        parts -= 1
        laid = steps(account, parts)
    if len(laid) > room:
        laid = [step for step in laid if step.mark != "without new"]
    _Steps(canvas, laid).paint()


class _Steps:
    """The places of one chart of steps."""

    def __init__(self, canvas: Canvas, laid: Sequence[Step]) -> None:
        self.canvas, self.laid = canvas, laid
        self.spans = spans(laid)
        reach = [edge for span in self.spans for edge in span]
        self.ladder = Ladder(
            canvas,
            [Rung(name=one.name, short=one.short, words=one.words, is_bold=one.mark == "total") for one in laid],
            (min(0.0, *reach), max(reach)),
            laid[0].rows[0]["unit"],
        )

    def paint(self) -> None:
        canvas, box = self.canvas, self.ladder.box
        edges = []
        for index, (step, (start, end)) in enumerate(zip(self.laid, self.spans, strict=True)):
            row, y = self.ladder.rows[index], self.ladder.y(index)
            half = min(row.height * 0.36, canvas.px(13))
            left, right = sorted((self.ladder.x(start), self.ladder.x(end)))
            bar = Box(left, y - half, max(right, left + canvas.px(1)), y + half)
            fill, outline, hatch = self._dress(step)
            canvas.band(bar, fill, outline=outline, hatch=hatch)
            edges.append((self.ladder.x(end), bar.bottom, bar.top))
        for (x, bottom, _), (_, _, top) in pairwise(edges):
            canvas.stroke((x, bottom), (x, top), colour=canvas.look.outline, weight=0.8)
        canvas.stroke((self.ladder.x(0), box.bottom), (self.ladder.x(0), box.top), colour=canvas.look.outline)
        self.ladder.paint()

    def _dress(self, step: Step) -> tuple[str, str, str | None]:
        """Choose fill, outline and hatch: falls and rises by colour, what is no part of its own by hatches."""
        look = self.canvas.look
        colour = look.series[1 if step.value > 0 else 0] if step.value else look.outline
        return {
            "total": (look.outline, look.outline, None),
            "without new": (look.ground, look.outline, None),
            "part": (colour, colour, None),
            "rest": (look.ground, colour, "...."),
            "remainder": (look.ground, look.outline, "xxxx"),
            "new": (look.ground, colour, "////"),
        }[step.mark]


def spans(laid: Sequence[Step]) -> list[tuple[float, float]]:
    """Say from which level to which each bar goes."""
    found, level = [], 0.0
    for step in laid:
        start = 0.0 if step.is_level else level
        level = start + step.value
        found.append((start, level))
    return found
