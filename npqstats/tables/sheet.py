"""A table for people: words and rounded numbers, with all that belongs beside them."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import polars as pl

from npqstats.catalogue.names import NO_RELEASE
from npqstats.tables.table import Column, Document, Entry, Kind, Row, Table
from npqstats.wording import wording


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A table as it is to be read, in whatever format."""

    title: str
    subtitle: str = ""
    headers: list[str]
    """With units, where a whole column has one."""
    rows: list[list[str]]
    numeric: frozenset[int] = frozenset()
    """Columns to be set to the right."""
    unbroken: frozenset[int] = frozenset()
    """Columns of codes, whose cells never go over the line."""
    origins: list[list[tuple[str, ...]]] = field(default_factory=list)
    """For each cell, where its figure stands (`file:line:column`; several where it is derived); empty: not told."""
    bars: list[float | None] = field(default_factory=list)
    """For each row, how far it moved against the others, from -1 to 1; None: not at all; empty: no bars."""
    notes: list[str] = field(default_factory=list)
    """In the order of their marks: [1], [2], ..."""
    key: list[str] = field(default_factory=list)
    """The symbols and short forms used."""
    foot: list[str] = field(default_factory=list)
    """Release, source, licence, how to trace."""
    below: "Sheet | None" = None
    """A second table that belongs to it."""

    @property
    def table(self) -> Table:
        """The same as a `Table`, until everything is laid out as one."""
        return Table(
            title=self.title,
            finding=(self.subtitle,) if self.subtitle else (),
            columns=tuple(Column(header=header, kind=self._kind(place)) for place, header in enumerate(self.headers)),
            rows=tuple(
                Row(
                    entries=tuple(
                        Entry(text=text.lstrip(), origins=self.origins[number][place] if self.origins else ())
                        for place, text in enumerate(row)
                    ),
                    indent=int(row[0].startswith("  ")),
                    bar=self.bars[number] if self.bars else None,
                    direction=_sign(self.bars[number]) if self.bars else 0,
                )
                for number, row in enumerate(self.rows)
            ),
            notes=tuple(self.notes),
            key=tuple(self.key),
            source=tuple(self.foot),
            has_bars=any(self.bars),
            below=self.below.table if self.below else None,
        )

    def _kind(self, place: int) -> Kind:
        return Kind.NUMBER if place in self.numeric else Kind.CODE if place in self.unbroken else Kind.LABEL


def _sign(move: float | None) -> int:
    return ((move or 0) > 0) - ((move or 0) < 0)


def document(frame: pl.DataFrame, sheet: Sheet, kind: str) -> Document:
    """Make a document of a frame and a sheet, until everything is laid out as a `Table`."""
    releases = (
        frame["release"].cast(pl.String).unique(maintain_order=True).to_list() if "release" in frame.columns else []
    )
    return Document(
        kind=kind,
        table=sheet.table,
        frame=with_text(frame),
        releases=tuple(name for name in releases if name and name != NO_RELEASE),
    )


def with_text(table: pl.DataFrame) -> pl.DataFrame:
    """Add `change_text`, the change rounded and in words, to a table that has changes."""
    if "change_pp" not in table.columns or "change_text" in table.columns:
        return table
    words = [wording.change(row) for row in table.iter_rows(named=True)]
    place = table.get_column_index("change_pp") + 1
    return table.clone().insert_column(place, pl.Series("change_text", words, pl.String))


class Notes:
    """Numbers the notes of a table as they first occur."""

    def __init__(self) -> None:
        """Begin with none."""
        self.texts: list[str] = []

    def marks(self, texts: Iterable[str]) -> str:
        """Give the marks of some notes, such as ` [1][2]`; nothing for none."""
        numbers = []
        for text in texts:
            if text not in self.texts:
                self.texts.append(text)
            numbers.append(self.texts.index(text) + 1)
        return "".join(f"[{number}]" for number in sorted(set(numbers)))
