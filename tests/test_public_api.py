from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from npqstats.errors import ServiceError
from npqstats.fetch.service import discovery, public_api
from npqstats.fetch.service.client import Client, NotThereError, Received
from npqstats.fetch.service.discovery import DataSet
from npqstats.fetch.service.hosts import Service, service
from npqstats.listeners import silent
from tests.stub_service import Stub


@pytest.fixture
def data_set(stub: Stub, client: Client) -> DataSet:
    """The one that is in the public API."""
    stub.set("in-api")
    found = discovery.contents(client, "2024-25").data_sets[0]
    stub.forget()
    return found


def test_every_page_is_asked_for_in_the_body_with_the_version_pinned(
    client: Client, stub: Stub, data_set: DataSet, tmp_path: Path
) -> None:
    said: list[str] = []
    got = public_api.download(client, data_set, tmp_path / "x.csv", say=said.append, progress=silent, page_size=1000)
    assert got is not None
    assert got.url.endswith("/csv?dataSetVersion=1.1")
    assert (tmp_path / "x.csv").read_bytes().count(b"\n") == 2653
    queries = [request for request in stub.requests if request.method == "POST"]
    assert [json.loads(request.body)["page"] for request in queries] == [1, 2, 3]
    assert {json.loads(request.body)["pageSize"] for request in queries} == {1000}
    assert {request.path.partition("?")[2] for request in queries} == {"dataSetVersion=1.1"}
    assert said == [
        "'NPQ participants 2024-25' is version 1.1 of the public API; its 2,652 rows are those of the file."
    ]


class Spoils(Client):
    """A client whose files come otherwise than they were sent."""

    def __init__(self, spoil: Callable[[bytes], bytes]) -> None:
        super().__init__(service())
        self._spoil = spoil

    def download(self, url: str, target: Path, **options: Any) -> Received | None:
        got = super().download(url, target, **options)
        target.write_bytes(self._spoil(target.read_bytes()))
        return got


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (
            lambda content: b"\n".join(content.split(b"\n")[:101]),
            "the file has 100 rows, the API gives 2,652, and 0 of",
        ),
        (lambda content: content + b"\xff\n", "does not hold the columns"),
        (lambda content: content.replace(b"npq_starts", b"starts"), "does not hold the columns"),
        (lambda _: b"", "does not hold the columns"),
    ],
)
def test_a_file_that_is_not_that_of_the_query_is_refused(
    data_set: DataSet, tmp_path: Path, spoil: Callable[[bytes], bytes], why: str
) -> None:
    with Spoils(spoil) as client, pytest.raises(ServiceError, match=why):
        public_api.download(client, data_set, tmp_path / "x.csv", say=silent, progress=silent)


@pytest.mark.parametrize("where", ["/meta", "/query", "/data-sets/"])
@pytest.mark.parametrize("how", ["other-json", "not-json", "html"])
def test_answers_in_another_form_are_refused(
    client: Client, stub: Stub, data_set: DataSet, tmp_path: Path, where: str, how: str
) -> None:
    stub.break_next(where, how)
    with pytest.raises(ServiceError):
        public_api.download(client, data_set, tmp_path / "x.csv", say=silent, progress=silent)


def test_a_data_set_that_was_withdrawn_is_not_there(
    client: Client, stub: Stub, data_set: DataSet, tmp_path: Path
) -> None:
    stub.break_next("/statistics/", "403", times=9)
    with pytest.raises(NotThereError):
        public_api.download(client, data_set, tmp_path / "x.csv", say=silent, progress=silent)


class Warns(Client):
    """A client that is answered with a warning and no row."""

    def document(self, *_: object, **__: object) -> object:
        warning = {"code": "QueryNoResults", "message": "Made up."}
        return {"paging": {"totalPages": 1}, "results": [], "warnings": [warning]}


def test_warnings_of_the_service_are_passed_on() -> None:
    said: list[str] = []
    assert not public_api.queried(Warns(Service()), "base", "1.0", ["made-up"], 10, said.append)
    assert said == ["The public API warns: Made up. (QueryNoResults)."]
