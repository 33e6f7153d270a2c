"""A sheet on the terminal, with bars for the eye; the only module that imports Rich."""

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from npqstats.present.sheet import Sheet

_NARROW, _WIDE = 80, 100
_SHORT_BAR, _LONG_BAR = 6, 18
_TINY = 1e-6


def show(sheet: Sheet, console: Console) -> None:
    """Print a sheet to the width of the console; text from data is never read as markup."""
    console.print(Text(sheet.title, style="bold"))
    if sheet.subtitle:
        console.print(Text(sheet.subtitle))
    console.print(_table(sheet, console))
    for place, note in enumerate(sheet.notes, start=1):
        console.print(_hanging(f"[{place}]", note))
    for line in (*sheet.key, *sheet.foot):
        console.print(Text(line, style="dim"))


def _table(sheet: Sheet, console: Console) -> Table:
    table = Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False, show_edge=False, header_style="bold")
    for place, header in enumerate(sheet.headers):
        is_number = place in sheet.numeric
        table.add_column(Text(header), justify="right" if is_number else "left", no_wrap=is_number, overflow="fold")
    bars = _bars(sheet.bars, console)
    if bars:
        table.add_column("", no_wrap=True)
    for place, row in enumerate(sheet.rows):
        table.add_row(*(Text(cell) for cell in row), *([bars[place]] if bars else []))
    return table


def _hanging(mark: str, text: str) -> Table:
    grid = Table.grid(padding=(0, 1))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    grid.add_row(Text(mark), Text(text))
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
