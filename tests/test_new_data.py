"""The page on new data and the workflow beside it, word for word, against the stub."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.frozen import PUBLISHED
from tests.stub_service import Stub
from tests.test_docs import BLOCK, DOCS, GOLDEN, SHOWN_AS, printed
from tests.test_fetch_files import all_files

pytestmark = pytest.mark.slow
PAGE = DOCS / "new-data.md"
WORKFLOW = DOCS / "workflows" / "new-data.yml"
PART = re.compile(rf"<!-- stub: ([\w-]+) -->|{BLOCK.pattern}", re.MULTILINE | re.DOTALL)


def replayed(text: str, folder: Path, stub: Stub) -> str:
    """Give the page with each command followed by what it prints now, the stub serving what the page says."""

    def part(match: re.Match[str]) -> str:
        scenario, language, block = (str(group or "") for group in match.groups())
        if scenario == "zip":
            all_files(stub, folder / "all-files.zip", "2023-24")
        elif scenario:
            stub.set(scenario)
        if language != "console":
            return str(match[0])
        commands = [line.removeprefix("$ ") for line in block.splitlines() if line.startswith("$ npqstats ")]
        shown = "".join(f"$ {command}\n{printed(command, folder, NPQSTATS_SERVICE=stub.url)}" for command in commands)
        return f"```console\n{shown}```"

    return PART.sub(part, text)


def test_commands_on_the_page_print_what_it_shows(tmp_path: Path) -> None:
    shutil.copytree(PUBLISHED, tmp_path / "data" / "raw")
    with Stub() as stub:
        now = replayed(PAGE.read_text("utf-8"), tmp_path, stub)
    if GOLDEN:
        PAGE.write_text(now, "utf-8")
    assert PAGE.read_text("utf-8") == now
    assert SHOWN_AS in now


def test_the_page_names_every_scenario_that_a_person_meets() -> None:
    assert set(re.findall(r"<!-- stub: ([\w-]+) -->", PAGE.read_text("utf-8"))) >= {"new-release", "amended", "renamed"}


def script(name: str) -> str:
    """Give what a step of the workflow runs: the one that begins with this word."""
    steps = re.findall(r"run: \|\n((?:          .*\n)+)|run: (npqstats .*)\n", WORKFLOW.read_text("utf-8"))
    return next(str(text) for long, short in steps for text in [long or short] if name in text)


@pytest.mark.parametrize(("scenario", "newer"), [("usual", "newer=true"), ("down", "")])
def test_the_workflow_asks_whether_something_is_newer(tmp_path: Path, scenario: str, newer: str) -> None:
    (tmp_path / "data" / "raw").mkdir(parents=True)
    with Stub(scenario) as stub:
        ran = run(script("--check"), tmp_path, stub)
    assert (ran.returncode, (tmp_path / "output").read_text("utf-8").strip()) == (0 if newer else 4, newer)


def test_the_workflow_fetches_and_builds(tmp_path: Path) -> None:
    shutil.copytree(PUBLISHED, tmp_path / "data" / "raw")
    with Stub() as stub:
        assert run(script("npqstats fetch >"), tmp_path, stub).returncode == 0
        assert run(script("build --frozen"), tmp_path, stub).returncode == 0
        assert run(script("--check"), tmp_path, stub).returncode == 0
    assert "npq_participants.csv replaces an incomplete file" in (tmp_path / "fetched.txt").read_text("utf-8")
    assert (tmp_path / "output").read_text("utf-8") == "newer=false\n"


def run(text: str, folder: Path, stub: Stub) -> subprocess.CompletedProcess[str]:
    """Run a step of the workflow as GitHub does: by bash, ending at the first command that fails."""
    (folder / "output").touch()
    environment = os.environ | {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "NPQSTATS_SERVICE": stub.url,
        "GITHUB_OUTPUT": str(folder / "output"),
        "RUNNER_TEMP": str(folder),
    }
    return subprocess.run(
        ["bash", "-e", "-c", text], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def test_the_workflow_may_do_little_and_pins_its_actions() -> None:
    text = WORKFLOW.read_text("utf-8")
    assert "\npermissions: {}\n" in text
    assert set(re.findall(r"uses: (.*)", text)) == {"actions/checkout@v5", "actions/setup-python@v6"}
