from __future__ import annotations

from pathlib import Path

import pytest

from npqstats import compare, ready, show, trend
from npqstats.analysis import editions
from npqstats.errors import UsageError
from npqstats.project import Project
from tests.analysis_fixtures import line, notes, small

OLD = [{"time_period": year, "npq_starts": starts} for year, starts in ((202122, 100), (202223, 200))]
NEW = [{"time_period": year, "npq_starts": starts} for year, starts in ((202122, 110), (202223, 220), (202324, 330))]


def test_the_newest_release_wins_for_every_year(tmp_path: Path) -> None:
    project = small(tmp_path, {"2022-23": OLD, "2023-24": NEW})
    row = line(compare("2021-22", "2022-23", measure="starts", project=project), "Starts")
    assert (row["before"], row["after"], row["release"]) == (110, 220, "2023-24")


def test_an_older_release_answers_when_it_is_asked_for(tmp_path: Path) -> None:
    project = small(tmp_path, {"2022-23": OLD, "2023-24": NEW})
    table = compare("2021-22", "2022-23", measure="starts", release="2022/23", project=project)
    row = line(table, "Starts")
    assert (row["before"], row["after"], row["release"], row["notes"]) == (100, 200, "2022-23", [])


def test_a_table_never_mixes_two_releases(tmp_path: Path) -> None:
    project = small(tmp_path, {"2022-23": OLD, "2024-25": [{"time_period": 202324, "npq_starts": 400}]})
    table = compare("2022-23", "2023-24", measure="starts", project=project)
    assert table.select("before", "after", "change", "release").rows() == [(None, 400.0, None, "2024-25")]
    assert "2022/23: not in the rows at hand." in notes(table, "Starts")
    assert trend(measure="starts", project=project)["release"].unique().to_list() == ["2022-23"]


def test_an_older_release_that_knows_more_answers_and_says_so(tmp_path: Path) -> None:
    project = small(tmp_path, {"2022-23": OLD, "2024-25": [{"time_period": 202425}]})
    table = compare("2021-22", "2022-23", measure="starts", project=project)
    assert line(table, "Starts")["release"] == "2022-23"
    assert "the newest one here, 2024/25, has no such rows" in notes(table, "Starts")


def test_official_beats_reported_and_needs_no_note(tmp_path: Path) -> None:
    rows = [{"time_period": 202324, "npq_starts": 100}, {"time_period": 202425, "npq_starts": 90}]
    project = small(tmp_path, {"2024-25": rows}, {"last_period": 202425, "value": 91})
    row = line(compare("2023-24", "2024-25", measure="starts", project=project), "Starts")
    assert (row["after"], row["evidence"], row["notes"]) == (90, "official", [])


def test_a_figure_that_names_no_release_is_in_no_table_but_can_be_shown(tmp_path: Path) -> None:
    project = small(tmp_path, {"2024-25": NEW}, {"release": "", "last_period": 202425, "value": 91})
    with pytest.raises(UsageError, match="no figures for 2024/25"):
        trend(measure="starts", first="2024-25", last="2024-25", project=project)
    assert show(["2024-25"], project=project)["raw"].to_list() == ["91"]


def test_a_correction_is_newer_than_what_it_corrects(tmp_path: Path) -> None:
    project = ready(small(tmp_path, {"2022-23": OLD, "2022-23.1": OLD, "2021-22": OLD[:1]}))
    assert list(editions.at_hand(project)) == ["2022-23.1", "2022-23", "2021-22"]


def test_an_unknown_year_names_the_known_ones(published: Project) -> None:
    with pytest.raises(UsageError) as caught:
        compare("2018-19", "2024-25", project=published)
    assert caught.value.message == "There are no figures for 2018/19."
    assert caught.value.hint == "Years here: 2021-22, 2022-23, 2023-24, 2024-25."


def test_an_unknown_release_names_those_at_hand(published: Project) -> None:
    with pytest.raises(UsageError) as caught:
        compare("2023-24", "2024-25", release="2024-52", project=published)
    assert "'2024-52'" in caught.value.message
    assert "2024-25" in caught.value.hint


def test_a_year_that_the_release_asked_for_lacks_is_refused(published: Project) -> None:
    with pytest.raises(UsageError, match="no figures for 2023/24 in the release 2022/23"):
        compare("2023-24", "2024-25", release="2022-23", project=published)
