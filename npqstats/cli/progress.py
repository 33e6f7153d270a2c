"""Progress bars on stderr for long work; none where stderr is not a terminal."""

import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from functools import cache
from typing import TYPE_CHECKING

from npqstats.listeners import Progress

if TYPE_CHECKING:
    from rich.progress import Progress as Bars
    from rich.progress import TaskID

_LONG = 50 << 20
"""Bytes from which a bar is worth its place."""


@contextmanager
def steps(verb: str, least: int = 0, *, is_download: bool = False) -> Iterator[Progress]:
    """Return a callback that takes what is worked on, how much of it is done, and how much there is (0: not known).

    Args:
        verb: What is done to it, as in `Drawing`.
        least: How much there must be for a bar to be worth its place.
        is_download: Whether bytes come in: each thing then has a bar of its own, with its speed.
    """
    with ExitStack() as stack:

        @cache
        def bars() -> "Bars":
            return stack.enter_context(_bars(is_download=is_download))

        @cache
        def task(words: str, total: int) -> "TaskID":
            return bars().add_task(words, total=total or None)

        def report(what: str, done: int, total: int) -> None:
            if total >= least and sys.stderr.isatty():
                from npqstats.vocabulary.names import plain

                bars().update(task(plain(f"{verb} {what}"), total), completed=done)

        yield report


def _bars(*, is_download: bool) -> "Bars":
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TaskProgressColumn, TextColumn, TransferSpeedColumn

    words, console = TextColumn("{task.description}", markup=False), Console(stderr=True)
    last = (DownloadColumn(), TransferSpeedColumn()) if is_download else (TaskProgressColumn(),)
    return Progress(words, BarColumn(), *last, console=console, transient=True, redirect_stdout=False)


def progress() -> AbstractContextManager[Progress]:
    """Return a callback that takes the source, the bytes read, and its size."""
    return steps("Reading", _LONG)


def downloads() -> AbstractContextManager[Progress]:
    """Return a callback that takes a download's title, the bytes received, and its size where known."""
    return steps("Fetching", is_download=True)
