"""A report as a workbook: a cover, its tables, and the sheets that explain them."""

from collections.abc import Sequence

from npqstats import __version__
from npqstats.catalogue.catalogue import catalogue
from npqstats.report.contents import Report
from npqstats.tables import xlsx
from npqstats.tables.table import Column, Entry, Kind, Row, Table

_CODES = {"SHA-256", "File", "Rows"}


def workbook(report: Report) -> bytes:
    """Write a report as an Excel workbook; the same report has the same bytes."""
    publication = catalogue().publication
    cover = {
        "": [report.status],
        "Findings": [statement.text for statement in report.statements if statement.text],
        "What cannot be told from these figures": [*report.limits, *report.missing],
        "Source": [report.citation, f"{publication.title}: {publication.page}", publication.attribution],
        "About this workbook": [
            f"Made with npqstats {__version__}, which is not made or endorsed by the {publication.publisher}.",
            "Changes are computed before rounding.",
            "Source cells are file:line:column under data/raw/; line 1 of a file is its header.",
        ],
    }
    tables = [exhibit.table for exhibit in report.exhibits]
    tables += [_words("What the words mean", ("Term", "Meaning"), report.terms)]
    if report.disagreements:
        tables.append(_words("Where the published files disagree", ("Where", "What"), report.disagreements))
    files = [
        (
            source.name,
            source.title,
            f"{source.rows:,}",
            source.published or "see each figure",
            source.retrieved or "not recorded",
            source.sha256,
        )
        for source in report.sources
    ]
    tables.append(_words("Files", ("File", "Data set", "Rows", "Published", "Fetched", "SHA-256"), files))
    cover = {heading: list(dict.fromkeys(sentences)) for heading, sentences in cover.items()}
    return xlsx.workbook(tables, report.title, cover, made=report.release.published, command=report.command)


def _words(title: str, headers: Sequence[str], rows: Sequence[Sequence[str]]) -> Table:
    """Make a table of words."""
    return Table(
        title=title,
        columns=tuple(Column(header=name, kind=Kind.CODE if name in _CODES else Kind.LABEL) for name in headers),
        rows=tuple(Row(entries=tuple(Entry(text=text) for text in row)) for row in rows),
    )
