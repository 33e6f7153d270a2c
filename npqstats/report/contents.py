"""What a report holds, before it is a page, a workbook or anything else."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import polars as pl

from npqstats.catalogue.catalogue import Release
from npqstats.charts.chart import Chart
from npqstats.project import Project
from npqstats.tables.sheet import Sheet


@dataclass(frozen=True)
class Piece:
    """Some words of a sentence or, with origins, a figure in it."""

    text: str
    origins: tuple[str, ...] = ()
    """Where the figure stands: `file:line:column` under data/raw/; several where it is derived."""


Sentence = tuple[Piece, ...]


def text(sentence: Sentence) -> str:
    """Give a sentence without its origins.

    >>> text((Piece("Starts fell to "), Piece("29,818", ("2024-25/npq_participants.csv:5:npq_starts",)), Piece(".")))
    'Starts fell to 29,818.'
    """
    return "".join(piece.text for piece in sentence)


@dataclass(frozen=True, kw_only=True)
class KeyFigure:
    """A figure that stands large on the page."""

    label: str
    figure: Piece
    change: Sentence
    """What became of it since the year before, or why that is not said."""


@dataclass(frozen=True, kw_only=True)
class Exhibit:
    """A table of the report."""

    slug: str
    """Names its file, its worksheet and its place in the page."""
    table: pl.DataFrame
    """What `compare` or `trend` gave."""
    sheet: Sheet
    """The same for people, row by row."""
    command: str
    """Makes the same table again."""


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A chart of the report."""

    slug: str
    chart: Chart
    command: str


@dataclass(frozen=True, kw_only=True)
class Section:
    """A part of the report under one heading."""

    slug: str
    title: str
    intro: list[Sentence] = field(default_factory=list)
    items: list[Exhibit | Picture] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    """What would stand here if its rows were at hand: whole sentences."""


@dataclass(frozen=True, kw_only=True)
class Source:
    """A raw file that the report rests on."""

    name: str
    title: str
    release: str
    """As printed for people."""
    published: str
    retrieved: str
    """When it was fetched; empty where that is not known."""
    sha256: str
    rows: int
    address: str = ""


@dataclass(frozen=True, kw_only=True)
class Report:
    """All that a report says."""

    project: Project
    release: Release
    place: str
    """England, or the region or local authority that was asked for."""
    title: str
    status: str
    """Release, dates and standing, in a sentence."""
    headlines: list[Sentence]
    key_figures: list[KeyFigure]
    sections: list[Section]
    cautions: list[Sentence]
    """What is not comparable, and why."""
    disagreements: pl.DataFrame
    """As `list disagreements` gives."""
    sources: list[Source]
    command: str

    @property
    def exhibits(self) -> list[Exhibit]:
        """Every table, in order."""
        return [item for section in self.sections for item in section.items if isinstance(item, Exhibit)]

    @property
    def pictures(self) -> list[Picture]:
        """Every chart, in order."""
        return [item for section in self.sections for item in section.items if isinstance(item, Picture)]

    @property
    def origins(self) -> list[str]:
        """Every place that a figure of the report stands at, once each, as they first occur."""
        return list(dict.fromkeys(_origins(self)))


def _origins(report: Report) -> Iterator[str]:
    for sentence in report.headlines:
        yield from _of_pieces(sentence)
    for figure in report.key_figures:
        yield from _of_pieces((figure.figure, *figure.change))
    for section in report.sections:
        for sentence in section.intro:
            yield from _of_pieces(sentence)
        for item in section.items:
            if isinstance(item, Exhibit):
                yield from (origin for row in item.sheet.origins for cell in row for origin in cell)
    for sentence in report.cautions:
        yield from _of_pieces(sentence)


def _of_pieces(pieces: Iterable[Piece]) -> Iterator[str]:
    for piece in pieces:
        yield from piece.origins
