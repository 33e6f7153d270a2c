"""The body of an answer, piece by piece: unpacked, counted, and cut off where no honest answer would go."""

import time
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

import httpx

from npqstats.errors import ServiceError
from npqstats.fetch.service.again import Passing

_SMALL_ENOUGH = 32 << 20
"""Below this many bytes the ratio of packing does not matter."""
_LARGEST_RATIO = 250
"""How many times larger than sent a body may become; CSVs reach about 50."""
_SLOWEST = 1 << 10
"""Bytes a second, on the average, below which an answer is given up."""
_PATIENCE = 20.0
"""Seconds before the pace is judged."""


@dataclass(frozen=True, kw_only=True)
class Bounds:
    """How much an answer may be, and until when it must be here."""

    largest: int
    deadline: float
    """On the clock of `time.monotonic`."""


def pieces(response: httpx.Response, bounds: Bounds) -> Iterator[bytes]:
    """Give the body of an answer, unpacked.

    Raises:
        ServiceError: It is too large, too slow, or packed in a way that was not asked for.
        Passing: It ends too early, or cannot be unpacked.
    """
    packing = response.headers.get("content-encoding", "").strip().lower()
    if packing not in ("", "identity", "gzip", "x-gzip"):
        raise ServiceError(f"{response.url.host} packs its answer as {packing!r}, which was not asked for.", _LATER)
    began, sent, count = time.monotonic(), 0, 0
    unpacked = _unpacked if "gzip" in packing else _as_sent
    for piece in unpacked(response):
        sent, count = response.num_bytes_downloaded, count + len(piece)
        _check_size(response.url.host, sent, count, bounds)
        _check_pace(response.url.host, began, sent, bounds)
        yield piece
    length = response.headers.get("content-length", "")
    if length.isdigit() and int(length) != response.num_bytes_downloaded:
        raise Passing(f"{response.url.host} sent {response.num_bytes_downloaded:,} bytes of {int(length):,}")


_LATER = "Nothing of it was kept. Try again later."


def _as_sent(response: httpx.Response) -> Iterator[bytes]:
    return response.iter_raw()


def _unpacked(response: httpx.Response) -> Iterator[bytes]:
    """Unpack gzip a little at a time, so that a small piece that becomes a huge one is seen early."""
    unpacker = zlib.decompressobj(wbits=31)
    try:
        for sent in response.iter_raw():
            packed = sent
            while packed:
                if unpacker.eof:
                    unpacker = zlib.decompressobj(wbits=31)
                yield unpacker.decompress(packed, 1 << 20)
                packed = unpacker.unconsumed_tail or unpacker.unused_data
    except zlib.error as error:
        raise Passing(f"{response.url.host} sent gzip that cannot be unpacked") from error
    if not unpacker.eof:
        raise Passing(f"{response.url.host} sent gzip that ends too early")


def _check_size(host: str, sent: int, count: int, bounds: Bounds) -> None:
    is_bomb = count > _SMALL_ENOUGH and count > _LARGEST_RATIO * max(sent, 1)
    if count > bounds.largest or is_bomb:
        raise ServiceError(f"{host} sends {count:,} bytes or more, which no answer of the service has.", _LATER)


def _check_pace(host: str, began: float, sent: int, bounds: Bounds) -> None:
    now = time.monotonic()
    passed = now - began
    if now > bounds.deadline or (passed > _PATIENCE and sent < _SLOWEST * passed):
        raise ServiceError(f"{host} sent only {sent:,} bytes in {passed:.0f} seconds.", _LATER)
