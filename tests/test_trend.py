"""A measure through the years. Rows written here are MADE UP."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from npqstats.analysis.answers import Gap, Status, Trend
from npqstats.analysis.ask import ask
from npqstats.analysis.trend import trend
from npqstats.errors import UsageError
from npqstats.project import Project
from npqstats.store.build import ready
from npqstats.vocabulary.periods import AcademicYear
from npqstats.wording import findings
from tests.analysis_fixtures import small


def answer(project: Project | Path, first: int | None = None, last: int | None = None, **parts: Any) -> Trend:
    found = ready(project)
    years = [AcademicYear(year) if year else None for year in (first, last)]
    return trend(found, ask(found, (), parts), first=years[0], last=years[1])


def values(found: Trend) -> list[float | None]:
    return [point.figure.value for point in found.rows[0].points]


def test_a_gap_year_has_no_change_nor_has_the_year_after_it(tmp_path: Path) -> None:
    rows = [{"time_period": 202122, "npq_starts": 100}, {"time_period": 202324, "npq_starts": 300}]
    found = answer(small(tmp_path, {"2024-25": [*rows, {"time_period": 202425, "npq_starts": 200}]}), measure="starts")
    assert values(found) == [100, None, 300, 200]
    assert [point.change.change for point in found.rows[0].points] == [None, None, None, -100]
    assert found.rows[0].points[1].figure.gap is Gap.NOT_LOADED


def test_years_turned_round_are_turned_back(published: Project) -> None:
    found = answer(published, 2024, 2023)
    assert (found.was_turned, values(found)) == (True, [43840, 29818])


def test_only_the_years_asked_for_are_shown(published: Project) -> None:
    assert [year.label for year in answer(published, 2022, 2023).years] == ["2022/23", "2023/24"]


def test_the_sum_of_years_is_said_of_courses_and_never_of_people(published: Project) -> None:
    assert "144,241 courses; one person may start several" in " ".join(findings.of_trend(answer(published)))
    assert "came to" not in " ".join(findings.of_trend(answer(published, measure="participants")))


def test_unfinished_cohorts_are_so_far_and_hold_their_change_back(published: Project) -> None:
    points = answer(published, measure="completion-rate").rows[0].points
    assert [point.status for point in points] == [Status.PUBLISHED, Status.PUBLISHED, Status.SO_FAR, Status.SO_FAR]
    assert [point.change.size is None for point in points] == [True, False, True, True]


def test_a_year_that_there_is_not_is_refused(published: Project) -> None:
    with pytest.raises(UsageError, match="no figures for 2030/31"):
        answer(published, 2030)
