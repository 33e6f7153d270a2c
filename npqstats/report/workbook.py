"""The report as a workbook: which worksheets it has, and what stands on each."""

from collections.abc import Iterable, Mapping

import polars as pl

from npqstats import __version__
from npqstats.catalogue.catalogue import catalogue
from npqstats.catalogue.names import REPORTED
from npqstats.catalogue.observations import EVIDENCE
from npqstats.report.contents import Report, text
from npqstats.report.grid import Column, Grid, grid, listed
from npqstats.report.spreadsheet import Front, names, spreadsheet
from npqstats.tables.sheet import Notes
from npqstats.vocabulary.measures import MEASURES

_OTHERS = ("Cover", "Contents", "Notes", "Symbols and terms", "Disagreements", "Sources")
"""Worksheets that hold no table of the report."""


def workbook(report: Report) -> bytes:
    """Write a report as an Excel workbook; the same report gives the same bytes.

    Cover, contents, notes, symbols and terms, then one table a worksheet, what the files disagree about, and sources.
    Figures are numbers, rounded as they are printed. No cell is a formula, whatever its text begins with.
    """
    return spreadsheet(_front(report), _sheets(report), report.release.published)


def _front(report: Report) -> Front:
    publication = catalogue().publication
    return Front(
        title=report.title,
        status=report.status,
        parts={
            "Headlines": [text(sentence) for sentence in report.headlines],
            "What is not comparable": [text(sentence) for sentence in report.cautions],
            "What is missing": [
                f"{section.title}. {sentence}" for section in report.sections for sentence in section.missing
            ],
        },
        link=(f"{publication.title}, {publication.publisher}", publication.page),
        about=[
            f"{publication.attribution} Figures that others reported belong to the publishers named in the notes.",
            f"Prepared with npqstats {__version__}, which is not made or endorsed by the {publication.publisher}.",
        ],
        command=report.command,
    )


def _sheets(report: Report) -> dict[str, Grid]:
    """Give every worksheet but the cover by its name, in order."""
    numbered = Notes()
    given = names((exhibit.slug for exhibit in report.exhibits), taken=_OTHERS)
    exhibits = {name: grid(exhibit, numbered) for name, exhibit in zip(given, report.exhibits, strict=True)}
    sheets = {
        **({"Notes": _notes(numbered, exhibits)} if numbered.texts else {}),
        "Symbols and terms": _terms(report, exhibits.values()),
        **exhibits,
        **({"Disagreements": _disagreements(report)} if report.disagreements.height else {}),
        **({"Sources": _sources(report)} if report.sources else {}),
    }
    return {"Contents": _contents(report, sheets), **sheets}


def _contents(report: Report, sheets: Mapping[str, Grid]) -> Grid:
    return Grid(
        title="Table of contents",
        subtitles=[report.title],
        columns=[
            Column(header="Worksheet", cells=[*sheets], is_link=True),
            Column(header="What it holds", cells=[sheet.title for sheet in sheets.values()]),
        ],
    )


def _notes(numbered: Notes, exhibits: Mapping[str, Grid]) -> Grid:
    users = [[name for name, sheet in exhibits.items() if note in sheet.notes] for note in numbered.texts]
    return Grid(
        title="Notes to the tables",
        columns=[
            Column(header="Note number", cells=[f"note {place}" for place, _ in enumerate(numbered.texts, 1)]),
            Column(header="Note", cells=[*numbered.texts]),
            Column(header="Worksheets that refer to it", cells=[", ".join(used) for used in users]),
        ],
    )


def _terms(report: Report, exhibits: Iterable[Grid]) -> Grid:
    """Explain the symbols, measures and kinds of evidence that the tables use."""
    shorthand = {word: meaning for sheet in exhibits for word, meaning in sheet.shorthand.items()}
    tables = [exhibit.table for exhibit in report.exhibits]
    counted = {code for table in tables for code in table.get_column("measure")}
    shown = {evidence for table in tables for evidence in table.get_column("evidence")}
    rows = [
        *(("Shorthand", word, meaning) for word, meaning in shorthand.items()),
        *(("Measure", measure.label, measure.counts) for code, measure in MEASURES.items() if code in counted),
        *(("Evidence", name, meaning) for name, meaning in EVIDENCE.items() if name in shown),
        ("Rounding", "figures", "rounded half away from zero to the decimals shown; parts may not add up to totals"),
        ("Rounding", "changes", "computed before rounding"),
        ("Tracing", "source cells", "file:line:column under data/raw/; the header of a file is line 1"),
    ]
    table = pl.DataFrame(rows, schema=["Kind", "Symbol or term", "Meaning"], orient="row")
    return Grid(title="What symbols and terms mean", columns=listed(table))


def _disagreements(report: Report) -> Grid:
    headers = {"source": "File", "line": "Line", "column": "Column", "rule": "Rule", "what": "What was found"}
    return Grid(
        title="Where the published files disagree with each other or with themselves",
        columns=listed(report.disagreements.select(*headers).rename(headers)),
        scope="Files are under data/raw/; their header is line 1. Nothing was changed in them.",
    )


def _sources(report: Report) -> Grid:
    licence = catalogue().publication.licence
    rows = [
        {
            "File": source.name,
            "Data set": source.title,
            "Release": source.release,
            "Published": source.published or "not known",
            "Retrieved": source.retrieved or "not known",
            "Rows": source.rows,
            "Licence": f"{licence}, or of the publisher named in the row"
            if source.name.startswith(f"{REPORTED}/")
            else licence,
            "SHA-256": source.sha256,
            "Address": source.address,
        }
        for source in report.sources
    ]
    return Grid(
        title="The files that the figures are from",
        columns=listed(pl.DataFrame(rows), unbroken=("SHA-256", "Address")),
        scope="Files are under data/raw/. SHA-256 tells whether a file is the same, byte for byte.",
    )
