from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

import npqstats
from npqstats.analysis.places import place
from npqstats.catalogue.catalogue import release
from npqstats.errors import UsageError
from npqstats.project import Project
from npqstats.report.beside import beside
from npqstats.report.contents import Exhibit
from npqstats.report.setting import Setting
from tests.analysis_fixtures import small

EDITION = release("2024-25")


def setting(project: Project, name: str) -> Setting:
    return Setting(project=project, release=EDITION, place=place(project, name))


@pytest.fixture(scope="module")
def borough(full: Project) -> Exhibit:
    return beside(setting(full, "Made-up Borough 020"), "change")


def test_every_line_stands_for_the_place_then_its_region_then_england(borough: Exhibit) -> None:
    lines = borough.table["line"].to_list()
    assert lines[:3] == ["Starts, Made-up Borough 020", "Starts, North West", "Starts, England"]
    places = borough.table["location_name"].to_list()
    assert places == ["Made-up Borough 020", "North West", "England"] * (len(places) // 3)
    for column in ("measure", "funding", "basis"):
        triples = borough.table[column].to_list()
        assert triples[0::3] == triples[1::3] == triples[2::3]


def test_the_figures_are_those_that_each_place_has_alone(full: Project, borough: Exhibit) -> None:
    for name in ("Made-up Borough 020", "North West", "England"):
        area = None if name == "England" else name
        alone = npqstats.compare("2023-24", "2024-25", area=area, release="2024-25", project=full)
        here = borough.table.filter(pl.col("location_name") == name)
        of_both = alone.join(
            here.with_columns(pl.col("line").str.strip_suffix(f", {name}")),
            on=["line", "before", "after"],
            nulls_equal=True,
        )
        assert of_both.height == here.height


def test_the_title_names_all_three_and_both_years(borough: Exhibit) -> None:
    assert borough.sheet.title == "Made-up Borough 020 beside North West and England: 2023/24 to 2024/25"
    assert [row[0] for row in borough.sheet.rows[:2]] == [
        "Starts, Made-up Borough 020 (courses)",
        "Starts, North West (courses)",
    ]


def test_a_region_stands_beside_england_alone(full: Project) -> None:
    region = beside(setting(full, "London"), "change")
    assert region.sheet.title == "London beside England: 2023/24 to 2024/25"
    assert region.table["location_name"].unique(maintain_order=True).to_list() == ["London", "England"]


def test_a_place_whose_region_has_no_rows_stands_beside_england(tmp_path: Path) -> None:
    years = [{"time_period": 202324, "npq_starts": 120}, {"npq_starts": 100}]
    here = {
        "geographic_level": "Local authority",
        "la_name": "Made-up Borough 001",
        "new_la_code": "E06900001",
        "region_code": "E12000001",
        "region_name": "North East",
    }
    project = npqstats.ready(small(tmp_path, {"2024-25": [*years, *({**year, **here} for year in years)]}))
    found = beside(setting(project, "E06900001"), "change")
    assert found.sheet.title == "Made-up Borough 001 beside England: 2023/24 to 2024/25"


def test_a_place_without_figures_of_these_years_is_an_error(published: Project) -> None:
    with pytest.raises(UsageError, match="no such figures for starts"):
        beside(setting(published, "London"), "change")


def test_the_command_is_that_of_the_place(borough: Exhibit) -> None:
    assert borough.command == "npqstats compare 2023-24 2024-25 --area E06900020 --release 2024-25"
