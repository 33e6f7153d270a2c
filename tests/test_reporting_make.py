from __future__ import annotations

import errno
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock

from npqstats.analysis.places import Place
from npqstats.errors import DataError, UsageError
from npqstats.project import Project, bundled
from npqstats.report import assemble, make, outputs, state
from npqstats.report.make import report
from npqstats.store.build import build
from tests.analysis_fixtures import root
from tests.conftest import WORKFORCE, told
from tests.frozen import PUBLISHED
from tests.reports import NAME, Told, content

Asked = tuple[str, str | None]
"""A release and the name of a place."""
DRAWN = {"index.html": b"page", "report.md": b"text", "charts/a.svg": b"chart", "tables/a.csv": b"table"}


@pytest.fixture
def project(published: Project, tmp_path: Path) -> Project:
    """The published rows, built, and no report of them."""
    place = tmp_path / "project"
    shutil.copytree(root(published) / "data", place / "data", symlinks=True)
    return Project(place / "data" / "raw", place / "data" / "processed")


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[Asked]:
    """What would have been drawn; four small files stand for what takes seconds to make."""
    asked: list[Asked] = []

    def put_together(_: Project, release: str, place: Place | None) -> None:
        asked.append((release, place.name if place else None))

    monkeypatch.setattr(assemble, "assemble", put_together)
    monkeypatch.setattr(outputs, "outputs", lambda *_: DRAWN)
    return asked


def test_a_report_holds_what_is_promised_and_a_manifest_of_it(published_written: Told) -> None:
    files = content(published_written.folder)
    assert {"index.html", "report.md", "workbook.xlsx", "manifest.json"} <= files.keys()
    for folder, suffixes in {"tables": [".csv"], "charts": [".svg", ".png", ".alt.txt", ".csv"]}.items():
        names = [name for name in files if name.startswith(f"{folder}/")]
        stems = {name.partition(".")[0] for name in names}
        assert sorted(names) == sorted(stem + suffix for stem in stems for suffix in suffixes)
        assert stems
    made = state.read(published_written.folder)
    assert made is not None
    assert made.outputs == state.hashed({name: file for name, file in files.items() if name != "manifest.json"})
    assert [*made.outputs] == published_written.written.files
    assert made.command == "npqstats report 2024-25"


def test_the_manifest_names_every_raw_file_by_its_hash(published_written: Told, published: Project) -> None:
    made = state.read(published_written.folder)
    assert made is not None
    assert made.inputs == state.inputs(published)
    assert len(made.inputs) == len([*PUBLISHED.rglob("*.csv"), PUBLISHED / "raw.lock"])


def test_a_report_stands_beside_the_data_under_the_name_of_its_release(
    published_written: Told, published: Project
) -> None:
    assert published_written.folder == root(published) / "reports" / NAME
    assert sorted(path.name for path in published_written.folder.parent.iterdir()) == [NAME]


def test_progress_tells_of_every_chart_while_it_is_drawn(full_written: Told) -> None:
    charts = len(list((full_written.folder / "charts").glob("*.svg")))
    assert full_written.steps == [("charts", done, charts) for done in range(charts + 1)]


def test_nothing_in_a_report_names_the_machine_that_made_it(full_written: Told, full: Project) -> None:
    for name, file in content(full_written.folder).items():
        assert str(root(full)).encode() not in file, name
        assert str(Path.home()).encode() + b"/" not in file, name


def test_a_second_report_writes_and_draws_nothing(project: Project, drawn: list[Asked]) -> None:
    first = report(project=project)
    before = {path: path.stat().st_mtime_ns for path in root(project).rglob("*")}
    second = report(project=project)
    assert (first.did_write, second.did_write) == (True, False)
    assert (second.reasons, second.files) == ([], first.files)
    assert len(drawn) == 1
    assert {path: path.stat().st_mtime_ns for path in root(project).rglob("*")} == before


def test_a_report_is_written_anew_when_its_rows_change(project: Project, drawn: list[Asked]) -> None:
    report(project=project)
    (project.raw / NAME / "npq_workforce.csv").write_bytes(WORKFORCE)
    build(project, accept=True)
    again = report(project=project)
    assert again.did_write
    assert again.reasons == ["data/raw/2024-25/npq_workforce.csv has changed.", "data/raw/raw.lock has changed."]
    assert report(project=project).reasons == []


def test_a_report_that_another_hand_changed_is_made_whole(project: Project, drawn: list[Asked]) -> None:
    place = report(project=project).folder
    (place / "report.md").unlink()
    (place / "index.html").write_bytes(b"other")
    assert len(report(project=project).reasons) == 2
    assert content(place).items() >= DRAWN.items()


