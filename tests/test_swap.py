from __future__ import annotations

from pathlib import Path

import pytest

from npqstats.store import swap
from npqstats.store.state import link
from tests.conftest import Folder


@pytest.fixture
def processed(folder: Folder) -> Path:
    folder.project.processed.mkdir()
    return folder.project.processed


def make(folder: Folder, text: str) -> None:
    with swap.new_build(folder.project) as new:
        (new / "text").write_text(text)


def fail(folder: Folder, error: type[BaseException]) -> None:
    with swap.new_build(folder.project) as new:
        (new / "text").write_text("half")
        raise error


def stands(folder: Folder) -> str:
    return (link(folder.project) / "text").read_text()


def builds(processed: Path) -> list[Path]:
    return list((processed / ".builds").iterdir())


def test_the_new_build_takes_the_place_of_the_old_one(folder: Folder, processed: Path) -> None:
    make(folder, "old")
    assert stands(folder) == "old"
    make(folder, "new")
    assert stands(folder) == "new"
    assert builds(processed) == [link(folder.project).resolve()]


def test_until_the_end_the_old_one_stands(folder: Folder, processed: Path) -> None:
    make(folder, "old")
    with swap.new_build(folder.project) as new:
        (new / "text").write_text("new")
        assert stands(folder) == "old"
    assert stands(folder) == "new"


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_after_an_error_the_old_one_stands_and_nothing_is_left(
    folder: Folder, processed: Path, error: type[BaseException]
) -> None:
    make(folder, "old")
    with pytest.raises(error):
        fail(folder, error)
    assert stands(folder) == "old"
    assert builds(processed) == [link(folder.project).resolve()]


def test_what_a_killed_build_left_behind_is_swept_up(folder: Folder, processed: Path) -> None:
    make(folder, "old")
    (processed / ".builds" / "tmpkilled" / "release=2024-25").mkdir(parents=True)
    (processed / ".observations-new").symlink_to("nowhere")
    make(folder, "new")
    assert stands(folder) == "new"
    assert builds(processed) == [link(folder.project).resolve()]
    assert not (processed / ".observations-new").is_symlink()


def test_a_project_may_be_moved(folder: Folder, processed: Path) -> None:
    make(folder, "here")
    moved = folder.root.rename(folder.root.with_name("moved"))
    assert (moved / "data" / "processed" / "observations" / "text").read_text() == "here"


def test_a_copy_in_which_the_link_became_a_folder_can_be_built(folder: Folder, processed: Path) -> None:
    link(folder.project).mkdir()
    (link(folder.project) / "text").write_text("copied")
    make(folder, "new")
    assert stands(folder) == "new"
    assert link(folder.project).is_symlink()
    assert builds(processed) == [link(folder.project).resolve()]


def test_a_part_is_taken_over_without_copying(tmp_path: Path) -> None:
    (tmp_path / "old" / "release=2024-25").mkdir(parents=True)
    part = "release=2024-25/x.parquet"
    (tmp_path / "old" / part).write_bytes(b"x")
    swap.reuse(part, tmp_path / "old", tmp_path / "new")
    assert (tmp_path / "old" / part).samefile(tmp_path / "new" / part)


def test_a_part_is_copied_where_the_disk_has_no_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path, target: Path) -> None:
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "x.parquet").write_bytes(b"x")
    swap.reuse("x.parquet", tmp_path / "old", tmp_path / "new")
    assert (tmp_path / "new" / "x.parquet").read_bytes() == b"x"


def test_one_build_at_a_time_and_the_other_is_told(folder: Folder) -> None:
    from filelock import FileLock

    waited: list[str] = []
    with swap.exclusive(folder.project, on_wait=lambda: waited.append("first")):
        other = FileLock(folder.project.processed / ".lock")
        with pytest.raises(TimeoutError):
            other.acquire(timeout=0)
    other.acquire(timeout=0)

    def let_go() -> None:
        waited.append("second")
        other.release()

    with swap.exclusive(folder.project, on_wait=let_go):
        pass
    assert waited == ["second"]
