from __future__ import annotations

from pathlib import Path

import pytest

from npqstats import compare
from npqstats.analysis.lines import HEADLINE
from npqstats.project import Project
from npqstats.vocabulary.courses import prospectus
from npqstats.vocabulary.measures import MEASURES
from tests.analysis_fixtures import small


def test_every_headline_line_is_of_a_known_measure_and_no_two_are_called_the_same() -> None:
    assert {measure for measure, *_ in HEADLINE} <= set(MEASURES)
    assert len({label for *_, label in HEADLINE}) == len(HEADLINE)


def test_the_headline_gives_starts_again_without_the_courses_left_out_and_those_that_are_new(full: Project) -> None:
    table = compare("2023-24", "2024-25", exclude_courses=["NPQH"], project=full)
    assert table["line"][:2].to_list() == ["Starts", "Starts, leaving out NPQH and NPQSENCO"]


def test_the_headline_of_one_kind_of_funding_has_no_line_for_another(full: Project) -> None:
    table = compare("2023-24", "2024-25", funding="non-funded", project=full)
    assert table["funding"].unique().to_list() == ["non-funded"]


def test_the_headline_of_a_course_is_all_about_it(full: Project) -> None:
    table = compare("2022-23", "2023-24", course="headship", project=full)
    assert table["group"].unique().to_list() == ["NPQ for Headship"]
    assert {"Starts", "Participants"} <= set(table["line"])


def test_courses_come_in_the_order_of_the_prospectus_after_the_total(full: Project) -> None:
    table = compare("2023-24", "2024-25", by="course", project=full)
    known = [f"{course.name} ({course.code})" for course in prospectus().courses.values()]
    assert table["line"].to_list() == ["All", *known]


def test_groups_come_in_the_order_of_the_published_file(full: Project) -> None:
    table = compare("2023-24", "2024-25", by="school-phase", project=full)
    assert table["line"].to_list() == ["All", "Primary", "Secondary", "Special", "16 plus", "Other", "Unknown"]


def test_a_group_keeps_the_name_that_the_publisher_gave_it(tmp_path: Path) -> None:
    rows = [
        {"time_period": year, "breakdown": "Hat colour", "group_name": "Très [red]", "npq_starts": 40}
        for year in (202324, 202425)
    ]
    table = compare("2023-24", "2024-25", by="hat-colour", project=small(tmp_path, {"2024-25": rows}))
    assert table.select("line", "breakdown", "group", "change").rows() == [
        ("Très [red]", "hat-colour", "Très [red]", 0.0)
    ]


@pytest.mark.parametrize("area", [None, "London"])
def test_lines_by_funding_say_whose_they_are(full: Project, area: str | None) -> None:
    lines = compare("2023-24", "2024-25", by="funding", area=area, project=full)["line"].to_list()
    assert [name for name in lines if "funded" in name.lower()] == lines[1:]
    assert len(set(lines)) == 3


def test_a_measure_with_two_bases_says_which_is_which(full: Project) -> None:
    table = compare("2023-24", "2024-25", measure="schools", project=full)
    assert table["line"].to_list() == ["Schools reached, in the year", "Schools reached, since 2021"]
