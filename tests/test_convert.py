from __future__ import annotations

import gzip
import os
from pathlib import Path

import pytest

from npqstats.catalogue.catalogue import catalogue
from npqstats.errors import DataError
from npqstats.store import parquet
from npqstats.store.build import build
from tests.conftest import OFFICIAL, PUBLISHED, WORKFORCE, Folder, told
from tests.made_up import HEADERS
from tests.test_pipeline import rows, whole
from tests.test_raw import packed

OTHER = WORKFORCE.replace(b"11000,100000,11", b"12000,100000,12")
ECF = [layout for layout in catalogue().layouts if layout.kind == "passed-over"]


@pytest.mark.parametrize("layout", ECF, ids=lambda layout: layout.title)
def test_files_about_early_careers_are_passed_over_with_a_notice(folder: Folder, layout: object) -> None:
    (known,) = (known for known in ECF if known is layout)
    folder.copy("2024-25/npq_workforce.csv")
    folder.put("2024-25/ecf.csv", ",".join(known.columns) + "\n" + "1," * (len(known.columns) - 1) + "1\n")
    said: list[str] = []
    assert build(folder.project, say=said.append).observations == 15
    notice = f"'{known.title}' is about the early career framework, not NPQs."
    assert said == [f"Passed over data/raw/2024-25/ecf.csv: {notice}"]
    assert not build(folder.project).did_build


def test_survey_answers_are_never_mixed_with_counts(folder: Folder) -> None:
    folder.copy("reported/survey.csv", "reported/figures.csv")
    said: list[str] = []
    made = build(folder.project, say=said.append)
    assert made.observations == 64
    assert said == []


@pytest.mark.parametrize(
    ("name", "packed_file"),
    [("a.zip", packed({"data/x.csv": WORKFORCE})), ("x.csv.gz", gzip.compress(WORKFORCE)), ("y.csv", WORKFORCE)],
)
def test_the_same_file_twice_is_passed_over_whichever_came_first(folder: Folder, name: str, packed_file: bytes) -> None:
    for first, second in (((name, packed_file), ("x.csv", WORKFORCE)), (("x.csv", WORKFORCE), (name, packed_file))):
        for file, data in (first, second):
            folder.put(f"2024-25/{file}", data)
            build(folder.project)
        assert rows(folder) == 9
        assert whole(folder)
        (folder.project.raw / "2024-25" / second[0]).unlink()
        build(folder.project)
        assert rows(folder) == 9
        (folder.project.raw / "2024-25" / first[0]).unlink()


def test_the_notice_of_a_repeated_file_names_the_one_that_counts(folder: Folder) -> None:
    folder.put("2024-25/all.zip", packed({"data/x.csv": WORKFORCE}))
    folder.put("2024-25/x.csv", WORKFORCE)
    said: list[str] = []
    build(folder.project, say=said.append)
    assert said == ["Passed over data/raw/2024-25/x.csv: it is the same as 2024-25/all.zip!data/x.csv."]


def test_another_file_of_the_same_data_set_is_refused(folder: Folder) -> None:
    folder.put("2024-25/b.csv", WORKFORCE)
    build(folder.project)
    folder.put("2024-25/a.csv", OTHER)
    with pytest.raises(DataError) as error:
        build(folder.project)
    assert told(error) == (
        "data/raw/2024-25/b.csv and data/raw/2024-25/a.csv both hold npq-workforce of 2024-25.",
        "Keep the one that counts and move the other out of data/raw.",
    )


def test_of_two_equal_files_one_that_changes_is_refused(folder: Folder) -> None:
    folder.put("2024-25/a.csv", WORKFORCE)
    folder.put("2024-25/b.csv", WORKFORCE)
    build(folder.project)
    folder.put("2024-25/a.csv", OTHER)
    with pytest.raises(DataError, match="both hold npq-workforce of 2024-25"):
        build(folder.project)


def test_the_same_data_set_of_two_releases_is_kept_twice(folder: Folder) -> None:
    folder.put("2024-25/x.csv", WORKFORCE)
    folder.put("2025-26/x.csv", WORKFORCE)
    assert build(folder.project).observations == 18


def test_a_published_file_among_the_reported_figures_is_refused(folder: Folder) -> None:
    folder.put("reported/x.csv", WORKFORCE)
    with pytest.raises(DataError) as error:
        build(folder.project)
    assert told(error) == (
        "data/raw/reported/x.csv is a published data file, 'NPQ workforce 2024-25', among the reported figures.",
        "Put it in the folder of the release that printed it, such as data/raw/2024-25/.",
    )


