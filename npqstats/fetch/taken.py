"""Files that a person downloaded: CSVs, packed or not, and the zip of all files of a release."""

import hashlib
import os
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from npqstats.catalogue.catalogue import release_in
from npqstats.catalogue.lock import Line, PassedOver
from npqstats.errors import DataError, UsageError
from npqstats.fetch.checked import Fresh, Offered, checked
from npqstats.fetch.landed import Arrived
from npqstats.ingest import unpack
from npqstats.ingest.find import RawFile, members
from npqstats.ingest.paths import raw_paths
from npqstats.listeners import Progress
from npqstats.vocabulary.names import slug
from npqstats.vocabulary.periods import AcademicYear

_GUIDANCE = ("data-guidance/data-guidance.txt", "data-guidance.txt")
_TITLE = re.compile(r"^Academic year (\d{4}/\d{2})\b", re.IGNORECASE)
_LONGEST_GUIDANCE = 1 << 22
_BLOCK = 1 << 20


def taken(source: Path, release: str | None, staging: Path, *, progress: Progress) -> Arrived:
    """Copy the files that a person has into a hidden folder, and check each.

    Args:
        source: A CSV, a .csv.gz, a zip, or a folder of these.
        release: The release that they are of; None to find it in the data guidance beside them or in their name.
        staging: The hidden folder.
        progress: Told how far the copying is.

    Raises:
        UsageError: There is nothing there, or it does not say of which release it is, or says another than was given.
        DataError: A file is hostile or does not fit.
    """
    if not source.exists():
        raise UsageError(f"There is no file {source}.", "Name a CSV file, a .csv.gz, a zip, or a folder of these.")
    files = raw_paths(source) if source.is_dir() else [source]
    if not files:
        raise DataError(f"{source} holds no CSV, .csv.gz or zip.", "Name the folder that the download is in.")
    name = _release_of(source, files, release)
    tables = [table for path in files for table in _tables(path, name)]
    fresh: list[Fresh] = []
    passed_over: list[PassedOver] = []
    for number, table in enumerate(tables):
        title = Path(table.member or table.path.name).name
        offered = _copied(table, staging / str(number), title, progress)
        found = checked(offered)
        if isinstance(found, str):
            passed_over.append(PassedOver(release=name, id="", title=title, why=found))
        else:
            fresh.append(found)
    if not fresh:
        why = f": {passed_over[0].title!r} is about the {passed_over[0].why}" if passed_over else ""
        raise DataError(f"{source} holds no data set about NPQs{why}.", "Name the files of the NPQ data sets.")
    return Arrived(release=name, fresh=fresh, passed_over=passed_over, is_current=False)


def _release_of(source: Path, files: list[Path], given: str | None) -> str:
    """Find the release of downloaded files: as the data guidance says, as given, or as the zip or folder is named."""
    told = _told(source, files)
    name = AcademicYear.parse(given).slug if given else told
    if told and name != told:
        raise UsageError(f"The data guidance of {source} says {told}, and --as says {name}.", "Leave out --as.")
    if name:
        return name
    for path in (source, *files):
        if (name := release_in(path.stem if path.is_file() else path.name)) and "." not in name:
            return name
    for path in (path for path in files if path.suffix.lower() == ".zip"):
        members(path, str(path))  # One that cannot be read says nothing, and is to be told as such.
    raise UsageError(
        f"{source} does not say of which release it is.", "Say it with --as, such as --as 2024-25, or name the zip."
    )


def _told(source: Path, files: list[Path]) -> str | None:
    """Read the release in the data guidance; None where there is none, or it does not say."""
    lines = (line.strip() for text in _guidance(source, files) for line in text.splitlines()[:5])
    match = next(filter(None, map(_TITLE.match, lines)), None)
    return AcademicYear.parse(match[1]).slug if match else None


def _guidance(source: Path, files: list[Path]) -> Iterator[str]:
    folder = source if source.is_dir() else source.parent
    for name in _GUIDANCE if source.is_dir() else ():
        if (folder / name).is_file():
            with (folder / name).open("rb") as file:
                yield file.read(_LONGEST_GUIDANCE).decode("utf-8-sig", "replace")
    for path in (path for path in files if path.suffix.lower() == ".zip"):
        try:
            with zipfile.ZipFile(path) as archive:
                for name in (name for name in _GUIDANCE if name in archive.namelist()):
                    with archive.open(name) as member:
                        yield member.read(_LONGEST_GUIDANCE).decode("utf-8-sig", "replace")
        except (*unpack.UNREADABLE, ValueError):
            continue  # What is wrong with it is told where its tables are read.


def _tables(path: Path, release: str) -> list[RawFile]:
    suffix = path.suffix.lower()
    if suffix == ".zip":
        inside = members(path, str(path))
        return [RawFile(path, f"{release}/{Path(one.filename).name}", release, one.filename) for one in inside]
    if not path.name.lower().endswith((".csv", ".csv.gz")):
        raise UsageError(f"{path} is no CSV, .csv.gz or zip.", "Name the file as it was downloaded.")
    return [RawFile(path, f"{release}/{path.name}", release)]


def _copied(table: RawFile, folder: Path, title: str, progress: Progress) -> Offered:
    """Unpack a table into a hidden folder, counted and hashed on the way."""
    folder.mkdir()
    target = folder / f"{slug(title.lower().removesuffix('.gz').removesuffix('.csv')) or 'data-set'}.csv"
    digest, count = hashlib.sha256(), 0
    try:
        with unpack.opened(table) as stream, target.open("wb") as copy:
            while block := stream.read_lines(_BLOCK):
                copy.write(block)
                digest.update(block)
                count += len(block)
                progress(title, count, 0)
            copy.flush()
            os.fsync(copy.fileno())
    except DataError as error:
        raise DataError(f"{table.path}: {error.message}", error.hint) from error
    line = Line(name=f"{table.release}/x", release=table.release, dataset="", sha256=digest.hexdigest(), bytes=count)
    now = datetime.now(UTC).replace(microsecond=0)
    return Offered(path=target, title=title, release=table.release, line=replace(line, fetched_at=now))
