from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import polars as pl
import pyarrow.dataset
import pytest

from npqstats.errors import DataError
from npqstats.store import atomic, parquet
from npqstats.store import build as pipeline
from npqstats.store.build import build, ready
from tests.conftest import DATA, OFFICIAL, WORKFORCE, Folder, told
from tests.made_up import HEADERS, write_release

REPORTED = ("reported/figures.csv", "reported/survey.csv")


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = Folder(tmp_path_factory.mktemp("once") / "project")
    folder.copy(*OFFICIAL, *REPORTED)
    build(folder.project)
    return folder.root


@pytest.fixture
def built(made_once: Path, folder: Folder) -> Folder:
    """The published rows, built."""
    shutil.copytree(made_once, folder.root, symlinks=True, dirs_exist_ok=True)
    return folder


def content(project_or_link: Path) -> dict[str, bytes]:
    """Every file of a build with its bytes."""
    return {
        path.relative_to(project_or_link).as_posix(): path.read_bytes()
        for path in sorted(project_or_link.rglob("*"))
        if path.is_file()
    }


def inodes(folder: Folder) -> dict[str, int]:
    here = folder.project.observations
    return {path.relative_to(here).as_posix(): path.stat().st_ino for path in here.rglob("*.parquet")}


def rows(folder: Folder) -> int:
    counted: int = parquet.read(folder.project, lambda found: found.select(pl.len())).item()
    return counted


def builds(folder: Folder) -> list[Path]:
    return list((folder.project.processed / ".builds").iterdir())


def whole(folder: Folder) -> bool:
    """Whether what stands is one complete build, and nothing else lies about."""
    manifest = build(folder.project).manifest
    stored = {part for table in manifest.all_tables() for part in table.parts}
    return (
        stored == set(inodes(folder))
        and rows(folder) == sum(table.observations for table in manifest.all_tables())
        and builds(folder) == [folder.project.observations.resolve()]
    )


def test_the_published_rows_become_observations(built: Folder) -> None:
    again = build(built.project)
    tables = again.manifest.all_tables()
    assert {(table.release, table.dataset): (table.rows, table.observations) for table in tables} == {
        ("2022-23", "npq-participants"): (5, 30),
        ("2024-25", "npq-completions"): (5, 25),
        ("2024-25", "npq-participants"): (5, 25),
        ("2024-25", "npq-school-coverage"): (5, 35),
        ("2024-25", "npq-workforce"): (5, 15),
        ("reported", "reported"): (64, 64),
        ("reported", "survey"): (0, 0),
    }
    assert again.observations == rows(built) == 194
    assert whole(built)


