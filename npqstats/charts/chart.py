"""A chart before it is drawn, and the kinds that there are."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property
from importlib import import_module
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, Unpack, cast

import polars as pl

from npqstats.analysis.parts import ChartParts
from npqstats.charts import style as styles
from npqstats.errors import UsageError
from npqstats.listeners import Say, silent
from npqstats.project import Project
from npqstats.vocabulary.names import folded, listed, plain, unknown

if TYPE_CHECKING:
    from npqstats.analysis.answers import Comparison, ComparisonRow, Line, Trend, TrendRow
    from npqstats.analysis.question import Question
    from npqstats.charts.frame import ChartFigure, Page
    from npqstats.vocabulary.periods import AcademicYear

Row = TypeVar("Row", "TrendRow", "ComparisonRow")

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
class Ask:
    """What a chart is asked for, and the answers to it."""

    project: Project
    question: "Question"
    highlight: str | None = None
    answers: "dict[object, Comparison | Trend]" = field(default_factory=dict, compare=False, repr=False)
    """What was answered so far; charts that are given the same one ask nothing twice."""

    def trend(self, **otherwise: Any) -> "Trend":
        """Follow the question through its years, or all; `otherwise` replaces parts of it."""
        asked = replace(self.question, **otherwise)
        first, last = (*sorted(asked.years), None, None)[:2] if len(asked.years) != 1 else (None, asked.years[0])
        found = self.followed(replace(asked, years=()), first, last)
        if not asked.by:
            return found
        return replace(found, rows=_of_one_basis(found.rows))

    def best(
        self, measures: Sequence[str], score: "Callable[[Trend], int]", fundings: Sequence[str | None] = (None,)
    ) -> "Ask":
        """Ask for the measure, and kind of funding, whose trend has the highest score, the first of equal ones."""
        from npqstats.vocabulary.measures import MEASURES

        found = [(-1, self)]
        for code, funding in product(measures, fundings):
            tried = replace(self, question=replace(self.question, measure=MEASURES[code], funding=funding))
            with suppress(UsageError):
                found.append((score(tried.trend()), tried))
        return max(found, key=lambda pair: pair[0])[1]

    def compare(self, **otherwise: Any) -> "Comparison":
        """Compare the years asked for, else the newest two whose cohorts are finished; `otherwise` replaces parts."""
        from npqstats.analysis.answers import Status

        asked = replace(self.question, **otherwise)
        years = asked.years
        if not years:
            found = self.trend(**otherwise)
            wanted = {Status.PUBLISHED, Status.NEW, *([Status.SO_FAR] if asked.include_unripe else [])}
            done = [{row.points[index].status for row in found.rows} & wanted for index in range(len(found.years))]
            known = [year for year, some in zip(found.years, done, strict=True) if some] or found.years
            years = tuple(known[-2:] if known[-1].before not in known else known[-1:])
        if len(years) == 1:
            years = (years[0].before, years[0])
        compared = self.compared(replace(asked, years=years))
        if not asked.by:
            return compared
        return replace(compared, rows=_of_one_basis(compared.rows))

    def followed(
        self, asked: "Question", first: "AcademicYear | None" = None, last: "AcademicYear | None" = None
    ) -> "Trend":
        """Follow any question through the years, once."""
        from npqstats.analysis.trend import trend

        key = (asked, first, last)
        if key not in self.answers:
            self.answers[key] = trend(self.project, asked, first=first, last=last)
        return cast("Trend", self.answers[key])

    def compared(self, asked: "Question") -> "Comparison":
        """Compare the two years of any question, once."""
        from npqstats.analysis.compare import compare

        if asked not in self.answers:
            self.answers[asked] = compare(self.project, asked)
        return cast("Comparison", self.answers[asked])

    def highlighted(self, lines: Sequence["Line"]) -> "Line | None":
        """Find the line to be marked among the others, by any of its names or codes.

        Raises:
            UsageError: It is not among them, or there is only one line.
        """
        if self.highlight is None:
            return None
        if len(lines) < 2:
            raise UsageError(
                "There is nothing to highlight in a chart of one line.", "Leave out --highlight, or add --by."
            )
        wanted, names = folded(self.highlight), {line: [folded(name) for name in _names(line)] for line in lines}
        exact = [line for line in lines if wanted in names[line]]
        found = exact or [line for line in lines if any(wanted in name for name in names[line])]
        if len(found) == 1:
            return found[0]
        if found:
            few = listed([_names(line)[0] for line in found[:4]], "or")
            raise UsageError(f"{self.highlight!r} can be {few}.", "Name one.")
        raise unknown("line of this chart", self.highlight, [_names(line)[0] for line in lines])


def _of_one_basis(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Keep the parts of one way of counting, in the year or since 2021: that with more figures, else in the year."""
    known = dict.fromkeys(sorted({row.line.series.basis for row in rows}, reverse=True), 0)
    for row in rows:
        known[row.line.series.basis] += sum(figure.value is not None for figure in row.figures)
    best = max(known, key=lambda basis: known[basis], default="")
    return tuple(row for row in rows if row.line.series.basis == best)


