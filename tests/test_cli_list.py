from __future__ import annotations

import json

import pytest

from npqstats.analysis.listings import LISTINGS
from npqstats.cli.answers import LISTS
from tests.analysis_fixtures import Run


def test_the_help_names_every_list() -> None:
    assert set(LISTS) == set(LISTINGS)


@pytest.mark.parametrize("what", sorted(LISTINGS))
def test_every_list_fits_80_columns(cli: Run, what: str) -> None:
    answer = cli("list", what)
    assert (answer.exit_code, answer.stderr) == (0, "")
    assert max(map(len, answer.stdout.splitlines())) <= 80


def test_courses_tell_what_they_are_for_and_who_is_funded(cli: Run) -> None:
    text = " ".join(cli("list", "courses").stdout.split())
    for part in ("NPQSENCO", "12 to 22", "NPQSENCO is mandatory from 1 September 2024", "2024/25"):
        assert part in text


@pytest.mark.parametrize("what", sorted(LISTINGS))
def test_every_list_is_there_for_programs(cli: Run, what: str) -> None:
    assert json.loads(cli("list", what, "-f", "json").stdout)["rows"]


def test_an_unknown_list_is_two_lines_and_status_2(cli: Run) -> None:
    answer = cli("list", "mesures")
    assert (answer.exit_code, answer.stdout) == (2, "")
    assert answer.stderr.splitlines()[0] == "npqstats: There is no list 'mesures'."
    assert "measures" in answer.stderr.splitlines()[1]
