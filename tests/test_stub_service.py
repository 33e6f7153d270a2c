"""The stub of the publisher's service answers as the service is known to, and breaks as it is told to."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from npqstats.catalogue.catalogue import catalogue
from npqstats.ingest.recognise import layout_of
from tests.stub_service import FAULTS, SCENARIOS, Stub
from tests.stub_service.published import SLUG

ROOT = Path(__file__).parents[1]
PARTICIPANTS = "79418e7a-43e1-495d-afaa-f1253a2fb601"
CSV = f"/data-catalogue/data-set/{PARTICIPANTS}/csv"
RELEASES = f"/api/publications/{SLUG}/releases"


@pytest.mark.parametrize("scenario", [name for name in SCENARIOS if name != "down"])
def test_every_scenario_lists_its_releases_newest_first_with_files_that_can_be_had(scenario: str) -> None:
    with Stub(scenario) as stub:
        names = [row["slug"] for row in httpx.get(stub.url + RELEASES).json()]
        assert names == sorted(names, reverse=True)
        for data_set in httpx.get(f"{stub.url}{RELEASES}/{names[0]}/data-content").json()["dataSets"]:
            file = httpx.get(f"{stub.url}/data-catalogue/data-set/{data_set['dataSetFileId']}/csv")
            assert file.text.count("\n") - 1 == data_set["meta"]["numDataFileRows"]


def test_made_up_files_have_the_published_size_and_columns(stub: Stub) -> None:
    known = {layout.title: layout for layout in catalogue().layouts if layout.release == "2024-25"}
    for release, data_set in stub.world.data_sets.values():
        if release.name == "2024-25" and data_set.title in known:
            assert len(data_set.rows) == known[data_set.title].rows
            assert layout_of(data_set.columns, "x") == known[data_set.title]


def test_a_correction_changes_the_file_at_its_address_and_says_so_in_a_note(stub: Stub) -> None:
    before = httpx.get(stub.url + CSV).content
    stub.set("amended")
    assert httpx.get(stub.url + CSV).content != before
    notes = httpx.get(f"{stub.url}{RELEASES}/2024-25/updates").json()["results"]
    assert [note["date"][:10] for note in notes] == ["2025-09-18", "2025-07-10"]


def test_what_is_not_there_is_a_problem_and_nothing_is_written(stub: Stub) -> None:
    for path in ("/", f"{RELEASES}/1999-00/updates", "/data-catalogue/data-set/made-up/csv", "/statistics/v1"):
        assert httpx.get(stub.url + path).status_code == 404
    assert httpx.post(stub.url + CSV).status_code == 405


@pytest.mark.parametrize("how", [name for name in FAULTS if not name.startswith(("stall", "drip", "bomb"))])
def test_a_fault_happens_as_often_as_it_is_asked_for(stub: Stub, how: str) -> None:
    whole = httpx.get(stub.url + CSV).content
    stub.break_next(CSV, how)
    try:
        broken = httpx.get(stub.url + CSV)
        assert broken.status_code != 200 or broken.content != whole
    except httpx.TransportError:
        assert stub.paths[-1] == CSV
    assert httpx.get(stub.url + CSV).content == whole


def test_the_stub_can_be_looked_through_by_hand() -> None:
    command = [sys.executable, "-m", "tests.stub_service", "--list"]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert all(name in said for name in (*SCENARIOS, *FAULTS))