def test_nothing_is_done_when_nothing_changed(built: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    before = content(built.project.processed)
    monkeypatch.setattr(pipeline, "exclusive", lambda *_, **__: pytest.fail("a build was begun"))
    again = build(built.project)
    assert (again.did_build, again.read) == (False, [])
    assert content(built.project.processed) == before


def test_only_what_changed_is_read_again_and_the_rest_is_the_same_file(built: Folder) -> None:
    before = inodes(built)
    name = "2024-25/npq_workforce.csv"
    built.put(name, (built.project.raw / name).read_bytes().replace(b"27889", b"27893"))
    assert build(built.project).read == [name]
    after = inodes(built)
    assert after.keys() == before.keys()
    assert {part.split("/")[1] for part in after if after[part] != before[part]} == {"dataset=npq-workforce"}
    assert whole(built)


def test_a_new_file_is_read_and_a_removed_one_is_forgotten(built: Folder) -> None:
    built.put("2025-26/x.csv", WORKFORCE)
    assert build(built.project).read == ["2025-26/x.csv"]
    (built.project.raw / "2025-26" / "x.csv").unlink()
    assert build(built.project).read == []
    assert rows(built) == 194
    assert whole(built)


def test_a_build_in_another_folder_is_the_same_byte_for_byte(built: Folder, tmp_path: Path) -> None:
    other = Folder(tmp_path / "other")
    other.copy(*reversed((*OFFICIAL, *REPORTED)))
    build(other.project)
    assert content(other.project.observations) == content(built.project.observations)


def test_a_build_made_in_steps_is_the_same_as_one_made_at_once(built: Folder, tmp_path: Path) -> None:
    other = Folder(tmp_path / "other")
    for name in (*OFFICIAL[2:], *REPORTED, *OFFICIAL[:2]):
        other.copy(name)
        build(other.project)
    assert content(other.project.observations) == content(built.project.observations)


@pytest.mark.parametrize("name", ["long_row", "repeated_row", "header_only", "tilde"])
def test_a_build_that_fails_leaves_the_one_before_whole_and_readable(built: Folder, name: str) -> None:
    before = content(built.project.observations)
    built.put("2025-26/x.csv", (DATA / f"{name}.csv").read_bytes())
    with pytest.raises(DataError, match=r"^data/raw/2025-26/x\.csv"):
        build(built.project)
    assert content(built.project.observations) == before
    assert rows(built) == 194
    (built.project.raw / "2025-26" / "x.csv").unlink()
    assert not build(built.project).did_build


def test_an_empty_project_says_what_to_put_where(folder: Folder) -> None:
    with pytest.raises(DataError) as error:
        build(folder.project)
    assert told(error) == (
        f"There is no published file in {folder.project.raw}.",
        "Run 'npqstats fetch', or put the CSV files of a release in a folder named for it, such as data/raw/2024-25/.",
    )


def test_a_file_that_vanishes_after_it_was_listed_is_named(built: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = [*built.project.raw.rglob("*.csv"), built.project.raw / "2024-25" / "gone.csv"]
    monkeypatch.setattr("npqstats.store.snapshot.raw_paths", lambda _: paths)
    with pytest.raises(DataError) as error:
        build(built.project)
    assert told(error) == (
        "data/raw/2024-25/gone.csv cannot be read: No such file or directory.",
        "Check that the file is still there, whole and readable; download it again if not.",
    )
    assert rows(built) == 194


ROOM = atomic.KEPT


def test_a_file_where_the_processed_folder_should_be_is_one_clear_error(folder: Folder) -> None:
    folder.copy("2024-25/npq_workforce.csv")
    folder.project.processed.write_text("in the way")
    with pytest.raises(DataError) as error:
        build(folder.project)
    message, hint = told(error)
    assert message.startswith(f"{folder.project.processed}")
    assert message.endswith((" cannot be read or written: File exists.", ": Not a directory."))
    assert hint == ROOM


def test_a_folder_that_cannot_be_written_is_one_clear_error(built: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(dir: Path) -> str:  # noqa: A002 (the name is that of tempfile)
        raise OSError(30, "Read-only file system", str(dir))

    monkeypatch.setattr("npqstats.store.build.tempfile.mkdtemp", refuse)
    built.put("2025-26/x.csv", WORKFORCE)
    with pytest.raises(DataError) as error:
        build(built.project)
    where = built.project.processed / ".builds"
    assert told(error) == (f"{where} cannot be read or written: Read-only file system.", ROOM)
    assert rows(built) == 194


def test_a_built_project_that_can_only_be_read_still_answers(built: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(30, "Read-only file system")

    for name in ("write_text", "write_bytes", "touch", "mkdir"):
        monkeypatch.setattr(Path, name, refuse)
    (made, again) = (build(built.project), ready(built.project))
    assert (made.did_build, again) == (False, built.project)


def python(code: str, folder: Folder, *words: str) -> subprocess.Popen[str]:
    """Begin another process that builds the project, after some code of the test's own."""
    lines = (
        "import sys",
        "from pathlib import Path",
        "from npqstats.store import build as pipeline",
        "from npqstats.project import locate",
    )
    program = "\n".join([*lines, code])
    return subprocess.Popen(
        [sys.executable, "-c", program, str(folder.root), *words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )


BUILD = "built = pipeline.build(locate(sys.argv[1]), say=lambda text: print(text, flush=True))\nprint(built.did_build)"
FULL_DISK = ("File too large (os error 27).", "File too large.", "the disk did not take a whole file, and may be full.")
FULL = """
import resource
from npqstats.errors import DataError
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
try:
    pipeline.build(locate(sys.argv[1]))
except DataError as error:
    print(error.message)
    print(error.hint)
"""


@pytest.mark.parametrize("room", [100, 2000])
def test_a_disk_that_is_full_is_one_clear_error_and_leaves_what_stood(built: Folder, room: int) -> None:
    built.put("2025-26/x.csv", WORKFORCE)
    out, errors = python(FULL, built, str(room)).communicate()
    assert errors == ""
    message, hint = out.splitlines()
    assert message.startswith(f"{built.project.processed} cannot be read or written: ")
    assert message.endswith(FULL_DISK)
    assert hint == ROOM
    assert rows(built) == 194
    assert build(built.project).observations == 203
    assert whole(built)


@pytest.mark.slow
@pytest.mark.parametrize(
    "place",
    ["npqstats.store.convert.ingest", "npqstats.store.manifest.Manifest.write", "npqstats.store.atomic.point"],
)
def test_a_killed_build_leaves_the_one_before_and_the_next_one_cleans_up(built: Folder, place: str) -> None:
    owner, _, name = place.rpartition(".")
    before = content(built.project.observations)
    built.put("2025-26/x.csv", WORKFORCE)
    kill = f"""
import os, pkgutil, signal
setattr(pkgutil.resolve_name({owner!r}), {name!r}, lambda *_: os.kill(os.getpid(), signal.SIGKILL))
"""
    process = python(kill + BUILD, built)
    process.communicate()
    assert process.returncode == -9
    assert len(builds(built)) == 2
    assert content(built.project.observations) == before
    assert build(built.project).read == ["2025-26/x.csv"]
    assert rows(built) == 203
    assert whole(built)


@pytest.mark.slow
def test_two_builds_at_once_both_succeed_and_one_whole_store_stands(folder: Folder) -> None:
    folder.copy(*OFFICIAL, *REPORTED)
    pause = """
from npqstats.store import manifest
write = manifest.Manifest.write
def wait(made, folder):
    print("half-way", flush=True)
    input()
    write(made, folder)
manifest.Manifest.write = wait
"""
    first = python(pause + BUILD, folder)
    assert first.stdout is not None
    assert first.stdout.readline() == "half-way\n"
    second = python(BUILD, folder)
    assert second.stdout is not None
    assert second.stdout.readline() == "Another build is at work here; waiting for it.\n"
    assert first.communicate("go on\n")[0] == "True\n"
    assert second.communicate()[0] == "False\n"
    assert (first.returncode, second.returncode) == (0, 0)
    assert whole(folder)


def test_duckdb_reads_what_stands(built: Folder) -> None:
    files = built.project.observations / "**" / "*.parquet"
    with duckdb.connect() as connection:
        found = connection.execute(
            "select release, dataset, count(*) from read_parquet(?, hive_partitioning=true) group by all order by all",
            [str(files)],
        ).fetchall()
    assert found == counted(built)


def test_pyarrow_reads_what_stands(built: Folder) -> None:
    table = pyarrow.dataset.dataset(built.project.observations, partitioning="hive").to_table(["release", "dataset"])
    found = table.group_by(["release", "dataset"]).aggregate([([], "count_all")]).to_pylist()
    assert sorted((row["release"], row["dataset"], row["count_all"]) for row in found) == counted(built)


def counted(folder: Folder) -> list[tuple[str, str, int]]:
    query = parquet.scan(folder.project.observations).group_by("release", "dataset").len().sort("release", "dataset")
    return query.collect().rows()


@pytest.mark.parametrize("seed", [1, 2])
def test_a_full_size_release_goes_through_and_agrees_with_itself(folder: Folder, seed: int) -> None:
    write_release(folder.project.raw / "2024-25", seed=seed)
    made = build(folder.project).manifest
    assert {table.dataset: table.rows for table in made.all_tables()} == {
        "npq-participants": 2652,
        "npq-completions": 660,
        "npq-school-coverage": 72,
        "npq-workforce": 12,
    }
    assert {one.rule for one in made.all_disagreements()} == {"area-on-the-list"}
    assert set(HEADERS) == {table.dataset for table in made.all_tables()}


def test_ready_says_what_was_built_and_then_nothing(folder: Folder) -> None:
    folder.copy("2024-25/npq_workforce.csv")
    said: list[str] = []
    assert ready(folder.root, say=said.append) == ready(folder.project, say=said.append) == folder.project
    assert said == [f"Built {folder.project.processed} from 1 file: 15 observations."]


def test_progress_is_told_with_the_bytes_read_and_the_size(folder: Folder) -> None:
    folder.put("2024-25/x.csv", WORKFORCE)
    told_of: list[tuple[str, int, int]] = []
    build(folder.project, progress=lambda source, done, size: told_of.append((source, done, size)))
    assert told_of == [("2024-25/x.csv", len(WORKFORCE), len(WORKFORCE))]
