from __future__ import annotations

import re
from dataclasses import replace

import pytest
from markdown_it import MarkdownIt

from npqstats.report.contents import Exhibit, Piece, Report, Section
from npqstats.report.summary import summary
from tests.reports import Told, texts
from tests.test_terminal import NASTY


@pytest.fixture(scope="module")
def page(published_report: Report) -> str:
    return summary(published_report)


def shown(markdown: str) -> str:
    """Give what a code-hosting site makes of Markdown."""
    return str(MarkdownIt("commonmark").enable("table").render(markdown))


def test_a_summary_is_the_report_md_of_the_report(page: str, published_written: Told) -> None:
    assert published_written.text("report.md") == page
    assert page.endswith(".\n")


def test_a_summary_begins_with_title_standing_and_headlines(page: str, published_report: Report) -> None:
    title, _, status, _, *lines = page.splitlines()
    assert title == "# National Professional Qualifications: England, 2024/25"
    assert status == published_report.status
    assert lines[: len(published_report.headlines)] == [f"- {words}" for words in texts(published_report.headlines)]


def test_every_section_has_its_heading_its_tables_and_its_charts(page: str, published_report: Report) -> None:
    html = shown(page)
    assert html.count("<h1>") == 1
    headings = re.findall(r"<h2>(.*?)</h2>", html)
    assert headings == [
        *(section.title for section in published_report.sections),
        "What is not comparable, and why",
        "Figures that disagree between files",
        "Sources",
    ]
    assert html.count("<table>") == len(published_report.exhibits) + 1
    assert html.count("<img ") == len(published_report.pictures)


def test_every_row_has_as_many_cells_as_the_header_of_its_table(page: str) -> None:
    for table in re.findall(r"(?:^\|.*\|\n)+", page, re.MULTILINE):
        assert len({len(re.findall(r"(?<!\\)\|", row)) for row in table.splitlines()}) == 1
        assert len(table.splitlines()) > 2


def test_every_chart_is_a_file_of_the_report_with_its_text_alternative(page: str, published_written: Told) -> None:
    images = re.findall(r'<img src="([^"]+)" alt="([^"]+)"', shown(page))
    assert images
    for address, alternative in images:
        assert (published_written.folder / address).is_file()
        written = (published_written.folder / address).with_suffix(".alt.txt").read_text("utf-8")
        assert len(alternative) > 40
        assert alternative.split(". ")[0] in " ".join(written.split())


def test_every_item_is_followed_by_the_command_that_makes_it(page: str, published_report: Report) -> None:
    commands = re.findall(r"<p><code>(npqstats [^<]+)</code></p>", shown(page))
    assert commands == [item.command for section in published_report.sections for item in section.items]
    assert page.splitlines()[-1] == "Made with `npqstats report 2024-25`."


def test_what_is_missing_is_said_where_it_would_stand(page: str) -> None:
    _, area = page.split("## By area\n\n")
    assert area.startswith("_Not in the rows at hand: regions side by side, starts by region, ")


def test_sources_are_named_with_the_day_of_their_release_and_their_hash(page: str, published_report: Report) -> None:
    rows = [line.split(" | ") for line in page.splitlines() if line.startswith("| ") and ".csv |" in line]
    assert [row[3] for row in rows] == ["10 July 2025"] * 4 + ["see each figure"]
    assert [row[5] for row in rows] == [f"`{source.sha256}` |" for source in published_report.sources]


def test_figures_that_disagree_are_named_with_file_line_and_column(page: str, full_report: Report) -> None:
    told = "line 6, column npq\\_participants: 27889 here, 27893 in 2024-25/npq\\_participants.csv, line 6."
    assert f"- 2024-25/npq\\_workforce.csv, {told}\n" in page
    assert "areas are not on the list" in summary(full_report)


@pytest.mark.parametrize(
    "text", [*NASTY, "<script>alert(1)</script>", "![x](https://example.org)", "a`b``c", "| a | b |"]
)
def test_text_from_data_is_never_read_as_markup(published_report: Report, text: str) -> None:
    exhibit = published_report.exhibits[0]
    hostile = replace(
        published_report,
        title=text,
        headlines=[(Piece(text),)],
        sections=[
            Section(
                slug="x",
                title=text,
                intro=[(Piece(text),)],
                items=[Exhibit(slug="x", table=exhibit.table, sheet=replace(exhibit.sheet, title=text), command=text)],
                missing=[text],
            )
        ],
        cautions=[(Piece(text),)],
        sources=[replace(published_report.sources[0], name=text, title=text)],
        command=text,
    )
    html = shown(summary(hostile))
    assert not re.search(r"<(script|img|a) ?", html)
    assert html.count("<h1>") == 1
    assert html.count("<h2>") == 4
    assert html.count("<table>") == 2
