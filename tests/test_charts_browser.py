"""Charts in a real browser: no text touches text, the edge or a line, in the house's font or what stands in for it."""

from __future__ import annotations

import subprocess
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from npqstats.charts.chart import chart
from npqstats.project import Project
from tests.browser import Visitor
from tests.test_charts import FULL

_SLACK = 1.0
"""Pixels of the drawing by which two boxes may overlap."""
_COLLISIONS = """([svg, slack]) => {
    document.body.innerHTML = svg;
    const drawing = document.querySelector("svg"), edge = drawing.getBoundingClientRect();
    const zoom = edge.width / drawing.viewBox.baseVal.width, least = slack * zoom;
    const boxes = [...drawing.querySelectorAll("text")].map((text) => {
        const {left, right} = text.getBoundingClientRect(), size = parseFloat(getComputedStyle(text).fontSize) * zoom;
        const start = text.getStartPositionOfChar(0), matrix = text.getScreenCTM();
        const baseline = matrix.b * start.x + matrix.d * start.y + matrix.f;
        return {words: text.textContent, left, right, top: baseline - 0.72 * size, bottom: baseline + 0.2 * size};
    });
    const cut = boxes.filter((box) => box.left < edge.left - least || box.right > edge.right + least
        || box.top < edge.top - least || box.bottom > edge.bottom + least);
    const pairs = boxes.flatMap((one, place) => boxes.slice(place + 1).filter((other) =>
        Math.min(one.right, other.right) - Math.max(one.left, other.left) > least
        && Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > least
    ).map((other) => `${one.words} | ${other.words}`));
    const inside = ({x, y}, box) => x > box.left + least && x < box.right - least && y > box.top + least
        && y < box.bottom - least;
    const lines = [...drawing.querySelectorAll("g[id^=line2d]")].filter((line) => !line.closest("[id*=tick]"));
    const points = lines.flatMap((line) => [
        ...[...line.querySelectorAll(":scope > path")].flatMap((path) =>
            Array.from({length: Math.ceil(path.getTotalLength())}, (_, step) =>
                path.getPointAtLength(step).matrixTransform(path.getScreenCTM()))),
        ...[...line.querySelectorAll("use")].map((mark) => mark.getBoundingClientRect()).map((mark) =>
            ({x: mark.left + mark.width / 2, y: mark.top + mark.height / 2})),
    ]);
    const crossed = boxes.filter((box) => points.some((point) => inside(point, box)));
    const told = (found, what) => found.map((box) => `${box.words} is ${what}`);
    return [...told(cut, "cut off"), ...pairs, ...told(crossed, "crossed")];
}"""


_AS_WIDE_AS_ARIAL = {"Arial", "Arimo", "Liberation Sans"}


@pytest.fixture
def page(request: pytest.FixtureRequest, visitor: Visitor, tmp_path: Path) -> Page:
    """An empty page, on a machine that has the house's font or only `Arial`, which the drawing names after it."""
    font = getattr(request, "param", "Lato")
    folder = Path(str(files("font_lato"))) / "files"
    faces = [
        f"@font-face {{ font-family: Lato; font-weight: {weight}; src: url({(folder / name).as_uri()}) }}"
        for weight, name in ((400, "Lato-Regular.ttf"), (700, "Lato-Bold.ttf"))
    ]
    if font == "Arial" and _AS_WIDE_AS_ARIAL.isdisjoint(_matched("Arial")):
        pytest.skip("no font as wide as Arial here: install Debian's package fonts-liberation")
    file = tmp_path / "empty.html"
    style = "".join(faces) if font == "Lato" else ""
    words = "".join(f'<p style="font: {weight} 13px Lato">words</p>' for weight in (400, 700))
    file.write_text(f"<!doctype html><style>body {{ margin: 0 }} {style}</style>{words}")
    found = visitor.visit(file).page
    found.evaluate("document.fonts.ready")
    return found


def _matched(family: str) -> list[str]:
    """Names of the font that this machine shows for a family."""
    asked = ["fc-match", "--format=%{family}", family]
    return subprocess.run(asked, capture_output=True, text=True, check=True).stdout.split(",")


@pytest.mark.parametrize("page", ["Lato", "Arial"], indirect=True)
@pytest.mark.parametrize("size", ["press", "press bare", "phone", "phone bare", "square", "wide", "320x320"])
def test_no_text_touches_another_the_edge_or_a_line_in_a_browser(
    size: str, page: Page, full: Project, next_year: Project, published: Project
) -> None:
    asked: list[tuple[Project, str, dict[str, Any]]] = [(full, *each) for each in FULL]
    asked += [(published, kind, {}) for kind in ("split", "impact", "completion")]
    asked += [
        (next_year, "impact", {}),
        (next_year, "trend", {"by": "course"}),
        (next_year, "trend", {"by": "course", "measure": "completion-rate"}),
        (next_year, "trend", {"by": "school-type"}),
        (next_year, "trend", {"by": "age"}),
    ]
    found = {
        (kind, str(parts)): collisions
        for project, kind, parts in asked
        if (collisions := page.evaluate(_COLLISIONS, [drawing(project, kind, size, parts), _SLACK]))
    }
    assert not found


_DRAWN: dict[tuple[str, str, str, str], str] = {}
"""Drawings by project, kind, size and parts: both fonts look at the same."""


def drawing(project: Project, kind: str, size: str, parts: dict[str, Any]) -> str:
    """Draw a chart; one of a size that is `bare`, as on a page that writes the words around it."""
    key, (name, *bare) = (str(project.raw), kind, size, str(parts)), size.split()
    if key not in _DRAWN:
        figure = chart(kind, project=project, size=name, **parts).figure(is_bare=bool(bare))
        _DRAWN[key] = figure.saved("svg").decode()
    return _DRAWN[key]


def test_what_collides_is_found(page: Page) -> None:
    texts = [
        f'<text x="{x}" y="{y}" font-size="13">{words}</text>' for x, y, words in ((9, 50, "one"), (20, 52, "two"))
    ]
    texts.append('<text x="190" y="50" font-size="13">three</text>')
    texts.append('<g id="line2d_1"><path d="M 30 60 L 30 20" /></g>')
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="200" height="100" viewBox="0 0 200 100">{"".join(texts)}</svg>'
    )
    assert page.evaluate(_COLLISIONS, [svg, _SLACK]) == ["three is cut off", "one | two", "two is crossed"]
