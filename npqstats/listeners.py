"""Those who are told what goes on while something is asked: in sentences, and as progress."""

from collections.abc import Callable

Say = Callable[[str], None]
"""Told in a sentence what a user should know of."""
Progress = Callable[[str, int, int], None]
"""Told the source, the bytes read of it, and its size, as far as known."""


def silent(*_: object) -> None:
    """Say nothing."""
