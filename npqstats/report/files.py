"""Every file of a report but its manifest, before any of them is written."""

from collections.abc import Callable

from npqstats.charts.style import recoloured
from npqstats.listeners import silent
from npqstats.report.contents import Picture, Report
from npqstats.report.markdown import markdown
from npqstats.report.page import Drawn, page, provenance
from npqstats.report.workbook import workbook
from npqstats.tables import machine

_SUFFIXES = (".svg", ".png", ".csv", ".alt.txt")


def contents(report: Report, step: Callable[[int, int], None] = silent) -> dict[str, bytes]:
    """Draw, lay out and write all that a report consists of.

    Args:
        report: What it says.
        step: Called with how many charts are drawn, and of how many.

    Returns:
        By path within the folder of the report: `index.html`, `provenance.html`, `report.md`, `workbook.xlsx`,
        `tables/`, `charts/`.
    """
    drawn: dict[str, Drawn] = {}
    charts: dict[str, bytes] = {}
    for done, picture in enumerate(report.pictures):
        step(done, len(report.pictures))
        drawn[picture.slug] = _drawn(picture)
        charts |= {f"charts/{picture.slug}{suffix}": picture.chart.content(suffix) for suffix in _SUFFIXES}
    step(len(report.pictures), len(report.pictures))
    return {
        "index.html": page(report, drawn).encode(),
        "provenance.html": provenance(report).encode(),
        "report.md": markdown(report).encode(),
        "workbook.xlsx": workbook(report),
        **{f"tables/{each.slug}.csv": machine.csv(each.documents[0].frame) for each in report.exhibits},
        **charts,
    }


def _drawn(picture: Picture) -> Drawn:
    """Draw a chart as the page shows it: for wide screens and phones, in light and dark."""
    wide, phone = (picture.chart.figure(is_bare=True, size=size).saved("svg").decode() for size in ("640x360", "phone"))
    return Drawn(
        wide_light=wide,
        wide_dark=recoloured(wide, "dark"),
        phone_light=phone,
        phone_dark=recoloured(phone, "dark"),
    )
