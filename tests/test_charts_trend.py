from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from npqstats import trend
from npqstats.charts.chart import Chart
from npqstats.charts.kinds import chart
from npqstats.charts.look import LOOKS
from npqstats.charts.sizes import SIZES, Size
from npqstats.errors import UsageError
from npqstats.project import Project
from tests.analysis_fixtures import small
from tests.charts import figure, texts


@pytest.fixture(scope="module")
def starts(published: Project) -> Chart:
    return chart("trend", project=published)


def shown(made: Chart, size: Size = SIZES["press"]) -> list[str]:
    return texts(figure(made, size, LOOKS["light"]))


def test_the_title_is_the_finding_and_the_subtitle_what_is_counted(starts: Chart) -> None:
    assert starts.title == "NPQ starts fell by 32% in 2024/25, to 29,818"
    assert starts.subtitle == "Starts (courses), England, 2021/22 to 2024/25"


def test_every_figure_is_written_at_its_point(starts: Chart) -> None:
    assert {"31,677", "38,906", "43,840", "29,818"} <= set(shown(starts))


def test_the_scale_begins_at_zero(starts: Chart) -> None:
    assert "0" in shown(starts)


def test_the_rules_of_funding_stand_above_the_years_and_in_the_text_alternative(starts: Chart) -> None:
    assert "Free for all state schools" in shown(starts)
    assert "Free for all state schools (2021/22 to 2023/24)" in starts.alt
    assert "Most courses free for half of schools (2024/25)" in starts.alt


def test_they_are_left_to_the_text_alternative_where_there_is_no_room(starts: Chart) -> None:
    assert "Free for all state schools" not in shown(starts, Size(320, 320))


def test_the_data_are_the_figures_of_the_trend_with_their_origins(starts: Chart, published: Project) -> None:
    table = trend(project=published)
    assert starts.data["value"].to_list() == table["value"].to_list()
    assert starts.data["origins"].to_list() == table["origins"].to_list()


def test_unfinished_years_are_said_to_be_so_far_and_a_symbol_is_not_zero(published: Project) -> None:
    made = chart("trend", measure="completion-rate", project=published)
    written = shown(made)
    assert written.count("unfinished") == 2
    assert "so far" in written
    assert "[low]" in written
    assert made.notes[0].startswith("Dashed, hollow: so far.")
    assert "[low] rounds to 0 but is not 0" in made.notes
    assert made.data.filter(symbol="low")["value"].to_list() == [None]


def test_kinds_of_funding_are_lines_with_their_names_at_their_ends(published: Project) -> None:
    made = chart("trend", measure="participants", by="funding", project=published)
    assert made.title == "Funded NPQ participants fell by 43% in 2024/25; non-funded rose by 168%"
    assert {"All 29,526", "Funded 23,477"} <= set(shown(made))
    assert any(note.startswith("Diamonds: reported elsewhere") for note in made.notes)


def test_the_total_of_a_count_is_not_drawn_beside_its_parts(full: Project) -> None:
    made = chart("trend", by="course", project=full)
    assert set(made.data["breakdown"]) == {"course"}
    assert "The largest of 10 are named." in made.notes


def test_a_rate_is_drawn_beside_that_of_all(full: Project) -> None:
    made = chart("trend", by="course", measure="completion-rate", project=full)
    assert "All" in set(made.data["line"])


def test_a_new_course_is_drawn_from_its_first_year(full: Project) -> None:
    made = chart("trend", by="course", project=full)
    assert "1 is new" in made.title
    drawn = {words for words in shown(made) if "NPQSENCO" in words}
    assert drawn
    assert "NPQSENCO began in autumn 2024." in made.notes


@pytest.mark.parametrize(
    ("years", "periods"),
    [
        (("2022-23",), [202122, 202223]),
        (("2022-23", "2023-24"), [202223, 202324]),
        (("2024-25", "2023-24"), [202324, 202425]),
    ],
)
def test_years_are_the_newest_or_the_first_and_the_last(
    published: Project, years: tuple[str, ...], periods: list[int]
) -> None:
    assert chart("trend", years, project=published).data["period"].to_list() == periods


def test_counting_since_2021_is_said(published: Project) -> None:
    made = chart("trend", measure="schools", basis="cumulative", project=published)
    assert made.title == "Schools with an NPQ starter since 2021 rose by 7% in 2024/25, to 20,611"
    assert made.subtitle == "Schools reached (schools), England, since 2021, 2021/22 to 2024/25"


def test_a_year_without_a_figure_is_a_gap(published: Project) -> None:
    made = chart("trend", measure="starts", course="NPQSL", funding="all", project=published)
    assert made.data["period"].to_list() == [202425]


def test_where_no_figure_can_be_had_the_error_says_why(published: Project) -> None:
    with pytest.raises(UsageError, match="for NPQSL are not in the rows at hand") as caught:
        chart("trend", measure="completions", exclude_courses=("NPQSL",), project=published)
    assert caught.value.hint


def test_a_title_and_a_subtitle_of_ones_own_stand_instead(published: Project) -> None:
    made = chart("trend", title="Mine", subtitle="", project=published)
    assert (made.title, made.subtitle) == ("Mine", "")
    assert "Mine" in shown(made)


def test_lines_keep_their_values_when_the_rows_are_turned_round(tmp_path: Path) -> None:
    rows = [{"time_period": year, "npq_starts": year} for year in (202425, 202223, 202324)]
    forward = chart("trend", project=small(tmp_path / "a", {"2024-25": rows})).data
    backward = chart("trend", project=small(tmp_path / "b", {"2024-25": rows[::-1]})).data
    assert forward.select("period", "value").equals(backward.select("period", "value"))
    assert forward.select(pl.col("period")).to_series().is_sorted()
