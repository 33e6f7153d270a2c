from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from npqstats.charts.chart import Chart
from npqstats.charts.kinds import KINDS, chart
from npqstats.charts.look import LOOKS
from npqstats.charts.sizes import SIZES, Size
from npqstats.errors import UsageError
from npqstats.project import Project
from tests.analysis_fixtures import small
from tests.charts import check_fits, figure, texts

EXTREMES = {"smallest": Size(320, 320), "tall": Size(320, 2000), "flat": Size(2000, 320)}
HOSTILE = (
    "A $very$ long <b>label</b> that [red]goes[/red] on, \u05e9\u05dc\u05d5\u05dd, \U0001f600, \\frac{1}{2} & so on"
)
AWKWARD: dict[str, Sequence[tuple[int, str, int | str]]] = {
    "all suppressed": [(year, who, "c") for year in (202324, 202425) for who in ("Overall", "Funded", "Non-funded")],
    "one year": [(202425, "Overall", 10), (202425, "Funded", 7), (202425, "Non-funded", 3)],
    "all zero": [(year, who, 0) for year in (202324, 202425) for who in ("Overall", "Funded", "Non-funded")],
    "one giant": [(202324, who, 40) for who in ("Overall", "Funded", "Non-funded")]
    + [(202425, "Overall", 2_000_000_000), (202425, "Funded", 1_999_999_999), (202425, "Non-funded", 1)],
    "fifteen years": [
        (year, who, year - 200_000 * of)
        for year in range(201516, 203031, 101)
        for of, who in ((0, "Overall"), (1, "Funded"))
    ],
}


@cache
def made(kind: str, project: Project, **question: Any) -> Chart:
    return chart(kind, project=project, **question)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("size", [*SIZES, "smallest"])
def test_nothing_touches_or_leaves_the_picture(kind: str, size: str, published: Project, full: Project) -> None:
    for project in (published, full):
        check_fits(figure(made(kind, project), SIZES.get(size) or EXTREMES[size], LOOKS["light"]))


@pytest.mark.parametrize("kind", KINDS)
def test_both_themes_say_the_same(kind: str, full: Project) -> None:
    drawn = [figure(made(kind, full), SIZES["press"], look) for look in LOOKS.values()]
    assert texts(drawn[0]) == texts(drawn[1])
    assert drawn[0].get_facecolor() != drawn[1].get_facecolor()


@pytest.mark.parametrize("size", ["press", *EXTREMES])
@pytest.mark.parametrize(
    ("kind", "question"),
    [
        ("trend", {"by": "course"}),
        ("trend", {"by": "ethnicity-detailed"}),
        ("trend", {"measure": "completion-rate", "by": "funding"}),
        ("split", {"measure": "completion-rate"}),
        ("split", {"course": "NPQSENCO"}),
        ("completion", {"by": "course"}),
        ("completion", {"by": "school-type", "funding": "non-funded"}),
    ],
)
def test_other_questions_fit_too(kind: str, question: dict[str, Any], size: str, full: Project) -> None:
    check_fits(figure(made(kind, full, **question), SIZES.get(size) or EXTREMES[size], LOOKS["light"]))


@pytest.mark.parametrize("trouble", AWKWARD)
def test_awkward_figures_fit(trouble: str, tmp_path: Path) -> None:
    rows = [{"time_period": year, "funding": who, "npq_starts": starts} for year, who, starts in AWKWARD[trouble]]
    project = small(tmp_path, {"2024-25": rows})
    drawn = [
        chart("trend", project=project),
        chart("trend", by="funding", project=project),
        chart("split", project=project),
    ]
    for one in drawn:
        for size in (SIZES["press"], SIZES["phone"], EXTREMES["smallest"]):
            check_fits(figure(one, size, LOOKS["light"]))


@pytest.mark.parametrize("size", ["press", "phone", "smallest"])
def test_twenty_groups_with_hostile_names_fit_and_are_not_read_as_markup(size: str, tmp_path: Path) -> None:
    rows = [
        {
            "time_period": year,
            "breakdown": "Kind",
            "group_name": f"{number} {HOSTILE}",
            "npq_starts": 1000 * number + year,
        }
        for number in range(20)
        for year in (202324, 202425)
    ]
    project = small(tmp_path, {"2024-25": rows})
    for one in (chart("trend", by="kind", project=project), chart("change", by="kind", project=project)):
        drawn = figure(one, SIZES.get(size) or EXTREMES[size], LOOKS["light"])
        check_fits(drawn)
        assert any("$very$" in words for words in texts(drawn))
        assert "<b>label</b>" in one.alt


def test_a_chart_that_no_row_can_fill_is_refused(tmp_path: Path) -> None:
    project = small(tmp_path, {"2024-25": [{"npq_starts": 10}]})
    with pytest.raises(UsageError, match="no such figures"):
        chart("completion", project=project)
