from __future__ import annotations

from collections.abc import Callable

import pytest

from npqstats import compare, show, trend
from npqstats.errors import UsageError
from npqstats.project import Project


def refusal(ask: Callable[[], object]) -> UsageError:
    with pytest.raises(UsageError) as caught:
        ask()
    return caught.value


def test_a_funding_without_figures_says_what_there_is(published: Project) -> None:
    error = refusal(
        lambda: compare("2023-24", "2024-25", measure="completion-rate", funding="non-funded", project=published)
    )
    assert "completion-rate" in error.message
    assert "2023/24 and 2024/25" in error.message
    assert "--funding all" in error.hint


def test_years_without_figures_name_the_years_that_have_some(published: Project) -> None:
    error = refusal(lambda: compare("2023-24", "2024-25", measure="starts", funding="funded", project=published))
    assert "2021/22" in error.hint


def test_an_area_without_figures_names_areas_that_have_some(full: Project) -> None:
    error = refusal(lambda: compare("2023-24", "2024-25", measure="completions", area="E06900001", project=full))
    assert "completions" in error.message
    assert (
        error.hint == "There are some in North East, North West, Yorkshire and The Humber, East Midlands, "
        "West Midlands or East of England."
    )


def test_a_breakdown_that_there_is_not_offers_those_that_there_are(full: Project) -> None:
    error = refusal(lambda: compare("2023-24", "2024-25", by="hair-colour", project=full))
    assert "'hair-colour'" in error.message
    assert "see 'npqstats list" in error.hint or "Did you mean" in error.hint or "Known:" in error.hint


def test_a_breakdown_that_only_other_rows_have_is_no_table_of_the_total_alone(published: Project) -> None:
    error = refusal(lambda: compare("2021-22", "2022-23", measure="starts", by="working-pattern", project=published))
    assert "--funding funded" in error.hint


def test_a_course_without_figures_says_what_there_is(published: Project) -> None:
    error = refusal(lambda: compare("2023-24", "2024-25", measure="passes", course="NPQH", project=published))
    assert "passes" in error.message
    assert error.hint


def test_a_measure_of_ranges_of_years_alone_leads_to_its_cells(published: Project) -> None:
    error = refusal(lambda: compare("2023-24", "2024-25", measure="starts-target", project=published))
    assert error.hint == "It has no figure for a single year; see 'npqstats show --measure starts-target'."
    assert show(measure="starts-target", project=published)["raw"].to_list() == ["150000"]


def test_trend_and_show_refuse_in_the_same_way(published: Project) -> None:
    for error in (
        refusal(lambda: trend(measure="passes", funding="non-funded", project=published)),
        refusal(lambda: show(measure="passes", funding="non-funded", project=published)),
    ):
        assert error.message.startswith("There are no such figures for passes")
        assert "--funding" in error.hint


def test_a_hint_never_speaks_in_codes_of_the_table(full: Project, published: Project) -> None:
    errors = [
        refusal(lambda: compare("2023-24", "2024-25", by="school-phase", area="London", project=full)),
        refusal(lambda: compare("2021-22", "2022-23", area="London", project=published)),
    ]
    for error in errors:
        assert "overall" not in error.hint.lower()
        assert "regional" not in error.hint.lower()
