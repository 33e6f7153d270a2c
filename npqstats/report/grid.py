"""A table as a spreadsheet wants it: numbers as numbers, a word in brackets where there is none, and no cell blank."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import polars as pl

from npqstats.catalogue.catalogue import catalogue
from npqstats.report.contents import Exhibit
from npqstats.tables.moves import Row
from npqstats.tables.sheet import Notes
from npqstats.vocabulary.measures import MEASURES
from npqstats.vocabulary.numbers import decimals_of, rounded
from npqstats.vocabulary.periods import label
from npqstats.vocabulary.symbols import SYMBOLS
from npqstats.wording import wording

Cell = int | float | str

NONE = "none"
"""Stands in a column of words where there is nothing to say."""
SHORTHAND: dict[str, str] = {
    **{f"[{symbol}]": meaning for symbol, meaning in SYMBOLS.items()},
    "[not at hand]": "no such figure is among the rows that this was made from",
    "[so far]": "a cohort is unfinished and its figures still grow, so no change is stated",
    "[new]": "the course began in the later year, so there is nothing to compare with",
    "[not stated]": "no change is stated: a figure is missing, or the earlier one is too small for a percentage",
}
"""What stands in a column of numbers in place of a number."""
_PER_CENT = "per cent"
"""The unit as a word: a cell of nothing but a sign tells a listener nothing."""
_FIXED = ("Area code", "Unit", "Academic year", "Notes", "Evidence", "Source cells")
"""Headers that no breakdown may take."""
_ORIGINS = ("before_origins", "after_origins", "origins")
_MOVED = {"so far": "[so far]", "new": "[new]"}
_PLAIN = ("#,##0", "#,##0.0")
_SIGNED = ("+#,##0;-#,##0;0", "+#,##0.0;-#,##0.0;0.0")
"""Number formats by the decimals that are printed. The minus is a hyphen, so that what is copied stays a number."""


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column of numbers or of words."""

    header: str
    """With the unit in brackets, where the whole column has one."""
    cells: list[Cell]
    formats: list[str] = field(default_factory=list)
    """How each number is shown; empty: a column of words."""
    is_link: bool = False
    """Whether each cell names a worksheet, and leads to it."""
    is_unbroken: bool = False
    """Whether its cells never go over the line."""


@dataclass(frozen=True, kw_only=True)
class Grid:
    """A worksheet of one table."""

    title: str
    subtitles: list[str] = field(default_factory=list)
    columns: list[Column]
    source: str = ""
    scope: str = ""
    notes: list[str] = field(default_factory=list)
    """Those that its cells refer to."""

    @property
    def shorthand(self) -> dict[str, str]:
        """Give the words in brackets that stand in place of its numbers, with their meaning."""
        used = {cell for column in self.columns if column.formats for cell in column.cells}
        return {word: meaning for word, meaning in SHORTHAND.items() if word in used}


def grid(exhibit: Exhibit, notes: Notes) -> Grid:
    """Lay out a table of the report, rounded as it is printed, with the source of every figure.

    Args:
        exhibit: What `compare` or `trend` gave, at least one row.
        notes: Numbers the notes of the whole workbook.
    """
    publication = catalogue().publication
    rows = exhibit.table.to_dicts()
    figures = _compared(rows) if "before_period" in exhibit.table.columns else _followed(rows)
    marks = [_marks(notes.marks(row["notes"])) for row in rows]
    return Grid(
        title=exhibit.sheet.title,
        subtitles=[*filter(None, [exhibit.sheet.subtitle]), wording.edition(rows[0]["release"])],
        columns=[
            *figures,
            *([Column(header="Notes", cells=[*marks])] if set(marks) != {NONE} else []),
            Column(header="Evidence", cells=[row["evidence"] or NONE for row in rows]),
            Column(header="Source cells", cells=[" | ".join(_origins(row)) or NONE for row in rows], is_unbroken=True),
        ],
        source=f"Source: {publication.title}, {publication.publisher}.",
        scope=f"To make this table again: {exhibit.command}",
        notes=[note for row in rows for note in row["notes"]],
    )


def _marks(marks: str) -> str:
    """Write the marks of notes as they are written in workbooks: [note 1] [note 2] for [1][2]."""
    return marks.replace("[", " [note ").strip() or NONE


def listed(table: pl.DataFrame, unbroken: Iterable[str] = ()) -> list[Column]:
    """Give the columns of a table of words and whole numbers, whose names are headers for people."""
    return [
        Column(
            header=column.name,
            cells=[NONE if cell is None or cell == "" else cell for cell in column],
            formats=[_PLAIN[0]] * len(column) if column.dtype.is_integer() else [],
            is_unbroken=column.name in unbroken,
        )
        for column in table.iter_columns()
    ]


