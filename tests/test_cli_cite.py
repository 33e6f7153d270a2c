from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.analysis_fixtures import Run


def test_a_citation_is_all_there_is_on_stdout(cli: Run) -> None:
    answer = cli("cite")
    assert (answer.exit_code, answer.stderr) == (0, "")
    assert answer.stdout.startswith("Department for Education (10 July 2025).")


def test_csl_json_is_json(cli: Run) -> None:
    assert json.loads(cli("cite", "2024/25", "--style", "csl-json").stdout)[0]["id"] == "dfe-npq-2024-25"


def test_out_writes_the_same_text(cli: Run, tmp_path: Path) -> None:
    assert cli("cite", "--style", "bibtex", "--out", tmp_path / "npq.bib").stdout == ""
    assert (tmp_path / "npq.bib").read_text("utf-8") == cli("cite", "--style", "bibtex").stdout


@pytest.mark.parametrize(
    ("words", "situation", "hint"),
    [(["2019-20"], "'2019-20'", "2024-25"), (["--style", "apa"], "no style 'apa'", "text, bibtex, csl-json")],
)
def test_each_mistake_is_two_lines_and_status_2(cli: Run, words: list[str], situation: str, hint: str) -> None:
    answer = cli("cite", *words)
    assert (answer.exit_code, answer.stdout) == (2, "")
    first, second = answer.stderr.splitlines()
    assert situation in first
    assert hint in second
