"""Find a number: the published cells and one-step derivations that are printed so."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from npqstats.analysis.facts import facts
from npqstats.analysis.find import Narrow, found, parsed
from npqstats.catalogue.catalogue import NO_RELEASE, Release
from npqstats.project import Project
from npqstats.vocabulary.areas import area as area_named
from npqstats.vocabulary.measures import measure as measure_named
from npqstats.vocabulary.periods import AcademicYear
from npqstats.wording.figures import command, figure, source, what, worked_out

if TYPE_CHECKING:
    import polars as pl

_MOST = 10
"""Figures that are listed."""


@dataclass(frozen=True, kw_only=True)
class Match:
    """A figure that is the number."""

    figure: str
    what: str
    """What it counts, for whom, where and when."""
    kind: str
    """cell (published), derived (in one step), or where there is neither: slip or nearest."""
    how: str
    """How it follows from its cells, or which slip would explain the number; empty for a cell."""
    source: str
    release: str | None
    origins: tuple[str, ...]
    command: str


@dataclass(frozen=True, kw_only=True)
class Found:
    """What a number may be, likeliest first."""

    number: str
    matches: tuple[Match, ...]
    total: int
    """How many there are; ten at most are listed."""
    summary: str

    def __iter__(self) -> Iterator[Match]:
        """Go through the matches."""
        return iter(self.matches)

    def __len__(self) -> int:
        """How many are listed."""
        return len(self.matches)

    @property
    def frame(self) -> "pl.DataFrame":
        """One row for each match."""
        import polars as pl

        words = dict.fromkeys(("figure", "what", "kind", "how", "source", "release", "command"), pl.String)
        return pl.DataFrame([asdict(one) for one in self], {**words, "origins": pl.List(pl.String)})


def find(
    project: Project,
    text: str,
    *,
    year: str | Sequence[str] | None = None,
    measure: str | None = None,
    area: str | None = None,
    release: str | None = None,
) -> Found:
    """Find which cells and derivations are a number, as `npqstats.find` does, in a project that is up to date."""
    q = parsed(text)
    counted = measure_named(measure).code if measure else None
    named = [year] if isinstance(year, str) else year or ()
    periods = tuple(sorted(AcademicYear.parse(name).code for name in named))
    edition = _edition(project, release).name if release else None
    where = area_named(area).id if area is not None else None
    cells = facts(project)
    hits = found(q, cells, Narrow(years=periods, measure=counted, location=where, release=edition))
    matches = [
        Match(
            figure=figure(hit.ask, hit.value),
            what=what(hit.ask, cells),
            kind=hit.kind,
            how=hit.slip or worked_out(hit.ask, hit.value),
            source=source(hit.value),
            release=hit.value.release if hit.value.release != NO_RELEASE else None,
            origins=tuple(dict.fromkeys(fact.origin for fact in hit.value.facts)),
            command=command(hit.ask, hit.value, cells.newest_release),
        )
        for hit in hits[:_MOST]
    ]
    summary = _summary(q.quote, matches, len(hits))
    return Found(number=q.quote, matches=tuple(matches), total=len(hits), summary=summary)


def _edition(project: Project, name: str) -> Release:
    from npqstats.analysis import releases  # Asks Polars, which a search without a release does without.

    return releases.named(name, releases.loaded(project))


def _summary(quote: str, matches: list[Match], total: int) -> str:
    if not matches:
        return f"Nothing here is {quote}."
    if matches[0].kind in ("slip", "nearest"):
        return f"Nothing here is {quote}; these come near."
    listed = f", the likeliest {len(matches)} listed" if total > len(matches) else ""
    return f"{total} figure{'s' * (total != 1)} {'are' if total != 1 else 'is'} {quote}{listed}."
