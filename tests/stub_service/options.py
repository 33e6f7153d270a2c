"""How a stub behaves, whatever it serves."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Options:
    """The ways in which a service may differ and still be right, or be slow, or be hostile."""

    hostile_zip: bool = False
    """The zip of all files has members that no zip should have."""
    plain_updates: bool = False
    """Release notes come as a bare list rather than in pages."""
    chunked: bool = False
    """Answers come in chunks, without Content-Length."""
    meta: bool = True
    """Data sets are listed with their rows, levels and years."""
    retry_after: int = 1
    """Seconds that a 429 asks to wait."""
    pace: float = 0.02
    """Seconds between the pieces of a dripping answer."""
    piece: int = 64
    """Bytes in a piece of a dripping answer."""
    bomb: int = 512 << 20
    """Bytes that a bomb unpacks to."""
