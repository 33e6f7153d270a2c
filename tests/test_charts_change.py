"""The chart of two years side by side; all figures but those of `published` are made up."""

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

SIZES = ("press", "wide", "square", "phone", "320x320", "320x1200", "4000x320", "4000x4000")
PAIR = ("2023-24", "2024-25")
HOSTILE = (
    "$x^2$ <b>[bold]</b> &amp;",
    "\u200f\u05e9\u05dc\u05d5\u05dd \u05e2\u05d5\u05dc\u05dd",
    "\U0001f600 emoji",
    "=cmd()",
    "w" * 120,
    "many words " * 30,
)


def change(project: Project | Path, *years: str, **asked: Any) -> Chart:
    return chart("change", years, project=project, **asked)


def course(name: str, before: object, after: object) -> list[Row]:
    row: Row = {"breakdown": "Course", "group_name": name}
    return [{**row, "time_period": 202324, "npq_starts": before}, {**row, "npq_starts": after}]


def made(folder: Path, *rows: Row) -> Path:
    return small(folder, {"2024-25": [{"time_period": 202324, "npq_starts": 900}, {"npq_starts": 800}, *rows]})


def shown(drawn: Chart, where: str = "press") -> list[str]:
    return texts(figure(drawn, size(where), LOOKS["light"]))


@pytest.fixture(scope="module")
def by_funding(published: Project) -> Chart:
    return change(published)


@pytest.fixture(scope="module")
def by_course(full: Project) -> Chart:
    return change(full)


def test_the_published_rows_show_who_paid(by_funding: Chart) -> None:
    assert by_funding.title == "Funded NPQ participants fell by 43% in 2024/25; non-funded rose by 168%"
    assert by_funding.subtitle == "Participants (people), England by funding: 2023/24 to 2024/25"
    assert by_funding.data.select("line", "before", "after", "change").rows() == [
        ("All", 43535, 29526, -14009),
        ("Funded", 41274, 23477, -17797),
        ("Non-funded (school- or self-paid)", 2266, 6063, 3797),
    ]


def test_both_values_and_the_change_stand_on_the_picture(by_funding: Chart) -> None:
    words = shown(by_funding)
    for written in ("2023/24", "2024/25", "Change", "41,274", "23,477", "−17,797 (−43.1%)", "+3,797 (+167.6%)"):
        assert written in words


def test_the_text_alternative_says_all_that_is_drawn(by_funding: Chart) -> None:
    assert by_funding.alt.startswith("Arrow chart of Participants (people), England by funding: 2023/24 to 2024/25.")
    assert "Funded: 41,274 in 2023/24, 23,477 in 2024/25, fell by 17,797 (43.1%)" in by_funding.alt


def test_figures_from_the_press_are_diamonds_and_named_in_the_notes(by_funding: Chart) -> None:
    assert by_funding.notes[0].startswith("Diamonds: reported elsewhere")
    assert (
        "Funded, 2023/24 and 2024/25: reported by Schools Week (July 2025), called 'funded NPQs'." in by_funding.notes
    )


def test_every_row_of_the_data_has_the_origins_of_both_figures(by_funding: Chart, by_course: Chart) -> None:
    assert by_funding.data.row(0, named=True)["origins"] == [
        "2024-25/npq_participants.csv:4:npq_unique_participants",
        "2024-25/npq_participants.csv:5:npq_unique_participants",
    ]
    assert by_course.data.get_column("origins").list.len().min() == 2


def test_course_rows_come_first_where_they_are_at_hand(by_course: Chart) -> None:
    assert by_course.title == "NPQ starts fell for all 9 courses in 2024/25; 1 is new"
    assert by_course.data.get_column("breakdown").unique().to_list() == ["course"]
    assert by_course.data.get_column("after").is_sorted(descending=True)


def test_a_new_course_is_new_in_words_and_has_no_change(by_course: Chart) -> None:
    senco = by_course.data.row(0, named=True)
    assert (senco["status"], senco["change"]) == ("new", None)
    words = shown(by_course)
    assert "new in 2024/25" in words
    assert "0" not in words
    assert "(NPQSENCO): 7,402 in 2024/25, new in 2024/25;" in by_course.alt


def test_of_many_places_the_largest_changes_are_drawn_and_counted(full: Project) -> None:
    drawn = change(full, by="local-authority")
    assert drawn.title == "NPQ starts fell for all 153 local authorities in 2024/25"
    assert drawn.subtitle.endswith("; the 10 largest changes of 153")
    assert drawn.data.height == 10
    assert drawn.data.get_column("change").abs().is_sorted(descending=True)


def test_rates_move_in_points_beside_their_total(full: Project) -> None:
    drawn = change(full, "2021-22", "2022-23", by="course", measure="completion-rate")
    assert drawn.data.row(0, named=True)["line"] == "All"
    assert "−1.2 pts" in shown(drawn)
    assert "down 1.2 percentage points" in drawn.alt
    assert "pts: percentage points." in drawn.notes


def test_high_rates_need_no_zero_on_their_scale(full: Project) -> None:
    words = shown(change(full, "2021-22", "2022-23", by="course", measure="completion-rate"))
    assert "80%" in words
    assert "0%" not in words


