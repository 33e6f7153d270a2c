"""A table on the terminal: what was found, the table, a short key and the source, in the width that there is."""

import io
import textwrap
from collections.abc import Iterable, Iterator, Sequence

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
_FEW = 6
"""Columns up to which a table stays one, however narrow the terminal."""
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
    is_grid = grid is not None and (grid.fits or len(table.columns) <= _FEW)
    lines = list(grid.lines() if grid is not None and is_grid else _records(table, console))
    if lines:
        _line(Text("\n").join(lines), console)
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


def _records(table: Table, console: Console) -> Iterator[Text]:
    """Write a table that is too wide, or is a list, as one block a row: each header with its entry."""
    headers = [encodable(_header(column), console.encoding) for column in table.columns]
    room = max(map(cell_len, headers)) + 2
    width = console.width - room
    for row in table.rows:
        lines = []
        for header, entry in zip(headers, row.entries, strict=True):
            words = _words(entry, console) + (f" {entry.flags}" if entry.flags else "")
            if entry.text != MISSING:
                for number, line in enumerate(_wrapped(words, width, console)):
                    first = "" if number else header
                    lines.append(f"{first}{' ' * (room - cell_len(first))}{line}".rstrip())
        yield _rule(max(map(cell_len, lines), default=1), console)
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
    for number, line in enumerate(lines):
        _line(Text(f"{mark if number == 0 else ' ' * len(mark)}{line}", style=style), console)


def _packed(text: str, room: int, console: Console) -> list[str]:
    """Set entries of a key beside each other, as many on a line as it has room for."""
    lines: list[str] = []
    for part in text.split("  "):
        if lines and cell_len(lines[-1]) + 2 + cell_len(part) <= room:
            lines[-1] += f"  {part}"
        else:
            lines += _wrapped(part, room, console)
    return lines


def _line(text: Text, console: Console) -> None:
    console.print(text, soft_wrap=True)


def _wrapped(text: str, width: int, console: Console) -> list[str]:
    cells = cell_len(text)
    if cells <= width:
        return [text.rstrip()]
    if cells == len(text) and text.isprintable() and max(map(len, text.split())) <= width:
        return textwrap.wrap(text, width, break_on_hyphens=False)  # The same, in a fifth of the time.
    return [line.plain.rstrip() for line in Text(text).wrap(console, max(1, width), overflow="fold")] or [""]


