from __future__ import annotations

from tests.analysis_fixtures import Run


def test_a_query_is_answered_on_stdout(cli: Run) -> None:
    query = "SELECT value FROM observations WHERE measure = 'starts' AND funding = 'all' AND time_period = 202324"
    answer = cli("sql", query, "--format", "csv")
    assert (answer.exit_code, answer.stderr) == (0, "")
    assert answer.stdout.splitlines() == ["value", "43840", "43840"]


def test_an_answer_without_rows_is_an_answer(cli: Run) -> None:
    query = "SELECT value FROM observations WHERE release = 'no such'"
    answer = cli("sql", query)
    assert answer.exit_code == 0
    assert "value" in answer.stdout
    assert cli("sql", query, "-f", "csv").stdout == "value\n"


def test_a_column_named_like_markup_is_text(cli: Run) -> None:
    answer = cli("sql", 'SELECT count(*) AS "[red]n[/red]" FROM observations')
    assert "[red]n[/red]" in answer.stdout


def test_a_query_that_cannot_be_run_is_two_lines_and_status_2(cli: Run) -> None:
    answer = cli("sql", "SELEC value")
    assert (answer.exit_code, answer.stdout) == (2, "")
    situation, hint = answer.stderr.splitlines()
    assert situation.startswith("npqstats: The query cannot be run: ")
    assert "observations" in hint
