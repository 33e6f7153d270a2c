from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from npqstats import project
from npqstats.errors import DataError, UsageError
from npqstats.project import Project, bundled, locate, target
from npqstats.store.build import build, ready
from tests.conftest import PUBLISHED, WORKFORCE, Folder, told


@pytest.fixture
def named(tmp_path: Path) -> Folder:
    return Folder(tmp_path / "named")


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working folder, outside every project."""
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path / "empty")
    return tmp_path / "empty"


def test_the_named_folder_comes_before_the_environment_and_the_working_folder(
    named: Folder, folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NPQSTATS_PROJECT", str(folder.root))
    monkeypatch.chdir(folder.root)
    assert locate(named.root) == locate(str(named.root)) == named.project


def test_the_environment_comes_before_the_working_folder(
    named: Folder, folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NPQSTATS_PROJECT", str(named.root))
    monkeypatch.chdir(folder.root)
    assert locate() == named.project


def test_the_nearest_folder_upward_is_found_from_anywhere_in_it(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    inner = Folder(folder.root / "inner")
    for one in (inner, folder):
        one.put("2024-25/workforce.csv", WORKFORCE)
    (inner.root / "reports").mkdir()
    monkeypatch.chdir(inner.root / "reports")
    assert locate() == inner.project
    monkeypatch.chdir(folder.project.raw)
    assert locate() == folder.project


def test_an_empty_folder_gets_the_published_rows_built_in_the_cache(empty: Path) -> None:
    found = locate()
    assert (found.is_bundled, found.raw) == (True, PUBLISHED)
    assert not found.processed.is_relative_to(empty)
    assert build(found).observations == build(found).observations > 100
    assert list(empty.iterdir()) == []


def test_no_test_reaches_the_data_of_the_repository() -> None:
    ours = Path(project.__file__).parents[1] / "data" / "raw"
    assert ours.is_dir()
    assert locate().raw == PUBLISHED != ours
    assert not Path.cwd().is_relative_to(ours.parents[1])


def test_rows_installed_with_the_package_come_before_those_beside_it(
    empty: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NPQSTATS_BUNDLED")
    monkeypatch.setattr(project, "_PACKAGE", tmp_path / "npqstats")
    (tmp_path / "npqstats" / "data" / "raw").mkdir(parents=True)
    assert locate().raw == tmp_path / "npqstats" / "data" / "raw"


def test_a_cache_that_cannot_be_written_still_answers(empty: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (empty / "file").touch()
    monkeypatch.setattr("platformdirs.user_cache_path", lambda name: empty / "file" / name)
    found = ready()
    assert (found.processed / "observations").is_dir()
    assert locate().processed == found.processed


@pytest.mark.parametrize("by_environment", [False, True])
def test_a_named_folder_without_raw_data_is_refused(
    empty: Path, by_environment: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if by_environment:
        monkeypatch.setenv("NPQSTATS_PROJECT", "nowhere")
    with pytest.raises(UsageError) as error:
        locate(None if by_environment else "nowhere")
    assert told(error) == ("nowhere has no folder data/raw.", "Name the folder that holds data/raw/.")


def test_a_blank_environment_variable_names_nothing(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NPQSTATS_PROJECT", "")
    folder.put("2024-25/workforce.csv", WORKFORCE)
    monkeypatch.chdir(folder.root)
    assert locate() == Project(folder.project.raw, folder.project.processed)


def test_a_data_raw_of_another_project_is_passed_by(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    inner = Folder(folder.root / "inner")
    inner.put("sales.csv", "shop,sold\n1,2\n")
    inner.put("2024-25/pupils.csv", "time_period,pupils\n202425,3\n")
    folder.put("raw.lock", "")
    monkeypatch.chdir(inner.root)
    assert locate() == folder.project
    assert locate(inner.root) == inner.project


@pytest.mark.parametrize(
    ("name", "content", "is_ours"),
    [
        ("2024-25/x.csv", WORKFORCE, True),
        ("2024-25/x.csv.gz", gzip.compress(WORKFORCE), True),
        ("2024-25/x.csv", WORKFORCE.decode().encode("utf-16"), True),
        ("npqs_2024-25.zip", b"no zip", True),
        ("reported/figures.csv", b"release,named_as\n", True),
        (".fetch-1/x.csv", WORKFORCE, False),
        ("x.zip", b"no zip", False),
        ("x.csv.gz", b"no gzip", False),
        ("notes.txt", b"npq", False),
    ],
)
def test_a_data_raw_is_ours_by_its_lock_or_its_tables(folder: Folder, name: str, content: bytes, is_ours: bool) -> None:
    folder.put(name, content)
    assert project.is_ours(folder.project.raw) is is_ours


def test_the_nearest_project_upward_is_the_target(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "data" / "raw" / "2024-25").mkdir(parents=True)
    (tmp_path / "data" / "raw" / "2024-25" / "workforce.csv").write_bytes(WORKFORCE)
    (tmp_path / "deep" / "er").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "deep" / "er")
    assert target().raw == tmp_path / "data" / "raw"


def test_where_there_is_none_it_is_the_current_folder_and_not_the_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert target() == Project(tmp_path / "data" / "raw", tmp_path / "data" / "processed")
    assert target().raw != bundled().raw
    assert list(tmp_path.iterdir()) == []


def test_a_named_folder_is_the_target_whether_it_is_there_or_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert target(tmp_path / "mine").raw == tmp_path / "mine" / "data" / "raw"
    monkeypatch.setenv("NPQSTATS_PROJECT", str(tmp_path / "yours"))
    assert target().raw == tmp_path / "yours" / "data" / "raw"


def test_nothing_is_fetched_into_the_data_of_another_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "data" / "raw").mkdir(parents=True)
    assert target().raw == tmp_path / "data" / "raw"
    (tmp_path / "data" / "raw" / "sales.csv").write_bytes(b"shop,sold\n1,2\n")
    with pytest.raises(DataError, match="none of them is known to be about NPQs"):
        target()
    assert target(tmp_path).raw == tmp_path / "data" / "raw"
