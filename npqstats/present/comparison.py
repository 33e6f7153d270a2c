"""A comparison, a trend or the cells behind them, as a sheet."""

from typing import Any

import polars as pl

from npqstats.present import wording
from npqstats.present.sheet import Notes, Sheet
from npqstats.sources.names import NO_RELEASE
from npqstats.vocabulary.measures import MEASURES
from npqstats.vocabulary.numbers import MISSING, number, signed
from npqstats.vocabulary.periods import label

_SMALLEST = 1e-9
_WORDS = {"so far": "so far", "new": "new", "incomplete": MISSING, "missing": MISSING}


def comparison(table: pl.DataFrame) -> Sheet:
    """Lay out what `compare` gives.

    Args:
        table: The columns of `analysis.compare.COMPARISON`, at least one row.
    """
    rows = table.to_dicts()
    before, after = label(rows[0]["before_period"]), label(rows[0]["after_period"])
    measures = list(dict.fromkeys(row["measure"] for row in rows))
    is_one = len(measures) == 1
    notes = Notes()
    has_counts = any(not MEASURES[code].is_rate for code in measures)
    headers = [
        "" if is_one else "Measure (unit)",
        before,
        after,
        "Change",
        *(["Change (%)"] if has_counts else []),
    ]
    return Sheet(
        title=f"{_title(rows)}: {before} to {after}",
        headers=headers,
        rows=[
            _compared(row, parent, notes, is_one=is_one)[: len(headers)]
            for row, parent in zip(rows, _parents(rows), strict=True)
        ],
        numeric=frozenset(range(1, len(headers))),
        bars=_bars(rows),
        notes=notes.texts,
        key=_key(rows, "before_symbol", "after_symbol"),
        foot=_foot(rows),
    )


def _title(rows: list[dict[str, Any]]) -> str:
    measures = {row["measure"] for row in rows}
    places = {row["location_name"] for row in rows if row["location_name"]}
    where = f", {places.pop()}" if len(places) == 1 else ", England by area" if len(places) > 1 else ", England"
    if len(measures) > 1:
        return f"National Professional Qualifications{where}"
    measure = MEASURES[measures.pop()]
    return f"{measure.label} ({measure.unit}){where}"


def _compared(row: dict[str, Any], parent: str, notes: Notes, *, is_one: bool) -> list[str]:
    unit = row["unit"]
    marks = notes.marks(row["notes"])
    name = row["line"] if is_one else f"{row['line']} ({unit})"
    if parent and row["line"].startswith(f"{parent}, "):
        name = f"  {row['line'].removeprefix(f'{parent}, ')}"
    return [
        f"{name} {marks}".rstrip(),
        wording.cell(row["before"], row["before_symbol"], unit),
        wording.cell(row["after"], row["after_symbol"], unit),
        *_moved(row),
    ]


def _parents(rows: list[dict[str, Any]]) -> list[str]:
    """For each row the line above it that its name continues, or nothing: `Starts` for `Starts, funded`."""
    parents, last = [], ""
    for row in rows:
        parents.append(last if last and row["line"].startswith(f"{last}, ") else "")
        last = last if parents[-1] else row["line"]
    return parents


def _moved(row: dict[str, Any]) -> list[str]:
    if row["change_pp"] is not None:
        return [f"{signed(row['change_pp'], 'pp')} pts", ""]
    if row["change"] is not None:
        return [signed(row["change"]), signed(row["change_pct"], "%")]
    return [_WORDS.get(row["status"], ""), ""]


def _bars(rows: list[dict[str, Any]]) -> list[float | None]:
    """Size the moves against each other: by per cent or, where all are rates, by points; -1 to 1.

    A rate among counts has no size to compare: it gets the smallest, which shows its direction alone.
    """
    is_mixed = any(row["change_pct"] is not None for row in rows)
    moves = [row["change_pct"] if is_mixed else row["change_pp"] for row in rows]
    largest = max((abs(move) for move in moves if move is not None), default=0) or 1
    return [
        move / largest if move is not None else _SMALLEST * row["change_pp"] if row["change_pp"] is not None else None
        for row, move in zip(rows, moves, strict=True)
    ]


