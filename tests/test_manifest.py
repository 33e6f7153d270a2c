from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest

from npqstats.ingest.faults import Disagreement
from npqstats.store import manifest
from npqstats.store.manifest import File, Manifest, RawTable


def disagreement(what: str) -> Disagreement:
    return Disagreement(rule="parts-add-up", source="2024-25/x.csv", line=2, column="percentage", cell="5", what=what)


def made() -> Manifest:
    table = RawTable(source="2024-25/x.csv", release="2024-25", dataset="npq-workforce", rows=3, observations=9)
    table.disagreements = [disagreement("within")]
    files = {"2024-25/x.csv": File(sha256="ab", bytes=7, tables=[table])}
    return Manifest(recipe="cd", files=files, disagreements=[disagreement("between — é")])


def test_what_is_written_reads_back_the_same(tmp_path: Path) -> None:
    made().write(tmp_path)
    assert manifest.read(tmp_path) == made()


def test_the_same_build_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        made().write(tmp_path / name)
    assert (tmp_path / "one" / manifest.NAME).read_bytes() == (tmp_path / "two" / manifest.NAME).read_bytes()


@pytest.mark.parametrize("text", ["", "{", "[]", "7", '"x"', "{}", '{"files": {"x": 1}}', '{"files": {}, "other": 1}'])
def test_a_manifest_that_cannot_be_read_is_an_empty_one(tmp_path: Path, text: str) -> None:
    (tmp_path / manifest.NAME).write_text(text)
    assert manifest.read(tmp_path) == manifest.Manifest()


def test_a_folder_without_a_manifest_has_an_empty_one(tmp_path: Path) -> None:
    assert manifest.read(tmp_path / "nowhere") == manifest.Manifest()


def test_disagreements_between_files_come_before_those_within_one() -> None:
    assert made().all_disagreements() == [disagreement("between — é"), disagreement("within")]


def test_readers_of_parquet_pass_over_the_name() -> None:
    assert manifest.NAME.startswith("_")


@pytest.mark.parametrize(
    "part", ["vocabulary/courses.toml", "catalogue/catalogue.toml", "ingest/keys.py", "store/parquet.py"]
)
def test_a_change_in_what_decides_a_build_changes_the_recipe(
    tmp_path: Path, part: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = Path(manifest.__file__).parents[1]
    shutil.copytree(package, tmp_path / "npqstats", ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(manifest, "_PACKAGE", tmp_path / "npqstats")
    assert manifest.recipe.__wrapped__() == manifest.recipe()
    with (tmp_path / "npqstats" / part).open("a") as file:
        file.write("\n# changed\n")
    assert manifest.recipe.__wrapped__() != manifest.recipe()


def test_a_file_is_hashed_as_everybody_does(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"abc")
    assert manifest.sha256(tmp_path / "x") == hashlib.sha256(b"abc").hexdigest()
