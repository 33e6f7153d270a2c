"""Being told to stop: cleaned up after, as after Ctrl-C."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_STATUS = 128 + signal.SIGTERM


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise SystemExit(_STATUS)


@contextmanager
def stopped() -> Iterator[None]:
    """Have SIGTERM end the block like an exception, so that what is half done is removed."""
    before = signal.signal(signal.SIGTERM, _stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
