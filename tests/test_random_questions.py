"""Random questions on a MADE-UP release of full size, answered once more from the raw files with plain Python."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator
from typing import Any

import pytest

from npqstats.analysis.answers import Gap
from npqstats.analysis.ask import ask
from npqstats.analysis.compare import compare
from npqstats.project import Project
from npqstats.vocabulary.numbers import rounded

COLUMNS = {
    "npq_participants": {
        "npq_starts": "starts",
        "npq_unique_participants": "participants",
        "npq_unique_participants_swc_eligible": "workforce-participants",
        "percent_workforce_npq_participation": "workforce-share",
    },
    "npq_completions": {
        "npq_completed": "completions",
        "npq_passed": "passes",
        "percentage_completion_rate": "completion-rate",
        "percentage_pass_rate": "pass-rate",
    },
}
FUNDING = {"Overall": "all", "Funded": "funded", "Non-funded": "non-funded"}
COUNT = 120
"""650 were asked by hand; the suite asks fewer."""

Row = dict[str, str]


def files(project: Project) -> Iterator[tuple[str, list[Row]]]:
    for name in COLUMNS:
        path = next(project.raw.rglob(f"*{name}*.csv"), None) or next(
            project.raw.rglob(f"{name.replace('_', '-')}*.csv")
        )
        with path.open(encoding="utf-8", newline="") as text:
            yield name, list(csv.DictReader(text))


def key(row: Row) -> tuple[str, ...]:
    area = row.get("la_name") or row.get("region_name") or ""
    return (row["geographic_level"], area, row["funding"], row["breakdown"], row["group_name"])


def parts_of(row: Row, measure: str) -> dict[str, Any]:
    found: dict[str, Any] = {"measure": measure, "funding": FUNDING[row["funding"]], "include_unripe": True}
    if row["geographic_level"] == "Regional":
        found["area"] = row["region_name"]
    elif row["geographic_level"] == "Local authority":
        found["area"] = row["la_name"]
    elif row["breakdown"] != "Overall":
        found["by"] = row["breakdown"]
    return found


@pytest.mark.slow
def test_no_random_question_has_a_wrong_number(full: Project) -> None:
    chance = random.Random(8)
    everything = dict(files(full))
    for _ in range(COUNT):
        name = chance.choice(list(everything))
        column, measure = chance.choice(list(COLUMNS[name].items()))
        row = chance.choice(everything[name])
        years = {other["time_period"]: other for other in everything[name] if key(other) == key(row)}
        before, after = sorted(chance.sample(sorted(years), 2))
        parts = parts_of(row, measure)
        if not measure.startswith(("comp", "pass")) or int(after) < 202324:
            del parts["include_unripe"]
        spelled = [f"{year[:4]}-{year[4:]}" for year in (before, after)]
        found = compare(full, ask(full, spelled, parts))
        wanted = [one for one in found.rows if one.line.is_total or one.line.group_label == row["group_name"]]
        line = next((one for one in wanted if one.line.is_total == (row["breakdown"] == "Overall")), None)
        if line is None:  # a course that ran in neither year
            assert {years[before][column], years[after][column]} <= {"0", "c", "z"}
            continue
        for year, figure in ((before, line.before), (after, line.after)):
            printed = years[year][column]
            if figure.gap is Gap.DID_NOT_EXIST:
                assert printed in ("0", "c", "z")
            elif figure.value is None:
                assert printed == figure.symbol
            else:
                assert float(printed) == figure.value
        check_change(line, years[before][column], years[after][column], is_rate=column.startswith("perc"))


def check_change(line: Any, first: str, second: str, *, is_rate: bool) -> None:
    numbers = [text.replace(".", "", 1).isdigit() for text in (first, second)]
    if line.change.size is None:
        return
    assert all(numbers)
    difference = float(second) - float(first)
    if is_rate:
        assert abs(line.change.change_pp - difference) <= 0.1001
        return
    assert line.change.change == difference
    if float(first) >= 30:
        assert rounded(line.change.change_pct, 1) == rounded(100 * difference / float(first), 1)
    else:
        assert line.change.change_pct is None
