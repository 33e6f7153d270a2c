"""Sentences: each is true of its rows, names what limits it, and claims no more. Rows written here are MADE UP."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from npqstats.analysis.answers import Change
from npqstats.analysis.ask import ask
from npqstats.analysis.trend import trend
from npqstats.project import Project
from npqstats.wording import changes, findings
from tests.analysis_fixtures import small
from tests.test_compare import YEARS, answer, course, total


def said(project: Project | Path, *years: str, **parts: Any) -> str:
    return " ".join(findings.of_comparison(answer(project, *years, **parts)))


def test_the_headline_names_the_course_left_out_and_who_paid(published: Project) -> None:
    assert said(published) == (
        "NPQ starts fell by 32% in 2024/25, to 29,818; by 56% leaving out NPQSENCO, the compulsory SENCO course that "
        "began in autumn 2024. NPQ participants funded by DfE fell by 43% in 2024/25, to 23,477."
    )


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({"exclude_course": "NPQSENCO", "measure": "starts"}, "leaving out NPQSENCO"),
        ({"funding": "funded", "measure": "participants"}, "funded by DfE"),
        ({"funding": "non-funded", "measure": "participants"}, "paid for by the school or participant"),
        ({"basis": "cumulative", "measure": "schools"}, "since 2021"),
    ],
)
def test_what_limits_a_figure_is_in_its_sentence(published: Project, parts: dict[str, str], words: str) -> None:
    assert words in said(published, **parts)


def test_the_area_is_in_every_sentence(full: Project) -> None:
    assert "in London" in said(full, area="London", measure="starts")
    assert "in London" in said(full, area="London")
    assert "NPQ starts in the North East fell" in said(full, area="North East", measure="starts")
    assert "the largest fall was in the East of England" in said(full, by="region", measure="starts")


def test_a_count_of_courses_is_said_only_where_every_course_is_here(tmp_path: Path) -> None:
    two = [course(202324, "NPQ for Headship", 500), course(202425, "NPQ for Headship", 100)]
    rows = [total(202324, 1000), total(202425, 700), *two]
    assert "courses" not in said(small(tmp_path / "some", {"2024-25": rows}), by="course")
    rest = [course(202324, "NPQ for Senior Leadership", 500), course(202425, "NPQ for Senior Leadership", 600)]
    told = said(small(tmp_path / "all", {"2024-25": [*rows, *rest]}), by="course")
    assert "NPQ starts fell in 1 of the 2 courses in 2024/25 and rose in 1; the largest fall was that of NPQH" in told


def test_a_completion_rate_is_stated_with_its_age_and_not_as_a_fall(published: Project) -> None:
    told = said(published, "2021-22", "2022-23", measure="completion-rate")
    assert "less time to finish" in told
    assert "fell" not in told


def test_an_unfinished_cohort_is_so_far(published: Project) -> None:
    told = said(published, *YEARS, measure="completion-rate")
    assert "39.7% for 2023/24 starts so far" in told


@pytest.mark.parametrize(
    ("symbol", "why"), [("c", "[c] (confidential: withheld"), ("low", "[low] (not 0, rounds to 0)")]
)
def test_a_symbol_has_no_change_and_the_reason_is_said(tmp_path: Path, symbol: str, why: str) -> None:
    rows = [total(202324, 100), total(202425, symbol)]
    assert why in said(small(tmp_path, {"2024-25": rows}), measure="starts")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (Change(change=-14022, change_pct=-31.98), "fell by 32%"),
        (Change(change=10, change_pct=21.46), "rose by 21.5%"),
        (Change(change=12, change_pct=None), "rose by 12"),
        (Change(change=0, change_pct=0), "did not change"),
        (Change(change_pp=0.04), "hardly changed"),
        (Change(change_pp=-1.0), "fell by 1.0 percentage point"),
        (Change(change_pp=2.76), "rose by 2.8 percentage points"),
        (Change(), ""),
    ],
)
def test_a_change_in_words_rounds_as_the_table_does(change: Change, words: str) -> None:
    assert changes.moved(change) == words


def test_the_authorities_of_a_region_are_counted_without_it_and_said_to_be_its_own(next_year: Project) -> None:
    told = said(next_year, "2024-25", "2025-26", area="London", by="local-authority", measure="starts")
    assert told.startswith("NPQ starts in London ")
    assert " 33 local authorities" in told


def test_a_trend_is_told_by_the_line_that_reaches_its_last_year(published: Project) -> None:
    shares = trend(published, ask(published, (), {"measure": "schools-share"}))
    assert findings.of_trend(shares) == [
        "Share of schools with an NPQ starter since 2021 rose by 5.1 percentage points in 2024/25, to 88.4%."
    ]
