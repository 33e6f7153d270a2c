from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from npqstats.charts import canvas, render
from npqstats.charts.canvas import Canvas
from npqstats.charts.drawing import Box, Drawing, Words
from npqstats.charts.grid import Grid, every
from npqstats.charts.look import LOOKS
from npqstats.charts.scale import tick_label, ticks
from npqstats.charts.sizes import PRESS
from npqstats.charts.spread import spread
from tests.charts import check_fits, texts

COUNTS = st.integers(0, 10**9)


@pytest.fixture
def empty() -> Canvas:
    look = LOOKS["light"]
    return Canvas(Drawing(PRESS, look.ground), look, Box(20, 20, 620, 420))


@given(st.lists(st.floats(0, 100), min_size=1, max_size=12), st.floats(0.5, 30))
def test_labels_are_spread_within_their_room_and_never_nearer_than_the_gap(places: list[float], gap: float) -> None:
    found = spread(places, gap, 0, 100)
    least = min(gap, 100 / max(1, len(places) - 1))
    assert all(after - before >= least - 1e-6 for before, after in pairwise(sorted(found)))
    assert all(-1e-6 <= place <= 100 + 1e-6 for place in found)


@given(st.lists(st.floats(0, 100), min_size=2, max_size=12, unique=True))
def test_spreading_keeps_the_order(places: list[float]) -> None:
    found = spread(places, 5, 0, 100)
    assert [place for _, place in sorted(zip(places, found, strict=True))] == sorted(found)


def test_labels_that_do_not_touch_stay_where_they_are() -> None:
    assert spread([10, 50, 90], 8, 0, 100) == [10, 50, 90]
    assert spread([], 8, 0, 100) == []


@given(COUNTS)
def test_ticks_hold_the_values_between_them(high: int) -> None:
    found = ticks(0, high)
    assert found[0] <= 0
    assert found[-1] >= high
    assert len(found) >= 2


@given(st.integers(1, 10**9), st.integers(1, 6))
def test_ticks_of_counts_are_whole(high: int, most: int) -> None:
    assert all(tick == int(tick) for tick in ticks(0, high, most, is_whole=True))


@pytest.mark.parametrize(
    ("value", "unit", "other", "written"),
    [(20000, "courses", 20000, "20,000"), (50, "%", 50, "50%"), (0.5, "%", 0.5, "0.5%"), (0, "people", 10, "0")],
)
def test_a_tick_is_written_with_its_unit(value: float, unit: str, other: float, written: str) -> None:
    assert tick_label(value, unit, [value, other]) == written


def test_words_are_drawn_as_they_are(empty: Canvas) -> None:
    empty.words((100, 100), r"$\alpha$ <i>x</i>")
    assert texts(render.figure(empty.drawing)) == [r"$\alpha$ <i>x</i>"]
    check_fits(render.figure(empty.drawing))


@pytest.mark.parametrize(("vertical", "lowest"), [("top", False), ("bottom", True)])
def test_lines_stand_under_or_above_their_place(empty: Canvas, vertical: canvas.Vertical, lowest: bool) -> None:
    empty.words((100, 200), ["one", "two"], vertical=vertical)
    heights = [part.place[1] for part in empty.drawing.parts if isinstance(part, Words)]
    assert heights[0] > heights[1]
    assert (min(heights) >= 200) is lowest


def test_texts_that_touch_are_found(empty: Canvas) -> None:
    empty.words((100, 100), "one")
    empty.words((105, 104), "two")
    with pytest.raises(AssertionError, match=r"'one' .* and 'two'"):
        check_fits(render.figure(empty.drawing))


def test_texts_outside_are_found(empty: Canvas) -> None:
    empty.words((620, 100), "a text that is too long")
    with pytest.raises(AssertionError, match="Outside a figure of 640x450"):
        check_fits(render.figure(empty.drawing))


def test_a_grid_writes_no_value_that_would_touch_the_one_below(empty: Canvas) -> None:
    low = empty.plot.inset(left=100, top=380)
    Grid(canvas=empty, box=low, ticks=[0, 10, 20, 30], unit="people", low=0, high=30).paint()
    assert texts(render.figure(empty.drawing))[0] == "0"
    check_fits(render.figure(empty.drawing))


@given(st.floats(1, 500), st.floats(1, 500))
def test_every_so_many_labels_have_room(widest: float, slot: float) -> None:
    assert every(widest, slot) * slot >= widest * (1 - 1e-9)