def _names(line: "Line") -> list[str]:
    """List all names of a line, the plainest first."""
    if line.course:
        return [line.course.code or line.course.name, line.course.name, line.course.title]
    if not line.is_total:
        return [line.group_label]
    return [line.area.name, line.area.id, line.area.code, *line.area.aliases, line.series.funding]


@dataclass(frozen=True, kw_only=True)
class Chart:
    """A chart, of no particular size or theme. In a notebook it shows itself."""

    headline: str
    """The finding, in a sentence that is true of the rows (DESIGN.md, rule 10)."""
    counted: str
    """What is counted, in what unit, where and when."""
    form: str
    """What kind of picture it is: `Line chart`."""
    figures: str
    """Two or three figures in a sentence, for the text alternative."""
    notes: tuple[str, ...] = ()
    """What a reader must know of the figures, the most important first; two are printed."""
    source: tuple[str, ...]
    """The line of source, in full and shorter; each names every publisher of a figure drawn."""
    data: pl.DataFrame
    """The figures drawn and those that the headline states, with headers to be read."""
    is_ranked: bool = False
    """Whether the plot is made of rows, for which a low picture has more room beside its headline."""
    draw: "Callable[[Page], None]"
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
            # A page does without the height that the rows do not need.
            page.figure.cut_below(page.spare)
        return page.figure

    @property
    def alt(self) -> str:
        """The text alternative of the file, under 400 characters."""
        return self.alternative("the .csv beside this file")

    def alternative(self, where: str) -> str:
        """Say in words what the picture shows: the finding, two or three figures, and where all figures are.

        >>> bare = {"counted": "Starts", "source": (), "data": pl.DataFrame(), "draw": print}
        >>> Chart(headline="Starts fell", form="Line chart", figures="9 in 2023/24", **bare).alternative("the table")
        'Starts fell. Line chart: 9 in 2023/24. All figures are in the table.'
        """
        end = f" All figures are in {where}."
        told = f"{self.headline}. {self.form}" + (f": {self.figures}." if self.figures else ".")
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
            said = [f"{self.alt}", f"{self.counted}.", *self.notes, self.source[0]]
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
        """Write files of the chart, all or none; the picture is drawn once.

        Raises:
            UsageError: A suffix is not known.
            DataError: A file cannot be written.
        """
        from npqstats.store import atomic

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
    from npqstats.analysis.ask import ask
    from npqstats.analysis.question import refuse_empty
    from npqstats.store.build import ready

    refuse_empty({"highlight": highlight, "title": title})
    if kind not in KINDS:
        raise unknown("kind of chart", kind, KINDS)
    if len(years) > 2:
        raise UsageError("A chart takes at most two years.", "Name the first and the last one.")
    _check(kind, {name for name, value in parts.items() if value})
    styles.size(size)
    if theme not in styles.THEMES:
        raise unknown("theme", theme, styles.THEMES)
    known = ready(project, say=say)
    question = ask(known, years, parts)
    if question.funding and question.measure and question.measure.is_population:
        raise UsageError(f"{question.measure.label} are the same whoever pays.", "Leave out --funding.")
    found = made(kind, Ask(project=known, question=question, highlight=highlight))
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


def _check(kind: str, given: set[str]) -> None:
    for name in sorted(given - set(KINDS[kind])):
        takers = [other for other, found in KINDS.items() if name in found]
        hint = f"It is for {listed(takers)}." if takers else "Leave it out."
        raise UsageError(f"A chart of {kind} takes no --{name.replace('_', '-')}.", hint)
