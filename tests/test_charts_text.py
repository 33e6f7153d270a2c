from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from npqstats.charts import text


def test_control_characters_and_line_breaks_become_spaces() -> None:
    assert text.drawable("one\ntwo\x1b[31m\tthree") == "one two [31m three"


def test_what_the_letters_lack_becomes_a_mark_and_is_not_dropped() -> None:
    assert text.drawable("a\u4e2db") == "a\ufffdb"


def test_markup_is_letters() -> None:
    assert text.drawable(r"$\frac{1}{2}$ <b>x</b> [red]") == r"$\frac{1}{2}$ <b>x</b> [red]"


def test_bold_is_wider() -> None:
    assert text.width("Starts", 12, bold=True) > text.width("Starts", 12)


def test_a_text_breaks_between_words() -> None:
    assert text.wrapped("one two three", 10, text.width("one two", 10) + 1) == ["one two", "three"]


def test_a_word_wider_than_the_room_is_broken() -> None:
    broken = text.wrapped("incomprehensibilities", 10, 40)
    assert "".join(broken) == "incomprehensibilities"
    assert max(text.width(line, 10) for line in broken) <= 40


def test_what_does_not_fit_the_lines_is_cut_and_seen_to_be() -> None:
    cut = text.wrapped("one two three four five six", 10, 45, lines=2)
    assert len(cut) == 2
    assert cut[-1].endswith("\u2026")
    assert text.width(cut[-1], 10) <= 45


def test_nothing_has_no_lines() -> None:
    assert text.wrapped("", 10, 100) == []


@given(st.text(max_size=80), st.floats(20, 400), st.booleans())
def test_no_line_is_wider_than_its_room(words: str, room: float, is_bold: bool) -> None:
    lines = text.wrapped(words, 10, room, bold=is_bold)
    assert all(text.width(line, 10, bold=is_bold) <= room or len(line) == 1 for line in lines)


@given(st.text(max_size=80), st.floats(20, 400))
def test_no_letter_is_lost(words: str, room: float) -> None:
    assert "".join(text.wrapped(words, 10, room)).replace(" ", "") == text.drawable(words).replace(" ", "")


@pytest.mark.parametrize("size", [9.45, 12.0, 40.0])
def test_width_grows_with_the_letters(size: float) -> None:
    assert text.width("43,840", size) == pytest.approx(size * text.width("43,840", 1.0))
