"""The chart of what makes up a change; all figures but those of `published` are made up."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from npqstats.charts.chart import Chart
from npqstats.charts.kinds import chart
from npqstats.charts.look import LOOKS
from npqstats.charts.sizes import size
from npqstats.errors import UsageError
from npqstats.project import Project
from tests.analysis_fixtures import Row, small
from tests.charts import check_fits, figure, texts
from tests.conftest import told

SIZES = ("press", "wide", "square", "phone", "320x320", "320x1200", "4000x320", "4000x4000")


def impact(project: Project | Path, *years: str, **asked: Any) -> Chart:
    return chart("impact", years, project=project, **asked)


def course(name: str, before: object, after: object) -> list[Row]:
    row: Row = {"breakdown": "Course", "group_name": name}
    return [{**row, "time_period": 202324, "npq_starts": before}, {**row, "npq_starts": after}]


def made(folder: Path, before: object, after: object, *rows: Row) -> Path:
    totals: list[Row] = [{"time_period": 202324, "npq_starts": before}, {"npq_starts": after}]
    return small(folder, {"2024-25": [*totals, *rows]})


def shown(drawn: Chart, where: str = "press") -> list[str]:
    return texts(figure(drawn, size(where), LOOKS["light"]))


def marks(drawn: Chart) -> list[tuple[object, ...]]:
    return drawn.data.select("mark", "line", "value", "change").rows()


@pytest.fixture(scope="module")
def newcomer(published: Project) -> Chart:
    return impact(published)


@pytest.fixture(scope="module")
def by_course(full: Project) -> Chart:
    return impact(full)


@pytest.fixture(scope="module")
def by_place(full: Project) -> Chart:
    return impact(full, by="local-authority")


def test_the_published_fall_is_told_with_and_without_the_new_course(newcomer: Chart) -> None:
    assert newcomer.title == "NPQ starts fell by 32% in 2024/25, or by 56% leaving out NPQSENCO"
    assert newcomer.subtitle == "Starts (courses), England: 2023/24, and 2024/25 with and without new courses"
    assert marks(newcomer) == [
        ("total", "2023/24", 43840, None),
        ("without new", "2024/25 leaving out NPQSENCO", 19281, -24559),
        ("new", "Special educational needs co-ordinator (NPQSENCO), new", None, 10537),
        ("total", "2024/25", 29818, -14022),
    ]


def test_both_changes_stand_on_the_picture(newcomer: Chart) -> None:
    words = " ".join(shown(newcomer))
    for written in ("43,840", "29,818", "−14,022 (−32.0%)", "19,281†", "−24,559 (−56.0%)", "10,537†"):
        assert written in words


def test_what_rests_on_the_press_has_a_dagger_and_a_note(newcomer: Chart) -> None:
    assert newcomer.notes[0].startswith("† Reported elsewhere")
    assert "reported by Schools Week (July 2025)" in " ".join(newcomer.notes)
    assert "19,281† (−56.0%)" in newcomer.alt


def test_notes_say_that_other_courses_are_not_at_hand(newcomer: Chart, published: Project) -> None:
    assert "Not in the rows at hand: any other course in both 2023/24 and 2024/25." in newcomer.notes
    earlier = impact(published, "2021-22", "2024-25")
    assert earlier.title == "NPQ starts fell by 6% from 2021/22 to 2024/25, or by 39% leaving out NPQSENCO"
    assert "Not in the rows at hand: NPQEYL, NPQLL and NPQLPM, new since the earlier year, too." in earlier.notes


def test_a_derived_figure_has_the_origins_of_all_its_cells(newcomer: Chart) -> None:
    left = newcomer.data.row(1, named=True)
    assert left["evidence"] == "derived"
    assert left["origins"] == [
        "2024-25/npq_participants.csv:4:npq_starts",
        "2024-25/npq_participants.csv:5:npq_starts",
        "reported/figures.csv:2:value",
    ]


def test_course_rows_lead_from_one_published_total_to_the_other(by_course: Chart) -> None:
    assert by_course.title == "NPQ starts fell by 26% in 2024/25, or by 43% leaving out NPQSENCO"
    first, *steps, last = by_course.data.to_dicts()
    assert (first["mark"], last["mark"]) == ("total", "total")
    moved = sum(step["change"] for step in steps if step["mark"] != "without new")
    assert first["value"] + moved == last["value"]
    assert by_course.alt.startswith("Bar chart of steps of Starts (courses), England by course:")


def test_steps_are_ranked_and_the_new_course_comes_after_a_total_without_it(by_course: Chart) -> None:
    changes = [row["change"] for row in by_course.data.to_dicts() if row["mark"] == "part"]
    assert changes == sorted(changes)
    assert by_course.data.get_column("mark").to_list()[-3:] == ["without new", "new", "total"]


def test_the_smaller_places_are_one_step_with_all_their_origins(by_place: Chart) -> None:
    assert by_place.title == "NPQ starts fell by 26% in 2024/25, in all 153 local authorities"
    rest = by_place.data.row(-2, named=True)
    assert (rest["mark"], rest["line"]) == ("rest", "The other 143 local authorities")
    assert len(rest["origins"]) == 2 * 143
    assert "The other 143 local authorities are one step, added up from their rows." in by_place.notes


def test_a_region_that_stands_out_is_named(full: Project) -> None:
    assert impact(full, by="region").title == "NPQ starts fell by 26% in 2024/25, most of all in East of England"


def test_kinds_of_funding_make_up_a_change_too(full: Project) -> None:
    drawn = impact(full, by="funding")
    assert drawn.title == "NPQ starts fell by 26% in 2024/25, most of all funded ones"
    assert drawn.data.get_column("funding").to_list() == ["all", "funded", "non-funded", "all"]


def test_what_the_parts_leave_is_a_step_that_says_so(tmp_path: Path) -> None:
    rows = (*course("NPQH", 300, 200), *course("NPQSL", 200, 150), *course("NPQLT", "c", 50))
    drawn = impact(made(tmp_path, 900, 700, *rows))
    assert ("remainder", "Not in the course rows", None, -50) in marks(drawn)
    assert "Not in the course rows: what is left of the published total's change." in drawn.notes
    assert "Without a known change: Leading teaching (NPQLT)." in drawn.notes
    remainder = drawn.data.row(-2, named=True)
    assert (remainder["evidence"], len(remainder["origins"])) == ("derived", 8)


def test_rises_come_first_in_a_rise(tmp_path: Path) -> None:
    rows = (*course("NPQH", 300, 250), *course("NPQSL", 200, 450), *course("NPQLT", 100, 200))
    drawn = impact(made(tmp_path, 600, 900, *rows))
    assert drawn.title == "NPQ starts rose by 50% in 2024/25, most of all for NPQSL"
    assert drawn.data.get_column("change").to_list() == [None, 250, 100, -50, 300]


def test_a_rise_that_is_a_fall_without_the_new_course_says_so(tmp_path: Path) -> None:
    rows = (*course("NPQH", 600, 500), *course("NPQSENCO", 0, 200))
    drawn = impact(made(tmp_path, 600, 700, *rows))
    assert drawn.title == "NPQ starts rose by 17% in 2024/25, but fell by 17% leaving out NPQSENCO"


def test_a_total_that_stays_says_what_moved_within(tmp_path: Path) -> None:
    rows = (*course("NPQH", 300, 250), *course("NPQSL", 300, 350))
    drawn = impact(made(tmp_path, 600, 600, *rows))
    assert drawn.title == "NPQ starts did not change in 2024/25: 1 of 2 courses rose, 1 fell"


def test_steps_may_fall_below_zero_where_rows_and_totals_disagree(tmp_path: Path) -> None:
    rows = (*course("NPQH", 900, 100), *course("NPQSL", 100, 120))
    drawn = impact(made(tmp_path, 500, 400, *rows))
    assert ("remainder", "Not in the course rows", None, 680) in marks(drawn)
    check_fits(figure(drawn, size("press"), LOOKS["light"]))


@pytest.mark.parametrize("name", ["participants", "completion-rate", "teachers", "schools"])
def test_measures_that_do_not_add_up_are_refused(published: Project, name: str) -> None:
    with pytest.raises(UsageError, match="cannot be taken apart: only courses started, completed or passed") as error:
        impact(published, measure=name)
    assert f"npqstats chart change --measure {name}" in told(error)[1]


def test_unfinished_cohorts_are_refused(full: Project) -> None:
    with pytest.raises(UsageError, match="Completions of 2023/24 and 2024/25 cannot be compared yet"):
        impact(full, measure="completions")


def test_totals_and_parts_that_are_not_at_hand_are_named(published: Project, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="No course has starts of both 2023/24 and 2024/25 here"):
        impact(published, exclude_courses=("SENCO",))
    with pytest.raises(UsageError, match="The total of starts is not known for both 2023/24 and 2024/25"):
        impact(made(tmp_path, "c", 700, *course("NPQH", 300, 250)))
    with pytest.raises(UsageError, match="no such figures for starts in 2021/22 and 2022/23"):
        impact(published, "2021-22", "2022-23")


def test_the_total_is_never_added_up_from_its_parts(published: Project) -> None:
    with pytest.raises(UsageError, match="The total of starts is not in the rows at hand"):
        impact(published, "2021-22", "2022-23", by="region", funding="non-funded", release="2022-23")


def test_courses_left_out_are_named_in_the_titles(full: Project) -> None:
    drawn = impact(full, exclude_courses=("SENCO",))
    assert drawn.title.endswith(", leaving out NPQSENCO")
    assert "England by course, leaving out NPQSENCO: what makes up" in drawn.subtitle
    assert "NPQSENCO" not in " ".join(drawn.data.get_column("line").to_list())


@pytest.mark.parametrize("where", SIZES)
@pytest.mark.parametrize("theme", LOOKS)
def test_everything_fits_at_any_size(
    newcomer: Chart, by_course: Chart, by_place: Chart, where: str, theme: str
) -> None:
    for drawn in (newcomer, by_course, by_place):
        check_fits(figure(drawn, size(where), LOOKS[theme]))


@pytest.mark.parametrize("where", SIZES)
def test_hostile_labels_fit(tmp_path: Path, where: str) -> None:
    names = ("$x^2$ <b>[bold]</b>", "=cmd()", "w" * 120, "many words " * 30)
    rows = [row for name in names for row in course(name, 40, 10**6)]
    drawn = impact(made(tmp_path, 1000, 4 * 10**6, *rows))
    check_fits(figure(drawn, size(where), LOOKS["light"]))


def test_a_small_picture_draws_more_parts_as_one_step(by_course: Chart) -> None:
    words = shown(by_course, "320x320")
    assert "8 others" in words
    assert {"42,164", "−12,605", "31,370 (−25.6%)"} <= set(words)
