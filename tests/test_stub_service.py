"""The stub of the publisher's service keeps to the service's own description, and breaks as it is told to."""

from __future__ import annotations

import gzip
import io
import json
import re
import signal
import subprocess
import sys
import threading
import zipfile
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from openapi_schema_validator import OAS30Validator, oas30_format_checker

import npqstats
from npqstats.catalogue.catalogue import catalogue
from npqstats.errors import DataError
from npqstats.ingest.recognise import layout_of
from tests.stub_service import FAULTS, SCENARIOS, Stub
from tests.stub_service.meta import meta_of
from tests.stub_service.published import API_DATA_SET, PUBLICATION_ID, SLUG, World

PARTICIPANTS = "79418e7a-43e1-495d-afaa-f1253a2fb601"
EARLY = "f75108b6-8576-4cd2-937c-354440f7b4aa"
CSV = f"/data-catalogue/data-set/{PARTICIPANTS}/csv"
RELEASES = f"/api/publications/{SLUG}/releases"
API = "/statistics/v1"
DATA_SET = f"{API}/data-sets/{API_DATA_SET}"
SCHEMA = json.loads((Path(__file__).parent / "data" / "api-schema.json").read_text("utf-8"))
SECOND_YEAR = {"code": "AY", "period": "2022/2023"}
LAST_YEAR = {"code": "AY", "period": "2024"}


@pytest.fixture(scope="module")
def served() -> Iterator[Stub]:
    """One stub for the tests that leave it as it was."""
    with Stub() as stub:
        yield stub


@pytest.fixture(scope="module")
def public() -> Iterator[Stub]:
    """One stub with a data set in the public API."""
    with Stub("in-api") as stub:
        yield stub


def ask(stub: Stub, path: str, method: str = "GET", **more: Any) -> httpx.Response:
    return httpx.request(method, stub.url + path, **_PLAINLY, **more)


def as_sent(stub: Stub, path: str, **more: Any) -> tuple[httpx.Headers, bytes]:
    """The headers and the bytes of an answer, still packed."""
    with httpx.stream("GET", stub.url + path, **_PLAINLY, **more) as answer:
        return answer.headers, b"".join(answer.iter_raw())


_PLAINLY: dict[str, Any] = {"timeout": 30, "trust_env": False, "verify": False}
"""Without looking for proxies or loading certificates, which a plain connection has no use for."""


def answered(stub: Stub, path: str) -> Any:
    answer = ask(stub, path)
    assert answer.status_code == 200
    return answer.json()


def post(stub: Stub, query: dict[str, object], path: str = f"{DATA_SET}/query") -> httpx.Response:
    return ask(stub, path, "POST", json=query)


def ids(stub: Stub) -> dict[str, str]:
    """The ids of filter options, and of indicators, by label and by column."""
    meta = answered(stub, f"{DATA_SET}/meta")
    options = {option["label"]: option["id"] for each in meta["filters"] for option in each["options"]}
    return options | {indicator["column"]: indicator["id"] for indicator in meta["indicators"]}


# What the public API answers has the shape that it says it has.


_OF_PUBLICATION = "GET /v1/publications/{publicationId}/data-sets"


