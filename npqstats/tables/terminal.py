"""A sheet on the terminal, with bars for the eye."""

from textwrap import fill

from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from npqstats.tables.sheet import Sheet
from npqstats.vocabulary.names import plain

_NARROW, _WIDE = 80, 100
_SHORT_BAR, _LONG_BAR = 6, 18
_NARROW_HEADER = 12
_LEAST = 10
_TINY = 1e-6


class _Terminal(Console):
    def on_broken_pipe(self) -> None:
        """Let the command line see that the reader has gone, as it does for every other format."""
        raise BrokenPipeError


def terminal() -> Console:
    """Give the console that stands for stdout."""
    return _Terminal(markup=False, highlight=False)


def show(sheet: Sheet, console: Console) -> None:
    """Print a table for people to the width of the console; text from data is never read as markup."""
    console.print(_text(sheet.title, style="bold"))
    if sheet.subtitle:
        console.print(_text(sheet.subtitle))
    width = console.width
    console.width = max(width, _least_width(sheet))
    console.print(_table(sheet, console))
    console.width = width
    for place, note in enumerate(sheet.notes, start=1):
        console.print(_hanging(f"[{place}]", note))
    for line in (*sheet.key, *sheet.foot):
        console.print(_text(line, style="dim"))
    if sheet.below:
        console.print()
        show(sheet.below, console)


def _table(sheet: Sheet, console: Console) -> Table:
    table = Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False, show_edge=False, header_style="bold")
    for place, header in enumerate(_headers(sheet, console.width)):
        is_number = place in sheet.numeric
        is_whole = is_number or place in sheet.unbroken
        table.add_column(
            Text(header),
            justify="right" if is_number else "left",
            no_wrap=is_whole,
            overflow="fold",
            min_width=_LEAST if place == 0 and not is_whole else None,
        )
    bars = _bars(sheet.bars, console)
    if bars:
        table.add_column("", no_wrap=True)
    for place, row in enumerate(sheet.rows):
        table.add_row(*map(_cell, row), *([bars[place]] if bars else []))
    return table


def _least_width(sheet: Sheet) -> int:
    """Say how wide a table must be lest a number be cut; where the screen is narrower, it goes over the line."""
    whole = sheet.numeric | sheet.unbroken
    columns = zip(_headers(sheet, 0), *sheet.rows, strict=True)
    sizes = [
        max(cell_len(line) for cell in column for line in cell.split("\n")) if place in whole else _LEAST
        for place, column in enumerate(columns)
    ]
    return sum(sizes) + 2 * len(sizes)


def _headers(sheet: Sheet, width: int) -> list[str]:
    """Set the headers of numbers on several lines where all on one would leave too little for the words."""
    headers = [plain(header) for header in sheet.headers]
    sizes = [max(map(cell_len, column)) for column in zip(headers, *sheet.rows, strict=True)]
    if sum(sizes) + len(sizes) <= width:
        return headers
    return [
        fill(header, _NARROW_HEADER, break_long_words=False) if place in sheet.numeric else header
        for place, header in enumerate(headers)
    ]


def _text(text: str, style: str = "") -> Text:
    return Text(plain(text), style=style)


def _cell(text: str) -> RenderableType:
    """Show a cell; one that is indented stays so when it goes over the line."""
    inner = text.lstrip(" ")
    return Padding(_text(inner), (0, 0, 0, len(text) - len(inner))) if inner != text else _text(text)


def _hanging(mark: str, text: str) -> Table:
    grid = Table.grid(padding=(0, 1))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    grid.add_row(Text(mark), _text(text))
    return grid


def _bars(moves: list[float | None], console: Console) -> list[Text]:
    """Draw an arrow and a bar for each move; none where the terminal is narrow or nothing moved."""
    if not any(moves) or console.width < _NARROW:
        return []
    longest = _LONG_BAR if console.width >= _WIDE else _SHORT_BAR
    is_plain = not console.encoding.lower().startswith("utf")
    block, up, down = ("#", "+", "-") if is_plain else ("\u2588", "\u25b2", "\u25bc")
    bars = []
    for move in moves:
        length = round(longest * abs(move or 0)) or (1 if abs(move or 0) > _TINY else 0)
        arrow = "" if not move else up if move > 0 else down
        bars.append(Text(f"{arrow} {block * length}".strip(), style="cyan" if arrow == up else "yellow"))
    return bars
