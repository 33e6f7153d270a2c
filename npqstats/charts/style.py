"""How charts look: sizes, themes, fonts, and the house style, over which a user's Matplotlib style file can be laid."""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, cast

from npqstats.errors import UsageError
from npqstats.vocabulary.names import listed, unknown

THEMES = ("light", "dark", "grey")
"""For a light page, a dark one, and print without colour; the latter two are style files over the house style."""
_KEPT = ("svg.fonttype", "svg.hashsalt", "text.parse_math")
"""What no user's style file changes."""
_FONTS = ("Lato-Regular.ttf", "Lato-Bold.ttf")
_GROUPS = "agg axes figure font grid hatch image legend lines markers patch path pdf savefig svg text xaxis xtick yaxis"
_DRAWING = tuple(f"{group}." for group in (*_GROUPS.split(), "ytick"))
"""Beginnings of the Matplotlib parameters that a drawing depends on."""
_COLOURS = {
    "ground": "figure.facecolor",
    "text": "text.color",
    "quiet": "axes.labelcolor",
    "grid": "grid.color",
    "outline": "axes.edgecolor",
    "behind": "lines.color",
}
"""Matplotlib's parameters for the colours that charts name."""
_ROOMY = (430.0, 270.0)
"""Width and height, in pixels of the drawing, under which text is set smaller in proportion."""
_LEAST = 11.0
"""Pixels, seen 375 wide, under which no text is set."""
_READABLE = 4.5
"""The least contrast of words and the ground (WCAG 2, 1.4.3)."""


@dataclass(frozen=True)
class Size:
    """Width and height of a picture in pixels of a web page, and how much of it one pixel of the drawing takes."""

    width: int
    height: int
    zoom: float = 1.0
    """Over 1 for pictures that are seen smaller than they are: they are drawn as for a width of 375 and enlarged."""

    @property
    def drawn(self) -> tuple[float, float]:
        """Width and height in pixels of the drawing."""
        return self.width / self.zoom, self.height / self.zoom

    @property
    def is_low(self) -> bool:
        """Whether it is much wider than high."""
        return self.height < 0.6 * self.width

    @property
    def scale(self) -> float:
        """What becomes of a size of text, or of a margin, on a picture with little room."""
        return min(1.0, *(one / room for one, room in zip(self.drawn, _ROOMY, strict=True)))


SIZES = {
    "press": Size(640, 450),
    "phone": Size(375, 500),
    "square": Size(1080, 1080, 2.88),
    "wide": Size(1200, 675, 3.2),
}
_WRITTEN = re.compile(r"(\d{1,5})x(\d{1,5})")
_SMALLEST, _LARGEST = 320, 4000


def size(name: str) -> Size:
    """Find a size by its name, or read it as `800x600`.

    Raises:
        UsageError: Nothing is called so, or it is too small to hold a chart or too large to be drawn.

    >>> size("square").drawn, size("800x600").drawn
    ((375.0, 375.0), (800.0, 600.0))
    """
    if name in SIZES:
        return SIZES[name]
    match = _WRITTEN.fullmatch(name)
    if match is None:
        raise unknown("size", name, [*SIZES, "800x600"])
    width, height = int(match[1]), int(match[2])
    if not (min(width, height) >= _SMALLEST and max(width, height) <= _LARGEST):
        raise UsageError(
            f"A chart of {name} pixels cannot be drawn.",
            f"Width and height go from {_SMALLEST} to {_LARGEST}; or name one of {listed(list(SIZES))}.",
        )
    return Size(width, height)


@dataclass(frozen=True, kw_only=True)
class Look:
    """A style, ready to draw with: Matplotlib's parameters, and the names that charts use for some of them."""

    rc: dict[str, Any]
    size: Size
    ground: Any
    """Colour of the page."""
    text: Any
    """Colour of headline, names and numbers."""
    quiet: Any
    """Colour of words of less weight."""
    grid: Any
    """Colour of the grid and of the room that a bar could fill."""
    outline: Any
    """Colour of axes and of lines that lead to a label."""
    behind: Any
    """Colour of what lies behind the others."""

    @contextmanager
    def entered(self) -> Iterator[None]:
        """Draw or save in this style, whatever the user's own Matplotlib settings are."""
        import matplotlib

        with matplotlib.rc_context(cast("Any", self.rc)):
            yield

    def series(self, number: int) -> Any:
        """Colour of a line or bar, from 0."""
        colours = self.rc["axes.prop_cycle"].by_key().get("color") or [self.text]
        return colours[number % len(colours)]

    @property
    def families(self) -> tuple[str, ...]:
        """Names of font families, the first that is there is drawn."""
        return tuple(one for family in self.rc["font.family"] for one in self.rc.get(f"font.{family}", [family]))

    def points(self, kind: str = "font.size") -> float:
        """Size of text, of `font.size`, `axes.titlesize` or `legend.fontsize`, in pixels of the drawing."""
        from matplotlib.font_manager import FontProperties

        return max(_LEAST, FontProperties(size=self.rc[kind]).get_size_in_points() * self.size.scale)

    def legible(self, colour: Any) -> Any:
        """Return a colour for words: this one, else that of text, black or white, whichever first can be read."""
        light = _luminance(self.ground)
        for one in (colour, self.rc["text.color"], "black"):
            low, high = sorted((light, _luminance(one)))
            if (high + 0.05) / (low + 0.05) >= _READABLE:
                return one
        return "white"


