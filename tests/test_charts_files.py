from __future__ import annotations

import io
import struct
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import matplotlib as mpl
import polars as pl
import pytest

from npqstats.charts.chart import Chart
from npqstats.charts.files import SUFFIXES, contents, save, stem
from npqstats.charts.kinds import chart
from npqstats.charts.look import LOOKS
from npqstats.charts.sizes import SIZES, size
from npqstats.errors import DataError, UsageError
from npqstats.project import Project

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def made(published: Project) -> Chart:
    return chart("trend", project=published)


@pytest.fixture(scope="module")
def files(made: Chart) -> dict[str, bytes]:
    return contents(made)


def test_a_chart_is_four_files(files: dict[str, bytes]) -> None:
    assert tuple(files) == SUFFIXES


def test_the_picture_for_pages_has_its_size_its_title_and_its_text_alternative(
    made: Chart, files: dict[str, bytes]
) -> None:
    root = ET.fromstring(files[".svg"])
    assert (root.get("width"), root.get("height"), root.get("viewBox")) == ("640", "450", "0 0 640 450")
    assert root.get("role") == "img"
    assert root.findtext(f"{SVG}title") == made.title
    assert root.findtext(f"{SVG}desc") == made.alt


def test_its_text_stays_text(files: dict[str, bytes]) -> None:
    written = {element.text for element in ET.fromstring(files[".svg"]).iter(f"{SVG}text")}
    assert {"43,840", "29,818", "NPQ starts fell by 32% in 2024/25, to 29,818"} <= written


@pytest.mark.parametrize("name", SIZES)
def test_the_png_has_twice_as_many_pixels(made: Chart, name: str) -> None:
    png = contents(made, SIZES[name])[".png"]
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", png[16:24]) == (2 * SIZES[name].width, 2 * SIZES[name].height)


def test_the_text_alternative_has_title_values_notes_and_source(made: Chart, files: dict[str, bytes]) -> None:
    told = files[".alt.txt"].decode()
    for words in (made.title, made.alt, *made.notes, made.credit):
        assert words in told
    assert "43,840" in told
    assert "Open Government Licence v3.0" in told


def test_the_data_are_what_is_drawn_with_their_origins(files: dict[str, bytes]) -> None:
    table = pl.read_csv(io.BytesIO(files[".csv"]))
    assert table["value"].to_list() == [31677, 38906, 43840, 29818]
    assert table["origins"].to_list() == [f"2024-25/npq_participants.csv:{line}:npq_starts" for line in range(2, 6)]


def test_the_same_chart_gives_the_same_bytes(made: Chart, files: dict[str, bytes]) -> None:
    assert contents(made) == files


def test_the_users_own_settings_of_matplotlib_change_nothing(made: Chart, files: dict[str, bytes]) -> None:
    with mpl.rc_context(
        {
            "font.size": 30,
            "font.family": "monospace",
            "svg.fonttype": "path",
            "axes.facecolor": "red",
            "savefig.dpi": 30,
            "savefig.bbox": "tight",
            "text.color": "yellow",
            "figure.autolayout": True,
        }
    ):
        assert contents(made) == files


def test_drawing_leaves_the_users_settings_as_they_were(made: Chart) -> None:
    before = dict(mpl.rcParams)
    contents(made, look=LOOKS["dark"])
    assert dict(mpl.rcParams) == before


def test_markup_in_a_title_stays_text_in_every_file(made: Chart) -> None:
    title = '<script>alert(1)</script> & $x$ "quoted"\x1b[31m'
    found = contents(replace(made, title=title))
    root = ET.fromstring(found[".svg"])
    assert root.findtext(f"{SVG}title") == title.replace("\x1b", " ")
    assert root.find(f".//{SVG}script") is None
    assert "<script>" in found[".alt.txt"].decode()
    assert b"\x1b" not in found[".alt.txt"] + found[".svg"]


def test_files_are_named_for_the_kind_where_a_folder_is_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert stem(None, "trend") == Path("trend")
    assert stem(str(tmp_path), "trend") == tmp_path / "trend"


@pytest.mark.parametrize("written", ["fig", "fig.svg", "fig.png", "fig.alt.txt", "fig.csv"])
def test_a_suffix_of_ours_is_dropped(tmp_path: Path, written: str) -> None:
    assert stem(str(tmp_path / written), "trend") == tmp_path / "fig"


def test_another_suffix_is_kept_as_part_of_the_name(tmp_path: Path) -> None:
    assert stem(str(tmp_path / "figure.1"), "trend") == tmp_path / "figure.1"


@pytest.mark.parametrize("written", ["missing/fig", "missing/"])
def test_a_folder_that_is_not_there_is_refused_before_anything_is_drawn(tmp_path: Path, written: str) -> None:
    with pytest.raises(UsageError, match="in a folder that does not exist"):
        stem(f"{tmp_path}/{written}", "trend")


def test_all_files_are_written_beside_each_other(tmp_path: Path, files: dict[str, bytes]) -> None:
    paths = save(files, tmp_path / "fig")
    assert [path.name for path in paths] == [f"fig{suffix}" for suffix in SUFFIXES]
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        f"fig{suffix}": content for suffix, content in files.items()
    }


def test_where_one_cannot_be_written_none_is_and_what_stood_there_still_stands(
    tmp_path: Path, files: dict[str, bytes]
) -> None:
    (tmp_path / "fig.svg").write_text("before")
    (tmp_path / "fig.csv").mkdir()
    with pytest.raises(DataError, match=r"fig\.csv cannot be read or written"):
        save(files, tmp_path / "fig")
    assert (tmp_path / "fig.svg").read_text() == "before"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["fig.csv", "fig.svg"]


@pytest.mark.parametrize("name", ["huge", "319x400", "400x4001", "400", "0x0", "99999x99999"])
def test_a_size_that_cannot_be_drawn_is_refused(name: str) -> None:
    with pytest.raises(UsageError) as caught:
        size(name)
    assert "press" in caught.value.hint


def test_a_size_is_read_in_pixels() -> None:
    assert size("800x600") == (800, 600)
