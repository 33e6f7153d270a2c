"""Our figures against figures that the Department for Education (DfE) or the press printed.

DfE: Teacher and leader development: ECF and NPQs, 2024/25, published 10 July 2025, data files of that release.
Schools Week: NPQs take-up collapses after government funding cut, July 2025.
"""

from __future__ import annotations

import polars as pl
import pytest

from npqstats import compare, trend
from npqstats.project import Project
from npqstats.vocabulary.numbers import rounded, signed
from npqstats.wording.wording import change as in_words
from tests.analysis_fixtures import line, notes


@pytest.fixture(scope="module")
def headline(published: Project) -> pl.DataFrame:
    return compare("2023-24", "2024-25", project=published)


@pytest.mark.parametrize(
    ("name", "before", "after", "change", "per_cent"),
    [
        # Schools Week, July 2025; DfE, NPQ participants 2024-25, rows 3 and 4 (national, Overall)
        ("Starts", 43840, 29818, "−14,022", "−32.0%"),
        # 29,818 (DfE) less 10,537 SENCO starts (Schools Week, July 2025)
        ("Starts, leaving out NPQSENCO", 43840, 19281, "−24,559", "−56.0%"),
        # Schools Week, July 2025, as "funded NPQs" (they fit unique participants, not starts)
        ("Participants, funded", 41274, 23477, "−17,797", "−43.1%"),
        # Schools Week, July 2025, as NPQs "funded by schools"; the article rounds the rise to 168%
        ("Participants, non-funded (school- or self-paid)", 2266, 6063, "+3,797", "+167.6%"),
    ],
)
def test_the_headline_has_the_counts_that_were_printed(
    headline: pl.DataFrame, name: str, before: int, after: int, change: str, per_cent: str
) -> None:
    row = line(headline, name)
    assert (row["before"], row["after"]) == (before, after)
    assert (signed(row["change"]), signed(row["change_pct"], "%")) == (change, per_cent)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("before", "after", "change", "per_cent"),
    [
        # DfE, NPQ participants 2024-25, rows 1 to 4 (national, Overall), published 10 July 2025
        (31677, 38906, "+7,229", "+22.8%"),
        (38906, 43840, "+4,934", "+12.7%"),
        (43840, 29818, "−14,022", "−32.0%"),
    ],
)
def test_starts_move_from_year_to_year_as_published(
    published: Project, before: int, after: int, change: str, per_cent: str
) -> None:
    table = trend(project=published)
    row = table.row(by_predicate=pl.col("value") == after, named=True)
    assert table.row(table["value"].to_list().index(after) - 1, named=True)["value"] == before
    assert (signed(row["change"]), signed(row["change_pct"], "%")) == (change, per_cent)


def test_participation_rises_twice_by_0_8_and_falls_by_2_6_points(published: Project) -> None:
    # DfE, NPQ participants 2024-25, percent_workforce_npq_participation, published 10 July 2025
    table = trend(measure="workforce-share", basis="in-year", project=published)
    assert table["value"].to_list() == [5.5, 6.3, 7.1, 4.5]
    assert [signed(points, "pp") for points in table["change_pp"]] == ["", "+0.8", "+0.8", "−2.6"]
    assert table["change_pct"].null_count() == 4


def test_completion_rate_is_84_6_overall_and_84_3_funded(published: Project) -> None:
    # DfE, NPQ completions 2024-25, rows 1 and 5; Schools Week, July 2025, prints 84.3 without "funded"
    overall = compare("2021-22", "2022-23", measure="completion-rate", project=published)
    funded = compare("2021-22", "2022-23", measure="completion-rate", funding="funded", project=published)
    assert (overall["before"].to_list(), funded["before"].to_list()) == ([84.6], [84.3])


def test_overall_completion_falls_by_2_8_points_by_the_counts_and_says_so(published: Project) -> None:
    # DfE, NPQ completions 2024-25: 26,783 of 31,677 and 31,791 of 38,906, printed as 84.6 and 81.7
    table = compare("2021-22", "2022-23", measure="completion-rate", project=published)
    row = line(table, "Completion rate")
    assert (row["before"], row["after"]) == (84.6, 81.7)
    assert row["change_pp"] == pytest.approx(100 * (31791 / 38906 - 26783 / 31677))
    assert in_words(row) == "down 2.8 percentage points"
    assert "computed from the counts" in notes(table, "Completion rate")
    assert "−2.9" in notes(table, "Completion rate")


def test_funded_completion_falls_by_2_9_points_resting_on_rounded_percentages(published: Project) -> None:
    # Schools Week, July 2025: 84.3% (2021-22) and 81.4% (2022-23)
    table = compare("2021-22", "2022-23", measure="completion-rate", funding="funded", project=published)
    row = table.row(0, named=True)
    assert (row["before"], row["after"], row["change_pp"]) == (84.3, 81.4, -2.9)
    assert "rests on rounded percentages" in " ".join(row["notes"])
    assert "Schools Week (July 2025)" in " ".join(row["notes"])


def test_four_years_of_starts_are_144241_courses_and_not_people(published: Project) -> None:
    # DfE, NPQ participants 2024-25, rows 1 to 4: 31,677 + 38,906 + 43,840 + 29,818
    said: list[str] = []
    table = trend(project=published, say=said.append)
    assert table["value"].sum() == 144241
    assert [sentence for sentence in said if "144,241 starts" in sentence and "courses, not people" in sentence]


def test_88_4_per_cent_of_schools_were_reached_since_2021(headline: pl.DataFrame) -> None:
    # DfE, NPQ school coverage 2024-25, row 4 (cumulative): 20,611 of 23,320 schools
    row = line(headline, "Share of schools reached, since 2021")
    assert row["after"] == 88.4
    assert row["after_exact"] == pytest.approx(100 * 20611 / 23320)
    assert rounded(20611 / 23320 * 100, 1) == rounded(88.4, 1)
