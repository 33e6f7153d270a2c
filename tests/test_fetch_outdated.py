from __future__ import annotations

import shutil

import pytest

from npqstats.catalogue import lock
from npqstats.errors import ServiceError, UsageError
from npqstats.fetch.outdated import State, published
from tests.conftest import PUBLISHED
from tests.fetching import Fetching, newer
from tests.stub_service import Stub


def states(fetching: Fetching) -> dict[str, State]:
    return {one.title: one.state for one in newer(project=fetching.project)}


def test_where_nothing_is_here_the_latest_release_is_newer(fetching: Fetching) -> None:
    found = newer(project=fetching.project)
    assert {one.release for one in found} == {"2024-25"}
    assert {one.state for one in found} == {State.NEW}
    assert not any("ECF" in one.title for one in found)
    assert not fetching.project.raw.exists()


def test_excerpts_count_as_not_fetched(fetching: Fetching) -> None:
    shutil.copytree(PUBLISHED, fetching.project.raw)
    found = newer(project=fetching.project)
    assert {(one.release, one.state, one.rows_here) for one in found} == {("2024-25", State.EXCERPT, 5)}


@pytest.mark.parametrize("scenario", ["usual", "new-release", "amended"])
def test_after_a_fetch_nothing_is_newer(fetching: Fetching, stub: Stub, scenario: str) -> None:
    fetching()
    stub.set(scenario)
    fetching()
    assert states(fetching) == {}


def test_asking_downloads_no_file(fetching: Fetching, stub: Stub) -> None:
    fetching()
    stub.set("amended")
    stub.forget()
    assert states(fetching)
    assert not any(path.endswith("/csv") for path in stub.paths)
    assert len(stub.paths) <= 4


def test_a_release_note_or_a_later_date_is_newer(fetching: Fetching, stub: Stub) -> None:
    fetching()
    stub.set("amended")
    found = newer(project=fetching.project)
    assert {one.state for one in found} == {State.CHANGED}
    assert found[0].reason.startswith("release note, 2025-09-18: MADE-UP release note.")


def test_a_new_release_is_newer(fetching: Fetching, stub: Stub) -> None:
    fetching()
    stub.set("new-release")
    assert {one.release for one in newer(project=fetching.project)} == {"2025-26"}


def test_a_correction_of_an_earlier_release_that_is_here_is_newer(fetching: Fetching, stub: Stub) -> None:
    stub.set("amended")
    fetching()
    stub.set("new-release")
    assert {one.release for one in newer(project=fetching.project)} == {"2024-25", "2025-26"}
    assert [one.edition for one in fetching()] == ["2024-25.1", "2025-26"]
    assert states(fetching) == {}


def test_other_rows_at_the_same_date_are_newer(fetching: Fetching) -> None:
    fetching()
    path = fetching.project.raw / lock.NAME
    path.write_text(path.read_text("utf-8").replace("\t2652\t2652\t", "\t2651\t2651\t"), "utf-8")
    (one,) = newer(project=fetching.project)
    assert (one.state, one.reason) == (State.CHANGED, "2,652 rows there, 2,651 here")


def test_an_overview_has_every_release_or_those_asked_for(fetching: Fetching) -> None:
    fetching()
    assert [*dict.fromkeys(one.release for one in published(project=fetching.project))] == [
        "2024-25",
        "2023-24",
        "2022-23",
    ]
    found = published("2022/23", project=fetching.project)
    assert [(one.title, one.state) for one in found] == [("NPQs - Total Participants - 2022-23", State.NEW)]
    assert {one.release for one in published(project=fetching.project, every=False)} == {"2024-25"}


def test_a_release_that_cannot_be_read_is_said_and_left_out_of_an_published(fetching: Fetching, stub: Stub) -> None:
    stub.break_next("/2023-24/data-content", "404")
    said: list[str] = []
    found = published(project=fetching.project, say=said.append)
    assert {one.release for one in found} == {"2024-25", "2022-23"}
    assert len(said) == 1
    assert "/2023-24/data-content" in said[0]


def test_an_overview_of_a_release_that_is_not_there_is_refused(fetching: Fetching) -> None:
    with pytest.raises(UsageError, match="no release 2030-31"):
        published("2030-31", project=fetching.project)


def test_a_service_that_is_down_is_no_answer(fetching: Fetching, stub: Stub) -> None:
    stub.set("down")
    with pytest.raises(ServiceError):
        newer(project=fetching.project)
