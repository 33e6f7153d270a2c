from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from npqstats.catalogue.lock import LockedRelease
from npqstats.errors import ServiceError
from npqstats.fetch import discover
from npqstats.fetch.client import Client, MissingError, Service
from npqstats.fetch.discover import Contents, DataSet, Extent, Note

ID = "79418e7a-43e1-495d-afaa-f1253a2fb601"
YEARS = {"start": "2021/22", "end": "2025/26"}
META = {"numDataFileRows": 2, "geographicLevels": ["National"], "timePeriodRange": YEARS}
EXTENT = Extent(rows=2, levels=frozenset({"national"}), last_year="2025/26")


class Told(Client):
    """A client that answers what it was told, by the end of the address."""

    def __init__(self, **answers: Any) -> None:
        super().__init__(Service(), is_offline=True)
        self._answers = {name.replace("_", "-"): answer for name, answer in answers.items()}

    def document(self, url: str, *, params: Mapping[str, str] | None = None) -> Any:
        name = url.rpartition("/")[2] + (params or {}).get("page", "")
        if name not in self._answers:
            raise MissingError(f"{url} is not there.")
        return self._answers[name]


def release(slug: str, **more: object) -> dict[str, object]:
    return {"id": "made-up", "slug": slug, "somethingNew": {"a": 1}, **more}


def test_releases_come_newest_first_with_the_latest_on_top(client: Client) -> None:
    assert discover.releases(client) == ["2024-25", "2023-24", "2022-23"]


@pytest.mark.parametrize("wrap", [list, lambda rows: {"results": list(rows), "paging": {"totalPages": 1}}])
def test_a_list_may_be_bare_or_a_page_of_results(wrap: Any) -> None:
    client = Told(releases=wrap([release("2022-23"), release("2023-24", latestRelease=True)]))
    assert discover.releases(client) == ["2023-24", "2022-23"]


@pytest.mark.parametrize("written", [str, str.title, str.upper])
def test_every_page_of_a_list_is_read_however_its_names_are_written(written: Callable[[str], str]) -> None:
    first = {written("results"): [release("2024-25")], written("paging"): {written("totalPages"): 2}}
    client = Told(releases=first, releases2={written("results"): [release("2022-23")]})
    assert discover.releases(client) == ["2024-25", "2022-23"]


def test_names_that_are_no_academic_year_are_passed_over() -> None:
    odd = ["../../etc", "2024-26", "2024-25.1", "2024-25-adhoc", "spring-2024", "2024", ""]
    client = Told(releases=[release(name) for name in odd if name] + [release("2024-25")])
    assert discover.releases(client) == ["2024-25"]


@pytest.mark.parametrize("answer", [{}, [], "text", None, [[]], [{"title": "without a slug"}], {"results": {}}, 3])
def test_an_answer_in_another_form_is_refused(answer: object) -> None:
    with pytest.raises(ServiceError, match=r"lists no release|answers"):
        discover.releases(Told(releases=answer))


def test_contents_are_the_data_sets_with_their_rows_and_the_notes_newest_first() -> None:
    client = Told(
        version_summary={
            "lastUpdated": "2026-09-03T09:30:00Z",
            "published": "2026-07-09T08:30:00Z",
            "type": "OfficialStatistics",
        },
        updates=[{"Date": "2026-07-09", "Summary": "First."}, {"Date": "2026-09-03", "Summary": "Two\nlines."}],
        data_content={
            "dataSets": [
                {"dataSetFileId": ID, "title": "NPQ participants", "meta": META, "new": []},
                {"dataSetFileId": "made-up"},
            ]
        },
    )
    assert discover.contents(client, "2025-26") == Contents(
        release="2025-26",
        data_sets=(
            DataSet(
                id=ID,
                title="NPQ participants",
                extent=EXTENT,
            ),
            DataSet(id="made-up", title="a data set without a title"),
        ),
        about=LockedRelease(
            name="2025-26",
            published="2026-07-09T08:30:00Z",
            status="Official statistics",
            updated="2026-09-03T09:30:00Z",
            note="2026-09-03: Two lines.",
        ),
        notes=(Note(date="2026-09-03", text="Two lines."), Note(date="2026-07-09", text="First.")),
    )


def test_what_is_merely_useful_may_be_missing() -> None:
    found = discover.contents(Told(data_content={"dataSets": [{"dataSetFileId": ID, "title": "x"}]}), "2025-26")
    assert (found.about.updated, found.notes, found.about.note, found.data_sets[0].extent.rows) == ("", (), "", None)


def test_what_is_merely_useful_and_cannot_be_read_is_told_of_or_refused() -> None:
    listed = {"dataSets": [{"dataSetFileId": ID, "title": "x"}]}
    client = Told(data_content=listed, version_summary={"lastUpdated": "2026-07-09"}, updates={"results": "odd"})
    told: list[ServiceError] = []
    found = discover.contents(client, "2025-26", without=told.append)
    assert (found.about.updated, found.notes, [one.id for one in found.data_sets]) == ("2026-07-09", (), [ID])
    assert ["no list" in error.message for error in told] == [True]
    with pytest.raises(ServiceError, match="no list"):
        discover.contents(client, "2025-26")


@pytest.mark.parametrize(
    "answer", [{}, [], {"dataSets": None}, {"dataSets": [{}]}, {"dataSets": [{"dataSetFileId": "../x"}]}]
)
def test_contents_in_another_form_are_refused(answer: object) -> None:
    with pytest.raises(ServiceError):
        discover.contents(Told(data_content=answer), "2025-26")


def test_what_the_service_says_never_breaks_a_line() -> None:
    rows = [{"dataSetFileId": ID, "title": "a\x1b[31m\nb\u202ec"}]
    found = discover.contents(Told(data_content={"dataSets": rows}), "2025-26")
    assert found.data_sets[0].title == "a [31m b c"


def test_the_catalogue_knows_the_data_sets_of_some_releases() -> None:
    known = discover.fallback("2024-25")
    assert known is not None
    assert [one.title for one in known.data_sets][:2] == ["NPQ participants 2024-25", "NPQ completions 2024-25"]
    assert {one.extent.rows for one in known.data_sets} == {None}
    assert not known.is_listed
    assert discover.fallback("2025-26") is None
