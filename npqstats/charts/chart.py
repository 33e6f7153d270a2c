"""A chart before it is drawn, and the kinds that there are."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Unpack

import polars as pl

from npqstats.analysis.ask import ask as question
from npqstats.analysis.parts import ChartParts
from npqstats.analysis.question import refuse_empty
from npqstats.charts import style as styles
from npqstats.charts.ask import Ask
from npqstats.errors import UsageError
from npqstats.listeners import Say, silent
from npqstats.project import Project
from npqstats.store import atomic
from npqstats.store.build import ready
from npqstats.vocabulary.names import listed, plain, unknown
from npqstats.wording.captions import Caption

if TYPE_CHECKING:
    from npqstats.charts.frame import ChartFigure, Page

SUFFIXES = (".svg", ".png", ".pdf", ".alt.txt", ".csv")
"""The files that a chart can be written to."""
_EVERYWHERE = ("measure", "funding", "area", "basis", "release", "include_unripe")
_LINES = ("by", "course", "exclude_course")


KINDS = {
    "trend": (*_EVERYWHERE, *_LINES),
    "change": (*_EVERYWHERE, *_LINES, "like_for_like"),
    "split": ("measure", "course", "area", "basis", "release", "include_unripe"),
    "impact": ("measure", "by", "funding", "exclude_course", "area", "release"),
    "completion": ("funding", "area", "release", *_LINES),
    "areas": ("measure", "by", "funding", "basis", "release", "include_unripe"),
}
"""The kinds of chart, and the parts of a question that each takes besides the years. The module and the function that
make a kind have its name."""


@dataclass(frozen=True, kw_only=True)
class Chart:
    """A chart, of no particular size or theme. In a notebook it shows itself."""

    headline: str
    """The finding, in a sentence that is true of the rows (DESIGN.md, rule 10)."""
    caption: Caption
    """The words around it; two of its notes are printed."""
    form: str
    """What kind of picture it is: `Line chart`."""
    data: pl.DataFrame
    """The figures drawn and those that the headline states, with headers to be read."""
    is_ranked: bool = False
    """Whether the plot is made of rows, for which a low picture has more room beside its headline."""
    draw: "Callable[[Page], object]"
    """Draws the plot into the room that the frame leaves."""
    command: str = ""
    """The command that makes it again."""
    size: str = "press"
    theme: str = "light"
    style: str | Path | None = None

    def figure(self, *, is_bare: bool = False, **otherwise: Any) -> "ChartFigure":
        """Draw it as a Matplotlib figure with real axes, which may be changed afterwards.

        Args:
            is_bare: Without headline, notes and source, for a page that writes them itself, and no higher than needed.
            otherwise: Another `size`, `theme` or `style` than the chart's.

        Raises:
            UsageError: There is no such size, theme or style.
        """
        from npqstats.charts.frame import Page

        drawn = replace(self, **otherwise)
        size = styles.size(drawn.size)
        look = styles.look(size, drawn.theme, drawn.style)
        with look.entered():
            page = Page(drawn, size, look, is_bare=is_bare)
            drawn.draw(page)
        if is_bare:
            page.cut()
        return page.figure

    @property
    def alt(self) -> str:
        """The text alternative of the file, under 400 characters."""
        return self.alternative("the .csv beside this file")

    def alternative(self, where: str) -> str:
        """Say in words what the picture shows: the finding, two or three figures, and where all figures are.

        >>> words = Caption(counted="Starts", figures="9 in 2023/24", notes=(), source=())
        >>> bare = {"form": "Line chart", "data": pl.DataFrame(), "draw": print}
        >>> Chart(headline="Starts fell", caption=words, **bare).alternative("the table")
        'Starts fell. Line chart: 9 in 2023/24. All figures are in the table.'
        """
        end = f" All figures are in {where}."
        told = f"{self.headline}. {self.form}" + (f": {self.caption.figures}." if self.caption.figures else ".")
        told = plain(told)
        if len(told) + len(end) >= 400:
            told = f"{told[: 398 - len(end)].rsplit(' ', 1)[0].rstrip(',;:')}\u2026"
        return told + end

    def content(self, suffix: str) -> bytes:
        """Return what a file of the chart holds.

        Args:
            suffix: One of `SUFFIXES`.

        Raises:
            UsageError: The suffix is not known.
        """
        if suffix not in SUFFIXES:
            raise UsageError(
                f"A chart cannot be written as {suffix or 'a file without suffix'}.", f"Use {listed(SUFFIXES, 'or')}."
            )
        if suffix == ".alt.txt":
            said = [self.alt, f"{self.caption.counted}.", *self.caption.notes, self.caption.source[0]]
            return "".join(f"{plain(sentence)}\n" for sentence in said).encode()
        if suffix == ".csv":
            return self.data.write_csv().encode()
        return self._drawn.saved(suffix[1:])

    @cached_property
    def _drawn(self) -> "ChartFigure":
        return self.figure()

    def write(self, path: Path | str) -> Path:
        """Write one file; the suffix says which.

        Raises:
            UsageError: The suffix is not known.
            DataError: The file cannot be written.
        """
        (written,) = self.write_all([Path(path)])
        return written

    def write_all(self, paths: Sequence[Path]) -> list[Path]:
        """Write files of the chart, all or none, as `write` does; the picture is drawn once."""
        atomic.write_files({path: self.content(suffix(path)) for path in paths})
        return list(paths)

    def _repr_svg_(self) -> str:
        return self.content(".svg").decode()


def chart(
    kind: str,
    years: Sequence[str] = (),
    *,
    project: Project | Path | str | None = None,
    highlight: str | None = None,
    title: str | None = None,
    size: str = "press",
    theme: str = "light",
    style: str | Path | None = None,
    say: Say = silent,
    **parts: Unpack[ChartParts],
) -> Chart:
    """Make a chart of published figures.

    Args:
        kind: One of `KINDS`.
        years: None, one (the newest to be shown) or two (the first and last, or those to be compared).
        project: Where the data are; none: found as `npqstats.project.find` does.
        highlight: A course, area or group to be marked among the others.
        title: A headline instead of the finding.
        size: `press`, `phone`, `square`, `wide`, or pixels such as `800x600`.
        theme: `light`, `dark` or `grey`.
        style: A Matplotlib style file to be laid over the house style.
        say: Told what was built.
        parts: As for `compare` and `trend`: `measure`, `by`, `funding`, `course`, `exclude_course`, `area`, ...

    Raises:
        UsageError: A part is not known or not for this kind, or there are no such rows.
    """
    refuse_empty({"highlight": highlight, "title": title})
    if kind not in KINDS:
        raise unknown("kind of chart", kind, KINDS)
    if len(years) > 2:
        raise UsageError("A chart takes at most two years.", "Name the first and the last one.")
    for name in sorted({name for name, value in parts.items() if value} - {*KINDS[kind]}):
        takers = [other for other, found in KINDS.items() if name in found]
        hint = f"It is for {listed(takers)}." if takers else "Leave it out."
        raise UsageError(f"A chart of {kind} takes no --{name.replace('_', '-')}.", hint)
    styles.size(size)
    if theme not in styles.THEMES:
        raise unknown("theme", theme, styles.THEMES)
    known = ready(project, say=say)
    asked = question(known, years, parts)
    if asked.funding and asked.measure and asked.measure.is_population:
        raise UsageError(f"{asked.measure.label} are the same whoever pays.", "Leave out --funding.")
    found = made(kind, Ask(project=known, question=asked, highlight=highlight))
    return replace(found, headline=title or found.headline, size=size, theme=theme, style=style)


def made(kind: str, ask: Ask) -> Chart:
    """Make a chart of a question that is already parsed and of parts that its kind takes.

    Raises:
        UsageError: There are no such rows.
    """
    make: Callable[[Ask], Chart] = getattr(import_module(f"npqstats.charts.{kind}"), kind)
    mark = () if ask.highlight is None else ("--highlight", ask.highlight)
    return replace(make(ask), command=ask.question.command(f"chart {kind}", *mark))


def suffix(path: Path) -> str:
    """Return the suffix of a chart's file: one of `SUFFIXES`, else what is after its last dot."""
    return next((known for known in SUFFIXES if path.name.lower().endswith(known)), path.suffix.lower())
