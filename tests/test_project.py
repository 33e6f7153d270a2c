from __future__ import annotations

from pathlib import Path

import pytest

from npqstats import project
from npqstats.errors import UsageError
from npqstats.project import Project, find
from npqstats.store.build import build, ready
from tests.conftest import PUBLISHED, Folder, told


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
    assert find(named.root) == find(str(named.root)) == named.project


def test_the_environment_comes_before_the_working_folder(
    named: Folder, folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NPQSTATS_PROJECT", str(named.root))
    monkeypatch.chdir(folder.root)
    assert find() == named.project


def test_the_nearest_folder_upward_is_found_from_anywhere_in_it(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    inner = Folder(folder.root / "inner")
    (inner.root / "reports").mkdir()
    monkeypatch.chdir(inner.root / "reports")
    assert find() == inner.project
    monkeypatch.chdir(folder.project.raw)
    assert find() == folder.project


def test_an_empty_folder_gets_the_published_rows_built_in_the_cache(empty: Path) -> None:
    found = find()
    assert (found.is_bundled, found.raw) == (True, PUBLISHED)
    assert not found.processed.is_relative_to(empty)
    assert build(found).observations == build(found).observations > 100
    assert list(empty.iterdir()) == []


def test_no_test_reaches_the_data_of_the_repository() -> None:
    ours = Path(project.__file__).parents[1] / "data" / "raw"
    assert ours.is_dir()
    assert find().raw == PUBLISHED != ours
    assert not Path.cwd().is_relative_to(ours.parents[1])


def test_rows_installed_with_the_package_come_before_those_beside_it(
    empty: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NPQSTATS_BUNDLED")
    monkeypatch.setattr(project, "_PACKAGE", tmp_path / "npqstats")
    (tmp_path / "npqstats" / "data" / "raw").mkdir(parents=True)
    assert find().raw == tmp_path / "npqstats" / "data" / "raw"


def test_a_cache_that_cannot_be_written_still_answers(empty: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (empty / "file").touch()
    monkeypatch.setattr("platformdirs.user_cache_path", lambda name: empty / "file" / name)
    found = ready()
    assert (found.processed / "observations").is_dir()
    assert find().processed == found.processed


@pytest.mark.parametrize("by_environment", [False, True])
def test_a_named_folder_without_raw_data_is_refused(
    empty: Path, by_environment: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if by_environment:
        monkeypatch.setenv("NPQSTATS_PROJECT", "nowhere")
    with pytest.raises(UsageError) as error:
        find(None if by_environment else "nowhere")
    assert told(error) == ("nowhere has no folder data/raw.", "Name the folder that holds data/raw/.")


def test_a_blank_environment_variable_names_nothing(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NPQSTATS_PROJECT", "")
    monkeypatch.chdir(folder.root)
    assert find() == Project(folder.project.raw, folder.project.processed)