def test_a_whole_release_in_the_services_zip_is_read(folder: Folder) -> None:
    files = {f"data/{Path(name).name}": (PUBLISHED / name).read_bytes() for name in OFFICIAL if "2024-25" in name}
    others = {"data-guidance/data-guidance.txt": b"Guidance", "supporting-files/y.csv": b"a,b\n1,2\n"}
    folder.put("ecf-and-npqs_2024-25.zip", packed(files | others))
    made = build(folder.project)
    assert made.observations == 100
    assert [table.source.partition("!")[2] for table in made.manifest.all_tables()] == sorted(files)


MENTORS = (
    "time_period,time_identifier,geographic_level,country_name,country_code,region_name,region_code,la_name,old_la_code,"
    "new_la_code,breakdown,group_name,total_mentors_trained_count_provider_led,breakdown_percent_mentor\n"
)


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("mentors.csv", f"{MENTORS}{'1,' * 13}1\n", "none of its columns is about NPQs"),
        ("npq_metadata.csv", "col_name,col_type,label\nnpq_starts,Indicator,NPQ starts\n", "metadata of a file"),
        ("x.meta.csv", "col_name,col_type,label\n", "the metadata of a file"),
        ("data-guidance.txt", "Guidance", "the release's data guidance"),
        ("npqs.xlsx", "PK", "a spreadsheet; save the sheet as a CSV file (CSV UTF-8)"),
        ("x.json", "{}", "not a CSV file"),
    ],
)
def test_any_other_file_is_passed_over_with_a_notice(folder: Folder, name: str, content: str, why: str) -> None:
    folder.copy("2024-25/npq_workforce.csv")
    folder.put(f"2024-25/{name}", content)
    said: list[str] = []
    assert build(folder.project, say=said.append).observations == 15
    assert said == [f"Passed over data/raw/2024-25/{name}: {why}."]
    build(folder.project, say=said.append)
    assert len(said) == 1


def test_a_spreadsheet_that_comes_later_is_told_then(folder: Folder) -> None:
    folder.copy("2024-25/npq_workforce.csv")
    build(folder.project)
    folder.put("2024-25/npqs.xlsx", b"PK")
    said: list[str] = []
    build(folder.project, say=said.append)
    assert len(said) == 1


def test_a_folder_that_cannot_be_read_is_told(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.copy("2024-25/npq_workforce.csv")
    inner = os.scandir

    def refuse(path: str) -> object:
        if str(path).endswith("2024-25"):
            raise PermissionError(13, "Permission denied", str(path))
        return inner(path)

    monkeypatch.setattr(os, "scandir", refuse)
    with pytest.raises(DataError, match=r"^data/raw/2024-25 cannot be read: Permission denied\."):
        build(folder.project)


@pytest.mark.parametrize("name", ["npq_participants_2023-24.csv", "npq_2021_22.csv"])
def test_a_file_that_is_named_for_another_release_is_refused(folder: Folder, name: str) -> None:
    folder.put(f"2024-25/{name}", (PUBLISHED / "2024-25" / "npq_participants.csv").read_bytes())
    with pytest.raises(DataError, match=r"is named for 202\d-\d\d, and lies in the folder of 2024-25\."):
        build(folder.project)


def test_a_file_whose_periods_are_later_than_its_folder_is_refused(folder: Folder) -> None:
    folder.put("2023-24/x.csv", (PUBLISHED / "2024-25" / "npq_participants.csv").read_bytes())
    with pytest.raises(DataError, match=r"x\.csv:5, column time_period: 202425 is later than the release\."):
        build(folder.project)


def test_a_course_that_nobody_knows_is_told_and_kept_under_its_label(folder: Folder) -> None:
    nation = "202526,Academic year,National,E92000001,England,,,,,,Overall"
    groups = ["NPQ for Headship", "NPQ for Senior Leadership", "NPQ Leading Inclusive Practice"]
    rows = "".join(f"{nation},NPQ course,{group},9,9,8,z,z\n" for group in groups)
    folder.put("2025-26/x.csv", f"{HEADERS['npq-participants']}\n{rows}")
    said: list[str] = []
    build(folder.project, say=said.append)
    assert said == [
        (
            "data/raw/2025-26/x.csv:4: 'NPQ Leading Inclusive Practice' looks like a course and is not known; "
            "it is kept under its own label."
        )
    ]
    found = parquet.read(folder.project, lambda table: table.select("course", "group", "breakdown").unique()).rows()
    assert ("npq-leading-inclusive-practice", "npq-leading-inclusive-practice", "course") in found
