"""Text on a picture: which characters can be drawn, how wide they are, and where lines break."""

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from npqstats.vocabulary.names import plain

FAMILIES = ["DejaVu Sans", "Arial", "Helvetica"]
"""The first comes with Matplotlib and is the widest: where a browser takes another, everything still fits."""
_FILES = {False: "DejaVuSans.ttf", True: "DejaVuSans-Bold.ttf"}
_MISSING = "\ufffd"
_ELLIPSIS = "\u2026"


class _Font(NamedTuple):
    glyphs: dict[int, str]
    """Names of the letters' shapes, by code point."""
    advances: dict[str, float]
    """How far each shape moves the pen, in a text of one pixel."""


@cache
def _font(is_bold: bool) -> _Font:
    """Read the measures of the font without loading Matplotlib."""
    from fontTools.ttLib import TTFont

    spec = find_spec("matplotlib")
    assert spec is not None
    path = Path(str(spec.origin)).parent / "mpl-data" / "fonts" / "ttf" / _FILES[is_bold]
    with TTFont(path, lazy=True) as font:
        units = font["head"].unitsPerEm
        return _Font(font.getBestCmap(), {name: wide / units for name, (wide, _) in font["hmtx"].metrics.items()})


@cache
def _advance(letter: str, is_bold: bool) -> float:
    """Give the width of a letter in a text of one pixel; nothing for those that stand upon others."""
    font = _font(is_bold)
    return font.advances[font.glyphs.get(ord(letter), ".notdef")]


def drawable(text: str) -> str:
    """Make text from data fit to be drawn: on one line, without control characters, nothing that the font lacks."""
    letters = " ".join(plain(text).split())
    return "".join(letter if ord(letter) in _font(is_bold=True).glyphs else _MISSING for letter in letters)


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Measure a line of text, in pixels."""
    return size * sum(_advance(letter, bold) for letter in text)


def wrapped(text: str, size: float, room: float, *, bold: bool = False, lines: int | None = None) -> list[str]:
    """Break text into lines no wider than `room` pixels; a word that is wider is broken, too.

    Args:
        text: As it came from data; it is made drawable.
        size: Of the letters, in pixels.
        room: In pixels.
        bold: Whether it is set in bold.
        lines: At most so many; what does not fit is cut, with an ellipsis.
    """
    broken: list[str] = []
    line = ""
    for word in drawable(text).split(" "):
        longer = f"{line} {word}".lstrip()
        if width(longer, size, bold=bold) <= room:
            line = longer
            continue
        if line:
            broken.append(line)
        pieces = _pieces(word, size, room, bold=bold)
        broken += pieces[:-1]
        line = pieces[-1]
    broken += [line] if line else []
    if lines is not None and len(broken) > lines:
        return [*broken[: lines - 1], _cut(broken[lines - 1], size, room, bold=bold)]
    return broken


def _pieces(word: str, size: float, room: float, *, bold: bool) -> list[str]:
    pieces = [""]
    for letter in word:
        if pieces[-1] and width(pieces[-1] + letter, size, bold=bold) > room:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def _cut(line: str, size: float, room: float, *, bold: bool) -> str:
    while line and width(line + _ELLIPSIS, size, bold=bold) > room:
        line = line[:-1]
    return line.rstrip() + _ELLIPSIS