@pytest.mark.parametrize(
    ("path", "operation"),
    [
        (f"{API}/publications", "GET /v1/publications"),
        (f"{API}/publications?search=leader", "GET /v1/publications"),
        (f"{API}/publications?search=ab", "GET /v1/publications"),
        (f"{API}/publications/{PUBLICATION_ID}", "GET /v1/publications/{publicationId}"),
        (f"{API}/publications/{PARTICIPANTS}", "GET /v1/publications/{publicationId}"),
        (f"{API}/publications/{PUBLICATION_ID}/data-sets", _OF_PUBLICATION),
        (
            f"{API}/publications/{PUBLICATION_ID}/data-sets?pageSize=21",
            _OF_PUBLICATION,
        ),
        (DATA_SET, "GET /v1/data-sets/{dataSetId}"),
        (f"{API}/data-sets/{PARTICIPANTS}", "GET /v1/data-sets/{dataSetId}"),
        (f"{DATA_SET}/meta", "GET /v1/data-sets/{dataSetId}/meta"),
        (f"{DATA_SET}/meta?types=Filters,TimePeriods", "GET /v1/data-sets/{dataSetId}/meta"),
        (f"{DATA_SET}/meta?dataSetVersion=9.9", "GET /v1/data-sets/{dataSetId}/meta"),
        (f"{DATA_SET}/query?pageSize=10000", "GET /v1/data-sets/{dataSetId}/query"),
        (f"{DATA_SET}/query?debug=true&pageSize=3", "GET /v1/data-sets/{dataSetId}/query"),
        (f"{DATA_SET}/query?filters.in=none,such", "GET /v1/data-sets/{dataSetId}/query"),
        (f"{DATA_SET}/query?indicators=none", "GET /v1/data-sets/{dataSetId}/query"),
        (f"{DATA_SET}/query?pageSize=10001", "GET /v1/data-sets/{dataSetId}/query"),
        (f"{DATA_SET}/versions", "GET /v1/data-sets/{dataSetId}/versions"),
        (f"{DATA_SET}/versions/1.1", "GET /v1/data-sets/{dataSetId}/versions/{dataSetVersion}"),
        (f"{DATA_SET}/versions/0.9", "GET /v1/data-sets/{dataSetId}/versions/{dataSetVersion}"),
        (f"{DATA_SET}/versions/1.1/changes", "GET /v1/data-sets/{dataSetId}/versions/{dataSetVersion}/changes"),
        (f"{DATA_SET}/versions/1.0/changes", "GET /v1/data-sets/{dataSetId}/versions/{dataSetVersion}/changes"),
    ],
)
def test_an_answer_of_the_public_api_has_the_published_shape(public: Stub, path: str, operation: str) -> None:
    answer = ask(public, path)
    _shaped(answer, operation)


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"criteria": {"not": {"geographicLevels": {"eq": "LA"}}}},
        {"criteria": {"timePeriods": {"eq": {"period": "2021/2023", "code": "AY"}}}},
        {"page": 0},
        {"timePeriod": {}},
    ],
)
def test_an_answer_to_a_query_has_the_published_shape(public: Stub, query: dict[str, object]) -> None:
    _shaped(post(public, query), "POST /v1/data-sets/{dataSetId}/query")


def test_the_published_shapes_refuse_another_shape(public: Stub) -> None:
    answer = answered(public, DATA_SET)
    answer["latestVersion"]["file"]["id"] = 7
    assert [error.message for error in _validator("DataSetViewModel").iter_errors(answer)] == [
        "7 is not of type 'string'"
    ]


def _shaped(answer: httpx.Response, operation: str) -> None:
    name = SCHEMA["responses"][operation][str(answer.status_code)]
    assert not list(_validator(name).iter_errors(answer.json()))


def _validator(name: str) -> OAS30Validator:
    return OAS30Validator({"$ref": f"#/components/schemas/{name}", **SCHEMA}, format_checker=oas30_format_checker)


# What is published.


@pytest.mark.parametrize("scenario", ["usual", "new-release", "amended", "amended-again", "in-api"])
def test_the_files_served_can_be_built(scenario: str, tmp_path: Path) -> None:
    _save(SCENARIOS[scenario](), tmp_path)
    assert npqstats.ready(tmp_path).raw.is_dir()


def test_renamed_columns_cannot_be_built(tmp_path: Path) -> None:
    _save(SCENARIOS["renamed"](), tmp_path)
    with pytest.raises(DataError, match="present but unmapped: npq_courses_started"):
        npqstats.ready(tmp_path)


def _save(world: World, root: Path) -> None:
    for release in world.releases:
        folder = root / "data" / "raw" / release.name
        folder.mkdir(parents=True)
        for data_set in release.data_sets:
            (folder / data_set.filename).write_bytes(data_set.content)


def test_published_data_sets_keep_their_ids_and_sizes(served: Stub) -> None:
    found = {each["dataSetFileId"]: each["meta"]["numDataFileRows"] for each in _content(served, "2024-25")}
    known = {layout.id: layout.rows for layout in catalogue().layouts if layout.release == "2024-25"}
    others = {layout.id for layout in catalogue().layouts if layout.kind == "passed-over"}
    assert {key: rows for key, rows in found.items() if key in known} == known
    assert found.keys() - known.keys() == others


def test_a_file_has_the_rows_that_the_service_counts(served: Stub) -> None:
    for release in ("2024-25", "2023-24", "2022-23"):
        for each in _content(served, release):
            text = ask(served, f"/data-catalogue/data-set/{each['dataSetFileId']}/csv").text
            assert len(text.splitlines()) - 1 == each["meta"]["numDataFileRows"]
            assert "MADE-UP" in each["summary"]


def test_the_early_release_has_its_own_layout(served: Stub) -> None:
    header = ask(served, f"/data-catalogue/data-set/{EARLY}/csv").text.splitlines()[0]
    assert layout_of(header.split(","), "made_up.csv").release == "2022-23"


def test_releases_are_listed_from_new_to_old(served: Stub) -> None:
    listed = answered(served, RELEASES)
    assert [(each["slug"], each["latestRelease"]) for each in listed] == [
        ("2024-25", True),
        ("2023-24", False),
        ("2022-23", False),
    ]
    entries = answered(served, f"/api/publications/{SLUG}/release-entries")
    assert [each["slug"] for each in entries["results"]] == [each["slug"] for each in listed]


