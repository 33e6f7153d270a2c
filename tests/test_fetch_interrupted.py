"""Killed, stopped or out of disk at every stage: nothing is lost, and the next run finishes."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from npqstats import build
from npqstats.catalogue import lock
from npqstats.errors import DataError
from tests.conftest import PUBLISHED, told
from tests.fetching import NAMES, Fetching
from tests.stub_service import Stub

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[1]
KILLED = """
import os, signal, sys
from importlib import import_module

from npqstats.fetch.fetch import fetch

module, name, count, when = sys.argv[1].split()
owner = import_module(module)
if "." in name:
    kind, name = name.split(".")
    owner = getattr(owner, kind)
inner, calls = getattr(owner, name), 0

def deadly(*arguments, **options):
    global calls
    calls += 1
    if calls == int(count) and when == "before":
        os.kill(os.getpid(), signal.SIGKILL)
    answer = inner(*arguments, **options)
    if calls == int(count):
        os.kill(os.getpid(), signal.SIGKILL)
    return answer

setattr(owner, name, deadly)
fetch(project=sys.argv[2])
"""
STAGES = [
    "npqstats.fetch.delivery check 1 before",
    "npqstats.catalogue.lock text 1 before",
    "pathlib Path.replace 1 after",
    "pathlib Path.replace 2 after",
    "os fsync 6 before",
]


def killed(stage: str, fetching: Fetching) -> None:
    """Fetch in a process that kills itself at a stage."""
    ran = subprocess.run(
        [sys.executable, "-c", KILLED, stage, str(fetching.root)],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    assert ran.returncode == -signal.SIGKILL, ran.stderr.decode()


def hidden(fetching: Fetching) -> list[str]:
    return [path.name for path in fetching.project.raw.rglob(".*")]


@pytest.mark.parametrize("stage", [*STAGES, "pathlib Path.rename 1 after"])
def test_a_kill_leaves_the_edition_that_was_here_and_the_next_run_finishes(
    fetching: Fetching, stub: Stub, stage: str
) -> None:
    fetching()
    before = fetching.files()
    build(fetching.project)
    stub.set("amended")
    killed(stage, fetching)
    now = fetching.files()
    assert {name: now[name] for name in before if name != lock.NAME} == {
        name: content for name, content in before.items() if name != lock.NAME
    }
    build(fetching.project)
    fetching()
    assert fetching.tables() == [f"{edition}/{name}" for edition in ("2024-25", "2024-25.1") for name in NAMES]
    assert hidden(fetching) == []
    build(fetching.project, frozen=True)


@pytest.mark.parametrize("stage", ["npqstats.catalogue.lock text 1 before", "pathlib Path.replace 3 after"])
def test_a_kill_leaves_excerpts_or_whole_files_and_the_next_run_finishes(fetching: Fetching, stage: str) -> None:
    shutil.copytree(PUBLISHED, fetching.project.raw)
    before = fetching.files()
    killed(stage, fetching)
    now = fetching.files()
    rows = {"completions": 661, "participants": 2653, "school_coverage": 73, "workforce": 13}
    for name in (f"2024-25/{name}" for name in NAMES):
        (lines,) = (count for part, count in rows.items() if part in name)
        assert now[name] == before[name] or now[name].count(b"\n") == lines
    fetching()
    assert hidden(fetching) == []
    assert fetching.files()["2024-25/npq_participants.csv"].count(b"\n") == rows["participants"]
    build(fetching.project, frozen=True)


@pytest.mark.parametrize(
    ("sent", "status", "how"), [(signal.SIGTERM, 143, "stall"), (signal.SIGINT, 130, "stall-halfway")]
)
def test_a_run_that_is_told_to_stop_cleans_up(
    fetching: Fetching, stub: Stub, sent: signal.Signals, status: int, how: str
) -> None:
    stub.break_next("/csv", how)
    with subprocess.Popen(
        [sys.executable, "-m", "npqstats", "--project", str(fetching.root), "fetch"],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    ) as running:
        stub.wait_for("/csv")
        running.send_signal(sent)
        assert running.wait(30) == status
        assert running.stderr is not None
        assert b"Traceback" not in running.stderr.read()
    assert fetching.files() == {}
    assert hidden(fetching) == []


def test_a_run_that_is_killed_while_it_waits_leaves_nothing_to_builds(fetching: Fetching, stub: Stub) -> None:
    stub.break_next("/csv", "stall-halfway")
    with subprocess.Popen(
        [sys.executable, "-m", "npqstats", "--project", str(fetching.root), "fetch"], cwd=ROOT
    ) as running:
        stub.wait_for("/csv")
        running.kill()
        assert running.wait(30) == -signal.SIGKILL
    assert hidden(fetching)
    with pytest.raises(DataError, match="no published file"):
        build(fetching.project)
    fetching()
    assert fetching.tables() == [f"2024-25/{name}" for name in NAMES]
    assert hidden(fetching) == []


@pytest.mark.parametrize("call", [1, 5, 7, 8])
def test_a_full_disk_is_one_line_and_loses_nothing(
    fetching: Fetching, stub: Stub, monkeypatch: pytest.MonkeyPatch, call: int
) -> None:
    fetching()
    before = fetching.files()
    stub.set("amended")
    inner, calls = os.fsync, [0]

    def full(handle: int) -> None:
        calls[0] += 1
        if calls[0] == call:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        inner(handle)

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(DataError) as error:
            fetching()
    situation, hint = told(error)
    assert "No space left on device" in situation
    assert "What was there before is kept." in hint
    now = fetching.files()
    assert {name: now[name] for name in before} == before
    fetching()
    assert hidden(fetching) == []
    build(fetching.project, frozen=True)


def test_a_folder_that_may_not_be_written_is_one_line(fetching: Fetching, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), "data/raw")

    monkeypatch.setattr(Path, "mkdir", refused)
    with pytest.raises(DataError, match=r"data/raw cannot be read or written: Permission denied\."):
        fetching()
