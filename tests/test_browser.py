"""The page of a report in a real browser."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from npqstats.project import Project
from npqstats.report.contents import Exhibit, KeyFigure, Piece
from npqstats.report.outputs import outputs
from tests.browser import Visitor, browser, visitor
from tests.report_sample import AFTER, sample, written

__all__ = ["browser", "visitor"]

HOSTILE = (
    "<script>document.title='owned'</script> <b onclick=x>\" '>& \u202e \u05d0\u05d1\u05d2 🎓 {{ 7 * 7 }} " + "x" * 400
)
CHANGE = "#table-change"
STARTS = f"{CHANGE} tbody tr:first-child td:nth-child(2) a.figure"


@pytest.fixture(scope="module")
def index(published: Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of a small report of published rows, with all that it links to."""
    folder = tmp_path_factory.mktemp("report")
    for name, content in outputs(sample(published)).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder / "index.html"


@pytest.mark.parametrize(
    "window",
    [
        pytest.param({}, id="light"),
        pytest.param({"color_scheme": "dark"}, id="dark"),
        pytest.param({"viewport": {"width": 320, "height": 640}}, id="narrow"),
        pytest.param({"forced_colors": "active"}, id="forced colours"),
    ],
)
def test_axe_finds_no_violation(window: dict[str, object], index: Path, visitor: Visitor) -> None:
    visit = visitor.visit(index, **window)
    assert visit.violations() == []
    assert visit.complaints == []


def test_axe_finds_no_violation_where_no_script_has_run(index: Path, tmp_path: Path, visitor: Visitor) -> None:
    bare = tmp_path / "index.html"
    bare.write_text(re.sub(r"<script>.*</script>", "", index.read_text("utf-8"), flags=re.DOTALL), "utf-8")
    visit = visitor.visit(bare)
    assert visit.page.locator("button").count() == 0
    assert visit.violations() == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation_in_print(scheme: str, index: Path, visitor: Visitor) -> None:
    visit = visitor.visit(index, color_scheme=scheme)
    visit.page.emulate_media(media="print")
    assert visit.violations(is_printed=True) == []
    assert visit.page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert visit.page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"


def test_axe_finds_no_violation_while_a_figure_is_told_of(index: Path, visitor: Visitor) -> None:
    visit = visitor.visit(index)
    visit.page.focus(STARTS)
    assert visit.page.is_visible("[role=tooltip]")
    assert visit.violations() == []


@pytest.mark.parametrize("width", [320, 400, 768])
def test_the_page_never_scrolls_sideways(width: int, index: Path, visitor: Visitor) -> None:
    assert visitor.visit(index, viewport={"width": width, "height": 640}).overflow() == 0


def test_a_wide_table_scrolls_in_a_region_that_the_keyboard_reaches(index: Path, visitor: Visitor) -> None:
    visit = visitor.visit(index, viewport={"width": 320, "height": 640})
    region = visit.page.locator(f"{CHANGE} .scroll")
    assert region.evaluate("element => element.scrollWidth > element.clientWidth")
    assert region.get_attribute("tabindex") == "0"
    assert region.get_attribute("role") == "region"


def test_a_table_that_fits_is_no_stop_for_the_keyboard(index: Path, visitor: Visitor) -> None:
    region = visitor.visit(index).page.locator(f"{CHANGE} .scroll")
    region.wait_for()
    assert region.get_attribute("tabindex") is None
    assert region.get_attribute("role") is None


def test_nothing_but_the_page_itself_is_asked_for(index: Path, visitor: Visitor) -> None:
    visit = visitor.visit(index)
    visit.page.focus(STARTS)
    assert visit.requests == [index.as_uri()]
    assert visit.complaints == []


def test_every_link_and_anchor_resolves(index: Path, visitor: Visitor) -> None:
    page = visitor.visit(index).page
    links: list[str] = page.eval_on_selector_all("a", "links => links.map(link => link.getAttribute('href'))")
    ids: list[str] = page.eval_on_selector_all("[id]", "elements => elements.map(element => element.id)")
    assert len(set(ids)) == len(ids)
    assert {link for link in links if link.startswith("#")} <= {f"#{name}" for name in ids}
    files = {link for link in links if not link.startswith(("#", "https://"))}
    assert {"charts/starts.svg", "charts/starts.png", "charts/starts.csv", "tables/change.csv"} <= files
    assert [name for name in files if not (index.parent / name).is_file()] == []


