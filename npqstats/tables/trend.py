"""A trend as a sheet."""

import polars as pl

from npqstats.tables import moves
from npqstats.tables.sheet import Notes, Sheet
from npqstats.vocabulary.measures import MEASURES
from npqstats.vocabulary.periods import label
from npqstats.wording import wording


def trend(table: pl.DataFrame) -> Sheet:
    """Lay out what `trend` gives.

    Args:
        table: The columns of `analysis.columns.TREND`, at least one row.
    """
    rows = table.to_dicts()
    is_one = len({row["line"] for row in rows}) == 1
    notes = Notes()
    measure = MEASURES[rows[0]["measure"]]
    headers = [*([] if is_one else ["Line"]), "Year", f"{measure.label} ({measure.unit})", "Change"]
    headers += [] if measure.is_rate else ["Change (%)"]
    body, origins = [], []
    for place, row in enumerate(rows):
        is_first = place == 0 or rows[place - 1]["line"] != row["line"]
        name = [] if is_one else [row["line"] if is_first else ""]
        value = wording.cell(row["value"], row["symbol"], row["unit"])
        moved = moves.moved(row) if not is_first else ["", ""]
        marks = notes.marks(row["notes"])
        year = f"{label(row['period'])} {marks}".strip()
        body.append([*name, year, value, *moved][: len(headers)])
        here = tuple(row["origins"])
        both = () if is_first else (*rows[place - 1]["origins"], *here)
        is_changed = row["change"] is not None or row["change_pp"] is not None
        share = both if row["change_pct"] is not None else ()
        origins.append([*(() for _ in name), (), here, both if is_changed else (), share][: len(headers)])
    first, last = (label(rows[place]["period"]) for place in (0, -1))
    told_line = (
        "" if not is_one or rows[0]["line"] in (measure.label, rows[0]["location_name"]) else f"{rows[0]['line']}. "
    )
    return Sheet(
        title=f"{moves.title(rows)}: {first}{f' to {last}' if last != first else ''}",
        subtitle=f"{told_line}{'Changes are on the year before.' if last != first else ''}",
        headers=headers,
        rows=body,
        numeric=frozenset(range(len(headers) - (2 if measure.is_rate else 3), len(headers))),
        unbroken=frozenset({headers.index("Year")}),
        origins=origins,
        bars=moves.bars(rows),
        notes=notes.texts,
        key=moves.key(rows, "symbol"),
        foot=moves.foot(rows),
    )
