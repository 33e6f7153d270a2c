"""What a chart is asked for, and the tables that answer."""

from dataclasses import dataclass, fields
from typing import Any

import polars as pl

from npqstats.analysis import compare, editions, trend
from npqstats.catalogue.catalogue import release
from npqstats.errors import UsageError
from npqstats.listeners import Say, silent
from npqstats.project import Project
from npqstats.vocabulary.periods import AcademicYear


@dataclass(frozen=True, kw_only=True)
class Asked:
    """The parts of a question as users write them; the same words as for `compare` and `trend`."""

    project: Project
    years: tuple[str, ...] = ()
    """None: all years, or the newest two where two are compared; one: the newest to be shown; two: from and to."""
    measure: str | None = None
    by: str | None = None
    funding: str | None = None
    course: str | None = None
    exclude_courses: tuple[str, ...] = ()
    area: str | None = None
    basis: str | None = None
    release: str | None = None
    include_unripe: bool = False
    highlight: str | None = None
    """A place to be marked among the others."""
    say: Say = silent

    @property
    def given(self) -> set[str]:
        """The names of the parts that were given."""
        always = {"project", "years", "release", "say"}
        return {field.name for field in fields(self) if getattr(self, field.name) and field.name not in always}

    def trend(self, **otherwise: Any) -> pl.DataFrame:
        """Follow the question through the years; `otherwise` replaces parts of it."""
        first, last = (*self.years, None, None)[:2]
        if len(self.years) == 1:
            first, last = None, self.years[0]
        # Sums over the years, which `trend` tells of, are not drawn.
        years = {"first": first, "last": last, "say": silent}
        return trend.trend(**self._question(years | otherwise))

    def compare(self, **otherwise: Any) -> pl.DataFrame:
        """Compare the two years of `pair`; `otherwise` replaces parts of the question."""
        before, after = self.pair()
        return compare.compare(before, after, **self._question(otherwise))

    def pair(self) -> tuple[str, str]:
        """Give the two years asked for, else the last year asked for or at hand and the one before it."""
        if len(self.years) == 2:
            return self.years[0], self.years[1]
        last = AcademicYear.parse(self.years[0]) if self.years else self.newest()
        return last.before.slug, last.slug

    def newest(self) -> AcademicYear:
        """Give the newest year of the release asked for, else of the newest release at hand."""
        known = editions.at_hand(self.project)
        name = editions.named(self.release, known).name if self.release else next(iter(known), None)
        if name is None:
            raise UsageError("There are no figures of any release here.", "See 'npqstats list releases'.")
        return max((AcademicYear.of_code(period) for period in known[name]), default=release(name).year)

    def _question(self, otherwise: dict[str, Any]) -> dict[str, Any]:
        names = ("measure", "by", "funding", "course", "exclude_courses", "area", "basis", "release", "include_unripe")
        return {name: getattr(self, name) for name in names} | {"project": self.project, "say": self.say} | otherwise
