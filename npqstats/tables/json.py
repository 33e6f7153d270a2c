"""Answers as JSON: one object with the rows and all that belongs beside them, and the schema of each kind."""

import json
from collections.abc import Mapping
from typing import Any

import polars as pl

from npqstats import __version__
from npqstats.analysis import columns
from npqstats.analysis.columns import Described
from npqstats.catalogue.catalogue import Release, catalogue
from npqstats.tables.table import Document, Table
from npqstats.vocabulary.symbols import SYMBOLS
from npqstats.wording import attribution

KEYS = {
    "title": "what the table shows",
    "finding": "what was found, in sentences",
    "command": "the command that asks for it again",
    "releases": "the releases that its rows are from: `name`, `label`, `status`, `published`, `data_as_of`",
    "status": "the status of the statistics of these releases",
    "source": "publication, publisher and address",
    "licence": "the licence of the figures",
    "notes": "every note of the rows, once each",
    "symbols": "the symbols that occur, with their meaning",
    "made_by": "this program and its version",
    "rows": "the rows, with the columns below; values unrounded, null where there is none",
}
"""What the keys of the document hold."""


def as_json(document: Document) -> str:
    """Write JSON: one object, with the rows and all that belongs beside them.

    Returns:
        An object with the keys of `KEYS`, as `schemas/<kind>.json` describes them.
    """
    publication = catalogue().publication
    frame = document.frame
    floats = pl.col(pl.Float32, pl.Float64)
    finite = frame.with_columns(pl.when(floats.is_finite()).then(floats))
    rows = [{name: _whole(value) for name, value in row.items()} for row in finite.iter_rows(named=True)]
    used = {row[name] for name in frame.columns if name.endswith("symbol") for row in rows if row[name]}
    statuses = dict.fromkeys(attribution.status_of(one) for one in document.releases)
    content: Mapping[str, object] = {
        "title": document.table.title,
        "finding": list(document.table.finding),
        "command": document.command,
        "releases": [_release(one) for one in document.releases],
        "status": "; ".join(statuses) or publication.status,
        "source": f"{publication.title}, {publication.publisher}, {publication.page}",
        "licence": publication.licence,
        "notes": list(_notes(document.table, rows)),
        "symbols": {symbol: meaning for symbol, meaning in SYMBOLS.items() if symbol in used},
        "made_by": f"npqstats {__version__}",
        "rows": rows,
    }
    return json.dumps(content, indent=2, ensure_ascii=False, default=str) + "\n"


def _notes(table: Table, rows: list[dict[str, Any]]) -> dict[str, None]:
    """Collect the notes of the table and of the rows, once each."""
    noted = (note for row in rows if isinstance(row.get("notes"), list) for note in row["notes"])
    return dict.fromkeys([*table.notes, *noted])


def _whole(value: Any) -> Any:
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _release(known: Release) -> dict[str, str | None]:
    return {
        "name": known.name,
        "label": known.label,
        "status": attribution.status_of(known),
        "published": known.published.isoformat() if known.published else None,
        "data_as_of": known.data_as_of.isoformat() if known.data_as_of else None,
    }


_JSON_TYPES = {"text": "string", "list of text": "array", "whole number": "integer", "number": "number"}
_RELEASE = {
    "name": {"type": "string", "description": "name, as --release takes it"},
    "label": {"type": "string", "description": "name as printed"},
    "status": {"type": "string", "description": "status of its statistics"},
    "published": {"type": ["string", "null"], "description": "date of publication; null where it is not known"},
    "data_as_of": {"type": ["string", "null"], "description": "date of the data; null where it is not known"},
}


def schemas() -> dict[str, str]:
    """Return the JSON Schema of each kind of answer that has columns, by the name of its file."""
    from npqstats.analysis.listings import LISTINGS

    values = {"type": ["string", "number", "boolean", "array", "null"], "description": "a value of the query's column"}
    kinds: dict[str, dict[str, object]] = {
        "comparison": _rows(columns.COMPARISON),
        "trend": _rows(columns.TREND),
        "cells": _rows(columns.SHOWN),
        "query": {"type": "array", "items": {"type": "object", "additionalProperties": values}},
        "list": {"type": "array", "items": {"type": "object"}},
    }
    each = [
        {
            "title": f"npqstats list {what}",
            "properties": {"title": {"const": kind.title}, "rows": _rows(columns.columns_of(kind.row))},
        }
        for what, kind in LISTINGS.items()
    ]
    found = {
        f"{kind}.json": _schema(kind, rows) | ({"oneOf": each} if kind == "list" else {})
        for kind, rows in kinds.items()
    }
    return {name: json.dumps(schema, indent=2, ensure_ascii=False) + "\n" for name, schema in found.items()}


def _schema(kind: str, rows: dict[str, object]) -> dict[str, object]:
    """Describe the whole document of an answer of a kind."""
    strings: dict[str, object] = {"type": "array", "items": {"type": "string"}}
    types: dict[str, dict[str, object]] = {
        "finding": strings,
        "notes": strings,
        "releases": {"type": "array", "items": _object(_RELEASE)},
        "symbols": {"type": "object", "additionalProperties": {"type": "string"}},
        "rows": rows,
    }
    keys = {key: types.get(key, {"type": "string"}) | {"description": holds} for key, holds in KEYS.items()}
    about = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": f"npqstats: {kind}"}
    return about | _object(keys)


def _object(properties: Mapping[str, object]) -> dict[str, object]:
    """Describe an object with just these keys."""
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def _rows(holds: Mapping[str, Described]) -> dict[str, object]:
    return {"type": "array", "items": _object({name: _column(column) for name, column in holds.items()})}


def _column(column: Described) -> dict[str, object]:
    about = {"description": column.meaning} | ({"unit": column.unit} if column.unit else {})
    array = {"items": {"type": "string"}} if column.type_name == "list of text" else {}
    kind = _JSON_TYPES[column.type_name]
    return {"type": [kind, "null"] if column.has_nulls else kind, **array, **about}
