"""A file that has come, looked at as the build would, before anything else sees it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from npqstats.catalogue.catalogue import Layout, data_set_id
from npqstats.catalogue.lock import Line
from npqstats.errors import DataError, ServiceError
from npqstats.fetch.here import rows_of
from npqstats.ingest import recognise, unpack
from npqstats.ingest.batches import Batch, batches
from npqstats.ingest.find import RawFile


@dataclass(frozen=True, kw_only=True)
class Fresh:
    """A data set that has come, is whole and fits, and waits for its place."""

    file: RawFile
    title: str
    dataset: str
    rows: int
    line: Line
    """What the lock will say of it; its name and release are those it would have in the release's first edition."""


@dataclass(frozen=True, kw_only=True)
class Offered:
    """A file that has come, and what is said of it."""

    path: Path
    title: str
    release: str
    line: Line
    """What the lock would say of it, but for its name, data set and rows."""
    rows: int | None = None
    """Rows that the service counts in it."""


def checked(offered: Offered) -> Fresh | str:
    """Look at a file as a build would.

    Returns:
        The data set or, where it is not about NPQs, why it is passed over.

    Raises:
        DataError: It does not fit; where columns changed, the message lists which.
        ServiceError: It has not as many rows as the service counts.
    """
    file = RawFile(offered.path, f"{offered.release}/{offered.path.name}", offered.release)
    layout = _layout(file, offered.title)
    if isinstance(layout, str):
        return layout
    _check_rows(file, offered)
    try:
        rows = sum(batch.rows for batch in _batches(file, layout, offered.path.with_suffix(".keys")))
    except DataError as error:
        raise _refused(offered.title, error) from error
    name = f"{layout.dataset.replace('-', '_')}.csv"
    line = replace(
        offered.line,
        name=f"{offered.release}/{name}",
        dataset=layout.dataset,
        id=offered.line.id or data_set_id(layout.title, offered.release),
        rows=rows,
    )
    return Fresh(file=file, title=offered.title, dataset=layout.dataset, rows=rows, line=line)


def observations(file: RawFile, scratch: Path) -> pl.DataFrame:
    """Read a data set that fits as observations, without storing them; `scratch` is a folder that is not there yet."""
    with unpack.opened(file) as stream:
        layout = recognise.layout_of(recognise.header(stream, file.source), file.source)
    return pl.concat(batch.observations for batch in _batches(file, layout, scratch))


def _layout(file: RawFile, title: str) -> Layout | str:
    """Recognise a file; one that fits nothing is passed over if neither title nor columns speak of NPQs."""
    try:
        with unpack.opened(file) as stream:
            columns = recognise.header(stream, file.source)
    except DataError as error:
        raise _refused(title, error) from error
    try:
        layout = recognise.layout_of(columns, file.source)
    except DataError as error:
        if not any("npq" in name for name in (title.lower(), *columns)):
            return "neither its title nor its columns speak of NPQs"
        raise _refused(title, error) from error
    if layout.kind == "passed-over":
        return layout.why
    if layout.kind != "wide":
        raise DataError(f"{title!r} has the columns of {layout.title!r}, which is no published file.", _NOTHING_KEPT)
    return layout


def _refused(title: str, error: DataError) -> DataError:
    return DataError(f"{title!r} does not fit. {error.message}", f"{error.hint} {_NOTHING_KEPT}")


_NOTHING_KEPT = "Nothing of its release was changed here."


def _check_rows(file: RawFile, offered: Offered) -> None:
    if offered.rows is not None and (count := rows_of(file)) != offered.rows:
        raise ServiceError(
            f"{offered.title!r} came with {count:,} rows, and the service counts {offered.rows:,}.",
            f"{_NOTHING_KEPT} Try again later: the file was cut short, or is being replaced just now.",
        )


def _batches(file: RawFile, layout: Layout, scratch: Path) -> Iterator[Batch]:
    with unpack.opened(file) as stream:
        columns = recognise.header(stream, file.source)
        yield from batches(stream, file.source, columns, layout, scratch)
