from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from npqstats.vocabulary.numbers import MINUS, MISSING, number, rounded, signed

COUNTS = st.floats(min_value=-1e12, max_value=1e12)
UNITS = st.sampled_from([("", 0), ("courses", 0), ("%", 1), ("pp", 1)])


def parsed(text: str) -> Decimal:
    return Decimal(text.replace(MINUS, "-").replace(",", "").rstrip("%"))


# The oracle of the analysts' house rule: halves go away from zero, on the decimal text of the value.
@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [(2.5, 0, "3"), (0.125, 2, "0.13"), (39.65, 1, "39.7"), (2.675, 2, "2.68"), (1.005, 2, "1.01")],
)
@pytest.mark.parametrize("sign", [1, -1])
def test_halves_go_away_from_zero_on_the_decimal_text(value: float, decimals: int, expected: str, sign: int) -> None:
    assert rounded(sign * value, decimals) == sign * Decimal(expected)


@given(st.decimals(-1_000_000, 1_000_000, places=3), st.integers(0, 2))
def test_a_printed_decimal_rounds_as_on_paper(value: Decimal, decimals: int) -> None:
    assert rounded(float(value), decimals) == value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


@given(COUNTS, UNITS)
def test_formatting_then_parsing_gives_the_rounded_number(value: float, unit: tuple[str, int]) -> None:
    assert parsed(number(value, unit[0])) == rounded(value, unit[1])


@given(COUNTS, UNITS)
def test_a_change_that_is_formatted_then_parsed_gives_the_rounded_number(value: float, unit: tuple[str, int]) -> None:
    assert parsed(signed(value, unit[0])) == rounded(value, unit[1])


@given(COUNTS, UNITS)
def test_a_change_has_a_sign_just_when_it_does_not_round_to_nothing(value: float, unit: tuple[str, int]) -> None:
    assert (signed(value, unit[0])[0] in ("+", MINUS)) == bool(rounded(value, unit[1]))


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        (43840.0, "", "43,840"),
        (999.0, "courses", "999"),
        (1000.0, "people", "1,000"),
        (0.0, "", "0"),
        (-0.4, "", "0"),
        (-14022.0, "", "−14,022"),
        (84.55, "%", "84.6%"),
        (100.0, "%", "100.0%"),
        (-0.04, "%", "0.0%"),
        (2.6, "pp", "2.6"),
        (None, "%", MISSING),
    ],
)
def test_a_figure_is_written_for_people(value: float | None, unit: str, expected: str) -> None:
    assert number(value, unit) == expected


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        (7229.0, "", "+7,229"),
        (-14022.0, "", "−14,022"),
        (-31.98, "%", "−32.0%"),
        (0.8, "pp", "+0.8"),
        (-2.6, "pp", "−2.6"),
        (0.0, "", "0"),
        (-0.04, "%", "0.0%"),
        (None, "", ""),
    ],
)
def test_a_change_is_written_with_its_sign(value: float | None, unit: str, expected: str) -> None:
    assert signed(value, unit) == expected