def test_a_check_writes_nothing_whatever_stands(project: Project, drawn: list[Asked]) -> None:
    def everything() -> dict[Path, int]:
        return {path: path.stat().st_mtime_ns for path in root(project).rglob("*")}

    before = everything()
    answer = report(project=project, check=True)
    place = root(project) / "reports" / NAME
    assert (answer.did_write, answer.reasons) == (False, [f"There is no report in {place}."])
    assert everything() == before
    report(project=project)
    (place / "report.md").write_bytes(b"other")
    before = everything()
    answer = report(project=project, check=True)
    assert (answer.did_write, answer.reasons) == (False, [f"{place / 'report.md'} was changed by another hand."])
    assert everything() == before


def test_a_check_needs_no_build_and_makes_none(tmp_path: Path) -> None:
    shutil.copytree(PUBLISHED, tmp_path / "data" / "raw")
    answer = report(project=tmp_path, check=True)
    assert answer.reasons == [f"There is no report in {tmp_path / 'reports' / NAME}."]
    assert not (tmp_path / "data" / "processed").exists()


def test_a_report_may_go_elsewhere(project: Project, drawn: list[Asked], tmp_path: Path) -> None:
    place = tmp_path / "a" / "b"
    assert report(project=project, out=place).folder == place
    assert content(place).keys() == {*DRAWN, "manifest.json"}
    assert not (root(project) / "reports").exists()


