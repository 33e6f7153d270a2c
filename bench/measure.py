"""How long one command takes and how much memory it needs, against a yardstick."""

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
Command = Sequence[str | Path]
"""Arguments of this Python."""


class CommandFailedError(Exception):
    """A measured command did not end well, so its time says nothing."""


@dataclass(frozen=True)
class Run:
    """What one run of a command took: seconds, and bytes of memory at its peak."""

    seconds: float
    peak: int

    def __str__(self) -> str:
        return f"{self.seconds:.3f} s, {self.peak / 2**20:,.0f} MiB"


@dataclass(frozen=True)
class Result:
    """One line of the table: ours and a yardstick, as text, and how many times the yardstick ours may take."""

    what: str
    ours: str
    yardstick: str
    ratio: float
    bound: float

    @property
    def is_ok(self) -> bool:
        """Whether the bound holds."""
        return self.ratio <= self.bound


def run(command: Command) -> Run:
    """Run this Python with some arguments, from the root of the repository.

    The peak is that of the process and of those it waited for. It counts from before the process became
    Python, so whoever calls this must be small: nothing here may import Polars.

    Raises:
        CommandFailedError: The command ended with another status than 0, or 1: a check that found something.
    """
    # Compiled modules are kept, as they are for users.
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment = {name: value for name, value in kept.items() if not name.startswith("NPQSTATS_")}
    with tempfile.TemporaryFile() as said:
        begun = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, *command], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=said
        )
        try:
            _, status, used = os.wait4(process.pid, 0)
        except BaseException:
            process.kill()
            process.wait()
            raise
        seconds = time.perf_counter() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        lines = said.read().decode(errors="replace").strip().splitlines()
    if process.returncode not in (0, 1) or any(line.startswith("Traceback ") for line in lines):
        asked = " ".join(map(str, command))
        raise CommandFailedError(f"python {asked}: exit status {process.returncode}: {''.join(lines[-1:])}")
    return Run(seconds, used.ru_maxrss * (1 if sys.platform == "darwin" else 1024))


def race(
    what: str,
    ours: Command,
    yardstick: Command,
    bound: float,
    *,
    runs: int = 5,
    before_each: Callable[[], None] = lambda: None,
) -> Result:
    """Run two commands in turn, after one run of each that fills the caches, and compare their best times."""
    found: dict[int, list[Run]] = {0: [], 1: []}
    for turn in range(runs + 1):
        for which, command in enumerate((ours, yardstick)):
            before_each()
            taken = run(command)
            if turn:
                found[which].append(taken)
    first, second = (min(kept, key=lambda taken: taken.seconds) for kept in found.values())
    return Result(what, str(first), str(second), first.seconds / second.seconds, bound)