def test_a_new_release_has_new_ids_and_leaves_the_old_ones() -> None:
    with Stub() as stub:
        before = {each["dataSetFileId"] for each in _content(stub, "2024-25")}
        stub.set("new-release")
        new = _content(stub, "2025-26")
        assert before.isdisjoint(each["dataSetFileId"] for each in new)
        assert new[0]["meta"]["timePeriodRange"] == {"start": "2021/22", "end": "2025/26"}
        assert ask(stub, CSV).status_code == 200
        assert answered(stub, f"/api/data-set-files/{PARTICIPANTS}")["release"]["isLatestPublishedRelease"] is False


def test_a_correction_keeps_the_id_and_says_what_it_is() -> None:
    with Stub() as stub:
        before, file = _version(stub), ask(stub, CSV).text.splitlines()
        stub.set("amended")
        after, corrected = _version(stub), ask(stub, CSV).text.splitlines()
        assert len(corrected) == len(file)
        assert 0 < sum(one != other for one, other in zip(file, corrected, strict=True)) < 30
        assert (after["releaseId"], after["published"]) == (before["releaseId"], before["published"])
        assert (before["updateCount"], after["updateCount"]) == (1, 2)
        assert after["lastUpdated"] > before["lastUpdated"]
        updates = answered(stub, f"{RELEASES}/2024-25/updates")["results"]
        assert [update["summary"][:20] for update in updates] == ["MADE-UP release note", "First published"]
        assert ask(stub, f"/api/releases/{before['id']}/files").status_code == 403
        assert ask(stub, f"/api/releases/{after['id']}/files").status_code == 200


def test_release_notes_can_come_as_a_bare_list() -> None:
    with Stub("amended", plain_updates=True) as stub:
        assert len(answered(stub, f"{RELEASES}/2024-25/updates")) == 2


def test_data_sets_are_found_by_release_and_by_text_in_pages(served: Stub) -> None:
    everything = answered(served, "/api/data-set-files?latestOnly=false&page=2")
    assert everything["paging"] == {"page": 2, "pageSize": 10, "totalResults": 15, "totalPages": 2}
    assert len(everything["results"]) == 5
    assert {each["release"]["slug"] for each in answered(served, "/api/data-set-files")["results"]} == {"2024-25"}
    version = answered(served, RELEASES)[1]["id"]
    found = answered(served, f"/api/data-set-files?releaseId={version}&searchTerm=completions")["results"]
    assert [each["title"] for each in found] == ["NPQ completions 2023-24"]


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/api/publications/another",
        f"{RELEASES}/2019-20/version-summary",
        f"{RELEASES}/2024-25/another",
        "/api/data-set-files/00000000-0000-0000-0000-000000000000",
        "/data-catalogue/data-set/00000000-0000-0000-0000-000000000000/csv",
        "/api/releases/00000000-0000-0000-0000-000000000000/files",
        f"{API}/publications/{PUBLICATION_ID}",
        DATA_SET,
    ],
)
def test_what_is_not_published_is_not_found(served: Stub, path: str) -> None:
    assert ask(served, path).status_code == 404


def _content(stub: Stub, release: str) -> list[dict[str, Any]]:
    content = answered(stub, f"{RELEASES}/{release}/data-content")
    found: list[dict[str, Any]] = content["dataSets"]
    return found


def _version(stub: Stub) -> dict[str, Any]:
    found: dict[str, Any] = answered(stub, f"{RELEASES}/2024-25/version-summary")
    return found


# Addresses and caches.


def test_the_stable_address_says_nothing_of_its_version(served: Stub) -> None:
    headers = ask(served, CSV).headers
    assert headers["Content-Type"] == "text/csv"
    assert "ETag" not in headers
    assert "Last-Modified" not in headers


