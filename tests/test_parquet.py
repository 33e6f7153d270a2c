from __future__ import annotations

import csv
import errno
import io
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from npqstats.catalogue import observations as table
from npqstats.project import Project
from npqstats.store import parquet
from npqstats.store.build import build
from npqstats.vocabulary.breakdowns import group_slug
from npqstats.vocabulary.symbols import SYMBOLS
from tests.conftest import Folder
from tests.made_up import HEADERS

COUNT = st.one_of(st.integers(0, 10**7).map(str), st.sampled_from(list(SYMBOLS)))
RATE = st.one_of(st.decimals(0, 100, places=1).map(str), st.integers(0, 100).map(str), st.sampled_from(list(SYMBOLS)))
HEADS = st.one_of(st.decimals(0, 10**6, places=3).map(str), st.sampled_from(list(SYMBOLS)))
LABEL = st.text("abcé <>+('-", min_size=1, max_size=20).map(lambda text: f"group {text}")
ROWS = st.lists(
    st.tuples(LABEL, COUNT, COUNT, COUNT, RATE, HEADS), min_size=1, max_size=8, unique_by=lambda row: group_slug(row[0])
)
COLUMNS = HEADERS["npq-participants"].split(",")


def folder_of(rows: list[tuple[str, ...]], root: Path) -> Folder:
    """A project of one participants file with these groups and cells."""
    text = io.StringIO()
    nation = ("202425", "Academic year", "National", "E92000001", "England", "", "", "", "", "", "Funded", "Made up")
    csv.writer(text, lineterminator="\n").writerows([COLUMNS, *((*nation, *row) for row in rows)])
    folder = Folder(root)
    folder.put("2024-25/x.csv", text.getvalue())
    return folder


def all_of(project: Project) -> pl.DataFrame:
    return parquet.read(project, lambda rows: rows)


@settings(max_examples=25)
@given(ROWS)
def test_text_to_observations_to_parquet_and_back_keeps_cell_line_and_value(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, ...]]
) -> None:
    folder = folder_of(rows, tmp_path_factory.mktemp("round") / "trip")
    build(folder.project)
    stored = all_of(folder.project).select("line", "group_label", "column", "raw", "value", "symbol").rows()
    printed = {
        (line, row[0], column, cell, None if cell in SYMBOLS else float(cell), cell if cell in SYMBOLS else None)
        for line, row in enumerate(rows, start=2)
        for column, cell in zip(COLUMNS[13:], row[1:], strict=True)
    }
    assert len(stored) == len(printed)
    assert set(stored) == printed


def test_what_is_read_has_the_columns_and_types_of_the_one_table(folder: Folder) -> None:
    folder.copy()
    build(folder.project)
    schema = all_of(folder.project).schema
    assert {name: schema[name] for name in table.SCHEMA} == pl.Schema(table.SCHEMA)
    assert set(schema) == {*table.PARTITION, *table.SCHEMA}


def test_every_column_of_the_one_table_is_explained() -> None:
    assert set(table.MEANING) == {*table.PARTITION, *table.SCHEMA}


def test_each_parquet_file_says_which_raw_file_it_was_made_from(folder: Folder) -> None:
    folder.copy("2024-25/npq_workforce.csv")
    build(folder.project)
    (part,) = folder.project.observations.rglob("*.parquet")
    assert pl.read_parquet_metadata(part)["source"] == "data/raw/2024-25/npq_workforce.csv"


def test_a_reader_that_a_new_build_overtakes_reads_the_new_one(folder: Folder) -> None:
    folder.copy("2024-25/npq_workforce.csv")
    build(folder.project)
    tries: list[int] = []

    def query(rows: pl.LazyFrame) -> pl.LazyFrame:
        tries.append(1)
        if len(tries) == 1:
            folder.copy("2024-25/npq_completions.csv")
            build(folder.project)
        return rows.select(pl.len())

    assert parquet.read(folder.project, query).item() == 15 + 25
    assert len(tries) == 2


def test_a_query_that_cannot_be_answered_is_not_tried_for_ever(folder: Folder) -> None:
    folder.copy("2024-25/npq_workforce.csv")
    build(folder.project)
    with pytest.raises(pl.exceptions.ColumnNotFoundError):
        parquet.read(folder.project, lambda rows: rows.select("nothing"))


@pytest.mark.parametrize(
    ("fault", "why"),
    [
        ("parquet: underlying IO error: No space left on device (os error 28)", "No space left on device"),
        ("parquet: File out of specification: Invalid thrift: transport error", "the disk did not take a whole file"),
    ],
)
def test_a_full_disk_is_told_as_such_and_not_as_a_fault_of_parquet(
    tmp_path: Path, fault: str, why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise pl.exceptions.ComputeError(fault)

    monkeypatch.setattr(pl.DataFrame, "write_parquet", refuse)
    frame = pl.DataFrame({"measure": ["starts"]})
    with pytest.raises(OSError, match=why) as error:
        parquet.write(frame, tmp_path, release="2024-25", dataset="npq-workforce", source="x.csv")
    assert error.value.errno == errno.ENOSPC


def test_another_fault_of_parquet_is_not_taken_for_one_of_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise pl.exceptions.ComputeError("parquet: File out of specification")

    monkeypatch.setattr(pl.DataFrame, "write_parquet", refuse)
    frame = pl.DataFrame({"measure": ["starts"]})
    with pytest.raises(pl.exceptions.ComputeError):
        parquet.write(frame, tmp_path, release="2024-25", dataset="npq-workforce", source="x.csv")
