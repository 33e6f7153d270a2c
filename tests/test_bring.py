from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from npqstats import build
from npqstats.catalogue import lock
from npqstats.errors import DataError
from npqstats.fetch.decide import Deed
from npqstats.fetch.service.client import Client, Received
from tests.landing_fixtures import NAMES, Fetching
from tests.stub_service import Stub


@pytest.fixture
def asked(stub: Stub, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Have the service give each file an ETag and honour it; what was asked by ETag is listed."""
    inner, found = Client.download, []
    states: dict[str, str] = {}

    def download(self: Client, url: str, target: Path, *, known: Mapping[str, str], **more: Any) -> Received | None:
        got = inner(self, url, target, **more)
        assert got is not None
        states[url] = hashlib.sha256(target.read_bytes()).hexdigest()
        if known:
            found.append(url)
        if known.get("If-None-Match") == states[url]:
            target.unlink()
            return None
        return Received(**vars(got) | {"etag": states[url]})

    monkeypatch.setattr(Client, "download", download)
    return found


def test_a_file_that_the_service_says_is_unchanged_is_left(fetching: Fetching, asked: list[str]) -> None:
    fetching()
    assert asked == []
    before = fetching.files()
    (landed,) = fetching()
    assert len(asked) == 4
    assert {done.deed for done in landed.done} == {Deed.NOTHING}
    assert fetching.files() == before


def test_unchanged_files_go_into_a_new_edition_with_the_corrected_one(
    fetching: Fetching, stub: Stub, asked: list[str]
) -> None:
    fetching()
    before = lock.read(fetching.project.raw)
    stub.set("amended")
    (landed,) = fetching()
    assert len(asked) == 4
    assert landed.edition == "2024-25.1"
    assert sorted(done.name for done in landed.done) == [f"2024-25.1/{name}" for name in NAMES]
    now = lock.read(fetching.project.raw)
    assert {name: now[name] for name in before} == before
    assert "2025-09-18" in now["2024-25.1/npq_workforce.csv"].note
    build(fetching.project, frozen=True)


def test_a_file_that_is_not_as_its_line_says_is_asked_for_whole(fetching: Fetching, asked: list[str]) -> None:
    fetching()
    (fetching.project.raw / "2024-25" / "npq_workforce.csv").write_bytes(b"edited\n")
    fetching()
    assert len(asked) == 3
    build(fetching.project, frozen=True)


def test_a_data_set_that_the_service_lists_no_more_is_not_carried_on(
    fetching: Fetching, stub: Stub, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetching()
    stub.set("amended")
    inner = Client.document

    def document(self: Client, url: str, **more: Any) -> Any:
        answer = inner(self, url, **more)
        if url.endswith("/data-content"):
            answer["dataSets"] = [row for row in answer["dataSets"] if "workforce" not in row["title"]]
        return answer

    monkeypatch.setattr(Client, "document", document)
    fetching()
    assert [name for name in fetching.tables() if "workforce" in name] == ["2024-25/npq_workforce.csv"]
    build(fetching.project, frozen=True)


def test_every_file_of_a_release_that_does_not_fit_is_told(
    fetching: Fetching, stub: Stub, monkeypatch: pytest.MonkeyPatch
) -> None:
    inner = Client.download

    def download(self: Client, url: str, target: Path, **more: Any) -> Received | None:
        got = inner(self, url, target, **more)
        target.write_bytes(target.read_bytes().replace(b"npq_starts", b"npq_begun", 1))
        return got

    monkeypatch.setattr(Client, "download", download)
    with pytest.raises(DataError, match="'NPQ participants 2024-25' does not fit"):
        fetching()
    assert any("'NPQ completions 2024-25' does not fit" in sentence for sentence in fetching.said)
    assert fetching.tables() == []


def test_what_is_known_of_an_unchanged_file_stays_where_the_service_does_not_say_it_again(
    fetching: Fetching, stub: Stub, asked: list[str]
) -> None:
    fetching()
    before = fetching.files()
    stub.break_next("/releases", "500", times=99)
    (landed,) = fetching()
    assert len(asked) == 4
    assert {done.deed for done in landed.done} == {Deed.NOTHING}
    assert fetching.files() == before
