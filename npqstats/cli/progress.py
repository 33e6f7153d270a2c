"""Progress bars on stderr for long work; none where stderr is not a terminal."""

import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import TaskID

_LONG = 50 << 20
"""Bytes from which a bar is worth its place."""


@contextmanager
def steps(verb: str, least: int = 0) -> Iterator[Callable[[str, int, int], None]]:
    """Return a callback that takes the step at work, how much is done, and how much there is.

    Args:
        verb: What is done to it, as in `Drawing`.
        least: How much there must be for a bar to be worth its place.
    """
    with ExitStack() as stack:
        bars: list[Callable[[int], None]] = []

        def report(what: str, done: int, total: int) -> None:
            if total < least or not sys.stderr.isatty():
                return
            if not bars:
                bars.append(_bar(stack, f"{verb} {what}", total))
            bars[0](done)

        yield report


def progress() -> AbstractContextManager[Callable[[str, int, int], None]]:
    """Return a callback that takes the source, the bytes read, and its size."""
    return steps("Reading", _LONG)


@contextmanager
def downloads() -> Iterator[Callable[[str, int, int], None]]:
    """Return a callback that takes a download's title, the bytes received, and its size where known."""
    if not sys.stderr.isatty():
        yield lambda *_: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TransferSpeedColumn

    from npqstats.vocabulary.names import plain

    what = TextColumn("Fetching {task.description}", markup=False)
    look = (what, BarColumn(), DownloadColumn(), TransferSpeedColumn())
    with Progress(*look, console=Console(stderr=True), transient=True, redirect_stdout=False) as bar:
        tasks: dict[str, TaskID] = {}

        def report(source: str, done: int, size: int) -> None:
            if source not in tasks:
                tasks[source] = bar.add_task(plain(source), total=size or None)
            bar.update(tasks[source], completed=done)

        yield report


def _bar(stack: ExitStack, words: str, size: int) -> Callable[[int], None]:
    from rich.console import Console
    from rich.progress import Progress

    bar = stack.enter_context(Progress(console=Console(stderr=True), transient=True))
    task = bar.add_task(words, total=size)
    return lambda done: bar.update(task, completed=done)
