"""The sample report that the README shows says what the program says now of the repository's rows."""

from __future__ import annotations

from pathlib import Path

import pytest

from npqstats.report import stale
from npqstats.report.make import report
from npqstats.store.build import ready
from tests.reports import content

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "reports" / "2024-25"
RENEW = "remove reports/2024-25, run 'npqstats report 2024-25', look at what changed, and commit it"


@pytest.mark.live
@pytest.mark.slow
def test_the_sample_says_what_the_program_says_now(tmp_path: Path) -> None:
    """Text and tables are compared, not the bytes of drawings, which differ between versions of Matplotlib."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "raw").symlink_to(ROOT / "data" / "raw")
    made = content(report("2024-25", project=ready(tmp_path)).folder)
    shown = content(SAMPLE)
    assert made.keys() == shown.keys(), RENEW
    for name in made:
        if name.endswith((".md", ".csv", ".txt")):
            assert shown[name].decode() == made[name].decode(), RENEW


def test_the_sample_is_whole() -> None:
    made = stale.read(SAMPLE)
    assert made is not None
    assert stale.reasons(SAMPLE, made.inputs, made.command) == []


def test_the_readme_shows_a_chart_of_the_sample() -> None:
    assert "(reports/2024-25/charts/change.svg)" in (ROOT / "README.md").read_text("utf-8")
    assert (SAMPLE / "charts" / "change.svg").is_file()
