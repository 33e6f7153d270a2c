"""The build holds the raw files to the lock."""

from __future__ import annotations

from dataclasses import replace

import pytest

from npqstats import build
from npqstats.catalogue import lock
from npqstats.errors import DataError, UsageError
from npqstats.project import bundled
from npqstats.store import locked as locked_files
from npqstats.store import manifest
from tests.conftest import WORKFORCE, Folder, told

NAME = "2024-25/npq_workforce.csv"


@pytest.fixture
def locked(folder: Folder) -> Folder:
    """A project of two files, both in the lock, built."""
    folder.copy(NAME, "2022-23/npq_participants.csv")
    build(folder.project, accept=True)
    return folder


def test_without_a_lock_all_files_are_taken(folder: Folder) -> None:
    folder.put(NAME, WORKFORCE)
    said: list[str] = []
    assert build(folder.project, say=said.append).did_build
    assert said == []
    assert not (folder.project.raw / lock.NAME).exists()


def test_a_file_that_differs_from_its_line_stops_the_build(locked: Folder) -> None:
    locked.put(NAME, WORKFORCE)
    with pytest.raises(DataError) as error:
        build(locked.project)
    situation, hint = told(error)
    assert situation == f"data/raw/{NAME} is not what data/raw/raw.lock says: the hash is another."
    assert "'npqstats fetch 2024-25' brings back" in hint
    assert "npqstats build --accept" in hint


@pytest.mark.parametrize(
    ("changed", "hint"),
    [
        ("2024-25/x.csv", "Version control may have what was there"),
        ("2024-25.1/x.csv", "'npqstats fetch 2024-25' brings back what was published"),
        ("reported/x.csv", "Version control may have what was there"),
    ],
)
def test_a_fetch_is_offered_only_for_what_the_service_still_has(changed: str, hint: str) -> None:
    line = lock.LockedFile(name="", release="", dataset="made-up", id="made-up", sha256="0" * 64, bytes=1)
    first, corrected = (replace(line, name=f"{name}/x.csv", release=name) for name in ("2024-25", "2024-25.1"))
    reported = replace(line, name="reported/x.csv", release="reported", id="")
    held = lock.Lock({one.name: one for one in (first, corrected, reported)})
    hashes = dict.fromkeys(held.files, line.sha256) | {changed: ""}
    refused = locked_files.refusal(held, hashes, is_frozen=False)
    assert refused is not None
    assert refused.hint.startswith(hint)


def test_a_file_of_the_same_size_that_differs_stops_the_build(locked: Folder) -> None:
    content = (locked.project.raw / NAME).read_bytes()
    locked.put(NAME, content.replace(b"28045", b"28046"))
    with pytest.raises(DataError, match="the hash is another"):
        build(locked.project)


def test_a_lock_that_changes_under_an_unchanged_build_stops_it(locked: Folder) -> None:
    file = locked.project.raw / lock.NAME
    wanted = manifest.sha256(locked.project.raw / NAME)
    file.write_text(file.read_text("utf-8").replace(wanted, "0" * 64), "utf-8")
    with pytest.raises(DataError, match="the hash is another"):
        build(locked.project)


def test_a_line_whose_file_is_missing_stops_the_build(locked: Folder) -> None:
    (locked.project.raw / NAME).unlink()
    with pytest.raises(DataError) as error:
        build(locked.project)
    situation, hint = told(error)
    assert situation == f"data/raw/{NAME} is in data/raw/raw.lock and not in data/raw."
    assert "npqstats fetch --frozen" in hint


def test_no_file_at_all_under_a_lock_leads_to_fetch(locked: Folder) -> None:
    for path in locked.project.raw.rglob("*.csv"):
        path.unlink()
    with pytest.raises(DataError) as error:
        build(locked.project)
    assert "npqstats fetch --frozen" in told(error)[1]


def test_a_file_without_a_line_is_told_once_and_taken(locked: Folder) -> None:
    locked.copy("2024-25/npq_completions.csv")
    said: list[str] = []
    assert build(locked.project, say=said.append).did_build
    (sentence,) = said
    assert "data/raw/2024-25/npq_completions.csv has no line in raw.lock" in sentence
    build(locked.project, say=said.append)
    assert len(said) == 1


def test_a_file_without_a_line_is_refused_when_frozen(locked: Folder) -> None:
    locked.copy("2024-25/npq_completions.csv")
    build(locked.project)
    with pytest.raises(DataError, match=r"npq_completions\.csv has no line"):
        build(locked.project, frozen=True)


def test_frozen_files_that_fit_are_built(locked: Folder) -> None:
    assert not build(locked.project, frozen=True).did_build


def test_frozen_without_a_lock_is_refused(folder: Folder) -> None:
    folder.put(NAME, WORKFORCE)
    with pytest.raises(DataError, match=r"no data/raw/raw\.lock"):
        build(folder.project, frozen=True)


def test_accepting_renews_the_lines_that_changed_and_no_others(locked: Folder) -> None:
    before = lock.held(locked.project.raw).files
    locked.put(NAME, WORKFORCE)
    (locked.project.raw / "2022-23" / "npq_participants.csv").unlink()
    locked.copy("2024-25/npq_completions.csv")
    build(locked.project, accept=True)
    now = lock.held(locked.project.raw).files
    assert set(now) == {NAME, "2024-25/npq_completions.csv"}
    assert now[NAME].sha256 == manifest.sha256(locked.project.raw / NAME)
    assert (now[NAME].id, now[NAME].rows) == (before[NAME].id, 3)
    assert not build(locked.project, frozen=True).did_build


def test_many_files_that_differ_are_named_up_to_a_few(locked: Folder) -> None:
    for number in range(7):
        locked.put(f"20{30 + number}-{31 + number}/w.csv", WORKFORCE)
    build(locked.project, accept=True)
    for number in range(7):
        locked.put(f"20{30 + number}-{31 + number}/w.csv", WORKFORCE + b"\n")
    with pytest.raises(DataError, match=r"w\.csv and 2 more are not what"):
        build(locked.project)


def test_files_cannot_be_both_accepted_and_frozen(locked: Folder) -> None:
    with pytest.raises(UsageError, match="both accepted and frozen"):
        build(locked.project, accept=True, frozen=True)


def test_the_lock_of_the_bundled_rows_is_never_renewed() -> None:
    with pytest.raises(UsageError, match="never renewed"):
        build(bundled(), accept=True)
