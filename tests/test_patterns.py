"""The expressions of the fact check that are tried only where a cue is in the text."""

from __future__ import annotations

import importlib
import json
import pkgutil
import re
import tomllib
from pathlib import Path

import pytest

from npqstats import vocabulary
from npqstats.analysis import factcheck
from npqstats.vocabulary.expressions import listed
from npqstats.vocabulary.patterns import Pattern

CLAIMS = Path(__file__).parent / "data" / "claims"
TEXTS = [
    json.loads(line)["text"]
    for path in sorted(CLAIMS.glob("*.jsonl"))
    for line in path.read_text("utf-8").split("\n")
    if line
]
PATTERNS = {
    f"{module.name}.{name} {number}": each
    for module in pkgutil.walk_packages(factcheck.__path__, "npqstats.analysis.factcheck.")
    for name, value in vars(importlib.import_module(module.name)).items()
    for number, each in enumerate(value if isinstance(value, tuple) else (value,), 1)
    if isinstance(each, Pattern)
}


LISTED = tomllib.loads((Path(vocabulary.__file__).parent / "expressions.toml").read_text("utf-8"))


@pytest.mark.parametrize("name", sorted(LISTED.keys() - {"parts"}))
def test_every_list_is_one_expression_with_its_parts_in_place(name: str) -> None:
    expression = listed(name).pattern
    assert re.compile(expression, re.IGNORECASE).match("") is None, "it would match anything"
    assert not [part for part in LISTED["parts"] if f"{{{part}}}" in expression]


@pytest.mark.parametrize("name", PATTERNS)
def test_whatever_an_expression_matches_has_one_of_its_cues(name: str) -> None:
    pattern = PATTERNS[name]
    missed = [text for text in TEXTS if pattern._compiled.search(text) and pattern.search(text) is None]
    assert missed == []


def test_there_are_expressions_and_texts() -> None:
    assert len(PATTERNS) > 20
    assert len(TEXTS) > 900
