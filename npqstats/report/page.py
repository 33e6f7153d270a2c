"""A report as a page of HTML, which needs no script and no network, the provenance of its figures, and Markdown."""

import base64
import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from urllib.parse import quote

import jinja2
from markupsafe import Markup

from npqstats import __version__
from npqstats.analysis.cells import Cell
from npqstats.catalogue.catalogue import catalogue
from npqstats.report.contents import Exhibit, Report
from npqstats.tables import markdown as md
from npqstats.tables.table import Entry, Table
from npqstats.vocabulary.names import plain

_SAFE = "/:=;()!*@$+?"
"""What may be written as it is in an address within `srcset`; commas and spaces may not."""
_TEMPLATES = Path(__file__).with_name("templates")


@dataclass(frozen=True)
class Drawn:
    """A chart as the page shows it, each time without headline, notes and source: those are the page's."""

    wide_light: str
    """SVG."""
    wide_dark: str
    phone_light: str
    """SVG, composed for a screen of 375 px."""
    phone_dark: str


def page(report: Report, drawings: Mapping[str, Drawn]) -> str:
    """Write a report as a page.

    Args:
        report: What it says.
        drawings: Its charts, by the slug of the picture.

    Returns:
        HTML. Text from data is escaped; the page asks for no other address, and its policy forbids it to.
    """
    return _render(
        "page.html.j2",
        report,
        drawn={slug: {name: _address(svg) for name, svg in asdict(drawn).items()} for slug, drawn in drawings.items()},
        dataset=Markup(_dataset(report)),
        symbols=_symbols(report),
        titled=_titled(report),
    )


def provenance(report: Report) -> str:
    """Write the page on which every figure of a report's tables is traced to its published cells."""
    return _render("provenance.html.j2", report)


def markdown(report: Report) -> str:
    """Write a report in Markdown, for a code-hosting site and the summary of a CI job; charts are linked beside it."""
    text = _environment(is_markdown=True).get_template("report.md.j2").render(report=report)
    return f"{text.rstrip()}\n"


def _render(template: str, report: Report, **more: object) -> str:
    style = (_TEMPLATES / "page.css").read_text("utf-8")
    return (
        _environment()
        .get_template(template)
        .render(
            report=report,
            names=_names(report),
            publication=catalogue().publication,
            version=__version__,
            style=Markup(style),
            policy=_policy(style),
            **more,
        )
    )


@cache
def _environment(*, is_markdown: bool = False) -> jinja2.Environment:
    """Escape everything; an unknown name is an error; text from data stays on its line."""
    escaped = md.safe if is_markdown else plain
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES),
        autoescape=not is_markdown,
        undefined=jinja2.StrictUndefined,
        finalize=lambda value: escaped(value) if type(value) is str else value,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {"tables": _tables, "rows": _rows, "traced": _traced}
    environment.filters |= {"code": _code, "table": lambda table: Markup(md.markdown(table).rstrip())}
    environment.tests["web"] = lambda address: address.startswith(("https://", "http://"))
    return environment


def _code(command: str) -> Markup:
    """Write a command as code in Markdown: within more backticks than follow each other in it, and apart from them."""
    words = plain(command)
    longest = max(map(len, re.findall("`+", words)), default=0)
    return Markup(f"`{words}`" if not longest else f"{'`' * (longest + 1)} {words} {'`' * (longest + 1)}")


def _policy(style: str) -> str:
    """Say what a page may do: use its own style and the pictures in it."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"


def _address(svg: str) -> Markup:
    """Turn a drawing into an address that holds it whole; nothing in it is left to be escaped."""
    return Markup(f"data:image/svg+xml,{quote(svg, safe=_SAFE)}")


def _names(report: Report) -> dict[tuple[str, str], str]:
    """Number tables and charts in their order: `Table 1`, `Chart 1`."""
    tables = {("table", each.slug): f"Table {number}" for number, each in enumerate(report.exhibits, start=1)}
    charts = {("chart", each.slug): f"Chart {number}" for number, each in enumerate(report.pictures, start=1)}
    return tables | charts


def _titled(report: Report) -> set[str]:
    """Name the charts that are printed with their headline: all but the first, which is the lead's, and repetitions."""
    first = {each.chart.headline: each.slug for each in reversed(report.pictures)}
    return {*first.values()} - {each.slug for each in report.pictures[:1]}


