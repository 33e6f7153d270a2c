from __future__ import annotations

import csv
import io
import json

import polars as pl
import pyarrow.parquet as pq
import pytest

from npqstats import compare, show, trend
from npqstats.project import Project
from npqstats.tables import machine
from tests.test_terminal import NASTY


@pytest.fixture(scope="module")
def table(published: Project) -> pl.DataFrame:
    return compare("2023-24", "2024-25", project=published)


def as_csv(table: pl.DataFrame) -> list[dict[str, str]]:
    out = io.BytesIO()
    machine.csv(table, out)
    return list(csv.DictReader(io.StringIO(out.getvalue().decode("utf-8"))))


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
    assert set(rows[0]) == {*table.columns, "change_text"}
    assert rows[0]["before_origins"] == "2024-25/npq_participants.csv:4:npq_starts"


@pytest.mark.parametrize("cell", [*NASTY, "+1", "-1", "@SUM(A1)", "\t=1", " =1", "\r=1"])
def test_no_cell_of_text_runs_as_a_formula(cell: str) -> None:
    (row,) = as_csv(pl.DataFrame({"label": [cell], "change": [-1.5]}))
    assert not row["label"].lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r"))
    assert row["label"].removeprefix("'") == cell
    assert float(row["change"]) == -1.5


def test_json_has_the_promised_shape(table: pl.DataFrame) -> None:
    found = json.loads(machine.document(table, "A title"))
    assert list(found) == [
        *("title", "releases", "status", "source", "licence", "notes", "symbols", "made_by", "rows"),
    ]
    assert found["title"] == "A title"
    assert found["releases"] == [
        {"name": "2024-25", "label": "2024/25", "published": "2025-07-10", "data_as_of": "2025-06-13"}
    ]
    assert found["symbols"] == {"low": "rounds to 0 but is not 0"}
    assert len(found["rows"]) == len(table)
    assert found["rows"][0]["change"] == -14022
    assert {note for row in found["rows"] for note in row["notes"]} == set(found["notes"])


def test_json_of_any_answer_is_valid_and_has_no_nan(published: Project) -> None:
    for answer in (trend(measure="completion-rate", project=published), show(project=published)):
        found = json.loads(machine.document(answer, "t"), parse_constant=pytest.fail)
        assert len(found["rows"]) == len(answer)


def test_what_is_no_number_is_null_in_json() -> None:
    table = pl.DataFrame({"a": [1.5, float("nan"), float("inf"), None]})
    found = json.loads(machine.document(table, "t"), parse_constant=pytest.fail)
    assert [row["a"] for row in found["rows"]] == [1.5, None, None, None]


def test_lists_of_anything_go_into_one_csv_cell() -> None:
    table = pl.DataFrame({"a": [[1.5, 2.0]], "b": [["x", "y"]]})
    assert as_csv(table) == [{"a": "1.5 | 2.0", "b": "x | y"}]


def test_parquet_comes_back_as_it_went(table: pl.DataFrame) -> None:
    out = io.BytesIO()
    machine.parquet(table, "A title", out)
    again = pl.read_parquet(io.BytesIO(out.getvalue()))
    assert again.drop("change_text").equals(table)
    metadata = pq.read_metadata(io.BytesIO(out.getvalue())).metadata
    assert metadata[b"title"] == b"A title"
    assert metadata[b"licence"] == b"Open Government Licence v3.0"


def test_the_same_answer_gives_the_same_bytes(table: pl.DataFrame) -> None:
    one, two = io.BytesIO(), io.BytesIO()
    machine.parquet(table, "t", one)
    machine.parquet(table, "t", two)
    assert one.getvalue() == two.getvalue()


def test_a_table_without_changes_gets_no_words_for_them() -> None:
    assert machine.with_text(pl.DataFrame({"a": [1]})).columns == ["a"]
