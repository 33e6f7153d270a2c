"""What is measured: each check makes its data, races npqstats against a yardstick, and cleans up."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.measure import ROOT, Run, Verdict, mebibytes, race, run, timed

QUICK = 7
"""Runs of a command that takes a fraction of a second."""
SLOW = 3
"""Runs of an ingest."""
MOST_MEMORY = 3 * 2**29
"""1.5 GiB, in bytes."""
_NPQSTATS = ("-m", "npqstats")
_TWO_COMMANDS = ("-m", "bench.two_commands", "--help")

Check = Callable[[int], Iterator[Verdict]]


def help_page(_: int) -> Iterator[Verdict]:
    """Time `--help`."""
    yield timed("npqstats --help", *_quick((*_NPQSTATS, "--help"), _TWO_COMMANDS), 1.2)


def idle(_: int) -> Iterator[Verdict]:
    """Time a build that has nothing to do."""
    for name, fill in _DATA.items():
        with _project() as project:
            fill(project / "data" / "raw")
            run(*_build(project))
            yield timed(f"build, nothing changed: {name}", *_quick(_build(project), _TWO_COMMANDS), 1.2)


def compare(_: int) -> Iterator[Verdict]:
    """Time a comparison of two years."""
    for name, fill in _DATA.items():
        with _project() as project:
            fill(project / "data" / "raw")
            run(*_build(project))
            ours = (*_NPQSTATS, "--project", project, "compare", "2023-24", "2024-25")
            yield timed(f"compare: {name}", *_quick(ours, ("-m", "bench.bare", project)), 1.3)


def chart(_: int) -> Iterator[Verdict]:
    """Time a chart, with all of its four files."""
    for name, fill in _DATA.items():
        with _project() as project:
            fill(project / "data" / "raw")
            run(*_build(project))
            ours = (*_NPQSTATS, "--project", project, "chart", "trend", "--out", project)
            yield timed(f"chart: {name}", *_quick(ours, ("-m", "bench.one_line", project / "bare.svg")), 1.5)


def report(_: int) -> Iterator[Verdict]:
    """Time a report, and one that has nothing to do."""
    for name, fill in _DATA.items():
        with _project() as project:
            fill(project / "data" / "raw")
            run(*_build(project))
            ours = (*_NPQSTATS, "--project", project, "report")
            drawn, bare = race(
                ours,
                ("-m", "bench.one_line", project / "bare.svg"),
                SLOW,
                before_each=lambda project=project: shutil.rmtree(project / "reports", ignore_errors=True),  # type: ignore[misc]
            )
            run(*ours)
            written = [path for path in (project / "reports").rglob("*") if path.is_file()]
            size = f"{len(written)} files, {mebibytes(sum(path.stat().st_size for path in written))}"
            yield timed(f"report: {name}", drawn, bare, float("inf"), size)
            yield timed(f"report, nothing changed: {name}", *_quick(ours, _TWO_COMMANDS), 1.2)


def ingest(rows: int) -> Iterator[Verdict]:
    """Time the ingest of many rows."""
    with _many(rows) as (project, file):
        plain = ("-m", "bench.plain_ingest", file, project / "plain.parquet")
        ours, yardstick = race(_build(project), plain, SLOW, before_each=lambda: _empty(project))
    per_second = f"{rows / ours.seconds:,.0f} rows/s against {rows / yardstick.seconds:,.0f}"
    yield timed(f"ingest of {rows:,} rows", ours, yardstick, 2.0, per_second)


def memory(rows: int) -> Iterator[Verdict]:
    """Weigh the ingest of half as many and of twice as many rows."""
    peaks: list[int] = []
    for many in (rows // 2, rows * 2):
        with _many(many) as (project, _):
            weighed = run(*_build(project))
        peaks.append(weighed.peak)
        speed = f"{many / weighed.seconds:,.0f} rows/s"
        shown = (mebibytes(weighed.peak), mebibytes(MOST_MEMORY))
        yield Verdict(f"memory of {many:,} rows", *shown, weighed.peak / MOST_MEMORY, 1.0, speed)
    few, most = peaks
    yield Verdict("memory of four times the rows", mebibytes(most), mebibytes(few), most / few, 1.25)


CHECKS: dict[str, Check] = {
    "help": help_page,
    "idle": idle,
    "compare": compare,
    "chart": chart,
    "report": report,
    "ingest": ingest,
    "memory": memory,
}


def _quick(ours: tuple[str | Path, ...], yardstick: tuple[str | Path, ...]) -> tuple[Run, Run]:
    """Race two quick commands after one run of each that fills the caches."""
    race(ours, yardstick, 1)
    return race(ours, yardstick, QUICK)


def _build(project: Path) -> tuple[str | Path, ...]:
    """Give the arguments of a build."""
    return (*_NPQSTATS, "--project", project, "build")


def _at_hand(raw: Path) -> None:
    """Copy the repository's own data."""
    shutil.copytree(ROOT / "data" / "raw", raw)


def _full_size(raw: Path) -> None:
    """Make up a full-size release."""
    run("-m", "tests.made_up", raw / "2024-25")


_DATA = {"the data at hand": _at_hand, "a full-size release": _full_size}


@contextmanager
def _many(rows: int) -> Iterator[tuple[Path, Path]]:
    """Give a project with a made-up participants file of that many rows, and the file."""
    with _project() as project:
        folder = project / "data" / "raw" / "2024-25"
        run("-m", "tests.made_up", folder, "--rows", str(rows))
        os.sync()  # or the first run would share the disk with what is still being written
        yield project, folder / "npq_participants.csv"


@contextmanager
def _project() -> Iterator[Path]:
    """Give an empty folder, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="npqstats-bench-") as folder:
        yield Path(folder)


def _empty(project: Path) -> None:
    """Take away what the run before wrote."""
    shutil.rmtree(project / "data" / "processed", ignore_errors=True)
    (project / "plain.parquet").unlink(missing_ok=True)
