from __future__ import annotations

import pytest

from tests.analysis_fixtures import Run


def test_a_query_is_answered_on_stdout(cli: Run) -> None:
    query = "SELECT value FROM observations WHERE measure = 'starts' AND funding = 'all' AND time_period = 202324"
    answer = cli("sql", query, "--format", "csv")
    assert (answer.exit_code, answer.stderr) == (0, "")
    assert answer.stdout.lstrip("\ufeff").splitlines() == ["value", "43840", "43840"]


def test_an_answer_without_rows_is_an_answer(cli: Run) -> None:
    query = "SELECT value FROM observations WHERE raw = 'no such'"
    answer = cli("sql", query)
    assert answer.exit_code == 0
    assert "value" in answer.stdout
    assert cli("sql", query, "-f", "csv").stdout == "\ufeffvalue\n"


def test_a_column_named_like_markup_is_text(cli: Run) -> None:
    answer = cli("sql", 'SELECT count(*) AS "[red]n[/red]" FROM observations')
    assert "[red]n[/red]" in answer.stdout


def test_a_query_that_cannot_be_run_is_two_lines_and_status_2(cli: Run) -> None:
    answer = cli("sql", "SELEC value")
    assert (answer.exit_code, answer.stdout) == (2, "")
    situation, hint = answer.stderr.splitlines()
    assert situation == "npqstats: A query begins with SELECT or WITH, not with SELEC."
    assert "observations" in hint


def test_help_shows_the_current_figures_first(cli: Run) -> None:
    text = cli("sql", "--help").stdout
    assert text.index("current") < text.index("observations")
    assert "FROM current" in text


@pytest.mark.parametrize("width", [60, 80, 120])
def test_all_columns_of_a_table_fit_the_terminal(cli: Run, monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    answer = cli("sql", "SELECT * FROM current WHERE citation IS NOT NULL")
    assert answer.exit_code == 0
    assert max(map(len, answer.stdout.splitlines())) <= width