def test_what_an_element_is_named_by_is_there(index: Path, visitor: Visitor) -> None:
    lacking = """elements => elements.flatMap(element => element.getAttribute("aria-labelledby").split(" "))
        .filter(id => !document.getElementById(id))"""
    assert visitor.visit(index).page.eval_on_selector_all("[aria-labelledby]", lacking) == []


def test_without_script_nothing_of_it_is_seen(index: Path, visitor: Visitor) -> None:
    page = visitor.visit(index, java_script_enabled=False).page
    assert page.locator("button").count() == 0
    assert page.locator(STARTS).get_attribute("title") == (
        "2024/25 release: data/raw/2024-25/npq_participants.csv, line 4, column npq_starts"
    )


def test_a_figure_leads_to_the_row_that_it_stands_in(index: Path, visitor: Visitor) -> None:
    page = visitor.visit(index, java_script_enabled=False).page
    page.click(STARTS)
    row = page.locator("tr:target")
    assert row.locator("th, td").all_inner_texts() == ["43840", "2023/24", "NPQ starts, England", "4", "npq_starts"]


def test_a_change_leads_to_all_cells_that_it_rests_on(index: Path, visitor: Visitor) -> None:
    page = visitor.visit(index).page
    page.click(f"{CHANGE} tbody tr:first-child td:nth-child(4) a.figure")
    row = page.locator("tr:target")
    assert row.locator("th").inner_text() == "14,022; −14,022; −32.0%"
    assert row.locator("a").all_inner_texts() == ["43840", "29818"]


def test_a_figure_says_where_it_stands_on_focus_until_escape(index: Path, visitor: Visitor) -> None:
    page = visitor.visit(index).page
    page.focus(STARTS)
    told = page.locator("[role=tooltip]")
    assert told.inner_text().split("\n") == [
        "2024/25 release: data/raw/2024-25/npq_participants.csv",
        "43840 NPQ starts, England, 2023/24: line 4, column npq_starts",
    ]
    assert page.locator(STARTS).get_attribute("aria-describedby") == told.get_attribute("id")
    page.keyboard.press("Escape")
    assert told.count() == 0
    assert page.evaluate("document.activeElement.textContent") == "43,840"


def test_what_is_told_can_be_pointed_at(index: Path, visitor: Visitor) -> None:
    page = visitor.visit(index).page
    page.hover(STARTS)
    page.hover("[role=tooltip]")
    assert page.is_visible("[role=tooltip]")
    page.hover("h1")
    page.locator("[role=tooltip]").wait_for(state="detached")
    assert page.locator("[role=tooltip]").count() == 0


def test_a_figure_is_copied_with_its_source_by_keyboard(index: Path, visitor: Visitor) -> None:
    page = visitor.visit(index, permissions=["clipboard-read", "clipboard-write"]).page
    page.focus(STARTS)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    copied = "43,840 (NPQ starts, England, 2023/24; DfE, 2024/25 release)"
    page.locator("[role=status]", has_text=copied).wait_for(state="attached")
    assert page.evaluate("navigator.clipboard.readText()") == copied


def test_a_reported_figure_is_copied_with_who_reported_it(index: Path, visitor: Visitor) -> None:
    page = visitor.visit(index, permissions=["clipboard-read", "clipboard-write"]).page
    page.hover(f"{CHANGE} a.figure:text-is('5,801')")
    page.click("text=Copy")
    page.locator("[role=status]", has_text="Copied").wait_for(state="attached")
    told = "5,801 (NPQ starts, England, NPQSL, 2024/25; Schools Week (July 2025))"
    assert page.evaluate("navigator.clipboard.readText()") == told


