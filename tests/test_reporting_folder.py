from __future__ import annotations

import errno
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from npqstats.errors import DataError, UsageError
from npqstats.report import folder as folders
from tests.conftest import told
from tests.reports import content

OLD = {"index.html": b"old", "charts/a.svg": b"old", "manifest.json": b"{}"}
NEW = {"index.html": b"new", "charts/b.svg": b"new", "manifest.json": b"{}"}


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Where a report stands."""
    place = tmp_path / "reports" / "2024-25"
    folders.write(place, OLD)
    return place


def beside(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.parent.iterdir())


def test_a_report_appears_with_the_folders_above_it(tmp_path: Path) -> None:
    folders.write(tmp_path / "a" / "b" / "c", NEW)
    assert content(tmp_path / "a" / "b" / "c") == NEW
    assert beside(tmp_path / "a" / "b" / "c") == ["c"]


def test_a_new_report_takes_the_place_of_the_old_one_with_nothing_of_it_left(place: Path) -> None:
    folders.write(place, NEW)
    assert content(place) == NEW
    assert beside(place) == ["2024-25"]
    assert place.stat().st_mode & 0o777 == 0o755


def test_where_the_system_cannot_exchange_folders_the_new_one_takes_its_place_all_the_same(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folders, "_exchanged", lambda *_: False)
    folders.write(place, NEW)
    assert content(place) == NEW
    assert beside(place) == ["2024-25"]


def test_a_link_to_a_folder_stays_a_link_and_the_report_goes_where_it_leads(place: Path, tmp_path: Path) -> None:
    link = tmp_path / "latest"
    link.symlink_to(place)
    folders.write(link, NEW)
    assert link.is_symlink()
    assert content(place) == NEW
    assert beside(place) == ["2024-25"]


STEPS: list[tuple[object, str]] = [
    (tempfile, "mkdtemp"),
    (Path, "chmod"),
    (Path, "mkdir"),
    (Path, "write_bytes"),
    (folders, "_take_the_place"),
    (folders, "_exchanged"),
]


def failing(step: Callable[..., Any], error: BaseException, after: int) -> Callable[..., Any]:
    """Let a step fail once it has been taken some times."""
    left = [after]

    def fail(*words: Any, **named: Any) -> Any:
        left[0] -= 1
        if left[0] < 0:
            raise error
        return step(*words, **named)

    return fail


@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), KeyboardInterrupt()])
@pytest.mark.parametrize("step", STEPS, ids=lambda step: step[1])
@pytest.mark.parametrize("after", [0, 1, 2])
def test_whatever_step_fails_one_whole_report_stands_and_nothing_else(
    place: Path, monkeypatch: pytest.MonkeyPatch, step: tuple[object, str], error: BaseException, after: int
) -> None:
    owner, name = step
    monkeypatch.setattr(owner, name, failing(getattr(owner, name), error, after))
    try:
        folders.write(place, NEW)
    except (DataError, KeyboardInterrupt):
        assert content(place) == OLD
    else:
        assert content(place) == NEW
    assert beside(place) == ["2024-25"]


@pytest.mark.parametrize("error", [OSError(errno.EIO, os.strerror(errno.EIO)), KeyboardInterrupt()])
@pytest.mark.parametrize("after", [0, 1])
def test_where_folders_cannot_be_exchanged_a_failure_on_the_way_puts_the_old_one_back(
    place: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException, after: int
) -> None:
    rename, left = Path.rename, [after]

    def fail(path: Path, target: Path) -> Path:
        left[0] -= 1
        if left[0] == -1:
            raise error
        return rename(path, target)

    monkeypatch.setattr(folders, "_exchanged", lambda *_: False)
    monkeypatch.setattr(Path, "rename", fail)
    with pytest.raises((DataError, KeyboardInterrupt)):
        folders.write(place, NEW)
    assert content(place) == OLD
    assert beside(place) == ["2024-25"]


def test_a_full_disk_is_one_error_that_names_the_folder_as_it_was_written(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, _: bytes) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))

    monkeypatch.chdir(place.parents[1])
    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(DataError) as caught:
        folders.write(Path("reports/2024-25"), NEW)
    message, hint = told(caught)
    assert message == "reports/2024-25/index.html cannot be written: No space left on device."
    assert hint.startswith("What stood before still stands.")


def test_a_folder_in_which_nothing_can_be_made_is_one_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, dir: Path, prefix: str) -> str:  # noqa: A002 (as tempfile names it)
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), f"{dir}/{prefix}12345678")

    monkeypatch.setattr(tempfile, "mkdtemp", refused)
    with pytest.raises(DataError) as caught:
        folders.write(tmp_path / "report", NEW)
    assert told(caught)[0] == f"{tmp_path / 'report'} cannot be written: Permission denied."


def test_a_file_in_the_way_of_the_folders_above_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(DataError) as caught:
        folders.write(tmp_path / "file" / "report", NEW)
    assert told(caught)[0].startswith(f"{tmp_path / 'file'} cannot be written: ")
    assert (tmp_path / "file").read_text() == "mine"


KILL = """
import os, signal, sys
from pathlib import Path
from npqstats.report import folder as folders
owner, name, after = {"write": (Path, "write_bytes", 1), "swap": (folders, "_take_the_place", 0),
    "between": (Path, "rename", 1), "remove": (folders.shutil, "rmtree", 0)}[sys.argv[2]]
