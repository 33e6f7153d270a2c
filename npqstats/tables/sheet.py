"""A table for people: words and rounded numbers, with all that belongs beside them."""

from collections.abc import Iterable
from dataclasses import dataclass, field


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
