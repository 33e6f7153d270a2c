"""Every file of a report, before any of them is written."""

from collections.abc import Callable, Collection

import polars as pl

from npqstats.analysis.show import behind
from npqstats.charts import files
from npqstats.listeners import silent
from npqstats.report.contents import Picture, Report
from npqstats.report.page import page
from npqstats.report.summary import summary
from npqstats.report.workbook import workbook
from npqstats.tables.machine import csv
from npqstats.tables.sheet import with_text


def outputs(report: Report, step: Callable[[int, int], None] = silent) -> dict[str, bytes]:
    """Draw, lay out and write all that a report consists of, but its manifest.

    Args:
        report: What it says.
        step: Told how many charts are drawn, and of how many.

    Returns:
        By path within the folder of the report: `index.html`, `report.md`, `workbook.xlsx`, `tables/`, `charts/`.
    """
    charts = _drawn(report.pictures, step)
    tables = {f"tables/{exhibit.slug}.csv": _csv(exhibit.table) for exhibit in report.exhibits}
    cells = behind(report.origins, project=report.project)
    drawings = {picture.slug: charts[f"charts/{picture.slug}.svg"] for picture in report.pictures}
    return {
        "index.html": page(report, cells, drawings).encode(),
        "report.md": summary(report).encode(),
        "workbook.xlsx": workbook(report),
        **tables,
        **charts,
    }


def _drawn(pictures: Collection[Picture], step: Callable[[int, int], None]) -> dict[str, bytes]:
    drawn: dict[str, bytes] = {}
    for done, picture in enumerate(pictures):
        step(done, len(pictures))
        drawn |= {f"charts/{picture.slug}{suffix}": file for suffix, file in files.contents(picture.chart).items()}
    step(len(pictures), len(pictures))
    return drawn


def _csv(table: pl.DataFrame) -> bytes:
    return csv(with_text(table))
