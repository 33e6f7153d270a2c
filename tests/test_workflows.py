"""The workflow files that users copy: their commands run here, as far as that goes without the hosting service."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from npqstats.project import Project
from tests.analysis_fixtures import root
from tests.reports import NAME, Told

ROOT = Path(__file__).parents[1]
FILES = sorted((ROOT / "docs" / "workflows").glob("*.yml"))


def workflow(path: Path) -> dict[Any, Any]:
    found = yaml.safe_load(path.read_text("utf-8"))
    assert isinstance(found, dict)
    return found


def steps(path: Path) -> list[dict[str, Any]]:
    return [step for job in workflow(path)["jobs"].values() for step in job["steps"]]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_actions_are_of_a_named_major_version_and_jobs_end_in_time(path: Path) -> None:
    assert all(re.fullmatch(r"actions/[a-z-]+@v\d+", step["uses"]) for step in steps(path) if "uses" in step)
    assert all(job["timeout-minutes"] for job in workflow(path)["jobs"].values())
    assert "permissions" in workflow(path)


@pytest.mark.slow
def test_the_commands_of_the_report_write_it_and_its_summary(published: Project, tmp_path: Path) -> None:
    always = [step.get("run", "") for step in steps(ROOT / "docs/workflows/report.yml") if "if" not in step]
    commands = [command for command in always if "npqstats" in command or "SUMMARY" in command]
    summary = tmp_path / "summary.md"
    environment = os.environ | {
        "GITHUB_STEP_SUMMARY": str(summary),
        "NPQSTATS_PROJECT": str(root(published)),
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
    }
    for command in commands:
        if "pip install" not in command:
            subprocess.run(["bash", "-e", "-c", command], cwd=tmp_path, env=environment, check=True)
    text = summary.read_text("utf-8")
    assert text.startswith("# National Professional Qualifications: England, 2024/25\n")
    assert "fell by 14,022 (32.0%)" in text
    assert "![" not in text
    assert (tmp_path / "report" / "index.html").is_file()
    assert len(text.encode()) < 2**20


@pytest.mark.slow
def test_the_job_fails_when_a_committed_report_is_stale(
    published_written: Told, published: Project, tmp_path: Path
) -> None:
    (step,) = [step for step in steps(ROOT / "docs/workflows/report.yml") if "if" in step]
    assert step["if"] == "hashFiles('reports/*/manifest.json') != ''"
    command = [sys.executable, "-m", *shlex.split(step["run"])]
    environment = os.environ | {"NPQSTATS_PROJECT": str(root(published))}
    assert (published_written.folder / "manifest.json").is_file()
    fresh = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert (fresh.returncode, fresh.stdout) == (0, f"{published_written.folder} is up to date.\n")
    shutil.copytree(root(published), tmp_path / "project")
    (tmp_path / "project" / "reports" / NAME / "index.html").write_bytes(b"other")
    environment["NPQSTATS_PROJECT"] = str(tmp_path / "project")
    stale = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert (stale.returncode, "was changed by another hand" in stale.stdout) == (1, True)
