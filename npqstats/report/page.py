"""A report as one page of HTML that needs nothing else: no network, no script, no other file."""

import base64
import hashlib
from collections.abc import Mapping
from pathlib import Path

import jinja2
import polars as pl
from markupsafe import Markup

from npqstats import __version__
from npqstats.catalogue.catalogue import catalogue
from npqstats.report.contents import Exhibit, Report
from npqstats.report.inline import colours, inline, rules
from npqstats.report.places import Places
from npqstats.report.rows import rows
from npqstats.tables.sheet import Sheet
from npqstats.vocabulary.names import plain
from npqstats.vocabulary.numbers import MISSING

_TEMPLATES = Path(__file__).with_name("templates")
_DARK = "@media screen and (prefers-color-scheme: dark)"
_NO_FIGURE = "no figure at hand"


def page(report: Report, cells: pl.DataFrame, drawings: Mapping[str, bytes]) -> str:
    """Write a report as a page.

    Args:
        report: What it says.
        cells: The published cells behind it: what `behind` gives for `report.origins`, in that order.
        drawings: Each picture in the light theme as SVG, by the picture's slug.

    Returns:
        HTML. Text from data stands in it as text; nothing in it asks for another address, and a policy forbids it to.
    """
    style, script = _style(), _template("script.js")
    template = _environment().get_template("page.html.j2")
    return template.render(
        report=report,
        places=Places(report.origins, cells),
        drawn={
            picture.slug: Markup(inline(drawings[picture.slug], picture.chart, f"chart-{picture.slug}"))
            for picture in report.pictures
        },
        titles=_titles(report),
        symbols=_symbols(report),
        disagreements=_disagreements(report.disagreements),
        publication=catalogue().publication,
        version=__version__,
        style=Markup(style),
        script=Markup(script),
        policy=_policy(style, script),
    )


def _environment() -> jinja2.Environment:
    """Make the templates' surroundings: all is escaped, what is not known is an error, text stays on its line."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=lambda value: plain(value) if type(value) is str else value,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["rows"] = rows
    environment.tests |= {
        "exhibit": lambda item: isinstance(item, Exhibit),
        "web": lambda address: address.startswith(("https://", "http://")),
    }
    return environment


def _template(name: str) -> str:
    return (_TEMPLATES / name).read_text("utf-8")


def _style() -> str:
    """Join the style sheet to the colours and rules of the charts."""
    light, dark = (_declared(colours(theme)) for theme in ("light", "dark"))
    return f":root {{ {light} }}\n{_DARK} {{ :root {{ {dark} }} }}\n{rules()}\n{_template('style.css')}"


def _declared(properties: Mapping[str, str]) -> str:
    return "; ".join(f"{name}: {value}" for name, value in properties.items())


def _policy(style: str, script: str) -> str:
    """Say what the page may do: run its own script, use its own styles, show nothing from elsewhere."""
    allowed = {
        "default-src": "'none'",
        "style-src": _hash(style),
        "script-src": _hash(script),
        "img-src": "data:",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in allowed.items())


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _titles(report: Report) -> dict[tuple[str, str], str]:
    """Number tables and charts as they follow each other: `Table 1`, `Chart 1`."""
    tables = {("Table", item.slug): f"Table {number}" for number, item in enumerate(report.exhibits, start=1)}
    charts = {("Chart", item.slug): f"Chart {number}" for number, item in enumerate(report.pictures, start=1)}
    return tables | charts


def _symbols(report: Report) -> dict[str, str]:
    """Explain the symbols that the tables of a report use."""
    lines = [line for exhibit in report.exhibits for sheet in _whole(exhibit.sheet) for line in sheet.key]
    found = {
        symbol.removesuffix(":"): meaning.removesuffix(".")
        for symbol, _, meaning in (line.partition(" ") for line in dict.fromkeys(lines))
    }
    cells = {cell for exhibit in report.exhibits for row in exhibit.sheet.rows for cell in row}
    return found | ({MISSING: _NO_FIGURE} if MISSING in cells else {})


def _whole(sheet: Sheet) -> list[Sheet]:
    return [sheet, *(_whole(sheet.below) if sheet.below else [])]


def _disagreements(table: pl.DataFrame) -> Sheet | None:
    """Lay out the figures that disagree; None where there are none."""
    return (
        None
        if table.is_empty()
        else Sheet(
            title="Published figures that disagree with each other",
            headers=["Source", "Line", "Column", "What"],
            rows=[list(map(str, row)) for row in table.select("source", "line", "column", "what").iter_rows()],
            numeric=frozenset({1}),
            unbroken=frozenset({0}),
        )
    )
