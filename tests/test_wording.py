from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from npqstats.vocabulary.numbers import number
from npqstats.wording import wording

NONE: dict[str, object] = {"change": None, "change_pct": None, "change_pp": None, "status": "compared"}


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"change": 7229.0, "change_pct": 22.82}, "rose by 7,229 (22.8%)"),
        ({"change": -14022.0, "change_pct": -31.98}, "fell by 14,022 (32.0%)"),
        ({"change": 12.0}, "rose by 12"),
        ({"change": 0.0, "change_pct": 0.0}, "did not change"),
        ({"change_pp": 0.8}, "up 0.8 percentage points"),
        ({"change_pp": -1.0}, "down 1.0 percentage point"),
        ({"change_pp": 0.96}, "up 1.0 percentage point"),
        ({"change_pp": -0.04}, "hardly changed"),
        ({"status": "so far"}, "not compared: unfinished"),
        ({"status": "new"}, "new"),
        ({"status": "missing"}, "not known"),
        ({"status": "incomplete"}, "no change stated"),
    ],
)
def test_a_change_is_said_in_words(row: dict[str, object], words: str) -> None:
    assert wording.change(NONE | row) == words


@given(st.integers(1, 10**7), st.integers(0, 10**7))
def test_words_never_give_a_fall_as_a_rise(before: int, after: int) -> None:
    words = wording.change(NONE | {"change": float(after - before), "change_pct": 100 * (after - before) / before})
    verb = "rose" if after > before else "fell" if after < before else "did not change"
    assert words.startswith(verb)
    assert "-" not in words


@given(st.floats(0, 1e7, allow_nan=False))
def test_a_number_reads_back_as_the_rounded_number(value: float) -> None:
    written = Decimal(number(value, "%").rstrip("%").replace(",", ""))
    assert abs(written - Decimal(repr(value))) <= Decimal("0.05")


@pytest.mark.parametrize(
    ("value", "symbol", "unit", "text"),
    [(5.0, None, "%", "5.0%"), (None, "low", "%", "[low]"), (None, None, "courses", "–"), (0.0, None, "people", "0")],
)
def test_a_cell_is_a_number_a_symbol_or_a_dash(value: float | None, symbol: str | None, unit: str, text: str) -> None:
    assert wording.cell(value, symbol, unit) == text


def test_only_the_symbols_in_use_are_explained_and_each_once() -> None:
    assert wording.symbol_key({"z", "low"}) == ["[low] rounds to 0 but is not 0", "[z] not applicable"]
    assert wording.symbol_key(set()) == []


def test_an_edition_tells_its_date_and_its_standing() -> None:
    text = wording.edition("2024-25")
    assert text == (
        "Release 2024/25, published 10 July 2025 (data as of 13 June 2025). Official statistics in development."
    )


def test_an_edition_that_the_catalogue_lacks_invents_no_date() -> None:
    assert wording.edition("2025-26") == "Release 2025/26. Official statistics in development."


def test_the_source_names_publisher_and_licence() -> None:
    assert "Department for Education" in wording.source()
    assert "Open Government Licence v3.0" in wording.source()


def test_a_rate_that_rounds_to_nothing_is_not_nought() -> None:
    assert wording.cell(0.0091, None, "%") == "<0.05%"
    assert wording.cell(0.0, None, "%") == "0.0%"