def test_the_report_of_the_bundled_rows_goes_where_the_user_is(
    drawn: list[Asked], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert report(project=bundled()).folder == Path("reports") / NAME
    assert content(tmp_path / "reports" / NAME).keys() == {*DRAWN, "manifest.json"}


@pytest.mark.parametrize("area", ["Made-up Borough 020", "made up borough 020", "E06900020"])
def test_the_report_of_an_area_has_a_folder_and_a_command_of_its_own(
    full: Project, drawn: list[Asked], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, area: str
) -> None:
    monkeypatch.setattr(make, "_home", lambda _: tmp_path)
    made = report(NAME, area=area, project=full)
    assert made.folder == tmp_path / "2024-25-made-up-borough-020"
    assert drawn == [(NAME, "Made-up Borough 020")]
    stands = state.read(made.folder)
    assert stands is not None
    assert stands.command == "npqstats report 2024-25 --area E06900020"
    assert report(NAME, area=area, project=full, check=True).reasons == []


def test_the_area_of_the_whole_nation_is_no_area(full: Project, drawn: list[Asked], tmp_path: Path) -> None:
    made = report(NAME, area="England", project=full, out=tmp_path / "report")
    stands = state.read(made.folder)
    assert stands is not None
    assert stands.command == "npqstats report 2024-25"


def test_an_area_that_is_not_known_is_met_with_the_nearest_names(full: Project, tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        report(NAME, area="Made-up Borogh 02", project=full, out=tmp_path / "report")
    message, hint = told(caught)
    assert message == "There is no area 'Made-up Borogh 02'."
    assert hint.startswith("Did you mean Made-up Borough ")
    assert list(tmp_path.iterdir()) == []


def test_an_area_without_rows_is_one_error(project: Project) -> None:
    with pytest.raises(UsageError, match="no totals of London for 2023/24 and 2024/25 in the rows"):
        report(NAME, area="London", project=project)
    assert not (root(project) / "reports").exists()


@pytest.mark.parametrize("check", [True, False])
@pytest.mark.parametrize("release", ["1999-00", "2022-23.7"])
def test_a_release_that_is_not_here_is_met_with_those_that_are(project: Project, release: str, check: bool) -> None:
    with pytest.raises(UsageError) as caught:
        report(release, project=project, check=check)
    message, hint = told(caught)
    assert message == f"There is no release {release!r} here."
    assert hint.startswith("Releases here: 2024-25, 2023-24, ")
    assert not (root(project) / "reports").exists()


@pytest.mark.parametrize("check", [True, False])
@pytest.mark.parametrize(
    "release",
    [
        *("../x", "/etc", "/", "..", ".", "", " ", "2024-25/../../x", "2024-25/..", "../2024-25", "x_2024-25"),
        *("2024-25\x00", "2024-25\n2024-25", "2024", "latest", "reported", "none", "2024-25;rm", "~", "2024-25*"),
    ],
)
def test_a_name_that_no_release_can_have_touches_no_folder(project: Project, release: str, check: bool) -> None:
    before = sorted(root(project).parent.rglob("*"))
    with pytest.raises(UsageError) as caught:
        report(release, project=project, check=check)
    assert told(caught) == (f"{release!r} is not the name of a release.", "Write it as 2024-25.")
    assert sorted(root(project).parent.rglob("*")) == before


@pytest.mark.parametrize("release", ["2024-25", "2024/25", " 2024-25 "])
def test_a_release_may_be_written_with_a_stroke(project: Project, drawn: list[Asked], release: str) -> None:
    assert report(release, project=project).folder.name == NAME


def test_a_project_without_any_release_is_one_error(tmp_path: Path) -> None:
    (tmp_path / "data" / "raw").mkdir(parents=True)
    with pytest.raises(DataError, match="no published file"):
        report(project=tmp_path)
    with pytest.raises(UsageError, match="no figures of any release"):
        report(project=tmp_path, check=True)


def test_a_folder_that_holds_other_files_is_left_alone(project: Project, drawn: list[Asked], tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "manifest.json").write_text('{"name": "my own app"}')
    with pytest.raises(UsageError, match=r"holds what no report wrote: manifest\.json\."):
        report(project=project, out=tmp_path / "mine")
    assert content(tmp_path / "mine") == {"manifest.json": b'{"name": "my own app"}'}
    assert drawn == []


def test_a_note_left_in_a_report_is_not_lost_with_it(project: Project, drawn: list[Asked]) -> None:
    place = report(project=project).folder
    (place / "notes.txt").write_text("mine")
    (place / "report.md").unlink()
    with pytest.raises(UsageError, match=r"holds what no report wrote: notes\.txt\."):
        report(project=project)
    assert (place / "notes.txt").read_text() == "mine"


@pytest.mark.parametrize("error", [KeyboardInterrupt, MemoryError, ZeroDivisionError])
def test_what_interrupts_the_drawing_leaves_the_report_that_stood(
    project: Project, drawn: list[Asked], monkeypatch: pytest.MonkeyPatch, error: type[BaseException]
) -> None:
    place = report(project=project).folder
    (place / "report.md").write_bytes(b"other")
    before = content(place)

    def broken(*_: object) -> None:
        raise error

    monkeypatch.setattr(outputs, "outputs", broken)
    with pytest.raises(error):
        report(project=project)
    assert content(place) == before
    assert [path.name for path in place.parent.iterdir()] == [NAME]


def test_a_full_disk_is_one_error_and_leaves_the_report_that_stood(
    project: Project, drawn: list[Asked], monkeypatch: pytest.MonkeyPatch
) -> None:
    place = report(project=project).folder
    (place / "report.md").write_bytes(b"other")
    before = content(place)

    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_bytes", full)
        with pytest.raises(DataError, match=r"cannot be written: No space left on device\."):
            report(project=project)
    assert content(place) == before
    assert report(project=project).did_write


def test_a_project_that_cannot_be_written_can_have_its_report_elsewhere(
    project: Project, drawn: list[Asked], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    monkeypatch.setattr(FileLock, "acquire", refused)
    assert report(project=project, out=tmp_path / "report").did_write


def python(code: str, *words: str) -> subprocess.Popen[str]:
    """Begin another process that makes a report, after some code of the test's own."""
    drawn = f"assemble.assemble, outputs.outputs = (lambda *_: None), (lambda *_: {DRAWN!r})"
    modules = [
        "import sys",
        "from npqstats.report import assemble, outputs",
        "from npqstats.report.make import report",
    ]
    program = "\n".join([*modules, drawn, code])
    return subprocess.Popen(
        [sys.executable, "-c", program, *words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )


REPORT = """
made = report(project=sys.argv[1], say=lambda words: print(words, flush=True))
print(made.did_write)
"""


@pytest.mark.slow
def test_of_two_reports_at_once_the_second_waits_and_finds_nothing_to_do(project: Project) -> None:
    pause = """
def draw(*_):
    print("half-way", flush=True)
    input()
    return DRAWN
DRAWN, outputs.outputs = outputs.outputs(), draw
"""
    first = python(pause + REPORT, str(root(project)))
    assert first.stdout is not None
    assert first.stdout.readline() == "half-way\n"
    second = python(REPORT, str(root(project)))
    assert second.stdout is not None
    assert second.stdout.readline() == "Another report is being written here; waiting for it.\n"
    assert first.communicate("\n") == ("True\n", "")
    assert second.communicate() == ("False\n", "")
    place = root(project) / "reports" / NAME
    assert content(place).items() >= DRAWN.items()


@pytest.mark.slow
@pytest.mark.parametrize("owner", ["outputs.outputs", "folder.write", "folder._take_the_place"])
def test_a_killed_report_leaves_the_one_before_and_the_next_one_finishes(
    project: Project, drawn: list[Asked], owner: str
) -> None:
    place = report(project=project).folder
    (place / "report.md").write_bytes(b"other")
    before = content(place)
    kill = f"""
import os, signal
from npqstats.report import folder
{owner} = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
"""
    process = python(kill + REPORT, str(root(project)))
    process.communicate()
    assert process.returncode == -signal.SIGKILL
    assert content(place) == before
    assert report(project=project).did_write
    assert [path.name for path in place.parent.iterdir()] == [NAME]
    assert report(project=project, check=True).reasons == []
