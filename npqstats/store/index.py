"""Every published cell, best first, in a file beside the build that opens without Polars.

`find` and `factcheck` look up thousands of single cells, and for that Python's dictionaries are the quicker table.
The file is written when it is first asked for, and goes when its build goes. Its first line is the hash of the second:
one that is damaged is made again.
"""

import hashlib
import json
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from npqstats.catalogue.catalogue import dataset_order, newest_first
from npqstats.errors import DataError
from npqstats.project import Project
from npqstats.store.atomic import write_files

NAME = "_index.jsonl"
"""Readers of Parquet datasets pass over names that begin with an underscore."""
_COLUMNS = {"level": "geographic_level", "location": "area", "period": "time_period"}
FIELDS = (
    *("measure", "funding", "basis", "breakdown", "group", "level", "location", "suite", "first_period", "period"),
    *("release", "dataset", "value", "raw", "evidence", "source", "line", "column", "group_label", "location_name"),
    *("citation", "note"),
)
"""What is kept of a cell, by the names that a `Fact` has."""


class Index:
    """Cells by column: numbers before symbols, official before reported, then the newest release first."""

    def __init__(self, kept: dict[str, tuple[list[Any], list[int]]]) -> None:
        """Take for each column its different values and, for each cell, the place of its own among them."""
        self._kept = kept
        self._columns: dict[str, list[Any]] = {}

    def __len__(self) -> int:
        """How many cells there are."""
        return len(self._kept["value"][1])

    def column(self, name: str) -> list[Any]:
        """Return a column: one of `FIELDS`."""
        if name not in self._columns:
            values, places = self._kept[name]
            self._columns[name] = list(map(values.__getitem__, places))
        return self._columns[name]

    def row(self, number: int) -> tuple[Any, ...]:
        """Return a cell, its values in the order of `FIELDS`."""
        return tuple(values[places[number]] for values, places in self._kept.values())

    def take(self, rows: Iterable[int]) -> "Index":
        """Keep some cells, in this order."""
        rows = list(rows)
        return Index({name: (values, [places[row] for row in rows]) for name, (values, places) in self._kept.items()})


def read(project: Project) -> Index:
    """Open the index of the current build; one that is not there, or is damaged, is made from its observations."""
    path = project.observations.resolve() / NAME
    with suppress(OSError):
        told, _, content = path.read_bytes().partition(b"\n")
        if told == _hash(content):
            return Index(json.loads(content))
    columns = {name: _coded(values) for name, values in _columns(project).items()}
    content = json.dumps(columns, separators=(",", ":")).encode()
    with suppress(OSError, DataError):
        write_files({path: _hash(content) + b"\n" + content})
    return Index(columns)


def _hash(content: bytes) -> bytes:
    return json.dumps(hashlib.sha256(content).hexdigest()).encode()


def _coded(values: list[Any]) -> tuple[list[Any], list[int]]:
    places: dict[Any, int] = {}
    rows = [places.setdefault(value, len(places)) for value in values]
    return list(places), rows


def _columns(project: Project) -> dict[str, list[Any]]:
    import polars as pl

    from npqstats.store import parquet

    fields = [pl.col(_COLUMNS.get(name, name)).alias(name) for name in FIELDS]
    table = parquet.read(project, lambda observations: observations.select(fields))
    table = table.sort(
        pl.col("value").is_null(),
        pl.col("evidence") == "reported",
        parquet.rank("release", newest_first(table.get_column("release").unique())),
        "evidence",
        parquet.rank("dataset", dataset_order()),
        "line",
        maintain_order=True,
    )
    return {name: table.get_column(name).to_list() for name in FIELDS}