def _compared(rows: list[Row]) -> list[Column]:
    measures = {row["measure"] for row in rows}
    unit = rows[0]["unit"] if len(measures) == 1 else ""
    in_unit = f" ({unit})" if unit else ""
    years = {name: label(rows[0][f"{name}_period"]) for name in ("before", "after")}
    moved = [_moved(row) for row in rows]
    return [
        Column(header=_header(rows), cells=[row["line"] for row in rows]),
        *_areas(rows),
        *(
            []
            if unit
            else [Column(header="Unit", cells=[_PER_CENT if row["unit"] == "%" else row["unit"] for row in rows])]
        ),
        *(
            Column(
                header=f"{year}{in_unit}",
                cells=[_figure(row[name], row[f"{name}_symbol"], row["unit"]) for row in rows],
                formats=[_PLAIN[decimals_of(row["unit"])] for row in rows],
            )
            for name, year in years.items()
        ),
        *_changes(rows, moved, "Change", unit),
    ]


def _followed(rows: list[Row]) -> list[Column]:
    measure = MEASURES[rows[0]["measure"]]
    lines = [row["line"] for row in rows]
    is_first = [place == 0 or lines[place - 1] != line for place, line in enumerate(lines)]
    moved = [("[z]", "[z]") if first else _moved(row) for row, first in zip(rows, is_first, strict=True)]
    return [
        *([Column(header=_header(rows), cells=[*lines])] if len(set(lines)) > 1 else []),
        *_areas(rows),
        Column(header="Academic year", cells=[label(row["period"]) for row in rows]),
        Column(
            header=f"{measure.label} ({measure.unit})",
            cells=[_figure(row["value"], row["symbol"], measure.unit) for row in rows],
            formats=[_PLAIN[decimals_of(measure.unit)]] * len(rows),
        ),
        *_changes(rows, moved, "Change on the year before", measure.unit),
    ]


def _changes(rows: list[Row], moved: list[tuple[Cell, Cell]], header: str, unit: str) -> list[Column]:
    """Give the change in the unit or, of a rate, in percentage points; and in per cent where any line counts."""
    has_counts = any(row["unit"] != "%" for row in rows)
    in_unit = {"": "number or percentage points", "%": "percentage points"}.get(unit, unit)
    change = Column(
        header=f"{header} ({in_unit})",
        cells=[change for change, _ in moved],
        formats=[_SIGNED[decimals_of(row["unit"])] for row in rows],
    )
    share = Column(header=f"{header} (%)", cells=[share for _, share in moved], formats=[_SIGNED[1]] * len(rows))
    return [change, share] if has_counts else [change]


def _moved(row: Row) -> tuple[Cell, Cell]:
    """Give a change in its unit and in per cent, or say why there is none."""
    if row["change_pp"] is not None:
        return _number(row["change_pp"], "pp"), "[z]"
    if row["change"] is not None:
        share = row["change_pct"]
        return _number(row["change"], row["unit"]), "[not stated]" if share is None else _number(share, "%")
    why = _MOVED.get(row["status"], "[not stated]")
    return why, "[z]" if row["unit"] == "%" else why


def _figure(value: float | None, symbol: str | None, unit: str) -> Cell:
    """Give a figure, or what stands in its place; 0 is only where it is 0."""
    if symbol:
        return f"[{symbol}]"
    if value is None:
        return "[not at hand]"
    return _number(value, unit) if not value or rounded(value, decimals_of(unit)) else "[low]"


def _number(value: float, unit: str) -> Cell:
    decimals = decimals_of(unit)
    exact = rounded(value, decimals) + 0  # + 0: there is no minus zero
    return float(exact) if decimals else int(exact)


def _header(rows: list[Row]) -> str:
    """Say what tells the lines apart."""
    if len({row["measure"] for row in rows}) > 1:
        return "Measure"
    levels = {row["geographic_level"] for row in rows} - {"National"}
    if len(levels) == 1 and _is_of_places(rows):
        level = str(levels.pop())
        return {"Regional": "Region"}.get(level, level)
    breakdowns = {row["breakdown"] for row in rows} - {"overall"}
    if len(breakdowns) == 1:
        name = str(breakdowns.pop()).replace("-", " ").capitalize()
        return name if name and name not in _FIXED else "Line"
    return "Funding" if len({row["funding"] for row in rows}) > 1 else "Line"


def _areas(rows: list[Row]) -> list[Column]:
    return [Column(header="Area code", cells=[row["location_code"] or NONE for row in rows])] * _is_of_places(rows)


def _is_of_places(rows: list[Row]) -> bool:
    return len({row["location_code"] for row in rows}) > 1


def _origins(row: Row) -> list[str]:
    return [*dict.fromkeys(origin for name in _ORIGINS if name in row for origin in row[name])]
