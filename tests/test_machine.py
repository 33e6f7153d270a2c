from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import get_args, get_type_hints

import polars as pl
import pyarrow.parquet as pq
import pytest
from openapi_schema_validator import OAS32Validator

from npqstats import compare, listing, show, sql, trend
from npqstats.analysis.columns import OBSERVATIONS, columns_of
from npqstats.analysis.listings import LISTINGS
from npqstats.catalogue.catalogue import release
from npqstats.cli import reference
from npqstats.project import Project
from npqstats.tables import machine
from npqstats.tables.json import KEYS, as_json, schemas
from npqstats.tables.listing import of_query
from npqstats.tables.table import Document, Table
from tests.analysis_fixtures import Run
from tests.test_terminal import NASTY


@pytest.fixture(scope="module")
def table(published: Project) -> pl.DataFrame:
    return compare("2023-24", "2024-25", project=published).document.frame


@pytest.fixture(scope="module")
def document(published: Project) -> Document:
    return compare("2023-24", "2024-25", project=published).document


@pytest.fixture(scope="module")
def answers(published: Project, document: Document) -> dict[str, Document]:
    return {
        "comparison": document,
        "trend": trend(measure="completion-rate", project=published).document,
        "cells": show(project=published).document,
        "list": listing("releases", project=published).document,
        "query": of_query(sql("SELECT * FROM current", project=published), "SELECT * FROM current"),
    }


def bare(frame: pl.DataFrame) -> Document:
    return Document(kind="query", table=Table(title="t", columns=(), rows=()), make_frame=lambda: frame)


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
    found = json.loads(as_json(document))
    assert list(found) == list(KEYS)
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


def errors_in(document: object, kind: str) -> list[str]:
    """Hold a document against the schema that is shipped for its kind."""
    schema = json.loads((reference.SCHEMAS / f"{kind}.json").read_text("utf-8"))
    return [error.message for error in OAS32Validator(schema).iter_errors(document)]


@pytest.mark.parametrize("kind", ["comparison", "trend", "cells", "list", "query"])
def test_json_of_every_kind_is_what_its_schema_says(answers: dict[str, Document], kind: str) -> None:
    found = json.loads(as_json(answers[kind]), parse_constant=pytest.fail)
    assert found["rows"]
    assert errors_in(found, kind) == []
    found["rows"][0]["surprise"] = found.pop("title")
    assert errors_in(found, kind)


@pytest.mark.parametrize("what", LISTINGS)
def test_json_of_every_list_is_what_the_schema_says_of_that_list(published: Project, what: str) -> None:
    found = json.loads(as_json(listing(what, project=published).document))
    assert errors_in(found, "list") == []
    found["rows"][0]["surprise"] = 1
    assert errors_in(found, "list")


@pytest.mark.parametrize("what", LISTINGS)
def test_a_column_of_a_list_may_be_null_where_its_meaning_says_so(what: str) -> None:
    row = LISTINGS[what].row
    nullable = {name.rstrip("_") for name, hint in get_type_hints(row).items() if type(None) in get_args(hint)}
    assert {name for name, column in columns_of(row).items() if column.has_nulls} == nullable


@pytest.mark.parametrize("question", [{"by": "course"}, {"measure": "completion-rate"}, {"by": "region"}])
def test_json_on_a_full_release_is_what_its_schema_says(full: Project, question: dict[str, str]) -> None:
    for kind, document in {
        "comparison": compare("2022-23", "2024-25", project=full, **question).document,  # type: ignore[arg-type]
        "trend": trend(project=full, **question).document,  # type: ignore[arg-type]
        "cells": show("2024-25", project=full, **question).document,
    }.items():
        assert errors_in(json.loads(as_json(document)), kind) == []


@pytest.mark.parametrize(
    ("kind", "command"),
    [
        ("find", ("find", "41,274", "-f", "json")),
        ("find", ("find", "41,247", "-f", "json")),
        ("factcheck", ("factcheck", "-f", "json", "--text", "NPQ starts fell by 32% to 29,818 in 2024/25, or 12%.")),
        ("cite", ("cite", "--style", "csl-json")),
        ("cite", ("cite", "2022-23", "--style", "csl-json")),
    ],
)
def test_what_other_commands_write_as_json_is_what_its_schema_says(
    cli: Run, kind: str, command: tuple[str, ...]
) -> None:
    found = json.loads(cli(*command).stdout)
    assert errors_in(found, kind) == []
    first = found[0] if kind == "cite" else found["matches" if kind == "find" else "quantities"][0]
    first["surprise"] = 1
    assert errors_in(found, kind)


