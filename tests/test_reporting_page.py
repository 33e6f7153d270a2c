"""The page of a report as text; `test_browser.py` opens it."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from html.parser import HTMLParser

import polars as pl
import pytest

import npqstats
from npqstats.project import Project
from npqstats.report.contents import Piece, Report
from npqstats.report.inline import colours, inline, rules
from npqstats.report.page import page
from npqstats.report.places import Joint, Place, Places
from npqstats.report.rows import rows
from npqstats.tables.sheet import Sheet
from tests.report_sample import AFTER, BEFORE, drawings, sample, written


@pytest.fixture(scope="module")
def report(published: Project) -> Report:
    return sample(published)


@pytest.fixture(scope="module")
def html(report: Report) -> str:
    return written(report)


class _Outline(HTMLParser):
    """Notes the heading levels of a page, and whether every element is closed in its turn."""

    VOID = frozenset({"meta", "link", "wbr"})

    def __init__(self) -> None:
        super().__init__()
        self.levels: list[int] = []
        self.opened: list[str] = []

    def handle_starttag(self, tag: str, _attrs: list[tuple[str, str | None]]) -> None:
        if re.fullmatch(r"h\d", tag):
            self.levels.append(int(tag[1]))
        if tag not in self.VOID:
            self.opened.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.opened.pop() == tag


def test_elements_are_nested_and_headings_go_down_one_by_one(html: str) -> None:
    outline = _Outline()
    outline.feed(html)
    assert outline.opened == []
    assert outline.levels[0] == 1
    assert outline.levels.count(1) == 1
    assert all(after - before <= 1 for before, after in zip(outline.levels, outline.levels[1:], strict=False))


def test_the_page_is_in_british_english_and_says_who_did_not_make_it(html: str) -> None:
    assert '<html lang="en-GB">' in html
    assert "Not made or endorsed by the Department for Education." in html
    assert f"npqstats {npqstats.__version__}" in html
    assert "Open Government Licence v3.0" in html


def test_the_policy_allows_this_style_and_this_script_alone(html: str) -> None:
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', html)
    assert policy is not None
    allowed = policy[1].replace("&#39;", "'")
    assert "default-src 'none'" in allowed
    assert "unsafe" not in allowed
    for element in ("style", "script"):
        found = re.findall(rf"<{element}>(.*?)</{element}>", html, re.DOTALL)
        assert len(found) == 1
        digest = base64.b64encode(hashlib.sha256(found[0].encode()).digest()).decode()
        assert f"{element}-src 'sha256-{digest}'" in allowed
    assert re.findall(r'\sstyle="|\son\w+="', html) == []


def test_nothing_of_another_address_is_loaded(html: str) -> None:
    assert re.findall(r'(?:src|srcset|data)="|@import|url\((?!#)', html) == []
    assert re.findall(r'<link [^>]*href="([^"]*)"', html) == ["data:,"]


def test_the_same_report_gives_the_same_page(report: Report, html: str) -> None:
    assert written(report) == html


def test_every_figure_of_a_sheet_leads_to_its_entry(report: Report, html: str) -> None:
    figures = [cell for exhibit in report.exhibits for row in exhibit.sheet.origins for cell in row if cell]
    table = re.findall(r'<table class="figures.*?</table>', html, re.DOTALL)
    shown = [cell for row in report.exhibits[2].sheet.rows for cell in row]
    assert "".join(table).count('<a class="figure"') == len(figures)
    assert "[low]" in shown
    for anchor in set(re.findall(r'class="figure" href="#([\w-]+)"', html)):
        assert html.count(f'<tr id="{anchor}"') == 1


def test_a_figure_says_where_it_stands_without_script(html: str) -> None:
    told = 'title="2024/25 release: data/raw/2024-25/npq_participants.csv, line 5, column npq_starts">29,818</a>'
    assert told in html
    assert 'title="Rests on 2 published cells">14,022</a>' in html


def test_each_table_and_chart_has_its_command(report: Report, html: str) -> None:
    for command in [exhibit.command for exhibit in report.exhibits] + [picture.command for picture in report.pictures]:
        assert html.count(f"<code>{command}</code>") == 2
    assert f"<code>{report.command}</code>" in html


def test_a_chart_has_its_words_and_its_files(report: Report, html: str) -> None:
    for picture in report.pictures:
        assert f"<p>{picture.chart.alt}</p>" in html
        for suffix in ("svg", "png", "csv"):
            assert f'href="charts/{picture.slug}.{suffix}"' in html


def test_what_is_lacking_is_said_and_what_is_empty_is_left_out(published: Project) -> None:
    bare = replace(sample(published, disagreements=False), headlines=[], key_figures=[], sections=[], cautions=[])
    html = written(bare)
    assert "None: the published files that this report rests on agree" in html
    assert "What is not comparable" not in html
    assert 'id="symbols"' not in html
    assert '<ul class="cards">' not in html
    assert "<tbody>" not in html


def test_symbols_of_the_tables_are_explained_once(html: str) -> None:
    symbols = re.search(r'<dl class="symbols">(.*?)</dl>', html, re.DOTALL)
    assert symbols is not None
    assert re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", symbols[1]) == [
        ("[low]", "rounds to 0 but is not 0"),
        ("pts", "percentage points"),
        ("–", "no figure at hand"),
    ]


def test_a_source_that_is_no_web_address_is_no_link(report: Report) -> None:
    odd = replace(report.sources[0], address="javascript:alert(1)")
    html = written(replace(report, sources=[odd]))
    assert "<dd>javascript:alert(1)</dd>" in html


def test_cells_must_be_those_of_the_report(report: Report) -> None:
    cells = npqstats.behind(report.origins[1:], project=report.project)
    with pytest.raises(ValueError, match="shorter"):
        page(report, cells, drawings(report))


def places(project: Project, *origins: str) -> Places:
    return Places(origins, npqstats.behind(origins, project=project))


def test_a_figure_of_one_cell_stands_where_the_cell_does(published: Project) -> None:
    entry = places(published, BEFORE, AFTER).entry("29,818", (AFTER, AFTER))
    assert isinstance(entry, Place)
    assert (entry.anchor, entry.raw, entry.year) == ("cell-2", "29818", "2024/25")
    assert (entry.what, entry.credit) == ("NPQ starts, England", "DfE, 2024/25 release")


def test_figures_of_the_same_cells_share_an_entry_and_order_tells_entries_apart(published: Project) -> None:
    known = places(published, BEFORE, AFTER)
    first = known.entry("−14,022", (BEFORE, AFTER))
    assert known.entry("−32.0%", (BEFORE, AFTER)) is first
    assert isinstance(first, Joint)
    assert list(first.figures) == ["−14,022", "−32.0%"]
    assert known.entry("73,658", (AFTER, BEFORE)).anchor == "from-2"


def test_cells_are_listed_file_by_file_in_the_order_of_lines(published: Project) -> None:
    reported, workforce = "reported/figures.csv:2:value", "2024-25/npq_workforce.csv:3:percentage"
    known = places(published, AFTER, reported, BEFORE, workforce)
    assert [[place.number for place in file] for file in known.files] == [[3, 1], [2], [4]]


def test_a_reported_cell_names_who_reported_it_and_where(published: Project) -> None:
    ((place,),) = places(published, "reported/figures.csv:2:value").files
    assert place.credit == "Schools Week (July 2025)"
    assert place.citation.startswith("Schools Week (July 2025), called 'starts'")
    assert place.address.startswith("https://schoolsweek.co.uk/")


def sheet(*lines: list[str], numeric: frozenset[int]) -> Sheet:
    return Sheet(title="", headers=[""] * len(lines[0]), rows=[*lines], numeric=numeric)


def test_marks_are_told_from_words_only_at_their_end() -> None:
    ((name, figure),) = rows(sheet(["Group [1] of two [2][13]", "[low]"], numeric=frozenset({1})))
    assert (name.text, name.marks) == ("Group [1] of two", (2, 13))
    assert (figure.text, figure.marks, figure.is_number, figure.is_header) == ("[low]", (), True, False)


def test_a_row_that_is_set_in_knows_what_it_belongs_to() -> None:
    table = sheet(["Starts [1]", "1"], ["  funded", "2"], ["  non-funded", "3"], numeric=frozenset({1}))
    assert [(row[0].text, row[0].owner, row[0].is_indented) for row in rows(table)] == [
        ("Starts", "", False),
        ("funded", "Starts", True),
        ("non-funded", "Starts", True),
    ]


def test_a_name_that_is_not_repeated_is_known_all_the_same() -> None:
    table = sheet(["All", "2021/22", "1"], ["", "2022/23 [1]", "2"], numeric=frozenset({2}))
    first, second = rows(table)
    assert [cell.is_header for cell in first] == [True, True, False]
    assert (second[0].text, second[0].owner) == ("", "All")
    assert (second[1].text, second[1].owner) == ("2022/23", "")


@pytest.mark.parametrize("place", [0, 1], ids=["markers", "hatching"])
def test_a_drawing_has_ids_of_its_own_and_no_style(place: int, report: Report) -> None:
    picture = report.pictures[place]
    drawn = inline(drawings(report)[picture.slug], picture.chart, "one")
    ids = re.findall(r' id="([^"]*)"', drawn)
    pointed_at = set(re.findall(r'(?:href="|url\()#([^")]*)', drawn))
    assert pointed_at
    assert pointed_at | {"one-title", "one-desc"} == set(ids)
    assert all(name.startswith("one-") for name in ids)
    assert "style" not in drawn
    assert "<?xml" not in drawn


def test_a_drawing_leaves_its_title_and_source_to_the_page(report: Report) -> None:
    picture = report.pictures[0]
    drawn = inline(drawings(report)[picture.slug], picture.chart, "one")
    texts = re.findall(r"<text[^>]*>([^<]*)</text>", drawn)
    assert {"31,677", "38,906", "43,840", "29,818", "2021/22"} <= set(texts)
    assert picture.chart.title not in texts
    assert not [text for text in texts if "Department" in text]


def test_a_drawing_with_another_header_is_left_whole(report: Report) -> None:
    picture = report.pictures[0]
    other = replace(picture.chart, title="Another finding")
    drawn = inline(drawings(report)[picture.slug], other, "one")
    assert picture.chart.title in re.findall(r"<text[^>]*>([^<]*)</text>", drawn)
    assert 'viewBox="0 0 640 450"' in drawn


def test_every_colour_of_a_drawing_follows_the_theme(report: Report) -> None:
    known = rules()
    for picture in report.pictures:
        drawn = inline(drawings(report)[picture.slug], picture.chart, "one")
        used = set(re.findall(r'(?:fill|stroke)="(#\w+)"', drawn))
        assert used
        assert [colour for colour in used if f'="{colour}"]' not in known] == []


def test_a_marker_takes_its_colours_where_it_is_used(report: Report) -> None:
    picture = report.pictures[0]
    drawn = inline(drawings(report)[picture.slug], picture.chart, "one")
    marker = re.search(r'<path id="[^>]*>', drawn)
    assert marker is not None
    assert "fill=" not in marker[0]
    assert " stroke=" not in marker[0]
    assert all(' stroke="#' in use for use in re.findall(r"<use [^>]*>", drawn))


def test_themes_have_the_same_colours_by_name() -> None:
    assert colours("light").keys() == colours("dark").keys()
    assert len(colours("light")) > 10


def test_an_empty_sentence_and_a_bare_figure_are_harmless(report: Report) -> None:
    html = written(replace(report, headlines=[(), (Piece(""),)], cautions=[(Piece("1 < 2 & 3 > 2"),)]))
    assert "<li>1 &lt; 2 &amp; 3 &gt; 2</li>" in html


def test_a_cell_that_is_in_no_file_cannot_be_a_source() -> None:
    with pytest.raises(KeyError):
        Places([], pl.DataFrame()).entry("1", ("nowhere.csv:1:value",))
