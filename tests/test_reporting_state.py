from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from npqstats.errors import DataError
from npqstats.report import state
from npqstats.report.state import Manifest
from npqstats.store import manifest
from npqstats.store.build import build
from tests.conftest import PUBLISHED, WORKFORCE, Folder, told

COMMAND = "npqstats report 2024-25"
WORKFORCE_FILE = "2024-25/npq_workforce.csv"


@pytest.fixture
def stood(folder: Folder) -> Path:
    """A report of three words, as a report of the whole release would stand."""
    folder.copy()
    place = folder.root / "reports" / "2024-25"
    contents = {"index.html": b"page", "charts/a.svg": b"chart"}
    made = Manifest(
        command=COMMAND,
        recipe=state.recipe(),
        inputs=state.inputs(folder.project),
        outputs=state.hashed(contents),
    )
    for name, content in {**contents, state.NAME: made.text()}.items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_bytes(content)
    return place


def stale(folder: Folder, stood: Path) -> list[str]:
    return state.stale(stood, folder.project, COMMAND)


def rewrite(stood: Path, **changed: object) -> None:
    content = json.loads((stood / state.NAME).read_text("utf-8"))
    (stood / state.NAME).write_text(json.dumps(content | changed), "utf-8")


def test_a_manifest_reads_as_it_was_written_and_is_the_same_each_time(stood: Path) -> None:
    made = state.read(stood)
    assert made is not None
    assert made.text() == (stood / state.NAME).read_bytes()
    assert made.outputs.keys() == {"index.html", "charts/a.svg"}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"{}",
        b"\xff",
        b"[" * 100_000,
        b'{"name": "an app", "icons": []}',
        b'{"made_by": "another program 1", "command": "", "recipe": "", "inputs": {}, "outputs": {}}',
        b'{"made_by": "npqstats 1", "command": "", "recipe": "", "inputs": [], "outputs": {}}',
        b'{"made_by": "npqstats 1"}',
    ],
)
def test_what_is_no_manifest_of_a_report_is_not_taken_for_one(tmp_path: Path, content: bytes) -> None:
    (tmp_path / state.NAME).write_bytes(content)
    assert state.read(tmp_path) is None


def test_a_manifest_of_a_version_that_writes_more_is_still_one(stood: Path) -> None:
    rewrite(stood, made_by="npqstats 99.0", more={"of": "it"})
    made = state.read(stood)
    assert made is not None
    assert made.made_by == "npqstats 99.0"


@pytest.mark.parametrize("there", [True, False])
def test_without_a_report_that_is_what_is_said(folder: Folder, tmp_path: Path, there: bool) -> None:
    place = tmp_path if there else tmp_path / "nothing"
    assert stale(folder, place) == [f"There is no report in {place}."]


def test_nothing_is_said_of_a_report_that_is_up_to_date(folder: Folder, stood: Path) -> None:
    assert stale(folder, stood) == []


def test_every_raw_file_that_changed_came_or_went_is_named(folder: Folder, stood: Path) -> None:
    folder.put(WORKFORCE_FILE, WORKFORCE)
    folder.put("2025-26/x.csv", WORKFORCE)
    (folder.project.raw / "2022-23" / "npq_participants.csv").unlink()
    assert stale(folder, stood) == [
        "data/raw/2022-23/npq_participants.csv is gone.",
        "data/raw/2024-25/npq_workforce.csv has changed.",
        "data/raw/2025-26/x.csv is new.",
    ]


def test_a_raw_file_that_was_only_touched_has_not_changed(folder: Folder, stood: Path) -> None:
    path = folder.project.raw / WORKFORCE_FILE
    os.utime(path, ns=(0, 0))
    assert stale(folder, stood) == []
    folder.put("2024-25/notes.txt", "no table")
    assert stale(folder, stood) == []


def test_a_file_of_the_report_that_was_changed_or_lost_is_named(folder: Folder, stood: Path) -> None:
    (stood / "index.html").write_bytes(b"other")
    (stood / "charts" / "a.svg").unlink()
    assert stale(folder, stood) == [
        f"{stood / 'charts/a.svg'} is missing.",
        f"{stood / 'index.html'} was changed by another hand.",
    ]


def test_a_file_of_the_report_that_cannot_be_read_is_named(
    folder: Folder, stood: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refuse(monkeypatch, stood)
    assert stale(folder, stood) == [
        f"{stood / name} cannot be read: Permission denied." for name in ("charts/a.svg", "index.html")
    ]


def refuse(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Let no file of a folder be hashed."""
    hashed = manifest.sha256

    def refused(path: Path) -> str:
        if path.is_relative_to(folder):
            raise PermissionError(13, "Permission denied", str(path))
        return hashed(path)

    monkeypatch.setattr(manifest, "sha256", refused)


def test_a_raw_file_that_cannot_be_read_is_an_error_that_names_it(
    folder: Folder, stood: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refuse(monkeypatch, folder.project.raw)
    with pytest.raises(DataError) as caught:
        stale(folder, stood)
    first = folder.project.raw / "2022-23" / "npq_participants.csv"
    assert told(caught)[0] == f"{first} cannot be read: Permission denied."


def test_a_report_of_another_version_or_of_other_code_is_out_of_date(folder: Folder, stood: Path) -> None:
    here = Manifest().made_by
    rewrite(stood, recipe="other")
    assert stale(folder, stood) == ["The code of npqstats has changed."]
    rewrite(stood, made_by="npqstats 0.0")
    assert stale(folder, stood) == [f"The report was made by npqstats 0.0; this is {here}."]


def test_a_report_of_something_else_in_the_same_folder_is_out_of_date(folder: Folder, stood: Path) -> None:
    assert state.stale(stood, folder.project, f"{COMMAND} --area E12000007") == [
        f"The report was made by another command: {COMMAND}."
    ]


def test_raw_files_hash_the_same_before_and_after_a_build(folder: Folder, stood: Path) -> None:
    before = state.inputs(folder.project)
    assert state.rested_on(folder.project) == {}
    build(folder.project)
    assert state.inputs(folder.project) == before == state.rested_on(folder.project)
    assert before[f"data/raw/{WORKFORCE_FILE}"] == manifest.sha256(PUBLISHED / WORKFORCE_FILE)


def test_a_report_names_what_its_observations_were_built_from_and_not_what_came_since(folder: Folder) -> None:
    folder.copy()
    build(folder.project)
    before = state.rested_on(folder.project)
    folder.put(WORKFORCE_FILE, WORKFORCE)
    assert state.rested_on(folder.project) == before != state.inputs(folder.project)
