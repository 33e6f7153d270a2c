"""Rows that a file prints twice, found without keeping the file in memory."""

from pathlib import Path

import polars as pl

from npqstats.catalogue import observations as table
from npqstats.errors import DataError
from npqstats.ingest.faults import LINE
from npqstats.vocabulary.names import listed

_KEY = [name for name in table.KEY if name not in ("first_period", "suite")]
"""What tells rows apart in a file of one suite and of single years."""


class KeysSeen:
    """Remembers the key of every row of a file on disk, so that memory does not grow with the file."""

    _PER_BUCKET = 10_000_000

    def __init__(self, folder: Path) -> None:
        """Keep the keys in `folder`, which is made and must be removed by the caller."""
        self._folder = folder
        self._rows = 0
        self._parts = 0
        folder.mkdir(parents=True)

    def add(self, rows: pl.DataFrame) -> None:
        """Take note of the keys of typed rows."""
        keys = rows.select(_hash(), LINE)
        keys.write_ipc(self._folder / f"{self._parts}.arrow", compression="uncompressed")
        self._parts += 1
        self._rows += rows.height

    def repeated_lines(self) -> list[tuple[int, int]]:
        """List pairs of lines (the earlier first) with the same key, the first ten of them."""
        seen = pl.scan_ipc(self._folder / "*.arrow")
        buckets = -(-self._rows // self._PER_BUCKET)
        pairs: list[tuple[int, int]] = []
        for bucket in range(buckets):
            share = seen.filter(pl.col("key") % buckets == bucket) if buckets > 1 else seen
            keys = share.select("key").collect().get_column("key")
            if keys.n_unique() < keys.len():
                repeated = keys.filter(keys.is_duplicated()).unique()
                twins = share.filter(pl.col("key").is_in(repeated.implode())).collect().sort("key", LINE)
                first = twins.group_by("key", maintain_order=True).agg(pl.col(LINE).head(2)).get_column(LINE)
                pairs += [(pair[0], pair[1]) for pair in first]
        return sorted(pairs, key=lambda pair: pair[1])[:10]


def _hash() -> pl.Expr:
    """Give 64 bits of a row's key; in 20 million rows, two different keys meet once in 100,000 files."""
    hashes = [pl.col(name).hash(seed=place) * (2 * place + 3) for place, name in enumerate(_KEY)]
    return pl.sum_horizontal(hashes).alias("key")


def repeated(pairs: list[tuple[int, int]], source: str) -> DataError:
    """Make the error for rows that a file prints twice."""
    earlier, later = pairs[0]
    more = f" More lines repeat others: {listed(str(pair[1]) for pair in pairs[1:])}." if len(pairs) > 1 else ""
    return DataError(
        f"data/raw/{source}:{later}: the same period, place, funding and group as line {earlier}.",
        f"Each may stand in a file once; ask which line is right.{more}",
    )
