"""How the content API describes releases and data sets."""

from __future__ import annotations

from tests.stub_service.published import PUBLICATION_ID, SLUG, TITLE, DataSet, Release, World, identifier, words

THEME_TITLE = "Teachers and school workforce"
THEME: dict[str, object] = {"id": identifier("theme"), "title": THEME_TITLE}
PUBLICATION: dict[str, object] = {"id": PUBLICATION_ID, "title": TITLE, "slug": SLUG}
_TYPE = "OfficialStatisticsInDevelopment"


def summary(release: Release, world: World) -> dict[str, object]:
    """Describe a release as the list of releases does: `id` is that of the edition."""
    return {
        "id": release.version_id,
        "releaseId": release.id,
        "title": release.title,
        "slug": release.name,
        "yearTitle": release.year_title,
        "coverageTitle": "Academic year",
        "published": release.published,
        "nextReleaseDate": None,
        "type": _TYPE,
        "latestRelease": release == world.releases[0],
    }


def entry(release: Release, world: World) -> dict[str, object]:
    """Describe a release as the list of entries does: without the id of the edition."""
    return {
        "releaseId": release.id,
        "isLatestRelease": release == world.releases[0],
        "label": None,
        "lastUpdated": release.last_updated,
        "published": release.published,
        "slug": release.name,
        "title": release.title,
        "coverageTitle": "Academic year",
        "yearTitle": release.year_title,
        "type": _TYPE,
    }


def in_release(data_set: DataSet) -> dict[str, object]:
    """Describe a data set as a release's data content does: with its number of rows."""
    start, end = _years(data_set)
    return {
        "dataSetFileId": data_set.id,
        "fileId": data_set.file_id,
        "subjectId": data_set.subject_id,
        "meta": {**_meta(data_set), "timePeriodRange": {"start": start, "end": end}},
        "title": data_set.title,
        "summary": data_set.summary,
        "publicApiDataSetId": data_set.api_id,
        "isApiEnabled": data_set.api_id is not None,
    }


def found(release: Release, data_set: DataSet, world: World) -> dict[str, object]:
    """Describe a data set as the list of data sets does."""
    start, end = _years(data_set)
    return {
        "id": data_set.id,
        "fileId": data_set.file_id,
        "filename": data_set.filename,
        "fileSize": _size(data_set),
        "fileExtension": "csv",
        "title": data_set.title,
        "content": data_set.summary,
        "theme": THEME,
        "publication": PUBLICATION,
        "release": {"id": release.version_id, "title": release.title, "slug": release.name},
        "latestData": release == world.releases[0],
        "isSuperseded": False,
        "published": release.published,
        "lastUpdated": release.last_updated,
        "meta": {**_meta(data_set), "timePeriodRange": {"from": start, "to": end}},
        "api": _api(data_set, world),
    }


def of_data_set(release: Release, data_set: DataSet, world: World) -> dict[str, object]:
    """Describe a data set as its own page does: with its variables and first rows."""
    start, end = _years(data_set)
    preview = {"headers": data_set.columns, "rows": [list(row.values()) for row in data_set.rows[:5]]}
    meta: dict[str, object] = {**_meta(data_set), "timePeriodRange": {"from": start, "to": end}}
    return {
        "id": data_set.id,
        "title": data_set.title,
        "summary": data_set.summary,
        "release": {
            "id": release.version_id,
            "title": release.title,
            "slug": release.name,
            "type": _TYPE,
            "isLatestPublishedRelease": release == world.releases[0],
            "isSuperseded": False,
            "published": release.published,
            "lastUpdated": release.last_updated,
            "publication": {**PUBLICATION, "themeTitle": THEME_TITLE},
        },
        "file": {
            "id": data_set.file_id,
            "name": data_set.filename,
            "size": _size(data_set),
            "meta": meta,
            "dataCsvPreview": preview,
            "variables": [{"label": words(name), "value": name} for name in sorted(data_set.columns[5:])],
            "subjectId": data_set.subject_id,
        },
        "footnotes": [{"id": identifier("footnote", data_set.id), "label": "A made-up footnote."}],
        "api": _api(data_set, world),
    }


def _meta(data_set: DataSet) -> dict[str, object]:
    is_filter = [name for name in data_set.columns if name in ("funding", "group_name", "cum_disc", "programme")]
    last = max((data_set.columns.index(name) for name in (*is_filter, data_set.columns[4])), default=0)
    return {
        "filters": [words(name) for name in is_filter],
        "geographicLevels": data_set.levels,
        "indicators": [words(name) for name in data_set.columns[last + 1 :]],
        "numDataFileRows": len(data_set.rows),
    }


def _api(data_set: DataSet, world: World) -> dict[str, str] | None:
    return {"id": data_set.api_id, "version": world.api[0].number} if data_set.api_id else None


def _years(data_set: DataSet) -> tuple[str, str]:
    first, last = data_set.periods[0], data_set.periods[-1]
    return f"{first[:4]}/{first[4:]}", f"{last[:4]}/{last[4:]}"


def _size(data_set: DataSet) -> str:
    return f"{-(-len(data_set.content) // 1024)} Kb"
