from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from npqstats.analysis.change import SMALLEST_BASE, Change, change
from npqstats.analysis.figures import Figure
from npqstats.vocabulary.measures import MEASURES, Measure

COUNT, RATE = MEASURES["starts"], MEASURES["completion-rate"]
counts = st.integers(0, 10**7).map(float)
rates = st.integers(0, 1000).map(lambda tenths: tenths / 10)


@given(counts, counts)
def test_before_and_change_give_after(before: float, after: float) -> None:
    moved = change(Figure(value=before), Figure(value=after), COUNT)
    assert moved.change is not None
    assert before + moved.change == after
    assert moved.change_pp is None


@given(st.integers(SMALLEST_BASE, 10**7), counts)
def test_before_and_its_per_cent_give_after(before: int, after: float) -> None:
    moved = change(Figure(value=float(before)), Figure(value=after), COUNT)
    assert moved.change_pct is not None
    assert before * (1 + moved.change_pct / 100) == pytest.approx(after)


@given(st.integers(0, SMALLEST_BASE - 1), counts)
def test_a_base_of_zero_or_under_30_gives_the_change_without_a_percentage(before: int, after: float) -> None:
    moved = change(Figure(value=float(before)), Figure(value=after), COUNT)
    assert (moved.change, moved.change_pct) == (after - before, None)
    assert "under 30" in " ".join(moved.notes)


@given(rates, rates)
def test_rates_move_in_points_of_the_printed_tenths(before: float, after: float) -> None:
    moved = change(Figure(value=before), Figure(value=after), RATE)
    assert moved.change_pp == pytest.approx(after - before)
    assert moved.change_pp is not None
    assert round(moved.change_pp * 10) / 10 == moved.change_pp
    assert (moved.change, moved.change_pct) == (None, None)
    assert "rounded percentages" in " ".join(moved.notes)


@given(st.tuples(counts, counts), st.tuples(counts, counts))
def test_rates_move_by_their_counts_where_both_years_have_them(
    before: tuple[float, float], after: tuple[float, float]
) -> None:
    assume(before[1] and after[1])
    first, second = (100 * part / whole for part, whole in (before, after))
    moved = change(
        Figure(value=round(first, 1), exact=first),
        Figure(value=round(second, 1), exact=second),
        RATE,
    )
    assert moved.change_pp == pytest.approx(second - first)


@pytest.mark.parametrize("gap", [Figure(symbol="low"), Figure(symbol="c"), Figure()])
@pytest.mark.parametrize("measure", [COUNT, RATE])
def test_a_symbol_or_a_gap_on_either_side_gives_no_change(gap: Figure, measure: Measure) -> None:
    known = Figure(value=50.0, exact=50.0)
    assert change(gap, known, measure) == change(known, gap, measure) == Change()