def _key(rows: list[dict[str, Any]], *columns: str) -> list[str]:
    return wording.symbol_key({row[column] for row in rows for column in columns if row[column]})


def _foot(rows: list[dict[str, Any]]) -> list[str]:
    has_points = any(row["change_pp"] is not None for row in rows)
    return [
        *(["pts: percentage points."] if has_points else []),
        wording.edition(rows[0]["release"]),
        wording.source(),
        "File and line of every figure: the same command with --cells.",
    ]


def trend(table: pl.DataFrame) -> Sheet:
    """Lay out what `trend` gives.

    Args:
        table: The columns of `analysis.trend.TREND`, at least one row.
    """
    rows = table.to_dicts()
    is_one = len({row["line"] for row in rows}) == 1
    notes = Notes()
    measure = MEASURES[rows[0]["measure"]]
    headers = [
        *([] if is_one else ["Line"]),
        "Year",
        f"{measure.label} ({measure.unit})",
        "Change on the year before",
    ]
    headers += [] if measure.is_rate else ["Change (%)"]
    body = []
    for place, row in enumerate(rows):
        is_first = place == 0 or rows[place - 1]["line"] != row["line"]
        name = [] if is_one else [row["line"] if is_first else ""]
        value = wording.cell(row["value"], row["symbol"], row["unit"])
        moved = _moved(row) if not is_first else ["", ""]
        marks = notes.marks(row["notes"])
        year = f"{label(row['period'])} {marks}".strip()
        body.append([*name, year, value, *moved][: len(headers)])
    last = label(rows[-1]["period"])
    line = f", {rows[0]['line'].lower()}" if is_one and rows[0]["line"] != measure.label else ""
    return Sheet(
        title=f"{_title(rows)}{line}: {label(rows[0]['period'])} to {last}",
        headers=headers,
        rows=body,
        numeric=frozenset(range(len(headers) - (2 if measure.is_rate else 3), len(headers))),
        bars=_bars(rows),
        notes=notes.texts,
        key=_key(rows, "symbol"),
        foot=_foot(rows),
    )


def cells(table: pl.DataFrame, title: str = "Published cells") -> Sheet:
    """Lay out what `show` gives: published cells, each with its file, line and column."""
    notes = Notes()
    rows = table.to_dicts()
    body = []
    for row in rows:
        unit = MEASURES[row["measure"]].unit
        remarks = [f"{row['citation']}; {row['note']}."] if row["citation"] else []
        years = f"{label(row['first_period'])} to " if row["first_period"] else ""
        body.append(
            [
                f"{row['raw']} {notes.marks(remarks)}".strip(),
                f"{row['measure']} ({unit})",
                years + label(row["time_period"]),
                ", ".join(_about(row)),
                f"{row['source']}:{row['line']} {row['column']}",
            ]
        )
    return Sheet(
        title=title,
        subtitle=f"{number(len(rows))} published {'cell' if len(rows) == 1 else 'cells'}, as printed",
        headers=["Printed", "Measure (unit)", "Year", "Of", "File:line and column"],
        rows=body,
        numeric=frozenset({0}),
        notes=notes.texts,
        key=_key(rows, "symbol"),
        foot=["Files are under data/raw/; their header is line 1.", wording.source()],
    )


def _about(row: dict[str, Any]) -> list[str]:
    group = [] if row["group_label"] == row["breakdown_label"] else [row["course"] or row["group_label"]]
    basis = ["since 2021"] if row["basis"] == "cumulative" else []
    suite = [f"{row['suite']} suite"] if row["suite"] != "reformed" else []
    funding = [] if row["funding"] == "all" else [row["funding"]]
    release = [f"release {row['release']}"] if row["evidence"] != "official" and row["release"] != NO_RELEASE else []
    return [row["location_name"], *group, *funding, *basis, *suite, *release]
