"""A table on the terminal: what was found, the table, a short key and the source, in the width that there is."""

import io
import re
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import zip_longest

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from npqstats.tables.encoding import encodable
from npqstats.tables.table import Column, Entry, Kind, Row, Table
from npqstats.vocabulary.names import plain
from npqstats.vocabulary.numbers import MISSING

_WIDE = 100
"""Columns from which there are bars."""
_LEAST_LABEL = 10
_LEAST_BAR, _LONGEST_BAR = 5, 14
"""Characters of a bar to either side of its axis."""
_INDENT = 2
_LONGEST_WORD = 20
"""Characters of a word that is not broken: a list becomes blocks instead."""
_HYPHEN = re.compile("(?<=[a-z])-(?=[a-z])")
_TINY = 1e-9
_ARROWS = {1: "\u25b2", -1: "\u25bc", 0: ""}
_COLOURS = {1: "cyan", -1: "yellow", 0: ""}


class _Terminal(Console):
    def on_broken_pipe(self) -> None:
        """Let the command line see that the reader has gone, as it does for every other format."""
        raise BrokenPipeError


def terminal() -> Console:
    """Return the console of stdout."""
    return _Terminal(markup=False, highlight=False)


def show(table: Table, console: Console, *, notes: bool = False) -> None:
    """Print a table to the width of the console; text from data is never read as markup.

    Args:
        table: Its finding comes first.
        console: Its width and its encoding are respected; no figure is cut where it is narrow.
        notes: Whether to print the notes in full, or only how many there are.
    """
    _paragraph(" ".join(map(plain, table.finding)), console, "bold")
    if table.finding and table.rows:
        console.print()
    if table.is_titled or notes or not table.finding:
        _paragraph(plain(table.title), console, "")
    grid = None if table.is_listed else _Grid(table, console, with_notes=notes)
    is_grid = grid is not None and (grid.fits or _is_of_figures(table))
    lines = list(grid.lines() if grid is not None and is_grid else _records(table, console, with_notes=notes))
    for line in lines:
        line.rstrip()
    if lines:
        _print(lines, console)
    if notes:
        for number, note in enumerate(table.notes, start=1):
            _paragraph(plain(note), console, "", mark=f"[{number}] ")
    _paragraph("  ".join(map(plain, table.key)), console, "dim", keep=True)
    _paragraph(" ".join(_foot(table, with_notes=notes)), console, "dim")
    if table.below:
        console.print()
        show(table.below, console, notes=notes)


def text(table: Table, width: int = 80, *, notes: bool = False) -> str:
    """Return what the terminal would print in `width` columns, without colours."""
    lines = io.StringIO()
    show(table, Console(file=lines, width=width, markup=False, highlight=False, no_color=True), notes=notes)
    return lines.getvalue()


def _is_of_figures(table: Table) -> bool:
    """Whether most columns are figures, which are read beside each other, however narrow the terminal."""
    return 2 * sum(column.kind is Kind.NUMBER for column in table.columns) >= len(table.columns)


def _records(table: Table, console: Console, *, with_notes: bool) -> Iterator[Text]:
    """Write a table that is too wide, or is a list, as one block a row: each header with its entry."""
    headers = [encodable(_header(column), console.encoding) for column in table.columns]
    room = max(map(cell_len, headers)) + 2
    width, records = console.width - room, list[list[str]]()
    for row in table.rows:
        lines = list[str]()
        marks = _marks(row) if with_notes else ""
        for header, entry in zip(headers, row.entries, strict=True):
            words = _words(entry, console) + (f" {entry.flags}" if entry.flags else "") + ("" if lines else marks)
            if entry.text != MISSING:
                for number, line in enumerate(_wrapped(words, width, console)):
                    first = "" if number else header
                    lines.append(f"{first}{' ' * (room - cell_len(first))}{line}".rstrip())
        records.append(lines)
    longest = max((cell_len(line) for lines in records for line in lines), default=1)
    for lines in records:
        yield _rule(longest, console)
        yield Text("\n".join(lines))


def _rule(width: int, console: Console) -> Text:
    return Text(encodable("\u2500", console.encoding) * max(1, width), style="dim")


def _foot(table: Table, *, with_notes: bool) -> Iterator[str]:
    yield from map(plain, [table.short_source] if table.short_source and not with_notes else table.source)
    yield from map(plain, table.more)
    if table.notes and not with_notes:
        yield f"{len(table.notes)} note{'s' * (len(table.notes) > 1)}: --notes"


