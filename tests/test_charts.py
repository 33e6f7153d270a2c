"""Charts as Matplotlib figures: what is drawn, that it holds together, and what its files hold."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any, cast

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.colors import to_rgb
from matplotlib.text import Text
from matplotlib.transforms import Bbox

import npqstats
from npqstats.charts import style
from npqstats.charts.chart import KINDS, SUFFIXES, Chart, chart
from npqstats.charts.frame import ChartFigure
from npqstats.charts.spread import spread
from npqstats.errors import UsageError
from npqstats.project import Project

pytestmark = pytest.mark.slow

FULL: list[tuple[str, dict[str, Any]]] = [
    ("trend", {}),
    ("trend", {"by": "course"}),
    ("trend", {"by": "funding"}),
    ("trend", {"by": "region", "measure": "workforce-share", "highlight": "London"}),
    ("change", {"by": "course"}),
    ("change", {"by": "region", "measure": "workforce-share"}),
    ("split", {}),
    ("impact", {}),
    ("impact", {"by": "local-authority"}),
    ("completion", {}),
    ("completion", {"by": "course"}),
    ("areas", {}),
    ("areas", {"by": "local-authority"}),
    ("areas", {"measure": "starts", "highlight": "London"}),
]


def texts(figure: ChartFigure) -> list[Text]:
    """All texts that are drawn."""
    return [text for text in cast("list[Text]", figure.findobj(Text)) if text.get_text().strip() and text.get_visible()]


def boxes(figure: ChartFigure) -> list[tuple[str, Bbox]]:
    """The texts with their boxes, in pixels of the figure."""
    canvas: Any = figure.canvas
    with figure.look.entered():
        figure.draw_without_rendering()
        # Labels of ticks beyond the ends of an axis are not drawn.
        beyond = {
            tick.label1
            for axes in figure.axes
            for axis in (axes.xaxis, axes.yaxis)
            for tick in axis.get_major_ticks()
            if not min(axis.get_view_interval()) <= tick.get_loc() <= max(axis.get_view_interval())
        }
        renderer = canvas.get_renderer()
        return [(one.get_text(), one.get_window_extent(renderer)) for one in texts(figure) if one not in beyond]


def touching(figure: ChartFigure) -> list[str]:
    """Name texts that overlap each other or are cut off by the edge, by more than two pixels of the drawing."""
    found, slack = boxes(figure), 2.0
    wide, high = figure.bbox.size
    outside = [
        f"{text!r} is cut off"
        for text, box in found
        if box.x0 < -slack or box.y0 < -slack or box.x1 > wide + slack or box.y1 > high + slack
    ]
    return outside + [
        f"{one!r} and {other!r}"
        for (one, box), (other, beside) in combinations(found, 2)
        if min(box.x1, beside.x1) - max(box.x0, beside.x0) > slack
        and min(box.y1, beside.y1) - max(box.y0, beside.y0) > slack
    ]


def svg(made: Chart, **otherwise: Any) -> str:
    return made.figure(**otherwise).saved("svg").decode()


@pytest.mark.parametrize(
    "size",
    [
        "press",
        "phone",
        *(pytest.param(size, marks=pytest.mark.slow) for size in ("square", "wide", "800x600", "1000x400")),
    ],
)
@pytest.mark.parametrize(("kind", "parts"), FULL)
def test_no_text_touches_another_or_the_edge(kind: str, parts: dict[str, Any], size: str, full: Project) -> None:
    assert touching(chart(kind, project=full, **parts).figure(size=size)) == []


@pytest.mark.parametrize("size", style.SIZES)
@pytest.mark.parametrize("kind", KINDS)
def test_published_rows_fit_every_size(kind: str, size: str, published: Project) -> None:
    assert touching(chart(kind, project=published).figure(size=size)) == []


@pytest.mark.parametrize("kind", KINDS)
def test_texts_are_large_enough(kind: str, published: Project) -> None:
    made = chart(kind, project=published)
    press = sorted({text.get_fontsize() for text in texts(made.figure())})
    assert (press[0], press[-1]) == (11, 20)
    assert set(press[1:-1]) <= {13, 14}
    for size in ("phone", "square", "wide"):
        figure = made.figure(size=size)
        shown = 375 / figure.size.width * figure.size.zoom
        assert min(float(text.get_fontsize()) for text in texts(figure)) * shown >= 11 - 1e-6


@pytest.mark.parametrize("theme", style.THEMES)
def test_the_house_font_is_the_one_that_is_drawn_and_dejavu_is_not(theme: str, published: Project) -> None:
    made = svg(chart("impact", project=published), theme=theme)
    families = set(re.findall(r"font: [^;\"]*", made)) | set(re.findall(r"font-family: [^;\"]*", made))
    assert families
    assert all("Lato" in one and "Arial" in one and one.rstrip().endswith("sans-serif") for one in families)
    assert "DejaVu" not in made


def test_text_stays_text_and_is_described(published: Project) -> None:
    made = chart("trend", project=published)
    drawn = svg(made)
    assert ">43,840<" in drawn
    assert f"<title>{made.headline}</title>" in drawn
    assert 'width="640" height="450" viewBox="0 0 640 450"' in drawn
    assert 'width="1080" height="1080" viewBox="0 0 375 375"' in svg(made, size="square")


def test_the_same_bytes_come_again(published: Project) -> None:
    for suffix in SUFFIXES:
        one, two = (chart("impact", project=published).content(suffix) for _ in range(2))
        assert one == two, suffix


def test_a_figure_has_axes_that_can_be_changed(published: Project) -> None:
    figure = chart("trend", project=published).figure()
    (axes,) = figure.axes
    (line,) = (line for line in axes.lines if line.get_marker() == "o")
    assert list(cast("Any", line.get_ydata())) == [31677, 38906, 43840, 29818]
    axes.set_title("In our own words")
    axes.annotate("a note", (1, 20000))
    buffer = io.StringIO()
    figure.savefig(buffer, format="svg")
    assert "In our own words" in buffer.getvalue()
    assert "DejaVu" not in buffer.getvalue()


def test_charts_and_figures_show_themselves_in_a_notebook(published: Project) -> None:
    made = chart("trend", project=published)
    assert "<svg" in made._repr_svg_()
    assert made.figure()._repr_png_().startswith(b"\x89PNG")


def test_matplotlib_is_loaded_by_drawing_alone_and_pyplot_never(published: Project) -> None:
    code = (
        "import sys, npqstats; assert 'matplotlib' not in sys.modules\n"
        f"made = npqstats.chart('trend', project={str(published.raw.parents[1])!r})\n"
        "made.content('.svg'); assert 'matplotlib.pyplot' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_newsrooms_style_changes_fonts_and_colours_and_the_user_settings_do_not(
    published: Project, tmp_path: Path
) -> None:
    file = tmp_path / "ours.mplstyle"
    file.write_text("font.sans-serif: DejaVu Sans\naxes.prop_cycle: cycler('color', ['aa0011'])\ntext.color: 222244\n")
    made = chart("impact", project=published, style=file)
    drawn = svg(made)
    assert "#aa0011" in drawn
    assert "DejaVu Sans" in drawn
    assert touching(made.figure()) == []
    import matplotlib

    with matplotlib.rc_context({"font.size": 40, "axes.facecolor": "red", "svg.fonttype": "path"}):
        assert svg(chart("impact", project=published)) == svg(chart("impact", project=published))
        assert ">43,840<" in svg(chart("impact", project=published))


def luminance(colour: Any) -> float:
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in to_rgb(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("ground", ["ffffff", "fff1e5", "202020"])
def test_words_can_be_read_whatever_the_colours_of_a_newsrooms_style(
    ground: str, published: Project, tmp_path: Path
) -> None:
    file = tmp_path / "pale.mplstyle"
    pale = "axes.prop_cycle: cycler('color', ['ffee88', 'aaddff'])\naxes.labelcolor: c0c0c0\ntext.color: 777777\n"
    file.write_text(f"{pale}figure.facecolor: {ground}\n")
    for kind in KINDS:
        figure = chart(kind, project=published, style=file).figure()
        light = luminance(figure.get_facecolor())
        for text in texts(figure):
            low, high = sorted((light, luminance(text.get_color())))
            assert (high + 0.05) / (low + 0.05) >= 4.5, text
        assert kind in ("change", "completion", "impact") or "#ffee88" in figure.saved("svg").decode()


@pytest.mark.parametrize("content", [None, b"font.size: large enough\n", b"\xff\xfe\x00", b"no such thing\n"])
def test_a_file_that_is_no_style_is_refused(content: bytes | None, published: Project, tmp_path: Path) -> None:
    file = tmp_path / "x.mplstyle"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(UsageError, match="cannot be read as a style"):
        chart("trend", project=published, style=file).figure()


def test_every_publisher_of_a_drawn_figure_is_named(published: Project) -> None:
    for kind, parts in (("impact", {}), ("split", {}), ("trend", {"exclude_course": "NPQSENCO"})):
        made = chart(kind, project=published, **cast("Any", parts))
        assert all("Schools Week" in line for line in made.caption.source)
        assert "Schools Week" in " ".join(text.get_text() for text in texts(made.figure(size="wide")))
    assert "Schools Week" not in chart("trend", project=published).caption.source[0]


def test_the_rule_of_funding_is_one_line_on_starts_and_people_alone(published: Project) -> None:
    def words(**parts: Any) -> str:
        return " ".join(text.get_text() for text in texts(chart("trend", project=published, **parts).figure()))

    assert "free for half" in words().replace("\n", " ")
    assert "free for" not in words(measure="completion-rate").replace("\n", " ")
    assert "free for" not in words(course="NPQSENCO").replace("\n", " ")


def test_many_lines_on_a_low_picture_have_the_largest_in_colour(next_year: Project) -> None:
    made = chart("trend", project=next_year, by="course")
    assert len(made.figure().axes) == 11
    figure = made.figure(size="wide")
    (axes,) = figure.axes
    lit = [line for line in axes.lines if line.get_color() != figure.look.behind]
    assert (len(axes.lines), len(lit)) == (11, 4)
    assert "Grey: the other 7." in [text.get_text() for text in texts(figure)]


def test_a_chart_of_two_bars_fills_its_room(published: Project) -> None:
    figure = chart("change", project=published).figure()
    (axes,) = figure.axes
    assert axes.get_position().y0 < 0.15


def test_completion_has_the_pass_rates_of_finished_cohorts(published: Project) -> None:
    made = chart("completion", project=published)
    words = [text.get_text() for text in texts(made.figure())]
    told = [word for word in words if word.startswith("pass rate")]
    rates = [f"pass rate {rate}%" for rate in made.data["Pass rate (%)"][:2]]
    assert told == rates


def test_unfinished_cohorts_are_hollow_and_not_joined(full: Project) -> None:
    figure = chart("trend", project=full, measure="completion-rate").figure()
    (axes,) = figure.axes
    joined, hollow = (line for line in axes.lines if line.get_marker() == "o")
    assert [value > 0 for value in cast("Any", joined.get_ydata())] == [True, True, False, False]
    assert [value > 0 for value in cast("Any", hollow.get_ydata())] == [False, False, True, False]
    assert (joined.get_linestyle(), hollow.get_linestyle()) == ("-", "None")
    assert hollow.get_markerfacecolor() == figure.look.ground


def test_like_for_like_compares_the_newest_two_years_by_itself(published: Project) -> None:
    made = chart("change", project=published, like_for_like=True)
    assert made.headline == "NPQ starts leaving out NPQSENCO fell by 56% in 2024/25, to 19,281"


def test_two_years_of_areas_are_both_drawn(full: Project) -> None:
    made = chart("areas", ["2022-23", "2023-24"], project=full)
    assert made.data.columns[1:3] == ["2022/23", "2023/24"]


def test_many_authorities_are_ranked_and_never_lines(full: Project) -> None:
    with pytest.raises(UsageError, match="cannot be told apart"):
        chart("trend", project=full, by="local-authority")
    made = chart("areas", project=full, by="local-authority", highlight="Made-up Borough 013")
    assert made.data.height == 154
    assert any("Made-up Borough 013" in text.get_text() for text in texts(made.figure()))


def test_authorities_that_split_or_merged_are_shown_as_such(next_year: Project) -> None:
    made = chart("change", project=next_year, measure="completion-rate")
    assert made.data.columns[1:3] == ["2022/23", "2023/24"]
    assert chart("impact", project=next_year, by="local-authority").data.height > 5


def test_no_group_is_drawn_twice_where_two_ways_of_counting_are_published(next_year: Project) -> None:
    for kind in ("trend", "change"):
        made = chart(kind, project=next_year, measure="schools", by="phase")
        names = made.data.columns if kind == "trend" else made.data["Figure"].to_list()
        assert not [name for name in names if name.endswith("(2)")]


def test_an_area_that_only_the_data_know_is_found(full: Project) -> None:
    assert "Made-up Borough 013" in chart("trend", project=full, area="Made-up Borough 013").headline


def test_the_table_of_data_pastes_into_a_chart_tool(published: Project) -> None:
    made = pl.read_csv(io.BytesIO(chart("trend", project=published).content(".csv")))
    assert made.columns == ["Academic year", "Starts", "Change", "Change (%)"]
    assert made["Academic year"].to_list() == ["2021/22", "2022/23", "2023/24", "2024/25"]
    assert made["Starts"].to_list() == [31677, 38906, 43840, 29818]


def test_the_text_alternative_says_the_finding_some_figures_and_where_all_are(published: Project) -> None:
    made = chart("completion", project=published)
    assert made.alt.startswith(made.headline)
    assert made.alt.endswith("All figures are in the .csv beside this file.")
    assert "26,783" not in made.alt
    assert made.alternative("the table that follows").endswith("in the table that follows.")
    assert len(made.alt) < 400


def test_a_bare_figure_has_no_words_round_it_and_no_empty_room_below(published: Project) -> None:
    made = chart("completion", project=published)
    figure = made.figure(is_bare=True, size="640x360")
    words = {text.get_text() for text in texts(figure)}
    assert not {line for line in words if line.startswith(("Source", "NPQ", "Hollow"))}
    assert figure.size.height < 360
    drawn = f'width="640" height="{figure.size.height}" viewBox="0 0 640 {figure.size.height}"'
    assert drawn in figure.saved("svg").decode()


@pytest.mark.parametrize(("kind", "parts"), FULL)
def test_a_drawing_in_another_theme_differs_by_colours_alone(kind: str, parts: dict[str, Any], full: Project) -> None:
    """A name is in its line's colour where that can be read, which may be so in one theme alone."""
    made = chart(kind, project=full, **parts)
    light = made.figure(is_bare=True).saved("svg").decode()
    dark = made.figure(is_bare=True, theme="dark").saved("svg").decode()
    recoloured = style.recoloured(light, "dark")
    colour, either = re.compile(r"#[0-9a-f]{6}\b"), re.compile(r"#[0-9a-f]{6}\b|\b[a-z][0-9a-f]{10}\b")
    assert either.sub("", recoloured) == either.sub("", dark)
    pairs = set(zip(colour.findall(light), colour.findall(dark), strict=True))
    others = {pair for pair in pairs if style.recoloured(f": {pair[0]}", "dark") != f": {pair[1]}"}
    assert all({"#0b0c0c", "#f3f2f1"} & {*pair} for pair in others)


