from __future__ import annotations

import csv
from pathlib import Path

import pytest

from npqstats.errors import UsageError
from npqstats.vocabulary.areas import (
    AREAS,
    LEVEL_BY_NAME,
    LEVELS,
    REGIONS,
    area,
    authorities,
    canonical,
    contradicts,
    find,
    of_code,
    unlisted,
)
from npqstats.vocabulary.names import folded
from tests.conftest import told
from tests.nations import REGIONS as PUBLISHED_REGIONS

REAL = Path(__file__).parents[2] / "shared" / "real"
LA = "Local authority"


def test_there_are_a_nation_nine_regions_and_153_authorities() -> None:
    levels = [known.level for known in AREAS.values() if known.ended is None]
    assert {level: levels.count(level) for level in levels} == {"National": 1, "Regional": 9, LA: 153}
    assert len(authorities()) == 153
    assert {authority.region for authority in authorities()} == set(REGIONS)


def test_the_nine_regions_come_in_the_order_of_their_codes() -> None:
    assert list(REGIONS) == sorted(REGIONS)
    assert {folded(name) for name in REGIONS.values()} == {folded(name) for name in PUBLISHED_REGIONS}


def test_no_code_belongs_to_two_areas_and_no_id_to_two_rows() -> None:
    codes = [code for known in AREAS.values() for code in {known.id, *(held.code for held in known.codes)}]
    assert len(codes) == len(set(codes))


def test_every_area_is_found_by_its_name_its_id_and_its_codes() -> None:
    for known in authorities():
        for text in (known.name, known.id, *(held.code for held in known.codes)):
            assert find(text) == [known], text


@pytest.mark.parametrize(
    ("text", "name"),
    [
        *(("Bristol", "Bristol, City of"), ("Hull", "Kingston upon Hull, City of"), ("Telford", "Telford and Wrekin")),
        *(("Durham", "County Durham"), ("St Helens", "St. Helens"), ("saint helens", "St. Helens")),
        *(("Newcastle", "Newcastle upon Tyne"), ("Herefordshire", "Herefordshire, County of"), ("York", "York")),
        *(
            ("Leeds City Council", "Leeds"),
            ("London Borough of Camden", "Camden"),
            ("City of London", "City of London"),
        ),
        *(
            ("London", "London"),
            ("Yorkshire", "Yorkshire and the Humber"),
            ("yorkshire & humber", REGIONS["E12000003"]),
        ),
        *(("Stoke", "Stoke-on-Trent"), ("Hammersmith", "Hammersmith and Fulham"), ("The Wirral", "Wirral")),
        *(("East", "East of England"), ("Greater London", "London"), ("North East", "North East"), ("kent ", "Kent")),
        *(("Brighton & Hove", "Brighton and Hove"), ("Surrey County Council", "Surrey"), ("Scarborough", "")),
        *(("Derby", "Derby"), ("Bournemouth", "Bournemouth, Christchurch and Poole"), ("Le\u200beds", "Leeds")),
        *(
            ("Cumbria", "Cumbria"),
            ("Northamptonshire", "Northamptonshire"),
            ("Dorset", "Dorset"),
            ("", ""),
            ("the", ""),
        ),
    ],
)
def test_an_area_is_found_by_what_people_type(text: str, name: str) -> None:
    assert [known.name for known in find(text)] == ([name] if name else [])


@pytest.mark.parametrize(
    ("text", "ids"),
    [("Sussex", ["845", "938"]), ("Cheshire", ["895", "896"]), ("Midlands", ["E12000004", "E12000005"])],
)
def test_a_part_of_several_names_finds_them_all(text: str, ids: list[str]) -> None:
    assert [known.id for known in find(text)] == ids


def test_a_historic_county_finds_the_authorities_that_it_was_divided_into() -> None:
    assert {known.name for known in find("Berkshire")} >= {"Reading", "Slough", "West Berkshire"}


def test_an_area_that_is_looked_for_among_some_is_found_among_them_alone() -> None:
    assert find("Leeds", [AREAS["933"]]) == []
    school = canonical("School", ("123456",), "Leeds Academy")
    assert find("leeds academy", [*AREAS.values(), school]) == [school]


def test_an_unknown_area_names_the_nearest_and_several_their_codes() -> None:
    with pytest.raises(UsageError) as error:
        area("Leads")
    assert told(error)[0] == "There is no area 'Leads'."
    assert "Leeds" in told(error)[1]
    with pytest.raises(UsageError) as error:
        area("Sussex")
    expected = ("'Sussex' names several areas.", "Name one by its code: 845 (East Sussex), 938 (West Sussex).")
    assert told(error) == expected


