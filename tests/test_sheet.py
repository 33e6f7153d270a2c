from __future__ import annotations

from npqstats.tables.sheet import Notes


def test_notes_are_numbered_as_they_first_occur() -> None:
    notes = Notes()
    assert [notes.marks(texts) for texts in (["b"], ["a", "b"], [], ["c", "a"])] == ["[1]", "[1][2]", "", "[2][3]"]
    assert notes.texts == ["b", "a", "c"]


def test_a_note_given_twice_is_marked_once() -> None:
    assert Notes().marks(["a", "a"]) == "[1]"
