"""Observations to Parquet and back."""

import errno
import hashlib
import os
import re
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from types import TracebackType

import polars as pl

from npqstats.catalogue import observations as table
from npqstats.project import Project
from npqstats.store.state import link

_WAITING = 3
"""Frames that may wait to be written while the next is read: more would only cost memory."""


class Writer:
    """Writes frames of observations into a build, one after the other, while the next is being made."""

    def __init__(self, build: Path) -> None:
        """Write below `build`, an existing folder."""
        self._build = build
        self._pool = ThreadPoolExecutor(1)
        self._pending: list[Future[None]] = []
        self.parts: list[str] = []

    def __enter__(self) -> "Writer":
        """Use it in a `with` block: at its end all is written."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Finish what is waiting, or drop it after an error."""
        try:
            while self._pending and error is None:
                self._pending.pop(0).result()
        finally:
            self._pool.shutdown(cancel_futures=True)

    def add(self, frame: pl.DataFrame, *, release: str, dataset: str, source: str) -> None:
        """Queue a frame for writing to the partition of `release` and `dataset`."""
        stem = hashlib.sha256(source.encode()).hexdigest()[:8]
        part = f"release={release}/dataset={dataset}/{stem}-{len(self.parts):05d}.parquet"
        self.parts.append(part)
        while len(self._pending) >= _WAITING:
            self._pending.pop(0).result()
        self._pending.append(self._pool.submit(_write, frame, self._build / part, source))


def _write(frame: pl.DataFrame, path: Path, source: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        frame.write_parquet(
            path,
            compression="snappy",
            row_group_size=_rows_of_one_measure(frame),
            statistics=False,
            metadata={"source": f"data/raw/{source}", "made_by": "npqstats"},
        )
    except pl.exceptions.ComputeError as error:
        raise _disk_error(error) from error


def _disk_error(error: pl.exceptions.ComputeError) -> Exception:
    """Give the system's own error where Polars reports one, such as a full disk, as a fault of the file format."""
    if match := re.search(r"\(os error (\d+)\)", str(error)):
        return OSError(int(match[1]), os.strerror(int(match[1])))
    if "transport error" in str(error):
        return OSError(errno.ENOSPC, "the disk did not take a whole file, and may be full")
    return error


def _rows_of_one_measure(frame: pl.DataFrame) -> int:
    """Size row groups so that each holds one measure: quickest to write, and to read one measure."""
    return max(1, frame.height // max(1, frame.get_column("measure").rle().len()))


def scan(build: Path) -> pl.LazyFrame:
    """Open a build: the columns of `observations.SCHEMA`, `release` and `dataset`."""
    return pl.scan_parquet(
        build / "**/*.parquet",
        hive_partitioning=True,
        hive_schema=table.PARTITION,
        try_parse_hive_dates=False,
    )


def read(project: Project, query: Callable[[pl.LazyFrame], pl.LazyFrame]) -> pl.DataFrame:
    """Run a query over the build that stands; if a new build takes its place meanwhile, over that one."""
    while True:
        build = link(project).resolve()
        try:
            return query(scan(build)).collect()
        except (OSError, pl.exceptions.PolarsError):
            if link(project).resolve() == build:
                raise
