"""The workflows that users copy, and the action: every shell step runs here, against the stub, a bare repository and
a `gh` of our own, as far as that goes without the hosting service."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.frozen import PUBLISHED
from tests.stub_service import Stub

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[1]
ACTION = ROOT / "action.yml"
NEW_DATA, REPORT = (ROOT / "docs" / "workflows" / name for name in ("new-data.yml", "report.yml"))
FILES = [ACTION, NEW_DATA, REPORT]
GH = """#!/usr/bin/env bash
# Notes what it is asked, and plays one repository of pull requests.
printf '%s\\n' "$*" >> "$GH_LOG"
case "$1 $2" in
  "pr list") cat "$GH_OPEN" 2>/dev/null || true ;;
  "pr create") echo 7 > "$GH_OPEN"; cp "${@: -1}" "$GH_BODY" ;;
  "pr edit") cp "${@: -1}" "$GH_BODY" ;;
esac
"""
EXPRESSION = re.compile(r"\$\{\{ *(.*?) *\}\}")


def loaded(path: Path) -> dict[Any, Any]:
    found = yaml.safe_load(path.read_text("utf-8"))
    assert isinstance(found, dict)
    return found


def jobs(path: Path) -> dict[str, dict[str, Any]]:
    found = loaded(path)["jobs"]
    assert isinstance(found, dict)
    return found


@dataclass
class Runner:
    """A machine that runs the steps of jobs in a shell, as GitHub does; it knows the expressions that it is told."""

    folder: Path
    stub: Stub
    known: dict[str, str] = field(default_factory=dict)
    said: str = ""

    def __post_init__(self) -> None:
        (self.folder / "bin").mkdir(parents=True)
        (self.folder / "bin" / "gh").write_text(GH, "utf-8")
        (self.folder / "bin" / "gh").chmod(0o755)
        self.known = {"github.action_path": str(ROOT), "github.token": "made-up"} | self.known

    @property
    def asked_of_gh(self) -> list[str]:
        log = self.folder / "gh.log"
        return log.read_text("utf-8").splitlines() if log.is_file() else []

    def job(self, path: Path, name: str, work: Path) -> int:
        """Run the steps of a job in a checked-out repository; the status of the first that fails, or 0."""
        return self._steps(jobs(path)[name]["steps"], work, self.known)

    def _steps(self, steps: list[dict[str, Any]], work: Path, known: dict[str, str]) -> int:
        for step in steps:
            if not self._is_wanted(step, known):
                continue
            status = 0
            if step.get("uses", "") == "./":
                action = loaded(ACTION)
                given = step.get("with", {})
                inputs = {f"inputs.{key}": given.get(key, one["default"]) for key, one in action["inputs"].items()}
                inner = known | inputs
                status = self._steps(action["runs"]["steps"], work, inner)
                for key, output in action["outputs"].items():
                    value = inner.get(str(EXPRESSION.fullmatch(output["value"])[1]), "")  # type: ignore[index]
                    known[f"steps.{step.get('id')}.outputs.{key}"] = value
            elif "run" in step and "pip install" not in step["run"]:
                status = self._run(step, work, known)
            if status:
                return status
        return 0

    def _is_wanted(self, step: dict[str, Any], known: dict[str, str]) -> bool:
        condition = step.get("if", "always()")
        parts = [part.split(" ") for part in condition.split(" && ")]
        if condition == "always()" or "hashFiles" in condition:
            return True
        return all((known[name] == value.strip("'")) is (sign == "==") for name, sign, value in parts)

    def _run(self, step: dict[str, Any], work: Path, known: dict[str, str]) -> int:
        output = self.folder / "output"
        output.write_text("", "utf-8")
        given = {
            name: EXPRESSION.sub(lambda match: known[match[1]], value) for name, value in step.get("env", {}).items()
        }
        environment = os.environ | {
            "PATH": os.pathsep.join([str(self.folder / "bin"), str(Path(sys.executable).parent), os.environ["PATH"]]),
            "NPQSTATS_SERVICE": self.stub.url,
            "GITHUB_OUTPUT": str(output),
            "GITHUB_STEP_SUMMARY": str(self.folder / "summary.md"),
            "GITHUB_REPOSITORY": "made-up/npq",
            "GITHUB_WORKFLOW_REF": "made-up/npq/.github/workflows/new-data.yml@refs/heads/main",
            "RUNNER_TEMP": str(self.folder),
            "GH_LOG": str(self.folder / "gh.log"),
            "GH_OPEN": str(self.folder / "open"),
            "GH_BODY": str(self.folder / "body"),
        }
        assert not EXPRESSION.search(step["run"]), "an expression in a script is text that runs"
        ran = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
            cwd=work,
            env=environment | given,
            capture_output=True,
            text=True,
            check=False,
        )
        self.said = ran.stdout + ran.stderr
        for line in output.read_text("utf-8").splitlines():
            name, _, value = line.partition("=")
            known[f"steps.{step['id']}.outputs.{name}"] = value
        return ran.returncode


def git(folder: Path, *words: str) -> str:
    author = ("-c", "user.name=made-up", "-c", "user.email=made-up@example.org")
    return subprocess.run(
        ["git", *author, *words], cwd=folder, capture_output=True, text=True, check=True
    ).stdout.strip()


@pytest.fixture
def origin(tmp_path: Path) -> Path:
    """A bare repository whose main branch has the excerpts."""
    made = tmp_path / "made"
    shutil.copytree(PUBLISHED, made / "data" / "raw")
    (made / ".gitignore").write_text("data/processed/\nreports/\n", "utf-8")
    git(made, "init", "--quiet", "--initial-branch=main")
    git(made, "add", ".")
    git(made, "commit", "--quiet", "--message=Begin")
    git(tmp_path, "clone", "--quiet", "--bare", str(made), "origin.git")
    return tmp_path / "origin.git"


def checked_out(origin: Path, name: str) -> Path:
    git(origin.parent, "clone", "--quiet", str(origin), name)
    return origin.parent / name


def runner(tmp_path: Path, stub: Stub) -> Runner:
    """A machine of a repository without a token of its own."""
    secret = "secrets.NEW_DATA_TOKEN"
    return Runner(tmp_path / "runner", stub, {f"{secret} || github.token": "made-up", f"{secret} != ''": "false"})


@pytest.mark.parametrize("persona", ["regular", "pedantic"])
def test_a_linter_of_workflows_finds_nothing(persona: str) -> None:
    linter = Path(sys.executable).with_name("zizmor")
    command = [str(linter), "--offline", "--no-progress", "--persona", persona, *map(str, FILES)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_action_is_pinned_by_its_full_hash_with_its_version(path: Path) -> None:
    used = [
        text
        for text in re.findall(r"^ *(?:- )?uses: (.*)", path.read_text("utf-8"), re.MULTILINE)
        if not text.startswith("./ ")
    ]
    assert all(re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", text) for text in used)


def test_no_job_may_do_more_than_its_task_and_each_ends_in_time() -> None:
    for path in (NEW_DATA, REPORT):
        assert loaded(path)["permissions"] == {}
        assert all(job["timeout-minutes"] <= 30 for job in jobs(path).values())
    assert {name: job["permissions"] for name, job in jobs(NEW_DATA).items()} == {
        "check": {"contents": "read"},
        "propose": {"contents": "write", "pull-requests": "write"},
        "awake": {"actions": "write"},
    }
    assert jobs(REPORT)["report"]["permissions"] == {"contents": "read"}


def test_the_token_is_seen_by_the_last_step_alone() -> None:
    steps = [step for job in jobs(NEW_DATA).values() for step in job["steps"]]
    assert [step["name"] for step in steps if "secrets." in str(step)] == ["Renew the branch and its pull request"]


@pytest.mark.parametrize(
    ("scenario", "status", "newer"), [("usual", 0, "true"), ("renamed", 0, "true"), ("down", 4, "")]
)
def test_the_check_says_whether_something_is_newer(
    tmp_path: Path, stub: Stub, origin: Path, scenario: str, status: int, newer: str
) -> None:
    stub.set(scenario)
    machine = runner(tmp_path, stub)
    assert machine.job(NEW_DATA, "check", checked_out(origin, "work")) == status
    assert machine.known.get("steps.npqstats.outputs.newer", "") == newer


def test_a_program_that_crashes_makes_the_check_fail(tmp_path: Path, stub: Stub, origin: Path) -> None:
    machine = runner(tmp_path, stub)
    work = checked_out(origin, "work")
    for script, status in (("exit 70", 70), ("exit 1", 1), ("echo '{\"newer\": false}'; exit 1", 70)):
        (tmp_path / "runner" / "bin" / "npqstats").write_text(f"#!/usr/bin/env bash\n{script}\n", "utf-8")
        (tmp_path / "runner" / "bin" / "npqstats").chmod(0o755)
        assert machine.job(NEW_DATA, "check", work) == status
        assert not machine.known.get("steps.npqstats.outputs.newer")


@pytest.mark.slow
def test_one_branch_and_one_pull_request_are_renewed(tmp_path: Path, stub: Stub, origin: Path) -> None:
    machine = runner(tmp_path, stub)
    assert machine.job(NEW_DATA, "propose", checked_out(origin, "first")) == 0, machine.said
    proposed = git(origin, "rev-parse", "new-data")
    files = git(origin, "ls-tree", "-r", "--name-only", "new-data").splitlines()
    assert {"data/raw/raw.lock", "reports/2024-25/index.html", "reports/2024-25/manifest.json"} <= set(files)
    assert not any(name.startswith("data/processed") for name in files)
    body = (machine.folder / "body").read_text("utf-8")
    assert "    data/raw/2024-25/npq_participants.csv replaces an incomplete file of 5 rows: 2,652 rows." in body
    assert "Close and reopen this pull request" in body
    # The next weekday, before anybody merged: the same files.
    assert machine.job(NEW_DATA, "propose", checked_out(origin, "second")) == 0, machine.said
    assert git(origin, "rev-parse", "new-data") == proposed
    # A correction comes out, and still nobody merged.
    stub.set("amended")
    assert machine.job(NEW_DATA, "propose", checked_out(origin, "third")) == 0, machine.said
    assert git(origin, "rev-list", "--count", "main..new-data") == "1"
    assert "data/raw/2024-25.1/npq_participants.csv" in git(origin, "ls-tree", "-r", "--name-only", "new-data")
    assert "was corrected" in (machine.folder / "body").read_text("utf-8")
    asked = [words.split(" --")[0] for words in machine.asked_of_gh if words.startswith("pr ") and "list" not in words]
    assert asked == ["pr create", "pr edit new-data"]
    # It is merged: nothing is left to propose.
    git(origin, "update-ref", "refs/heads/main", "new-data")
    work = checked_out(origin, "fourth")
    assert machine.job(NEW_DATA, "check", work) == 0
    assert machine.known["steps.npqstats.outputs.newer"] == "false"
    # The next release, with the merged branch still there: it begins from main.
    stub.set("new-release")
    (machine.folder / "open").unlink()
    machine.known["secrets.NEW_DATA_TOKEN != ''"] = "true"
    assert machine.job(NEW_DATA, "propose", work) == 0, machine.said
    assert git(origin, "rev-list", "--count", "main..new-data") == "1"
    assert "Close and reopen" not in (machine.folder / "body").read_text("utf-8")


def test_a_fetch_that_fails_proposes_nothing(tmp_path: Path, stub: Stub, origin: Path) -> None:
    stub.set("renamed")
    machine = runner(tmp_path, stub)
    assert machine.job(NEW_DATA, "propose", checked_out(origin, "work")) == 3
    assert git(origin, "branch", "--list", "new-data") == ""
    assert not any(words.startswith("pr ") for words in machine.asked_of_gh)


def test_each_scheduled_run_enables_its_own_workflow_again(tmp_path: Path, stub: Stub) -> None:
    job = jobs(NEW_DATA)["awake"]
    assert (job["if"], "needs" in job) == ("github.event_name == 'schedule'", False)
    machine = runner(tmp_path, stub)
    assert machine.job(NEW_DATA, "awake", tmp_path) == 0
    assert machine.asked_of_gh == ["api --method PUT repos/made-up/npq/actions/workflows/new-data.yml/enable"]


@pytest.mark.slow
def test_the_report_is_written_shown_and_held_against_the_committed_one(
    tmp_path: Path, stub: Stub, origin: Path
) -> None:
    work = checked_out(origin, "work")
    subprocess.run(
        [sys.executable, "-m", "npqstats", "--project", str(work), "report"], check=True, capture_output=True
    )
    machine = runner(tmp_path, stub)
    assert machine.job(REPORT, "report", work) == 0, machine.said
    text = (machine.folder / "summary.md").read_text("utf-8")
    assert text.startswith("# National Professional Qualifications in England, 2024/25\n")
    assert "![" not in text
    assert (work / "report" / "index.html").is_file()
    assert stub.requests == []
    (work / "reports" / "2024-25" / "index.html").write_bytes(b"other")
    assert machine.job(REPORT, "report", work) == 1


def test_the_action_refuses_what_it_does_not_know(tmp_path: Path, stub: Stub) -> None:
    machine = runner(tmp_path, stub)
    (step,) = [step for step in loaded(ACTION)["runs"]["steps"] if step.get("id") == "fetch"]
    assert machine._run(step, tmp_path, {"inputs.fetch": "all", "inputs.project": "."}) == 2


def test_the_answer_of_the_check_has_the_keys_that_the_action_reads(tmp_path: Path, stub: Stub, origin: Path) -> None:
    machine = runner(tmp_path, stub)
    machine.job(NEW_DATA, "check", checked_out(origin, "work"))
    found = json.loads((machine.folder / "npqstats-fetch.txt").read_text("utf-8"))
    assert list(found) == ["newer", "data_sets"]