def test_json_of_several_checked_texts_is_what_its_schema_says(cli: Run, tmp_path: Path) -> None:
    paths = [tmp_path / "a.txt", tmp_path / "b.txt"]
    for path in paths:
        path.write_text("In 2024/25 some 29,818 teachers began an NPQ.")
    found = json.loads(cli("factcheck", *map(str, paths), "-f", "json").stdout)
    assert len(found["texts"]) == 2
    assert errors_in(found, "factcheck") == []


def test_every_kind_of_answer_has_a_schema_whose_keys_are_all_described() -> None:
    shipped = {path.name: path.read_text("utf-8") for path in reference.SCHEMAS.glob("*.json")}
    assert shipped.keys() == {*schemas(), "find.json", "factcheck.json", "cite.json"}
    for name, text in schemas().items():
        assert shipped[name] == text, "run 'make docs'"
    for name, text in shipped.items():
        schema = json.loads(text)
        assert schema["title"]
        bare = [key for key, part in properties(schema) if not {"description", "const", "enum"} & part.keys()]
        assert [key for key in bare if key != "rows"] == [], name


def properties(schema: object) -> Iterator[tuple[str, dict[str, object]]]:
    """Go through every key that a schema names."""
    if isinstance(schema, dict):
        yield from schema.get("properties", {}).items()
    for part in schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ():
        yield from properties(part)


def test_the_status_in_json_is_that_of_the_release() -> None:
    frame = pl.DataFrame({"a": [1]})
    told = Document(
        kind="list",
        table=Table(title="t", columns=(), rows=()),
        make_frame=lambda: frame,
        releases=(release("2021-22"),),
    )
    found = json.loads(as_json(told))
    assert found["status"] == found["releases"][0]["status"]


def test_what_is_no_number_is_null_in_json() -> None:
    frame = pl.DataFrame({"a": [1.5, float("nan"), float("inf"), None]})
    found = json.loads(as_json(bare(frame)), parse_constant=pytest.fail)
    assert [row["a"] for row in found["rows"]] == [1.5, None, None, None]


def test_lists_of_anything_go_into_one_csv_cell() -> None:
    table = pl.DataFrame({"a": [[1.5, 2.0]], "b": [["x", "y"]]})
    assert as_csv(table) == [{"a": "1.5 | 2.0", "b": "x | y"}]


@pytest.mark.parametrize("kind", ["comparison", "trend", "cells", "list", "query"])
def test_parquet_comes_back_as_it_went(answers: dict[str, Document], kind: str) -> None:
    content = machine.parquet(answers[kind])
    again, frame = pl.read_parquet(io.BytesIO(content)), answers[kind].frame
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


@pytest.mark.parametrize(
    ("query", "stored"),
    [
        ("SELECT value, measure FROM current", {"value", "measure"}),
        ("SELECT * FROM observations", set(OBSERVATIONS)),
        ("SELECT measure, sum(value) AS value FROM current GROUP BY measure", {"measure"}),
        ("SELECT measure, sum(value) FROM current GROUP BY measure", {"measure"}),
        ("WITH t AS (SELECT sum(value) AS value FROM current) SELECT value FROM t", set()),
        ("SELECT value AS line FROM current", set()),
        ("SELECT c.value AS value FROM current AS c", {"value"}),
    ],
)
def test_a_computed_column_of_a_query_has_no_stored_column_s_description(
    published: Project, query: str, stored: set[str]
) -> None:
    answer = of_query(sql(query, project=published), query)
    schema = pq.read_schema(io.BytesIO(machine.parquet(answer)))
    assert {field.name for field in schema if field.metadata} == stored


def test_the_same_answer_gives_the_same_bytes(document: Document) -> None:
    assert machine.parquet(document) == machine.parquet(document)
