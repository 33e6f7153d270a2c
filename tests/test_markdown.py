from __future__ import annotations

import re

import pytest

from npqstats import compare
from npqstats.project import Project
from npqstats.tables.markdown import markdown
from npqstats.tables.table import Column, Entry, Row, Table
from tests.test_terminal import NASTY


def table(words: list[str], *, headers: list[str], title: str = "t", notes: tuple[str, ...] = ()) -> Table:
    """A MADE-UP table of one row."""
    row = Row(entries=tuple(Entry(text=word) for word in words))
    return Table(title=title, columns=tuple(Column(header=name) for name in headers), rows=(row,), notes=notes)


def test_every_row_has_as_many_cells_as_the_header(published: Project) -> None:
    text = markdown(compare("2023-24", "2024-25", project=published).document.table)
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} == {6}
    assert rows[1] == "| --- | ---: | ---: | ---: | ---: |"
    assert "| Starts (courses) | 43,840 | 29,818 | −14,022 | −32.0% |" in rows


def test_notes_and_foot_follow_the_table(published: Project) -> None:
    text = markdown(compare("2023-24", "2024-25", project=published).document.table)
    _, _, below = text.rpartition("|\n")
    assert r"- \[1\] " in below
    assert "Open Government Licence v3.0" in below
    assert text.endswith("\n")


@pytest.mark.parametrize("label", NASTY)
def test_text_from_data_cannot_make_markup(label: str) -> None:
    text = markdown(table([label, "1"], headers=["a", "b"], title=label, notes=(label,)))
    row = next(line for line in text.splitlines() if line.endswith("| 1 |"))
    assert len(re.findall(r"(?<!\\)\|", row)) == 3
    assert not re.findall(r"(?<!\\)[*`<>\[\]$_]", row)
    assert not [letter for letter in text if letter in "\x1b\x07\u202e"]


def test_a_line_break_in_a_label_does_not_break_the_row() -> None:
    text = markdown(table(["x\r\ny"], headers=["a\nb"]))
    assert "| x y |" in text
    assert "| a b |" in text


def test_a_line_set_in_still_says_what_it_continues(published: Project) -> None:
    text = markdown(compare("2023-24", "2024-25", project=published).document.table)
    row = next(line for line in text.splitlines() if "41,274" in line)
    assert "Participants" in row or row.startswith("| &")
