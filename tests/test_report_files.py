"""The files of a report: what is written, when it is out of date, and that nothing else is touched."""

from __future__ import annotations

import errno
import io
import os
import pickle
import re
import shutil
import zipfile
from pathlib import Path

import pytest

from npqstats.errors import DataError, UsageError
from npqstats.project import Project, bundled
from npqstats.report import assemble, job, stale
from npqstats.report import folder as pages
from npqstats.report.contents import Report
from npqstats.report.job import Job
from npqstats.report.make import report, reports
from npqstats.store.build import build, ready
from tests.analysis_fixtures import root, small
from tests.conftest import WORKFORCE
from tests.reports import COMMAND, NAME, content

FILES = {"index.html": b"page", "provenance.html": b"cells", "tables/a.csv": b"table"}


@pytest.fixture
def project(published: Project, tmp_path: Path) -> Project:
    """The published rows, built, and no report of them."""
    place = tmp_path / "project"
    shutil.copytree(root(published) / "data", place / "data", symlinks=True)
    return Project(place / "data" / "raw", place / "data" / "processed")


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The commands of the reports that would have been drawn: three small files stand for what takes seconds."""
    asked: list[str] = []
    monkeypatch.setattr(assemble, "assemble", lambda _, command: asked.append(command))
    monkeypatch.setattr(pages, "contents", lambda *_: FILES)
    return asked


def test_a_report_holds_its_files_and_a_manifest_of_them(published_folder: Path, published: Project) -> None:
    here = content(published_folder)
    assert {"index.html", "provenance.html", "report.md", "workbook.xlsx", "manifest.json"} <= here.keys()
    for folder, suffixes in {"tables": [".csv"], "charts": [".svg", ".png", ".alt.txt", ".csv"]}.items():
        names = [name for name in here if name.startswith(f"{folder}/")]
        stems = {name.partition(".")[0] for name in names}
        assert stems
        assert sorted(names) == sorted(stem + suffix for stem in stems for suffix in suffixes)
    made = stale.read(published_folder)
    assert made is not None
    assert made.command == COMMAND
    assert made.inputs == stale.inputs(published)
    assert made.outputs == stale.hashed({name: file for name, file in here.items() if name != stale.NAME})


def test_the_same_rows_make_the_same_bytes(published_folder: Path, published: Project, tmp_path: Path) -> None:
    assert content(report(project=published, out=tmp_path / "again").folder) == content(published_folder)


def test_an_area_among_others_has_the_same_bytes_as_alone(region_folder: Path, full: Project, tmp_path: Path) -> None:
    *_, london = reports(NAME, areas=["South East", "London"], project=full, out=tmp_path)
    assert content(london.folder) == content(region_folder)


def test_nothing_in_a_report_names_the_machine_that_made_it(full_folder: Path, full: Project) -> None:
    for name, file in content(full_folder).items():
        assert str(root(full)).encode() not in file, name
        assert str(Path.home()).encode() + b"/" not in file, name


def test_an_up_to_date_report_is_not_drawn_again(project: Project, drawn: list[str]) -> None:
    assert report(project=project).did_write
    before = {path: path.stat().st_mtime_ns for path in root(project).rglob("*")}
    again = report(project=project)
    assert (again.did_write, again.reasons, drawn) == (False, (), [COMMAND])
    assert {path: path.stat().st_mtime_ns for path in root(project).rglob("*")} == before


def test_a_report_is_written_anew_when_its_rows_change(project: Project, drawn: list[str]) -> None:
    report(project=project)
    (project.raw / NAME / "npq_workforce.csv").write_bytes(WORKFORCE)
    build(project, accept=True)
    again = report(project=project)
    assert again.did_write
    assert again.reasons == ("data/raw/2024-25/npq_workforce.csv has changed.", "data/raw/raw.lock has changed.")
    assert report(project=project).reasons == ()


def test_a_report_is_stale_by_version_command_or_an_edited_file(project: Project, drawn: list[str]) -> None:
    folder = report(project=project).folder
    made = stale.read(folder)
    assert made is not None
    now = stale.inputs(project)
    assert stale.reasons(folder, now, COMMAND) == []
    assert stale.reasons(folder, now, "npqstats report 2024-25 --area London") == [
        f"The report was made by another command: {COMMAND}."
    ]
    (folder / "index.html").write_bytes(b"other")
    (folder / "tables" / "a.csv").unlink()
    assert stale.reasons(folder, now, COMMAND) == [
        f"{folder / 'index.html'} was edited after it was written.",
        f"{folder / 'tables/a.csv'} is missing.",
    ]
    made.made_by = "npqstats 0.0.1"
    (folder / stale.NAME).write_bytes(made.text())
    assert stale.reasons(folder, now, COMMAND)[0].startswith("The report was made by npqstats 0.0.1; this is npqstats ")
    assert content(report(project=project).folder).items() >= FILES.items()


@pytest.mark.parametrize("text", ["", "[]", "{", '{"made_by": "webpack"}', '{"made_by": "npqstats 1", "inputs": 3}'])
def test_a_manifest_of_another_program_is_none_of_ours(text: str, tmp_path: Path) -> None:
    (tmp_path / stale.NAME).write_text(text)
    assert stale.read(tmp_path) is None


def test_a_check_writes_nothing(tmp_path: Path, published: Project) -> None:
    shutil.copytree(published.raw, tmp_path / "data" / "raw")
    before = sorted(tmp_path.rglob("*"))
    answer = report(project=tmp_path, check=True)
    assert answer.reasons == (f"There is no report in {tmp_path / 'reports' / NAME}.",)
    assert sorted(tmp_path.rglob("*")) == before


def test_the_report_of_the_bundled_rows_goes_where_the_user_is(
    drawn: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert report(project=bundled()).folder == Path("reports") / NAME
    assert content(tmp_path / "reports" / NAME).keys() == {*FILES, stale.NAME}


def test_areas_have_a_folder_and_a_command_each(full: Project, drawn: list[str], tmp_path: Path) -> None:
    written = list(reports(NAME, areas=["london", "E12000008"], project=full, out=tmp_path))
    assert [one.folder for one in written] == [tmp_path / "2024-25-london", tmp_path / "2024-25-south-east"]
    assert drawn == [f"{COMMAND} --area London", f"{COMMAND} --area 'South East'"]
    assert not any(one.reasons for one in reports(NAME, areas=["London", "South East"], project=full, out=tmp_path))


def test_each_region_has_its_report(
    full: Project, drawn: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(job, "_WORTH_PROCESSES", 1000)
    written = list(reports(NAME, each="region", project=full, out=tmp_path))
    assert (len(written), len(set(drawn))) == (9, 9)
    assert len(list(reports(NAME, each="local-authority", project=full, out=tmp_path, check=True))) == 153


def authority(code: str, name: str, year: int, starts: int = 100) -> dict[str, object]:
    """Make up a row of a local authority."""
    place = {"geographic_level": "Local authority", "la_name": name, "new_la_code": code}
    return {**place, "time_period": year, "npq_starts": starts}


def test_areas_of_the_same_name_have_folders_by_their_codes(tmp_path: Path, drawn: list[str]) -> None:
    rows = [authority(f"E0699900{code}", "Newtown", year) for code in (1, 2) for year in (202324, 202425)]
    project = ready(small(tmp_path, {"2024-25": [{"time_period": 202324}, {}, *rows]}))
    written = list(reports(each="local-authority", project=project))
    assert sorted(one.folder.name for one in written) == ["2024-25-e06999001", "2024-25-e06999002"]
    assert sorted(drawn) == [f"{COMMAND} --area E06999001", f"{COMMAND} --area E06999002"]


def test_england_is_no_area(full: Project, drawn: list[str], tmp_path: Path) -> None:
    report(NAME, area="England", project=full, out=tmp_path / "report")
    assert drawn == [COMMAND]


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"area": "Lodnon"}, "There is no area 'Lodnon'"),
        ({"area": ""}, "--area is empty"),
        ({"release": "1999-00"}, "There is no release '1999-00' here"),
        ({"release": "../x"}, "is not the name of a release"),
        ({"release": "2024-25/../../x"}, "is not the name of a release"),
        ({"release": "2024-25\x1b[31m"}, "is not the name of a release"),
    ],
)
def test_what_cannot_be_reported_touches_nothing(
    asked: dict[str, str], message: str, project: Project, drawn: list[str]
) -> None:
    before = sorted(root(project).parent.rglob("*"))
    with pytest.raises(UsageError, match=re.escape(message)):
        report(**asked, project=project)  # type: ignore[arg-type] # a release or an area
    assert (sorted(root(project).parent.rglob("*")), drawn) == (before, [])


def test_each_is_a_level_alone_and_needs_its_rows(project: Project) -> None:
    with pytest.raises(UsageError, match="There is no level 'school'"):
        list(reports(each="school", project=project))
    with pytest.raises(UsageError, match="writes a report for every area"):
        list(reports(each="region", areas=["London"], project=project))
    with pytest.raises(UsageError, match="No rows of local authorities are loaded for 2024/25"):
        list(reports(each="local-authority", project=project))


def test_a_folder_that_holds_other_files_is_refused(project: Project, drawn: list[str], tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "manifest.json").write_text('{"name": "my own app"}')
    with pytest.raises(UsageError, match=r"holds files that no report wrote: manifest\.json\."):
        report(project=project, out=mine)
    with pytest.raises(UsageError, match="is a file"):
        report(project=project, out=mine / "manifest.json")
    assert (content(mine), drawn) == ({"manifest.json": b'{"name": "my own app"}'}, [])


def test_the_folder_that_one_is_in_is_refused(
    project: Project, drawn: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    with pytest.raises(UsageError, match="is the folder that you are in"):
        report(project=project, out=".")
    assert drawn == []


def test_a_folder_that_cannot_be_written_keeps_the_old_report(
    project: Project, drawn: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = report(project=project).folder
    (folder / "index.html").write_bytes(b"old")

    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(DataError, match="No space left on device"):
        report(project=project)
    assert (folder / "index.html").read_bytes() == b"old"
    assert [path.name for path in folder.parent.iterdir()] == [NAME]


def test_a_job_crosses_into_another_process(project: Project) -> None:
    one = Job(project=project, release=NAME, area=None, folder=Path("reports"), command=COMMAND)
    assert pickle.loads(pickle.dumps(one)) == one


def test_the_workbook_has_the_cover_the_tables_and_what_explains_them(published_report: Report) -> None:
    with zipfile.ZipFile(io.BytesIO(pages.workbook(published_report))) as book:
        names = re.findall(r'<sheet name="([^"]+)"', book.read("xl/workbook.xml").decode())
        strings = book.read("xl/sharedStrings.xml").decode()
        sheets = "".join(book.read(name).decode() for name in book.namelist() if "worksheets/sheet" in name)
    assert names[:2] == ["Cover", "Contents"]
    assert len(names) >= len(published_report.exhibits) + 4
    for words in (
        published_report.title,
        published_report.lead.text,
        published_report.limits[0],
        "What the words mean",
    ):
        assert words in strings
    assert "<f>" not in sheets


def test_the_markdown_says_what_the_page_says(published_folder: Path, published_report: Report) -> None:
    text = (published_folder / "report.md").read_text("utf-8")
    assert text.startswith(f"# {published_report.title}\n\n**{published_report.lead.text}**\n")
    for name in re.findall(r"\]\((charts/[^)]+)\)", text):
        assert (published_folder / name).is_file()
