"""Lines through the years: what each is of, shaped from the rows of a trend, and how they are told in words."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from npqstats.charts import notes
from npqstats.charts.row import is_official, is_unfinished, short
from npqstats.tables.moves import Row
from npqstats.vocabulary.periods import AcademicYear
from npqstats.wording import wording

NAMED = 8
"""Lines with a name; those beyond, the smallest, have none."""


@dataclass(frozen=True, kw_only=True)
class Point:
    """A figure of one year."""

    year: AcademicYear
    value: float | None
    symbol: str | None
    is_unfinished: bool
    """Whether the figure still grows."""
    is_official: bool
    """Whether it stands in a published data file."""

    @property
    def is_at_hand(self) -> bool:
        """Whether there is a number or at least a symbol."""
        return self.value is not None or bool(self.symbol)


@dataclass(frozen=True, kw_only=True)
class Series:
    """What one line is of."""

    name: str
    short: str
    """The name where there is no room for it."""
    unit: str
    points: tuple[Point, ...]

    @property
    def known(self) -> list[Point]:
        """The points that have a value."""
        return [point for point in self.points if point.value is not None]

    @property
    def last(self) -> Point | None:
        """The newest point that has a value."""
        return self.known[-1] if self.known else None


def series(table: pl.DataFrame) -> list[Series]:
    """Shape the rows of a trend into lines, one for each `line`; lines without any figure are left out.

    Raises:
        UsageError: None of them has a figure.
    """
    found: dict[str, list[Row]] = {}
    for row in table.iter_rows(named=True):
        found.setdefault(row["line"], []).append(row)
    shaped = [
        Series(
            name=name,
            short=short(rows[0]),
            unit=rows[0]["unit"],
            points=tuple(_point(row) for row in since_it_began(rows)),
        )
        for name, rows in found.items()
    ]
    known = [one for one in shaped if any(point.is_at_hand for point in one.points)]
    if not known:
        raise notes.nothing(table.iter_rows(named=True))
    return known


def since_it_began(rows: Sequence[Row]) -> list[Row]:
    """Leave out the empty years before a new course, so that it is not drawn as growth from zero."""
    began = next((row["period"] for row in rows if row["status"] == "new"), None)
    return [row for row in rows if began is None or row["period"] >= began or row["value"]]


def _point(row: Row) -> Point:
    return Point(
        year=AcademicYear.of_code(row["period"]),
        value=row["value"],
        symbol=row["symbol"],
        is_unfinished=is_unfinished(row),
        is_official=is_official(row),
    )


def listed_values(lines: Sequence[Series], most: int = 16) -> str:
    """Write the values of lines for a text alternative; when they are many, of each line the first and the last."""
    is_short = sum(len(line.points) for line in lines) <= most
    told = []
    for line in lines[:NAMED]:
        known = [point for point in line.points if point.is_at_hand]
        chosen = known if is_short or len(known) < 3 else [known[0], known[-1]]
        values = ", ".join(f"{point.year.label} {_value(point, line.unit)}" for point in chosen)
        told.append(f"{line.name}: {values}" if len(lines) > 1 else values)
    more = f"; and {len(lines) - NAMED} more" if len(lines) > NAMED else ""
    return "; ".join(told) + more


def _value(point: Point, unit: str) -> str:
    written = wording.cell(point.value, point.symbol, unit)
    return f"{written} so far" if point.is_unfinished else written


def key(lines: Sequence[Series], rows: Sequence[Row]) -> list[str]:
    """Explain the marks that stand for unfinished years, for figures that are not official, and for symbols."""
    told = notes.marks(rows, "Dashed, hollow")
    return [*told, f"The largest of {len(lines)} are named."] if len(lines) > NAMED else told


def years_of(lines: Sequence[Series]) -> list[AcademicYear]:
    """Give the years that lines go through."""
    return sorted({point.year for line in lines for point in line.points})