def test_a_file_is_not_sent_again_to_who_has_it(served: Stub) -> None:
    version, file = _version(served)["id"], _content(served, "2024-25")[0]["fileId"]
    path = f"/api/releases/{version}/files/{file}"
    first = ask(served, path)
    assert first.text == ask(served, CSV).text
    assert first.headers["ETag"].startswith('W/"')
    again = ask(served, path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert ask(served, path, headers={"If-Modified-Since": first.headers["Last-Modified"]}).status_code == 304
    assert ask(served, path, headers={"If-None-Match": 'W/"another"'}).status_code == 200


def test_the_zip_of_all_files_is_laid_out_as_the_service_does(served: Stub) -> None:
    path = f"/api/releases/{_version(served)['id']}/files"
    answer = ask(served, path)
    assert answer.headers["Content-Disposition"].startswith(f"attachment; filename={SLUG}_2024-25.zip")
    assert "Content-Length" not in answer.headers
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        folders = {name.partition("/")[0] for name in archive.namelist()}
        guidance = archive.read("data-guidance/data-guidance.txt")
        participants = archive.read("data/npq_participants_2024_25.csv")
    assert folders == {"data", "supporting-files", "data-guidance"}
    assert participants == ask(served, CSV).content
    assert guidance.startswith(b"\xef\xbb\xbfTeacher and leader development: ECF and NPQs\nAcademic year 2024/25\n")
    assert b"\nFilename: npq_participants_2024_25.csv\n" in guidance
    assert ask(served, path, headers={"If-Modified-Since": answer.headers["Last-Modified"]}).status_code == 304


def test_the_zip_can_be_asked_for_one_file_and_not_for_two(served: Stub) -> None:
    path, files = f"/api/releases/{_version(served)['id']}/files", _content(served, "2024-25")
    with zipfile.ZipFile(io.BytesIO(ask(served, f"{path}?fileIds={files[1]['fileId']}").content)) as archive:
        assert [name for name in archive.namelist() if name.startswith("data/")] == ["data/npq_completions_2024_25.csv"]
    assert ask(served, f"{path}?fileIds={files[0]['fileId']}&fileIds={files[1]['fileId']}").status_code == 400


def test_a_hostile_zip_has_members_that_no_zip_should_have() -> None:
    with Stub(hostile_zip=True) as stub:
        content = ask(stub, f"/api/releases/{_version(stub)['id']}/files").content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sizes = {member.filename: member.file_size for member in archive.infolist()}
    assert {"../outside.csv", "/made_up_absolute.csv", "data/nested.zip", "data/huge.csv"} < sizes.keys()
    assert sizes["data/huge.csv"] > 100 * len(content)


def test_an_answer_can_be_compressed_and_come_in_chunks() -> None:
    with Stub(gzip=True, chunked=True) as stub:
        answer = ask(stub, CSV)
        plain = ask(stub, CSV, headers={"Accept-Encoding": "identity"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert answer.headers["Transfer-Encoding"] == "chunked"
    assert "Content-Encoding" not in plain.headers
    assert answer.content == plain.content


# Queries.


def test_a_publication_without_a_data_set_in_the_api_is_not_listed(served: Stub) -> None:
    assert answered(served, f"{API}/publications")["results"] == []


def test_a_data_set_in_the_api_is_the_file_of_the_release(public: Stub) -> None:
    first = _content(public, "2024-25")[0]
    assert first["publicApiDataSetId"] == API_DATA_SET
    latest = answered(public, f"{API}/publications/{PUBLICATION_ID}/data-sets")["results"][0]["latestVersion"]
    assert (latest["version"], latest["file"]["id"], latest["totalResults"]) == ("1.1", PARTICIPANTS, 2652)


def test_every_id_in_the_api_is_another() -> None:
    meta = meta_of(SCENARIOS["in-api"]().api[0].data_set)
    found = [*meta.indicators, *(option for options in meta.filters.values() for option in options)]
    found += [location for locations in meta.locations.values() for location in locations]
    assert len(set(found)) == len(found)
    assert len(meta.locations["LA"]) == 153


def test_pages_together_hold_every_row_once(public: Stub) -> None:
    pages = [post(public, {"page": page, "pageSize": 1000}).json() for page in (1, 2, 3, 4)]
    assert [len(page["results"]) for page in pages] == [1000, 1000, 652, 0]
    assert pages[0]["paging"] == {"page": 1, "pageSize": 1000, "totalResults": 2652, "totalPages": 3}
    rows = {json.dumps(row, sort_keys=True) for page in pages for row in page["results"]}
    assert len(rows) == 2652


def test_every_value_is_text_symbols_too(public: Stub) -> None:
    values = {value for row in post(public, {"pageSize": 10_000}).json()["results"] for value in row["values"].values()}
    assert all(isinstance(value, str) for value in values)
    assert {"c", "x", "z"} < values


def test_criteria_find_one_cell(public: Stub) -> None:
    known = ids(public)
    query: dict[str, object] = {
        "criteria": {
            "and": [
                {"filters": {"eq": known["Funded"]}},
                {"filters": {"eq": known["NPQ for SENCO"]}},
                {"geographicLevels": {"eq": "NAT"}},
                {"timePeriods": {"gte": {"code": "AY", "period": "2024"}}},
            ]
        },
        "indicators": [known["npq_starts"]],
    }
    (row,) = post(public, query).json()["results"]
    lines = ask(public, CSV).text.splitlines()
    (printed,) = [line for line in lines if re.match("202425,.*,Funded,Course,NPQ for SENCO,", line)]
    assert row["values"] == {known["npq_starts"]: printed.split(",")[13]}


def test_filters_of_one_list_are_a_union(public: Stub) -> None:
    known = ids(public)

    def count(facet: dict[str, object]) -> int:
        found: int = post(public, {"criteria": {"filters": facet}, "pageSize": 1}).json()["paging"]["totalResults"]
        return found

    funded, course = count({"eq": known["Funded"]}), count({"eq": known["NPQ for SENCO"]})
    both = count({"in": [known["Funded"], known["NPQ for SENCO"]]})
    assert funded < both < funded + course
    assert count({"notIn": [known["Funded"], known["NPQ for SENCO"]]}) == 2652 - both


@pytest.mark.parametrize(
    ("criteria", "count"),
    [
        ({"geographicLevels": {"in": ["NAT", "REG"]}}, 816),
        ({"not": {"geographicLevels": {"in": ["NAT", "REG"]}}}, 1836),
        ({"or": [{"geographicLevels": {"eq": "REG"}}, {"geographicLevels": {"eq": "LA"}}]}, 1944),
        ({"locations": {"eq": {"level": "REG", "code": "E12000001"}}}, 216),
        ({"locations": {"eq": {"level": "LA", "oldCode": "901"}}, "timePeriods": {"lt": SECOND_YEAR}}, 3),
        ({"timePeriods": {"in": [SECOND_YEAR, LAST_YEAR]}}, 1326),
        ({"timePeriods": {"gt": SECOND_YEAR}}, 1326),
        ({"timePeriods": {"lte": SECOND_YEAR}}, 1326),
        ({"timePeriods": {"notEq": LAST_YEAR}}, 1989),
    ],
)
def test_criteria_select(public: Stub, criteria: dict[str, object], count: int) -> None:
    answer = post(public, {"criteria": criteria, "pageSize": 1}).json()
    assert (answer["paging"]["totalResults"], answer["warnings"]) == (count, [])


def test_a_query_by_get_answers_as_one_by_post(public: Stub) -> None:
    known = ids(public)
    got = answered(
        public,
        f"{DATA_SET}/query?filters.in={known['Funded']}&geographicLevels.eq=REG&timePeriods.gte=2023/2024|AY"
        f"&locations.in=REG|code|E12000001,REG|code|E12000002&indicators={known['npq_starts']}"
        "&sorts=timePeriod|Asc,location|REG|Desc&page=1&pageSize=3",
    )
    query: dict[str, object] = {
        "criteria": {
            "filters": {"in": [known["Funded"]]},
            "geographicLevels": {"eq": "REG"},
            "timePeriods": {"gte": {"period": "2023/2024", "code": "AY"}},
            "locations": {
                "in": [{"level": "REG", "code": "E12000001"}, {"level": "REG", "code": "E12000002"}],
            },
        },
        "indicators": [known["npq_starts"]],
        "sorts": [{"field": "timePeriod", "direction": "Asc"}, {"field": "location|REG", "direction": "Desc"}],
        "pageSize": 3,
    }
    assert got == post(public, query).json()
    assert [row["timePeriod"]["period"] for row in got["results"]] == ["2023/2024", "2023/2024", "2024/2025"]


@pytest.mark.parametrize(
    ("criteria", "codes"),
    [
        ({"filters": {"eq": "wrong"}}, ["FiltersNotFound", "QueryNoResults"]),
        ({"geographicLevels": {"in": ["NAT", "WARD"]}}, ["GeographicLevelsNotFound"]),
        ({"locations": {"eq": {"level": "LA", "code": "E00"}}}, ["LocationsNotFound", "QueryNoResults"]),
        ({"timePeriods": {"eq": {"period": "1999", "code": "AY"}}}, ["TimePeriodsNotFound", "QueryNoResults"]),
    ],
)
def test_what_is_not_in_the_data_is_a_warning(public: Stub, criteria: dict[str, object], codes: list[str]) -> None:
    answer = post(public, {"criteria": criteria})
    assert answer.status_code == 200
    assert [warning["code"] for warning in answer.json()["warnings"]] == codes


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ({"criteria": {"timePeriod": {}}}, "UnknownField"),
        ({"criteria": {"filters": {"gt": "a"}}}, "UnknownField"),
        ({"criteria": {"filters": {"in": "a"}}}, "InvalidValue"),
        ({"criteria": {"filters": {"eq": ["a"]}}}, "InvalidValue"),
        ({"criteria": {"filters": {"in": []}}}, "NotEmpty"),
        ({"criteria": {"filters": {"eq": "longer than ten"}}}, "MaximumLength"),
        ({"criteria": {"and": []}}, "NotEmpty"),
        ({"criteria": "all"}, "InvalidValue"),
        ({"criteria": {"filters": "all"}}, "InvalidValue"),
        ({"criteria": {"geographicLevels": {"eq": "National"}}}, "AllowedValue"),
        ({"criteria": {"locations": {"eq": {"level": "X", "code": "a"}}}}, "LocationAllowedLevel"),
        ({"criteria": {"locations": {"eq": {"level": "LA", "name": "a"}}}}, "LocationAllowedProperty"),
        ({"criteria": {"locations": {"eq": {"level": "LA", "code": ""}}}}, "LocationValueNotEmpty"),
        ({"criteria": {"locations": {"eq": {"level": "LA", "id": "longer than ten"}}}}, "LocationValueMaxLength"),
        ({"criteria": {"timePeriods": {"eq": "2021"}}}, "TimePeriodFormat"),
        ({"criteria": {"timePeriods": {"eq": {"period": "21", "code": "AY"}}}}, "TimePeriodInvalidYear"),
        ({"criteria": {"timePeriods": {"eq": {"period": "2021/2023", "code": "AY"}}}}, "TimePeriodInvalidYearRange"),
        ({"criteria": {"timePeriods": {"gt": {"period": "2021", "code": "XX"}}}}, "TimePeriodAllowedCode"),
        ({"indicators": ["wrong"]}, "IndicatorsNotFound"),
        ({"indicators": "wrong"}, "InvalidValue"),
        ({"sorts": [{"field": "wrong", "direction": "Asc"}]}, "SortFieldsNotFound"),
        ({"sorts": [{"field": "timePeriod", "direction": "Up"}]}, "SortDirection"),
        ({"sorts": ["timePeriod"]}, "SortFormat"),
        ({"page": 0}, "InvalidValue"),
        ({"page": True}, "InvalidValue"),
        ({"pageSize": 10_001}, "InvalidValue"),
        ({"dataSetVersion": "1.0"}, "UnknownField"),
    ],
)
def test_a_query_against_the_grammar_is_refused(public: Stub, query: dict[str, object], code: str) -> None:
    answer = post(public, query)
    assert answer.status_code == 400
    assert [error["code"] for error in answer.json()["errors"]] == [code]


def test_pages_of_a_posted_query_are_not_asked_for_in_the_address(public: Stub) -> None:
    answer = post(public, {}, f"{DATA_SET}/query?page=2")
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (400, "UnknownField")
    assert post(public, {}, f"{DATA_SET}/query?dataSetVersion=1.0").status_code == 200


@pytest.mark.parametrize(("body", "code"), [(b"", "NotEmptyBody"), (b"[]", "NotEmptyBody"), (b"{", "InvalidValue")])
def test_a_body_that_is_no_query_is_refused(public: Stub, body: bytes, code: str) -> None:
    answer = ask(public, f"{DATA_SET}/query", "POST", content=body)
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (400, code)


def test_a_body_that_is_too_long_is_refused(public: Stub) -> None:
    assert post(public, {"criteria": {"filters": {"in": ["a"] * 40_000}}}).status_code == 413


def test_debug_shows_what_ids_mean(public: Stub) -> None:
    answer = post(public, {"debug": True, "pageSize": 1}).json()
    assert [warning["code"] for warning in answer["warnings"]] == ["DebugEnabled"]
    assert " :: England" in answer["results"][0]["locations"]["NAT"]


def test_a_path_in_capitals_is_sent_on(public: Stub) -> None:
    answer = ask(public, f"/statistics/v1/Data-Sets/{API_DATA_SET.upper()}?x=Y")
    assert (answer.status_code, answer.headers["Location"]) == (308, f"{DATA_SET}?x=Y")


@pytest.mark.parametrize(
    ("asked", "status", "period"),
    [
        ("", 200, "2024/25"),
        ("1.1", 200, "2024/25"),
        ("v1.1", 200, "2024/25"),
        ("1.1.0", 200, "2024/25"),
        ("1", 200, "2023/24"),
        ("1.0", 200, "2023/24"),
        ("*", 200, "2024/25"),
        ("1.*", 200, "2024/25"),
        ("1.0.*", 200, "2023/24"),
        ("0.9", 403, ""),
        ("0.*", 404, ""),
        ("1.*.1", 404, ""),
        ("2.0", 404, ""),
        ("new", 404, ""),
    ],
)
def test_a_version_is_found_by_its_number(public: Stub, asked: str, status: int, period: str) -> None:
    answer = ask(public, f"{DATA_SET}/meta?types=TimePeriods" + f"&dataSetVersion={asked}" * bool(asked))
    assert answer.status_code == status
    assert not period or answer.json()["timePeriods"][-1]["label"] == period


def test_the_file_of_a_version_is_always_compressed(public: Stub) -> None:
    headers, raw = as_sent(public, f"{DATA_SET}/csv", headers={"Accept-Encoding": "identity"})
    assert headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(raw) == ask(public, CSV).content
    older = ask(public, f"{DATA_SET}/csv?dataSetVersion=1.0").text
    assert ",202425" not in older
    assert "\n202324," in older


def test_the_public_api_is_read_by_get_and_queried_by_post(public: Stub) -> None:
    assert ask(public, DATA_SET, "POST").status_code == 405
    assert ask(public, CSV, "DELETE").status_code == 405
    assert ask(public, CSV, "HEAD").headers["Content-Length"] == str(len(ask(public, CSV).content))


# Faults.


@pytest.fixture(scope="module")
def breakable() -> Iterator[Stub]:
    with Stub(retry_after=0, bomb=64 << 20) as stub:
        yield stub


@pytest.fixture
def broken(breakable: Stub) -> Iterator[Stub]:
    """A stub that goes wrong as a test says, and is whole again after it."""
    yield breakable
    breakable.mend()
    breakable.release()


@pytest.mark.parametrize(
    ("how", "status", "header"),
    [
        ("403", 403, ""),
        ("404", 404, ""),
        ("429", 429, "Retry-After"),
        ("429-date", 429, "Retry-After"),
        ("429-bare", 429, ""),
        ("429-long", 429, "Retry-After"),
        ("429-odd", 429, "Retry-After"),
        ("500", 500, ""),
        ("504", 504, ""),
        ("redirect", 302, "Location"),
        ("redirect-http", 302, "Location"),
        ("redirect-file", 302, "Location"),
        ("redirect-here", 307, "Location"),
        ("loop", 302, "Location"),
    ],
)
def test_a_fault_happens_as_often_as_it_is_asked_for(broken: Stub, how: str, status: int, header: str) -> None:
    broken.break_next(PARTICIPANTS, how, times=2)
    answers = [ask(broken, CSV) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [status, status, 200]
    assert not header or answers[0].headers[header]
    assert ask(broken, RELEASES).status_code == 200


def test_a_429_says_when_to_come_back(broken: Stub) -> None:
    for how in ("429", "429-date", "429-odd"):
        broken.break_next("/csv", how)
    seconds, date, odd = (ask(broken, CSV).headers["Retry-After"] for _ in range(3))
    assert (seconds, odd) == ("0", "soon")
    assert parsedate_to_datetime(date) <= datetime.now(UTC)


def test_a_504_has_no_body(broken: Stub) -> None:
    broken.break_next("/csv", "504")
    assert ask(broken, CSV).content == b""


def test_redirects_go_elsewhere_or_on_for_ever(broken: Stub) -> None:
    for how in ("redirect", "redirect-http", "redirect-here"):
        broken.break_next("/csv", how)
    elsewhere, plain, here = (ask(broken, CSV).headers["Location"] for _ in range(3))
    assert elsewhere == f"https://elsewhere.example{CSV}"
    assert plain == f"http://content.explore-education-statistics.service.gov.uk{CSV}"
    assert here == CSV
    broken.break_next("/csv", "loop")
    with pytest.raises(httpx.TooManyRedirects):
        ask(broken, CSV, follow_redirects=True)


@pytest.mark.parametrize("how", ["cut", "cut-chunked", "length", "drop"])
def test_a_connection_that_closes_early_is_noticed(broken: Stub, how: str) -> None:
    broken.break_next("/csv", how)
    with pytest.raises(httpx.RemoteProtocolError):
        ask(broken, CSV)


def test_a_length_that_is_too_small_hides_the_rest(broken: Stub) -> None:
    whole = ask(broken, CSV).content
    broken.break_next("/csv", "length-less")
    assert ask(broken, CSV).content == whole[: len(whole) // 2]


@pytest.mark.parametrize("how", ["bad-gzip", "short-gzip"])
def test_spoilt_gzip_does_not_unpack_whole(broken: Stub, how: str) -> None:
    whole = ask(broken, CSV).content
    broken.break_next("/csv", how)
    headers, raw = as_sent(broken, CSV)
    assert headers["Content-Encoding"] == "gzip"
    unpacker = zlib.decompressobj(wbits=31)
    try:
        unpacked = unpacker.decompress(raw)
    except zlib.error:
        unpacked = b""
    assert not unpacker.eof
    assert len(unpacked) < len(whole)


def test_a_bomb_is_small_and_unpacks_to_much(broken: Stub) -> None:
    broken.break_next("/csv", "bomb")
    _, raw = as_sent(broken, CSV)
    assert len(raw) < 100_000
    assert len(gzip.decompress(raw)) == 64 << 20


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ("html", "<!DOCTYPE html>"),
        ("not-json", "This is not JSON."),
        ("empty", ""),
        ("other-json", '{"made": "up"'),
    ],
)
def test_an_answer_of_another_kind_has_status_200(broken: Stub, how: str, said: str) -> None:
    broken.break_next("/releases", how)
    answer = ask(broken, RELEASES)
    assert answer.status_code == 200
    assert answer.text.startswith(said)
    assert bool(answer.text) is bool(said)


def test_json_that_ends_halfway_cannot_be_read(broken: Stub) -> None:
    broken.break_next("/releases", "truncated-json")
    with pytest.raises(json.JSONDecodeError):
        ask(broken, RELEASES).json()


def test_a_file_can_be_short_or_hold_other_bytes(broken: Stub) -> None:
    whole = ask(broken, CSV).content
    for how in ("short", "latin-1", "nul"):
        broken.break_next("/csv", how)
    short, latin, nul = (ask(broken, CSV).content for _ in range(3))
    assert whole.startswith(short)
    assert short.endswith(b"\n")
    assert len(short) < len(whole)
    with pytest.raises(UnicodeDecodeError):
        latin.decode()
    assert nul.count(b"\0") == 16
    assert len(nul) == len(whole)


def test_a_dripping_answer_comes_in_pieces_and_stops_when_the_client_goes(broken: Stub) -> None:
    broken.break_next("/csv", "drip")
    with httpx.stream("GET", broken.url + CSV, **_PLAINLY) as answer:
        pieces = answer.iter_raw()
        assert len(next(pieces)) + len(next(pieces)) < 1000
    assert ask(broken, CSV).status_code == 200


@pytest.mark.parametrize("how", ["stall", "stall-halfway"])
def test_a_held_answer_goes_on_when_released(broken: Stub, how: str) -> None:
    whole = ask(broken, CSV).content
    broken.break_next("/csv", how)
    found: list[bytes] = []
    client = threading.Thread(target=lambda: found.append(ask(broken, CSV).content))
    client.start()
    broken.release()
    client.join(30)
    assert found == [whole]


@pytest.mark.parametrize("how", ["stall", "stall-halfway", "drip"])
def test_a_stub_stops_though_an_answer_is_held(how: str) -> None:
    with Stub() as stub, httpx.Client(**_PLAINLY) as client:
        stub.break_next("/csv", how)
        waiting = threading.Thread(target=_try, args=(client, stub.url + CSV))
        waiting.start()
        stub.wait_for("/csv")
    waiting.join(30)
    assert not waiting.is_alive()


def _try(client: httpx.Client, url: str) -> None:
    try:
        client.get(url)
    except httpx.TransportError:
        return


def test_a_service_that_is_down_answers_500_to_everything() -> None:
    with Stub("down") as stub:
        assert {ask(stub, path).status_code for path in (RELEASES, CSV, DATA_SET)} == {500}


def test_requests_are_recorded_as_they_came(broken: Stub) -> None:
    broken.forget()
    ask(broken, f"{DATA_SET}/query?a=b", "POST", content=b"{}", headers={"User-Agent": "made-up/1"})
    (request,) = broken.requests
    assert (request.method, request.path, request.body) == ("POST", f"{DATA_SET}/query?a=b", b"{}")
    assert request.headers["user-agent"] == "made-up/1"


# By hand.


def test_the_list_names_every_scenario_and_fault() -> None:
    said = subprocess.run(
        [sys.executable, "-m", "tests.stub_service", "--list"], capture_output=True, text=True, check=True, timeout=60
    ).stdout
    assert re.findall(r"^  (\S+) ", said, re.MULTILINE) == [*SCENARIOS, *FAULTS]


def test_it_serves_until_interrupted() -> None:
    words = ["-m", "tests.stub_service", "--port", "0", "--scenario", "amended", "--fault", "version-summary=404"]
    with subprocess.Popen([sys.executable, *words], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            address = re.search(r"http://127\.0\.0\.1:\d+", process.stdout.readline())
            assert address
            assert httpx.get(address[0] + CSV, **_PLAINLY).status_code == 200
            assert httpx.get(f"{address[0]}{RELEASES}/2024-25/version-summary", **_PLAINLY).status_code == 404
            process.send_signal(signal.SIGINT)
            assert process.wait(30) == 0
        finally:
            process.kill()


def test_a_fault_that_does_not_exist_is_refused() -> None:
    words = [sys.executable, "-m", "tests.stub_service", "--fault", "csv=made-up"]
    refused = subprocess.run(words, capture_output=True, text=True, check=False, timeout=60)
    assert refused.returncode == 2
    assert "no fault is called 'made-up'" in refused.stderr
