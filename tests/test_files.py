from __future__ import annotations

import errno
import os
import tempfile
from pathlib import Path

import pytest

from npqstats.errors import DataError
from npqstats.tables import files
from tests.conftest import told
from tests.test_reporting_folder import failing


@pytest.fixture
def three(tmp_path: Path) -> list[Path]:
    """Places of three files, of which the first two stand already."""
    paths = [tmp_path / name for name in ("a.svg", "a.png", "a.csv")]
    for path in paths[:2]:
        path.write_bytes(b"old")
    return paths


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def test_files_stand_as_given_and_nothing_else_does(three: list[Path], tmp_path: Path) -> None:
    files.put(dict.fromkeys(three, b"new"))
    assert content(tmp_path) == {"a.svg": b"new", "a.png": b"new", "a.csv": b"new"}
    assert {path.stat().st_mode & 0o777 for path in three} == {0o644}


def test_no_file_is_nothing_to_write(tmp_path: Path) -> None:
    files.put({})
    assert content(tmp_path) == {}


@pytest.mark.parametrize("after", [0, 1, 2])
@pytest.mark.parametrize("step", [(tempfile, "mkstemp"), (os, "fdopen"), (Path, "chmod")], ids=lambda step: step[1])
@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), KeyboardInterrupt()])
def test_whatever_fails_before_all_are_written_leaves_what_stood(
    three: list[Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    after: int,
    step: tuple[object, str],
    error: BaseException,
) -> None:
    owner, name = step
    monkeypatch.setattr(owner, name, failing(getattr(owner, name), error, after))
    with pytest.raises((DataError, KeyboardInterrupt)):
        files.put(dict.fromkeys(three, b"new"))
    assert content(tmp_path) == {"a.svg": b"old", "a.png": b"old"}


def test_a_full_disk_names_the_file_that_found_no_room(three: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    monkeypatch.setattr(os, "fdopen", failing(os.fdopen, full, 1))
    with pytest.raises(DataError) as caught:
        files.put(dict.fromkeys(three, b"new"))
    assert told(caught) == (
        f"{three[1]} cannot be written: No space left on device.",
        "What stood there before still stands.",
    )


def test_a_folder_in_the_way_is_named_and_no_file_is_replaced(three: list[Path], tmp_path: Path) -> None:
    three[2].mkdir()
    with pytest.raises(DataError) as caught:
        files.put(dict.fromkeys(three, b"new"))
    assert told(caught)[0] == f"{three[2]} cannot be written: Is a directory."
    assert content(tmp_path) == {"a.svg": b"old", "a.png": b"old"}


def test_a_folder_that_is_not_there_is_named_by_the_file(tmp_path: Path) -> None:
    with pytest.raises(DataError) as caught:
        files.put({tmp_path / "nowhere" / "a.svg": b"new"})
    assert told(caught)[0] == f"{tmp_path / 'nowhere' / 'a.svg'} cannot be written: No such file or directory."
