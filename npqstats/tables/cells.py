"""Published cells as a sheet, each with its file, line and column."""

import polars as pl

from npqstats.catalogue.names import NO_RELEASE
from npqstats.tables import moves
from npqstats.tables.sheet import Notes, Sheet
from npqstats.vocabulary.measures import MEASURES
from npqstats.vocabulary.numbers import number
from npqstats.vocabulary.periods import label
from npqstats.wording import wording


def cells(table: pl.DataFrame, title: str = "Published cells") -> Sheet:
    """Lay out what `show` gives: published cells, each with its file, line and column."""
    notes = Notes()
    rows = table.to_dicts()
    body = []
    for row in rows:
        remarks = [f"{remark}." for remark in (row["citation"], row["note"]) if remark]
        years = f"{label(row['first_period'])} to " if row["first_period"] else ""
        measure = f"{row['measure']} ({MEASURES[row['measure']].unit})"
        what = ", ".join([measure, years + label(row["time_period"]), *_about(row)])
        where = f"{row['source']}:{row['line']} {row['column']}"
        body.append([f"{row['raw']} {notes.marks(remarks)}".strip(), what, where])
    return Sheet(
        title=title,
        subtitle=f"{number(len(rows))} published {'cell' if len(rows) == 1 else 'cells'}, as printed",
        headers=["Printed", "What", "File:line and column"],
        rows=body,
        numeric=frozenset({0}),
        notes=notes.texts,
        key=moves.key(rows, "symbol"),
        foot=["Files are under data/raw/; their header is line 1.", wording.source()],
    )


def _about(row: moves.Row) -> list[str]:
    group = [] if row["group_label"] == row["breakdown_label"] else [row["course"] or row["group_label"]]
    basis = ["since 2021"] if row["basis"] == "cumulative" else []
    suite = [f"{row['suite']} suite"] if row["suite"] != "reformed" else []
    funding = [] if row["funding"] == "all" else [row["funding"]]
    release = [f"release {row['release']}"] if row["evidence"] != "official" and row["release"] != NO_RELEASE else []
    return [row["location_name"], *group, *funding, *basis, *suite, *release]
