"""A comparison as a sheet."""

import polars as pl

from npqstats.tables import moves
from npqstats.tables.sheet import Notes, Sheet
from npqstats.vocabulary.measures import MEASURES
from npqstats.vocabulary.periods import label
from npqstats.wording import wording


def comparison(table: pl.DataFrame) -> Sheet:
    """Lay out what `compare` gives.

    Args:
        table: The columns of `analysis.columns.COMPARISON`, at least one row.
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
        title=f"{moves.title(rows)}: {before} to {after}",
        headers=headers,
        rows=[
            _compared(row, parent, notes, is_one=is_one)[: len(headers)]
            for row, parent in zip(rows, _parents(rows), strict=True)
        ],
        numeric=frozenset(range(1, len(headers))),
        origins=[_origins(row)[: len(headers)] for row in rows],
        bars=moves.bars(rows),
        notes=notes.texts,
        key=moves.key(rows, "before_symbol", "after_symbol"),
        foot=moves.foot(rows),
    )


def _compared(row: moves.Row, parent: str, notes: Notes, *, is_one: bool) -> list[str]:
    unit = row["unit"]
    marks = notes.marks(row["notes"])
    name = row["line"] if is_one else f"{row['line']} ({unit})"
    if parent and row["line"].startswith(f"{parent}, "):
        name = f"  {row['line'].removeprefix(f'{parent}, ')}"
    return [
        f"{name} {marks}".rstrip(),
        wording.cell(row["before"], row["before_symbol"], unit),
        wording.cell(row["after"], row["after_symbol"], unit),
        *moves.moved(row),
    ]


def _origins(row: moves.Row) -> list[tuple[str, ...]]:
    before, after = tuple(row["before_origins"]), tuple(row["after_origins"])
    both = (*before, *after)
    is_stated = row["change"] is not None or row["change_pp"] is not None
    return [(), before, after, both if is_stated else (), both if row["change_pct"] is not None else ()]


def _parents(rows: list[moves.Row]) -> list[str]:
    """For each row the line above it that its name continues, or nothing: `Starts` for `Starts, funded`."""
    parents, last = [], ""
    for row in rows:
        parents.append(last if last and row["line"].startswith(f"{last}, ") else "")
        last = last if parents[-1] else row["line"]
    return parents
