from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from npqstats.catalogue import lock
from npqstats.catalogue.lock import Lock, LockedFile, LockedRelease, PassedOver
from npqstats.errors import DataError
from npqstats.store import manifest
from npqstats.store.coverage import excerpts
from tests.conftest import PUBLISHED, told

LINE = LockedFile(
    name="2024-25/npq_workforce.csv",
    release="2024-25",
    dataset="npq-workforce",
    id="ab82133c-7624-4130-a336-c0e0cfa97e34",
    sha256="0" * 64,
    bytes=490,
    rows=12,
    rows_expected=12,
    fetched_at=datetime(2026, 7, 9, 8, 30, tzinfo=UTC),
    url="https://example.org/csv",
)
RELEASE = LockedRelease(
    name="2025-26",
    published="2026-07-09T08:30:00Z",
    status="Official statistics in development",
    updated="2026-09-03T08:30:00.123Z",
    note="2026-09-03: A made-up note.",
)


def write(raw: Path, held: Lock) -> None:
    (raw / lock.NAME).write_text(lock.text(held), "utf-8")


def test_a_lock_that_is_written_is_read_the_same(tmp_path: Path) -> None:
    passed = PassedOver(release="2024-25", id="made-up", title="ECF", why="early career framework")
    bare = LockedFile(name="2022-23/x.csv", release="2022-23", dataset="npq-participants", sha256="f" * 64, bytes=0)
    held = Lock().updated([LINE, bare], [passed], [RELEASE])
    write(tmp_path, held)
    assert lock.load(tmp_path) == held
    assert lock.held(tmp_path).files == held.files
    assert [path.name for path in tmp_path.iterdir()] == ["raw.lock"]


def test_the_same_lines_give_the_same_text_in_whatever_order() -> None:
    other = replace(LINE, name="2022-23/a.csv")
    assert lock.text(Lock().updated([LINE, other])) == lock.text(Lock().updated([other, LINE]))


def test_no_lock_is_no_lines(tmp_path: Path) -> None:
    assert lock.load(tmp_path) is None
    assert lock.held(tmp_path).files == {}


def test_a_note_of_many_lines_and_signs_stays_on_its_line(tmp_path: Path) -> None:
    write(tmp_path, Lock().updated([], [], [replace(RELEASE, note="one\ntwo\tthree\x1b[31m  four")]))
    held = lock.load(tmp_path)
    assert held is not None
    assert held.releases[RELEASE.name].note == "one two three [31m four"


def test_line_ends_of_windows_are_read(tmp_path: Path) -> None:
    write(tmp_path, Lock().updated([LINE]))
    file = tmp_path / lock.NAME
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert lock.held(tmp_path).files == {LINE.name: LINE}


def test_the_lines_of_a_release_are_its_own(tmp_path: Path) -> None:
    held = Lock().updated([LINE, replace(LINE, name="2024-25.1/x.csv", release="2024-25.1")])
    assert [line.name for line in held.of("2024-25")] == [LINE.name]


@pytest.mark.parametrize(
    "name",
    ["2024-25/two  spaces.csv", "#1.csv", "2024-25/100%25.csv", "2024-25/tab\tand\nline.csv", "2024-25/ä\u2028.csv"],
)
def test_whatever_a_file_is_called_it_keeps_its_name(tmp_path: Path, name: str) -> None:
    write(tmp_path, Lock().updated([replace(LINE, name=name)]))
    assert list(lock.held(tmp_path).files) == [name]


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("\t490\t", "\tmany\t", "'many' is not a whole number"),
        ("\t490\t", "\t-490\t", "'-490' is not a whole number"),
        ("0" * 64, "0" * 63, "is not a SHA-256"),
        ("2026-07-09T08:30:00Z", "9 July", "'9 July' is not a time"),
        ("2024-25/npq_workforce.csv", "../npq_workforce.csv", "is not the path of a file under data/raw/"),
        ("2024-25/npq_workforce.csv", "/etc/passwd", "is not the path of a file under data/raw/"),
        ("2024-25/npq_workforce.csv", "2024-25//x.csv", "is not the path of a file under data/raw/"),
        ("\thttps://example.org/csv", "", "9 fields instead of 10"),
        ("2024-25/npq_workforce.csv\t", "<<<<<<< HEAD\n2024-25/npq_workforce.csv\t", "1 fields instead of 10"),
    ],
)
def test_a_bad_line_is_refused_with_its_number_and_text(tmp_path: Path, old: str, new: str, why: str) -> None:
    write(tmp_path, Lock().updated([LINE]))
    file = tmp_path / lock.NAME
    file.write_text(file.read_text("utf-8").replace(old, new, 1), "utf-8")
    with pytest.raises(DataError) as error:
        lock.load(tmp_path)
    situation, hint = told(error)
    assert situation.startswith("data/raw/raw.lock:8: ")
    assert why in situation
    assert new.strip().split("\n")[0][:20] in situation or not new
    assert "version control" in hint


