"""The content API under /api, and the site's stable address of a data set."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from email.utils import format_datetime, parsedate_to_datetime
from urllib.parse import quote

from tests.stub_service import views
from tests.stub_service.answer import Answer, Request, as_json, page_of, problem
from tests.stub_service.archive import packed
from tests.stub_service.options import Options
from tests.stub_service.published import PUBLICATION_ID, SLUG, Release, World, hash_of


def answer(request: Request, world: World, options: Options) -> Answer:
    """Answer a request to the content API."""
    match request.route[1:]:
        case ("publications", slug, *rest) if slug == SLUG:
            return _publication(tuple(rest), request, world, options)
        case ("data-set-files",):
            return _data_sets(request, world)
        case ("data-set-files", data_set):
            return (
                as_json(views.of_data_set(*found, world)) if (found := world.data_sets.get(data_set)) else problem(404)
            )
        case ("data-set-files", data_set, "download"):
            return download(data_set, world)
        case ("releases", version, "files", *rest):
            return _files(version, tuple(rest), request, world, options)
        case _:
            return problem(404)


def download(data_set: str, world: World) -> Answer:
    """Answer with the newest file of a data set: nothing says when it changed."""
    if data_set not in world.data_sets:
        return problem(404)
    _, found = world.data_sets[data_set]
    return Answer(200, found.content, {"Content-Type": "text/csv", **_named(found.filename)})


def _publication(rest: tuple[str, ...], request: Request, world: World, options: Options) -> Answer:
    match rest:
        case ():
            return as_json({**views.PUBLICATION, "theme": views.THEME})
        case ("releases",):
            return as_json([views.summary(release, world) for release in world.releases])
        case ("release-entries",):
            return _paged([views.entry(release, world) for release in world.releases], request, size=10)
        case ("release-ids",):
            return as_json([release.id for release in world.releases])
        case ("releases", name, kind):
            release = next((release for release in world.releases if release.name == name), None)
            return _of_release(release, kind, request, world, options) if release else problem(404)
        case _:
            return problem(404)


def _of_release(release: Release, kind: str, request: Request, world: World, options: Options) -> Answer:
    if kind == "version-summary":
        more: dict[str, object] = {
            "publishingOrganisations": [],
            "preReleaseAccessList": None,
            "updateCount": len(release.updates),
        }
        return as_json({"id": release.version_id, **views.entry(release, world), **more})
    if kind == "updates":
        notes = [{"date": note.date, "summary": note.summary} for note in release.updates]
        return as_json(notes) if options.plain_updates else _paged(notes, request, size=10)
    if kind == "data-content":
        return as_json(
            {
                "releaseId": release.id,
                "releaseVersionId": release.version_id,
                "dataDashboards": None,
                "dataGuidance": None,
                "dataSets": [views.in_release(data_set) for data_set in release.data_sets],
                "featuredTables": [],
                "supportingFiles": [],
            }
        )
    return problem(404)


def _data_sets(request: Request, world: World) -> Answer:
    """List data sets as the catalogue's search does: of the newest release unless a release is named."""
    asked = request.value
    latest_only = asked("latestOnly", "false" if asked("releaseId") else "true").lower() == "true"
    found = [
        views.found(release, data_set, world)
        for release, data_set in world.data_sets.values()
        if asked("publicationId", PUBLICATION_ID) == PUBLICATION_ID
        and asked("releaseId", release.version_id) == release.version_id
        and not (latest_only and release != world.releases[0])
        and asked("searchTerm").lower() in data_set.title.lower()
        and (data_set.api_id or asked("dataSetType").lower() != "api")
    ]
    return _paged(found, request, size=10, most=40)


def _files(version: str, rest: tuple[str, ...], request: Request, world: World, options: Options) -> Answer:
    """Answer with all files of an edition, or one: an earlier edition may not be seen."""
    if any(version in release.old_version_ids for release in world.releases):
        return problem(403)
    release = next((release for release in world.releases if release.version_id == version), None)
    match rest:
        case () if release:
            return _all_files(release, request, options)
        case (file,) if release and (found := next((f for f in release.data_sets if f.file_id == file), None)):
            tag = {"ETag": f'W/"{hash_of(found.content)}"'}
            headers = {"Content-Type": "text/csv", **_named(found.filename), **_stamp(release), **tag}
            return _unless_known(request, Answer(200, found.content, headers))
        case _:
            return problem(404)


def _all_files(release: Release, request: Request, options: Options) -> Answer:
    """Answer with the zip of all files, or of the one that is named."""
    wanted = request.query.get("fileIds", [])
    if len(wanted) > 1:
        return problem(400)
    data_sets = [found for found in release.data_sets if not wanted or found.file_id in wanted]
    named = _named(f"{SLUG}_{release.name}.zip")
    content = packed(release, data_sets, hostile=options.hostile_zip)
    headers = {"Content-Type": "application/octet-stream", **named, **_stamp(release)}
    return _unless_known(request, Answer(200, content, headers, is_streamed=True))


def _stamp(release: Release) -> dict[str, str]:
    updated = datetime.fromisoformat(release.last_updated)
    return {"Last-Modified": format_datetime(updated, usegmt=True), "Cache-Control": "public,max-age=300"}


def _unless_known(request: Request, whole: Answer) -> Answer:
    """Answer 304 to a client that already has this."""
    tag, since = request.headers.get("if-none-match"), request.headers.get("if-modified-since")
    has_tag = tag is not None and tag == whole.headers.get("ETag")
    has_date = (
        tag is None
        and since is not None
        and parsedate_to_datetime(whole.headers["Last-Modified"]) <= (parsedate_to_datetime(since))
    )
    return Answer(304, b"", whole.headers) if has_tag or has_date else whole


def _named(filename: str) -> dict[str, str]:
    return {"Content-Disposition": f"attachment; filename={filename}; filename*=UTF-8''{quote(filename)}"}


def _paged(items: Sequence[object], request: Request, *, size: int, most: int = 100) -> Answer:
    page = page_of(items, request, size=size, most=most)
    return page if isinstance(page, Answer) else as_json(page)
