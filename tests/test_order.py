from __future__ import annotations

import pytest

from npqstats import compare
from npqstats.analysis.order import SORTS
from npqstats.errors import UsageError
from npqstats.project import Project


@pytest.mark.parametrize(("sort", "key"), [("change", "change"), ("percent", "change_pct"), ("after", "after")])
def test_sorting_puts_the_largest_first_and_keeps_the_total_on_top(full: Project, sort: str, key: str) -> None:
    table = compare("2022-23", "2023-24", by="course", sort=sort, project=full)
    sizes = [abs(size) for size in table[key][1:] if size is not None]
    assert table["line"][0] == "All"
    assert sizes == sorted(sizes, reverse=True)


def test_lines_without_a_change_come_last(full: Project) -> None:
    table = compare("2023-24", "2024-25", by="course", sort="change", project=full)
    assert table["line"][-1] == "Special educational needs co-ordinator (NPQSENCO)"
    assert table["change"].null_count() == 1


def test_sorting_by_name_is_alphabetical(full: Project) -> None:
    names = compare("2022-23", "2023-24", by="course", sort="name", project=full)["line"][1:].to_list()
    assert names == sorted(names)


def test_top_keeps_the_biggest_moves_and_the_total(full: Project) -> None:
    table = compare("2023-24", "2024-25", by="local-authority", top=3, project=full)
    every = compare("2023-24", "2024-25", by="local-authority", sort="change", project=full)
    assert table.equals(every.head(4))
    assert table["line"][0] == "England"


def test_top_may_be_more_than_there_is(full: Project) -> None:
    table = compare("2023-24", "2024-25", by="course", top=10**30, project=full)
    assert table.equals(compare("2023-24", "2024-25", by="course", sort="change", project=full))


@pytest.mark.parametrize("top", [0, -1])
def test_top_must_be_from_1(published: Project, top: int) -> None:
    with pytest.raises(UsageError, match="whole number from 1"):
        compare("2023-24", "2024-25", top=top, project=published)


def test_an_unknown_order_offers_the_nearest(published: Project) -> None:
    with pytest.raises(UsageError) as caught:
        compare("2023-24", "2024-25", sort="precent", project=published)
    assert "percent" in caught.value.hint
    assert set(SORTS) >= {"published", "change", "percent", "before", "after", "name"}
