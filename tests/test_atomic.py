from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from npqstats.errors import DataError
from npqstats.store import atomic
from tests.conftest import told


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_files_are_written_and_nothing_is_left_beside_them(tmp_path: Path) -> None:
    atomic.write_files({tmp_path / "a": b"1", tmp_path / "b": b"2"}, is_durable=True)
    assert ((tmp_path / "a").read_bytes(), (tmp_path / "b").read_bytes()) == (b"1", b"2")
    assert names(tmp_path) == ["a", "b"]


@pytest.mark.parametrize("is_durable", [False, True])
def test_if_one_file_cannot_be_written_none_is_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_durable: bool
) -> None:
    (tmp_path / "a").write_bytes(b"old")
    (tmp_path / "b").mkdir()
    with pytest.raises(DataError) as error:
        atomic.write_files({tmp_path / "a": b"new", tmp_path / "b": b"new"}, is_durable=is_durable)
    assert told(error) == (f"{tmp_path / 'b'} cannot be read or written: Is a directory.", atomic.KEPT)
    assert (tmp_path / "a").read_bytes() == b"old"
    assert names(tmp_path) == ["a", "b"]


def test_a_full_disk_names_the_file_and_keeps_the_old_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    (tmp_path / "a").write_bytes(b"old")
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DataError) as error:
        atomic.write_files({tmp_path / "a": b"new"}, is_durable=True)
    assert told(error)[0] == f"{tmp_path / 'a'} cannot be read or written: No space left on device."
    assert (tmp_path / "a").read_bytes() == b"old"
    assert names(tmp_path) == ["a"]


def test_a_lock_is_held_by_one_and_the_other_waits_or_is_refused(tmp_path: Path) -> None:
    from filelock import FileLock

    path = tmp_path / "made" / ".lock"
    waited: list[str] = []
    with atomic.file_lock(path, on_wait=lambda: waited.append("first")):
        other = FileLock(path)
        with pytest.raises(TimeoutError):
            other.acquire(timeout=0)
    other.acquire(timeout=0)
    with (
        pytest.raises(DataError, match="Another fetch is at work"),
        atomic.file_lock(path, busy="Another fetch is at work"),
    ):
        pass

    def let_go() -> None:
        waited.append("second")
        other.release()

    with atomic.file_lock(path, on_wait=let_go):
        pass
    assert waited == ["second"]


def make(target: Path, text: str) -> None:
    with atomic.new_folder(target) as new:
        (new / "text").write_text(text)


@pytest.mark.parametrize("has_exchange", [True, False])
def test_a_folder_is_replaced_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, has_exchange: bool) -> None:
    if not has_exchange:
        monkeypatch.setattr(atomic, "_exchanged", lambda *_: False)
    target = tmp_path / "report"
    make(target, "old")
    (target / "other").touch()
    make(target, "new")
    assert (target / "text").read_text() == "new"
    assert names(target) == ["text"]
    assert names(tmp_path) == ["report"]


def fail(target: Path, error: type[BaseException]) -> None:
    with atomic.new_folder(target) as new:
        (new / "text").write_text("half")
        raise error


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_after_an_error_the_old_folder_is_there_and_nothing_is_left(tmp_path: Path, error: type[BaseException]) -> None:
    make(tmp_path / "report", "old")
    with pytest.raises(error):
        fail(tmp_path / "report", error)
    assert (tmp_path / "report" / "text").read_text() == "old"
    assert names(tmp_path) == ["report"]


def test_what_a_killed_process_left_is_removed_and_an_old_folder_put_back(tmp_path: Path) -> None:
    (tmp_path / ".report.new-abcdefgh").mkdir()
    (tmp_path / ".report.new-abcdefgi-old").mkdir()
    (tmp_path / ".report.new-abcdefgi-old" / "text").write_text("old")
    (tmp_path / ".report.new-mine").touch()
    atomic.sweep(tmp_path / "report")
    assert names(tmp_path) == [".report.new-mine", "report"]
    assert (tmp_path / "report" / "text").read_text() == "old"


def test_an_error_of_the_disk_names_its_path_and_the_reason(tmp_path: Path) -> None:
    with pytest.raises(DataError) as error, atomic.disk_errors(tmp_path):
        raise OSError(30, "Read-only file system")
    assert told(error) == (f"{tmp_path} cannot be read or written: Read-only file system.", atomic.KEPT)
    with pytest.raises(DataError, match=r"^x cannot be read or written: No room\."), atomic.disk_errors(tmp_path):
        raise OSError(28, "No room", "x")
