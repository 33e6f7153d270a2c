"""Tests a file that was delivered as a build would, before it reaches data/raw/."""

from dataclasses import dataclass, field, replace
from pathlib import Path

import polars as pl

from npqstats.catalogue.catalogue import Layout, data_set_id, published_rows
from npqstats.catalogue.lock import LockedFile, LockedRelease, PassedOver
from npqstats.errors import DataError, ServiceError
from npqstats.fetch.discover import Extent, Note
from npqstats.fetch.local import rows_of
from npqstats.ingest import intake, recognise, unpack
from npqstats.ingest.find import RawFile
from npqstats.vocabulary.periods import AcademicYear

_UNCHANGED = "Nothing of its release was changed here."


@dataclass(frozen=True, kw_only=True)
class Received:
    """A file as it was received, in a staging folder."""

    path: Path
    title: str
    release: str
    line: LockedFile
    """What the lock would say of it, without its name, data set and rows."""
    extent: Extent = field(default_factory=Extent)
    """What it must hold, as the service or the data guidance says."""


@dataclass(frozen=True, kw_only=True)
class Checked:
    """A data set that fits and waits in a staging folder."""

    file: RawFile
    title: str
    dataset: str
    line: LockedFile
    """What the lock will say of it; its name and release are those of the release's first edition."""

    @property
    def rows(self) -> int:
        """How many rows are below its header."""
        return self.line.rows or 0


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """A release in a staging folder: checked files, and what is known of them."""

    release: str
    files: list[Checked]
    passed_over: list[PassedOver]
    about: LockedRelease | None = None
    """What the service says of the release; None for files that a person downloaded."""
    notes: tuple[Note, ...] = ()
    is_current: bool = True
    """Whether this is the present state of the release; what a person downloaded may be an earlier one."""
    withdrawn: frozenset[str] = frozenset()
    """Data sets that were fetched before and that the service no longer lists."""


def check(received: Received) -> Checked | str:
    """Check a file as a build would.

    Returns:
        The data set or, where it is not about NPQs, the reason for passing it over.

    Raises:
        DataError: It does not fit; where columns changed, the message lists which.
        ServiceError: It is cut short.
    """
    file = RawFile(received.path, f"{received.release}/{received.path.name}", received.release)
    layout = _layout(file, received.title)
    if isinstance(layout, str):
        return layout
    _check_rows(file, received)
    try:
        taken = intake.taken(unpack.content(file), file, layout)
    except DataError as error:
        raise _refused(received.title, error) from error
    levels = set(taken.observations.get_column("geographic_level").cast(pl.String).str.to_lowercase())
    _check_extent(received, levels, max(taken.observations.get_column("time_period")))
    name = f"{layout.dataset.replace('-', '_')}.csv"
    line = replace(
        received.line,
        name=f"{received.release}/{name}",
        dataset=layout.dataset,
        id=received.line.id or data_set_id(layout.title, received.release),
        rows=taken.rows,
        rows_expected=received.extent.rows or published_rows(layout.title, received.release),
    )
    return Checked(file=file, title=received.title, dataset=layout.dataset, line=line)


def observations(file: RawFile) -> pl.DataFrame:
    """Read a data set that fits as observations, without storing them."""
    content = unpack.content(file)
    return intake.taken(content, file, intake.layout_of(content, file.source)).observations


def _layout(file: RawFile, title: str) -> Layout | str:
    """Recognise a file; one that fits no layout is passed over if neither title nor columns mention NPQs."""
    try:
        columns = recognise.header(unpack.content(file), file.source)
    except DataError as error:
        raise _refused(title, error) from error
    try:
        layout = recognise.layout_of(columns, file.source)
    except DataError as error:
        if not any("npq" in name for name in (title.lower(), *columns)):
            return "neither its title nor its columns mention NPQs"
        raise _refused(title, error) from error
    if layout.kind == "passed-over":
        return layout.why
    if layout.kind != "wide":
        raise DataError(f"{title!r} has the columns of {layout.title!r}, which is not a published file.", _UNCHANGED)
    return layout


def _refused(title: str, error: DataError) -> DataError:
    return DataError(f"{title!r} does not fit. {error.message}", f"{error.hint} {_UNCHANGED}")


def _check_rows(file: RawFile, received: Received) -> None:
    expected = received.extent.rows
    if expected is None or (count := rows_of(file)) == expected:
        return
    is_short = " is cut short: it" if count < expected else ""
    raise ServiceError(
        f"{received.title!r}{is_short} has {count:,} rows, and the service counts {expected:,}.",
        f"{_UNCHANGED} Try again later: it was not sent whole, or is being replaced just now.",
    )


def _check_extent(received: Received, levels: set[str], last_period: int) -> None:
    last = received.extent.last_year
    missing = sorted(received.extent.levels - levels)
    if last and AcademicYear.parse(last).code > last_period:
        missing.append(last)
    if missing:
        raise ServiceError(
            f"{received.title!r} is cut short: DfE says that it has rows for {', '.join(missing)}, and it has none.",
            f"{_UNCHANGED} Download it again.",
        )
