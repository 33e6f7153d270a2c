from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from npqstats.charts.chart import KINDS
from npqstats.project import Project
from tests.analysis_fixtures import Run, root

pytestmark = pytest.mark.slow

WRITTEN = (".svg", ".png", ".alt.txt", ".csv")
"""What is written where no suffix is asked for."""
_HOSTILE = """
font.size: 40
font.family: monospace
axes.facecolor: red
savefig.dpi: 20
savefig.bbox: tight
svg.fonttype: path
backend: TkAgg
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which the command is run."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def alone(project: Project, folder: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own."""
    return subprocess.run(
        [sys.executable, "-c", "from npqstats.cli import main; main()", "chart", *words],
        cwd=folder,
        env={**os.environ, "NPQSTATS_PROJECT": str(root(project)), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_help_names_every_kind_and_size(cli: Run) -> None:
    answer = cli("chart", "--help")
    assert answer.exit_code == 0
    told = " ".join(answer.stdout.replace("│", " ").split())
    for word in (*KINDS, "press", "wide", "square", "phone", "light", "dark", "--highlight", "--title", "--style"):
        assert word in told


def test_the_files_are_written_here_and_named_on_stdout(cli: Run, here: Path) -> None:
    answer = cli("chart", "trend")
    assert answer.exit_code == 0
    assert answer.stdout.splitlines() == [f"trend{suffix}" for suffix in WRITTEN]
    assert names(here) == sorted(answer.stdout.splitlines())
    assert all(line.startswith("npqstats: ") for line in answer.stderr.splitlines())


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_something_to_show_of_the_published_rows(cli: Run, here: Path, kind: str) -> None:
    answer = cli("chart", kind)
    assert answer.exit_code == 0, answer.stderr
    assert names(here) == sorted(f"{kind}{suffix}" for suffix in WRITTEN)
    first = (here / f"{kind}.alt.txt").read_text("utf-8").splitlines()[0]
    assert 0 < len(first.partition(". ")[0].split()) <= 15
    assert not first[0].isdigit()


@pytest.mark.parametrize(
    ("out", "stem"),
    [
        ("charts", "charts/trend"),
        ("charts/", "charts/trend"),
        ("charts/fig", "charts/fig"),
        ("fig.v2", "fig.v2"),
    ],
)
def test_out_is_a_folder_or_a_path_without_suffix(cli: Run, here: Path, out: str, stem: str) -> None:
    (here / "charts").mkdir()
    answer = cli("chart", "trend", "--out", out)
    assert answer.stdout.splitlines() == [f"{stem}{suffix}" for suffix in WRITTEN]
    assert all(Path(name).is_file() for name in answer.stdout.splitlines())


@pytest.mark.parametrize("name", ["fig.svg", "fig.PNG", "fig.pdf", "fig.alt.txt", "fig.v2.csv"])
def test_a_suffix_is_that_file_alone(cli: Run, here: Path, name: str) -> None:
    assert cli("chart", "trend", "--out", name).stdout.splitlines() == [name]
    assert names(here) == [name]


def test_a_title_of_ones_own_stands_in_every_file(cli: Run, here: Path) -> None:
    cli("chart", "trend", "--title", "My <b>title</b>")
    assert (here / "trend.alt.txt").read_text("utf-8").startswith("My <b>title</b>.")
    assert "<title>My &lt;b&gt;title&lt;/b&gt;</title>" in (here / "trend.svg").read_text("utf-8")


def test_repeated_it_writes_the_same_bytes(cli: Run, here: Path) -> None:
    cli("chart", "split", "--out", "one")
    cli("chart", "split", "--out", "two")
    for suffix in WRITTEN:
        assert (here / f"one{suffix}").read_bytes() == (here / f"two{suffix}").read_bytes()


def test_theme_and_size_change_the_picture_and_not_the_figures(cli: Run, here: Path) -> None:
    cli("chart", "trend", "--out", "one")
    cli("chart", "trend", "--out", "two", "--theme", "dark", "--size", "phone")
    assert (here / "one.svg").read_bytes() != (here / "two.svg").read_bytes()
    for suffix in (".csv", ".alt.txt"):
        assert (here / f"one{suffix}").read_bytes() == (here / f"two{suffix}").read_bytes()


@pytest.mark.parametrize(
    ("words", "situation", "hint"),
    [
        (["chart", "pie"], "no kind of chart 'pie'", "split"),
        (["chart", "trend", "--size", "huge"], "no size 'huge'", "press"),
        (["chart", "trend", "--size", "10x10"], "10x10 pixels cannot be drawn", "320 to 4000"),
        (["chart", "trend", "--out", "fig.gif"], "cannot be written as .gif", ".svg"),
        (["chart", "trend", "--out", ""], "--out is empty", "leave out --out"),
        (["chart", "trend", "--title", " "], "--title is empty", "leave out --title"),
        (["chart", "trend", "--highlight", ""], "--highlight is empty", "leave out --highlight"),
        (["chart", "trend", "--area", ""], "--area is empty", "leave out --area"),
        (["chart", "trend", "--style", "none.mplstyle"], "none.mplstyle cannot be read as a style", "style file"),
        (["chart", "trend", "--like-for-like"], "trend takes no --like-for-like", "change"),
        (["chart", "trend", "--theme", "blue"], "no theme 'blue'", "light"),
        (["chart", "trend", "--measure", "nonsense"], "no measure 'nonsense'", "starts"),
        (["chart", "trend", "1999-00"], "no figures for 1999/00", "2021-22"),
        (["chart", "trend", "soon"], "'soon' is not an academic year", "2023-24"),
        (["chart", "trend", "2021-22", "2022-23", "2023-24"], "at most two years", "first and the last"),
        (["chart", "split", "--by", "course"], "split takes no --by", "trend"),
        (["chart", "completion", "--measure", "starts"], "completion takes no --measure", "trend"),
        (["chart", "completion", "--by", "course"], "no such figures for completion-rate", "in total"),
        (["chart", "trend", "--out", "missing/fig"], "in a folder that does not exist", "Name a folder"),
        (["chart", "trend", "--course", "NPQXX"], "no course 'NPQXX'", "NPQ"),
        (["chart"], "KIND", "--help"),
    ],
)
def test_each_mistake_is_two_lines_and_status_2_and_writes_nothing(
    cli: Run, here: Path, words: list[str], situation: str, hint: str
) -> None:
    answer = cli(*words)
    assert (answer.exit_code, answer.stdout) == (2, "")
    assert len(answer.stderr.splitlines()) == 2
    assert situation in answer.stderr.splitlines()[0]
    assert hint in answer.stderr.splitlines()[1]
    assert names(here) == []


def test_a_folder_that_cannot_be_written_is_status_3_and_stays_as_it_was(
    cli: Run, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(**_: object) -> None:
        raise PermissionError(13, "Permission denied")

    (here / "trend.csv").write_text("before")
    monkeypatch.setattr(tempfile, "mkstemp", refuse)
    answer = cli("chart", "trend")
    assert (answer.exit_code, answer.stdout) == (3, "")
    assert "trend.svg cannot be read or written: Permission denied." in answer.stderr.splitlines()[-2]
    assert "is kept" in answer.stderr.splitlines()[-1]
    assert names(here) == ["trend.csv"]
    assert (here / "trend.csv").read_text() == "before"


@pytest.mark.skipif(sys.platform == "win32", reason="there is no limit to the size of files to be set there")
def test_a_full_disk_leaves_nothing_half_written(published: Project, here: Path) -> None:
    limited = (
        "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (9000, 9000));from npqstats.cli import main; main()"
    )
    answer = subprocess.run(
        [sys.executable, "-c", limited, "chart", "trend", "--out", str(here)],
        env={**os.environ, "NPQSTATS_PROJECT": str(root(published))},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (answer.returncode, answer.stdout) == (3, "")
    assert "written: File too large." in answer.stderr
    assert names(here) == []


def test_the_users_own_settings_of_matplotlib_change_nothing(published: Project, here: Path) -> None:
    (here / "settings").mkdir()
    (here / "settings" / "matplotlibrc").write_text(_HOSTILE)
    answers = [
        alone(published, here, "trend", "--out", "plain"),
        alone(published, here, "trend", "--out", "hostile", MPLCONFIGDIR=str(here / "settings")),
        alone(published, here, "trend", "--out", "broken", MPLCONFIGDIR=str(here / "settings" / "matplotlibrc")),
    ]
    assert [answer.returncode for answer in answers] == [0, 0, 0]
    for suffix in WRITTEN:
        first, *others = [(here / f"{name}{suffix}").read_bytes() for name in ("plain", "hostile", "broken")]
        assert others == [first, first]
