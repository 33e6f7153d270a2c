"""The catalogue: releases, data sets and what their columns mean, read from catalogue.toml."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path

from npqstats.vocabulary.periods import AcademicYear, day_label

_RELEASE_NAME = re.compile(r"(\d{4}-\d{2})(\.\d+)?(-adhoc)?")

REPORTED = "reported"
"""The folder of data/raw/ and the data set of figures that others printed."""
SURVEY = "survey"
"""The data set of survey answers, never mixed with official counts."""
NO_RELEASE = "none"
"""The release of a reported figure that names none."""


@dataclass(frozen=True, kw_only=True)
class Publication:
    """The series that all releases belong to."""

    title: str
    publisher: str
    slug: str
    page: str
    methodology: str
    status: str
    licence: str
    licence_page: str
    attribution: str


@dataclass(frozen=True, kw_only=True)
class Release:
    """An edition of the publication: 2022-23, its correction 2022-23.1, the one-off 2021-22-adhoc."""

    name: str
    year: AcademicYear
    kind: str = "annual"
    title: str = ""
    published: date | None = None
    published_note: str = ""
    data_as_of: date | None = None
    status: str = ""
    page: str = ""
    note: str = ""

    @property
    def label(self) -> str:
        """As printed for people: 2024/25, 2022/23 (correction 1), 2021/22 (one-off)."""
        match = _RELEASE_NAME.fullmatch(self.name)
        if match is None:
            return self.name
        correction = f" (correction {match[2][1:]})" if match[2] else ""
        return f"{self.year.label}{correction}{' (one-off)' if match[3] else ''}"

    @property
    def order(self) -> tuple[AcademicYear, bool, int, str]:
        """Sorts releases from old to new: a one-off before the annual release of its year, a correction after it."""
        match = _RELEASE_NAME.fullmatch(self.name)
        correction = int(match[2][1:]) if match and match[2] else 0
        return (self.year, not self.name.endswith("-adhoc"), correction, self.name)

    def is_unfinished(self, period: int) -> bool:
        """Whether courses started in `period` were still running when the release was made.

        A course takes up to 22 months, so the release's own year and the year before are unfinished.
        """
        return period >= self.year.before.code


@dataclass(frozen=True, kw_only=True)
class ValueColumn:
    """What a value column of a published file holds."""

    measure: str
    funding: str | None = None
    """Set where the column is about one kind of funding; else the row's `funding` column says."""
    basis: str | None = None
    """Set where the column is cumulative; else the row's `cum_disc` column says, or it is in-year."""
    blank: str | None = None
    """The symbol that a blank cell means, where the publisher says that blanks occur."""


@dataclass(frozen=True, kw_only=True)
class Layout:
    """The columns in which a data set was published, and what each value column means."""

    dataset: str
    kind: str = "wide"
    title: str
    release: str = ""
    id: str = ""
    page: str = ""
    rows: int | None = None
    levels: tuple[str, ...] = ()
    first_year: str = ""
    last_year: str = ""
    description: str = ""
    rate_decimals: int = 1
    columns: tuple[str, ...]
    footnotes: tuple[str, ...] = ()
    measures: dict[str, ValueColumn] = field(default_factory=dict)
    why: str = ""
    """Why files in this layout are passed over."""


@dataclass(frozen=True, kw_only=True)
class Catalogue:
    """All that is known about what has been published."""

    publication: Publication
    releases: dict[str, Release]
    layouts: tuple[Layout, ...]


def _layout(entry: dict[str, object], **more: object) -> Layout:
    fields = {key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()} | more
    measures = fields.pop("measures", {})
    assert isinstance(measures, dict)
    return Layout(**fields, measures={name: ValueColumn(**meaning) for name, meaning in measures.items()})  # type: ignore[arg-type]


@cache
def catalogue() -> Catalogue:
    """Read the catalogue that comes with the package."""
    table = tomllib.loads(Path(__file__).with_name("catalogue.toml").read_text("utf-8"))
    return Catalogue(
        publication=Publication(**table["publication"]),
        releases={
            entry["name"]: Release(**entry | {"year": AcademicYear.parse(entry["year"])}) for entry in table["release"]
        },
        layouts=(
            *(_layout(entry) for entry in table["layout"]),
            *(_layout(entry, dataset="", kind="passed-over") for entry in table["passed_over"]),
        ),
    )


def release(name: str) -> Release:
    """Return what is known about a release.

    One that the catalogue lacks is known by its name alone: its date and status are then what the service, the lock or
    the data guidance says, or not known. A correction is known by the release that it corrects.
    """
    known = catalogue().releases.get(name)
    if known is not None:
        return known
    match = _RELEASE_NAME.fullmatch(name)
    if match is None:
        return Release(name=name, year=AcademicYear(0))
    corrected = catalogue().releases.get(f"{match[1]}{match[3] or ''}") if match[2] else None
    if corrected is not None:
        # When a correction came out, and how its data differ, is in its release notes, not here.
        day = day_label(corrected.published) if corrected.published else "a day that was not seen"
        return replace(
            corrected,
            name=name,
            kind="correction",
            title=f"{corrected.title} (correction {match[2][1:]})",
            published=None,
            published_note=f"a correction of the release of {day}",
            data_as_of=None,
            note="",
        )
    year = AcademicYear.parse(match[1])
    return Release(name=name, year=year)


def newest_first(names: Iterable[str]) -> list[str]:
    """Order releases; what is the name of none comes last."""
    return sorted(names, key=lambda name: release(name).order, reverse=True)


def release_in(folder: str) -> str | None:
    """Find the release that a folder or a downloaded zip is named for, or None.

    >>> release_in("teacher-and-leader-development-ecf-and-npqs_2024-25")
    '2024-25'
    """
    match = _RELEASE_NAME.fullmatch(folder.rpartition("_")[2])
    return match[0] if match else None


def published_as(title: str, release: str) -> Layout | None:
    """Return the layout of a data set of this very release; None where the catalogue knows none."""
    return next((one for one in catalogue().layouts if (one.title, one.release) == (title, release)), None)


def why_passed_over(data_set: str) -> str:
    """Say why a data set with this id is passed over; nothing for one that is not known to be."""
    return next((layout.why for layout in catalogue().layouts if layout.id == data_set and layout.why), "")


def dataset_order() -> list[str]:
    """Data sets as the catalogue lists them: where two print the same cell, the first one is used."""
    return list(dict.fromkeys(layout.dataset for layout in catalogue().layouts if layout.dataset))