def _paragraph(words: str, console: Console, style: str, mark: str = "", *, keep: bool = False) -> None:
    """Print a paragraph; with `keep`, what is between double spaces stays on one line."""
    if not words:
        return
    text = encodable(words, console.encoding)
    room = max(_LEAST_LABEL, console.width - len(mark))
    lines = _wrapped(text, room, console) if not keep else _packed(text, room, console)
    marks = (mark, *(" " * len(mark) for _ in lines))
    _print([Text(f"{first}{line}", style=style) for first, line in zip(marks, lines, strict=False)], console)


def _packed(text: str, room: int, console: Console) -> list[str]:
    """Set entries of a key beside each other, as many on a line as it has room for; none after one that is wrapped."""
    lines: list[str] = []
    is_open = False
    for part in text.split("  "):
        if is_open and cell_len(lines[-1]) + 2 + cell_len(part) <= room:
            lines[-1] += f"  {part}"
        else:
            wrapped = _wrapped(part, room, console)
            lines, is_open = lines + wrapped, len(wrapped) == 1
    return lines


def _print(lines: Iterable[Text], console: Console) -> None:
    if console.color_system is not None:
        console.print(Text("\n").join(lines), soft_wrap=True)
        return
    # Into a pipe or a file there are no styles to work out.
    console.file.write("".join(f"{line.plain}\n" for line in lines))
    console.file.flush()


def _wrapped(text: str, width: int, console: Console) -> list[str]:
    cells = cell_len(text)
    if cells <= width:
        return [text.rstrip()]
    if cells == len(text) and text.isprintable():
        # A word is parted at its hyphens only where one is too long. The same as Rich does, in a fifth of the time.
        has_long = max(map(len, text.split())) > width
        if not has_long or max(map(len, _HYPHEN.sub("- ", text).split())) <= width:
            is_plain = not has_long and "  " not in text and text[0] != " "
            return _filled(text, width) if is_plain else textwrap.wrap(text, width, break_on_hyphens=has_long)
    return [line.plain.rstrip() for line in Text(text).wrap(console, max(1, width), overflow="fold")] or [""]


def _filled(text: str, width: int) -> list[str]:
    lines = [""]
    for word in text.split():
        if not lines[-1]:
            lines[-1] = word
        elif len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


@dataclass(kw_only=True)
class _Set:
    """A column as it is set: the lines of its header, its texts with their indents and flags, its width."""

    kind: Kind
    header: list[str]
    texts: list[str]
    indents: list[int]
    flags: list[str]
    console: Console
    width: int = 0

    def __post_init__(self) -> None:
        """Make it as wide as its header and its texts are."""
        texts = (indent + cell_len(text) for indent, text in zip(self.indents, self.texts, strict=True))
        self.width = max(1, *map(cell_len, self.header), *texts)

    @cached_property
    def longest(self) -> int:
        """The width that its longest word needs."""
        words = (cell_len(word) for text in self.texts for word in _HYPHEN.sub("- ", text).split())
        return max(words, default=0) + max(self.indents, default=0)

    @property
    def flagged(self) -> int:
        """The width of its flags, with the space before them."""
        return max((len(flags) + 1 for flags in self.flags if flags), default=0)

    def narrowed(self) -> "_Set":
        """Return it with its header over several lines, which that of a label has once it is too narrow."""
        if self.kind is Kind.LABEL:
            return self
        least = replace(self, header=self.header[0].split())
        return replace(self, header=_wrapped(self.header[0], least.width, self.console))

    def lines(self, number: int) -> list[str]:
        """Return the lines of an entry: a figure is never broken."""
        if self.kind is not Kind.LABEL:
            return [self.texts[number]]
        indent = self.indents[number]
        return [" " * indent + line for line in _wrapped(self.texts[number], self.width - indent, self.console)]

    def heading(self) -> list[str]:
        """Return the lines of the header."""
        return self.header if self.kind is not Kind.LABEL else _wrapped(self.header[0], self.width, self.console)

    def padded(self, text: str) -> str:
        """Set a line to its side."""
        filler = " " * (self.width - cell_len(text))
        return filler + text if self.kind is Kind.NUMBER else text + filler


