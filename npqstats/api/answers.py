"""The questions that are answered with a table of figures, and what they return."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Unpack

import polars as pl

from npqstats.analysis import answers, columns, listings
from npqstats.analysis.ask import ask
from npqstats.analysis.columns import Observation
from npqstats.analysis.parts import CellParts, ComparisonParts, Parts
from npqstats.analysis.question import Question
from npqstats.api.shown import Shown, Where
from npqstats.listeners import Say, silent
from npqstats.store.build import ready
from npqstats.tables import documents
from npqstats.tables.table import Document
from npqstats.vocabulary.periods import AcademicYear


@dataclass(frozen=True, kw_only=True)
class _Answer(Shown, answers.Answer[answers.Row]):
    detail: bool = False

    def _laid_out(self) -> Document:
        assert isinstance(self, answers.Comparison | answers.Trend)
        return documents.of_answer(self)

    @property
    def frame(self) -> pl.DataFrame:
        """A row per line of a comparison, or per line and year of a trend.

        The columns are those of `columns.SHORT`; with `detail=True`, of `columns.COMPARISON` or `columns.TREND`.
        """
        return self.document.frame if self.detail else self.document.frame.select(columns.SHORT[self.document.kind])

    def __repr__(self) -> str:
        """Say what it is in one line."""
        years = f"{self.years[0].label} to {self.years[-1].label}"
        return f"<{type(self).__name__} {years}: {len(self.rows)} rows, {self.release.label}>"


@dataclass(frozen=True, kw_only=True, repr=False)
class Comparison(_Answer[answers.ComparisonRow], answers.Comparison):
    """Two years side by side; iterate over its rows."""


@dataclass(frozen=True, kw_only=True, repr=False)
class Trend(_Answer[answers.TrendRow], answers.Trend):
    """A measure through the years; iterate over its rows, one a line."""


@dataclass(frozen=True)
class Cells(Shown):
    """Published cells; iterate over them as named records."""

    frame: pl.DataFrame
    """A row per cell, with the fields of `Observation`."""
    asked: Question

    def _laid_out(self) -> Document:
        return documents.of_cells(self.frame, self.asked)

    def __iter__(self) -> Iterator[Observation]:
        """Go through the cells."""
        return map(Observation._make, self.frame.iter_rows())

    def __len__(self) -> int:
        """How many cells there are."""
        return self.frame.height

    def __repr__(self) -> str:
        """Say what it is in one line."""
        return f"<Cells: {self.frame.height}>"


@dataclass(frozen=True)
class Listing(Shown, listings.Listing):
    """A list of what there is to ask about; iterate over its rows."""

    def _laid_out(self) -> Document:
        from npqstats.tables.listing import of_list

        return of_list(self)

    def __repr__(self) -> str:
        """Say what it is in one line."""
        return f"<Listing {self.what}: {len(self.rows)} rows>"


def compare(
    before: str, after: str, *, project: Where = None, detail: bool = False, **parts: Unpack[ComparisonParts]
) -> Comparison:
    """Compare two academic years, in any spelling.

    Args:
        before: The earlier year; if it is the later one, the two are turned.
        after: The later year.
        project: Where the data are.
        detail: Whether `.frame` has every column.
        **parts: The rest of the question; see `ComparisonParts`.

    Raises:
        UsageError: A part is not known, contradicts another, has no effect, or nothing matches.

    >>> print(compare("2023-24", "2024-25", measure="starts").finding)
    NPQ starts fell by 32% in 2024/25, to 29,818.
    """
    from npqstats.analysis.compare import compare as answer

    found = ready(project)
    return Comparison(**vars(answer(found, ask(found, (before, after), parts))), detail=detail)


def trend(
    *,
    first: str | None = None,
    last: str | None = None,
    project: Where = None,
    detail: bool = False,
    **parts: Unpack[Parts],
) -> Trend:
    """Follow a measure through the years.

    Args:
        first: First academic year; None: the first of the release.
        last: Last academic year; None: the last of the release.
        project: Where the data are.
        detail: Whether `.frame` has every column.
        **parts: The rest of the question; see `Parts`.

    Raises:
        UsageError: As for `compare`.

    >>> trend(measure="starts").frame["value"].to_list()
    [31677.0, 38906.0, 43840.0, 29818.0]
    """
    from npqstats.analysis.trend import trend as answer

    found = ready(project)
    years = [AcademicYear.parse(year) if year is not None else None for year in (first, last)]
    return Trend(**vars(answer(found, ask(found, (), parts), first=years[0], last=years[1])), detail=detail)


def show(*years: str, project: Where = None, **parts: Unpack[CellParts]) -> Cells:
    """Show published cells, each with its file, line and column, of every release unless one is named.

    Args:
        *years: Academic years; none: all.
        project: Where the data are.
        **parts: The rest of the question; see `CellParts`.

    Raises:
        UsageError: A part is not known, or nothing matches.
    """
    from npqstats.analysis.show import show as answer

    found = ready(project)
    asked = ask(found, years, parts)
    return Cells(answer(found, asked), asked)


def listing(what: str, *, project: Where = None, say: Say = silent) -> Listing:
    """List what there is to ask about.

    Args:
        what: datasets, releases, measures, courses, areas, groups, columns, symbols, events, survey or disagreements.
        project: Where the data are.
        say: Called with what was built.

    Raises:
        UsageError: There is no such list.

    >>> listing("symbols").rows[0]
    ListedSymbol(symbol='low', meaning='not 0, rounds to 0')
    """
    listings.known(what)
    return Listing(what, listings.listing(ready(project, say=say), what).rows)