class _Grid:
    """The table itself, as lines of the width that there is."""

    def __init__(self, table: Table, console: Console, *, with_notes: bool) -> None:
        """Settle the widths of all columns.

        Args:
            table: What to print.
            console: Where to.
            with_notes: Whether rows carry the numbers of their notes.
        """
        self.table, self.console = table, console
        self.columns = table.columns
        self.rows = [[_words(entry, console) for entry in row.entries] for row in table.rows]
        self.marks = [_marks(row) if with_notes else "" for row in table.rows]
        self.has_arrows = console.width >= 60 and any(row.direction for row in table.rows)
        self.flags = [
            max((len(row.entries[position].flags) + 1 for row in table.rows if row.entries[position].flags), default=0)
            for position in range(len(self.columns))
        ]
        self.gap = 2
        self.headers = [[encodable(_header(column), console.encoding)] for column in self.columns]
        self.widths = self._settled()

    def _settled(self) -> list[int]:
        """Fit the columns into the width: headers over several lines first, then labels; numbers never."""
        room = self.console.width - (self.gap + 1) * self.has_arrows
        widths = self._natural()
        if self._total(widths) > room:
            self.gap = 1
            self.headers = [
                header if column.kind is Kind.LABEL else _wrapped(header[0], self._least(position), self.console)
                for position, (header, column) in enumerate(zip(self.headers, self.columns, strict=True))
            ]
            widths = self._natural()
            room = self.console.width - (self.gap + 1) * self.has_arrows
        labels = [position for position, column in enumerate(self.columns) if column.kind is Kind.LABEL]
        while labels and self._total(widths) > room:
            widest = max(labels, key=lambda position: widths[position])
            if widths[widest] <= _LEAST_LABEL:
                break
            widths[widest] -= 1
        return widths

    def _least(self, position: int) -> int:
        """The width that a column's entries and the longest word of its header need."""
        words = self.headers[position][0].split()
        return max(1, *map(cell_len, words), *(self._size(number, position) for number in range(len(self.rows))))

    def _natural(self) -> list[int]:
        """Measure each column; the last one is widened where words that run on over empty entries need it."""
        numbers = range(len(self.rows))
        widths = [
            max(1, *map(cell_len, header), *(self._size(number, position) for number in numbers))
            for position, header in enumerate(self.headers)
        ]
        for number, texts in enumerate(self.rows):
            for position, text in enumerate(texts):
                if self._spills(number, position):
                    widths[-1] += max(0, cell_len(text) - self._total(widths, position) + self.flags[-1])
        return widths

    def _size(self, number: int, position: int) -> int:
        if self._spills(number, position):
            return 1
        indent = _INDENT * self.table.rows[number].indent if position == 0 else 0
        mark = len(self.marks[number]) if position == 0 else 0
        return indent + cell_len(self.rows[number][position]) + mark

    def _spills(self, number: int, position: int) -> bool:
        """Tell whether words in a column of numbers may run on over the empty entries to their right."""
        entry, texts = self.table.rows[number].entries[position], self.rows[number]
        is_words = entry.value is None and " " in texts[position]
        is_last = position == len(texts) - 1
        return (
            self.columns[position].kind is Kind.NUMBER and is_words and not is_last and not any(texts[position + 1 :])
        )

    def _total(self, widths: Sequence[int], first: int = 0) -> int:
        """Add up the columns from `first`, with their flags and the gaps between them."""
        return sum(widths[first:]) + sum(self.flags[first:]) + self.gap * (len(widths) - first - 1)

    @property
    def fits(self) -> bool:
        """Whether no line is wider than the console."""
        return self._total(self.widths) <= self.console.width

    def lines(self) -> Iterator[Text]:
        """Write headers, a rule and the rows."""
        arrows = (self.gap + 1) * self.has_arrows
        used = self._total(self.widths) + arrows
        half = min(_LONGEST_BAR, (self.console.width - used - self.gap - 1) // 2)
        has_bars = (
            self.table.has_bars
            and self.console.width >= _WIDE
            and half >= _LEAST_BAR
            and any(row.bar for row in self.table.rows)
        )
        width = used + (self.gap + 2 * half + 1) * has_bars
        if any(any(header) for header in self.headers):
            yield from self._headers()
        yield _rule(width, self.console)
        for number, row in enumerate(self.table.rows):
            yield from self._row(number, row, half if has_bars else 0)

    def _headers(self) -> Iterator[Text]:
        """Write the headers, those of fewer lines at the bottom."""
        headers = [
            _wrapped(header[0], width, self.console) if column.kind is Kind.LABEL else header
            for header, width, column in zip(self.headers, self.widths, self.columns, strict=True)
        ]
        height = max(map(len, headers))
        lowered = [[""] * (height - len(header)) + header for header in headers]
        for level in range(height):
            parts = [
                self._set(lines[level], position) + " " * self.flags[position] for position, lines in enumerate(lowered)
            ]
            yield Text((" " * self.gap).join(parts).rstrip(), style="bold")

    def _set(self, text: str, position: int) -> str:
        filler = " " * (self.widths[position] - cell_len(text))
        return filler + text if self.columns[position].kind is Kind.NUMBER else text + filler

    def _row(self, number: int, row: Row, half: int) -> Iterator[Text]:
        """Write a row: its first line with all figures, then what is left of its labels."""
        cells = [self._cell(number, position) for position in range(len(self.columns))]
        for level in range(max(map(len, cells))):
            line = Text(style="bold" if row.is_total and self.table.has_totals else "")
            for position, cell in enumerate(cells):
                text = cell[level] if level < len(cell) else ""
                line.append(" " * self.gap if position else "")
                if self._spills(number, position):
                    line.append(text.rjust(self._total(self.widths, position) - self.flags[-1]) + " " * self.flags[-1])
                    break
                line.append(self._set(text, position))
                flags = f" {row.entries[position].flags}" if level == 0 and row.entries[position].flags else ""
                line.append(flags.ljust(self.flags[position]), style="dim")
            if level == 0:
                line.append_text(self._drawn(row, half))
            line.rstrip()
            yield line

    def _cell(self, number: int, position: int) -> list[str]:
        text = self.rows[number][position]
        if position == 0:
            text += self.marks[number]
        if self.columns[position].kind is not Kind.LABEL:
            return [text]
        indent = _INDENT * self.table.rows[number].indent if position == 0 else 0
        lines = _wrapped(text, self.widths[position] - indent, self.console)
        return [" " * indent + line for line in lines]

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