class _Grid:
    """The table itself, as lines of the width that there is."""

    def __init__(self, table: Table, console: Console, *, with_notes: bool) -> None:
        """Fit the columns into the width: headers over several lines first, then labels; figures never.

        Args:
            table: What to print.
            console: Where to.
            with_notes: Whether rows carry the numbers of their notes.
        """
        self.table, self.console, self.gap = table, console, 2
        self.has_arrows = console.width >= 60 and any(row.direction for row in table.rows)
        marks = [_marks(row) if with_notes else "" for row in table.rows]
        self.columns = [
            _Set(
                kind=column.kind,
                header=[encodable(_header(column), console.encoding)],
                texts=[
                    _words(row.entries[position], console) + (mark if position == 0 else "")
                    for row, mark in zip(table.rows, marks, strict=True)
                ],
                indents=[_INDENT * row.indent if position == 0 else 0 for row in table.rows],
                flags=[row.entries[position].flags for row in table.rows],
                console=console,
            )
            for position, column in enumerate(table.columns)
        ]
        if not self.fits:
            self.gap, self.columns = 1, [column.narrowed() for column in self.columns]
        labels = [column for column in self.columns if column.kind is Kind.LABEL]
        # A word is broken only where figures could not stay beside each other otherwise.
        for most in (_LONGEST_WORD, *([0] if _is_of_figures(table) else [])):
            while not self.fits and (
                wide := [one for one in labels if one.width > max(_LEAST_LABEL, min(one.longest, most))]
            ):
                max(wide, key=lambda column: column.width).width -= 1

    @property
    def width(self) -> int:
        """The width of all columns with their flags, the gaps between them, and the arrows."""
        columns = sum(column.width + column.flagged for column in self.columns)
        return columns + self.gap * (len(self.columns) - 1) + (self.gap + 1) * self.has_arrows

    @property
    def fits(self) -> bool:
        """Whether no line is wider than the console."""
        return self.width <= self.console.width

    def lines(self) -> Iterator[Text]:
        """Write headers, a rule and the rows."""
        half = min(_LONGEST_BAR, (self.console.width - self.width - self.gap - 1) // 2)
        has_bars = self.console.width >= _WIDE and half >= _LEAST_BAR and any(row.bar for row in self.table.rows)
        half = half if has_bars else 0
        headers = [column.heading() for column in self.columns]
        if any(map(any, headers)):
            height = max(map(len, headers))
            for texts in zip(*([""] * (height - len(header)) + header for header in headers), strict=True):
                yield self._line(texts, [""] * len(texts), "bold")
        yield _rule(self.width + (self.gap + 2 * half + 1) * has_bars, self.console)
        for number, row in enumerate(self.table.rows):
            cells = zip_longest(*(column.lines(number) for column in self.columns), fillvalue="")
            flags = [column.flags[number] for column in self.columns]
            style = "bold" if row.is_total and self.table.has_totals else ""
            for level, texts in enumerate(cells):
                line = self._line(texts, [""] * len(texts) if level else flags, style)
                yield line if level else line.append_text(self._drawn(row, half))

    def _line(self, texts: Sequence[str], flags: Sequence[str], style: str) -> Text:
        """Set the texts of all columns beside each other, each before its flags."""
        line = Text(style=style)
        for position, (column, text, flag) in enumerate(zip(self.columns, texts, flags, strict=True)):
            line.append(" " * self.gap * (position > 0) + column.padded(text))
            line.append((f" {flag}" if flag else "").ljust(column.flagged), style="dim")
        return line

    def _drawn(self, row: Row, half: int) -> Text:
        """Draw the arrow and, where there is room, the bar: falls to the left of an axis, rises to the right."""
        drawn = Text()
        style = _COLOURS[row.direction]
        if self.has_arrows:
            arrow = encodable(_ARROWS[row.direction], self.console.encoding)
            drawn.append(" " * self.gap + (arrow or " "), style=style)
        if half and row.bar is not None:
            size = abs(row.bar)
            length = min(half, max(round(half * size), 1 if size > _TINY else 0))
            block, axis = (encodable(sign, self.console.encoding) for sign in ("\u2588", "\u2502"))
            left, right = ("", block * length) if row.bar > 0 else (block * length, "")
            drawn.append(" " * self.gap + left.rjust(half), style=style)
            drawn.append(axis, style="dim")
            drawn.append(right.ljust(half), style=style)
        return drawn


def _words(entry: Entry, console: Console) -> str:
    return encodable(plain(entry.text), console.encoding)


def _marks(row: Row) -> str:
    numbers: Iterable[int] = sorted({number for entry in row.entries for number in entry.notes})
    marks = "".join(f"[{number}]" for number in numbers)
    return f" {marks}" if marks else ""


def _header(column: Column) -> str:
    """Write a header; its unit is in the title above."""
    return plain(column.short or column.header)
