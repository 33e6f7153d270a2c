from __future__ import annotations

import os

import pytest

from npqstats.store import manifest
from npqstats.store.build import build
from npqstats.store.coverage import coverage
from npqstats.store.snapshot import Snapshot, snapshot
from tests.conftest import WORKFORCE, Folder

NAME = "2024-25/x.csv"
LONG_AGO = 1_600_000_000


def now(folder: Folder) -> Snapshot:
    return snapshot(folder.project)


@pytest.fixture
def built(folder: Folder) -> Folder:
    """A project of two files that were written long ago, built."""
    for name in (NAME, "2025-26/x.csv"):
        os.utime(folder.put(name, WORKFORCE), (LONG_AGO, LONG_AGO))
    build(folder.project)
    return folder


def test_without_a_build_everything_is_to_do(folder: Folder) -> None:
    folder.put(NAME, WORKFORCE)
    assert now(folder).unchanged == frozenset()
    assert not now(folder).is_current


def test_after_a_build_there_is_nothing_to_do(built: Folder) -> None:
    assert now(built).is_current
    assert now(built).unchanged == {NAME, "2025-26/x.csv"}


def test_a_file_that_was_touched_but_not_changed_is_unchanged(built: Folder) -> None:
    os.utime(built.project.raw / NAME)
    assert now(built).is_current


def test_a_changed_file_is_known_by_its_hash_whatever_its_size_and_time(built: Folder) -> None:
    path, before = built.project.raw / NAME, (built.project.raw / NAME).stat()
    built.put(NAME, WORKFORCE.replace(b"11000,100000,11", b"12000,100000,12"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_size == before.st_size
    assert now(built).unchanged == {"2025-26/x.csv"}
    assert not now(built).is_current


def test_a_new_and_a_missing_file_are_seen(built: Folder) -> None:
    built.put("2026-27/x.csv", WORKFORCE)
    assert not now(built).is_current
    (built.project.raw / "2026-27" / "x.csv").unlink()
    assert now(built).is_current
    (built.project.raw / NAME).unlink()
    assert not now(built).is_current


def test_a_missing_part_is_seen(built: Folder) -> None:
    next((built.project.processed / "observations").rglob("*.parquet")).unlink()
    assert len(now(built).unchanged) == 1


def test_a_damaged_part_is_seen_and_made_again(built: Folder) -> None:
    part = next((built.project.processed / "observations").rglob("*.parquet"))
    sound = part.read_bytes()
    part.write_bytes(sound[:-8] + b"damaged!")
    assert len(now(built).unchanged) == 1
    build(built.project)
    assert next((built.project.processed / "observations").rglob(part.name)).read_bytes() == sound
    assert now(built).is_current


@pytest.mark.parametrize(("release", "is_whole"), [("2024-25", False), ("2025-26", None), ("2026-27", False)])
def test_a_file_is_whole_when_it_has_as_many_rows_as_were_published(
    built: Folder, release: str, is_whole: bool | None
) -> None:
    assert coverage(built.project).is_whole(release, "workforce-share") is is_whole


def test_the_rows_that_come_with_the_program_are_known_as_an_excerpt(folder: Folder) -> None:
    folder.copy("2022-23/npq_participants.csv")
    build(folder.project)
    assert coverage(folder.project).is_sample("2022-23")
    assert coverage(folder.project).is_whole("2022-23", "starts") is False


def test_another_recipe_makes_everything_out_of_date(built: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(manifest, "recipe", lambda: "another")
    assert now(built).unchanged == frozenset()
    assert not now(built).is_current


def test_a_file_that_changes_while_it_is_built_is_read_again_by_the_next_build(folder: Folder) -> None:
    os.utime(folder.put(NAME, WORKFORCE), (LONG_AGO, LONG_AGO))
    os.utime(folder.put("2025-26/x.csv", WORKFORCE), (LONG_AGO, LONG_AGO))
    changed = WORKFORCE.replace(b"11000,100000,11", b"12000,100000,12")

    def meddle(source: str, done: int, size: int) -> None:
        if source == "2025-26/x.csv":
            os.utime(folder.put(NAME, changed), (LONG_AGO + 1, LONG_AGO + 1))

    build(folder.project, progress=meddle)
    assert build(folder.project).read == [NAME]
    assert not build(folder.project).did_build
