"""The public API under /statistics/v1."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Sequence

from tests.stub_service import query
from tests.stub_service.answer import Answer, Request, as_json, error, page_of, problem
from tests.stub_service.meta import LEVELS, described, meta_of
from tests.stub_service.published import API_DATA_SET, MADE_UP, PUBLICATION_ID, SLUG, TITLE, ApiVersion, World, words

_TYPES = ("Filters", "Indicators", "Locations", "TimePeriods")


def answer(request: Request, world: World) -> Answer:
    """Answer a request to the public API; a path with capitals is sent to the same in small letters."""
    path, mark, asked = request.path.partition("?")
    if path != path.lower():
        return Answer(308, b"", {"Location": path.lower() + mark + asked})
    is_query = request.route[2:3] == ("data-sets",) and request.route[4:] == ("query",)
    if request.method not in ({"GET", "HEAD", "POST"} if is_query else {"GET", "HEAD"}):
        return problem(405)
    match request.route[1:]:
        case ("v1", "publications", *rest):
            return _publications(tuple(rest), request, world)
        case ("v1", "data-sets", data_set, *rest) if world.api and data_set == API_DATA_SET:
            return _data_set(tuple(rest), request, world)
        case _:
            return problem(404)


def _publications(rest: tuple[str, ...], request: Request, world: World) -> Answer:
    """Answer about publications: only one with a data set in the API is there."""
    match rest:
        case ():
            asked = request.value("search")
            if 0 < len(asked) < 3:
                return problem(400, [error("MinimumLength", "search", "Must be 3 characters or more.", minLength=3)])
            found = [_publication(world)] if world.api and asked.lower() in TITLE.lower() else []
            return _paged(found, request, size=20, most=40)
        case (publication,) if world.api and publication == PUBLICATION_ID:
            return as_json(_publication(world))
        case (publication, "data-sets") if world.api and publication == PUBLICATION_ID:
            return _paged([_summary(world)], request, size=10, most=20)
        case _:
            return problem(404)


def _data_set(rest: tuple[str, ...], request: Request, world: World) -> Answer:
    """Answer about the one data set in the API."""
    match rest:
        case ():
            return as_json(_summary(world))
        case ("versions",):
            return _paged([_version(version) for version in world.api], request, size=10, most=20)
        case ("versions", number, *more) if more in ([], ["changes"]):
            return _of(world, number, lambda version: as_json(_changes(version, world) if more else _version(version)))
        case ("meta" | "csv" | "query" as kind,):
            return _of(world, request.value("dataSetVersion"), lambda version: _ASKED[kind](request, version))
        case _:
            return problem(404)


def _of(world: World, asked: str, of: Callable[[ApiVersion], Answer]) -> Answer:
    """Answer of the version that is asked for: `1.1`, `v1.1`, `1`, `*` or `1.*`; of the newest where none is."""
    wanted = (asked.removeprefix("v") or "*").split(".")
    is_wild = "*" in wanted
    for version in world.api:
        if _fits(version, wanted) and not (is_wild and version.status != "Published"):
            return problem(403) if version.status == "Withdrawn" else of(version)
    return problem(404)


def _fits(version: ApiVersion, wanted: list[str]) -> bool:
    """Whether a version is the one that is named; a star stands for the rest, and so ends the name."""
    parts = [*version.number.split("."), "0"]
    if "*" in wanted:
        return wanted.index("*") == len(wanted) - 1 and parts[: len(wanted) - 1] == wanted[:-1]
    return parts == [*wanted, "0", "0"][:3]


def _meta(request: Request, version: ApiVersion) -> Answer:
    types = [kind for asked in request.query.get("types", [",".join(_TYPES)]) for kind in asked.split(",")]
    if unknown := [kind for kind in types if kind not in _TYPES]:
        return problem(400, [error("AllowedValue", "types", "Must be one of the allowed values.", value=unknown[0])])
    return as_json(described(version.data_set, types))


def _query(request: Request, version: ApiVersion) -> Answer:
    return query.answer(request, version.data_set)


def _csv(_request: Request, version: ApiVersion) -> Answer:
    """Answer with the file of a version: gzip, whatever the client accepts."""
    name = f"{API_DATA_SET}_v{version.number}.csv"
    headers = {"Content-Type": "text/csv", "Content-Encoding": "gzip"}
    headers["Content-Disposition"] = f"attachment; filename={name}"
    return Answer(200, gzip.compress(version.data_set.content, mtime=0), headers)


def _publication(world: World) -> dict[str, object]:
    published = world.releases[0].published
    return {"id": PUBLICATION_ID, "title": TITLE, "slug": SLUG, "summary": MADE_UP, "lastPublished": published}


def _summary(world: World) -> dict[str, object]:
    newest = world.api[0]
    latest = {
        "version": newest.number,
        "published": newest.release.published,
        **_about(newest),
    }
    return {
        "id": API_DATA_SET,
        "title": "NPQ participants",
        "summary": MADE_UP,
        "status": "Published",
        "latestVersion": latest,
    }


def _version(version: ApiVersion) -> dict[str, object]:
    found = {
        "version": version.number,
        "type": version.kind,
        "status": version.status,
        "published": version.release.published,
        "notes": version.notes,
        "release": {"title": version.release.title, "slug": version.release.name},
        **_about(version),
    }
    return found | ({"withdrawn": version.release.published} if version.status == "Withdrawn" else {})


def _about(version: ApiVersion) -> dict[str, object]:
    meta = meta_of(version.data_set)
    years = [f"{period[:4]}/{period[7:]}" for period in meta.periods]
    return {
        "totalResults": len(meta.records),
        "file": {"id": version.data_set.id},
        "timePeriods": {"start": years[0], "end": years[-1]},
        "geographicLevels": [LEVELS[code] for code in meta.levels],
        "filters": [words(column) for column in meta.filters],
        "indicators": [words(column) for column in meta.indicators.values()],
    }


def _changes(version: ApiVersion, world: World) -> dict[str, object]:
    """Say what a version adds: time periods alone; that values changed is never said."""
    older = [other for other in world.api if other.status == "Published" and other.number < version.number]
    before = set(meta_of(older[0].data_set).periods) if older else set(meta_of(version.data_set).periods)
    new = [period for period in meta_of(version.data_set).periods if period not in before]
    added = [
        {"currentState": {"code": "AY", "period": period, "label": f"{period[:4]}/{period[7:]}"}} for period in new
    ]
    return {
        "versionNumber": version.number,
        "notes": version.notes,
        "majorChanges": {},
        "minorChanges": {"timePeriods": added} if added else {},
    }


def _paged(items: Sequence[object], request: Request, *, size: int, most: int) -> Answer:
    page = page_of(items, request, size=size, most=most)
    return page if isinstance(page, Answer) else as_json(page)


_ASKED = {"meta": _meta, "csv": _csv, "query": _query}
