"""Files that appear whole or not at all."""

import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from npqstats.errors import DataError


def put(files: Mapping[Path, bytes]) -> None:
    """Write files, each beside its place first, and move them there only when all are written.

    Raises:
        DataError: One cannot be written; what stood there before still stands.
    """
    beside: dict[Path, Path] = {}
    try:
        for path, content in files.items():
            beside[path] = _beside(path, content)
        for path in list(beside):
            if path.is_dir():
                raise IsADirectoryError(21, "Is a directory", str(path))
        for path in list(beside):
            beside[path].replace(path)
            del beside[path]
    except OSError as error:
        place = next((path for path in files if path not in beside or path.is_dir()), error.filename)
        raise DataError(
            f"{place} cannot be written: {error.strerror}.", "What stood there before still stands."
        ) from error
    finally:
        for temporary in beside.values():
            with suppress(OSError):
                temporary.unlink(missing_ok=True)


def _beside(path: Path, content: bytes) -> Path:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        temporary.chmod(0o644)
    except BaseException:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise
    return temporary
