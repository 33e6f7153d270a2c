"""The pages of a report in a real browser: accessible, whole on a phone, short in print."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from tests.browser import Visitor

PHONE = {"viewport": {"width": 375, "height": 667}, "device_scale_factor": 2, "has_touch": True}
WINDOWS: dict[str, dict[str, Any]] = {
    "light": {},
    "dark": {"color_scheme": "dark"},
    "phone": PHONE,
    "forced colours": {"forced_colors": "active"},
}


@pytest.fixture(params=["published_folder", "full_folder", "region_folder"])
def folder(request: pytest.FixtureRequest) -> Path:
    """Each written report."""
    found: Path = request.getfixturevalue(request.param)
    return found


@pytest.mark.parametrize(
    ("window", "name"), [*((window, "index.html") for window in WINDOWS), ("phone", "provenance.html")]
)
def test_axe_finds_no_violation(window: str, name: str, published_folder: Path, visitor: Visitor) -> None:
    visit = visitor.visit(published_folder / name, **WINDOWS[window])
    visit.page.eval_on_selector_all("details", "all => all.forEach(each => each.open = true)")
    assert visit.violations() == []
    assert visit.complaints == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation_in_print(scheme: str, published_folder: Path, visitor: Visitor) -> None:
    visit = visitor.visit(published_folder / "index.html", color_scheme=scheme)
    visit.page.emulate_media(media="print")
    assert visit.violations(is_printed=True) == []
    assert visit.page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_no_page_scrolls_sideways(folder: Path, visitor: Visitor) -> None:
    for name in ("index.html", "provenance.html"):
        visit = visitor.visit(folder / name)
        for width in (320, 375, 768, 1280):
            visit.page.set_viewport_size({"width": width, "height": 667})
            assert (name, width, visit.overflow()) == (name, width, 0)


def test_the_first_screen_of_a_phone_has_the_whole_finding_and_its_chart(folder: Path, visitor: Visitor) -> None:
    visit = visitor.visit(folder / "index.html", **PHONE)
    for part in (".lead", "figure img"):
        assert visit.page.evaluate(f"document.querySelector('{part}').getBoundingClientRect().bottom") <= 667, part


def test_a_chart_on_a_phone_is_the_phone_drawing_whole(full_folder: Path, visitor: Visitor) -> None:
    measure = """all => all.map(each => [each.naturalWidth, each.naturalHeight > each.naturalWidth,
        each.getBoundingClientRect().width, each.complete])"""
    phone = visitor.visit(full_folder / "index.html", **PHONE).page.eval_on_selector_all("figure img", measure)
    wide = visitor.visit(full_folder / "index.html").page.eval_on_selector_all("figure img", measure)
    assert len(phone) == len(wide) > 5
    assert all(natural == 375 and shown <= 343 and is_loaded for natural, _, shown, is_loaded in phone)
    assert all(natural == 640 and is_loaded for natural, _, _, is_loaded in wide)


def test_dark_pages_have_dark_drawings(published_folder: Path, visitor: Visitor) -> None:
    source = "all => all.map(each => each.currentSrc)"
    light = visitor.visit(published_folder / "index.html").page.eval_on_selector_all("figure img", source)
    dark = visitor.visit(published_folder / "index.html", color_scheme="dark").page.eval_on_selector_all(
        "figure img", source
    )
    assert all(one != other for one, other in zip(light, dark, strict=True))


def test_the_keyboard_reaches_every_row_in_few_stops(full_folder: Path, visitor: Visitor) -> None:
    page = visitor.visit(full_folder / "index.html").page
    stops = """() => [...document.querySelectorAll('a[href], summary, [tabindex="0"]')]
        .filter(each => each.checkVisibility({contentVisibilityAuto: true})).length"""
    assert page.evaluate(stops) < 150
    page.eval_on_selector("#table-change", "each => each.open = true")
    row = page.locator("#table-change tbody th a").first
    row.focus()
    row.press("Enter")
    page.wait_for_url("**/provenance.html#change-1")
    assert page.locator("tr:target").count() == 1


def test_nothing_but_the_page_itself_is_asked_for(full_folder: Path, visitor: Visitor) -> None:
    visit = visitor.visit(full_folder / "index.html")
    assert [request for request in visit.requests if not request.startswith("data:")] == [
        (full_folder / "index.html").as_uri()
    ]


@pytest.mark.parametrize(("name", "most"), [("published_folder", 9), ("full_folder", 25), ("region_folder", 9)])
def test_a_report_is_short_in_print(name: str, most: int, request: pytest.FixtureRequest, visitor: Visitor) -> None:
    folder: Path = request.getfixturevalue(name)
    page = visitor.visit(folder / "index.html").page
    pages = len(re.findall(rb"/Type\s*/Page[^s]", page.pdf(format="A4", prefer_css_page_size=True)))
    assert 1 <= pages <= most
