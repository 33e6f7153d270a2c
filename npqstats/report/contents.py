"""What a report holds, before it is a page, a workbook or Markdown."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from npqstats.analysis.cells import Cell
from npqstats.catalogue.catalogue import Release
from npqstats.charts.chart import Chart
from npqstats.tables.table import Column, Entry, Kind, Row, Table


@dataclass(frozen=True, kw_only=True)
class Statement:
    """A sentence that may be quoted."""

    text: str
    credit: str
    """Its source, to be quoted with it."""


@dataclass(frozen=True, kw_only=True)
class KeyFigure:
    """A figure that is set large."""

    label: str
    figure: str
    change: str
    """How it moved on the year before, or why that is not stated."""


@dataclass(frozen=True, kw_only=True)
class Exhibit:
    """A table of the report."""

    slug: str
    """Names its file and its anchor."""
    table: Table
    frame: pl.DataFrame
    """Its figures unrounded, for its file."""
    commands: tuple[str, ...]
    """The shell commands that print the answers it shows."""
    cells: tuple[Cell, ...]
    """The published cells behind its figures, once each."""
    is_open: bool = False
    """Whether it is seen on the page without being unfolded."""


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A chart of the report."""

    slug: str
    chart: Chart

    @property
    def alt(self) -> str:
        """Its text alternative in the report: a chart may draw more than the table below it has."""
        return self.chart.alternative("its file of data")


@dataclass(frozen=True, kw_only=True)
class Part:
    """Sentences, the chart that proves them and the tables that both are from."""

    statements: tuple[Statement, ...] = ()
    picture: Picture | None = None
    exhibits: tuple[Exhibit, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Chapter:
    """The parts under one heading."""

    slug: str
    title: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, kw_only=True)
class Source:
    """A raw file that the report rests on."""

    name: str
    title: str
    release: str
    published: str
    retrieved: str
    sha256: str
    rows: int
    address: str = ""


@dataclass(frozen=True, kw_only=True)
class Report:
    """All that a report says."""

    release: Release
    area: str
    """England, or the region or local authority that was asked for."""
    title: str
    status: str
    """Release, date and status of the statistics, in a sentence."""
    years: tuple[str, str]
    """First and last year that the figures are of, such as `2021/22`."""
    lead: Statement
    """The finding that a reader sees first."""
    key_figures: tuple[KeyFigure, ...]
    chapters: tuple[Chapter, ...]
    missing: tuple[str, ...]
    """What the report lacks, and why."""
    terms: tuple[tuple[str, str], ...]
    limits: tuple[str, ...]
    """What cannot be told from the figures."""
    disagreements: tuple[tuple[str, str], ...]
    """Where (file, line, column), and what."""
    sources: tuple[Source, ...]
    citation: str
    command: str

    @property
    def parts(self) -> Iterator[Part]:
        """Every part, in order."""
        for chapter in self.chapters:
            yield from chapter.parts

    @property
    def statements(self) -> list[Statement]:
        """Every sentence that may be quoted, the lead first."""
        return [self.lead, *(each for part in self.parts for each in part.statements)]

    @property
    def exhibits(self) -> list[Exhibit]:
        """Every table, in order."""
        return [each for part in self.parts for each in part.exhibits]

    @property
    def appendix(self) -> list[Table]:
        """What its words mean, where the published files disagree and what the files are, as tables."""
        sources = [
            (
                each.name,
                each.title,
                f"{each.rows:,}",
                each.published or "see each figure",
                each.retrieved or "not recorded",
                each.sha256,
            )
            for each in self.sources
        ]
        tables = [
            _words("What the words mean", ("Term", "Meaning"), self.terms),
            _words("Where the published files disagree", ("Where", "What"), self.disagreements),
            _words("Files", ("File", "Data set", "Rows", "Published", "Fetched", "SHA-256"), sources),
        ]
        return [table for table in tables if table.rows]

    @property
    def pictures(self) -> list[Picture]:
        """Every chart, in order."""
        return [part.picture for part in self.parts if part.picture]


def _words(title: str, headers: Sequence[str], rows: Iterable[Sequence[str]]) -> Table:
    """Make a table of words."""
    codes = {"SHA-256", "File", "Rows"}
    return Table(
        title=title,
        columns=tuple(Column(header=name, kind=Kind.CODE if name in codes else Kind.LABEL) for name in headers),
        rows=tuple(Row(entries=tuple(Entry(text=text) for text in row)) for row in rows),
    )
