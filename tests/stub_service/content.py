"""The content API under /api, and the site's stable address of a data set: what the program asks, and no more."""

from __future__ import annotations

from tests.stub_service.answer import Answer, Options, Request, as_json, page_of, problem
from tests.stub_service.archive import packed
from tests.stub_service.published import SLUG, DataSet, Release, World

_TYPE = "OfficialStatisticsInDevelopment"


def answer(request: Request, world: World, options: Options) -> Answer:
    """Answer a request to the content API."""
    match request.route[1:]:
        case ("publications", slug, "releases") if slug == SLUG:
            return as_json([_listed(release, world) for release in world.releases])
        case ("publications", slug, "releases", name, kind) if slug == SLUG:
            release = next((release for release in world.releases if release.name == name), None)
            return _of_release(release, kind, request, options) if release else problem(404)
        case ("releases", version, "files"):
            release = next((release for release in world.releases if release.version_id == version), None)
            return _all_files(release, options) if release else problem(404)
        case _:
            return problem(404)


def download(data_set: str, world: World) -> Answer:
    """Answer with the newest file of a data set: nothing says when it changed."""
    if data_set not in world.data_sets:
        return problem(404)
    _, found = world.data_sets[data_set]
    return Answer(200, found.content, {"Content-Type": "text/csv"})


def _listed(release: Release, world: World) -> dict[str, object]:
    return {
        "id": release.version_id,
        "title": release.title,
        "slug": release.name,
        "yearTitle": release.year_title,
        "published": release.published,
        "type": _TYPE,
        "latestRelease": release == world.releases[0],
    }


def _of_release(release: Release, kind: str, request: Request, options: Options) -> Answer:
    if kind == "version-summary":
        return as_json(
            {
                "id": release.version_id,
                "slug": release.name,
                "published": release.published,
                "lastUpdated": release.last_updated,
                "type": _TYPE,
                "updateCount": len(release.updates),
            }
        )
    if kind == "updates":
        return page_of([{"date": note.date, "summary": note.summary} for note in release.updates], request)
    if kind == "data-content":
        listed = [_data_set(data_set, options) for data_set in release.data_sets]
        return as_json({"releaseVersionId": release.version_id, "dataSets": listed, "featuredTables": []})
    return problem(404)


def _data_set(data_set: DataSet, options: Options) -> dict[str, object]:
    first, last = (f"{period[:4]}/{period[4:]}" for period in (data_set.periods[0], data_set.periods[-1]))
    meta = {
        "numDataFileRows": len(data_set.rows),
        "geographicLevels": data_set.levels,
        "timePeriodRange": {"start": first, "end": last},
    }
    about: dict[str, object] = {"dataSetFileId": data_set.id, "title": data_set.title, "publicApiDataSetId": None}
    return {**about, "meta": meta} if options.meta else about


def _all_files(release: Release, options: Options) -> Answer:
    content = packed(release, release.data_sets, hostile=options.hostile_zip)
    return Answer(200, content, {"Content-Type": "application/octet-stream"}, is_streamed=True)
