"""How large a picture is, in pixels of a web page; a PNG has twice as many each way."""

import re
from typing import NamedTuple

from npqstats.errors import UsageError
from npqstats.vocabulary.names import listed, unknown


class Size(NamedTuple):
    """Width and height in pixels of a web page."""

    width: int
    height: int

    @property
    def scale(self) -> float:
        """How large text and lines are beside those of the press size."""
        return max(0.9, min(self.width / PRESS.width, self.height / PRESS.height, 4))


PRESS = Size(640, 450)
SIZES = {
    "press": PRESS,
    "wide": Size(1200, 675),
    "square": Size(1080, 1080),
    "phone": Size(400, 560),
}
_SMALLEST, _LARGEST = 320, 4000
_WRITTEN = re.compile(r"(\d{1,5})x(\d{1,5})")


def size(name: str) -> Size:
    """Find a size by its name, or read it as `800x600`.

    Raises:
        UsageError: Nothing is called so, or it is too small to hold a chart or too large to be drawn.

    >>> size("press"), size("800x600")
    (Size(width=640, height=450), Size(width=800, height=600))
    """
    if name in SIZES:
        return SIZES[name]
    match = _WRITTEN.fullmatch(name)
    if match is None:
        raise unknown("size", name, [*SIZES, "800x600"])
    found = Size(int(match[1]), int(match[2]))
    if not (_SMALLEST <= found.width <= _LARGEST and _SMALLEST <= found.height <= _LARGEST):
        raise UsageError(
            f"A chart of {name} pixels cannot be drawn.",
            f"Width and height go from {_SMALLEST} to {_LARGEST}; or name one of {listed(list(SIZES))}.",
        )
    return found
