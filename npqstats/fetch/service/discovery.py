"""What the service has: its releases, their data sets and their release notes.

The addresses belong to the site's own pages and are not documented, so little is taken from an answer: what is needed
must be there, what is merely useful may be missing, and all else is passed over.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from npqstats.catalogue.catalogue import catalogue, release_in
from npqstats.errors import ServiceError, UsageError
from npqstats.fetch.service.client import Client, NotThereError
from npqstats.fetch.service.hosts import checked_id
from npqstats.vocabulary.names import plain
from npqstats.vocabulary.periods import AcademicYear

Found = TypeVar("Found")


@dataclass(frozen=True, kw_only=True)
class Published:
    """A release that the service has."""

    name: str
    """As folders are named: 2024-25."""
    published: str = ""
    is_latest: bool = False
    is_listed: bool = True
    """Whether the service itself listed it; else the catalogue knows of it."""


@dataclass(frozen=True, kw_only=True)
class DataSet:
    """A data set of a release."""

    id: str
    title: str
    rows: int | None = None
    """Rows that the service counts in the file; None where it does not say."""
    api_id: str = ""
    """The id in the public API; empty where it is not there."""


@dataclass(frozen=True, kw_only=True)
class Note:
    """A release note: the publisher's word on what was changed after the release came out."""

    date: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Contents:
    """What a release holds at present."""

    release: str
    data_sets: tuple[DataSet, ...]
    updated: str = ""
    """When the release was last changed."""
    notes: tuple[Note, ...] = ()
    """The newest first."""
    is_listed: bool = True
    """Whether the service itself listed the data sets; else they are those of the catalogue."""

    @property
    def note(self) -> str:
        """The newest note, as it stands in the lock."""
        return f"{self.notes[0].date[:10]}: {self.notes[0].text}" if self.notes else ""


def releases(client: Client) -> list[Published]:
    """List the releases of the publication, newest first.

    Raises:
        ServiceError: The service cannot be asked, or answers otherwise than is known.
    """
    url = f"{client.service.content}/publications/{catalogue().publication.slug}/releases"
    found = [
        Published(
            name=name,
            published=_text(row, "published"),
            is_latest=row.get("latestrelease") is True,
        )
        for row in _pages(client, url)
        for name in [_needed(row, "slug", url)]
        if _is_annual(name)
    ]
    if not found:
        raise ServiceError(f"{url} lists no release.", _CHANGED)
    return sorted(found, key=lambda one: (one.is_latest, one.name), reverse=True)


def contents(client: Client, release: str, *, without: Callable[[ServiceError], object] | None = None) -> Contents:
    """Say what a release holds at present.

    Args:
        client: Asks the service.
        release: As folders are named.
        without: Told why the release notes or the time of the last change cannot be read, where these may be missing;
            None: they may not.

    Raises:
        ServiceError: The service cannot be asked, or answers otherwise than is known.
    """
    base = f"{client.service.content}/publications/{catalogue().publication.slug}/releases/{release}"
    url = f"{base}/data-content"
    answer = _folded(client.document(url), url)
    listed = answer.get("datasets")
    if not isinstance(listed, list):
        raise ServiceError(f"{url} lists no data sets.", _CHANGED)
    known = _useful(lambda: _summary(client, f"{base}/version-summary"), without) or {}
    notes = _useful(lambda: list(_notes(client, f"{base}/updates")), without) or []
    return Contents(
        release=release,
        data_sets=tuple(_data_set(_folded(row, url), url) for row in listed),
        updated=_text(known, "lastupdated") or _text(known, "published"),
        notes=tuple(sorted(notes, key=lambda note: note.date, reverse=True)),
    )


def fallback(release: str) -> Contents | None:
    """Give the data sets of a release that the catalogue knows, for when the service does not list them.

    How many rows they have may have changed since the catalogue was written, so it is not said.
    """
    known = tuple(
        DataSet(id=layout.id, title=layout.title)
        for layout in catalogue().layouts
        if layout.release == release and layout.id and layout.kind == "wide"
    )
    return Contents(release=release, data_sets=known, is_listed=False) if known else None


_MOST_PAGES = 100
_CHANGED = (
    "The service may have changed, and a newer npqstats be needed. 'npqstats fetch --from' takes downloaded files."
)


def _is_annual(name: str) -> bool:
    if release_in(name) != name or len(name) != len("2024-25"):
        return False
    try:
        AcademicYear.parse(name)
    except UsageError:
        return False
    return True


def _data_set(row: Mapping[str, Any], url: str) -> DataSet:
    meta = row.get("meta")
    rows = _folded(meta, url).get("numdatafilerows") if isinstance(meta, dict) else None
    return DataSet(
        id=checked_id(_needed(row, "datasetfileid", url)),
        title=_text(row, "title") or "a data set without a title",
        rows=rows if isinstance(rows, int) and not isinstance(rows, bool) else None,
        api_id=_text(row, "publicapidatasetid"),
    )


def _useful(read: Callable[[], Found], without: Callable[[ServiceError], object] | None) -> Found | None:
    """Read what the service need not have and, where `without` is given, what need not be readable; else None."""
    try:
        return read()
    except NotThereError:
        return None
    except ServiceError as error:
        if without is None:
            raise
        without(error)
        return None


def _summary(client: Client, url: str) -> dict[str, Any]:
    return _folded(client.document(url), url)


def _notes(client: Client, url: str) -> Iterator[Note]:
    for row in _pages(client, url):
        if text := _text(row, "summary") or _text(row, "reason"):
            yield Note(date=_text(row, "date") or _text(row, "on"), text=text)


def _pages(client: Client, url: str) -> list[dict[str, Any]]:
    """Give the rows of a list, with those of its further pages where it comes in pages."""
    answer = client.document(url)
    rows = _rows(answer, url)
    paging = _folded(answer, url).get("paging") if isinstance(answer, dict) else None
    pages = _folded(paging, url).get("totalpages") if isinstance(paging, dict) else None
    for page in range(2, min(pages, _MOST_PAGES) + 1 if isinstance(pages, int) else 2):
        rows += _rows(client.document(url, params={"page": str(page)}), url)
    return rows


def _rows(answer: Any, url: str) -> list[dict[str, Any]]:
    """Give the rows of a list, be it bare or a page of results."""
    rows = _folded(answer, url).get("results") if isinstance(answer, dict) else answer
    if not isinstance(rows, list):
        raise ServiceError(f"{url} answers with no list.", _CHANGED)
    return [_folded(row, url) for row in rows]


def _folded(row: Any, url: str) -> dict[str, Any]:
    if not isinstance(row, dict):
        raise ServiceError(f"{url} answers in another form than is known.", _CHANGED)
    return {str(key).lower(): value for key, value in row.items()}


def _needed(row: Mapping[str, Any], key: str, url: str) -> str:
    if not (text := _text(row, key)):
        raise ServiceError(f"{url} answers without {key!r}.", _CHANGED)
    return text


def _text(row: Mapping[str, Any], key: str) -> str:
    value = row.get(key)
    return " ".join(plain(value).split()) if isinstance(value, str) else ""
