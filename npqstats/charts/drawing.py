"""A drawing as plain data: strokes, bands, marks and words in pixels, of which Matplotlib makes a picture."""

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from npqstats.charts.sizes import Size

Align = Literal["left", "center", "right"]


class Box(NamedTuple):
    """A rectangle of the picture, in pixels."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        """From left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From bottom to top."""
        return self.top - self.bottom

    def inset(self, *, left: float = 0, bottom: float = 0, right: float = 0, top: float = 0) -> "Box":
        """Give the rectangle within this one that leaves so much room on each side."""
        return Box(self.left + left, self.bottom + bottom, self.right - right, self.top - top)


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A filled rectangle."""

    box: Box
    colour: str
    outline: str
    weight: float
    hatch: str | None
    order: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Stroke:
    """A straight line."""

    start: tuple[float, float]
    end: tuple[float, float]
    colour: str
    weight: float
    dashes: tuple[float, float] | None
    order: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A point of a chart."""

    place: tuple[float, float]
    shape: str
    size: float
    colour: str
    fill: str
    weight: float
    order: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A line of text, its baseline at `place`."""

    place: tuple[float, float]
    text: str
    size: float
    colour: str
    is_bold: bool
    align: Align


@dataclass(frozen=True)
class Drawing:
    """All that a picture consists of; higher `order` lies over lower, words over everything."""

    size: Size
    ground: str
    parts: list[Band | Stroke | Mark | Words] = field(default_factory=list)