@pytest.mark.parametrize(
    ("kind", "parts"),
    [
        ("trend", {"like_for_like": True}),
        ("impact", {"measure": "participants"}),
        ("impact", {"basis": "in-year"}),
        ("areas", {"by": "course"}),
        ("split", {"measure": "teachers"}),
        ("trend", {"measure": "teachers", "funding": "funded"}),
        ("trend", {"title": ""}),
        ("trend", {"highlight": "London"}),
        ("trend", {"theme": "pink"}),
        ("trend", {"size": "huge"}),
        ("pie", {}),
    ],
)
def test_what_has_no_effect_is_refused(kind: str, parts: dict[str, Any], published: Project) -> None:
    with pytest.raises(UsageError):
        chart(kind, project=published, **parts)


def test_an_unknown_suffix_is_refused(published: Project, tmp_path: Path) -> None:
    made = npqstats.chart("trend", project=published)
    for name in ("x.gif", "x"):
        with pytest.raises(UsageError, match="cannot be written"):
            made.write(tmp_path / name)
    assert made.write(tmp_path / "x.pdf").read_bytes().startswith(b"%PDF")


def test_hostile_labels_do_no_harm(published: Project) -> None:
    made = chart("trend", project=published, title="</title><script>alert(1)</script> $x^2$ \u202e\u4e2d")
    drawn = svg(made)
    assert "<script" not in drawn
    assert "$x^2$" in drawn


@given(st.lists(st.tuples(st.floats(-50, 500), st.floats(5, 30)), min_size=1, max_size=8))
def test_spread_labels_do_not_overlap_and_stay_within(labels: list[tuple[float, float]]) -> None:
    middles, heights = [one for one, _ in labels], [one for _, one in labels]
    found = sorted(zip(spread(middles, heights, 0, 400), heights, strict=True))
    assert all(low + (a + b) / 2 <= high + 1e-6 for (low, a), (high, b) in pairwise(found))
    assert all(middle - high / 2 >= -1e-6 and middle + high / 2 <= 400 + 1e-6 for middle, high in found)
