"""The chart of places side by side; all figures but those of `published` are made up."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl
import pytest

from npqstats.charts.chart import Chart
from npqstats.charts.flags import flags
from npqstats.charts.kinds import chart
from npqstats.charts.look import LOOKS, contrast
from npqstats.charts.ranking import Ranking, ranked
from npqstats.charts.scale import bounds, step_of, tick_label
from npqstats.charts.sizes import size
from npqstats.charts.tiles import PLACES
from npqstats.errors import UsageError
from npqstats.project import Project
from npqstats.vocabulary.areas import REGIONS
from tests.analysis_fixtures import Row, rows_of, small
from tests.charts import check_fits, figure, texts

SIZES = ("press", "wide", "square", "phone", "320x320", "320x1200", "4000x320", "4000x4000")
HOSTILE = (
    "$x^2$ <b>[bold]</b> &amp;",
    "\u200f\u05e9\u05dc\u05d5\u05dd \u05e2\u05d5\u05dc\u05dd",
    "\U0001f600 emoji",
    "=cmd()",
    "w" * 120,
    "many words " * 30,
)
CODES = {name: code for code, name in REGIONS.items()}


def areas(project: Project | Path, *years: str, **asked: Any) -> Chart:
    return chart("areas", years, project=project, **asked)


def region(name: str, starts: object, **row: object) -> Row:
    named = {"region_code": CODES.get(name, f"X{name}"), "region_name": name}
    return {"geographic_level": "Regional", **named, "npq_starts": starts, **row}


def borough(number: int, starts: object, **row: object) -> Row:
    codes = {"new_la_code": f"E069{number:05}", "old_la_code": str(number)}
    named = {"la_name": f"Borough {number}", "region_code": "E12000001", "region_name": "North East"}
    return {"geographic_level": "Local authority", **codes, **named, "npq_starts": starts, **row}


def made(folder: Path, *rows: Row) -> Path:
    return small(folder, {"2024-25": rows})


def nine(starts: object) -> list[Row]:
    return [region(name, starts) for name in REGIONS.values()]


def shown(drawn: Chart, where: str = "press") -> list[str]:
    return texts(figure(drawn, size(where), LOOKS["light"]))


def ranking(*values: object, highlight: int | None = None) -> Ranking:
    rows = [
        {
            "location_name": f"Place {number}",
            "location_code": str(number),
            "value": value if isinstance(value, int | float) else None,
            "symbol": value if isinstance(value, str) else None,
            "unit": "courses",
            "status": "published",
            "evidence": "official",
        }
        for number, value in enumerate(values)
    ]
    return Ranking(areas=ranked(rows, str(highlight)), unit="courses", kind="places")


@pytest.fixture(scope="module")
def by_region(published: Project) -> Chart:
    return areas(published)


@pytest.fixture(scope="module")
def all_regions(full: Project) -> Chart:
    return areas(full)


@pytest.fixture(scope="module")
def authorities(full: Project) -> Chart:
    return areas(full, by="local-authority")


def test_the_published_rows_show_the_three_regions_at_hand(by_region: Chart) -> None:
    assert by_region.title == "Of 3 regions shown, London had the highest share of teachers starting a funded NPQ"
    assert by_region.subtitle == "Share of the teaching workforce (%), England by region, funded, 2021/22"
    assert by_region.data.select("location_name", "value", "rank").rows() == [
        ("London", 6.16, 1),
        ("East Midlands", 5.77, 2),
        ("East of England", 4.55, 3),
    ]


def test_the_alternative_tells_every_figure_in_order(by_region: Chart) -> None:
    start = (
        "Map of tiles and ranked dot plot of Share of the teaching workforce (%), England by region, funded, 2021/22."
    )
    assert by_region.alt == f"{start} London 6.2%; East Midlands 5.8%; East of England 4.6%."


def test_regions_without_rows_are_empty_tiles_and_named_in_a_note(by_region: Chart) -> None:
    assert shown(by_region).count("no rows") == 6
    missing = "North East, North West, Yorkshire and the Humber, West Midlands, South East and South West"
    assert f"Not in the rows at hand: {missing}." in by_region.notes


def test_an_older_release_is_said_to_be_revised_since(by_region: Chart) -> None:
    older = "From the release 2022/23: the newest one here, 2024/25, has no such rows."
    assert by_region.notes[0] == f"{older} DfE revises earlier years with every release."
    assert "2022/23" in by_region.credit


def test_what_was_chosen_without_being_asked_for_is_said(by_region: Chart) -> None:
    assert "Funded only: no rows at hand count all starters by place." in by_region.notes
    assert "For 2022/23 the rows at hand are of 2 regions only." in by_region.notes


def test_every_figure_drawn_has_its_origins(published: Project, by_region: Chart) -> None:
    (row,) = (row for row in rows_of(published, "2022-23/npq_participants.csv") if row["region_name"] == "London")
    value, origins = by_region.data.row(0, named=True)["value"], by_region.data["origins"][0].to_list()
    assert value == float(row["percent_workforce_npq_participation"])
    assert origins[0] == "2022-23/npq_participants.csv:6:percent_workforce_npq_participation"
    assert all(by_region.data["origins"].list.len())


def test_a_year_asked_for_is_shown_though_it_has_fewer_rows(published: Project) -> None:
    drawn = areas(published, "2022-23")
    assert drawn.data["location_name"].to_list() == ["East Midlands", "East of England"]
    assert drawn.title == "Share of teachers starting a funded NPQ ranged from 5.8% to 6.7% across 2 regions"
    assert any("West Midlands, London, South East" in note for note in drawn.notes)


def test_of_two_years_the_later_is_shown(published: Project) -> None:
    assert areas(published, "2021-22", "2022-23").subtitle.endswith("2022/23")


def test_a_measure_asked_for_falls_back_to_funded_alone(published: Project) -> None:
    drawn = areas(published, measure="starts")
    assert drawn.title == "Of the 3 regions shown, London had the most funded NPQ starts"
    assert drawn.data["value"].to_list() == [5176, 2751, 2594]
    assert "These are counts: larger places have more." in drawn.notes


def test_relayed_figures_are_diamonds_and_said_to_be(published: Project) -> None:
    drawn = areas(published, release="2021-22-adhoc")
    assert drawn.title == "London had the most funded NPQ starts, the North East the fewest"
    assert "Diamonds: reported elsewhere, not in an official data file." in drawn.notes
    assert "\u25c6 5,065" in shown(drawn)
    assert set(drawn.data["evidence"]) == {"reported"}


def test_a_rate_stands_beside_that_of_england(full: Project, all_regions: Chart) -> None:
    assert all_regions.subtitle == "Share of the teaching workforce (%), England by region, 2024/25"
    assert all_regions.data.height == 10
    england = all_regions.data.row(-1, named=True)
    assert (england["location_name"], england["rank"]) == ("England", None)
    assert f"England {england['value']}%" in shown(all_regions)
    assert "The scale does not begin at zero." in all_regions.notes


def test_a_count_does_not_stand_beside_that_of_england(full: Project) -> None:
    drawn = areas(full, measure="starts")
    assert "England" not in drawn.data["location_name"].to_list()
    assert not any(text.startswith("England ") for text in shown(drawn))
    assert "The scale does not begin at zero." not in drawn.notes


def test_the_newest_finished_year_is_shown_of_what_takes_years(full: Project) -> None:
    drawn = areas(full, measure="completion-rate")
    assert drawn.subtitle.endswith("2022/23")
    assert "2023/24 and 2024/25 are unfinished and not shown." in drawn.notes


def test_an_unfinished_year_asked_for_is_marked_so_far(full: Project) -> None:
    for drawn in (
        areas(full, "2023-24", measure="completion-rate"),
        areas(full, measure="completions", include_unripe=True),
    ):
        assert "so far" in drawn.title
        assert any(text.endswith("so far") for text in shown(drawn)[3:])
        assert drawn.notes[0 if "rate" in drawn.title else 1].startswith("Dashed, hollow: so far.")


def test_a_highlighted_region_is_told_with_its_rank(full: Project) -> None:
    drawn = areas(full, measure="starts", highlight="yorkshire")
    place = drawn.data.row(by_predicate=pl.col("location_code") == "E12000003", named=True)
    assert drawn.title.startswith("NPQ starts: Yorkshire and The Humber was ")
    assert f"highlighted: Yorkshire and The Humber {place['value']:,.0f}, " in drawn.alt


def test_every_local_authority_is_drawn(full: Project, authorities: Chart) -> None:
    places = authorities.data.filter(pl.col("geographic_level") == "Local authority")
    values = places["value"].to_list()
    found = f"ranged from {min(values)}% to {max(values)}% across 153 local authorities"
    assert places.height == 153
    assert authorities.title == f"Share of teachers starting an NPQ {found}"
    assert "153 local authorities, highest to lowest" in shown(authorities)


def test_a_highlighted_local_authority_has_its_value_rank_and_region(full: Project) -> None:
    drawn = areas(full, highlight="E06900060")
    place = drawn.data.row(by_predicate=pl.col("location_code") == "E06900060", named=True)
    sharing = drawn.data.filter(pl.col("value") == place["value"], pl.col("geographic_level") == "Local authority")
    joint = "joint " if sharing.height > 1 else ""
    assert drawn.subtitle == "Share of the teaching workforce (%), England by local authority, 2024/25"
    assert f"{joint}{place['rank']}" in drawn.title
    assert any(text.startswith(f"Made-up Borough 060, East Midlands: {place['value']}%") for text in shown(drawn))


def test_an_unknown_highlight_names_the_nearest(published: Project) -> None:
    with pytest.raises(UsageError) as caught:
        areas(published, highlight="Lodnon")
    assert (caught.value.message, caught.value.hint) == ("There is no area 'Lodnon'.", "Did you mean London?")


@pytest.mark.parametrize(
    ("asked", "message", "hint"),
    [
        ({"highlight": "England"}, "England is not one of the regions.", "Highlight a region or a local authority."),
        (
            {"highlight": "London", "by": "local-authority"},
            "London is not one of the local authorities.",
            "Leave out --by, or highlight another place.",
        ),
        (
            {"highlight": "South East"},
            "There is no row of South East in this chart.",
            "It has rows of 3 regions; ask for another year, measure or --funding.",
        ),
        ({"by": "course"}, "A chart of areas is not by course.", "Use --by region or --by local-authority."),
        (
            {"by": "local-authority"},
            "There are no rows by local authority for share of the teaching workforce or starts in 2021/22 to 2024/25.",
            "There are some in total or by course.",
        ),
        (
            {"funding": "non-funded", "measure": "workforce-share"},
            "There are no rows by region for share of the teaching workforce, non-funded, in 2021/22 to 2024/25.",
            "There are some with --funding funded.",
        ),
    ],
)
def test_what_cannot_be_drawn_is_said_with_what_can(
    published: Project, asked: dict[str, str], message: str, hint: str
) -> None:
    with pytest.raises(UsageError) as caught:
        areas(published, **asked)
    assert (caught.value.message, caught.value.hint) == (message, hint)


def test_a_year_without_rows_names_those_that_have_some(published: Project) -> None:
    with pytest.raises(UsageError, match="no rows by region for starts in 2024/25") as caught:
        areas(published, "2024-25", measure="starts")
    assert caught.value.hint == "There are some, funded, for 2021/22 and 2022/23."


def test_symbols_are_neither_zero_nor_ranked(tmp_path: Path) -> None:
    values = dict(zip(REGIONS.values(), ["c", "low", 0, 5, 5, 12, "u", "z", 7], strict=True))
    drawn = areas(made(tmp_path, *(region(name, value) for name, value in values.items())))
    assert drawn.title == "Of the 5 regions shown, the East of England had the most NPQ starts"
    assert drawn.data.filter(pl.col("symbol").is_not_null()).select("value", "rank").null_count().row(0) == (4, 4)
    assert {"[c]", "[low]", "[u]", "[z]"} <= set(shown(drawn))
    assert {"[c] confidential: withheld by the publisher", "[z] not applicable"} <= set(drawn.notes)
    assert "[c] stands for North East" in drawn.alt


def test_numbers_are_preferred_to_symbols(tmp_path: Path) -> None:
    assert areas(made(tmp_path, *nine(5))).subtitle.startswith("Starts")


def test_all_suppressed_is_said_so(tmp_path: Path) -> None:
    drawn = areas(made(tmp_path, *nine("c")), measure="starts")
    assert drawn.title == "NPQ starts: no figure can be given for any of 9 regions"
    assert shown(drawn).count("[c]") == 18


def test_the_same_everywhere_is_said_so(tmp_path: Path) -> None:
    drawn = areas(made(tmp_path, *nine(0)))
    assert drawn.title == "NPQ starts: the same in all 9 regions, 0"


def test_a_single_region_is_not_ranked(tmp_path: Path) -> None:
    drawn = areas(made(tmp_path, region("London", 500)), highlight="London")
    assert drawn.title == "NPQ starts in London: 500"
    assert drawn.alt.endswith("London 500; highlighted: London 500, the only one.")


def test_regions_that_share_the_first_place_are_not_named_as_the_highest(tmp_path: Path) -> None:
    rows = [*nine(5)[:-2], region("South East", 9), region("South West", 9)]
    assert areas(made(tmp_path, *rows)).title == "NPQ starts ranged from 5 to 9 across 9 regions in 2024/25"


def test_regions_that_are_not_on_the_map_have_a_row_each(tmp_path: Path) -> None:
    drawn = areas(made(tmp_path, *nine(5), region("Outer London", 70)))
    assert drawn.title == "NPQ starts ranged from 5 to 70 across 10 regions in 2024/25"
    assert "Not on the map: Outer London." in drawn.notes
    assert {"Outer London", "70"} <= set(shown(drawn))


def test_withheld_local_authorities_are_named_below_the_dots(tmp_path: Path) -> None:
    rows = [borough(number, "c" if number == 7 else number) for number in range(1, 61)]
    drawn = areas(made(tmp_path, *rows), by="local-authority")
    assert {"59 local authorities, highest to lowest", "[c] Borough 7"} <= set(shown(drawn))
    assert drawn.data.height == 60


def test_no_local_authority_with_a_figure_leaves_only_their_names(tmp_path: Path) -> None:
    drawn = areas(made(tmp_path, *(borough(number, "c") for number in range(1, 61))), measure="starts", by="la")
    assert drawn.title == "NPQ starts: no figure can be given for any of 60 local authorities"
    assert any(text.startswith("[c] Borough 1, ") for text in shown(drawn))


def test_few_local_authorities_have_a_row_each(tmp_path: Path) -> None:
    drawn = areas(made(tmp_path, *(borough(number, number) for number in range(1, 8))), by="local-authority")
    assert {f"Borough {number}" for number in range(1, 8)} <= set(shown(drawn))


@pytest.mark.parametrize("where", SIZES)
@pytest.mark.parametrize("theme", LOOKS)
def test_every_text_fits_at_every_size(
    by_region: Chart, all_regions: Chart, authorities: Chart, where: str, theme: str
) -> None:
    for drawn in (by_region, all_regions, authorities):
        check_fits(figure(drawn, size(where), LOOKS[theme]))


@pytest.mark.parametrize("where", SIZES)
def test_a_highlight_and_symbols_fit_at_every_size(full: Project, tmp_path: Path, where: str) -> None:
    rows = [borough(number, "cu"[number % 2] if number % 9 == 0 else number**3) for number in range(1, 154)]
    for drawn in (
        areas(full, highlight="E06900060"),
        areas(full, highlight="E06900128", measure="starts"),
        areas(full, "2024-25", measure="completion-rate", highlight="London"),
        areas(made(tmp_path, *rows), highlight="Borough 77"),
    ):
        check_fits(figure(drawn, size(where), LOOKS["light"]))


@pytest.mark.parametrize("where", SIZES)
def test_hostile_names_stay_text_and_fit(tmp_path: Path, where: str) -> None:
    of_regions = [
        region(name, number, region_code=code)
        for number, (name, code) in enumerate(zip(HOSTILE, REGIONS, strict=False), 1)
    ]
    of_boroughs = [borough(number, number, la_name=HOSTILE[number % 6] + str(number)) for number in range(1, 61)]
    project = made(tmp_path, *of_regions, *of_boroughs)
    for drawn in (areas(project), areas(project, by="la"), areas(project, highlight="E06900030")):
        check_fits(figure(drawn, size(where), LOOKS["light"]))
        assert len(drawn.title.split()) <= 15


def test_what_is_highlighted_is_said_even_among_many_of_the_same_figure() -> None:
    (flag,) = flags(ranking(5, 5, 5, 5, 5, highlight=3), 2)
    assert (flag.words, flag.is_highlighted) == ("Place 3: 5, joint highest of 5", True)


def test_places_with_the_same_figure_are_named_all_or_none() -> None:
    assert [flag.words for flag in flags(ranking(9, 8, 8, 8, 3, 2, 1, 1, 1), 2)] == ["Place 0: 9", "3 places: 1"]


def test_the_first_stand_above_and_the_last_below() -> None:
    assert [flag.is_above for flag in flags(ranking(9, 8, 7, 6, 5, 4), 2)] == [True, True, False, False]


def test_ranks_are_those_of_the_figures_as_printed() -> None:
    found = ranking(3, 7, "c", 7.2, 1)
    assert [(area.name, area.rank, area.standing) for area in found.areas] == [
        ("Place 3", 1, "joint highest"),
        ("Place 1", 1, "joint highest"),
        ("Place 0", 3, "3rd highest"),
        ("Place 4", 4, "lowest"),
        ("Place 2", 0, ""),
    ]


def test_counts_stand_on_a_scale_from_zero() -> None:
    assert bounds([4000, 4100], "courses")[0] == 0
    assert bounds([4000, 4100], "courses", is_axis=False)[0] == 4000
    assert bounds([40.1, 41.3], "%")[0] == 40
    assert bounds([1.0, 41.3], "%")[0] == 0


def test_a_scale_holds_its_values_in_no_more_steps_than_wanted() -> None:
    for values in ([0.0], [5.0], [4.9, 5.2], [4.1, 6.3], [0.0, 100.0], [99.9, 100.0], []):
        found = bounds(values, "%", 4)
        assert 2 <= len(found) <= 5
        assert all(found[0] <= value <= found[-1] for value in values)
        assert len({tick_label(place, "%", found) for place in found}) == len(found)


def test_a_bound_belongs_to_the_step_above_it() -> None:
    assert [step_of(value, [0, 5, 10]) for value in (0, 4.9, 5, 10)] == [0, 0, 1, 1]


def test_every_region_has_a_tile_of_its_own() -> None:
    assert PLACES.keys() == REGIONS.keys()
    assert len(set(PLACES.values())) == len(PLACES)


@pytest.mark.parametrize("theme", LOOKS)
def test_text_stands_out_from_every_shade(theme: str) -> None:
    look = LOOKS[theme]
    assert all(max(contrast(step, look.text), contrast(step, look.ground)) >= 4.5 for step in look.steps)
