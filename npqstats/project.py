"""Where the data are: a folder with data/raw/, or the published rows that come with the package."""

import os
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from npqstats.errors import DataError, UsageError

_PACKAGE = Path(__file__).parent
_LONGEST_HEADER = 1 << 16


@dataclass(frozen=True)
class Project:
    """The published files, and the folder for what is built from them."""

    raw: Path
    processed: Path
    is_bundled: bool = False
    """Whether these are the rows that come with the package."""

    @property
    def observations(self) -> Path:
        """The folder that readers open: a link to the current build."""
        return self.processed / "observations"


def shipped() -> Path:
    """The folder of the published rows that come with the package.

    NPQSTATS_BUNDLED names another folder of raw files for them: the tests answer from rows that never change.
    """
    if other := os.environ.get("NPQSTATS_BUNDLED"):
        return Path(other)
    installed = _PACKAGE / "data" / "raw"
    return installed if installed.is_dir() else _PACKAGE.parent / "data" / "raw"


def bundled() -> Project:
    """The published rows that come with the package, built in the user's cache folder."""
    return Project(shipped(), _cache(), is_bundled=True)


def _cache() -> Path:
    """The user's cache folder or, where that cannot be written, a folder that goes when the program ends."""
    import platformdirs

    folder = platformdirs.user_cache_path("npqstats") / "bundled"
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        if os.access(folder, os.R_OK | os.W_OK | os.X_OK):
            return folder
    return _temporary()


@cache
def _temporary() -> Path:
    import atexit
    import shutil
    import tempfile

    folder = Path(tempfile.mkdtemp(prefix="npqstats-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def locate(folder: str | Path | None = None) -> Project:
    """Locate the project: `folder`, else NPQSTATS_PROJECT, else the nearest upward, else the rows of the package.

    Going upward, a data/raw/ counts if it has a lock, or a file with columns that the service's files or ours have; one
    that is empty, or of another project, does not.

    Raises:
        UsageError: A folder was named and has no data/raw/.
    """
    if named := folder or os.environ.get("NPQSTATS_PROJECT"):
        found = _in(Path(named))
        if not found.raw.is_dir():
            raise UsageError(f"{named} has no folder data/raw.", "Name the folder that holds data/raw/.")
        return found
    here = Path.cwd()
    projects = (_in(root) for root in (here, *here.parents))
    return next((found for found in projects if is_ours(found.raw)), None) or bundled()


def target(folder: Project | str | Path | None = None) -> Project:
    """Locate the project to fetch into: as `locate` does, but the current folder instead of the rows of the package.

    Its data/raw/ need not exist.

    Raises:
        DataError: The current folder has a data/raw/ with files that are not ours.
    """
    if isinstance(folder, Project):
        return folder
    if named := folder or os.environ.get("NPQSTATS_PROJECT"):
        return _in(Path(named))
    if not (found := locate()).is_bundled:
        return found
    here = _in(Path.cwd())
    if any(not path.name.startswith(".") for path in here.raw.glob("*")):
        raise DataError(
            f"{here.raw} holds files, and none of them is known to be about NPQs.",
            "Name the folder to fetch into, as in: npqstats --project npq fetch.",
        )
    return here


def _in(root: Path) -> Project:
    return Project(root / "data" / "raw", root / "data" / "processed")


def is_ours(raw: Path) -> bool:
    """Whether a folder data/raw/ belongs to this program: it has a lock, or a table that names NPQs in its header."""
    if (raw / "raw.lock").is_file():
        return True
    inside = [path.relative_to(raw) for path in sorted(raw.rglob("*"))]
    return any(_names_npqs(raw / path) for path in inside if not any(part.startswith(".") for part in path.parts))


def _names_npqs(path: Path) -> bool:
    """Look at the columns of a CSV or at the members of a zip; a file that cannot be read goes by its own name."""
    import gzip
    import zipfile
    import zlib

    kind = path.name.lower()
    try:
        if kind.endswith(".zip"):
            with zipfile.ZipFile(path) as archive:
                return "npq" in " ".join([kind, *archive.namelist()]).lower()
        if not kind.endswith((".csv", ".csv.gz")):
            return False
        with gzip.open(path) if kind.endswith(".gz") else path.open("rb") as file:
            header = file.readline(_LONGEST_HEADER).replace(b"\0", b"").lower()
    except (OSError, EOFError, zlib.error, zipfile.BadZipFile, ValueError):
        return "npq" in kind
    return b"npq" in header or (path.parent.name == "reported" and b"named_as" in header)
