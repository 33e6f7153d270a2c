"""Takes files that a person downloaded (CSVs, compressed or not, and the zip of a release) into a staging folder."""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from npqstats.catalogue.catalogue import release_in
from npqstats.catalogue.lock import PassedOver
from npqstats.errors import DataError, UsageError
from npqstats.fetch.delivery import Delivery, Staged, check, file_in
from npqstats.fetch.discover import DataSet, Extent
from npqstats.ingest.raw import UNREADABLE, RawFile, members, raw_paths
from npqstats.store.atomic import fsync
from npqstats.vocabulary.periods import AcademicYear

_GUIDANCE = ("data-guidance/data-guidance.txt", "data-guidance.txt")
_TITLE = re.compile(r"^Academic year (\d{4}/\d{2})\b", re.IGNORECASE)
_FIELD = re.compile(r"^(Filename|Geographic levels|Time period): (.*)$", re.MULTILINE)
_LONGEST_GUIDANCE = 1 << 22


def from_files(source: Path, release: str | None, staging: Path) -> Delivery:
    """Copy downloaded files into a staging folder, and check each.

    Args:
        source: A CSV, a .csv.gz, a zip, or a folder of these.
        release: Their release; None: as the data guidance beside them or their name says.
        staging: The folder to copy into.

    Raises:
        UsageError: There is no such file, or its release is not known or contradicts the data guidance.
        DataError: A file is hostile or does not fit.
        ServiceError: A file is cut short.
    """
    if not source.exists():
        raise UsageError(f"There is no file {source}.", "Name a CSV file, a .csv.gz, a zip, or a folder of these.")
    paths = raw_paths(source) if source.is_dir() else [source]
    if not paths:
        raise DataError(f"{source} holds no CSV, .csv.gz or zip.", "Name the folder that the download is in.")
    guidance = list(_guidance(source, paths))
    name = _release_of(source, paths, release, guidance)
    extents = {name: extent for text in guidance for name, extent in _extents(text)}
    found = []
    for number, table in enumerate(table for path in paths for table in _tables(path, name)):
        title = Path(table.member or table.path.name).name
        copy = file_in(staging / str(number), title.lower().removesuffix(".gz").removesuffix(".csv"))
        try:
            copy.write_bytes(table.content())
        except DataError as error:
            raise DataError(f"{table.path}: {error.message}", error.hint) from error
        fsync(copy)
        found.append(check(copy, name, DataSet(id="", title=title, extent=extents.get(title.lower(), Extent()))))
    files = [one for one in found if isinstance(one, Staged)]
    passed_over = [one for one in found if isinstance(one, PassedOver)]
    if not files:
        why = f": {passed_over[0].title!r} is about the {passed_over[0].why}" if passed_over else ""
        raise DataError(f"{source} holds no data set about NPQs{why}.", "Name the files of the NPQ data sets.")
    return Delivery(release=name, files=files, passed_over=passed_over)


def _release_of(source: Path, paths: list[Path], given: str | None, guidance: list[str]) -> str:
    """Find the release: in the data guidance, as given, or in the name of the zip or folder."""
    lines = (line.strip() for text in guidance for line in text.splitlines()[:5])
    match = next(filter(None, map(_TITLE.match, lines)), None)
    stated = AcademicYear.parse(match[1]).slug if match else None
    name = AcademicYear.parse(given).slug if given else stated
    if stated and name != stated:
        raise UsageError(f"The data guidance of {source} says {stated}, and --as says {name}.", "Leave out --as.")
    if name:
        return name
    for path in (source, *paths):
        if (name := release_in(path.stem if path.is_file() else path.name)) and "." not in name:
            return name
    for path in (path for path in paths if path.suffix.lower() == ".zip"):
        members(path, str(path))  # Raises for a zip that cannot be read.
    raise UsageError(
        f"{source} does not say which release it is of.", "Say it with --as, such as --as 2024-25, or name the zip."
    )


def _guidance(source: Path, paths: list[Path]) -> Iterator[str]:
    """Yield the data guidance of a folder and of each zip."""
    for name in _GUIDANCE if source.is_dir() else ():
        if (source / name).is_file():
            with (source / name).open("rb") as file:
                yield file.read(_LONGEST_GUIDANCE).decode("utf-8-sig", "replace")
    for path in (path for path in paths if path.suffix.lower() == ".zip"):
        try:
            with zipfile.ZipFile(path) as archive:
                for name in (name for name in _GUIDANCE if name in archive.namelist()):
                    with archive.open(name) as member:
                        yield member.read(_LONGEST_GUIDANCE).decode("utf-8-sig", "replace")
        except (*UNREADABLE, ValueError):
            continue  # Reported where its tables are read.


def _extents(guidance: str) -> Iterator[tuple[str, Extent]]:
    """Read what each file must hold, by file name: its geographic levels and its newest year."""
    name, levels = "", frozenset[str]()
    for field, value in _FIELD.findall(guidance):
        if field == "Filename":
            name, levels = value.strip().lower(), frozenset()
        elif field == "Geographic levels":
            levels = frozenset(level.strip().lower() for level in value.split(";") if level.strip())
            yield name, Extent(levels=levels)
        else:
            last = value.rpartition(" to ")[2].strip()
            yield name, Extent(levels=levels, last_year=last if re.fullmatch(r"\d{4}/\d{2}", last) else "")


def _tables(path: Path, release: str) -> list[RawFile]:
    if path.suffix.lower() == ".zip":
        inside = members(path, str(path))
        return [RawFile(path, f"{release}/{Path(one.filename).name}", release, one.filename) for one in inside]
    if not path.name.lower().endswith((".csv", ".csv.gz")):
        raise UsageError(f"{path} is not a CSV, .csv.gz or zip.", "Name the file as it was downloaded.")
    return [RawFile(path, f"{release}/{path.name}", release)]
