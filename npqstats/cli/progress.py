"""A progress bar on stderr for long reading; none where stderr is not a terminal or the file is small."""

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

_LONG = 50 << 20
"""Bytes from which a bar is worth its place."""


@contextmanager
def progress() -> Iterator[Callable[[str, int, int], None]]:
    """Give a function to be told the source, the bytes read and the size of what is being read."""
    with ExitStack() as stack:
        bars: dict[str, Callable[[int], None]] = {}

        def report(source: str, done: int, size: int) -> None:
            if size < _LONG or not sys.stderr.isatty():
                return
            if not bars:
                bars[""] = lambda _: None
                bars["bar"] = _bar(stack, f"Reading {source}", size)
            bars["bar"](done)

        yield report


@contextmanager
def steps(verb: str) -> Iterator[Callable[[str, int, int], None]]:
    """Give a function to be told what is being made, how many are done, and of how many."""
    with ExitStack() as stack:
        bars: list[Callable[[int], None]] = []

        def report(what: str, done: int, total: int) -> None:
            if not sys.stderr.isatty():
                return
            if not bars:
                bars.append(_bar(stack, f"{verb} {what}", total))
            bars[0](done)

        yield report


def _bar(stack: ExitStack, words: str, size: int) -> Callable[[int], None]:
    from rich.console import Console
    from rich.progress import Progress

    bar = stack.enter_context(Progress(console=Console(stderr=True), transient=True))
    task = bar.add_task(words, total=size)
    return lambda done: bar.update(task, completed=done)
