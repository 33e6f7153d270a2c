from __future__ import annotations

from itertools import pairwise

import pytest

from npqstats import trend
from npqstats.analysis.columns import TREND
from npqstats.errors import UsageError
from npqstats.project import Project


def test_the_answer_has_the_promised_columns(published: Project) -> None:
    assert dict(trend(project=published).schema) == TREND


def test_each_year_changes_on_the_one_before(published: Project) -> None:
    table = trend(measure="participants", project=published)
    values = table["value"].to_list()
    assert table["change"].to_list() == [None, *(after - before for before, after in pairwise(values))]


def test_a_gap_gives_no_change_in_its_year_nor_in_the_next(published: Project) -> None:
    table = trend(measure="starts", course="NPQSL", funding="all", project=published)
    assert table.select("period", "value", "change", "status").rows()[-2:] == [
        (202324, None, None, "missing"),
        (202425, 5801.0, None, "published"),
    ]


def test_unfinished_cohorts_are_so_far_and_have_no_change(published: Project) -> None:
    table = trend(measure="completions", project=published)
    assert table["status"].to_list() == ["published", "published", "so far", "so far"]
    assert table["change"].to_list() == [None, 31791 - 26783, None, None]
    assert all("unfinished" in " ".join(notes) for notes in table["notes"][2:])


def test_unfinished_cohorts_change_when_asked(published: Project) -> None:
    table = trend(measure="completions", include_unripe=True, project=published)
    assert table["change"].to_list() == [None, 5008, 17389 - 31791, 4 - 17389]


def test_the_years_asked_for_are_those_shown_whichever_way_round(published: Project) -> None:
    said: list[str] = []
    table = trend(first="2024-25", last="2023/24", project=published, say=said.append)
    assert table["period"].to_list() == [202324, 202425]
    assert [sentence for sentence in said if "wrong way round" in sentence]


def test_by_funding_follows_each_kind_through_all_years(full: Project) -> None:
    table = trend(by="funding", project=full)
    assert table.group_by("line", maintain_order=True).len()["len"].to_list() == [4, 4, 4]


@pytest.mark.parametrize("measure", ["participants", "completion-rate", "schools"])
def test_years_are_not_added_up_where_the_sum_would_mean_nothing(published: Project, measure: str) -> None:
    said: list[str] = []
    trend(measure=measure, project=published, say=said.append)
    assert said == []


def test_the_sum_of_unfinished_years_is_said_to_be_so_far(published: Project) -> None:
    said: list[str] = []
    trend(measure="completions", project=published, say=said.append)
    assert said[0].startswith("Sum of 2021/22 to 2024/25: 75,967 completions so far.")
    trend(measure="completions", last="2022-23", project=published, say=said.append)
    assert said[1].startswith("Sum of 2021/22 to 2022/23: 58,574 completions. ")


def test_an_unknown_year_names_the_known_ones(published: Project) -> None:
    with pytest.raises(UsageError) as caught:
        trend(first="2017-18", project=published)
    assert "2021-22, 2022-23, 2023-24, 2024-25" in caught.value.hint


def test_a_new_course_is_new_and_not_a_rise_from_zero(full: Project) -> None:
    table = trend(course="NPQSENCO", project=full).sort("period")
    assert table.select("value", "status", "change").row(-1)[1:] == ("new", None)
    assert "NPQSENCO began in autumn 2024." in table["notes"].to_list()[-1]
