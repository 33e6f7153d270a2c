from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from npqstats.analysis.columns import TREND
from npqstats.charts import headline
from npqstats.charts.parts import plural
from npqstats.vocabulary.measures import MEASURES

PERIODS = (202122, 202223, 202324, 202425)
LONG = "Special educational needs co-ordinator and very much else besides, in words upon words (NPQSENCO)"
_EMPTY: dict[str, Any] = dict.fromkeys(TREND) | {
    "line": "Starts",
    "measure": "starts",
    "unit": "courses",
    "funding": "all",
    "basis": "in-year",
    "breakdown": "overall",
    "group": "Overall",
    "geographic_level": "National",
    "location_code": "E92000001",
    "location_name": "England",
    "period": 202425,
    "status": "published",
}


def row(**parts: Any) -> dict[str, Any]:
    """A MADE-UP row of a trend; the parts say what matters."""
    return _EMPTY | parts


def moved(change: float, base: float, **parts: Any) -> dict[str, Any]:
    """A MADE-UP row that moved by so much from a base."""
    share = 100 * change / base if base >= 30 else None
    return row(value=base + change, change=change, change_pct=share, **parts)


@st.composite
def trends(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Any rows of a trend: one line or several, of any measure, with gaps, symbols and unfinished years."""
    measure = MEASURES[draw(st.sampled_from(sorted(MEASURES)))]
    kind = draw(st.sampled_from(["total", "course", "region", "funding"]))
    place = draw(st.sampled_from(["England", "Yorkshire and The Humber", "A Borough with a Name of Many Words"]))
    rows = []
    for number in range(1 if kind == "total" else draw(st.integers(1, 5))):
        about: dict[str, Any] = {"line": f"{number} {LONG}", "measure": measure.code, "unit": measure.unit}
        about |= {"basis": draw(st.sampled_from(["in-year", "cumulative"])), "location_name": place}
        about |= {"location_code": "E92000001" if place == "England" else "E1"}
        if kind == "course":
            about |= {"breakdown": "course", "group": draw(st.sampled_from(["NPQ for SENCO", "NPQSL", LONG]))}
        if kind == "region":
            about |= {"geographic_level": "Regional", "location_code": f"E{number}"}
        if kind == "funding":
            about |= {"funding": draw(st.sampled_from(["funded", "non-funded", "all"]))}
        before: float | None = None
        for period in PERIODS:
            value = draw(st.none() | st.floats(0, 1e7, allow_nan=False).map(round))
            status = draw(st.sampled_from(["published", "so far", "new"])) if value is not None else "missing"
            told: dict[str, Any] = {"value": None if value is None else float(value), "status": status}
            told["symbol"] = draw(st.sampled_from([None, "c", "low"])) if value is None else None
            if status == "published" and before is not None and value is not None:
                told |= _change(before, value, is_rate=measure.is_rate)
            rows.append(row(period=period, **about, **told))
            before = float(value) if value is not None else None
    return rows


def _change(before: float, after: float, *, is_rate: bool) -> dict[str, Any]:
    if is_rate:
        return {"change_pp": after - before}
    return {"change": after - before, "change_pct": 100 * (after - before) / before if before >= 30 else None}


@given(trends())
def test_any_rows_give_a_sentence_of_at_most_15_words_that_starts_with_no_numeral(rows: list[dict[str, Any]]) -> None:
    told = headline.of_trend(rows)
    assert 0 < len(told.split()) <= headline.MOST_WORDS
    assert told[0].isalpha()
    assert told == " ".join(told.split())


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_the_word_agrees_with_the_sign(before: int, after: int) -> None:
    told = headline.of_trend([row(period=202324, value=float(before)), moved(after - before, before)])
    ways = {word for word in ("rose", "fell", "hardly changed", "did not change") if word in told}
    if after == before:
        assert ways == {"did not change"}
    else:
        assert ways <= {"rose" if after > before else "fell", "hardly changed"}
        assert len(ways) == 1


@given(st.floats(0, 100), st.floats(0, 100))
def test_rates_move_in_points_and_never_in_per_cent(before: float, after: float) -> None:
    about = {"measure": "workforce-share", "unit": "%"}
    told = headline.moved(row(value=after, change_pp=after - before, **about)) or ""
    assert "%" not in told
    assert told == "hardly changed" or told.startswith("rose" if after > before else "fell")


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({}, "NPQ starts"),
        ({"funding": "funded"}, "Funded NPQ starts"),
        ({"breakdown": "course", "group": "NPQ for SENCO"}, "NPQSENCO starts"),
        ({"location_code": "E12000007", "location_name": "London"}, "NPQ starts in London"),
        ({"measure": "schools", "funding": "non-funded"}, "Schools with an NPQ starter (non-funded)"),
        ({"measure": "schools", "basis": "cumulative"}, "Schools with an NPQ starter since 2021"),
        ({"measure": "pass-rate", "breakdown": "course", "group": "NPQSL"}, "NPQSL pass rate"),
    ],
)
def test_what_a_row_counts_is_named(parts: dict[str, Any], words: str) -> None:
    assert headline.subject(row(**parts)) == words


def test_a_base_under_30_gives_no_per_cent() -> None:
    assert headline.of_trend([moved(5, 10)]) == "NPQ starts rose by 5 in 2024/25, to 15"


def test_what_did_not_change_is_at_its_figure_and_not_to_it() -> None:
    assert headline.of_trend([moved(0, 100)]) == "NPQ starts did not change in 2024/25, at 100"


def test_a_single_year_is_told_without_a_change() -> None:
    assert headline.of_trend([row(value=10.0)]) == "NPQ starts: 10 in 2024/25"


def test_a_symbol_alone_is_no_figure() -> None:
    assert headline.of_trend([row(symbol="c")]) == "NPQ starts: no figure can be given"


def test_an_unfinished_figure_alone_is_so_far() -> None:
    assert (
        headline.of_trend([row(measure="completions", value=4.0, status="so far")])
        == "NPQ completions: 4 so far in 2024/25"
    )


def test_lines_are_counted_by_their_direction() -> None:
    rows = [
        moved(way, 100, line=name, breakdown="course", group=name) for name, way in (("a", -9), ("b", -8), ("c", 7))
    ]
    assert headline.of_trend(rows) == "NPQ starts fell for 2 of 3 courses, rose for 1 in 2024/25"


def test_lines_that_cannot_be_compared_are_not_counted_among_all() -> None:
    falls = [moved(-9, 100, line=name, breakdown="course", group=name) for name in ("a", "b")]
    hidden = row(line="c", breakdown="course", group="c", symbol="c")
    assert headline.of_trend([*falls, hidden]) == "NPQ starts fell for both courses compared in 2024/25"
    rise = moved(9, 100, line="b", breakdown="course", group="b")
    assert headline.of_trend([falls[0], rise, hidden]) == "NPQ starts fell for 1 course, rose for 1 in 2024/25"


def test_the_total_is_not_one_of_the_lines() -> None:
    rows = [moved(-9, 100, line=name, breakdown="course", group=name) for name in ("a", "b")]
    assert headline.of_trend([moved(-18, 200, line="All"), *rows]) == "NPQ starts fell for both courses in 2024/25"


def test_the_two_kinds_of_funding_are_told_side_by_side() -> None:
    rows = [moved(way, 100, line=kind, funding=kind) for kind, way in (("funded", -43), ("non-funded", 168))]
    assert headline.of_trend(rows) == "Funded NPQ starts fell by 43% in 2024/25; non-funded rose by 168%"


def test_they_lose_their_sizes_and_not_their_ends_where_the_sentence_is_too_long() -> None:
    about = {"measure": "completion-rate", "unit": "%", "location_code": "E1", "location_name": "A Place of Five Words"}
    rows = [row(line=kind, funding=kind, value=80.0, change_pp=-1.6, **about) for kind in ("funded", "non-funded")]
    assert headline.of_trend(rows) == "Funded NPQ completion rate fell for 2024/25 starters; non-funded fell"


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ((9.0, 5.0), "B had the most NPQ starts, 9, in 2024/25"),
        ((9.0, 9.0), "NPQ starts: the largest figure known is 9 in 2024/25"),
        ((9.0, None), "NPQ starts: the largest figure known is 9 in 2024/25"),
    ],
)
def test_where_none_is_compared_the_largest_is_named_if_it_is_sure(values: tuple[float | None, ...], told: str) -> None:
    rows = [row(line=name, breakdown="kind", group=name, value=value) for name, value in zip("BC", values, strict=True)]
    assert headline.of_trend(rows) == told


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({"breakdown": "course"}, "courses"),
        ({"geographic_level": "Regional"}, "regions"),
        ({"geographic_level": "Local authority"}, "local authorities"),
        ({"breakdown": "age-group"}, "groups"),
    ],
)
def test_what_the_lines_are_is_named(parts: dict[str, Any], words: str) -> None:
    assert plural([row(**parts)]) == words


def test_a_sentence_that_is_too_long_gives_way_to_the_next() -> None:
    assert headline.fitting("one " * 16, "short") == "short"
    assert headline.fitting("w " * 20) == " ".join(["w"] * 15)
