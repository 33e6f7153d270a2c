"""Observations to Parquet and back."""

import errno
import hashlib
import os
import re
from collections.abc import Callable, Iterable
from pathlib import Path

import polars as pl

from npqstats.catalogue import observations as table
from npqstats.project import Project


def write(frame: pl.DataFrame, build: Path, *, release: str, dataset: str, source: str, block: int = 0) -> str:
    """Write the observations of a block of a file into a build.

    Returns:
        The name of the Parquet file below `build`, in the partition of `release` and `dataset`.
    """
    stem = hashlib.sha256(source.encode()).hexdigest()[:8]
    part = f"release={release}/dataset={dataset}/{stem}{f'-{block}' * (block > 0)}.parquet"
    path = build / part
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
    return part


def _disk_error(error: pl.exceptions.ComputeError) -> Exception:
    """Return the system's own error where Polars reports one, such as a full disk, as a fault of the file format."""
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
    """Run a query over the current build; if a new build replaces it meanwhile, over that one."""
    while True:
        build = project.observations.resolve()
        try:
            return query(scan(build)).collect()
        except (OSError, pl.exceptions.PolarsError):
            if project.observations.resolve() == build:
                raise


def rank(name: str, best_first: Iterable[str]) -> pl.Expr:
    """Order by a column of words, of which some come first and all others last."""
    ranks = {value: position for position, value in enumerate(best_first)}
    return pl.col(name).cast(pl.String).replace_strict(ranks, default=len(ranks), return_dtype=pl.Int32)
