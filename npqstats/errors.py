"""What can go wrong, by what the reader should do about it, and the exit status of each."""

from enum import IntEnum


class ExitStatus(IntEnum):
    """How the program ends."""

    DONE = 0
    FOUND = 1
    """The check that was asked for found something: `validate`, `factcheck`, `report --check`, `fetch --check`."""
    USAGE = 2
    DATA = 3
    SERVICE = 4
    BUG = 70


class NpqStatsError(Exception):
    """A situation that the user can mend: one line says what is wrong, one says what to do."""

    exit_status: int = ExitStatus.FOUND

    def __init__(self, message: str, hint: str = "") -> None:
        """Keep the situation (`message`) apart from the remedy (`hint`, may be empty)."""
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(NpqStatsError):
    """The question cannot be asked so: an unknown year, measure, course, area or option value."""

    exit_status = ExitStatus.USAGE


class DataError(NpqStatsError):
    """A file does not fit what was published before, or cannot be read or written."""

    exit_status = ExitStatus.DATA


class ServiceError(NpqStatsError):
    """The service could not be reached, or its answer is not what it should be or does not match the lock."""

    exit_status = ExitStatus.SERVICE
