"""The page on new data, word for word, against the stub."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.frozen import PUBLISHED
from tests.stub_service import Stub
from tests.test_docs import BLOCK, DOCS, GOLDEN, SHOWN_AS, printed
from tests.test_fetch_downloads import all_files

pytestmark = pytest.mark.slow
PAGE = DOCS / "new-data.md"
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
