"""Whole answers as a reader sees them. `make golden` rewrites them; look at the diff before you commit it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.analysis_fixtures import Run

GOLDEN = Path(__file__).parent / "golden"
YEARS = ("compare", "2023-24", "2024-25")
ANSWERS: dict[str, tuple[str, ...]] = {
    "headline.txt": YEARS,
    "headline.md": (*YEARS, "--format", "markdown"),
    "headline.csv": (*YEARS, "--format", "csv"),
    "trend.txt": ("trend", "--measure", "completion-rate"),
    "cells.txt": (*YEARS, "--measure", "participants", "--by", "funding", "--cells"),
}
"""Each file in tests/golden/, and the command that it is the answer to."""


@pytest.mark.parametrize("name", ANSWERS)
def test_the_answer_is_the_golden_one(cli: Run, name: str) -> None:
    answer = cli(*ANSWERS[name])
    assert answer.exit_code == 0
    text = answer.stdout
    if name.endswith(".txt"):  # Rich fills its lines with blanks
        text = "".join(f"{line.rstrip()}\n" for line in text.splitlines())
    if os.environ.get("NPQSTATS_GOLDEN") == "1":
        (GOLDEN / name).write_text(text, "utf-8")
    assert text == (GOLDEN / name).read_text("utf-8")


def test_every_golden_file_is_compared() -> None:
    assert {path.name for path in GOLDEN.iterdir()} == set(ANSWERS)