def test_a_file_that_is_listed_twice_is_refused(tmp_path: Path) -> None:
    write(tmp_path, Lock().updated([LINE]))
    file = tmp_path / lock.NAME
    file.write_text(file.read_text("utf-8") + file.read_text("utf-8"), "utf-8")
    with pytest.raises(DataError, match="is listed twice"):
        lock.load(tmp_path)


def test_the_lock_of_the_published_rows_names_every_file_and_no_date_of_fetching() -> None:
    lines = lock.held(PUBLISHED).files
    assert set(lines) == {path.relative_to(PUBLISHED).as_posix() for path in PUBLISHED.rglob("*.csv")}
    for name, line in lines.items():
        assert (line.sha256, line.bytes) == (
            manifest.sha256(PUBLISHED / name),
            (PUBLISHED / name).stat().st_size,
        )
        assert (line.fetched_at, line.url) == (None, "")


def test_the_rows_of_the_program_are_known_by_their_hashes() -> None:
    assert len(excerpts()) == 7


def test_a_lock_of_an_earlier_version_is_read(tmp_path: Path) -> None:
    fields = ("release", "dataset", "id", "sha256", "bytes", "rows", "fetched_at", "url")
    header = "\t".join(["# name", *fields, "last_modified", "etag", "updated", "note"])
    row = "\t".join([LINE.name, *["2024-25", "npq-workforce", "made-up"], "0" * 64, "490", "12", *"-----", "A note."])
    (tmp_path / lock.NAME).write_text(f"{header}\n{row.replace(chr(9) + '-' * 1, chr(9) + '-', 1)}\n", "utf-8")
    (line,) = lock.held(tmp_path).files.values()
    assert (line.rows, line.rows_expected, line.is_cut_short) == (12, None, False)


def test_a_field_that_is_not_known_is_refused(tmp_path: Path) -> None:
    (tmp_path / lock.NAME).write_text("# name\tsha256\tmood\nx.csv\t" + "0" * 64 + "\tgood\n", "utf-8")
    with pytest.raises(DataError, match="the field 'mood' is not known"):
        lock.load(tmp_path)


def test_fewer_rows_than_expected_are_cut_short() -> None:
    assert not LINE.is_cut_short
    assert replace(LINE, rows=11).is_cut_short
    assert not replace(LINE, rows=11, rows_expected=None).is_cut_short


def test_a_release_that_the_catalogue_lacks_has_the_date_and_status_of_the_lock(tmp_path: Path) -> None:
    write(tmp_path, Lock().updated([], [], [RELEASE, replace(RELEASE, name="2024-25", published="2020-01-01")]))
    found = lock.release("2025-26", tmp_path)
    assert (found.published, found.status) == (date(2026, 7, 9), "Official statistics in development")
    assert lock.release("2024-25", tmp_path).published == date(2025, 7, 10)
    assert lock.release("2026-27", tmp_path).published is None


def test_a_correction_is_dated_by_its_last_change(tmp_path: Path) -> None:
    write(tmp_path, Lock().updated([], [], [replace(RELEASE, name="2024-25.1")]))
    assert lock.release("2024-25.1", tmp_path).published == date(2026, 9, 3)
