from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from npqstats.charts import ahead
from npqstats.charts.drawing import Box, Drawing, Words
from npqstats.charts.sizes import PRESS

SCRIPT = """
import os, signal, sys
from npqstats.charts.ahead import ahead
from npqstats.charts.drawing import Drawing, Words
from npqstats.charts.sizes import PRESS

words = Words(place=(100, 100), text="Starts", size=12, colour="#0b0c0c", is_bold=False, align="left")
forked = []
fork = os.fork
os.fork = lambda: forked.append(fork()) or forked[-1]
with ahead() as pictures:
    assert len(forked) == 1 or sys.platform != "linux" or os.cpu_count() == 1
    if sys.argv[1] == "killed" and forked:
        os.kill(forked[0], signal.SIGKILL)
    svg, png = pictures(Drawing(PRESS, "#ffffff", [words]), "A title", "A description")
    print("matplotlib" in sys.modules)
for child in forked:
    try:
        os.kill(child, 0)
    except ProcessLookupError:
        print("no child is left")
sys.stdout.flush()
sys.stdout.buffer.write(svg.encode() + png)
"""
DRAWING = Drawing(
    PRESS,
    "#ffffff",
    [Words(place=(100, 100), text="Starts", size=12, colour="#0b0c0c", is_bold=False, align="left")],
)
is_linux = pytest.mark.skipif(sys.platform != "linux", reason="a second process is used on Linux alone")


def run(how: str) -> bytes:
    command = [sys.executable, "-W", "error", "-c", SCRIPT, how]
    return subprocess.run(command, cwd=Path(__file__).parents[1], check=True, capture_output=True).stdout


def here() -> bytes:
    svg, png = ahead.here(DRAWING, "A title", "A description")
    return svg.encode() + png


@is_linux
def test_a_second_process_makes_the_same_pictures_without_matplotlib_in_the_first() -> None:
    assert run("whole") == b"False\nno child is left\n" + here()


@is_linux
def test_pictures_are_made_here_where_the_second_process_dies() -> None:
    assert run("killed") == b"True\nno child is left\n" + here()


def test_no_process_is_copied_once_polars_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.fork", lambda: pytest.fail("a process with threads was copied"))
    with ahead.ahead() as pictures:
        assert pictures is ahead.here


def test_a_box_within_a_box() -> None:
    assert Box(0, 0, 100, 50).inset(left=10, top=5) == Box(10, 0, 100, 45)
