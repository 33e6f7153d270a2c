from __future__ import annotations

import pytest

from bench.nation import REGIONS as PUBLISHED_REGIONS
from npqstats.vocabulary.areas import LEVEL_BY_NAME, LEVELS, REGION_ALIASES, REGIONS
from npqstats.vocabulary.names import folded


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Yorkshire and the Humber", "E12000003"),
        ("Yorkshire and The Humber", "E12000003"),
        ("Yorkshire & Humber", "E12000003"),
        ("yorkshire", "E12000003"),
        ("East", "E12000006"),
        ("East of England", "E12000006"),
        ("greater london", "E12000007"),
        ("NORTH EAST", "E12000001"),
    ],
)
def test_a_region_is_known_by_all_its_names(name: str, code: str) -> None:
    assert REGION_ALIASES[folded(name)] == code


def test_the_nine_regions_stand_in_the_order_of_their_codes() -> None:
    assert list(REGIONS) == sorted(REGIONS)
    assert {folded(name) for name in REGIONS.values()} == {folded(name) for name in PUBLISHED_REGIONS}


@pytest.mark.parametrize("name", ["National", "regional", "Local Authority", "local authority", "LOCAL-AUTHORITY"])
def test_a_level_is_known_however_it_is_cased(name: str) -> None:
    assert folded(LEVEL_BY_NAME[folded(name)]) == folded(name)


def test_an_authority_goes_by_its_new_code_before_its_old_one() -> None:
    assert LEVELS["Local authority"].code_columns == ("new_la_code", "old_la_code")
