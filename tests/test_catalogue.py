from __future__ import annotations

import csv
import re

import pytest

from npqstats.catalogue.catalogue import Layout, catalogue, dataset_order, release, release_in
from npqstats.vocabulary.areas import LEVELS
from npqstats.vocabulary.funding import BASIS, FUNDING
from npqstats.vocabulary.measures import MEASURES
from npqstats.vocabulary.periods import AcademicYear
from npqstats.vocabulary.symbols import SYMBOLS
from tests.conftest import OFFICIAL, PUBLISHED

WIDE = [layout for layout in catalogue().layouts if layout.kind == "wide"]


@pytest.mark.parametrize("name", [*OFFICIAL, "reported/figures.csv", "reported/survey.csv"])
def test_the_header_of_every_published_file_is_the_one_of_its_layout(name: str) -> None:
    with (PUBLISHED / name).open(encoding="utf-8", newline="") as file:
        header = tuple(next(csv.reader(file)))
    assert header in {layout.columns for layout in catalogue().layouts}


def test_no_two_layouts_have_the_same_columns() -> None:
    columns = [frozenset(layout.columns) for layout in catalogue().layouts]
    assert len(set(columns)) == len(columns)


@pytest.mark.parametrize("layout", catalogue().layouts, ids=lambda layout: layout.title)
def test_no_layout_has_a_column_twice_or_in_capitals(layout: Layout) -> None:
    assert len(set(layout.columns)) == len(layout.columns)
    assert all(name == name.lower().strip() for name in layout.columns)


@pytest.mark.parametrize("layout", WIDE, ids=lambda layout: layout.title)
def test_every_mapped_column_exists_and_means_a_measure(layout: Layout) -> None:
    assert set(layout.measures) <= set(layout.columns)
    for meaning in layout.measures.values():
        assert meaning.measure in MEASURES
        assert meaning.funding is None or meaning.funding in FUNDING
        assert meaning.basis is None or meaning.basis in BASIS
        assert meaning.blank is None or meaning.blank in SYMBOLS


@pytest.mark.parametrize("layout", WIDE, ids=lambda layout: layout.title)
def test_every_column_is_a_value_or_says_when_where_or_whom(layout: Layout) -> None:
    keys = {"time_period", "time_identifier", "geographic_level", "funding", "breakdown", "group_name", "cum_disc"}
    places = {column for level in LEVELS.values() for column in (*level.code_columns, level.name_column)}
    assert set(layout.columns) - set(layout.measures) <= keys | places


@pytest.mark.parametrize("layout", WIDE, ids=lambda layout: layout.title)
def test_no_two_columns_of_a_layout_mean_the_same(layout: Layout) -> None:
    meanings = [(meaning.measure, meaning.funding, meaning.basis) for meaning in layout.measures.values()]
    assert len(set(meanings)) == len(meanings)


@pytest.mark.parametrize("layout", WIDE, ids=lambda layout: layout.title)
def test_every_layout_names_its_release_its_page_and_its_levels(layout: Layout) -> None:
    assert layout.release in catalogue().releases
    assert layout.page.endswith(layout.id)
    assert set(layout.levels) <= set(LEVELS)
    assert AcademicYear.parse(layout.first_year) <= AcademicYear.parse(layout.last_year)


def test_files_about_early_careers_say_why_they_are_passed_over() -> None:
    passed = [layout for layout in catalogue().layouts if layout.kind == "passed-over"]
    assert [layout.title.partition(" 2024")[0] for layout in passed] == [
        "ECF participants",
        "ECF workforce coverage",
        "ECF retention",
    ]
    assert {layout.why for layout in passed} == {"early career framework, not NPQs"}
    assert all(not layout.measures and not layout.dataset for layout in passed)


def test_releases_stand_from_old_to_new() -> None:
    known = list(catalogue().releases.values())
    assert [known_release.name for known_release in sorted(known, key=lambda one: one.order)] == [
        *("2021-22-adhoc", "2021-22", "2022-23-adhoc", "2022-23", "2022-23.1", "2023-24", "2024-25"),
    ]
    assert [one.name for one in known] == [one.name for one in sorted(known, key=lambda one: one.order)]


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("2024-25", "2024/25"),
        ("2022-23.1", "2022/23 (correction 1)"),
        ("2021-22-adhoc", "2021/22 (one-off)"),
        ("2030-31", "2030/31"),
        ("none", "none"),
    ],
)
def test_a_release_is_printed_for_people_even_when_the_catalogue_lacks_it(name: str, label: str) -> None:
    assert release(name).label == label


@pytest.mark.parametrize(
    ("period", "is_unfinished"), [(202122, False), (202223, False), (202324, True), (202425, True), (202526, True)]
)
def test_the_two_newest_years_of_a_release_are_unfinished(period: int, is_unfinished: bool) -> None:
    assert release("2024-25").is_unfinished(period) is is_unfinished


@pytest.mark.parametrize(
    ("folder", "expected"),
    [
        ("2024-25", "2024-25"),
        ("2022-23.1", "2022-23.1"),
        ("2021-22-adhoc", "2021-22-adhoc"),
        ("teacher-and-leader-development-ecf-and-npqs_2024-25", "2024-25"),
        ("2024-2025", None),
        ("2024", None),
        ("reported", None),
        ("", None),
        ("2024-25 copy", None),
    ],
)
def test_a_release_is_told_from_the_name_of_its_folder(folder: str, expected: str | None) -> None:
    assert release_in(folder) == expected


def test_participants_come_before_the_other_data_sets() -> None:
    assert dataset_order() == [
        *("npq-participants", "npq-completions", "npq-workforce", "npq-school-coverage", "reported", "survey"),
    ]


def test_the_publication_is_named_with_its_licence() -> None:
    publication = catalogue().publication
    assert publication.publisher == "Department for Education"
    assert publication.licence == "Open Government Licence v3.0"
    assert re.fullmatch(r"https://\S+", publication.page)
    assert publication.page.endswith(publication.slug)


def test_corrections_sort_by_their_number() -> None:
    names = ["2024-25.10", "2025-26", "2024-25.2", "2024-25", "2024-25-adhoc", "2024-25.1"]
    assert sorted(names, key=lambda name: release(name).order) == [
        *("2024-25-adhoc", "2024-25", "2024-25.1", "2024-25.2", "2024-25.10", "2025-26"),
    ]


def test_a_correction_that_the_catalogue_lacks_is_known_by_the_release_that_it_corrects() -> None:
    known, base = release("2024-25.1"), release("2024-25")
    assert (known.label, known.kind, known.page, known.status) == (
        *("2024/25 (correction 1)", "correction"),
        *(base.page, base.status),
    )
    assert (known.published, known.data_as_of, known.note) == (None, None, "")
    assert known.published_note == "a correction of the release of 10 July 2025"
    assert release("2030-31.2").label == "2030/31 (correction 2)"
