from __future__ import annotations

from pathlib import Path

import pytest

from npqstats import ready
from npqstats.analysis.places import place, places
from npqstats.errors import UsageError
from npqstats.project import Project
from tests.analysis_fixtures import small


@pytest.mark.parametrize("name", ["London", "london", "E12000007", "e12000007", "Greater London"])
def test_a_region_goes_by_name_code_or_alias(published: Project, name: str) -> None:
    assert place(published, name) == ("Regional", "E12000007", "London")


@pytest.mark.parametrize("name", ["Yorkshire & Humber", "Yorkshire and the Humber", "Yorkshire"])
def test_yorkshire_and_the_humber_has_many_spellings(full: Project, name: str) -> None:
    assert place(full, name).code == "E12000003"


def test_a_local_authority_goes_by_name_or_code(full: Project) -> None:
    found = place(full, "made-up borough 7".replace("7", "007"))
    assert found == place(full, "E06900007") == ("Local authority", "E06900007", "Made-up Borough 007")


def test_the_nation_comes_first(full: Project) -> None:
    known = places(full)
    assert known[0].name == "England"
    assert [sum(place.level == level for place in known) for level in ("Regional", "Local authority")] == [9, 153]


def test_an_unknown_area_names_the_nearest(published: Project) -> None:
    with pytest.raises(UsageError) as caught:
        place(published, "Lodnon")
    assert (caught.value.message, caught.value.hint) == ("There is no area 'Lodnon'.", "Did you mean London?")


def test_a_name_of_two_places_asks_for_the_code(tmp_path: Path) -> None:
    rows = [
        {"geographic_level": "Local authority", "la_name": "Twinton", "new_la_code": code, "old_la_code": "1"}
        for code in ("E06000001", "E06000002")
    ]
    project = ready(small(tmp_path, {"2024-25": rows}))
    with pytest.raises(UsageError, match="names several areas") as caught:
        place(project, "Twinton")
    assert "E06000001" in caught.value.hint
    assert place(project, "E06000002").name == "Twinton"
