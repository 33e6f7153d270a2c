"""Files that were corrected or cut short: what makes a new edition, and what completes the one that is here."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from npqstats import build, compare
from npqstats.catalogue import lock
from npqstats.errors import DataError
from npqstats.fetch.client import Client
from npqstats.fetch.decide import Action
from npqstats.fetch.outdated import State
from tests.fetching import NAMES, PARTICIPANTS, Fetching, newer
from tests.stub_service import Stub


def test_a_file_that_somebody_put_there_and_that_is_whole_is_an_edition_of_its_own(fetching: Fetching) -> None:
    fetching()
    stub_file = fetching.project.raw / "2024-25" / "npq_participants.csv"
    mine = stub_file.read_bytes().replace(b",Made-up Borough 001,", b",Made-up Borough A,")
    (fetching.project.raw / lock.NAME).unlink()
    stub_file.write_bytes(mine)
    (result,) = fetching()
    assert result.edition == "2024-25.1"
    assert stub_file.read_bytes() == mine


def test_a_corrected_file_makes_a_whole_new_edition(fetching: Fetching, stub: Stub) -> None:
    fetching()
    before = fetching.files()
    stub.set("amended")
    (result,) = fetching()
    assert (result.corrects, result.edition) == ("2024-25", "2024-25.1")
    now = fetching.files()
    assert fetching.tables() == [f"{edition}/{name}" for edition in ("2024-25", "2024-25.1") for name in NAMES]
    for name in NAMES:
        assert now[f"2024-25/{name}"] == before[f"2024-25/{name}"]
        assert (now[f"2024-25.1/{name}"] == before[f"2024-25/{name}"]) == (name != "npq_participants.csv")
    (revision,) = result.revisions
    assert (revision.dataset, revision.added, revision.removed, revision.changed) == ("npq-participants", 0, 0, 48)
    assert len(revision.largest) == 5
    assert revision.largest[0].before != revision.largest[0].after


def test_the_release_note_is_beside_the_new_edition_and_in_the_lock(fetching: Fetching, stub: Stub) -> None:
    fetching()
    stub.set("amended")
    (result,) = fetching()
    told_by_service = result.notes[0].text
    assert told_by_service.startswith("MADE-UP release note.")
    assert told_by_service in fetching.files()["2024-25.1/release-notes.txt"].decode()
    assert told_by_service not in fetching.files()["2024-25/release-notes.txt"].decode()
    held = lock.load(fetching.project.raw)
    assert held is not None
    assert told_by_service in held.releases["2024-25.1"].note
    assert told_by_service not in held.releases["2024-25"].note
    assert held.releases["2024-25.1"].updated == "2025-09-18T08:30:00Z"
    assert held.releases["2024-25"].status == "Official statistics in development"


def test_files_that_did_not_change_keep_the_time_of_their_fetching_in_a_new_edition(
    fetching: Fetching, stub: Stub
) -> None:
    fetching()
    path = fetching.project.raw / lock.NAME
    path.write_text(path.read_text("utf-8").replace("\t20", "\t19", 1), "utf-8")
    held = lock.load(fetching.project.raw)
    assert held is not None
    long_ago = {
        name: replace(line, fetched_at=line.fetched_at and line.fetched_at.replace(year=2020))
        for name, line in held.files.items()
    }
    path.write_text(lock.text(lock.Lock(long_ago)), "utf-8")
    stub.set("amended")
    fetching()
    years = {
        name: line.fetched_at and line.fetched_at.year for name, line in lock.held(fetching.project.raw).files.items()
    }
    assert years.pop("2024-25.1/npq_participants.csv") != 2020
    assert set(years.values()) == {2020}


def test_a_question_is_answered_from_the_new_edition_alone(fetching: Fetching, stub: Stub) -> None:
    fetching()
    stub.set("amended")
    fetching()
    build(fetching.project, frozen=True)
    table = compare("2023-24", "2024-25", project=fetching.project)
    assert set(table.frame.get_column("release")) == {"2024-25.1"}


def test_a_second_correction_makes_a_second_edition(fetching: Fetching, stub: Stub) -> None:
    for scenario in ("usual", "amended", "amended-again"):
        stub.set(scenario)
        results = fetching()
    assert [one.edition for one in results] == ["2024-25.2"]
    assert results[0].corrects == "2024-25.1"
    assert [note.date[:10] for note in results[0].notes[:2]] == ["2025-10-02", "2025-09-18"]
    build(fetching.project, frozen=True)


def test_a_correction_of_an_earlier_release_comes_with_the_latest(fetching: Fetching, stub: Stub) -> None:
    fetching("2023-24", "2024-25")
    old = stub.world
    stub.set("new-release")
    fetching()
    stub.set("amended")
    assert [one.edition for one in fetching()] == ["2024-25.1"]
    assert old is not stub.world


def test_a_file_that_was_removed_and_corrected_since_makes_a_new_edition(fetching: Fetching, stub: Stub) -> None:
    fetching()
    (fetching.project.raw / "2024-25" / "npq_participants.csv").unlink()
    stub.set("amended")
    (result,) = fetching()
    assert result.edition == "2024-25.1"
    assert [name for name in fetching.tables() if "participants" in name] == ["2024-25.1/npq_participants.csv"]


def test_a_file_that_was_spoilt_and_corrected_since_still_makes_a_new_edition(fetching: Fetching, stub: Stub) -> None:
    fetching()
    (fetching.project.raw / "2024-25" / "npq_participants.csv").write_bytes(b"spoilt\n")
    stub.set("amended")
    (result,) = fetching()
    assert (result.edition, result.revisions) == ("2024-25.1", ())
    assert fetching.files()["2024-25/npq_participants.csv"] == b"spoilt\n"


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


def test_where_the_service_counts_no_rows_a_short_file_is_known_by_the_catalogue(
    fetching: Fetching, stub: Stub
) -> None:
    stub.set(meta=False)
    stub.break_next(f"{PARTICIPANTS}/csv", "short")
    (result,) = fetching()
    (line,) = [file.line for file in result.files if "participants" in file.line.name]
    assert lock.held(fetching.project.raw).files[line.name] == line
    assert (line.rows, line.rows_expected, line.is_cut_short) == (1326, 2652, True)


def test_the_rest_of_a_file_that_was_cut_short_is_no_correction(fetching: Fetching, stub: Stub) -> None:
    stub.set(meta=False)
    stub.break_next(f"{PARTICIPANTS}/csv", "short")
    fetching()
    assert {one.title: one.state for one in newer(project=fetching.project)} == {
        "NPQ participants 2024-25": State.CUT_SHORT
    }
    (result,) = fetching()
    assert (result.edition, result.corrects) == ("2024-25", "")
    assert {file.action for file in result.files} == {Action.KEEP, Action.COMPLETE}
    assert not any(line.is_cut_short for line in lock.held(fetching.project.raw).files.values())


@pytest.mark.parametrize("release", ["2024-25", "2025-26"])
def test_a_file_that_is_cut_short_never_replaces_the_whole_one(fetching: Fetching, stub: Stub, release: str) -> None:
    stub.set("new-release", meta=False)
    fetching(release)
    before = fetching.files()
    stub.break_next("/csv", "short", times=9)
    with pytest.raises(DataError, match="is cut short: it has the first"):
        fetching(release)
    assert fetching.files() == before


def test_the_rest_of_a_file_of_which_nobody_counts_the_rows_is_no_correction(fetching: Fetching, stub: Stub) -> None:
    stub.set("new-release", meta=False)
    stub.break_next("/csv", "short", times=9)
    fetching()
    stub.mend()
    (result,) = fetching()
    assert (result.edition, {file.action for file in result.files}) == ("2025-26", {Action.COMPLETE})
