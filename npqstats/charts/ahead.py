"""Matplotlib loaded in a second process while the first one reads the figures: a chart is then ready much sooner.

Loading Matplotlib and loading Polars take about as long, and need nothing of each other. A drawing is plain data, so it
can go from the one to the other.
"""

import os
import pickle
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import BinaryIO

from npqstats.charts.drawing import Drawing

Pictures = Callable[[Drawing, str, str], tuple[str, bytes]]
"""Makes an SVG and a PNG of a drawing, with its title and its text alternative."""


def here(drawing: Drawing, title: str, description: str) -> tuple[str, bytes]:
    """Make the pictures in this process."""
    from npqstats.charts import render

    return render.pictures(drawing, title, description)


@contextmanager
def ahead() -> Iterator[Pictures]:
    """Give `render.pictures`, loaded meanwhile by a second process where that can be had safely.

    To copy a process is safe while it has one thread and neither library in it. Where that is not so, on other systems
    than Linux, and when the second process dies, the pictures are made in this one.
    """
    if not _is_safe():
        yield here
        return
    asked, answered = os.pipe(), os.pipe()
    child = os.fork()
    if not child:
        _serve(asked, answered)
    os.close(asked[0])
    os.close(answered[1])
    questions, answers = os.fdopen(asked[1], "wb"), os.fdopen(answered[0], "rb")
    try:
        yield lambda *drawing: _fetched(questions, answers, drawing) or here(*drawing)
    finally:
        answers.close()
        with suppress(BrokenPipeError):  # What a dead process did not take would be sent once more.
            questions.close()
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def _is_safe() -> bool:
    has_loaded = {"polars", "matplotlib"} & sys.modules.keys()
    is_copied_well = sys.platform == "linux" and threading.active_count() == 1
    return is_copied_well and not has_loaded and (os.cpu_count() or 1) > 1


def _fetched(questions: BinaryIO, answers: BinaryIO, drawing: tuple[object, ...]) -> tuple[str, bytes] | None:
    """Have the pictures made by the second process; None where it has died."""
    try:
        pickle.dump(drawing, questions)
        questions.flush()
        found: tuple[str, bytes] = pickle.load(answers)
    except (OSError, EOFError, pickle.UnpicklingError):
        return None
    return found


def _serve(asked: tuple[int, int], answered: tuple[int, int]) -> None:
    """Load Matplotlib, answer until nobody asks, and end without any of the other process's clean-up."""
    try:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        os.close(asked[1])
        os.close(answered[0])
        with os.fdopen(asked[0], "rb") as questions, os.fdopen(answered[1], "wb") as answers:
            from npqstats.charts import render

            while True:
                pickle.dump(render.pictures(*pickle.load(questions)), answers)
                answers.flush()
    finally:
        os._exit(0)
