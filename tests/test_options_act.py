"""Nothing asked for is dropped: every option changes the answer, or is refused. On a MADE-UP release of full size."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest

from npqstats.analysis.ask import ask
from npqstats.analysis.compare import compare
from npqstats.analysis.show import show
from npqstats.analysis.trend import trend
from npqstats.errors import UsageError
from npqstats.project import Project
from npqstats.tables import documents
from npqstats.tables.table import Table

pytestmark = pytest.mark.slow
YEARS = ("2023-24", "2024-25")
BASES: list[dict[str, Any]] = [
    {},
    *({"measure": code} for code in ("starts", "participants", "completion-rate", "workforce-share", "schools-share")),
    *({"by": name} for name in ("funding", "course", "region", "local-authority", "phase")),
    {"measure": "starts", "by": "region"},
    {"measure": "completions", "by": "course"},
    {"area": "London"},
    {"area": "London", "by": "local-authority"},
    {"area": ["London", "North East"]},
    {"course": "NPQH"},
    {"course": "NPQH", "measure": "starts"},
    {"funding": "funded"},
    {"exclude_course": "NPQSL"},
    {"exclude_course": "NPQSL", "measure": "starts"},
    {"like_for_like": True},
]
OPTIONS: dict[str, list[Any]] = {
    "measure": ["participants", "completion-rate"],
    "by": ["funding", "course", "region", "local-authority", "phase"],
    "funding": ["funded", "non-funded"],
    "course": ["NPQLT"],
    "exclude_course": ["NPQLT"],
    "area": ["Yorkshire and the Humber"],
    "basis": ["in-year", "cumulative"],
    "like_for_like": [True],
    "include_unripe": [True],
    "sort": ["change", "percent", "before", "after", "name"],
    "top": [2],
}


def seen(table: Table) -> tuple[object, ...]:
    rows = [(row.indent, [(entry.text, entry.flags) for entry in row.entries]) for row in table.rows]
    return (table.title, table.finding, rows, table.notes)


def asked(verb: str, project: Project, parts: dict[str, Any]) -> tuple[object, ...] | None:
    """What a reader sees, or None where the call is refused."""
    try:
        if verb == "compare":
            return seen(documents.of_answer(compare(project, ask(project, YEARS, parts))).table)
        if verb == "trend":
            return seen(documents.of_answer(trend(project, ask(project, (), parts))).table)
        return seen(documents.of_cells(show(project, (question := ask(project, ("2024-25",), parts))), question).table)
    except UsageError:
        return None


def accepted(verb: str) -> set[str]:
    left_out = {
        "compare": set(),
        "trend": {"like_for_like", "sort", "top"},
        "show": {"like_for_like", "sort", "top", "include_unripe", "exclude_course"},
    }
    return OPTIONS.keys() - left_out[verb]


@pytest.mark.parametrize("verb", ["compare", "trend", "show"])
@pytest.mark.parametrize("base", BASES, ids=str)
def test_every_option_acts_or_is_refused(full: Project, verb: str, base: dict[str, Any]) -> None:
    if not base.keys() <= accepted(verb):
        pytest.skip("the verb has no such option")
    before = asked(verb, full, base)
    dropped = [
        f"--{name} {value}"
        for name in sorted(accepted(verb) - base.keys())
        for value in OPTIONS[name]
        if before is not None and asked(verb, full, base | {name: value}) == before
    ]
    assert dropped == []


def test_every_pair_of_options_acts_or_is_refused(full: Project) -> None:
    dropped = []
    for one, two in combinations(sorted(accepted("compare")), 2):
        parts = {one: OPTIONS[one][0], two: OPTIONS[two][0]}
        both = asked("compare", full, parts)
        alone = {name: asked("compare", full, {name: parts[name]}) for name in parts} if both else {}
        dropped += [f"{parts}: only {name} acts" for name, answer in alone.items() if answer == both]
    assert dropped == []
