"""The bytes of a raw file as one stream: plain, .gz, or a member of a zip."""

import gzip
import hashlib
import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import BinaryIO

from npqstats.errors import DataError
from npqstats.ingest.find import RawFile, check_size

_BUFFER = 1 << 20
UNREADABLE = (OSError, zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError)


class Stream:
    """Reads on and on, keeping count of the bytes and of their hash, and refusing absurd amounts."""

    def __init__(self, file: RawFile, inner: BinaryIO) -> None:
        """Wrap the opened bytes of `file`."""
        self._file = file
        self._inner = inner
        self._packed = file.path.stat().st_size
        self._is_packed = bool(file.member) or file.path.suffix.lower() == ".gz"
        self._digest = hashlib.sha256()
        self.count = 0

    def read_lines(self, most: int) -> bytes:
        """Read about `most` bytes and on to the end of the line; nothing at the end of the file."""
        try:
            block = self._inner.read(most)
            if block and not block.endswith(b"\n"):
                block += self._inner.readline(most)
        except UNREADABLE as error:
            raise unreadable(self._file.source, error) from error
        self.count += len(block)
        self._digest.update(block)
        if self._is_packed:
            check_size(f"data/raw/{self._file.source}", self.count, self._packed)
        return block

    @property
    def sha256(self) -> str:
        """The hash of what has been read so far."""
        return self._digest.hexdigest()


def unreadable(source: str, error: BaseException) -> DataError:
    """Say that a file under data/raw/ could not be read, and why."""
    why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return DataError(
        f"data/raw/{source} cannot be read: {why or type(error).__name__}.",
        "Check that the file is still there, whole and readable; download it again if not.",
    )


@contextmanager
def opened(file: RawFile) -> Iterator[Stream]:
    """Open a raw file for reading.

    Raises:
        DataError: It cannot be opened.
    """
    with ExitStack() as stack:
        try:
            inner: BinaryIO = stack.enter_context(file.path.open("rb"))
            if file.member:
                archive = stack.enter_context(zipfile.ZipFile(inner))
                inner = io.BufferedReader(stack.enter_context(archive.open(file.member)), _BUFFER)  # type: ignore[type-var]
            elif file.path.suffix.lower() == ".gz":
                inner = io.BufferedReader(stack.enter_context(gzip.GzipFile(fileobj=inner)), _BUFFER)
        except (*UNREADABLE, KeyError) as error:
            raise unreadable(file.source, error) from error
        yield Stream(file, inner)


def content(file: RawFile) -> bytes:
    """Read a raw file whole, unpacked.

    Raises:
        DataError: It cannot be read, or unpacks to an absurd size.
    """
    with opened(file) as stream:
        blocks = []
        while block := stream.read_lines(_BUFFER):
            blocks.append(block)
    return b"".join(blocks)


def digest(file: RawFile) -> str:
    """Hash the bytes of a raw file, unpacked."""
    with opened(file) as stream:
        while stream.read_lines(_BUFFER):
            pass
        return stream.sha256
