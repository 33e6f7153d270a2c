"""Files that a person downloaded, landing as those of the service do."""

from __future__ import annotations

import gzip
import zipfile
from pathlib import Path

import httpx
import pytest

from npqstats import build
from npqstats.catalogue import lock
from npqstats.errors import DataError, ServiceError, UsageError
from npqstats.fetch.decide import Action
from tests.conftest import WORKFORCE, told
from tests.fetching import NAMES, Fetching
from tests.stub_service import Stub


def all_files(stub: Stub, path: Path, release: str = "2024-25") -> Path:
    """Download the zip of all files of a release, as a browser does."""
    base = f"{stub.url}/api/publications/teacher-and-leader-development-ecf-and-npqs/releases"
    (version,) = [row["id"] for row in httpx.get(base).json() if row["slug"] == release]
    path.write_bytes(httpx.get(f"{stub.url}/api/releases/{version}/files").content)
    stub.forget()
    return path


def test_the_zip_of_all_files_lands_as_the_service_would(fetching: Fetching, stub: Stub, tmp_path: Path) -> None:
    (result,) = fetching(source=all_files(stub, tmp_path / "download.zip"), offline=True)
    assert result.edition == "2024-25"
    assert len(result.passed_over) == 3
    assert fetching.tables() == [f"2024-25/{name}" for name in NAMES]
    assert stub.requests == []
    lines = lock.held(fetching.project.raw).files
    assert lines["2024-25/npq_participants.csv"].id == "79418e7a-43e1-495d-afaa-f1253a2fb601"
    assert {line.url for line in lines.values()} == {""}
    assert all(line.fetched_at for line in lines.values())
    build(fetching.project, frozen=True)
    before = fetching.files()
    assert {done.action for done in fetching()[0].files} == {Action.KEEP}
    after = fetching.files()
    assert {name: after[name] for name in fetching.tables()} == {name: before[name] for name in fetching.tables()}


def test_an_unpacked_zip_is_a_folder_that_lands_the_same(fetching: Fetching, stub: Stub, tmp_path: Path) -> None:
    with zipfile.ZipFile(all_files(stub, tmp_path / "download.zip", "2023-24")) as archive:
        archive.extractall(tmp_path / "unpacked")
    (result,) = fetching(source=tmp_path / "unpacked")
    assert result.edition == "2023-24"
    assert fetching.tables() == [f"2023-24/{name}" for name in NAMES]


