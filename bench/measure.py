"""How long one command takes, how much memory it needs, and whether that is within bounds."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]


class CommandFailedError(Exception):
    """A measured command did not end well, so its time says nothing."""


@dataclass(frozen=True)
class Run:
    """What one run of a command took: seconds, and bytes of memory at its peak."""

    seconds: float
    peak: int


@dataclass(frozen=True)
class Verdict:
    """One line of the table: ours against a yardstick, both as text, and how many times it we may take."""

    what: str
    ours: str
    yardstick: str
    ratio: float
    bound: float
    remark: str = ""

    @property
    def is_ok(self) -> bool:
        """Whether the bound holds."""
        return self.ratio <= self.bound


def run(*arguments: str | Path) -> Run:
    """Run this Python with some arguments, from the root of the repository.

    The peak is that of the process and of those it waited for. It counts from before the process became
    Python, so whoever calls this must be small: nothing here may import Polars.

    Raises:
        CommandFailedError: The command ended with another status than 0.
    """
    environment = {name: value for name, value in os.environ.items() if not name.startswith("NPQSTATS_")}
    with tempfile.TemporaryFile() as said:
        begun = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, *arguments], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=said
        )
        try:
            _, status, used = os.wait4(process.pid, 0)
        except BaseException:
            process.kill()
            process.wait()
            raise
        seconds = time.perf_counter() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            last = said.read().decode(errors="replace").strip().splitlines()[-1:]
            asked = " ".join(map(str, arguments))
            raise CommandFailedError(f"python {asked}: exit status {process.returncode}: {''.join(last)}")
    return Run(seconds, used.ru_maxrss * (1 if sys.platform == "darwin" else 1024))


def race(
    ours: Sequence[str | Path],
    yardstick: Sequence[str | Path],
    runs: int,
    *,
    before_each: Callable[[], None] = lambda: None,
) -> tuple[Run, Run]:
    """Run two commands in turn, and keep the best time and the highest peak of each."""
    found: tuple[list[Run], list[Run]] = ([], [])
    for _ in range(runs):
        for command, kept in zip((ours, yardstick), found, strict=True):
            before_each()
            kept.append(run(*command))
    first, second = (Run(min(r.seconds for r in kept), max(r.peak for r in kept)) for kept in found)
    return first, second


def timed(what: str, ours: Run, yardstick: Run, bound: float, remark: str = "") -> Verdict:
    """Judge a time by a yardstick's."""
    first, second = (f"{run.seconds:.3f} s, {mebibytes(run.peak)}" for run in (ours, yardstick))
    return Verdict(what, first, second, ours.seconds / yardstick.seconds, bound, remark)


def mebibytes(peak: int) -> str:
    """Print an amount of memory."""
    return f"{peak / 2**20:,.0f} MiB"
