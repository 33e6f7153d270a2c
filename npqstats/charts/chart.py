"""A chart before it is drawn: what it says, what it rests on, and how to paint its plot."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import polars as pl

from npqstats.vocabulary.names import plain

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from npqstats.charts.canvas import Canvas


@dataclass(frozen=True, kw_only=True)
class Chart:
    """One chart, of no particular size or theme."""

    kind: str
    title: str
    """The finding, in a sentence of at most 15 words that stays true for any figures."""
    subtitle: str
    """What is counted, in what unit, where and when."""
    alt: str
    """What the picture shows, for who cannot see it; without notes and source."""
    notes: list[str] = field(default_factory=list)
    """What a reader must know of the figures, in whole sentences, the most important first."""
    credit: str
    """Publication, release, standing and licence."""
    data: pl.DataFrame
    """Exactly what is drawn, a row per mark, each with its origins."""
    paint: "Callable[[Canvas], None]"
    """Draws the plot into the room that header and foot leave."""

    @property
    def text_alternative(self) -> str:
        """All that the picture says, in words."""
        told = [f"{self.title}.", self.alt, *self.notes, self.credit]
        return "".join(f"{plain(sentence)}\n" for sentence in told)

    def figure(self, size: str = "press", theme: str = "light") -> "Figure":
        """Draw it as a Matplotlib figure, of one point for each pixel of a web page.

        Args:
            size: As `sizes.size` takes it.
            theme: `light` or `dark`.

        Raises:
            UsageError: There is no such size or theme.
        """
        from npqstats.charts import frame, look, render, sizes

        return render.figure(frame.drawing(self, sizes.size(size), look.look(theme)))