if sys.argv[2] == "between":
    folders._exchanged = lambda *_: False
step, left = getattr(owner, name), [after]
def kill(*words, **named):
    left[0] -= 1
    if left[0] < 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return step(*words, **named)
setattr(owner, name, kill)
folders.write(Path(sys.argv[1]), {"index.html": b"new", "charts/b.svg": b"new", "manifest.json": b"{}"})
"""


@pytest.mark.slow
@pytest.mark.parametrize(("moment", "stands"), [("write", OLD), ("swap", OLD), ("between", None), ("remove", NEW)])
def test_a_killed_writer_leaves_a_whole_report_and_the_next_one_sweeps_up(
    place: Path, moment: str, stands: dict[str, bytes] | None
) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", KILL, str(place), moment],
        check=False,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert ran.returncode == -signal.SIGKILL
    left = [name for name in beside(place) if name != "2024-25"]
    assert all(name.startswith(".2024-25.new-") for name in left)
    assert left
    if stands is None:
        assert not place.exists()
        folders.sweep(place)
        assert content(place) == OLD
    else:
        assert content(place) == stands
    folders.write(place, NEW)
    assert content(place) == NEW
    assert beside(place) == ["2024-25"]


@pytest.mark.parametrize("name", ["*", "[ab]", "2024-25", "a.b"])
def test_sweeping_leaves_alone_what_belongs_to_others(tmp_path: Path, name: str) -> None:
    others = [".other.new-abcdefgh", f".{name}.new-notes", f".{name}.new-abcdefgh.txt", f"{name}.new-abcdefgh", ".a"]
    for other in (*others, f".{name}.new-abcdefgh"):
        (tmp_path / other).mkdir()
    folders.sweep(tmp_path / name)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(set(others))


def test_the_way_is_free_where_nothing_or_an_empty_folder_or_our_report_stands(place: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    folders.check(tmp_path / "nothing", set())
    folders.check(tmp_path / "empty", set())
    folders.check(place, set(OLD))
    assert content(place) == OLD


def test_a_file_where_the_folder_should_be_is_refused(place: Path) -> None:
    with pytest.raises(UsageError) as caught:
        folders.check(place / "index.html", set())
    assert told(caught) == (f"{place / 'index.html'} is a file.", "Name a folder for the report.")


@pytest.mark.parametrize("kind", ["file", "folder", "link", "dead link", "hidden", "deep"])
def test_what_no_report_wrote_is_named_and_refused(place: Path, kind: str) -> None:
    name = {"hidden": ".notes", "deep": "charts/notes"}.get(kind, "notes")
    match kind:
        case "folder":
            (place / name).mkdir()
        case "link":
            (place / name).symlink_to(place.parent)
        case "dead link":
            (place / name).symlink_to("nowhere")
        case _:
            (place / name).write_text("mine")
    with pytest.raises(UsageError) as caught:
        folders.check(place, set(OLD))
    assert told(caught) == (
        f"{place} holds what no report wrote: {name}.",
        "Name another folder, or move these files away.",
    )


def test_of_many_other_files_the_first_are_named(tmp_path: Path) -> None:
    for name in "dcba":
        (tmp_path / name).touch()
    with pytest.raises(UsageError, match=r"a, b, c, \.\.\.\.$"):
        folders.check(tmp_path, set())


def test_the_folder_that_the_program_runs_in_is_never_replaced(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.rmtree(place)
    place.mkdir()
    monkeypatch.chdir(place)
    with pytest.raises(UsageError, match="is the folder that you are in"):
        folders.check(Path(), set())