def _luminance(colour: Any) -> float:
    """Return the relative luminance of a colour (WCAG 2)."""
    from matplotlib.colors import to_rgb

    parts = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in to_rgb(colour))
    return sum(part * weight for part, weight in zip(parts, (0.2126, 0.7152, 0.0722), strict=True))


def look(size: Size, theme: str = "light", style: str | Path | None = None) -> Look:
    """Make a look of the house style, a theme, and a user's style file over both.

    Args:
        size: Of the picture, which the sizes of text depend on.
        theme: One of `THEMES`.
        style: A Matplotlib style file; font files in its folder can be named in it.

    Raises:
        UsageError: There is no such theme, or the style file cannot be read.
    """
    if theme not in THEMES:
        raise unknown("theme", theme, THEMES)
    rc = dict(_house(theme))
    if style is not None:
        path = Path(style)
        ours = _read(path).items()
        rc |= {name: value for name, value in ours if name.startswith(_DRAWING) and name not in _KEPT}
        _register(sorted(found for found in path.parent.glob("*") if found.suffix.lower() in (".ttf", ".otf")))
    return Look(rc=rc, size=size, **{part: rc[name] for part, name in _COLOURS.items()})


@cache
def _house(theme: str) -> dict[str, Any]:
    """Read the house style in a theme, and make its fonts known."""
    import matplotlib

    _register([Path(str(files("font_lato"))) / "files" / name for name in _FONTS])
    given = cast("dict[str, Any]", matplotlib.rcParamsDefault)
    rc: dict[str, Any] = {name: given[name] for name in given if name.startswith(_DRAWING)}
    return rc | _read(_file("npqstats")) | (_read(_file(theme)) if theme != "light" else {})


def _file(name: str) -> Path:
    return Path(__file__).with_name(f"{name}.mplstyle")


def recoloured(svg: str, theme: str) -> str:
    """Change each colour of a drawing in the house style to that of another theme.

    Args:
        svg: Drawn in the theme `light`.
        theme: One of `THEMES`.
    """
    return re.sub(r"(?<=: )#[0-9a-f]{6}\b", lambda found: _recolouring(theme).get(found[0], found[0]), svg)


@cache
def _recolouring(theme: str) -> dict[str, str]:
    """Map each colour of the house style that a theme may change to that of a theme."""
    from matplotlib.colors import to_hex

    names = [name for name in _read(_file("dark")) if name != "axes.prop_cycle"]
    styles = [_house("light"), _house(theme)]
    light, other = ([*(rc[name] for name in names), *rc["axes.prop_cycle"].by_key()["color"]] for rc in styles)
    return {to_hex(one): to_hex(two) for one, two in zip(light, other, strict=True)}


def _read(path: Path) -> dict[str, Any]:
    from matplotlib import rc_params_from_file

    # Matplotlib logs the lines that it cannot read, and goes on without them.
    logger, unread = logging.getLogger("matplotlib"), list[str]()

    def keep(record: logging.LogRecord) -> bool:
        unread.append(record.getMessage())
        return False

    logger.addFilter(keep)
    try:
        read = dict(cast("Any", rc_params_from_file(path, fail_on_error=True, use_default_template=False)))
        reason = unread[0].strip().partition("\n")[0].replace(f" in file {path!r}", "") if unread else ""
    except (OSError, ValueError, KeyError) as error:
        read, reason = {}, getattr(error, "strerror", None) or " ".join(str(error).split())
    finally:
        logger.removeFilter(keep)
    if reason:
        raise UsageError(f"{path} cannot be read as a style: {reason}.", "Name a Matplotlib style file.")
    return read


def _register(paths: list[Path]) -> None:
    """Make fonts known to Matplotlib by their family names."""
    from matplotlib.font_manager import fontManager

    known = {entry.fname for entry in fontManager.ttflist}
    for path in paths:
        if str(path) not in known:
            fontManager.addfont(path)
