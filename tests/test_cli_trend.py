from __future__ import annotations

import json

import pytest

from tests.analysis_fixtures import Run


def test_a_trend_says_its_finding_and_its_sum_first(cli: Run) -> None:
    answer = cli("trend")
    assert answer.exit_code == 0
    assert "2021/22" in answer.stdout
    assert "+22.8%" in answer.stdout
    assert "144,241 courses" in " ".join(answer.stdout.split())
    assert answer.stderr == ""


def test_years_narrow_the_trend(cli: Run) -> None:
    found = json.loads(cli("trend", "--from", "2023-24", "--to", "2024-25", "-f", "json").stdout)
    assert [row["period"] for row in found["rows"]] == [202324, 202425]


def test_unfinished_years_are_so_far(cli: Run) -> None:
    answer = cli("trend", "--measure", "completion-rate")
    assert answer.stdout.count("unfinished") >= 2
    assert "[low]" in answer.stdout


def test_cells_are_behind_every_year(cli: Run) -> None:
    found = json.loads(cli("trend", "--cells", "-f", "json").stdout)
    assert [row["raw"] for row in found["rows"]] == ["31677", "38906", "43840", "29818"]


@pytest.mark.parametrize(
    ("words", "hint"), [(["--from", "1999-00"], "2021-22"), (["--to", "soon"], "2023-24"), (["-m", "x"], "starts")]
)
def test_each_mistake_is_two_lines_and_status_2(cli: Run, words: list[str], hint: str) -> None:
    answer = cli("trend", *words)
    assert (answer.exit_code, answer.stdout) == (2, "")
    assert len(answer.stderr.splitlines()) == 2
    assert hint in answer.stderr.splitlines()[1]