@pytest.mark.parametrize(
    ("codes", "old", "year"),
    [("933", "E10000027", 2023), ("815", "E10000023", 2023), ("370", "E08000016", 2025), ("373", "E08000019", 2025)],
)
def test_an_area_is_one_through_its_codes(codes: str, old: str, year: int) -> None:
    found = of_code(codes)
    assert found is not None
    assert of_code(old) is of_code(found.code) is found
    assert found.code != old
    assert (found.codes[0].until, found.codes[-1].since) == (year, year)
    assert [change.year for change in found.changes] == [year]


def test_splits_and_changed_boundaries_are_in_words() -> None:
    assert "Cumbria was split" in AREAS["942"].notes[0]
    assert (AREAS["909"].ended, AREAS["942"].began) == (2023, 2023)
    assert AREAS["370"].changes[0].kind == "boundary"
    assert AREAS["383"].notes == []


def test_the_authorities_of_a_year_are_those_that_existed() -> None:
    assert AREAS["909"] in authorities(2022)
    assert AREAS["909"] not in authorities(2023)
    assert len(authorities(2023)) == 153


def test_a_row_belongs_to_the_area_of_its_code_or_else_of_its_name() -> None:
    assert canonical(LA, ("E10000027", "933"), "Somerset").id == "933"
    assert canonical(LA, ("", "933"), "anything").id == "933"
    assert canonical(LA, ("E06000099", ""), "Somerset Council").id == "933"
    assert canonical("Regional", ("E12000003",), "Yorkshire and The Humber").name == "Yorkshire and the Humber"
    assert canonical("National", ("E92000001",), "England").id == "E92000001"


def test_an_area_that_the_list_lacks_is_kept_under_its_own_code_or_name() -> None:
    found = canonical("MAT", ("TR01234",), "Harris Federation")
    assert (found.id, found.code, found.name, found.is_listed) == ("TR01234", "TR01234", "Harris Federation", False)
    assert canonical(LA, ("", ""), "New Place").id == "new-place"


@pytest.mark.parametrize(
    ("level", "codes", "name", "expected"),
    [
        (LA, ("E06000066", "933"), "Leeds", "E06000066 is Somerset, not Leeds"),
        (LA, ("E06000066", "383"), "Somerset", "E06000066 is Somerset, 383 is Leeds"),
        (LA, ("E10000027", "933"), "Somerset", None),
        (LA, ("E06000066", "933"), "Somerset Council", None),
        (LA, ("E12000007", ""), "London", "E12000007 is London, which is regional, not local authority"),
        (LA, ("E06000066", "933"), "Sumerset", None),
        ("Regional", ("E12000001",), "North West", "E12000001 is North East, not North West"),
        ("School", ("933",), "Leeds", None),
    ],
)
def test_codes_and_names_that_contradict_each_other_are_told(
    level: str, codes: tuple[str, ...], name: str, expected: str | None
) -> None:
    assert contradicts(level, codes, name) == expected


@pytest.mark.parametrize(
    ("codes", "name", "expected"),
    [
        (("E06000066", "933"), "Sumerset", "E06000066 is known as Somerset, not as Sumerset"),
        (("E06000099", "933"), "Somerset", "E06000099 is not among the codes known for Somerset"),
        (("E06000099", "999"), "Newtown", "E06000099 999 Newtown is not on the list of areas"),
        (("E06000066", "933"), "Somerset", None),
    ],
)
def test_what_the_list_lacks_is_told(codes: tuple[str, ...], name: str, expected: str | None) -> None:
    assert unlisted(LA, codes, name) == expected


@pytest.mark.skipif(not REAL.is_dir(), reason="the real files of the sister data sets are not here")
def test_the_list_has_every_area_of_the_real_files() -> None:
    for path in REAL.glob("*_20*[0-9].csv"):
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        found = set()
        for row in rows:
            level = LEVELS[row["geographic_level"]]
            codes, name = [row[column] for column in level.code_columns], row[level.name_column]
            assert contradicts(level.name, codes, name) is unlisted(level.name, codes, name) is None
            found.add(canonical(level.name, codes, name).id)
        assert found >= {known.id for known in AREAS.values() if known.level != "National" and known.ended is None}


@pytest.mark.parametrize("name", ["National", "regional", "Local Authority", "local authority", "LOCAL-AUTHORITY"])
def test_a_level_is_known_in_any_case(name: str) -> None:
    assert folded(LEVEL_BY_NAME[folded(name)]) == folded(name)


def test_an_authority_goes_by_its_new_code_before_its_old_one() -> None:
    assert LEVELS[LA].code_columns == ("new_la_code", "old_la_code")
