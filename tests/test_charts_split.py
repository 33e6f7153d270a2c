from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl
import pytest

from npqstats.charts.chart import Chart
from npqstats.charts.kinds import chart
from npqstats.charts.look import LOOKS
from npqstats.charts.sizes import SIZES
from npqstats.errors import UsageError
from npqstats.project import Project
from tests.analysis_fixtures import small
from tests.charts import check_fits, figure, texts


@pytest.fixture(scope="module")
def people(published: Project) -> Chart:
    return chart("split", project=published)


def made_up(folder: Path, *figures: tuple[int, str, object]) -> Path:
    """A project of MADE-UP starts, each of a year and a kind of funding."""
    rows = [{"time_period": year, "funding": funding, "npq_starts": starts} for year, funding, starts in figures]
    return small(folder, {"2024-25": rows})


def shown(made: Chart, size: str = "press") -> list[str]:
    return texts(figure(made, SIZES[size], LOOKS["light"]))


def test_the_title_says_how_the_non_funded_share_moved(people: Chart) -> None:
    assert people.title == "Non-funded share of NPQ participants rose from 5.2% to 20.5% in 2024/25"


def test_the_subtitle_says_what_is_counted_where_and_when(people: Chart) -> None:
    assert people.subtitle == "Participants (people), England by funding, 2021/22 to 2024/25"


def test_participants_stand_in_where_starts_have_not_two_years_of_both_kinds(people: Chart, full: Project) -> None:
    assert set(people.data["measure"]) == {"participants"}
    assert set(chart("split", project=full).data["measure"]) == {"starts"}


def test_numbers_shares_and_what_they_are_of_are_written(people: Chart) -> None:
    written = shown(people)
    for words in ("41,274 ◆", "94.8% of all", "2,266 ◆", "5.2% of all", "6,063 ◆", "20.5% of all", "all: 43,535"):
        assert words in written


def test_an_official_figure_has_no_diamond(people: Chart) -> None:
    assert "29,732" in shown(people)


def test_years_that_are_not_at_hand_are_said_so_and_not_drawn(people: Chart) -> None:
    assert shown(people).count("not at hand") == 3
    lacking = "funded figures of 2022/23; non-funded figures of 2021/22 and 2022/23"
    assert people.notes[0] == f"Not in the rows at hand: {lacking}."
    assert people.data.filter(funding="non-funded")["period"].to_list() == [202324, 202425]


def test_shares_are_of_the_published_total_and_carry_the_origins_of_both_cells(people: Chart) -> None:
    row = people.data.row(by_predicate=pl.col("funding").eq("non-funded") & pl.col("period").eq(202425), named=True)
    assert row["share_pct"] == pytest.approx(100 * 6063 / 29526)
    assert row["share_of"] == 29526
    assert row["share_origins"] == [
        "reported/figures.csv:7:value",
        "2024-25/npq_participants.csv:5:npq_unique_participants",
    ]


def test_people_counted_in_both_kinds_are_said_to_be(people: Chart) -> None:
    assert "One person may do one of each: together 29,540 against 29,526 in all in 2024/25." in people.notes


def test_who_reported_a_figure_is_in_the_notes(people: Chart) -> None:
    told = " ".join(people.notes)
    assert "Diamonds: reported elsewhere" in told
    assert "Schools Week" in told


def test_the_text_alternative_has_every_figure_and_the_rules_of_funding(people: Chart) -> None:
    assert people.alt.startswith("Bar charts of Participants (people), England by funding")
    assert "2023/24 41,274 reported (94.8% of all)" in people.alt
    assert "2022/23 not at hand" in people.alt
    assert "Free for all state schools (2021/22 to 2023/24)" in people.alt
    assert "◆" not in people.alt


def test_every_figure_drawn_has_an_origin(people: Chart, full: Project) -> None:
    for made in (people, chart("split", project=full), chart("split", measure="schools", project=full)):
        assert all(made.data["origins"].list.len())
        assert made.data.filter(made.data["share_pct"].is_not_null())["share_origins"].list.len().min() == 2


def test_starts_add_up_and_so_have_no_note_on_overlap(full: Project) -> None:
    made = chart("split", project=full)
    assert not [note for note in made.notes if "together" in note]
    by_year = made.data.filter(made.data["funding"] != "all").group_by("period").agg(pl.col("share_pct").sum())
    assert by_year["share_pct"].to_list() == pytest.approx([100.0] * 4)


def test_parts_that_miss_the_published_total_are_said_to(tmp_path: Path) -> None:
    made = chart(
        "split", project=made_up(tmp_path, (202425, "Overall", 12), (202425, "Funded", 7), (202425, "Non-funded", 3))
    )
    assert (
        "Funded and non-funded do not add up to the published total: together 10 against 12 in all in 2024/25."
        in made.notes
    )
    assert "25.0% of all" in shown(made)


