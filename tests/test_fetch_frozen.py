"""The very bytes of the lock, a year later."""

from __future__ import annotations

import shutil

import pytest

from npqstats import build
from npqstats.catalogue import lock
from npqstats.errors import DataError, ServiceError
from tests.conftest import PUBLISHED, told
from tests.fetching import Fetching
from tests.stub_service import Stub


def test_files_that_are_missing_come_again_to_the_byte_and_the_lock_is_not_written(
    fetching: Fetching, stub: Stub
) -> None:
    fetching("2023-24", "2024-25")
    before = fetching.files()
    written = (fetching.project.raw / lock.NAME).stat().st_mtime_ns
    shutil.rmtree(fetching.project.raw / "2023-24")
    (fetching.project.raw / "2024-25" / "npq_workforce.csv").unlink()
    stub.forget()
    results = fetching(frozen=True)
    assert len(results) == 5
    assert fetching.files() == {
        name: content for name, content in before.items() if name != "2023-24/release-notes.txt"
    }
    assert (fetching.project.raw / lock.NAME).stat().st_mtime_ns == written
    assert all("/csv" in path for path in stub.paths)
    build(fetching.project, frozen=True)


def test_where_all_is_there_nothing_is_asked(fetching: Fetching, stub: Stub) -> None:
    fetching()
    stub.forget()
    assert fetching(frozen=True, offline=True) == []
    assert stub.requests == []


def test_other_bytes_are_refused_and_nothing_lands(fetching: Fetching, stub: Stub) -> None:
    fetching()
    shutil.rmtree(fetching.project.raw / "2024-25")
    stub.set("amended")
    with pytest.raises(ServiceError) as error:
        fetching(frozen=True)
    situation, hint = told(error)
    assert situation.startswith("data/raw/2024-25/npq_participants.csv: the service now has other bytes")
    assert "version control" in hint
    assert fetching.tables() == []


def test_a_file_that_differs_is_refused(fetching: Fetching) -> None:
    fetching()
    (fetching.project.raw / "2024-25" / "npq_workforce.csv").write_bytes(b"edited\n")
    with pytest.raises(DataError, match="the hash is another"):
        fetching(frozen=True)


def test_a_file_that_was_never_fetched_and_has_no_id_cannot_come_again(fetching: Fetching) -> None:
    shutil.copytree(PUBLISHED, fetching.project.raw)
    (fetching.project.raw / "reported" / "survey.csv").unlink()
    with pytest.raises(DataError, match=r"survey\.csv is missing, and its address is not known"):
        fetching(frozen=True)


def test_an_excerpt_that_is_missing_does_not_come_as_the_full_file(fetching: Fetching) -> None:
    shutil.copytree(PUBLISHED, fetching.project.raw)
    (fetching.project.raw / "2024-25" / "npq_workforce.csv").unlink()
    with pytest.raises(ServiceError, match=r"npq_workforce\.csv: the service now has other bytes") as error:
        fetching(frozen=True)
    assert told(error)[1] == "It was never fetched: restore it from version control."


def test_without_a_lock_there_is_nothing_to_hold_to(fetching: Fetching) -> None:
    with pytest.raises(DataError, match=r"no data/raw/raw\.lock"):
        fetching(frozen=True)
    assert not fetching.project.raw.exists()