def test_unfinished_cohorts_are_hollow_and_not_compared(full: Project) -> None:
    drawn = change(full, *PAIR, by="course", measure="completion-rate")
    assert drawn.title == "NPQ completion rate cannot be compared yet: courses are unfinished"
    begun = "those begun in 2023/24 and 2024/25 are unfinished"
    assert f"Hollow: so far. Courses take up to 22 months; {begun}." in drawn.notes
    assert drawn.data.get_column("change_pp").null_count() == drawn.data.height
    assert "38.9% so far" in shown(drawn)


def test_unfinished_cohorts_stay_hollow_where_they_are_compared_as_asked(full: Project) -> None:
    drawn = change(full, "2022-23", "2023-24", measure="completions", by="course", include_unripe=True)
    assert "among 2023/24 starters" in drawn.title
    assert any(words.endswith(" so far") for words in shown(drawn))


def test_years_that_do_not_follow_each_other_are_both_named(published: Project) -> None:
    drawn = change(published, "2021-22", "2024-25", measure="starts")
    assert drawn.title == "NPQ starts fell by 6% from 2021/22 to 2024/25, to 29,818"


def test_a_title_says_what_was_left_out(published: Project) -> None:
    drawn = change(published, *PAIR, measure="starts", exclude_courses=("SENCO",))
    assert drawn.title == "NPQ starts fell by 56% in 2024/25, to 19,281, leaving out NPQSENCO"


def test_one_course_is_told_by_who_paid_for_it(full: Project) -> None:
    drawn = change(full, *PAIR, course="NPQH")
    assert drawn.title == "Funded NPQH participants fell by 35% in 2024/25; non-funded fell by 40%"


def test_a_new_course_alone_began(full: Project) -> None:
    assert change(full, *PAIR, course="SENCO", measure="starts", funding="funded").title.startswith(
        "Funded NPQSENCO starts began with"
    )


def test_symbols_are_words_and_never_zeros(tmp_path: Path) -> None:
    drawn = change(made(tmp_path, *course("One", "c", 100), *course("Two", 50, "low"), *course("Three", "u", "u")))
    assert drawn.title == "NPQ starts fell by 11% in 2024/25, to 800"
    drawn = change(tmp_path, by="course")
    assert {"[c] in 2023/24", "[low] in 2024/25", "[u] in both years"} <= set(shown(drawn))
    assert drawn.title == "NPQ starts had no known change in 2024/25 for any of 3 courses"
    assert "[c] confidential: withheld by the publisher" in drawn.notes


def test_a_zero_gets_words_and_no_arrow(tmp_path: Path) -> None:
    drawn = change(
        made(tmp_path, *course("One", 40, 0), *course("Two", 0, 50), *course("Three", 0, 0), *course("Four", 70, 70))
    )
    words = shown(drawn)
    assert {"none in 2024/25", "none in 2023/24", "none in both years", "no change"} <= set(words)
    assert "Four: 70 in 2023/24, 70 in 2024/25, did not change" in drawn.alt


def test_a_small_base_has_no_percentage_and_says_so(tmp_path: Path) -> None:
    drawn = change(made(tmp_path, *course("One", 10, 20), *course("Two", 40, 50)))
    assert "+10" in shown(drawn)
    assert "One: No percentage: the earlier figure is under 30." in drawn.notes


def test_a_missing_year_is_said_and_not_drawn(published: Project) -> None:
    drawn = change(published, *PAIR, by="course")
    assert drawn.title == "NPQ starts had no known change in 2024/25 for any of 2 courses"
    assert "not known in 2023/24" in shown(drawn)
    assert "Senior leadership (NPQSL), 2023/24: not in the rows at hand." in drawn.notes


def test_notes_for_who_keeps_the_files_are_in_the_data_alone(published: Project) -> None:
    drawn = change(published, *PAIR, by="course")
    assert not any("full participants file" in note for note in drawn.notes)
    assert any("full participants file" in note for notes in drawn.data["notes"] for note in notes)


def test_unknown_years_and_breakdowns_are_refused(published: Project) -> None:
    with pytest.raises(UsageError, match="no figures for 2030/31"):
        change(published, "2023-24", "2030-31")
    with pytest.raises(UsageError, match="no breakdown 'planet'"):
        change(published, by="planet")


@pytest.mark.parametrize("where", SIZES)
@pytest.mark.parametrize("theme", LOOKS)
def test_everything_fits_at_any_size(by_funding: Chart, by_course: Chart, where: str, theme: str) -> None:
    for drawn in (by_funding, by_course):
        check_fits(figure(drawn, size(where), LOOKS[theme]))


@pytest.mark.parametrize("where", SIZES)
def test_hostile_labels_and_giant_values_fit(tmp_path: Path, where: str) -> None:
    rows = [row for name in HOSTILE for row in course(name, 12, 10**9 if name == HOSTILE[0] else 40)]
    drawn = change(made(tmp_path, *rows))
    check_fits(figure(drawn, size(where), LOOKS["light"]))
    assert drawn.data.height == len(HOSTILE)


def test_what_does_not_fit_is_left_to_the_data_and_said(by_course: Chart) -> None:
    words = shown(by_course, "320x320")
    assert any(line.endswith("of 10; all are in the chart's data.") for line in words)
