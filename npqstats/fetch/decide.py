"""Decides what is to be done with a delivered file, by what is in data/raw/ and in the lock; does nothing."""

from enum import Enum

from npqstats.catalogue.lock import LockedFile
from npqstats.fetch.local import LocalDataSet


class Action(Enum):
    """What is done with a file."""

    KEEP = "keep"
    """It is here and in the lock."""
    ADD = "add"
    ADOPT = "adopt"
    """It is here already, and gets its line in the lock."""
    COMPLETE = "complete"
    """It replaces an excerpt, or a file that was cut short: the same edition."""
    RESTORE = "restore"
    """It replaces a file that was changed here; that one is kept beside it."""
    CORRECT = "correct"
    """DfE published other figures: a new edition."""
    REFETCH = "refetch"
    """It was missing, and is fetched again as the lock has it."""


def decide(
    here: LocalDataSet | None,
    line: LockedFile | None,
    new: LockedFile,
    *,
    excerpts: frozenset[str] = frozenset(),
    is_continuation: bool = False,
) -> Action:
    """Decide what to do with a data set of an edition; does nothing.

    Args:
        here: The same data set in the newest edition of its release; None: there is none.
        line: Its line in the lock, whether or not its file exists.
        new: What the lock would say of the delivered file.
        excerpts: Hashes of the bundled rows.
        is_continuation: Whether the delivered file begins with all the bytes of the file here.

    Returns:
        The action. A file is incomplete, and no edition of its own, if it is bundled, is known to be cut short, was
        never fetched and has fewer rows, or has the first rows of the delivered file and was never known to be whole.
    """
    was_fetched = line is not None and line.fetched_at is not None
    is_locked = line is not None and line.sha256 == new.sha256
    if here is None:
        is_changed = was_fetched and not is_locked and line is not None and not line.is_cut_short
        return Action.CORRECT if is_changed else Action.ADD
    if here.sha256 == new.sha256:
        if not here.is_plain:
            return Action.ADD
        return Action.KEEP if was_fetched and is_locked else Action.ADOPT
    if is_locked and here.is_plain:
        return Action.RESTORE
    is_whole = line is not None and line.rows is not None and line.rows == line.rows_expected
    is_incomplete = (
        (not was_fetched and (here.sha256 in excerpts or here.rows < (new.rows or 0)))
        or (line is not None and line.sha256 == here.sha256 and line.is_cut_short)
        or (is_continuation and not is_whole)
    )
    return Action.COMPLETE if is_incomplete and here.is_plain else Action.CORRECT
