from __future__ import annotations

import re

import pytest

from npqstats import compare
from npqstats.project import Project
from npqstats.tables.comparison import comparison
from npqstats.tables.markdown import markdown
from npqstats.tables.sheet import Sheet
from tests.test_terminal import NASTY


def test_every_row_has_as_many_cells_as_the_header(published: Project) -> None:
    text = markdown(comparison(compare("2023-24", "2024-25", project=published)).table)
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} == {6}
    assert rows[1] == "| --- | ---: | ---: | ---: | ---: |"
    assert "| Starts (courses) | 43,840 | 29,818 | −14,022 | −32.0% |" in rows


def test_notes_and_foot_follow_the_table(published: Project) -> None:
    text = markdown(comparison(compare("2023-24", "2024-25", project=published)).table)
    _, _, below = text.rpartition("|\n")
    assert r"- \[1\] " in below
    assert "Open Government Licence v3.0" in below
    assert text.endswith("\n")


@pytest.mark.parametrize("label", NASTY)
def test_text_from_data_cannot_make_markup(label: str) -> None:
    text = markdown(Sheet(title=label, headers=["a", "b"], rows=[[label, "1"]], notes=[label]).table)
    row = next(line for line in text.splitlines() if line.endswith("| 1 |"))
    assert len(re.findall(r"(?<!\\)\|", row)) == 3
    assert not re.findall(r"(?<!\\)[*`<>\[\]$_]", row)
    assert not [letter for letter in text if letter in "\x1b\x07\u202e"]


def test_a_line_break_in_a_label_does_not_break_the_row() -> None:
    text = markdown(Sheet(title="t", headers=["a\nb"], rows=[["x\r\ny"]]).table)
    assert "| x y |" in text
    assert "| a b |" in text


def test_a_line_set_in_still_says_what_it_continues(published: Project) -> None:
    text = markdown(comparison(compare("2023-24", "2024-25", project=published)).table)
    row = next(line for line in text.splitlines() if "41,274" in line)
    assert "Participants" in row or row.startswith("| &")
