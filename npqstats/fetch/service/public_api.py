"""A data set from the documented public API: one version of it, pinned, and its file held against its rows."""

from collections import Counter
from csv import Error, reader
from pathlib import Path
from typing import Any

from npqstats.errors import ServiceError
from npqstats.fetch.service.client import Client, Received
from npqstats.fetch.service.discovery import DataSet
from npqstats.fetch.service.hosts import checked_id
from npqstats.listeners import Progress, Say

_PAGE_SIZE = 10_000
_MOST_PAGES = 10_000
_HINT = "Nothing was changed. Leave out --from-api to take the file from the data catalogue."

Values = tuple[str, ...]


def download(
    client: Client, data_set: DataSet, target: Path, *, say: Say, progress: Progress, page_size: int = _PAGE_SIZE
) -> Received | None:
    """Bring the file of the newest version of a data set, and check it against a query for all of its rows.

    The query alone would not do: its rows lack the columns by which the publisher groups a filter, such as `breakdown`.
    The file of a version never changes, so its address stands for these bytes for good.

    Raises:
        ServiceError: The service cannot be reached, or its rows are not those of its file.
    """
    base = f"{client.service.api}/data-sets/{checked_id(data_set.api_id)}"
    version = _version(client.document(base), base)
    meta = client.document(f"{base}/meta", params={"dataSetVersion": version})
    columns = {str(one.get("id")): str(one.get("column")) for one in _list(meta, "indicators", base)}
    received = client.download(f"{base}/csv?dataSetVersion={version}", target, progress=progress)
    there = queried(client, base, version, list(columns), page_size, say)
    here = _filed(target, list(columns.values()))
    if there != here:
        raise ServiceError(
            f"{data_set.title!r}, version {version}: the file has {here.total():,} rows, the API gives "
            f"{there.total():,}, and {(here - there).total():,} of the file's are not among them.",
            _HINT,
        )
    say(f"{data_set.title!r} is version {version} of the public API; its {here.total():,} rows are those of the file.")
    return received


def _version(answer: Any, url: str) -> str:
    latest = answer.get("latestVersion") if isinstance(answer, dict) else None
    version = latest.get("version") if isinstance(latest, dict) else None
    if not isinstance(version, str) or not version.replace(".", "").isdigit():
        raise ServiceError(f"{url} names no version of the data set.", _HINT)
    return version


def _list(answer: Any, key: str, url: str) -> list[dict[str, Any]]:
    found = answer.get(key) if isinstance(answer, dict) else None
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise ServiceError(f"{url} answers without {key!r}.", _HINT)
    return found


def queried(
    client: Client, base: str, version: str, indicators: list[str], page_size: int, say: Say
) -> Counter[Values]:
    """Ask for every row of a version, page by page, and count the rows by the values of these indicators."""
    rows: Counter[Values] = Counter()
    for page in range(1, _MOST_PAGES):
        # The service takes page and pageSize of a POST from its body alone.
        body = {"indicators": indicators, "page": page, "pageSize": page_size}
        answer = client.document(f"{base}/query", params={"dataSetVersion": version}, body=body)
        results = _list(answer, "results", base)
        for warning in _list(answer, "warnings", base):
            say(f"The public API warns: {warning.get('message', '')} ({warning.get('code', '')}).")
        values = [_mapping(one, "values", base) for one in results]
        rows.update(tuple(_plain(one.get(name)) for name in indicators) for one in values)
        pages = _mapping(answer, "paging", base).get("totalPages")
        if not results or not isinstance(pages, int) or page >= pages:
            return rows
    raise ServiceError(f"{base} has more pages than a data set can have.", _HINT)


def _mapping(answer: dict[str, Any], key: str, url: str) -> dict[str, Any]:
    found = answer.get(key)
    if not isinstance(found, dict):
        raise ServiceError(f"{url} answers without {key!r}.", _HINT)
    return found


def _filed(target: Path, columns: list[str]) -> Counter[Values]:
    try:
        with target.open(encoding="utf-8-sig", newline="") as file:
            header, *rows = reader(file)
        places = [[name.strip().lower() for name in header].index(column) for column in columns]
        return Counter(tuple(_plain(row[place]) for place in places) for row in rows if row)
    except (UnicodeDecodeError, ValueError, IndexError, Error) as error:
        raise ServiceError(f"The public API's file does not hold the columns that it names: {error}.", _HINT) from error


def _plain(cell: object) -> str:
    """Write the same number in the same way; a symbol stays as it is."""
    text = str(cell or "").strip()
    try:
        return f"{float(text):.10g}"
    except ValueError:
        return text
