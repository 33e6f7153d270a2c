"""Callbacks of long work: sentences for the user, and progress."""

from collections.abc import Callable

Say = Callable[[str], None]
"""Called with a sentence that the user should see."""
Progress = Callable[[str, int, int], None]
"""Called with what is worked on, how much of it is done, and how much there is (0: not known)."""


def silent(*_: object) -> None:
    """Do nothing."""
