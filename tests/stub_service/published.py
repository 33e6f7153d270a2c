"""What a publication is made of, as the stub serves it."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from functools import cached_property
from hashlib import md5
from uuid import NAMESPACE_URL, uuid5

from npqstats.catalogue.catalogue import catalogue

PUBLICATION_ID = "b3134103-1297-4758-4654-08da2e6fc320"
SLUG = catalogue().publication.slug
TITLE = catalogue().publication.title
MADE_UP = "MADE-UP: every figure in this file is invented for tests, and none is a statistic."


def identifier(*of: str) -> str:
    """Give an id that is the same in every run, and made up."""
    return str(uuid5(NAMESPACE_URL, "/".join(("made-up", *of))))


API_DATA_SET = identifier("api-data-set", "npq-participants")
"""The id in the public API of the one data set that may be there."""


@dataclass(frozen=True)
class DataSet:
    """A data file of one edition of a release."""

    id: str
    title: str
    filename: str
    content: bytes
    api_id: str | None = None
    """Its id in the public API, if it is there."""

    @property
    def file_id(self) -> str:
        """The id of the file itself: another one once the file is replaced."""
        return identifier("file", self.id, hash_of(self.content))

    @property
    def subject_id(self) -> str:
        """An id of the service's own, of no use to a reader."""
        return identifier("subject", self.file_id)

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
    def id(self) -> str:
        """The id of the release, the same in all its editions."""
        return identifier("release", self.name)

    @property
    def version_id(self) -> str:
        """The id of this edition."""
        return identifier("release-version", self.name, str(self.edition))

    @property
    def old_version_ids(self) -> list[str]:
        """The ids of the editions before, which nobody may see any more."""
        return [identifier("release-version", self.name, str(edition)) for edition in range(self.edition)]

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
class ApiVersion:
    """A version of a data set in the public API."""

    number: str
    kind: str
    release: Release
    data_set: DataSet
    notes: str = MADE_UP
    status: str = "Published"


@dataclass(frozen=True)
class World:
    """All that is published: releases from new to old, and what of them is in the public API."""

    releases: tuple[Release, ...]
    api: tuple[ApiVersion, ...] = ()
    """Versions of one data set, newest first."""
    is_down: bool = False

    @property
    def data_sets(self) -> dict[str, tuple[Release, DataSet]]:
        """Every data set that can be seen, by its id."""
        return {found.id: (release, found) for release in self.releases for found in release.data_sets}


def hash_of(content: bytes) -> str:
    """Hash bytes as the service does for its ETag."""
    return md5(content, usedforsecurity=False).hexdigest()


def words(column: str) -> str:
    """Give a column a label."""
    return column.replace("_", " ").capitalize()
