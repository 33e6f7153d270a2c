from __future__ import annotations

import os
import stat
from pathlib import Path

import polars as pl
import pytest

from npqstats.errors import DataError, UsageError
from npqstats.tables import output
from npqstats.tables.table import Column, Document, Entry, Kind, Row, Table

TABLE = Table(
    title="Title",
    columns=(Column(header="a", kind=Kind.NUMBER),),
    rows=(Row(entries=(Entry(text="1.3", value=1.25),)),),
    notes=("A note.",),
)
DOCUMENT = Document(kind="list", table=TABLE, make_frame=lambda: pl.DataFrame({"a": [1.25]}))


@pytest.mark.parametrize(
    ("name", "out", "found"),
    [
        (None, None, "table"),
        (None, "x.csv", "csv"),
        (None, "x.JSON", "json"),
        (None, "x.md", "markdown"),
        (None, "x.parquet", "parquet"),
        (None, "x.txt", "table"),
        (None, "x.html", "html"),
        (None, "x.xlsx", "xlsx"),
        ("csv", "x.json", "csv"),
    ],
)
def test_the_format_is_as_named_else_as_the_suffix_says(
    tmp_path: Path, name: str | None, out: str | None, found: str
) -> None:
    assert output.chosen(name, str(tmp_path / out) if out else None) == found


def test_an_unknown_format_names_the_known_ones() -> None:
    with pytest.raises(UsageError) as caught:
        output.chosen("xls", None)
    assert caught.value.hint == "Did you mean xlsx?"


def test_an_empty_file_name_is_refused_as_such() -> None:
    with pytest.raises(UsageError, match="--out is empty"):
        output.chosen(None, " ")


@pytest.mark.parametrize("out", ["", "no/such/folder/x.csv"])
def test_a_file_that_cannot_be_there_is_refused_before_any_work(tmp_path: Path, out: str) -> None:
    with pytest.raises(UsageError, match=r"is a folder|in a folder that does not exist"):
        output.chosen(None, str(tmp_path / out))


@pytest.mark.parametrize("name", output.FORMATS)
def test_a_file_holds_what_the_screen_would(
    tmp_path: Path, name: str, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    out = tmp_path / "answer"
    output.emit(DOCUMENT, name, str(out))
    assert capfdbinary.readouterr() == (b"", b"")
    content = out.read_bytes()
    assert b"1.3" in content or b"1.25" in content or content.startswith((b"PAR1", b"PK"))
    assert list(tmp_path.iterdir()) == [out]
    assert stat.S_IMODE(out.stat().st_mode) == 0o644


def test_a_file_that_stood_there_is_replaced_whole(tmp_path: Path) -> None:
    out = tmp_path / "answer.csv"
    out.write_text("a much longer text that stood here before\n" * 9)
    output.emit(DOCUMENT, "csv", str(out))
    assert out.read_text("utf-8-sig") == "a\n1.25\n"


def test_what_stood_there_stays_when_writing_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "answer.csv"
    out.write_text("before")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(DataError, match="No space left on device") as caught:
        output.emit(DOCUMENT, "csv", str(out))
    assert caught.value.hint.startswith("What was there before is kept.")
    assert out.read_text() == "before"
    assert list(tmp_path.iterdir()) == [out]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_without_leave_to_write_is_a_data_error(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(DataError, match="cannot be written"):
        output.write("text", str(tmp_path / "answer.txt"))


def test_text_goes_to_stdout_when_no_file_is_named(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    output.write("−14,022\n", None)
    assert capfdbinary.readouterr() == ("−14,022\n".encode(), b"")


def test_a_table_in_a_file_has_no_colours_and_a_width_of_its_own(tmp_path: Path) -> None:
    out = tmp_path / "answer.txt"
    output.emit(DOCUMENT, "table", str(out))
    assert "\x1b" not in out.read_text("utf-8")
    assert "Title" in out.read_text("utf-8")


@pytest.mark.parametrize("out", ["x.foo", "answer", "x.csv.gz", "x.xls"])
def test_a_suffix_that_names_no_format_is_refused_with_those_that_do(tmp_path: Path, out: str) -> None:
    with pytest.raises(UsageError, match="no suffix that names a format") as caught:
        output.chosen(None, str(tmp_path / out))
    assert ".xlsx" in caught.value.hint
    assert output.chosen("csv", str(tmp_path / out)) == "csv"


@pytest.mark.parametrize("name", ["csv", "json", "markdown", "html", "parquet", "xlsx"])
def test_a_dash_is_stdout(name: str, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    output.emit(DOCUMENT, output.chosen(name, "-"), "-")
    out, err = capfdbinary.readouterr()
    assert out == output.written(DOCUMENT, name)
    assert err == b""


@pytest.mark.parametrize("name", ["parquet", "xlsx"])
def test_a_binary_format_is_not_for_the_screen(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    for out in (None, "-"):
        with pytest.raises(UsageError, match="not for the screen") as caught:
            output.chosen(name, out)
        assert f"--out FILE.{name}" in caught.value.hint


def test_notes_are_counted_in_a_text_file_unless_asked_for(tmp_path: Path) -> None:
    out = tmp_path / "answer.txt"
    output.emit(DOCUMENT, "table", str(out))
    assert "1 note: --notes" in out.read_text("utf-8")
    output.emit(DOCUMENT, "table", str(out), notes=True)
    assert "[1] A note." in out.read_text("utf-8")


def test_every_format_but_the_table_says_its_notes() -> None:
    for name in ("markdown", "html", "json"):
        assert b"A note." in output.written(DOCUMENT, name)