def test_a_table_is_sorted_by_keyboard_with_symbols_last(index: Path, visitor: Visitor) -> None:
    page = visitor.visit(index).page
    header = page.locator("#table-rates thead th", has_text="Completion rate")
    column = page.locator("#table-rates tbody td:nth-child(3)")
    before = column.all_inner_texts()
    header.locator("button").focus()
    page.keyboard.press("Enter")
    assert header.get_attribute("aria-sort") == "descending"
    assert column.all_inner_texts()[:4] == ["84.6%", "84.3%", "81.7%", "81.4%"]
    page.keyboard.press("Space")
    assert header.get_attribute("aria-sort") == "ascending"
    assert column.all_inner_texts() == ["39.7%", "81.4%", "81.7%", "84.3%", "84.6%", "[low]", "–", "–"]
    assert "ascending" in page.locator("[role=status]").inner_text()
    page.keyboard.press("Enter")
    assert header.get_attribute("aria-sort") is None
    assert column.all_inner_texts() == before


def test_a_sorted_row_still_says_what_it_belongs_to(index: Path, visitor: Visitor) -> None:
    page = visitor.visit(index).page
    page.click(f"{CHANGE} thead th:nth-child(2) button")
    names = page.locator(f"{CHANGE} tbody th").all_inner_texts()
    assert any(name.startswith("Participants (people), funded") for name in names)


def test_print_shows_what_is_folded_away(index: Path, visitor: Visitor) -> None:
    page = visitor.visit(index, java_script_enabled=False).page
    page.emulate_media(media="print")
    assert page.locator("#table-change .notes li").first.is_visible()
    assert not page.locator("nav").is_visible()


def test_a_chart_takes_the_colours_of_the_theme(index: Path, visitor: Visitor) -> None:
    stroke = "getComputedStyle(document.querySelector('#chart-starts [stroke=\"#12436d\"]')).stroke"
    assert visitor.visit(index).page.evaluate(stroke) == "rgb(18, 67, 109)"
    dark = visitor.visit(index, color_scheme="dark").page
    assert dark.evaluate(stroke) == "rgb(107, 172, 230)"
    dark.emulate_media(media="print")
    assert dark.evaluate(stroke) == "rgb(18, 67, 109)"


@pytest.mark.parametrize("width", [320, 1280])
def test_hostile_text_is_shown_as_text(width: int, published: Project, tmp_path: Path, visitor: Visitor) -> None:
    report = sample(published)
    (exhibit,) = (item for item in report.sections[0].items if isinstance(item, Exhibit))
    sheet = exhibit.sheet
    rows = [[HOSTILE, *sheet.rows[0][1:]], *sheet.rows[1:]]
    hostile = replace(sheet, title=HOSTILE, headers=[HOSTILE, *sheet.headers[1:]], rows=rows, notes=[HOSTILE] * 10)
    section = replace(
        report.sections[0],
        title=HOSTILE,
        intro=[(Piece(HOSTILE, (AFTER,)),)],
        items=[replace(exhibit, sheet=hostile, command=HOSTILE)],
        missing=[HOSTILE],
    )
    spoilt = replace(
        report,
        title=HOSTILE,
        place=HOSTILE,
        status=HOSTILE,
        headlines=[(Piece(HOSTILE),)],
        key_figures=[KeyFigure(label=HOSTILE, figure=Piece(HOSTILE), change=(Piece(HOSTILE),))],
        sections=[section, *report.sections[1:]],
        sources=[replace(report.sources[0], title=HOSTILE, name=HOSTILE, address="javascript:alert(1)")],
    )
    path = tmp_path / "index.html"
    path.write_text(written(spoilt), "utf-8")
    visit = visitor.visit(path, viewport={"width": width, "height": 640})
    assert visit.complaints == []
    assert visit.requests == [path.as_uri()]
    assert visit.page.title().startswith("<script>document.title='owned'</script> <b onclick=x>\" '>&")
    assert visit.page.locator("script").count() == 1
    assert visit.page.locator("b").count() == 0
    assert visit.page.locator("[href^='javascript:']").count() == 0
    assert "\u202e" not in visit.page.content()
    assert visit.overflow() == 0
    assert visit.violations() == []
