"""Published cells as a table, each with its file, line and column."""

import polars as pl

from npqstats.catalogue.catalogue import NO_RELEASE
from npqstats.tables.table import Column, Entry, Kind, Notes, Row, Table
from npqstats.vocabulary.measures import MEASURES
from npqstats.vocabulary.numbers import number
from npqstats.vocabulary.periods import label
from npqstats.wording import attribution


def cells(frame: pl.DataFrame, title: str = "Published cells") -> Table:
    """Lay out what `show` returns.

    Args:
        frame: The columns `analysis.columns.SHOWN`.
        title: What the cells are.
    """
    marks = Notes()
    rows = []
    for cell in frame.iter_rows(named=True):
        remarks = [f"{remark}." for remark in (cell["citation"], cell["note"]) if remark]
        years = f"{label(cell['first_period'])} to " if cell["first_period"] else ""
        what = [
            f"{cell['measure']} ({MEASURES[cell['measure']].unit})",
            years + label(cell["time_period"]),
            *_about(cell),
        ]
        origin = f"{cell['source']}:{cell['line']}:{cell['column']}"
        rows.append(
            Row(
                entries=(
                    Entry(text=cell["raw"], value=cell["value"], notes=marks.numbers(remarks), origins=(origin,)),
                    Entry(text=", ".join(what)),
                    Entry(text=f"{cell['source']}:{cell['line']} {cell['column']}"),
                )
            )
        )
    count = frame.height
    return Table(
        title=title,
        finding=(f"{number(count)} published {'cell' if count == 1 else 'cells'}, as printed.",),
        columns=(
            Column(header="Printed", kind=Kind.NUMBER),
            Column(header="What"),
            Column(header="File:line and column"),
        ),
        rows=tuple(rows),
        notes=tuple(marks.texts),
        key=tuple(attribution.symbols_key(set(frame.get_column("symbol").drop_nulls()))),
        source=("Files are under data/raw/; their header is line 1.", attribution.source()),
    )


def _about(cell: dict[str, str]) -> list[str]:
    group = [] if cell["group_label"] == cell["breakdown_label"] else [cell["course"] or cell["group_label"]]
    basis = ["since 2021"] if cell["basis"] == "cumulative" else []
    suite = [f"{cell['suite']} suite"] if cell["suite"] != "reformed" else []
    funding = [] if cell["funding"] == "all" else [cell["funding"]]
    is_edition = cell["evidence"] != "official" and cell["release"] != NO_RELEASE
    return [
        cell["location_name"],
        *group,
        *funding,
        *basis,
        *suite,
        *([f"release {cell['release']}"] if is_edition else []),
    ]
