"""Our figures against figures that the Department for Education (DfE) or the press printed.

DfE: Teacher and leader development: ECF and NPQs, 2024/25, published 10 July 2025: its data files and its text.
Schools Week: NPQs take-up collapses after government funding cut, July 2025.
"""

from __future__ import annotations

import pytest

from npqstats import Comparison, compare, trend
from npqstats.project import Project
from npqstats.vocabulary.numbers import rounded, signed


@pytest.fixture(scope="module")
def headline(published: Project) -> dict[str, dict[str, object]]:
    found = compare("2023-24", "2024-25", project=published, detail=True)
    return {row["line"]: row for row in found.frame.iter_rows(named=True)}


@pytest.mark.parametrize(
    ("name", "before", "after", "change", "per_cent"),
    [
        # DfE, NPQ participants 2024-25, rows 3 and 4 (national, Overall); Schools Week, July 2025
        ("Starts", 43840, 29818, "−14,022", "−32.0%"),
        # 29,818 (DfE) less 10,537 SENCO starts (Schools Week, July 2025)
        ("Starts, leaving out NPQSENCO", 43840, 19281, "−24,559", "−56.0%"),
        # 41,274: Schools Week, July 2025, as "funded NPQs"; 23,477: DfE's own text, as participants
        ("Participants, funded", 41274, 23477, "−17,797", "−43.1%"),
        # 2,266: Schools Week, July 2025, who round the rise to 168%; 6,063: DfE's own text
        ("Participants, non-funded (school- or self-paid)", 2266, 6063, "+3,797", "+167.6%"),
    ],
)
def test_the_headline_has_the_counts_that_were_printed(
    headline: dict[str, dict[str, float]], name: str, before: int, after: int, change: str, per_cent: str
) -> None:
    row = headline[name]
    assert (row["before"], row["after"]) == (before, after)
    assert (signed(row["change"]), signed(row["change_pct"], "%")) == (change, per_cent)


def test_starts_move_from_year_to_year_as_published(published: Project) -> None:
    # DfE, NPQ participants 2024-25, rows 1 to 4 (national, Overall), published 10 July 2025
    rows = trend(measure="starts", project=published).frame.select("value", "change", "change_pct").rows()
    assert [(value, signed(change), signed(pct, "%")) for value, change, pct in rows] == [
        (31677, "", ""),
        (38906, "+7,229", "+22.8%"),
        (43840, "+4,934", "+12.7%"),
        (29818, "−14,022", "−32.0%"),
    ]


def test_participation_rises_twice_by_0_8_and_falls_by_2_6_points(published: Project) -> None:
    # DfE, NPQ participants 2024-25, percent_workforce_npq_participation, published 10 July 2025
    frame = trend(measure="workforce-share", basis="in-year", project=published).frame
    assert frame["value"].to_list() == [5.5, 6.3, 7.1, 4.5]
    assert [signed(points, "pp") for points in frame["change_pp"]] == ["", "+0.8", "+0.8", "−2.6"]
    assert frame["change_pct"].null_count() == 4


def completion(published: Project, **parts: str) -> Comparison:
    return compare("2021-22", "2022-23", measure="completion-rate", project=published, **parts)  # type: ignore[arg-type]


def test_completion_rate_is_84_6_overall_and_84_3_funded(published: Project) -> None:
    # DfE, NPQ completions 2024-25, rows 1 and 5; Schools Week, July 2025, prints 84.3 without "funded"
    rates = [completion(published, **parts).rows[0].before.value for parts in ({}, {"funding": "funded"})]
    assert rates == [84.6, 84.3]


def test_overall_completion_falls_by_2_8_points_by_the_counts_and_says_so(published: Project) -> None:
    # DfE, NPQ completions 2024-25: 26,783 of 31,677 and 31,791 of 38,906, printed as 84.6 and 81.7
    found = completion(published)
    (row,) = found.rows
    assert (row.before.value, row.after.value) == (84.6, 81.7)
    assert row.change.change_pp == pytest.approx(100 * (31791 / 38906 - 26783 / 31677))
    assert found.document.frame["change_text"].to_list() == ["down 2.8 percentage points"]
    assert any("computed from the counts" in note and "−2.9" in note for note in found.notes)


def test_funded_completion_rests_on_rounded_percentages(published: Project) -> None:
    # Schools Week, July 2025: 84.3% (2021-22) and 81.4% (2022-23)
    found = completion(published, funding="funded")
    (row,) = found.rows
    assert (row.before.value, row.after.value, signed(row.change.change_pp, "pp")) == (84.3, 81.4, "−2.9")
    assert any("rests on rounded percentages" in note for note in found.notes)
    assert any("Schools Week (July 2025)" in note for note in found.notes)


def test_four_years_of_starts_are_144241_courses(published: Project) -> None:
    # DfE, NPQ participants 2024-25, rows 1 to 4: 31,677 + 38,906 + 43,840 + 29,818
    found = trend(measure="starts", project=published)
    assert found.frame["value"].sum() == 144241
    assert "144,241 courses" in found.finding


def test_88_4_per_cent_of_schools_were_reached_since_2021(headline: dict[str, dict[str, float]]) -> None:
    # DfE, NPQ school coverage 2024-25, row 4 (cumulative): 20,611 of 23,320 schools
    row = headline["Share of schools reached, since 2021"]
    assert row["after"] == 88.4
    assert row["after_exact"] == pytest.approx(100 * 20611 / 23320)
    assert rounded(20611 / 23320 * 100, 1) == rounded(88.4, 1)
