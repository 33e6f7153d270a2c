"""What the service publishes: releases, their data sets and their release notes.

The addresses belong to the site's own pages and are not documented. So little is read from an answer: what is needed
must be there, what is merely useful may be missing, and everything else is ignored.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from npqstats.catalogue.catalogue import catalogue, release_in
from npqstats.catalogue.lock import LockedRelease
from npqstats.errors import ServiceError, UsageError
from npqstats.fetch.client import Client, MissingError, checked_id
from npqstats.vocabulary.names import plain
from npqstats.vocabulary.periods import AcademicYear

Found = TypeVar("Found")
Value = TypeVar("Value")
OnError = Callable[[ServiceError], object]
_MOST_PAGES = 100
_CHANGED = (
    "The service may have changed, and a newer npqstats be needed. 'npqstats fetch --from' takes downloaded files."
)


@dataclass(frozen=True, kw_only=True)
class Extent:
    """What a file must hold if it is whole; empty where nothing is known."""

    rows: int | None = None
    levels: frozenset[str] = frozenset()
    """Geographic levels, in lower case."""
    last_year: str = ""
    """The newest academic year, such as 2024/25."""


@dataclass(frozen=True, kw_only=True)
class DataSet:
    """A data set of a release."""

    id: str
    title: str
    extent: Extent = Extent()


@dataclass(frozen=True, kw_only=True)
class Note:
    """A release note: the publisher's account of a change."""

    date: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Contents:
    """What a release holds at present."""

    release: str
    data_sets: tuple[DataSet, ...]
    about: LockedRelease
    """What the lock will say of the release."""
    notes: tuple[Note, ...] = ()
    """The newest first."""
    is_listed: bool = True
    """Whether the service listed the data sets; otherwise they are those of the catalogue."""


@dataclass(frozen=True)
class Record:
    """A JSON object of the service; its keys are read whatever their case."""

    url: str
    """Where it came from."""
    values: dict[str, Any]

    @classmethod
    def of(cls, answer: Any, url: str) -> "Record":
        """Read an answer.

        Raises:
            ServiceError: It is not an object.
        """
        if not isinstance(answer, dict):
            raise ServiceError(f"{url} answers in an unknown form.", _CHANGED)
        return cls(url, {str(key).lower(): value for key, value in answer.items()})

    def field(self, key: str, kind: type[Value]) -> Value | None:
        """Return a value; None where it is missing or of another type."""
        value = self.values.get(key)
        return value if type(value) is kind else None

    def inner(self, key: str) -> "Record":
        """Return an object within; an empty one where there is none."""
        return Record.of(self.field(key, dict) or {}, self.url)

    def text(self, key: str) -> str:
        """Return a text on one line, without control characters; empty where it is missing."""
        return " ".join(plain(self.field(key, str) or "").split())

    def needed(self, key: str) -> str:
        """Return a text.

        Raises:
            ServiceError: It is missing.
        """
        if not (text := self.text(key)):
            raise ServiceError(f"{self.url} answers without {key!r}.", _CHANGED)
        return text


def releases(client: Client) -> list[str]:
    """Name the annual releases of the publication, the latest first.

    Raises:
        ServiceError: The service does not answer, or in an unknown form.
    """
    url = f"{_publication(client)}/releases"
    found = {row.needed("slug"): row.field("latestrelease", bool) is True for row in _pages(client, url)}
    names = sorted(filter(_is_annual, found), key=lambda name: (found[name], name), reverse=True)
    if not names:
        raise ServiceError(f"{url} lists no release.", _CHANGED)
    return names


def contents(client: Client, release: str, *, without: OnError | None = None) -> Contents:
    """List what a release holds at present.

    Args:
        client: Asks the service.
        release: As folders are named.
        without: Called with the reason where the notes or the dates cannot be read; None: that is an error.

    Raises:
        ServiceError: The service does not answer, or in an unknown form.
    """
    base = f"{_publication(client)}/releases/{release}"
    url = f"{base}/data-content"
    listed = Record.of(client.document(url), url).field("datasets", list)
    if listed is None:
        raise ServiceError(f"{url} lists no data sets.", _CHANGED)
    about, updates = f"{base}/version-summary", f"{base}/updates"
    summary = _optional(lambda: Record.of(client.document(about), about), without) or Record(about, {})
    notes = _optional(lambda: [_note(row) for row in _pages(client, updates)], without) or []
    notes = sorted((note for note in notes if note.text), key=lambda note: note.date, reverse=True)
    return Contents(
        release=release,
        data_sets=tuple(_data_set(Record.of(row, url)) for row in listed),
        about=LockedRelease(
            name=release,
            published=summary.text("published"),
            status=_status(summary.text("type")),
            updated=summary.text("lastupdated") or summary.text("published"),
            note=f"{notes[0].date[:10]}: {notes[0].text}" if notes else "",
        ),
        notes=tuple(notes),
    )


def fallback(release: str) -> Contents | None:
    """Return the data sets of a release that the catalogue knows, for when the service does not list them.

    Their numbers of rows may have changed since the catalogue was written, so none is required.
    """
    known = tuple(
        DataSet(id=layout.id, title=layout.title)
        for layout in catalogue().layouts
        if layout.release == release and layout.id and layout.kind == "wide"
    )
    about = LockedRelease(name=release)
    return Contents(release=release, data_sets=known, about=about, is_listed=False) if known else None


def _publication(client: Client) -> str:
    return f"{client.service.content}/publications/{catalogue().publication.slug}"


def _is_annual(name: str) -> bool:
    try:
        return release_in(name) == name and AcademicYear.parse(name).slug == name
    except UsageError:
        return False


def _status(kind: str) -> str:
    """Write a release type of the service as words.

    >>> _status("OfficialStatisticsInDevelopment")
    'Official statistics in development'
    """
    return re.sub(r"(?<!^)(?=[A-Z])", " ", kind).capitalize()


def _data_set(row: Record) -> DataSet:
    meta = row.inner("meta")
    years = meta.inner("timeperiodrange")
    last = years.text("end") or years.text("to")
    return DataSet(
        id=checked_id(row.needed("datasetfileid")),
        title=row.text("title") or "a data set without a title",
        extent=Extent(
            rows=meta.field("numdatafilerows", int),
            levels=frozenset(str(level).lower() for level in meta.field("geographiclevels", list) or ()),
            last_year=last if re.fullmatch(r"\d{4}/\d{2}", last) else "",
        ),
    )


def _note(row: Record) -> Note:
    return Note(date=row.text("date") or row.text("on"), text=row.text("summary") or row.text("reason"))


def _optional(read: Callable[[], Found], without: OnError | None) -> Found | None:
    """Read what the service need not have; None where it does not, or where `without` accepts the error."""
    try:
        return read()
    except MissingError:
        return None
    except ServiceError as error:
        if without is None:
            raise
        without(error)
        return None


def _pages(client: Client, url: str) -> list[Record]:
    """Return the rows of a list, which is bare or in pages of results."""
    answer = client.document(url)
    rows = _rows(answer, url)
    pages = Record.of(answer, url).inner("paging").field("totalpages", int) if isinstance(answer, dict) else None
    for page in range(2, min(pages or 1, _MOST_PAGES) + 1):
        rows += _rows(client.document(url, params={"page": str(page)}), url)
    return rows


def _rows(answer: Any, url: str) -> list[Record]:
    rows = Record.of(answer, url).field("results", list) if isinstance(answer, dict) else answer
    if not isinstance(rows, list):
        raise ServiceError(f"{url} answers with no list.", _CHANGED)
    return [Record.of(row, url) for row in rows]
