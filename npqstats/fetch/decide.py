"""What is to be done with a data set that has come. Decides only, and does nothing."""

from collections.abc import Set
from enum import Enum

from npqstats.catalogue.lock import Line
from npqstats.fetch.here import Here


class Deed(Enum):
    """What is to be done, in words that follow the name of the file."""

    NOTHING = "is as it was"
    LAND = "is new"
    ADOPT = "was here as published, and has its line in the lock now"
    REPLACE = "takes the place of an excerpt"
    RESTORE = "is again as published; what stood there is kept beside it"
    NEW_EDITION = "is corrected"
    AGAIN = "is here again, as the lock has it"


def deed(here: Here | None, line: Line | None, sha256: str, rows: int, excerpts: Set[str] = frozenset()) -> Deed:
    """Decide what to do with a data set of an edition.

    Args:
        here: The same data set at hand in the newest edition of its release; None: there is none.
        line: Its line in the lock, be its file there or not.
        sha256: Hash of what has come.
        rows: Rows of what has come.
        excerpts: Hashes of the rows that come with the program.

    Returns:
        The deed. What is at hand is an excerpt, and no earlier edition, if it came with the program, or was never
        fetched and has fewer rows.
    """
    was_fetched = line is not None and line.fetched_at is not None
    is_as_locked = line is not None and line.sha256 == sha256
    if here is None:
        return Deed.NEW_EDITION if was_fetched and not is_as_locked else Deed.LAND
    if here.sha256 == sha256:
        if not here.is_alone:
            return Deed.LAND
        return Deed.NOTHING if was_fetched and is_as_locked else Deed.ADOPT
    if is_as_locked and here.is_alone:
        return Deed.RESTORE
    if not was_fetched and here.is_alone and (here.sha256 in excerpts or here.rows < rows):
        return Deed.REPLACE
    return Deed.NEW_EDITION
