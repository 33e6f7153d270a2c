"""What the service publishes: releases, their data sets and their release notes.

The addresses belong to the site's own pages and are not documented. So little is read from an answer: what is needed
must be there, what is merely useful may be missing, and everything else is ignored.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from npqstats.catalogue.catalogue import catalogue, release_in
from npqstats.catalogue.lock import LockedRelease
from npqstats.errors import ServiceError, UsageError
from npqstats.fetch.client import Client, MissingError, checked_id
from npqstats.vocabulary.names import plain
from npqstats.vocabulary.periods import AcademicYear

Found = TypeVar("Found")
_MOST_PAGES = 100
_CHANGED = (
    "The service may have changed, and a newer npqstats be needed. 'npqstats fetch --from' takes downloaded files."
)


@dataclass(frozen=True, kw_only=True)
class Published:
    """A release that the service lists, or that the catalogue knows where the service lists none."""

    name: str
    """As folders are named: 2024-25."""
    is_latest: bool = False
    is_listed: bool = True
    """Whether the service listed it; otherwise the catalogue knows of it."""


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
    published: str = ""
    status: str = ""
    updated: str = ""
    notes: tuple[Note, ...] = ()
    """The newest first."""
    is_listed: bool = True
    """Whether the service listed the data sets; otherwise they are those of the catalogue."""

    @property
    def note(self) -> str:
        """The newest note, as the lock has it."""
        return f"{self.notes[0].date[:10]}: {self.notes[0].text}" if self.notes else ""

    def locked(self) -> LockedRelease:
        """What the lock will say of the release."""
        return LockedRelease(
            name=self.release, published=self.published, status=self.status, updated=self.updated, note=self.note
        )


def releases(client: Client) -> list[Published]:
    """List the releases of the publication, newest first.

    Raises:
        ServiceError: The service does not answer, or in an unknown form.
    """
    url = f"{client.service.content}/publications/{catalogue().publication.slug}/releases"
    found = [
        Published(name=name, is_latest=row.get("latestrelease") is True)
        for row in _pages(client, url)
        for name in [_needed(row, "slug", url)]
        if _is_annual(name)
    ]
    if not found:
        raise ServiceError(f"{url} lists no release.", _CHANGED)
    return sorted(found, key=lambda one: (one.is_latest, one.name), reverse=True)


def contents(client: Client, release: str, *, without: Callable[[ServiceError], object] | None = None) -> Contents:
    """List what a release holds at present.

    Args:
        client: Asks the service.
        release: As folders are named.
        without: Called with the reason where the notes or the dates cannot be read; None: that is an error.

    Raises:
        ServiceError: The service does not answer, or in an unknown form.
    """
    base = f"{client.service.content}/publications/{catalogue().publication.slug}/releases/{release}"
    url = f"{base}/data-content"
    listed = _lowered(client.document(url), url).get("datasets")
    if not isinstance(listed, list):
        raise ServiceError(f"{url} lists no data sets.", _CHANGED)
    summary = _optional(lambda: _summary(client, f"{base}/version-summary"), without) or {}
    notes = _optional(lambda: list(_notes(client, f"{base}/updates")), without) or []
    return Contents(
        release=release,
        data_sets=tuple(_data_set(_lowered(row, url), url) for row in listed),
        published=_text(summary, "published"),
        status=_status(_text(summary, "type")),
        updated=_text(summary, "lastupdated") or _text(summary, "published"),
        notes=tuple(sorted(notes, key=lambda note: note.date, reverse=True)),
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
    return Contents(release=release, data_sets=known, is_listed=False) if known else None


def _is_annual(name: str) -> bool:
    if release_in(name) != name or len(name) != len("2024-25"):
        return False
    try:
        AcademicYear.parse(name)
    except UsageError:
        return False
    return True


def _status(kind: str) -> str:
    """Write a release type of the service as words.

    >>> _status("OfficialStatisticsInDevelopment")
    'Official statistics in development'
    """
    return re.sub(r"(?<!^)(?=[A-Z])", " ", kind).capitalize()


def _data_set(row: Mapping[str, Any], url: str) -> DataSet:
    meta = row.get("meta")
    return DataSet(
        id=checked_id(_needed(row, "datasetfileid", url)),
        title=_text(row, "title") or "a data set without a title",
        extent=_extent(_lowered(meta, url)) if isinstance(meta, dict) else Extent(),
    )


def _extent(meta: Mapping[str, Any]) -> Extent:
    rows, levels, years = (meta.get(key) for key in ("numdatafilerows", "geographiclevels", "timeperiodrange"))
    last = ""
    if isinstance(years, dict):
        last = next((str(value) for key, value in years.items() if key.lower() in ("end", "to")), "")
    return Extent(
        rows=rows if isinstance(rows, int) and not isinstance(rows, bool) else None,
        levels=frozenset(str(level).lower() for level in levels) if isinstance(levels, list) else frozenset(),
        last_year=last if re.fullmatch(r"\d{4}/\d{2}", last) else "",
    )


def _optional(read: Callable[[], Found], without: Callable[[ServiceError], object] | None) -> Found | None:
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


def _summary(client: Client, url: str) -> dict[str, Any]:
    return _lowered(client.document(url), url)


def _notes(client: Client, url: str) -> Iterator[Note]:
    for row in _pages(client, url):
        if text := _text(row, "summary") or _text(row, "reason"):
            yield Note(date=_text(row, "date") or _text(row, "on"), text=text)


def _pages(client: Client, url: str) -> list[dict[str, Any]]:
    """Return the rows of a list, with those of its further pages."""
    answer = client.document(url)
    rows = _rows(answer, url)
    paging = _lowered(answer, url).get("paging") if isinstance(answer, dict) else None
    pages = _lowered(paging, url).get("totalpages") if isinstance(paging, dict) else None
    for page in range(2, min(pages, _MOST_PAGES) + 1 if isinstance(pages, int) else 2):
        rows += _rows(client.document(url, params={"page": str(page)}), url)
    return rows


def _rows(answer: Any, url: str) -> list[dict[str, Any]]:
    """Return the rows of a bare list or of a page of results."""
    rows = _lowered(answer, url).get("results") if isinstance(answer, dict) else answer
    if not isinstance(rows, list):
        raise ServiceError(f"{url} answers with no list.", _CHANGED)
    return [_lowered(row, url) for row in rows]


def _lowered(row: Any, url: str) -> dict[str, Any]:
    """Return a JSON object with its keys in lower case."""
    if not isinstance(row, dict):
        raise ServiceError(f"{url} answers in an unknown form.", _CHANGED)
    return {str(key).lower(): value for key, value in row.items()}


def _needed(row: Mapping[str, Any], key: str, url: str) -> str:
    if not (text := _text(row, key)):
        raise ServiceError(f"{url} answers without {key!r}.", _CHANGED)
    return text


def _text(row: Mapping[str, Any], key: str) -> str:
    value = row.get(key)
    return " ".join(plain(value).split()) if isinstance(value, str) else ""
