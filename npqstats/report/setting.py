"""What a report is about: release, years and place; and how its tables and charts are asked for."""

import shlex
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import polars as pl

from npqstats.analysis.compare import compare
from npqstats.analysis.places import Place, region_of
from npqstats.analysis.trend import trend
from npqstats.catalogue.catalogue import Release
from npqstats.charts.kinds import chart
from npqstats.project import Project
from npqstats.report.contents import Exhibit, Picture
from npqstats.tables.comparison import comparison
from npqstats.tables.sheet import Sheet
from npqstats.tables.trend import trend as trend_sheet
from npqstats.vocabulary.areas import ENGLAND
from npqstats.vocabulary.periods import AcademicYear

_OPTIONS = {"exclude_courses": "exclude-course", "course": "course"}


@dataclass(frozen=True, kw_only=True)
class Setting:
    """A release, the two years that its report compares, and the place that it is about."""

    project: Project
    release: Release
    place: Place | None = None
    """None: England."""

    @property
    def after(self) -> AcademicYear:
        """The year of the release."""
        return self.release.year

    @property
    def before(self) -> AcademicYear:
        """The year before."""
        return self.release.year.before

    @property
    def years(self) -> tuple[str, str]:
        """Both years, as typed."""
        return self.before.slug, self.after.slug

    @property
    def years_in_words(self) -> str:
        """Both years, as printed: 2023/24 and 2024/25."""
        return f"{self.before.label} and {self.after.label}"

    @property
    def place_name(self) -> str:
        """England, or the place asked for."""
        return self.place.name if self.place else ENGLAND[1]

    def around(self) -> list["Setting"]:
        """Give the same release for the region of the place, if it lies in one, and for England."""
        if self.place is None:
            return []
        region = region_of(self.project, self.place)
        return [replace(self, place=where) for where in ([region] if region else []) + [None]]

    def compare(self, **question: Any) -> pl.DataFrame:
        """Compare the two years."""
        return compare(*self.years, **self._here(question), release=self.release.name, project=self.project)

    def trend(self, **question: Any) -> pl.DataFrame:
        """Follow a measure through the years."""
        return trend(**self._here(question), release=self.release.name, project=self.project)

    def compared(self, slug: str, **question: Any) -> Exhibit:
        """Give a comparison as an exhibit.

        Raises:
            UsageError: There are no such rows.
        """
        return _exhibit(slug, self.compare(**question), comparison, self.command("compare", *self.years, **question))

    def followed(self, slug: str, **question: Any) -> Exhibit:
        """Give a trend as an exhibit.

        Raises:
            UsageError: There are no such rows.
        """
        return _exhibit(slug, self.trend(**question), trend_sheet, self.command("trend", **question))

    def drawn(self, slug: str, kind: str, *years: str, **question: Any) -> Picture:
        """Give a chart.

        Raises:
            UsageError: There are no such rows.
        """
        here = self._here(question) if kind != "areas" else question
        made = chart(kind, years, **here, release=self.release.name, project=self.project)
        return Picture(slug=slug, chart=made, command=self.command("chart", kind, *years, **question))

    def among(self, slug: str) -> Picture:
        """Give a chart of all places of the kind of this one, which is marked among them.

        Raises:
            UsageError: There are no such rows.
        """
        assert self.place is not None
        by = "region" if self.place.level == "Regional" else "local-authority"
        return self.drawn(slug, "areas", by=by, highlight=self.place.code)

    @property
    def command_of_report(self) -> str:
        """Write the command that makes the report again."""
        return shlex.join(
            ["npqstats", "report", self.release.name, *(["--area", self.place.code] if self.place else [])]
        )

    def command(self, *words: str, **question: Any) -> str:
        """Write the command that asks the same."""
        here = self._here(question) if "areas" not in words else question
        options = [
            word
            for name, value in here.items()
            for one in (value if isinstance(value, tuple) else (value,))
            for word in (f"--{_OPTIONS.get(name, name)}", str(one))
        ]
        return shlex.join(["npqstats", *words, *options, "--release", self.release.name])

    def _here(self, question: dict[str, Any]) -> dict[str, Any]:
        return question | ({"area": self.place.code} if self.place else {})


def _exhibit(slug: str, table: pl.DataFrame, lay_out: Callable[[pl.DataFrame], Sheet], command: str) -> Exhibit:
    # Release, source and licence are said once for the whole report.
    return Exhibit(slug=slug, table=table, sheet=replace(lay_out(table), foot=[]), command=command)
