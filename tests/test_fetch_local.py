from __future__ import annotations

from pathlib import Path

import pytest

from npqstats.catalogue.lock import Lock
from npqstats.errors import DataError
from npqstats.fetch.local import excerpts, locked, target
from npqstats.project import Project, bundled
from tests.conftest import WORKFORCE


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


def test_a_project_without_a_lock_has_one_without_lines(tmp_path: Path) -> None:
    assert locked(target(tmp_path)) == Lock()


def test_the_rows_of_the_program_are_known_by_their_hashes() -> None:
    assert len(excerpts()) == 7


def test_nothing_is_fetched_into_the_data_of_another_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "data" / "raw").mkdir(parents=True)
    assert target().raw == tmp_path / "data" / "raw"
    (tmp_path / "data" / "raw" / "sales.csv").write_bytes(b"shop,sold\n1,2\n")
    with pytest.raises(DataError, match="none of them is known to be about NPQs"):
        target()
    assert target(tmp_path).raw == tmp_path / "data" / "raw"
