"""The sample report that the README shows is the one that the program makes now of the rows at hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from npqstats.project import Project
from npqstats.report import state

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "reports" / "2024-25"


@pytest.mark.live
def test_sample_report_is_up_to_date() -> None:
    project = Project(ROOT / "data" / "raw", ROOT / "data" / "processed")
    reasons = state.stale(SAMPLE, project, "npqstats report 2024-25")
    assert reasons == [], "run 'make report', look at what changed, and commit it"


def test_readme_shows_a_chart_of_the_sample() -> None:
    assert "(reports/2024-25/charts/impact.svg)" in (ROOT / "README.md").read_text("utf-8")
    assert (SAMPLE / "charts" / "impact.svg").is_file()
