"""What a publication is made of, as the stub serves it."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from functools import cached_property
from uuid import NAMESPACE_URL, uuid5

from npqstats.catalogue.catalogue import catalogue

SLUG = catalogue().publication.slug
TITLE = catalogue().publication.title
MADE_UP = "MADE-UP: every figure in this file is invented for tests, and none is a statistic."


def identifier(*of: str) -> str:
    """Give an id that is the same in every run, and made up."""
    return str(uuid5(NAMESPACE_URL, "/".join(("made-up", *of))))


@dataclass(frozen=True)
class DataSet:
    """A data file of one edition of a release."""

    id: str
    title: str
    filename: str
    content: bytes

    @cached_property
    def rows(self) -> list[dict[str, str]]:
        """The file's rows."""
        return list(csv.DictReader(io.StringIO(self.content.decode())))

    @cached_property
    def columns(self) -> list[str]:
        """The file's columns."""
        return self.content.decode().splitlines()[0].split(",")

    @cached_property
    def levels(self) -> list[str]:
        """The geographic levels it has rows of."""
        return sorted({row["geographic_level"] for row in self.rows})

    @cached_property
    def periods(self) -> list[str]:
        """The academic years it has rows of, as the file writes them."""
        return sorted({row["time_period"] for row in self.rows})

    @property
    def summary(self) -> str:
        """What the service says of the file."""
        return f"{MADE_UP} It is in the layout of the published file of this name."


@dataclass(frozen=True)
class Note:
    """A release note."""

    date: str
    summary: str


@dataclass(frozen=True)
class Release:
    """The newest edition of a release: what the service shows of it."""

    name: str
    published: str
    data_sets: tuple[DataSet, ...]
    edition: int = 0
    """How often it has been amended."""
    updated: str = ""
    notes: tuple[Note, ...] = ()
    """Newest first, without the note that says when it was first published."""

    @property
    def version_id(self) -> str:
        """The id of this edition."""
        return identifier("release-version", self.name, str(self.edition))

    @property
    def last_updated(self) -> str:
        """When this edition was published."""
        return self.updated or self.published

    @property
    def year_title(self) -> str:
        """The year as the service titles it: 2024/25."""
        return self.name.replace("-", "/")

    @property
    def title(self) -> str:
        """The release as the service titles it."""
        return f"Academic year {self.year_title}"

    @property
    def updates(self) -> list[Note]:
        """All release notes, as the service lists them."""
        return [*self.notes, Note(self.published, "First published")]


@dataclass(frozen=True)
class World:
    """All that is published: releases from new to old."""

    releases: tuple[Release, ...]
    is_down: bool = False

    @property
    def data_sets(self) -> dict[str, tuple[Release, DataSet]]:
        """Every data set that can be seen, by its id."""
        return {found.id: (release, found) for release in self.releases for found in release.data_sets}