@pytest.mark.parametrize("name", ["made_up.csv", "made_up.csv.gz", "MADE UP (1).CSV"])
def test_a_single_file_lands_when_its_release_is_given(fetching: Fetching, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(gzip.compress(WORKFORCE) if name.endswith(".gz") else WORKFORCE)
    fetching(source=tmp_path / name, release="2024/25")
    assert fetching.files()["2024-25/npq_workforce.csv"] == WORKFORCE


def test_a_folder_or_zip_that_is_named_for_its_release_says_it(fetching: Fetching, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "teacher-and-leader-development-ecf-and-npqs_2023-24.zip", "w") as archive:
        archive.writestr("data/workforce.csv", WORKFORCE)
    fetching(source=tmp_path / "teacher-and-leader-development-ecf-and-npqs_2023-24.zip")
    assert fetching.tables() == ["2023-24/npq_workforce.csv"]


def test_files_that_do_not_say_their_release_are_refused_with_the_way_to_say_it(
    fetching: Fetching, tmp_path: Path
) -> None:
    (tmp_path / "made_up.csv").write_bytes(WORKFORCE)
    with pytest.raises(UsageError, match="does not say which release it is of") as error:
        fetching(source=tmp_path / "made_up.csv")
    assert "--as 2024-25" in told(error)[1]


def test_a_release_that_is_not_the_one_of_the_data_guidance_is_refused(
    fetching: Fetching, stub: Stub, tmp_path: Path
) -> None:
    download = all_files(stub, tmp_path / "download.zip", "2023-24")
    with pytest.raises(UsageError, match="says 2023-24, and --as says 2024-25"):
        fetching(source=download, release="2024-25")
    assert fetching.files() == {}
    assert fetching(source=download, release="2023-24")[0].edition == "2023-24"


def test_a_zip_that_cannot_be_read_is_told_as_such_whatever_its_name(fetching: Fetching, tmp_path: Path) -> None:
    (tmp_path / "download.zip").write_bytes(b"PK no zip")
    with pytest.raises(DataError, match="not a readable zip"):
        fetching(source=tmp_path / "download.zip")


def test_a_corrected_file_from_a_browser_makes_a_whole_edition(fetching: Fetching, stub: Stub, tmp_path: Path) -> None:
    fetching()
    corrected = tmp_path / "made_up.csv"
    content = (fetching.project.raw / "2024-25" / "npq_workforce.csv").read_bytes()
    header, _, *rest = content.splitlines(keepends=True)
    corrected.write_bytes(b"".join([header, *rest]))
    (result,) = fetching(source=corrected, release="2024-25")
    assert result.edition == "2024-25.1"
    (moved,) = result.revisions
    assert (moved.dataset, moved.added, moved.removed, moved.changed) == ("npq-workforce", 0, 3, 0)
    assert fetching.tables() == [f"{edition}/{name}" for edition in ("2024-25", "2024-25.1") for name in NAMES]
    build(fetching.project, frozen=True)


@pytest.mark.parametrize("member", ["../outside.csv", "/outside.csv", "data/../../outside.csv", "data\\..\\..\\x.csv"])
def test_members_that_point_outside_the_zip_do_no_harm(fetching: Fetching, tmp_path: Path, member: str) -> None:
    source = tmp_path / "inside" / "all_2024-25.zip"
    source.parent.mkdir()
    with zipfile.ZipFile(source, "w") as archive:
        archive.writestr("data/workforce.csv", WORKFORCE)
        archive.writestr(member, WORKFORCE)
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(DataError, match="points outside the zip"):
        fetching(source=source)
    assert fetching.files() == {}
    assert [path for path in sorted(tmp_path.rglob("*")) if fetching.root not in (path, *path.parents)] == before


def test_the_hostile_zip_of_the_stub_does_no_harm(fetching: Fetching, stub: Stub, tmp_path: Path) -> None:
    stub.set(hostile_zip=True)
    with pytest.raises(DataError, match="points outside the zip"):
        fetching(source=all_files(stub, tmp_path / "download.zip"))
    assert fetching.files() == {}


def test_a_zip_bomb_is_refused_before_it_is_unpacked(fetching: Fetching, tmp_path: Path) -> None:
    source = tmp_path / "all_2024-25.zip"
    with zipfile.ZipFile(source, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("data/huge.csv", bytes(64 << 20))
    with pytest.raises(DataError, match="which no release does") as error:
        fetching(source=source)
    assert told(error)[0].startswith(str(source))
    assert fetching.files() == {}


def test_a_gzip_bomb_is_cut_off(fetching: Fetching, tmp_path: Path) -> None:
    (tmp_path / "made_up.csv.gz").write_bytes(gzip.compress(bytes(64 << 20)))
    with pytest.raises(DataError, match="which no release does"):
        fetching(source=tmp_path / "made_up.csv.gz", release="2024-25")
    assert fetching.files() == {}


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("x.zip", b"no zip", "not a readable zip"),
        ("x.csv", b"a,b\n1,2\n", "holds no data set about NPQs"),
        ("x.csv", WORKFORCE.replace(b"npq_participants", b"npq_people"), "mapped but absent: npq_participants"),
        ("x.csv", WORKFORCE + b"\xff", "not UTF-8"),
        ("x.csv", b"", "is empty"),
    ],
)
def test_files_that_do_not_fit_are_refused(
    fetching: Fetching, tmp_path: Path, name: str, content: bytes, why: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(DataError, match=why):
        fetching(source=tmp_path / name, release="2024-25")
    assert fetching.files() == {}


def test_what_is_not_there_or_no_table_is_refused(fetching: Fetching, tmp_path: Path) -> None:
    (tmp_path / "x.pdf").write_bytes(b"%PDF")
    (tmp_path / "empty").mkdir()
    for source, why in (("nowhere.csv", "no file"), ("x.pdf", "not a CSV"), ("empty", "holds no CSV")):
        with pytest.raises((UsageError, DataError), match=why):
            fetching(source=tmp_path / source, release="2024-25")


def test_two_files_of_the_same_data_set_are_refused(fetching: Fetching, tmp_path: Path) -> None:
    for name in ("one.csv", "two.csv"):
        (tmp_path / name).write_bytes(WORKFORCE)
    with pytest.raises(DataError, match="both hold npq-workforce"):
        fetching(source=tmp_path, release="2024-25")
    assert fetching.files() == {}


def test_an_earlier_edition_that_is_downloaded_once_more_is_known_again(
    fetching: Fetching, stub: Stub, tmp_path: Path
) -> None:
    source = all_files(stub, tmp_path / "download.zip")
    fetching()
    stub.set("amended")
    fetching()
    before = fetching.files()
    (result,) = fetching(source=source)
    assert (result.edition, {done.action for done in result.files}) == ("2024-25", {Action.KEEP})
    assert fetching.files() == before


def test_a_download_that_was_cut_short_never_replaces_the_whole_file(fetching: Fetching, tmp_path: Path) -> None:
    fetching()
    before = fetching.files()
    rows = before["2024-25/npq_workforce.csv"].splitlines(keepends=True)
    (tmp_path / "made_up.csv").write_bytes(b"".join(rows[:-1]))
    with pytest.raises(DataError, match="is cut short: it has the first 11 of the 12 rows"):
        fetching(source=tmp_path / "made_up.csv", release="2024-25")
    assert fetching.files() == before


def test_a_download_that_was_cut_short_is_in_the_lock_as_such_and_completed_later(
    fetching: Fetching, tmp_path: Path
) -> None:
    (tmp_path / "made_up.csv").write_bytes(WORKFORCE)
    fetching(source=tmp_path / "made_up.csv", release="2024-25")
    line = lock.held(fetching.project.raw).files["2024-25/npq_workforce.csv"]
    assert (line.rows, line.rows_expected) == (3, 12)
    (result,) = fetching()
    assert result.edition == "2024-25"
    assert lock.held(fetching.project.raw).files["2024-25/npq_workforce.csv"].rows == 12


def test_the_data_guidance_says_which_levels_and_years_a_file_has(
    fetching: Fetching, stub: Stub, tmp_path: Path
) -> None:
    with zipfile.ZipFile(all_files(stub, tmp_path / "download.zip", "2023-24")) as archive:
        archive.extractall(tmp_path / "unpacked")
    (path,) = (tmp_path / "unpacked" / "data").glob("npq_participants*.csv")
    rows = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text("".join(row for row in rows if "202324" not in row), "utf-8")
    with pytest.raises(ServiceError, match="is cut short: DfE says that it has rows for 2023/24"):
        fetching(source=tmp_path / "unpacked")
    assert not fetching.project.raw.exists()
