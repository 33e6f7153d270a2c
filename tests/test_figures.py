from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from npqstats import compare
from npqstats.project import Project
from tests.analysis_fixtures import line, notes, rows_of, small


def test_a_rate_is_recomputed_from_its_counts_and_shows_all_three_cells(published: Project) -> None:
    row = compare("2021-22", "2022-23", measure="completion-rate", project=published).row(0, named=True)
    assert row["before"] == 84.6
    assert row["before_exact"] == pytest.approx(100 * 26783 / 31677)
    columns = [origin.rsplit(":", 1)[1] for origin in row["before_origins"]]
    assert columns == ["percentage_completion_rate", "npq_completed", "npq_starts"]


def test_a_rate_that_its_counts_contradict_is_left_as_printed(tmp_path: Path) -> None:
    share = {"percent_workforce_npq_participation": "9.9", "teaching_workforce_headcount_swc": "1000"}
    rows = [{"time_period": year, "npq_starts": 40, **share} for year in (202324, 202425)]
    table = compare("2023-24", "2024-25", measure="workforce-share", project=small(tmp_path, {"2024-25": rows}))
    assert table.select("before", "before_exact", "change_pp").rows() == [(9.9, None, 0.0)]


def test_a_total_without_a_course_is_derived_and_shows_the_sum(full: Project) -> None:
    table = compare("2023-24", "2024-25", measure="starts", exclude_courses=["NPQH"], project=full)
    rows = [row for row in rows_of(full, "2024-25/npq_participants.csv") if row["geographic_level"] == "National"]
    found = {
        (row["time_period"], row["group_name"]): int(row["npq_starts"])
        for row in rows
        if row["funding"] == "Overall" and row["group_name"] in ("Overall", "NPQ for Headship")
    }
    row = line(table, "Starts, leaving out NPQH")
    assert row["before"] == found["202324", "Overall"] - found["202324", "NPQ for Headship"]
    assert row["after"] == found["202425", "Overall"] - found["202425", "NPQ for Headship"]
    assert row["evidence"] == "derived"
    total, part = (f"{found['202425', group]:,}" for group in ("Overall", "NPQ for Headship"))
    assert f"2024/25: derived, {total} less {part} (NPQH)." in notes(table, "Starts, leaving out NPQH")


def test_a_rate_without_a_course_is_made_of_counts_without_it(full: Project) -> None:
    table = compare("2021-22", "2022-23", measure="completion-rate", exclude_courses=["NPQH"], project=full)
    counts = {
        (row["time_period"], row["group_name"]): (int(row["npq_completed"]), int(row["npq_starts"]))
        for row in rows_of(full, "2024-25/npq_completions.csv")
        if (row["geographic_level"], row["funding"]) == ("National", "Overall")
        and row["group_name"] in ("Overall", "NPQ for Headship")
    }
    (over, under), (less_over, less_under) = counts["202122", "Overall"], counts["202122", "NPQ for Headship"]
    row = table.row(0, named=True)
    assert row["before"] == pytest.approx(100 * (over - less_over) / (under - less_under))


def test_a_course_figure_that_is_missing_is_named_and_nothing_is_guessed(published: Project) -> None:
    table = compare("2021-22", "2022-23", measure="starts", exclude_courses=["NPQSL"], project=published)
    assert table.select("before", "after", "change", "status").rows() == [(None, None, None, "missing")]
    assert "2021/22 and 2022/23: starts for NPQSL are not in the rows at hand." in notes(table, table["line"][0])


def test_a_course_is_not_subtracted_from_a_year_before_it_began(published: Project) -> None:
    row = line(compare("2023-24", "2024-25", project=published), "Starts, leaving out NPQSENCO")
    assert row["before_origins"] == ["2024-25/npq_participants.csv:4:npq_starts"]
    assert row["after_origins"] == ["2024-25/npq_participants.csv:5:npq_starts", "reported/figures.csv:2:value"]


def test_a_reported_figure_carries_its_publisher_and_date(tmp_path: Path) -> None:
    gone = {"last_period": 202324, "value": 77, "publisher": "The Made-up Gazette", "published": "2025-07-11"}
    project = small(tmp_path, {"2024-25": [{"npq_starts": 90}]}, gone)
    table = compare("2023-24", "2024-25", measure="starts", project=project)
    assert (line(table, "Starts")["before"], line(table, "Starts")["evidence"]) == (77, "reported")
    assert "2023/24: reported by The Made-up Gazette (11 July 2025)" in notes(table, "Starts")


def test_figures_that_disagree_are_both_told(tmp_path: Path, published: Project) -> None:
    raw = tmp_path / "data" / "raw"
    shutil.copytree(published.raw, raw, ignore=shutil.ignore_patterns("raw.lock"))
    file = raw / "2024-25" / "npq_completions.csv"
    file.write_text(file.read_text("utf-8").replace("43840,", "43841,"), "utf-8")
    table = compare("2023-24", "2024-25", measure="starts", project=tmp_path)
    assert line(table, "Starts")["before"] == 43840
    told = "published figures disagree: 43840 (2024-25/npq_participants.csv, line 4), against 43841"
    assert told in notes(table, "Starts")


def test_a_rate_is_never_recomputed_from_the_counts_of_another_funding(published: Project) -> None:
    table = compare("2021-22", "2022-23", measure="completion-rate", by="funding", project=published)
    funded = table.filter(funding="funded").row(0, named=True)
    assert (funded["after"], funded["after_exact"]) == (81.4, None)
    assert funded["after_origins"] == ["reported/figures.csv:9:value"]
