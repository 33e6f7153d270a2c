"""The index of a build: every cell by column, in a file that opens without Polars."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from npqstats.analysis.facts import Fact, facts
from npqstats.project import Project
from npqstats.store import index, parquet
from npqstats.store.build import build


@pytest.fixture
def project(published: Project, tmp_path: Path) -> Project:
    """The published rows, with an index of their own."""
    made = Project(published.raw, tmp_path / "processed")
    build(made)
    return made


def kept(project: Project) -> Path:
    return project.observations / index.NAME


def cells(project: Project) -> list[tuple[object, ...]]:
    found = index.read(project)
    return [found.row(number) for number in range(len(found))]


def test_a_fact_has_the_fields_of_the_index() -> None:
    assert Fact._fields == index.FIELDS


def test_the_index_has_every_observation_once_and_is_the_same_when_it_is_opened_again(project: Project) -> None:
    made = cells(project)
    assert kept(project).is_file()
    assert cells(project) == made
    every = parquet.read(project, lambda rows: rows.select("source", "line", "column", "raw", "value"))
    names = ("source", "line", "column", "raw", "value")
    told = [tuple(row[index.FIELDS.index(name)] for name in names) for row in made]
    assert sorted(told, key=repr) == sorted(every.iter_rows(), key=repr)


def test_numbers_come_before_symbols_and_official_cells_of_the_newest_release_first(project: Project) -> None:
    made = [dict(zip(index.FIELDS, row, strict=True)) for row in cells(project)]
    order = [(row["value"] is None, row["evidence"] == "reported") for row in made]
    assert order == sorted(order)
    official = [str(row["release"]) for row in made if row["evidence"] == "official" and row["value"] is not None]
    assert official == sorted(official, reverse=True)


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: text[: len(text) // 2],
        lambda text: text[:0],
        lambda text: text[:1] + "}",
        lambda text: f"[{text}]",
        lambda text: text.replace("29818", "29819"),
        lambda text: text.partition("\n")[2],
    ],
    ids=["cut short", "empty", "another line", "a list", "another figure", "no hash"],
)
def test_a_damaged_index_is_made_again(project: Project, damage: object) -> None:
    made = cells(project)
    text = kept(project).read_text("utf-8")
    assert callable(damage)
    damaged = damage(text)
    assert damaged != text
    kept(project).write_text(damaged, "utf-8")
    assert cells(project) == made
    assert kept(project).read_text("utf-8") == text


def test_cells_are_read_where_the_index_cannot_be_written(project: Project) -> None:
    kept(project).mkdir()
    assert facts(project).newest_release == "2024-25"


def test_a_new_build_has_an_index_of_its_own(project: Project) -> None:
    before = cells(project)
    own = Project(project.processed.parent / "raw", project.processed)
    own.raw.mkdir()
    for source in project.raw.rglob("npq_participants.csv"):
        (own.raw / source.parent.name).mkdir()
        (own.raw / source.parent.name / source.name).write_bytes(source.read_bytes())
    build(own)
    assert 0 < len(cells(own)) < len(before)


@pytest.mark.parametrize(
    "asked", [["find", "29,818"], ["factcheck", "--text", "NPQ starts fell to 29,818 in 2024/25."]]
)
def test_a_number_is_looked_up_without_polars(project: Project, asked: list[str]) -> None:
    facts(project)
    root = project.processed.parent
    (root / "data").mkdir()
    (root / "data" / "raw").symlink_to(project.raw)
    (root / "data" / "processed").symlink_to(project.processed)
    code = (
        "import sys\nfrom npqstats.cli import main\n"
        f"sys.argv = ['npqstats', '--project', {str(root)!r}, *{asked!r}]\n"
        "try:\n    main()\nexcept SystemExit as end:\n    assert not end.code\n"
        "assert 'polars' not in sys.modules"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, encoding="utf-8")
    assert "29,818" in done.stdout
