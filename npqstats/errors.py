"""What can go wrong, by what the reader should do about it. Each family has its exit status."""


class NpqStatsError(Exception):
    """A situation that the user can mend: one line says what is wrong, one says what to do."""

    exit_status = 1

    def __init__(self, message: str, hint: str = "") -> None:
        """Keep the situation (`message`) apart from the remedy (`hint`, may be empty)."""
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(NpqStatsError):
    """The question cannot be asked so: an unknown year, measure, course, area or option value."""

    exit_status = 2


class DataError(NpqStatsError):
    """A file does not fit what was published before, or cannot be read or written."""

    exit_status = 3


class ServiceError(NpqStatsError):
    """The service could not be reached, or its answer is not what it should be or does not match the lock."""

    exit_status = 4
