"""How wide a column and how high a row must be for its text: not every program that opens a workbook sees to it."""

_SCALE = 1.2
_SCALE_BOLD = 1.28
"""How much wider 12-point Arial is than the 11-point Calibri that XlsxWriter measures."""
_MARGIN = 16
"""Pixels that a column has beside its text: an indent needs them, too."""
_LINE = 1.3
"""The height of a line, in that of its letters."""
_HIGHEST = 409
"""Points that Excel allows a row."""
_WIDEST = 560
"""The most pixels that a column of words gets."""
_WIDEST_UNBROKEN = 600
_WIDEST_TABLE = 1300
"""The most pixels that a table gets for the sake of the lines above it."""


def widths(headers: list[list[str]], columns: list[list[str]], unbroken: list[bool], above: list[str]) -> list[int]:
    """Return the width of each column in pixels, within reason.

    Args:
        headers: The parts of each header that stay on one line.
        columns: The texts of each column.
        unbroken: Whether the texts of a column stay on one line.
        above: The lines above the table. They run on over its columns, and are cut where it ends when printed: it is
            made wide enough for them.
    """
    needed = [
        min(
            _WIDEST_UNBROKEN if is_whole else _WIDEST,
            max(
                *(_measure(part, is_bold=True) for part in header),
                *(_measure(text) for text in texts),
            )
            + _MARGIN,
        )
        for header, texts, is_whole in zip(headers, columns, unbroken, strict=True)
    ]
    longest = min(_WIDEST_TABLE, max(_measure(line, is_bold=True) for line in above))
    return [*needed[:-1], max(needed[-1], longest - sum(needed[:-1]))]


def height(cells: list[tuple[str, int]], points: int = 12, *, is_bold: bool = False) -> float:
    """Return the height of a row in points.

    Args:
        cells: Each text with the width of its column in pixels.
        points: The size of its letters.
        is_bold: Whether they are bold.
    """
    lines = max((_lines(text, room - _MARGIN // 2, is_bold=is_bold) for text, room in cells), default=1)
    return min(_HIGHEST, _LINE * points * lines)


def _lines(text: str, room: int, *, is_bold: bool) -> int:
    """Count the lines that a text takes in a column."""
    if _measure(text, is_bold=is_bold) <= room:
        return 1
    lines, used, space = 1, 0, _measure(" ")
    for word in text.split():
        size = _measure(word, is_bold=is_bold)
        if used and used + size > room:
            lines, used = lines + 1, 0
        lines, used = lines + size // (room + 1), used + size % (room + 1) + space
    return lines


def _measure(text: str, *, is_bold: bool = False) -> int:
    from xlsxwriter.utility import xl_pixel_width

    pixels: int = xl_pixel_width(text)
    return round((_SCALE_BOLD if is_bold else _SCALE) * pixels)
