"""The way of one table through this room: text, typed, judged, observations; a block at a time."""

import shutil
from collections import deque
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from npqstats.catalogue.catalogue import Layout
from npqstats.ingest import read, repeats, reported, rules, tidy
from npqstats.ingest.unpack import Stream

_AHEAD = 3
"""Frames that may be read ahead: more would only cost memory."""


@dataclass(frozen=True)
class Batch:
    """What one block of a file came to."""

    rows: int
    observations: pl.DataFrame
    """The columns of `observations.SCHEMA`; for reported figures also `release`."""
    disagreements: pl.DataFrame
    """The columns of `rules.FAILURES`: published figures that contradict each other."""


def batches(stream: Stream, source: str, columns: list[str], layout: Layout, scratch: Path) -> Iterator[Batch]:
    """Read a file whose header has been read.

    Args:
        stream: The opened file.
        source: Its name under data/raw/.
        columns: Its header.
        layout: What the columns mean.
        scratch: A folder that does not exist yet; used while reading, then removed.

    Raises:
        DataError: A row does not fit, a rule of the broken kind fails, or a row is printed twice.
    """
    if layout.kind == "figures":
        for rows in read.frames(stream, source, columns):
            observations = reported.observations(rows, layout, source)
            yield Batch(rows.height, observations, pl.DataFrame(schema=rules.FAILURES))
        return
    judges = rules.rules_for(layout)
    seen = repeats.KeysSeen(scratch)
    try:
        for text in _ahead(read.frames(stream, source, columns)):
            rows = tidy.typed(text, layout, source)
            broken, disagreements = rules.failures(rows, judges, source)
            if broken.height:
                raise rules.broken(broken)
            seen.add(rows)
            yield Batch(rows.height, tidy.observations(rows, layout, source), disagreements)
        if pairs := seen.repeated_lines():
            raise repeats.repeated(pairs, source)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _ahead(frames: Iterator[pl.DataFrame]) -> Iterator[pl.DataFrame]:
    """Give the frames, the next ones being read while one is worked on."""
    with ThreadPoolExecutor(1) as pool:
        coming = deque(pool.submit(next, frames, None) for _ in range(_AHEAD))
        while (frame := coming.popleft().result()) is not None:
            coming.append(pool.submit(next, frames, None))
            yield frame