def test_without_a_total_the_shares_are_of_both_kinds_and_the_notes_say_so(tmp_path: Path) -> None:
    made = chart("split", project=made_up(tmp_path, (202425, "Funded", 7), (202425, "Non-funded", 3)))
    assert made.title == "Non-funded share of NPQ starts was 30.0% in 2024/25"
    assert made.notes == ["Shares of 2024/25 are of funded plus non-funded starts: no total is at hand."]
    assert {"both: 10", "30.0% of both"} <= set(shown(made))


def test_a_symbol_is_drawn_as_such_and_has_no_share(tmp_path: Path) -> None:
    made = chart(
        "split", project=made_up(tmp_path, (202425, "Overall", 12), (202425, "Funded", 7), (202425, "Non-funded", "c"))
    )
    assert made.title == "NPQ starts: the largest figure known is 7 in 2024/25"
    assert "[c]" in shown(made)
    assert made.data.filter(funding="non-funded").select("value", "symbol", "share_pct").rows() == [(None, "c", None)]
    assert "[c] confidential: withheld by the publisher" in made.notes


@pytest.mark.parametrize(
    ("own", "moved"),
    [
        (20, "rose from 10.0% to 20.0% in 2024/25"),
        (5, "fell from 10.0% to 5.0% in 2024/25"),
        (10, "hardly changed in 2024/25, at 10.0%"),
    ],
)
def test_the_title_agrees_with_the_figures(tmp_path: Path, own: int, moved: str) -> None:
    figures = [(202324, "Overall", 100), (202324, "Funded", 90), (202324, "Non-funded", 10)]
    figures += [(202425, "Overall", 100), (202425, "Funded", 100 - own), (202425, "Non-funded", own)]
    made = chart("split", project=made_up(tmp_path, *figures))
    assert made.title == f"Non-funded share of NPQ starts {moved}"


def test_a_gap_of_a_year_is_not_jumped(tmp_path: Path) -> None:
    figures = [(202223, "Overall", 100), (202223, "Non-funded", 10), (202324, "Overall", 100), (202425, "Overall", 100)]
    made = chart("split", project=made_up(tmp_path, *figures, (202425, "Non-funded", 30)))
    assert made.title == "Non-funded share of NPQ starts was 30.0% in 2024/25"


def test_a_new_course_is_not_drawn_as_growth_from_zero(full: Project) -> None:
    made = chart("split", course="NPQSENCO", project=full)
    assert set(made.data["period"]) == {202425}
    assert made.subtitle == "Starts (courses), England by funding, NPQ for SENCO, 2024/25"


def test_an_area_is_named(full: Project) -> None:
    made = chart("split", area="London", project=full)
    assert made.subtitle.startswith("Starts (courses), London by funding")
    assert "in London" in made.title


def test_rates_stand_side_by_side_without_shares(full: Project) -> None:
    made = chart("split", measure="completion-rate", project=full)
    assert made.title.startswith("Funded NPQ completion rate ")
    assert made.data["share_pct"].null_count() == made.data.height
    assert "so far" in shown(made)
    assert any(note.startswith("Hatched: so far.") for note in made.notes)


def test_counts_of_unfinished_years_make_no_headline(full: Project) -> None:
    made = chart("split", measure="completions", project=full)
    assert made.title.endswith("in 2022/23")


def test_schools_are_of_one_basis_and_may_have_both_kinds(full: Project) -> None:
    made = chart("split", measure="schools", project=full)
    assert set(made.data["basis"]) == {"in-year"}
    assert any(note.startswith("A school may have both: ") for note in made.notes)
    since = chart("split", measure="schools", basis="cumulative", project=full)
    assert "since 2021" in since.title
    assert "since 2021" in since.subtitle


@pytest.mark.parametrize(
    ("question", "part"),
    [({"measure": "teachers"}, "Teachers are the same"), ({"course": "NPQSENCO"}, "no such figures")],
)
def test_nothing_to_draw_is_an_error_that_says_what_is_missing(
    published: Project, question: dict[str, Any], part: str
) -> None:
    with pytest.raises(UsageError) as caught:
        chart("split", project=published, **question)
    assert part in caught.value.message
    assert caught.value.hint


@pytest.mark.parametrize("size", ["press", "phone"])
def test_many_years_and_large_figures_fit(tmp_path: Path, size: str) -> None:
    years = range(201516, 203031, 101)
    kinds = (("Overall", 2_000_000_000), ("Funded", 1_200_000_000), ("Non-funded", 800_000_000))
    made = chart("split", project=made_up(tmp_path, *((year, *kind) for year in years for kind in kinds)))
    check_fits(figure(made, SIZES[size], LOOKS["light"]))
    assert made.data.height == 3 * len(years)
