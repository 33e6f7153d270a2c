"""A table for people as named parts, which every format reads."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from npqstats.catalogue.catalogue import Release

if TYPE_CHECKING:
    import polars as pl

    from npqstats.analysis.columns import Described


class Kind(StrEnum):
    """How a column is set."""

    LABEL = "label"
    """Words that may go over several lines."""
    NUMBER = "number"
    """Figures, set to the right and never broken."""
    CODE = "code"
    """Codes and years, never broken."""


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column's heading."""

    header: str
    short: str = ""
    """Instead of the header, where a terminal is narrow."""
    unit: str = ""
    """Of the whole column, where all of it has one."""
    kind: Kind = Kind.LABEL

    @property
    def heading(self) -> str:
        """The header with its unit."""
        return f"{self.header} ({self.unit})" if self.unit else self.header


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What is printed where a row meets a column."""

    text: str = ""
    """Words, or the figure rounded and written for people, or a symbol in square brackets."""
    value: float | None = None
    """The figure unrounded, for formats that keep numbers (XLSX); None for words and gaps."""
    unit: str = ""
    """courses, people, schools, %, pp: decides decimals and the number format."""
    flags: str = ""
    """One-letter marks, explained in `Table.key`: d derived, r reported, t DfE's text, p so far, ..."""
    notes: tuple[int, ...] = ()
    """Numbers, from 1, of the notes that are about this entry or its row."""
    origins: tuple[str, ...] = ()
    """`file:line:column` under data/raw/ of each cell behind it."""


@dataclass(frozen=True, kw_only=True)
class Row:
    """A row of entries, one a column."""

    entries: tuple[Entry, ...]
    indent: int = 0
    """How deep its label is set under the rows above it."""
    bar: float | None = None
    """How far it moved on the common scale, from -1 to 1; None where it shares no scale."""
    direction: int = 0
    """1 up, -1 down, 0 neither or not stated."""
    is_total: bool = False


@dataclass(frozen=True, kw_only=True)
class Table:
    """One table with all that belongs around it."""

    title: str
    """What is counted, where, when: enough by itself as the name of a sheet's table or a caption."""
    finding: tuple[str, ...] = ()
    """Sentences that a reader sees first."""
    is_titled: bool = True
    """Whether the terminal prints the title below the finding; not where the columns say it all."""
    is_listed: bool = False
    """Whether the terminal prints a block for each row: its words are too long to stand beside each other."""
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()
    """In the order of their numbers; `terminal` prints them where --notes is asked for, other formats always."""
    key: tuple[str, ...] = ()
    """The flags, symbols and short forms used in this table, one each."""
    source: tuple[str, ...] = ()
    """Release, status, publisher, licence."""
    more: tuple[str, ...] = ()
    """What the reader can type for more; the terminal alone prints it."""
    short_source: str = ""
    """Source, status and date in one line, for the terminal's foot; empty: `source` is printed."""
    below: "Table | None" = None
    """A second table that belongs to it."""

    @property
    def has_totals(self) -> bool:
        """Whether some rows are totals of most others, to be set apart from them."""
        return 0 < 2 * sum(row.is_total for row in self.rows) < len(self.rows)


class Notes:
    """Numbers the notes of a table as they first occur."""

    def __init__(self) -> None:
        """Begin with none."""
        self.texts: list[str] = []

    def numbers(self, texts: Collection[str]) -> tuple[int, ...]:
        """Return the numbers of some notes, adding those that are new."""
        for text in texts:
            if text not in self.texts:
                self.texts.append(text)
        return tuple(sorted({self.texts.index(text) + 1 for text in texts}))


@dataclass(frozen=True, kw_only=True)
class Document:
    """What a file format needs beside the table: the same answer for programs."""

    kind: str
    """comparison, trend, cells, list, query, find, factcheck, ...: names the JSON Schema."""
    table: Table
    make_frame: "Callable[[], pl.DataFrame]" = field(repr=False)
    """Makes `frame`: the screen, JSON and pages of some answers do without, and so without Polars."""
    columns: "Mapping[str, Described]" = field(default_factory=dict, repr=False)
    """What columns of the frame hold; a query's computed ones are not known."""
    releases: tuple[Release, ...] = ()
    """Those that the figures are from, with what the lock knows of them."""
    command: str = ""
    """The shell command that asks for it again."""
    own: Mapping[str, Callable[[], str]] = field(default_factory=dict, repr=False)
    """Formats that it is written in by a function of its own."""

    @cached_property
    def frame(self) -> "pl.DataFrame":
        """A Polars frame with every column, figures unrounded."""
        return self.make_frame()
