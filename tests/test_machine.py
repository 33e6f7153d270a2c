from __future__ import annotations

import csv
import io
import json

import polars as pl
import pyarrow.parquet as pq
import pytest
from openapi_schema_validator import OAS32Validator

from npqstats import compare, listing, show, sql, trend
from npqstats.cli import reference
from npqstats.project import Project
from npqstats.tables import machine, sheet
from npqstats.tables.cells import cells
from npqstats.tables.comparison import comparison
from npqstats.tables.listing import of_list, of_query
from npqstats.tables.table import Document, Table
from npqstats.tables.trend import trend as followed
from tests.test_terminal import NASTY


@pytest.fixture(scope="module")
def table(published: Project) -> pl.DataFrame:
    return sheet.with_text(compare("2023-24", "2024-25", project=published))


@pytest.fixture(scope="module")
def document(table: pl.DataFrame) -> Document:
    return sheet.document(table, comparison(table), "comparison")


@pytest.fixture(scope="module")
def answers(published: Project, document: Document) -> dict[str, Document]:
    points = trend(measure="completion-rate", project=published)
    printed = show(project=published)
    return {
        "comparison": document,
        "trend": sheet.document(points, followed(points), "trend"),
        "cells": sheet.document(printed, cells(printed), "cells"),
        "list": of_list(listing("releases", project=published), "releases"),
        "query": of_query(sql("SELECT * FROM current", project=published), "SELECT * FROM current"),
    }


def bare(frame: pl.DataFrame) -> Document:
    return Document(kind="query", table=Table(title="t", columns=(), rows=()), frame=frame)


def as_csv(table: pl.DataFrame) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(machine.csv(table).decode("utf-8-sig"))))


def test_csv_numbers_are_unrounded(table: pl.DataFrame) -> None:
    first = as_csv(table)[0]
    assert float(first["change_pct"]) == 100 * (29818 - 43840) / 43840
    assert (float(first["before"]), float(first["after"])) == (43840, 29818)


def test_csv_says_the_change_in_words_beside_the_numbers(table: pl.DataFrame) -> None:
    rows = as_csv(table)
    assert rows[0]["change_text"] == "fell by 14,022 (32.0%)"
    assert list(rows[0]).index("change_text") == list(rows[0]).index("change_pp") + 1


def test_csv_has_a_row_a_line_and_every_column(table: pl.DataFrame) -> None:
    rows = as_csv(table)
    assert [row["line"] for row in rows] == table["line"].to_list()
    assert set(rows[0]) == set(table.columns)
    assert rows[0]["before_origins"] == "2024-25/npq_participants.csv:4:npq_starts"


@pytest.mark.parametrize("cell", [*NASTY, "+1", "-1", "@SUM(A1)", "\t=1", " =1", "\r=1"])
def test_no_cell_of_text_runs_as_a_formula(cell: str) -> None:
    (row,) = as_csv(pl.DataFrame({"label": [cell], "change": [-1.5]}))
    assert not row["label"].lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r"))
    assert row["label"].removeprefix("'") == cell
    assert float(row["change"]) == -1.5


def test_csv_begins_with_the_mark_by_which_spreadsheets_know_its_encoding() -> None:
    assert machine.csv(pl.DataFrame({"a": ["−1"]})).startswith(b"\xef\xbb\xbfa\n")


def test_a_header_of_a_query_does_not_run_as_a_formula() -> None:
    assert machine.csv(pl.DataFrame({"=1+1": [1]})).decode("utf-8-sig").splitlines()[0] == "'=1+1"


def test_json_has_the_promised_shape(document: Document, table: pl.DataFrame) -> None:
    found = json.loads(machine.as_json(document))
    assert list(found) == list(reference.JSON)
    assert found["title"] == document.table.title
    assert found["releases"] == [
        {
            "name": "2024-25",
            "label": "2024/25",
            "status": "Official statistics in development",
            "published": "2025-07-10",
            "data_as_of": "2025-06-13",
        }
    ]
    assert found["symbols"] == {"low": "not 0, rounds to 0"}
    assert len(found["rows"]) == len(table)
    assert found["rows"][0]["change"] == -14022
    assert {note for row in found["rows"] for note in row["notes"]} <= set(found["notes"])


@pytest.mark.parametrize("kind", ["comparison", "trend", "cells", "list", "query"])
def test_json_of_every_kind_is_what_its_schema_says(answers: dict[str, Document], kind: str) -> None:
    found = json.loads(machine.as_json(answers[kind]), parse_constant=pytest.fail)
    assert found["rows"]
    validator = OAS32Validator(machine.schema(kind))
    assert [error.message for error in validator.iter_errors(found)] == []
    found["rows"][0]["surprise"] = found.pop("title")
    assert list(validator.iter_errors(found))


def test_the_schemas_that_are_shipped_are_those_of_the_columns() -> None:
    shipped = {path.name: path.read_text("utf-8") for path in reference.SCHEMAS.glob("*.json")}
    assert shipped == reference.schemas(), "run 'make docs'"


def test_the_status_in_json_is_that_of_the_release() -> None:
    frame = pl.DataFrame({"a": [1]})
    told = Document(kind="list", table=Table(title="t", columns=(), rows=()), frame=frame, releases=("2021-22",))
    found = json.loads(machine.as_json(told))
    assert found["status"] == found["releases"][0]["status"]


def test_what_is_no_number_is_null_in_json() -> None:
    frame = pl.DataFrame({"a": [1.5, float("nan"), float("inf"), None]})
    found = json.loads(machine.as_json(bare(frame)), parse_constant=pytest.fail)
    assert [row["a"] for row in found["rows"]] == [1.5, None, None, None]


def test_lists_of_anything_go_into_one_csv_cell() -> None:
    table = pl.DataFrame({"a": [[1.5, 2.0]], "b": [["x", "y"]]})
    assert as_csv(table) == [{"a": "1.5 | 2.0", "b": "x | y"}]


@pytest.mark.parametrize("kind", ["comparison", "trend", "cells", "list", "query"])
def test_parquet_comes_back_as_it_went(answers: dict[str, Document], kind: str) -> None:
    content = machine.parquet(answers[kind])
    again, frame = pl.read_parquet(io.BytesIO(content)), machine.frame_of(answers[kind])
    assert again.columns == frame.columns
    assert again.to_dicts() == frame.to_dicts()
    metadata = pq.read_metadata(io.BytesIO(content)).metadata
    assert metadata[b"title"].decode() == answers[kind].table.title
    assert metadata[b"licence"] == b"Open Government Licence v3.0"


def test_parquet_says_what_each_column_holds_and_in_what_unit(document: Document) -> None:
    schema = pq.read_schema(io.BytesIO(machine.parquet(document)))
    assert all(field.metadata[b"description"] for field in schema)
    assert schema.field("change_pp").metadata[b"unit"] == b"percentage points"
    assert schema.field("change_pct").metadata[b"unit"] == b"%"


def test_the_same_answer_gives_the_same_bytes(document: Document) -> None:
    assert machine.parquet(document) == machine.parquet(document)


def test_a_table_without_changes_gets_no_words_for_them() -> None:
    assert sheet.with_text(pl.DataFrame({"a": [1]})).columns == ["a"]