def _tables(table: Table | None) -> list[Table]:
    """Return a table and those below it."""
    return [table, *_tables(table.below)] if table else []


def _symbols(report: Report) -> dict[str, str]:
    """Explain the symbols that the tables print."""
    keys = [line for each in report.exhibits for table in _tables(each.table) for line in table.key]
    found = (line.partition(" ") for line in dict.fromkeys(keys) if line.startswith("["))
    return {symbol: meaning.removesuffix(".") for symbol, _, meaning in found}


def _dataset(report: Report) -> str:
    """Describe a report as a schema.org Dataset, safe within a script element."""
    publication, release = catalogue().publication, report.release
    original = {
        "@type": "Dataset",
        "name": f"{publication.title}, {release.label}",
        "description": f"Figures published by the {publication.publisher} on National Professional Qualifications.",
        "url": release.page or publication.page,
        "license": publication.licence_page,
        "creator": {"@type": "Organization", "name": publication.publisher},
        **({"datePublished": release.published.isoformat()} if release.published else {}),
    }
    files = [("workbook.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")]
    files += [(f"tables/{each.slug}.csv", "text/csv") for each in report.exhibits]
    first, last = (f"20{year[2:4]}" for year in report.years)
    described = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": report.title,
        "description": f"{report.lead.text} {report.status}",
        "license": publication.licence_page,
        "isBasedOn": original,
        "temporalCoverage": f"{first}-09/{int(last) + 1}-08",
        "spatialCoverage": {"@type": "Place", "name": report.area},
        "variableMeasured": [term for term, _ in report.terms],
        "distribution": [{"@type": "DataDownload", "contentUrl": name, "encodingFormat": kind} for name, kind in files],
    }
    text = json.dumps(described, indent=1)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


@dataclass(frozen=True, kw_only=True)
class _Row:
    """A row of a table with what names it."""

    anchor: str
    """On the page of provenance; empty where no figure of it is from published cells."""
    entries: tuple[Entry, ...]
    label_at: int
    """Which entry names it: the first, or the second where the first is left out as in the row above."""
    owner: str
    """The row above that it belongs to, for who hears it alone; empty where it has a name of its own."""
    is_indented: bool


def _rows(item: Exhibit, table: Table) -> Iterator[_Row]:
    """Name the rows of a table; those of a table below the first are not traced."""
    owner = ""
    for number, row in enumerate(table.rows, start=1):
        label_at = 0 if row.entries[0].text or len(row.entries) == 1 else 1
        is_part = bool(row.indent) or label_at > 0
        owner = owner if is_part else row.entries[0].text
        is_traced = table is item.table and any(entry.origins for entry in row.entries)
        yield _Row(
            anchor=f"{item.slug}-{number}" if is_traced else "",
            entries=row.entries,
            label_at=label_at,
            owner=owner if is_part else "",
            is_indented=bool(row.indent),
        )


def _traced(item: Exhibit, row: _Row) -> Iterator[tuple[str, str, list[Cell]]]:
    """List the figures of a row: column, text and cells, of which there are none where they are those above."""
    cells, above = {cell.origin: cell for cell in item.cells}, set[str]()
    for column, entry in zip(item.table.columns, row.entries, strict=True):
        if entry.origins:
            is_above = len(entry.origins) > 1 and above.issuperset(entry.origins)
            found = [] if is_above else [cells[origin] for origin in entry.origins if origin in cells]
            yield column.header, entry.text, found
            above.update(entry.origins)
