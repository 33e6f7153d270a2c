"""Fetching from the service, whole: what lands, what is refused, and what is put right."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from npqstats import build, compare
from npqstats.catalogue import lock
from npqstats.errors import DataError, ServiceError, UsageError
from npqstats.fetch.client import Client
from npqstats.fetch.decide import Action
from npqstats.fetch.install import staging
from npqstats.store import manifest
from tests.conftest import PUBLISHED, told
from tests.fetching import NAMES, PARTICIPANTS, Fetching
from tests.stub_service import Stub


def actions(fetching: Fetching, *releases: str, **options: object) -> dict[str, Action]:
    return {done.line.name: done.action for result in fetching(*releases, **options) for done in result.files}


def test_the_latest_release_lands_whole_with_its_lines(fetching: Fetching, stub: Stub) -> None:
    assert set(actions(fetching).values()) == {Action.ADD}
    assert fetching.tables() == [f"2024-25/{name}" for name in NAMES]
    lines = lock.held(fetching.project.raw).files
    assert sorted(lines) == fetching.tables()
    for name, line in lines.items():
        path = fetching.project.raw / name
        assert (line.sha256, line.bytes) == (manifest.sha256(path), path.stat().st_size)
        assert line.rows == path.read_bytes().count(b"\n") - 1
        assert line.url == f"{stub.url}/data-catalogue/data-set/{line.id}/csv"
        assert line.fetched_at is not None
        assert line.rows_expected == line.rows
    assert lines["2024-25/npq_participants.csv"].id == PARTICIPANTS


def test_what_has_results_answers_and_passes_a_frozen_build(fetching: Fetching) -> None:
    fetching()
    assert build(fetching.project, frozen=True).did_build
    table = compare("2023-24", "2024-25", measure="starts", project=fetching.project)
    assert table.frame.get_column("release").to_list() == ["2024-25"]


def test_that_data_raw_is_made_is_said(fetching: Fetching) -> None:
    fetching()
    assert fetching.said == [f"There is no data/raw here yet: fetching into {fetching.project.raw}."]


def test_fetching_again_changes_nothing(fetching: Fetching) -> None:
    fetching()
    before = fetching.files()
    assert set(actions(fetching).values()) == {Action.KEEP}
    assert fetching.files() == before


def test_the_excerpts_of_the_program_give_way_to_the_full_files(fetching: Fetching) -> None:
    shutil.copytree(PUBLISHED, fetching.project.raw)
    old = lock.held(fetching.project.raw).files
    results = fetching("2024-25", "2022-23")
    assert {done.action for one in results for done in one.files} == {Action.COMPLETE}
    assert {done.rows_before for one in results for done in one.files} == {5}
    assert fetching.tables() == sorted(old)
    now = lock.held(fetching.project.raw).files
    assert now["reported/figures.csv"] == old["reported/figures.csv"]
    assert build(fetching.project, frozen=True).did_build


def test_ecf_data_sets_are_passed_over_and_not_asked_for_again(fetching: Fetching, stub: Stub) -> None:
    stub.set("new-release")
    (result,) = fetching()
    assert [one.title for one in result.passed_over] == [
        "ECF participants 2025-26",
        "ECF workforce coverage 2025-26",
        "ECF retention 2025-26",
    ]
    held = lock.load(fetching.project.raw)
    assert held is not None
    assert {one.why for one in held.passed_over.values()} == {"early career framework, not NPQs"}
    stub.forget()
    fetching()
    assert sum(path.endswith("/csv") for path in stub.paths) == 4


def test_a_new_release_lands_beside_the_old_one_without_new_code(fetching: Fetching, stub: Stub) -> None:
    fetching()
    before = fetching.files()
    stub.set("new-release")
    assert set(actions(fetching)) >= {f"2025-26/{name}" for name in NAMES}
    now = fetching.files()
    assert {name: now[name] for name in before if name != lock.NAME} == {
        name: content for name, content in before.items() if name != lock.NAME
    }
    build(fetching.project, frozen=True)
    table = compare("2024-25", "2025-26", measure="starts", project=fetching.project)
    assert table.frame.get_column("release").to_list() == ["2025-26"]


def test_renamed_columns_are_refused_with_a_list_and_nothing_lands(fetching: Fetching, stub: Stub) -> None:
    fetching()
    before = fetching.files()
    stub.set("renamed")
    with pytest.raises(DataError) as error:
        fetching()
    situation, hint = told(error)
    assert "'NPQ participants 2025-26' does not fit." in situation
    assert "mapped but absent: npq_starts, npq_unique_participants" in situation
    assert "present but unmapped: npq_courses_started, npq_people" in situation
    assert "Nothing of its release was changed here." in hint
    assert fetching.files() == before


def test_a_release_that_is_refused_does_not_keep_others_from_landing(fetching: Fetching, stub: Stub) -> None:
    stub.set("renamed")
    with pytest.raises(DataError, match="does not fit"):
        fetching("2025-26", "2024-25")
    assert fetching.tables() == [f"2024-25/{name}" for name in NAMES]


def test_all_releases_land_the_oldest_first(fetching: Fetching) -> None:
    results = fetching(every=True)
    assert [one.edition for one in results] == ["2022-23", "2023-24", "2024-25"]
    build(fetching.project, frozen=True)


@pytest.mark.parametrize("spelling", ["2023-24", "2023/24", "202324"])
def test_a_release_is_named_as_years_are(fetching: Fetching, spelling: str) -> None:
    assert [one.edition for one in fetching(spelling)] == ["2023-24"]


def test_a_release_that_the_service_lacks_is_refused_with_those_it_has(fetching: Fetching) -> None:
    with pytest.raises(UsageError) as error:
        fetching("2030-31")
    assert told(error) == ("There is no release 2030-31.", "The service has: 2024-25, 2023-24, 2022-23.")
    assert not fetching.project.raw.exists()


@pytest.mark.parametrize(
    "asked",
    [
        {"every": True, "latest": True},
        {"every": True, "source": "x.csv"},
        {"frozen": True, "source": "x.csv"},
        {"release": "2024-25"},
        {"source": ""},
        {"source": "x.csv", "release": ""},
        {"offline": True},
    ],
)
def test_what_contradicts_itself_is_refused(fetching: Fetching, asked: dict[str, object]) -> None:
    with pytest.raises(UsageError):
        fetching(**asked)


def test_a_release_that_cannot_be_looked_at_is_said_and_stays(fetching: Fetching, stub: Stub) -> None:
    fetching("2023-24", "2024-25")
    stub.break_next("/2023-24/data-content", "other-json")
    fetching()
    assert [sentence.rpartition(". ")[2] for sentence in fetching.said[1:]] == [
        "So it is not known whether 2023-24 has changed."
    ]


@pytest.mark.parametrize("part", ["updates", "version-summary"])
def test_a_new_release_lands_whose_notes_or_time_cannot_be_read(fetching: Fetching, stub: Stub, part: str) -> None:
    stub.set("new-release")
    stub.break_next(f"/{part}", "not-json")
    assert [one.edition for one in fetching()] == ["2025-26"]
    assert fetching.said[-1].endswith("Continuing without the release notes or dates.")
    fetching()
    held = lock.load(fetching.project.raw)
    assert held is not None
    assert held.releases["2025-26"].updated
    assert held.releases["2025-26"].note


@pytest.mark.parametrize("how", ["500", "404", "other-json"])
def test_where_discovery_fails_the_ids_of_the_catalogue_serve(fetching: Fetching, stub: Stub, how: str) -> None:
    stub.break_next("/api/", how, times=99)
    assert [one.edition for one in fetching()] == ["2024-25"]
    assert fetching.tables() == [f"2024-25/{name}" for name in NAMES]
    assert any("that the catalogue knows" in sentence for sentence in fetching.said)


def test_a_service_that_is_down_is_said_so(fetching: Fetching, stub: Stub) -> None:
    stub.set("down")
    with pytest.raises(ServiceError, match="status 500"):
        fetching()
    assert fetching.files() == {}


@pytest.mark.parametrize("how", ["404", "length-less", "short", "empty", "latin-1", "nul"])
def test_whatever_comes_in_place_of_a_file_nothing_of_the_release_lands(
    fetching: Fetching, stub: Stub, how: str
) -> None:
    fetching()
    before = fetching.files()
    stub.set("amended")
    stub.break_next(f"{PARTICIPANTS}/csv", how, times=99)
    with pytest.raises((ServiceError, DataError)):
        fetching()
    assert fetching.files() == before
    stub.mend()
    assert [one.edition for one in fetching()] == ["2024-25.1"]


def test_fewer_rows_than_the_service_counts_are_refused(fetching: Fetching, stub: Stub) -> None:
    stub.break_next(f"{PARTICIPANTS}/csv", "short")
    with pytest.raises(ServiceError, match="is cut short: it has 1,326 rows, and the service counts 2,652"):
        fetching()


def test_a_file_that_was_edited_is_restored_and_the_edited_one_kept(fetching: Fetching) -> None:
    fetching()
    before = fetching.files()
    edited = fetching.project.raw / "2024-25" / "npq_workforce.csv"
    edited.write_bytes(b"edited\n")
    assert actions(fetching)["2024-25/npq_workforce.csv"] is Action.RESTORE
    now = fetching.files()
    assert now.pop("2024-25/npq_workforce.csv.was-1") == b"edited\n"
    assert now == before


def test_an_earlier_release_that_was_edited_here_is_put_right_by_a_plain_fetch(fetching: Fetching) -> None:
    fetching("2023-24", "2024-25")
    before = fetching.files()
    (fetching.project.raw / "2023-24" / "npq_workforce.csv").write_bytes(b"edited\n")
    assert [one.edition for one in fetching()] == ["2023-24", "2024-25"]
    assert {name: fetching.files()[name] for name in before} == before


def test_a_file_that_was_removed_comes_again(fetching: Fetching) -> None:
    fetching()
    before = fetching.files()
    (fetching.project.raw / "2024-25" / "npq_workforce.csv").unlink()
    assert actions(fetching)["2024-25/npq_workforce.csv"] is Action.ADD
    assert fetching.files() == before


def test_files_that_results_before_a_kill_get_their_lines(fetching: Fetching) -> None:
    fetching()
    (fetching.project.raw / lock.NAME).unlink()
    assert set(actions(fetching).values()) == {Action.ADOPT}
    assert sorted(lock.held(fetching.project.raw).files) == fetching.tables()


def test_one_run_fetches_at_a_time(fetching: Fetching) -> None:
    with staging(fetching.project), pytest.raises(DataError, match="Another fetch"):
        fetching()


def test_nothing_is_fetched_offline(fetching: Fetching, stub: Stub) -> None:
    with pytest.raises(UsageError, match="offline"):
        fetching(offline=True)
    assert stub.requests == []


def test_files_land_in_a_folder_that_is_there_already(fetching: Fetching) -> None:
    (fetching.project.raw / "2024-25").mkdir(parents=True)
    fetching()
    assert fetching.tables() == [f"2024-25/{name}" for name in NAMES]


def test_a_file_that_has_the_name_of_one_to_come_is_kept_beside_it(fetching: Fetching) -> None:
    mine = fetching.project.raw / "2024-25" / "npq_workforce.csv"
    mine.parent.mkdir(parents=True)
    mine.write_bytes(b"something else\n")
    fetching()
    assert fetching.files()["2024-25/npq_workforce.csv.was-1"] == b"something else\n"
    build(fetching.project, frozen=True)


def test_the_same_files_in_a_zip_stay_and_are_passed_over(fetching: Fetching, tmp_path: Path) -> None:
    fetching()
    folder = fetching.project.raw / "2024-25"
    shutil.make_archive(str(tmp_path / "all"), "zip", folder)
    shutil.rmtree(folder)
    (fetching.project.raw / lock.NAME).unlink()
    folder.mkdir()
    shutil.move(tmp_path / "all.zip", folder / "all.zip")
    fetching()
    assert fetching.tables() == [f"2024-25/{name}" for name in NAMES]
    said: list[str] = []
    build(fetching.project, say=said.append)
    assert any("it is the same as" in sentence for sentence in said)


def test_every_file_of_a_release_that_does_not_fit_is_told(
    fetching: Fetching, stub: Stub, monkeypatch: pytest.MonkeyPatch
) -> None:
    inner = Client.download

    def download(self: Client, url: str, target: Path, **more: Any) -> None:
        inner(self, url, target, **more)
        target.write_bytes(target.read_bytes().replace(b"npq_starts", b"npq_begun", 1))

    monkeypatch.setattr(Client, "download", download)
    with pytest.raises(DataError, match="'NPQ participants 2024-25' does not fit"):
        fetching()
    assert any("'NPQ completions 2024-25' does not fit" in sentence for sentence in fetching.said)
    assert fetching.tables() == []


def test_a_fetch_that_fails_leaves_the_folder_as_it_was(fetching: Fetching, stub: Stub) -> None:
    fetching.root.mkdir()
    stub.break_next("/csv", "404", times=99)
    with pytest.raises(ServiceError):
        fetching()
    assert list(fetching.root.iterdir()) == []


def test_the_date_of_a_release_that_the_catalogue_lacks_is_in_the_lock(fetching: Fetching, stub: Stub) -> None:
    stub.set("new-release")
    fetching()
    found = lock.release("2025-26", fetching.project.raw)
    assert (found.published, found.status) == (date(2026, 7, 9), "Official statistics in development")
