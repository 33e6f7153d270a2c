"""What is written in many ways is read as one, and told as it was written."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest

from npqstats.analysis.factcheck.check import findings
from npqstats.analysis.factcheck.scanning.plain import Plain
from npqstats.analysis.facts import Facts, facts
from npqstats.project import Project
from tests.frozen import DATA

_YEAR = re.compile(r"\b(20\d\d)/(\d\d)\b")
WAYS: dict[str, Callable[[str], str]] = {
    "2024–25": lambda text: _YEAR.sub(r"\1–\2", text),
    "2024-25": lambda text: _YEAR.sub(r"\1-\2", text),
    "2024/2025": lambda text: _YEAR.sub(r"\1/20\2", text),
    "24/25": lambda text: re.sub(r"\b20(\d\d)/(\d\d)\b", r"\1/\2", text),
    "the academic year 2024/25": lambda text: _YEAR.sub(r"the academic year \1/\2", text),
    "per cent": lambda text: re.sub(r"(?<=\d)%", " per cent", text),
    "percent": lambda text: re.sub(r"(?<=\d)%", " percent", text),
    "**29,818**": lambda text: re.sub(r"(?<= )(\d{1,3},\d{3})\b", r"**\1**", text),
    "_29,818_": lambda text: re.sub(r"(?<= )(\d{1,3},\d{3})\b", r"_\1_", text),
    "[29,818](https://example.org/1)": lambda text: re.sub(
        r"(?<= )(\d{1,3},\d{3})\b", r"[\1](https://example.org/1)", text
    ),
    "29,818.[3]": lambda text: re.sub(r"\.(?=\s|$)", ".[3]", text),
    "29,818 in, kept together": lambda text: re.sub(r"(\d) ", "\\1\u00a0", text),
    "lines with two marks at the end": lambda text: text.replace("\n", "\r\n"),
    "National Professional Qualifications": lambda text: re.sub(
        r"\bNPQs\b", "National Professional Qualifications (NPQs)", text, count=1
    ),
    "compared to": lambda text: text.replace("compared with", "compared to"),
    "since autumn 2021": lambda text: re.sub(r"\bsince 2021\b(?!/)", "since autumn 2021", text),
}


@pytest.fixture(scope="module")
def cells(published: Project) -> Facts:
    return facts(published)


def passages() -> list[str]:
    lines = [line for name in ("stories", "rates", "scenes") for line in _lines(name)]
    return [claim["text"].replace(" per cent", "%").replace("2021-22", "2021/22") for claim in lines]


def _lines(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (DATA / "claims" / f"{name}.jsonl").read_text("utf-8").splitlines()]


@pytest.mark.parametrize("way", WAYS)
def test_no_verdict_hangs_on_how_a_text_is_written(way: str, cells: Facts) -> None:
    tried, other = 0, []
    for text in passages():
        written = WAYS[way](text)
        if written == text:
            continue
        tried += 1
        verdicts = [[one.verdict for one in findings(each, cells)] for each in (text, written)]
        other += [(written, *verdicts)] if verdicts[0] != verdicts[1] else []
    assert tried > 1
    assert other == []


def test_a_number_is_told_as_it_was_written(cells: Facts) -> None:
    text = "In the academic year 2024–25 **29,818** NPQs were started,[2] 32 per cent fewer than in 23/24.\r\n"
    for one in findings(text, cells):
        assert text[one.quantity.start : one.quantity.end] == one.quantity.quote
    assert [one.quantity.quote for one in findings(text, cells)] == ["29,818", "32 per cent"]


@pytest.mark.parametrize(
    "text", ["", "\r", "**", "[1]", "_" * 50, "2024-25" * 200, "\u00a0" * 9, "a\r\n" * 20, "[a](b" * 9]
)
def test_every_place_of_the_plain_text_was_somewhere(text: str) -> None:
    plain = Plain(text)
    for place in range(len(plain.text)):
        start, end, _ = plain.as_written(place, place + 1)
        assert 0 <= start < end <= len(text)
