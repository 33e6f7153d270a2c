"""Imports go down the list of rooms and never up; few modules may import Rich."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import npqstats

PACKAGE = Path(npqstats.__file__).parent
ROOMS = (
    *("errors", "listeners", "vocabulary", "catalogue", "project"),
    *("ingest", "store", "fetch", "analysis", "wording", "tables", "charts", "report", "api", "cli"),
)
"""From the lowest room up: a module may import from its own room and from those before it."""
STAGES = ("scanning", "reading", "judging")
"""Of the fact check, in the order in which a text goes through them."""
OUTSIDE = {"__init__", "__main__"}
"""The doors of the package: they stand above all rooms."""
RICH = {"tables/terminal.py", "cli/progress.py"}
MATPLOTLIB = "charts"
"""The room that draws."""
VERSION = "__version__"


@cache
def imports(path: Path) -> list[tuple[str, list[str]]]:
    """List every module that a file imports, at the top or within a function, with the names taken from it."""
    found: list[tuple[str, list[str]]] = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found += [(alias.name, []) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0
            found.append((node.module or "", [alias.name for alias in node.names]))
    return found


def rooms_of(module: str, names: list[str]) -> list[str]:
    """Name the rooms that an import leads to; the version of the package is in none of them."""
    _, _, inside = module.partition(".")
    return [inside.split(".")[0]] if inside else [name for name in names if name != VERSION]


def test_imports_go_down_and_never_up() -> None:
    up = [
        f"{path.relative_to(PACKAGE)} imports {module}"
        for path in sorted(PACKAGE.rglob("*.py"))
        for mine in [path.relative_to(PACKAGE).parts[0].removesuffix(".py")]
        for module, names in imports(path)
        if module.split(".")[0] == "npqstats" and mine not in OUTSIDE
        for room in rooms_of(module, names)
        if ROOMS.index(room) > ROOMS.index(mine)
    ]
    assert up == []


def stage_of(module: str) -> int:
    """Number the stage of the fact check that a module is in; it is above all where it is in none."""
    stage = module.removeprefix("npqstats.analysis.factcheck.").partition(".")[0]
    return STAGES.index(stage) if stage in STAGES else len(STAGES)


def test_the_stages_of_the_fact_check_import_each_other_in_one_direction() -> None:
    folder = PACKAGE / "analysis" / "factcheck"
    left = {
        ".".join(["npqstats", *path.relative_to(PACKAGE).with_suffix("").parts]): [m for m, _ in imports(path)]
        for path in sorted(folder.rglob("*.py"))
    }
    up = {
        (name, module)
        for name, needed in left.items()
        for module in needed
        if module.startswith("npqstats.analysis.factcheck.") and stage_of(module) > stage_of(name)
    }
    assert up == set()
    while free := {name for name, needed in left.items() if left.keys().isdisjoint(needed)}:
        left = {name: needed for name, needed in left.items() if name not in free}
    assert sorted(left) == []


def test_every_room_is_in_the_list() -> None:
    found = {path.name.removesuffix(".py") for path in PACKAGE.iterdir() if path.suffix == ".py" or path.is_dir()}
    assert found - OUTSIDE - {"__pycache__", "py.typed", "data"} == set(ROOMS)


def test_only_what_prints_imports_rich() -> None:
    found = {
        path.relative_to(PACKAGE).as_posix()
        for path in sorted(PACKAGE.rglob("*.py"))
        if any(module.split(".")[0] == "rich" for module, _ in imports(path))
    }
    assert found <= RICH


def test_only_what_draws_imports_matplotlib() -> None:
    found = {
        path.relative_to(PACKAGE).parts[0]
        for path in sorted(PACKAGE.rglob("*.py"))
        if any(module.split(".")[0] == "matplotlib" for module, _ in imports(path))
    }
    assert found == {MATPLOTLIB}


def test_nothing_imports_click_itself() -> None:
    files = [path for path in PACKAGE.rglob("*.py") if any(m.split(".")[0] == "click" for m, _ in imports(path))]
    assert files == []
