"""Two years side by side: which figures, from which release, and what is made of them. All rows here are MADE UP."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from npqstats.analysis.answers import Comparison, ComparisonRow, Gap, Status
from npqstats.analysis.ask import ask
from npqstats.analysis.compare import compare
from npqstats.errors import UsageError
from npqstats.project import Project
from npqstats.store.build import ready
from tests.analysis_fixtures import small

YEARS = ("2023-24", "2024-25")


def answer(project: Project | Path, *years: str, **parts: Any) -> Comparison:
    found = ready(project)
    return compare(found, ask(found, years or YEARS, parts))


def only(found: Comparison) -> ComparisonRow:
    (row,) = found.rows
    return row


def total(year: int, starts: object, **more: object) -> dict[str, object]:
    return {"time_period": year, "npq_starts": starts, **more}


def course(year: int, label: str, starts: object) -> dict[str, object]:
    return total(year, starts, breakdown="Course", group_name=label)


TWO_YEARS = [total(202324, 1000), total(202425, 700)]


def test_the_newest_release_answers_and_says_what_it_revised(tmp_path: Path) -> None:
    older = [total(202223, 500), total(202324, 990)]
    found = answer(small(tmp_path, {"2023-24": older, "2024-25": TWO_YEARS}), measure="starts")
    assert found.release.name == "2024-25"
    assert (only(found).before.value, only(found).after.value) == (1000, 700)
    revised = only(found).before.revised_from
    assert revised is not None
    assert (revised.release, revised.raw) == ("2023-24", "990")


def test_an_older_release_answers_where_the_newest_has_no_such_rows(tmp_path: Path) -> None:
    older = [total(202122, 400), total(202223, 500)]
    found = answer(small(tmp_path, {"2023-24": older, "2024-25": TWO_YEARS}), "2021-22", "2022-23")
    assert (found.release.name, found.newest.name) == ("2023-24", "2024-25")


def test_years_the_wrong_way_round_are_turned(tmp_path: Path) -> None:
    found = answer(small(tmp_path, {"2024-25": TWO_YEARS}), "2024-25", "2023-24", measure="starts")
    assert found.was_turned
    assert only(found).change.change == -300


def test_a_new_course_is_found_in_the_rows_and_left_out(tmp_path: Path) -> None:
    rows = [*TWO_YEARS, course(202324, "NPQ for Headship", 1000), course(202425, "NPQ for Headship", 600)]
    rows += [course(202425, "NPQ Leading Wonder", 100), course(202324, "NPQ Leading Wonder", "z")]
    found = answer(small(tmp_path, {"2024-25": rows}), like_for_like=True, measure="starts")
    assert [one.name for one in found.new] == ["NPQ Leading Wonder"]
    assert (only(found).before.value, only(found).after.value) == (1000, 600)


def test_an_ended_course_is_found_in_the_rows(tmp_path: Path) -> None:
    rows = [*TWO_YEARS, course(202324, "NPQ Leading Wonder", 300), course(202425, "NPQ Leading Wonder", 0)]
    rows += [course(202324, "NPQ for Headship", 700), course(202425, "NPQ for Headship", 700)]
    found = answer(small(tmp_path, {"2024-25": rows}), by="course")
    statuses = {row.line.group_label: row.status for row in found}
    assert statuses["NPQ Leading Wonder"] is Status.ENDED
    assert [one.name for one in found.ended] == ["NPQ Leading Wonder"]


@pytest.mark.parametrize("symbol", ["0", "c", "z"])
def test_a_row_from_before_a_course_began_is_no_figure_and_no_base(tmp_path: Path, symbol: str) -> None:
    rows = [*TWO_YEARS, course(202324, "NPQ for SENCO", symbol), course(202425, "NPQ for SENCO", 300)]
    found = answer(small(tmp_path, {"2024-25": rows}), course="NPQSENCO", measure="starts")
    assert only(found).before.gap is Gap.DID_NOT_EXIST
    assert only(found).status is Status.NEW
    assert only(found).change.size is None


def test_a_withheld_course_cannot_be_left_out(tmp_path: Path) -> None:
    rows = [*TWO_YEARS, course(202425, "NPQ for SENCO", "c"), course(202425, "NPQ for Headship", 300)]
    found = answer(small(tmp_path, {"2024-25": rows}), exclude_course="NPQSENCO", measure="starts")
    assert only(found).after.gap is Gap.WITHHELD
    assert [one.code for one in only(found).after.lacking] == ["NPQSENCO"]


def test_a_press_figure_is_not_set_among_official_rows_by_course(tmp_path: Path) -> None:
    press = {"course": "NPQSENCO", "breakdown": "Course", "group_name": "NPQSENCO", "value": 333}
    rows = [*TWO_YEARS, course(202425, "NPQ for Headship", 300)]
    assert {row.line.series.group for row in answer(small(tmp_path, {"2024-25": rows}, press), by="course")} == {
        "overall",
        "npqh",
    }


def test_a_press_figure_fills_a_gap_and_is_marked(tmp_path: Path) -> None:
    press = {"course": "NPQSENCO", "breakdown": "Course", "group_name": "NPQSENCO", "value": 333}
    found = answer(small(tmp_path, {"2024-25": TWO_YEARS}, press), exclude_course="NPQSENCO", measure="starts")
    assert only(found).after.value == 367
    assert [cell.evidence for cell in only(found).after.cells] == ["official", "reported"]


def test_no_percentage_from_a_base_under_30(tmp_path: Path) -> None:
    found = answer(small(tmp_path, {"2024-25": [total(202324, 29), total(202425, 58)]}), measure="starts")
    assert (only(found).change.change, only(found).change.change_pct) == (29, None)


def test_a_printed_rate_that_contradicts_its_counts_is_marked_and_the_counts_are_compared(tmp_path: Path) -> None:
    def row(year: int, matched: int, share: float) -> dict[str, object]:
        return total(
            year,
            matched,
            npq_unique_participants_swc_eligible=matched,
            percent_workforce_npq_participation=share,
            teaching_workforce_headcount_swc=10_000,
        )

    found = answer(
        small(tmp_path, {"2024-25": [row(202324, 710, 3.3), row(202425, 470, 4.7)]}), measure="workforce-share"
    )
    assert only(found).before.is_contradicted
    assert not only(found).after.is_contradicted
    assert only(found).change.change_pp == pytest.approx(-2.4)


def test_unfinished_cohorts_are_not_compared_unless_asked(published: Project) -> None:
    held = answer(published, measure="completion-rate")
    assert (only(held).status, only(held).change.size) == (Status.SO_FAR, None)
    asked = answer(published, "2022-23", "2023-24", measure="completion-rate", include_unripe=True)
    assert only(asked).change.change_pp == pytest.approx(100 * (17389 / 43840 - 31791 / 38906))


@pytest.mark.parametrize(
    ("years", "parts", "message"),
    [
        (("2021-22", "2022-23"), {"include_unripe": True, "measure": "completion-rate"}, "No cohort"),
        (YEARS, {"include_unripe": True, "measure": "starts"}, "No cohort"),
        (YEARS, {"measure": "starts", "sort": "name"}, "one row"),
        (YEARS, {"measure": "starts", "by": "local-authority"}, "local authorities are not loaded"),
        (("2023-24", "2023-24"), {}, "cannot be compared with itself"),
        (("2030-31", "2024-25"), {}, "no figures for 2030/31"),
        (YEARS, {"release": "1999-00"}, "no release '1999-00'"),
    ],
)
def test_what_would_change_nothing_or_match_nothing_is_refused(
    published: Project, years: tuple[str, str], parts: dict[str, object], message: str
) -> None:
    with pytest.raises(UsageError, match=message):
        answer(published, *years, **parts)


def test_the_authorities_of_a_region_come_with_the_region_and_england_above_them(full: Project) -> None:
    found = answer(full, area="Yorkshire and the Humber", by="local-authority", measure="starts")
    names = [row.line.area.name for row in found]
    assert names[0] == "England"
    assert names[1].startswith("Yorkshire")
    assert {row.line.area.level for row in found.rows[2:]} == {"Local authority"}
    assert len(names) > 10


def test_several_areas_are_set_beside_each_other(full: Project) -> None:
    found = answer(full, area=["London", "North East"], measure="starts")
    assert [row.line.area.name for row in found] == ["London", "North East"]


def test_rows_are_sorted_by_size_of_change_and_cut_below_the_totals(full: Project) -> None:
    found = answer(full, by="region", measure="starts", top=3)
    sizes = [abs(row.change.change or 0) for row in found.rows[1:]]
    assert (len(found.rows), found.count) == (4, 9)
    assert sizes == sorted(sizes, reverse=True)
    assert found.rows[0].line.area.name == "England"
