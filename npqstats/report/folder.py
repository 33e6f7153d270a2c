"""Every file of a report but its manifest, before any of them is written."""

from collections.abc import Callable

from npqstats import __version__
from npqstats.catalogue.catalogue import catalogue
from npqstats.charts.style import recoloured
from npqstats.listeners import silent
from npqstats.report.contents import Picture, Report
from npqstats.report.page import Drawn, markdown, page, provenance
from npqstats.tables import machine, xlsx

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
        drawn[picture.slug] = _drawn(picture, is_first=done == 0)
        charts |= {f"charts/{picture.slug}{suffix}": picture.chart.content(suffix) for suffix in _SUFFIXES}
    step(len(report.pictures), len(report.pictures))
    return {
        "index.html": page(report, drawn).encode(),
        "provenance.html": provenance(report).encode(),
        "report.md": markdown(report).encode(),
        "workbook.xlsx": workbook(report),
        **{f"tables/{each.slug}.csv": machine.csv(each.frame) for each in report.exhibits},
        **charts,
    }


def _drawn(picture: Picture, *, is_first: bool) -> Drawn:
    """Draw a chart as the page shows it, in light and dark; the first one low enough for a phone's first screen."""
    sizes = ("640x360", "375x360" if is_first else "phone")
    wide, phone = (picture.chart.figure(is_bare=True, size=size).saved("svg").decode() for size in sizes)
    return Drawn(
        wide_light=wide,
        wide_dark=recoloured(wide, "dark"),
        phone_light=phone,
        phone_dark=recoloured(phone, "dark"),
    )


def workbook(report: Report) -> bytes:
    """Write a report as an Excel workbook: a cover, its tables, and the sheets that explain them."""
    publication = catalogue().publication
    cover = {
        "": [report.status],
        "Findings": list(dict.fromkeys(statement.text for statement in report.statements)),
        "What cannot be told from these figures": [*report.limits, *report.missing],
        "Source": [report.citation, f"{publication.title}: {publication.page}", publication.attribution],
        "About this workbook": [
            f"Made with npqstats {__version__}, which is not made or endorsed by the {publication.publisher}.",
            "Changes are computed before rounding.",
            "Source cells are file:line:column under data/raw/; line 1 of a file is its header.",
        ],
    }
    tables = [*(exhibit.table for exhibit in report.exhibits), *report.appendix]
    return xlsx.workbook(tables, report.title, cover, made=report.release.published, command=report.command)
